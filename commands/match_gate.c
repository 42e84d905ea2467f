/* match_gate.c - what the wording itself says, whatever a question is about.
 *
 * Two gates. Talk: overheard words that ask this bot nothing. Vetoes: questions
 * that look like an entry but whose answer would be advice about one person's
 * drugs, about an animal or about another illness. A word of the veto lists that
 * the FAQ's own questions use is no reason for a veto: then the moderators chose to speak
 * about it.
 */
#include "commands/match_index.h"

#include "bot/base/text.h"

#include <stdio.h>
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

static const char *const amounts[] = {
    "dosage", "dosages", "dose", "doses", "grams", "mcg", "mg", "milligram", "milligrams", "ml",
    "overdose", NULL};
static const char *const drug_words[] = { /* stand for any drug */
    "antidepressant", "antidepressants", "antibiotic", "antibiotics", "capsule", "capsules", "drug",
    "drugs", "med", "medication", "medications", "medicine", "medicines", "meds", "nsaid", "nsaids",
    "opioid", "opioids", "painkiller", "painkillers", "pill", "pills", "relaxant", "relaxants",
    "statin", "statins", "steroid", "steroids", "supplement", "supplements", "tablet", "tablets",
    NULL};
static const char *const drug_names[] = {
    "acetaminophen", "advil", "alcohol", "aleve", "amitriptyline", "aspirin", "baclofen", "beer",
    "cannabis", "cbd", "celecoxib", "citalopram", "cocodamol", "codeine", "diazepam", "diclofenac",
    "duloxetine", "fentanyl", "fluoxetine", "gabapentin", "hydroxychloroquine", "ibuprofen", "insulin",
    "ketamine", "lyrica", "meloxicam", "metformin", "methotrexate", "morphine", "naltrexone",
    "naproxen", "oxycodone", "panadol", "paracetamol", "prednisolone", "prednisone", "pregabalin",
    "sertraline", "tramadol", "tylenol", "valium", "venlafaxine", "warfarin", "whisky", "wine",
    "wort", NULL};
static const char *const mixing[] = {
    "alongside", "combination", "combine", "combined", "combining", "interact", "interaction",
    "interactions", "interacts", "mix", "mixed", "mixing", "together", NULL};
static const char *const own_case[] = { /* whether something is safe for one person */
    "allergic", "allowed", "breastfeeding", "driving", "harmful", "kidney", "kidneys", "liver",
    "nursing", "pregnancy", "pregnant", "safe", "safely", "toxic", "unsafe", NULL};
static const char *const taking[] = {
    "stop", "stopping", "take", "taken", "taking", "took", "swallow", "start", "double", "halve", "quit",
    "increase", "skip", "switch", "ok", "okay", NULL};
static const char *const animals[] = {
    "bird", "budgie", "bunny", "cat", "cats", "dog", "dogs", "goldfish", "hamster", "horse", "horses",
    "kitten", "parrot", "pet", "pets", "pony", "puppy", "rabbit", "rabbits", "vet", NULL};
static const char *const illnesses[] = {
    "acne", "adhd", "alzheimers", "angina", "appendicitis", "asthma", "autism", "bronchitis", "cancer",
    "chickenpox", "cholesterol", "chlamydia", "coeliac", "conjunctivitis", "constipation", "copd",
    "crohns", "cystitis", "dementia", "diabetes", "diabetic", "diarrhoea", "diarrhea", "eczema",
    "endometriosis", "epilepsy", "flu", "gallstones", "glaucoma", "gout", "haemorrhoids", "hayfever",
    "hemorrhoids", "hepatitis", "hernia", "herpes", "hypertension", "ibs", "leukaemia", "leukemia",
    "malaria", "measles", "meningitis", "migraine", "migraines", "mumps", "osteoporosis", "parkinsons",
    "pneumonia", "psoriasis", "rabies", "ringworm", "rosacea", "sciatica", "scurvy", "shingles",
    "sinusitis", "stroke", "tetanus", "tinnitus", "tonsillitis", "tuberculosis", "ulcer", "ulcers",
    "vertigo", "warts", NULL};
