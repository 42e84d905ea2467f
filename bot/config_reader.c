/* config_reader.c - entries to settings, by the table.
 *
 * One pass over a file's entries: a section's opening entry chooses the struct
 * that its keys go to, then each key is looked up and read. A section that
 * cannot be used is reported once and its keys are passed over. Places are
 * kept in a hash table, so that the whole is linear in the files' size.
 */
#include "bot/config_reader.h"

#include "bot/base/mem.h"
#include "bot/config_value.h"

#include <stdlib.h>
#include <string.h>

/* The section that is open while entries are walked. */
struct cursor {
    struct config_reader *reader;
    const struct config_source *source;
    enum config_section_id section;
    bool is_skipped;
    void *base; /* the struct its keys go to */
};

void config_reader_init(struct config_reader *reader, enum config_scope scope,
                        int32_t today, struct settings *settings,
                        struct config_problems *problems)
{
    *reader = (struct config_reader){
        .scope = scope, .today = today, .settings = settings, .problems = problems};
    reader->places = g_hash_table_new_full(g_str_hash, g_str_equal, free, free);
}

void config_reader_clear(struct config_reader *reader)
{
    g_hash_table_destroy(reader->places);
    for (size_t i = 0; i < reader->source_count; i++) {
        free(reader->sources[i].file);
        free(reader->sources[i].dir);
        ini_wipe(&reader->sources[i].ini); /* the file may hold the token */
    }
}

static char *place_name(const char *section, const char *name, const char *key)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    buf_addf(&out, "%s\n%s\n%s", section, name, key);
    return buf_take(&out);
}

const struct config_place *config_reader_find(const struct config_reader *reader,
                                              enum config_section_id section,
                                              const char *name, const char *key)
{
    char *at = place_name(config_sections[section].name, name, key);
    const struct config_place *place = g_hash_table_lookup(reader->places, at);
    free(at);
    return place;
}

/* Keep the place unless there is one; that one, or NULL. */
static const struct config_place *keep_place(struct cursor *cursor,
                                             const struct ini_entry *entry)
{
    char *at = place_name(entry->section, entry->name, entry->key);
    const struct config_place *first = g_hash_table_lookup(cursor->reader->places, at);
    if (first != NULL) {
        free(at);
        return first;
    }
    struct config_place *place = mem_alloc(sizeof *place);
    *place = (struct config_place){cursor->source, entry};
    g_hash_table_insert(cursor->reader->places, at, place);
    return NULL;
}

enum config_section_id config_section_find(const char *name)
{
    int at = 0;
    while (at < SECTION_COUNT && !text_equal(config_sections[at].name, name))
        at++;
    return (enum config_section_id)at;
}

void config_report_at(struct config_reader *reader, enum severity severity,
                      const struct config_place *place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    config_problem_add_list(reader->problems, place->source->file, place->entry->line,
                            place->entry->column, severity, format, args);
    va_end(args);
}

void config_report(struct config_reader *reader, enum severity severity,
                   enum config_section_id section, const char *name, const char *key,
                   const char *format, ...)
{
    const struct config_place *place = config_reader_find(reader, section, name, key);
    va_list args;
    va_start(args, format);
    if (place == NULL)
        place = config_reader_find(reader, section, name, "");
    config_problem_add_list(reader->problems,
                            place ? place->source->file : reader->sources[0].file,
                            place ? place->entry->line : 0,
                            place ? place->entry->column : 0, severity, format, args);
    va_end(args);
}

static void report_entry(struct cursor *cursor, const struct ini_entry *entry,
                         const char *message)
{
    config_report_at(cursor->reader, IS_ERROR,
                     &(struct config_place){cursor->source, entry}, "%s", message);
}

/* One more zeroed element at the end of an array. */
static void *grow(void *array, size_t *count, size_t size)
{
    char *grown = array;
    if ((*count & (*count - 1)) == 0) /* 0 or a power of two: full */
        grown = mem_resize(array, *count ? *count * 2 : 1, size);
    memset(grown + *count * size, 0, size);
    ++*count;
    return grown;
}

#define LAST(array, count) (&(array)[(count)-1])

