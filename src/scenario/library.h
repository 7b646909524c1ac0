/** @file library.h
 * @brief A database of scenarios prepared for infilling.
 */
#ifndef STK_SCENARIO_LIBRARY_H
#define STK_SCENARIO_LIBRARY_H

#include "scenario/method.h"

typedef enum stk_lead { STK_LEAD_TOTAL, STK_LEAD_FOSSIL, STK_LEADS } stk_lead;

typedef struct stk_library_scenario {
    const char *model;
    const char *scenario;
    double **series; /* one for each variable of the method, NULL where there is none */
} stk_library_scenario;

typedef struct stk_library_set {
    size_t count;
    stk_library_scenario *scenarios; /* sorted by name, so that ties do not depend on file order */
} stk_library_set;

/** The windows of one follower, year after year; `values` is NULL where nothing is known. */
typedef struct stk_library_curves {
    double *firsts;
    double *steps;
    double *values; /* years times windows */
} stk_library_curves;

struct stk_scenario_library {
    stk_arena arena;
    const stk_method *method;
    stk_library_set sets[2];               /* the chosen database and the method's own */
    stk_library_curves *curves[STK_LEADS]; /* one for each variable of the method */
    int *source;                           /* set from which each closest variable comes, -1 none */
};

/** The variable that leads. */
size_t stk_lead_variable(const stk_method *method, stk_lead lead);

#endif
