/* settings.c - lifetime of the configuration and look-ups in it.
 *
 * Everything in struct settings is owned by it; names point nowhere else, and
 * items are referred to by index, so that clearing needs no order.
 */
#include "bot/model/settings.h"

#include "bot/base/mem.h"

#include <stdlib.h>
#include <string.h>

static void clear_matrix(struct matrix_settings *matrix)
{
    if (matrix->token)
        explicit_bzero(matrix->token, strlen(matrix->token));
    free(matrix->homeserver);
    free(matrix->user);
    free(matrix->token);
    free(matrix->device_name);
    free(matrix->ca_file);
    strv_clear(&matrix->invite_from);
}

static void clear_hearth(struct hearth_settings *hearth)
{
    free(hearth->data_dir);
    free(hearth->key_dir);
    free(hearth->week_key_dir);
    free(hearth->community);
    free(hearth->log_level);
    free(hearth->prefix);
    strv_clear(&hearth->dictionary);
}

static void clear_safety(struct safety_settings *safety)
{
    free(safety->emergency);
    free(safety->helpline);
    free(safety->urgent);
    free(safety->reviewed);
    strv_clear(&safety->crisis_self);
    strv_clear(&safety->crisis_other);
    strv_clear(&safety->crisis_unclear);
    strv_clear(&safety->idioms);
    strv_clear(&safety->urgent_signs);
}

static void clear_group(struct group_settings *group)
{
    free(group->name);
    strv_clear(&group->rooms);
    free(group->moderators_room);
    free(group->zone);
    zone_close(group->zone_rules);
    strv_clear(&group->checkins);
}

static void clear_item(struct item_settings *item)
{
    free(item->name);
    free(item->label);
    free(item->question);
    free(item->low);
    free(item->high);
    strv_clear(&item->also);
}

static void clear_checkin(struct checkin_settings *checkin)
{
    free(checkin->name);
    free(checkin->intro);
    free(checkin->closing);
}

static void clear_faq(struct faq_settings *faq)
{
    free(faq->id);
    free(faq->question);
    strv_clear(&faq->also);
    strv_clear(&faq->words);
    free(faq->answer);
    free(faq->source);
    free(faq->reviewed);
    strv_clear(&faq->related);
}

void settings_clear(struct settings *settings)
{
    if (settings == NULL)
        return;
    clear_matrix(&settings->matrix);
    word_list_clear(&settings->known_words);
    strv_clear(&settings->vetoes.elsewhere);
    clear_hearth(&settings->hearth);
    clear_safety(&settings->safety);
    for (size_t i = 0; i < settings->group_count; i++)
        clear_group(&settings->groups[i]);
    for (size_t i = 0; i < settings->checkin_count; i++)
        clear_checkin(&settings->checkins[i]);
    for (size_t i = 0; i < settings->item_count; i++)
        clear_item(&settings->items[i]);
    for (size_t i = 0; i < settings->faq_count; i++)
        clear_faq(&settings->faqs[i]);
    for (size_t i = 0; i < settings->synonym_count; i++)
        strv_clear(&settings->synonyms[i].words);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        free(settings->texts[i]);
    free(settings->groups);
    free(settings->checkins);
    free(settings->items);
    free(settings->faqs);
    free(settings->synonyms);
    *settings = (struct settings){0};
}

const struct group_settings *settings_group(const struct settings *settings,
                                            const char *name)
{
    for (size_t i = 0; i < settings->group_count; i++) {
        if (text_equal(settings->groups[i].name, name))
            return &settings->groups[i];
    }
    return NULL;
}

size_t settings_faq(const struct settings *settings, const char *id)
{
    size_t at = 0;
    while (at < settings->faq_count && !text_equal(settings->faqs[at].id, id))
        at++;
    return at;
}

const char *settings_nearest_faq(const struct settings *settings, const char *id)
{
    const char **ids = mem_resize(NULL, settings->faq_count + 1, sizeof *ids);
    for (size_t i = 0; i < settings->faq_count; i++)
        ids[i] = settings->faqs[i].id;
    const char *near = text_nearest(id, ids, settings->faq_count);
    free(ids);
    return near;
}

const struct checkin_settings *settings_checkin(const struct settings *settings,
                                                const char *name)
{
    for (size_t i = 0; i < settings->checkin_count; i++) {
        if (text_equal(settings->checkins[i].name, name))
            return &settings->checkins[i];
    }
    return NULL;
}

bool group_offers(const struct group_settings *group, const char *checkin)
{
    return group->checkins.count == 0 || strv_has(&group->checkins, checkin);
}
