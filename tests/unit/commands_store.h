/* commands_store.h - commands on a real store in a temporary folder, with a clock
 * that is set by hand.
 */
#ifndef HEARTH_TESTS_COMMANDS_STORE_H
#define HEARTH_TESTS_COMMANDS_STORE_H

#include "bot/base/zone.h"
#include "bot/base/buf.h"
#include "commands/checkin.h"
#include "commands/match.h"
#include "commands/personal.h"
#include "commands/view.h"
#include "store/member.h"
#include "store/pending.h"
#include "store/room.h"
#include "store/trend.h"
#include "tests/unit/commands_settings.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define GROUP "main"
#define ROOM "!room:example.org"
#define DM "!dm:example.org"
#define ALICE "@alice:example.org"
#define MINUTE_MS INT64_C(60000)

struct bench {
    struct settings *settings;
    struct faq_index *faq;
    struct store *store;
    struct random_seeded seeded;
    struct random random;
    struct effects effects;
    int64_t now_ms;
    int events;
    char *folder;
    char event_id[32];        /* of the last message */
    const char *profile_zone; /* what a profile would say, or NULL */
};

static inline char *bench_path(const struct bench *bench, const char *name)
{
    return g_build_filename(bench->folder, name, NULL);
}

static inline void bench_open(struct bench *bench)
{
    char *data = bench_path(bench, "data"), *keys = bench_path(bench, "keys");
    char *weeks = bench_path(bench, "weeks"), *why = NULL;
    long holder = 0;
    struct store_config config = {data, keys, weeks, NULL};
    enum status status =
        store_open(&config, &bench->random, &bench->store, &holder, &why);
    if (status != ST_OK)
        fail_msg("the store does not open: %s %s", status_text(status), why ? why : "");
    g_free(data);
    g_free(keys);
    g_free(weeks);
}

static inline void bench_add_group(struct settings *settings, const char *name,
                                   const char *room)
{
    settings->groups =
        mem_resize(settings->groups, settings->group_count + 1, sizeof *settings->groups);
    struct group_settings *group = &settings->groups[settings->group_count++];
    *group = (struct group_settings){.name = mem_dup(name),
                                     .moderators_room = mem_dup(""),
                                     .zone = mem_dup("Europe/London"),
                                     .summary_weekday = 1,
                                     .summary_minute = 18 * 60};
    strv_add(&group->rooms, room);
    assert_int_equal(zone_open(group->zone, &group->zone_rules), ST_OK);
}

/* Thursday 2027-05-06 12:00 UTC, in ISO week 2027-W18. */
static inline int64_t bench_start(void)
{
    return day_from_date(2027, 5, 6) * DAY_MS + 12 * 60 * MINUTE_MS;
}

static inline int bench_setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->folder = g_dir_make_tmp("hearth-commands-XXXXXX", NULL);
    assert_non_null(bench->folder);
    bench->settings = settings_for_checkins();
    bench->settings->matrix.user = mem_dup("@hearth:example.org");
    bench->settings->safety.emergency = mem_dup("112");
    bench->settings->safety.helpline = mem_dup("116 123");
    bench->settings->safety.urgent = mem_dup("");
    bench_add_group(bench->settings, GROUP, ROOM);
    bench->faq = faq_index_new(bench->settings);
    bench->random = random_from_seed(&bench->seeded, 42);
    bench->now_ms = bench_start();
    bench_open(bench);
    *state = bench;
    return 0;
}

static inline void remove_tree(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        char *child = g_build_filename(path, name, NULL);
        remove_tree(child);
        g_free(child);
    }
    if (dir != NULL)
        g_dir_close(dir);
    g_remove(path);
}

static inline int bench_teardown(void **state)
{
    struct bench *bench = *state;
    effects_clear(&bench->effects);
    store_close(bench->store);
    faq_index_free(bench->faq);
    settings_clear(bench->settings);
    free(bench->settings);
    remove_tree(bench->folder);
    g_free(bench->folder);
    free(bench);
    return 0;
}

static inline struct turn bench_turn(struct bench *bench, const struct request *request)
{
    return (struct turn){.request = request,
                         .settings = bench->settings,
                         .faq = bench->faq,
                         .store = bench->store,
                         .random = &bench->random,
                         .now = {bench->now_ms, bench->now_ms},
                         .effects = &bench->effects};
}

