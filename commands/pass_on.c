/* pass_on.c - see pass_on.h. The plain words of the notice: pass_on_tell at the end. */
#include "commands/pass_on.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/faq.h"
#include "commands/match.h"
#include "commands/reply.h"
#include "commands/safety.h"
#include "store/dialogue.h"
#include "store/inbox.h"
#include "store/outbox.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK "pass on\n" /* begins what talk_ask remembers; then a line a part */
#define ROUND_MINUTE (9 * 60)
#define LEAD_MS (60 * 60 * INT64_C(1000)) /* a yes later than that waits for the next */
#define SPREAD_MS 60000
#define CHARS_MAX 500
#define WORD_JOINER 0x2060
#define ZERO_WIDTH_JOINER 0x200D /* holds emojis together */
#define ELLIPSIS 0x2026

/* The last is left out where there is no thread. */
enum part { PART_GROUP, PART_QUESTION, PART_VERSION, PART_THREAD };

/* Dialogue places of a person's questions that wait: in each the event of
 * the yes and, in the next line, the lane. */
static const char *const places[] = {"passed on 1", "passed on 2", "passed on 3"};
/* After its hour a question may still wait for the homeserver; `forget me` must find it.
 */
#define FETCH_TIME_MS (12 * 3600000LL)
#define PLACE_COUNT (sizeof places / sizeof *places)

char *pass_on_lane(const char *room_id, const char *question_id)
{
    struct buf lane;
    buf_init(&lane, SIZE_MAX);
    buf_addf(&lane, "pass on:%s %s", room_id, question_id);
    return buf_take(&lane);
}

/* --- the offer ----------------------------------------------------------- */

static bool may_offer(const struct request *request)
{
    return request->has_moderators && request->group != NULL &&
           request->role >= ROLE_MEMBER && !request->is_moderators_room &&
           request->event_id != NULL && request->event_id[0] != '\0';
}

/* Was it passed on already, and is edited now? */
static enum status find_waiting(const struct turn *turn, bool *ret_is_waiting)
{
    struct outbox_list waiting = {0};
    char *lane = pass_on_lane(turn->request->room_id, turn->request->event_id);
    enum status status = outbox_lane(turn->store, lane, &waiting);
    *ret_is_waiting = waiting.count > 0;
    outbox_list_clear(&waiting);
    free(lane);
    return status;
}

enum status pass_on_offer(struct turn *turn)
{
    const struct request *request = turn->request;
    bool is_waiting = false;
    struct buf asked;
    if (!may_offer(request))
        return reply_text(turn, TEXT_DONT_KNOW);
    enum status status = find_waiting(turn, &is_waiting);
    if (status != ST_OK || is_waiting)
        return status == ST_OK ? reply_text(turn, TEXT_DONT_KNOW) : status;
    buf_init(&asked, DIALOGUE_BLOB_LEN - 2);
    buf_addf(&asked, MARK "%s\n%s\n%s\n%s", request->group->name, request->event_id,
             request->edit_id ? request->edit_id : request->event_id,
             request->thread_root ? request->thread_root : "");
    bool fits = !asked.overflowed;
    if (fits)
        status = talk_ask(turn, asked.data);
    buf_clear(&asked);
    if (status != ST_OK)
        return status;
    return reply_text(turn, !fits            ? TEXT_DONT_KNOW
                            : request->is_dm ? TEXT_PASS_ON_ASK
                                             : TEXT_PASS_ON_ASK_ROOM);
}

/* The parts of the offer that is open here; ST_NOT_FOUND. */
static enum status read_offer(struct turn *turn, struct strv *ret_parts)
{
    char *asked = NULL;
    struct strv parts = {0};
    enum status status = talk_peek(turn, &asked);
    if (status != ST_OK)
        return status;
    if (text_starts(asked, MARK))
        text_split(asked + strlen(MARK), '\n', &parts);
    free(asked);
    if (parts.count < PART_THREAD) {
        strv_clear(&parts);
        return ST_NOT_FOUND;
    }
    *ret_parts = parts;
    return ST_OK;
}

/* Drop the open offer; with `question_id` only one for that. */
static enum status drop_offer(struct turn *turn, const char *question_id)
{
    struct strv offer;
    enum status status = read_offer(turn, &offer);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    if (question_id == NULL || text_equal(offer.items[PART_QUESTION], question_id))
        status = talk_drop(turn);
    strv_clear(&offer);
    return status;
}

enum status pass_on_heed(struct turn *turn)
{
    return reply_is_yes(turn) || reply_is_no(turn) ? ST_OK : drop_offer(turn, NULL);
}

/* --- the yes ------------------------------------------------------------- */

/* Is the message a reply to our offer, or in its thread and a reply to nothing? */
static enum status find_pointing(const struct turn *turn, const struct strv *offer,
                                 bool *ret_points)
{
    const struct request *request = turn->request;
    const char *question = offer->items[PART_QUESTION];
    const char *root = request->thread_root;
    struct answered ours = {0};
    enum status status = answered_get(turn->store, request->room_id, question, &ours);
    if (status != ST_OK && status != ST_NOT_FOUND)
        return status;
    if (request->in_reply_to != NULL)
        *ret_points = text_equal(request->in_reply_to, ours.event_id);
    else
        *ret_points =
            root != NULL &&
            (text_equal(root, question) || text_equal(root, ours.event_id) ||
             (offer->count > PART_THREAD && text_equal(root, offer->items[PART_THREAD])));
    answered_clear(&ours);
    return ST_OK;
}

