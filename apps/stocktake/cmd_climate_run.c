/** @file cmd_climate_run.c
 * @brief A run of the climate command: the files that it reads, its messages, and the manifest
 * beside each output that says how it was made.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stocktake/shipped.h>

#include "base/pending_file.h"
#include "base/sha256.h"
#include "cmd_climate.h"
#include "cmd_scenario.h"
#include "data/paths.h"
#include "dataset/climate_files.h"

/* ---- calibration ---- */

static void note_input(climate_data *data, const char *role, const char *name, const char *sha256)
{
    document_push(&data->inputs, json_pack("{s:s, s:o, s:s}", "role", role, "file",
                                           document_text(name), "sha256", sha256));
}

static void note_content(climate_data *data, const char *role, const char *name, stk_text content)
{
    char sha256[STK_SHA256_SIZE];
    stk_sha256(content, sha256);
    note_input(data, role, name, sha256);
}

static void note_calibration(void *user, const char *path, const char *sha256)
{
    note_input(user, "calibration", path, sha256);
}

static stk_status add_forcing(query *q, climate_data *data, stk_error *error)
{
    const char *path = query_value(q, "forcing");
    stk_text content = {0};
    if (path == NULL) {
        return STK_OK;
    }
    stk_status status = stk_file_unpack(path, &content, error);
    if (status == STK_OK) {
        note_content(data, "forcing", path, content);
        stk_climate_file file = {path, content};
        status = stk_calibration_add_forcing(data->calibration, &file, error);
        free((char *)(uintptr_t)content.data);
    }
    return status;
}

/* Calibrations are published without the solar and volcanic forcing, or with it in another place.
 */
static stk_status borrow_natural(climate_data *data, const char *folder,
                                 const stk_shipped_note *note, stk_error *error)
{
    const char *missing = stk_calibration_missing_natural(data->calibration);
    if (missing == NULL) {
        return STK_OK;
    }
    if (folder != NULL) {
        cli_say(false,
                "stocktake: %s has no %s (volcanic_solar*.csv): it is that of the edition, where "
                "--forcing gives no other",
                folder, missing);
    }
    return stk_shipped_natural(data->edition, STK_PATH_CALIBRATION, note, data->calibration, error);
}

/* What the files of a calibration say and the model does not use. */
static void tell_notes(const stk_calibration *calibration)
{
    const stk_problems *notes = stk_calibration_notes(calibration);
    for (size_t i = 0; i < notes->count; i++) {
        char text[1024];
        stk_error_format(&notes->items[i], text, sizeof text);
        cli_say(false, "stocktake: %s", text);
    }
}

stk_status climate_open_calibration(query *q, climate_data *data, stk_error *error)
{
    const char *folder = query_value(q, "calibration");
    const stk_shipped_note note = {note_calibration, data};
    stk_status status;
    data->inputs = json_array();
    STK_TRY(query_edition(q, &data->edition, error));
    if (folder != NULL) {
        STK_TRY(stk_edition_open_folder(folder, &data->folder, error));
    }
    STK_TRY(stk_shipped_calibration(folder != NULL ? data->folder : data->edition,
                                    folder != NULL ? "" : STK_PATH_CALIBRATION, &note,
                                    &data->calibration, error));
    STK_TRY(borrow_natural(data, folder, &note, error));
    STK_TRY(add_forcing(q, data, error));
    tell_notes(data->calibration);
done:
    return status;
}

/* ---- scenario files, read in pieces ---- */

/* The checksum is that of what was read: a packed file is the same input as the file in it. */
typedef struct hashed_file {
    stk_stream *stream;
    stk_sha256_sum sum;
} hashed_file;

static stk_status read_piece(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    hashed_file *file = user;
    stk_status status = stk_stream_read(file->stream, buffer, size, got, error);
    stk_sha256_add(&file->sum, (stk_text){buffer, *got});
    return status;
}

