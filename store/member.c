/* member.c - the registry: one row per person and check-in, sealed.
 *
 * Rows are found by the hash of the user id and by due time; what stands in the
 * blob is written field by field (record.h), so fields may come later.
 */
#include "store/member.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "store/record.h"
#include "store/statement.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PURPOSE "member"
#define NAME_MAX_LEN 255 /* of a check-in, a group, a zone */
#define HASH_HEX_LEN (2 * HASH_LEN)

/* Tags are for ever: never reuse one. */
enum tag {
    TAG_USER = 1,
    TAG_CHECKIN,
    TAG_GROUP,
    TAG_DM_ROOM,
    TAG_ZONE,
    TAG_MINUTE,
    TAG_WEEKDAYS,
    TAG_IS_TIDY,
    TAG_ASKS_OPENLY,
    TAG_CONSENT_VERSION,
    TAG_CONSENT_DAY,
    TAG_LAST_PROMPT_DAY,
    TAG_LAST_ANSWER_DAY,
    TAG_PAUSED_UNTIL_DAY,
    TAG_SILENT_DAYS,
    TAG_IS_RESTING,
    TAG_TOLD_VERSION,
    TAG_AGREED_PEOPLE = 20,
    TAG_ANSWER_WAY = 25,
    TAG_WAS_AWAY = 30,
};

void member_clear(struct member *member)
{
    if (member == NULL)
        return;
    free(member->user_id);
    free(member->checkin);
    free(member->group);
    free(member->dm_room);
    free(member->zone);
    *member = (struct member){0};
}

void member_copy(struct member *to, const struct member *from)
{
    *to = *from;
    to->user_id = mem_dup(from->user_id);
    to->checkin = mem_dup(from->checkin);
    to->group = mem_dup(from->group);
    to->dm_room = mem_dup(from->dm_room);
    to->zone = mem_dup(from->zone);
}

void member_list_clear(struct member_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        member_clear(&list->items[i]);
    free(list->items);
    *list = (struct member_list){0};
}

static bool is_name(const char *text, size_t max)
{
    return text && text[0] != '\0' && strlen(text) <= max;
}

static bool is_in_bounds(const struct member *member)
{
    return is_name(member->user_id, MATRIX_ID_MAX) &&
           is_name(member->checkin, NAME_MAX_LEN) &&
           is_name(member->group, NAME_MAX_LEN) && member->minute >= 0 &&
           member->minute <= 1439 && member->weekdays >= 0 && member->weekdays <= 127 &&
           member->consent_version >= 0 && member->agreed_people >= 0 &&
           member->consent_day >= 0 && member->last_prompt_day >= 0 &&
           member->last_answer_day >= 0 && member->paused_until_day >= 0 &&
           member->silent_days >= 0 && member->told_version >= 0 &&
           member->answer_way >= ANSWER_ALL && member->answer_way <= ANSWER_TAPS &&
           member->due_utc_ms >= 0;
}

static void encode(const struct member *member, struct buf *out)
{
    record_put_text(out, TAG_USER, member->user_id);
    record_put_text(out, TAG_CHECKIN, member->checkin);
    record_put_text(out, TAG_GROUP, member->group);
    record_put_text(out, TAG_DM_ROOM, member->dm_room);
    record_put_text(out, TAG_ZONE, member->zone);
    record_put_int(out, TAG_MINUTE, member->minute);
    record_put_int(out, TAG_WEEKDAYS, member->weekdays);
    record_put_int(out, TAG_IS_TIDY, member->is_tidy);
    record_put_int(out, TAG_ASKS_OPENLY, member->asks_openly);
    record_put_int(out, TAG_CONSENT_VERSION, member->consent_version);
    record_put_int(out, TAG_AGREED_PEOPLE, member->agreed_people);
    record_put_int(out, TAG_CONSENT_DAY, member->consent_day);
    record_put_int(out, TAG_LAST_PROMPT_DAY, member->last_prompt_day);
    record_put_int(out, TAG_LAST_ANSWER_DAY, member->last_answer_day);
    record_put_int(out, TAG_PAUSED_UNTIL_DAY, member->paused_until_day);
    record_put_int(out, TAG_SILENT_DAYS, member->silent_days);
    record_put_int(out, TAG_IS_RESTING, member->is_resting);
    record_put_int(out, TAG_TOLD_VERSION, member->told_version);
    record_put_int(out, TAG_ANSWER_WAY, member->answer_way);
    record_put_int(out, TAG_WAS_AWAY, member->was_away);
}

