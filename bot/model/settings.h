/* settings.h - the whole configuration as plain structs, immutable once loaded.
 *
 * bot/config*.c fills it from the INI table and checks every reference, so
 * readers need not. Strings are never NULL unless said. Times of day are minutes
 * 0..1439, durations carry their unit.
 */
#ifndef HEARTH_MODEL_SETTINGS_H
#define HEARTH_MODEL_SETTINGS_H

#include "bot/base/limits.h"
#include "bot/base/text.h"
#include "bot/base/word_list.h"
#include "bot/base/zone.h"
#include "bot/model/texts.h"
#include <stdbool.h>
#include <stdint.h>

enum transport_choice { TRANSPORT_AUTO, TRANSPORT_STREAM, TRANSPORT_SYNC };

struct matrix_settings {
    char *homeserver; /* "https://matrix.example.org", no trailing slash */
    char *user;       /* "@hearth:example.org" */
    char *token;      /* NULL: from key_dir/session */
    char *device_name;
    enum transport_choice transport;
    bool token_in_query; /* an old gateway wants it there */
    bool tls_verify;
    char *ca_file;           /* NULL: the system's */
    struct strv invite_from; /* server names and user ids whose invites are accepted */
    int sync_timeout_s;
    int messages_per_minute; /* what the homeserver lets us send; 0: no limit */
    int message_burst;       /* so many may come at once */
};

struct hearth_settings {
    char *data_dir, *key_dir, *week_key_dir;
    char *community; /* path of the community file, or NULL */
    char *log_level;
    char *prefix;     /* "!" */
    int catch_up_min; /* older questions are not answered; prompts later than this are
                         skipped */
    int spread_min;   /* many prompts due at once leave within it */
    int replies_per_minute;      /* reply budget of a room */
    bool polls;                  /* choices in a DM can be tapped */
    int quiet_from, quiet_until; /* no prompt in between (local); equal: none */
    struct strv dictionary;      /* files with a word a line */
};

struct privacy_settings {
    int min_people;       /* >= 5 */
    int epsilon_permille; /* at most 1000; an upper bound on what the rule chooses */
};

struct safety_settings {
    char *emergency, *helpline,
        *urgent;    /* shown as they are; may be "" only in demo and ask */
    char *reviewed; /* 2026-11-01 or "" */
    struct strv crisis_self, crisis_other, crisis_unclear; /* phrases */
    struct strv idioms; /* cut out before the phrases are looked for */
    struct strv urgent_signs;
};

struct group_settings {
    char *name;
    struct strv rooms;       /* ids or aliases; the first one gets the summary */
    char *moderators_room;   /* id or alias, "" if none */
    char *zone;              /* IANA name */
    struct zone *zone_rules; /* of it */
    int summary_weekday;     /* 1 Monday .. 7 */
    int summary_minute;
    int moderator_power; /* least power level in the group's room */
    int expected_people; /* who may take part; for `hearth check` */
    bool answer_overheard;
    struct strv checkins; /* names; empty: all */
};

struct item_settings {
    char *name;       /* "pain" */
    char *label;      /* "Pain" */
    char *question;   /* "How strong was your pain today?" */
    char *low, *high; /* scale ends in words */
    struct strv also; /* other words for it in answers */
    bool is_optional; /* not asked for when it is left out */
    bool is_trigger;  /* answered by a letter, not by a number */
    char letter;      /* of a trigger, upper case; 0 for a scale item */
};

struct checkin_settings {
    char *name; /* "daily" */
    char *intro, *closing;
    size_t items[ITEMS_MAX]; /* scale items: index into settings.items, in order */
    size_t item_count;
    unsigned optional; /* bits by place of the optional ones among them */
    size_t triggers[TRIGGERS_MAX];
    size_t trigger_count;
    int minute;       /* proposed hour */
    int window_min;   /* how long an answer counts for this prompt */
    int reminder_min; /* after the prompt; 0: none */
    int weekdays;     /* bit 0 Monday .. bit 6 Sunday */
    int version;      /* of the meaning of its items: a hash, positive */
};

struct faq_settings {
    char *id;
    char *question;
    struct strv also;  /* other ways to ask it */
    struct strv words; /* words and short phrases that point to it */
    char *answer;      /* Markdown */
    char *source, *reviewed;
    struct strv related; /* ids */
    int line;
};

struct synonym_settings {
    struct strv words; /* mean the same */
};

struct veto_settings {
    struct strv elsewhere; /* words of questions that are about something else */
};

struct settings {
    struct matrix_settings matrix;
    struct hearth_settings hearth;
    struct privacy_settings privacy;
    struct safety_settings safety;
    struct group_settings *groups;
    size_t group_count;
    struct checkin_settings *checkins;
    size_t checkin_count;
    struct item_settings *items;
    size_t item_count;
    struct faq_settings *faqs;
    size_t faq_count;
    struct synonym_settings *synonyms;
    size_t synonym_count;
    struct veto_settings vetoes;
    char *texts[TEXT_COUNT];      /* NULL: the built-in sentence */
    struct word_list known_words; /* of hearth.dictionary; empty when there is none */
};

void settings_clear(struct settings *settings);
const struct group_settings *settings_group(const struct settings *settings,
                                            const char *name);
const struct checkin_settings *settings_checkin(const struct settings *settings,
                                                const char *name);
/* Index of the entry with this id, or faq_count. */
size_t settings_faq(const struct settings *settings, const char *id);
/* The id most like `id`, for "did you mean", or NULL; borrowed from `settings`. */
const char *settings_nearest_faq(const struct settings *settings, const char *id);
/* Does the group offer this check-in? */
bool group_offers(const struct group_settings *group, const char *checkin);

#endif
