/** @file result_rows.c
 * @brief Rows of result tables.
 */
#include "workflow/result_rows.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- warming ---- */

void stk_result_iamc_header(stk_buffer *out, int first_year, int last_year)
{
    stk_buffer_text(out, "Model,Scenario,Region,Variable,Unit");
    for (int year = first_year; year <= last_year; year++) {
        stk_buffer_printf(out, ",%d", year);
    }
    stk_buffer_text(out, "\n");
}

static stk_status add_series(stk_iamc *table, stk_iamc_row row, const char *unit,
                             const double *series, stk_error *error)
{
    double *values;
    row.unit = unit;
    stk_status status = stk_iamc_add(table, &row, &values, error);
    if (status == STK_OK) {
        memcpy(values, series, (size_t)table->year_count * sizeof *values);
    }
    return status;
}

/* A percentile or a level of warming in a name: with one decimal, as published, if that says it. */
static void write_level(double value, char out[STK_NUMBER_SIZE])
{
    double read;
    stk_print(out, STK_NUMBER_SIZE, "%.1f", value);
    if (!stk_text_number(stk_text_of(out), &read) || read != value) {
        stk_number_format(value, out);
    }
}

static stk_status fill(const stk_postprocess_options *o, stk_iamc_row row,
                       const stk_warming *warming, stk_iamc *table, stk_error *error)
{
    size_t years = (size_t)warming->year_count;
    char name[256];
    char level[STK_NUMBER_SIZE];
    stk_status status = STK_OK;
    row.variable = name;
    for (size_t p = 0; p < o->percentile_count && status == STK_OK; p++) {
        write_level(o->percentiles[p], level);
        stk_print(name, sizeof name,
                  "AR6 climate diagnostics|Surface Temperature (GSAT)|%s|%sth Percentile",
                  STK_CUT(o->model, 60), level);
        status = add_series(table, row, "K", warming->percentiles_k + p * years, error);
    }
    for (size_t t = 0; t < o->exceedance_count && status == STK_OK; t++) {
        write_level(o->exceedance_k[t], level);
        stk_print(name, sizeof name, "AR6 climate diagnostics|Exceedance Probability %sC|%s", level,
                  STK_CUT(o->model, 60));
        status = add_series(table, row, "dimensionless", warming->exceedance + t * years, error);
    }
    return status;
}

stk_status stk_result_warming_rows(const stk_postprocess_options *options, const char *model,
                                   const char *scenario, const stk_warming *warming,
                                   const stk_iamc_output *output, stk_error *error)
{
    stk_iamc *table =
        stk_iamc_new("", warming->first_year, warming->first_year + warming->year_count - 1);
    if (table == NULL) {
        return stk_error_memory(error);
    }
    stk_iamc_row row = {model, scenario, "World", "", "", 0, NULL};
    stk_status status = fill(options, row, warming, table, error);
    status = status != STK_OK ? status : stk_iamc_write_stream(table, output, error);
    stk_iamc_free(table);
    return status;
}

/* ---- metadata ---- */

/* A name of a column, after a comma; it may hold commas and quotes itself. */
static void column(stk_buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void column(stk_buffer *out, const char *format, ...)
{
    char name[512];
    va_list arguments;
    va_start(arguments, format);
    stk_print_list(name, sizeof name, format, arguments);
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

void stk_result_meta_header(stk_buffer *out, const stk_method *method)
{
    const stk_postprocess_options *o = stk_method_postprocess(method);
    const int *years = o->cumulative;
    stk_buffer_text(out, "Model,Scenario,Category,Category_name,Category_subset");
    percentile_columns(out, o, "peak warming");
    percentile_columns(out, o, "year of peak warming");
    percentile_columns(out, o, "warming in 2100");
    for (size_t t = 0; t < o->exceedance_count; t++) {
        char level[STK_NUMBER_SIZE];
        write_level(o->exceedance_k[t], level);
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
    stk_buffer_text(out, ",Ensemble members,Method,Method version,stocktake version,Warnings");
    if (stk_method_has_tiers(method)) {
        stk_buffer_text(out, ",Category_tier_I,Category_tier_II,Category_tier_III");
        column(out, "median warming in 2090 (%s)", o->model);
        column(out, "GHG emissions in 2100 (Mt CO2-equiv) (Harm-Infilled)");
    }
    stk_buffer_text(out, "\n");
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

void stk_result_meta_row(stk_buffer *out, const stk_method *method, const char *category,
                         const stk_scenario_outcome *outcome, const char *warnings)
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
    fields(out,
           (const char *const[]){stk_method_name(method), stk_method_version(method), stk_version(),
                                 warnings},
           4);
    if (stk_method_has_tiers(method)) {
        stk_buffer_text(out, ",");
        fields(out, outcome->category.tiers, STK_TIERS);
        number(out, outcome->inputs.p50_2090);
        number(out, outcome->inputs.ghg_2100);
    }
    stk_buffer_text(out, "\n");
}

/* ---- what is categorised ---- */

void stk_result_category_header(stk_buffer *out, bool model)
{
    stk_buffer_text(out, model ? "model," : "");
    stk_buffer_text(out, "name,p33_peak,p50_peak,p67_peak,p50_2100\n");
}

void stk_result_category_row(stk_buffer *out, const char *model, const char *scenario,
                             const stk_category_warming *inputs)
{
    const double values[] = {inputs->p33_peak, inputs->p50_peak, inputs->p67_peak,
                             inputs->p50_2100};
    if (model != NULL) {
        stk_csv_write_field(out, stk_text_of(model));
        stk_buffer_text(out, ",");
    }
    stk_csv_write_field(out, stk_text_of(scenario));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char number[STK_NUMBER_SIZE];
        stk_number_format(values[i], number);
        stk_buffer_printf(out, ",%s", number);
    }
    stk_buffer_text(out, "\n");
}
