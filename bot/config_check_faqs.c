/* config_check_faqs.c - FAQ entries: each question belongs to one of them. */
#include "bot/config_check.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Where a phrase stands. Comments between its lines are not counted. */
struct phrase {
    const char *faq, *file;
    int line;
};

/* What makes two questions the same: case, spaces and the end do not. */
static char *essence(const char *question)
{
    char *folded = text_fold(question);
    size_t len = strlen(folded);
    while (len > 0 && strchr(" ?!.", folded[len - 1]))
        folded[--len] = '\0';
    return folded;
}

static void claim_phrase(struct config_reader *reader, GHashTable *phrases,
                         const char *text, const struct phrase *phrase)
{
    char *key = essence(text);
    const struct phrase *first = g_hash_table_lookup(phrases, key);
    if (first == NULL) {
        g_hash_table_insert(phrases, key, mem_copy(phrase, sizeof *phrase));
        return;
    }
    bool is_other = !text_equal(first->faq, phrase->faq);
    config_problem_add(reader->problems, phrase->file, phrase->line, 0,
                       is_other ? IS_ERROR : IS_WARNING,
                       "\"%s\" is a question of [faq %s] already, at %s:%d: %s", text,
                       first->faq, first->file, first->line,
                       is_other ? "one question can have one answer" : "take one out");
    free(key);
}

static void claim_entry(struct config_reader *reader, GHashTable *phrases,
                        const struct config_source *source, const struct ini_entry *entry)
{
    struct phrase phrase = {entry->name, source->file, entry->line};
    char *lines = mem_dup(entry->value), *rest = lines;
    bool is_also = text_equal(entry->key, "also");
    for (char *line; is_also && (line = strsep(&rest, "\n")) != NULL; phrase.line++) {
        if (line[0] != '\0')
            claim_phrase(reader, phrases, line, &phrase);
    }
    if (!is_also && entry->value[0] != '\0')
        claim_phrase(reader, phrases, entry->value, &phrase);
    free(lines);
}

static void check_questions(struct config_reader *reader)
{
    GHashTable *phrases = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
    for (size_t i = 0; i < reader->source_count; i++) {
        const struct config_source *source = &reader->sources[i];
        for (size_t k = 0; k < source->ini.entry_count; k++) {
            const struct ini_entry *entry = &source->ini.entries[k];
            if (text_equal(entry->section, "faq") &&
                (text_equal(entry->key, "question") || text_equal(entry->key, "also")))
                claim_entry(reader, phrases, source, entry);
        }
    }
    g_hash_table_destroy(phrases);
}

static void report_unknown(struct config_reader *reader, const char *faq,
                           const char *related)
{
    const struct settings *settings = reader->settings;
    const char **ids = mem_resize(NULL, settings->faq_count, sizeof *ids);
    for (size_t i = 0; i < settings->faq_count; i++)
        ids[i] = settings->faqs[i].id;
    const char *near = text_nearest(related, ids, settings->faq_count);
    config_report(reader, IS_ERROR, SECTION_FAQ, faq, "related",
                  "there is no [faq %s]%s%s%s", related, near ? ": did you mean \"" : "",
                  near ? near : "", near ? "\"?" : "");
    free(ids);
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
