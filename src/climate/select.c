/** @file select.c
 * @brief Percentiles between the sorted values of a column; kernel_select.h finds these.
 */
#include "climate/select.h"

#include <string.h>

static void add_rank(stk_order *order, size_t rank)
{
    size_t at = order->rank_count;
    while (at > 0 && order->ranks[at - 1] > rank) {
        at--;
    }
    if (at > 0 && order->ranks[at - 1] == rank) {
        return;
    }
    memmove(&order->ranks[at + 1], &order->ranks[at], (order->rank_count - at) * sizeof rank);
    order->ranks[at] = rank;
    order->rank_count++;
}

void stk_order_prepare(stk_order *order, const double *percentiles, size_t values)
{
    order->rank_count = 0;
    for (int pass = 0; pass < 2; pass++) { /* places are known when all ranks are */
        for (size_t p = 0; p < order->count; p++) {
            double position = (double)(values - 1) * (percentiles[p] / 100);
            size_t below = (size_t)position;
            below = below + 1 < values ? below : values - 1;
            order->shares[p] = position - (double)below;
            add_rank(order, below);
            add_rank(order, below + 1 < values ? below + 1 : below);
            for (size_t at = 0; at < order->rank_count; at++) {
                order->places[p] = order->ranks[at] == below ? at : order->places[p];
            }
        }
    }
}

double stk_order_value(const stk_order *order, size_t p, const double *selected)
{
    size_t place = order->places[p];
    double t = order->shares[p];
    double a = selected[place];
    if (place + 1 == order->rank_count) {
        return a;
    }
    double b = selected[place + 1];
    return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}
