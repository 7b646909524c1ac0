/** @file compose.c
 * @brief From a Kyoto total to gases: every gas at the total's place in a library of scenarios.
 *
 * In year y let K_s be the Kyoto totals of the library scenarios and K' = K(y) - (K(b) - H) our
 * total less its distance to the library in the base year b, where all scenarios meet the history
 * H. With l and u the scenarios whose totals are the nearest below and above K',
 *
 *     w = (K' - K_l) / (K_u - K_l),    E_g = (1 - w) E_g,l + w E_g,u    for every gas g but CO2,
 *
 * and below the lowest or above the highest scenario E_g is that scenario's. Land-use CO2 is given;
 * fossil CO2 = K - land-use CO2 - sum of GWP_g E_g. The idea is the equal quantile walk
 * (Meinshausen et al. 2006, 10.1007/s10584-005-9013-2) on the order of totals.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "scenario/stage.h"

struct stk_composer {
    const stk_method *method;
    const stk_method_kyoto *kyoto;
    size_t years;
    size_t count;          /* of scenarios */
    const double **series; /* [scenario][variable]; NULL where nothing is infilled */
    double *totals;        /* [scenario][year] */
};

/* Where a basket lies in one year. */
typedef struct place {
    size_t lower;
    size_t upper;
    double weight; /* of the upper scenario */
    int outside;   /* -1 below all, 1 above all */
} place;

static const double **series_of(const stk_composer *composer, size_t scenario)
{
    return composer->series + scenario * composer->method->variable_count;
}

static bool is_composed(const stk_method *method, size_t v)
{
    return method->variables[v].infill != STK_INFILL_NONE;
}

/* The rows of a scenario by variable; false when one that is infilled is missing or has gaps. */
static bool lay_out(stk_composer *composer, const stk_iamc *table, const stk_iamc_scenario *item,
                    const double **series)
{
    const stk_method *method = composer->method;
    for (size_t v = 0; v < method->variable_count; v++) {
        char name[256];
        stk_print(name, sizeof name, STK_PREFIX_INFILLED "%s", method->variables[v].name);
        const stk_iamc_row *row = stk_iamc_find(table, item->model, item->scenario, name);
        series[v] = NULL;
        if (!is_composed(method, v)) {
            continue;
        }
        if (row == NULL || !stk_all_finite(row->values, composer->years)) {
            return false;
        }
        series[v] = row->values;
    }
    return true;
}

static stk_status lay_out_all(stk_composer *composer, const stk_iamc *table,
                              const stk_iamc_scenarios *scenarios, stk_error *error)
{
    size_t variables = composer->method->variable_count;
    composer->series = calloc(scenarios->count * variables + 1, sizeof *composer->series);
    composer->totals = calloc(scenarios->count * composer->years + 1, sizeof *composer->totals);
    if (composer->series == NULL || composer->totals == NULL) {
        return stk_error_memory(error);
    }
    for (size_t s = 0; s < scenarios->count; s++) {
        const double **series = series_of(composer, composer->count);
        if (lay_out(composer, table, &scenarios->items[s], series) &&
            stk_kyoto_sum(composer->method, composer->kyoto, series, composer->years,
                          composer->totals + composer->count * composer->years)) {
            composer->count++;
        }
    }
    return composer->count > 0
               ? STK_OK
               : stk_error_set(error, STK_ENOTFOUND, "no scenario of the library is complete");
}

static stk_status check_years(const stk_method *method, const stk_iamc *table, stk_error *error)
{
    if (method->kyoto_count == 0) {
        return stk_error_set(error, STK_EARG, "the method has no Kyoto total to compose gases of");
    }
    if (table->first_year != method->years.base ||
        (size_t)table->year_count != stk_method_years(method)) {
        return stk_error_set(error, STK_EARG, "the table has not the years %d to %d of the method",
                             method->years.base, method->years.last);
    }
    return STK_OK;
}

