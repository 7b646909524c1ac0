/** @file climate_run.c
 * @brief Running the ensemble and writing scenario by scenario.
 *
 * Outputs get their names when they are complete; then a manifest beside each says how it was made.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pending_file.h"
#include "base/try.h"
#include "cmd_climate.h"
#include "progress.h"

/* A file that grows by scenarios: CSV or NetCDF. */
typedef struct growing {
    const char *path; /* NULL is the standard output, or no such output */
    stk_pending_file csv;
    stk_climate_netcdf *netcdf;
    char temporary[4096]; /* of NetCDF */
    long long bytes;      /* of CSV */
} growing;

typedef struct climate_job {
    const cli_arguments *arguments;
    const climate_options *options;
    climate_data *data;
    size_t done;
    size_t written; /* less those that were skipped */
    json_t *skipped;
    growing output;
    growing members;
    stk_buffer buffer;
    progress progress;
} climate_job;

/* ---- manifest ---- */

/* What the results depend on. */
static json_t *identity_of(const cli_arguments *arguments, const climate_data *data)
{
    static const char *const irrelevant[] = {"output", "member-output", "threads",    "quiet",
                                             "help",   "edition",       "calibration"};
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

static stk_status write_manifest(const climate_job *job, const growing *file, stk_error *error)
{
    char path[4096];
    if (file->path == NULL) {
        return STK_OK;
    }
    json_t *manifest = identity_of(job->arguments, job->data);
    json_object_set_new(manifest, "done", json_integer((json_int_t)job->done));
    json_object_set_new(manifest, "written", json_integer((json_int_t)job->written));
    json_object_set_new(manifest, "bytes", json_integer((json_int_t)file->bytes));
    json_object_set(manifest, "skipped", job->skipped);
    json_object_set_new(manifest, "complete", json_true());
    char *text = json_dumps(manifest, JSON_INDENT(2));
    json_decref(manifest);
    if (text == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    snprintf(path, sizeof path, "%s.manifest.json", file->path);
    stk_status status = stk_file_write(path, stk_text_of(text), error);
    free(text);
    return status;
}

/* ---- outputs ---- */

static bool is_netcdf(const char *path)
{
    size_t size = path == NULL ? 0 : strlen(path);
    return size > 3 && strcmp(path + size - 3, ".nc") == 0;
}

static stk_status flush_buffer(climate_job *job, growing *file, stk_error *error)
{
    stk_status status = stk_buffer_status(&job->buffer, error);
    if (status == STK_OK && job->buffer.size > 0 &&
        !stk_pending_append(&file->csv, job->buffer.data, job->buffer.size)) {
        status = stk_error_at(error, STK_EIO, file->csv.path, 0, 0, "%s", strerror(errno));
    }
    file->bytes += (long long)job->buffer.size;
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

static stk_status open_netcdf(climate_job *job, growing *file, bool members, stk_error *error)
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
    snprintf(file->temporary, sizeof file->temporary, "%s.part", file->path);
    stk_status status = stk_climate_netcdf_open(file->temporary, &layout, &file->netcdf, error);
    free(numbers);
    return status;
}

static stk_status open_outputs(climate_job *job, stk_error *error)
{
    stk_status status;
    if (is_netcdf(job->output.path)) {
        STK_TRY(open_netcdf(job, &job->output, false, error));
    } else {
        STK_TRY(stk_pending_create(&job->output.csv, NULL, job->output.path, error));
        stk_climate_iamc_header(&job->buffer, &job->options->ensemble);
        STK_TRY(flush_buffer(job, &job->output, error));
    }
    if (is_netcdf(job->members.path)) {
        STK_TRY(open_netcdf(job, &job->members, true, error));
    } else if (job->members.path != NULL) {
        STK_TRY(stk_pending_create(&job->members.csv, NULL, job->members.path, error));
        stk_climate_member_header(&job->buffer);
        STK_TRY(flush_buffer(job, &job->members, error));
    }
done:
    return status;
}

static stk_status close_netcdf(growing *file, stk_status status, stk_error *error)
{
    stk_error problem = {0};
    stk_status closed = stk_climate_netcdf_close(file->netcdf, &problem);
    if (closed == STK_OK && status == STK_OK && rename(file->temporary, file->path) != 0) {
        closed = stk_error_at(&problem, STK_EIO, file->path, 0, 0, "cannot be written: %s",
                              strerror(errno));
    }
    if (closed != STK_OK || status != STK_OK) {
        unlink(file->temporary);
        cli_skip_exit_handlers();
    }
    if (status == STK_OK && closed != STK_OK) {
        *error = problem;
        return closed;
    }
    return status;
}

static stk_status close_output(growing *file, stk_status status, stk_error *error)
{
    return file->netcdf != NULL ? close_netcdf(file, status, error)
                                : stk_pending_finish(&file->csv, status, error);
}

/* ---- one scenario after the other ---- */

static stk_status fill(void *user, size_t i, stk_climate_rows *rows, stk_error *error)
{
    const climate_job *job = user;
    return stk_climate_scenarios_fill(job->data->scenarios, i, rows, error);
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
    const char *model = stk_climate_scenarios_model(job->data->scenarios, result->scenario);
    const char *name = stk_climate_scenarios_name(job->data->scenarios, result->scenario);
    if (result->status != STK_OK) {
        skip_scenario(job, name, result->error);
    } else {
        tell_failed_members(job, name, result);
        status = write_scenario(job, result, model, name, error);
    }
    job->done++;
    progress_show(&job->progress, job->done);
    return status;
}

static stk_status run(climate_job *job, stk_error *error)
{
    const climate_data *data = job->data;
    size_t total = stk_climate_scenarios_count(data->scenarios);
    stk_ensemble_job ensemble = {total, fill, accept, job};
    stk_status status = open_outputs(job, error);
    if (status == STK_OK) {
        progress_begin(&job->progress, 0, total);
        status = stk_ensemble_run(data->calibration, &job->options->ensemble, &ensemble, error);
        progress_end(&job->progress);
    }
    status = close_output(&job->output, status, error);
    status = close_output(&job->members, status, error);
    status = status != STK_OK ? status : write_manifest(job, &job->output, error);
    return status != STK_OK ? status : write_manifest(job, &job->members, error);
}

int climate_run(const cli_arguments *arguments, const climate_options *options, climate_data *data)
{
    stk_error error = {0};
    climate_job job = {
        .arguments = arguments,
        .options = options,
        .data = data,
        .skipped = json_array(),
        .output = {.path = options->output},
        .members = {.path = options->member_output},
        .progress = {.what = "scenarios",
                     .shown = isatty(STDERR_FILENO) != 0 && !cli_given(arguments, "quiet")}};
    stk_status status = run(&job, &error);
    bool skipped = json_array_size(job.skipped) > 0;
    json_decref(job.skipped);
    stk_buffer_free(&job.buffer);
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    return skipped ? EXIT_DATA : EXIT_SUCCESS;
}
