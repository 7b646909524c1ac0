/** @file climate_run.c
 * @brief Running the ensemble and writing as scenarios are done, so that it can be stopped and
 * gone on with.
 *
 * Beside an output lies its manifest. While the run lasts it says how many scenarios are done and
 * how long the output was then; what a killed run wrote beyond that is cut off when it goes on.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_climate.h"
#include "progress.h"

static const double manifest_interval_s = 2;

/* A file that grows by scenarios: CSV or NetCDF. */
typedef struct growing {
    const char *path; /* NULL is the standard output */
    FILE *stream;
    stk_climate_netcdf *netcdf;
    double bytes; /* of CSV, as of the last manifest */
} growing;

typedef struct climate_job {
    const cli_arguments *arguments;
    const climate_options *options;
    climate_data *data;
    size_t first;   /* scenarios that an earlier run has done */
    size_t done;    /* including those */
    size_t written; /* less those that were skipped */
    json_t *identity;
    json_t *skipped;
    growing output;
    growing members;
    stk_buffer buffer;
    progress progress;
    struct timespec last_manifest;
} climate_job;

/* --- manifest -----------------------------------------------------------------------------------
 */

/* What makes two runs the same run: everything that the results depend on. */
static json_t *identity_of(const cli_arguments *arguments, const climate_data *data)
{
    static const char *const irrelevant[] = {"output",  "member-output", "resume",
                                             "threads", "isa",           "quiet",
                                             "help",    "edition",       "calibration"};
    json_t *options = json_object();
    for (int i = 0; question_option_at(arguments->question, i) != NULL; i++) {
        const cli_option *option = question_option_at(arguments->question, i);
        const char *name = option->name;
        bool counts = arguments->values[i] != NULL;
        for (size_t k = 0; k < sizeof irrelevant / sizeof irrelevant[0]; k++) {
            counts = counts && strcmp(name, irrelevant[k]) != 0;
        }
        if (counts) {
            json_object_set_new(options, name,
                                option->argument == NULL ? json_true()
                                                         : document_text(arguments->values[i]));
        }
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:O, s:I}", "program", "stocktake", "version",
                     stk_version(), "command", "climate", "options", options, "inputs",
                     data->inputs, "scenarios",
                     (json_int_t)stk_climate_scenarios_count(data->scenarios));
}

static void manifest_path(const char *output, char path[4096])
{
    snprintf(path, 4096, "%s.manifest.json", output);
}

static stk_status settle(growing *file, stk_error *error)
{
    if (file->netcdf != NULL) {
        return stk_climate_netcdf_sync(file->netcdf, error);
    }
    if (file->stream != NULL && file->path != NULL) {
        if (fflush(file->stream) != 0) {
            return stk_error_at(error, STK_EIO, file->path, 0, 0, "%s", strerror(errno));
        }
        file->bytes = (double)ftello(file->stream);
    }
    return STK_OK;
}

static stk_status write_manifest(climate_job *job, const growing *file, bool complete,
                                 stk_error *error)
{
    char path[4096];
    if (file->path == NULL) {
        return STK_OK;
    }
    json_t *manifest = json_deep_copy(job->identity);
    json_object_set_new(manifest, "done", json_integer((json_int_t)job->done));
    json_object_set_new(manifest, "written", json_integer((json_int_t)job->written));
    json_object_set_new(manifest, "bytes", json_integer((json_int_t)file->bytes));
    json_object_set(manifest, "skipped", job->skipped);
    json_object_set_new(manifest, "complete", json_boolean(complete));
    char *text = json_dumps(manifest, JSON_INDENT(2));
    json_decref(manifest);
    if (text == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    manifest_path(file->path, path);
    stk_status status = stk_file_write(path, stk_text_of(text), error);
    free(text);
    return status;
}

static stk_status write_manifests(climate_job *job, bool complete, stk_error *error)
{
    stk_status status = settle(&job->output, error);
    if (status == STK_OK) {
        status = settle(&job->members, error);
    }
    if (status == STK_OK) {
        status = write_manifest(job, &job->output, complete, error);
    }
    if (status == STK_OK) {
        status = write_manifest(job, &job->members, complete, error);
    }
    clock_gettime(CLOCK_MONOTONIC, &job->last_manifest);
    return status;
}

/* Whether a manifest is of this very run. */
static bool is_same_run(const json_t *manifest, const json_t *identity)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)identity, key, value)
    {
        json_t *there = json_object_get(manifest, key);
        if (there == NULL || json_equal(there, value) == 0) {
            return false;
        }
    }
    return true;
}

