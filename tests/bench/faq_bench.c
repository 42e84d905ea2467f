/* faq_bench.c - `make bench-faq`: how well and how fast the FAQ is found.
 *
 *   faq_bench [QUESTIONS.tsv ...]   with the built-in example, then each NAME.ini with
 *                                   NAME.tsv below tests/faq
 *
 * Accuracy by kind, microseconds a question, and growth with the number of entries on
 * made-up FAQs: words of the example drawn with Zipf's frequencies from one seed, so that
 * every run measures the same.
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include "bot/faq_tally.h"
#include "commands/words.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 3 /* the fastest counts: the machine may be busy */
#define QUESTION_WORDS 9
#define ANSWER_WORDS 45
#define GROWTH_QUESTIONS 500

static double now_us(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static double heap_mb(void)
{
    return (double)mallinfo2().uordblks / 1e6;
}

static bool load_rows(const struct settings *settings, const char *path,
                      struct faq_rows *ret_rows)
{
    struct buf bytes, problems;
    buf_init(&bytes, FAQ_ROWS_FILE_MAX);
    buf_init(&problems, SIZE_MAX);
    bool is_read =
        file_read(path, &bytes) == ST_OK &&
        faq_rows_read(settings, bytes.data, bytes.len, &problems, ret_rows) == ST_OK;
    if (!is_read)
        fprintf(stderr, "%s cannot be used\n%s", path, problems.len ? problems.data : "");
    buf_clear(&bytes);
    buf_clear(&problems);
    return is_read;
}

/* A question's mean time in microseconds, safety included. */
static double time_rows(const struct faq_index *index, const struct faq_rows *rows)
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_us();
        for (size_t i = 0; i < rows->count; i++) {
            struct match match;
            faq_decide(index, rows->items[i].question, false, &match);
        }
        double spent = (now_us() - start) / (double)rows->count;
        if (round == 0 || spent < best)
            best = spent;
    }
    return best;
}

static bool measure(const char *config, const char *questions)
{
    struct settings *settings;
    struct config_problems problems;
    struct faq_rows rows;
    struct faq_tally tally = {0};
    struct buf table;
    if (config_load(config, CONFIG_COMMUNITY, 0, &settings, &problems) != ST_OK ||
        !load_rows(settings, questions, &rows))
        return false;
    double before = heap_mb(), start = now_us();
    struct faq_index *index = faq_index_new(settings);
    printf("%s with %s: %zu entries, index in %.1f ms, %.1f MB\n", questions,
           config ? config : "the example", settings->faq_count, (now_us() - start) / 1e3,
           heap_mb() - before);
    for (size_t i = 0; i < rows.count; i++) {
        struct match match;
        bool is_overheard = strcmp(rows.items[i].kind, "ambient") == 0;
        faq_decide(index, rows.items[i].question, is_overheard, &match);
        faq_tally_add(&tally, &rows.items[i], &match);
    }
    buf_init(&table, SIZE_MAX);
    faq_tally_print(&tally, &table);
    printf("%s%.0f us a question\n\n", table.data, time_rows(index, &rows));
    buf_clear(&table);
    faq_tally_clear(&tally);
    faq_index_free(index);
    faq_rows_clear(&rows);
    config_problems_clear(&problems);
    config_free(settings);
    return true;
}

/* Park and Miller's generator: the same numbers everywhere. */
static uint32_t draw(uint32_t *seed)
{
    *seed = (uint32_t)((uint64_t)*seed * 48271 % 2147483647);
    return *seed;
}

/* A word by Zipf's law: the rank is about equally likely in every octave. */
static const char *draw_word(const struct words *words, uint32_t *seed)
{
    double chance = (double)draw(seed) / 2147483647.0;
    size_t at = (size_t)pow((double)words->count, chance) - 1;
    return words->items[at].text;
}

static char *draw_text(const struct words *words, size_t count, uint32_t *seed)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    for (size_t i = 0; i < count; i++)
        buf_addf(&text, "%s%s", i ? " " : "", draw_word(words, seed));
    return buf_take(&text);
}

static void grow(const struct words *words, size_t entries)
{
    uint32_t seed = 20261123;
    struct settings settings = {0};
    settings.faqs = mem_alloc(entries * sizeof *settings.faqs);
    settings.faq_count = entries;
    for (size_t i = 0; i < entries; i++) {
        char id[32];
        snprintf(id, sizeof id, "entry-%zu", i);
        settings.faqs[i].id = mem_dup(id);
        settings.faqs[i].question = draw_text(words, QUESTION_WORDS, &seed);
        settings.faqs[i].answer = draw_text(words, ANSWER_WORDS, &seed);
        settings.faqs[i].source = mem_dup("");
        settings.faqs[i].reviewed = mem_dup("");
    }
    double before = heap_mb(), start = now_us();
    struct faq_index *index = faq_index_new(&settings);
    double built_ms = (now_us() - start) / 1e3, size = heap_mb() - before;
    double asked = 0;
    for (size_t i = 0; i < GROWTH_QUESTIONS; i++) {
        struct match match;
        char *question = draw_text(words, QUESTION_WORDS, &seed);
        start = now_us();
        faq_match(index, question, false, &match);
        asked += now_us() - start;
        free(question);
    }
    printf("%7zu %10.0f %10.1f %12.0f\n", entries, built_ms, size,
           asked / GROWTH_QUESTIONS);
    faq_index_free(index);
    settings_clear(&settings);
}

static void measure_growth(void)
{
    static const size_t sizes[] = {40, 200, 1000, 2000, 5000, 10000};
    struct settings *settings;
    struct config_problems problems;
    struct buf text;
    struct words words;
    if (config_load(NULL, CONFIG_COMMUNITY, 0, &settings, &problems) != ST_OK)
        return;
    buf_init(&text, SIZE_MAX);
    for (size_t i = 0; i < settings->faq_count; i++) {
        for (size_t k = 0; k < settings->faqs[i].also.count; k++)
            buf_addf(&text, "%s ", settings->faqs[i].also.items[k]);
        buf_addf(&text, "%s ", settings->faqs[i].answer);
    }
    words_read(text.data, &words);
    printf("%7s %10s %10s %12s\n", "entries", "index ms", "index MB", "us/question");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        grow(&words, sizes[i]);
    words_clear(&words);
    buf_clear(&text);
    config_problems_clear(&problems);
    config_free(settings);
}

int main(int argc, char **argv)
{
    static const char *const communities[] = {"migraine", "bicycle", "parents", "garden"};
    bool is_fine = true;
    for (int i = 1; i < argc; i++)
        is_fine &= measure(NULL, argv[i]);
    for (size_t i = 0; i < sizeof communities / sizeof *communities; i++) {
        char config[64], questions[64];
        snprintf(config, sizeof config, "tests/faq/%s.ini", communities[i]);
        snprintf(questions, sizeof questions, "tests/faq/%s.tsv", communities[i]);
        is_fine &= measure(config, questions);
    }
    measure_growth();
    return is_fine ? 0 : 1;
}
