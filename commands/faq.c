/* faq.c - `faq`: the list, one entry by its name, or a question in any words.
 *
 * An answer is the entry's text, its source and where to read on. When several
 * entries may be meant they are listed with numbers; the list is remembered for
 * half an hour so that a number is enough.
 */
#include "commands/faq.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/faq_counts.h"
#include "commands/match.h"
#include "commands/pass_on.h"
#include "commands/poll.h"
#include "commands/reply.h"
#include "store/dialogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX 60                     /* entries that `faq` lists */
#define OVERHEARD_PAUSE_MS (10 * 60000) /* between two unasked answers in a room */
#define ENTRY_PAUSE_MS (24 * 3600000)   /* before the same one is given again */
#define TAKE_BACK_MS (24 * 3600000LL)   /* how long a reaction takes it back */
#define PICK_MARK "faq\n"               /* begins what talk_ask remembers */

static char *join(const struct strv *words, char separator)
{
    struct buf out;
    buf_init(&out, QUESTION_MAX);
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            buf_add_char(&out, separator);
        buf_add_text(&out, words->items[i]);
    }
    return buf_take(&out);
}

/* Index of the entry with this id, or faq_count. */
static size_t find_id(const struct settings *settings, const char *id)
{
    size_t at = 0;
    for (; at < settings->faq_count; at++) {
        char *own = text_fold(settings->faqs[at].id);
        bool is_same = strcmp(own, id) == 0;
        free(own);
        if (is_same)
            break;
    }
    return at;
}

static void add_text(struct buf *out, char *text)
{
    buf_add_text(out, text);
    free(text);
}

static void add_related(const struct turn *turn, const struct faq_settings *faq,
                        struct buf *out)
{
    struct buf list;
    buf_init(&list, MESSAGE_TEXT_MAX / 4);
    for (size_t i = 0; i < faq->related.count; i++)
        buf_addf(&list, "%s`%sfaq %s`", i ? ", " : "", reply_prefix(turn),
                 faq->related.items[i]);
    if (list.len > 0)
        add_text(out, say(turn->settings, TEXT_FAQ_RELATED, "list", list.data, NULL));
    buf_clear(&list);
}

/* `text` is a Markdown answer: an entry's. */
static char *write_entry(const struct turn *turn, const struct faq_settings *faq)
{
    struct buf out;
    buf_init(&out, MESSAGE_TEXT_MAX);
    char *answer = text_clip(faq->answer, MESSAGE_TEXT_MAX / 2);
    add_text(&out, say(turn->settings, TEXT_FAQ_ANSWER, "question", faq->question,
                       "answer", answer, NULL));
    if (faq->source[0]) {
        enum text_id id = faq->reviewed[0] ? TEXT_FAQ_SOURCE_REVIEWED : TEXT_FAQ_SOURCE;
        buf_add_text(&out, "\n\n");
        add_text(&out, say(turn->settings, id, "source", faq->source, "reviewed",
                           faq->reviewed, NULL));
    }
    if (faq->related.count > 0) {
        buf_add_text(&out, "\n\n");
        add_related(turn, faq, &out);
    }
    free(answer);
    return buf_take(&out);
}

/* An answer that nobody asked for says how to be rid of it. */
static enum status show(struct turn *turn, size_t at, bool is_unasked)
{
    const struct faq_settings *faq = &turn->settings->faqs[at];
    struct buf out;
    buf_init(&out, MESSAGE_TEXT_MAX);
    add_text(&out, write_entry(turn, faq));
    if (is_unasked) {
        buf_add_text(&out, "\n\n");
        add_text(&out, say(turn->settings, TEXT_FAQ_UNASKED, NULL));
    }
    reply(turn, buf_take(&out))->is_unasked = is_unasked;
    return faq_counts_add(turn, faq->id);
}

static enum status show_entry(struct turn *turn, size_t at)
{
    return show(turn, at, false);
}

static enum status suggest(struct turn *turn, const struct match *match)
{
    struct buf out, asked;
    buf_init(&out, MESSAGE_TEXT_MAX);
    buf_init(&asked, 900); /* a dialogue's size; ids are short */
    buf_add_text(&asked, PICK_MARK);
    add_text(&out, say(turn->settings, TEXT_SUGGEST, "prefix", reply_prefix(turn), NULL));
    buf_add_text(&out, "\n\n");
    for (size_t i = 0; i < match->ranked_count; i++) {
        const struct faq_settings *faq = &turn->settings->faqs[match->ranked[i].faq];
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        add_text(&out,
                 say(turn->settings, TEXT_SUGGEST_LINE, "number", number, "question",
                     faq->question, "id", faq->id, "prefix", reply_prefix(turn), NULL));
        buf_add_char(&out, '\n');
        buf_addf(&asked, "%s\n", faq->id);
    }
    enum status status = asked.overflowed ? ST_OK : talk_ask(turn, asked.data);
    poll_offer_entries(turn, reply(turn, buf_take(&out)), match);
    buf_clear(&asked);
    return status;
}

enum status faq_answer(struct turn *turn, const char *question, bool only_sure)
{
    struct match match;
    faq_match(turn->faq, question, false, &match);
    if (match.decision == DECIDE_ANSWER)
        return show_entry(turn, match.ranked[0].faq);
    if (only_sure)
        return ST_OK;
    if (match.decision == DECIDE_SUGGEST)
        return suggest(turn, &match);
    if (match.is_forbidden)
        return reply_text(turn, TEXT_FAQ_MEDICINE);
    enum status status = faq_counts_add_unknown(turn);
    return status == ST_OK ? pass_on_offer(turn) : status;
}

