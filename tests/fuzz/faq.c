/* faq.c - fuzz target: a message against a small FAQ and the safety layer, and an FAQ
 * made of the message's own lines.
 *
 * Beside memory errors it looks for broken promises: entries that do not exist,
 * scores out of order or bounds, a decision without an entry, an overheard
 * message that is answered with less than a plain answer, reasons that cannot be read.
 */
#include "bot/base/mem.h"
#include "commands/command.h"
#include "commands/match.h"
#include "commands/safety.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const questions[][2] = {
    {"sleep-better", "How can I sleep better, and what keeps me awake?"},
    {"warm-bath", "Does a warm bath help sore muscles?"},
    {"caf\xC3\xA9", "Wo ist das Caf\xC3\xA9 \xE2\x80\x94 und wann \xC3\xB6"
                    "ffnet es?"},
    {"kanji", "\xE8\x86\x9D\xE7\x9B\x96 \xE7\x96\xBC\xEF\xBC\x9F"},
    {"x", "!"},
};

#define COUNT (sizeof questions / sizeof *questions)
#define LINES_MAX 20

#define DICTIONARY "sleep\nbathe\nlanterns\nkilling\nwarmth\n"

static struct settings settings;
static struct faq_index *faq;

static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void make_settings(void)
{
    struct safety_settings *safety = &settings.safety;
    settings.faqs = mem_resize(NULL, COUNT, sizeof *settings.faqs);
    settings.faq_count = COUNT;
    for (size_t i = 0; i < COUNT; i++) {
        struct faq_settings *entry = &settings.faqs[i];
        memset(entry, 0, sizeof *entry);
        entry->id = mem_dup(questions[i][0]);
        entry->question = mem_dup(questions[i][1]);
        entry->answer = mem_dup("Warm water, a quiet room, and time.");
        strv_add(&entry->also, "kettle or lantern?");
        strv_add(&entry->words, i % 2 ? "hot water" : "how much");
        strv_add(&entry->words, "caf\xC3\xA9");
    }
    settings.synonyms = mem_alloc(sizeof *settings.synonyms);
    settings.synonym_count = 1;
    text_split("bath, hot tub, warm water", ',', &settings.synonyms[0].words);
    strv_add(&settings.vetoes.elsewhere, "Blu-ray");
    word_list_init(&settings.known_words, strlen(DICTIONARY));
    word_list_add_lines(&settings.known_words, DICTIONARY, strlen(DICTIONARY));
    strv_add(&safety->crisis_self, "kill/hurt myself");
    strv_add(&safety->crisis_self, "want ... die");
    strv_add(&safety->crisis_other, "hurts himself");
    strv_add(&safety->idioms, "is killing me");
    strv_add(&safety->urgent_signs, "fever + stiff neck");
    faq = faq_index_new(&settings);
}

/* Every word of a reason is one that a person can read. */
static void check_reasons(const struct faq_index *index, const char *query,
                          bool is_overheard)
{
    struct buf reasons;
    buf_init(&reasons, SIZE_MAX);
    faq_explain(index, query, is_overheard, &reasons);
    promise(reasons.len == 0 || reasons.data[reasons.len - 1] == '\n');
    promise(reasons.len == 0 || text_is_utf8(reasons.data, reasons.len));
    buf_clear(&reasons);
}

static void check(const struct faq_index *index, const struct settings *of,
                  const char *query, bool is_overheard)
{
    struct match match;
    faq_decide(index, query, is_overheard, &match);
    check_reasons(index, query, is_overheard);
    promise(match.ranked_count <= RANKED_MAX);
    for (size_t i = 0; i < match.ranked_count; i++) {
        promise(match.ranked[i].faq < of->faq_count);
        promise(match.ranked[i].score >= 0 && match.ranked[i].score <= 1000);
        promise(i == 0 || match.ranked[i].score <= match.ranked[i - 1].score);
    }
    bool names_entry =
        match.decision == DECIDE_ANSWER || match.decision == DECIDE_SUGGEST;
    promise(!names_entry || match.ranked_count > 0);
    promise(!is_overheard || match.decision != DECIDE_SUGGEST);
}

/* An FAQ that somebody wrote in this way: its lines are questions, words, synonyms. */
static void check_own(const char *text)
{
    struct settings own = {0};
    struct strv lines;
    text_split(text, '\n', &lines);
    own.faqs = mem_alloc((lines.count + 1) * sizeof *own.faqs);
    own.faq_count = lines.count < LINES_MAX ? lines.count : LINES_MAX;
    for (size_t i = 0; i < own.faq_count; i++) {
        struct faq_settings *entry = &own.faqs[i];
        entry->id = mem_dup("x");
        entry->question = mem_dup(lines.items[i]);
        entry->answer = mem_dup(lines.items[lines.count - 1 - i]);
        strv_add(&entry->also, lines.items[lines.count - 1 - i]);
        text_split(lines.items[i], ',', &entry->words);
    }
    own.synonyms = mem_alloc(sizeof *own.synonyms);
    own.synonym_count = 1;
    text_split(text, ',', &own.synonyms[0].words);
    strv_copy(&own.vetoes.elsewhere, &own.synonyms[0].words);
    strv_clear(&lines);
    struct faq_index *index = faq_index_new(&own);
    check(index, &own, text, false);
    faq_index_free(index);
    settings_clear(&own);
}

static void check_command(const char *text)
{
    struct strv args;
    const struct command *command = command_find(text, &args);
    promise(command != NULL || args.count == 0);
    promise(command == NULL || args.count <= (size_t)command->max_args);
    strv_clear(&args);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (faq == NULL)
        make_settings();
    char *query = text_make_utf8((const char *)data, size);
    check(faq, &settings, query, false);
    check(faq, &settings, query, true);
    check_own(query);
    check_command(query);
    free(query);
    /* Bytes that are no UTF-8 must not hurt either. */
    char *raw = mem_dup_len((const char *)data, size);
    check(faq, &settings, raw, false);
    free(raw);
    return 0;
}
