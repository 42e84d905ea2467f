/* inbox.c - events that were handled, seen once, ours, or gone before they came.
 *
 * Four tables of keyed hashes with a day, and the replies: which of our events
 * answers which question. Gaps and intents are in todo.c.
 */
#include "store/inbox.h"

#include "bot/base/mem.h"
#include "store/record.h"
#include "store/statement.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ANSWERED_BLOCK 1024

enum tag { TAG_EVENT = 1, TAG_EDIT_TS, TAG_EDIT_EVENT, TAG_SENDER, TAG_IS_POLL };

/* Insert (hash of room and event, day). */
static enum status add_mark(struct store *store, const char *sql, const char *domain,
                            const char *room_id, const char *event_id, int64_t now_utc_ms)
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, domain, room_id, event_id, hash);
    struct statement statement = statement_begin(store, sql);
    statement_hash(&statement, hash);
    statement_int(&statement, day_of_utc(now_utc_ms));
    return statement_run(&statement);
}

static bool has_mark(struct store *store, const char *sql, const char *domain,
                     const char *room_id, const char *event_id)
{
    unsigned char hash[HASH_LEN];
    bool has = false;
    keys_hash(store->keys, domain, room_id, event_id, hash);
    struct statement statement = statement_begin(store, sql);
    statement_hash(&statement, hash);
    return statement_has_row(&statement, &has) == ST_OK && has;
}

enum status seen_add(struct store *store, const char *room_id, const char *event_id,
                     int64_t now_utc_ms)
{
    return add_mark(store, "insert into seen (hash, day) values (?, ?)", "seen", room_id,
                    event_id, now_utc_ms);
}

bool seen_has(struct store *store, const char *room_id, const char *event_id)
{
    return has_mark(store, "select 1 from seen where hash = ?", "seen", room_id,
                    event_id);
}

enum status ours_add(struct store *store, const char *room_id, const char *event_id,
                     int64_t now_utc_ms)
{
    return add_mark(store,
                    "insert into ours (hash, day) values (?, ?) on conflict do nothing",
                    "ours", room_id, event_id, now_utc_ms);
}

bool ours_has(struct store *store, const char *room_id, const char *event_id)
{
    return has_mark(store, "select 1 from ours where hash = ?", "ours", room_id,
                    event_id);
}

enum status redacted_add(struct store *store, const char *room_id, const char *event_id,
                         int64_t now_utc_ms)
{
    return add_mark(
        store, "insert into redacted (hash, day) values (?, ?) on conflict do nothing",
        "redacted", room_id, event_id, now_utc_ms);
}

bool redacted_has(struct store *store, const char *room_id, const char *event_id)
{
    return has_mark(store, "select 1 from redacted where hash = ?", "redacted", room_id,
                    event_id);
}

void answered_clear(struct answered *answered)
{
    if (answered == NULL)
        return;
    free(answered->event_id);
    free(answered->edit_event_id);
    *answered = (struct answered){0};
}

void answered_sender_tag(struct store *store, const char *user_id, char ret_tag[65])
{
    unsigned char hash[HASH_LEN];
    keys_hash(store->keys, "asker", user_id, NULL, hash);
    sodium_bin2hex(ret_tag, 65, hash, HASH_LEN);
}

static void hash_question(const struct store *store, const char *room_id,
                          const char *question_id, unsigned char ret_hash[HASH_LEN])
{
    keys_hash(store->keys, "question", room_id, question_id, ret_hash);
}

static struct buf seal_answered(const struct store *store,
                                const unsigned char question[HASH_LEN],
                                const struct answered *answered)
{
    struct buf plain, sealed;
    buf_init(&plain, SIZE_MAX - 1);
    record_put_text(&plain, TAG_EVENT, answered->event_id);
    record_put_int(&plain, TAG_EDIT_TS, answered->edit_ts_ms);
    record_put_text(&plain, TAG_EDIT_EVENT, answered->edit_event_id);
    record_put_text(&plain, TAG_SENDER, answered->sender_tag);
    if (answered->is_poll)
        record_put_int(&plain, TAG_IS_POLL, 1);
    struct seal_name name = {"answered", question, HASH_LEN};
    seal_padded(keys_seal_key(store->keys), name, plain.data, plain.len, ANSWERED_BLOCK,
                &sealed);
    buf_wipe(&plain);
    return sealed;
}

static struct answered decode(const struct buf *record)
{
    struct answered answered = {
        .event_id = record_text(record, TAG_EVENT),
        .edit_ts_ms = record_int(record, TAG_EDIT_TS, 0),
        .edit_event_id = record_text(record, TAG_EDIT_EVENT),
        .is_poll = record_int(record, TAG_IS_POLL, 0) != 0,
    };
    char *tag = record_text(record, TAG_SENDER);
    if (tag)
        strncpy(answered.sender_tag, tag, sizeof answered.sender_tag - 1);
    free(tag);
    return answered;
}

/* A row with what is needed to write it back. */
struct row {
    int64_t id;
    unsigned char question[HASH_LEN];
    struct answered answered;
};

