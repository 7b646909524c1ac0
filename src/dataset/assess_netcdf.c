/** @file assess_netcdf.c
 * @brief Results of `scenario assess` as NetCDF.
 */
#include "dataset/assess_netcdf.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/try.h"

const char *const stk_assess_netcdf_names[STK_ASSESS_NETCDF_FILES] = {"emissions.nc", "climate.nc"};

/* ---- numbers of a block ---- */

static stk_status refuse(const stk_block *block, stk_error *error)
{
    return stk_error_set(error, STK_EFORMAT, "block %zu: its numbers for NetCDF are damaged",
                         block->number + 1);
}

static const char *next_text(stk_text *left)
{
    const char *text = left->data;
    const char *end = left->size > 0 ? memchr(text, '\0', left->size) : NULL;
    if (end == NULL) {
        return NULL;
    }
    left->size -= (size_t)(end + 1 - text);
    left->data = end + 1;
    return text;
}

/* False where the section ends before; `values` may be NULL. */
static bool next_numbers(stk_text *left, double *values, size_t count)
{
    if (left->size < count * sizeof *values) {
        return false;
    }
    if (values != NULL) {
        memcpy(values, left->data, count * sizeof *values);
    }
    left->data += count * sizeof *values;
    left->size -= count * sizeof *values;
    return true;
}

/* ---- emissions.nc ---- */

static int compare_texts(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static size_t year_count(const stk_assess_netcdf *out)
{
    return (size_t)(stk_method_last_year(out->method) - stk_method_base_year(out->method) + 1);
}

/* Add names and units of a block to the list, which is sorted and has each once. */
static stk_status list_variables(stk_assess_netcdf *out, stk_error *error)
{
    size_t texts = 0;
    for (size_t i = 0; i < out->texts.size; i++) {
        texts += out->texts.data[i] == '\0';
    }
    const char **all = malloc((texts / 2 + 1) * sizeof *all);
    stk_buffer sorted = {0};
    stk_text left = {out->texts.data, out->texts.size};
    if (all == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < texts / 2; i++) {
        all[i] = next_text(&left);
        (void)next_text(&left);
    }
    qsort(all, texts / 2, sizeof *all, compare_texts); // NOLINT(bugprone-sizeof-expression)
    for (size_t i = 0; i < texts / 2; i++) {
        if (i == 0 || strcmp(all[i], all[i - 1]) != 0) {
            const char *unit = all[i] + strlen(all[i]) + 1;
            stk_buffer_append(&sorted,
                              (stk_text){all[i], (size_t)(unit + strlen(unit) + 1 - all[i])});
        }
    }
    free(all);
    stk_buffer_free(&out->texts);
    out->texts = sorted;
    return stk_buffer_status(&out->texts, error);
}

stk_status stk_assess_netcdf_name(stk_assess_netcdf *out, const stk_block *block, stk_error *error)
{
    stk_text left = block->sections[STK_SECTION_EMISSION_VALUES];
    while (left.size > 0) {
        const char *model = next_text(&left);
        const char *scenario = next_text(&left);
        const char *variable = next_text(&left);
        const char *unit = next_text(&left);
        if (model == NULL || scenario == NULL || variable == NULL || unit == NULL ||
            !next_numbers(&left, NULL, year_count(out))) {
            return refuse(block, error);
        }
        stk_buffer_append(&out->texts,
                          (stk_text){variable, (size_t)(unit + strlen(unit) + 1 - variable)});
    }
    return list_variables(out, error);
}

static stk_status index_variables(stk_assess_netcdf *out, stk_error *error)
{
    size_t texts = 0;
    stk_text left = {out->texts.data, out->texts.size};
    for (size_t i = 0; i < out->texts.size; i++) {
        texts += out->texts.data[i] == '\0';
    }
    out->years = year_count(out);
    out->variables = calloc(texts + 1, sizeof *out->variables);
    out->units = calloc(texts + 1, sizeof *out->units);
    out->values = malloc((texts + 1) * out->years * sizeof(double));
    if (out->variables == NULL || out->units == NULL || out->values == NULL) {
        return stk_error_memory(error);
    }
    for (; out->variable_count < texts / 2; out->variable_count++) {
        out->variables[out->variable_count] = next_text(&left);
        out->units[out->variable_count] = next_text(&left);
    }
    return STK_OK;
}

static stk_status open_emissions(stk_assess_netcdf *out, stk_error *error)
{
    stk_status status = index_variables(out, error);
    stk_emissions_netcdf_layout layout = {stk_assess_netcdf_names[0],
                                          stk_method_base_year(out->method),
                                          stk_method_last_year(out->method),
                                          out->variable_count,
                                          out->variables,
                                          out->units,
                                          &out->origin};
    STK_TRY(status);
    STK_TRY(stk_pending_reserve(&out->files[0], out->folder, stk_assess_netcdf_names[0], error));
    STK_TRY(stk_emissions_netcdf_open(out->files[0].temporary, &layout, &out->emissions, error));
done:
    return status;
}

static void clear_values(stk_assess_netcdf *out)
{
    for (size_t i = 0; i < out->variable_count * out->years; i++) {
        out->values[i] = NAN;
    }
}

/* Rows of a scenario stand together. */
static stk_status add_emissions(stk_assess_netcdf *out, const stk_block *block, stk_error *error)
{
    const char *last[2] = {NULL, NULL};
    stk_status status = STK_OK;
    stk_text left = block->sections[STK_SECTION_EMISSION_VALUES];
    clear_values(out);
    while (left.size > 0) {
        const char *model = next_text(&left);
        const char *scenario = next_text(&left);
        const char *variable = next_text(&left);
        const char *unit = next_text(&left);
        if (unit == NULL || left.size < out->years * sizeof(double)) {
            return refuse(block, error);
        }
        if (last[0] != NULL && (strcmp(model, last[0]) != 0 || strcmp(scenario, last[1]) != 0)) {
            STK_TRY(stk_emissions_netcdf_write(out->emissions, out->emissions_written++, last[0],
                                               last[1], out->values, error));
            clear_values(out);
        }
        const char **found = bsearch(&variable, out->variables, out->variable_count,
                                     sizeof *out->variables, // NOLINT(bugprone-sizeof-expression)
                                     compare_texts);
        next_numbers(&left,
                     found == NULL ? NULL
                                   : out->values + (size_t)(found - out->variables) * out->years,
                     out->years);
        last[0] = model;
        last[1] = scenario;
    }
    if (last[0] != NULL) {
        status = stk_emissions_netcdf_write(out->emissions, out->emissions_written++, last[0],
                                            last[1], out->values, error);
    }
done:
    return status;
}

/* ---- climate.nc ---- */

static stk_status open_climate(stk_assess_netcdf *out, stk_error *error)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    const stk_postprocess_options *o = stk_method_postprocess(out->method);
    stk_status status;
    out->options = (stk_ensemble_options){.years = {o->years[0], o->years[1]},
                                          .variables = &temperature,
                                          .variable_count = 1,
                                          .percentiles = o->percentiles,
                                          .percentile_count = o->percentile_count,
                                          .thresholds_k = o->exceedance_k,
                                          .threshold_count = o->exceedance_count};
    out->warming = stk_warming_new(o);
    if (out->warming == NULL) {
        return stk_error_memory(error);
    }
    stk_climate_netcdf_layout layout = {.shown = stk_assess_netcdf_names[1],
                                        .options = &out->options,
                                        .variable_count = 1,
                                        .origin = &out->origin};
    STK_TRY(stk_pending_reserve(&out->files[1], out->folder, stk_assess_netcdf_names[1], error));
    STK_TRY(stk_climate_netcdf_open(out->files[1].temporary, &layout, &out->climate, error));
done:
    return status;
}

