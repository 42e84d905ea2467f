/* checkin_offer.c - see checkin_offer.h. */
#include "commands/checkin_offer.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/group_rooms.h"
#include "commands/personal.h"
#include "commands/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFFERS_MAX 9
#define NO_ZONE "-"
#define OFFER_MARK "checkin\n" /* begins what talk_ask remembers */

struct offer {
    const struct group_settings *group;
    const struct checkin_settings *checkin;
};

struct offers {
    struct offer items[OFFERS_MAX];
    size_t count;
};

static bool is_on(const struct turn *turn, const struct member_list *rows,
                  const struct checkin_settings *checkin)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (strcmp(rows->items[i].checkin, checkin->name) == 0)
            return consent_holds(turn->settings, &rows->items[i]);
    }
    return false;
}

static void add_offers(const struct turn *turn, const struct member_list *rows,
                       const struct group_settings *group,
                       const struct checkin_settings *wished, struct offers *offers)
{
    for (size_t i = 0; i < turn->settings->checkin_count; i++) {
        const struct checkin_settings *checkin = &turn->settings->checkins[i];
        if (group_offers(group, checkin->name) && !is_on(turn, rows, checkin) &&
            (wished == NULL || wished == checkin) && offers->count < OFFERS_MAX)
            offers->items[offers->count++] = (struct offer){group, checkin};
    }
}

/* Called from a room, its group is meant. */
static enum status find_offers(struct turn *turn, const struct member_list *rows,
                               const struct checkin_settings *wished,
                               struct offers *offers)
{
    const struct request *request = turn->request;
    bool is_elsewhere = request->event_id == NULL || request->event_id[0] == '\0';
    enum status status = ST_OK;
    for (size_t i = 0; i < turn->settings->group_count && status == ST_OK; i++) {
        const struct group_settings *group = &turn->settings->groups[i];
        bool is_meant = group == request->group;
        if (!is_meant && !is_elsewhere)
            status =
                group_has_member(turn->store, group, request->sender, &is_meant, NULL);
        if (status == ST_OK && is_meant)
            add_offers(turn, rows, group, wished, offers);
    }
    return status;
}

/* Distinct items of the person's check-ins over all groups, with this one. */
static size_t count_items(const struct settings *settings, const struct member_list *rows,
                          const struct checkin_settings *wished)
{
    size_t count = 0;
    bool *is_asked = mem_alloc(settings->item_count * sizeof *is_asked);
    for (size_t r = 0; r <= rows->count; r++) {
        const struct checkin_settings *checkin =
            r < rows->count ? settings_checkin(settings, rows->items[r].checkin) : wished;
        for (size_t i = 0; checkin != NULL && i < checkin->item_count; i++) {
            count += !is_asked[checkin->items[i]];
            is_asked[checkin->items[i]] = true;
        }
    }
    free(is_asked);
    return count;
}

static enum status begin(struct turn *turn, const struct member_list *rows,
                         const struct offer *offer, int minute, const char *zone)
{
    if (count_items(turn->settings, rows, offer->checkin) > ITEMS_MAX)
        return personal_say(turn, TEXT_CHECKIN_TOO_MANY);
    return consent_begin(turn, offer->group, offer->checkin,
                         minute >= 0 ? minute : offer->checkin->minute, zone);
}

static enum status let_choose(struct turn *turn, const struct offers *offers, int minute,
                              const char *zone)
{
    struct buf asked, list;
    buf_init(&asked, DIALOGUE_BLOB_LEN);
    buf_init(&list, MESSAGE_TEXT_MAX);
    buf_addf(&asked, OFFER_MARK "%d\n%s", minute, zone ? zone : NO_ZONE);
    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *offer = &offers->items[i];
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        char *line = say(turn->settings, TEXT_CHECKIN_CHOICE, "number", number, "checkin",
                         offer->checkin->name, "group", offer->group->name, NULL);
        buf_addf(&asked, "\n%s\n%s", offer->group->name, offer->checkin->name);
        buf_addf(&list, "%s%s", i > 0 ? "\n" : "", line);
        free(line);
    }
    enum status status =
        asked.overflowed || list.overflowed ? ST_TOO_BIG : talk_ask(turn, asked.data);
    if (status == ST_OK)
        status = personal_reply(
            turn, say(turn->settings, TEXT_CHECKIN_CHOOSE, "choices", list.data, NULL));
    buf_clear(&asked);
    buf_clear(&list);
    return status;
}

enum status checkin_is_offered(struct turn *turn, const struct checkin_settings *checkin,
                               bool *ret_is_offered)
{
    struct member_list rows = {0};
    struct offers offers = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK)
        status = find_offers(turn, &rows, checkin, &offers);
    member_list_clear(&rows);
    *ret_is_offered = offers.count > 0;
    return status;
}

enum status checkin_offer(struct turn *turn, const struct checkin_settings *checkin,
                          int minute, const char *zone)
{
    struct member_list rows = {0};
    struct offers offers = {0};
    enum status status = member_of_user(turn->store, turn->request->sender, &rows);
    if (status == ST_OK)
        status = find_offers(turn, &rows, checkin, &offers);
    if (status == ST_OK && offers.count == 0)
        status = personal_say(turn, TEXT_CHECKIN_NONE_HERE);
    else if (status == ST_OK && offers.count == 1)
        status = begin(turn, &rows, &offers.items[0], minute, zone);
    else if (status == ST_OK)
        status = let_choose(turn, &offers, minute, zone);
    member_list_clear(&rows);
    return status;
}

enum status checkin_pick(struct turn *turn, const char *asked, bool *ret_is_handled)
{
    struct strv lines;
    struct member_list rows = {0};
    int64_t number = 0;
    enum status status = ST_OK;
    *ret_is_handled = false;
    if (!text_starts(asked, OFFER_MARK))
        return ST_OK;
    text_split(asked + strlen(OFFER_MARK), '\n', &lines);
    char *text = text_trim(turn->request->text);
    int64_t count = ((int64_t)lines.count - 2) / 2;
    if (text_to_int(text, 1, count, &number) == ST_OK) {
        const char *const *picked = (const char *const *)&lines.items[2 * number];
        struct offer offer = {settings_group(turn->settings, picked[0]),
                              settings_checkin(turn->settings, picked[1])};
        const char *zone = strcmp(lines.items[1], NO_ZONE) != 0 ? lines.items[1] : NULL;
        *ret_is_handled = true;
        status = member_of_user(turn->store, turn->request->sender, &rows);
        if (status == ST_OK && (offer.group == NULL || offer.checkin == NULL))
            status = personal_say(turn, TEXT_CHECKIN_NONE_HERE);
        else if (status == ST_OK)
            status = begin(turn, &rows, &offer, atoi(lines.items[0]), zone);
        member_list_clear(&rows);
    }
    free(text);
    strv_clear(&lines);
    return status;
}