static struct member decode(const struct buf *record)
{
    return (struct member){
        .user_id = record_text(record, TAG_USER),
        .checkin = record_text(record, TAG_CHECKIN),
        .group = record_text(record, TAG_GROUP),
        .dm_room = record_text(record, TAG_DM_ROOM),
        .zone = record_text(record, TAG_ZONE),
        .minute = (int)record_int(record, TAG_MINUTE, 0),
        .weekdays = (int)record_int(record, TAG_WEEKDAYS, 0),
        .is_tidy = record_int(record, TAG_IS_TIDY, 0) != 0,
        .asks_openly = record_int(record, TAG_ASKS_OPENLY, 0) != 0,
        .consent_version = (int)record_int(record, TAG_CONSENT_VERSION, 0),
        .agreed_people = (int)record_int(record, TAG_AGREED_PEOPLE, 0),
        .consent_day = (int32_t)record_int(record, TAG_CONSENT_DAY, 0),
        .last_prompt_day = (int32_t)record_int(record, TAG_LAST_PROMPT_DAY, 0),
        .last_answer_day = (int32_t)record_int(record, TAG_LAST_ANSWER_DAY, 0),
        .paused_until_day = (int32_t)record_int(record, TAG_PAUSED_UNTIL_DAY, 0),
        .silent_days = (int)record_int(record, TAG_SILENT_DAYS, 0),
        .is_resting = record_int(record, TAG_IS_RESTING, 0) != 0,
        .told_version = (int)record_int(record, TAG_TOLD_VERSION, 0),
        .answer_way = (enum answer_way)record_int(record, TAG_ANSWER_WAY, ANSWER_ALL),
        .was_away = record_int(record, TAG_WAS_AWAY, 0) != 0,
    };
}

/* The row's key for the seal: hash, then name. */
static struct buf join_row(const unsigned char *hash, const char *checkin)
{
    struct buf row;
    buf_init(&row, HASH_LEN + NAME_MAX_LEN);
    buf_add(&row, (const char *)hash, HASH_LEN);
    buf_add_text(&row, checkin);
    return row;
}

static enum status write_row(struct store *store, const struct member *member,
                             const unsigned char *hash, const struct buf *sealed)
{
    struct statement statement = statement_begin(
        store, "insert into member (user, checkin, due, facts) values (?, ?, ?, ?)"
               " on conflict (user, checkin) do update"
               " set due = excluded.due, facts = excluded.facts");
    statement_hash(&statement, hash);
    statement_text(&statement, member->checkin);
    if (member->due_utc_ms == INT64_MAX)
        statement_null(&statement);
    else
        statement_int(&statement, member->due_utc_ms);
    statement_blob(&statement, sealed->data, sealed->len);
    return statement_run(&statement);
}

enum status member_put(struct store *store, const struct member *member)
{
    unsigned char hash[HASH_LEN];
    struct buf plain, sealed;
    if (!is_in_bounds(member))
        return ST_RANGE;
    if (tombstone_has(store, member->user_id))
        return ST_DENIED;
    buf_init(&plain, MEMBER_BLOB_LEN - 1);
    encode(member, &plain);
    if (plain.overflowed) {
        buf_wipe(&plain);
        return ST_TOO_BIG;
    }
    keys_hash(store->keys, HASH_USER, member->user_id, NULL, hash);
    struct buf row = join_row(hash, member->checkin);
    struct seal_name name = {PURPOSE, row.data, row.len};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, MEMBER_BLOB_LEN,
                &sealed);
    enum status status = write_row(store, member, hash, &sealed);
    buf_wipe(&plain);
    buf_clear(&sealed);
    buf_clear(&row);
    return status;
}

