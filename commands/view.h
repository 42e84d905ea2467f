/* view.h - texts and files that show a person their own data: made in memory when
 * they are sent, never stored (EFFECT_SHOW, EFFECT_SHARE).
 *
 * Views by name: "my-data", "diary week|month|year"; as files "my-data-file",
 * "chart ...", "csv ...". A view of the diary needs the history of the DM.
 */
#ifndef HEARTH_COMMANDS_VIEW_H
#define HEARTH_COMMANDS_VIEW_H

#include "bot/base/buf.h"
#include "bot/model/event.h"
#include "commands/command.h"

struct view_request {
    const char *name;
    const char *user_id, *bot_user_id;
    int64_t asked_utc_ms;
    const struct event_list *history; /* oldest first; NULL unless it is needed */
    bool is_cut;                      /* the history does not reach as far as asked */
};

/* A text, or a file with its description. */
struct view {
    char *text; /* Markdown of a message; plain text beside a file */
    char *file_name;
    const char *mimetype; /* NULL: there is no file */
    struct buf bytes;
    bool is_image;
    int width, height;
    struct buf thumbnail; /* of an image */
    int thumbnail_width, thumbnail_height;
};

/* Queue one for the sender, as a reply; the row holds the request only. */
void view_request(struct turn *turn, enum effect_kind kind, const char *name);

/* Does it need the history of the DM, and since when? ST_NOT_FOUND: it does not. */
enum status view_history(struct turn *turn, const char *name, const char *user_id,
                         int64_t asked_utc_ms, int64_t *ret_since_utc_ms) MUST_CHECK;

/* `turn->request` is NULL. ST_NOT_FOUND: no such view. Clear `ret_view`, which wipes. */
enum status view_render(struct turn *turn, const struct view_request *request,
                        struct view *ret_view) MUST_CHECK;
void view_clear(struct view *view);

#endif
