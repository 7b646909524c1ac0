/** @file factorial.h
 * @brief Which assumption moves the warming of the pledges by how much: one assumption at a time,
 * or every combination of all of them.
 */
#ifndef STOCKTAKE_FACTORIAL_H
#define STOCKTAKE_FACTORIAL_H

#include <stocktake/warming.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is assumed, in the order in which it is shown. */
typedef enum stk_assumption {
    STK_ASSUME_CONDITION,
    STK_ASSUME_AMBITION,
    STK_ASSUME_HOT_AIR,
    STK_ASSUME_ANNOUNCED,
    STK_ASSUME_WITHDRAWN,
    STK_ASSUME_SINKS,
    STK_ASSUME_LULUCF_SOURCE,
    STK_ASSUME_STATED,
    STK_ASSUME_NET_ZERO,
    STK_ASSUME_BEYOND,
    STK_ASSUME_LONG_TERM,
    STK_ASSUMPTIONS
} stk_assumption;

enum { STK_CHOICES_MAX = 5 };

/** Number of choices, and their names: those of the options of the command. */
int stk_assumption_choices(stk_assumption assumption);
const char *stk_choice_name(stk_assumption assumption, int choice);

/** The same in words that readers need no manual for: "capped at the baseline". */
const char *stk_choice_words(stk_assumption assumption, int choice);

/** "net_zero" and "Net-zero years that count". */
const char *stk_assumption_name(stk_assumption assumption);
const char *stk_assumption_title(stk_assumption assumption);

/** Set what the option of the command of that name sets; condition and ambition set nothing, since
 * they pick a case. */
void stk_assumption_choose(stk_options *options, stk_assumption assumption, int choice);

/** One choice for each assumption. */
typedef struct stk_combination {
    unsigned char choice[STK_ASSUMPTIONS];
} stk_combination;

/** What comes of a combination. */
typedef struct stk_factorial_case {
    stk_combination combination;
    double world_gt; /**< of the year, AR6, with LULUCF CO2 */
    double warming_2100_k[STK_WARMING_PERCENTILES];
    double p_exceed[STK_WARMING_THRESHOLDS];
} stk_factorial_case;

/** What one choice changes against the reference's choice of the same assumption. Medians of 2100.
 * The last four are NaN unless every combination was run. */
typedef struct stk_effect {
    stk_assumption assumption;
    int choice;
    bool reference;  /**< this is the reference's choice: all zero */
    double alone_gt; /**< all other assumptions as in the reference */
    double alone_k;
    double mean_gt; /**< over all combinations of the others */
    double mean_k;
    double least_k; /**< smallest and largest over those combinations */
    double most_k;
} stk_effect;

enum { STK_EFFECTS_MAX = STK_ASSUMPTIONS * STK_CHOICES_MAX };

typedef struct stk_factorial_request {
    stk_date as_of;
    int year;                  /**< of the world's level, within the years of a pathway */
    stk_combination reference; /**< what effects are relative to */
    bool every_combination;    /**< else the reference and each other choice alone */
    int threads;               /**< 0: as many as processors */
    bool (*progress)(void *user, size_t done,
                     size_t total); /**< false ends it; `done` is 0
                                         while pathways are drawn; may be NULL */
    void *user;
} stk_factorial_request;

typedef struct stk_factorial stk_factorial;

/** The choices that options stand for; condition and ambition, which they do not say, unconditional
 * and low. */
stk_combination stk_combination_of(const stk_options *options);

/** Run the combinations through the model. Equal pathways are run once; results do not depend on
 * the number of threads.
 * @return STK_EARG for a year outside of the pathways; what the ensemble returned */
stk_status stk_factorial_run(const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_factorial **factorial,
                             stk_error *error);
void stk_factorial_free(stk_factorial *factorial);

/** All cases; the reference is among them. One assumption at a time: the reference, then each other
 * choice in the order of the effects. */
const stk_factorial_case *stk_factorial_cases(const stk_factorial *factorial, size_t *count);
const stk_factorial_case *stk_factorial_reference(const stk_factorial *factorial);

/** Effects by assumption and choice. `*count` receives how many. */
const stk_effect *stk_factorial_effects(const stk_factorial *factorial, size_t *count);

/** Share of the variance of median warming in 2100 over all combinations that an assumption
 * explains on its own, 0 to 1; what is left to 1 is interactions. NaN unless every combination was
 * run, or when nothing varies. */
double stk_factorial_share(const stk_factorial *factorial, stk_assumption assumption);

#ifdef __cplusplus
}
#endif
#endif
