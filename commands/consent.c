/* consent.c - the notice before a check-in begins, and the yes to it.
 *
 * Nothing of the person is kept but the proposal (proposal.h), sealed, for a day.
 * Who named no zone is proposed the one in their Matrix profile: that is asked
 * for first, and the notice comes once, when the answer or the refusal does. Only
 * an explicit yes in the DM, by a member of the group at that moment, makes a
 * registry row.
 */
#include "bot/base/buf.h"
#include "bot/base/mem.h"
#include "bot/base/zone.h"
#include "commands/answer.h"
#include "commands/dates.h"
#include "commands/group_rooms.h"
#include "commands/personal.h"
#include "commands/proposal.h"
#include "commands/reply.h"
#include "commands/schedule.h"
#include "commands/zone_guess.h"
#include "store/dialogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_MS (24 * 60 * 60 * INT64_C(1000))
#define RENEW_MS (30 * OPEN_MS) /* nobody asks again by themselves */

static const enum text_id source_texts[] = {
    [ZONE_OF_GROUP] = TEXT_CONSENT_ZONE_OF_GROUP,
    [ZONE_OF_PROFILE] = TEXT_CONSENT_ZONE_OF_PROFILE,
};

static char *notice_text(const struct turn *turn, const struct proposal *proposal,
                         bool may_tidy)
{
    const struct settings *settings = turn->settings;
    char people[16];
    snprintf(people, sizeof people, "%d", settings->privacy.min_people);
    char *items = item_words(settings, proposal->checkin, ~0u);
    char *days = weekday_words(settings, proposal->checkin->weekdays);
    char *hour = hour_words(proposal->minute);
    char *source = proposal->source == ZONE_NAMED
                       ? mem_dup("")
                       : say(settings, source_texts[proposal->source], NULL);
    enum text_id fate = proposal->is_tidy ? TEXT_CONSENT_TIDY
                        : may_tidy        ? TEXT_CONSENT_KEEP_OR_TIDY
                                          : TEXT_CONSENT_KEEP_ONLY;
    char *tidy = say(settings, fate, NULL);
    char *text = say(settings, TEXT_CONSENT, "items", items, "days", days, "hour", hour,
                     "zone", proposal->zone, "source", source, "tidy", tidy, "min_people",
                     people, "group", proposal->group->name, NULL);
    free(items);
    free(days);
    free(hour);
    free(source);
    free(tidy);
    return text;
}

static enum status say_notice(struct turn *turn, struct proposal *proposal)
{
    proposal->is_waiting = false;
    enum status status = proposal_put(turn, turn->request->sender, proposal, OPEN_MS);
    if (status != ST_OK)
        return status;
    return personal_reply(turn, notice_text(turn, proposal, turn->request->may_tidy));
}

/* The notice comes when it is known what the profile says. */
static enum status ask_profile(struct turn *turn, struct proposal *proposal)
{
    const struct request *request = turn->request;
    proposal->is_waiting = true;
    struct effect *effect = effects_add(turn->effects, EFFECT_FETCH_PROFILE);
    effect->user_id = mem_dup(request->sender);
    effect->room_id = mem_dup(request->room_id);
    effect->answers = mem_dup(request->event_id);
    return proposal_put(turn, request->sender, proposal, OPEN_MS);
}

enum status consent_begin(struct turn *turn, const struct group_settings *group,
                          const struct checkin_settings *checkin, int minute,
                          const char *zone)
{
    struct proposal proposal = {.group = group,
                                .checkin = checkin,
                                .minute = minute,
                                .zone = mem_dup(zone ? zone : group->zone),
                                .source = zone ? ZONE_NAMED : ZONE_OF_GROUP};
    /* Called from a room, what may be done in their DM is not known yet either. */
    bool is_here = turn->request->event_id != NULL && turn->request->event_id[0] != '\0';
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    proposal.is_tidy = rows.count > 0 && rows.items[0].is_tidy; /* as they have it */
    member_list_clear(&rows);
    if (status == ST_OK)
        status =
            zone && is_here ? say_notice(turn, &proposal) : ask_profile(turn, &proposal);
    proposal_clear(&proposal);
    return status;
}

