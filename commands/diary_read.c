/* diary_read.c - see diary_read.h.
 *
 * One walk over the events, oldest first, with the prompts met so far as the only
 * memory. Prompts of other versions are read with the items they name: those that
 * are not configured any more get a place in a copy of the settings under their name.
 */
#include "commands/diary_read.h"

#include "bot/base/mem.h"
#include "commands/answer_read.h"
#include "commands/command.h"
#include "commands/diary_table.h"
#include "commands/tap.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define OLD_ITEMS_MAX 64 /* items that are not configured any more */
#define MINUTE_MS INT64_C(60000)
#define NOWHERE ((size_t)-1)

/* A prompt of ours with the questions about it. */
struct asked {
    struct checkin_settings checkin; /* as it was asked; its strings are borrowed */
    int32_t day;
    int64_t from_ms, until_ms; /* open for answers that reply to nothing */
    unsigned done;             /* bits of its items */
    bool is_closed;
    size_t step; /* the item asked alone right now, or NOWHERE */
};

/* An event of ours that asks: what a reply to it is about. */
struct asking {
    const char *event_id;
    size_t asked, step;
};

struct reader {
    const struct diary_source *source;
    int32_t from, until;
    struct settings settings; /* a shallow copy with old items behind its own */
    struct asked *asked;
    size_t asked_count, asked_capacity;
    struct asking *askings;
    size_t asking_count, asking_capacity;
    struct diary_entries entries;
    GHashTable *edits;   /* event id -> GPtrArray of struct event, borrowed */
    bool was_chatter;    /* the person's last message was no answer and no command */
    bool is_choice_open; /* we listed choices then: a number means one of them */
};

/* --- items ----------------------------------------------------------------- */

static size_t find_item(const struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->settings.item_count; i++) {
        if (strcmp(reader->settings.items[i].name, name) == 0)
            return i;
    }
    return NOWHERE;
}

/* A place for an item that is not configured any more. */
static void add_old_item(struct reader *reader, const char *name)
{
    struct settings *settings = &reader->settings;
    if (find_item(reader, name) != NOWHERE ||
        settings->item_count >= reader->source->settings->item_count + OLD_ITEMS_MAX)
        return;
    settings->items[settings->item_count++] =
        (struct item_settings){.name = (char *)name,
                               .label = (char *)name,
                               .question = (char *)"",
                               .low = (char *)"",
                               .high = (char *)""};
}

static bool is_asking(const struct reader *reader, const struct event *event)
{
    return event->checkin != NULL && event->checkin_items.count > 0 &&
           !event->is_redacted && event->replaces == NULL &&
           strcmp(event->sender, reader->source->bot_user_id) == 0;
}

static void copy_items(struct reader *reader)
{
    const struct settings *settings = reader->source->settings;
    const struct event_list *events = reader->source->events;
    reader->settings = *settings;
    reader->settings.items =
        mem_resize(NULL, settings->item_count + OLD_ITEMS_MAX, sizeof *settings->items);
    if (settings->item_count > 0)
        memcpy(reader->settings.items, settings->items,
               settings->item_count * sizeof *settings->items);
    for (size_t i = 0; i < events->count; i++) {
        const struct strv *names = &events->items[i].checkin_items;
        for (size_t n = 0; is_asking(reader, &events->items[i]) && n < names->count; n++)
            add_old_item(reader, names->items[n]);
    }
}

/* --- prompts --------------------------------------------------------------- */

static void add_asked(struct reader *reader, const struct event *event)
{
    const struct checkin_settings *now =
        settings_checkin(&reader->settings, event->checkin);
    MEM_GROW(reader->asked, reader->asked_count, reader->asked_capacity);
    struct asked *asked = &reader->asked[reader->asked_count++];
    *asked = (struct asked){.day = event->checkin_day,
                            .from_ms = event->origin_server_ts_ms,
                            .step = NOWHERE};
    if (now != NULL) /* its triggers, its window */
        asked->checkin = *now;
    else
        asked->checkin.window_min = 12 * 60;
    asked->checkin.name = event->checkin;
    asked->checkin.item_count = 0;
    asked->until_ms = asked->from_ms + asked->checkin.window_min * MINUTE_MS;
}

