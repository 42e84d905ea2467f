/* phrase_book.c - see phrase_book.h. */
#include "commands/phrase_book.h"

#include "bot/base/mem.h"
#include "bot/base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Where a token of a phrase stands in it: a word, or one of / + and dots. */
struct token {
    const char *start;
    size_t len;
    bool is_exact;
};

/* Where the reader of a phrase is. */
struct place {
    bool is_gap;         /* dots came */
    bool is_alternative; /* a slash came */
    bool is_open;        /* the last slot takes alternatives */
};

struct phrase_book *phrase_book_new(void)
{
    struct phrase_book *book = mem_alloc(sizeof *book);
    book->places = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    book->known = g_hash_table_new_full(g_str_hash, g_str_equal, free, NULL);
    return book;
}

void phrase_book_free(struct phrase_book *book)
{
    if (book == NULL)
        return;
    g_hash_table_destroy(book->places);
    g_hash_table_destroy(book->known);
    free(book->words);
    free(book->choices);
    free(book->slots);
    free(book->parts);
    free(book->phrases);
    free(book);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == '-';
}

static bool is_sign(char c)
{
    return c == '/' || c == '+' || c == '.';
}

/* `len` is 0 at the end. */
static const char *read_token(const char *p, struct token *ret_token)
{
    while (is_blank(*p))
        p++;
    bool is_exact = *p == '"';
    p += is_exact;
    const char *start = p;
    if (is_sign(*p)) {
        while (*p == *start)
            p++;
    } else {
        while (*p && *p != '"' && !is_blank(*p) && !is_sign(*p))
            p++;
    }
    *ret_token = (struct token){start, (size_t)(p - start), is_exact};
    return p + (is_exact && *p == '"');
}

static void copy_word(const struct token *token, char ret_word[WORD_LEN])
{
    size_t len = 0;
    for (size_t i = 0; i < token->len && len + 1 < WORD_LEN; i++) {
        if (token->start[i] != '\'')
            ret_word[len++] = token->start[i];
    }
    ret_word[len] = '\0';
}

static size_t keep_word(struct phrase_book *book, const char *text, bool is_exact)
{
    char *name = g_strconcat(is_exact ? "\"" : "", text, NULL);
    size_t place = GPOINTER_TO_SIZE(g_hash_table_lookup(book->places, name));
    if (place > 0) {
        g_free(name);
        return place - 1;
    }
    MEM_GROW(book->words, book->word_count, book->word_capacity);
    struct phrase_word *word = &book->words[book->word_count++];
    memset(word, 0, sizeof *word);
    word->len = strlen(text);
    word->is_exact = is_exact;
    memcpy(word->text, text, word->len + 1);
    speech_make_key(text, word->key);
    word->outline = word->outline_without_s = speech_outline(text, word->len);
    if (word->len > 1 && text[word->len - 1] == 's')
        word->outline_without_s = speech_outline(text, word->len - 1);
    word->frame = speech_frame(text[0], text, word->len);
    g_hash_table_add(book->known, mem_dup(text));
    g_hash_table_add(book->known, mem_dup(word->key));
    g_hash_table_insert(book->places, name, GSIZE_TO_POINTER(book->word_count));
    return book->word_count - 1;
}

static void open_slot(struct phrase_book *book, bool is_gap_before)
{
    MEM_GROW(book->slots, book->slot_count, book->slot_capacity);
    book->slots[book->slot_count++] =
        (struct phrase_slot){book->choice_count, 0, is_gap_before};
    book->parts[book->part_count - 1].count++;
}

static void add_choice(struct phrase_book *book, const char *text, bool is_exact)
{
    size_t word = keep_word(book, text, is_exact);
    MEM_GROW(book->choices, book->choice_count, book->choice_capacity);
    book->choices[book->choice_count++] = (unsigned)word;
    book->slots[book->slot_count - 1].count++;
}

static void add_word(struct phrase_book *book, const struct token *token,
                     struct place *place)
{
    char word[WORD_LEN];
    copy_word(token, word);
    const struct expansion *expansion = speech_expand(word);
    const char *first = expansion ? expansion->first : word;
    const char *second = expansion ? expansion->second : NULL;
    bool joins = place->is_alternative && place->is_open;
    place->is_alternative = false;
    if (speech_is_filler(first) || *first == '\0') {
        place->is_open = joins;
        return;
    }
    if (!joins) {
        open_slot(book, place->is_gap && book->parts[book->part_count - 1].count > 0);
        place->is_gap = false;
    }
    add_choice(book, first, token->is_exact);
    place->is_open = true;
    if (second != NULL && !joins) {
        open_slot(book, false);
        add_choice(book, second, token->is_exact);
    }
}

/* Up to the next `+` or the end. */
static const char *add_part(struct phrase_book *book, const char *p)
{
    struct token token;
    struct place place = {0};
    MEM_GROW(book->parts, book->part_count, book->part_capacity);
    book->parts[book->part_count++] = (struct phrase_part){book->slot_count, 0};
    for (p = read_token(p, &token); token.len > 0 && *token.start != '+';
         p = read_token(p, &token)) {
        place.is_gap |= *token.start == '.';
        place.is_alternative |= *token.start == '/';
        if (!is_sign(*token.start))
            add_word(book, &token, &place);
    }
    return p;
}

void phrase_book_add(struct phrase_book *book, const char *phrase)
{
    char *folded = text_fold(phrase);
    MEM_GROW(book->phrases, book->phrase_count, book->phrase_capacity);
    struct phrase *added = &book->phrases[book->phrase_count++];
    *added = (struct phrase){book->part_count, 0};
    for (const char *p = folded; *p;) {
        p = add_part(book, p);
        added->count++;
    }
    free(folded);
}
