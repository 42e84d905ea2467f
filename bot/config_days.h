/* config_days.h - days of the week as people write them. */
#ifndef HEARTH_BOT_CONFIG_DAYS_H
#define HEARTH_BOT_CONFIG_DAYS_H

#include "bot/base/status.h"

/* "Monday", "mon": 1 Monday .. 7. */
enum status config_days_read_one(const char *text, int *ret_weekday) MUST_CHECK;

/* "every day", "weekdays", "Mon, Wed", "Friday to Monday, Wed": bit 0 Monday .. 6. */
enum status config_days_read_set(const char *text, int *ret_bits) MUST_CHECK;

#endif
