/* schema.c - the tables, as numbered migrations.
 *
 * A migration is a list of texts, never changed once released; the next one is
 * added behind it. The comments are part of the text: `.schema` shows them.
 *
 * "Hash" below is a keyed hash (32 bytes) that only the holder of key_dir can
 * compute; "sealed" is a blob that only that key opens (seal.h). So a copy of
 * this file shows how many rows of a kind there are, which rows share a hash,
 * the plain columns, and the order in which rows of a table were first written
 * (row ids count up): pseudonyms and bookkeeping, no person and no answer.
 */
#include "store/schema.h"

#include "store/statement.h"

#include <stdio.h>

static const char *const FIRST[] = {
    "create table meta (        -- small settings of the database itself\n"
    "  key text primary key,    -- name; those of the store begin with 'store.'\n"
    "  value text not null      -- sync token, instance id ...\n"
    ") strict, without rowid;\n",

    "create table member (      -- who asked for a check-in\n"
    "  id integer primary key,  -- order of the first opt-in\n"
    "  user blob not null check (length(user) = 32), -- hash of the user id\n"
    "  checkin text not null,   -- name of the check-in, from the config\n"
    "  due integer,             -- next prompt, UTC ms; null: none planned\n"
    "  facts blob not null,     -- the rest, sealed, fixed size\n"
    "  unique (user, checkin)\n"
    ") strict;\n"
    "create index member_due on member (due) where due is not null;\n",

    "create table prompted (    -- prompts that were queued: one a local day\n"
    "  hash blob primary key check (length(hash) = 32), -- of user, check-in, day\n"
    "  day integer not null     -- that local day; dropped when long past\n"
    ") strict, without rowid;\n"
    "create index prompted_day on prompted (day);\n",

    "create table dialogue (    -- what a person was asked last\n"
    "  id integer primary key,  -- order of writing\n"
    "  hash blob not null unique check (length(hash) = 32), -- of room and user\n"
    "  expires integer not null, -- UTC ms\n"
    "  facts blob not null      -- sealed, fixed size\n"
    ") strict;\n"
    "create index dialogue_expires on dialogue (expires);\n",

    "create table pending (     -- answers of open weeks, one row a person and week\n"
    "  row integer primary key, -- order of a person's first answer of the week\n"
    "  id blob not null unique check (length(id) = 32), -- hash of user and group\n"
    "                           -- under the week's own key\n"
    "  grp text not null,       -- name of the group, from the config\n"
    "  week integer not null,   -- ISO week, 202648\n"
    "  answers blob not null    -- sealed under the week's own key, fixed size\n"
    ") strict;\n"
    "create index pending_week on pending (grp, week);\n",

    "create table closed (      -- weeks that were closed: never drawn again\n"
    "  grp text not null,       -- name of the group\n"
    "  week integer not null,   -- ISO week\n"
    "  primary key (grp, week)\n"
    ") strict, without rowid;\n",

    "create table trend (       -- published figures: noise included, nothing exact\n"
    "  id integer primary key,  -- order of writing\n"
    "  grp text not null,       -- name of the group\n"
    "  week integer not null,   -- ISO week\n"
    "  item text not null,      -- name of the item\n"
    "  item_version integer not null, -- of the item's wording\n"
    "  shape integer not null check (shape in (3, 9)), -- cells used\n"
    "  epsilon integer not null, -- permille: 1000, 500, 200\n"
    "  cell0 integer not null,  -- noisy counts; shape 3: bands low, middle, high\n"
    "  cell1 integer not null,  -- shape 9: band * 3 + better, same, worse\n"
    "  cell2 integer not null,\n"
    "  cell3 integer,           -- null in shape 3, as the rest\n"
    "  cell4 integer,\n"
    "  cell5 integer,\n"
    "  cell6 integer,\n"
    "  cell7 integer,\n"
    "  cell8 integer,\n"
    "  range_low integer not null, -- contributors: at least, 5, 10, 20 ...\n"
    "  unique (grp, week, item)\n"
    ") strict;\n",

    "create table faq_count (   -- how often an entry was the answer\n"
    "  faq text not null,       -- id of the entry\n"
    "  week integer not null,   -- ISO week\n"
    "  count integer not null,  -- answers given\n"
    "  primary key (faq, week)\n"
    ") strict, without rowid;\n",

    "create table audit (       -- changes of privacy settings\n"
    "  id integer primary key,  -- order of the changes\n"
    "  setting text not null,   -- its name\n"
    "  before text,             -- value so far; null: there was none\n"
    "  after text,              -- new value; null: removed\n"
    "  at integer not null      -- UTC ms\n"
    ") strict;\n",

    "create table outbox (      -- what must still happen outside\n"
    "  id integer primary key autoincrement, -- order of queueing, never reused\n"
    "  lane blob not null check (length(lane) = 32), -- hash of the room\n"
    "  txn text not null unique check (length(txn) = 32), -- transaction id, random\n"
    "  kind integer not null,   -- what kind of effect; the caller's number\n"
    "  lifetime integer not null, -- how long it makes sense; the caller's number\n"
    "  queued integer not null, -- UTC ms\n"
    "  due integer not null,    -- not before, UTC ms\n"
    "  first_try integer not null, -- UTC ms; 0: never tried\n"
    "  tries integer not null,  -- so far\n"
    "  waits_for integer not null, -- id of a row whose event id it needs; 0: none\n"
    "  is_head integer not null, -- 1: the lowest id of its lane\n"
    "  key_week integer not null, -- which outbox key sealed the payload\n"
    "  payload blob not null    -- sealed, padded to steps of 256 bytes\n"
    ") strict;\n"
    "create index outbox_lane on outbox (lane, id);\n"
    "create unique index outbox_head on outbox (lane) where is_head = 1;\n"
    "create index outbox_due on outbox (due) where is_head = 1 and waits_for = 0;\n"
    "create index outbox_waiting on outbox (waits_for) where waits_for <> 0;\n"
    "create index outbox_tried on outbox (first_try) where first_try <> 0;\n"
    "create index outbox_key on outbox (key_week);\n",

    "create table seen (        -- events that were handled\n"
    "  hash blob primary key check (length(hash) = 32), -- of room and event id\n"
    "  day integer not null     -- UTC day of handling\n"
    ") strict, without rowid;\n"
    "create index seen_day on seen (day);\n",

    "create table ours (        -- events we sent\n"
    "  hash blob primary key check (length(hash) = 32), -- of room and event id\n"
    "  day integer not null     -- UTC day\n"
    ") strict, without rowid;\n"
    "create index ours_day on ours (day);\n",

    "create table redacted (    -- redactions that came before their event\n"
    "  hash blob primary key check (length(hash) = 32), -- of room and event id\n"
    "  day integer not null     -- UTC day\n"
    ") strict, without rowid;\n"
    "create index redacted_day on redacted (day);\n",

    "create table answered (    -- which of our events answers which question\n"
    "  id integer primary key,  -- order of the replies\n"
    "  question blob not null check (length(question) = 32), -- hash of room, event\n"
    "  outbox integer not null, -- row that will be the reply; 0 once acknowledged\n"
    "  day integer not null,    -- UTC day of the question\n"
    "  facts blob not null      -- our event id, newest edit, hash of the asker: sealed\n"
    ") strict;\n"
    "create index answered_question on answered (question);\n"
    "create index answered_outbox on answered (outbox) where outbox <> 0;\n"
    "create index answered_day on answered (day);\n",

    "create table gap (         -- pieces of a timeline still to be fetched\n"
    "  id integer primary key autoincrement, -- order of finding\n"
    "  due integer not null,    -- next try, UTC ms\n"
    "  tries integer not null,  -- so far\n"
    "  facts blob not null      -- room and its two ends, sealed\n"
    ") strict;\n"
    "create index gap_due on gap (due);\n",

    "create table intent (      -- rooms we are about to make\n"
    "  user blob primary key check (length(user) = 32), -- hash of the user id\n"
    "  nonce text not null unique, -- also stands in the new room\n"
    "  facts blob not null      -- user id and room id, sealed\n"
    ") strict, without rowid;\n",

    "create table departed (    -- who left their last group, until they are forgotten\n"
    "  user blob primary key check (length(user) = 32), -- hash of the user id\n"
    "  day integer not null,    -- UTC day of leaving\n"
    "  facts blob not null      -- user id, sealed\n"
    ") strict, without rowid;\n"
    "create index departed_day on departed (day);\n",

    "create table room (        -- rooms we are in\n"
    "  id integer primary key,  -- order of joining\n"
    "  hash blob not null unique check (length(hash) = 32), -- of the room id\n"
    "  facts blob not null      -- room id and the caller's bytes, sealed\n"
    ") strict;\n",

    "create table room_member ( -- who is in them\n"
    "  room blob not null check (length(room) = 32), -- hash of the room id\n"
    "  user blob not null check (length(user) = 32), -- hash of room and user id:\n"
    "                           -- one person looks different in every room\n"
    "  standing integer not null, -- 1 invited, 2 joined\n"
    "  since integer not null,  -- UTC day of the join, as far as known\n"
    "  is_marked integer not null, -- 1: not seen yet in a reconciliation\n"
    "  primary key (room, user)\n"
    ") strict, without rowid;\n",

    "create table dm (          -- whose direct chat a room is\n"
    "  user blob primary key check (length(user) = 32), -- hash of the user id\n"
    "  room blob not null unique check (length(room) = 32), -- hash of the room id\n"
    "  facts blob not null      -- user id and room id, sealed\n"
    ") strict, without rowid;\n",

    NULL};

