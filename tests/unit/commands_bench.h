/* commands_bench.h - an index of a small FAQ, for tests of the matcher. */
#ifndef HEARTH_TESTS_COMMANDS_BENCH_H
#define HEARTH_TESTS_COMMANDS_BENCH_H

#include "commands/match_index.h"
#include "tests/unit/commands_talk.h"

struct bench {
    struct settings *settings;
    struct faq_index *index;
};

static struct bench open_bench(const char *ini)
{
    struct bench bench = {.settings = talk_settings_from(ini)};
    bench.index = faq_index_new(bench.settings);
    return bench;
}

static void close_bench(struct bench *bench)
{
    faq_index_free(bench->index);
    config_free(bench->settings);
}

#endif
