/* text.c - strings as people write them.
 *
 * Input may be any bytes: functions that need characters treat a byte that is
 * not part of valid UTF-8 as a character of its own. Everything is linear but
 * the distance, which is bounded by its `max`.
 */
#include "bot/base/text.h"

#include "bot/base/buf.h"
#include "bot/base/mem.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

void strv_add(struct strv *list, const char *text)
{
    strv_add_take(list, mem_dup(text));
}

void strv_add_take(struct strv *list, char *text)
{
    MEM_GROW(list->items, list->count, list->capacity);
    list->items[list->count++] = text;
}

bool strv_has(const struct strv *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (text_equal(list->items[i], text))
            return true;
    }
    return false;
}

void strv_clear(struct strv *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct strv){0};
}

void strv_copy(struct strv *to, const struct strv *from)
{
    struct strv copy = {0};
    for (size_t i = 0; i < from->count; i++)
        strv_add(&copy, from->items[i]);
    *to = copy;
}

bool text_equal(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    return len == 0 || g_utf8_validate_len(bytes, len, NULL);
}

char *text_make_utf8(const char *bytes, size_t len)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    while (len > 0) {
        const char *end;
        g_utf8_validate_len(bytes, len, &end);
        size_t valid = (size_t)(end - bytes);
        buf_add(&out, bytes, valid);
        if (valid == len)
            break;
        buf_add_text(&out, REPLACEMENT);
        bytes += valid + 1;
        len -= valid + 1;
    }
    return buf_take(&out);
}

/* The character at `text`, not at its end, and its length; a bad byte is a
 * value above all code points. */
static gunichar read_char(const char *text, size_t *ret_len)
{
    gunichar c = g_utf8_get_char_validated(text, -1);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
        *ret_len = 1;
        return 0x80000000u | (unsigned char)*text;
    }
    *ret_len = (size_t)(g_utf8_next_char(text) - text);
    return c;
}

static bool is_space(gunichar c)
{
    /* GLib's own answer leaves out vertical tab and next line. */
    return c < 0x110000 && (g_unichar_isspace(c) || c == 0x0b || c == 0x85);
}

/* The part of [text, end) without outer white space. */
static void trim_range(const char **text, const char **end)
{
    const char *first = NULL, *last = *text;
    for (const char *p = *text; p < *end;) {
        size_t len;
        gunichar c = read_char(p, &len);
        if (!is_space(c)) {
            if (first == NULL)
                first = p;
            last = p + len;
        }
        p += len;
    }
    *text = first ? first : last;
    *end = last;
}

bool text_is_one_of(const char *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, text) == 0)
            return true;
    }
    return false;
}

bool text_is_empty(const char *text)
{
    if (text == NULL)
        return true;
    while (*text) {
        size_t len;
        if (!is_space(read_char(text, &len)))
            return false;
        text += len;
    }
    return true;
}

char *text_trim(const char *text)
{
    const char *end = text + strlen(text);
    trim_range(&text, &end);
    return mem_dup_len(text, (size_t)(end - text));
}

void text_split(const char *text, char separator, struct strv *ret_list)
{
    struct strv list = {0};
    while (text) {
        const char *cut = strchr(text, separator);
        const char *start = text, *end = cut ? cut : text + strlen(text);
        trim_range(&start, &end);
        if (start < end)
            strv_add_take(&list, mem_dup_len(start, (size_t)(end - start)));
        text = cut ? cut + 1 : NULL;
    }
    *ret_list = list;
}

char *text_clip(const char *text, size_t max)
{
    size_t len = strnlen(text, max);
    if (text[len] != '\0') {
        while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
            len--;
    }
    return mem_dup_len(text, len);
}

static bool is_zero_width(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_FORMAT || type == G_UNICODE_CONTROL ||
           c == 0x034f /* combining grapheme joiner */ || (c >= 0x115f && c <= 0x1160) ||
           c == 0x3164 || c == 0xffa0 /* fillers */ || (c >= 0x180b && c <= 0x180f) ||
           (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef) /* variation selectors */;
}

