/* status.c - `status`: how the program is doing. Times and its version only:
 * nothing here depends on how many people take part. In the moderators' room also
 * what was asked often in the last closed week.
 */
#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "commands/faq_counts.h"
#include "commands/reply.h"

#include <stdio.h>
#include <stdlib.h>

#ifndef HEARTH_VERSION
#define HEARTH_VERSION "unknown"
#endif

static char *write_span(const struct turn *turn, int64_t since_utc_ms)
{
    int64_t minutes = (turn->now.utc_ms - since_utc_ms) / 60000;
    char days[24], hours[24], rest[24];
    if (since_utc_ms <= 0)
        return say(turn->settings, TEXT_STATUS_NEVER, NULL);
    if (minutes < 0)
        minutes = 0;
    snprintf(days, sizeof days, "%lld", (long long)(minutes / (24 * 60)));
    snprintf(hours, sizeof hours, "%lld", (long long)(minutes / 60 % 24));
    snprintf(rest, sizeof rest, "%lld", (long long)(minutes % 60));
    enum text_id id = minutes >= 24 * 60 ? TEXT_STATUS_DAYS
                      : minutes >= 60    ? TEXT_STATUS_HOURS
                                         : TEXT_STATUS_MINUTES;
    return say(turn->settings, id, "days", days, "hours", hours, "minutes", rest, NULL);
}

static void add(struct buf *out, char *text)
{
    buf_add_text(out, text);
    free(text);
}

static void add_process(const struct turn *turn, struct buf *out)
{
    static const struct process_status nothing = {.transport = "none"};
    const struct process_status *process = turn->process ? turn->process : &nothing;
    char *uptime = write_span(turn, process->started_utc_ms);
    char *age = write_span(turn, process->last_update_utc_ms);
    add(out, say(turn->settings, TEXT_STATUS, "version", HEARTH_VERSION, "uptime", uptime,
                 "transport", process->transport, "age", age, NULL));
    free(uptime);
    free(age);
}

static enum status run_status(struct turn *turn, const struct strv *args)
{
    (void)args;
    const struct request *request = turn->request;
    enum status status = ST_OK;
    char *counts = NULL;
    struct buf out;
    buf_init(&out, MESSAGE_TEXT_MAX);
    add_process(turn, &out);
    if (request->is_moderators_room && request->group != NULL)
        status = faq_counts_write(turn, request->group, &counts);
    if (counts != NULL) {
        buf_add_text(&out, "\n\n");
        add(&out, counts);
    }
    reply(turn, buf_take(&out));
    return status;
}

const struct command cmd_status = {
    .name = "status",
    .usage = "status",
    .summary = TEXT_ABOUT_STATUS,
    .where = ANYWHERE,
    .role = ROLE_MEMBER,
    .is_prompt_safe = true,
    .is_information = true,
    .run = run_status,
};
