/** @file statistics.c
 * @brief Percentiles and exceedance over members.
 */
#include <math.h>
#include <string.h>

#include "climate/ensemble.h"

/* numpy's "linear": the value at (n - 1) q of the sorted column, from the nearer neighbour. */
static double percentile(const double *sorted, size_t n, double percent)
{
    double position = (double)(n - 1) * (percent / 100);
    size_t below = (size_t)position;
    if (below + 1 >= n) {
        return sorted[(n - 1) * STK_SORT_COLUMNS];
    }
    double t = position - (double)below;
    double a = sorted[below * STK_SORT_COLUMNS];
    double b = sorted[(below + 1) * STK_SORT_COLUMNS];
    return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

/* Share of a sorted column that is above a threshold. */
static double share_above(const double *sorted, size_t n, double threshold)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle * STK_SORT_COLUMNS] > threshold) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return (double)(n - low) / (double)n;
}

/* Every member's mean of calendar years from time bounds: bounds at both ends count half. */
static void mean_of_years(const stk_ensemble *e, const stk_slot *slot, stk_years years,
                          double *means)
{
    const double *t1 = slot->traces.rows[STK_TRACE_T1];
    int first = years.first - e->options.years.first;
    int last = years.last - e->options.years.first + 1;
    for (size_t i = 0; i < slot->used_count; i++) {
        means[slot->valid[i]] = 0;
    }
    for (int bound = first; bound <= last; bound++) { /* row by row, as they lie in memory */
        double weight = bound == first || bound == last ? 0.5 : 1;
        const double *row = t1 + (size_t)bound * e->stride;
        for (size_t i = 0; i < slot->used_count; i++) {
            means[slot->valid[i]] += weight * row[slot->valid[i]];
        }
    }
    for (size_t i = 0; i < slot->used_count; i++) {
        means[slot->valid[i]] /= last - first;
    }
}

static double median_of(const stk_ensemble *e, const stk_slot *slot, const double *values,
                        double *space)
{
    for (size_t i = 0; i < slot->used_count; i++) {
        for (size_t c = 0; c < STK_SORT_COLUMNS; c++) {
            space[i * STK_SORT_COLUMNS + c] = values[slot->valid[i]];
        }
    }
    e->kernel->sort(space, slot->used_count);
    return percentile(space, slot->used_count, 50);
}

static void find_baselines(const stk_ensemble *e, stk_slot *slot, double *space)
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
    double shift = median_of(e, slot, slot->peak, space) - o->anchor_k;
    for (size_t i = 0; i < slot->used_count; i++) {
        slot->baseline[slot->valid[i]] += shift;
    }
}

static void find_peaks(const stk_ensemble *e, stk_slot *slot)
{
    const double *t1 = slot->traces.rows[STK_TRACE_T1];
    stk_years years = e->options.peak;
    for (size_t i = 0; i < slot->used_count; i++) {
        slot->peak[slot->valid[i]] = -INFINITY;
    }
    for (int year = years.first; year <= years.last; year++) {
        const double *row = t1 + (size_t)(year - e->options.years.first) * e->stride;
        for (size_t i = 0; i < slot->used_count; i++) {
            size_t m = slot->valid[i];
            double warming = 0.5 * (row[m] + row[m + e->stride]) - slot->baseline[m];
            if (warming > slot->peak[m]) {
                slot->peak[m] = warming;
                slot->peak_year[m] = year;
            }
        }
    }
}

static void summarise_peaks(const stk_ensemble *e, stk_slot *slot, double *space)
{
    const stk_ensemble_options *o = &e->options;
    for (size_t i = 0; i < slot->used_count; i++) {
        for (size_t c = 0; c < STK_SORT_COLUMNS; c++) {
            const double *from = c % 2 == 0 ? slot->peak : slot->peak_year;
            space[i * STK_SORT_COLUMNS + c] = from[slot->valid[i]];
        }
    }
    e->kernel->sort(space, slot->used_count);
    for (size_t p = 0; p < o->percentile_count; p++) {
        slot->peak_percentiles[p] = percentile(space, slot->used_count, o->percentiles[p]);
        slot->peak_percentiles[o->percentile_count + p] =
            percentile(space + 1, slot->used_count, o->percentiles[p]);
    }
    for (size_t k = 0; k < o->threshold_count; k++) {
        slot->exceedance_ever[k] = share_above(space, slot->used_count, o->thresholds_k[k]);
    }
}

