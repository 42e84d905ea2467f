/* attempt.h - notices an update that kills the process (rule E9).
 *
 * A small file, written without a sync before each update: it outlives a crash
 * of the process (not of the machine, which no message can cause). The third
 * time the same sync token is tried the update is handled event by event, each
 * in a transaction of its own; the event that was being handled when the
 * process died in that mode is left out.
 */
#ifndef HEARTH_BOT_ATTEMPT_H
#define HEARTH_BOT_ATTEMPT_H

#include <stdbool.h>

struct attempt;

/* `path` NULL: nothing is remembered and nothing is ever skipped. */
struct attempt *attempt_open(const char *path);
void attempt_close(struct attempt *attempt);

void attempt_begin(struct attempt *attempt, const char *since);
bool attempt_is_careful(const struct attempt *attempt);
bool attempt_must_skip(const struct attempt *attempt, const char *event_id);
void attempt_event(struct attempt *attempt, const char *event_id);
void attempt_end(struct attempt *attempt);

#endif
