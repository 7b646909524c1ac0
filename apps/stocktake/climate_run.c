/** @file climate_run.c
 * @brief A run of the climate command: its messages, and the manifest beside each output that says
 * how it was made.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_climate.h"
#include "dataset/climate_files.h"
#include "progress.h"

typedef struct climate_job {
    const cli_arguments *arguments;
    const climate_data *data;
    stk_climate_count count;
    json_t *skipped;
    progress progress;
} climate_job;

/* ---- messages ---- */

static void skip_scenario(void *user, const char *name, const stk_error *problem)
{
    climate_job *job = user;
    char text[1024];
    stk_error_format(problem, text, sizeof text);
    fprintf(stderr, "%sstocktake: scenario '%s' is skipped: %s\n", job->progress.shown ? "\r" : "",
            name, text);
    json_array_append_new(job->skipped, json_pack("{s:s, s:s}", "scenario", name, "reason", text));
}

static void tell_failed_members(void *user, const char *name, const stk_ensemble_result *result)
{
    enum { SHOWN = 20 };
    const climate_job *job = user;
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

static void show_progress(void *user, size_t done)
{
    climate_job *job = user;
    progress_show(&job->progress, done);
}

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

static stk_status write_manifest(const climate_job *job, const char *output, size_t bytes,
                                 stk_error *error)
{
    char path[4096];
    if (output == NULL) {
        return STK_OK;
    }
    json_t *manifest = identity_of(job->arguments, job->data);
    json_object_set_new(manifest, "done", json_integer((json_int_t)job->count.done));
    json_object_set_new(manifest, "written", json_integer((json_int_t)job->count.written));
    json_object_set_new(manifest, "bytes", json_integer((json_int_t)bytes));
    json_object_set(manifest, "skipped", job->skipped);
    json_object_set_new(manifest, "complete", json_true());
    char *text = json_dumps(manifest, JSON_INDENT(2));
    json_decref(manifest);
    if (text == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    snprintf(path, sizeof path, "%s.manifest.json", output);
    stk_status status = stk_file_write(path, stk_text_of(text), error);
    free(text);
    return status;
}

/* ---- the run ---- */

int climate_run(const cli_arguments *arguments, const climate_options *options, climate_data *data)
{
    stk_error error = {0};
    climate_job job = {
        .arguments = arguments,
        .data = data,
        .skipped = json_array(),
        .progress = {.what = "scenarios",
                     .shown = isatty(STDERR_FILENO) != 0 && !cli_given(arguments, "quiet")}};
    stk_climate_request request = {.calibration = data->calibration,
                                   .scenarios = data->scenarios,
                                   .ensemble = &options->ensemble,
                                   .percentile_variables = options->percentile_variables,
                                   .output = options->output,
                                   .member_output = options->member_output,
                                   .skip = skip_scenario,
                                   .lose = tell_failed_members,
                                   .progress = show_progress,
                                   .user = &job};
    progress_begin(&job.progress, 0, stk_climate_scenarios_count(data->scenarios));
    stk_status status = stk_climate_write_files(&request, &job.count, &error);
    progress_end(&job.progress);
    if (status != STK_OK) {
        cli_skip_exit_handlers(); /* a file of NetCDF may be unfinished */
    }
    status = status != STK_OK ? status
                              : write_manifest(&job, options->output, job.count.bytes[0], &error);
    status = status != STK_OK
                 ? status
                 : write_manifest(&job, options->member_output, job.count.bytes[1], &error);
    bool skipped = json_array_size(job.skipped) > 0;
    json_decref(job.skipped);
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    return skipped ? EXIT_DATA : EXIT_SUCCESS;
}
