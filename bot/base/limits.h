/* limits.h - the named maximum of everything that grows with outside input.
 *
 * Bytes unless the name says otherwise. Whoever parses outside bytes checks
 * against one of these and returns ST_TOO_BIG.
 */
#ifndef HEARTH_BASE_LIMITS_H
#define HEARTH_BASE_LIMITS_H

#define MATRIX_ID_MAX 255              /* a user, room or event id (specification) */
#define EVENT_MAX (64 * 1024)          /* one event (specification) */
#define UPDATE_MAX (64 * 1024 * 1024)  /* one /sync answer or stream frame */
#define REST_BODY_MAX UPDATE_MAX       /* any other answer of the homeserver */
#define MESSAGE_TEXT_MAX (32 * 1024)   /* text Hearth writes into one event */
#define QUESTION_MAX 2048              /* text of a message that the matcher reads */
#define JSON_DEPTH_MAX 100             /* levels of one event or answer */
#define JSON_NEST_MAX (2 * EVENT_MAX)  /* levels of anything: no event has more */
#define INI_FILE_MAX (4 * 1024 * 1024) /* a config file */
#define INI_VALUE_MAX (64 * 1024)      /* one value of it */
#define MEDIA_URI_MAX 512              /* an mxc URI */
#define CHOICE_ID_MAX 64               /* id of a choice of a poll */
#define BACKFILL_EVENTS_MAX 10000      /* events fetched for one gap of a group room */
#define ROOMS_MAX 500                  /* rooms Hearth stays in (DMs apart) */
#define RETRY_AFTER_MAX_MS (60 * 60 * 1000) /* ms; whatever a server asks for */
#define ITEMS_MAX 8                         /* items of one check-in */
#define TRIGGERS_MAX 12                     /* trigger letters of one check-in */
#define PENDING_BLOB_LEN 2048           /* sealed answers of a person-week, plain size */
#define DIALOGUE_BLOB_LEN 1024          /* sealed dialogue, plain size */
#define MEMBER_BLOB_LEN 2048            /* sealed registry row, plain size */
#define OUTBOX_PAYLOAD_MAX (128 * 1024) /* one outbox row's payload */

#endif
