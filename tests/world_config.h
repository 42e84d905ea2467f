/* world_config.h - the config of the world in memory.
 *
 * Its own homeserver, folders and group, then the example's safety texts (the help
 * lines filled in) and community parts, so that tests run on what is shipped.
 */
#ifndef HEARTH_TESTS_WORLD_CONFIG_H
#define HEARTH_TESTS_WORLD_CONFIG_H

#include "bot/model/settings.h"

/* The text, the caller's. The sections of `extra` (NULL: none) change it key by
 * key. */
char *world_config_compose(const char *folder, const char *extra);

/* The settings, or NULL with `ret_ok` false; `ret_problems` is the caller's. */
struct settings *world_config_load(const char *config, bool *ret_ok, char **ret_problems);

#endif
