/* diary.c - fuzz target: any sequence of events as the history of a DM.
 *
 * An input is lines: a byte that says what the event is, a byte for its day, a byte
 * that points to another event, then its text. Besides not crashing: every value
 * lies in 0..10, a noted trigger is 1, an item in the table has a value, and the
 * forms that are made of it can be made.
 */
#include "commands/diary.h"
#include "commands/diary_plot.h"
#include "commands/votes.h"

#include "tests/unit/commands_settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MONDAY 20878 /* 2027-03-01 */
#define EVENTS_MAX 400

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void name_event(int number, char ret_id[16])
{
    snprintf(ret_id, 16, "$%d", number);
}

static void make_prompt(struct event *event, int kind, unsigned char day)
{
    static const char *const items[] = {"pain fatigue stiffness sleep fog", "pain",
                                        "sleep", "old pain stress", ""};
    event->is_ns_checkin = true;
    event->checkin = mem_dup(day & 64 ? "evening" : "daily");
    event->checkin_version = 7;
    event->checkin_day = MONDAY + day % 9;
    text_split(items[kind % 5], ' ', &event->checkin_items);
    if (day & 32)
        event->type = EVENT_OTHER;
}

static void add_event(struct event_list *events, const unsigned char *line, size_t len)
{
    char id[16], other[16];
    int number = (int)events->count;
    struct event *event = event_list_add(events);
    name_event(number, id);
    name_event(number - line[2] % 8, other);
    char *text = text_make_utf8((const char *)line + 3, len - 3);
    *event = (struct event){.type = EVENT_MESSAGE,
                            .event_id = mem_dup(id),
                            .sender = mem_dup(line[0] & 1 ? "@a:x" : "@h:x"),
                            .origin_server_ts_ms = (MONDAY + line[1] % 9) * DAY_MS +
                                                   (19 + line[1] % 3) * 3600000LL,
                            .body = text,
                            .is_redacted = line[0] & 2};
    if (line[0] & 4)
        event->replaces = mem_dup(other);
    if (line[0] & 8)
        event->in_reply_to = mem_dup(other);
    if (line[0] & 16)
        make_prompt(event, line[0] >> 5, line[1]);
    if (line[0] & 64) {
        event->type = EVENT_POLL_RESPONSE;
        event->target = mem_dup(other);
        event->key = mem_dup(text);
    }
}

static void check_table(const struct diary *diary)
{
    for (size_t i = 0; i < diary->item_count; i++) {
        int count = 0;
        for (int32_t day = diary->from; day <= diary->until; day++) {
            int value = diary_value(diary, day, i);
            if (value < VALUE_NONE || value > VALUE_MAX ||
                (diary->items[i].is_trigger && value != VALUE_NONE && value != 1))
                abort();
            count += value != VALUE_NONE;
        }
        if (count == 0)
            abort();
    }
}

static void check_forms(const struct settings *settings, const struct diary *diary)
{
    struct diary_plot plot;
    struct buf out;
    buf_init(&out, 1 << 20);
    for (int span = 0; span < DIARY_SPAN_COUNT; span++) {
        diary_write_text(settings, diary, (enum diary_span)span, &out);
        if (!diary_plot_make(settings, diary, (enum diary_span)span, &plot))
            continue;
        diary_plot_describe(settings, diary, &plot, &out);
        diary_plot_clear(&plot);
    }
    diary_write_csv(settings, diary, &out);
    if (out.overflowed || !text_is_utf8(out.data, out.len))
        abort();
    buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct settings *settings; /* kept for the whole run */
    static struct zone *zone;
    struct event_list events = {0};
    struct member row = {.checkin = (char *)"daily"};
    struct member_list rows = {.items = &row, .count = 1, .capacity = 1};
    struct diary diary;
    if (settings == NULL)
        settings = settings_for_checkins();
    if (zone == NULL && zone_open("Europe/London", &zone) != ST_OK)
        abort();
    for (size_t at = 0; at + 3 <= size && events.count < EVENTS_MAX;) {
        const uint8_t *end = memchr(data + at, '\n', size - at);
        size_t len = end ? (size_t)(end - (data + at)) : size - at;
        if (len >= 3)
            add_event(&events, data + at, len);
        at += len + 1;
    }
    struct diary_source source = {settings, &events, "@a:x", "@h:x", &rows, zone};
    diary_read(&source, MONDAY, MONDAY + 6, &diary);
    check_table(&diary);
    if (!diary_is_empty(&diary))
        check_forms(settings, &diary);
    diary_clear(&diary);
    event_list_clear(&events);
    return 0;
}
