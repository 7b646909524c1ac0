/** @file dataset.c
 * @brief Building a data set, and its IAMC table.
 */
#include "dataset/dataset.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void dataset_free(dataset *c)
{
    if (c != NULL) {
        stk_arena_free(&c->arena);
        json_decref(c->attributes);
        memset(c, 0, sizeof *c);
    }
}

/* ---- building ---- */

const char *dataset_text(dataset *c, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    stk_print_list(text, sizeof text, format, list);
    va_end(list);
    const char *copy = stk_arena_string(&c->arena, stk_text_of(text));
    c->failed = c->failed || copy == NULL;
    return copy == NULL ? "" : copy;
}

const char **dataset_texts(dataset *c, size_t count)
{
    const char **texts = stk_arena_alloc(&c->arena, count, sizeof *texts);
    c->failed = c->failed || texts == NULL;
    return texts;
}

static size_t level_count(const dataset *c, unsigned axes)
{
    return (axes & DATASET_PERCENTILE) != 0  ? c->percentile_count
           : (axes & DATASET_THRESHOLD) != 0 ? c->threshold_count
                                             : 1;
}

static size_t year_count(const dataset *c, unsigned axes)
{
    return (axes & DATASET_YEAR) != 0 ? (size_t)c->year_count : 1;
}

static size_t region_count(const dataset *c, unsigned axes)
{
    return (axes & DATASET_REGION) != 0 ? c->region_count : 1;
}

static size_t scenario_count(const dataset *c, unsigned axes)
{
    return (axes & DATASET_SCENARIO) != 0 ? c->scenario_count : 1;
}

/* Lower case, with one '_' for everything between letters and digits. */
static void write_name(const char *name, char out[DATASET_NAME_SIZE])
{
    size_t size = 0;
    for (const char *at = name; *at != '\0' && size + 2 < DATASET_NAME_SIZE; at++) {
        if (stk_char_is_alphanumeric(*at)) {
            bool apart = at > name && !stk_char_is_alphanumeric(at[-1]) && size > 0;
            out[size] = '_';
            size += apart;
            out[size++] = stk_char_small(*at);
        }
    }
    out[size] = '\0';
}

dataset_variable *dataset_add(dataset *c, unsigned axes, const char *name, const char *about,
                              const char *variable, const char *unit)
{
    size_t size = region_count(c, axes) * scenario_count(c, axes) * level_count(c, axes) *
                  year_count(c, axes);
    double *values = stk_arena_alloc(&c->arena, size, sizeof *values);
    if (values == NULL || c->variable_count == DATASET_VARIABLES_MAX) {
        c->failed = true;
        return NULL;
    }
    dataset_variable *v = &c->variables[c->variable_count++];
    *v = (dataset_variable){
        .about = about, .variable = variable, .unit = unit, .axes = axes, .values = values};
    write_name(name, v->name);
    for (size_t i = 0; i < size; i++) {
        values[i] = NAN;
    }
    return v;
}

const char **dataset_label_axis(dataset *c, unsigned axis, const char *name, const char *about)
{
    const char **texts =
        dataset_texts(c, axis == DATASET_REGION ? c->region_count : c->scenario_count);
    if (texts == NULL || c->label_count == DATASET_LABELS_MAX) {
        c->failed = true;
        return NULL;
    }
    c->labels[c->label_count++] = (dataset_label){name, about, axis, texts};
    return texts;
}

double *dataset_at(const dataset *c, const dataset_variable *v, size_t region, size_t scenario,
                   size_t level)
{
    size_t place = (v->axes & DATASET_REGION) != 0 ? region : 0;
    place = place * scenario_count(c, v->axes) + ((v->axes & DATASET_SCENARIO) != 0 ? scenario : 0);
    place = place * level_count(c, v->axes) + (level_count(c, v->axes) > 1 ? level : 0);
    return v->values + place * year_count(c, v->axes);
}

const char *dataset_case(dataset *c, stk_condition condition, stk_ambition ambition, bool capped)
{
    return dataset_text(c, "%s %s%s", stk_condition_name(condition), stk_ambition_name(ambition),
                        capped ? " capped" : "");
}

