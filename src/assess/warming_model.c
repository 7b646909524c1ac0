/** @file warming_model.c
 * @brief From totals of greenhouse gases to warming: library, composition, ensemble.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/shipped.h>
#include <stocktake/warming.h>

#include "base/try.h"
#include "data/paths.h"

const double stk_warming_percentiles[STK_WARMING_PERCENTILES] = {5, 17, 33, 50, 67, 83, 95};
const double stk_warming_thresholds_k[STK_WARMING_THRESHOLDS] = {1.5, 2.0, 2.5, 3.0};

/* Scenarios whose place among the others says nothing of their air pollution, so that a walk from
 * place to place would jump. Four are experiments on another scenario: the same CO2 with other air
 * pollution, or with methane measures that end in 2050 and everything held from then on; they have
 * nearly the totals of the scenario that they vary. The overshoot ssp534-over is the highest of all
 * until 2040 and the lowest in 2080, crossing every other on the way. */
static const char *const left_out[] = {"ssp370-lowNTCF-aerchemmip", "ssp370-lowNTCF-gidden",
                                       "SSP2-45-MFR-CH4", "SSP2-45-CLE-CH4", "ssp534-over"};

struct stk_warming_model {
    stk_method *method;
    stk_iamc *library; /* harmonised and complete */
    stk_composer *composer;
    stk_calibration *calibration;
    stk_iamc *history;                           /* of every species, before the base year */
    size_t percentiles[STK_WARMING_PERCENTILES]; /* among the method's peak percentiles */
    size_t annual[STK_WARMING_PERCENTILES];      /* among the method's percentiles */
    size_t thresholds[STK_WARMING_THRESHOLDS];   /* among the method's thresholds */
};

/* ---- reading ---- */

static void leave_out_scenarios(stk_iamc *table)
{
    for (size_t e = 0; e < sizeof left_out / sizeof *left_out; e++) {
        for (size_t r = 0; r < table->row_count; r++) {
            if (strcmp(table->rows[r].scenario, left_out[e]) == 0) {
                stk_iamc_remove(table, table->rows[r].model, left_out[e]);
                break;
            }
        }
    }
}

/* The library through the stages of its own method: it meets the history, and lacks no gas. */
static stk_status make_library(stk_warming_model *model, const stk_iamc *reported,
                               const stk_iamc *past, stk_error *error)
{
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_scenario_library *library = NULL;
    stk_status status;
    STK_TRY(stk_scenario_check(model->method, reported, NULL, &checked, error));
    STK_TRY(stk_scenario_harmonise(model->method, checked, past, NULL, &harmonised, error));
    STK_TRY(stk_scenario_library_new(model->method, reported, NULL, NULL, &library, error));
    STK_TRY(
        stk_scenario_infill(model->method, harmonised, library, 1, NULL, &model->library, error));
done:
    stk_iamc_free(checked);
    stk_iamc_free(harmonised);
    stk_scenario_library_free(library);
    return status;
}

static stk_status open_library(stk_warming_model *model, stk_edition *edition, stk_error *error)
{
    stk_iamc *reported = NULL;
    stk_iamc *past = NULL;
    stk_iamc_filter filter = {.wanted = stk_method_wants, .user = model->method};
    stk_status status =
        stk_shipped_table(edition, stk_method_library(model->method), &filter, &reported, error);
    if (status == STK_OK) {
        leave_out_scenarios(reported);
        status =
            stk_shipped_table(edition, stk_method_history(model->method), &filter, &past, error);
    }
    if (status == STK_OK) {
        status = make_library(model, reported, past, error);
    }
    stk_iamc_free(reported);
    stk_iamc_free(past);
    return status != STK_OK
               ? status
               : stk_composer_new(model->method, model->library, &model->composer, error);
}

static stk_status find_number(const double *list, size_t count, double wanted, size_t *index,
                              stk_error *error)
{
    for (*index = 0; *index < count; ++*index) {
        if (list[*index] == wanted) {
            return STK_OK;
        }
    }
    return stk_error_set(error, STK_EARG,
                         "the method has no %g among its percentiles or thresholds", wanted);
}

static stk_status find_statistics(stk_warming_model *model, stk_error *error)
{
    const stk_postprocess_options *o = stk_method_postprocess(model->method);
    stk_status status = STK_OK;
    for (size_t p = 0; p < STK_WARMING_PERCENTILES; p++) {
        STK_TRY(find_number(o->peak_percentiles, o->peak_percentile_count,
                            stk_warming_percentiles[p], &model->percentiles[p], error));
        STK_TRY(find_number(o->percentiles, o->percentile_count, stk_warming_percentiles[p],
                            &model->annual[p], error));
    }
    if (o->years[0] > STK_OUTLOOK_FIRST || o->years[1] < STK_OUTLOOK_LAST) {
        STK_FAIL(stk_error_set(error, STK_EARG, "the method has not all years from %d to %d",
                               STK_OUTLOOK_FIRST, STK_OUTLOOK_LAST));
    }
    for (size_t t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        STK_TRY(find_number(o->exceedance_k, o->exceedance_count, stk_warming_thresholds_k[t],
                            &model->thresholds[t], error));
    }
done:
    return status;
}