static bool same_baselines(const stk_slot *slot)
{
    for (size_t i = 0; i < slot->used_count; i++) {
        size_t m = slot->valid[i];
        if (memcmp(&slot->baseline[m], &slot->baseline_before[m], sizeof(double)) != 0) {
            return false;
        }
    }
    return true;
}

/* Columns that the scenario before has left as they would be now: those of the years that it
 * shares, over the same members, relative to the same. */
static void find_kept(const stk_ensemble *e, stk_slot *slot)
{
    int kept = slot->common - e->statistics_first + (e->options.at_bounds ? 1 : 0);
    kept = kept < e->statistics_count ? kept : e->statistics_count;
    slot->kept = slot->same_members && slot->common > 0 && kept > 0 ? kept : 0;
    slot->kept_temperature = slot->kept > 0 && same_baselines(slot) ? slot->kept : 0;
}

void stk_slot_prepare_statistics(const stk_ensemble *e, stk_slot *slot, double *space)
{
    double *before = slot->baseline;
    slot->baseline = slot->baseline_before;
    slot->baseline_before = before;
    find_baselines(e, slot, space);
    find_kept(e, slot);
    if (e->options.peak.first != 0) {
        find_peaks(e, slot);
        summarise_peaks(e, slot, space);
    }
}

/* Columns of values to sort: annual means or bounds, of the members that count. A short last
 * group repeats its last column. */
static void gather(const stk_ensemble *e, const stk_slot *slot, const double *series, bool relative,
                   int first, double *space)
{
    const double *rows[STK_SORT_COLUMNS];
    const double *next[STK_SORT_COLUMNS];
    for (int c = 0; c < STK_SORT_COLUMNS; c++) {
        int at = first + c < e->statistics_count ? first + c : e->statistics_count - 1;
        at += e->statistics_first;
        rows[c] = series + (size_t)at * e->stride;
        next[c] = e->options.at_bounds ? rows[c] : rows[c] + e->stride;
    }
    for (size_t i = 0; i < slot->used_count; i++) {
        size_t m = slot->valid[i];
        double off = relative ? slot->baseline[m] : 0;
        for (int c = 0; c < STK_SORT_COLUMNS; c++) {
            space[i * STK_SORT_COLUMNS + (size_t)c] = 0.5 * (rows[c][m] + next[c][m]) - off;
        }
    }
}

/* Which columns hold a value that is no number: what is 0/0 in the first year. */
static void find_gaps(const double *space, size_t n, bool gaps[STK_SORT_COLUMNS])
{
    double sums[STK_SORT_COLUMNS] = {0};
    for (size_t i = 0; i < n; i++) {
        for (int c = 0; c < STK_SORT_COLUMNS; c++) {
            sums[c] += space[i * STK_SORT_COLUMNS + (size_t)c];
        }
    }
    for (int c = 0; c < STK_SORT_COLUMNS; c++) {
        gaps[c] = !isfinite(sums[c]);
    }
}

void stk_slot_statistics(const stk_ensemble *e, stk_slot *slot, size_t variable, int first,
                         double *space)
{
    const stk_ensemble_options *o = &e->options;
    size_t n = slot->used_count;
    size_t count = (size_t)e->statistics_count;
    bool temperature = o->variables[variable] == STK_CLIMATE_TEMPERATURE;
    bool gaps[STK_SORT_COLUMNS];
    int last = first + STK_SORT_COLUMNS;
    last = last < e->statistics_count ? last : e->statistics_count;
    if (last <= (temperature ? slot->kept_temperature : slot->kept)) {
        return;
    }
    gather(e, slot, slot->series[variable], temperature, first, space);
    find_gaps(space, n, gaps);
    e->kernel->sort(space, n);
    for (int c = 0; first + c < last; c++) {
        size_t at = (size_t)(first + c);
        for (size_t p = 0; p < o->percentile_count; p++) {
            slot->percentiles[(variable * o->percentile_count + p) * count + at] =
                gaps[c] ? NAN : percentile(space + c, n, o->percentiles[p]);
        }
        for (size_t k = 0; temperature && k < o->threshold_count; k++) {
            slot->exceedance[k * count + at] = share_above(space + c, n, o->thresholds_k[k]);
        }
    }
}
