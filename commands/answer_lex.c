/* answer_lex.c - see answer_lex.h. */
#include "commands/answer_lex.h"

#include "bot/base/buf.h"
#include "bot/base/limits.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define HALF 0xbd          /* the fraction sign */
#define KEYCAP 0x20e3      /* encloses the digit before it */
#define KEYCAP_TEN 0x1f51f /* a sign of its own */
#define ARABIC_PERCENT 0x66a
#define ARABIC_POINT 0x66b
#define ARROW 0x2192

/* One character in a form that folding leaves alone. */
static void add_plain(struct buf *out, gunichar c)
{
    char bytes[6];
    bool after_digit = out->len > 0 && g_ascii_isdigit(out->data[out->len - 1]);
    if (c == HALF)
        buf_add_text(out, after_digit ? ".5" : " 0.5");
    else if (c == KEYCAP)
        buf_add_char(out, ' ');
    else if (c == KEYCAP_TEN)
        buf_add_text(out, " 10 ");
    else if (c == ARABIC_PERCENT)
        buf_add_char(out, '%');
    else if (c == ARABIC_POINT)
        buf_add_char(out, '.');
    else if (c == ARROW)
        buf_add_char(out, '>');
    else if (c == '\n')
        buf_add_text(out, " ; ");
    else if (c > 0x7f && g_unichar_isdigit(c))
        buf_add_char(out, (char)('0' + g_unichar_digit_value(c)));
    else if (c < 0xfe0e || c > 0xfe0f) /* variation selectors go */
        buf_add(out, bytes, (size_t)g_unichar_to_utf8(c, bytes));
}

static char *make_plain(const char *text)
{
    char *valid = text_make_utf8(text, strlen(text));
    struct buf out;
    buf_init(&out, 8 * QUESTION_MAX);
    for (const char *p = valid; *p && !out.overflowed; p = g_utf8_next_char(p))
        add_plain(&out, g_utf8_get_char(p));
    char *plain = buf_take(&out);
    char *folded = text_fold(plain);
    free(plain);
    free(valid);
    return folded;
}

static struct token *add_token(struct tokens *tokens, enum token_kind kind, bool is_glued)
{
    if (tokens->count == TOKENS_MAX) {
        tokens->is_cut = true;
        return NULL;
    }
    struct token *token = &tokens->items[tokens->count++];
    *token = (struct token){.kind = kind, .is_glued = is_glued, .tenths = -1};
    return token;
}

/* Digits at `p`, with one fraction unless it goes on like "6.4.3". */
static const char *read_number(const char *p, struct token *token)
{
    const char *start = p;
    for (; g_ascii_isdigit(*p); p++) {
        if (token->number < NUMBER_CUT)
            token->number = token->number * 10 + (*p - '0');
    }
    token->digits = (int)(p - start);
    token->has_zero = token->digits > 1 && *start == '0';
    if (token->number > NUMBER_CUT)
        token->number = NUMBER_CUT;
    bool has_point = start[-1] == '.';
    if (*p != '.' || !g_ascii_isdigit(p[1]) || has_point)
        return p;
    const char *end = p + 1;
    while (g_ascii_isdigit(*end))
        end++;
    if (*end == '.' && g_ascii_isdigit(end[1]))
        return p;
    token->tenths = p[1] - '0';
    return end;
}

static bool is_word_char(const char *p)
{
    gunichar c = g_utf8_get_char(p);
    if (c == '\'')
        return g_unichar_isalpha(g_utf8_get_char(g_utf8_next_char(p)));
    return g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static const char *read_word(const char *p, struct token *token)
{
    size_t len = 0;
    while (*p && is_word_char(p)) {
        const char *next = g_utf8_next_char(p);
        size_t part = (size_t)(next - p);
        if (len + part < TOKEN_TEXT_MAX) {
            memcpy(token->text + len, p, part);
            len += part;
        } else {
            len = TOKEN_TEXT_MAX; /* nothing more is added */
        }
        p = next;
    }
    return p;
}

/* Signs that mean something; emoji and the rest are passed over. */
static const char *read_mark(const char *p, struct token *token)
{
    token->mark = (unsigned char)*p < 0x80 ? *p : ' ';
    if (g_utf8_get_char(p) == 0xb0) /* degrees */
        token->mark = 'o';
    if (g_utf8_get_char(p) == 0xa3 || g_utf8_get_char(p) == 0x20ac)
        token->mark = '$';
    if (g_utf8_get_char(p) == 0x2264 || g_utf8_get_char(p) == 0x2265)
        token->mark = '<';
    return g_utf8_next_char(p);
}

void tokens_read(const char *text, struct tokens *ret_tokens)
{
    char *plain = make_plain(text);
    bool is_glued = false;
    ret_tokens->count = 0;
    ret_tokens->is_cut = false;
    /* One byte in front, so that a number may look at what stands before it. */
    struct buf line;
    buf_init(&line, SIZE_MAX);
    buf_add_char(&line, ' ');
    buf_add_text(&line, plain);
    for (const char *p = line.data + 1; *p;) {
        if (*p == ' ') {
            is_glued = false;
            p++;
            continue;
        }
        enum token_kind kind = g_ascii_isdigit(*p) ? TOKEN_NUMBER
                               : is_word_char(p)   ? TOKEN_WORD
                                                   : TOKEN_MARK;
        struct token *token = add_token(ret_tokens, kind, is_glued);
        if (token == NULL)
            break;
        p = kind == TOKEN_NUMBER ? read_number(p, token)
            : kind == TOKEN_WORD ? read_word(p, token)
                                 : read_mark(p, token);
        is_glued = true;
        if (kind == TOKEN_MARK && token->mark == ' ') {
            ret_tokens->count--;
            is_glued = false;
        }
    }
    buf_wipe(&line);
    free(plain);
}
