/* cmd_when.c - `hearth when`: the instants at which a member would be asked.
 *
 * The bot's own scheduler, walked day by day. There are no quiet hours here: a
 * member cannot choose an hour inside them, so they only matter where a shift of
 * the clocks moves a prompt into them, which depends on a group's config.
 */
#include "bot/cmd.h"

#include "bot/base/text.h"
#include "bot/config_days.h"
#include "commands/checkin.h"
#include "commands/schedule.h"

#include <stdio.h>
#include <string.h>

#define DAYS_DEFAULT 14
#define DAYS_MAX 36600 /* a hundred years */

struct options {
    const char *zone, *at, *from, *days, *weekdays;
};

/* What is asked: days `from` up to `end`, `end` not among them. */
struct span {
    struct member member;
    int32_t from, end;
};

static bool read_options(int argc, char **argv, struct options *options)
{
    const struct {
        const char *name;
        const char **value;
    } table[] = {{"--zone", &options->zone},
                 {"--at", &options->at},
                 {"--from", &options->from},
                 {"--days", &options->days},
                 {"--weekdays", &options->weekdays}};
    for (int i = 1; i < argc; i += 2) {
        const char **value = NULL;
        for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
            if (strcmp(argv[i], table[k].name) == 0)
                value = table[k].value;
        }
        if (value == NULL || i + 1 == argc)
            return false;
        *value = argv[i + 1];
    }
    return options->zone != NULL && options->at != NULL;
}

static bool complain(const char *what, const char *value, const char *remedy)
{
    fprintf(stderr, "hearth: %s \"%s\" %s\n", what, value, remedy);
    return false;
}

/* False: said what is wrong. */
static bool read_span(const struct seams *seams, const struct options *options,
                      const struct zone *zone, struct span *span)
{
    struct local_time today;
    int64_t days = DAYS_DEFAULT;
    span->member.zone = (char *)options->zone;
    span->member.weekdays = 127;
    zone_local(zone, clock_read(&seams->clock).utc_ms, &today);
    span->from = today.day;
    if (text_to_minute(options->at, &span->member.minute) != ST_OK)
        return complain("--at", options->at, "is no time of day: write it like 21:00");
    if (options->from != NULL && day_parse(options->from, &span->from) != ST_OK)
        return complain("--from", options->from, "is no date: write it like 2027-03-28");
    if (options->days != NULL && text_to_int(options->days, 1, DAYS_MAX, &days) != ST_OK)
        return complain("--days", options->days, "is no number of days from 1 to 36600");
    if (options->weekdays != NULL &&
        config_days_read_set(options->weekdays, &span->member.weekdays) != ST_OK)
        return complain("--weekdays", options->weekdays,
                        "names no days: write mon,wed or mon-fri");
    span->end = span->from + (int32_t)days;
    return true;
}

static int print_span(const struct zone *zone, struct span *span)
{
    static const struct settings no_settings; /* no quiet hours, no grace */
    struct member *member = &span->member;
    int64_t now_ms = zone_instant(zone, span->from, 0) - DAY_MS;
    for (int32_t day = span->from - 1; day < span->end;) {
        char date[11], instant[21];
        int32_t asked = 0;
        int64_t due = checkin_next_due(&no_settings, member, day, now_ms);
        if (due == INT64_MAX ||
            !schedule_find_day(&no_settings, zone, member->minute, due, &asked))
            break;
        if (asked >= span->end)
            break;
        day_format(asked, date);
        utc_format(due, instant);
        printf("%s\t%s\n", date, instant);
        day = asked;
        now_ms = due;
    }
    return ferror(stdout) ? EXIT_FAILED : EXIT_FINE;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct span span = {0};
    struct zone *zone = NULL;
    int code = EXIT_USAGE;
    if (!read_options(argc, argv, &options))
        return cmd_usage(&subcommand_when);
    if (zone_open(options.zone, &zone) != ST_OK)
        complain("--zone", options.zone,
                 "is no time zone: write its name like Europe/London");
    else if (read_span(seams, &options, zone, &span))
        code = print_span(zone, &span);
    zone_close(zone);
    return code;
}

const struct subcommand subcommand_when = {
    .name = "when",
    .usage = "when --zone ZONE --at HH:MM [--from YYYY-MM-DD] [--days N] [--weekdays "
             "mon,tue]",
    .summary = "when a member in a time zone would be asked",
    .help =
        "A line for each day: the local date, a tab, the instant in UTC. Begins today\n"
        "and goes on for 14 days unless told otherwise. A minute that the clocks skip\n"
        "is asked at the first one after it, one that comes twice the first time.\n"
        "Quiet hours are left aside.\n",
    .run = run,
};
