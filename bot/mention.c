/* mention.c - see mention.h. */
#include "bot/mention.h"
#include "bot/base/mem.h"
#include "bot/matrix/path.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *localpart(const char *user_id)
{
    const char *start = user_id[0] == '@' ? user_id + 1 : user_id;
    const char *colon = strchr(start, ':');
    return mem_dup_len(start, colon ? (size_t)(colon - start) : strlen(start));
}

/* The text of a pill that links to us, or NULL. */
static char *pill_name(const struct bot *bot, const char *html)
{
    if (html == NULL)
        return NULL;
    char *encoded = path_encode(bot->user_id);
    const char *ids[] = {bot->user_id, encoded};
    char *name = NULL;
    for (size_t i = 0; i < 2 && name == NULL; i++) {
        const char *at = strstr(html, "https://matrix.to/#/");
        while (at != NULL && name == NULL) {
            const char *id = at + strlen("https://matrix.to/#/");
            size_t len = strlen(ids[i]);
            const char *open = strchr(id, '>');
            const char *close = open ? strstr(open, "</a>") : NULL;
            if (strncmp(id, ids[i], len) == 0 && strchr("\"'", id[len]) != NULL &&
                close != NULL)
                name = mem_dup_len(open + 1, (size_t)(close - open - 1));
            at = strstr(id, "https://matrix.to/#/");
        }
    }
    free(encoded);
    return name;
}

/* Behind `name` at the start of `text`, or NULL. The name must end there: a
 * longer name is somebody else. */
static const char *behind_name(const char *text, const char *name, bool needs_mark)
{
    while (isspace((unsigned char)*text))
        text++;
    if (*text == '@' && name[0] != '@')
        text++;
    size_t len = strlen(name);
    if (len == 0 || strncasecmp(text, name, len) != 0)
        return NULL;
    text += len;
    bool has_mark = *text == ':' || *text == ',';
    if (!has_mark && (needs_mark || (*text != '\0' && !isspace((unsigned char)*text))))
        return NULL;
    while (*text == ':' || *text == ',' || isspace((unsigned char)*text))
        text++;
    return text;
}

static const char *strip_name(const struct bot *bot, const char *body, const char *pill,
                              bool needs_mark)
{
    char *local = localpart(bot->user_id);
    const char *rest = behind_name(body, bot->user_id, false);
    if (rest == NULL && pill != NULL)
        rest = behind_name(body, pill, false);
    if (rest == NULL)
        rest = behind_name(body, local, needs_mark);
    free(local);
    return rest;
}

void mention_read(const struct bot *bot, const struct event *event, bool is_dm,
                  bool replies_to_us, struct addressed *ret_addressed)
{
    const char *prefix = bot->settings->hearth.prefix;
    const char *body = event->body;
    while (isspace((unsigned char)*body))
        body++;
    size_t prefix_len = strlen(prefix);
    if (prefix_len > 0 && strncmp(body, prefix, prefix_len) == 0 &&
        isalpha((unsigned char)body[prefix_len])) {
        *ret_addressed = (struct addressed){true, true, text_trim(body + prefix_len)};
        return;
    }
    char *pill = pill_name(bot, event->formatted_body);
    bool is_mentioned = strv_has(&event->mentions, bot->user_id);
    const char *rest = strip_name(bot, body, pill, !is_mentioned);
    bool is_addressed = is_dm || pill != NULL || (rest != NULL && !event->has_mentions) ||
                        (is_mentioned && (rest != NULL || !replies_to_us));
    *ret_addressed = (struct addressed){
        is_addressed, false, text_trim(is_addressed && rest != NULL ? rest : body)};
    free(pill);
}