/* Where an interrupted run stopped; nothing is changed where there is no manifest. */
static stk_status read_manifest(climate_job *job, growing *file, bool *found, stk_error *error)
{
    char path[4096];
    json_error_t problem;
    *found = false;
    if (file->path == NULL) {
        return STK_OK;
    }
    manifest_path(file->path, path);
    if (access(path, F_OK) != 0) {
        return STK_OK;
    }
    json_t *manifest = json_load_file(path, 0, &problem);
    if (manifest == NULL) {
        return stk_error_at(error, STK_EFORMAT, path, problem.line, problem.column, "%s",
                            problem.text);
    }
    if (!is_same_run(manifest, job->identity)) {
        json_decref(manifest);
        return stk_error_at(error, STK_EARG, path, 0, 0,
                            "this is the manifest of a run with other files or options; without "
                            "--resume it is written anew");
    }
    *found = true;
    job->first = (size_t)json_integer_value(json_object_get(manifest, "done"));
    job->written = (size_t)json_integer_value(json_object_get(manifest, "written"));
    file->bytes = (double)json_integer_value(json_object_get(manifest, "bytes"));
    json_t *skipped = json_object_get(manifest, "skipped");
    if (json_is_array(skipped)) {
        json_decref(job->skipped);
        job->skipped = json_incref(skipped);
    }
    json_decref(manifest);
    return STK_OK;
}

/* --- outputs ------------------------------------------------------------------------------------
 */

static bool is_netcdf(const char *path)
{
    size_t size = path == NULL ? 0 : strlen(path);
    return size > 3 && strcmp(path + size - 3, ".nc") == 0;
}

static stk_status open_csv(growing *file, bool resume, stk_error *error)
{
    if (file->path == NULL) {
        file->stream = stdout;
        return STK_OK;
    }
    file->stream = fopen(file->path, resume ? "r+b" : "wb");
    if (file->stream == NULL ||
        (resume && (ftruncate(fileno(file->stream), (off_t)file->bytes) != 0 ||
                    fseeko(file->stream, 0, SEEK_END) != 0))) {
        return stk_error_at(error, STK_EIO, file->path, 0, 0, "%s", strerror(errno));
    }
    return STK_OK;
}

static stk_status flush_buffer(climate_job *job, growing *file, stk_error *error)
{
    stk_status status = stk_buffer_status(&job->buffer, error);
    if (status == STK_OK && job->buffer.size > 0 &&
        fwrite(job->buffer.data, 1, job->buffer.size, file->stream) != job->buffer.size) {
        status = stk_error_at(error, STK_EIO, file->path != NULL ? file->path : "standard output",
                              0, 0, "%s", strerror(errno));
    }
    job->buffer.size = 0;
    return status;
}

static size_t member_count(const climate_job *job)
{
    const stk_ensemble_options *e = &job->options->ensemble;
    return e->members != NULL ? e->member_count
                              : stk_calibration_member_count(job->data->calibration);
}

static long member_number(const climate_job *job, size_t m)
{
    const stk_ensemble_options *e = &job->options->ensemble;
    return stk_calibration_member_number(job->data->calibration,
                                         e->members != NULL ? e->members[m] : m);
}