/* What a character is compared as: 0 to leave it out, ' ' for white space. */
static gunichar plain_char(gunichar c)
{
    if (is_space(c))
        return ' ';
    if (c < 0x80)
        return c == '`' ? '\'' : (c < 0x20 || c == 0x7f) ? 0 : c;
    if (is_zero_width(c))
        return 0;
    if (c == 0xb4 || (c >= 0x2b9 && c <= 0x2bc) || (c >= 0x2018 && c <= 0x201b) ||
        c == 0x2032 || c == 0x2035 || c == 0x2039 || c == 0x203a)
        return '\'';
    if (c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f) || c == 0x2033 ||
        c == 0x2036 || (c >= 0x301d && c <= 0x301f))
        return '"';
    if (c == 0x2212 || g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION)
        return '-';
    return g_unichar_tolower(c); /* g_utf8_casefold turns Cherokee round */
}

/* Valid UTF-8 with every character made plain and single spaces inside. */
static char *make_plain(const char *text)
{
    struct buf out;
    buf_init(&out, SIZE_MAX);
    bool space = false;
    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = plain_char(g_utf8_get_char(text));
        if (c == ' ') {
            space = out.len > 0;
        } else if (c != 0) {
            char bytes[6];
            if (space)
                buf_add_char(&out, ' ');
            space = false;
            buf_add(&out, bytes, (size_t)g_unichar_to_utf8(c, bytes));
        }
    }
    return buf_take(&out);
}

/* Folded `text` if it is plain ASCII, else NULL: nearly all messages, without a detour
 * through five copies. */
static char *fold_ascii(const char *text)
{
    char *folded = mem_alloc(strlen(text) + 1);
    size_t len = 0;
    bool space = false;
    for (; *text; text++) {
        if (*text & 0x80) {
            free(folded);
            return NULL;
        }
        gunichar c = plain_char((gunichar)*text);
        if (c == ' ') {
            space = len > 0;
        } else if (c != 0) {
            if (space)
                folded[len++] = ' ';
            space = false;
            folded[len++] = g_ascii_tolower((gchar)c);
        }
    }
    folded[len] = '\0';
    return folded;
}

char *text_fold(const char *text)
{
    char *ascii = fold_ascii(text);
    if (ascii != NULL)
        return ascii;
    /* Plain first, because NFKC tears some quotes apart; plain again last,
     * because NFKC makes spaces and quotes of other characters. */
    char *valid = text_make_utf8(text, strlen(text));
    char *plain = make_plain(valid);
    char *composed = g_utf8_normalize(plain, -1, G_NORMALIZE_NFKC);
    char *lower = g_utf8_casefold(composed, -1);
    char *recomposed = g_utf8_normalize(lower, -1, G_NORMALIZE_NFKC);
    char *folded = make_plain(recomposed);
    g_free(recomposed);
    g_free(lower);
    g_free(composed);
    free(plain);
    free(valid);
    return folded;
}

void text_strip_accents(char *folded)
{
    bool is_ascii = true;
    for (const char *p = folded; *p && is_ascii; p++)
        is_ascii = !(*p & 0x80);
    if (is_ascii)
        return;
    char *apart = g_utf8_normalize(folded, -1, G_NORMALIZE_NFD), *to = apart;
    for (const char *p = apart, *next; *p; p = next) {
        gunichar c = g_utf8_get_char(p);
        next = g_utf8_next_char(p);
        if (c < 0x300 || c > 0x36f) {
            memmove(to, p, (size_t)(next - p));
            to += next - p;
        }
    }
    *to = '\0';
    char *composed = g_utf8_normalize(apart, -1, G_NORMALIZE_NFC);
    size_t len = strlen(composed);
    if (len <= strlen(folded)) /* composing never makes it longer; be sure */
        memcpy(folded, composed, len + 1);
    g_free(composed);
    g_free(apart);
}

