/** @file session_scenario.c
 * @brief The scenario workflow on rows in memory: a stage, or all of it with its categories.
 *
 * The results are the files that the command `scenario` writes, as bytes.
 */
#include "session/session_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/scenario_inputs.h"
#include "workflow/census.h"
#include "workflow/notes.h"
#include "workflow/result_rows.h"
#include "workflow/stages.h"

static const char result_names[] = "emissions|climate|meta|left_out";
enum { EMISSIONS, CLIMATE = SESSION_CLIMATE, META = SESSION_META, LEFT_OUT };

static const char option_names[] = "method|history|library|preindustrial|labels|strict";
enum { METHOD, HISTORY, LIBRARY, PREINDUSTRIAL, LABELS, STRICT, OPTIONS };

static const char stage_names[] = "check|harmonise|infill|assess";
static stk_stage *const stages[] = {stk_stage_check, stk_stage_harmonise, stk_stage_infill,
                                    stk_stage_all};
enum { HARMONISE = 1, INFILL, ASSESS };

typedef struct workflow {
    stk_session *session;
    session_progress progress;
    int stage;
    const char *options[OPTIONS]; /* NULL: not given */
    scenario_inputs in;
    stk_table *table;
    size_t done;
    size_t count;
} workflow;

/* ---- what is asked ---- */

static stk_status take_option(workflow *w, char *word, char **rest, stk_error *error)
{
    int i = strncmp(word, "--", 2) == 0 ? -1 : OPTIONS;
    char *value = strchr(word, '=');
    if (value != NULL) {
        *value++ = '\0';
    }
    i = i < 0 ? stk_text_choice(stk_text_of(word + 2), option_names) : -1;
    if (i < 0) {
        return stk_error_set(error, STK_EARG,
                             "'%s' is refused; allowed: --method, --history, --library, "
                             "--preindustrial, --labels, --strict",
                             STK_CUT(word, 40));
    }
    if (i == STRICT && value != NULL) {
        return stk_error_set(error, STK_EARG, "%s takes no value", word);
    }
    stk_status status =
        i == STRICT || value != NULL ? STK_OK : session_next_word(rest, &value, error);
    w->options[i] = i == STRICT ? "" : value;
    return status == STK_OK && w->options[i] == NULL
               ? stk_error_set(error, STK_EARG, "%s needs a value", word)
               : status;
}

static stk_status take_words(workflow *w, char *words, stk_error *error)
{
    char *word = NULL;
    stk_status status;
    STK_TRY(session_next_word(&words, &word, error));
    w->stage = word == NULL ? -1 : stk_text_choice(stk_text_of(word), stage_names);
    while (w->stage >= 0) {
        STK_TRY(session_next_word(&words, &word, error));
        if (word == NULL) {
            break;
        }
        STK_TRY(take_option(w, word, &words, error));
    }
    if (w->stage < 0) {
        return stk_error_set(error, STK_EARG,
                             "'%s' is refused; allowed: climate, climate fill, check, harmonise, "
                             "infill, assess",
                             word == NULL ? "" : STK_CUT(word, 40));
    }
    if (w->options[LABELS] != NULL &&
        stk_text_choice(stk_text_of(w->options[LABELS]), "report|tool") < 0) {
        return stk_error_set(error, STK_EARG, "--labels: '%s' is refused; allowed: report, tool",
                             STK_CUT(w->options[LABELS], 40));
    }
done:
    return status;
}

/* ---- what is read ---- */

static stk_status open_method(workflow *w, stk_error *error)
{
    w->in = (scenario_inputs){.edition = w->session->edition,
                              .method_name = w->options[METHOD],
                              .history_path = w->options[HISTORY],
                              .library_path = w->options[LIBRARY],
                              .preindustrial_path = w->options[PREINDUSTRIAL]};
    return scenario_inputs_open_method(&w->in, error);
}

static stk_status open_tables(workflow *w, stk_error *error)
{
    stk_status status;
    STK_TRY(session_calibration(w->session, error));
    if (w->stage == HARMONISE || w->stage == ASSESS) {
        STK_TRY(scenario_inputs_open_history(&w->in, error));
    }
    if (w->stage >= INFILL) {
        STK_TRY(scenario_inputs_open_library(&w->in, error));
    }
done:
    return status;
}

static void close_workflow(workflow *w)
{
    scenario_inputs_free(&w->in);
    stk_scenario_report_free(w->in.report);
}

/* ---- results ---- */

bool session_append(void *user, const char *data, size_t size)
{
    stk_buffer_append(user, (stk_text){data, size});
    return !((stk_buffer *)user)->failed;
}

static const stk_column left_out_columns[] = {
    {"model", "", STK_TEXT}, {"scenario", "", STK_TEXT}, {"variable", "", STK_TEXT},
    {"stage", "", STK_TEXT}, {"kind", "", STK_TEXT},     {"line", "", STK_INTEGER},
    {"reason", "", STK_TEXT}};

