/* view.c - texts and files made in memory when they are sent: see view.h. Reads only. */
#include "commands/view.h"

#include "bot/base/limits.h"
#include "bot/base/mem.h"
#include "commands/dates.h"
#include "commands/diary.h"
#include "commands/diary_plot.h"
#include "commands/my_data.h"
#include "store/member.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MAX (4 * 1024 * 1024)
#define DEFAULT_ZONE "UTC"

void view_request(struct turn *turn, enum effect_kind kind, const char *name)
{
    const struct request *request = turn->request;
    struct effect *effect = effects_add(turn->effects, kind);
    effect->lifetime = LIFE_ALWAYS;
    effect->user_id = mem_dup(request->sender);
    effect->show = mem_dup(name);
    if (request->event_id[0] != '\0')
        effect->answers = mem_dup(request->event_id);
    if (request->room_id[0] != '\0')
        effect->room_id = mem_dup(request->room_id);
}

/* --- the diary --------------------------------------------------------------- */

enum diary_form { FORM_TEXT, FORM_CHART, FORM_CSV };

static bool read_name(const char *name, enum diary_form *ret_form,
                      enum diary_span *ret_span)
{
    static const char *const forms[] = {"diary ", "chart ", "csv "};
    for (int form = 0; form < 3; form++) {
        if (!text_starts(name, forms[form]))
            continue;
        for (int span = 0; span < DIARY_SPAN_COUNT; span++) {
            if (strcmp(name + strlen(forms[form]), diary_span_names[span]) != 0)
                continue;
            *ret_form = (enum diary_form)form;
            *ret_span = (enum diary_span)span;
            return true;
        }
    }
    return false;
}

/* The zone of the person's first check-in, else the first group's. */
static enum status open_zone(const struct settings *settings,
                             const struct member_list *rows, struct zone **ret_zone)
{
    enum status status = ST_NOT_FOUND;
    if (rows->count > 0)
        status = zone_open(rows->items[0].zone, ret_zone);
    if (status != ST_OK && settings->group_count > 0)
        status = zone_open(settings->groups[0].zone, ret_zone);
    return status == ST_OK ? ST_OK : zone_open(DEFAULT_ZONE, ret_zone);
}

enum status view_history(struct turn *turn, const char *name, const char *user_id,
                         int64_t asked_utc_ms, int64_t *ret_since_utc_ms)
{
    enum diary_form form;
    enum diary_span span;
    struct member_list rows = {0};
    struct zone *zone = NULL;
    struct local_time local;
    if (!read_name(name, &form, &span))
        return ST_NOT_FOUND;
    enum status status = member_of_user(turn->store, user_id, &rows);
    if (status == ST_OK)
        status = open_zone(turn->settings, &rows, &zone);
    if (status == ST_OK) {
        zone_local(zone, asked_utc_ms, &local);
        /* A day more: who travels is asked for a day that began elsewhere. */
        *ret_since_utc_ms = zone_instant(zone, diary_first_day(span, local.day) - 1, 0);
    }
    zone_close(zone);
    member_list_clear(&rows);
    return status;
}

static bool has_tidy(const struct member_list *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].is_tidy)
            return true;
    }
    return false;
}

static char *say_days(const struct settings *settings, enum text_id id,
                      const struct diary *diary)
{
    char *from = date_words_year(settings, diary->from);
    char *until = date_words_year(settings, diary->until);
    char *text = say(settings, id, "from", from, "until", until, NULL);
    free(from);
    free(until);
    return text;
}

/* "hearth-diary-2027-03-01-to-2027-03-07.csv" */
static char *name_file(const struct diary *diary, const char *ending)
{
    struct buf name;
    char from[11], until[11];
    day_format(diary->from, from);
    day_format(diary->until, until);
    buf_init(&name, 200);
    buf_addf(&name, "hearth-diary-%s-to-%s.%s", from, until, ending);
    return buf_take(&name);
}

static enum status render_chart(const struct settings *settings,
                                const struct diary *diary, enum diary_span span,
                                struct view *view)
{
    struct diary_plot plot;
    struct buf text;
    if (!diary_plot_make(settings, diary, span, &plot))
        return ST_NOT_FOUND;
    int width = CHART_WIDTH, height = chart_height(plot.chart.series_count);
    enum status status = chart_draw(&plot.chart, width, height, &view->bytes);
    if (status == ST_OK)
        status = chart_draw(&plot.chart, width / 2, height / 2, &view->thumbnail);
    if (status == ST_OK) {
        buf_init(&text, MESSAGE_TEXT_MAX);
        diary_plot_describe(settings, diary, &plot, &text);
        view->text = buf_take(&text);
        view->file_name = name_file(diary, "png");
        view->mimetype = "image/png";
        view->is_image = true;
        view->width = width;
        view->height = height;
        view->thumbnail_width = width / 2;
        view->thumbnail_height = height / 2;
    }
    diary_plot_clear(&plot);
    return status;
}

