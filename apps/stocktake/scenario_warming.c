/** @file scenario_warming.c
 * @brief The warming of a scenario as rows of an IAMC table.
 */
#include "cmd_scenario.h"

#include <string.h>

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

void scenario_level(double value, char out[STK_NUMBER_SIZE])
{
    double read;
    snprintf(out, STK_NUMBER_SIZE, "%.1f", value);
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
        scenario_level(o->percentiles[p], level);
        snprintf(name, sizeof name,
                 "AR6 climate diagnostics|Surface Temperature (GSAT)|%.60s|%sth Percentile",
                 o->model, level);
        status = add_series(table, row, "K", warming->percentiles_k + p * years, error);
    }
    for (size_t t = 0; t < o->exceedance_count && status == STK_OK; t++) {
        scenario_level(o->exceedance_k[t], level);
        snprintf(name, sizeof name, "AR6 climate diagnostics|Exceedance Probability %sC|%.60s",
                 level, o->model);
        status = add_series(table, row, "dimensionless", warming->exceedance + t * years, error);
    }
    return status;
}

stk_status scenario_write_warming(const stk_postprocess_options *options, const char *model,
                                  const char *scenario, const stk_warming *warming,
                                  const stk_iamc_output *output, stk_error *error)
{
    stk_iamc *table =
        stk_iamc_new("", warming->first_year, warming->first_year + warming->year_count - 1);
    if (table == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_iamc_row row = {model, scenario, "World", "", "", 0, NULL};
    stk_status status = fill(options, row, warming, table, error);
    status = status != STK_OK ? status : stk_iamc_write_stream(table, output, error);
    stk_iamc_free(table);
    return status;
}
