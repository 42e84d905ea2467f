/* base_random.c - chance, clocks and log lines: the small seams. */
#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/mem.h"
#include "bot/base/random.h"
#include "bot/base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void random_from_seed__repeats__itself(void **state)
{
    (void)state;
    struct random_seeded one, two, other;
    struct random a = random_from_seed(&one, 42), b = random_from_seed(&two, 42);
    struct random c = random_from_seed(&other, 43);
    for (int i = 0; i < 100; i++) {
        unsigned char from_a[33], from_b[33], from_c[33];
        a.fill(a.ctx, from_a, sizeof from_a);
        b.fill(b.ctx, from_b, sizeof from_b);
        c.fill(c.ctx, from_c, sizeof from_c);
        assert_memory_equal(from_a, from_b, sizeof from_a);
        assert_memory_not_equal(from_a, from_c, sizeof from_a);
    }
}

static void random_from_seed__is_the_same__on_every_machine(void **state)
{
    (void)state;
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 1);
    char text[17];
    random_hex(&random, 8, text);
    assert_string_equal(text, "04069b5f37e82f91");
    assert_int_equal(random_below(&random, 1000000), 933404);
}

static void random_system__never_gives__the_same_twice(void **state)
{
    (void)state;
    struct random random = random_system();
    char a[65], b[65];
    random_hex(&random, 32, a);
    random_hex(&random, 32, b);
    assert_string_not_equal(a, b);
}

static void random_hex__writes__digits_and_a_nul(void **state)
{
    (void)state;
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 7);
    for (size_t len = 0; len <= 70; len++) {
        char text[144];
        memset(text, 'z', sizeof text);
        random_hex(&random, len, text);
        assert_int_equal(strlen(text), 2 * len);
        assert_int_equal(strspn(text, "0123456789abcdef"), 2 * len);
        assert_int_equal(text[2 * len + 1], 'z');
    }
}

static void random_below__is_even__over_its_range(void **state)
{
    (void)state;
    struct random_seeded seeded;
    struct random random = random_from_seed(&seeded, 9);
    unsigned counts[6] = {0};
    for (int i = 0; i < 60000; i++)
        counts[random_below(&random, 6)]++;
    for (size_t i = 0; i < 6; i++)
        assert_in_range(counts[i], 9600, 10400); /* over four standard deviations */
    for (int i = 0; i < 100; i++)
        assert_int_equal(random_below(&random, 1), 0);
}

/* Fills with the values of a list of 64-bit numbers, low byte first. */
struct script {
    uint64_t values[4];
    size_t next;
};

static void fill_from_script(void *ctx, void *bytes, size_t len)
{
    struct script *script = ctx;
    unsigned char *out = bytes;
    assert_int_equal(len, 8);
    for (size_t i = 0; i < len; i++)
        out[i] = (unsigned char)(script->values[script->next] >> (8 * i));
    script->next++;
}

static void random_below__draws_again__where_the_rest_would_favour_some(void **state)
{
    (void)state;
    /* 2^64 mod 10 is 6: 0 to 5 are one time too many. */
    struct script script = {.values = {5, 0, 6, UINT64_MAX}};
    struct random random = {.fill = fill_from_script, .ctx = &script};
    assert_int_equal(random_below(&random, 10), 6);
    assert_int_equal(script.next, 3);
    assert_int_equal(random_below(&random, 10), 5);
}

static struct now read_counter(void *ctx)
{
    int64_t *count = ctx;
    ++*count;
    return (struct now){.utc_ms = *count, .mono_ms = *count * 2};
}

static void clock_read__asks__the_clock_it_is_given(void **state)
{
    (void)state;
    int64_t count = 0;
    struct clock clock = {.read = read_counter, .ctx = &count};
    assert_int_equal(clock_read(&clock).utc_ms, 1);
    assert_int_equal(clock_read(&clock).mono_ms, 4);
}

static void clock_system__does_not__go_back(void **state)
{
    (void)state;
    struct clock clock = clock_system();
    struct now first = clock_read(&clock);
    assert_true(first.utc_ms > 1700000000000);
    for (int i = 0; i < 1000; i++) {
        struct now next = clock_read(&clock);
        assert_true(next.mono_ms >= first.mono_ms);
        first = next;
    }
}

struct lines {
    struct strv texts;
    enum log_level last_level;
};

static void keep_line(void *ctx, enum log_level level, const char *line)
{
    struct lines *lines = ctx;
    lines->last_level = level;
    strv_add(&lines->texts, line);
}

static void log__passes_on__what_the_level_lets_through(void **state)
{
    (void)state;
    struct lines lines = {0};
    log_set_sink(keep_line, &lines);
    log_debug("hidden");
    log_info("shown %d", 1);
    log_set_level(LOG_ERROR);
    log_warn("hidden");
    log_error("shown %s", "too");
    log_set_level(LOG_DEBUG);
    log_debug("and this");
    log_set_level(LOG_INFO);
    log_set_sink(NULL, NULL);
    assert_int_equal(lines.texts.count, 3);
    assert_string_equal(lines.texts.items[0], "shown 1");
    assert_string_equal(lines.texts.items[1], "shown too");
    assert_string_equal(lines.texts.items[2], "and this");
    assert_int_equal(lines.last_level, LOG_DEBUG);
    strv_clear(&lines.texts);
}

static void log__keeps__a_line_a_line(void **state)
{
    (void)state;
    struct lines lines = {0};
    char *long_text = mem_alloc(5001);
    memset(long_text, 'x', 5000);
    log_set_sink(keep_line, &lines);
    log_info("%s", "a\nb\r\x1b[31m\x7f\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE"
                   "c\xFF \xC3\xA4");
    log_info("%s", long_text);
    log_set_sink(NULL, NULL);
    assert_string_equal(lines.texts.items[0], "a?b??[31m????"
                                              "c\xEF\xBF\xBD \xC3\xA4");
    assert_int_equal(strlen(lines.texts.items[1]), 1023);
    strv_clear(&lines.texts);
    free(long_text);
}

static void log_level_parse__knows__four_names(void **state)
{
    (void)state;
    enum log_level level = LOG_WARN;
    assert_int_equal(log_level_parse("error", &level), ST_OK);
    assert_int_equal(level, LOG_ERROR);
    assert_int_equal(log_level_parse("debug", &level), ST_OK);
    assert_int_equal(level, LOG_DEBUG);
    assert_int_equal(log_level_parse("loud", &level), ST_INVALID);
    assert_int_equal(log_level_parse("", &level), ST_INVALID);
    assert_int_equal(level, LOG_DEBUG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_from_seed__repeats__itself),
        cmocka_unit_test(random_from_seed__is_the_same__on_every_machine),
        cmocka_unit_test(random_system__never_gives__the_same_twice),
        cmocka_unit_test(random_hex__writes__digits_and_a_nul),
        cmocka_unit_test(random_below__is_even__over_its_range),
        cmocka_unit_test(random_below__draws_again__where_the_rest_would_favour_some),
        cmocka_unit_test(clock_read__asks__the_clock_it_is_given),
        cmocka_unit_test(clock_system__does_not__go_back),
        cmocka_unit_test(log__passes_on__what_the_level_lets_through),
        cmocka_unit_test(log__keeps__a_line_a_line),
        cmocka_unit_test(log_level_parse__knows__four_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
