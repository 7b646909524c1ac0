/** @file session_rows.c
 * @brief Scenarios in memory: rows in, percentiles and categories out.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "workflow/notes.h"

enum { OUTPUT_FIRST = 1850, OUTPUT_LAST = 2100 };

/* ---- rows ---- */

static stk_status need_table(stk_session *s, stk_error *error)
{
    if (s->rows == NULL) {
        s->rows = stk_iamc_new("rows in memory", SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
    }
    return stk_allocated(s->rows, error);
}

static stk_status check_values(const stk_iamc_row *row, const int *years, const double *values,
                               size_t n, stk_error *error)
{
    for (size_t i = 0; i < n; i++) {
        if (years[i] < SESSION_FIRST_YEAR || years[i] > SESSION_LAST_YEAR ||
            (i > 0 && years[i] <= years[i - 1])) {
            return stk_error_set(error, STK_EARG,
                                 "'%s' of the scenario '%s': the year %d is refused; allowed: "
                                 "rising years from %d to %d",
                                 STK_CUT(row->variable, 80), STK_CUT(row->scenario, 80), years[i],
                                 SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
        }
        if (!isfinite(values[i])) {
            return stk_error_set(error, STK_EARG,
                                 "'%s' of the scenario '%s': the value of %d is no finite number",
                                 STK_CUT(row->variable, 80), STK_CUT(row->scenario, 80), years[i]);
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
    STK_TRY(check_values(&row, years, values, n, &error));
    STK_TRY(need_table(s, &error));
    STK_TRY(stk_iamc_add(s->rows, &row, &into, &error));
    for (size_t i = 0; i < n; i++) {
        into[years[i] - SESSION_FIRST_YEAR] = values[i];
    }
done:
    return session_result(s, status, &error);
}

int stk_session_row_elsewhere(stk_session *s, const char *model, const char *scenario,
                              const char *region)
{
    stk_error error;
    double *into;
    stk_status status = STK_OK;
    if (s == NULL) {
        return STK_REFUSED_ARGUMENT;
    }
    if (model == NULL || scenario == NULL || region == NULL) {
        return session_refuse(s, "a row elsewhere needs a model, a scenario and a region");
    }
    if (s->elsewhere == NULL) {
        s->elsewhere = stk_iamc_new("rows in memory", SESSION_FIRST_YEAR, SESSION_FIRST_YEAR);
    }
    STK_TRY(stk_allocated(s->elsewhere, &error));
    const stk_iamc_row row = {model, scenario, "World", region, "", 0, NULL};
    const stk_iamc_row *again = stk_iamc_find(s->elsewhere, model, scenario, region);
    if (again == NULL) {
        STK_TRY(stk_iamc_add(s->elsewhere, &row, &into, &error));
        *into = 1;
    } else {
        again->values[0]++;
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
        if (year < SESSION_FIRST_YEAR || year > SESSION_LAST_YEAR) {
            return stk_error_at(error, STK_EDATA, from->name, row->line, 0,
                                "the year %d is refused; allowed: %d to %d", year,
                                SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
        }
        into[year - SESSION_FIRST_YEAR] = row->values[i];
    }
    return status;
}

stk_status session_check_rows(const stk_session *s, stk_error *error)
{
    const stk_iamc *others = s->elsewhere;
    if (s->rows != NULL && s->rows->row_count > 0) {
        return STK_OK;
    }
    if (others == NULL || others->row_count == 0) {
        return stk_error_set(error, STK_EARG, "there is no scenario: add its rows first");
    }
    const char *region = others->rows[0].variable;
    bool more = false;
    for (size_t r = 1; r < others->row_count; r++) {
        more = more || strcmp(others->rows[r].variable, region) != 0;
    }
    return stk_error_set(error, STK_EDATA, "no row is of the region World; there are '%s'%s",
                         STK_CUT(region, 60), more ? ", ..." : "");
}

static stk_status see(stk_census *census, const stk_iamc_seen *row, stk_error *error)
{
    size_t number;
    stk_census_see(census, row);
    return stk_census_number(census, row, &number) ? STK_OK : stk_error_memory(error);
}

/* Those of a scenario and a region at a time. */
static stk_status see_elsewhere(const stk_iamc *rows, stk_census *census, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; rows != NULL && r < rows->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &rows->rows[r];
        const stk_iamc_seen seen = {.model = stk_text_of(row->model),
                                    .scenario = stk_text_of(row->scenario),
                                    .region = stk_text_of(row->variable)};
        for (size_t k = 0; k < (size_t)row->values[0] && status == STK_OK; k++) {
            status = see(census, &seen, error);
        }
    }
    return status;
}

stk_status session_choose_rows(const stk_session *s, stk_census *census, stk_iamc **table,
                               stk_scenario_report *report, stk_error *error)
{
    const stk_iamc *rows = s->rows;
    stk_status status;
    *table = stk_iamc_new(rows->name, SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
    if (*table == NULL || census == NULL || !stk_census_file(census, rows->name)) {
        STK_FAIL(stk_error_memory(error));
    }
    for (size_t r = 0; r < rows->row_count; r++) {
        const stk_iamc_row *row = &rows->rows[r];
        const stk_iamc_seen seen = {.model = stk_text_of(row->model),
                                    .scenario = stk_text_of(row->scenario),
                                    .line = row->line,
                                    .wanted = stk_census_wants(census, stk_text_of(row->variable)),
                                    .region = stk_text_of(row->region),
                                    .variable = stk_text_of(row->variable)};
        STK_TRY(see(census, &seen, error));
        if (seen.wanted) {
            STK_TRY(session_copy_row(*table, rows, row, error));
        }
    }
    STK_TRY(see_elsewhere(s->elsewhere, census, error));
    stk_notes_copy(s->read, report);
    stk_census_note(census, 0, stk_census_names(census)->row_count, report);
done:
    stk_census_free(census);
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

/* What is read of a file: rows of other regions are counted, and scenarios without any other. */
struct reading {
    stk_census *census;
    stk_iamc_filter filter;
    bool failed; /* there was no memory for a name */
};

static bool see_row(void *user, const stk_iamc_seen *row)
{
    struct reading *r = user;
    size_t number;
    stk_census_see(r->census, row);
    r->failed = r->failed || !stk_census_number(r->census, row, &number);
    return !r->failed;
}

static stk_status open_reading(struct reading *r, stk_session *s, const char *path,
                               stk_error *error)
{
    s->read = s->read != NULL ? s->read : stk_scenario_report_new();
    r->census = stk_census_new(NULL, false);
    r->filter = (stk_iamc_filter){
        .mine = see_row, .mine_user = r, .footer = stk_census_footer, .footer_user = r->census};
    return s->read != NULL && r->census != NULL && stk_census_file(r->census, path)
               ? STK_OK
               : stk_error_memory(error);
}

int stk_session_rows_read(stk_session *s, const char *path)
{
    stk_error error;
    stk_stream *stream = NULL;
    stk_iamc *read = NULL;
    stk_iamc *both = NULL; /* so that a file that is refused leaves nothing */
    struct reading reading = {0};
    stk_status status;
    if (s == NULL || path == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "a file's name is needed");
    }
    STK_TRY(open_reading(&reading, s, path, &error));
    STK_TRY(stk_stream_open(path, &stream, &error));
    stk_iamc_input input = {path, stk_stream_read, stream};
    STK_TRY(stk_iamc_read_stream(&input, &reading.filter, &read, &error));
    STK_TRY(reading.failed ? stk_error_memory(&error) : STK_OK);
    STK_TRY(need_table(s, &error));
    both = stk_iamc_new("rows in memory", SESSION_FIRST_YEAR, SESSION_LAST_YEAR);
    STK_TRY(stk_allocated(both, &error));
    STK_TRY(copy_rows(both, s->rows, &error));
    STK_TRY(copy_rows(both, read, &error));
    stk_iamc_free(s->rows);
    s->rows = both;
    both = NULL;
    stk_census_note(reading.census, 0, stk_census_names(reading.census)->row_count, s->read);
done:
    if (stream != NULL) {
        stk_stream_close(stream);
    }
    stk_census_free(reading.census);
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
    stk_iamc_free(s->elsewhere);
    s->elsewhere = NULL;
    stk_scenario_report_free(s->read);
    s->read = NULL;
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
    session_progress progress;
} scenario_run;

static stk_status tell_progress(scenario_run *run, stk_error *error)
{
    run->done++;
    return session_go_on(run->session, run->progress.tell, run->progress.user,
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
    stk_ensemble_options ensemble = {.years = {SESSION_FIRST_YEAR, last},
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

int stk_session_run(stk_session *s, const char *what, int (*progress)(void *user, double share),
                    void *user, int *rows, int *columns)
{
    stk_error error;
    char *words = NULL;
    scenario_run run = {.session = s, .progress = {progress, user}};
    if (s == NULL || what == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT : session_refuse(s, "what to run is needed");
    }
    bool fill = strcmp(what, "climate fill") == 0;
    stk_status status;
    STK_TRY(session_check_open(s, &error));
    STK_TRY(session_check_rows(s, &error));
    if (fill || strcmp(what, "climate") == 0) {
        STK_TRY(run_climate(&run, fill, &error));
    } else {
        words = session_copy(what);
        STK_TRY(stk_allocated(words, &error));
        STK_TRY(session_run_workflow(s, words, &run.progress, &run.table, &error));
    }
    session_take_table(s, run.table);
done:
    free(words);
    if (status != STK_OK) {
        stk_table_free(run.table);
    }
    if (rows != NULL) {
        *rows = status == STK_OK ? (int)stk_table_rows(run.table) : 0;
    }
    if (columns != NULL) {
        *columns = status == STK_OK ? (int)stk_table_columns(run.table) : 0;
    }
    return session_result(s, status, &error);
}
