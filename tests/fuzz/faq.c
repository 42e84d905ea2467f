/* faq.c - fuzz target: a message against a small FAQ and the safety layer.
 *
 * Beside memory errors it looks for broken promises: entries that do not exist,
 * scores out of order or bounds, a decision without an entry, an overheard
 * message that is answered with less than a plain answer.
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
    }
    settings.synonyms = mem_alloc(sizeof *settings.synonyms);
    settings.synonym_count = 1;
    text_split("bath, hot tub, warm water", ',', &settings.synonyms[0].words);
    strv_add(&safety->crisis_self, "kill/hurt myself");
    strv_add(&safety->crisis_self, "want ... die");
    strv_add(&safety->crisis_other, "hurts himself");
    strv_add(&safety->idioms, "is killing me");
    strv_add(&safety->urgent_signs, "fever + stiff neck");
    faq = faq_index_new(&settings);
}

static void check(const char *query, bool is_overheard)
{
    struct match match;
    faq_decide(faq, &settings, query, is_overheard, &match);
    promise(match.ranked_count <= RANKED_MAX);
    for (size_t i = 0; i < match.ranked_count; i++) {
        promise(match.ranked[i].faq < COUNT);
        promise(match.ranked[i].score >= 0 && match.ranked[i].score <= 1000);
        promise(i == 0 || match.ranked[i].score <= match.ranked[i - 1].score);
    }
    bool names_entry =
        match.decision == DECIDE_ANSWER || match.decision == DECIDE_SUGGEST;
    promise(!names_entry || match.ranked_count > 0);
    promise(!is_overheard || match.decision != DECIDE_SUGGEST);
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
    check(query, false);
    check(query, true);
    check_command(query);
    free(query);
    /* Bytes that are no UTF-8 must not hurt either. */
    char *raw = mem_dup_len((const char *)data, size);
    check(raw, false);
    free(raw);
    return 0;
}