static const char *const illness_pairs[] = {
    "blood pressure", "broken arm", "broken leg", "broken toe", "broken bone", "hay fever",
    "heart disease", "heart attack", "heart failure", "kidney stones", "common cold", NULL};
/* clang-format on */

static bool has(const char *const *list, const char *word)
{
    for (; *list; list++) {
        if (strcmp(*list, word) == 0)
            return true;
    }
    return false;
}

static bool any(const struct words *words, const char *const *list)
{
    for (size_t i = 0; i < words->count; i++) {
        if (has(list, words->items[i].text))
            return true;
    }
    return false;
}

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
        if (has(asks_before, words->items[i].text) &&
            (has(asks_inside, words->items[i + 1].text) ||
             (i + 2 < end && has(asks_inside, words->items[i + 2].text))))
            return true;
    }
    while (first < end && has(leading, words->items[first].text))
        first++;
    return end - first >= 2 && has(asking, words->items[first].text);
}

bool gate_is_talk(const struct words *words)
{
    bool asks = false;
    for (size_t i = 0; i < words->sentence_count; i++) {
        size_t first, end;
        if (!gate_is_question(words, i))
            continue;
        bounds(words, i, &first, &end);
        bool is_personal = false;
        for (size_t j = first; j < end; j++)
            is_personal |= has(persons, words->items[j].text);
        if (is_personal)
            return true;
        asks |= end > first;
    }
    return !asks;
}

/* A word of `list` that the questions of the FAQ do not use themselves. */
static bool has_foreign(const struct faq_index *index, const struct words *words,
                        const char *const *list)
{
    for (size_t i = 0; i < words->count; i++) {
        char stem[WORD_LEN];
        if (!has(list, words->items[i].text))
            continue;
        word_stem(words->items[i].text, stem);
        size_t term = index_find(index, stem);
        if (term == NO_TERM || index->terms[term].phrases.count == 0)
            return true;
    }
    return false;
}

static bool has_pair(const struct faq_index *index, const struct words *words)
{
    for (size_t i = 0; i + 1 < words->count; i++) {
        char pair[2 * WORD_LEN], first[WORD_LEN], second[WORD_LEN];
        snprintf(pair, sizeof pair, "%s %s", words->items[i].text,
                 words->items[i + 1].text);
        word_stem(words->items[i].text, first);
        word_stem(words->items[i + 1].text, second);
        if (has(illness_pairs, pair) && index_find_pair(index, first, second) == NO_TERM)
            return true;
    }
    return false;
}

static bool asks_how_much(const struct words *words)
{
    for (size_t i = 0; i + 1 < words->count; i++) {
        const char *next = words->items[i + 1].text;
        if (strcmp(words->items[i].text, "how") == 0 &&
            (strcmp(next, "much") == 0 || strcmp(next, "many") == 0 ||
             strcmp(next, "often") == 0))
            return true;
    }
    return false;
}

/* "give my cat", "can my dog have": an animal as the one it is about, not one
 * that has to be walked. */
static bool is_about_animal(const struct words *words)
{
    /* clang-format off */
    static const char *const about[] = {"can", "do", "does", "for", "give", "gave", "giving", "has",
                                        "is", "limping", "sick", "treat", "why", NULL};
    /* clang-format on */
    for (size_t i = 0; i < words->count; i++) {
        if (!has(animals, words->items[i].text))
            continue;
        for (size_t j = i >= 2 ? i - 2 : 0; j < i; j++) {
            if (has(about, words->items[j].text))
                return true;
        }
    }
    return false;
}

bool gate_is_vetoed(const struct faq_index *index, const struct words *words)
{
    bool is_drug = any(words, drug_words);
    bool is_named = any(words, drug_names);
    if (has_foreign(index, words, amounts) || is_about_animal(words))
        return true;
    if ((is_drug || is_named) &&
        (asks_how_much(words) || has_foreign(index, words, mixing) ||
         has_foreign(index, words, own_case)))
        return true;
    if (has_foreign(index, words, drug_names) && any(words, taking))
        return true;
    if (asks_how_much(words) && any(words, taking) &&
        has_foreign(index, words, drug_names))
        return true;
    return has_foreign(index, words, illnesses) || has_pair(index, words);
}