/* Later years count where scenarios fade into the history or are compared with a library. */
static int last_year_wanted(query *q)
{
    enum { BOUND = INTEGER_BOUND };
    int last = 0;
    bool all = query_given(q, "fill") || query_choice(q, "join", STK_JOIN_NONE) != STK_JOIN_NONE;
    return all || query_integer(q, "end", 2100, -BOUND, BOUND, &last, NULL) != STK_OK ? 0 : last;
}

static void tell_footer(void *user, const char *file, long line, stk_text text)
{
    (void)user;
    cli_say(false, "stocktake: %s:%ld: '%.*s' is left out: it stands below the data and is no row",
            file, line, (int)text.size, text.data);
}

static stk_status read_scenarios(query *q, climate_data *data, const char *path, stk_error *error)
{
    char sha256[STK_SHA256_SIZE];
    hashed_file file = {.stream = NULL};
    stk_iamc_filter filter = {.last_year = last_year_wanted(q), .footer = tell_footer};
    stk_iamc_input input = {path, read_piece, &file};
    stk_status status = stk_stream_open(path, &file.stream, error);
    if (status != STK_OK) {
        return status;
    }
    stk_sha256_start(&file.sum);
    status = stk_intake_add(data->intake, &input, &filter, error);
    stk_sha256_end(&file.sum, sha256);
    stk_stream_close(file.stream);
    if (status == STK_OK) {
        note_input(data, "scenarios", path, sha256);
    }
    return status;
}

static stk_status open_tables(query *q, climate_data *data, stk_error *error)
{
    char scratch[STK_PENDING_PATH_SIZE];
    const char *output = query_value(q, "output");
    stk_status status;
    stk_pending_scratch_for(output != NULL ? output : query_value(q, "member-output"), scratch,
                            sizeof scratch);
    STK_TRY(stk_intake_open(q->operands[0], scratch, data->calibration, &data->intake, error));
    for (int i = 0; i < q->operand_count; i++) {
        STK_TRY(read_scenarios(q, data, q->operands[i], error));
    }
done:
    return status;
}

/* A shipped table, noted as an input. */
static stk_status open_shipped(climate_data *data, const char *role, const char *path,
                               stk_iamc **table, stk_error *error)
{
    char sha256[STK_SHA256_SIZE];
    stk_status status;
    STK_TRY(stk_edition_sha256(data->edition, path, sha256, error));
    note_input(data, role, path, sha256);
    STK_TRY(stk_shipped_table(data->edition, path, NULL, table, error));
done:
    return status;
}

static stk_status open_history(query *q, climate_data *data, stk_error *error)
{
    const char *own = query_value(q, "history");
    stk_text content;
    if (own == NULL) {
        return open_shipped(data, "history", STK_PATH_SPECIES_HISTORY, &data->history, error);
    }
    stk_status status = stk_file_unpack(own, &content, error);
    if (status == STK_OK) {
        note_content(data, "history", own, content);
        const stk_iamc_filter filter = {.footer = tell_footer};
        status = stk_iamc_read(own, content, &filter, &data->history, error);
        free((char *)(uintptr_t)content.data);
    }
    return status;
}

/* What is no scenario of the model is told: variables, regions, scenarios without others. */
static stk_status tell_unknown(query *q, climate_data *data, stk_error *error)
{
    const stk_iamc *unused = stk_intake_unused(data->intake);
    size_t count = unused->row_count;
    if (count > 0 && query_given(q, "strict")) {
        char others[80] = "";
        if (count > 1) {
            stk_print(others, sizeof others, " (nor %s %zu other variable%s)",
                      count == 2 ? "is" : "are", count - 1, count == 2 ? "" : "s");
        }
        return stk_error_set(error, STK_EDATA, "'%s' is not a species of the calibration%s",
                             STK_CUT(unused->rows[0].variable, 100), others);
    }
    data->report = stk_scenario_report_new();
    if (data->report == NULL) {
        return stk_error_memory(error);
    }
    stk_intake_note(data->intake, 0, stk_intake_count(data->intake), data->report);
    scenario_print_notes(data->report);
    return STK_OK;
}