enum status consent_continue(struct turn *turn, const char *profile_zone)
{
    struct proposal proposal = {0};
    struct zone *zone = NULL;
    enum status status = proposal_get(turn, &proposal);
    if (status == ST_OK && proposal.is_waiting) {
        if (proposal.source == ZONE_OF_GROUP && profile_zone != NULL &&
            zone_open(profile_zone, &zone) == ST_OK) {
            free(proposal.zone);
            proposal.zone = mem_dup(profile_zone);
            proposal.source = ZONE_OF_PROFILE;
        }
        status = say_notice(turn, &proposal);
    }
    zone_close(zone);
    proposal_clear(&proposal);
    return status == ST_NOT_FOUND ? ST_OK : status; /* taken back meanwhile */
}

bool consent_holds(const struct settings *settings, const struct member *member)
{
    return member->consent_version == CONSENT_VERSION &&
           settings->privacy.min_people >= member->agreed_people;
}

enum status consent_renew(struct turn *turn, const struct member *member, char **ret_text)
{
    struct proposal proposal = {.group = settings_group(turn->settings, member->group),
                                .checkin =
                                    settings_checkin(turn->settings, member->checkin),
                                .minute = member->minute,
                                .zone = member->zone,
                                .is_tidy = member->is_tidy};
    enum status status = proposal_put(turn, member->user_id, &proposal, RENEW_MS);
    if (status != ST_OK)
        return status;
    char *notice = notice_text(turn, &proposal, false);
    *ret_text = say(turn->settings, TEXT_CONSENT_AGAIN, "notice", notice, NULL);
    free(notice);
    return ST_OK;
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

static char *tidy_words(const struct settings *settings, bool is_tidy)
{
    return say(settings, is_tidy ? TEXT_ANSWERS_TIDIED : TEXT_ANSWERS_KEPT, NULL);
}

static enum status say_changed(struct turn *turn, const struct proposal *proposal)
{
    char *hour = hour_words(proposal->minute);
    char *answers = tidy_words(turn->settings, proposal->is_tidy);
    enum status status =
        personal_reply(turn, say(turn->settings, TEXT_CONSENT_CHANGED, "hour", hour,
                                 "zone", proposal->zone, "answers", answers, NULL));
    free(hour);
    free(answers);
    return status;
}

static enum status say_receipt(struct turn *turn, const struct member *member)
{
    const struct settings *settings = turn->settings;
    char *date = date_words(settings, member->consent_day);
    char *hour = hour_words(member->minute);
    char *days = weekday_words(settings, member->weekdays);
    char *first = date_words(settings, schedule_local_day(member, member->due_utc_ms));
    char *answers = tidy_words(settings, member->is_tidy);
    enum status status = personal_reply(
        turn, say(settings, TEXT_CONSENT_RECEIPT, "date", date, "hour", hour, "zone",
                  member->zone, "first", first, "days", days, "answers", answers, NULL));
    free(answers);
    free(date);
    free(hour);
    free(days);
    free(first);
    return status;
}

/* How they answer their other check-ins is how they answer this one. */
static enum status take_habits(struct turn *turn, struct member *member)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, member->user_id, &rows);
    if (status == ST_OK && rows.count > 0) {
        member->answer_way = rows.items[0].answer_way;
        member->asks_openly = rows.items[0].asks_openly;
    }
    member_list_clear(&rows);
    return status;
}

/* What the notice says holds for all their check-ins of the group: those that wait for
 * a yes to it have one. */