/* When the group's questions of these hours go out. */
static int64_t next_round(const struct turn *turn, const struct group_settings *group)
{
    struct local_time local;
    zone_local(group->zone_rules, turn->now.utc_ms + LEAD_MS, &local);
    int32_t day = local.day + (local.minute >= ROUND_MINUTE);
    return zone_instant(group->zone_rules, day, ROUND_MINUTE) +
           (int64_t)random_below(turn->random, SPREAD_MS);
}

/* What stands in a person's place; ST_NOT_FOUND: it is free. */
static enum status read_place(struct turn *turn, size_t place, const char *user_id,
                              char **ret_held)
{
    size_t len = 0;
    return dialogue_get(turn->store, places[place], user_id, turn->now.utc_ms, ret_held,
                        &len);
}

/* Take a free place of the asker; false: there is none. */
static enum status take_place(struct turn *turn, const char *question_id,
                              int64_t until_utc_ms, bool *ret_has_place)
{
    const struct request *request = turn->request;
    char *lane = pass_on_lane(request->room_id, question_id);
    struct buf held;
    enum status status = ST_OK;
    buf_init(&held, SIZE_MAX);
    buf_addf(&held, "%s\n%s", request->event_id, lane);
    *ret_has_place = false;
    for (size_t i = 0; i < PLACE_COUNT && status == ST_OK && !*ret_has_place; i++) {
        char *other = NULL;
        status = read_place(turn, i, request->sender, &other);
        free(other);
        *ret_has_place = status == ST_NOT_FOUND;
        if (*ret_has_place)
            status = dialogue_put(turn->store, places[i], request->sender, held.data,
                                  held.len, until_utc_ms);
    }
    buf_clear(&held);
    free(lane);
    return status;
}

static enum status say_full(struct turn *turn)
{
    char count[24];
    snprintf(count, sizeof count, "%zu", PLACE_COUNT);
    reply(turn, say(turn->settings, TEXT_PASS_ON_FULL, "count", count, NULL));
    return ST_OK;
}

static enum status accept(struct turn *turn, const struct strv *offer)
{
    bool has_place = false;
    const struct group_settings *group =
        settings_group(turn->settings, offer->items[PART_GROUP]);
    if (group == NULL || group->moderators_room[0] == '\0') /* a reload came between */
        return reply_text(turn, TEXT_TELL_MODS_NOBODY);
    int64_t due = next_round(turn, group);
    enum status status =
        take_place(turn, offer->items[PART_QUESTION], due + FETCH_TIME_MS, &has_place);
    if (status != ST_OK || !has_place)
        return status == ST_OK ? say_full(turn) : status;
    struct effect *effect = effects_add(turn->effects, EFFECT_PASS_ON);
    effect->lifetime = LIFE_ALWAYS;
    effect->room_id = mem_dup(turn->request->room_id);
    effect->answers = mem_dup(offer->items[PART_QUESTION]);
    effect->target = mem_dup(offer->items[PART_VERSION]);
    effect->text = mem_dup(group->name);
    effect->due_utc_ms = due;
    char *hour = hour_words(ROUND_MINUTE);
    reply(turn,
          say(turn->settings, TEXT_PASS_ON_YES, "hour", hour, "zone", group->zone, NULL));
    free(hour);
    return ST_OK;
}

enum status pass_on_answer(struct turn *turn, bool must_point, bool *ret_is_handled)
{
    struct strv offer;
    bool is_yes = reply_is_yes(turn), is_meant = true;
    *ret_is_handled = false;
    if (!is_yes && !reply_is_no(turn))
        return ST_OK;
    enum status status = read_offer(turn, &offer);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    if (must_point)
        status = find_pointing(turn, &offer, &is_meant);
    if (status == ST_OK && is_meant)
        status = talk_drop(turn);
    if (status == ST_OK && is_meant)
        status = is_yes ? accept(turn, &offer) : reply_text(turn, TEXT_PASS_ON_NO);
    strv_clear(&offer);
    *ret_is_handled = is_meant;
    return status;
}

/* --- while it waits ------------------------------------------------------ */

static void queue_version(struct turn *turn)
{
    const struct request *request = turn->request;
    struct effect *effect = effects_add(turn->effects, EFFECT_PASS_ON);
    effect->lifetime = LIFE_ALWAYS;
    effect->room_id = mem_dup(request->room_id);
    effect->answers = mem_dup(request->target);
    effect->target = mem_dup(request->edit_id ? request->edit_id : request->target);
}

/* Free the places of `user_id` for the question or the yes `event_id`, or all (NULL);
 * what was to be passed on for them is not, unless it is on its way (`is_sent`). */
