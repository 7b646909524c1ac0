/** @file ensemble.c
 * @brief Running an ensemble: as many scenarios at once as there are threads, in three passes.
 *
 * First the series that a scenario's members share, then blocks of members, then statistics of
 * groups of years. Every pass writes to places of its own, so that the result does not depend on
 * who computed what.
 *
 * Scenarios mostly share their history, which is most of the years. A scenario that is driven like
 * the one before it in its slot, up to a year, bit for bit, goes on from a checkpoint of that one;
 * derived series and statistics of those years stay as they are.
 */
#include "climate/ensemble.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "climate/failure.h"
#include "climate/reference.h"

/* --- options --------------------------------------------------------------------------------- */

static bool within(stk_years inner, stk_years outer)
{
    return inner.first == 0 ||
           (inner.first >= outer.first && inner.last <= outer.last && inner.first <= inner.last);
}

static stk_status check_options(const stk_calibration *c, const stk_ensemble_options *o,
                                stk_error *error)
{
    int last = c->natural_first_year + c->natural_count - 2;
    bool reached = o->years.first >= c->natural_first_year && o->years.last <= last;
    if (o->years.last < o->years.first || (stk_forcing_any_shared(c) && !reached)) {
        return stk_error_set(error, STK_EDATA, /* another calibration may have them */
                             "the years %d to %d are not within those of the calibration's natural "
                             "forcing, %d to %d",
                             o->years.first, o->years.last, c->natural_first_year, last);
    }
    if (!within(o->reference, o->years) || !within(o->anchor, o->years) ||
        !within(o->peak, o->years) || !within(o->statistics, o->years)) {
        return stk_error_set(error, STK_EARG,
                             "years of reference, peak and statistics must lie within the run, %d "
                             "to %d",
                             o->years.first, o->years.last);
    }
    for (size_t i = 0; i < o->percentile_count; i++) {
        if (!(o->percentiles[i] >= 0 && o->percentiles[i] <= 100)) {
            return stk_error_set(error, STK_EARG, "percentile %g; 0 to 100 are allowed",
                                 o->percentiles[i]);
        }
    }
    if (o->members != NULL && o->member_count == 0) {
        return stk_error_set(error, STK_EARG, "no members are chosen");
    }
    for (size_t i = 0; o->members != NULL && i < o->member_count; i++) {
        if (o->members[i] >= c->member_count) {
            return stk_error_set(error, STK_EARG, "there is no member at index %zu", o->members[i]);
        }
    }
    return STK_OK;
}

static stk_status choose_kernel(stk_ensemble *e, stk_error *error)
{
    e->kernel = stk_kernel_find(e->options.isa);
    if (e->kernel == NULL) {
        return stk_error_set(error, STK_EARG,
                             "this processor does not run the instruction set '%s'",
                             e->options.isa);
    }
    return STK_OK;
}

static stk_status choose_members(stk_ensemble *e, stk_error *error)
{
    e->members = e->options.members;
    e->member_count = e->options.member_count;
    if (e->members == NULL) {
        e->member_count = e->calibration->member_count;
        e->all_members = malloc(e->member_count * sizeof *e->all_members);
        if (e->all_members == NULL) {
            return stk_error_memory(error);
        }
        for (size_t i = 0; i < e->member_count; i++) {
            e->all_members[i] = i;
        }
        e->members = e->all_members;
    }
    e->stride = (e->member_count + STK_BLOCK - 1) / STK_BLOCK * STK_BLOCK;
    return STK_OK;
}

/* A calibration that the fast ensemble cannot run goes through the plain implementation. */
static stk_status choose_plan(stk_ensemble *e, stk_error *error)
{
    const char *why;
    const stk_ensemble_options *o = &e->options;
    if (o->plain || !stk_plan_possible(e->calibration, &o->physics, &why)) {
        return STK_OK;
    }
    /* all_members is released with the ensemble, also when this fails */
    return stk_plan_new( // NOLINT(clang-analyzer-unix.Malloc)
        e->calibration, &o->physics, e->members, e->member_count, e->years, &e->plan, error);
}

static void choose_threads(stk_ensemble *e, size_t scenario_count)
{
    e->threads = stk_pool_threads(e->options.threads);
    e->slot_count = (size_t)e->threads < scenario_count ? (size_t)e->threads : scenario_count;
}

/* --- passes ---------------------------------------------------------------------------------- */

static stk_climate_input input_of(const stk_ensemble_memory *slot)
{
    return (stk_climate_input){.first_year = slot->rows.first_year,
                               .year_count = slot->rows.year_count,
                               .emissions = slot->emissions,
                               .concentrations = slot->concentrations,
                               .forcings = slot->forcings};
}

