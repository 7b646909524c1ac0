/** @file session_rows.c
 * @brief Scenarios in memory: rows in, percentiles and categories out.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/shipped.h>

#include "base/try.h"
#include "data/paths.h"
#include "workflow/stages.h"

enum { FIRST_YEAR = 1750, LAST_YEAR = 2500, OUTPUT_FIRST = 1850, OUTPUT_LAST = 2100 };

/* ---- rows ---- */

static stk_status need_table(stk_session *s, stk_error *error)
{
    if (s->rows == NULL) {
        s->rows = stk_iamc_new("rows in memory", FIRST_YEAR, LAST_YEAR);
    }
    return stk_allocated(s->rows, error);
}

static stk_status check_values(const int *years, const double *values, size_t n, stk_error *error)
{
    for (size_t i = 0; i < n; i++) {
        if (years[i] < FIRST_YEAR || years[i] > LAST_YEAR || (i > 0 && years[i] <= years[i - 1])) {
            return stk_error_set(error, STK_EARG,
                                 "the year %d is refused; allowed: rising years from %d to %d",
                                 years[i], FIRST_YEAR, LAST_YEAR);
        }
        if (!isfinite(values[i])) {
            return stk_error_set(error, STK_EARG, "the value of %d is no finite number", years[i]);
        }
    }
    return STK_OK;
}

int stk_session_rows(stk_session *s, const char *model, const char *scenario, const char *variable,
                     const char *unit, const int *years, const double *values, size_t n)
{
    stk_error error;
    double *into = NULL;
    stk_status status;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    if (model == NULL || scenario == NULL || variable == NULL || unit == NULL || years == NULL ||
        values == NULL || n == 0) {
        return session_refuse(s,
                              "a row needs a model, a scenario, a variable, a unit, and at least "
                              "one year with its value");
    }
    stk_iamc_row row = {model, scenario, "World", variable, unit, 0, NULL};
    STK_TRY(check_values(years, values, n, &error));
    STK_TRY(need_table(s, &error));
    STK_TRY(stk_iamc_add(s->rows, &row, &into, &error));
    for (size_t i = 0; i < n; i++) {
        into[years[i] - FIRST_YEAR] = values[i];
    }
done:
    return session_result(s, status, &error);
}

stk_status session_copy_row(stk_iamc *to, const stk_iamc *from, const stk_iamc_row *row,
                            stk_error *error)
{
    double *into;
    stk_status status = stk_iamc_add(to, row, &into, error);
    for (int i = 0; status == STK_OK && i < from->year_count; i++) {
        int year = from->first_year + i;
        if (isnan(row->values[i])) {
            continue;
        }
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            return stk_error_at(error, STK_EDATA, from->name, row->line, 0,
                                "the year %d is refused; allowed: %d to %d", year, FIRST_YEAR,
                                LAST_YEAR);
        }
        into[year - FIRST_YEAR] = row->values[i];
    }
    return status;
}

static stk_status copy_rows(stk_iamc *to, const stk_iamc *from, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; r < from->row_count && status == STK_OK; r++) {
        status = session_copy_row(to, from, &from->rows[r], error);
    }
    return status;
}

int stk_session_rows_read(stk_session *s, const char *path)
{
    stk_error error;
    stk_stream *stream = NULL;
    stk_iamc *read = NULL;
    stk_iamc *both = NULL; /* so that a file that is refused leaves nothing */
    stk_status status;
    if (s == NULL || path == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a file's name is needed");
    }
    STK_TRY(stk_stream_open(path, &stream, &error));
    stk_iamc_input input = {path, stk_stream_read, stream};
    STK_TRY(stk_iamc_read_stream(&input, NULL, &read, &error));
    STK_TRY(need_table(s, &error));
    both = stk_iamc_new("rows in memory", FIRST_YEAR, LAST_YEAR);
    STK_TRY(stk_allocated(both, &error));
    STK_TRY(copy_rows(both, s->rows, &error));
    STK_TRY(copy_rows(both, read, &error));
    stk_iamc_free(s->rows);
    s->rows = both;
    both = NULL;
done:
    if (stream != NULL) {
        stk_stream_close(stream);
    }
    stk_iamc_free(read);
    stk_iamc_free(both);
    return session_result(s, status, &error);
}

int stk_session_rows_clear(stk_session *s)
{
    stk_error error;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    session_forget_scenarios(s);
    stk_iamc_free(s->rows);
    s->rows = NULL;
    return session_result(s, STK_OK, &error);
}

/* ---- runs ---- */

