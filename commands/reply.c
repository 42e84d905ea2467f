/* reply.c - see reply.h and the end of command.h. */
#include "commands/reply.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "commands/words.h"
#include "store/dialogue.h"

#include <stdlib.h>
#include <string.h>

#define TALK_MS (30 * 60 * 1000)

static bool has_room(const struct request *request)
{
    return request->room_id != NULL && request->room_id[0] != '\0';
}

static char *dup_unless_empty(const char *text)
{
    return text != NULL && text[0] != '\0' ? mem_dup(text) : NULL;
}

struct effect *reply(struct turn *turn, char *text)
{
    const struct request *request = turn->request;
    struct effect *effect = effects_add(turn->effects, EFFECT_SAY);
    effect->lifetime = LIFE_ANSWER;
    effect->text = text;
    effect->user_id = mem_dup(request->sender);
    effect->answers = dup_unless_empty(request->event_id);
    effect->thread_root = dup_unless_empty(request->thread_root);
    if (has_room(request))
        effect->room_id = mem_dup(request->room_id);
    if (!request->is_dm)
        effect->mention = mem_dup(request->sender);
    return effect;
}

struct effect *reply_in_dm(struct turn *turn, char *text)
{
    if (turn->request->is_dm)
        return reply(turn, text);
    struct effect *effect = effects_add(turn->effects, EFFECT_SAY);
    effect->lifetime = LIFE_ANSWER;
    effect->text = text;
    effect->user_id = mem_dup(turn->request->sender);
    return effect;
}

const char *dialogue_place(const struct request *request)
{
    return request->is_dm ? "dm" : request->room_id;
}

const char *reply_prefix(const struct turn *turn)
{
    return turn->request->is_dm ? "" : turn->settings->hearth.prefix;
}

char *reply_escape(const char *text)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    for (; *text; text++) {
        if (strchr("\\`*_{}[]<>()#!|~&", *text) != NULL)
            buf_add_char(&out, '\\');
        buf_add_char(&out, *text);
    }
    return buf_take(&out);
}

enum status reply_text(struct turn *turn, enum text_id id)
{
    reply(turn, say(turn->settings, id, "prefix", reply_prefix(turn), NULL));
    return ST_OK;
}

enum status said_lately(struct turn *turn, const char *place, const char *what,
                        int64_t span_ms, bool *ret_was_said)
{
    char *bytes = NULL;
    size_t len = 0;
    /* `what` is no user id, so it cannot meet a person's own row. */
    enum status status =
        dialogue_get(turn->store, place, what, turn->now.utc_ms, &bytes, &len);
    if (status == ST_OK) {
        free(bytes);
        *ret_was_said = true;
        return ST_OK;
    }
    if (status != ST_NOT_FOUND)
        return status;
    status = dialogue_put(turn->store, place, what, "1", 1, turn->now.utc_ms + span_ms);
    if (status == ST_OK)
        *ret_was_said = false;
    return status;
}

static char *talk_place(const struct turn *turn)
{
    struct buf place;
    buf_init(&place, SIZE_MAX);
    buf_addf(&place, "talk:%s", dialogue_place(turn->request));
    return buf_take(&place);
}

enum status talk_ask(struct turn *turn, const char *asked)
{
    char *place = talk_place(turn);
    enum status status = dialogue_put(turn->store, place, turn->request->sender, asked,
                                      strlen(asked), turn->now.utc_ms + TALK_MS);
    free(place);
    return status;
}

enum status talk_peek(struct turn *turn, char **ret_asked)
{
    char *place = talk_place(turn);
    size_t len = 0;
    enum status status = dialogue_get(turn->store, place, turn->request->sender,
                                      turn->now.utc_ms, ret_asked, &len);
    free(place);
    return status;
}

enum status talk_drop(struct turn *turn)
{
    char *place = talk_place(turn);
    enum status status = dialogue_drop(turn->store, place, turn->request->sender);
    free(place);
    return status;
}

enum status talk_take(struct turn *turn, char **ret_asked)
{
    char *asked = NULL;
    enum status status = talk_peek(turn, &asked);
    if (status == ST_OK)
        status = talk_drop(turn);
    if (status == ST_OK)
        *ret_asked = asked;
    else
        free(asked);
    return status;
}

bool reply_is(const struct turn *turn, const char *words)
{
    struct strv list;
    char *folded = text_fold(turn->request->text);
    size_t len = strlen(folded);
    while (len > 0 && strchr(".!, ", folded[len - 1]) != NULL)
        folded[--len] = '\0';
    text_split(words, '|', &list);
    bool is = strv_has(&list, folded);
    strv_clear(&list);
    free(folded);
    return is;
}

bool reply_is_yes(const struct turn *turn)
{
    return reply_is(turn,
                    "yes|yes please|y|yeah|yep|ok|okay|please|please do|do|sure|go on");
}

bool reply_is_no(const struct turn *turn)
{
    return reply_is(turn, "no|no thanks|no thank you|n|nope|not now|cancel");
}