/* The current row: user, checkin, due, facts. */
static enum status read_row(const struct statement *statement, struct member *ret_member)
{
    size_t hash_len, sealed_len;
    struct buf plain;
    const unsigned char *hash = statement_get_blob(statement, 0, &hash_len);
    const char *checkin = statement_get_text(statement, 1);
    const unsigned char *sealed = statement_get_blob(statement, 3, &sealed_len);
    if (hash_len != HASH_LEN)
        return ST_CORRUPT;
    struct buf row = join_row(hash, checkin);
    struct seal_name name = {PURPOSE, row.data, row.len};
    enum status status = record_open(keys_seal_key(statement->store->keys), name, sealed,
                                     sealed_len, MEMBER_BLOB_LEN, &plain);
    buf_clear(&row);
    if (status)
        return status;
    *ret_member = decode(&plain);
    ret_member->due_utc_ms =
        statement_is_null(statement, 2) ? INT64_MAX : statement_get_int(statement, 2);
    buf_wipe(&plain);
    return ST_OK;
}

/* All rows of a bound statement; ends it. */
static enum status read_list(struct statement *statement, struct member_list *ret_members)
{
    struct member_list list = {0};
    struct member member;
    enum status status;
    while ((status = statement_row(statement)) == ST_OK) {
        status = read_row(statement, &member);
        if (status)
            break;
        MEM_GROW(list.items, list.count, list.capacity);
        list.items[list.count++] = member;
    }
    statement_end(statement);
    if (status != ST_NOT_FOUND) {
        member_list_clear(&list);
        return status;
    }
    *ret_members = list;
    return ST_OK;
}

enum status member_get(struct store *store, const char *user_id, const char *checkin,
                       struct member *ret_member)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    struct statement statement = statement_begin(
        store,
        "select user, checkin, due, facts from member where user = ? and checkin = ?");
    statement_hash(&statement, hash);
    statement_text(&statement, checkin);
    enum status status = statement_row(&statement);
    if (status == ST_OK)
        status = read_row(&statement, ret_member);
    statement_end(&statement);
    return status;
}

enum status member_of_user(struct store *store, const char *user_id,
                           struct member_list *ret_members)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    struct statement statement =
        statement_begin(store, "select user, checkin, due, facts from member"
                               " where user = ? order by checkin");
    statement_hash(&statement, hash);
    return read_list(&statement, ret_members);
}

enum status member_remove(struct store *store, const char *user_id, const char *checkin)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, HASH_USER, user_id, NULL, hash);
    struct statement statement = statement_begin(
        store, checkin ? "delete from member where user = ? and checkin = ?"
                       : "delete from member where user = ?");
    statement_hash(&statement, hash);
    if (checkin)
        statement_text(&statement, checkin);
    return statement_run_changing(&statement);
}

enum status member_due(struct store *store, int64_t now_utc_ms, int max,
                       struct member_list *ret_members)
{
    struct statement statement =
        statement_begin(store, "select user, checkin, due, facts from member"
                               " where due <= ? order by due, id limit ?");
    statement_int(&statement, now_utc_ms);
    statement_int(&statement, max > 0 ? max : 0);
    return read_list(&statement, ret_members);
}

enum status member_next_due(struct store *store, int64_t *ret_utc_ms)
{
    struct statement statement =
        statement_begin(store, "select min(due) from member where due is not null");
    return statement_one_int(&statement, ret_utc_ms);
}

