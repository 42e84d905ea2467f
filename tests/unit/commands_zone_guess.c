/* commands_zone_guess.c - plain words for a time zone, and the zones they name. */
#include "bot/base/zone.h"
#include "bot/base/buf.h"
#include "commands/zone_guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Tuesday 2027-03-02 12:00 UTC: winter in the north. */
static int64_t now_ms(void)
{
    return day_from_date(2027, 3, 2) * DAY_MS + DAY_MS / 2;
}

static char *join(const char *words)
{
    struct strv zones = {0};
    struct buf out;
    buf_init(&out, 1000);
    if (zone_guess(words, now_ms(), &zones) != ST_OK)
        buf_add_text(&out, "-");
    for (size_t i = 0; i < zones.count; i++)
        buf_addf(&out, "%s%s", i > 0 ? " " : "", zones.items[i]);
    strv_clear(&zones);
    return buf_take(&out);
}

static const struct {
    const char *words, *zones; /* all of them; "Zone ..." only the first */
} rows[] = {
    {"Europe/London", "Europe/London"},
    {"europe/london", "Europe/London"},
    {"EUROPE/LONDON", "Europe/London"},
    {"America/New York", "America/New_York"},
    {"america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"},
    {"tokyo", "Asia/Tokyo"},
    {"Tokyo.", "Asia/Tokyo"},
    {"New York", "America/New_York"},
    {"buenos aires", "America/Argentina/Buenos_Aires"},
    {"Port-au-Prince", "America/Port-au-Prince"},
    {"Manchester", "Europe/London"},
    {"Munich", "Europe/Berlin"},
    {"München", "Europe/Berlin"},
    {"Osaka", "Asia/Tokyo"},
    {"Seattle", "America/Los_Angeles"},
    {"Mumbai", "Asia/Kolkata"},
    {"Shenzhen", "Asia/Shanghai"},
    {"Rio", "America/Sao_Paulo"},
    {"Rio de Janeiro", "America/Sao_Paulo"},
    {"I live in Glasgow", "Europe/London"},
    {"my time zone is Milan", "Europe/Rome"},
    {"I'm in Cape Town!", "Africa/Johannesburg"},
    {"Portland, Oregon", "America/Los_Angeles"},
    {"texas", "America/Chicago"},
    {"Arizona", "America/Phoenix"},
    {"birmingham", "Europe/London America/Chicago"},
    {"newcastle", "Europe/London Australia/Sydney"},
    {"UK", "Europe/London"},
    {"united kingdom", "Europe/London"},
    {"Germany", "Europe/Berlin"},
    {"Deutschland", "Europe/Berlin"},
    {"Japan", "Asia/Tokyo"},
    {"India", "Asia/Kolkata"},
    {"france", "Europe/Paris"},
    {"Holland", "Europe/Amsterdam"},
    {"south korea", "Asia/Seoul"},
    {"New Zealand", "Pacific/Auckland Pacific/Chatham"},
    {"USA", "America/New_York America/Chicago America/Los_Angeles America/Denver "
            "America/Phoenix America/Anchorage"},
    {"Spain", "Europe/Madrid Atlantic/Canary"},
    {"Brazil", "America/Sao_Paulo ..."},
    {"utc", "UTC"},
    {"UTC+0", "Europe/London ..."},
    {"UTC+2", "Africa/Cairo ..."},
    {"GMT-5", "America/New_York ..."},
    {"gmt -5", "America/New_York ..."},
    {"+05:30", "Asia/Kolkata"},
    {"+0545", "Asia/Kathmandu"},
    {"UTC+5:30", "Asia/Kolkata"},
    {"-12", "Etc/GMT+12"},
    {"UTC+15", "-"},
    {"EST", "America/New_York America/Panama Australia/Sydney"},
    {"et", "America/New_York"},
    {"PST", "America/Los_Angeles Asia/Manila"},
    {"IST", "Asia/Kolkata Europe/Dublin Asia/Jerusalem"},
    {"CET", "Europe/Berlin ..."},
    {"JST", "Asia/Tokyo"},
    {"BST", "Europe/London Asia/Dhaka"},
    {"it is 12:02 here", "Europe/London ..."},
    {"it's 21:00", "Asia/Tokyo"},
    {"my clock says 17:30", "Asia/Kolkata"},
    {"9pm", "Asia/Tokyo"},
    {"9:00 pm", "Asia/Tokyo"},
    {"it is 7:00 am here", "America/New_York ..."},
    {"it is 17:45", "Asia/Kathmandu"},
    {"it is 25:00 here", "-"},
    {"it is 13:37 here", "-"},
    {"Lndon", "Europe/London"},
    {"Manchster", "Europe/London"},
    {"Berln", "Europe/Berlin"},
    {"Austalia", "Australia/Sydney ..."},
    {"germny", "Europe/Berlin"},
    {"Atlantis", "-"},
    {"2", "-"},
    {"14", "-"},
    {"", "-"},
    {" ", "-"},
    {"yes", "-"},
    {"banana", "-"},
    {"../../etc/passwd", "-"},
    {"right/Europe/London", "-"},
};

static void zone_guess__reads__plain_words(void **state)
{
    (void)state;
    int failures = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *found = join(rows[i].words);
        const char *dots = strstr(rows[i].zones, " ...");
        bool is_good = dots != NULL ? strncmp(found, rows[i].zones,
                                              (size_t)(dots - rows[i].zones)) == 0
                                    : strcmp(found, rows[i].zones) == 0;
        if (!is_good)
            print_error("%s: %s\n", rows[i].words, found);
        failures += !is_good;
        free(found);
    }
    assert_int_equal(failures, 0);
}

static void zone_guess__survives__any_bytes(void **state)
{
    char text[300];
    uint64_t seed = 1;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct strv zones = {0};
        size_t len = (size_t)(round % (int)(sizeof text - 1));
        for (size_t i = 0; i < len; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            text[i] = "+-:019 amgtuc/,"[seed >> 60];
            if (round % 2)
                text[i] = (char)(seed >> 56);
        }
        text[len] = '\0';
        if (zone_guess(text, now_ms(), &zones) == ST_OK) {
            assert_in_range(zones.count, 1, ZONE_CHOICES_MAX);
            for (size_t i = 0; i < zones.count; i++)
                assert_true(zone_exists(zones.items[i]));
        }
        strv_clear(&zones);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_guess__reads__plain_words),
        cmocka_unit_test(zone_guess__survives__any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
