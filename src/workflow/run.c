/** @file run.c
 * @brief The climate ensemble on infilled scenarios, and what follows for each of them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/workflow.h>

#include "base/try.h"

const double stk_budget_percentiles[STK_BUDGET_PERCENTILES] = {50, 67, 83};
const double stk_budget_thresholds_k[STK_BUDGET_THRESHOLDS] = {1.5, 2.0};

/* ---- what drives each species ---- */

/* Where the emissions of one species come from. */
typedef struct source {
    char *variable; /* with prefix; NULL: the species takes no emissions */
    double factor;
    const stk_iamc *past;        /* of `history` */
    const stk_iamc_row *history; /* NULL: none */
    const double *before;        /* [year] before the method's base year, in the species' unit */
} source;

typedef struct runner {
    const stk_scenario_run *run;
    const stk_postprocess_options *options;
    stk_iamc_scenarios scenarios; /* of run->infilled, without run->find */
    size_t species_count;
    source *sources;     /* [species] */
    double *history;     /* [species][year] before the method's base year */
    double *percentiles; /* of years, then of peaks */
    stk_warming *warming;
} runner;

static const char prefix[] = "AR6 climate diagnostics|Infilled|";

/* Years of the history before the method takes over. */
static int years_before(const stk_scenario_run *run)
{
    int years = stk_method_base_year(run->method) - run->history->first_year;
    return years > 0 ? years : 0;
}

static bool reaches_back(const stk_scenario_run *run, const stk_iamc *past, const stk_iamc_row *row)
{
    for (int i = 0; i < years_before(run); i++) {
        if (!isfinite(stk_iamc_value(past, row, run->history->first_year + i))) {
            return false;
        }
    }
    return true;
}

/* The rows of a history that drive species: the first one of each. */
static void find_histories(runner *r, const stk_iamc *past)
{
    for (size_t i = 0; i < past->row_count; i++) {
        bool concentration;
        const stk_iamc_row *row = &past->rows[i];
        long species =
            stk_climate_species_of(r->run->calibration, stk_text_of(row->variable), &concentration);
        if (species >= 0 && !concentration && r->sources[species].history == NULL &&
            (past == r->run->history || reaches_back(r->run, past, row))) {
            r->sources[species].past = past;
            r->sources[species].history = row;
        }
    }
}

static stk_status find_source(const runner *r, const stk_climate_species *species, source *out,
                              double *before, stk_error *error)
{
    const char *unit;
    double factor = 1;
    int first = r->run->history->first_year;
    const char *variable = stk_method_climate_variable(r->run->method, species->name, &unit);
    const stk_iamc_row *row = out->history;
    if (variable == NULL || row == NULL) {
        return stk_error_set(error, STK_EDATA, "%s for the species '%s' of the climate model",
                             variable == NULL ? "the method infills nothing" : "no history",
                             species->name);
    }
    size_t size = sizeof prefix + strlen(variable);
    out->variable = malloc(size);
    if (out->variable == NULL) {
        return stk_error_memory(error);
    }
    stk_print(out->variable, size, "%s%s", prefix, variable);
    stk_status status;
    STK_TRY(stk_iamc_unit_factor(unit, species->emissions_unit, &out->factor, error));
    STK_TRY(stk_iamc_row_factor(out->past, row, species->emissions_unit, &factor, error));
    for (int i = 0; i < years_before(r->run); i++) {
        before[i] = factor * stk_iamc_value(out->past, row, first + i);
    }
    out->before = before;
done:
    return status;
}

static stk_status find_sources(runner *r, stk_error *error)
{
    stk_status status = STK_OK;
    size_t years = (size_t)years_before(r->run);
    if (r->run->past != NULL) {
        find_histories(r, r->run->past);
    }
    find_histories(r, r->run->history);
    for (size_t s = 0; s < r->species_count && status == STK_OK; s++) {
        stk_climate_species species = stk_calibration_species(r->run->calibration, s);
        if (species.emitted) {
            status = find_source(r, &species, &r->sources[s], r->history + s * years, error);
        }
    }
    return status;
}

/* ---- one scenario ---- */

static stk_status find(const runner *r, size_t number, stk_scenario_place *place, stk_error *error)
{
    if (r->run->find != NULL) {
        return r->run->find(r->run->user, number, place, error);
    }
    const stk_iamc_scenario *item = &r->scenarios.items[number];
    *place = (stk_scenario_place){r->run->infilled, item->model, item->scenario};
    return STK_OK;
}

