/* config_secret.h - the access token, from the file, a file or the environment. */
#ifndef HEARTH_BOT_CONFIG_SECRET_H
#define HEARTH_BOT_CONFIG_SECRET_H

#include "bot/config_reader.h"

/* Settings get the token when exactly one source is given; none: it stays NULL
 * (`hearth login` keeps one in key_dir). Fetched in CONFIG_WHOLE only. Messages
 * never hold it. */
void config_secret_read(struct config_reader *reader);

#endif
