/* config_check_confusion.c - FAQ entries that are taken for each other or not found.
 *
 * Who writes an entry knows what its words mean; the matcher only sees how they differ
 * from those of the others. So each entry's question, then each line of `also`, is put
 * to the FAQ as a member would put it. A question must be answered with its own entry,
 * clearly before the next one; a line of `also` must at least not lead elsewhere.
 *
 * "Clearly" is a matter of the score's odds. An entry has every word of its own question,
 * so it leads by far even where a member's words would not: with "Why am I tired?" and
 * "Why am I so tired?" the second one has a tenth of the first one's score, with
 * questions that nobody would mix up less than a fiftieth.
 *
 * A question costs the more the bigger the FAQ, so a very large one has only some of its
 * lines of `also` tried, taken at equal distances.
 */
#include "bot/config_check.h"

#include "bot/base/mem.h"
#include "bot/config_path.h"
#include "bot/config_wordings.h"
#include "commands/match.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN_MAX 20
#define CLOSE_PERMILLE 50   /* of the first one's score: see above */
#define EFFORT_MAX 30000000 /* questions times entries: a few seconds */

struct check {
    const struct settings *settings;
    const struct faq_index *index;
    GHashTable *places; /* id to index of settings->faqs, plus one */
    struct config_problems *problems;
    size_t shown, hidden;
};

/* May one more be shown? */
static bool count(struct check *check)
{
    if (check->shown == SHOWN_MAX) {
        check->hidden++;
        return false;
    }
    check->shown++;
    return true;
}

static void warn(struct check *check, const struct config_wording *wording,
                 const char *trouble, const char *remedy)
{
    if (count(check))
        config_problem_add(check->problems, wording->file, wording->line, 0, IS_WARNING,
                           "[faq %s] \"%s\" %s: %s", wording->faq, wording->text, trouble,
                           remedy);
}

static void warn_of_other(struct check *check, const struct config_wording *wording,
                          const char *how, size_t other)
{
    struct buf trouble;
    buf_init(&trouble, 4096);
    buf_addf(&trouble, "%s [faq %s]", how, check->settings->faqs[other].id);
    warn(check, wording, trouble.data,
         wording->is_own ? "give one of them words of its own in \"also\" or \"words\""
                         : "give one of them words of its own in \"also\" or \"words\", "
                           "or take this line out");
    buf_clear(&trouble);
}

static bool is_close(const struct match *match)
{
    return match->ranked_count > 1 &&
           match->ranked[1].score * 1000 >= match->ranked[0].score * CLOSE_PERMILLE;
}

/* The entry's own question finds it. Clearly enough? */
static void check_lead(struct check *check, const struct config_wording *wording,
                       const struct match *match)
{
    if (is_close(match))
        warn_of_other(check, wording, "is nearly taken for", match->ranked[1].faq);
    else if (match->decision == DECIDE_SUGGEST)
        warn(check, wording, "is only offered as one of several answers",
             "add other ways to ask it in \"also\"");
}

static void check_wording(struct check *check, const struct config_wording *wording)
{
    struct match match;
    size_t place = GPOINTER_TO_SIZE(g_hash_table_lookup(check->places, wording->faq));
    if (place == 0)
        return; /* the file was changed since it was loaded */
    faq_decide(check->index, wording->text, false, &match);
    if (match.decision == DECIDE_CRISIS)
        warn(check, wording, "brings the crisis lines instead of this entry",
             "ask it without the words that stand in [safety]");
    else if (match.decision == DECIDE_URGENT)
        warn(check, wording, "brings the text about urgent care instead of this entry",
             "ask it without the words that stand in [safety]");
    else if (match.decision == DECIDE_NONE)
        warn(check, wording, "is not answered",
             "ask it in other words; `hearth ask` with this question shows why");
    else if (match.ranked[0].faq != place - 1)
        warn_of_other(check, wording, "is taken for", match.ranked[0].faq);
    else if (wording->is_own)
        check_lead(check, wording, &match);
}

/* The questions first: they matter most, and 20 warnings are soon full. */
static void check_wordings(struct check *check, const struct config_wordings *wordings)
{
    size_t questions = 0, at = 0;
    for (size_t i = 0; i < wordings->count; i++) {
        if (!wordings->items[i].is_own)
            continue;
        check_wording(check, &wordings->items[i]);
        questions++;
    }
    size_t also = wordings->count - questions;
    size_t tried = EFFORT_MAX / (check->settings->faq_count + 1);
    tried = tried > questions ? tried - questions : 0;
    for (size_t i = 0; i < wordings->count; i++) {
        if (wordings->items[i].is_own)
            continue;
        at++;
        if (tried >= also || at * tried / also != (at - 1) * tried / also)
            check_wording(check, &wordings->items[i]);
    }
}

static void read_file(const char *path, struct ini *ini, struct config_wordings *wordings)
{
    struct buf content;
    buf_init(&content, INI_FILE_MAX);
    if (config_path_read(path, &content) == ST_OK) {
        ini_parse(content.data, content.len, ini);
        config_wordings_add(wordings, ini, path);
    }
    buf_wipe(&content);
}

static struct check make_check(const struct settings *settings,
                               struct config_problems *problems)
{
    struct check check = {.settings = settings, .problems = problems};
    check.places = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < settings->faq_count; i++)
        g_hash_table_insert(check.places, settings->faqs[i].id, GSIZE_TO_POINTER(i + 1));
    return check;
}

void config_check_confusion(const struct settings *settings, const char *file,
                            struct config_problems *problems)
{
    struct ini inis[2] = {{0}, {0}};
    struct config_wordings wordings = {0};
    struct check check = make_check(settings, problems);
    /* Once more, for the lines: settings do not keep them. */
    read_file(file, &inis[0], &wordings);
    if (settings->hearth.community != NULL)
        read_file(settings->hearth.community, &inis[1], &wordings);
    struct faq_index *index = faq_index_new(settings);
    check.index = index;
    check_wordings(&check, &wordings);
    if (check.hidden > 0)
        config_problem_add(problems, file, 0, 0, IS_WARNING,
                           "%zu more questions of the FAQ are not clearly found: mend "
                           "these first, then check again",
                           check.hidden);
    faq_index_free(index);
    config_wordings_clear(&wordings);
    g_hash_table_destroy(check.places);
    ini_wipe(&inis[0]);
    ini_wipe(&inis[1]);
}
