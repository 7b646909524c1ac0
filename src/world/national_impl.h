/** @file national_impl.h
 * @brief Steps from an actor's documents to its pathways.
 */
#ifndef STK_WORLD_NATIONAL_IMPL_H
#define STK_WORLD_NATIONAL_IMPL_H

#include <stocktake/world.h>

#include "base/arena.h"

/* What all actors are computed with. */
typedef struct national_context {
    const stk_inventory *inventory;
    const stk_pledges *pledges;
    const stk_baseline *baseline;
    const stk_options *options;
} national_context;

/* Of a world as it is. */
national_context world_context(const stk_world *world);

/* Net LULUCF of an actor from one source, chosen once so that years compare. */
typedef struct actor_lulucf {
    bool reported;  /* the Party's own inventory; else the bookkeeping models */
    int last;       /* last year with data */
    double hold_mt; /* mean of the last five years, taken beyond the data */
} actor_lulucf;

double actor_baseline_mt(const national_context *context, const stk_actor *actor, size_t gwp,
                         int year);

/* Share of emissions in the gases and sectors that a target covers. */
double actor_coverage(const national_context *context, const stk_actor *actor,
                      const stk_target *target, size_t gwp, int year);

actor_lulucf actor_lulucf_choose(const national_context *context, const stk_actor *actor,
                                 int reference_year);
double actor_lulucf_mt(const national_context *context, const stk_actor *actor,
                       const actor_lulucf *lulucf, int year);

/* Bookkeeping LULUCF of an actor: history, then the mean of its last five years. */
void actor_bookkeeping(const national_context *context, const stk_actor *actor,
                       double mt[STK_PATH_YEARS]);

/* A level with its provenance. */
typedef struct target_level {
    stk_level level;
    double hold_excl_mt; /* had LULUCF been held */
    double lulucf_mt;    /* LULUCF without the target; NaN where not known */
    bool found;
    bool net;         /* the row's numbers count LULUCF */
    bool refused;     /* by the guard, at least in one way */
    unsigned check;   /* findings of the guard */
    const char *mark; /* the row's mark of confidence, or a worse one */
    stk_derivation from;
    char *method; /* room for STK_METHOD_SIZE; NULL: no words are wanted */
} target_level;

/* Quantify one row for one ambition. `national` holds the actor's baseline and the targets of
 * earlier years, which a peak refers to; `method` is empty room for words, or NULL. */
target_level quantify_target(const national_context *context, const stk_national *national,
                             const stk_target *target, stk_condition condition,
                             stk_ambition ambition, char *method);

/* Whether target `i` shapes the pathway. A peak without a number does not if a target with one
 * follows: the way there is straight, not up the baseline to the peak and down in the years left.
 */
bool shapes_pathway(const stk_national *national, int i, stk_condition condition,
                    stk_ambition ambition);

/* Quantify all rows of the document that holds for `year` and append the result to `national`. */
void quantify_year(const national_context *context, stk_national *national, int year);

/* Write how the levels of a target came about. */
void quantify_methods(const national_context *context, const stk_national *national,
                      const stk_actor_target *target, stk_methods *methods);

/* Fill baseline and targets of an actor whose `actor` part is set. */
void national_quantify(const national_context *context, stk_national *national);

/* Draw the pathways through the targets; depends besides them on cap_hot_air, extension, otherwise
 * and net_zero of the options. */
void national_draw(const national_context *context, stk_national *national);

/* Both. */
void national_make(const national_context *context, stk_national *national);

/* The same where baselines and land use are those of the actor already: only pledges changed. */
void national_change(const national_context *context, stk_national *national);

/* Append to a method text, "; " between entries; what does not fit is left out whole. NULL takes
 * nothing. */
void method_add(char *method, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
