/* trend.c - published figures, counters of FAQ entries, the audit. All plain:
 * nothing here is about one person.
 */
#include "store/trend.h"

#include "bot/base/mem.h"
#include "store/statement.h"

#include <stdlib.h>

#define EPSILON_PERMILLE_MAX 1000
#define RANGE_LOW_MIN 5

void trend_list_clear(struct trend_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].group);
        free(list->items[i].item);
    }
    free(list->items);
    *list = (struct trend_list){0};
}

enum status trend_add(struct store *store, const struct trend *trend)
{
    if ((trend->shape != 3 && trend->shape != 9) || !store_week_is_valid(trend->week) ||
        trend->epsilon_permille < 1 || trend->epsilon_permille > EPSILON_PERMILLE_MAX ||
        trend->range_low < RANGE_LOW_MIN)
        return ST_RANGE;
    struct statement statement = statement_begin(
        store,
        "insert into trend (grp, week, item, item_version, shape, epsilon,"
        " range_low, cell0, cell1, cell2, cell3, cell4, cell5, cell6, cell7, cell8)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement_text(&statement, trend->group);
    statement_int(&statement, trend->week);
    statement_text(&statement, trend->item);
    statement_int(&statement, trend->item_version);
    statement_int(&statement, trend->shape);
    statement_int(&statement, trend->epsilon_permille);
    statement_int(&statement, trend->range_low);
    for (int i = 0; i < TREND_CELLS_MAX; i++) {
        if (i < trend->shape)
            statement_int(&statement, trend->cells[i]);
        else
            statement_null(&statement);
    }
    return statement_run(&statement);
}

static struct trend read_row(const struct statement *statement)
{
    struct trend trend = {
        .group = mem_dup(statement_get_text(statement, 0)),
        .week = (int32_t)statement_get_int(statement, 1),
        .item = mem_dup(statement_get_text(statement, 2)),
        .item_version = (int)statement_get_int(statement, 3),
        .shape = (int)statement_get_int(statement, 4),
        .epsilon_permille = (int)statement_get_int(statement, 5),
        .range_low = (int)statement_get_int(statement, 6),
    };
    for (int i = 0; i < TREND_CELLS_MAX; i++)
        trend.cells[i] = statement_get_int(statement, 7 + i); /* null reads as 0 */
    return trend;
}

enum status trend_read(struct store *store, const char *group, int32_t from_week,
                       int32_t to_week, struct trend_list *ret_trends)
{
    struct trend_list list = {0};
    struct statement statement = statement_begin(
        store, "select grp, week, item, item_version, shape, epsilon, range_low, cell0,"
               " cell1, cell2, cell3, cell4, cell5, cell6, cell7, cell8 from trend"
               " where grp = ? and week between ? and ? order by week, id");
    statement_text(&statement, group);
    statement_int(&statement, from_week);
    statement_int(&statement, to_week);
    enum status status;
    while ((status = statement_row(&statement)) == ST_OK) {
        MEM_GROW(list.items, list.count, list.capacity);
        list.items[list.count++] = read_row(&statement);
    }
    statement_end(&statement);
    if (status != ST_NOT_FOUND) {
        trend_list_clear(&list);
        return status;
    }
    *ret_trends = list;
    return ST_OK;
}

enum status faq_count_add(struct store *store, const char *faq_id, int32_t week)
{
    struct statement statement = statement_begin(
        store, "insert into faq_count (faq, week, count) values (?, ?, 1)"
               " on conflict (faq, week) do update set count = count + 1");
    statement_text(&statement, faq_id);
    statement_int(&statement, week);
    return statement_run(&statement);
}

enum status faq_count_read(struct store *store, const char *faq_id, int32_t week,
                           int64_t *ret_count)
{
    int64_t count = 0;
    struct statement statement =
        statement_begin(store, "select count from faq_count where faq = ? and week = ?");
    statement_text(&statement, faq_id);
    statement_int(&statement, week);
    enum status status = statement_one_int(&statement, &count);
    if (status && status != ST_NOT_FOUND)
        return status;
    *ret_count = count;
    return ST_OK;
}

void faq_count_list_clear(struct faq_count_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].faq);
    free(list->items);
    *list = (struct faq_count_list){0};
}

enum status faq_count_top(struct store *store, int32_t week, int max,
                          struct faq_count_list *ret_counts)
{
    struct faq_count_list list = {0};
    struct statement statement = statement_begin(
        store, "select faq, count from faq_count where week = ? and count >= ?"
               " and faq <> ? order by count desc, faq limit ?");
    statement_int(&statement, week);
    statement_int(&statement, FAQ_COUNT_FLOOR);
    statement_text(&statement, FAQ_COUNT_UNKNOWN);
    statement_int(&statement, max);
    enum status status;
    while ((status = statement_row(&statement)) == ST_OK) {
        MEM_GROW(list.items, list.count, list.capacity);
        list.items[list.count++] = (struct faq_count){
            mem_dup(statement_get_text(&statement, 0)), statement_get_int(&statement, 1)};
    }
    statement_end(&statement);
    if (status != ST_NOT_FOUND) {
        faq_count_list_clear(&list);
        return status;
    }
    *ret_counts = list;
    return ST_OK;
}

enum status audit_add(struct store *store, const char *setting, const char *before,
                      const char *after, int64_t now_utc_ms)
{
    struct statement statement = statement_begin(
        store, "insert into audit (setting, before, after, at) values (?, ?, ?, ?)");
    statement_text(&statement, setting);
    statement_text(&statement, before);
    statement_text(&statement, after);
    statement_int(&statement, now_utc_ms);
    return statement_run(&statement);
}