void dataset_date_scenarios(dataset *c, stk_date as_of)
{
    char date[STK_DATE_SIZE];
    stk_date_format(as_of, date);
    for (size_t i = 0; i < c->scenario_count && !c->failed; i++) {
        c->scenarios[i] = dataset_text(c, "%s (as of %s)", c->scenarios[i], date);
    }
}

const char *dataset_kyoto(dataset *c, const stk_gwp_table *gwp, size_t set, bool with_lulucf)
{
    const char *name = stk_gwp_set_name(gwp, set);
    const char *metric = strstr(name, "GWP");
    metric = metric != NULL ? metric : strstr(name, "GTP");
    size_t report = metric != NULL && metric > name ? (size_t)(metric - name) : 0;
    return dataset_text(c, "Emissions|Kyoto Gases%s (%.*s%s%s)", with_lulucf ? "" : " excl. LULUCF",
                        (int)report, name, report > 0 ? "-" : "", name + report);
}

/* ---- the IAMC table ---- */

/* The name of a variable with the level in place of {}. */
static void level_name(const dataset *c, const dataset_variable *v, size_t level, char out[256])
{
    const char *gap = strstr(v->variable, "{}");
    const double *levels = (v->axes & DATASET_PERCENTILE) != 0 ? c->percentiles : c->thresholds_k;
    if (gap == NULL) {
        stk_print(out, 256, "%s", v->variable);
    } else {
        stk_print(out, 256, "%.*s%.1f%s", (int)(gap - v->variable), v->variable, levels[level],
                  gap + 2);
    }
}

static bool has_value(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isnan(values[i])) {
            return true;
        }
    }
    return false;
}

static stk_status add_rows(const dataset *c, const dataset_variable *v, size_t region,
                           size_t scenario, stk_iamc *table, stk_error *error)
{
    char model[512];
    char name[256];
    size_t years = year_count(c, v->axes);
    stk_status status = STK_OK;
    stk_print(model, sizeof model,
              c->what_if != NULL ? "stocktake %s (what if: %s)" : "stocktake %s", stk_version(),
              c->what_if);
    for (size_t level = 0; level < level_count(c, v->axes) && status == STK_OK; level++) {
        const double *values = dataset_at(c, v, region, scenario, level);
        double *into;
        if (!has_value(values, years)) {
            continue;
        }
        level_name(c, v, level, name);
        stk_iamc_row row = {v->model != NULL ? v->model : model,
                            (v->axes & DATASET_SCENARIO) != 0 ? c->scenarios[scenario]
                                                              : v->scenario,
                            (v->axes & DATASET_REGION) != 0 ? c->regions[region] : "World",
                            name,
                            v->unit,
                            0,
                            NULL};
        status = stk_iamc_add(table, &row, &into, error);
        if (status == STK_OK) {
            memcpy(into + (c->year_count - (int)years), values, years * sizeof *values);
        }
    }
    return status;
}

/* All rows of one scenario, or those of the variables that have no scenarios. */
static stk_status add_scenario(const dataset *c, bool has_scenarios, size_t scenario,
                               stk_iamc *table, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t region = 0; region < c->region_count && status == STK_OK; region++) {
        for (size_t i = 0; i < c->variable_count && status == STK_OK; i++) {
            const dataset_variable *v = &c->variables[i];
            bool its_turn = ((v->axes & DATASET_SCENARIO) != 0) == has_scenarios &&
                            (region == 0 || (v->axes & DATASET_REGION) != 0);
            if (its_turn && v->variable[0] != '\0') {
                status = add_rows(c, v, region, scenario, table, error);
            }
        }
    }
    return status;
}

stk_status dataset_iamc(const dataset *c, stk_iamc **table, stk_error *error)
{
    *table = c->failed ? NULL : stk_iamc_new("", c->first_year, c->first_year + c->year_count - 1);
    if (*table == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    for (size_t scenario = 0; scenario < c->scenario_count && status == STK_OK; scenario++) {
        status = add_scenario(c, true, scenario, *table, error);
    }
    status = status != STK_OK ? status : add_scenario(c, false, 0, *table, error);
    if (status != STK_OK) {
        stk_iamc_free(*table);
        *table = NULL;
    }
    return status;
}
