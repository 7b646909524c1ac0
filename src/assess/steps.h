/** @file steps.h
 * @brief What happened between two dates, Party by Party and day by day, and what it did to the
 * world.
 *
 * The one definition of a change: the world of the day on which something happened less the world
 * of the day before, under the same options. An actor depends on its own documents and events
 * alone, so a step moves the actors that it touches and no other, and steps add up to the
 * difference of two worlds in any order.
 */
#ifndef STK_ASSESS_STEPS_H
#define STK_ASSESS_STEPS_H

#include <stocktake/timeline.h>

/* A document, an event, a net-zero aim. A new kind needs a function that lists its happenings. */
typedef struct assess_happening {
    stk_date date;
    const char *iso3; /* whom it moves */
    stk_step_kind kind;
    bool counts;                /* false for an announcement that the options leave out */
    const stk_target *document; /* its first row; NULL if it is no document */
    char label[STK_DOCUMENT_LABEL_SIZE];
    size_t entered; /* place in the order of entry */
} assess_happening;

/* What one Party did on one day; all of it counts. */
typedef struct assess_step {
    stk_date date;
    const char *iso3;
    stk_step_kind kind; /* the first in the order of ::stk_step_kind of what happened */
    const assess_happening *first;
    size_t count;
} assess_step;

typedef struct assess_steps {
    assess_happening *happenings; /* in order of dates, then of ISO3 codes */
    size_t happening_count;
    size_t capacity;
    assess_step *items; /* in the same order */
    size_t count;
} assess_steps;

/* Everything from `first` to the date of the options, both inclusive.
 * `warming`: net-zero aims that move only the warming are steps too. */
stk_status assess_steps_list(const stk_data *data, const stk_options *options, stk_date first,
                             bool warming, assess_steps *steps, stk_error *error);
void assess_steps_free(assess_steps *steps);

/* The rows of a document: the run of rows from its first on. */
size_t assess_document_rows(const stk_data *data, const stk_target *first);

/* The day before a date. */
stk_date assess_day_before(stk_date date);

/* One year of an actor. */
typedef struct assess_levels {
    double mt[STK_CONDITIONS][STK_AMBITIONS];      /* without LULUCF */
    double land_mt[STK_CONDITIONS][STK_AMBITIONS]; /* LULUCF */
} assess_levels;

/* What a step did in one year. */
typedef struct assess_effect {
    const stk_national *actor; /* of the Party after the step, in the world */
    assess_levels change;      /* of the whole world */
    assess_levels after;       /* of the actor */
} assess_effect;

/* Let a step happen in a world. */
stk_status assess_step_take(stk_world *world, const assess_step *step, int year,
                            assess_effect *effect, stk_error *error);

#endif
