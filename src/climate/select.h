/** @file select.h
 * @brief Percentiles between the sorted values of a column.
 */
#ifndef STK_CLIMATE_SELECT_H
#define STK_CLIMATE_SELECT_H

#include <stddef.h>

/** Where percentiles lie between the sorted values of a column, by numpy's "linear". */
typedef struct stk_order {
    size_t count;
    size_t rank_count;
    size_t *ranks;  /**< [2 * count] ascending, those that are needed */
    size_t *places; /**< [count] of the value below, among the ranks */
    double *shares; /**< [count] of the way from there to the value above */
} stk_order;

/** Fill an order for columns of `values` values; its count and arrays are given. */
void stk_order_prepare(stk_order *order, const double *percentiles, size_t values);

/** Percentile number p from the values at the order's ranks. */
double stk_order_value(const stk_order *order, size_t p, const double *selected);

#endif
