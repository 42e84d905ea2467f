/* faq_features.c - what the matcher sees of each question of a test file: the data
 * its constants are fitted on by tests/bench/fit.py.
 *
 *   faq-features CONFIG QUESTIONS.tsv
 *
 * A line a question "Q expected kind forbidden question", then for the entries that fit
 * best "E id cover likeness contain pull", and the signs of the first "S ...".
 */
#include "bot/base/file.h"
#include "bot/base/mem.h"
#include "bot/config.h"
#include "bot/faq_rows.h"
#include "commands/match_signs.h"

#include <stdio.h>
#include <stdlib.h>

#define SHOWN_MAX 12

static const struct fit *compared; /* qsort has no argument for it */

static int compare_fits(const void *a, const void *b)
{
    float one = compared[*(const size_t *)a].sum, two = compared[*(const size_t *)b].sum;
    return one > two ? -1 : one < two ? 1 : 0;
}

static void print_entries(const struct settings *settings, const struct ranking *ranking,
                          const size_t *order)
{
    for (size_t i = 0; i < settings->faq_count && i < SHOWN_MAX; i++) {
        const struct fit *fit = &ranking->fits[order[i]];
        printf("E\t%s\t%g\t%g\t%g\t%g\n", settings->faqs[order[i]].id, (double)fit->cover,
               (double)fit->likeness, (double)fit->contain, (double)fit->pull);
    }
}

/* Entries, the best first; the caller's. */
static size_t *sort_entries(const struct settings *settings,
                            const struct ranking *ranking)
{
    size_t *order = mem_resize(NULL, settings->faq_count, sizeof *order);
    for (size_t i = 0; i < settings->faq_count; i++)
        order[i] = i;
    compared = ranking->fits;
    qsort(order, settings->faq_count, sizeof *order, compare_fits);
    return order;
}

static void print_signs(const struct faq_index *index, const struct inquiry *inquiry,
                        const struct vetoes *vetoes, const size_t *order)
{
    float signs[SIGN_COUNT];
    const struct fit *fits = inquiry->ranking.fits;
    bool has_second = index->settings->faq_count > 1;
    struct best_two best = {order[0], fits[order[0]].sum,
                            has_second ? fits[order[1]].sum : 0};
    match_signs_read(index, inquiry, vetoes, &best, signs);
    fputs("S", stdout);
    for (int i = 0; i < SIGN_COUNT; i++)
        printf("\t%g", (double)signs[i]);
    putchar('\n');
}

static void print_row(const struct settings *settings, const struct faq_index *index,
                      const struct faq_row *row)
{
    struct inquiry inquiry;
    struct vetoes vetoes;
    inquiry_read(index, row->question, &inquiry);
    size_t *order = sort_entries(settings, &inquiry.ranking);
    veto_read(index, &inquiry.words, order[0], &vetoes);
    printf("Q\t%s\t%s\t%d\t%s\n",
           row->expected == EXPECT_ENTRY ? settings->faqs[row->faq].id : "NONE",
           row->kind, vetoes.forbids, row->question);
    print_entries(settings, &inquiry.ranking, order);
    if (inquiry.ranking.fits[order[0]].sum > 0)
        print_signs(index, &inquiry, &vetoes, order);
    free(order);
    inquiry_clear(&inquiry);
}

int main(int argc, char **argv)
{
    struct settings *settings;
    struct config_problems problems;
    struct faq_rows rows;
    struct buf bytes, wrong;
    buf_init(&bytes, FAQ_ROWS_FILE_MAX);
    buf_init(&wrong, SIZE_MAX);
    if (argc != 3 ||
        config_load(argv[1], CONFIG_COMMUNITY, 0, &settings, &problems) != ST_OK ||
        file_read(argv[2], &bytes) != ST_OK ||
        faq_rows_read(settings, bytes.data, bytes.len, &wrong, &rows) != ST_OK) {
        fprintf(stderr, "usage: faq-features CONFIG QUESTIONS.tsv\n%s",
                wrong.len ? wrong.data : "");
        return 2;
    }
    struct faq_index *index = faq_index_new(settings);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i].expected == EXPECT_ENTRY ||
            rows.items[i].expected == EXPECT_NONE)
            print_row(settings, index, &rows.items[i]);
    }
    faq_index_free(index);
    faq_rows_clear(&rows);
    config_problems_clear(&problems);
    config_free(settings);
    buf_clear(&bytes);
    return 0;
}
