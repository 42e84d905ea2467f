/* votes_blob.c - the fixed-size form of a week's answers.
 *
 * In order: a format number, the user id (length, 255 bytes), the tables of
 * keys, last votes, three weeks of trigger sums, the number of entries, the
 * entries, zeros. Always PENDING_BLOB_LEN bytes, so that a length tells nothing.
 * Numbers are little-endian; values and counts of days are half a byte (15: no
 * value). Reading checks every bound, though only this file writes.
 */
#include "commands/votes.h"

#include <string.h>

#define FORMAT 1
#define NIBBLE_NONE 15

struct cursor {
    unsigned char *bytes;        /* written */
    const unsigned char *source; /* or read */
    size_t at;
};

enum {
    SUMS_LEN = ITEMS_MAX / 2 + ITEMS_MAX + TRIGGERS_MAX * (ITEMS_MAX / 2 + ITEMS_MAX),
    ENTRY_LEN = 8 + 3 + 1 + ITEMS_MAX / 2 + 2,
    BLOB_USED = 1 + 1 + MATRIX_ID_MAX +
                4 * (ITEMS_MAX + TRIGGERS_MAX + WEEK_CHECKINS_MAX) + ITEMS_MAX / 2 +
                CARRIED_WEEKS * SUMS_LEN + 1 + WEEK_ENTRIES_MAX * ENTRY_LEN
};
_Static_assert(BLOB_USED <= PENDING_BLOB_LEN, "a person-week must fit the blob");
_Static_assert(WEEK_ENTRIES_MAX <= 255 && WEEK_CHECKINS_MAX <= 16, "field widths");
_Static_assert(ITEMS_MAX % 2 == 0 && TRIGGERS_MAX <= 16, "field widths");

static void put_int(struct cursor *c, uint64_t value, int len)
{
    for (int i = 0; i < len; i++)
        c->bytes[c->at++] = (unsigned char)(value >> (8 * i));
}

static uint64_t get_int(struct cursor *c, int len)
{
    uint64_t value = 0;
    for (int i = 0; i < len; i++)
        value |= (uint64_t)c->source[c->at++] << (8 * i);
    return value;
}

static void put_values(struct cursor *c, const int8_t values[ITEMS_MAX])
{
    for (int i = 0; i < ITEMS_MAX; i += 2) {
        unsigned low = values[i] < 0 ? NIBBLE_NONE : (unsigned)values[i];
        unsigned high = values[i + 1] < 0 ? NIBBLE_NONE : (unsigned)values[i + 1];
        put_int(c, low | high << 4, 1);
    }
}

/* False when a value is none of 0..VALUE_MAX and not absent. */
static bool get_values(struct cursor *c, int8_t ret_values[ITEMS_MAX])
{
    bool is_good = true;
    for (int i = 0; i < ITEMS_MAX; i += 2) {
        unsigned byte = (unsigned)get_int(c, 1);
        unsigned parts[2] = {byte & 15, byte >> 4};
        for (int k = 0; k < 2; k++) {
            is_good = is_good && (parts[k] <= VALUE_MAX || parts[k] == NIBBLE_NONE);
            ret_values[i + k] = parts[k] == NIBBLE_NONE ? VALUE_NONE : (int8_t)parts[k];
        }
    }
    return is_good;
}

/* Counts of days (at most 7) and sums (at most 70) of the items. */
static void put_sums(struct cursor *c, const uint8_t days[ITEMS_MAX],
                     const uint8_t sums[ITEMS_MAX])
{
    for (int i = 0; i < ITEMS_MAX; i += 2)
        put_int(c, (unsigned)(days[i] | days[i + 1] << 4), 1);
    for (int i = 0; i < ITEMS_MAX; i++)
        put_int(c, sums[i], 1);
}

static bool get_sums(struct cursor *c, uint8_t ret_days[ITEMS_MAX],
                     uint8_t ret_sums[ITEMS_MAX])
{
    bool is_good = true;
    for (int i = 0; i < ITEMS_MAX; i += 2) {
        unsigned byte = (unsigned)get_int(c, 1);
        ret_days[i] = byte & 15;
        ret_days[i + 1] = (uint8_t)(byte >> 4);
    }
    for (int i = 0; i < ITEMS_MAX; i++) {
        ret_sums[i] = (uint8_t)get_int(c, 1);
        is_good = is_good && ret_days[i] <= 7 && ret_sums[i] <= ret_days[i] * VALUE_MAX;
    }
    return is_good;
}

