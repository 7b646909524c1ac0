/** @file assess_impl.h
 * @brief Inside of an assessment.
 */
#ifndef STK_ASSESS_ASSESS_IMPL_H
#define STK_ASSESS_ASSESS_IMPL_H

#include <stocktake/factorial.h>
#include <stocktake/warming.h>

#include "assess/steps.h"
#include "base/try.h"

enum { ASSESS_FORESTS_MAX = 64 };

struct stk_assessment {
    stk_assess_request request;
    stk_world *kept;        /* hot air kept */
    stk_world *capped;      /* and capped */
    const stk_world *world; /* the one of the two that the options ask for */
    stk_gap gaps[STK_GAP_CASES];
    stk_other_year other; /* year 0: not asked for */
    stk_coverage coverage;
    stk_checked_level *checks;
    size_t check_count;
    stk_arrival *arrivals;
    size_t arrival_count;
    stk_change *changes;
    size_t change_count;
    stk_change_total totals[STK_CONDITIONS][STK_COUNTERFACTUALS];
    stk_forest_choice forests[ASSESS_FORESTS_MAX];
    size_t forest_count;
    stk_warming_case *warming;
    size_t warming_count;
    stk_assessment *before; /* of the earlier date; NULL without one */
};

stk_status assess_world(const stk_data *data, const stk_options *options, stk_world **world,
                        stk_error *error);

/* The first target that reaches a year and states something; NULL if none does. */
const stk_actor_target *assess_target_reaching(const stk_national *national, int year);

/* The document known but not extracted: the actor's newest document is of kind unknown. */
bool assess_newest_is_unknown(const stk_pledges *pledges, const char *iso3, stk_date date);

/* Run the ensemble on one case a kind, and for the earlier date on what a headline has. */
stk_status assess_warming(stk_assessment *assessment, const stk_data *data, stk_error *error);

/* "withdraws", "rejoins" and the like of what is no document. */
const char *assess_event_status(stk_step_kind kind);

/* One arrival for each happening. */
stk_status arrivals_list(stk_assessment *assessment, const stk_data *data,
                         const assess_steps *steps, stk_error *error);

/* Find out whether a level was made of what came, from the actor on its day. */
void arrivals_note(stk_arrival *arrival, const assess_happening *happening, const stk_data *data,
                   const stk_national *actor, stk_as_of as_of);

/* Leave out the calendar: that a year is over is no arrival. */
void arrivals_keep_what_came(stk_assessment *assessment);

/* Fill arrivals, changes and totals. */
stk_status assess_changes(stk_assessment *assessment, const stk_data *data, stk_error *error);

/* ---- inside of a factorial: cases, then what is read from them ---- */

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
