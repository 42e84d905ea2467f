/* respond.c - one request, whole: the order in which things are tried.
 *
 *   1 safety, before anything else and however old the message is
 *   2 a short question of ours that waits for an answer ("shall I tell the
 *     moderators?", "which of these?", "shall I pass it on?")
 *   3 commands that are understood in the middle of a check-in
 *   4 the running dialogue or check-in, in the DM
 *   5 commands
 *   6 small talk, then the FAQ
 *
 * Steps 1 to 5 hold for old messages too as far as rule E4 says so; the FAQ goes
 * stale. Nothing here answers talk that was not addressed to the bot but what
 * faq_overhear decides to.
 */
#include "bot/base/mem.h"
#include "commands/checkin.h"
#include "commands/diary.h"
#include "commands/checkin_offer.h"
#include "commands/faq.h"
#include "commands/pass_on.h"
#include "commands/poll.h"
#include "commands/reply.h"
#include "commands/safety.h"
#include "commands/small_talk.h"
#include "commands/tap.h"
#include "commands/tell_mods.h"
#include "commands/timezone.h"
#include "commands/words.h"
#include "store/dialogue.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/room.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define EXPLAINED_MS (30 * 24 * 3600000LL) /* reactions are explained once in it */

/* The sender's DM, if they are in it still and nobody else is; NULL: it has to be
 * made. */
static enum status find_dm(const struct turn *turn, char **ret_room_id)
{
    char *room_id = NULL;
    int standing = 0, joined = 0, invited = 0;
    enum status status = dm_get(turn->store, turn->request->sender, &room_id);
    if (status == ST_OK)
        status =
            room_member_get(turn->store, room_id, turn->request->sender, &standing, NULL);
    if (status == ST_OK)
        status = room_member_count(turn->store, room_id, &joined, &invited);
    if (status == ST_OK && standing != 0 && joined + invited <= 2) {
        *ret_room_id = room_id;
        return ST_OK;
    }
    free(room_id);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

/* Run a personal command that was called in a room, in the sender's DM. */
static enum status run_in_dm(struct turn *turn, const struct command *command,
                             const struct strv *args)
{
    char *room = NULL;
    enum status status = find_dm(turn, &room);
    if (status != ST_OK)
        return status;
    struct request moved = *turn->request;
    moved.is_dm = true;
    moved.is_moderators_room = false;
    moved.room_id = room ? room : "";
    moved.event_id = "";
    moved.in_reply_to = moved.thread_root = NULL;
    moved.replies_to_us = false;
    struct turn in_dm = *turn;
    in_dm.request = &moved;
    status = command->run(&in_dm, args);
    free(room);
    return status;
}

static enum status run_command(struct turn *turn, const struct command *command,
                               const struct strv *args)
{
    const struct request *request = turn->request;
    if (request->role < command->role)
        return reply_text(turn, command->role == ROLE_MODERATOR ? TEXT_ONLY_MODERATORS
                                                                : TEXT_ONLY_MEMBERS);
    if (request->is_dm && !(command->where & IN_DM))
        return reply_text(turn, TEXT_ONLY_IN_ROOM);
    if (!request->is_dm && !(command->where & IN_GROUP)) {
        /* The same words for everyone: the room learns nothing from them. */
        char *text = say(turn->settings, TEXT_IN_PRIVATE, "user",
                         turn->settings->matrix.user, NULL);
        reply(turn, text)->lifetime = command->is_never_stale ? LIFE_ALWAYS : LIFE_ANSWER;
        return run_in_dm(turn, command, args);
    }
    return command->run(turn, args);
}

/* A short question of ours may wait for this message. It waits for the next
 * message only. */
static enum status answer_talk(struct turn *turn, bool *ret_is_handled)
{
    char *asked = NULL;
    bool is_reply_in_dm = turn->request->is_dm && turn->request->replies_to_us;
    enum status status = pass_on_answer(turn, is_reply_in_dm, ret_is_handled);
    if (status != ST_OK || *ret_is_handled)
        return status;
    status = talk_take(turn, &asked);
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status == ST_OK)
        status = tell_mods_answer(turn, asked, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled)
        status = timezone_answer(turn, asked, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled)
        status = file_answer(turn, asked, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled)
        status = checkin_pick(turn, asked, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled && !turn->request->is_stale) {
        char *number = text_trim(turn->request->text);
        status = faq_pick(turn, asked, number, ret_is_handled);
        free(number);
    }
    free(asked);
    return status;
}

/* Steps 2 to 4: what may be waiting for this message. A reply to one of our
 * messages is meant for that one, which is most often a prompt. */
