/** @file scenario_climate.c
 * @brief The climate ensemble on scenarios, each given as one row of emissions.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/workflow.h>

/* Where the emissions of one species come from. */
typedef struct source {
    char *variable; /* with prefix; NULL: the species takes no emissions */
    double factor;
    const stk_iamc_row *history;
    double history_factor;
} source;

struct stk_scenario_climate {
    const stk_method *method;
    const stk_postprocess_options *options;
    const stk_iamc *history;
    const stk_calibration *calibration;
    size_t species_count;
    size_t emitted_count;
    source *sources;
    double *percentiles; /* of years, then of peaks */
};

static const char prefix[] = "AR6 climate diagnostics|Infilled|";

static size_t year_count(const stk_scenario_climate *climate)
{
    return (size_t)(stk_method_last_year(climate->method) - stk_method_base_year(climate->method) +
                    1);
}

/* The row of a history that drives a species: its variable is the species or a name of it. */
static const stk_iamc_row *find_history(const stk_iamc *history, const char *species)
{
    for (size_t r = 0; r < history->row_count; r++) {
        if (strcmp(history->rows[r].variable, species) == 0) {
            return &history->rows[r];
        }
    }
    return NULL;
}

static stk_status find_source(const stk_scenario_climate *c, const stk_climate_species *species,
                              source *out, stk_error *error)
{
    const char *unit;
    const char *variable = stk_method_climate_variable(c->method, species->name, &unit);
    out->history = find_history(c->history, species->name);
    if (variable == NULL || out->history == NULL) {
        return stk_error_set(error, STK_EDATA, "%s for the species '%s' of the climate model",
                             variable == NULL ? "the method infills nothing" : "no history",
                             species->name);
    }
    size_t size = sizeof prefix + strlen(variable);
    out->variable = malloc(size);
    if (out->variable == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    snprintf(out->variable, size, "%s%s", prefix, variable);
    stk_status status = stk_iamc_unit_factor(unit, species->emissions_unit, &out->factor, error);
    return status != STK_OK ? status
                            : stk_iamc_row_factor(c->history, out->history, species->emissions_unit,
                                                  &out->history_factor, error);
}

static stk_status find_sources(stk_scenario_climate *c, stk_error *error)
{
    stk_status status = STK_OK;
    c->sources = calloc(c->species_count + 1, sizeof *c->sources);
    if (c->sources == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t s = 0; s < c->species_count && status == STK_OK; s++) {
        stk_climate_species species = stk_calibration_species(c->calibration, s);
        if (species.emitted) {
            status = find_source(c, &species, &c->sources[s], error);
            c->emitted_count++;
        }
    }
    return status;
}

static stk_status prepare(stk_scenario_climate *c, stk_error *error)
{
    const stk_postprocess_options *o = c->options;
    c->percentiles =
        malloc((o->percentile_count + o->peak_percentile_count + 1) * sizeof *c->percentiles);
    if (c->percentiles == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    if (o->years[1] > stk_method_last_year(c->method) || o->years[0] < c->history->first_year) {
        return stk_error_set(error, STK_EARG, "the years of the output, %d to %d, are not all run",
                             o->years[0], o->years[1]);
    }
    memcpy(c->percentiles, o->percentiles, o->percentile_count * sizeof(double));
    memcpy(c->percentiles + o->percentile_count, o->peak_percentiles,
           o->peak_percentile_count * sizeof(double));
    return find_sources(c, error);
}

stk_status stk_scenario_climate_new(const stk_method *method, const stk_iamc *history,
                                    const stk_calibration *calibration,
                                    stk_scenario_climate **climate, stk_error *error)
{
    stk_scenario_climate *c = calloc(1, sizeof *c);
    *climate = NULL;
    if (c == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    c->method = method;
    c->options = stk_method_postprocess(method);
    c->history = history;
    c->calibration = calibration;
    c->species_count = stk_calibration_species_count(calibration);
    stk_status status = prepare(c, error);
    if (status != STK_OK) {
        stk_scenario_climate_free(c);
        return status;
    }
    *climate = c;
    return STK_OK;
}

void stk_scenario_climate_free(stk_scenario_climate *climate)
{
    if (climate == NULL) {
        return;
    }
    for (size_t s = 0; climate->sources != NULL && s < climate->species_count; s++) {
        free(climate->sources[s].variable);
    }
    free(climate->sources);
    free(climate->percentiles);
    free(climate);
}

size_t stk_scenario_drive_size(const stk_scenario_climate *climate)
{
    return climate->emitted_count * year_count(climate);
}

stk_status stk_scenario_drive(const stk_scenario_climate *climate, const stk_iamc *infilled,
                              const char *model, const char *scenario, double *drive,
                              stk_error *error)
{
    int base = stk_method_base_year(climate->method);
    for (size_t s = 0; s < climate->species_count; s++) {
        const source *from = &climate->sources[s];
        if (from->variable == NULL) {
            continue;
        }
        const stk_iamc_row *row = stk_iamc_find(infilled, model, scenario, from->variable);
        if (row == NULL) {
            return stk_error_set(error, STK_ENOTFOUND, "the scenario has no '%s'", from->variable);
        }
        for (size_t i = 0; i < year_count(climate); i++) {
            *drive++ = from->factor * stk_iamc_value(infilled, row, base + (int)i);
        }
    }
    return STK_OK;
}

/* ---- the run ---- */

typedef struct runner {
    const stk_scenario_climate *climate;
    const stk_scenario_work *work;
    double *drive; /* of the scenario at hand */
    stk_warming *warming;
} runner;

static bool next(void *user, size_t *scenario)
{
    const runner *r = user;
    return r->work->next(r->work->user, scenario);
}

static void fill_rows(const runner *r, stk_climate_rows *rows)
{
    const stk_scenario_climate *c = r->climate;
    const double *drive = r->drive;
    int base = stk_method_base_year(c->method);
    for (size_t s = 0; s < rows->species_count; s++) {
        const source *from = &c->sources[s];
        if (from->variable == NULL) {
            continue;
        }
        for (int i = 0; i < rows->year_count; i++) {
            int year = rows->first_year + i;
            rows->emissions[s][i] =
                year < base ? from->history_factor * stk_iamc_value(c->history, from->history, year)
                            : drive[year - base];
        }
        rows->emissions_given[s] = true;
        drive += year_count(c);
    }
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const runner *r = user;
    stk_status status = r->work->drive(r->work->user, scenario, r->drive, error);
    if (status == STK_OK) {
        fill_rows(r, rows);
    }
    return status;
}

/* Take what the ensemble found for the years of the method. */
static void take_warming(const runner *r, const stk_ensemble_result *result)
{
    const stk_postprocess_options *options = r->climate->options;
    stk_warming *warming = r->warming;
    size_t years = (size_t)warming->year_count;
    size_t skip = (size_t)(warming->first_year - result->first_year);
    size_t count = (size_t)result->count;
    for (size_t p = 0; p < options->percentile_count; p++) {
        memcpy(warming->percentiles_k + p * years, result->percentiles + p * count + skip,
               years * sizeof(double));
    }
    for (size_t t = 0; t < options->exceedance_count; t++) {
        memcpy(warming->exceedance + t * years, result->exceedance + t * count + skip,
               years * sizeof(double));
        warming->exceedance_ever[t] = result->exceedance_ever[t];
    }
    for (size_t p = 0; p < options->peak_percentile_count; p++) {
        size_t k = options->percentile_count + p;
        warming->peak_k[p] = result->peak_temperature[k];
        warming->peak_year[p] = floor(result->peak_year[k]);
        warming->last_k[p] = result->percentiles[k * count + skip + years - 1];
    }
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    const runner *r = user;
    stk_scenario_result taken = {.status = result->status,
                                 .error = result->error,
                                 .warming = r->warming,
                                 .member_count = result->used_count};
    if (result->status == STK_OK) {
        take_warming(r, result);
    }
    return r->work->accept(r->work->user, result->scenario, &taken, error);
}

static stk_status run_ensemble(runner *r, stk_error *error)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    const stk_scenario_climate *c = r->climate;
    const stk_postprocess_options *o = c->options;
    bool anchored = !isnan(o->recent_warming_k);
    stk_ensemble_options options = {
        .years = {c->history->first_year, stk_method_last_year(c->method)},
        .variables = &temperature,
        .variable_count = 1,
        .percentiles = c->percentiles,
        .percentile_count = o->percentile_count + o->peak_percentile_count,
        .thresholds_k = o->exceedance_k,
        .threshold_count = o->exceedance_count,
        .reference = {o->preindustrial[0], o->preindustrial[1]},
        .anchor = {anchored ? o->recent_years[0] : 0, anchored ? o->recent_years[1] : 0},
        .anchor_k = anchored ? o->recent_warming_k : 0,
        .peak = {o->years[0], o->years[1]},
        .statistics = {o->years[0], o->years[1]},
        .threads = r->work->threads};
    stk_ensemble_job job = {r->work->count, fill, accept, r, r->work->next == NULL ? NULL : next};
    return stk_ensemble_run(c->calibration, &options, &job, error);
}

stk_status stk_scenario_climate_run(const stk_scenario_climate *climate,
                                    const stk_scenario_work *work, stk_error *error)
{
    runner r = {climate, work, malloc((stk_scenario_drive_size(climate) + 1) * sizeof(double)),
                stk_warming_new(climate->options)};
    stk_status status = STK_OK;
    if (r.drive == NULL || r.warming == NULL) {
        status = stk_error_set(error, STK_EMEM, "out of memory");
    } else {
        r.warming->shift_k = NAN;
        status = run_ensemble(&r, error);
    }
    free(r.drive);
    stk_warming_free(r.warming);
    return status;
}
