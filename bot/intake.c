/* intake.c - see intake.h.
 *
 * The queue's head is worked on: `room_at` walks its rooms, `fetched` collects
 * pages of the room's gap (newest page first, each page oldest first, so a page
 * is put in front of the ones before it).
 */
#include "bot/intake.h"
#include "bot/base/limits.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/dispatch.h"
#include "bot/matrix/parse.h"
#include "bot/matrix/path.h"
#include "bot/rooms.h"
#include "store/room.h"
#include <stdlib.h>
#include <string.h>

#define PAGE_EVENTS 100
#define FETCH_TIMEOUT_MS 30000
#define DM_EVENTS_MAX 100000
#define FETCH_TRIES_MAX 3

struct waiting {
    struct update update;
    char *since;
    bool is_catching_up;
    struct dispatch_gap *gaps; /* not fetched: committed with the update */
    size_t gap_count;
    int64_t gap_row; /* of a retried gap row, else 0 */
    struct waiting *next;
};

struct intake {
    struct bot *bot;
    struct waiting *head, **tail;
    size_t room_at;
    uint64_t request;
    struct event_list fetched;
    int tries;
    char *from;
};

struct intake *intake_new(struct bot *bot)
{
    struct intake *intake = mem_alloc(sizeof *intake);
    intake->bot = bot;
    intake->tail = &intake->head;
    return intake;
}

static void free_waiting(struct waiting *waiting)
{
    for (size_t i = 0; i < waiting->gap_count; i++) {
        free(waiting->gaps[i].room_id);
        free(waiting->gaps[i].from);
        free(waiting->gaps[i].to);
    }
    free(waiting->gaps);
    free(waiting->since);
    update_clear(&waiting->update);
    free(waiting);
}

static void end_fetch(struct intake *intake)
{
    if (intake->request != 0)
        intake->bot->rest.cancel(intake->bot->rest.ctx, intake->request);
    intake->request = 0;
    intake->tries = 0;
    event_list_clear(&intake->fetched);
    free(intake->from);
    intake->from = NULL;
}

static void pop(struct intake *intake)
{
    struct waiting *head = intake->head;
    end_fetch(intake);
    intake->room_at = 0;
    intake->head = head->next;
    if (intake->head == NULL)
        intake->tail = &intake->head;
    free_waiting(head);
}

void intake_drop(struct intake *intake)
{
    while (intake->head != NULL)
        pop(intake);
}

void intake_free(struct intake *intake)
{
    if (intake == NULL)
        return;
    intake_drop(intake);
    free(intake);
}

bool intake_is_idle(const struct intake *intake)
{
    return intake->head == NULL;
}

static struct waiting *append(struct intake *intake)
{
    struct waiting *waiting = mem_alloc(sizeof *waiting);
    *intake->tail = waiting;
    intake->tail = &waiting->next;
    return waiting;
}

void intake_push(struct intake *intake, struct update *update, const char *since,
                 bool is_catching_up)
{
    struct waiting *waiting = append(intake);
    waiting->update = *update;
    memset(update, 0, sizeof *update);
    waiting->since = mem_dup(since);
    waiting->is_catching_up = is_catching_up;
}

void intake_retry_gap(struct intake *intake, const struct gap *gap)
{
    struct waiting *waiting = append(intake);
    struct room_update *room =
        update_add_room(&waiting->update, gap->room_id, MEMBERSHIP_JOIN);
    room->is_limited = true;
    room->prev_batch = mem_dup(gap->from);
    waiting->since = mem_dup(gap->to);
    waiting->is_catching_up = true;
    waiting->gap_row = gap->id;
}

/* Does this room's part of the update miss something we should see? A room we
 * were not in before has no gap: what was said then is not ours to answer. */
static bool has_gap(const struct intake *intake, const struct room_update *part)
{
    if (part->membership != MEMBERSHIP_JOIN || !part->is_limited ||
        part->prev_batch == NULL || intake->head->since == NULL)
        return false;
    const struct room *room = rooms_find(intake->bot->rooms, part->room_id);
    return room != NULL && room->membership == MEMBERSHIP_JOIN;
}

/* Index of our own latest join in the page plus one, or 0: what lies before it
 * is from a time when we were not in the room. */
static size_t after_own_join(const struct bot *bot, const struct event_list *events)
{
    for (size_t i = events->count; i-- > 0;) {
        const struct event *event = &events->items[i];
        if (event->type == EVENT_MEMBER && text_equal(event->state_key, bot->user_id) &&
            event->membership == MEMBERSHIP_JOIN &&
            !(event->has_prev && event->prev_membership == MEMBERSHIP_JOIN))
            return i + 1;
    }
    return 0;
}

static void drop_before(struct event_list *events, size_t count)
{
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        event_clear(&events->items[i]);
    memmove(events->items, events->items + count,
            (events->count - count) * sizeof *events->items);
    events->count -= count;
}

static size_t fetch_limit(struct intake *intake, const char *room_id)
{
    char *user = NULL;
    bool is_dm = dm_user(intake->bot->store, room_id, &user) == ST_OK;
    free(user);
    return is_dm ? DM_EVENTS_MAX : BACKFILL_EVENTS_MAX;
}