static stk_status fill(void *user, size_t number, stk_climate_rows *rows, stk_error *error)
{
    const runner *r = user;
    stk_scenario_place place;
    int before = years_before(r->run);
    stk_status status = find(r, number, &place, error);
    for (size_t s = 0; status == STK_OK && s < rows->species_count; s++) {
        const source *from = &r->sources[s];
        if (from->variable == NULL) {
            continue;
        }
        const stk_iamc_row *row =
            stk_iamc_find(place.infilled, place.model, place.scenario, from->variable);
        if (row == NULL) {
            return stk_error_set(error, STK_ENOTFOUND, "the scenario has no '%s'", from->variable);
        }
        memcpy(rows->emissions[s], from->before, (size_t)before * sizeof(double));
        for (int i = before; i < rows->year_count; i++) {
            rows->emissions[s][i] =
                from->factor * stk_iamc_value(place.infilled, row, rows->first_year + i);
        }
        rows->emissions_given[s] = true;
    }
    return status;
}

/* Take what the ensemble found for the years of the method. */
static void take_warming(const runner *r, const stk_ensemble_result *result)
{
    const stk_postprocess_options *options = r->options;
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

/* Everything that follows from the warming of a scenario and its infilled emissions. */
static stk_status complete(const stk_method *method, const stk_scenario_place *place,
                           stk_scenario_outcome *outcome, stk_error *error)
{
    const stk_postprocess_options *options = stk_method_postprocess(method);
    stk_status status;
    STK_TRY(stk_scenario_indicators(method, place->infilled, place->model, place->scenario,
                                    &outcome->indicators, error));
    STK_TRY(stk_warming_category_inputs(options, outcome->warming, &outcome->inputs, error));
    outcome->inputs.ghg_2100 = outcome->indicators.ghg_2100_mt;
    STK_TRY(stk_scenario_category(method, &outcome->inputs, &outcome->category, error));
    outcome->subset =
        stk_category_subset(&outcome->category, outcome->indicators.net_zero_ghg_year);
    for (size_t t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (size_t p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            outcome->budgets_gtco2[t][p] = stk_exceedance_budget_gtco2(
                method, place->infilled, place->model, place->scenario, outcome->warming,
                stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
        }
    }
done:
    return status;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    const runner *r = user;
    stk_error cause = {0};
    stk_scenario_place place = {NULL, "", ""};
    stk_scenario_outcome outcome = {.number = result->scenario,
                                    .status = result->status,
                                    .error = result->error,
                                    .warming = r->warming,
                                    .member_count = result->used_count};
    stk_status found = find(r, result->scenario, &place, &cause);
    outcome.model = place.model;
    outcome.scenario = place.scenario;
    if (outcome.status == STK_OK) {
        take_warming(r, result);
        outcome.status =
            found != STK_OK ? found : complete(r->run->method, &place, &outcome, &cause);
        outcome.error = outcome.status == STK_OK ? NULL : &cause;
    }
    return r->run->accept(r->run->user, &outcome, error);
}

/* ---- all scenarios ---- */

static stk_status prepare(runner *r, stk_error *error)
{
    const stk_scenario_run *run = r->run;
    const stk_postprocess_options *o = r->options;
    size_t percentiles = o->percentile_count + o->peak_percentile_count;
    stk_status status = STK_OK;
    r->species_count = stk_calibration_species_count(run->calibration);
    r->sources = calloc(r->species_count + 1, sizeof *r->sources);
    r->history = malloc((r->species_count * (size_t)years_before(run) + 1) * sizeof(double));
    r->percentiles = malloc((percentiles + 1) * sizeof *r->percentiles);
    r->warming = stk_warming_new(o);
    if (r->sources == NULL || r->history == NULL || r->percentiles == NULL || r->warming == NULL) {
        return stk_error_memory(error);
    }
    r->warming->shift_k = NAN;
    memcpy(r->percentiles, o->percentiles, o->percentile_count * sizeof(double));
    memcpy(r->percentiles + o->percentile_count, o->peak_percentiles,
           o->peak_percentile_count * sizeof(double));
    if (o->years[1] > stk_method_last_year(run->method) || o->years[0] < run->history->first_year) {
        return stk_error_set(error, STK_EDATA, "the years of the output, %d to %d, are not all run",
                             o->years[0], o->years[1]);
    }
    STK_TRY(find_sources(r, error));
done:
    return status;
}

static stk_ensemble_options options_of(const runner *r)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    const stk_scenario_run *run = r->run;
    const stk_postprocess_options *o = r->options;
    bool anchored = !isnan(o->recent_warming_k);
    return (stk_ensemble_options){
        .years = {run->history->first_year, stk_method_last_year(run->method)},
        .variables = &temperature,
        .variable_count = 1,
        .percentiles = r->percentiles,
        .percentile_count = o->percentile_count + o->peak_percentile_count,
        .thresholds_k = o->exceedance_k,
        .threshold_count = o->exceedance_count,
        .reference = {o->preindustrial[0], o->preindustrial[1]},
        .anchor = {anchored ? o->recent_years[0] : 0, anchored ? o->recent_years[1] : 0},
        .anchor_k = anchored ? o->recent_warming_k : 0,
        .peak = {o->years[0], o->years[1]},
        .statistics = {o->years[0], o->years[1]},
        .threads = run->threads};
}

static stk_status run_ensemble(runner *r, stk_error *error)
{
    const stk_scenario_run *run = r->run;
    stk_ensemble_options options = options_of(r);
    stk_status status = STK_OK;
    if (run->find == NULL) {
        status = stk_iamc_group(run->infilled, &r->scenarios, error);
    }
    size_t count = run->find != NULL ? run->count : r->scenarios.count;
    stk_ensemble_job job = {count, fill, accept, r};
    return status != STK_OK ? status : stk_ensemble_run(run->calibration, &options, &job, error);
}

static void release(runner *r)
{
    for (size_t s = 0; r->sources != NULL && s < r->species_count; s++) {
        free(r->sources[s].variable);
    }
    free(r->sources);
    free(r->history);
    free(r->percentiles);
    stk_warming_free(r->warming);
    stk_iamc_scenarios_free(&r->scenarios);
}

stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error)
{
    runner r = {.run = run, .options = stk_method_postprocess(run->method)};
    stk_status status = prepare(&r, error);
    status = status != STK_OK ? status : run_ensemble(&r, error);
    release(&r);
    return status;
}

