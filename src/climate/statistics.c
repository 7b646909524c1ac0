/** @file statistics.c
 * @brief Percentiles and exceedance over members.
 */
#include <math.h>
#include <string.h>

#include "climate/ensemble.h"

/* Every member's mean of calendar years from time bounds: bounds at both ends count half. Those of
 * members that do not count are never looked at, but leaving them out would take longer. */
static void mean_of_years(const stk_ensemble *e, const stk_ensemble_memory *slot, stk_years years,
                          double *means)
{
    const double *t1 = slot->traces.rows[STK_TRACE_T1];
    int first = years.first - e->options.years.first;
    int last = years.last - e->options.years.first + 1;
    memset(means, 0, e->member_count * sizeof *means);
    for (int bound = first; bound <= last; bound++) { /* row by row, as they lie in memory */
        double weight = bound == first || bound == last ? 0.5 : 1;
        const double *row = t1 + (size_t)bound * e->stride;
        for (size_t m = 0; m < e->member_count; m++) {
            means[m] += weight * row[m];
        }
    }
    for (size_t m = 0; m < e->member_count; m++) {
        means[m] /= last - first;
    }
}

/* Values of members as a column, those that count. */
static void gather_members(const stk_ensemble *e, const stk_ensemble_memory *slot,
                           const double *values, stk_column *column)
{
    stk_column_source source = {values, values, NULL, slot->failed_count > 0 ? slot->valid : NULL};
    column->count = slot->used_count;
    e->kernel->gather(column, &source);
}

static double median_of(const stk_ensemble *e, const stk_ensemble_memory *slot,
                        const double *values, stk_column *column)
{
    size_t ranks[2];
    size_t place[1];
    double share[1];
    double found[2];
    stk_order order = {.count = 1, .ranks = ranks, .places = place, .shares = share};
    stk_order_prepare(&order, (const double[]){50}, slot->used_count);
    gather_members(e, slot, values, column);
    e->kernel->select(column, order.ranks, order.rank_count, found);
    return stk_order_value(&order, 0, found);
}

static void find_baselines(const stk_ensemble *e, stk_ensemble_memory *slot, stk_column *column)
{
    const stk_ensemble_options *o = &e->options;
    if (o->reference.first == 0) {
        memset(slot->baseline, 0, e->stride * sizeof *slot->baseline);
    } else {
        mean_of_years(e, slot, o->reference, slot->baseline);
    }
    if (o->anchor.first == 0) {
        return;
    }
    mean_of_years(e, slot, o->anchor, slot->peak);
    for (size_t i = 0; i < slot->used_count; i++) {
        size_t m = slot->valid[i];
        slot->peak[m] -= slot->baseline[m];
    }
    double shift = median_of(e, slot, slot->peak, column) - o->anchor_k;
    for (size_t i = 0; i < slot->used_count; i++) {
        slot->baseline[slot->valid[i]] += shift;
    }
}

static void find_peaks(const stk_ensemble *e, stk_ensemble_memory *slot)
{
    const double *t1 = slot->traces.rows[STK_TRACE_T1];
    const double *restrict baseline = slot->baseline;
    double *restrict peak = slot->peak;
    double *restrict peak_year = slot->peak_year;
    stk_years years = e->options.peak;
    for (size_t m = 0; m < e->member_count; m++) {
        slot->peak[m] = -INFINITY;
    }
    for (int year = years.first; year <= years.last; year++) {
        const double *row = t1 + (size_t)(year - e->options.years.first) * e->stride;
        const double *next = row + e->stride;
        for (size_t m = 0; m < e->member_count; m++) { /* no branch: vectors */
            double warming = 0.5 * (row[m] + next[m]) - baseline[m];
            bool higher = warming > peak[m];
            peak[m] = higher ? warming : peak[m];
            peak_year[m] = higher ? year : peak_year[m];
        }
    }
}

/* Percentiles of the column at hand, `step` apart; NaN where a value is no number: what is 0/0 in
 * the first year. */
static void put_percentiles(const stk_ensemble *e, const stk_ensemble_memory *slot,
                            stk_column *column, double *out, size_t step)
{
    const stk_order *order = &slot->order;
    bool numbers = isfinite(column->sum);
    if (numbers) {
        e->kernel->select(column, order->ranks, order->rank_count, column->selected);
    }
    for (size_t p = 0; p < order->count; p++) {
        out[p * step] = numbers ? stk_order_value(order, p, column->selected) : (double)NAN;
    }
}

