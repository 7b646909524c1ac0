/** @file quantile.h
 * @brief Quantile rolling windows: the relation between a lead and a follower in one year.
 *
 * Lamboll et al. 2020, 10.5194/gmd-13-5259-2020, section 2.1: windows are centred on equally
 * spaced values of the lead; in each, points weigh less with their distance from the centre, and
 * the weighted quantile of the follower is taken; between centres the relation is a line.
 */
#ifndef STK_SCENARIO_QUANTILE_H
#define STK_SCENARIO_QUANTILE_H

#include <stocktake/base.h>

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

#endif