/* The one row of a bound select of id, question, outbox, facts; ends it. */
static enum status read_row(struct statement *statement, struct row *ret_row)
{
    struct buf record;
    enum status status = statement_row(statement);
    if (status == ST_OK) {
        size_t hash_len, sealed_len;
        const unsigned char *hash = statement_get_blob(statement, 1, &hash_len);
        const unsigned char *sealed = statement_get_blob(statement, 3, &sealed_len);
        struct seal_name name = {"answered", hash, HASH_LEN};
        status = hash_len == HASH_LEN
                     ? record_open(keys_seal_key(statement->store->keys), name, sealed,
                                   sealed_len, ANSWERED_BLOCK, &record)
                     : ST_CORRUPT;
        if (status == ST_OK) {
            ret_row->id = statement_get_int(statement, 0);
            memcpy(ret_row->question, hash, HASH_LEN);
            ret_row->answered = decode(&record);
            ret_row->answered.outbox_id = statement_get_int(statement, 2);
            buf_wipe(&record);
        }
    }
    statement_end(statement);
    return status;
}

static enum status find_first(struct store *store, const char *room_id,
                              const char *question_id, struct row *ret_row)
{
    unsigned char hash[HASH_LEN];
    hash_question(store, room_id, question_id, hash);
    struct statement statement =
        statement_begin(store, "select id, question, outbox, facts from answered"
                               " where question = ? order by id limit 1");
    statement_hash(&statement, hash);
    return read_row(&statement, ret_row);
}

static enum status write_back(struct store *store, const struct row *row)
{
    struct buf sealed = seal_answered(store, row->question, &row->answered);
    struct statement statement =
        statement_begin(store, "update answered set outbox = ?, facts = ? where id = ?");
    statement_int(&statement, row->answered.outbox_id);
    statement_blob(&statement, sealed.data, sealed.len);
    statement_int(&statement, row->id);
    enum status status = statement_run(&statement);
    buf_clear(&sealed);
    return status;
}

enum status answered_add(struct store *store, const char *room_id,
                         const char *question_id, const char *sender, int64_t outbox_id,
                         int64_t now_utc_ms)
{
    unsigned char hash[HASH_LEN];
    struct answered answered = {.outbox_id = outbox_id};
    hash_question(store, room_id, question_id, hash);
    answered_sender_tag(store, sender, answered.sender_tag);
    struct buf sealed = seal_answered(store, hash, &answered);
    struct statement statement = statement_begin(
        store, "insert into answered (question, outbox, day, facts) values (?, ?, ?, ?)");
    statement_hash(&statement, hash);
    statement_int(&statement, outbox_id);
    statement_int(&statement, day_of_utc(now_utc_ms));
    statement_blob(&statement, sealed.data, sealed.len);
    enum status status = statement_run(&statement);
    buf_clear(&sealed);
    return status;
}

enum status answered_mark_poll(struct store *store, const char *room_id,
                               const char *question_id)
{
    struct row row;
    enum status status = find_first(store, room_id, question_id, &row);
    if (status)
        return status;
    row.answered.is_poll = true;
    status = write_back(store, &row);
    answered_clear(&row.answered);
    return status;
}

enum status answered_get(struct store *store, const char *room_id,
                         const char *question_id, struct answered *ret_answered)
{
    struct row row;
    enum status status = find_first(store, room_id, question_id, &row);
    if (status == ST_OK)
        *ret_answered = row.answered;
    return status;
}

enum status answered_take(struct store *store, const char *room_id,
                          const char *question_id, struct answered *ret_answered)
{
    struct row row;
    enum status status = find_first(store, room_id, question_id, &row);
    if (status != ST_OK)
        return status;
    struct statement statement =
        statement_begin(store, "delete from answered where id = ?");
    statement_int(&statement, row.id);
    status = statement_run(&statement);
    if (status == ST_OK)
        *ret_answered = row.answered;
    else
        answered_clear(&row.answered);
    return status;
}

enum status answered_ack(struct store *store, int64_t outbox_id, const char *event_id)
{
    struct row row;
    enum status status = store_need_transaction(store);
    while (status == ST_OK) {
        struct statement statement =
            statement_begin(store, "select id, question, outbox, facts from answered"
                                   " where outbox = ? and outbox <> 0 limit 1");
        statement_int(&statement, outbox_id);
        status = read_row(&statement, &row);
        if (status)
            break;
        free(row.answered.event_id);
        row.answered.event_id = mem_dup(event_id);
        row.answered.outbox_id = 0;
        status = write_back(store, &row);
        answered_clear(&row.answered);
    }
    return status == ST_NOT_FOUND ? ST_OK : status;
}

enum status answered_edited(struct store *store, const char *room_id,
                            const char *question_id, int64_t ts_ms,
                            const char *edit_event_id)
{
    struct row row;
    enum status status = find_first(store, room_id, question_id, &row);
    if (status)
        return status;
    free(row.answered.edit_event_id);
    row.answered.edit_event_id = mem_dup(edit_event_id);
    row.answered.edit_ts_ms = ts_ms;
    status = write_back(store, &row);
    answered_clear(&row.answered);
    return status;
}

enum status answered_remove(struct store *store, const char *room_id,
                            const char *question_id)
{
    unsigned char hash[HASH_LEN];
    hash_question(store, room_id, question_id, hash);
    struct statement statement =
        statement_begin(store, "delete from answered where question = ?");
    statement_hash(&statement, hash);
    return statement_run(&statement);
}
