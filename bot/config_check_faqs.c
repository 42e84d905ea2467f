/* config_check_faqs.c - FAQ entries: each question belongs to one of them. */
#include "bot/config_check.h"

#include "bot/base/mem.h"
#include "bot/config_wordings.h"

#include <stdlib.h>
#include <string.h>

/* What makes two questions the same: case, spaces and the end do not. */
static char *essence(const char *question)
{
    char *folded = text_fold(question);
    size_t len = strlen(folded);
    while (len > 0 && strchr(" ?!.", folded[len - 1]))
        folded[--len] = '\0';
    return folded;
}

static void claim(struct config_reader *reader, GHashTable *claimed,
                  const struct config_wording *wording)
{
    char *key = essence(wording->text);
    const struct config_wording *first = g_hash_table_lookup(claimed, key);
    if (first == NULL) {
        g_hash_table_insert(claimed, key, (void *)(uintptr_t)wording);
        return;
    }
    bool is_other = !text_equal(first->faq, wording->faq);
    config_problem_add(reader->problems, wording->file, wording->line, 0,
                       is_other ? IS_ERROR : IS_WARNING,
                       "\"%s\" is a question of [faq %s] already, at %s:%d: %s",
                       wording->text, first->faq, first->file, first->line,
                       is_other ? "one question can have one answer" : "take one out");
    free(key);
}

static void check_questions(struct config_reader *reader)
{
    GHashTable *claimed = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    struct config_wordings wordings = {0};
    for (size_t i = 0; i < reader->source_count; i++)
        config_wordings_add(&wordings, &reader->sources[i].ini, reader->sources[i].file);
    for (size_t i = 0; i < wordings.count; i++)
        claim(reader, claimed, &wordings.items[i]);
    g_hash_table_destroy(claimed);
    config_wordings_clear(&wordings);
}

static void report_unknown(struct config_reader *reader, const char *faq,
                           const char *related)
{
    const char *near = settings_nearest_faq(reader->settings, related);
    config_report(reader, IS_ERROR, SECTION_FAQ, faq, "related",
                  "there is no [faq %s]%s%s%s", related, near ? ": did you mean \"" : "",
                  near ? near : "", near ? "\"?" : "");
}

static void check_entry(struct config_reader *reader, const struct faq_settings *faq)
{
    int32_t day;
    for (size_t i = 0; i < faq->related.count; i++) {
        const char *related = faq->related.items[i];
        if (text_equal(related, faq->id))
            config_report(reader, IS_ERROR, SECTION_FAQ, faq->id, "related",
                          "%s names itself: take it out", related);
        else if (config_reader_find(reader, SECTION_FAQ, related, "") == NULL)
            report_unknown(reader, faq->id, related);
    }
    if (day_parse(faq->reviewed, &day) == ST_OK && day > reader->today + 1)
        config_report(reader, IS_WARNING, SECTION_FAQ, faq->id, "reviewed",
                      "%s has not come yet: put the day of the last review here",
                      faq->reviewed);
}

void config_check_faqs(struct config_reader *reader)
{
    check_questions(reader);
    for (size_t i = 0; i < reader->settings->faq_count; i++)
        check_entry(reader, &reader->settings->faqs[i]);
}