stk_status stk_composer_new(const stk_method *method, const stk_iamc *infilled,
                            stk_composer **composer, stk_error *error)
{
    stk_iamc_scenarios scenarios = {0};
    *composer = NULL;
    stk_status status = check_years(method, infilled, error);
    if (status != STK_OK) {
        return status;
    }
    stk_composer *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return stk_error_memory(error);
    }
    made->method = method;
    made->kyoto = &method->kyoto[method->kyoto_count - 1];
    made->years = stk_method_years(method);
    status = stk_iamc_group(infilled, &scenarios, error);
    status = status != STK_OK ? status : lay_out_all(made, infilled, &scenarios, error);
    stk_iamc_scenarios_free(&scenarios);
    if (status != STK_OK) {
        stk_composer_free(made);
        return status;
    }
    *composer = made;
    return STK_OK;
}

void stk_composer_free(stk_composer *composer)
{
    if (composer != NULL) {
        free(composer->series);
        free(composer->totals);
        free(composer);
    }
}

/* Of equal totals the first scenario of the library counts. */
static place find_place(const stk_composer *composer, size_t year, double total)
{
    size_t none = composer->count;
    place found = {none, none, 0, 0};
    double below = -INFINITY;
    double above = INFINITY;
    for (size_t s = 0; s < composer->count; s++) {
        double its = composer->totals[s * composer->years + year];
        if (its <= total && its > below) {
            below = its;
            found.lower = s;
        }
        if (its > total && its < above) {
            above = its;
            found.upper = s;
        }
    }
    if (found.lower == none) {
        return (place){found.upper, found.upper, 0, -1};
    }
    if (found.upper == none) {
        return (place){found.lower, found.lower, 0, total > below ? 1 : 0};
    }
    found.weight = (total - below) / (above - below);
    return found;
}

/* ---- keeping a place ---- */

static int compare_numbers(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return (a > b) - (a < b);
}

/* One series of all scenarios in a year, smallest first. */
static void sort_year(const double *const *series, size_t count, size_t year, double *sorted)
{
    for (size_t s = 0; s < count; s++) {
        sorted[s] = series[s][year];
    }
    qsort(sorted, count, sizeof *sorted, compare_numbers);
}

/* `values` keep their rank among `series` after `year`, measured with `offset` taken off. */
static void keep_rank(const double *const *series, size_t count, size_t years, size_t year,
                      double offset, double *sorted, double *values)
{
    double own = values[year] - offset;
    size_t below = 0;
    double share = 0;
    double distance = 0;
    sort_year(series, count, year, sorted);
    while (below + 1 < count && sorted[below + 1] <= own) {
        below++;
    }
    if (own < sorted[0] || below + 1 == count) {
        distance = own - sorted[below];
    } else {
        share = (own - sorted[below]) / (sorted[below + 1] - sorted[below]);
    }
    for (size_t y = year + 1; y < years; y++) {
        sort_year(series, count, y, sorted);
        double step = share > 0 ? sorted[below + 1] - sorted[below] : 0;
        values[y] = sorted[below] + share * step + distance + offset;
    }
}

stk_status stk_composer_keep_place(const stk_composer *composer, int year, double *kyoto_mt,
                                   double *land_mt, stk_error *error)
{
    const stk_method *method = composer->method;
    size_t at = (size_t)(year - method->years.base);
    const double **series = malloc((composer->count + 1) * sizeof *series);
    double *sorted = malloc((composer->count + 1) * sizeof *sorted);
    bool ready = series != NULL && sorted != NULL;
    for (size_t s = 0; ready && s < composer->count; s++) {
        series[s] = composer->totals + s * composer->years;
    }
    if (ready) {
        keep_rank(series, composer->count, composer->years, at, kyoto_mt[0] - composer->totals[0],
                  sorted, kyoto_mt);
    }
    for (size_t s = 0; ready && s < composer->count; s++) {
        series[s] = series_of(composer, s)[method->co2.land];
    }
    if (ready) {
        keep_rank(series, composer->count, composer->years, at, 0, sorted, land_mt);
    }
    free(series);
    free(sorted);
    return ready ? STK_OK : stk_error_memory(error);
}

/* ---- composing ---- */