/* The struct a section's keys go to; a named section gets a new one. */
static void *open_struct(struct settings *settings, enum config_section_id section,
                         const struct ini_entry *entry)
{
    switch (section) {
    case SECTION_MATRIX:
        return &settings->matrix;
    case SECTION_HEARTH:
        return &settings->hearth;
    case SECTION_PRIVACY:
        return &settings->privacy;
    case SECTION_SAFETY:
        return &settings->safety;
    case SECTION_VETOES:
        return &settings->vetoes;
    case SECTION_GROUP:
        settings->groups =
            grow(settings->groups, &settings->group_count, sizeof *settings->groups);
        LAST(settings->groups, settings->group_count)->name = mem_dup(entry->name);
        return LAST(settings->groups, settings->group_count);
    case SECTION_CHECKIN:
        settings->checkins = grow(settings->checkins, &settings->checkin_count,
                                  sizeof *settings->checkins);
        LAST(settings->checkins, settings->checkin_count)->name = mem_dup(entry->name);
        return LAST(settings->checkins, settings->checkin_count);
    case SECTION_ITEM:
        settings->items =
            grow(settings->items, &settings->item_count, sizeof *settings->items);
        LAST(settings->items, settings->item_count)->name = mem_dup(entry->name);
        return LAST(settings->items, settings->item_count);
    case SECTION_FAQ:
        settings->faqs =
            grow(settings->faqs, &settings->faq_count, sizeof *settings->faqs);
        LAST(settings->faqs, settings->faq_count)->id = mem_dup(entry->name);
        LAST(settings->faqs, settings->faq_count)->line = entry->line;
        return LAST(settings->faqs, settings->faq_count);
    case SECTION_TEXTS:
    case SECTION_SYNONYMS:
    case SECTION_COUNT:
        break;
    }
    return NULL;
}

static void describe_section(const struct ini_entry *entry, struct buf *out)
{
    const char *names[SECTION_COUNT];
    for (int i = 0; i < SECTION_COUNT; i++)
        names[i] = config_sections[i].name;
    const char *near = text_nearest(entry->section, names, SECTION_COUNT);
    buf_addf(out, "there is no section [%s]", entry->section);
    if (near)
        buf_addf(out, ": did you mean [%s]?", near);
    else
        buf_add_text(out, ": see config.example.ini for all there are");
}

/* Why the section that opens here cannot be used; nothing when it can. */
static void check_section(struct cursor *cursor, const struct ini_entry *entry,
                          struct buf *out)
{
    const char *kind = entry->section;
    if (cursor->section == SECTION_COUNT) {
        describe_section(entry, out);
        return;
    }
    const struct config_section *section = &config_sections[cursor->section];
    if (cursor->source->is_community && !section->is_community)
        buf_addf(out, "[%s] does not belong in the community file: move it to %s", kind,
                 cursor->reader->sources[0].file);
    else if (section->is_named && entry->name[0] == '\0')
        buf_addf(out, "[%s] needs a name behind it, as in [%s example]", kind, kind);
    else if (!section->is_named && entry->name[0] != '\0')
        buf_addf(out, "[%s] takes no name: write [%s]", kind, kind);
    else if (section->is_named && !config_value_is_name(entry->name))
        buf_addf(out,
                 "\"%s\" cannot be a name here: use small letters, digits, - and _, at "
                 "most %d",
                 entry->name, CONFIG_NAME_MAX);
}

static void read_section(struct cursor *cursor, const struct ini_entry *entry)
{
    struct buf why;
    buf_init(&why, 2048);
    cursor->section = config_section_find(entry->section);
    check_section(cursor, entry, &why);
    cursor->is_skipped = why.len > 0;
    if (cursor->is_skipped)
        report_entry(cursor, entry, why.data);
    buf_clear(&why);
    if (cursor->is_skipped)
        return;
    const struct config_place *first = keep_place(cursor, entry);
    if (first != NULL && config_sections[cursor->section].is_named) {
        config_report_at(
            cursor->reader, IS_ERROR, &(struct config_place){cursor->source, entry},
            "[%s %s] is there already, at %s:%d: rename one or join them", entry->section,
            entry->name, first->source->file, first->entry->line);
        cursor->is_skipped = true;
        return;
    }
    cursor->base = open_struct(cursor->reader->settings, cursor->section, entry);
}

/* "did you mean", from the section's own keys, else where the key does belong. */
static void describe_key(enum config_section_id section, const char *key, struct buf *out)
{
    const char **names = mem_resize(NULL, config_key_count, sizeof *names);
    const struct config_key *elsewhere = NULL;
    size_t count = 0;
    for (size_t i = 0; i < config_key_count; i++) {
        if (config_keys[i].section == section)
            names[count++] = config_keys[i].key;
        else if (text_equal(config_keys[i].key, key))
            elsewhere = &config_keys[i];
    }
    const char *near = text_nearest(key, names, count);
    buf_addf(out, "[%s] has no key \"%s\"", config_sections[section].name, key);
    if (near)
        buf_addf(out, ": did you mean \"%s\"?", near);
    else if (elsewhere)
        buf_addf(out, ": it belongs in [%s]", config_sections[elsewhere->section].name);
    else
        buf_add_text(out, ": see config.example.ini for all there are");
    free(names);
}

