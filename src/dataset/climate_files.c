/** @file climate_files.c
 * @brief The ensemble on scenarios, written scenario by scenario.
 */
#include "dataset/climate_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pending_file.h"
#include "base/try.h"
#include "dataset/climate_output.h"

/* A file that grows by scenarios: CSV or NetCDF. */
typedef struct growing {
    const char *path; /* NULL is the standard output, or no such output */
    stk_pending_file file;
    stk_pending_file manifest;
    stk_climate_netcdf *netcdf; /* NULL: CSV */
    size_t bytes;               /* of CSV */
} growing;

typedef struct climate_job {
    const stk_climate_request *request;
    stk_climate_count *count;
    growing output;
    growing members;
    stk_buffer buffer;
} climate_job;

/* ---- outputs ---- */

static bool is_netcdf(const char *path)
{
    size_t size = path == NULL ? 0 : strlen(path);
    return size > 3 && strcmp(path + size - 3, ".nc") == 0;
}

static stk_status flush_buffer(climate_job *job, growing *file, stk_error *error)
{
    stk_status status = stk_buffer_status(&job->buffer, error);
    status =
        status != STK_OK
            ? status
            : stk_pending_write(&file->file, (stk_text){job->buffer.data, job->buffer.size}, error);
    file->bytes += job->buffer.size;
    job->buffer.size = 0;
    return status;
}

static size_t member_count(const climate_job *job)
{
    const stk_ensemble_options *e = job->request->ensemble;
    return e->members != NULL ? e->member_count
                              : stk_calibration_member_count(job->request->calibration);
}

static long member_number(const climate_job *job, size_t m)
{
    const stk_ensemble_options *e = job->request->ensemble;
    return stk_calibration_member_number(job->request->calibration,
                                         e->members != NULL ? e->members[m] : m);
}

static stk_member_list member_columns(const climate_job *job)
{
    return (stk_member_list){job->request->member_variables, job->request->member_variable_count};
}

static stk_status open_netcdf(climate_job *job, growing *file, bool members, stk_error *error)
{
    size_t count = member_count(job);
    stk_status status = stk_pending_reserve(&file->file, NULL, file->path, error);
    if (status != STK_OK) {
        return status;
    }
    long *numbers = calloc(count, sizeof *numbers);
    if (numbers == NULL) {
        return stk_error_memory(error);
    }
    for (size_t m = 0; m < count; m++) {
        numbers[m] = member_number(job, m);
    }
    stk_climate_netcdf_layout layout = {.shown = file->path,
                                        .options = job->request->ensemble,
                                        .variable_count =
                                            members ? 0 : job->request->percentile_variables,
                                        .member_count = members ? count : 0,
                                        .members = numbers,
                                        .columns = member_columns(job)};
    status = stk_climate_netcdf_open(file->file.temporary, &layout, &file->netcdf, error);
    free(numbers);
    return status;
}

static stk_status open_outputs(climate_job *job, stk_error *error)
{
    stk_status status;
    if (is_netcdf(job->output.path)) {
        STK_TRY(open_netcdf(job, &job->output, false, error));
    } else {
        STK_TRY(stk_pending_create(&job->output.file, NULL, job->output.path, error));
        stk_climate_iamc_header(&job->buffer, job->request->ensemble);
        STK_TRY(flush_buffer(job, &job->output, error));
    }
    if (is_netcdf(job->members.path)) {
        STK_TRY(open_netcdf(job, &job->members, true, error));
    } else if (job->members.path != NULL) {
        STK_TRY(stk_pending_create(&job->members.file, NULL, job->members.path, error));
        stk_member_list columns = member_columns(job);
        stk_climate_member_header(&job->buffer, &columns);
        STK_TRY(flush_buffer(job, &job->members, error));
    }
done:
    return status;
}

static stk_status close_netcdf(growing *file, stk_status status, stk_error *error)
{
    stk_error problem = {0};
    stk_status closed = stk_climate_netcdf_close(file->netcdf, &problem);
    if (status == STK_OK && closed != STK_OK) {
        *error = problem;
        return closed;
    }
    return status;
}

