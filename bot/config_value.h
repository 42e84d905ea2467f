/* config_value.h - one value of a config: text to a field, by the key's type. */
#ifndef HEARTH_BOT_CONFIG_VALUE_H
#define HEARTH_BOT_CONFIG_VALUE_H

#include "bot/base/buf.h"
#include "bot/base/text.h"
#include "bot/config_table.h"

/* Read `text` (not blank) into `field`, which holds nothing yet, but for lists:
 * those grow. `dir` is where relative paths start, "" for here. ST_INVALID or
 * ST_RANGE, the field untouched: `why` says what is wrong, without a remedy.
 * CONFIG_LATER and CONFIG_SAME are the caller's. */
enum status config_value_read(const struct config_key *key, const char *dir,
                              const char *text, void *field, struct buf *why) MUST_CHECK;

/* Make a text that was not set an empty one; everything else stays as it is. */
void config_value_blank(const struct config_key *key, void *field);

/* Most characters that a value of this key may have. */
size_t config_value_max(const struct config_key *key);

/* Parts between commas and line breaks, trimmed, none empty. `ret_list` is
 * overwritten; the caller clears it. */
void config_value_split(const char *text, struct strv *ret_list);

bool config_value_is_user(const char *text);
bool config_value_is_room(const char *text);
/* A name of a section: small letters, digits, - and _, at most CONFIG_NAME_MAX. */
bool config_value_is_name(const char *text);

#endif
