/* hs_media.c - uploads and downloads, in memory; the oldest go when it is full.
 *
 * As on Synapse: an id can be made first and filled later, once (a second PUT
 * is 409), and a download needs a token.
 */
#include "bot/demo/hs_internal.h"
#include "bot/base/mem.h"
#include <stdlib.h>
#include <string.h>

#define CONTENT_TYPE_MAX 255
#define UNUSED_LIFE_MS (24 * 60 * 60 * (int64_t)1000)

static const struct hs_error too_large = {413, "M_TOO_LARGE",
                                          "Upload request body is too large"};
static const struct hs_error not_found = {404, "M_NOT_FOUND", "Media not found"};
static const struct hs_error not_yet = {504, "M_NOT_YET_UPLOADED",
                                        "Media has not been uploaded yet"};
static const struct hs_error not_yours = {403, "M_FORBIDDEN",
                                          "Only the creator may upload"};
static const struct hs_error twice = {409, "M_CANNOT_OVERWRITE_MEDIA",
                                      "Media ID already has content"};

static void free_media(struct hs *hs, struct hs_media *media)
{
    hs->media_len -= media->len;
    g_hash_table_remove(hs->media_by_id, media->id);
    free(media->id);
    free(media->owner_id);
    free(media->content_type);
    free(media->bytes);
    free(media);
}

void hs_media_clear(struct hs *hs)
{
    struct hs_media *media;
    while ((media = g_queue_pop_head(&hs->media)))
        free_media(hs, media);
}

static void make_room_for(struct hs *hs, size_t len)
{
    while (hs->media.length > 0 && (hs->media.length >= HS_MEDIA_COUNT_MAX ||
                                    hs->media_len + len > HS_MEDIA_TOTAL_MAX))
        free_media(hs, g_queue_pop_head(&hs->media));
}

static struct hs_media *add_media(struct hs_call *call)
{
    char id[25];
    struct hs_media *media = mem_alloc(sizeof *media);
    random_hex(&call->hs->random, 12, id);
    media->id = mem_dup(id);
    media->owner_id = mem_dup(call->user->id);
    media->created_ms = call->now_ms;
    g_queue_push_tail(&call->hs->media, media);
    g_hash_table_insert(call->hs->media_by_id, media->id, media);
    return media;
}

static void fill_media(struct hs_call *call, struct hs_media *media)
{
    const char *type = call->request->content_type;
    bool is_usable =
        type && *type && strlen(type) <= CONTENT_TYPE_MAX && !strpbrk(type, "\r\n");
    media->content_type = mem_dup(is_usable ? type : "application/octet-stream");
    media->bytes = mem_copy(call->request->body, call->request->body_len);
    media->len = call->request->body_len;
    media->is_uploaded = true;
    call->hs->media_len += media->len;
}

static struct json_writer *reply_uri(struct hs_call *call, const struct hs_media *media)
{
    struct json_writer *w = hs_reply_begin(call);
    char *uri =
        g_strconcat("mxc://", call->hs->server_name, "/", media->id, (char *)NULL);
    json_text(w, "content_uri", uri);
    free(uri);
    return w;
}

void hs_media_upload(struct hs_call *call)
{
    if (call->request->body_len > HS_MEDIA_BODY_MAX) {
        hs_fail(call, &too_large);
        return;
    }
    make_room_for(call->hs, call->request->body_len);
    struct hs_media *media = add_media(call);
    fill_media(call, media);
    (void)reply_uri(call, media);
    hs_reply_end(call);
}

void hs_media_create(struct hs_call *call)
{
    make_room_for(call->hs, 0);
    struct hs_media *media = add_media(call);
    struct json_writer *w = reply_uri(call, media);
    json_int(w, "unused_expires_at", call->now_ms + UNUSED_LIFE_MS);
    hs_reply_end(call);
}

static struct hs_media *find_media(const struct hs_call *call)
{
    if (!text_equal(call->parts[0], call->hs->server_name))
        return NULL;
    return g_hash_table_lookup(call->hs->media_by_id, call->parts[1]);
}

void hs_media_put(struct hs_call *call)
{
    struct hs_media *media = find_media(call);
    const struct hs_error *error = NULL;
    bool is_over =
        media && !media->is_uploaded && call->now_ms - media->created_ms > UNUSED_LIFE_MS;
    if (!media || is_over)
        error = &not_found;
    else if (!text_equal(media->owner_id, call->user->id))
        error = &not_yours;
    else if (media->is_uploaded)
        error = &twice;
    else if (call->request->body_len > HS_MEDIA_BODY_MAX)
        error = &too_large;
    if (error) {
        hs_fail(call, error);
        return;
    }
    g_queue_remove(&call->hs->media, media); /* not to be dropped for itself */
    make_room_for(call->hs, call->request->body_len);
    g_queue_push_tail(&call->hs->media, media);
    fill_media(call, media);
    hs_reply_empty(call);
}

void hs_media_download(struct hs_call *call)
{
    const struct hs_media *media = find_media(call);
    if (!media || !media->is_uploaded) {
        hs_fail(call, media ? &not_yet : &not_found);
        return;
    }
    call->response->status = 200;
    call->response->content_type = media->content_type;
    buf_add(&call->response->body, media->bytes, media->len);
}

void hs_media_config(struct hs_call *call)
{
    struct json_writer *w = hs_reply_begin(call);
    json_int(w, "m.upload.size", HS_MEDIA_BODY_MAX);
    hs_reply_end(call);
}
