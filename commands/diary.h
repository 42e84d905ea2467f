/* diary.h - the spans and forms of a person's own diary.
 *
 * The bot keeps no diary: each form is made in memory from what stands in the DM
 * (diary_read.h), when it is sent.
 */
#ifndef HEARTH_COMMANDS_DIARY_H
#define HEARTH_COMMANDS_DIARY_H

#include "bot/base/buf.h"
#include "commands/command.h"
#include "commands/diary_read.h"

enum diary_span { DIARY_WEEK, DIARY_MONTH, DIARY_YEAR, DIARY_SPAN_COUNT };
extern const char *const diary_span_names[DIARY_SPAN_COUNT]; /* as one types them */

/* The first day of the span that ends with `today`. */
int32_t diary_first_day(enum diary_span span, int32_t today);

/* How an item was over the days with a value. */
struct diary_sum {
    int days, middle, low, high; /* middle: the lower median */
};
void diary_sum(const struct diary *diary, size_t item, int32_t from, int32_t until,
               struct diary_sum *ret_sum);

/* Markdown: a line a day of a week, else a line an item. */
void diary_write_text(const struct settings *settings, const struct diary *diary,
                      enum diary_span span, struct buf *out);
/* RFC 4180; no cell begins as a formula. */
void diary_write_csv(const struct settings *settings, const struct diary *diary,
                     struct buf *out);

/* The answer to "shall I make that file?" (from talk_take). */
enum status file_answer(struct turn *turn, const char *asked,
                        bool *ret_is_handled) MUST_CHECK;
/* Ask it; `view` is the name of what would be made (view.h). */
enum status file_ask(struct turn *turn, const char *view) MUST_CHECK;

#endif
