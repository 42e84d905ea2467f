/* message.h - what goes out: effects as event content, and outbox payloads.
 *
 * A payload is what one outbox row holds (the store sees opaque bytes): kind,
 * room, event type, content, and, once frozen before the first try, the path
 * and the bytes on the wire. Encoded as JSON.
 */
#ifndef HEARTH_MATRIX_MESSAGE_H
#define HEARTH_MATRIX_MESSAGE_H

#include "bot/base/buf.h"
#include "bot/model/effect.h"
#include "bot/model/event.h"

struct payload {
    enum effect_kind kind;
    char *room_id;    /* "" while a DM does not exist yet */
    char *user_id;    /* of DM rows, invites, SHOW; of SET_DIRECT when frozen: our own */
    char *event_type; /* "m.room.message", "m.reaction", ... */
    char *content;    /* JSON text without txn and instance; NULL for rows without */
    char *target;     /* event to redact, acknowledge, edit, read; NULL until known */
    char *show;       /* SHOW: view name; content is made when it is sent */
    char *via;
    char *reason;            /* of redactions, leaves, invites; NULL for none */
    char *key;               /* of a REACT: the emoji */
    int64_t expires_utc_ms;  /* pointless after that, tried or not; 0 never */
    char *nonce;             /* of CREATE_DM */
    char *group;             /* of a PASS_ON: whose moderators */
    char *checkin;           /* SAY: it asks a question of this check-in; or NULL */
    char *media, *thumbnail; /* of a SHARE: mxc URIs made for it so far */
    int uploaded;            /* how many of the two hold their bytes */
    bool is_private_receipt;
    bool is_unasked;      /* SAY: may be taken back by a reaction */
    bool replaces_target; /* content is to be wrapped as m.replace of `target` */
    /* frozen before the first try */
    char *method, *path, *wire; /* NULL until then */
};

void payload_clear(struct payload *payload);
void payload_encode(const struct payload *payload, struct buf *ret_bytes);
enum status payload_decode(const char *bytes, size_t len,
                           struct payload *ret_payload) MUST_CHECK;

/* The event type of such a message: a poll if it has choices. */
const char *message_type(const struct effect *effect);

/* Content of an EFFECT_SAY / EFFECT_SHOW message: notice or text, Markdown as
 * safe HTML, plain body that stands alone, m.mentions always, reply and thread
 * relations of `effect`, NS.checkin of a prompt or a question. With choices a poll in the
 * form that clients know (MSC3381, unstable names), its plain text beside it. The
 * caller's JSON text. */
char *message_content(const struct effect *effect);

/* Content of a message that holds a file: the body is its description, so that it can
 * be read without the file. */
struct file_message {
    const char *text, *file_name, *mimetype, *url;
    size_t size;
    bool is_image;
    int width, height;
    const char *thumbnail_url; /* of an image */
    size_t thumbnail_size;
    int thumbnail_width, thumbnail_height;
    const char *answers; /* or NULL */
};
char *file_content(const struct file_message *file);

/* Fill method, path and wire from the rest: `txn_id` and `instance` go into the
 * content as NS.txn and NS.instance; an edit is wrapped (m.new_content, one
 * m.replace relation). What is frozen already stays as it is. ST_INVALID when
 * something it needs is missing or its kind never reaches the wire; ST_TOO_BIG
 * when the event would be one that no server takes. */
enum status payload_freeze(struct payload *payload, const char *txn_id,
                           const char *instance) MUST_CHECK;

/* m.direct content: what is `known` there plus `room_id` for `user_id`. The
 * caller's JSON text. */
char *direct_content(const struct update *known, const char *user_id,
                     const char *room_id);

/* Markdown (cmark, safe mode: raw HTML becomes text, images become links) to the
 * allowed HTML and to a plain body from our own walk of the tree. Either may be
 * NULL. An answer without any markup has no HTML: `*ret_html` is then NULL. */
void markdown_render(const char *markdown, char **ret_plain, char **ret_html);

#endif
