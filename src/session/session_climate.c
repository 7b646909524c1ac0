/** @file session_climate.c
 * @brief The climate ensemble on emissions that lie in one array.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

/* A call with its defaults filled in, and the history before it. */
typedef struct array_run {
    stk_session *session;
    stk_climate_call call;
    double *before; /* [species][year] from SESSION_FIRST_YEAR to the year before the first */
    size_t before_years;
    size_t *members;                                            /* indices; NULL: all */
    stk_climate_variable variables[STK_CLIMATE_VARIABLE_COUNT]; /* the call's, then temperature */
    size_t variable_count;
    size_t temperature; /* its place among them */
    size_t done;
    int first_result; /* of the scenarios that were refused */
    stk_error first;
} array_run;

static const double *row_of(const stk_climate_call *c, size_t scenario, size_t species)
{
    return c->emissions + (ptrdiff_t)scenario * c->scenario_stride +
           (ptrdiff_t)species * c->species_stride;
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const array_run *run = user;
    const stk_climate_call *c = &run->call;
    for (size_t s = 0; s < rows->species_count; s++) {
        const double *row = row_of(c, scenario, s);
        stk_climate_species species = stk_calibration_species(run->session->calibration, s);
        if (species.emissions_unit == NULL || isnan(row[0])) {
            continue;
        }
        double limit = stk_iamc_unit_limit(species.emissions_unit);
        memcpy(rows->emissions[s], run->before + s * run->before_years,
               run->before_years * sizeof(double));
        for (size_t y = 0; y < c->year_count; y++) {
            double value = row[(ptrdiff_t)y * c->year_stride];
            if (!(fabs(value) <= limit)) {
                return stk_error_set(error, STK_EDATA,
                                     "%s of %d: %g is refused; allowed: -%.0f to %.0f %s",
                                     species.name, c->first_year + (int)y, value, limit, limit,
                                     species.emissions_unit);
            }
            rows->emissions[s][run->before_years + y] = value;
        }
        rows->emissions_given[s] = true;
    }
    return STK_OK;
}

static void put(double *into, size_t scenario, size_t size, const double *values)
{
    for (size_t i = 0; into != NULL && i < size; i++) {
        into[scenario * size + i] = values == NULL ? (double)NAN : values[i];
    }
}

/* Members' own series on time bounds, temperature less what it is above. */
static void put_members(const array_run *run, const stk_ensemble_result *r)
{
    const stk_climate_call *c = &run->call;
    size_t bounds = c->year_count + 1;
    size_t size = c->variable_count * c->member_count * bounds;
    double *into = c->member_values == NULL ? NULL : c->member_values + r->scenario * size;
    if (into == NULL || r->status != STK_OK) {
        put(into, 0, size, NULL);
        return;
    }
    for (size_t v = 0; v < c->variable_count; v++) {
        const double *from = r->series[v] + run->before_years * r->stride;
        for (size_t m = 0; m < c->member_count; m++) {
            double less = v == run->temperature ? r->baseline_k[m] : 0;
            for (size_t b = 0; b < bounds; b++) {
                *into++ = r->member_failed[m] ? (double)NAN : from[b * r->stride + m] - less;
            }
        }
    }
}

static void note_refusal(array_run *run, const stk_ensemble_result *r)
{
    const stk_climate_call *c = &run->call;
    int result = session_result(run->session, r->status, r->error);
    if (c->results != NULL) {
        c->results[r->scenario] = result;
    }
    if (result == STK_DONE) {
        return;
    }
    if (c->refused != NULL) {
        c->refused(c->user, r->scenario, run->session->message);
    }
    if (run->first_result == STK_DONE) {
        run->first_result = result;
        run->first = *r->error;
        stk_error_context(&run->first, r->status, "scenario %zu", r->scenario);
    }
}

static stk_status accept(void *user, const stk_ensemble_result *r, stk_error *error)
{
    array_run *run = user;
    const stk_climate_call *c = &run->call;
    bool ok = r->status == STK_OK;
    size_t series = c->percentile_count * c->year_count;
    put(c->temperature, r->scenario, series,
        ok ? r->percentiles + run->temperature * series : NULL);
    put(c->percentile_values, r->scenario, c->variable_count * series, ok ? r->percentiles : NULL);
    put(c->peak, r->scenario, c->percentile_count, ok ? r->peak_temperature : NULL);
    put(c->exceed, r->scenario, c->threshold_count, ok ? r->exceedance_ever : NULL);
    put_members(run, r);
    note_refusal(run, r);
    run->done++;
    return session_go_on(run->session, c->progress, c->user,
                         (double)run->done / (double)c->scenario_count, error);
}

