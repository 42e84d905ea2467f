/* cmd_when.c - `hearth when`: when a member would be asked.
 *
 * It asks the bot's own scheduler, one local day after the other. Quiet hours are
 * those of the config it is given; without one there are none, so that what it
 * prints is the plain rule of local time.
 */
#include "bot/cmd.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/config_days.h"
#include "commands/checkin.h"
#include "commands/schedule.h"
#include "commands/zone_guess.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_DEFAULT 14
#define DAYS_MAX 36600 /* a hundred years */
#define EVERY_DAY 127

struct options {
    const char *config, *zone, *at, *from, *days, *weekdays;
};

struct wish {
    int minute, weekdays;
    int32_t first, end; /* local days; `end` is the first that is left out */
};

static bool read_options(int argc, char **argv, struct options *options)
{
    const struct {
        const char *name;
        const char **value;
    } known[] = {{"-c", &options->config},   {"--zone", &options->zone},
                 {"--at", &options->at},     {"--from", &options->from},
                 {"--days", &options->days}, {"--weekdays", &options->weekdays}};
    for (int i = 1; i < argc; i += 2) {
        size_t k = 0;
        while (k < sizeof known / sizeof known[0] && strcmp(known[k].name, argv[i]) != 0)
            k++;
        if (k == sizeof known / sizeof known[0] || i + 1 == argc)
            return false;
        *known[k].value = argv[i + 1];
    }
    return options->zone != NULL && options->at != NULL;
}

static void complain_zone(const struct seams *seams, const char *name)
{
    struct strv zones = {0};
    fprintf(stderr, "hearth: there is no time zone \"%s\"", name);
    if (zone_guess(name, clock_read(&seams->clock).utc_ms, &zones) == ST_OK) {
        for (size_t i = 0; i < zones.count; i++)
            fprintf(stderr, "%s%s", i == 0 ? ": did you mean " : ", ", zones.items[i]);
        fputs("?\n", stderr);
    } else {
        fputs(": name one like Europe/London\n", stderr);
    }
    strv_clear(&zones);
}

static bool read_wish(const struct seams *seams, const struct options *options,
                      const struct zone *zone, struct wish *wish)
{
    struct local_time today;
    int64_t days = DAYS_DEFAULT;
    const char *problem = NULL;
    zone_local(zone, clock_read(&seams->clock).utc_ms, &today);
    wish->first = today.day;
    wish->weekdays = EVERY_DAY;
    if (text_to_minute(options->at, &wish->minute) != ST_OK)
        problem = "--at takes a time of day from 00:00 to 23:59, like 21:00";
    else if (options->from != NULL && day_parse(options->from, &wish->first) != ST_OK)
        problem = "--from takes a date like 2027-03-28";
    else if (options->days != NULL &&
             text_to_int(options->days, 1, DAYS_MAX, &days) != ST_OK)
        problem = "--days takes a number from 1 to 36600";
    else if (options->weekdays != NULL &&
             config_days_read_set(options->weekdays, &wish->weekdays) != ST_OK)
        problem = "--weekdays takes days, like mon,tue or mon-fri";
    if (problem != NULL)
        fprintf(stderr, "hearth: %s\n", problem);
    wish->end = wish->first + (int32_t)days;
    return problem == NULL;
}

static void print_line(int32_t day, int64_t utc_ms)
{
    char date[11], instant[21];
    day_format(day, date);
    utc_format(utc_ms, instant);
    printf("%s\t%s\n", date, instant);
}

static void print_prompts(const struct settings *settings, const char *zone_name,
                          const struct zone *zone, const struct wish *wish)
{
    struct member member = {
        .zone = (char *)zone_name, .minute = wish->minute, .weekdays = wish->weekdays};
    int32_t day = wish->first - 1;
    int64_t now = zone_instant(zone, wish->first, 0);
    for (;;) {
        int64_t due = checkin_next_due(settings, &member, day, now);
        if (due == INT64_MAX ||
            !schedule_find_day(settings, zone, wish->minute, due, &day) ||
            day >= wish->end)
            return;
        print_line(day, due);
        member.last_prompt_day = day;
        now = due;
    }
}

static int run(const struct seams *seams, int argc, char **argv)
{
    struct options options = {0};
    struct settings none = {0}, *config = NULL;
    struct zone *zone = NULL;
    struct wish wish = {0};
    int code = EXIT_USAGE;
    if (!read_options(argc, argv, &options))
        return cmd_usage(&subcommand_when);
    if (zone_open(options.zone, &zone) != ST_OK) {
        complain_zone(seams, options.zone);
        goto out;
    }
    if (!read_wish(seams, &options, zone, &wish) ||
        (options.config != NULL &&
         cmd_load_config(seams, options.config, CONFIG_COMMUNITY, &config) != EXIT_FINE))
        goto out;
    print_prompts(config ? config : &none, options.zone, zone, &wish);
    code = ferror(stdout) ? EXIT_FAILED : EXIT_FINE;
out:
    zone_close(zone);
    config_free(config);
    return code;
}

const struct subcommand subcommand_when = {
    .name = "when",
    .usage = "when --zone ZONE --at HH:MM [--from DATE] [--days N] [--weekdays mon,tue] "
             "[-c FILE]",
    .summary = "when a member would be asked",
    .help =
        "A line for each day on which a member with that time zone and hour is asked:\n"
        "local date, tab, instant: 2027-03-28, 2027-03-28T01:00:00Z. --from is a local\n"
        "date (default: today in that zone), --days counts calendar days from it on\n"
        "(1 to 36600, default 14). A minute that the clock skips is asked at the first "
        "one\n"
        "after the gap, an hour that comes twice at its first, a date that the zone\n"
        "leaves out not at all. Quiet hours are those of the config; without -c there\n"
        "are none.\n",
    .run = run,
};