stk_status stk_warming_model_open(stk_edition *edition, stk_warming_model **model, stk_error *error)
{
    stk_warming_model *made = calloc(1, sizeof *made);
    *model = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(stk_shipped_method(edition, "recent", &made->method, NULL, error));
    STK_TRY(find_statistics(made, error));
    STK_TRY(open_library(made, edition, error));
    STK_TRY(
        stk_shipped_calibration(edition, STK_PATH_CALIBRATION, NULL, &made->calibration, error));
    STK_TRY(stk_shipped_table(edition, STK_PATH_SPECIES_HISTORY, NULL, &made->history, error));
done:
    if (status != STK_OK) {
        stk_warming_model_free(made);
        return status;
    }
    *model = made;
    return STK_OK;
}

void stk_warming_model_free(stk_warming_model *model)
{
    if (model != NULL) {
        stk_composer_free(model->composer);
        stk_iamc_free(model->library);
        stk_iamc_free(model->history);
        stk_calibration_free(model->calibration);
        stk_method_free(model->method);
        free(model);
    }
}

int stk_warming_first_year(const stk_warming_model *model)
{
    return stk_method_base_year(model->method);
}

int stk_warming_last_year(const stk_warming_model *model)
{
    return stk_method_last_year(model->method);
}

size_t stk_warming_year_count(const stk_warming_model *model)
{
    return (size_t)(stk_warming_last_year(model) - stk_warming_first_year(model) + 1);
}

/* ---- running ---- */

static const char own_model[] = "stocktake";

typedef struct job {
    const stk_warming_model *model;
    stk_outlook *outlooks;
} job;

static void scenario_name(size_t i, char name[32])
{
    stk_print(name, 32, "%zu", i);
}

/* The first pathway that is the same as pathway `i`. */
static size_t first_equal(const stk_basket *baskets, size_t i, size_t years)
{
    for (size_t k = 0; k < i; k++) {
        if (memcmp(baskets[k].kyoto_mt, baskets[i].kyoto_mt, years * sizeof(double)) == 0 &&
            memcmp(baskets[k].land_mt, baskets[i].land_mt, years * sizeof(double)) == 0) {
            return k;
        }
    }
    return i;
}

static double cumulative_co2_gt(const stk_warming_model *model, const stk_iamc *table,
                                const char *scenario)
{
    static const char *const variables[] = {
        "AR6 climate diagnostics|Infilled|Emissions|CO2|Energy and Industrial Processes",
        "AR6 climate diagnostics|Infilled|Emissions|CO2|AFOLU"};
    double sum = 0;
    for (size_t v = 0; v < 2; v++) {
        const stk_iamc_row *row = stk_iamc_find(table, own_model, scenario, variables[v]);
        for (int y = stk_warming_first_year(model); y <= stk_warming_last_year(model); y++) {
            sum += row == NULL ? 0 : stk_iamc_value(table, row, y) / 1000.0;
        }
    }
    return sum;
}

static int crossing_year(const double *annual_k, double threshold_k)
{
    for (int i = 0; i < STK_OUTLOOK_YEARS; i++) {
        if (annual_k[i] > threshold_k) {
            return STK_OUTLOOK_FIRST + i;
        }
    }
    return 0;
}

/* What follows from the percentiles of every year. */
static void take_thresholds(const stk_warming_model *model, const stk_warming *warming,
                            stk_outlook *outlook)
{
    size_t years = (size_t)warming->year_count;
    for (size_t t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        size_t at = model->thresholds[t];
        outlook->p_exceed[t] = warming->exceedance_ever[at];
        outlook->p_exceed_last[t] = warming->exceedance[at * years + years - 1];
        memcpy(outlook->annual_exceed[t],
               warming->exceedance + at * years + (STK_OUTLOOK_FIRST - warming->first_year),
               sizeof outlook->annual_exceed[t]);
        for (size_t p = 0; p < STK_WARMING_PERCENTILES; p++) {
            outlook->crossing_year[t][p] =
                crossing_year(outlook->annual_k[p], stk_warming_thresholds_k[t]);
        }
    }
}

static stk_status accept(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    job *work = user;
    if (outcome->status != STK_OK) {
        return stk_error_set(error, outcome->status, "%s",
                             outcome->error == NULL ? "no outcome" : outcome->error->message);
    }
    stk_outlook *outlook = &work->outlooks[strtoul(outcome->scenario, NULL, 10)];
    for (size_t p = 0; p < STK_WARMING_PERCENTILES; p++) {
        size_t at = work->model->percentiles[p];
        outlook->peak_k[p] = outcome->warming->peak_k[at];
        outlook->peak_year[p] = outcome->warming->peak_year[at];
        outlook->last_k[p] = outcome->warming->last_k[at];
        memcpy(outlook->annual_k[p],
               outcome->warming->percentiles_k +
                   work->model->annual[p] * (size_t)outcome->warming->year_count +
                   (STK_OUTLOOK_FIRST - outcome->warming->first_year),
               sizeof outlook->annual_k[p]);
    }
    take_thresholds(work->model, outcome->warming, outlook);
    memcpy(outlook->budgets_gtco2, outcome->budgets_gtco2, sizeof outlook->budgets_gtco2);
    stk_print(outlook->category, sizeof outlook->category, "%s", outcome->category.name);
    stk_print(outlook->category_title, sizeof outlook->category_title, "%s",
              outcome->category.title);
    return STK_OK;
}