/* Emissions before the first year of the arrays, in the species' units. */
static stk_status find_before(array_run *run, stk_error *error)
{
    const stk_session *s = run->session;
    size_t species = stk_calibration_species_count(s->calibration);
    run->before_years = (size_t)(run->call.first_year - SESSION_FIRST_YEAR);
    run->before = calloc(species * run->before_years + 1, sizeof *run->before);
    if (run->before == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    for (size_t r = 0; status == STK_OK && r < s->history->row_count; r++) {
        double factor;
        bool concentration;
        const stk_iamc_row *row = &s->history->rows[r];
        long found =
            stk_climate_species_of(s->calibration, stk_text_of(row->variable), &concentration);
        if (found < 0 || concentration) {
            continue;
        }
        stk_climate_species one = stk_calibration_species(s->calibration, (size_t)found);
        status = stk_iamc_row_factor(s->history, row, one.emissions_unit, &factor, error);
        for (size_t y = 0; status == STK_OK && y < run->before_years; y++) {
            run->before[(size_t)found * run->before_years + y] =
                factor * stk_iamc_value(s->history, row, SESSION_FIRST_YEAR + (int)y);
        }
    }
    return status;
}

enum { LEVELS_MAX = 64 };

/* Percentiles or thresholds. */
static stk_status check_levels(const char *what, const double *values, size_t count, double low,
                               double high, stk_error *error)
{
    if ((values == NULL) != (count == 0) || count > LEVELS_MAX) {
        return stk_error_set(error, STK_EARG, "%zu %ss are refused; allowed: 1 to %d", count, what,
                             LEVELS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] >= low && values[i] <= high)) {
            return stk_error_set(error, STK_EARG, "the %s %g is refused; allowed: %g to %g", what,
                                 values[i], low, high);
        }
    }
    return STK_OK;
}

static stk_status find_variables(array_run *run, stk_error *error)
{
    stk_climate_call *c = &run->call;
    bool found = false;
    if (c->variable_count > STK_CLIMATE_VARIABLE_COUNT) {
        return stk_error_set(error, STK_EARG, "a variable is there twice");
    }
    for (size_t i = 0; i < c->variable_count; i++) {
        const char *key = c->variables[i] == NULL ? "" : c->variables[i];
        stk_climate_variable *v = &run->variables[i];
        if (!stk_climate_variable_find(stk_text_of(key), v)) {
            return stk_error_set(error, STK_ENOTFOUND,
                                 "'%s' is no variable; allowed: temperature, erf, co2, ohc, "
                                 "erf-aerosols and the others of stk_climate_output()",
                                 STK_CUT(key, 60));
        }
        for (size_t k = 0; k < i; k++) {
            if (run->variables[k] == *v) {
                return stk_error_set(error, STK_EARG, "the variable '%s' is there twice", key);
            }
        }
        run->temperature = *v == STK_CLIMATE_TEMPERATURE ? i : run->temperature;
        found = found || *v == STK_CLIMATE_TEMPERATURE;
    }
    run->variable_count = c->variable_count;
    if (!found) {
        run->temperature = run->variable_count;
        run->variables[run->variable_count++] = STK_CLIMATE_TEMPERATURE;
    }
    c->variable_count = c->variable_count == 0 ? 1 : c->variable_count;
    return STK_OK;
}

static stk_status find_members(array_run *run, stk_error *error)
{
    stk_climate_call *c = &run->call;
    const stk_calibration *calibration = run->session->calibration;
    size_t all = stk_calibration_member_count(calibration);
    if (c->members == NULL) {
        c->member_count = all;
        return STK_OK;
    }
    if (c->member_count == 0 || c->member_count > all) {
        return stk_error_set(error, STK_EARG, "%zu members are refused; allowed: 1 to %zu",
                             c->member_count, all);
    }
    run->members = calloc(c->member_count, sizeof *run->members);
    if (run->members == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < c->member_count; i++) {
        long index = stk_calibration_find_member(calibration, c->members[i]);
        if (index < 0) {
            return stk_error_set(error, STK_ENOTFOUND,
                                 "there is no member %ld; allowed: the calibration's numbers, such "
                                 "as %ld",
                                 c->members[i], stk_session_member(run->session, 0));
        }
        run->members[i] = (size_t)index;
        for (size_t k = 0; k < i; k++) {
            if (run->members[k] == (size_t)index) {
                return stk_error_set(error, STK_EARG, "member %ld is there twice", c->members[i]);
            }
        }
    }
    return STK_OK;
}

