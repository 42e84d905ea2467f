/* view.h - texts that show a person their own data: made in memory when they are
 * sent, never stored (EFFECT_SHOW).
 */
#ifndef HEARTH_COMMANDS_VIEW_H
#define HEARTH_COMMANDS_VIEW_H

#include "commands/command.h"

/* The Markdown of view `name` ("my-data") for `user_id`; the caller's string.
 * `turn->request` is NULL. ST_NOT_FOUND: no such view. */
enum status view_render(struct turn *turn, const char *name, const char *user_id,
                        char **ret_text) MUST_CHECK;

#endif