enum status member_due_count(struct store *store, int64_t now_utc_ms, int64_t *ret_count)
{
    struct statement statement =
        statement_begin(store, "select count(*) from member where due <= ?");
    statement_int(&statement, now_utc_ms);
    return statement_one_int(&statement, ret_count);
}

/* A cursor is the last row's hash in hex and its check-in's name. */
static enum status parse_cursor(const char *cursor, unsigned char ret_hash[HASH_LEN],
                                const char **ret_checkin)
{
    memset(ret_hash, 0, HASH_LEN);
    *ret_checkin = "";
    if (cursor == NULL || cursor[0] == '\0')
        return ST_OK;
    if (strlen(cursor) < HASH_HEX_LEN ||
        sodium_hex2bin(ret_hash, HASH_LEN, cursor, HASH_HEX_LEN, NULL, NULL, NULL) != 0)
        return ST_INVALID;
    *ret_checkin = cursor + HASH_HEX_LEN;
    return ST_OK;
}

static char *make_cursor(const struct store *store, const struct member *last)
{
    unsigned char hash[HASH_LEN];
    char hex[HASH_HEX_LEN + 1];
    struct buf text;
    keys_hash(store->keys, HASH_USER, last->user_id, NULL, hash);
    sodium_bin2hex(hex, sizeof hex, hash, HASH_LEN);
    buf_init(&text, HASH_HEX_LEN + NAME_MAX_LEN);
    buf_addf(&text, "%s%s", hex, last->checkin);
    return buf_take(&text);
}

enum status member_page(struct store *store, char **cursor, int max,
                        struct member_list *ret_members)
{
    unsigned char hash[HASH_LEN];
    const char *checkin;
    struct member_list list;
    enum status status = parse_cursor(*cursor, hash, &checkin);
    if (status)
        return status;
    struct statement statement = statement_begin(
        store, "select user, checkin, due, facts from member"
               " where (user, checkin) > (?, ?) order by user, checkin limit ?");
    statement_hash(&statement, hash);
    statement_text(&statement, checkin);
    statement_int(&statement, max > 0 ? max : 0);
    status = read_list(&statement, &list);
    if (status)
        return status;
    if (list.count) {
        free(*cursor);
        *cursor = make_cursor(store, &list.items[list.count - 1]);
    }
    *ret_members = list;
    return ST_OK;
}

enum status member_count(struct store *store, int64_t *ret_count)
{
    struct statement statement = statement_begin(store, "select count(*) from member");
    return statement_one_int(&statement, ret_count);
}

static void hash_prompted(const struct store *store, const char *user_id,
                          const char *checkin, int32_t day,
                          unsigned char ret_hash[HASH_LEN])
{
    struct buf about;
    buf_init(&about, SIZE_MAX - 1);
    buf_addf(&about, "%d %s", (int)day, checkin);
    keys_hash(store->keys, "prompted", user_id, about.data, ret_hash);
    buf_clear(&about);
}

enum status prompted_add(struct store *store, const char *user_id, const char *checkin,
                         int32_t day)
{
    unsigned char hash[HASH_LEN];
    hash_prompted(store, user_id, checkin, day, hash);
    struct statement statement =
        statement_begin(store, "insert into prompted (hash, day) values (?, ?)");
    statement_hash(&statement, hash);
    statement_int(&statement, day);
    return statement_run(&statement);
}

enum status prompted_remove(struct store *store, const char *user_id, const char *checkin,
                            int32_t from_day, int32_t to_day)
{
    enum status status = ST_OK;
    for (int32_t day = from_day; day <= to_day && status == ST_OK; day++) {
        unsigned char hash[HASH_LEN];
        hash_prompted(store, user_id, checkin, day, hash);
        struct statement statement =
            statement_begin(store, "delete from prompted where hash = ?");
        statement_hash(&statement, hash);
        status = statement_run(&statement);
    }
    return status;
}