static stk_status open_netcdf(climate_job *job, growing *file, bool members, bool resume,
                              stk_error *error)
{
    size_t count = member_count(job);
    long *numbers = calloc(count, sizeof *numbers);
    if (numbers == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t m = 0; m < count; m++) {
        numbers[m] = member_number(job, m);
    }
    stk_climate_netcdf_layout layout = {.options = &job->options->ensemble,
                                        .variable_count =
                                            members ? 0 : job->options->percentile_variables,
                                        .member_count = members ? count : 0,
                                        .members = numbers};
    stk_status status = stk_climate_netcdf_open(file->path, resume, &layout, &file->netcdf, error);
    free(numbers);
    return status;
}

static stk_status open_outputs(climate_job *job, stk_error *error)
{
    bool resume = false;
    bool resume_members = false;
    stk_status status = STK_OK;
    if (job->options->resume) {
        status = read_manifest(job, &job->output, &resume, error);
        if (status == STK_OK) {
            status = read_manifest(job, &job->members, &resume_members, error);
        }
        if (status == STK_OK && job->members.path != NULL && resume != resume_members) {
            status = stk_error_set(error, STK_EARG, "only one of the two outputs can be resumed");
        }
    }
    if (status == STK_OK) {
        status = is_netcdf(job->output.path) ? open_netcdf(job, &job->output, false, resume, error)
                                             : open_csv(&job->output, resume, error);
    }
    if (status == STK_OK && job->output.netcdf == NULL && !resume) {
        stk_climate_iamc_header(&job->buffer, &job->options->ensemble);
        status = flush_buffer(job, &job->output, error);
    }
    if (status == STK_OK && job->members.path != NULL) {
        status = is_netcdf(job->members.path) ? open_netcdf(job, &job->members, true, resume, error)
                                              : open_csv(&job->members, resume, error);
    }
    if (status == STK_OK && job->members.stream != NULL && !resume) {
        stk_climate_member_header(&job->buffer);
        status = flush_buffer(job, &job->members, error);
    }
    job->done = job->first;
    return status;
}

static stk_status close_output(growing *file, stk_status status, stk_error *error)
{
    stk_error problem = {0};
    stk_status closed = stk_climate_netcdf_close(file->netcdf, &problem);
    if (file->netcdf != NULL && (closed != STK_OK || status != STK_OK)) {
        cli_skip_exit_handlers();
    }
    if (file->stream != NULL &&
        (file->path != NULL ? fclose(file->stream) : fflush(file->stream)) != 0) {
        closed =
            stk_error_at(&problem, STK_EIO, file->path != NULL ? file->path : "standard output", 0,
                         0, "%s", strerror(errno));
    }
    if (status == STK_OK && closed != STK_OK) {
        *error = problem;
        return closed;
    }
    return status;
}

/* --- one scenario after the other ---------------------------------------------------------------
 */

static stk_status fill(void *user, size_t i, stk_climate_rows *rows, stk_error *error)
{
    climate_job *job = user;
    return stk_climate_scenarios_fill(job->data->scenarios, job->first + i, rows, error);
}

static void skip_scenario(climate_job *job, const char *name, const stk_error *problem)
{
    char text[1024];
    stk_error_format(problem, text, sizeof text);
    fprintf(stderr, "%sstocktake: scenario '%s' is skipped: %s\n", job->progress.shown ? "\r" : "",
            name, text);
    json_array_append_new(job->skipped, json_pack("{s:s, s:s}", "scenario", name, "reason", text));
}

static void tell_failed_members(const climate_job *job, const char *name,
                                const stk_ensemble_result *result)
{
    enum { SHOWN = 20 };
    if (result->failed_count == 0) {
        return;
    }
    fprintf(stderr,
            "%sstocktake: scenario '%s': %zu of %zu members left the valid range of the "
            "model and are left out:",
            job->progress.shown ? "\r" : "", name, result->failed_count,
            result->failed_count + result->used_count);
    for (size_t i = 0; i < result->failed_count && i < SHOWN; i++) {
        fprintf(stderr, " %ld", result->failed[i]);
    }
    fprintf(stderr, "%s\n", result->failed_count > SHOWN ? " ..." : "");
}