static const char *const kinds[] = {"left out", "warning", "infilled"}; /* of ::stk_note_kind */

static stk_table *list_left_out(const stk_scenario_report *report)
{
    stk_table *table =
        stk_table_new(left_out_columns, sizeof left_out_columns / sizeof *left_out_columns);
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        stk_table_text(table, note->model);
        stk_table_text(table, note->scenario);
        stk_table_text(table, note->variable);
        stk_table_text(table, note->stage);
        stk_table_text(table, kinds[note->kind]);
        stk_table_number(table, note->line > 0 ? (double)note->line : (double)NAN);
        stk_table_text(table, note->reason);
    }
    return table;
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

static void add_row(workflow *w, const stk_scenario_outcome *o, const char *reason)
{
    bool ok = o->status == STK_OK;
    stk_table_text(w->table, o->model);
    stk_table_text(w->table, o->scenario);
    stk_table_text(w->table, ok ? o->category.name : "");
    stk_table_text(w->table, ok ? o->category.title : "");
    stk_table_number(w->table, ok ? o->inputs.p50_peak : NAN);
    stk_table_number(w->table, ok ? o->inputs.p50_2100 : NAN);
    stk_table_number(w->table, ok ? year_or_none(o->indicators.net_zero_co2_year) : NAN);
    stk_table_number(w->table, ok ? year_or_none(o->indicators.net_zero_ghg_year) : NAN);
    stk_table_number(w->table, ok ? (double)o->member_count : NAN);
    stk_table_text(w->table, reason);
}

