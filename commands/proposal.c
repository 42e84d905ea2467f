/* proposal.c - see proposal.h.
 *
 * Lines: group, check-in, minute, zone, and since notices know more: source,
 * tidy, waiting, when choices were listed, the choices.
 */
#include "commands/proposal.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/personal.h"
#include "store/dialogue.h"

#include <stdlib.h>
#include <string.h>

enum line { GROUP, CHECKIN, MINUTE, ZONE, SOURCE, TIDY, WAITING, LISTED, CHOICES };

void proposal_clear(struct proposal *proposal)
{
    free(proposal->zone);
    strv_clear(&proposal->choices);
    *proposal = (struct proposal){0};
}

enum status proposal_put(struct turn *turn, const char *user_id,
                         const struct proposal *proposal, int64_t span_ms)
{
    struct buf bytes;
    buf_init(&bytes, DIALOGUE_BLOB_LEN);
    buf_addf(&bytes, "%s\n%s\n%d\n%s\n%d\n%d\n%d\n%lld", proposal->group->name,
             proposal->checkin->name, proposal->minute, proposal->zone,
             (int)proposal->source, proposal->is_tidy, proposal->is_waiting,
             (long long)proposal->choices_utc_ms);
    for (size_t i = 0; i < proposal->choices.count; i++)
        buf_addf(&bytes, "\n%s", proposal->choices.items[i]);
    enum status status = bytes.overflowed ? ST_TOO_BIG : ST_OK;
    if (status == ST_OK)
        status = dialogue_drop(turn->store, PLACE_FORGET, user_id);
    if (status == ST_OK)
        status = dialogue_put(turn->store, PLACE_CONSENT, user_id, bytes.data, bytes.len,
                              turn->now.utc_ms + span_ms);
    buf_clear(&bytes);
    return status;
}

static void read_lines(const struct settings *settings, const struct strv *lines,
                       struct proposal *proposal)
{
    proposal->group = settings_group(settings, lines->items[GROUP]);
    proposal->checkin = settings_checkin(settings, lines->items[CHECKIN]);
    proposal->minute = atoi(lines->items[MINUTE]);
    proposal->zone = mem_dup(lines->items[ZONE]);
    if (lines->count <= LISTED)
        return;
    proposal->source = (enum zone_source)atoi(lines->items[SOURCE]);
    proposal->is_tidy = atoi(lines->items[TIDY]) != 0;
    proposal->is_waiting = atoi(lines->items[WAITING]) != 0;
    proposal->choices_utc_ms = strtoll(lines->items[LISTED], NULL, 10);
    for (size_t i = CHOICES; i < lines->count; i++)
        strv_add(&proposal->choices, lines->items[i]);
}

enum status proposal_get(struct turn *turn, struct proposal *ret_proposal)
{
    char *bytes = NULL;
    size_t len = 0;
    struct strv lines;
    struct proposal proposal = {0};
    enum status status = dialogue_get(turn->store, PLACE_CONSENT, turn->request->sender,
                                      turn->now.utc_ms, &bytes, &len);
    if (status != ST_OK)
        return status;
    text_split(bytes, '\n', &lines);
    free(bytes);
    if (lines.count > ZONE)
        read_lines(turn->settings, &lines, &proposal);
    strv_clear(&lines);
    if (proposal.group == NULL || proposal.checkin == NULL) {
        proposal_clear(&proposal);
        return ST_NOT_FOUND;
    }
    *ret_proposal = proposal;
    return ST_OK;
}
