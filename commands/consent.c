/* consent.c - the notice before a check-in begins, and the yes to it.
 *
 * Nothing of the person is kept but the proposal (group, check-in, hour, zone),
 * sealed, for a day. Only an explicit yes in the DM, by a member of the group at
 * that moment, makes a registry row.
 */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/answer.h"
#include "commands/dates.h"
#include "commands/group_rooms.h"
#include "commands/personal.h"
#include "commands/reply.h"
#include "commands/schedule.h"
#include "store/dialogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_MS (24 * 60 * 60 * INT64_C(1000))

struct proposal {
    const struct group_settings *group;
    const struct checkin_settings *checkin;
    int minute;
    char *zone;
};

static enum status keep(struct turn *turn, const struct proposal *proposal)
{
    struct buf bytes;
    const char *user_id = turn->request->sender;
    buf_init(&bytes, DIALOGUE_BLOB_LEN);
    buf_addf(&bytes, "%s\n%s\n%d\n%s", proposal->group->name, proposal->checkin->name,
             proposal->minute, proposal->zone);
    enum status status = bytes.overflowed ? ST_TOO_BIG : ST_OK;
    if (status == ST_OK)
        status = dialogue_drop(turn->store, PLACE_FORGET, user_id);
    if (status == ST_OK)
        status = dialogue_put(turn->store, PLACE_CONSENT, user_id, bytes.data, bytes.len,
                              turn->now.utc_ms + OPEN_MS);
    buf_clear(&bytes);
    return status;
}

/* ST_NOT_FOUND also when group or check-in are no longer configured. */
static enum status recall(struct turn *turn, struct proposal *ret_proposal)
{
    char *bytes = NULL;
    size_t len = 0;
    struct strv lines;
    enum status status = dialogue_get(turn->store, PLACE_CONSENT, turn->request->sender,
                                      turn->now.utc_ms, &bytes, &len);
    if (status != ST_OK)
        return status;
    text_split(bytes, '\n', &lines);
    free(bytes);
    status = ST_NOT_FOUND;
    if (lines.count == 4) {
        ret_proposal->group = settings_group(turn->settings, lines.items[0]);
        ret_proposal->checkin = settings_checkin(turn->settings, lines.items[1]);
        ret_proposal->minute = atoi(lines.items[2]);
        ret_proposal->zone = mem_dup(lines.items[3]);
        if (ret_proposal->group != NULL && ret_proposal->checkin != NULL)
            status = ST_OK;
        else
            free(ret_proposal->zone);
    }
    strv_clear(&lines);
    return status;
}

static char *notice_text(const struct settings *settings, const struct proposal *proposal)
{
    char people[16];
    snprintf(people, sizeof people, "%d", settings->privacy.min_people);
    char *items = item_words(settings, proposal->checkin, ~0u);
    char *days = weekday_words(settings, proposal->checkin->weekdays);
    char *hour = hour_words(proposal->minute);
    char *text =
        say(settings, TEXT_CONSENT, "items", items, "days", days, "hour", hour, "zone",
            proposal->zone, "min_people", people, "group", proposal->group->name, NULL);
    free(items);
    free(days);
    free(hour);
    return text;
}

enum status consent_begin(struct turn *turn, const struct group_settings *group,
                          const struct checkin_settings *checkin, int minute,
                          const char *zone)
{
    struct proposal proposal = {group, checkin, minute, mem_dup(zone)};
    enum status status = keep(turn, &proposal);
    if (status == ST_OK)
        status = personal_reply(turn, notice_text(turn->settings, &proposal));
    free(proposal.zone);
    return status;
}

bool consent_refuses_hour(struct turn *turn, int minute)
{
    if (!schedule_is_quiet(turn->settings, minute))
        return false;
    char *from = hour_words(turn->settings->hearth.quiet_from);
    char *until = hour_words(turn->settings->hearth.quiet_until);
    reply(turn, say(turn->settings, TEXT_HOUR_QUIET, "from", from, "until", until, NULL));
    free(from);
    free(until);
    return true;
}

static enum status say_changed(struct turn *turn, const struct proposal *proposal)
{
    char *hour = hour_words(proposal->minute);
    enum status status = keep(turn, proposal);
    if (status == ST_OK)
        status = personal_reply(turn, say(turn->settings, TEXT_CONSENT_CHANGED, "hour",
                                          hour, "zone", proposal->zone, NULL));
    free(hour);
    return status;
}

static enum status say_receipt(struct turn *turn, const struct member *member)
{
    const struct settings *settings = turn->settings;
    char *date = date_words(settings, member->consent_day);
    char *hour = hour_words(member->minute);
    char *days = weekday_words(settings, member->weekdays);
    char *first = date_words(settings, schedule_local_day(member, member->due_utc_ms));
    enum status status = personal_reply(
        turn, say(settings, TEXT_CONSENT_RECEIPT, "date", date, "hour", hour, "zone",
                  member->zone, "first", first, "days", days, NULL));
    free(date);
    free(hour);
    free(days);
    free(first);
    return status;
}