static void read_scenario(const stk_ensemble *e, stk_ensemble_memory *slot, size_t scenario,
                          const stk_ensemble_job *job)
{
    stk_climate_rows *rows = &slot->rows;
    slot->scenario = scenario;
    memset(&slot->error, 0, sizeof slot->error);
    memset(rows->emissions_given, 0, rows->species_count * sizeof(bool));
    memset(rows->concentrations_given, 0, rows->species_count * sizeof(bool));
    memset(rows->forcings_given, 0, rows->species_count * sizeof(bool));
    slot->status = job->fill(job->user, scenario, rows, &slot->error);
    for (size_t s = 0; s < rows->species_count; s++) {
        slot->emissions[s] = rows->emissions_given[s] ? rows->emissions[s] : NULL;
        slot->concentrations[s] = rows->concentrations_given[s] ? rows->concentrations[s] : NULL;
        slot->forcings[s] = rows->forcings_given[s] ? rows->forcings[s] : NULL;
    }
    if (slot->status == STK_OK) {
        stk_climate_input input = input_of(slot);
        slot->status = stk_climate_input_check(e->calibration, &input, &slot->error);
    }
}

/* The last checkpoint of what a scenario has in common with the one before it. Scenarios that turn
 * out to have nothing in common stop paying for checkpoints. */
static void find_start(const stk_ensemble *e, stk_ensemble_memory *slot)
{
    enum { PATIENCE = 4 };
    int common = slot->has_run ? stk_forcing_series_common_years(&slot->forcing, &slot->ran) : 0;
    common = common < e->years ? common : e->years - 1; /* there is no checkpoint of the end */
    slot->common = common;
    slot->span.from = common / STK_CHUNK * STK_CHUNK;
    slot->unlike = slot->has_run && slot->span.from == 0 ? slot->unlike + 1 : 0;
    if (slot->unlike == PATIENCE && !e->stays) {
        slot->span.checkpoints = NULL;
    }
}

static void fill_series(const stk_ensemble *e, stk_ensemble_memory *slot, size_t i,
                        stk_column *column)
{
    (void)i, (void)column;
    if (e->plan != NULL) {
        stk_climate_input input = input_of(slot);
        stk_forcing_series_fill(e->plan, &input, &slot->forcing);
        find_start(e, slot);
    }
}

/* What was run is what the next scenario of the slot is compared with. */
static void remember_series(stk_ensemble_memory *slot)
{
    if (slot->span.checkpoints == NULL) {
        slot->has_run = false;
    } else {
        stk_forcing_series ran = slot->forcing;
        slot->forcing = slot->ran;
        slot->ran = ran;
        slot->has_run = true;
    }
}

static void run_block(const stk_ensemble *e, stk_ensemble_memory *slot, size_t block,
                      stk_column *column)
{
    int from = slot->common > 0 ? slot->common + 1 : 0; /* bounds before it are there */
    (void)column;
    e->kernel->run(e->plan, &slot->forcing, block, &slot->span, &slot->traces);
    for (size_t v = 0; v < e->options.variable_count; v++) {
        bool is_trace = false;
        for (int t = 0; t < STK_TRACE_COUNT; t++) {
            is_trace = is_trace || slot->series[v] == slot->traces.rows[t];
        }
        if (!is_trace) {
            e->kernel->derive(e->plan, &slot->forcing, e->options.variables[v], block, from,
                              &slot->traces, slot->series[v]);
        }
    }
}

/* One member by the plain implementation, its rows put where the kernel would have. */
static void run_plain(const stk_ensemble *e, stk_ensemble_memory *slot, size_t m,
                      stk_column *column)
{
    (void)column;
    const stk_ensemble_options *o = &e->options;
    stk_climate_input input = input_of(slot);
    stk_climate_series series = {{NULL}};
    size_t bounds = (size_t)e->years + 1;
    double *values = calloc((o->variable_count + 1) * bounds, sizeof *values);
    if (values == NULL) {
        slot->traces.extreme[m] = NAN;
        return;
    }
    series.rows[STK_CLIMATE_TEMPERATURE] = values + o->variable_count * bounds;
    for (size_t v = 0; v < o->variable_count; v++) {
        if (o->variables[v] != STK_CLIMATE_TEMPERATURE) {
            series.rows[o->variables[v]] = values + v * bounds;
        }
    }
    stk_status status =
        stk_reference_run(e->calibration, e->members[m], &input, &o->physics, NULL, &series, NULL);
    slot->traces.extreme[m] = status == STK_OK ? 0 : NAN;
    for (size_t b = 0; b < bounds; b++) {
        for (size_t v = 0; v < o->variable_count; v++) {
            slot->series[v][b * e->stride + m] = series.rows[o->variables[v]][b];
        }
        slot->traces.rows[STK_TRACE_T1][b * e->stride + m] =
            series.rows[STK_CLIMATE_TEMPERATURE][b];
    }
    free(values);
}

