/** @file factorial_impl.h
 * @brief Inside of a factorial: cases, then what is read from them.
 */
#ifndef STK_ASSESS_FACTORIAL_IMPL_H
#define STK_ASSESS_FACTORIAL_IMPL_H

#include <stocktake/factorial.h>

struct stk_factorial {
    stk_combination reference;
    bool complete; /* every combination, in the order of combination_index() */
    size_t count;
    stk_factorial_case *cases;
    size_t effect_count;
    stk_effect effects[STK_EFFECTS_MAX];
    double shares[STK_ASSUMPTIONS];
};

/* How many combinations there are, and the place of one among all: the last assumption varies
 * fastest. */
size_t combination_count(void);
size_t combination_index(const stk_combination *combination);
stk_combination combination_at(size_t index);

/* The options of a world under a combination; condition, ambition and long term are not of it. */
stk_options combination_options(const stk_combination *combination, stk_date as_of, size_t gwp);

/* Fill effects and shares from the cases. */
void factorial_find_effects(stk_factorial *factorial);

#endif
