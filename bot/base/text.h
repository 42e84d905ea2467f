/* text.h - strings as people write them: UTF-8, lists, small parsers.
 *
 * "Folded" text is NFKC-normalised, case-folded, stripped of zero-width and
 * control characters, with typographic quotes and dashes turned into ASCII ones
 * and runs of white space into one space, none at the ends: what commands and
 * phrases are compared in. Folding folded text changes nothing. Texts are not
 * NULL unless a function says so.
 */
#ifndef HEARTH_BASE_TEXT_H
#define HEARTH_BASE_TEXT_H

#include "bot/base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of strings it owns. */
struct strv {
    char **items;
    size_t count;
    size_t capacity;
};

void strv_add(struct strv *list, const char *text); /* copies */
void strv_add_take(struct strv *list, char *text);  /* takes ownership */
bool strv_has(const struct strv *list, const char *text);
void strv_clear(struct strv *list);
void strv_copy(struct strv *to, const struct strv *from); /* `to` is overwritten */

bool text_equal(const char *a, const char *b); /* NULL equals only NULL */
bool text_starts(const char *text, const char *prefix);
/* Is `text` one of `list`, which ends with NULL? */
bool text_is_one_of(const char *text, const char *const *list);
bool text_is_empty(const char *text); /* NULL, "" or white space only */
bool text_is_utf8(const char *bytes, size_t len);

/* The bytes as valid UTF-8 without NULs: each bad byte becomes U+FFFD. */
char *text_make_utf8(const char *bytes, size_t len);

char *text_fold(const char *text);
/* Take the accents of European scripts off a folded text, in place: "fiancée" and
 * "fiancee" meet, as people leave them out. In other scripts marks are letters. */
void text_strip_accents(char *folded);
char *text_trim(const char *text); /* a copy without outer white space (Unicode's) */

/* Parts of `text` between `separator`s, trimmed, empty ones left out.
 * `ret_list` is overwritten; the caller clears it. */
void text_split(const char *text, char separator, struct strv *ret_list);

/* Copy of at most `max` bytes, cut at a character's edge. */
char *text_clip(const char *text, size_t max);

/* Damerau-Levenshtein distance in code points, computed only up to `max`
 * (returns max + 1 when it is larger). */
unsigned text_distance(const char *a, const char *b, unsigned max);

/* The nearest of `list` within a third of its length (at least 1), or NULL:
 * for "did you mean". */
const char *text_nearest(const char *word, const char *const *list, size_t count);

/* Whole decimal integer of `text`, no sign unless min < 0. ST_INVALID when it is
 * something else, ST_RANGE outside the bounds. */
enum status text_to_int(const char *text, int64_t min, int64_t max,
                        int64_t *ret_value) MUST_CHECK;

/* "21:00", "9", "9am", "9.30 pm", "noon", "midnight" to minutes of a day 0..1439, in
 * any case. ST_INVALID when it is no time, ST_RANGE for 25:00 or 13 pm. */
enum status text_to_minute(const char *text, int *ret_minute) MUST_CHECK;

#endif