static void render_csv(const struct settings *settings, const struct diary *diary,
                       struct view *view)
{
    buf_init(&view->bytes, FILE_MAX);
    diary_write_csv(settings, diary, &view->bytes);
    view->text = say_days(settings, TEXT_CSV_TEXT, diary);
    view->file_name = name_file(diary, "csv");
    view->mimetype = "text/csv";
}

static void render_text(const struct settings *settings, const struct diary *diary,
                        enum diary_span span, bool is_cut, struct view *view)
{
    struct buf text;
    buf_init(&text, MESSAGE_TEXT_MAX);
    diary_write_text(settings, diary, span, &text);
    if (is_cut) {
        char *note = say(settings, TEXT_DIARY_CUT, NULL);
        buf_addf(&text, "\n\n%s", note);
        free(note);
    }
    view->text = buf_take(&text);
    buf_clear(&text);
}

static enum status render_diary(struct turn *turn, const struct view_request *request,
                                const struct member_list *rows, struct view *view)
{
    const struct settings *settings = turn->settings;
    enum diary_form form = FORM_TEXT;
    enum diary_span span = DIARY_WEEK;
    struct zone *zone = NULL;
    struct local_time local;
    struct diary diary;
    if (!read_name(request->name, &form, &span))
        return ST_NOT_FOUND;
    enum status status = open_zone(settings, rows, &zone);
    if (status != ST_OK)
        return status;
    zone_local(zone, request->asked_utc_ms, &local);
    struct diary_source source = {.settings = settings,
                                  .events = request->history,
                                  .user_id = request->user_id,
                                  .bot_user_id = request->bot_user_id,
                                  .rows = rows,
                                  .zone = zone};
    diary_read(&source, diary_first_day(span, local.day), local.day, &diary);
    if (diary_is_empty(&diary))
        view->text = has_tidy(rows) ? say(settings, TEXT_DIARY_TIDY, NULL)
                                    : say_days(settings, TEXT_DIARY_NONE, &diary);
    else if (form == FORM_CHART)
        status = render_chart(settings, &diary, span, view);
    else if (form == FORM_CSV)
        render_csv(settings, &diary, view);
    else
        render_text(settings, &diary, span, request->is_cut, view);
    diary_clear(&diary);
    zone_close(zone);
    return status;
}

/* --- what is held -------------------------------------------------------------- */

static enum status render_my_data(struct turn *turn, const char *user_id, bool is_file,
                                  struct view *view)
{
    struct my_data data;
    struct buf text;
    enum status status = my_data_collect(turn, user_id, &data);
    if (status == ST_OK && is_file) {
        buf_init(&view->bytes, FILE_MAX);
        my_data_write_json(turn->settings, &data, &view->bytes);
        view->text = say(turn->settings, TEXT_MY_DATA_FILE_TEXT, NULL);
        view->file_name = mem_dup("hearth-my-data.json");
        view->mimetype = "application/json";
    } else if (status == ST_OK) {
        buf_init(&text, MESSAGE_TEXT_MAX);
        my_data_write_text(turn->settings, &data, &text);
        view->text = buf_take(&text);
    }
    my_data_clear(&data);
    return status;
}

enum status view_render(struct turn *turn, const struct view_request *request,
                        struct view *ret_view)
{
    struct view view = {0};
    struct member_list rows = {0};
    enum status status = ST_OK;
    bool is_file = strcmp(request->name, "my-data-file") == 0;
    if (is_file || strcmp(request->name, "my-data") == 0) {
        status = render_my_data(turn, request->user_id, is_file, &view);
    } else if (request->history != NULL) {
        status = member_of_user(turn->store, request->user_id, &rows);
        if (status == ST_OK)
            status = render_diary(turn, request, &rows, &view);
        member_list_clear(&rows);
    } else {
        status = ST_NOT_FOUND;
    }
    if (status == ST_OK)
        *ret_view = view;
    else
        view_clear(&view);
    return status;
}

void view_clear(struct view *view)
{
    if (view->text != NULL)
        explicit_bzero(view->text, strlen(view->text));
    free(view->text);
    free(view->file_name);
    buf_wipe(&view->bytes);
    buf_wipe(&view->thumbnail);
    memset(view, 0, sizeof *view);
}
