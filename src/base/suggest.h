/** @file suggest.h
 * @brief Words that a person types: folded for comparison, and the known ones nearest to them.
 */
#ifndef STK_BASE_SUGGEST_H
#define STK_BASE_SUGGEST_H

#include <stocktake/base.h>

enum { FOLD_SIZE = 96, SUGGESTIONS_MAX = 3, SUGGEST_SIZE = 240 };

/** How German umlauts are folded. */
typedef enum fold_umlauts { FOLD_PLAIN, FOLD_UMLAUT_E } fold_umlauts;

/** Fold a name to lower-case letters and digits of ASCII, so that case, accents, punctuation,
 * "the", leading articles and "St." for "Saint" make no difference: "L'Égypte" gives "egypte".
 * @param umlauts  FOLD_UMLAUT_E writes "ae" for "ä" and so on
 * @return the length; 0 where no Latin letter or digit is in it */
size_t text_fold(stk_text text, fold_umlauts umlauts, char out[FOLD_SIZE]);

/** Damerau-Levenshtein distance (insert, delete, replace, swap neighbours) of the first FOLD_SIZE
 * bytes. */
int text_distance(const char *a, const char *b);

/** The nearest of all words that were offered, best first. */
typedef struct suggest {
    char word[FOLD_SIZE];
    int count;
    struct {
        long id;
        int score;
    } best[SUGGESTIONS_MAX];
    long nearest; /**< of any distance; -1 where none was offered */
    int nearest_distance;
} suggest;

/** Start with what was typed; it is folded here. */
void suggest_start(suggest *s, stk_text word);

/** Offer a folded word. Of words that are as near as each other the one that was offered first
 * stands first; an id stands once.
 * @param id  not negative */
void suggest_offer(suggest *s, const char *folded, long id);

/** "did you mean timeline?" for what was typed in place of one of the words, "" where none is near.
 * @param words  `count` of them */
void suggest_words(stk_text typed, const char *const *words, size_t count, char out[SUGGEST_SIZE]);

/** The same for words in one text, separated by '|'. */
void suggest_choices(stk_text typed, const char *choices, char out[SUGGEST_SIZE]);

#endif