static void member_series(const climate_job *job, const stk_ensemble_result *result,
                          const double *series[STK_MEMBER_COLUMNS])
{
    const stk_ensemble_options *e = &job->options->ensemble;
    for (int c = 0; c < STK_MEMBER_COLUMNS; c++) {
        for (size_t v = 0; v < e->variable_count; v++) {
            if (e->variables[v] == stk_member_variables[c]) {
                series[c] = result->series[v];
            }
        }
    }
}

static stk_status write_members(climate_job *job, const stk_ensemble_result *result,
                                const char *model, const char *name, stk_error *error)
{
    const double *series[STK_MEMBER_COLUMNS];
    stk_status status = STK_OK;
    member_series(job, result, series);
    if (job->members.netcdf != NULL) {
        return stk_climate_netcdf_write(job->members.netcdf, job->written, model, name, result,
                                        series, result->baseline_k, error);
    }
    for (size_t m = 0; status == STK_OK && m < member_count(job); m++) {
        if (!result->member_failed[m]) {
            stk_climate_member_rows(&job->buffer, result, series, name, member_number(job, m), m,
                                    result->first_year, result->baseline_k[m]);
            status = flush_buffer(job, &job->members, error);
        }
    }
    return status;
}

static stk_status write_scenario(climate_job *job, const stk_ensemble_result *result,
                                 const char *model, const char *name, stk_error *error)
{
    stk_status status;
    if (job->output.netcdf != NULL) {
        status = stk_climate_netcdf_write(job->output.netcdf, job->written, model, name, result,
                                          NULL, NULL, error);
    } else {
        stk_climate_iamc_rows(&job->buffer, &job->options->ensemble,
                              job->options->percentile_variables, result, model, name);
        status = flush_buffer(job, &job->output, error);
    }
    if (status == STK_OK && job->members.path != NULL) {
        status = write_members(job, result, model, name, error);
    }
    job->written++;
    return status;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    climate_job *job = user;
    stk_status status = STK_OK;
    size_t i = job->first + result->scenario;
    const char *model = stk_climate_scenarios_model(job->data->scenarios, i);
    const char *name = stk_climate_scenarios_name(job->data->scenarios, i);
    if (result->status != STK_OK) {
        skip_scenario(job, name, result->error);
    } else {
        tell_failed_members(job, name, result);
        status = write_scenario(job, result, model, name, error);
    }
    job->done++;
    if (status == STK_OK && progress_seconds_since(&job->last_manifest) > manifest_interval_s) {
        status = write_manifests(job, false, error);
    }
    progress_show(&job->progress, job->done);
    return status;
}

int climate_run(const cli_arguments *arguments, const climate_options *options, climate_data *data)
{
    stk_error error = {0};
    climate_job job = {.arguments = arguments,
                       .options = options,
                       .data = data,
                       .identity = identity_of(arguments, data),
                       .skipped = json_array(),
                       .output = {.path = options->output},
                       .members = {.path = options->member_output}};
    size_t total = stk_climate_scenarios_count(data->scenarios);
    stk_status status = open_outputs(&job, &error);
    if (status == STK_OK) {
        status = write_manifests(&job, false, &error);
    }
    if (status == STK_OK) {
        stk_ensemble_job ensemble = {total - job.first, fill, accept, &job, NULL};
        job.progress.what = "scenarios";
        job.progress.shown = isatty(STDERR_FILENO) != 0 && !cli_given(arguments, "quiet");
        progress_begin(&job.progress, job.first, total);
        status = stk_ensemble_run(data->calibration, &options->ensemble, &ensemble, &error);
        progress_end(&job.progress);
    }
    if (status == STK_OK) {
        status = write_manifests(&job, true, &error);
    }
    status = close_output(&job.output, status, &error);
    status = close_output(&job.members, status, &error);
    bool skipped = json_array_size(job.skipped) > 0;
    json_decref(job.identity);
    json_decref(job.skipped);
    stk_buffer_free(&job.buffer);
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    return skipped ? EXIT_DATA : EXIT_SUCCESS;
}