static void describe_text_key(const char *key, struct buf *out)
{
    const char *names[TEXT_COUNT + 1];
    for (int i = 0; i < (int)TEXT_COUNT; i++)
        names[i] = text_key((enum text_id)i);
    const char *near = text_nearest(key, names, TEXT_COUNT);
    buf_addf(out, "there is no text \"%s\"", key);
    if (near)
        buf_addf(out, ": did you mean \"%s\"?", near);
}

static void read_text(struct cursor *cursor, const struct ini_entry *entry)
{
    struct buf why;
    char *message = NULL;
    int id = 0;
    buf_init(&why, 2048);
    while (id < (int)TEXT_COUNT && !text_equal(text_key((enum text_id)id), entry->key))
        id++;
    if (id == (int)TEXT_COUNT)
        describe_text_key(entry->key, &why);
    else if (entry->value[0] == '\0')
        buf_add_text(&why, "a text cannot be blank: take the line out to keep ours");
    else if (strlen(entry->value) > MESSAGE_TEXT_MAX / 4)
        buf_addf(&why, "this text is too long: at most %d bytes", MESSAGE_TEXT_MAX / 4);
    else if (text_check((enum text_id)id, entry->value, &message))
        buf_add_text(&why, message);
    else
        cursor->reader->settings->texts[id] = mem_dup(entry->value);
    if (why.len > 0)
        report_entry(cursor, entry, why.data);
    free(message);
    buf_clear(&why);
}

static void read_same(struct cursor *cursor, const struct ini_entry *entry)
{
    struct settings *settings = cursor->reader->settings;
    struct strv words;
    config_value_split(entry->value, &words);
    if (words.count < 2) {
        report_entry(cursor, entry,
                     "synonyms need two words at least: separate them by commas");
        strv_clear(&words);
        return;
    }
    settings->synonyms =
        grow(settings->synonyms, &settings->synonym_count, sizeof *settings->synonyms);
    LAST(settings->synonyms, settings->synonym_count)->words = words;
}

static void *field_of(void *base, const struct config_key *key)
{
    return (char *)base + key->offset;
}

/* Nothing when the key has no default. */
static void use_default(struct config_reader *reader, const struct config_key *key,
                        void *field)
{
    struct buf why;
    if (key->fallback == NULL)
        return;
    buf_init(&why, 2048);
    if (config_value_read(key, reader->sources[0].dir, key->fallback, field, &why))
        config_problem_add(reader->problems, reader->sources[0].file, 0, 0, IS_ERROR,
                           "the default of %s is wrong: %s", key->key, why.data);
    buf_clear(&why);
}

static void read_value(struct cursor *cursor, const struct config_key *key,
                       const struct ini_entry *entry)
{
    struct buf why;
    char *form = config_key_form(key);
    buf_init(&why, 2048);
    enum status status = config_value_read(key, cursor->source->dir, entry->value,
                                           field_of(cursor->base, key), &why);
    if (status) {
        bool is_refused = key->reason != NULL && (status == ST_RANGE || key->choices);
        buf_addf(&why, ": %s takes %s", key->key, form);
        if (is_refused)
            buf_addf(&why, " (%s)", key->reason);
        report_entry(cursor, entry, why.data);
        /* So that no later check stumbles over what is wrong already. */
        use_default(cursor->reader, key, field_of(cursor->base, key));
    }
    buf_clear(&why);
    free(form);
}

static bool may_repeat(const struct config_key *key)
{
    return key->type == CONFIG_PHRASES || key->type == CONFIG_WORDS ||
           key->type == CONFIG_SAME;
}

