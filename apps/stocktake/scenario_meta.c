/** @file scenario_meta.c
 * @brief The metadata table: one row a scenario, with columns named as in the AR6 database.
 */
#include "scenario_assessment.h"

#include <math.h>

static void percentile_name(double percentile, char out[24])
{
    snprintf(out, 24, percentile == 50 ? "median" : "p%g", percentile);
}

static void header_percentiles(stk_buffer *out, const stk_postprocess_options *o, const char *what)
{
    for (size_t p = 0; p < o->peak_percentile_count; p++) {
        char name[24];
        percentile_name(o->peak_percentiles[p], name);
        stk_buffer_printf(out, ",%s %s (%s)", name, what, o->model);
    }
}

void scenario_meta_header(stk_buffer *out, const stk_postprocess_options *o)
{
    stk_buffer_text(out, "Model,Scenario,Category,Category_name,Category_subset");
    header_percentiles(out, o, "peak warming");
    header_percentiles(out, o, "year of peak warming");
    header_percentiles(out, o, "warming in 2100");
    for (size_t t = 0; t < o->exceedance_count; t++) {
        stk_buffer_printf(out, ",Exceedance Probability %.1fC (%s)", o->exceedance_k[t], o->model);
    }
    stk_buffer_text(out, ",Year of netzero CO2 emissions (Harm-Infilled)"
                         ",Year of netzero GHG emissions (Harm-Infilled)");
    stk_buffer_printf(out,
                      ",\"Cumulative net CO2 (%d-%d, Gt CO2) (Harm-Infilled)\""
                      ",\"Cumulative net CO2 (%d to netzero, Gt CO2) (Harm-Infilled)\""
                      ",\"Cumulative net-negative CO2 (post net-zero, Gt CO2) (Harm-Infilled)\"",
                      o->cumulative[0], o->cumulative[1], o->cumulative[0]);
    stk_buffer_text(out, ",CO2 emissions reductions 2019-2030 % modelled Harm-Infilled"
                         ",CO2 emissions reductions 2019-2040 % modelled Harm-Infilled"
                         ",GHG emissions reductions 2019-2030 % modelled Harm-Infilled"
                         ",GHG emissions reductions 2019-2040 % modelled Harm-Infilled");
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (int p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            stk_buffer_printf(
                out, ",\"Cumulative CO2 from %d until p%g warming exceeds %.1fC (Gt CO2)\"",
                o->cumulative[0], stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
        }
    }
    stk_buffer_text(out, ",Ensemble members,Method,Method version,stocktake version\n");
}

static void number(stk_buffer *out, double value)
{
    char text[STK_NUMBER_SIZE];
    stk_number_format(value, text);
    stk_buffer_text(out, ",");
    stk_buffer_text(out, text);
}

static void numbers(stk_buffer *out, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        number(out, values[i]);
    }
}

static void fields(stk_buffer *out, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stk_buffer_text(out, i > 0 ? "," : "");
        stk_csv_write_field(out, stk_text_of(texts[i]));
    }
}

void scenario_meta_row(stk_buffer *out, const stk_method *method, const char *category,
                       const stk_scenario_outcome *outcome)
{
    const stk_postprocess_options *o = stk_method_postprocess(method);
    const stk_warming *warming = outcome->warming;
    const stk_emission_indicators *e = &outcome->indicators;
    const char *texts[] = {outcome->model, outcome->scenario, category, outcome->category.title,
                           outcome->subset};
    const double amounts[] = {
        e->net_zero_co2_year == 0 ? (double)NAN : e->net_zero_co2_year,
        e->net_zero_ghg_year == 0 ? (double)NAN : e->net_zero_ghg_year,
        e->cumulative_gtco2,
        e->cumulative_to_net_zero_gtco2,
        e->net_negative_gtco2,
        e->co2_reduction_2030_pct,
        e->co2_reduction_2040_pct,
        e->ghg_reduction_2030_pct,
        e->ghg_reduction_2040_pct,
    };
    fields(out, texts, 5);
    numbers(out, warming->peak_k, o->peak_percentile_count);
    numbers(out, warming->peak_year, o->peak_percentile_count);
    numbers(out, warming->last_k, o->peak_percentile_count);
    numbers(out, warming->exceedance_ever, o->exceedance_count);
    numbers(out, amounts, sizeof amounts / sizeof *amounts);
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        numbers(out, outcome->budgets_gtco2[t], STK_BUDGET_PERCENTILES);
    }
    number(out, (double)outcome->member_count);
    stk_buffer_text(out, ",");
    fields(
        out,
        (const char *const[]){stk_method_name(method), stk_method_version(method), stk_version()},
        3);
    stk_buffer_text(out, "\n");
}
