/* frame.c - any bytes as a stream frame, and as a stored outbox payload.
 *
 * A payload that decodes must encode to something that decodes to the same
 * bytes: a frozen request never changes.
 */
#include "bot/matrix/message.h"
#include "bot/matrix/parse.h"

#include "bot/base/limits.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_payload(const char *bytes, size_t size)
{
    struct payload payload, again;
    struct buf first, second;

    if (payload_decode(bytes, size, &payload) != ST_OK)
        return;
    buf_init(&first, UPDATE_MAX);
    buf_init(&second, UPDATE_MAX);
    payload_encode(&payload, &first);
    if (payload_decode(first.data, first.len, &again) != ST_OK)
        abort();
    payload_encode(&again, &second);
    if (strcmp(first.data, second.data) != 0)
        abort();
    if (payload_freeze(&payload, "txn", "instance") == ST_OK && (!payload.path))
        abort();
    payload_clear(&payload);
    payload_clear(&again);
    buf_clear(&first);
    buf_clear(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct frame_head head;
    if (parse_frame_head((const char *)data, size, &head) == ST_OK) {
        if ((head.kind == FRAME_UPDATE) != (head.id == NULL))
            abort();
        frame_head_clear(&head);
    }
    check_payload((const char *)data, size);
    return 0;
}
