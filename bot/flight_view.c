/* flight_view.c - the flight of a row that shows a person their own data.
 *
 * The row holds the request and nothing else. What is shown is made here, in memory:
 * the history of the DM is paged back as far as it is needed, the view is rendered,
 * and all of it is wiped when the flight ends. After a crash it is made anew.
 *
 * A file goes up first (rule E7): an id is asked for, committed in the row, then the
 * bytes are put to it; an id that holds its bytes already (409) is done. Servers
 * without such ids take the bytes at once and give the id for them. Only then the
 * message leaves, with its frozen transaction id.
 */
#include "bot/flight.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/mention.h"
#include "bot/results.h"
#include "bot/rooms.h"
#include <stdlib.h>
#include <string.h>

#define HISTORY_PAGE 100
#define HISTORY_PAGES_MAX 200 /* 20,000 events: fifty a day for a year */

static void wipe_text(char *text)
{
    if (text != NULL)
        explicit_bzero(text, strlen(text));
}

static void wipe_event(struct event *event)
{
    wipe_text(event->body);
    wipe_text(event->formatted_body);
    wipe_text(event->key);
}

static void wipe_events(struct event_list *events)
{
    for (size_t i = 0; i < events->count; i++)
        wipe_event(&events->items[i]);
    event_list_clear(events);
}

void flight_view_clear(struct flight *flight)
{
    bool is_view = flight->payload.show != NULL;
    wipe_text(is_view ? flight->payload.content : NULL);
    wipe_text(is_view ? flight->payload.wire : NULL);
    wipe_events(&flight->history);
    view_clear(&flight->view);
}

/* --- the view ------------------------------------------------------------------ */

/* Somebody may have come into the DM since it was asked for. */
static bool is_theirs(const struct flight *flight)
{
    struct bot *bot = flight->bot;
    const struct room *room = rooms_find(bot->rooms, flight->payload.room_id);
    return room != NULL && !room->is_encrypted &&
           rooms_is_dm(bot->rooms, flight->payload.room_id, flight->payload.user_id);
}

static void upload_next(struct flight *flight);

static void say_view(struct flight *flight)
{
    struct effect effect = {
        .kind = EFFECT_SAY, .answers = flight->payload.target, .text = flight->view.text};
    flight->payload.content = message_content(&effect);
    flight_send(flight);
}

/* What was said after the request is no part of it: so it stays the same when it is
 * made again. */
static void cut_history(struct flight *flight)
{
    struct event_list *history = &flight->history;
    for (size_t i = 0; i < history->count; i++) {
        if (!text_equal(history->items[i].event_id, flight->payload.target))
            continue;
        while (history->count > i + 1) {
            wipe_event(&history->items[history->count - 1]);
            event_clear(&history->items[--history->count]);
        }
    }
}

static void render(struct flight *flight)
{
    struct bot *bot = flight->bot;
    struct effects none = {0};
    struct turn turn = bot_make_turn(bot, NULL, &none, NULL);
    struct view_request request = {.name = flight->payload.show,
                                   .user_id = flight->payload.user_id,
                                   .bot_user_id = bot->user_id,
                                   .asked_utc_ms = flight->item.queued_utc_ms,
                                   .history = &flight->history,
                                   .is_cut = flight->is_history_cut};
    cut_history(flight);
    enum status status =
        is_theirs(flight) ? view_render(&turn, &request, &flight->view) : ST_DENIED;
    effects_clear(&none);
    wipe_events(&flight->history);
    if (status != ST_OK)
        flight_refuse(flight, status);
    else if (flight->view.mimetype == NULL)
        say_view(flight);
    else
        upload_next(flight);
}

/* --- the history --------------------------------------------------------------- */

static bool is_of_use(const struct flight *flight, const struct event *event)
{
    if (event->is_redacted)
        return false;
    if (text_equal(event->sender, flight->bot->user_id))
        return event->state_key == NULL &&
               (event->type == EVENT_MESSAGE || event->type == EVENT_OTHER);
    return text_equal(event->sender, flight->payload.user_id) &&
           (event->type == EVENT_MESSAGE || event->type == EVENT_POLL_RESPONSE);
}

/* Without prefix and name, as it was read when it came. */
static void strip_address(const struct flight *flight, struct event *event)
{
    struct addressed addressed = {0};
    if (event->type != EVENT_MESSAGE || event->body == NULL ||
        !text_equal(event->sender, flight->payload.user_id))
        return;
    mention_read(flight->bot, event, true, false, &addressed);
    wipe_text(event->body);
    free(event->body);
    event->body = addressed.text;
}