enum status faq_overhear(struct turn *turn)
{
    const struct request *request = turn->request;
    struct match match;
    bool was_said = false;
    faq_decide(turn->faq, request->text, true, &match);
    if (match.decision != DECIDE_ANSWER)
        return ST_OK;
    const char *id = turn->settings->faqs[match.ranked[0].faq].id;
    enum status status =
        said_lately(turn, request->room_id, id, ENTRY_PAUSE_MS, &was_said);
    if (status == ST_OK && !was_said)
        status = said_lately(turn, request->room_id, "overheard", OVERHEARD_PAUSE_MS,
                             &was_said);
    if (status != ST_OK || was_said)
        return status;
    return show(turn, match.ranked[0].faq, true);
}

/* A mark under the answer's event id; no user id begins with $. */
enum status faq_unasked_keep(struct store *store, const char *room_id,
                             const char *event_id, int64_t now_utc_ms)
{
    return dialogue_put(store, room_id, event_id, "1", 1, now_utc_ms + TAKE_BACK_MS);
}

static bool is_dismissal(const char *key)
{
    static const char *const signs[] = {
        "\xE2\x9D\x8C" /* cross mark */, "\xE2\x9C\x96" /* heavy multiplication x */,
        "\xF0\x9F\x91\x8E" /* thumbs down */, "\xF0\x9F\x97\x91" /* wastebasket */};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (text_starts(key, signs[i])) /* variants and skin tones come behind */
            return true;
    }
    return false;
}

enum status faq_take_back(struct turn *turn)
{
    const struct request *request = turn->request;
    char *mark = NULL;
    size_t len = 0;
    if (!is_dismissal(request->text))
        return ST_OK;
    enum status status = dialogue_get(turn->store, request->room_id, request->target,
                                      turn->now.utc_ms, &mark, &len);
    free(mark);
    if (status != ST_OK)
        return status == ST_NOT_FOUND ? ST_OK : status;
    struct effect *effect = effects_add(turn->effects, EFFECT_REDACT);
    effect->room_id = mem_dup(request->room_id);
    effect->target = mem_dup(request->target);
    return dialogue_drop(turn->store, request->room_id, request->target);
}

enum status faq_pick(struct turn *turn, const char *asked, const char *number,
                     bool *ret_is_handled)
{
    int64_t picked = 0;
    struct strv lines;
    *ret_is_handled = false;
    if (!text_starts(asked, PICK_MARK) ||
        text_to_int(number, 1, RANKED_MAX, &picked) != ST_OK)
        return ST_OK;
    text_split(asked + strlen(PICK_MARK), '\n', &lines);
    enum status status = ST_OK;
    if ((size_t)picked <= lines.count) {
        char *id = text_fold(lines.items[picked - 1]);
        size_t at = find_id(turn->settings, id);
        free(id);
        if (at < turn->settings->faq_count) { /* else it went with a reload */
            *ret_is_handled = true;
            status = show_entry(turn, at);
        }
    }
    strv_clear(&lines);
    return status;
}

enum status faq_drop_list(struct turn *turn)
{
    char *asked = NULL;
    enum status status = talk_peek(turn, &asked);
    if (status == ST_OK && text_starts(asked, PICK_MARK))
        status = talk_drop(turn);
    free(asked);
    return status == ST_NOT_FOUND ? ST_OK : status;
}

static enum status list_entries(struct turn *turn)
{
    const struct settings *settings = turn->settings;
    struct buf out;
    buf_init(&out, MESSAGE_TEXT_MAX);
    add_text(&out, say(settings, TEXT_FAQ_LIST, "prefix", reply_prefix(turn), NULL));
    buf_add_text(&out, "\n\n");
    for (size_t i = 0; i < settings->faq_count && i < LIST_MAX; i++) {
        add_text(&out, say(settings, TEXT_FAQ_LIST_LINE, "id", settings->faqs[i].id,
                           "question", settings->faqs[i].question, NULL));
        buf_add_char(&out, '\n');
    }
    if (settings->faq_count > LIST_MAX) {
        buf_add_char(&out, '\n');
        add_text(&out, say(settings, TEXT_FAQ_LIST_MORE, NULL));
    }
    reply(turn, buf_take(&out));
    return ST_OK;
}

/* `faq 2` behind a list of what may be meant. */
static enum status pick_by_command(struct turn *turn, const char *number,
                                   bool *ret_is_handled)
{
    char *asked = NULL;
    enum status status = talk_take(turn, &asked);
    *ret_is_handled = false;
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status == ST_OK)
        status = faq_pick(turn, asked, number, ret_is_handled);
    free(asked);
    return status;
}

const char *faq_behind_name(const char *text)
{
    char *folded = text_fold(text);
    bool has_name = text_starts(folded, "faq ") && strncasecmp(text, "faq", 3) == 0;
    free(folded);
    return has_name ? text + 3 : text;
}

static enum status run_faq(struct turn *turn, const struct strv *args)
{
    if (args->count == 0)
        return list_entries(turn);
    if (args->count == 1 && strlen(args->items[0]) == 1) {
        bool is_handled;
        enum status status = pick_by_command(turn, args->items[0], &is_handled);
        if (status != ST_OK || is_handled)
            return status;
    }
    char *id = join(args, '-');
    size_t at = find_id(turn->settings, id);
    free(id);
    if (at < turn->settings->faq_count)
        return show_entry(turn, at);
    /* The question as it was written: its sentences and marks tell something. */
    return faq_answer(turn, faq_behind_name(turn->request->text), false);
}

const struct command cmd_faq = {
    .name = "faq",
    .usage = "faq [your question]",
    .summary = TEXT_ABOUT_FAQ,
    .where = ANYWHERE,
    .role = ROLE_MEMBER,
    .max_args = 10000,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_faq,
};