stk_status climate_open(query *q, climate_data *data, stk_error *error)
{
    stk_status status;
    STK_TRY(open_tables(q, data, error));
    STK_TRY(tell_unknown(q, data, error));
    STK_TRY(open_history(q, data, error));
    if (query_given(q, "fill")) {
        STK_TRY(open_shipped(data, "library", STK_PATH_SCENARIO_LIBRARY, &data->library, error));
    }
    stk_climate_scenario_options options = {
        .history = data->history,
        .join = (stk_join)query_choice(q, "join", STK_JOIN_NONE),
        .library = data->library,
        .missing_forcing =
            (stk_missing_forcing)query_choice(q, "missing-forcing", STK_FORCING_REFUSE)};
    STK_TRY(
        stk_climate_source_new(data->calibration, data->intake, &options, &data->scenarios, error));
done:
    return status;
}

void climate_close(climate_data *data)
{
    stk_climate_source_free(data->scenarios);
    stk_intake_free(data->intake);
    stk_iamc_free(data->history);
    stk_iamc_free(data->library);
    stk_scenario_report_free(data->report);
    stk_calibration_free(data->calibration);
    stk_edition_free(data->folder);
    stk_edition_free(data->edition);
    json_decref(data->inputs);
}

/* ---- the run ---- */

typedef struct climate_job {
    query *q;
    const climate_data *data;
    json_t *skipped; /* NULL after a failure of memory */
    size_t skipped_count;
    progress progress;
} climate_job;

/* ---- messages ---- */

/* "scenario 'S' of model 'M'": two models may have one name. */
static void write_name(const char *model, const char *scenario, stk_buffer *out)
{
    stk_buffer_printf(out, "scenario '%s'", STK_CUT(scenario, 80));
    if (model[0] != '\0') {
        stk_buffer_printf(out, " of model '%s'", STK_CUT(model, 80));
    }
}

static void note_skipped(climate_job *job, const char *model, const char *name, const char *reason)
{
    document_push(&job->skipped,
                  json_pack("{s:o, s:o, s:o}", "model", document_text(model), "scenario",
                            document_text(name), "reason", document_text(reason)));
}

static void skip_scenario(void *user, const char *model, const char *name, const stk_error *problem)
{
    static const char missing[] = "emissions are missing";
    climate_job *job = user;
    char text[1024];
    stk_buffer who = {0};
    bool hint =
        strncmp(problem->message, missing, sizeof missing - 1) == 0 && !query_given(job->q, "fill");
    stk_error_format(problem, text, sizeof text);
    write_name(model, name, &who);
    cli_say(job->progress.shown, "stocktake: %s is skipped: %s%s",
            who.failed ? STK_CUT(name, 80) : who.data, text,
            hint ? "; --fill library takes them from the nearest shipped scenario" : "");
    note_skipped(job, model, name, text);
    job->skipped_count++;
    stk_buffer_free(&who);
}

static void tell_failed_members(void *user, const char *model, const char *name,
                                const stk_ensemble_result *result)
{
    enum { SHOWN = 20 };
    const climate_job *job = user;
    stk_buffer list = {0};
    write_name(model, name, &list);
    stk_buffer_printf(&list,
                      ": %zu of %zu members left the valid range of the model and are left out:",
                      result->failed_count, result->failed_count + result->used_count);
    for (size_t i = 0; i < result->failed_count && i < SHOWN; i++) {
        stk_buffer_printf(&list, " %ld", result->failed[i]);
    }
    cli_say(job->progress.shown, "stocktake: %s%s", list.failed ? STK_CUT(name, 80) : list.data,
            result->failed_count > SHOWN ? " ..." : "");
    stk_buffer_free(&list);
}