static void find_failures(const stk_ensemble *e, stk_ensemble_memory *slot)
{
    slot->used_count = 0;
    slot->failed_count = 0;
    slot->same_members = slot->has_statistics;
    for (size_t m = 0; m < e->member_count; m++) {
        bool failed = !(slot->traces.extreme[m] <= STK_TEMPERATURE_LIMIT_K);
        slot->same_members = slot->same_members && failed == slot->failed[m];
        slot->failed[m] = failed;
        if (failed) {
            slot->failed_numbers[slot->failed_count++] = e->calibration->numbers[e->members[m]];
        } else {
            slot->valid[slot->used_count++] = m;
        }
    }
    slot->has_statistics = slot->used_count > 0;
    if (slot->used_count == 0) {
        char cause[300];
        stk_climate_input input = input_of(slot);
        stk_failure_cause(e->calibration, e->members[0], &input, &e->options.physics, cause,
                          sizeof cause);
        slot->status = stk_error_set(&slot->error, STK_EDOMAIN,
                                     "all %zu members left the valid range of the model%s%s",
                                     e->member_count, cause[0] != '\0' ? ": " : "", cause);
    }
}

/* A pass over the slots of a batch. Rounds are numbered through all slots, so that one scenario
 * keeps every thread busy too; what fails, fails in its slot. */
typedef struct pass {
    const stk_ensemble *e;
    size_t rounds; /* of one slot */
    void (*work)(const stk_ensemble *e, stk_ensemble_memory *slot, size_t i, stk_column *column);
} pass;

static stk_status run_round(void *user, size_t i, int thread, stk_error *error)
{
    const pass *p = user;
    stk_ensemble_memory *slot = &p->e->slots[i / p->rounds];
    (void)error;
    if (slot->status == STK_OK) {
        p->work(p->e, slot, i % p->rounds, &p->e->columns[thread]);
    }
    return STK_OK;
}

static void run_pass(const stk_ensemble *e, size_t slots, size_t rounds,
                     void (*work)(const stk_ensemble *, stk_ensemble_memory *, size_t,
                                  stk_column *))
{
    pass p = {e, rounds, work};
    (void)stk_pool_run(e->threads, slots * rounds, run_round, &p, NULL);
}

static size_t statistics_groups(const stk_ensemble *e)
{
    return ((size_t)e->statistics_count + STK_GROUP_YEARS - 1) / STK_GROUP_YEARS;
}

static void prepare_statistics(const stk_ensemble *e, stk_ensemble_memory *slot, size_t i,
                               stk_column *column)
{
    (void)i;
    stk_ensemble_memory_prepare(e, slot, column);
}

static void run_group(const stk_ensemble *e, stk_ensemble_memory *slot, size_t i,
                      stk_column *column)
{
    size_t groups = statistics_groups(e);
    int first = (int)(i % groups) * STK_GROUP_YEARS;
    int last = first + STK_GROUP_YEARS;
    last = last < e->statistics_count ? last : e->statistics_count;
    stk_ensemble_memory_statistics(e, slot, i / groups, first, last, column);
}

static stk_status hand_out(const stk_ensemble *e, const stk_ensemble_memory *slot,
                           const stk_ensemble_job *job, stk_error *error)
{
    const stk_ensemble_options *o = &e->options;
    bool peaks = o->peak.first != 0;
    stk_ensemble_result result = {
        .scenario = slot->scenario,
        .status = slot->status,
        .error = &slot->error,
        .first_year = o->years.first + e->statistics_first,
        .count = e->statistics_count,
        .percentiles = slot->percentiles,
        .exceedance = slot->exceedance,
        .exceedance_ever = peaks ? slot->exceedance_ever : NULL,
        .peak_temperature = peaks ? slot->peak_percentiles : NULL,
        .peak_year = peaks ? slot->peak_percentiles + o->percentile_count : NULL,
        .used_count = slot->used_count,
        .failed_count = slot->failed_count,
        .failed = slot->failed_numbers,
        .bound_count = (size_t)e->years + 1,
        .stride = e->stride,
        .series = o->keep_members ? (const double *const *)slot->series : NULL,
        .member_failed = slot->failed,
        .baseline_k = slot->baseline,
    };
    return job->accept(job->user, &result, error);
}