static enum status free_places(struct turn *turn, const char *user_id,
                               const char *room_id, const char *event_id, bool is_sent)
{
    char *meant = event_id ? pass_on_lane(room_id, event_id) : NULL;
    enum status status = ST_OK;
    for (size_t i = 0; i < PLACE_COUNT && status == ST_OK; i++) {
        char *held = NULL;
        status = read_place(turn, i, user_id, &held);
        char *lane = held ? strchr(held, '\n') : NULL;
        if (lane != NULL)
            *lane++ = '\0';
        bool is_meant = lane != NULL && (event_id == NULL || text_equal(lane, meant) ||
                                         text_equal(held, event_id));
        if (is_meant && !is_sent)
            status = outbox_remove_lane(turn->store, lane, -1, false);
        if (is_meant && status == ST_OK)
            status = dialogue_drop(turn->store, places[i], user_id);
        free(held);
        status = status == ST_NOT_FOUND ? ST_OK : status;
    }
    free(meant);
    return status;
}

/* Somebody else, a moderator, may delete the question too. */
static enum status take_back(struct turn *turn, const char *lane)
{
    const struct request *request = turn->request;
    enum status status = outbox_remove_lane(turn->store, lane, -1, false);
    if (status == ST_OK)
        status =
            free_places(turn, request->sender, request->room_id, request->target, false);
    return status;
}

enum status pass_on_changed(struct turn *turn)
{
    const struct request *request = turn->request;
    struct outbox_list waiting = {0};
    if (request->target == NULL)
        return ST_OK;
    char *lane = pass_on_lane(request->room_id, request->target);
    enum status status = drop_offer(turn, request->target);
    if (status == ST_OK && request->kind == REQUEST_REDACTION)
        status = take_back(turn, lane);
    else if (status == ST_OK)
        status = outbox_lane(turn->store, lane, &waiting);
    if (waiting.count > 0)
        queue_version(turn);
    outbox_list_clear(&waiting);
    free(lane);
    return status;
}

enum status pass_on_forget(struct turn *turn, const char *user_id)
{
    return free_places(turn, user_id, NULL, NULL, false);
}

enum status pass_on_gone(struct turn *turn, const char *user_id, const char *room_id,
                         const char *question_id)
{
    return free_places(turn, user_id, room_id, question_id, true);
}

enum status pass_on_count(struct turn *turn, const char *user_id, int *ret_count)
{
    int count = 0;
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        char *held = NULL;
        enum status status = read_place(turn, i, user_id, &held);
        free(held);
        if (status != ST_OK && status != ST_NOT_FOUND)
            return status;
        count += status == ST_OK;
    }
    *ret_count = count;
    return ST_OK;
}

/* --- the round ----------------------------------------------------------- */

struct line {
    struct buf out;
    size_t chars;
};

static void add_char(struct line *line, gunichar c)
{
    char bytes[6];
    buf_add(&line->out, bytes, (size_t)g_unichar_to_utf8(c, bytes));
    line->chars++;
}

static bool is_invisible(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT) &&
           c != ZERO_WIDTH_JOINER;
}

static bool is_sign(gunichar c)
{
    return c == '@' || c == '#' || c == ':';
}

/* One line without anything that Markdown or a client would make more of: line breaks
 * are spaces, a joiner behind each sign that begins a link, a person or a room keeps
 * clients from seeing one. */
static char *write_plain(const char *text)
{
    struct line line = {0};
    bool is_gap = false;
    buf_init(&line.out, SIZE_MAX);
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool is_space = g_unichar_isspace(c);
        is_gap = is_gap || is_space;
        if (is_space || is_invisible(c))
            continue;
        if (line.chars + 4 > CHARS_MAX) { /* a space, the sign, a joiner, the end */
            add_char(&line, ELLIPSIS);
            break;
        }
        if (is_gap && line.chars > 0)
            add_char(&line, ' ');
        is_gap = false;
        add_char(&line, c);
        if (is_sign(c) && !g_unichar_isspace(g_utf8_get_char(g_utf8_next_char(at))))
            add_char(&line, WORD_JOINER);
    }
    char *plain = buf_take(&line.out), *escaped = reply_escape(plain);
    free(plain);
    return escaped;
}

static bool may_pass(const struct turn *turn, const char *text)
{
    struct match match;
    if (text_is_empty(text) || safety_read(faq_safety(turn->faq), text) != SAFETY_NONE)
        return false;
    faq_match(turn->faq, text, false, &match);
    return !match.is_forbidden;
}

enum status pass_on_tell(struct turn *turn, const char *group_name, const char *text)
{
    const struct group_settings *group = settings_group(turn->settings, group_name);
    const char *question = faq_behind_name(text);
    if (group == NULL || group->moderators_room[0] == '\0' || !may_pass(turn, question))
        return ST_OK;
    char *plain = write_plain(question);
    struct effect *line = effects_add(turn->effects, EFFECT_SAY);
    line->lifetime = LIFE_ALWAYS;
    line->room_id = mem_dup(group->moderators_room);
    line->text = say(turn->settings, TEXT_PASS_ON_LINE, "question", plain, NULL);
    free(plain);
    return ST_OK;
}