static void finish_room(struct intake *intake)
{
    struct room_update *part = &intake->head->update.rooms[intake->room_at];
    event_list_prepend(&part->timeline, &intake->fetched);
    part->is_limited = false;
    end_fetch(intake);
    intake->room_at++;
}

/* The homeserver will not show this piece: its row, if there is one, goes. */
static void drop_gap(struct intake *intake)
{
    struct store *store = intake->bot->store;
    enum status status = store_begin(store);
    log_warn("the homeserver does not show what was said in a room meanwhile");
    if (status == ST_OK)
        status = gap_remove(store, intake->head->gap_row);
    if (status == ST_OK)
        status = store_commit(store);
    else
        store_rollback(store);
    if (status != ST_OK)
        log_error("a gap could not be forgotten: %s", status_text(status));
}

/* Let the update go on without this gap; it is remembered and retried, unless
 * the homeserver refused it for good. */
static void give_up_room(struct intake *intake, bool is_refused)
{
    struct waiting *head = intake->head;
    struct room_update *part = &head->update.rooms[intake->room_at];
    if (head->gap_row != 0) { /* the row stays, unless refused; jobs set its next time */
        if (is_refused)
            drop_gap(intake);
        pop(intake);
        return;
    }
    head->gaps = mem_resize(head->gaps, head->gap_count + 1, sizeof *head->gaps);
    head->gaps[head->gap_count++] = (struct dispatch_gap){
        mem_dup(part->room_id), mem_dup(part->prev_batch), mem_dup(head->since)};
    log_warn(
        "a gap in a room's timeline could not be fetched now; it will be tried again");
    end_fetch(intake);
    intake->room_at++;
}

static void fetch(struct intake *intake);

static void take_page(struct intake *intake, struct event_list *page, char **end)
{
    struct bot *bot = intake->bot;
    const struct room_update *part = &intake->head->update.rooms[intake->room_at];
    size_t cut = after_own_join(bot, page);
    bool is_empty = page->count == 0;
    drop_before(page, cut);
    event_list_prepend(&intake->fetched, page);
    if (intake->fetched.count >= fetch_limit(intake, part->room_id)) {
        log_warn(
            "a room said more while the bot was away than is read back (%zu events); "
            "older messages are not answered",
            intake->fetched.count);
        finish_room(intake);
    } else if (cut > 0 || *end == NULL || (is_empty && text_equal(*end, intake->from))) {
        finish_room(intake);
    } else {
        free(intake->from);
        intake->from = *end;
        *end = NULL;
        fetch(intake);
    }
}

static bool is_refusal(const struct rest_answer *answer)
{
    return answer->http_status == 403 || answer->http_status == 404;
}

static void on_page(void *ctx, const struct rest_answer *answer)
{
    struct intake *intake = ctx;
    struct event_list page = {0};
    char *end = NULL;
    intake->request = 0;
    bot_note_date(intake->bot, answer);
    if (answer->http_status == 200 &&
        parse_messages(answer->body, answer->body_len, &page, &end) == ST_OK) {
        intake->tries = 0;
        take_page(intake, &page, &end);
    } else if (is_refusal(answer) || ++intake->tries >= FETCH_TRIES_MAX) {
        give_up_room(intake, is_refusal(answer));
    } else {
        fetch(intake);
    }
    event_list_clear(&page);
    free(end);
}

static void fetch(struct intake *intake)
{
    struct bot *bot = intake->bot;
    const struct room_update *part = &intake->head->update.rooms[intake->room_at];
    if (intake->from == NULL)
        intake->from = mem_dup(part->prev_batch);
    char *path =
        path_messages(part->room_id, intake->from, intake->head->since, PAGE_EVENTS);
    struct rest_request request = {
        .method = "GET", .path = path, .timeout_ms = FETCH_TIMEOUT_MS};
    intake->request = bot->rest.start(bot->rest.ctx, &request, on_page, intake);
    free(path);
}

/* Hand the head over; false when the store refused and it has to be repeated. */
static bool dispatch_head(struct intake *intake)
{
    struct waiting *head = intake->head;
    struct dispatch_input input = {.update = &head->update,
                                   .is_first = head->since == NULL,
                                   .is_catching_up = head->is_catching_up,
                                   .gaps = head->gaps,
                                   .gap_count = head->gap_count,
                                   .done_gap = head->gap_row};
    if (!dispatch_update(intake->bot, &input))
        return false;
    if (intake->head == head)
        pop(intake);
    return true;
}

void intake_turn(struct intake *intake)
{
    struct bot *bot = intake->bot;
    if (bot->now.mono_ms < bot->store_retry_mono_ms)
        return;
    while (intake->head != NULL && intake->request == 0 && bot->state == BOT_RUNNING) {
        const struct update *update = &intake->head->update;
        if (intake->room_at < update->room_count) {
            if (has_gap(intake, &update->rooms[intake->room_at]))
                fetch(intake);
            else
                intake->room_at++;
        } else if (!dispatch_head(intake)) {
            return;
        }
    }
}