static const char *const QUIET_ROOMS[] = {
    "alter table room add column is_quiet integer not null default 0"
    " /* 1: read when it is asked for, not at start */;\n"
    "create index room_kept on room (id) where is_quiet = 0;\n",

    NULL};

static const char *const *const MIGRATIONS[] = {FIRST, QUIET_ROOMS};

_Static_assert(sizeof MIGRATIONS / sizeof *MIGRATIONS == SCHEMA_VERSION,
               "one list a version");

static enum status run_step(struct store *store, int version)
{
    char marks[96];
    snprintf(marks, sizeof marks, "pragma application_id = %d; pragma user_version = %d;",
             SCHEMA_APPLICATION_ID, version + 1);
    enum status status = store_begin(store);
    if (status)
        return status;
    for (const char *const *text = MIGRATIONS[version]; status == ST_OK && *text; text++)
        status = statement_exec(store, *text);
    if (status == ST_OK)
        status = statement_exec(store, marks);
    if (status == ST_OK)
        status = store_commit(store);
    if (status)
        store_rollback(store);
    return status;
}

enum status schema_migrate(struct store *store, int version)
{
    enum status status = ST_OK;
    for (; status == ST_OK && version < SCHEMA_VERSION; version++)
        status = run_step(store, version);
    return status;
}