/* Fill slots with the next scenarios; how many there were. */
static size_t read_batch(const stk_ensemble *e, size_t first, const stk_ensemble_job *job)
{
    size_t left = job->scenario_count - first;
    size_t slots = left < e->slot_count ? left : e->slot_count;
    for (size_t i = 0; i < slots; i++) {
        read_scenario(e, &e->slots[i], first + i, job);
    }
    return slots;
}

static stk_status run_batch(const stk_ensemble *e, size_t slots, const stk_ensemble_job *job,
                            stk_error *error)
{
    stk_status status = STK_OK;
    run_pass(e, slots, 1, fill_series);
    if (e->plan != NULL) {
        run_pass(e, slots, e->plan->block_count, run_block);
    } else {
        run_pass(e, slots, e->member_count, run_plain);
    }
    for (size_t i = 0; i < slots; i++) {
        if (e->slots[i].status == STK_OK) {
            remember_series(&e->slots[i]);
            find_failures(e, &e->slots[i]);
        }
    }
    run_pass(e, slots, 1, prepare_statistics);
    run_pass(e, slots, statistics_groups(e) * e->options.variable_count, run_group);
    for (size_t i = 0; status == STK_OK && i < slots; i++) {
        status = hand_out(e, &e->slots[i], job, error);
    }
    return status;
}

static stk_status run_all(const stk_ensemble *e, const stk_ensemble_job *job, stk_error *error)
{
    stk_status status = STK_OK;
    size_t slots;
    for (size_t first = 0; status == STK_OK && first < job->scenario_count; first += slots) {
        slots = read_batch(e, first, job);
        status = run_batch(e, slots, job, error);
    }
    return status;
}

/* Prepare for runs of `scenario_count` scenarios; what was made is released by stk_ensemble_end()
 * also after an error. */
static stk_status begin(stk_ensemble *e, const stk_calibration *calibration,
                        const stk_ensemble_options *options, size_t scenario_count,
                        stk_error *error)
{
    stk_status status = check_options(calibration, options, error);
    stk_years wanted = options->statistics.first != 0 ? options->statistics : options->years;
    if (status != STK_OK) {
        return status;
    }
    e->calibration = calibration;
    e->options = *options;
    e->years = options->years.last - options->years.first + 1;
    e->statistics_first = wanted.first - options->years.first;
    e->statistics_count = wanted.last - wanted.first + 1 + (options->at_bounds ? 1 : 0);
    choose_threads(e, scenario_count);
    status = choose_kernel(e, error);
    if (status == STK_OK) {
        status = choose_members(e, error);
    }
    if (status == STK_OK) {
        status = choose_plan(e, error);
    }
    e->share_beginnings = e->plan != NULL && (e->stays || scenario_count > e->slot_count);
    return status != STK_OK ? status : stk_ensemble_begin(e, error);
}

stk_status stk_ensemble_run(const stk_calibration *calibration, const stk_ensemble_options *options,
                            const stk_ensemble_job *job, stk_error *error)
{
    stk_ensemble e = {.stays = false};
    if (job->scenario_count == 0) {
        return check_options(calibration, options, error);
    }
    stk_status status = begin(&e, calibration, options, job->scenario_count, error);
    status = status != STK_OK ? status : run_all(&e, job, error);
    stk_ensemble_end(&e);
    return status;
}

stk_status stk_ensemble_open(const stk_calibration *calibration,
                             const stk_ensemble_options *options, stk_ensemble **ensemble,
                             stk_error *error)
{
    stk_ensemble *e = calloc(1, sizeof *e);
    *ensemble = NULL;
    if (e == NULL) {
        return stk_error_memory(error);
    }
    e->stays = true;
    stk_status status = begin(e, calibration, options, 1, error);
    if (status != STK_OK) {
        stk_ensemble_close(e);
        return status;
    }
    *ensemble = e;
    return STK_OK;
}

stk_status stk_ensemble_run_kept(stk_ensemble *ensemble, const stk_ensemble_job *job,
                                 stk_error *error)
{
    return run_all(ensemble, job, error);
}

void stk_ensemble_close(stk_ensemble *ensemble)
{
    if (ensemble != NULL) {
        stk_ensemble_end(ensemble);
        free(ensemble);
    }
}

const char *stk_ensemble_isa(size_t i)
{
    const stk_kernel *kernel = stk_kernel_at(i);
    return kernel != NULL ? kernel->name : NULL;
}