static void read_key(struct cursor *cursor, const struct ini_entry *entry)
{
    const struct config_key *key = config_key_find(cursor->section, entry->key);
    if (key == NULL && cursor->section != SECTION_TEXTS) {
        struct buf why;
        buf_init(&why, 2048);
        describe_key(cursor->section, entry->key, &why);
        report_entry(cursor, entry, why.data);
        buf_clear(&why);
        return;
    }
    const struct config_place *first = keep_place(cursor, entry);
    if (first != NULL && (key == NULL || !may_repeat(key))) {
        config_report_at(cursor->reader, IS_ERROR,
                         &(struct config_place){cursor->source, entry},
                         "%s is given twice, first at %s:%d: keep one", entry->key,
                         first->source->file, first->entry->line);
        return;
    }
    if (key == NULL)
        read_text(cursor, entry);
    else if (key->type == CONFIG_SAME)
        read_same(cursor, entry);
    else if (key->type != CONFIG_LATER && entry->value[0] != '\0')
        read_value(cursor, key, entry);
}

void config_reader_add(struct config_reader *reader, const char *file, const char *dir,
                       bool is_community, const char *bytes, size_t len)
{
    struct config_source *source = &reader->sources[reader->source_count++];
    struct cursor cursor = {.reader = reader, .source = source, .is_skipped = true};
    source->file = mem_dup(file);
    source->dir = mem_dup(dir);
    source->is_community = is_community;
    ini_parse(bytes, len, &source->ini);
    for (size_t i = 0; i < source->ini.error_count; i++) {
        const struct ini_error *error = &source->ini.errors[i];
        config_problem_add(reader->problems, file, error->line, error->column, IS_ERROR,
                           "%s", error->message);
    }
    for (size_t i = 0; i < source->ini.entry_count; i++) {
        const struct ini_entry *entry = &source->ini.entries[i];
        if (entry->key[0] == '\0')
            read_section(&cursor, entry);
        else if (!cursor.is_skipped)
            read_key(&cursor, entry);
    }
}

static void report_missing(struct config_reader *reader, const struct config_key *key,
                           const char *name, bool is_blank)
{
    char *form = config_key_form(key);
    const struct config_section *section = &config_sections[key->section];
    config_report(reader, IS_ERROR, key->section, name, key->key,
                  "[%s%s%s] %s is %s: write %s (%s)", section->name, *name ? " " : "",
                  name, key->key, is_blank ? "blank" : "missing", form, key->help);
    free(form);
}

/* Was the key given with something behind it, right or wrong? */
static bool is_filled(const struct config_key *key, const struct config_place *place,
                      void *base)
{
    /* Blank here, filled on the next line, perhaps. */
    if (key->type == CONFIG_PHRASES || key->type == CONFIG_WORDS)
        return ((struct strv *)field_of(base, key))->count > 0;
    return place != NULL && place->entry->value[0] != '\0';
}

/* Give the keys that were not set their default, or say that they are needed. */
static void complete(struct config_reader *reader, enum config_section_id section,
                     const char *name, void *base)
{
    for (size_t i = 0; i < config_key_count; i++) {
        const struct config_key *key = &config_keys[i];
        if (key->section != section || key->type == CONFIG_SAME)
            continue;
        const struct config_place *place =
            config_reader_find(reader, section, name, key->key);
        bool is_needed = (key->flags & KEY_REQUIRED) ||
                         (reader->scope == CONFIG_WHOLE && (key->flags & KEY_TO_RUN));
        bool has_default = key->fallback != NULL;
        bool is_given = is_filled(key, place, base);
        if (!is_given && (is_needed || (has_default && place != NULL)))
            report_missing(reader, key, name, place != NULL);
        if (key->type == CONFIG_LATER)
            continue;
        if (!is_given && has_default)
            use_default(reader, key, field_of(base, key));
        else
            config_value_blank(key, field_of(base, key));
    }
}

void config_reader_finish(struct config_reader *reader)
{
    struct settings *settings = reader->settings;
    complete(reader, SECTION_MATRIX, "", &settings->matrix);
    complete(reader, SECTION_HEARTH, "", &settings->hearth);
    complete(reader, SECTION_PRIVACY, "", &settings->privacy);
    complete(reader, SECTION_SAFETY, "", &settings->safety);
    complete(reader, SECTION_VETOES, "", &settings->vetoes);
    for (size_t i = 0; i < settings->group_count; i++)
        complete(reader, SECTION_GROUP, settings->groups[i].name, &settings->groups[i]);
    for (size_t i = 0; i < settings->checkin_count; i++)
        complete(reader, SECTION_CHECKIN, settings->checkins[i].name,
                 &settings->checkins[i]);
    for (size_t i = 0; i < settings->item_count; i++)
        complete(reader, SECTION_ITEM, settings->items[i].name, &settings->items[i]);
    for (size_t i = 0; i < settings->faq_count; i++)
        complete(reader, SECTION_FAQ, settings->faqs[i].id, &settings->faqs[i]);
}
