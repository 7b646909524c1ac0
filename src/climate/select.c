/** @file select.c
 * @brief Order statistics of a column, without sorting all of it.
 *
 * Seven percentiles need fourteen of 841 values. Values are counted in bins of equal width between
 * the smallest and the largest; only those in bins that hold a rank that is asked for are sorted.
 */
#include "climate/select.h"

#include <string.h>

enum { STEP = STK_BIN_STEP, STEPS = STK_BIN_STEPS, BINS = STEP * STEPS };

/* Widths within which scale and bins are finite; a column beyond, or of equal values, is sorted. */
#define RANGE_MIN 1e-300
#define RANGE_MAX 1e300

/* The bins of a step lie one below the other, so that vectors sum them. */
typedef struct histogram {
    uint32_t counts[STEP][STEPS];
    uint32_t below[STEPS + 1]; /* values before a step */
    uint32_t next[BINS];       /* where the next candidate of a wanted bin goes */
} histogram;

/* Shell's sort (1959); a few values need the last pass only. */
static void sort_group(double *values, size_t count)
{
    static const size_t gaps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        if (gaps[g] > 1 && 8 * gaps[g] > count) {
            continue;
        }
        for (size_t i = gaps[g]; i < count; i++) {
            double value = values[i];
            size_t at = i;
            for (; at >= gaps[g] && values[at - gaps[g]] > value; at -= gaps[g]) {
                values[at] = values[at - gaps[g]];
            }
            values[at] = value;
        }
    }
}

static void select_sorted(stk_column *column, const size_t *ranks, size_t count, double *out)
{
    memcpy(column->candidates, column->values, column->count * sizeof *column->values);
    if (column->low < column->high) {
        sort_group(column->candidates, column->count);
    }
    for (size_t k = 0; k < count; k++) {
        out[k] = column->candidates[ranks[k]];
    }
}

static void count_bins(const stk_column *column, histogram *h)
{
    enum { WIDTH = 4 };
    uint32_t *counts = h->counts[0];
    uint32_t steps[STEPS];
    uint32_t below = 0;
    memset(h->counts, 0, sizeof h->counts);
    for (size_t i = 0; i < column->count; i++) {
        counts[column->bins[i]]++;
    }
    for (int s = 0; s < STEPS; s += WIDTH) {
        uint32_t sum[WIDTH] = {0};
        for (int b = 0; b < STEP; b++) {
            for (int i = 0; i < WIDTH; i++) {
                sum[i] += h->counts[b][s + i];
            }
        }
        memcpy(steps + s, sum, sizeof sum);
    }
    for (int s = 0; s < STEPS; s++) {
        h->below[s] = below;
        below += steps[s];
    }
    h->below[STEPS] = below;
}

/* The step of a rank is near that of the same rank in the column before. */
static int find_step(const histogram *h, size_t rank, int step)
{
    while (h->below[step] > rank) {
        step--;
    }
    while (h->below[step + 1] <= rank) {
        step++;
    }
    return step;
}

/* The bin of a rank within a step, and how many values lie before it; without a branch, which
 * nothing could foretell. */
static int find_bin(const histogram *h, int step, uint32_t rank, uint32_t *below)
{
    uint32_t sum = h->below[step];
    int bin = 0;
    *below = sum;
    for (int b = 0; b < STEP; b++) {
        sum += h->counts[b][step];
        bin += sum <= rank;
        *below = sum <= rank ? sum : *below;
    }
    return bin;
}

/* Places for the values of all bins that hold a rank, in their order; how many they are. */
static size_t want_bins(histogram *h, stk_column *column, const size_t *ranks, size_t count)
{
    uint32_t below = 0;
    uint32_t end = 0; /* of the values in the bin at hand */
    size_t candidates = 0;
    column->wanted_count = 0;
    for (size_t k = 0; k < count; k++) {
        if (ranks[k] >= end) {
            int step = find_step(h, ranks[k], column->steps[k]);
            int bin = find_bin(h, step, (uint32_t)ranks[k], &below);
            uint16_t *wanted = column->wanted + column->wanted_count++ * STK_WANTED;
            column->steps[k] = step;
            for (int i = 0; i < STK_WANTED; i++) {
                wanted[i] = (uint16_t)(bin * STEPS + step);
            }
            h->next[bin * STEPS + step] = (uint32_t)candidates;
            candidates += h->counts[bin][step];
            end = below + h->counts[bin][step];
        }
        column->places[k] = candidates - end + ranks[k];
    }
    return candidates;
}

/* Bins follow each other, so that one sort of all candidates moves them within their bins only. */
void stk_column_select(const stk_kernel *kernel, stk_column *column, const size_t *ranks,
                       size_t count, double *out)
{
    histogram h;
    double range = column->high - column->low;
    if (!(range >= RANGE_MIN && range <= RANGE_MAX)) {
        select_sorted(column, ranks, count, out);
        return;
    }
    kernel->number(column, (BINS - 0.001) / range); /* the highest, rounded, is in the last bin */
    count_bins(column, &h);
    size_t candidates = want_bins(&h, column, ranks, count);
    size_t chosen = kernel->choose(column);
    for (size_t i = 0; i < chosen; i++) {
        uint32_t value = column->chosen[i];
        column->candidates[h.next[column->bins[value]]++] = column->values[value];
    }
    sort_group(column->candidates, candidates);
    for (size_t k = 0; k < count; k++) {
        out[k] = column->candidates[column->places[k]];
    }
}

/* --- percentiles ------------------------------------------------------------------------------ */

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
