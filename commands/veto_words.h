/* veto_words.h - words and short phrases that show what a question is about, when it is
 * about something that no FAQ of a support group should answer from a near miss.
 *
 * Each list has lines "word, short phrase, word" and ends with NULL.
 */
#ifndef HEARTH_COMMANDS_VETO_WORDS_H
#define HEARTH_COMMANDS_VETO_WORDS_H

/* veto_words_drugs.c */
extern const char *const veto_doses[];      /* an amount of a drug, said outright */
extern const char *const veto_drugs[];      /* kinds of drugs */
extern const char *const veto_drug_names[]; /* and drugs, drink, herbs by name */
extern const char *const veto_amounts[];    /* how much, how often, when */
extern const char *const veto_mixing[];     /* two at the same time */
extern const char
    *const veto_own_case[]; /* whether one person may; stopping, side effects */

/* veto_words_health.c */
extern const char *const veto_animals[];
extern const char *const veto_illnesses[]; /* and injuries */

/* veto_words_elsewhere.c */
extern const char *const veto_elsewhere[];

#endif