static stk_status add_climate(stk_assess_netcdf *out, const stk_block *block, stk_error *error)
{
    size_t count = stk_warming_size(stk_method_postprocess(out->method));
    stk_text left = block->sections[STK_SECTION_WARMING_VALUES];
    stk_status status = STK_OK;
    while (left.size > 0) {
        const char *model = next_text(&left);
        const char *scenario = next_text(&left);
        if (model == NULL || scenario == NULL ||
            !next_numbers(&left, out->warming->percentiles_k, count)) {
            return refuse(block, error);
        }
        stk_ensemble_result result = {.first_year = out->warming->first_year,
                                      .count = out->warming->year_count,
                                      .percentiles = out->warming->percentiles_k,
                                      .exceedance = out->warming->exceedance};
        STK_TRY(stk_climate_netcdf_write(out->climate, out->climate_written++, model, scenario,
                                         &result, NULL, NULL, error));
    }
done:
    return status;
}

/* ---- both ---- */

stk_status stk_assess_netcdf_open(stk_assess_netcdf *out, stk_error *error)
{
    stk_print(out->history, sizeof out->history, "stocktake %s scenario assess", stk_version());
    out->origin = (stk_netcdf_origin){out->history, stk_method_name(out->method),
                                      stk_method_version(out->method)};
    stk_status status = open_emissions(out, error);
    return status != STK_OK ? status : open_climate(out, error);
}

stk_status stk_assess_netcdf_add(stk_assess_netcdf *out, const stk_block *block, stk_error *error)
{
    stk_status status = add_emissions(out, block, error);
    return status != STK_OK ? status : add_climate(out, block, error);
}

stk_status stk_assess_netcdf_close(stk_assess_netcdf *out, stk_status status, stk_error *error)
{
    stk_error problem = {0};
    stk_status first = stk_emissions_netcdf_close(out->emissions, &problem);
    stk_status second = stk_climate_netcdf_close(out->climate, first == STK_OK ? &problem : NULL);
    first = first != STK_OK ? first : second;
    if (status == STK_OK && first != STK_OK) {
        *error = problem;
        status = first;
    }
    stk_buffer_free(&out->texts);
    free(out->variables);
    free(out->units);
    free(out->values);
    stk_warming_free(out->warming);
    return status;
}
