/** @file climate_csv.c
 * @brief IAMC tables and member tables.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/table.h"
#include "dataset/climate_output.h"

enum { DIGITS = 12 };

/* A number with 12 significant digits. A run over many scenarios writes ten million of them, so
 * that those of ordinary size are made from one integer; the others go through the C library. */
static void append_number(stk_buffer *out, double value)
{
    static const double powers[] = {1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
    char text[STK_NUMBER_SIZE];
    char *at = text;
    double magnitude = fabs(value);
    if (isnan(value)) {
        return;
    }
    if (magnitude < 1e-4 || magnitude >= 1e11) {
        stk_number_format(value, text);
        stk_buffer_text(out, text);
        return;
    }
    int decimals = DIGITS;
    double limit = magnitude;
    while (limit >= 1) {
        limit /= 10;
        decimals--;
    }
    if (value < 0) {
        *at++ = '-';
    }
    stk_decimal_write((uint64_t)(magnitude * powers[decimals] + 0.5), decimals, at);
    stk_buffer_text(out, text);
}

void stk_climate_iamc_header(stk_buffer *out, const stk_ensemble_options *options)
{
    stk_buffer_text(out, "Model,Scenario,Region,Variable,Unit");
    for (int year = options->years.first; year <= options->years.last; year++) {
        stk_buffer_printf(out, ",%d", year);
    }
    stk_buffer_text(out, "\n");
}

static void append_row(stk_buffer *out, const char *model, const char *scenario,
                       const char *variable, const char *unit, const double *values, int count)
{
    stk_csv_write_field(out, stk_text_of(model));
    stk_buffer_text(out, ",");
    stk_csv_write_field(out, stk_text_of(scenario));
    stk_buffer_text(out, ",World,");
    stk_csv_write_field(out, stk_text_of(variable));
    stk_buffer_text(out, ",");
    stk_csv_write_field(out, stk_text_of(unit));
    for (int i = 0; i < count; i++) {
        stk_buffer_text(out, ",");
        append_number(out, values[i]);
    }
    stk_buffer_text(out, "\n");
}

void stk_climate_iamc_rows(stk_buffer *out, const stk_ensemble_options *options,
                           size_t variable_count, const stk_ensemble_result *result,
                           const char *model, const char *scenario)
{
    char name[160];
    size_t count = (size_t)result->count;
    for (size_t v = 0; v < variable_count; v++) {
        stk_climate_variable variable = options->variables[v];
        for (size_t p = 0; p < options->percentile_count; p++) {
            stk_print(name, sizeof name, "%s|%.1fth Percentile",
                      stk_climate_variable_name(variable), options->percentiles[p]);
            append_row(out, model, scenario, name, stk_climate_variable_unit(variable),
                       result->percentiles + (v * options->percentile_count + p) * count,
                       result->count);
        }
    }
    for (size_t k = 0; k < options->threshold_count; k++) {
        stk_print(name, sizeof name, "Exceedance Probability %.1fC", options->thresholds_k[k]);
        append_row(out, model, scenario, name, "1", result->exceedance + k * count, result->count);
    }
}

const stk_climate_variable stk_member_variables[STK_MEMBER_COLUMNS] = {
    STK_CLIMATE_TEMPERATURE, STK_CLIMATE_TEMPERATURE_2, STK_CLIMATE_TEMPERATURE_3, STK_CLIMATE_ERF,
    STK_CLIMATE_CO2,         STK_CLIMATE_CH4,           STK_CLIMATE_N2O,           STK_CLIMATE_OHC};

void stk_member_column(stk_climate_variable variable, char out[STK_MEMBER_COLUMN_SIZE])
{
    static const char *const units[][2] = {{"K", "_k"},     {"W/m^2", "_wm2"}, {"ppm", "_ppm"},
                                           {"ppb", "_ppb"}, {"ppt", "_ppt"},   {"J", "_j"}};
    const char *key = stk_climate_variable_key(variable);
    const char *unit = "";
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        unit = strcmp(stk_climate_variable_unit(variable), units[i][0]) == 0 ? units[i][1] : unit;
    }
    /* the surface is the first of three layers */
    stk_print(out, STK_MEMBER_COLUMN_SIZE, "%s%s%s", key,
              variable == STK_CLIMATE_TEMPERATURE ? "_1" : "", unit);
    for (char *c = out; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : *c;
    }
}

void stk_climate_member_header(stk_buffer *out, const stk_member_list *columns)
{
    stk_buffer_text(out, "scenario,member,year");
    for (size_t c = 0; c < columns->count; c++) {
        char name[STK_MEMBER_COLUMN_SIZE];
        stk_member_column(columns->variables[c], name);
        stk_buffer_printf(out, ",%s", name);
    }
    stk_buffer_text(out, "\n");
}

void stk_climate_member_rows(stk_buffer *out, const stk_ensemble_result *result,
                             const stk_member_list *columns, const double *const *series,
                             const char *scenario, long number, size_t member, int first_year,
                             double baseline_k)
{
    for (size_t b = 0; b < result->bound_count; b++) {
        stk_csv_write_field(out, stk_text_of(scenario));
        stk_buffer_printf(out, ",%ld,%d", number, first_year + (int)b);
        for (size_t c = 0; c < columns->count; c++) {
            char text[STK_NUMBER_SIZE];
            bool relative = columns->variables[c] == STK_CLIMATE_TEMPERATURE;
            double value = series[c][b * result->stride + member];
            stk_number_format(relative ? value - baseline_k : value, text);
            stk_buffer_text(out, ",");
            stk_buffer_text(out, text);
        }
        stk_buffer_text(out, "\n");
    }
}