static enum status renew_others(struct turn *turn, const struct member *agreed)
{
    struct member_list rows = {0};
    enum status status = member_of_user(turn->store, agreed->user_id, &rows);
    for (size_t i = 0; i < rows.count && status == ST_OK; i++) {
        struct member *row = &rows.items[i];
        if (consent_holds(turn->settings, row) || !text_equal(row->group, agreed->group))
            continue;
        row->consent_version = agreed->consent_version;
        row->agreed_people = agreed->agreed_people;
        row->consent_day = agreed->consent_day;
        row->is_resting = false;
        status = member_replan(turn, row);
    }
    member_list_clear(&rows);
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
                            .is_tidy = proposal->is_tidy && request->may_tidy,
                            .consent_version = CONSENT_VERSION,
                            .agreed_people = turn->settings->privacy.min_people,
                            .told_version = proposal->checkin->version};
    member.consent_day = schedule_local_day(&member, turn->now.utc_ms);
    struct member before = {0};
    enum status status =
        member_get(turn->store, request->sender, member.checkin, &before);
    if (status == ST_OK) { /* the same day is not asked twice */
        member.last_prompt_day = before.last_prompt_day;
        member.last_answer_day = before.last_answer_day;
        member.answer_way = before.answer_way;
        member.asks_openly = before.asks_openly;
        if (before.weekdays & member.weekdays)
            member.weekdays &= before.weekdays; /* the days they chose */
    } else if (status == ST_NOT_FOUND) {
        status = take_habits(turn, &member);
    }
    member_clear(&before);
    if (status == ST_OK)
        status = tombstone_remove(turn->store, request->sender);
    if (status == ST_OK)
        status = member_replan(turn, &member);
    if (status == ST_OK)
        status = renew_others(turn, &member);
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

static enum status decline(struct turn *turn, const struct proposal *proposal)
{
    struct member before = {0};
    const char *user_id = turn->request->sender;
    enum status found =
        member_get(turn->store, user_id, proposal->checkin->name, &before);
    member_clear(&before);
    if (found != ST_OK && found != ST_NOT_FOUND)
        return found;
    enum status status = dialogue_drop(turn->store, PLACE_CONSENT, user_id);
    if (status != ST_OK)
        return status;
    return personal_say(turn, found == ST_OK ? TEXT_CONSENT_NO_MORE : TEXT_CONSENT_NO);
}

/* "I live in Leeds", "it is 14:30 here" */
static bool says_where(const char *text)
{
    static const char *const words[] = {"i live in ", "i'm in ", "i am in ",  "my time ",
                                        "it is ",     "it's ",   "my clock ", "my zone "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_starts(text, words[i]))
            return true;
    }
    return false;
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
    return strchr(text, '/') != NULL || says_where(text) ? text : NULL;
}

/* A bare number is meant for the check-in that is being answered, unless it was
 * asked before `since_utc_ms`. */
static bool has_open_checkin(const struct turn *turn, int64_t since_utc_ms)
{
    struct open_checkin open = {0};
    bool has = open_checkin_find(turn, &open) == ST_OK &&
               open.question.asked_utc_ms >= since_utc_ms;
    open_checkin_clear(&open);
    return has;
}

/* What a message did to the proposal. */
enum outcome { NOT_MEANT, CHANGED, SAID }; /* SAID: it has been answered already */

static void take_zone(struct proposal *proposal, const char *zone)
{
    free(proposal->zone);
    proposal->zone = mem_dup(zone);
    proposal->source = ZONE_NAMED;
    strv_clear(&proposal->choices);
}

static enum status let_choose(struct turn *turn, struct proposal *proposal,
                              const struct strv *zones)
{
    char *list = zone_choices(zones);
    strv_clear(&proposal->choices);
    proposal->choices_utc_ms = turn->now.utc_ms;
    for (size_t i = 0; i < zones->count; i++)
        strv_add(&proposal->choices, zones->items[i]);
    enum status status = proposal_put(turn, turn->request->sender, proposal, OPEN_MS);
    if (status == ST_OK)
        status = personal_reply(
            turn, say(turn->settings, TEXT_TIMEZONE_CHOOSE, "choices", list, NULL));
    free(list);
    return status;
}

static enum status change_zone(struct turn *turn, struct proposal *proposal,
                               const char *words, bool is_named, enum outcome *ret_what)
{
    struct strv zones = {0};
    enum status status = zone_guess(words, turn->now.utc_ms, &zones);
    *ret_what = SAID;
    if (status == ST_NOT_FOUND && is_named)
        return personal_say(turn, TEXT_ZONE_UNKNOWN);
    if (status == ST_NOT_FOUND) {
        *ret_what = NOT_MEANT;
        return ST_OK;
    }
    if (status == ST_OK && zones.count == 1) {
        take_zone(proposal, zones.items[0]);
        *ret_what = CHANGED;
    } else if (status == ST_OK) {
        status = let_choose(turn, proposal, &zones);
    }
    strv_clear(&zones);
    return status;
}