static void fill_defaults(array_run *run)
{
    stk_climate_call *c = &run->call;
    if (c->reference_first == 0 && c->reference_last == 0) {
        c->reference_first = 1850;
        c->reference_last = 1900;
    }
    if (c->percentiles == NULL) {
        c->percentiles = stk_warming_percentiles;
        c->percentile_count = STK_WARMING_PERCENTILES;
    }
    if (c->thresholds_k == NULL) {
        c->thresholds_k = stk_warming_thresholds_k;
        c->threshold_count = STK_WARMING_THRESHOLDS;
    }
    if (c->scenario_stride == 0 && c->species_stride == 0 && c->year_stride == 0) {
        ptrdiff_t years = (ptrdiff_t)c->year_count;
        c->year_stride = 1;
        c->species_stride = years;
        c->scenario_stride =
            years * (ptrdiff_t)stk_calibration_species_count(run->session->calibration);
    }
}

static stk_status check(const array_run *run, stk_error *error)
{
    const stk_climate_call *c = &run->call;
    int history_last = run->session->history->first_year + run->session->history->year_count - 1;
    if (c->first_year < SESSION_FIRST_YEAR || c->first_year > history_last + 1 ||
        c->year_count == 0 || c->year_count > (size_t)(SESSION_LAST_YEAR - c->first_year + 1)) {
        return stk_error_set(error, STK_EARG,
                             "%zu years from %d are refused; allowed: a first year from %d to %d, "
                             "and none after %d",
                             c->year_count, c->first_year, SESSION_FIRST_YEAR, history_last + 1,
                             SESSION_LAST_YEAR);
    }
    stk_status status;
    if (c->emissions == NULL || c->scenario_count == 0 ||
        (c->variables == NULL) != (c->variable_count == 0) || c->threads < 0 || c->threads > 4096) {
        return stk_error_set(error, STK_EARG,
                             "the call is refused: it needs emissions of at least one scenario, "
                             "variables with their number, and 0 to 4096 threads");
    }
    STK_TRY(check_levels("percentile", c->percentiles, c->percentile_count, 0, 100, error));
    STK_TRY(check_levels("threshold", c->thresholds_k, c->threshold_count, -100, 100, error));
done:
    return status;
}

static stk_status run_ensemble(array_run *run, stk_error *error)
{
    const stk_climate_call *c = &run->call;
    stk_years reference = {c->reference_first, c->reference_last};
    int last = c->first_year + (int)c->year_count - 1;
    stk_ensemble_options options = {.years = {SESSION_FIRST_YEAR, last},
                                    .members = run->members,
                                    .member_count = run->members == NULL ? 0 : c->member_count,
                                    .variables = run->variables,
                                    .variable_count = run->variable_count,
                                    .percentiles = c->percentiles,
                                    .percentile_count = c->percentile_count,
                                    .thresholds_k = c->thresholds_k,
                                    .threshold_count = c->threshold_count,
                                    .reference =
                                        c->reference_first < 0 ? (stk_years){0, 0} : reference,
                                    .peak = {c->first_year, last},
                                    .statistics = {c->first_year, last},
                                    .keep_members = c->member_values != NULL,
                                    .threads = c->threads};
    stk_ensemble_job job = {
        .scenario_count = c->scenario_count, .fill = fill, .accept = accept, .user = run};
    return stk_ensemble_run(run->session->calibration, &options, &job, error);
}

int stk_session_climate(stk_session *s, const stk_climate_call *call)
{
    stk_error error;
    array_run run = {.session = s};
    stk_status status;
    if (s == NULL || call == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a call is needed");
    }
    if (call->size < sizeof call->size || call->size > sizeof *call) {
        return session_refuse(s, "the size %zu of the call is refused; allowed: at most %zu",
                              call->size, sizeof *call);
    }
    memcpy(&run.call, call, call->size); /* members of later versions stay zero */
    STK_TRY(session_calibration(s, &error));
    STK_TRY(check(&run, &error));
    fill_defaults(&run);
    STK_TRY(find_variables(&run, &error));
    STK_TRY(find_members(&run, &error));
    STK_TRY(find_before(&run, &error));
    STK_TRY(run_ensemble(&run, &error));
done:
    free(run.before);
    free(run.members);
    if (status == STK_OK && run.first_result != STK_DONE) {
        session_result(s, run.first.status, &run.first);
        return STK_REFUSED_DATA;
    }
    return session_result(s, status, &error);
}