static enum status answer_waiting(struct turn *turn, const struct command *command,
                                  const struct strv *args, bool *ret_is_handled)
{
    const struct request *request = turn->request;
    enum status status = ST_OK;
    bool tries_checkin =
        request->is_dm && command_leaves_answers(command, args, request->has_prefix);
    bool is_reply_in_dm = request->is_dm && request->replies_to_us;
    status = pass_on_answer(turn, is_reply_in_dm, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled && tries_checkin && request->replies_to_us)
        status = checkin_text(turn, ret_is_handled);
    bool was_tried = tries_checkin && request->replies_to_us;
    bool is_pick_by_name = command != NULL && strcmp(command->name, "faq") == 0;
    if (status == ST_OK && !*ret_is_handled && !is_pick_by_name)
        status = answer_talk(turn, ret_is_handled);
    if (status == ST_OK && !*ret_is_handled && tries_checkin && !was_tried)
        status = checkin_text(turn, ret_is_handled);
    return status;
}

static bool is_item_word(const struct settings *settings, const char *word)
{
    for (size_t i = 0; i < settings->item_count; i++) {
        const struct item_settings *item = &settings->items[i];
        char *label = text_fold(item->label);
        bool is = text_equal(item->name, word) || text_equal(label, word) ||
                  strv_has(&item->also, word);
        free(label);
        if (is)
            return true;
    }
    return false;
}

/* Numbers, and at most the names of items: answers that belong into the DM. */
static bool is_answer_talk(const struct turn *turn)
{
    struct words words;
    size_t numbers = 0, others = 0;
    words_read(turn->request->text, &words);
    for (size_t i = 0; i < words.count && others == 0; i++) {
        const char *word = words.items[i].text;
        if (word[strspn(word, "0123456789")] == '\0')
            numbers++;
        else if (!is_item_word(turn->settings, word))
            others++;
    }
    words_clear(&words);
    return numbers > 0 && others == 0;
}

/* Nothing called, nothing waiting: a question, perhaps. `was_comforted`: the
 * safety layer has said a soft line already. */
static enum status answer_question(struct turn *turn, bool was_comforted)
{
    const struct request *request = turn->request;
    if (request->is_stale || (request->has_prefix && !request->is_dm))
        return ST_OK; /* an unknown !word may be for another bot */
    if (!request->is_dm && is_answer_talk(turn))
        return ST_OK; /* not recorded, and nothing said about it where all can see */
    enum small_talk talk = small_talk_read(request->text);
    if (was_comforted && (talk != SMALL_TALK_NONE || request->role < ROLE_MEMBER))
        return ST_OK;
    if (talk == SMALL_TALK_QUIET)
        return ST_OK;
    if (talk == SMALL_TALK_THANKS)
        return reply_text(turn, TEXT_WELCOME);
    if (talk == SMALL_TALK_HELLO)
        return reply_text(turn, TEXT_HELLO);
    if (request->role < ROLE_MEMBER)
        return reply_text(turn, TEXT_STRANGER);
    return faq_answer(turn, request->text, was_comforted);
}

static enum status respond_addressed(struct turn *turn, bool was_comforted)
{
    const struct request *request = turn->request;
    struct strv args;
    bool is_handled = false;
    enum status status = ST_OK;
    const struct command *command = command_find(request->text, &args);
    bool is_help_now = command != NULL && strcmp(command->name, "help now") == 0;
    if (!is_help_now)
        status = answer_waiting(turn, command, &args, &is_handled);
    if (status == ST_OK && !is_handled && command == NULL)
        status = answer_question(turn, was_comforted);
    else if (status == ST_OK && !is_handled &&
             (!request->is_stale || command->is_never_stale))
        status = run_command(turn, command, &args);
    strv_clear(&args);
    return status;
}

static bool may_overhear(const struct request *request)
{
    return request->kind == REQUEST_MESSAGE && request->group != NULL &&
           request->group->answer_overheard && !request->is_moderators_room &&
           !request->is_stale;
}

static enum status respond_message(struct turn *turn)
{
    const struct request *request = turn->request;
    bool is_handled = false;
    size_t said = turn->effects->count;
    if (text_is_empty(request->text)) {
        bool is_call = !request->is_dm && request->is_addressed && !request->has_prefix;
        return is_call && !request->is_stale ? reply_text(turn, TEXT_HELLO) : ST_OK;
    }
    bool is_for_us = request->is_addressed || request->is_dm;
    enum status status = is_for_us ? pass_on_heed(turn) : ST_OK;
    if (status == ST_OK)
        status = safety_respond(turn, &is_handled);
    if (status != ST_OK || is_handled)
        return status;
    if (is_for_us)
        return respond_addressed(turn, turn->effects->count > said);
    status = pass_on_answer(turn, true, &is_handled); /* a reply is no mention */
    if (status != ST_OK || is_handled)
        return status;
    return may_overhear(request) ? faq_overhear(turn) : ST_OK;
}

/* A vote is the message that its choice stands for, if the choice is one that a poll
 * of ours can hold. Nobody sees a vote in the timeline: the reply names the poll. */
static enum status respond_vote(struct turn *turn)
{
    struct request typed = *turn->request;
    bool is_handled = false;
    enum status status = tap_vote(turn, &is_handled);
    if (status != ST_OK || is_handled)
        return status;
    if (!typed.is_dm || !poll_is_choice(turn->settings, typed.text) ||
        !ours_has(turn->store, typed.room_id, typed.target))
        return ST_OK;
    typed.kind = REQUEST_MESSAGE;
    typed.event_id = typed.target;
    typed.target = NULL;
    struct turn turn_typed = *turn;
    turn_typed.request = &typed;
    status = faq_drop_list(&turn_typed); /* a number means no more of it */
    return status == ST_OK ? respond_message(&turn_typed) : status;
}

