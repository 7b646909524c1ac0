/** @file library.h
 * @brief Database of scenarios prepared for infilling, by quantile rolling windows: the relation
 * between a lead and a follower in one year.
 *
 * Lamboll et al. 2020, 10.5194/gmd-13-5259-2020, section 2.1: windows are centred on equally
 * spaced values of the lead; in each, points weigh less with their distance from the centre, and
 * the weighted quantile of the follower is taken; between centres the relation is a line.
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

/* A follower is at `start` where its leader is at `leader_start`, and moves `ratio` times as much.
 */
typedef struct stk_library_scale {
    double start;
    double leader_start;
    double ratio;
} stk_library_scale;

struct stk_scenario_library {
    stk_arena arena;
    const stk_method *method;
    stk_library_set sets[2];               /* the chosen database and the method's own */
    stk_library_curves *curves[STK_LEADS]; /* one for each variable of the method */
    int *source;                           /* set from which each closest variable comes, -1 none */
    stk_library_scale *scales; /* one for each variable of the method; NULL before they are known */
};

typedef struct stk_point {
    double x; /* lead */
    double y; /* follower */
} stk_point;

/** Values of the relation at `windows` centres from the least to the largest x.
 * @param points    sorted on return; at least one
 * @param quantile  0 to 1
 * @param decay     distance in half steps at which a weight is one half
 * @param first, step  receive the first centre and the distance between centres (0 when all x are
 *                  the same; then all points weigh the same and all values are equal)
 * @param values    receives `windows` values
 * @param weights   scratch of `count` numbers */
void stk_quantile_windows(stk_point *points, size_t count, double quantile, int windows,
                          double decay, double *first, double *step, double *values,
                          double *weights);

/** The relation at x: a line between centres, the end values outside. */
double stk_quantile_at(double x, double first, double step, const double *values, int windows);

/** The variable that leads. */
size_t stk_lead_variable(const stk_method *method, stk_lead lead);

#endif
