/** @file cmd_scenario_postprocess.c
 * @brief `stocktake scenario postprocess`: from the members' temperatures to percentiles.
 *
 * Reads the columns scenario, member, year, temperature_1_k, one row a time bound, or a NetCDF file
 * of the same; the mean of a year is that of its two bounds. The rows of a scenario stand together.
 */
#include "cmd_scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_pieces.h"
#include "dataset/members_netcdf.h"
#include "workflow/result_rows.h"

enum { YEAR_FIRST = 1500, YEAR_LAST = 3000, MEMBERS_MAX = 1000000 };

typedef struct members {
    stk_csv_pieces source;
    const stk_csv *csv; /* of the source */
    int model, scenario, member, year, temperature;
    bool more; /* the current row is there and not yet taken */
    bool has_model;
    stk_members_netcdf *netcdf; /* in place of the source, or NULL */
    size_t at;                  /* scenario of it */
    char name[2][512];          /* model and scenario of the rows at hand */
    double *values;             /* [member][bound] */
    size_t capacity;            /* in numbers */
    size_t count;
    double number;       /* of the member at hand */
    double first_number; /* of the scenario: when it comes again, another scenario starts */
    int first;           /* bounds of the first member, which the others must have too */
    int bounds;
    int filled; /* bounds of the member at hand */
} members;

/* Names tell scenarios apart, so that none is cut. */
static stk_status check_name(const members *in, int column, stk_error *error)
{
    enum { NAME_MAX_BYTES = sizeof in->name[0] - 1 };
    return stk_csv_field(in->csv, column).size <= NAME_MAX_BYTES
               ? STK_OK
               : stk_csv_refuse(in->csv, column, error, "a name of at most %d bytes",
                                NAME_MAX_BYTES);
}

static stk_status next_row(members *in, stk_error *error)
{
    stk_status status;
    STK_TRY(stk_csv_pieces_next(&in->source, &in->more, error));
    if (in->more) {
        STK_TRY(check_name(in, in->model, error));
        STK_TRY(check_name(in, in->scenario, error));
    }
done:
    return status;
}

static stk_status find_columns(members *in, stk_error *error)
{
    stk_status status = STK_OK;
    const struct {
        const char *name;
        int *column;
    } wanted[] = {{"scenario", &in->scenario},
                  {"member", &in->member},
                  {"year", &in->year},
                  {"temperature_1_k", &in->temperature}};
    in->model = stk_csv_find(in->csv, "model");
    in->model = in->model < 0 ? stk_csv_find(in->csv, "Model") : in->model;
    in->has_model = in->model >= 0;
    for (size_t i = 0; i < 4 && status == STK_OK; i++) {
        status = stk_csv_require(in->csv, wanted[i].name, wanted[i].column, error);
    }
    return status;
}

static stk_status open_members(members *in, const stk_csv_input *input, stk_arena *arena,
                               stk_error *error)
{
    stk_status status = stk_csv_pieces_open(&in->source, input, arena, error);
    in->csv = &in->source.csv;
    status = status != STK_OK ? status : find_columns(in, error);
    status = status != STK_OK ? status : next_row(in, error);
    return status == STK_OK && !in->more
               ? stk_error_at(error, STK_EDATA, input->name, in->csv->line, 0, "no member is there")
               : status;
}

static void copy(char out[512], stk_text text)
{
    text = stk_text_cut(text, 511);
    memcpy(out, text.data, text.size);
    out[text.size] = '\0';
}

/* Files without a model have scenarios of the same name beside each other: the first member tells
 * them apart. */
static bool same_scenario(const members *in)
{
    double number;
    bool again = in->count > 1 && stk_text_number(stk_csv_field(in->csv, in->member), &number) &&
                 number == in->first_number;
    if (again) {
        return false;
    }
    char scenario[512];
    char model[512];
    copy(model, stk_csv_field(in->csv, in->model));
    copy(scenario, stk_csv_field(in->csv, in->scenario));
    return strcmp(model, in->name[0]) == 0 && strcmp(scenario, in->name[1]) == 0;
}