static size_t find_asked(const struct reader *reader, const char *checkin, int32_t day)
{
    for (size_t i = reader->asked_count; i-- > 0;) {
        if (reader->asked[i].day == day &&
            strcmp(reader->asked[i].checkin.name, checkin) == 0)
            return i;
    }
    return NOWHERE;
}

static size_t place_of(const struct asked *asked, size_t item)
{
    for (size_t i = 0; i < asked->checkin.item_count; i++) {
        if (asked->checkin.items[i] == item)
            return i;
    }
    return NOWHERE;
}

/* Items that were not asked before: a check-in of polls comes one by one. */
static void add_items(const struct reader *reader, const struct event *event,
                      struct asked *asked)
{
    for (size_t i = 0; i < event->checkin_items.count; i++) {
        size_t item = find_item(reader, event->checkin_items.items[i]);
        if (item == NOWHERE || reader->settings.items[item].is_trigger ||
            place_of(asked, item) != NOWHERE || asked->checkin.item_count == ITEMS_MAX)
            continue;
        asked->checkin.items[asked->checkin.item_count++] = item;
    }
}

/* The first about a check-in and day is the prompt; a question behind it about one of
 * its items asks for that alone, a poll leaves open which number comes next. */
static void take_asking(struct reader *reader, const struct event *event)
{
    size_t at = find_asked(reader, event->checkin, event->checkin_day);
    size_t step = NOWHERE;
    bool is_prompt = at == NOWHERE;
    if (is_prompt) {
        add_asked(reader, event);
        at = reader->asked_count - 1;
    }
    struct asked *asked = &reader->asked[at];
    add_items(reader, event, asked);
    bool is_poll = event->type != EVENT_MESSAGE;
    if ((!is_prompt || is_poll) && event->checkin_items.count == 1)
        step = place_of(asked, find_item(reader, event->checkin_items.items[0]));
    asked->step = is_poll ? NOWHERE : step;
    MEM_GROW(reader->askings, reader->asking_count, reader->asking_capacity);
    reader->askings[reader->asking_count++] =
        (struct asking){.event_id = event->event_id, .asked = at, .step = step};
    reader->was_chatter = reader->is_choice_open = false;
}

/* A list to choose from by number ("did you mean"): a poll, or a line that begins
 * with 1. */