/* The events of a page that matter, in front of the newer ones. */
static void keep_page(struct flight *flight, struct event_list *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->count; i++) {
        struct event *event = &page->items[i];
        if (!is_of_use(flight, event)) {
            wipe_event(event);
            event_clear(event);
            continue;
        }
        strip_address(flight, event);
        if (kept != i) {
            page->items[kept] = *event;
            memset(event, 0, sizeof *event);
        }
        kept++;
    }
    page->count = kept;
    event_list_prepend(&flight->history, page);
}

static void read_page(struct flight *flight, const char *from);

static void on_page(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    struct event_list page = {0};
    char *end = NULL;
    flight->request = 0;
    bot_note_date(flight->bot, answer);
    if (answer->http_status != 200 ||
        parse_messages(answer->body, answer->body_len, &page, &end) != ST_OK) {
        flight_fail(flight, answer);
        return;
    }
    bool is_past = flight_is_page_before(&page, flight->since_utc_ms);
    keep_page(flight, &page);
    flight->is_history_cut =
        end != NULL && !is_past && ++flight->pages >= HISTORY_PAGES_MAX;
    if (end == NULL || is_past || flight->is_history_cut)
        render(flight);
    else
        read_page(flight, end);
    free(end);
}

static void read_page(struct flight *flight, const char *from)
{
    char *path = path_messages(flight->payload.room_id, from, NULL, HISTORY_PAGE);
    struct rest_request request = {.method = "GET", .path = path};
    flight_request(flight, &request, on_page);
    free(path);
}

void flight_view_start(struct flight *flight)
{
    struct effects none = {0};
    struct bot *bot = flight->bot;
    struct turn turn = bot_make_turn(bot, NULL, &none, NULL);
    flight_view_clear(flight);
    flight->step = STEP_ACT;
    flight->pages = 0;
    enum status status =
        view_history(&turn, flight->payload.show, flight->payload.user_id,
                     flight->item.queued_utc_ms, &flight->since_utc_ms);
    effects_clear(&none);
    if (!is_theirs(flight))
        status = ST_DENIED;
    if (status == ST_OK)
        read_page(flight, NULL);
    else if (status == ST_NOT_FOUND)
        render(flight);
    else
        flight_refuse(flight, status);
}

/* --- the file ------------------------------------------------------------------ */

/* The part that goes up next: the file, then the thumbnail of an image. */
static struct buf *part_bytes(struct flight *flight)
{
    return flight->payload.uploaded == 0 ? &flight->view.bytes : &flight->view.thumbnail;
}

static char **part_uri(struct flight *flight)
{
    return flight->payload.uploaded == 0 ? &flight->payload.media
                                         : &flight->payload.thumbnail;
}