static stk_status refuse_gap(const members *in, stk_error *error)
{
    return stk_csv_refuse(in->csv, in->year, error,
                          "the next year of the member, and the same years for every member");
}

/* Start a member; the one before must have all bounds. */
static stk_status start_member(members *in, double number, int year, stk_error *error)
{
    if (in->count == 1) {
        in->bounds = in->filled;
    }
    if ((in->count > 0 && in->filled != in->bounds) || (in->count > 0 && year != in->first) ||
        in->count == MEMBERS_MAX) {
        return refuse_gap(in, error);
    }
    if (!STK_GROW(in->values, (in->count + 1) * (YEAR_LAST - YEAR_FIRST), in->capacity)) {
        return stk_error_memory(error);
    }
    in->first = year;
    in->first_number = in->count == 0 ? number : in->first_number;
    in->number = number;
    in->filled = 0;
    in->count++;
    return STK_OK;
}

static stk_status take_row(members *in, stk_error *error)
{
    double number;
    int year;
    double value;
    stk_status status;
    STK_TRY(stk_csv_number(in->csv, in->member, &number, error));
    STK_TRY(stk_csv_integer(in->csv, in->year, 0, &year, error));
    STK_TRY(stk_csv_number(in->csv, in->temperature, &value, error));
    if (isnan(number) || isnan(value)) {
        return stk_csv_refuse(in->csv, isnan(number) ? in->member : in->temperature, error,
                              "a number");
    }
    if (year < YEAR_FIRST || year >= YEAR_LAST) {
        return stk_csv_refuse(in->csv, in->year, error, "a year from %d to %d", YEAR_FIRST,
                              YEAR_LAST - 1);
    }
    if (in->count == 0 || number != in->number) {
        STK_TRY(start_member(in, number, year, error));
    }
    bool many = in->count > 1 && in->filled == in->bounds;
    if (year != in->first + in->filled || many || in->filled == YEAR_LAST - YEAR_FIRST) {
        return refuse_gap(in, error);
    }
    in->values[(in->count - 1) * (YEAR_LAST - YEAR_FIRST) + (size_t)in->filled++] = value;
done:
    return status;
}

/* Read the rows of one scenario. */
static stk_status read_rows(members *in, stk_member_block *block, stk_error *error)
{
    stk_status status = STK_OK;
    in->count = 0;
    in->bounds = 0;
    copy(in->name[0], stk_csv_field(in->csv, in->model));
    copy(in->name[1], stk_csv_field(in->csv, in->scenario));
    while (status == STK_OK && in->more && same_scenario(in)) {
        status = take_row(in, error);
        status = status != STK_OK ? status : next_row(in, error);
    }
    if (status == STK_OK && in->count == 1) {
        in->bounds = in->filled;
    }
    if (status == STK_OK && (in->filled != in->bounds || in->bounds < 2)) {
        status = stk_error_at(error, STK_EDATA, in->csv->source.name, in->csv->line, 0,
                              "scenario '%s': a member has fewer years than the first",
                              STK_CUT(in->name[1], 100));
    }
    for (size_t m = 0; m < in->count && status == STK_OK; m++) { /* packed */
        memmove(in->values + m * (size_t)in->bounds, in->values + m * (YEAR_LAST - YEAR_FIRST),
                (size_t)in->bounds * sizeof *in->values);
    }
    *block = (stk_member_block){in->name[0],        in->name[1], in->first,
                                (size_t)in->bounds, in->count,   in->values};
    return status;
}

static stk_status read_scenario(members *in, stk_member_block *block, stk_error *error)
{
    if (in->netcdf == NULL) {
        return read_rows(in, block, error);
    }
    stk_status status = stk_members_netcdf_read(in->netcdf, in->at++, block, error);
    in->more = in->at < stk_members_netcdf_count(in->netcdf);
    return status;
}

/* Bounds to annual means, in their place. */
static stk_member_temperatures annual_means(const stk_member_block *block)
{
    size_t years = block->bounds - 1;
    for (size_t m = 0; m < block->count; m++) {
        const double *bounds = block->values + m * block->bounds;
        for (size_t i = 0; i < years; i++) {
            block->values[m * years + i] = (bounds[i] + bounds[i + 1]) / 2;
        }
    }
    return (stk_member_temperatures){block->first_year, (int)years, block->count, block->values};
}