static bool is_list(const struct event *event)
{
    const char *line = event->type == EVENT_MESSAGE ? event->body : NULL;
    while (line != NULL && *line != '\0') {
        line += strspn(line, " -*");
        if (line[0] == '1' && (line[1] == '.' || line[1] == ')' || line[1] == ':'))
            return true;
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return event->type == EVENT_OTHER;
}

static void take_own(struct reader *reader, const struct event *event)
{
    if (is_asking(reader, event))
        take_asking(reader, event);
    else if (event->state_key == NULL && event->replaces == NULL)
        reader->is_choice_open = reader->was_chatter && is_list(event);
}

/* --- answers --------------------------------------------------------------- */

static void add_entry(struct reader *reader, int32_t day, size_t item, int value,
                      const char *poll)
{
    struct diary_entry entry = {.day = day, .item = item, .value = value, .poll = poll};
    if (day >= reader->from && day <= reader->until)
        diary_entries_add(&reader->entries, &entry);
}

static void record(struct reader *reader, const struct checkin_settings *checkin,
                   int32_t day, const struct reading *reading)
{
    bool has_value = false;
    for (size_t i = 0; i < checkin->item_count; i++) {
        if (reading->values[i] < 0)
            continue;
        has_value = true;
        add_entry(reader, day, checkin->items[i], reading->values[i], NULL);
    }
    for (size_t t = 0; has_value && t < checkin->trigger_count; t++) {
        if (reading->triggers & 1u << t)
            add_entry(reader, day, checkin->triggers[t], 1, NULL);
    }
}

static unsigned said_bits(const struct reading *reading)
{
    unsigned bits = 0;
    for (size_t i = 0; i < ITEMS_MAX; i++) {
        if (reading->values[i] != VALUE_NONE)
            bits |= 1u << i;
    }
    return bits;
}

static bool is_newer(const struct event *a, const struct event *b)
{
    if (a->origin_server_ts_ms != b->origin_server_ts_ms)
        return a->origin_server_ts_ms > b->origin_server_ts_ms;
    return strcmp(a->event_id, b->event_id) > 0;
}

static int compare_edits(const void *a, const void *b)
{
    const struct event *left = *(struct event *const *)a;
    const struct event *right = *(struct event *const *)b;
    return is_newer(right, left) - is_newer(left, right);
}

static void index_edits(struct reader *reader)
{
    const struct event_list *events = reader->source->events;
    for (size_t i = 0; i < events->count; i++) {
        struct event *event = &events->items[i];
        if (event->type != EVENT_MESSAGE || event->replaces == NULL ||
            event->is_redacted || event->body == NULL ||
            strcmp(event->sender, reader->source->user_id) != 0)
            continue;
        GPtrArray *edits = g_hash_table_lookup(reader->edits, event->replaces);
        if (edits == NULL) {
            edits = g_ptr_array_new();
            g_hash_table_insert(reader->edits, event->replaces, edits);
        }
        g_ptr_array_add(edits, event);
    }
    GHashTableIter iter;
    gpointer edits;
    g_hash_table_iter_init(&iter, reader->edits);
    while (g_hash_table_iter_next(&iter, NULL, &edits))
        g_ptr_array_sort(edits, compare_edits);
}

/* What the message says by now: of its edits the newest that can be read counts, and
 * is about the items that it spoke of first. */
static void read_message(const struct reader *reader,
                         const struct checkin_settings *checkin, unsigned items,
                         const struct event *event, struct reading *ret_reading)
{
    const GPtrArray *edits = g_hash_table_lookup(reader->edits, event->event_id);
    answer_read(&reader->settings, checkin, items, event->body, ret_reading);
    if (edits == NULL)
        return;
    unsigned about = items;
    if (ret_reading->kind == READ_VALUES)
        about = said_bits(ret_reading);
    for (guint i = 0; i < edits->len; i++) {
        const struct event *edit = g_ptr_array_index(edits, i);
        struct reading reading;
        answer_read(&reader->settings, checkin, about, edit->body, &reading);
        if (reading.kind != READ_VALUES && reading.kind != READ_SKIP)
            continue;
        if (ret_reading->kind == READ_VALUES) { /* of the same day and question */
            reading.is_whole = ret_reading->is_whole;
            reading.is_yesterday = ret_reading->is_yesterday;
        }
        *ret_reading = reading;
        return;
    }
}

/* What the event answers: `ret_items` bits by place. NULL: nothing that is open. */
static struct asked *find_question(const struct reader *reader, const struct event *event,
                                   unsigned *ret_items)
{
    struct asked *found = NULL;
    size_t step = NOWHERE;
    for (size_t i = reader->asking_count; event->in_reply_to && i-- > 0 && !found;) {
        if (strcmp(reader->askings[i].event_id, event->in_reply_to) != 0)
            continue;
        found = &reader->asked[reader->askings[i].asked];
        step = reader->askings[i].step;
    }
    for (size_t i = reader->asked_count; i-- > 0 && !found;) {
        struct asked *asked = &reader->asked[i];
        bool is_in_time = event->origin_server_ts_ms <= asked->until_ms;
        if (is_in_time && !asked->is_closed && asked->checkin.item_count > 0) {
            found = asked;
            step = asked->step;
        }
    }
    if (found == NULL)
        return NULL;
    unsigned all = (1u << found->checkin.item_count) - 1;
    unsigned left = all & ~found->done;
    *ret_items = step != NOWHERE ? 1u << step : left != 0 ? left : all;
    return found;
}

static void note_done(struct asked *asked, unsigned items)
{
    asked->done |= items;
    asked->step = NOWHERE;
    if (asked->done == (1u << asked->checkin.item_count) - 1)
        asked->is_closed = true;
}

/* False: it is talk. */
static bool answer_asked(struct reader *reader, struct asked *asked, unsigned items,
                         const struct event *event)
{
    struct reading reading;
    read_message(reader, &asked->checkin, items, event, &reading);
    if (reading.kind == READ_VALUES) {
        record(reader, &asked->checkin, asked->day - reading.is_yesterday, &reading);
        if (!reading.is_yesterday)
            note_done(asked, said_bits(&reading));
    } else if (reading.kind == READ_SKIP) {
        if (asked->step != NOWHERE)
            note_done(asked, items);
        else
            asked->is_closed = true;
    }
    bool is_answer = reading.kind != READ_NONE;
    explicit_bzero(&reading, sizeof reading);
    return is_answer;
}

/* A whole set counts for its own day. */
static bool answer_unasked(struct reader *reader, const struct event *event)
{
    const struct member_list *rows = reader->source->rows;
    bool is_answer = false;
    for (size_t i = 0; i < rows->count && !is_answer; i++) {
        struct reading reading;
        struct local_time local;
        const struct checkin_settings *checkin =
            settings_checkin(&reader->settings, rows->items[i].checkin);
        if (checkin == NULL)
            continue;
        read_message(reader, checkin, 0, event, &reading);
        is_answer = reading.kind == READ_VALUES && reading.is_whole;
        zone_local(reader->source->zone, event->origin_server_ts_ms, &local);
        if (is_answer)
            record(reader, checkin, local.day - reading.is_yesterday, &reading);
        explicit_bzero(&reading, sizeof reading);
    }
    return is_answer;
}

static bool is_command(const char *text)
{
    struct strv args;
    bool is = command_find(text, &args) != NULL;
    strv_clear(&args);
    return is;
}

static bool is_lone_number(const char *text)
{
    char *trimmed = text_trim(text);
    int64_t number = 0;
    bool is = text_to_int(trimmed, 0, 99, &number) == ST_OK;
    free(trimmed);
    return is;
}

static void take_message(struct reader *reader, const struct event *event)
{
    unsigned items = 0;
    bool may_choose = reader->is_choice_open && event->in_reply_to == NULL;
    if (event->body == NULL || event->replaces != NULL ||
        text_equal(event->msgtype, "m.notice"))
        return;
    bool was_command = is_command(event->body);
    reader->was_chatter = reader->is_choice_open = false;
    if (was_command || (may_choose && is_lone_number(event->body)))
        return;
    struct asked *asked = find_question(reader, event, &items);
    bool is_answer = asked != NULL ? answer_asked(reader, asked, items, event)
                                   : answer_unasked(reader, event);
    reader->was_chatter = !is_answer;
}

/* The question that a poll of ours put, or NULL. */
static const struct asking *find_poll(const struct reader *reader, const char *event_id)
{
    for (size_t i = reader->asking_count; i-- > 0;) {
        const struct asking *asking = &reader->askings[i];
        if (asking->step != NOWHERE && strcmp(asking->event_id, event_id) == 0)
            return asking;
    }
    return NULL;
}

/* The vote written last is what counts; one without a choice takes it back. */
static void take_vote(struct reader *reader, const struct event *event)
{
    if (event->target == NULL || event->key == NULL)
        return;
    const struct asking *asking = find_poll(reader, event->target);
    int value = tap_value(event->key);
    if (asking == NULL || (value == VALUE_NONE && event->key[0] != '\0'))
        return;
    struct asked *asked = &reader->asked[asking->asked];
    diary_entries_drop_vote(&reader->entries, event->target);
    if (value == VALUE_NONE)
        return;
    note_done(asked, 1u << asking->step);
    add_entry(reader, asked->day, asked->checkin.items[asking->step], value,
              event->target);
}

/* --- the whole --------------------------------------------------------------- */

static void clear_reader(struct reader *reader)
{
    diary_entries_clear(&reader->entries);
    free(reader->asked);
    free(reader->askings);
    free(reader->settings.items);
    g_hash_table_destroy(reader->edits);
}

static void free_edits(gpointer edits)
{
    g_ptr_array_free(edits, TRUE);
}

void diary_read(const struct diary_source *source, int32_t from, int32_t until,
                struct diary *ret_diary)
{
    struct reader reader = {.source = source, .from = from, .until = until};
    reader.edits = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_edits);
    *ret_diary = (struct diary){.from = from, .until = until};
    copy_items(&reader);
    index_edits(&reader);
    for (size_t i = 0; i < source->events->count; i++) {
        const struct event *event = &source->events->items[i];
        if (strcmp(event->sender, source->bot_user_id) == 0)
            take_own(&reader, event);
        else if (strcmp(event->sender, source->user_id) != 0 || event->is_redacted)
            continue;
        else if (event->type == EVENT_MESSAGE)
            take_message(&reader, event);
        else if (event->type == EVENT_POLL_RESPONSE)
            take_vote(&reader, event);
    }
    diary_fill(&reader.settings, &reader.entries, ret_diary);
    clear_reader(&reader);
}