/* ---- kept for the next run ---- */

struct stk_scenario_keep {
    stk_scenario_run run;
    runner runner;
    stk_ensemble *ensemble;
};

stk_status stk_scenario_keep_open(const stk_scenario_run *run, stk_scenario_keep **keep,
                                  stk_error *error)
{
    stk_status status;
    stk_scenario_keep *made = calloc(1, sizeof *made);
    *keep = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    made->run = (stk_scenario_run){.method = run->method,
                                   .history = run->history,
                                   .calibration = run->calibration,
                                   .threads = run->threads};
    made->runner = (runner){.run = &made->run, .options = stk_method_postprocess(run->method)};
    STK_TRY(prepare(&made->runner, error));
    stk_ensemble_options options = options_of(&made->runner);
    STK_TRY(stk_ensemble_open(run->calibration, &options, &made->ensemble, error));
    *keep = made;
    made = NULL;
done:
    stk_scenario_keep_close(made);
    return status;
}

void stk_scenario_keep_close(stk_scenario_keep *keep)
{
    if (keep != NULL) {
        stk_ensemble_close(keep->ensemble);
        release(&keep->runner);
        free(keep);
    }
}

stk_status stk_scenario_run_kept(stk_scenario_keep *keep, const stk_iamc *infilled,
                                 stk_status (*take)(void *user, const stk_scenario_outcome *outcome,
                                                    stk_error *error),
                                 void *user, stk_error *error)
{
    runner *r = &keep->runner;
    keep->run.infilled = infilled;
    keep->run.accept = take;
    keep->run.user = user;
    stk_iamc_scenarios_free(&r->scenarios);
    r->scenarios = (stk_iamc_scenarios){0};
    stk_status status = stk_iamc_group(infilled, &r->scenarios, error);
    stk_ensemble_job job = {r->scenarios.count, fill, accept, r};
    return status != STK_OK ? status : stk_ensemble_run_kept(keep->ensemble, &job, error);
}

void stk_scenario_members(const stk_scenario_keep *keep, int first, int count, double *out)
{
    stk_ensemble_members(keep->ensemble, first, count, out);
}