/* A run that fills the session's table. */
typedef struct scenario_run {
    stk_session *session;
    stk_table *table;
    size_t done;
    size_t count;
    stk_climate_scenarios *scenarios; /* of "climate" */
    int (*progress)(void *user, double share);
    void *user;
} scenario_run;

static stk_status tell_progress(scenario_run *run, stk_error *error)
{
    run->done++;
    return session_go_on(run->session, run->progress, run->user,
                         (double)run->done / (double)run->count, error);
}

static const stk_column climate_columns[] = {
    {"model", "", STK_TEXT}, {"scenario", "", STK_TEXT}, {"year", "", STK_INTEGER},
    {"p5_k", "", 3},         {"p17_k", "", 3},           {"p33_k", "", 3},
    {"p50_k", "", 3},        {"p67_k", "", 3},           {"p83_k", "", 3},
    {"p95_k", "", 3},        {"p_exceed_1_5", "", 3},    {"p_exceed_2", "", 3},
    {"p_exceed_2_5", "", 3}, {"p_exceed_3", "", 3},      {"reason", "", STK_TEXT}};

static stk_status fill_scenario(void *user, size_t i, stk_climate_rows *rows, stk_error *error)
{
    const scenario_run *run = user;
    return stk_climate_scenarios_fill(run->scenarios, i, rows, error);
}

static stk_status accept_climate(void *user, const stk_ensemble_result *result, stk_error *error)
{
    scenario_run *run = user;
    char reason[1024] = "";
    int count = result->status == STK_OK ? result->count : 1;
    if (result->status != STK_OK) {
        stk_error_format(result->error, reason, sizeof reason);
    }
    for (int i = 0; i < count; i++) {
        bool ok = result->status == STK_OK;
        stk_table_text(run->table, stk_climate_scenarios_model(run->scenarios, result->scenario));
        stk_table_text(run->table, stk_climate_scenarios_name(run->scenarios, result->scenario));
        stk_table_number(run->table, ok ? (double)(result->first_year + i) : (double)NAN);
        for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
            stk_table_number(run->table, ok ? result->percentiles[p * count + i] : NAN);
        }
        for (int t = 0; t < STK_WARMING_THRESHOLDS; t++) {
            stk_table_number(run->table, ok ? result->exceedance[t * count + i] : NAN);
        }
        stk_table_text(run->table, reason);
    }
    return tell_progress(run, error);
}

static stk_status run_climate(scenario_run *run, bool fill, stk_error *error)
{
    stk_session *s = run->session;
    static const stk_climate_variable variable = STK_CLIMATE_TEMPERATURE;
    int last;
    stk_status status;
    STK_TRY(session_find_scenarios(s, fill, &last, error));
    run->scenarios = s->scenarios;
    run->count = stk_climate_scenarios_count(s->scenarios);
    run->table = stk_table_new(climate_columns, sizeof climate_columns / sizeof *climate_columns);
    stk_ensemble_options ensemble = {.years = {FIRST_YEAR, last},
                                     .variables = &variable,
                                     .variable_count = 1,
                                     .percentiles = stk_warming_percentiles,
                                     .percentile_count = STK_WARMING_PERCENTILES,
                                     .thresholds_k = stk_warming_thresholds_k,
                                     .threshold_count = STK_WARMING_THRESHOLDS,
                                     .reference = {1850, 1900},
                                     .statistics = {OUTPUT_FIRST, last}};
    stk_ensemble_job job = {
        .scenario_count = run->count, .fill = fill_scenario, .accept = accept_climate, .user = run};
    STK_TRY(stk_ensemble_run(s->calibration, &ensemble, &job, error));
done:
    return status;
}

static const stk_column assess_columns[] = {{"model", "", STK_TEXT},
                                            {"scenario", "", STK_TEXT},
                                            {"category", "", STK_TEXT},
                                            {"category_title", "", STK_TEXT},
                                            {"peak_median_k", "", 3},
                                            {"warming_2100_median_k", "", 3},
                                            {"net_zero_co2_year", "", STK_INTEGER},
                                            {"net_zero_ghg_year", "", STK_INTEGER},
                                            {"members", "", STK_INTEGER},
                                            {"reason", "", STK_TEXT}};

static double year_or_none(int year)
{
    return year == 0 ? (double)NAN : (double)year;
}

