/* record.c - tag, length, value. */
#include "store/record.h"

#include "bot/base/mem.h"

#include <stdbool.h>
#include <string.h>

#define HEAD_LEN 5
#define INT_LEN 8

struct field {
    uint8_t tag;
    const char *value;
    size_t len;
};

static void put_little_endian(char *bytes, uint64_t value, int len)
{
    for (int i = 0; i < len; i++)
        bytes[i] = (char)(value >> (8 * i));
}

static uint64_t get_little_endian(const char *bytes, int len)
{
    uint64_t value = 0;
    for (int i = 0; i < len; i++)
        value |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

void record_put_bytes(struct buf *out, uint8_t tag, const void *bytes, size_t len)
{
    char head[HEAD_LEN];
    if (len > UINT32_MAX) {
        out->overflowed = true;
        return;
    }
    head[0] = (char)tag;
    put_little_endian(head + 1, len, HEAD_LEN - 1);
    buf_add(out, head, sizeof head);
    buf_add(out, bytes, len);
}

void record_put_int(struct buf *out, uint8_t tag, int64_t value)
{
    char bytes[INT_LEN];
    put_little_endian(bytes, (uint64_t)value, INT_LEN);
    record_put_bytes(out, tag, bytes, sizeof bytes);
}

void record_put_text(struct buf *out, uint8_t tag, const char *text)
{
    if (text)
        record_put_bytes(out, tag, text, strlen(text));
}

/* The field at `*offset`, which moves behind it; false when none fits there. */
static bool next_field(const struct buf *record, size_t *offset, struct field *ret_field)
{
    size_t left = record->len - *offset;
    if (left < HEAD_LEN)
        return false;
    const char *head = record->data + *offset;
    size_t len = get_little_endian(head + 1, HEAD_LEN - 1);
    if (len > left - HEAD_LEN)
        return false;
    *ret_field =
        (struct field){.tag = (uint8_t)head[0], .value = head + HEAD_LEN, .len = len};
    *offset += HEAD_LEN + len;
    return true;
}

enum status record_check(const struct buf *record)
{
    size_t offset = 0;
    struct field field;
    while (offset < record->len) {
        if (!next_field(record, &offset, &field))
            return ST_CORRUPT;
    }
    return ST_OK;
}

enum status record_open(const unsigned char *key, struct seal_name name,
                        const unsigned char *sealed, size_t sealed_len, size_t block,
                        struct buf *ret_record)
{
    struct buf record;
    enum status status = seal_open_padded(key, name, sealed, sealed_len, block, &record);
    if (status)
        return status;
    status = record_check(&record);
    if (status)
        buf_wipe(&record);
    else
        *ret_record = record;
    return status;
}

const char *record_bytes(const struct buf *record, uint8_t tag, size_t *ret_len)
{
    size_t offset = 0;
    struct field field;
    while (next_field(record, &offset, &field)) {
        if (field.tag == tag) {
            *ret_len = field.len;
            return field.value;
        }
    }
    return NULL;
}

int64_t record_int(const struct buf *record, uint8_t tag, int64_t fallback)
{
    size_t len;
    const char *bytes = record_bytes(record, tag, &len);
    if (bytes == NULL || len != INT_LEN)
        return fallback;
    return (int64_t)get_little_endian(bytes, INT_LEN);
}

char *record_text(const struct buf *record, uint8_t tag)
{
    size_t len;
    const char *bytes = record_bytes(record, tag, &len);
    return bytes ? mem_dup_len(bytes, len) : NULL;
}