static enum status enrol(struct turn *turn, const struct proposal *proposal)
{
    const struct request *request = turn->request;
    struct member member = {.user_id = (char *)request->sender,
                            .checkin = proposal->checkin->name,
                            .group = proposal->group->name,
                            .dm_room = (char *)request->room_id,
                            .zone = proposal->zone,
                            .minute = proposal->minute,
                            .weekdays = proposal->checkin->weekdays,
                            .consent_version = CONSENT_VERSION,
                            .told_version = proposal->checkin->version};
    member.consent_day = schedule_local_day(&member, turn->now.utc_ms);
    struct member before = {0};
    enum status status =
        member_get(turn->store, request->sender, member.checkin, &before);
    if (status == ST_OK) { /* the same day is not asked twice */
        member.last_prompt_day = before.last_prompt_day;
        member.last_answer_day = before.last_answer_day;
    }
    member_clear(&before);
    if (status == ST_OK || status == ST_NOT_FOUND)
        status = tombstone_remove(turn->store, request->sender);
    if (status == ST_OK)
        status = member_replan(turn, &member);
    if (status == ST_OK)
        status = dialogue_drop(turn->store, PLACE_CONSENT, request->sender);
    return status == ST_OK ? say_receipt(turn, &member) : status;
}

/* The yes: only of a member of the group at this moment. */
static enum status accept(struct turn *turn, const struct proposal *proposal)
{
    const struct request *request = turn->request;
    bool is_member = request->group == proposal->group && request->role >= ROLE_MEMBER;
    enum status status = ST_OK;
    if (!is_member)
        status = group_has_member(turn->store, proposal->group, request->sender,
                                  &is_member, NULL);
    if (status != ST_OK)
        return status;
    return is_member ? enrol(turn, proposal) : reply_text(turn, TEXT_ONLY_MEMBERS);
}

static enum status decline(struct turn *turn)
{
    enum status status = dialogue_drop(turn->store, PLACE_CONSENT, turn->request->sender);
    return status == ST_OK ? personal_say(turn, TEXT_CONSENT_NO) : status;
}

/* "timezone london", "zone Europe/London" or only a zone's name: the part that
 * names it, or NULL. `ret_is_named`: the word for zone stood before it. */
static const char *zone_part(const char *text, bool *ret_is_named)
{
    static const char *const words[] = {"timezone ", "time zone ", "zone "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_starts(text, words[i])) {
            *ret_is_named = true;
            return text + strlen(words[i]);
        }
    }
    *ret_is_named = false;
    return strchr(text, '/') != NULL ? text : NULL;
}

/* A bare number is meant for the check-in that is being answered. */
static bool has_open_checkin(const struct turn *turn)
{
    struct open_checkin open = {0};
    bool has = open_checkin_find(turn, &open) == ST_OK;
    open_checkin_clear(&open);
    return has;
}

/* Another hour or zone. */
static enum status change(struct turn *turn, struct proposal *proposal,
                          bool *ret_is_handled)
{
    int minute = 0;
    bool is_named = false;
    enum status status = ST_OK;
    char *folded = text_fold(turn->request->text), *name = NULL;
    const char *zone = zone_part(folded, &is_named);
    const char *hour = text_starts(folded, "at ") ? folded + 3 : folded;
    bool is_answer = hour[strspn(hour, "0123456789")] == '\0' && has_open_checkin(turn);
    *ret_is_handled = true;
    if (zone != NULL && zone_from_words(zone, &name) == ST_OK) {
        free(proposal->zone);
        proposal->zone = name;
        status = say_changed(turn, proposal);
    } else if (is_named) {
        status = personal_say(turn, TEXT_ZONE_UNKNOWN);
    } else if (!is_answer && text_to_minute(hour, &minute) == ST_OK) {
        proposal->minute = minute;
        if (!consent_refuses_hour(turn, minute))
            status = say_changed(turn, proposal);
    } else {
        *ret_is_handled = false;
    }
    free(folded);
    return status;
}

enum status consent_text(struct turn *turn, bool *ret_is_handled)
{
    struct proposal proposal = {0};
    enum status status = recall(turn, &proposal);
    *ret_is_handled = status == ST_OK;
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status != ST_OK)
        return status;
    if (reply_is(turn, "yes|yes please|i agree|yes i agree|yes, i agree|yes start"))
        status = accept(turn, &proposal);
    else if (reply_is(turn, "no|no thanks|no thank you|nope|not now|cancel"))
        status = decline(turn);
    else
        status = change(turn, &proposal, ret_is_handled);
    free(proposal.zone);
    return status;
}