/* Shares of the column at hand that are above the thresholds, `step` apart. */
static void put_exceedance(const stk_ensemble *e, const stk_column *column, double *out,
                           size_t step)
{
    for (size_t k = 0; k < e->options.threshold_count; k++) {
        double threshold = e->options.thresholds_k[k];
        size_t above = threshold < column->low    ? column->count
                       : threshold < column->high ? e->kernel->above(column, threshold)
                                                  : 0;
        out[k * step] = (double)above / (double)column->count;
    }
}

static void summarise_peaks(const stk_ensemble *e, stk_ensemble_memory *slot, stk_column *column)
{
    gather_members(e, slot, slot->peak, column);
    put_percentiles(e, slot, column, slot->peak_percentiles, 1);
    put_exceedance(e, column, slot->exceedance_ever, 1);
    gather_members(e, slot, slot->peak_year, column);
    put_percentiles(e, slot, column, slot->peak_percentiles + e->options.percentile_count, 1);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static bool same_baselines(const stk_ensemble_memory *slot)
{
    for (size_t i = 0; i < slot->used_count; i++) {
        size_t m = slot->valid[i];
        if (bits_of(slot->baseline[m]) != bits_of(slot->baseline_before[m])) {
            return false;
        }
    }
    return true;
}

/* Columns that the scenario before has left as they would be now: those of the years that it
 * shares, over the same members, relative to the same. */
static void find_kept(const stk_ensemble *e, stk_ensemble_memory *slot)
{
    int kept = slot->common - e->statistics_first + (e->options.at_bounds ? 1 : 0);
    kept = kept < e->statistics_count ? kept : e->statistics_count;
    slot->kept = slot->same_members && slot->common > 0 && kept > 0 ? kept : 0;
    slot->kept_temperature = slot->kept > 0 && same_baselines(slot) ? slot->kept : 0;
}

void stk_ensemble_memory_prepare(const stk_ensemble *e, stk_ensemble_memory *slot,
                                 stk_column *column)
{
    double *before = slot->baseline;
    slot->baseline = slot->baseline_before;
    slot->baseline_before = before;
    stk_order_prepare(&slot->order, e->options.percentiles, slot->used_count);
    find_baselines(e, slot, column);
    find_kept(e, slot);
    if (e->options.peak.first != 0) {
        find_peaks(e, slot);
        summarise_peaks(e, slot, column);
    }
}

/* The members' values of a year, or at a bound. */
static void gather(const stk_ensemble *e, const stk_ensemble_memory *slot, size_t variable, int at,
                   stk_column *column)
{
    const double *row = slot->series[variable] + (size_t)(e->statistics_first + at) * e->stride;
    bool temperature = e->options.variables[variable] == STK_CLIMATE_TEMPERATURE;
    stk_column_source source = {row, e->options.at_bounds ? row : row + e->stride,
                                temperature ? slot->baseline : NULL,
                                slot->failed_count > 0 ? slot->valid : NULL};
    column->count = slot->used_count;
    e->kernel->gather(column, &source);
}

void stk_ensemble_members(const stk_ensemble *e, int first, int count, double *out)
{
    const stk_ensemble_memory *slot = &e->slots[0];
    for (int i = 0; i < count; i++) {
        const double *row = slot->traces.rows[STK_TRACE_T1] +
                            (size_t)(first + i - e->options.years.first) * e->stride;
        const double *next = row + e->stride;
        for (size_t m = 0; m < e->member_count; m++) {
            out[m * (size_t)count + (size_t)i] =
                slot->failed[m] ? (double)NAN : 0.5 * (row[m] + next[m]) - slot->baseline[m];
        }
    }
}

void stk_ensemble_memory_statistics(const stk_ensemble *e, stk_ensemble_memory *slot,
                                    size_t variable, int first, int last, stk_column *column)
{
    const stk_ensemble_options *o = &e->options;
    size_t count = (size_t)e->statistics_count;
    bool temperature = o->variables[variable] == STK_CLIMATE_TEMPERATURE;
    int kept = temperature ? slot->kept_temperature : slot->kept;
    for (int at = first > kept ? first : kept; at < last; at++) {
        gather(e, slot, variable, at, column);
        put_percentiles(e, slot, column,
                        slot->percentiles + variable * o->percentile_count * count + at, count);
        if (temperature) {
            put_exceedance(e, column, slot->exceedance + at, count);
        }
    }
}