static void show_progress(void *user, size_t done)
{
    climate_job *job = user;
    progress_show(&job->progress, done);
}

/* ---- manifest ---- */

/* What the results depend on. */
static json_t *identity_of(query *q, const climate_data *data)
{
    static const char *const irrelevant[] = {"output", "member-output", "threads",    "quiet",
                                             "help",   "edition",       "calibration"};
    json_t *options = json_object();
    for (int i = 0; question_option_at(q->question, i) != NULL; i++) {
        const question_option *option = question_option_at(q->question, i);
        const char *name = option->name;
        bool counts = q->values[i] != NULL;
        for (size_t k = 0; k < sizeof irrelevant / sizeof irrelevant[0]; k++) {
            counts = counts && strcmp(name, irrelevant[k]) != 0;
        }
        if (counts) {
            document_set(&options, name,
                         option->argument == NULL ? json_true() : document_text(q->values[i]));
        }
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:I}", "program", "stocktake", "version",
                     stk_version(), "command", "climate", "options", options, "inputs",
                     json_incref(data->inputs), "scenarios",
                     (json_int_t)stk_climate_source_count(data->scenarios));
}

/* Every variable that is no species, with what it is. */
static json_t *left_out(const climate_data *data)
{
    json_t *list = json_array();
    const stk_iamc *unused = stk_intake_unused(data->intake);
    for (size_t i = 0; i < unused->row_count; i++) {
        const stk_iamc_row *row = &unused->rows[i];
        document_push(&list, json_pack("{s:o, s:s, s:I}", "variable", document_text(row->variable),
                                       "reason", row->unit, "rows", (json_int_t)row->values[0]));
    }
    return list;
}

static stk_status describe(void *user, const stk_climate_count *count, size_t bytes,
                           stk_buffer *text, stk_error *error)
{
    const climate_job *job = user;
    json_t *manifest = identity_of(job->q, job->data);
    document_set(&manifest, "done", json_integer((json_int_t)count->done));
    document_set(&manifest, "written", json_integer((json_int_t)count->written));
    document_set(&manifest, "bytes", json_integer((json_int_t)bytes));
    document_set(&manifest, "skipped", json_incref(job->skipped));
    document_set(&manifest, "left_out", left_out(job->data));
    document_set(&manifest, "complete", json_true());
    return document_dump(manifest, JSON_INDENT(2), text, error);
}

stk_status climate_run(query *q, const climate_options *options, climate_data *data,
                       stk_error *error)
{
    climate_job job = {
        .q = q,
        .data = data,
        .skipped = json_array(),
        .progress = {.what = "scenarios",
                     .shown = isatty(STDERR_FILENO) != 0 && !query_given(q, "quiet")}};
    stk_climate_request request = {.calibration = data->calibration,
                                   .scenarios = data->scenarios,
                                   .ensemble = &options->ensemble,
                                   .percentile_variables = options->percentile_variables,
                                   .member_variables = options->member_variables,
                                   .member_variable_count = options->member_variable_count,
                                   .output = options->output,
                                   .member_output = options->member_output,
                                   .skip = skip_scenario,
                                   .lose = tell_failed_members,
                                   .progress = show_progress,
                                   .describe = describe,
                                   .user = &job};
    for (size_t i = 0; i < stk_scenario_report_count(data->report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(data->report, i);
        if (note->scenario[0] != '\0') { /* none to the model, and no failure: not counted */
            note_skipped(&job, note->model, note->scenario, note->reason);
        }
    }
    progress_begin(&job.progress, 0, stk_climate_source_count(data->scenarios));
    stk_climate_count count;
    stk_status status = stk_climate_write_files(&request, &count, error);
    progress_end(&job.progress);
    json_decref(job.skipped);
    if (status != STK_OK) {
        cli_skip_exit_handlers(); /* a file of NetCDF may be unfinished */
    }
    q->incomplete = job.skipped_count > 0;
    return status;
}