static stk_status accept_outcome(void *user, const stk_scenario_outcome *o, stk_error *error)
{
    scenario_run *run = user;
    char reason[1024] = "";
    bool ok = o->status == STK_OK;
    if (!ok) {
        stk_error_format(o->error, reason, sizeof reason);
    }
    stk_table_text(run->table, o->model);
    stk_table_text(run->table, o->scenario);
    stk_table_text(run->table, ok ? o->category.name : "");
    stk_table_text(run->table, ok ? o->category.title : "");
    stk_table_number(run->table, ok ? o->inputs.p50_peak : NAN);
    stk_table_number(run->table, ok ? o->inputs.p50_2100 : NAN);
    stk_table_number(run->table, ok ? year_or_none(o->indicators.net_zero_co2_year) : NAN);
    stk_table_number(run->table, ok ? year_or_none(o->indicators.net_zero_ghg_year) : NAN);
    stk_table_number(run->table, ok ? (double)o->member_count : NAN);
    stk_table_text(run->table, reason);
    return tell_progress(run, error);
}

/* A row for each scenario that the stages left out. */
static void add_left_out(scenario_run *run, const stk_scenario_report *report)
{
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (note->warning || note->variable[0] != '\0' || note->scenario[0] == '\0') {
            continue; /* a row of a scenario that went on; or of the database */
        }
        stk_table_text(run->table, note->model);
        stk_table_text(run->table, note->scenario);
        stk_table_text(run->table, "");
        stk_table_text(run->table, "");
        for (int k = 0; k < 5; k++) {
            stk_table_number(run->table, NAN);
        }
        stk_table_text(run->table, note->reason);
    }
}

static stk_status run_assess(scenario_run *run, stk_error *error)
{
    stk_session *s = run->session;
    stk_stages stages = {.report = stk_scenario_report_new()};
    stk_method *method = NULL;
    stk_iamc *tables[3] = {NULL, NULL, NULL};
    stk_iamc *infilled = NULL;
    stk_scenario_library *library = NULL;
    stk_iamc_scenarios scenarios = {0};
    stk_status status;
    STK_TRY(session_calibration(s, error));
    STK_TRY(stk_shipped_method(s->data.edition, STK_METHOD_DEFAULT, &method, NULL, error));
    stk_iamc_filter filter = {.wanted = stk_method_wants, .user = method};
    const char *const paths[3] = {stk_method_history(method), stk_method_library(method),
                                  stk_method_builtin_library(method)};
    for (int i = 0; i < 3; i++) {
        STK_TRY(stk_shipped_table(s->data.edition, paths[i], &filter, &tables[i], error));
    }
    STK_TRY(stk_scenario_library_new(method, tables[1], tables[2], stages.report, &library, error));
    stages.method = method;
    stages.history = tables[0];
    stages.library = library;
    run->table = stk_table_new(assess_columns, sizeof assess_columns / sizeof *assess_columns);
    STK_TRY(stk_stage_all(&stages, s->rows, &infilled, error));
    STK_TRY(stk_iamc_group(infilled, &scenarios, error));
    run->count = scenarios.count;
    stk_scenario_run all = {.method = method,
                            .history = s->history,
                            .calibration = s->calibration,
                            .infilled = infilled,
                            .accept = accept_outcome,
                            .user = run};
    STK_TRY(stk_scenario_run_all(&all, error));
    add_left_out(run, stages.report);
done:
    stk_iamc_scenarios_free(&scenarios);
    stk_scenario_library_free(library);
    stk_iamc_free(infilled);
    for (int i = 0; i < 3; i++) {
        stk_iamc_free(tables[i]);
    }
    stk_method_free(method);
    stk_scenario_report_free(stages.report);
    return status;
}

int stk_session_run(stk_session *s, const char *what, int (*progress)(void *user, double share),
                    void *user, int *rows, int *columns)
{
    stk_error error;
    stk_status status;
    scenario_run run = {.session = s, .progress = progress, .user = user};
    if (s == NULL || what == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "what to run is needed");
    }
    bool fill = strcmp(what, "climate fill") == 0;
    bool climate = fill || strcmp(what, "climate") == 0;
    if (!climate && strcmp(what, "assess") != 0) {
        return session_refuse(s, "'%s' is refused; allowed: climate, climate fill, assess",
                              STK_CUT(what, 40));
    }
    if (s->rows == NULL || s->rows->row_count == 0) {
        return session_refuse(s, "there is no scenario: add its rows first");
    }
    s->cancelled = false;
    status = climate ? run_climate(&run, fill, &error) : run_assess(&run, &error);
    if (status == STK_OK) {
        session_take_table(s, run.table);
    } else {
        stk_table_free(run.table);
    }
    if (rows != NULL) {
        *rows = status == STK_OK ? (int)stk_table_rows(run.table) : 0;
    }
    if (columns != NULL) {
        *columns = status == STK_OK ? (int)stk_table_columns(run.table) : 0;
    }
    int result = session_result(s, status, &error);
    return s->cancelled ? STK_CANCELLED : result;
}