static enum status write_progress(struct flight *flight)
{
    struct outbox_item *item = &flight->item;
    struct buf bytes;
    buf_init(&bytes, OUTBOX_PAYLOAD_MAX);
    payload_encode(&flight->payload, &bytes);
    free(item->payload);
    item->payload_len = bytes.len;
    item->payload = buf_take(&bytes);
    enum status status = outbox_update(flight->bot->store, item);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status flight_write_late(struct flight *flight)
{
    return results_file_failed(flight->bot, &flight->item, &flight->payload,
                               TEXT_FILE_LATE);
}

static enum status write_too_large(struct flight *flight)
{
    return results_file_failed(flight->bot, &flight->item, &flight->payload,
                               TEXT_FILE_TOO_LARGE);
}

static enum status write_not_taken(struct flight *flight)
{
    return results_file_failed(flight->bot, &flight->item, &flight->payload,
                               TEXT_FILE_REFUSED);
}

/* A refusal by the homeserver itself is said in the chat; all else is tried again. */
static void fail_upload(struct flight *flight, const struct rest_answer *answer)
{
    struct matrix_error error = {.retry_after_ms = -1};
    bool is_matrix = parse_error(answer->body, answer->body_len, &error) == ST_OK &&
                     error.errcode != NULL;
    if (!is_matrix || answer->http_status == 401 ||
        flight_is_passing(answer, error.errcode)) {
        flight_fail(flight, answer);
    } else {
        log_warn("the homeserver refused a file for good: %s", error.errcode);
        bool is_large = strcmp(error.errcode, "M_TOO_LARGE") == 0;
        flight_settle(flight, is_large ? write_too_large : write_not_taken);
        flight_end(flight);
    }
    matrix_error_clear(&error);
}

static bool has_errcode(const struct rest_answer *answer, const char *errcode)
{
    struct matrix_error error = {0};
    bool has = parse_error(answer->body, answer->body_len, &error) == ST_OK &&
               text_equal(error.errcode, errcode);
    matrix_error_clear(&error);
    return has;
}

/* Take the id over; false: 200 with a body that is not Matrix's. */
static bool take_uri(struct flight *flight, const struct rest_answer *answer)
{
    char *uri = NULL, *path = NULL;
    if (parse_string_field(answer->body, answer->body_len, "content_uri", &uri) == ST_OK)
        path = path_media_put(uri);
    bool is_uri = path != NULL && strlen(uri) <= MEDIA_URI_MAX;
    free(path);
    if (is_uri) {
        free(*part_uri(flight));
        *part_uri(flight) = uri;
    } else {
        free(uri);
    }
    return is_uri;
}

static void end_part(struct flight *flight)
{
    flight->payload.uploaded++;
    flight_settle(flight, write_progress);
    upload_next(flight);
}

static void on_uploaded(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    flight->request = 0;
    bot_note_date(flight->bot, answer);
    if (answer->http_status != 200)
        fail_upload(flight, answer);
    else if (take_uri(flight, answer))
        end_part(flight);
    else
        flight_postpone(flight, -1);
}

static void on_put(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    flight->request = 0;
    bot_note_date(flight->bot, answer);
    bool is_there = has_errcode(answer, "M_CANNOT_OVERWRITE_MEDIA");
    if (answer->http_status == 200 || is_there) {
        end_part(flight);
    } else if (answer->http_status == 404 && has_errcode(answer, "M_NOT_FOUND") &&
               !flight->is_media_renewed) {
        flight->is_media_renewed = true; /* an unused id lives a day or so */
        free(*part_uri(flight));
        *part_uri(flight) = NULL;
        upload_next(flight);
    } else {
        fail_upload(flight, answer);
    }
}

static void send_bytes(struct flight *flight, const char *method, char *path,
                       rest_done done)
{
    struct rest_request request = {.method = method,
                                   .path = path,
                                   .body = part_bytes(flight)->data,
                                   .body_len = part_bytes(flight)->len,
                                   .content_type = flight->view.mimetype};
    flight_request(flight, &request, done);
    free(path);
}

static void on_created(void *ctx, const struct rest_answer *answer)
{
    struct flight *flight = ctx;
    flight->request = 0;
    bot_note_date(flight->bot, answer);
    bool is_unknown =
        has_errcode(answer, "M_UNRECOGNIZED") || has_errcode(answer, "M_NOT_FOUND");
    if (answer->http_status == 200 && take_uri(flight, answer)) {
        flight_settle(flight, write_progress);
        upload_next(flight);
    } else if (answer->http_status == 200) {
        flight_postpone(flight, -1);
    } else if (is_unknown) {
        send_bytes(flight, "POST", path_media_upload(), on_uploaded);
    } else {
        fail_upload(flight, answer);
    }
}

static void say_file(struct flight *flight)
{
    const struct view *view = &flight->view;
    const struct payload *payload = &flight->payload;
    struct file_message file = {.text = view->text,
                                .file_name = view->file_name,
                                .mimetype = view->mimetype,
                                .url = payload->media,
                                .size = view->bytes.len,
                                .is_image = view->is_image,
                                .width = view->width,
                                .height = view->height,
                                .thumbnail_url = payload->thumbnail,
                                .thumbnail_size = view->thumbnail.len,
                                .thumbnail_width = view->thumbnail_width,
                                .thumbnail_height = view->thumbnail_height,
                                .answers = payload->target};
    flight->payload.content = file_content(&file);
    flight_send(flight);
}

static void upload_next(struct flight *flight)
{
    int parts = flight->view.is_image ? 2 : 1;
    if (!is_theirs(flight)) {
        flight_refuse(flight, ST_DENIED);
    } else if (flight->payload.uploaded >= parts) {
        say_file(flight);
    } else if (*part_uri(flight) != NULL) {
        send_bytes(flight, "PUT", path_media_put(*part_uri(flight)), on_put);
    } else {
        char *path = path_media_create();
        struct rest_request request = {
            .method = "POST", .path = path, .body = "{}", .body_len = 2};
        flight_request(flight, &request, on_created);
        free(path);
    }
}