static size_t decode(const char *text, gunichar *ret_chars)
{
    size_t count = 0;
    while (*text) {
        size_t len;
        ret_chars[count++] = read_char(text, &len);
        text += len;
    }
    return count;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment over two decoded texts whose lengths differ by at
 * most `max`. `rows` are three of b_len + 1 cells; only cells within `max` of
 * the diagonal can matter, those beside them count as max + 1. */
static unsigned align(const gunichar *a, size_t a_len, const gunichar *b, size_t b_len,
                      unsigned max, unsigned *rows)
{
    unsigned *before = rows, *above = rows + b_len + 1, *row = above + b_len + 1;
    for (size_t j = 0; j <= b_len; j++)
        above[j] = least((unsigned)j, max + 1);
    for (size_t i = 1; i <= a_len; i++) {
        size_t from = i > max ? i - max : 1;
        size_t to = b_len - i > max && b_len > i ? i + max : b_len;
        unsigned best = row[from - 1] = from == 1 ? least((unsigned)i, max + 1) : max + 1;
        for (size_t j = from; j <= to; j++) {
            unsigned cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            cost = least(cost, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least(cost, before[j - 2] + 1);
            row[j] = least(cost, max + 1);
            best = least(best, row[j]);
        }
        if (to < b_len)
            row[to + 1] = max + 1;
        if (best > max)
            return max + 1;
        unsigned *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b_len];
}

unsigned text_distance(const char *a, const char *b, unsigned max)
{
    size_t a_max = strlen(a), b_max = strlen(b);
    gunichar *chars = mem_resize(NULL, a_max + b_max + 1, sizeof *chars);
    size_t a_len = decode(a, chars);
    size_t b_len = decode(b, chars + a_max);
    size_t longer = a_len > b_len ? a_len : b_len;
    size_t shorter = a_len > b_len ? b_len : a_len;
    unsigned distance;
    if (max > longer)
        max = (unsigned)longer; /* no distance is larger */
    if (longer - shorter > max) {
        distance = max + 1;
    } else {
        unsigned *rows = mem_resize(NULL, 3 * (b_len + 1), sizeof *rows);
        distance = align(chars, a_len, chars + a_max, b_len, max, rows);
        free(rows);
    }
    free(chars);
    return distance;
}

const char *text_nearest(const char *word, const char *const *list, size_t count)
{
    size_t len = (size_t)g_utf8_strlen(word, -1);
    unsigned limit = len < 6 ? 1 : (unsigned)(len / 3);
    const char *nearest = NULL;
    for (size_t i = 0; i < count && len > 0; i++) {
        unsigned distance = text_distance(word, list[i], limit);
        if (distance > limit)
            continue;
        nearest = list[i];
        if (distance == 0)
            break;
        limit = distance - 1;
    }
    return nearest;
}

enum status text_to_int(const char *text, int64_t min, int64_t max, int64_t *ret_value)
{
    bool negative = min < 0 && *text == '-';
    const uint64_t most = (uint64_t)INT64_MAX + negative;
    uint64_t value = 0;
    bool too_large = false;
    const char *digits = text + negative;
    for (text = digits; *text >= '0' && *text <= '9'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (value > (most - digit) / 10)
            too_large = true;
        else
            value = value * 10 + digit;
    }
    if (text == digits || *text != '\0')
        return ST_INVALID;
    int64_t result = negative ? (int64_t)(0 - value) : (int64_t)value;
    if (too_large || result < min || result > max)
        return ST_RANGE;
    *ret_value = result;
    return ST_OK;
}

/* One or two digits at `*text`, or -1. */
static int read_digits(const char **text)
{
    int value = -1;
    for (int i = 0; i < 2 && **text >= '0' && **text <= '9'; i++)
        value = (value < 0 ? 0 : value * 10) + *(*text)++ - '0';
    return value;
}

/* "9", "9:30", "9.30 pm" in folded text. */
static enum status read_clock(const char *text, int *ret_minute)
{
    int hour = read_digits(&text), minute = 0;
    if (hour < 0)
        return ST_INVALID;
    if (*text == ':' || *text == '.') {
        const char *start = ++text;
        minute = read_digits(&text);
        if (text - start != 2)
            return ST_INVALID;
    }
    text += *text == ' ';
    bool am = text_equal(text, "am") || text_equal(text, "a.m.");
    bool pm = text_equal(text, "pm") || text_equal(text, "p.m.");
    if (!am && !pm && *text != '\0')
        return ST_INVALID;
    if (minute > 59 || hour > 23 || ((am || pm) && (hour < 1 || hour > 12)))
        return ST_RANGE;
    if (am || pm)
        hour = hour % 12 + (pm ? 12 : 0);
    *ret_minute = hour * 60 + minute;
    return ST_OK;
}

enum status text_to_minute(const char *text, int *ret_minute)
{
    char *folded = text_fold(text);
    enum status status = ST_OK;
    if (text_equal(folded, "noon"))
        *ret_minute = 12 * 60;
    else if (text_equal(folded, "midnight"))
        *ret_minute = 0;
    else
        status = read_clock(folded, ret_minute);
    free(folded);
    return status;
}
