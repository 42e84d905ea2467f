/* schema.h - the tables, as numbered migrations. */
#ifndef HEARTH_STORE_SCHEMA_H
#define HEARTH_STORE_SCHEMA_H

#include "store/internal.h"

#define SCHEMA_VERSION 2
#define SCHEMA_APPLICATION_ID 0x48727468 /* "Hrth" */

/* Bring the database from `version` to SCHEMA_VERSION, each step in one
 * transaction of its own. */
enum status schema_migrate(struct store *store, int version) MUST_CHECK;

#endif