static void put_week(struct cursor *c, const struct trigger_sums *week)
{
    put_sums(c, week->days, week->sum);
    for (int t = 0; t < TRIGGERS_MAX; t++)
        put_sums(c, week->with_days[t], week->with_sum[t]);
}

static bool get_week(struct cursor *c, struct trigger_sums *ret_week)
{
    bool is_good = get_sums(c, ret_week->days, ret_week->sum);
    for (int t = 0; t < TRIGGERS_MAX; t++)
        is_good = get_sums(c, ret_week->with_days[t], ret_week->with_sum[t]) && is_good;
    return is_good;
}

static void put_entry(struct cursor *c, const struct week_entry *entry)
{
    put_int(c, entry->tag, 8);
    put_int(c, entry->edit_s & 0xffffff, 3);
    put_int(c, (unsigned)entry->day | (unsigned)entry->checkin << 4, 1);
    put_values(c, entry->values);
    put_int(c, entry->triggers, 2);
}

static bool get_entry(struct cursor *c, struct week_entry *ret_entry)
{
    ret_entry->tag = get_int(c, 8);
    ret_entry->edit_s = (uint32_t)get_int(c, 3);
    unsigned where = (unsigned)get_int(c, 1);
    ret_entry->day = (int)(where & 15);
    ret_entry->checkin = (int)(where >> 4);
    bool is_good = get_values(c, ret_entry->values);
    ret_entry->triggers = (uint16_t)get_int(c, 2);
    return is_good && ret_entry->day < 7 && ret_entry->checkin < WEEK_CHECKINS_MAX &&
           ret_entry->triggers < 1u << TRIGGERS_MAX;
}

static void put_keys(struct cursor *c, const uint32_t *keys, int count)
{
    for (int i = 0; i < count; i++)
        put_int(c, keys[i], 4);
}

static void get_keys(struct cursor *c, uint32_t *ret_keys, int count)
{
    for (int i = 0; i < count; i++)
        ret_keys[i] = (uint32_t)get_int(c, 4);
}

void votes_encode(const struct week_answers *answers,
                  unsigned char ret_blob[PENDING_BLOB_LEN])
{
    struct cursor c = {.bytes = ret_blob};
    memset(ret_blob, 0, PENDING_BLOB_LEN);
    put_int(&c, FORMAT, 1);
    put_int(&c, strlen(answers->user_id), 1);
    memcpy(ret_blob + c.at, answers->user_id, strlen(answers->user_id));
    c.at += MATRIX_ID_MAX;
    put_keys(&c, answers->items, ITEMS_MAX);
    put_keys(&c, answers->triggers, TRIGGERS_MAX);
    put_keys(&c, answers->checkins, WEEK_CHECKINS_MAX);
    put_values(&c, answers->last_votes);
    for (int week = 0; week < CARRIED_WEEKS; week++)
        put_week(&c, &answers->carried[week]);
    put_int(&c, answers->entry_count, 1);
    for (size_t i = 0; i < answers->entry_count; i++)
        put_entry(&c, &answers->entries[i]);
}

enum status votes_decode(const unsigned char blob[PENDING_BLOB_LEN],
                         struct week_answers *ret_answers)
{
    struct cursor c = {.source = blob};
    memset(ret_answers, 0, sizeof *ret_answers);
    if (get_int(&c, 1) != FORMAT)
        return ST_CORRUPT;
    memcpy(ret_answers->user_id, blob + c.at + 1, (size_t)blob[c.at]);
    c.at += 1 + MATRIX_ID_MAX;
    get_keys(&c, ret_answers->items, ITEMS_MAX);
    get_keys(&c, ret_answers->triggers, TRIGGERS_MAX);
    get_keys(&c, ret_answers->checkins, WEEK_CHECKINS_MAX);
    bool is_good = get_values(&c, ret_answers->last_votes);
    for (int week = 0; week < CARRIED_WEEKS; week++)
        is_good = get_week(&c, &ret_answers->carried[week]) && is_good;
    ret_answers->entry_count = (size_t)get_int(&c, 1);
    if (ret_answers->entry_count > WEEK_ENTRIES_MAX)
        return ST_CORRUPT;
    for (size_t i = 0; i < ret_answers->entry_count; i++)
        is_good = get_entry(&c, &ret_answers->entries[i]) && is_good;
    return is_good ? ST_OK : ST_CORRUPT;
}
