/* config_path.h - paths of a config: where they start, and which lies in which.
 *
 * But for config_path_read only text is looked at: links are not resolved.
 */
#ifndef HEARTH_BOT_CONFIG_PATH_H
#define HEARTH_BOT_CONFIG_PATH_H

#include "bot/base/buf.h"

#include <stdbool.h>

/* The folder of a file: "" when its name has none. The caller's. */
char *config_path_dir(const char *file);
/* `path` as seen from `dir` ("" for here). The caller's. */
char *config_path_from(const char *dir, const char *path);
/* Is `inner` the folder `outer` or anything below it? */
bool config_path_is_inside(const char *inner, const char *outer);

/* file_read, but the file may be a link, as mounted configs and secrets are. */
enum status config_path_read(const char *path, struct buf *ret_content) MUST_CHECK;

#endif
