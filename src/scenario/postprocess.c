/** @file postprocess.c
 * @brief From the members of a climate ensemble to the warming of a scenario and its category.
 *
 * Each member is taken above its own preindustrial mean; then one shift for all members makes the
 * median of the recent mean what the assessment found it to be (Kikstra et al. 2022,
 * 10.5194/gmd-15-9075-2022, section 2.3).
 */
#include <math.h>
#include <stdlib.h>

#include "base/try.h"
#include "scenario/method.h"

double stk_percentile(const double *sorted, size_t count, double percentile)
{
    if (count == 0) {
        return NAN;
    }
    double place = percentile / 100 * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count) {
        return sorted[count - 1];
    }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - (double)below);
}

enum { ROWS = 6 };

/* The lengths of the rows of an outcome, in the order in which they lie in memory. */
static size_t sizes_of(const stk_postprocess_options *options, size_t sizes[ROWS])
{
    size_t years = (size_t)(options->years[1] - options->years[0] + 1);
    size_t total = 0;
    sizes[0] = options->percentile_count * years;
    sizes[1] = options->exceedance_count * years;
    sizes[2] = options->exceedance_count;
    sizes[3] = sizes[4] = sizes[5] = options->peak_percentile_count;
    for (size_t i = 0; i < ROWS; i++) {
        total += sizes[i];
    }
    return total;
}

size_t stk_warming_size(const stk_postprocess_options *options)
{
    size_t sizes[ROWS];
    return sizes_of(options, sizes);
}

stk_warming *stk_warming_new(const stk_postprocess_options *options)
{
    size_t sizes[ROWS];
    size_t total = sizes_of(options, sizes);
    stk_warming *warming = calloc(1, sizeof *warming);
    double *store = malloc((total + 1) * sizeof *store);
    if (warming == NULL || store == NULL) {
        free(warming);
        free(store);
        return NULL;
    }
    for (size_t i = 0; i < total; i++) {
        store[i] = NAN;
    }
    warming->first_year = options->years[0];
    warming->year_count = options->years[1] - options->years[0] + 1;
    double **rows[ROWS] = {&warming->percentiles_k, &warming->exceedance, &warming->exceedance_ever,
                           &warming->peak_k,        &warming->peak_year,  &warming->last_k};
    for (size_t i = 0; i < ROWS; i++) {
        *rows[i] = store;
        store += sizes[i];
    }
    return warming;
}