static void note_outside(stk_composition *composition, int side, int year)
{
    int *first = side < 0 ? &composition->below_first : &composition->above_first;
    int *last = side < 0 ? &composition->below_last : &composition->above_last;
    int *count = side < 0 ? &composition->below_count : &composition->above_count;
    *first = *first == 0 ? year : *first;
    *last = year;
    *count += 1;
}

/* All gases of one year; `rows` holds one row a variable and is indexed as `series`. */
static void compose_year(const stk_composer *composer, const stk_basket *basket, size_t year,
                         const place *at, double *const *rows)
{
    const stk_method *method = composer->method;
    const stk_method_kyoto *kyoto = composer->kyoto;
    const double *const *lower = series_of(composer, at->lower);
    const double *const *upper = series_of(composer, at->upper);
    for (size_t v = 0; v < method->variable_count; v++) {
        if (rows[v] != NULL) {
            double low = lower[v][year];
            rows[v][year] = low + at->weight * (upper[v][year] - low);
        }
    }
    double others = 0;
    for (size_t g = 0; g < kyoto->count; g++) {
        const double *gas = rows[kyoto->variables[g]];
        others += gas == NULL ? 0 : kyoto->factors[g] * gas[year];
    }
    rows[method->co2.land][year] = basket->land_mt[year];
    rows[method->co2.fossil][year] = basket->kyoto_mt[year] - basket->land_mt[year] - others;
}

static stk_status add_row(stk_iamc *output, const char *model, const char *scenario,
                          const char *variable, const char *unit, double **values, stk_error *error)
{
    char name[256];
    stk_print(name, sizeof name, STK_PREFIX_INFILLED "%s", variable);
    stk_iamc_row row = {model, scenario, "World", name, unit, 0, NULL};
    return stk_iamc_add(output, &row, values, error);
}

static stk_status add_rows(const stk_method *method, const char *model, const char *scenario,
                           stk_iamc *output, double **rows, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t v = 0; v < method->variable_count && status == STK_OK; v++) {
        rows[v] = NULL;
        if (is_composed(method, v)) {
            status = add_row(output, model, scenario, method->variables[v].name,
                             method->variables[v].unit_infilled, &rows[v], error);
        }
    }
    return status;
}

static stk_status add_totals(const stk_method *method, const char *model, const char *scenario,
                             stk_iamc *output, double *const *rows, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t k = 0; k < method->kyoto_count; k++) {
        double *total;
        STK_TRY(add_row(output, model, scenario, method->kyoto[k].name, "Mt CO2-equiv/yr", &total,
                        error));
        stk_kyoto_sum(method, &method->kyoto[k], (const double *const *)rows,
                      stk_method_years(method), total);
    }
done:
    return status;
}

static stk_status check_basket(const stk_composer *composer, const stk_basket *basket,
                               const stk_iamc *output, stk_error *error)
{
    for (size_t i = 0; i < composer->years; i++) {
        if (!isfinite(basket->kyoto_mt[i]) || !isfinite(basket->land_mt[i])) {
            return stk_error_set(error, STK_EDATA, "no total to compose gases of in %d",
                                 composer->method->years.base + (int)i);
        }
    }
    return check_years(composer->method, output, error);
}

stk_status stk_compose(const stk_composer *composer, const stk_basket *basket, const char *model,
                       const char *scenario, stk_iamc *output, stk_composition *composition,
                       stk_error *error)
{
    double *rows[STK_METHOD_VARIABLES_MAX];
    const stk_method *method = composer->method;
    stk_composition noted = {.offset_mt = 0};
    stk_status status;
    STK_TRY(check_basket(composer, basket, output, error));
    STK_TRY(add_rows(method, model, scenario, output, rows, error));
    noted.offset_mt = basket->kyoto_mt[0] - composer->totals[0];
    for (size_t i = 0; i < composer->years; i++) {
        place at = find_place(composer, i, basket->kyoto_mt[i] - noted.offset_mt);
        compose_year(composer, basket, i, &at, rows);
        if (at.outside != 0 && i > 0) {
            note_outside(&noted, at.outside, method->years.base + (int)i);
        }
    }
    if (composition != NULL) {
        *composition = noted;
    }
    STK_TRY(add_totals(method, model, scenario, output, rows, error));
done:
    return status;
}