/* Put a person into the group's room, `days` ago. */
static inline void bench_join(struct bench *bench, const char *user_id, int days)
{
    int32_t today = (int32_t)(bench->now_ms / DAY_MS);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(
        room_member_set(bench->store, ROOM, user_id, STANDING_JOINED, today - days),
        ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
}

/* Handle a request in a transaction of its own; the effects are the last ones. */
static inline void bench_handle(struct bench *bench, struct request *request)
{
    struct turn turn = bench_turn(bench, request);
    effects_clear(&bench->effects);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(respond(&turn), ST_OK);
    bool asks_profile = false; /* no server here: it knows no zone of theirs */
    for (size_t i = 0; i < bench->effects.count; i++)
        asks_profile |= bench->effects.items[i].kind == EFFECT_FETCH_PROFILE;
    if (asks_profile) {
        struct request asked = *request;
        asked.is_dm = true;
        if (!request->is_dm)
            asked.room_id = asked.event_id = "";
        turn.request = &asked;
        assert_int_equal(consent_continue(&turn, bench->profile_zone), ST_OK);
    }
    assert_int_equal(store_commit(bench->store), ST_OK);
}

static inline struct request bench_request(struct bench *bench, const char *user_id,
                                           const char *text)
{
    snprintf(bench->event_id, sizeof bench->event_id, "$event%d", ++bench->events);
    return (struct request){.kind = REQUEST_MESSAGE,
                            .sender = user_id,
                            .room_id = DM,
                            .event_id = bench->event_id,
                            .text = text,
                            .sent_utc_ms = bench->now_ms,
                            .is_dm = true,
                            .is_addressed = true,
                            .role = ROLE_MEMBER,
                            .group = &bench->settings->groups[0],
                            .member_since_day = 1};
}

static inline void bench_say(struct bench *bench, const char *user_id, const char *text)
{
    struct request request = bench_request(bench, user_id, text);
    bench_handle(bench, &request);
}

static inline void bench_edit(struct bench *bench, const char *user_id,
                              const char *target, const char *text)
{
    struct request request = bench_request(bench, user_id, text);
    request.kind = REQUEST_EDIT;
    request.target = target;
    bench_handle(bench, &request);
}

static inline void bench_redact(struct bench *bench, const char *user_id,
                                const char *target)
{
    struct request request = bench_request(bench, user_id, "");
    request.kind = REQUEST_REDACTION;
    request.target = target;
    bench_handle(bench, &request);
}

/* All texts of the last effects, joined. Freed by the caller. */
static inline char *bench_texts(const struct bench *bench)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < bench->effects.count; i++) {
        const struct effect *effect = &bench->effects.items[i];
        if (effect->kind == EFFECT_SAY)
            buf_addf(&out, "%s\n", effect->text);
    }
    return buf_take(&out);
}

#define expect(bench, words) expect_text(bench, words, true, __LINE__)
#define expect_no(bench, words) expect_text(bench, words, false, __LINE__)
static inline void expect_text(const struct bench *bench, const char *words,
                               bool is_there, int line)
{
    char *texts = bench_texts(bench);
    if ((strstr(texts, words) != NULL) != is_there)
        fail_msg("line %d: %s\"%s\" in: %s", line, is_there ? "no " : "", words, texts);
    free(texts);
}

static inline const struct effect *bench_effect(const struct bench *bench,
                                                enum effect_kind kind)
{
    for (size_t i = 0; i < bench->effects.count; i++) {
        if (bench->effects.items[i].kind == kind)
            return &bench->effects.items[i];
    }
    return NULL;
}

/* Enrol with the words a person would use. */
static inline void bench_enrol(struct bench *bench, const char *user_id)
{
    bench_say(bench, user_id, "checkin on 21:00");
    expect(bench, "Before you say yes");
    bench_say(bench, user_id, "yes");
    expect(bench, "You said yes on");
}

static inline struct member bench_member(struct bench *bench, const char *user_id)
{
    struct member member = {0};
    assert_int_equal(member_get(bench->store, user_id, "daily", &member), ST_OK);
    return member;
}

/* Move to the member's next prompt and let it be asked. */
static inline void bench_prompt(struct bench *bench, const char *user_id)
{
    struct member member = bench_member(bench, user_id);
    struct turn turn = bench_turn(bench, NULL);
    if (member.due_utc_ms > bench->now_ms)
        bench->now_ms = member.due_utc_ms;
    turn.now = (struct now){bench->now_ms, bench->now_ms};
    effects_clear(&bench->effects);
    assert_int_equal(store_begin(bench->store), ST_OK);
    assert_int_equal(checkin_prompt(&turn, &member), ST_OK);
    assert_int_equal(store_commit(bench->store), ST_OK);
    member_clear(&member);
}

/* What is held, as the person is shown it. Freed by the caller. */
static inline char *bench_my_data(struct bench *bench, const char *user_id)
{
    struct turn turn = bench_turn(bench, NULL);
    struct view_request request = {.name = "my-data", .user_id = user_id};
    struct view view;
    assert_int_equal(view_render(&turn, &request, &view), ST_OK);
    char *text = mem_dup(view.text);
    view_clear(&view);
    return text;
}

#define expect_data(bench, words) expect_in_data(bench, words, true, __LINE__)
#define expect_no_data(bench, words) expect_in_data(bench, words, false, __LINE__)
static inline void expect_in_data(struct bench *bench, const char *words, bool is_there,
                                  int line)
{
    char *text = bench_my_data(bench, ALICE);
    if ((strstr(text, words) != NULL) != is_there)
        fail_msg("line %d: %s\"%s\" in: %s", line, is_there ? "no " : "", words, text);
    free(text);
}

#endif
