/* dispatch_change.c - see dispatch_change.h. */
#include "bot/dispatch_change.h"
#include "bot/base/limits.h"
#include "bot/queue.h"
#include "store/inbox.h"
#include <stdio.h>
#include <string.h>

/* A mark that this person wrote this message: only they may edit it. */
static void name_author(const char *sender, const char *event_id,
                        char ret_mark[2 * MATRIX_ID_MAX + 8])
{
    snprintf(ret_mark, 2 * MATRIX_ID_MAX + 8, "%s by %s", event_id, sender);
}

enum status dispatch_mark_author(struct bot *bot, const struct request *request)
{
    char mark[2 * MATRIX_ID_MAX + 8];
    name_author(request->sender, request->event_id, mark);
    enum status status = seen_add(bot->store, request->room_id, mark, bot->now.utc_ms);
    return status == ST_EXISTS ? ST_OK : status;
}

static bool is_author(struct bot *bot, const struct request *request)
{
    char mark[2 * MATRIX_ID_MAX + 8];
    name_author(request->sender, request->target, mark);
    return !seen_has(bot->store, request->room_id, request->target) ||
           seen_has(bot->store, request->room_id, mark);
}

enum status dispatch_edit(struct bot *bot, struct request *request)
{
    struct answered answered = {0};
    char tag[65];
    enum status found =
        answered_get(bot->store, request->room_id, request->target, &answered);
    if (found != ST_OK && found != ST_NOT_FOUND)
        return found;
    answered_sender_tag(bot->store, request->sender, tag);
    bool is_theirs = found == ST_NOT_FOUND ? is_author(bot, request)
                                           : strcmp(tag, answered.sender_tag) == 0;
    bool is_newer = found == ST_NOT_FOUND || answered.edit_event_id == NULL ||
                    request->sent_utc_ms > answered.edit_ts_ms ||
                    (request->sent_utc_ms == answered.edit_ts_ms &&
                     strcmp(request->event_id, answered.edit_event_id) > 0);
    enum status status = ST_OK;
    if (is_theirs && is_newer) {
        struct effects effects = {0};
        struct process_status process;
        const char *edit_id = request->event_id;
        request->event_id = request->target; /* a reply names the message, not its edit */
        request->edit_id = edit_id;
        struct turn turn = bot_make_turn(bot, request, &effects, &process);
        status = respond(&turn);
        if (status == ST_OK && found == ST_OK)
            status = queue_replacement(bot, request, &answered, &effects);
        else if (status == ST_OK)
            status = queue_effects(bot, request, &effects);
        if (status == ST_OK && found == ST_OK)
            status = answered_edited(bot->store, request->room_id, request->target,
                                     request->sent_utc_ms, edit_id);
        effects_clear(&effects);
    }
    answered_clear(&answered);
    return status;
}

/* Take every reply back, `answered` (cleared here) first. */
static enum status retract_all(struct bot *bot, const struct request *request,
                               struct answered *answered)
{
    enum status status = ST_OK;
    while (status == ST_OK) {
        status = queue_retraction(bot, request->room_id, answered);
        answered_clear(answered);
        if (status == ST_OK)
            status =
                answered_take(bot->store, request->room_id, request->target, answered);
    }
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status dispatch_redaction(struct bot *bot, const struct request *request)
{
    struct answered answered = {0};
    enum status status =
        answered_take(bot->store, request->room_id, request->target, &answered);
    if (status == ST_NOT_FOUND)
        status =
            redacted_add(bot->store, request->room_id, request->target, bot->now.utc_ms);
    else if (status == ST_OK)
        status = retract_all(bot, request, &answered);
    if (status == ST_OK)
        status = dispatch_request(bot, request);
    return status;
}

bool dispatch_was_answered_early(struct bot *bot, const struct request *request)
{
    struct answered answered = {0};
    char tag[65];
    if (request->kind != REQUEST_MESSAGE ||
        answered_get(bot->store, request->room_id, request->event_id, &answered) != ST_OK)
        return false;
    answered_sender_tag(bot->store, request->sender, tag);
    bool is_theirs = strcmp(tag, answered.sender_tag) == 0;
    answered_clear(&answered);
    return is_theirs;
}
