/* outbox_seal.h - how an outbox payload lies in its row. */
#ifndef HEARTH_STORE_OUTBOX_SEAL_H
#define HEARTH_STORE_OUTBOX_SEAL_H

#include "store/internal.h"
#include "store/outbox.h"

/* Seal the payload under the current key (keys_outbox_week afterwards). Reads
 * txn_id, queued time and payload. `ret_sealed` is the caller's. */
enum status outbox_seal(struct store *store, const struct outbox_item *item,
                        struct buf *ret_sealed) MUST_CHECK;

/* Set payload and payload_len. A payload that does not open any more is an empty
 * one: the sender gives such a row up, and its lane goes on. */
void outbox_open(struct store *store, int32_t key_week, const unsigned char *sealed,
                 size_t sealed_len, struct outbox_item *item);

/* Destroy the keys that are neither current nor needed by a row; outside a
 * transaction. */
enum status outbox_sweep_keys(struct store *store) MUST_CHECK;

#endif