/* A row for each scenario that the stages left out. */
static void add_left_out(workflow *w)
{
    for (size_t i = 0; i < stk_scenario_report_count(w->in.report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(w->in.report, i);
        bool whole = note->kind == STK_NOTE_LEFT_OUT && note->variable[0] == '\0' &&
                     note->scenario[0] != '\0';
        if (whole && strcmp(note->stage, "climate") != 0) {
            stk_scenario_outcome none = {
                .status = STK_EDATA, .model = note->model, .scenario = note->scenario};
            add_row(w, &none, note->reason);
        }
    }
}

static stk_status keep_outcome(workflow *w, const stk_scenario_outcome *o, stk_error *error)
{
    stk_buffer *results = w->session->results;
    stk_buffer warnings = {0};
    const stk_postprocess_options *options = stk_method_postprocess(w->in.method);
    bool tool = w->options[LABELS] != NULL && strcmp(w->options[LABELS], "tool") == 0;
    stk_iamc_output output = {
        .name = "climate", .write = session_append, .user = &results[CLIMATE], .no_header = true};
    stk_status status;
    stk_notes_warnings(w->in.report, o->model, o->scenario, &warnings);
    STK_TRY(stk_buffer_status(&warnings, error));
    stk_result_meta_row(&results[META], w->in.method, tool ? o->category.label : o->category.name,
                        o, warnings.size > 0 ? warnings.data : "");
    STK_TRY(stk_result_warming_rows(options, o->model, o->scenario, o->warming, &output, error));
done:
    stk_buffer_free(&warnings);
    return status;
}

static stk_status accept(void *user, const stk_scenario_outcome *o, stk_error *error)
{
    workflow *w = user;
    char reason[1024] = "";
    stk_status status;
    if (o->status == STK_OK) {
        STK_TRY(keep_outcome(w, o, error));
    } else {
        stk_scenario_note note = {"climate", o->model, o->scenario,       "",
                                  "",        0,        o->error->message, STK_NOTE_LEFT_OUT};
        stk_error_format(o->error, reason, sizeof reason);
        stk_scenario_report_add(w->in.report, &note);
    }
    add_row(w, o, reason);
    w->done++;
    STK_TRY(session_go_on(w->session, w->progress.tell, w->progress.user,
                          (double)w->done / (double)w->count, error));
done:
    return status;
}

/* ---- runs ---- */

static stk_status run_climate(workflow *w, const stk_iamc *infilled, stk_error *error)
{
    stk_buffer *results = w->session->results;
    const stk_postprocess_options *o = stk_method_postprocess(w->in.method);
    stk_iamc_scenarios scenarios = {0};
    stk_status status;
    w->table = stk_table_new(assess_columns, sizeof assess_columns / sizeof *assess_columns);
    stk_result_iamc_header(&results[CLIMATE], o->years[0], o->years[1]);
    stk_result_meta_header(&results[META], w->in.method);
    STK_TRY(stk_iamc_group(infilled, &scenarios, error));
    w->count = scenarios.count;
    bool own = stk_method_published(w->in.method, STK_METHOD_HISTORY) != NULL;
    stk_scenario_run run = {.method = w->in.method,
                            .history = w->session->history,
                            .past = own ? w->in.history : NULL,
                            .calibration = w->session->calibration,
                            .infilled = infilled,
                            .accept = accept,
                            .user = w};
    STK_TRY(stk_scenario_run_all(&run, error));
    add_left_out(w);
done:
    stk_iamc_scenarios_free(&scenarios);
    return status;
}

/* The rows that the stage takes, as of a file; of the others notes are made. */
static stk_status choose_rows(const workflow *w, stk_iamc **table, stk_error *error)
{
    bool reported = w->stage != HARMONISE && w->stage != INFILL;
    return session_choose_rows(w->session, stk_census_new(w->in.method, reported), table,
                               w->in.report, error);
}

static stk_status run_stage(workflow *w, stk_error *error)
{
    stk_iamc *input = NULL;
    stk_iamc *made = NULL;
    stk_buffer *results = w->session->results;
    stk_iamc_output output = {
        .name = "emissions", .write = session_append, .user = &results[EMISSIONS]};
    stk_status status;
    w->in.report = stk_scenario_report_new();
    STK_TRY(stk_allocated(w->in.report, error));
    if (w->options[STRICT] != NULL) {
        stk_scenario_report_strict(w->in.report);
    }
    STK_TRY(choose_rows(w, &input, error));
    STK_TRY(open_tables(w, error));
    const stk_stages with = {.method = w->in.method,
                             .history = w->in.history,
                             .library = w->in.library,
                             .report = w->in.report,
                             .strict = w->options[STRICT] != NULL};
    STK_TRY(stages[w->stage](&with, input, &made, error));
    STK_TRY(stk_iamc_write_stream(made, &output, error));
    if (w->stage == ASSESS) {
        STK_TRY(run_climate(w, made, error));
    }
    STK_TRY(stk_notes_sort(&w->in.report, NULL, error));
done:
    stk_iamc_free(input);
    stk_iamc_free(made);
    return status;
}

stk_status session_terminate(stk_buffer results[SESSION_RESULTS], stk_error *error)
{
    stk_status status = STK_OK;
    for (int i = 0; i < SESSION_RESULTS && status == STK_OK; i++) {
        if (results[i].size > 0) {
            stk_buffer_append(&results[i], (stk_text){"", 1}); /* not counted */
        }
        status = stk_buffer_status(&results[i], error);
    }
    return status;
}

static stk_status finish(workflow *w, stk_error *error)
{
    stk_buffer *results = w->session->results;
    stk_table *left_out = list_left_out(w->in.report);
    stk_status status = stk_table_write(left_out, STK_FORMAT_CSV, &results[LEFT_OUT], error);
    status = status != STK_OK ? status : session_terminate(results, error);
    if (w->table == NULL) {
        w->table = left_out;
    } else {
        stk_table_free(left_out);
    }
    return status;
}

stk_status session_keep_left_out(stk_session *s, const stk_scenario_report *report,
                                 stk_error *error)
{
    session_forget_results(s);
    stk_table *left_out = list_left_out(report);
    stk_status status = stk_table_write(left_out, STK_FORMAT_CSV, &s->results[LEFT_OUT], error);
    stk_table_free(left_out);
    return status != STK_OK ? status : session_terminate(s->results, error);
}

void session_forget_results(stk_session *s)
{
    for (int i = 0; i < SESSION_RESULTS; i++) {
        stk_buffer_free(&s->results[i]);
        s->results[i] = (stk_buffer){0};
    }
}

stk_status session_run_workflow(stk_session *s, char *words, const session_progress *progress,
                                stk_table **table, stk_error *error)
{
    workflow w = {.session = s, .progress = *progress};
    stk_status status;
    session_forget_results(s);
    STK_TRY(take_words(&w, words, error));
    STK_TRY(open_method(&w, error));
    STK_TRY(run_stage(&w, error));
    STK_TRY(finish(&w, error));
done:
    close_workflow(&w);
    if (status != STK_OK) {
        session_forget_results(s);
        stk_table_free(w.table);
        w.table = NULL;
    }
    *table = w.table;
    return status;
}

int stk_session_result(stk_session *s, const char *name, const char **bytes, size_t *size)
{
    stk_error error;
    if (s == NULL || name == NULL || bytes == NULL || size == NULL) {
        return s == NULL ? STK_REFUSED_ARGUMENT
                         : session_refuse(s, "a result's name, and where it goes, are needed");
    }
    int i = stk_text_choice(stk_text_of(name), result_names);
    *bytes = "";
    *size = 0;
    if (i < 0 || s->results[i].size == 0) {
        return session_result(s,
                              stk_error_set(&error, STK_ENOTFOUND,
                                            "the last run made no '%s'; there can be emissions, "
                                            "climate, meta, left_out",
                                            STK_CUT(name, 40)),
                              &error);
    }
    *bytes = s->results[i].data;
    *size = s->results[i].size - 1;
    return session_result(s, STK_OK, &error);
}
