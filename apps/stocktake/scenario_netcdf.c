/** @file scenario_netcdf.c
 * @brief Results of `scenario assess` as NetCDF.
 *
 * NetCDF files are written by one process. In every round the scenarios of all ranks are sent to
 * the first, as their names and a row of numbers, so that memory does not grow with scenarios.
 */
#include "scenario_netcdf.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a scenario on its way ---- */

static void keep_text(stk_buffer *out, const char *text)
{
    stk_buffer_append(out, (stk_text){text, strlen(text) + 1});
}

static void keep_numbers(stk_buffer *out, const double *values, size_t count)
{
    stk_buffer_append(out, (stk_text){(const char *)values, count * sizeof *values});
}

static const char *next_text(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static void next_numbers(const char **at, double *values, size_t count)
{
    memcpy(values, *at, count * sizeof *values);
    *at += count * sizeof *values;
}

static bool writes(const netcdf_out *out)
{
    return ranks_own(out->a->ranks) == 0;
}

static void begin(netcdf_out *out, assessment *a, const char *name)
{
    const stk_method *method = a->run->method;
    memset(out, 0, sizeof *out);
    out->a = a;
    snprintf(out->history, sizeof out->history, "stocktake %s scenario assess", stk_version());
    snprintf(out->path, sizeof out->path, "%.1000s/%s", a->folder, name);
    snprintf(out->temporary, sizeof out->temporary, "%s.part", out->path);
    out->origin =
        (stk_netcdf_origin){out->history, stk_method_name(method), stk_method_version(method)};
}

/* The bytes of all ranks for the first one; `kept` is empty then. */
static stk_status gather(netcdf_out *out, stk_buffer *kept, stk_buffer *all, stk_status status,
                         stk_error *error)
{
    status = status != STK_OK ? status : stk_buffer_status(kept, error);
    ranks_gather(out->a->ranks, kept->data, status == STK_OK ? kept->size : 0, all);
    kept->size = 0;
    return status != STK_OK ? status : stk_buffer_status(all, error);
}

/* ---- emissions.nc ---- */

static int compare_texts(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Variables with their units, as "variable\0unit\0", of a list of such, sorted and each once. */
static stk_status sort_variables(const stk_buffer *all, stk_buffer *sorted, stk_error *error)
{
    size_t count = 0;
    const char *at = all->data;
    const char **names = malloc((all->size + 1) * sizeof *names);
    if (names == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    while (all->size > 0 && at < all->data + all->size) {
        names[count++] = next_text(&at);
        (void)next_text(&at);
    }
    qsort(names, count, sizeof *names, compare_texts); // NOLINT(bugprone-sizeof-expression)
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0) {
            keep_text(sorted, names[i]);
            keep_text(sorted, names[i] + strlen(names[i]) + 1);
        }
    }
    free(names);
    return stk_buffer_status(sorted, error);
}

static stk_status list_variables(netcdf_out *out, stk_error *error)
{
    const char *at = out->texts.data;
    size_t texts = 0;
    for (size_t i = 0; i < out->texts.size; i++) {
        texts += out->texts.data[i] == '\0';
    }
    out->variables = calloc(texts + 1, sizeof *out->variables);
    out->units = calloc(texts + 1, sizeof *out->units);
    out->values = malloc((texts + 1) * out->years * sizeof(double));
    if (out->variables == NULL || out->units == NULL || out->values == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (; out->variable_count < texts / 2; out->variable_count++) {
        out->variables[out->variable_count] = next_text(&at);
        out->units[out->variable_count] = next_text(&at);
    }
    return STK_OK;
}

/* The variables of all ranks, for all of them. */
static stk_status find_variables(netcdf_out *out, stk_error *error)
{
    ranks *all_ranks = out->a->ranks;
    stk_buffer own = {0};
    stk_buffer all = {0};
    const stk_iamc *variables = store_variables(out->a->infilled);
    for (size_t r = 0; r < variables->row_count; r++) {
        keep_text(&own, variables->rows[r].variable);
        keep_text(&own, variables->rows[r].unit);
    }
    stk_status status = gather(out, &own, &all, STK_OK, error);
    if (status == STK_OK && writes(out)) {
        status = sort_variables(&all, &out->texts, error);
    }
    uint64_t size = out->texts.size;
    status = ranks_agree(all_ranks, status, error);
    ranks_broadcast(all_ranks, &size, sizeof size);
    if (status == STK_OK && !stk_buffer_reserve(&out->texts, (size_t)size + 1)) {
        status = stk_error_set(error, STK_EMEM, "out of memory");
    }
    status = ranks_agree(all_ranks, status, error);
    if (status == STK_OK) {
        out->texts.size = (size_t)size;
        ranks_broadcast(all_ranks, out->texts.data, (size_t)size);
        status = ranks_agree(all_ranks, list_variables(out, error), error);
    }
    stk_buffer_free(&own);
    stk_buffer_free(&all);
    return status;
}

stk_status netcdf_open_emissions(netcdf_out *out, assessment *a, stk_error *error)
{
    int first = stk_method_base_year(a->run->method);
    int last = stk_method_last_year(a->run->method);
    begin(out, a, "emissions.nc");
    out->years = (size_t)(last - first + 1);
    stk_status status = find_variables(out, error);
    if (status == STK_OK && writes(out)) {
        stk_emissions_netcdf_layout layout = {first,          last,       out->variable_count,
                                              out->variables, out->units, &out->origin};
        status = stk_emissions_netcdf_open(out->temporary, &layout, &out->emissions, error);
    }
    status = ranks_agree(a->ranks, status, error);
    out->opened = status == STK_OK;
    return status;
}

/* The scenario of a table, its rows in the order of the variables. */
static void keep_emissions(netcdf_out *out, stk_buffer *kept, const stk_iamc *table)
{
    for (size_t i = 0; i < out->variable_count * out->years; i++) {
        out->values[i] = NAN;
    }
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        const char **found = bsearch(&row->variable, out->variables, out->variable_count,
                                     sizeof *out->variables, // NOLINT(bugprone-sizeof-expression)
                                     compare_texts);
        if (found != NULL) {
            memcpy(out->values + (size_t)(found - out->variables) * out->years, row->values,
                   out->years * sizeof(double));
        }
    }
    keep_text(kept, table->rows[0].model);
    keep_text(kept, table->rows[0].scenario);
    keep_numbers(kept, out->values, out->variable_count * out->years);
}

static stk_status keep_own(netcdf_out *out, size_t index, stk_buffer *kept, stk_error *error)
{
    stk_iamc *infilled;
    stk_status status = scenario_infilled(out->a, index, index + 1, &infilled, error);
    if (status == STK_OK && infilled->row_count > 0) {
        keep_emissions(out, kept, infilled);
    }
    stk_iamc_free(infilled);
    return status;
}

stk_status netcdf_add_emissions(netcdf_out *out, size_t first, size_t last, stk_status status,
                                stk_error *error)
{
    stk_buffer kept = {0};
    stk_buffer all = {0};
    size_t count = out->variable_count * out->years;
    for (size_t i = first; i < last && status == STK_OK; i++) {
        status = keep_own(out, i, &kept, error);
    }
    status = gather(out, &kept, &all, status, error);
    const char *at = all.data;
    while (status == STK_OK && all.size > 0 && at < all.data + all.size) {
        const char *model = next_text(&at);
        const char *scenario = next_text(&at);
        next_numbers(&at, out->values, count);
        status = stk_emissions_netcdf_write(out->emissions, out->written++, model, scenario,
                                            out->values, error);
    }
    stk_buffer_free(&kept);
    stk_buffer_free(&all);
    return status;
}

/* ---- climate.nc ---- */

stk_status netcdf_open_climate(netcdf_out *out, assessment *a, stk_error *error)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    const stk_postprocess_options *o = stk_method_postprocess(a->run->method);
    begin(out, a, "climate.nc");
    out->options = (stk_ensemble_options){.years = {o->years[0], o->years[1]},
                                          .variables = &temperature,
                                          .variable_count = 1,
                                          .percentiles = o->percentiles,
                                          .percentile_count = o->percentile_count,
                                          .thresholds_k = o->exceedance_k,
                                          .threshold_count = o->exceedance_count};
    out->warming = stk_warming_new(o);
    stk_status status =
        out->warming != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    if (status == STK_OK && writes(out)) {
        stk_climate_netcdf_layout layout = {
            .options = &out->options, .variable_count = 1, .origin = &out->origin};
        status = stk_climate_netcdf_open(out->temporary, false, &layout, &out->climate, error);
    }
    status = ranks_agree(a->ranks, status, error);
    out->opened = status == STK_OK;
    return status;
}