/* A row, or without a block the header. */
static stk_status write_meta(stk_pending_file *meta, const members *in,
                             const stk_member_block *block, const stk_category_warming *inputs,
                             stk_error *error)
{
    stk_buffer text = {0};
    if (block == NULL) {
        stk_result_category_header(&text, in->has_model);
    } else {
        stk_result_category_row(&text, in->has_model ? block->model : NULL, block->scenario,
                                inputs);
    }
    stk_status status = stk_buffer_status(&text, error);
    if (status == STK_OK) {
        status = stk_pending_write(meta, (stk_text){text.data, text.size}, error);
    }
    stk_buffer_free(&text);
    return status;
}

static stk_status process(const scenario_run *run, members *in, stk_pending_file *out,
                          stk_pending_file *meta, stk_error *error)
{
    const stk_postprocess_options *options = stk_method_postprocess(run->in.method);
    stk_warming *warming = stk_warming_new(options);
    stk_status status;
    STK_TRY(stk_allocated(warming, error));
    for (bool started = false; in->more; started = true) {
        stk_category_warming inputs;
        stk_member_block block;
        stk_error cause = {0};
        stk_iamc_output output = {.name = out->path,
                                  .write = stk_pending_append,
                                  .user = out,
                                  .no_header = started,
                                  .threads = run->threads};
        STK_TRY(read_scenario(in, &block, error));
        stk_member_temperatures means = annual_means(&block);
        if (stk_scenario_postprocess(options, &means, warming, &cause) != STK_OK) {
            STK_FAIL(stk_error_at(error, STK_EDATA, run->input, 0, 0, "scenario '%s': %s",
                                  STK_CUT(block.scenario, 100), cause.message));
        }
        STK_TRY(
            stk_result_warming_rows(options, block.model, block.scenario, warming, &output, error));
        if (meta->file != NULL) {
            STK_TRY(stk_warming_category_inputs(options, warming, &inputs, error));
            STK_TRY(write_meta(meta, in, &block, &inputs, error));
        }
    }
done:
    stk_warming_free(warming);
    return status;
}

static stk_status postprocess(const scenario_run *run, members *in, stk_error *error)
{
    const char *path = query_value(run->q, "meta");
    stk_pending_file out = {.file = NULL};
    stk_pending_file meta = {.file = NULL};
    stk_pending_file *const files[] = {&out, &meta};
    stk_status status;
    STK_TRY(stk_pending_create(&out, NULL, query_value(run->q, "output"), error));
    if (path != NULL) {
        STK_TRY(stk_pending_create(&meta, NULL, path, error));
        STK_TRY(write_meta(&meta, in, NULL, NULL, error));
    }
    STK_TRY(process(run, in, &out, &meta, error));
done:
    return stk_pending_finish_all(files, 2, status, error);
}

static stk_status open_netcdf(members *in, const char *path, stk_error *error)
{
    stk_status status = stk_members_netcdf_open(path, STK_CLIMATE_TEMPERATURE, &in->netcdf, error);
    if (status == STK_OK && in->netcdf != NULL) {
        in->has_model = true;
        in->more = stk_members_netcdf_count(in->netcdf) > 0;
    }
    return status == STK_OK && !in->more
               ? stk_error_at(error, STK_EDATA, path, 0, 0, "no member is there")
               : status;
}

stk_status scenario_postprocess(scenario_run *run, stk_error *error)
{
    members in = {.csv = NULL};
    stk_stream *stream = NULL;
    stk_status status;
    if (stk_is_netcdf(run->input)) {
        STK_TRY(open_netcdf(&in, run->input, error));
    } else {
        STK_TRY(stk_stream_open(run->input, &stream, error));
        STK_TRY(open_members(&in, &(stk_csv_input){run->input, stk_stream_read, stream},
                             &run->q->arena, error));
    }
    STK_TRY(postprocess(run, &in, error));
done:
    stk_members_netcdf_close(in.netcdf);
    stk_csv_pieces_close(&in.source);
    stk_stream_close(stream);
    free(in.values);
    return status;
}
