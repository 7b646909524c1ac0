/** @file indicators.c
 * @brief What the emissions of a scenario add up to: net zero, cumulative CO2, budgets.
 *
 * Sums are plain sums of annual values, as the AR6 scenario metadata have them.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenario/stage.h"

static const double mt_in_gt = 1000;

int stk_net_zero_year(const double *values, int first_year, size_t count, int from)
{
    for (size_t i = 1; i < count; i++) {
        if (first_year + (int)i > from && values[i] < 0 && values[i - 1] >= 0) {
            return first_year + (int)i;
        }
    }
    return 0;
}

static const stk_iamc_row *infilled_row(const stk_iamc *table, const char *model,
                                        const char *scenario, const char *variable)
{
    char name[256];
    stk_print(name, sizeof name, STK_PREFIX_INFILLED "%s", variable);
    return stk_iamc_find(table, model, scenario, name);
}

/* The two sectors whose sum is the CO2 of a scenario. */
typedef struct sectors {
    const stk_iamc *table;
    const stk_iamc_row *fossil;
    const stk_iamc_row *land;
} sectors;

static sectors find_sectors(const stk_method *method, const stk_iamc *table, const char *model,
                            const char *scenario)
{
    return (sectors){table, infilled_row(table, model, scenario, method->co2.fossil_name),
                     infilled_row(table, model, scenario, method->co2.land_name)};
}

static double co2_mt(const sectors *co2, int year)
{
    return stk_iamc_value(co2->table, co2->fossil, year) +
           stk_iamc_value(co2->table, co2->land, year);
}

static double sum_gt(const sectors *co2, int first, int last, bool negative_only)
{
    double sum = 0;
    for (int year = first; year <= last; year++) {
        double value = co2_mt(co2, year);
        sum += negative_only && value > 0 ? 0 : value;
    }
    return sum / mt_in_gt;
}

static double reduction_pct(double before, double after)
{
    return 100 * (1 - after / before);
}

static int co2_net_zero(const sectors *co2, int from)
{
    int last = co2->table->first_year + co2->table->year_count - 1;
    for (int year = from + 1; year <= last; year++) {
        double pair[2] = {co2_mt(co2, year - 1), co2_mt(co2, year)};
        if (stk_net_zero_year(pair, year - 1, 2, from) != 0) {
            return year;
        }
    }
    return 0;
}

stk_status stk_scenario_indicators(const stk_method *method, const stk_iamc *infilled,
                                   const char *model, const char *scenario,
                                   stk_emission_indicators *indicators, stk_error *error)
{
    const int *years = method->post.cumulative;
    int from = method->post.net_zero_from;
    sectors co2 = find_sectors(method, infilled, model, scenario);
    *indicators = (stk_emission_indicators){0, 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (co2.fossil == NULL || co2.land == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "no infilled CO2 of model '%s', scenario '%s'",
                             STK_CUT(model, 60), STK_CUT(scenario, 60));
    }
    int zero = co2_net_zero(&co2, from);
    indicators->net_zero_co2_year = zero;
    indicators->cumulative_gtco2 = sum_gt(&co2, years[0], years[1], false);
    if (zero != 0) {
        indicators->cumulative_to_net_zero_gtco2 = sum_gt(&co2, years[0], zero, false);
        indicators->net_negative_gtco2 = sum_gt(&co2, zero, years[1], true);
    }
    double base = co2_mt(&co2, 2019);
    indicators->co2_reduction_2030_pct = reduction_pct(base, co2_mt(&co2, 2030));
    indicators->co2_reduction_2040_pct = reduction_pct(base, co2_mt(&co2, 2040));
    const stk_iamc_row *ghg =
        method->kyoto_count == 0
            ? NULL
            : infilled_row(infilled, model, scenario, method->kyoto[method->kyoto_count - 1].name);
    if (ghg != NULL) {
        double before = stk_iamc_value(infilled, ghg, 2019);
        indicators->net_zero_ghg_year = stk_net_zero_year(ghg->values, infilled->first_year,
                                                          (size_t)infilled->year_count, from);
        indicators->ghg_reduction_2030_pct =
            reduction_pct(before, stk_iamc_value(infilled, ghg, 2030));
        indicators->ghg_reduction_2040_pct =
            reduction_pct(before, stk_iamc_value(infilled, ghg, 2040));
        indicators->ghg_2100_mt = stk_iamc_value(infilled, ghg, 2100);
    }
    return STK_OK;
}

double stk_exceedance_budget_gtco2(const stk_method *method, const stk_iamc *infilled,
                                   const char *model, const char *scenario,
                                   const stk_warming *warming, double percentile,
                                   double threshold_k)
{
    const stk_postprocess_options *post = &method->post;
    sectors co2 = find_sectors(method, infilled, model, scenario);
    size_t p = 0;
    while (p < post->percentile_count && post->percentiles[p] != percentile) {
        p++;
    }
    if (p == post->percentile_count || co2.fossil == NULL || co2.land == NULL) {
        return NAN;
    }
    const double *warmth = warming->percentiles_k + p * (size_t)warming->year_count;
    for (int i = 0; i < warming->year_count; i++) {
        if (warmth[i] > threshold_k) {
            return sum_gt(&co2, post->cumulative[0], warming->first_year + i - 1, false);
        }
    }
    return NAN;
}

const char *stk_category_subset(const stk_category *category, int net_zero_ghg_year)
{
    bool zero = net_zero_ghg_year != 0;
    if (strcmp(category->name, "C1") == 0) {
        return zero ? "C1a_NZGHGs" : "C1b_+veGHGs";
    }
    if (strcmp(category->name, "C3") == 0) {
        return zero ? "C3x_NZGHGs" : "C3y_+veGHGs";
    }
    return category->name;
}