static stk_status new_table(const stk_warming_model *model, stk_iamc **table, stk_error *error)
{
    *table = stk_iamc_new("", stk_warming_first_year(model), stk_warming_last_year(model));
    return stk_allocated(*table, error);
}

static stk_status compose_all(const stk_warming_model *model, const stk_basket *baskets,
                              size_t count, stk_outlook *outlooks, stk_iamc *table,
                              stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        char name[32];
        outlooks[i] = (stk_outlook){.category = ""};
        if (first_equal(baskets, i, stk_warming_year_count(model)) < i) {
            continue;
        }
        scenario_name(i, name);
        status = stk_compose(model->composer, &baskets[i], own_model, name, table,
                             &outlooks[i].composition, error);
        outlooks[i].cumulative_co2_gt = cumulative_co2_gt(model, table, name);
    }
    return status;
}

stk_status stk_warming_run(const stk_warming_model *model, const stk_basket *baskets, size_t count,
                           int threads, stk_outlook *outlooks, stk_error *error)
{
    stk_iamc *table;
    job work = {model, outlooks};
    stk_status status = new_table(model, &table, error);
    if (status != STK_OK || count == 0) {
        stk_iamc_free(table);
        return status;
    }
    status = compose_all(model, baskets, count, outlooks, table, error);
    if (status == STK_OK) {
        stk_scenario_run run = {.method = model->method,
                                .infilled = table,
                                .history = model->history,
                                .calibration = model->calibration,
                                .threads = threads,
                                .accept = accept,
                                .user = &work};
        status = stk_scenario_run_all(&run, error);
    }
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        outlooks[i] = outlooks[first_equal(baskets, i, stk_warming_year_count(model))];
    }
    stk_iamc_free(table);
    return status;
}

struct stk_warming_keep {
    const stk_warming_model *model;
    stk_scenario_keep *scenarios;
};

stk_status stk_warming_keep_open(const stk_warming_model *model, int threads,
                                 stk_warming_keep **keep, stk_error *error)
{
    stk_warming_keep *made = calloc(1, sizeof *made);
    *keep = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    stk_scenario_run run = {.method = model->method,
                            .history = model->history,
                            .calibration = model->calibration,
                            .threads = threads};
    stk_status status = stk_scenario_keep_open(&run, &made->scenarios, error);
    if (status != STK_OK) {
        free(made);
        return status;
    }
    made->model = model;
    *keep = made;
    return STK_OK;
}

void stk_warming_keep_close(stk_warming_keep *keep)
{
    if (keep != NULL) {
        stk_scenario_keep_close(keep->scenarios);
        free(keep);
    }
}

stk_status stk_warming_run_kept(stk_warming_keep *keep, const stk_basket *basket,
                                stk_outlook *outlook, stk_error *error)
{
    stk_iamc *table;
    job work = {keep->model, outlook};
    stk_status status;
    STK_TRY(new_table(keep->model, &table, error));
    STK_TRY(compose_all(keep->model, basket, 1, outlook, table, error));
    STK_TRY(stk_scenario_run_kept(keep->scenarios, table, accept, &work, error));
done:
    stk_iamc_free(table);
    return status;
}

size_t stk_warming_member_count(const stk_warming_model *model)
{
    return stk_calibration_member_count(model->calibration);
}

long stk_warming_member(const stk_warming_model *model, size_t i)
{
    return stk_calibration_member_number(model->calibration, i);
}

void stk_warming_members(const stk_warming_keep *keep, double *out)
{
    stk_scenario_members(keep->scenarios, STK_OUTLOOK_FIRST, STK_OUTLOOK_YEARS, out);
}

stk_status stk_warming_keep_place(const stk_warming_model *model, int year, double *kyoto_mt,
                                  double *land_mt, stk_error *error)
{
    if (year < stk_warming_first_year(model) || year > stk_warming_last_year(model)) {
        return stk_error_set(error, STK_EARG, "%d is refused; allowed: %d to %d", year,
                             stk_warming_first_year(model), stk_warming_last_year(model));
    }
    return stk_composer_keep_place(model->composer, year, kyoto_mt, land_mt, error);
}

stk_status stk_warming_compose(const stk_warming_model *model, const stk_basket *basket,
                               stk_iamc **table, stk_composition *composition, stk_error *error)
{
    stk_status status;
    STK_TRY(new_table(model, table, error));
    STK_TRY(stk_compose(model->composer, basket, own_model, "0", *table, composition, error));
done:
    if (status != STK_OK) {
        stk_iamc_free(*table);
        *table = NULL;
    }
    return status;
}
