/* match.h - which FAQ entry a question means: the interface of the matcher.
 *
 * Pure: an index built from the settings at load, a query in, ranked entries
 * and a decision out.
 */
#ifndef HEARTH_COMMANDS_MATCH_H
#define HEARTH_COMMANDS_MATCH_H

#include "bot/base/buf.h"
#include "bot/model/settings.h"

struct faq_index;
struct safety_rules; /* commands/safety.h */

/* Borrows `settings`, which must outlive it. */
struct faq_index *faq_index_new(const struct settings *settings);
void faq_index_free(struct faq_index *index);

enum decision {
    DECIDE_ANSWER,  /* ranked[0] is meant */
    DECIDE_SUGGEST, /* one of ranked may be meant */
    DECIDE_NONE,    /* addressed, but nothing fits; or overheard talk */
    DECIDE_CRISIS,  /* the safety layer's, never the matcher's */
    DECIDE_URGENT
};

#define RANKED_MAX 3

struct ranked {
    size_t faq; /* index into settings.faqs */
    int score;  /* 0..1000, calibrated: about the chance in permille that it is meant */
};

struct match {
    enum decision decision;
    struct ranked ranked[RANKED_MAX]; /* best first */
    size_t ranked_count;
    bool is_forbidden; /* doses, one person's medicine: never answered from a near miss */
};

/* The safety lists of the same settings, read once with the index. */
const struct safety_rules *faq_safety(const struct faq_index *index);

/* `is_overheard`: talk that was not addressed to the bot: only real questions
 * with a clear answer count. At most QUESTION_MAX bytes are read. */
void faq_match(const struct faq_index *index, const char *query, bool is_overheard,
               struct match *ret_match);

/* Why: how the entries that fit best hold the words of the question, what is in none,
 * and what kept it from being answered. Lines of text for who writes the FAQ. */
void faq_explain(const struct faq_index *index, const char *query, bool is_overheard,
                 struct buf *out);

/* Safety first, then the matcher: what `hearth ask` and the FAQ command use. */
void faq_decide(const struct faq_index *index, const char *query, bool is_overheard,
                struct match *ret_match);

#endif