void netcdf_keep_outcome(const netcdf_out *out, stk_buffer *kept,
                         const stk_scenario_outcome *outcome)
{
    keep_text(kept, outcome->model);
    keep_text(kept, outcome->scenario);
    keep_numbers(kept, outcome->warming->percentiles_k,
                 stk_warming_size(stk_method_postprocess(out->a->run->method)));
}

stk_status netcdf_add_climate(netcdf_out *out, stk_buffer *kept, stk_status status,
                              stk_error *error)
{
    stk_buffer all = {0};
    size_t count = stk_warming_size(stk_method_postprocess(out->a->run->method));
    status = gather(out, kept, &all, status, error);
    const char *at = all.data;
    while (status == STK_OK && all.size > 0 && at < all.data + all.size) {
        const char *model = next_text(&at);
        const char *scenario = next_text(&at);
        next_numbers(&at, out->warming->percentiles_k, count);
        stk_ensemble_result result = {.first_year = out->warming->first_year,
                                      .count = out->warming->year_count,
                                      .percentiles = out->warming->percentiles_k,
                                      .exceedance = out->warming->exceedance};
        status = stk_climate_netcdf_write(out->climate, out->written++, model, scenario, &result,
                                          NULL, NULL, error);
    }
    stk_buffer_free(&all);
    return status;
}

stk_status netcdf_finish(netcdf_out *out, stk_status status, stk_error *error)
{
    stk_error problem = {0};
    stk_status closed = stk_emissions_netcdf_close(out->emissions, &problem);
    if (closed == STK_OK) {
        closed = stk_climate_netcdf_close(out->climate, &problem);
    }
    if (closed != STK_OK || status != STK_OK) {
        cli_skip_exit_handlers();
    }
    if (status == STK_OK && closed != STK_OK) {
        *error = problem;
        status = closed;
    }
    status = ranks_agree(out->a->ranks, status, error);
    if (writes(out) && status != STK_OK) {
        unlink(out->temporary);
    } else if (writes(out) && rename(out->temporary, out->path) != 0) {
        status =
            stk_error_at(error, STK_EIO, out->path, 0, 0, "cannot be written: %s", strerror(errno));
        unlink(out->temporary);
    }
    stk_buffer_free(&out->texts);
    free(out->variables);
    free(out->units);
    free(out->values);
    stk_warming_free(out->warming);
    return ranks_agree(out->a->ranks, status, error);
}
