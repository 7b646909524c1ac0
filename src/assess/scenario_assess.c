/** @file scenario_assess.c
 * @brief From infilled scenarios through the climate ensemble to categories.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario_assess.h>

const double stk_budget_percentiles[STK_BUDGET_PERCENTILES] = {50, 67, 83};
const double stk_budget_thresholds_k[STK_BUDGET_THRESHOLDS] = {1.5, 2.0};

/* Where the emissions of one species come from. */
typedef struct source {
    const char *variable; /* with prefix; NULL: the species takes no emissions */
    double factor;
    const stk_iamc_row *history;
    double history_factor;
} source;

typedef struct assessment {
    const stk_scenario_run *run;
    const stk_postprocess_options *options;
    stk_iamc_scenarios scenarios;
    source *sources;
    double *percentiles; /* of years, then of peaks */
    stk_warming *warming;
} assessment;

static const char prefix[] = "AR6 climate diagnostics|Infilled|";

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

static stk_status find_source(const assessment *a, const stk_climate_species *species, source *out,
                              stk_error *error)
{
    const stk_iamc *history = a->run->history;
    const char *unit;
    const char *variable = stk_method_climate_variable(a->run->method, species->name, &unit);
    out->history = find_history(history, species->name);
    if (variable == NULL || out->history == NULL) {
        return stk_error_set(error, STK_EDATA, "%s for the species '%s' of the climate model",
                             variable == NULL ? "the method infills nothing" : "no history",
                             species->name);
    }
    size_t size = sizeof prefix + strlen(variable);
    char *name = malloc(size);
    if (name == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    snprintf(name, size, "%s%s", prefix, variable);
    out->variable = name;
    stk_status status = stk_iamc_unit_factor(unit, species->emissions_unit, &out->factor, error);
    return status != STK_OK ? status
                            : stk_iamc_row_factor(history, out->history, species->emissions_unit,
                                                  &out->history_factor, error);
}

static stk_status find_sources(assessment *a, stk_error *error)
{
    size_t count = stk_calibration_species_count(a->run->calibration);
    stk_status status = STK_OK;
    a->sources = calloc(count + 1, sizeof *a->sources);
    if (a->sources == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t s = 0; s < count && status == STK_OK; s++) {
        stk_climate_species species = stk_calibration_species(a->run->calibration, s);
        if (species.emitted) {
            status = find_source(a, &species, &a->sources[s], error);
        }
    }
    return status;
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const assessment *a = user;
    const stk_scenario_run *run = a->run;
    const stk_iamc_scenario *item = &a->scenarios.items[scenario];
    int base = stk_method_base_year(run->method);
    for (size_t s = 0; s < rows->species_count; s++) {
        const source *from = &a->sources[s];
        if (from->variable == NULL) {
            continue;
        }
        const stk_iamc_row *row =
            stk_iamc_find(run->infilled, item->model, item->scenario, from->variable);
        if (row == NULL) {
            return stk_error_set(error, STK_ENOTFOUND, "the scenario has no '%s'", from->variable);
        }
        for (int i = 0; i < rows->year_count; i++) {
            int year = rows->first_year + i;
            rows->emissions[s][i] =
                year < base
                    ? from->history_factor * stk_iamc_value(run->history, from->history, year)
                    : from->factor * stk_iamc_value(run->infilled, row, year);
        }
        rows->emissions_given[s] = true;
    }
    return STK_OK;
}

/* Take what the ensemble found for the years of the method. */
static void take_warming(const assessment *a, const stk_ensemble_result *result)
{
    const stk_postprocess_options *options = a->options;
    stk_warming *warming = a->warming;
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

static stk_status complete(const assessment *a, stk_scenario_outcome *outcome, stk_error *error)
{
    const stk_scenario_run *run = a->run;
    outcome->warming = a->warming;
    stk_status status = stk_scenario_indicators(run->method, run->infilled, outcome->model,
                                                outcome->scenario, &outcome->indicators, error);
    if (status == STK_OK) {
        status = stk_warming_category_inputs(a->options, a->warming, &outcome->inputs, error);
    }
    if (status == STK_OK) {
        status = stk_scenario_category(run->method, &outcome->inputs, &outcome->category, error);
    }
    if (status != STK_OK) {
        return status;
    }
    outcome->subset =
        stk_category_subset(&outcome->category, outcome->indicators.net_zero_ghg_year);
    for (size_t t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (size_t p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            outcome->budgets_gtco2[t][p] = stk_exceedance_budget_gtco2(
                run->method, run->infilled, outcome->model, outcome->scenario, a->warming,
                stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
        }
    }
    return STK_OK;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    const assessment *a = user;
    const stk_iamc_scenario *item = &a->scenarios.items[result->scenario];
    stk_error cause = {0};
    stk_scenario_outcome outcome = {.model = item->model,
                                    .scenario = item->scenario,
                                    .status = result->status,
                                    .error = result->error,
                                    .member_count = result->used_count};
    if (result->status == STK_OK) {
        take_warming(a, result);
        outcome.status = complete(a, &outcome, &cause);
        outcome.error = outcome.status == STK_OK ? NULL : &cause;
    }
    return a->run->accept(a->run->user, &outcome, error);
}

static stk_status run_ensemble(assessment *a, stk_error *error)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    const stk_postprocess_options *o = a->options;
    bool anchored = !isnan(o->recent_warming_k);
    stk_ensemble_options options = {
        .years = {a->run->history->first_year, stk_method_last_year(a->run->method)},
        .variables = &temperature,
        .variable_count = 1,
        .percentiles = a->percentiles,
        .percentile_count = o->percentile_count + o->peak_percentile_count,
        .thresholds_k = o->exceedance_k,
        .threshold_count = o->exceedance_count,
        .reference = {o->preindustrial[0], o->preindustrial[1]},
        .anchor = {anchored ? o->recent_years[0] : 0, anchored ? o->recent_years[1] : 0},
        .anchor_k = anchored ? o->recent_warming_k : 0,
        .peak = {o->years[0], o->years[1]},
        .statistics = {o->years[0], o->years[1]},
        .threads = a->run->threads};
    stk_ensemble_job job = {a->scenarios.count, fill, accept, a};
    return stk_ensemble_run(a->run->calibration, &options, &job, error);
}

/* Take out the scenarios that were run before; the others keep their order. */
static void leave_out_done(assessment *a)
{
    size_t kept = 0;
    for (size_t s = 0; a->run->done != NULL && s < a->scenarios.count; s++) {
        const stk_iamc_scenario *item = &a->scenarios.items[s];
        if (!a->run->done(a->run->user, item->model, item->scenario)) {
            a->scenarios.items[kept++] = *item;
        }
    }
    a->scenarios.count = a->run->done == NULL ? a->scenarios.count : kept;
}

static stk_status prepare(assessment *a, stk_error *error)
{
    const stk_postprocess_options *o = a->options;
    a->warming = stk_warming_new(o);
    a->percentiles =
        malloc((o->percentile_count + o->peak_percentile_count + 1) * sizeof *a->percentiles);
    if (a->warming == NULL || a->percentiles == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    if (o->years[1] > stk_method_last_year(a->run->method) ||
        o->years[0] < a->run->history->first_year) {
        return stk_error_set(error, STK_EARG, "the years of the output, %d to %d, are not all run",
                             o->years[0], o->years[1]);
    }
    memcpy(a->percentiles, o->percentiles, o->percentile_count * sizeof(double));
    memcpy(a->percentiles + o->percentile_count, o->peak_percentiles,
           o->peak_percentile_count * sizeof(double));
    a->warming->shift_k = NAN;
    return find_sources(a, error);
}

stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error)
{
    assessment a = {.run = run, .options = stk_method_postprocess(run->method)};
    stk_status status = stk_iamc_group(run->infilled, &a.scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    leave_out_done(&a);
    status = prepare(&a, error);
    if (status == STK_OK && a.scenarios.count > 0) {
        status = run_ensemble(&a, error);
    }
    for (size_t s = 0; a.sources != NULL && s < stk_calibration_species_count(run->calibration);
         s++) {
        free((char *)a.sources[s].variable);
    }
    free(a.sources);
    free(a.percentiles);
    stk_warming_free(a.warming);
    stk_iamc_scenarios_free(&a.scenarios);
    return status;
}
