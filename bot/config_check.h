/* config_check.h - what no single value can get wrong: references, and rules.
 *
 * Each function reports into the reader; all are run, in this order, after
 * config_reader_finish, whatever was found before.
 */
#ifndef HEARTH_BOT_CONFIG_CHECK_H
#define HEARTH_BOT_CONFIG_CHECK_H

#include "bot/config_reader.h"

void config_check_process(struct config_reader *reader);  /* folders, account, safety */
void config_check_groups(struct config_reader *reader);   /* zones, rooms, times */
void config_check_checkins(struct config_reader *reader); /* items; also fills them in */
void config_check_faqs(struct config_reader *reader);     /* questions, related entries */

/* Folders as they are on this machine: modes, and file systems that keep what
 * was deleted. Warnings for `hearth check`; `settings` are whole. */
void config_check_folders(const struct settings *settings, const char *file,
                          struct config_problems *problems);

/* FAQ entries that would be confused with each other, or that nobody can reach: puts
 * every question to the FAQ. Warnings for `hearth check`, at most 21; takes seconds
 * with thousands of entries. Reads `file` and its community file again for the lines. */
void config_check_confusion(const struct settings *settings, const char *file,
                            struct config_problems *problems);

#endif