void stk_warming_free(stk_warming *warming)
{
    if (warming != NULL) {
        free(warming->percentiles_k); /* the first of one allocation */
        free(warming);
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double mean_of(const double *values, int first_year, const int years[2])
{
    double sum = 0;
    for (int year = years[0]; year <= years[1]; year++) {
        sum += values[year - first_year];
    }
    return sum / (years[1] - years[0] + 1);
}

/* What a scenario is worked on in. */
typedef struct workspace {
    double *offsets; /* of each member: what is added to its values */
    double *sorted;
    double *peaks;
    double *peak_years;
} workspace;

static const double *member(const stk_member_temperatures *members, size_t m)
{
    return members->values_k + m * (size_t)members->year_count;
}

static bool covers(const stk_member_temperatures *members, const int years[2])
{
    return years[0] >= members->first_year && years[1] < members->first_year + members->year_count;
}

static stk_status check_members(const stk_postprocess_options *options,
                                const stk_member_temperatures *members, stk_error *error)
{
    bool shifted = !isnan(options->recent_warming_k);
    if (members->member_count == 0 || !covers(members, options->preindustrial) ||
        !covers(members, options->years) || (shifted && !covers(members, options->recent_years))) {
        return stk_error_set(error, STK_EARG,
                             "the members must cover %d to %d and the preindustrial and recent "
                             "years of the method",
                             options->years[0], options->years[1]);
    }
    for (size_t m = 0; m < members->member_count; m++) {
        for (int i = 0; i < members->year_count; i++) {
            if (!isfinite(member(members, m)[i])) {
                return stk_error_set(error, STK_EDATA, "member %zu has no temperature in %d", m + 1,
                                     members->first_year + i);
            }
        }
    }
    return STK_OK;
}

/* Offsets that take members above their preindustrial mean and shift all to the recent warming. */
static double find_offsets(const stk_postprocess_options *options,
                           const stk_member_temperatures *members, workspace *space)
{
    double shift = 0;
    size_t count = members->member_count;
    for (size_t m = 0; m < count; m++) {
        const double *values = member(members, m);
        space->offsets[m] = -mean_of(values, members->first_year, options->preindustrial);
    }
    if (!isnan(options->recent_warming_k)) {
        for (size_t m = 0; m < count; m++) {
            space->sorted[m] =
                mean_of(member(members, m), members->first_year, options->recent_years) +
                space->offsets[m];
        }
        qsort(space->sorted, count, sizeof *space->sorted, compare_numbers);
        shift = options->recent_warming_k - stk_percentile(space->sorted, count, 50);
    }
    for (size_t m = 0; m < count; m++) {
        space->offsets[m] += shift;
    }
    return shift;
}

static double share_above(const double *values, size_t count, double threshold)
{
    size_t above = 0;
    for (size_t m = 0; m < count; m++) {
        above += values[m] > threshold;
    }
    return (double)above / (double)count;
}

/* Percentiles and exceedance of one year. */
static void reduce_year(const stk_postprocess_options *options,
                        const stk_member_temperatures *members, workspace *space, size_t year,
                        stk_warming *warming)
{
    size_t count = members->member_count;
    size_t years = (size_t)warming->year_count;
    size_t place = (size_t)(warming->first_year - members->first_year) + year;
    for (size_t m = 0; m < count; m++) {
        double value = member(members, m)[place] + space->offsets[m];
        space->sorted[m] = value;
        if (year == 0 || value > space->peaks[m]) {
            space->peaks[m] = value;
            space->peak_years[m] = warming->first_year + (double)year;
        }
    }
    qsort(space->sorted, count, sizeof *space->sorted, compare_numbers);
    for (size_t p = 0; p < options->percentile_count; p++) {
        warming->percentiles_k[p * years + year] =
            stk_percentile(space->sorted, count, options->percentiles[p]);
    }
    for (size_t t = 0; t < options->exceedance_count; t++) {
        warming->exceedance[t * years + year] =
            share_above(space->sorted, count, options->exceedance_k[t]);
    }
    for (size_t p = 0; p < options->peak_percentile_count; p++) {
        warming->last_k[p] = stk_percentile(space->sorted, count, options->peak_percentiles[p]);
    }
}

static void reduce_peaks(const stk_postprocess_options *options, size_t count, workspace *space,
                         stk_warming *warming)
{
    for (size_t t = 0; t < options->exceedance_count; t++) {
        warming->exceedance_ever[t] = share_above(space->peaks, count, options->exceedance_k[t]);
    }
    qsort(space->peaks, count, sizeof *space->peaks, compare_numbers);
    qsort(space->peak_years, count, sizeof *space->peak_years, compare_numbers);
    for (size_t p = 0; p < options->peak_percentile_count; p++) {
        double percentile = options->peak_percentiles[p];
        warming->peak_k[p] = stk_percentile(space->peaks, count, percentile);
        warming->peak_year[p] = floor(stk_percentile(space->peak_years, count, percentile));
    }
}

stk_status stk_scenario_postprocess(const stk_postprocess_options *options,
                                    const stk_member_temperatures *members, stk_warming *warming,
                                    stk_error *error)
{
    stk_status status;
    STK_TRY(check_members(options, members, error));
    size_t count = members->member_count;
    double *store = malloc(4 * count * sizeof *store);
    STK_TRY(stk_allocated(store, error));
    workspace space = {store, store + count, store + 2 * count, store + 3 * count};
    warming->shift_k = find_offsets(options, members, &space);
    for (size_t year = 0; year < (size_t)warming->year_count; year++) {
        reduce_year(options, members, &space, year, warming);
    }
    reduce_peaks(options, count, &space, warming);
    free(store);
done:
    return status;
}

static long find_percentile(const double *percentiles, size_t count, double wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (percentiles[i] == wanted) {
            return (long)i;
        }
    }
    return -1;
}

stk_status stk_warming_category_inputs(const stk_postprocess_options *options,
                                       const stk_warming *warming, stk_category_warming *inputs,
                                       stk_error *error)
{
    const double *list = options->peak_percentiles;
    size_t count = options->peak_percentile_count;
    long p33 = find_percentile(list, count, 33);
    long p50 = find_percentile(list, count, 50);
    long p67 = find_percentile(list, count, 67);
    if (p33 < 0 || p50 < 0 || p67 < 0) {
        return stk_error_set(error, STK_EDATA,
                             "categories need 33, 50 and 67 among the peak percentiles of the "
                             "method");
    }
    *inputs = (stk_category_warming){warming->peak_k[p33],
                                     warming->peak_k[p50],
                                     warming->peak_k[p67],
                                     warming->last_k[p50],
                                     warming->last_k[p67],
                                     NAN,
                                     NAN};
    long median = find_percentile(options->percentiles, options->percentile_count, 50);
    int year = 2090 - warming->first_year;
    if (median >= 0 && year >= 0 && year < warming->year_count) {
        inputs->p50_2090 = warming->percentiles_k[median * warming->year_count + year];
    }
    return STK_OK;
}

/* --- category --------------------------------------------------------------------------------- */

static bool holds(const stk_method_condition *condition, const double inputs[STK_CATEGORY_INPUTS])
{
    double value = inputs[condition->input];
    double threshold = condition->threshold;
    return (condition->equal && value == threshold) ||
           (condition->less ? value < threshold : value > threshold);
}

/* The last rule that holds; NULL where there is none, or a value that a rule asks for is missing.
 */
static const stk_method_category *last_of(const stk_method_category *rules, size_t count,
                                          const double inputs[STK_CATEGORY_INPUTS])
{
    const stk_method_category *found = NULL;
    for (size_t c = 0; c < count; c++) {
        bool all = true;
        for (size_t i = 0; i < rules[c].when.count; i++) {
            const stk_method_condition *condition = &rules[c].conditions[i];
            if (isnan(inputs[condition->input])) {
                return NULL;
            }
            all = all && holds(condition, inputs);
        }
        found = all ? &rules[c] : found;
    }
    return found;
}

/* A fact is 1 or 0, or missing where the difference of its values is. */
static double fact(double below_zero)
{
    return isnan(below_zero) ? (double)NAN : below_zero < 0;
}

stk_status stk_scenario_category(const stk_method *method, const stk_category_warming *warming,
                                 stk_category *category, stk_error *error)
{
    const double inputs[STK_CATEGORY_INPUTS] = {
        warming->p33_peak,      warming->p50_peak, warming->p67_peak,
        warming->p50_2100,      warming->p67_2100, fact(warming->p50_2100 - warming->p50_2090),
        fact(warming->ghg_2100)};
    *category = (stk_category){"", "", "", {"", "", ""}};
    for (size_t i = 0; i <= STK_CATEGORY_P50_2100; i++) {
        if (!isfinite(inputs[i])) {
            return stk_error_set(error, STK_EDATA,
                                 "a category needs the 33rd, 50th and 67th percentile of peak "
                                 "warming and the median warming of 2100");
        }
    }
    const stk_method_category *rule = last_of(method->categories, method->category_count, inputs);
    if (rule != NULL) {
        *category = (stk_category){rule->name, rule->label, rule->title, {"", "", ""}};
    }
    rule = last_of(method->tiers, method->tier_count, inputs);
    for (size_t t = 0; t < STK_TIERS && rule != NULL; t++) {
        category->tiers[t] = rule->tiers.items[t];
    }
    return STK_OK;
}
