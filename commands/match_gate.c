/* match_gate.c - does the wording ask the bot anything, whatever it is about?
 *
 * Talk: overheard words that ask this bot nothing.
 */
#include "commands/match_index.h"

#include "bot/base/text.h"

#include <string.h>

/* clang-format off */
static const char *const asking[] = { /* may begin a question */
    "am", "any", "anybody", "anyone", "are", "arent", "can", "cant", "could", "couldnt", "did",
    "didnt", "do", "does", "doesnt", "dont", "explain", "had", "has", "have", "how", "hows", "is",
    "isnt", "may", "might", "must", "shall", "should", "shouldnt", "was", "were", "what", "whats",
    "when", "where", "wheres", "which", "who", "whos", "whose", "why", "will", "would", NULL};
static const char *const leading[] = { /* may stand in front of those */
    "a", "actually", "ah", "also", "and", "anyway", "but", "dear", "er", "everyone", "folks",
    "guys", "hello", "hey", "hi", "hm", "hmm", "honestly", "just", "ok", "okay", "oh", "or", "please",
    "quick", "question", "sorry", "so", "then", "um", "well", "yes", NULL};
static const char *const asks_inside[] = { /* indirect: "no idea why", "tell me how" */
    "how", "if", "what", "whether", "which", "who", "why", NULL};
static const char *const asks_before[] = {
    "anyone", "ask", "asking", "curious", "explain", "idea", "know", "sure", "tell", "understand",
    "unsure", "wonder", "wondering", NULL};
static const char *const persons[] = { /* puts the question to somebody */
    "you", "your", "youre", "youve", "ur", "u", "yours", "yourself", NULL};
/* clang-format on */

/* Words [*first, *end) of a sentence. */
static void bounds(const struct words *words, size_t sentence, size_t *first, size_t *end)
{
    size_t i = 0;
    while (i < words->count && words->items[i].sentence < sentence)
        i++;
    *first = i;
    while (i < words->count && words->items[i].sentence == sentence)
        i++;
    *end = i;
}

bool gate_is_question(const struct words *words, size_t sentence)
{
    size_t first, end;
    if (words->has_question_mark[sentence])
        return true;
    bounds(words, sentence, &first, &end);
    for (size_t i = first; i + 1 < end; i++) {
        if (text_is_one_of(words->items[i].text, asks_before) &&
            (text_is_one_of(words->items[i + 1].text, asks_inside) ||
             (i + 2 < end && text_is_one_of(words->items[i + 2].text, asks_inside))))
            return true;
    }
    while (first < end && text_is_one_of(words->items[first].text, leading))
        first++;
    if (end - first < 2 || !text_is_one_of(words->items[first].text, asking))
        return false;
    const char *next = words->items[first + 1].text; /* "what a day" */
    return strcmp(words->items[first].text, "what") != 0 ||
           (strcmp(next, "a") != 0 && strcmp(next, "an") != 0);
}

/* Does the part of a message between commas consist of one name? Capitalised, and no
 * word that often stands there: "Hi, ..." */
static bool is_name(const char *part, size_t len)
{
    char word[WORD_LEN];
    while (len > 0 && strchr(" \n", *part))
        part++, len--;
    while (len > 0 && strchr(" \n?!.", part[len - 1]))
        len--;
    if (len < 2 || len >= sizeof word || !g_ascii_isupper(*part))
        return false;
    for (size_t i = 0; i < len; i++)
        word[i] = g_ascii_tolower(part[i]);
    word[len] = '\0';
    return strchr(word, ' ') == NULL && !text_is_one_of(word, leading) &&
           !text_is_one_of(word, asking) && !word_is_stop(word) && !word_is_common(word);
}

/* "Ana, how was it" and "how was it, Ana?": the question is somebody's. */
static bool calls_somebody(const char *text)
{
    for (const char *start = text, *end; *start; start = *end ? end + 1 : end) {
        end = start + strcspn(start, ",.!?\n");
        if ((*end == ',' || (start > text && start[-1] == ',')) &&
            is_name(start, (size_t)(end - start)))
            return true;
    }
    return text[0] == '@';
}

bool gate_is_talk(const char *text, const struct words *words)
{
    bool asks = false;
    if (calls_somebody(text))
        return true;
    for (size_t i = 0; i < words->sentence_count; i++) {
        size_t first, end;
        if (!gate_is_question(words, i))
            continue;
        bounds(words, i, &first, &end);
        bool is_personal = first < end && strcmp(words->items[first].text, "did") == 0;
        for (size_t j = first; j < end; j++)
            is_personal |= text_is_one_of(words->items[j].text, persons);
        if (is_personal)
            return true;
        asks |= end > first;
    }
    return !asks;
}