/* What is written to a pipe or the standard output has nothing beside it. */
static stk_status write_manifest(climate_job *job, growing *file, stk_error *error)
{
    char path[STK_PENDING_PATH_SIZE];
    stk_buffer text = {0};
    stk_status status = STK_OK;
    if (file->path == NULL || file->file.as_it_is) {
        return STK_OK;
    }
    if (stk_print(path, sizeof path, "%s.manifest.json", file->path) >= (int)sizeof path) {
        return stk_error_at(error, STK_EIO, file->path, 0, 0, "the name is too long");
    }
    file->manifest.describes = true;
    STK_TRY(job->request->describe(job->request->user, job->count, file->bytes, &text, error));
    STK_TRY(stk_pending_create(&file->manifest, NULL, path, error));
    STK_TRY(stk_pending_write(&file->manifest, (stk_text){text.data, text.size}, error));
done:
    stk_buffer_free(&text);
    return status;
}

static stk_status close_outputs(climate_job *job, stk_status status, stk_error *error)
{
    growing *const both[] = {&job->output, &job->members};
    stk_pending_file *files[4];
    for (size_t i = 0; i < 2; i++) {
        status = close_netcdf(both[i], status, error);
        status = status != STK_OK ? status : write_manifest(job, both[i], error);
        files[2 * i] = &both[i]->file;
        files[2 * i + 1] = &both[i]->manifest;
    }
    return stk_pending_finish_all(files, 4, status, error);
}

/* ---- one scenario after the other ---- */

static stk_status fill(void *user, size_t i, stk_climate_rows *rows, stk_error *error)
{
    const climate_job *job = user;
    return stk_climate_source_fill(job->request->scenarios, i, rows, error);
}

static void member_series(const climate_job *job, const stk_ensemble_result *result,
                          const double *series[STK_CLIMATE_VARIABLE_COUNT])
{
    const stk_ensemble_options *e = job->request->ensemble;
    stk_member_list columns = member_columns(job);
    for (size_t c = 0; c < columns.count; c++) {
        for (size_t v = 0; v < e->variable_count; v++) {
            if (e->variables[v] == columns.variables[c]) {
                series[c] = result->series[v];
            }
        }
    }
}

static stk_status write_members(climate_job *job, const stk_ensemble_result *result,
                                const char *model, const char *name, stk_error *error)
{
    const double *series[STK_CLIMATE_VARIABLE_COUNT];
    stk_member_list columns = member_columns(job);
    stk_status status = STK_OK;
    member_series(job, result, series);
    if (job->members.netcdf != NULL) {
        return stk_climate_netcdf_write(job->members.netcdf, job->count->written, model, name,
                                        result, series, result->baseline_k, error);
    }
    for (size_t m = 0; status == STK_OK && m < member_count(job); m++) {
        if (!result->member_failed[m]) {
            stk_climate_member_rows(&job->buffer, result, &columns, series, name,
                                    member_number(job, m), m, result->first_year,
                                    result->baseline_k[m]);
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
        status = stk_climate_netcdf_write(job->output.netcdf, job->count->written, model, name,
                                          result, NULL, NULL, error);
    } else {
        stk_climate_iamc_rows(&job->buffer, job->request->ensemble,
                              job->request->percentile_variables, result, model, name);
        status = flush_buffer(job, &job->output, error);
    }
    if (status == STK_OK && job->members.path != NULL) {
        status = write_members(job, result, model, name, error);
    }
    job->count->written++;
    return status;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    climate_job *job = user;
    const stk_climate_request *request = job->request;
    stk_status status = STK_OK;
    const stk_iamc_row *names = stk_climate_source_names(request->scenarios, result->scenario);
    const stk_error *fault = stk_climate_source_fault(request->scenarios);
    const char *model = names->model;
    const char *name = names->scenario;
    if (fault != NULL) {
        *error = *fault;
        return fault->status;
    }
    if (result->status != STK_OK) {
        request->skip(request->user, model, name, result->error);
    } else {
        if (result->failed_count > 0) {
            request->lose(request->user, model, name, result);
        }
        status = write_scenario(job, result, model, name, error);
    }
    job->count->done++;
    request->progress(request->user, job->count->done);
    return status;
}

stk_status stk_climate_write_files(const stk_climate_request *request, stk_climate_count *count,
                                   stk_error *error)
{
    climate_job job = {.request = request,
                       .count = count,
                       .output = {.path = request->output},
                       .members = {.path = request->member_output}};
    stk_ensemble_job ensemble = {stk_climate_source_count(request->scenarios), fill, accept, &job};
    *count = (stk_climate_count){0};
    stk_status status = open_outputs(&job, error);
    if (status == STK_OK) {
        status = stk_ensemble_run(request->calibration, request->ensemble, &ensemble, error);
    }
    status = close_outputs(&job, status, error);
    stk_buffer_free(&job.buffer);
    return status;
}
