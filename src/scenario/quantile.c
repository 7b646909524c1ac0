/** @file quantile.c
 * @brief Quantile rolling windows.
 */
#include "scenario/quantile.h"

#include <stdlib.h>

static int compare_points(const void *a, const void *b)
{
    const stk_point *p = a;
    const stk_point *q = b;
    int order = (p->y > q->y) - (p->y < q->y);
    return order != 0 ? order : (p->x > q->x) - (p->x < q->x);
}

/* The y at `quantile` of points sorted by y, each at the middle of its share of the weight. */
static double weighted_quantile(const stk_point *points, const double *weights, size_t count,
                                double quantile)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += weights[i];
    }
    double before = 0;
    double last_place = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights[i] / total;
        before += weight;
        double place = before - weight / 2;
        if (place >= quantile) {
            if (i == 0) {
                return points[0].y;
            }
            double share = (quantile - last_place) / (place - last_place);
            return points[i - 1].y + (points[i].y - points[i - 1].y) * share;
        }
        last_place = place;
    }
    return points[count - 1].y;
}

void stk_quantile_windows(stk_point *points, size_t count, double quantile, int windows,
                          double decay, double *first, double *step, double *values,
                          double *weights)
{
    double least = points[0].x;
    double most = points[0].x;
    for (size_t i = 1; i < count; i++) {
        least = points[i].x < least ? points[i].x : least;
        most = points[i].x > most ? points[i].x : most;
    }
    *first = least;
    *step = (most - least) / (windows - 1);
    qsort(points, count, sizeof *points, compare_points);
    for (int k = 0; k < windows; k++) {
        double centre = least + k * *step;
        for (size_t i = 0; i < count; i++) {
            double distance = *step == 0 ? 0 : (points[i].x - centre) / (*step / 2 * decay);
            weights[i] = 1 / (1 + distance * distance);
        }
        values[k] = weighted_quantile(points, weights, count, quantile);
    }
}

double stk_quantile_at(double x, double first, double step, const double *values, int windows)
{
    double place = step == 0 ? 0 : (x - first) / step;
    if (!(place > 0)) {
        return values[0];
    }
    if (place >= windows - 1) {
        return values[windows - 1];
    }
    int k = (int)place;
    return values[k] + (values[k + 1] - values[k]) * (place - k);
}