static enum outcome change_tidy(struct turn *turn, struct proposal *proposal,
                                bool is_tidy)
{
    if (is_tidy && !turn->request->may_tidy) {
        reply(turn, say(turn->settings, TEXT_TIDY_NOT_HERE, NULL))->lifetime =
            LIFE_ALWAYS;
        return SAID;
    }
    proposal->is_tidy = is_tidy;
    return CHANGED;
}

/* One of the zones that were listed. */
static bool picks_zone(const struct turn *turn, struct proposal *proposal,
                       const char *text)
{
    int64_t number = 0;
    if (text_to_int(text, 1, (int64_t)proposal->choices.count, &number) != ST_OK ||
        has_open_checkin(turn, proposal->choices_utc_ms))
        return false;
    char *zone = mem_dup(proposal->choices.items[number - 1]);
    take_zone(proposal, zone);
    free(zone);
    return true;
}

/* Another hour, zone or fate of the answers. */
static enum status change(struct turn *turn, struct proposal *proposal, const char *text,
                          enum outcome *ret_what)
{
    int minute = 0;
    bool is_named = false;
    const char *zone = zone_part(text, &is_named);
    const char *hour = text_starts(text, "at ") ? text + 3 : text;
    bool is_bare = hour[strspn(hour, "0123456789")] == '\0';
    *ret_what = NOT_MEANT;
    if (strcmp(text, "tidy") == 0 || strcmp(text, "keep") == 0) {
        *ret_what = change_tidy(turn, proposal, text[0] == 't');
    } else if (picks_zone(turn, proposal, text)) {
        *ret_what = CHANGED;
    } else if (zone != NULL) {
        return change_zone(turn, proposal, zone, is_named, ret_what);
    } else if (!(is_bare && has_open_checkin(turn, 0)) &&
               text_to_minute(hour, &minute) == ST_OK) {
        *ret_what = consent_refuses_hour(turn, minute) ? SAID : CHANGED;
        if (*ret_what == CHANGED)
            proposal->minute = minute;
    }
    return ST_OK;
}

/* The words behind "yes", as in "yes, at 9pm", or NULL. */
static const char *behind_yes(const char *text)
{
    if (!text_starts(text, "yes ") && !text_starts(text, "yes,"))
        return NULL;
    return text + 3 + strspn(text + 3, ", ");
}

static enum status take_words(struct turn *turn, struct proposal *proposal,
                              bool *ret_is_handled)
{
    enum outcome what = NOT_MEANT;
    char *folded = text_fold(turn->request->text);
    size_t len = strlen(folded);
    while (len > 0 && strchr(".! ", folded[len - 1]) != NULL)
        folded[--len] = '\0';
    const char *rest = behind_yes(folded);
    enum status status = change(turn, proposal, rest ? rest : folded, &what);
    *ret_is_handled = what != NOT_MEANT;
    if (status == ST_OK && what == CHANGED)
        status = proposal_put(turn, turn->request->sender, proposal, OPEN_MS);
    if (status == ST_OK && what == CHANGED)
        status = rest ? accept(turn, proposal) : say_changed(turn, proposal);
    free(folded);
    return status;
}

enum status consent_text(struct turn *turn, bool *ret_is_handled)
{
    struct proposal proposal = {0};
    enum status status = proposal_get(turn, &proposal);
    *ret_is_handled = false;
    if (status == ST_NOT_FOUND)
        return ST_OK;
    if (status != ST_OK)
        return status;
    if (!proposal.is_waiting) { /* nobody agrees to what was not said */
        *ret_is_handled = true;
        if (reply_is(turn, "yes|yes please|i agree|yes i agree|yes, i agree|yes start"))
            status = accept(turn, &proposal);
        else if (reply_is(turn, "no|no thanks|no thank you|nope|not now|cancel"))
            status = decline(turn, &proposal);
        else
            status = take_words(turn, &proposal, ret_is_handled);
    }
    proposal_clear(&proposal);
    return status;
}
