/* config_days.c - days of the week as people write them. */
#include "bot/config_days.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"
#include "bot/config_value.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                    "friday", "saturday", "sunday"};

/* Any beginning of a name from three letters on: "mon", "thurs". */
enum status config_days_read_one(const char *text, int *ret_weekday)
{
    char *folded = text_fold(text);
    size_t len = strlen(folded);
    int found = 0;
    for (int i = 0; i < 7 && len >= 3; i++) {
        if (strncmp(names[i], folded, len) == 0)
            found = i + 1;
    }
    free(folded);
    if (found == 0)
        return ST_INVALID;
    *ret_weekday = found;
    return ST_OK;
}

/* Both ends of "mon to fri" or "mon-fri"; one day is its own range. */
static enum status read_range(const char *part, int *ret_first, int *ret_last)
{
    const char *to = strstr(part, " to "), *dash = strchr(part, '-');
    const char *cut = to ? to : dash;
    if (cut == NULL) {
        enum status status = config_days_read_one(part, ret_first);
        if (status == ST_OK)
            *ret_last = *ret_first;
        return status;
    }
    char *first = mem_dup_len(part, (size_t)(cut - part));
    enum status status = config_days_read_one(first, ret_first);
    if (status == ST_OK)
        status = config_days_read_one(cut + (to ? 4 : 1), ret_last);
    free(first);
    return status;
}

static enum status read_part(const char *part, int *bits)
{
    int first, last;
    if (text_equal(part, "every day") || text_equal(part, "daily")) {
        *bits |= 0x7f;
        return ST_OK;
    }
    if (text_equal(part, "weekdays")) {
        *bits |= 0x1f;
        return ST_OK;
    }
    enum status status = read_range(part, &first, &last);
    if (status)
        return status;
    for (int day = first;; day = day % 7 + 1) {
        *bits |= 1 << (day - 1);
        if (day == last)
            return ST_OK;
    }
}

enum status config_days_read_set(const char *text, int *ret_bits)
{
    struct strv parts;
    int bits = 0;
    enum status status = ST_OK;
    config_value_split(text, &parts);
    for (size_t i = 0; i < parts.count && status == ST_OK; i++) {
        char *folded = text_fold(parts.items[i]);
        status = read_part(folded, &bits);
        free(folded);
    }
    if (status == ST_OK && bits == 0)
        status = ST_INVALID;
    if (status == ST_OK)
        *ret_bits = bits;
    strv_clear(&parts);
    return status;
}