/* Did the message have a reply before it was edited? */
static enum status find_reply(const struct turn *turn, bool *ret_has_reply)
{
    struct answered answered = {0};
    enum status status = answered_get(turn->store, turn->request->room_id,
                                      turn->request->target, &answered);
    if (status != ST_OK && status != ST_NOT_FOUND)
        return status;
    *ret_has_reply = status == ST_OK;
    answered_clear(&answered);
    return ST_OK;
}

/* The new text of a message that had a reply: information is said anew, nothing
 * is done a second time. */
static enum status respond_changed(struct turn *turn)
{
    const struct request *request = turn->request;
    struct strv args;
    enum status status = ST_OK;
    const struct command *command = command_find(request->text, &args);
    if (command == NULL)
        status = answer_question(turn, false);
    else if (!command->is_information)
        status = reply_text(turn, TEXT_SEND_ANEW);
    else if (!request->is_stale || command->is_never_stale)
        status = run_command(turn, command, &args);
    strv_clear(&args);
    return status;
}

/* An edit that makes a command or a question of a message that had no reply
 * counts like a new message, once. */
static enum status respond_edit(struct turn *turn)
{
    bool is_handled = false, has_reply = false;
    enum status status = pass_on_changed(turn);
    if (status == ST_OK)
        status = safety_respond(turn, &is_handled);
    if (status == ST_OK && !is_handled)
        status = checkin_edited(turn, &is_handled);
    if (status != ST_OK || is_handled)
        return status;
    if (text_is_empty(turn->request->text) ||
        (!turn->request->is_addressed && !turn->request->is_dm))
        return ST_OK;
    status = find_reply(turn, &has_reply);
    if (status != ST_OK)
        return status;
    return has_reply ? respond_changed(turn) : respond_addressed(turn, false);
}

static enum status respond_redaction(struct turn *turn)
{
    bool is_handled = false;
    enum status status = pass_on_changed(turn);
    return status == ST_OK ? checkin_redacted(turn, &is_handled) : status;
}

static bool is_number_key(const char *key)
{
    char *folded = text_fold(key);
    bool is_number =
        g_ascii_isdigit((gchar)folded[0]) ||
        strcmp(folded, "\xF0\x9F\x94\x9F") == 0 /* the sign of a ten in a box */;
    free(folded);
    return is_number;
}

/* A reaction is never an answer to a health item: anyone on the server's path
 * can read it. Said once to whoever tries. */
static enum status respond_reaction(struct turn *turn)
{
    const struct request *request = turn->request;
    bool was_said = false;
    if (!request->is_dm)
        return faq_take_back(turn);
    if (!is_number_key(request->text) ||
        !ours_has(turn->store, request->room_id, request->target))
        return ST_OK;
    enum status status =
        said_lately(turn, "reaction", request->sender, EXPLAINED_MS, &was_said);
    if (status != ST_OK || was_said)
        return status;
    struct effect *effect = reply(turn, say(turn->settings, TEXT_REACTION, NULL));
    free(effect->answers);
    effect->answers = mem_dup(request->target);
    return ST_OK;
}

/* Is something on its way to this person? Then that is greeting enough. */
static enum status find_queued(const struct turn *turn, bool *ret_is_queued)
{
    const struct request *request = turn->request;
    char *lane = g_strconcat("dm:", request->sender, NULL);
    const char *lanes[] = {request->room_id, lane};
    enum status status = ST_OK;
    *ret_is_queued = false;
    for (size_t i = 0; i < 2 && status == ST_OK && !*ret_is_queued; i++) {
        struct outbox_list list = {0};
        status = outbox_lane(turn->store, lanes[i], &list);
        *ret_is_queued = list.count > 0;
        outbox_list_clear(&list);
    }
    g_free(lane);
    return status;
}

static enum status respond_joined(struct turn *turn)
{
    bool is_queued = false;
    enum status status = find_queued(turn, &is_queued);
    if (status != ST_OK || is_queued)
        return status;
    return reply_text(turn, TEXT_JOINED_DM);
}

static enum status respond_left(struct turn *turn)
{
    const struct request *request = turn->request;
    if (request->group == NULL)
        return ST_OK;
    enum status status = checkin_stop(turn, request->sender, request->group->name, false);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status respond(struct turn *turn)
{
    switch (turn->request->kind) {
    case REQUEST_MESSAGE:
        return respond_message(turn);
    case REQUEST_EDIT:
        return respond_edit(turn);
    case REQUEST_REDACTION:
        return respond_redaction(turn);
    case REQUEST_REACTION:
        return respond_reaction(turn);
    case REQUEST_POLL_VOTE:
        return respond_vote(turn);
    case REQUEST_JOINED_DM:
        return respond_joined(turn);
    case REQUEST_LEFT_GROUP:
        return respond_left(turn);
    }
    return ST_OK;
}
