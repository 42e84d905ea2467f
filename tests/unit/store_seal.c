/* store_seal.c - sealed blobs and the records in them, against tampering and rubbish. */
#include "bot/base/mem.h"
#include "store/record.h"
#include "store/seal.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const unsigned char KEY[32] = {1, 2, 3};
static const struct seal_name NAME = {"table", "row", 3};

static enum status open_padded(const struct buf *sealed, struct seal_name name,
                               struct buf *ret_plain)
{
    return seal_open_padded(KEY, name, (const unsigned char *)sealed->data, sealed->len,
                            16, ret_plain);
}

static void seal_padded__round_trips__every_length(void **state)
{
    (void)state;
    char plain[50];
    memset(plain, 'p', sizeof plain);
    for (size_t len = 0; len <= sizeof plain; len++) {
        struct buf sealed, opened;
        seal_padded(KEY, NAME, plain, len, 16, &sealed);
        assert_int_equal(sealed.len, (len / 16 + 1) * 16 + SEAL_OVERHEAD);
        assert_int_equal(open_padded(&sealed, NAME, &opened), ST_OK);
        assert_int_equal(opened.len, len);
        assert_memory_equal(opened.data, plain, len);
        assert_int_equal(opened.data[len], '\0');
        buf_clear(&sealed);
        buf_wipe(&opened);
    }
}

static void seal_open__refuses__any_changed_byte(void **state)
{
    (void)state;
    struct buf sealed, opened;
    seal_padded(KEY, NAME, "secret", 6, 16, &sealed);
    for (size_t i = 0; i < sealed.len; i++) {
        sealed.data[i] ^= 1;
        assert_int_equal(open_padded(&sealed, NAME, &opened), ST_CORRUPT);
        sealed.data[i] ^= 1;
    }
    while (sealed.len-- > 0)
        assert_int_equal(open_padded(&sealed, NAME, &opened), ST_CORRUPT);
    buf_clear(&sealed);
}

static void seal_open__refuses__another_row_or_table(void **state)
{
    (void)state;
    const struct seal_name others[] = {{"table", "raw", 3},
                                       {"tabl", "row", 3},
                                       {"table", "row", 2},
                                       {"tabler", "ow", 2}};
    struct buf sealed, opened;
    seal_padded(KEY, NAME, "secret", 6, 16, &sealed);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(open_padded(&sealed, others[i], &opened), ST_CORRUPT);
    buf_clear(&sealed);
}

static void seal_fixed__never_repeats__a_nonce(void **state)
{
    (void)state;
    unsigned char first[4 + SEAL_OVERHEAD], second[4 + SEAL_OVERHEAD], plain[4];
    seal_fixed(KEY, NAME, (const unsigned char *)"same", 4, first);
    seal_fixed(KEY, NAME, (const unsigned char *)"same", 4, second);
    assert_memory_not_equal(first, second, sizeof first);
    assert_int_equal(seal_open_fixed(KEY, NAME, first, sizeof first, plain, 4), ST_OK);
    assert_memory_equal(plain, "same", 4);
    assert_int_equal(seal_open_fixed(KEY, NAME, first, sizeof first, plain, 3),
                     ST_CORRUPT);
}

static struct buf make_record(void)
{
    struct buf record;
    buf_init(&record, 1000);
    record_put_int(&record, 1, -5);
    record_put_text(&record, 2, "text");
    record_put_text(&record, 3, NULL);
    record_put_text(&record, 4, "");
    record_put_int(&record, 5, INT64_MAX);
    record_put_int(&record, 6, INT64_MIN);
    record_put_bytes(&record, 200, "a\0b", 3);
    return record;
}

static void record__round_trips__every_kind(void **state)
{
    (void)state;
    struct buf record = make_record();
    size_t len = 0;
    assert_int_equal(record_check(&record), ST_OK);
    assert_int_equal(record_int(&record, 1, 0), -5);
    char *text = record_text(&record, 2);
    assert_string_equal(text, "text");
    free(text);
    assert_null(record_text(&record, 3));
    text = record_text(&record, 4);
    assert_string_equal(text, "");
    free(text);
    assert_true(record_int(&record, 5, 0) == INT64_MAX);
    assert_true(record_int(&record, 6, 0) == INT64_MIN);
    assert_int_equal(record_int(&record, 9, 77), 77);
    assert_int_equal(record_int(&record, 2, 77), 77); /* not an integer's length */
    assert_memory_equal(record_bytes(&record, 200, &len), "a\0b", 3);
    assert_int_equal(len, 3);
    buf_clear(&record);
}

static void record_check__refuses__cut_and_lying_lengths(void **state)
{
    (void)state;
    struct buf whole = make_record();
    int accepted = 0;
    for (size_t len = 0; len < whole.len; len++) {
        /* A copy of its own, so that a sanitizer sees a read behind the end. */
        struct buf cut = {.data = mem_copy(whole.data, len), .len = len, .max = len};
        accepted += record_check(&cut) == ST_OK;
        free(record_text(&cut, 200));
        free(cut.data);
    }
    assert_int_equal(accepted, 6); /* the edges between its fields */
    whole.data[4] = (char)0xff;    /* the first length: four billion */
    assert_int_equal(record_check(&whole), ST_CORRUPT);
    assert_null(record_text(&whole, 2));
    buf_clear(&whole);
}

static int start_sodium(void **state)
{
    (void)state;
    return sodium_init() < 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seal_padded__round_trips__every_length),
        cmocka_unit_test(seal_open__refuses__any_changed_byte),
        cmocka_unit_test(seal_open__refuses__another_row_or_table),
        cmocka_unit_test(seal_fixed__never_repeats__a_nonce),
        cmocka_unit_test(record__round_trips__every_kind),
        cmocka_unit_test(record_check__refuses__cut_and_lying_lengths),
    };
    return cmocka_run_group_tests(tests, start_sodium, NULL);
}
