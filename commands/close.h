/* close.h - the weekly close: votes, floor, noise, sealed rows.
 *
 * Driven in steps by bot/jobs.c so that each is one short transaction and a
 * crash between any two is harmless (order: shared rules of the weekly close):
 *   1 week_key_ensure of the next week (synced before any row uses it)
 *   2 close_carry in batches: what outlives the week, re-sealed
 *   3 close_count in batches: the exact numbers, in memory and nowhere else; a
 *     restart begins anew
 *   4 close_seal: trend rows, closed marker, the summary's effect; one transaction
 *   5 store_truncate_wal, week_key_destroy
 *   6 pending_purge_closed in batches
 */
#ifndef HEARTH_COMMANDS_CLOSE_H
#define HEARTH_COMMANDS_CLOSE_H

#include "commands/command.h"

/* The instant at which `week` of `group` may close: Monday 04:00 in the group's
 * zone after it, plus 12 hours of grace. UTC ms. */
int64_t close_due(const struct group_settings *group, int32_t week);

/* Carry a batch of at most `max` people into the next week; `cursor` 0 first.
 * ST_NOT_FOUND: all are carried. Repeating from 0 changes nothing. */
enum status close_carry(struct turn *turn, const struct group_settings *group,
                        int32_t week, int64_t *cursor, int max) MUST_CHECK;

/* What was counted so far of one group's week; wiped when freed. NULL is fine. */
struct close_count;
struct close_count *close_count_new(const struct group_settings *group, int32_t week);
void close_count_free(struct close_count *count);

/* Count a batch of at most `max` people. ST_NOT_FOUND: all are counted, and may be
 * sealed in this turn. Counting begins anew when somebody's answers changed or
 * went meanwhile (a stop, a forget me). */
enum status close_count(struct turn *turn, struct close_count *count, int max) MUST_CHECK;

/* Draw once, write. ST_EXISTS: the week was closed before; ST_INVALID: not all are
 * counted. */
enum status close_seal(struct turn *turn, const struct close_count *count) MUST_CHECK;

#endif
