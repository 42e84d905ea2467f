/* direct.c - m.direct account data with one more entry: merged, never replaced,
 * because other clients of the account keep theirs there.
 */
#include "bot/base/json_write.h"
#include "bot/base/limits.h"
#include "bot/matrix/message.h"
#include <string.h>

static void write_rooms(struct json_writer *w, const char *user_id,
                        const struct strv *rooms, const char *extra)
{
    json_array(w, user_id);
    for (size_t i = 0; rooms != NULL && i < rooms->count; i++)
        json_text(w, NULL, rooms->items[i]);
    if (extra != NULL && (rooms == NULL || !strv_has(rooms, extra)))
        json_text(w, NULL, extra);
    json_array_end(w);
}

char *direct_content(const struct update *known, const char *user_id, const char *room_id)
{
    struct buf out;
    struct json_writer w;
    bool is_there = false;
    buf_init(&out, 1024 * 1024);
    json_begin(&w, &out);
    json_object(&w, NULL);
    for (size_t i = 0; i < known->direct_count; i++) {
        const struct direct *direct = &known->directs[i];
        bool is_same = strcmp(direct->user_id, user_id) == 0;
        write_rooms(&w, direct->user_id, &direct->rooms, is_same ? room_id : NULL);
        is_there = is_there || is_same;
    }
    if (!is_there)
        write_rooms(&w, user_id, NULL, room_id);
    json_object_end(&w);
    return buf_take(&out);
}
