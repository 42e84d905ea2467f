/* small_talk.c - see small_talk.h. */
#include "commands/small_talk.h"

#include "bot/base/text.h"

#include "commands/words.h"

#include <string.h>

#define WORDS_MAX 6

/* clang-format off */
static const char *const greeting[] = {
    "afternoon", "day", "evening", "greetings", "hello", "hey", "hi", "hiya", "howdy", "moin",
    "morning", NULL};
static const char *const thanking[] = {
    "bye", "cheers", "goodbye", "goodnight", "night", "ta", "thank", "thanks", "thx", "tx", "ty", NULL};
static const char *const quiet[] = {
    "alright", "fine", "good", "great", "haha", "k", "lol", "nice", "no", "oh", "ok", "okay",
    "right", "sure", "test", "wow", "yes", NULL};
static const char *const around[] = { /* says nothing beside one of those */
    "a", "again", "all", "and", "answer", "bot", "everybody", "everyone", "folks", "for", "friends",
    "good", "guys", "hearth", "helpful", "kind", "lots", "lot", "lovely", "made", "much", "my", "quick",
    "really", "reply", "so", "that", "thats", "the", "then", "there", "to", "useful", "very", "was", "you",
    "your", "help", NULL};
/* clang-format on */

enum small_talk small_talk_read(const char *text)
{
    struct words words;
    size_t greets = 0, thanks = 0, quiets = 0, rest = 0;
    words_read(text, &words);
    size_t count = words.count;
    for (size_t i = 0; i < count && i <= WORDS_MAX; i++) {
        const char *word = words.items[i].text;
        if (text_is_one_of(word, greeting))
            greets++;
        else if (text_is_one_of(word, thanking))
            thanks++;
        else if (text_is_one_of(word, quiet))
            quiets++;
        else if (!text_is_one_of(word, around))
            rest++;
    }
    words_clear(&words);
    if (count == 0)
        return strchr(text, '?') ? SMALL_TALK_NONE : SMALL_TALK_QUIET;
    if (count > WORDS_MAX || rest > 0)
        return SMALL_TALK_NONE;
    if (thanks > 0)
        return SMALL_TALK_THANKS;
    if (greets > 0)
        return SMALL_TALK_HELLO;
    return quiets == count ? SMALL_TALK_QUIET : SMALL_TALK_NONE;
}
