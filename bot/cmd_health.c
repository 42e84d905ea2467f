/* cmd_health.c - `hearth health`: is the bot well? For watchdogs and containers. */
#include "bot/cmd.h"
#include "bot/heartbeat.h"

#include <stdio.h>
#include <stdlib.h>

static int report(const struct heartbeat *beat, int64_t now_utc_ms)
{
    int64_t age_ms = now_utc_ms - beat->updated_utc_ms;
    long long age_s = (long long)(age_ms / 1000);
    if (age_ms >= HEARTBEAT_FRESH_MS) {
        fprintf(
            stderr,
            "not well: the last update was %lld s ago over %s; is Hearth running, and "
            "does the homeserver answer?\n",
            age_s, beat->transport);
        return EXIT_UNHEALTHY;
    }
    if (age_ms <= -HEARTBEAT_FRESH_MS) {
        fprintf(stderr,
                "not well: the last update lies %lld s in the future; was the clock set "
                "back?\n",
                -age_s);
        return EXIT_UNHEALTHY;
    }
    printf("well: the last update was %lld s ago over %s; waiting to be sent: %lld; "
           "version %s\n",
           age_s > 0 ? age_s : 0, beat->transport, (long long)beat->outbox,
           beat->version);
    return EXIT_FINE;
}

static int run(const struct seams *seams, int argc, char **argv)
{
    const char *path = cmd_config_option(argc, argv);
    struct settings *settings;
    struct heartbeat beat;
    if (path == NULL)
        return cmd_usage(&subcommand_health);
    int code = cmd_load_config(seams, path, CONFIG_COMMUNITY, &settings);
    if (code != EXIT_FINE)
        return code;
    enum status status = heartbeat_read(settings->hearth.data_dir, &beat);
    if (status == ST_OK) {
        code = report(&beat, clock_read(&seams->clock).utc_ms);
        heartbeat_clear(&beat);
    } else {
        fprintf(stderr, "not well: no heartbeat in %s (%s); is Hearth running?\n",
                settings->hearth.data_dir, status_text(status));
        code = EXIT_UNHEALTHY;
    }
    config_free(settings);
    return code;
}

const struct subcommand subcommand_health = {
    .name = "health",
    .usage = "health -c FILE",
    .summary = "whether the bot is well: exit 0, else 1 and why",
    .help =
        "Looks at the heartbeat that a running Hearth leaves in data_dir. It is well "
        "when\n"
        "the last update of the homeserver was handled less than three minutes ago.\n",
    .run = run,
};
