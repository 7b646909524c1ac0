/** @file scenario_meta.c
 * @brief The metadata table: one row a scenario, with columns named as in the AR6 database.
 */
#include "scenario_assessment.h"

#include <math.h>
#include <stdarg.h>

/* A name of a column, after a comma; it may hold commas and quotes itself. */
static void column(stk_buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void column(stk_buffer *out, const char *format, ...)
{
    char name[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    stk_buffer_text(out, ",");
    stk_csv_write_field(out, stk_text_of(name));
}

static void percentile_columns(stk_buffer *out, const stk_postprocess_options *o, const char *what)
{
    for (size_t p = 0; p < o->peak_percentile_count; p++) {
        if (o->peak_percentiles[p] == 50) {
            column(out, "median %s (%s)", what, o->model);
        } else {
            column(out, "p%g %s (%s)", o->peak_percentiles[p], what, o->model);
        }
    }
}

static void reduction_columns(stk_buffer *out)
{
    static const char *const gases[] = {"CO2", "GHG"};
    for (size_t g = 0; g < 2; g++) {
        for (int year = 2030; year <= 2040; year += 10) {
            column(out, "%s emissions reductions 2019-%d %% modelled Harm-Infilled", gases[g],
                   year);
        }
    }
}

void scenario_meta_header(stk_buffer *out, const stk_postprocess_options *o)
{
    const int *years = o->cumulative;
    stk_buffer_text(out, "Model,Scenario,Category,Category_name,Category_subset");
    percentile_columns(out, o, "peak warming");
    percentile_columns(out, o, "year of peak warming");
    percentile_columns(out, o, "warming in 2100");
    for (size_t t = 0; t < o->exceedance_count; t++) {
        char level[STK_NUMBER_SIZE];
        scenario_level(o->exceedance_k[t], level);
        column(out, "Exceedance Probability %sC (%s)", level, o->model);
    }
    column(out, "Year of netzero CO2 emissions (Harm-Infilled)");
    column(out, "Year of netzero GHG emissions (Harm-Infilled)");
    column(out, "Cumulative net CO2 (%d-%d, Gt CO2) (Harm-Infilled)", years[0], years[1]);
    column(out, "Cumulative net CO2 (%d to netzero, Gt CO2) (Harm-Infilled)", years[0]);
    column(out, "Cumulative net-negative CO2 (post net-zero, Gt CO2) (Harm-Infilled)");
    reduction_columns(out);
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (int p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            column(out, "Cumulative CO2 from %d until p%g warming exceeds %.1fC (Gt CO2)", years[0],
                   stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
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
