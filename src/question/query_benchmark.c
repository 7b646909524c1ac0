/** @file query_benchmark.c
 * @brief The benchmark that a question is held against, and the years that it is about.
 */
#include "question/query.h"

#include <stdlib.h>
#include <string.h>

/* What --benchmark names: "NAME" of the edition, or "FILE.csv" with or without ":NAME". */
typedef struct benchmark_source {
    const char *name;
    char path[4096]; /* "": the edition's own table */
    stk_text content;
} benchmark_source;

size_t query_benchmark_file(const char *value, char *path, size_t size)
{
    static const char ending[] = ".csv";
    size_t length = 0;
    for (const char *at = value; at != NULL && (at = strstr(at, ending)) != NULL;) {
        at += sizeof ending - 1;
        if (*at == '\0' || *at == ':') { /* the last one: ".csv" may stand in a folder's name */
            length = (size_t)(at - value);
        }
    }
    if (length > 0) {
        stk_print(path, size, "%.*s", (int)length, value);
    }
    return length;
}

static stk_status open_benchmark(query *q, benchmark_source *source, stk_error *error)
{
    const char *value = query_value(q, "benchmark");
    *source = (benchmark_source){value == NULL ? "C1" : value, "", {NULL, 0}};
    size_t length = query_benchmark_file(value, source->path, sizeof source->path);
    if (value == NULL || length == 0) {
        return source->name[0] != '\0'
                   ? STK_OK
                   : stk_error_set(error, STK_EARG,
                                   "--benchmark: '' is refused; allowed: a scenario category such "
                                   "as C1, a FILE.csv, or FILE.csv:NAME");
    }
    if (length >= sizeof source->path) {
        return stk_error_set(error, STK_EARG, "the name of the benchmark's file is too long");
    }
    source->name = value[length] == ':' ? value + length + 1 : value + length;
    return query_read_file(q, "benchmark", source->path, &source->content, error);
}

static void close_benchmark(benchmark_source *source)
{
    free((char *)source->content.data);
}

static void note_benchmark(query *q, const stk_gwp_table *gwp, const stk_benchmark *benchmark)
{
    json_decref(q->notes.benchmark);
    q->notes.benchmark =
        json_pack("{s:o, s:o, s:s, s:s, s:s}", "name", document_text(benchmark->name), "source",
                  document_text(benchmark->source), "percentile", benchmark->percentile, "gwp",
                  stk_gwp_set_label(gwp, benchmark->gwp), "scope",
                  benchmark->with_lulucf ? "incl_lulucf" : "excl_lulucf");
    q->notes.failed = q->notes.failed || q->notes.benchmark == NULL;
}

stk_status query_benchmark(query *q, const stk_data *data, int year, stk_benchmark *benchmark,
                           stk_error *error)
{
    benchmark_source source;
    *benchmark = (stk_benchmark){.name = ""};
    stk_status status = open_benchmark(q, &source, error);
    if (status == STK_OK) {
        status = stk_benchmark_find(data->edition, stk_inventory_gwp(data->inventory), source.name,
                                    source.path, source.content, year, benchmark, error);
    }
    if (status == STK_ENOTFOUND && benchmark->source[0] != '\0' && error != NULL &&
        !query_given(q, "year")) { /* it is there, but not for the year */
        stk_error before = *error;
        status = stk_error_set(error, status, "%s; --year names another year",
                               STK_CUT(before.message, 400));
    }
    if (status == STK_OK) {
        note_benchmark(q, stk_inventory_gwp(data->inventory), benchmark);
    }
    close_benchmark(&source);
    return status;
}

stk_status query_benchmark_years(query *q, const stk_data *data, int first, int last,
                                 stk_benchmark *benchmarks, stk_error *error)
{
    benchmark_source source;
    stk_status status;
    STK_TRY(open_benchmark(q, &source, error));
    STK_TRY(stk_benchmark_find_years(data->edition, stk_inventory_gwp(data->inventory), source.name,
                                     source.path, source.content, first, last, benchmarks, error));
    note_benchmark(q, stk_inventory_gwp(data->inventory), benchmarks);
done:
    close_benchmark(&source);
    return status;
}

void query_tell_set(query *q, const stk_data *data, const stk_options *options,
                    const stk_benchmark *benchmark)
{
    const char *set = query_gwp_label(data, benchmark->gwp);
    if (options->gwp != benchmark->gwp && query_given(q, "gwp")) {
        query_remark(q, "the benchmark is in %s, so the world is computed in %s for the gap", set,
                     set);
    }
}

stk_status query_year(query *q, const stk_data *data, stk_date date, int *year, int *other,
                      stk_error *error)
{
    enum { BOUND = 100000 };
    int years[STK_MILESTONES];
    int last = stk_baseline_history_last(data->baseline);
    int count = stk_milestones(date, last, years);
    bool given = query_given(q, "year");
    *year = years[0];
    *other = !given && count > 1 ? years[1] : 0;
    stk_status status = query_integer(q, "year", years[0], -BOUND, BOUND, year, error);
    if (status == STK_OK && given && (*year <= last || *year > STK_PATH_LAST)) {
        return stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d", *year,
                             last + 1, STK_PATH_LAST);
    }
    return status;
}

stk_status query_year_and_benchmark(query *q, const stk_data *data, stk_date date, int *year,
                                    int *other, stk_benchmark *benchmark, stk_error *error)
{
    stk_status status = query_year(q, data, date, year, other, error);
    status = status != STK_OK ? status : query_benchmark(q, data, *year, benchmark, error);
    if (status == STK_ENOTFOUND && *other != 0 &&
        query_benchmark(q, data, *other, benchmark, NULL) == STK_OK) {
        *year = *other;
        *other = 0;
        return STK_OK;
    }
    return status;
}

stk_status query_years(query *q, const stk_data *data, stk_assess_request *request,
                       stk_error *error)
{
    stk_status status =
        query_year_and_benchmark(q, data, request->options.as_of.date, &request->year,
                                 &request->other_year, &request->benchmark, error);
    if (status == STK_OK && request->other_year != 0) { /* a benchmark need not have that too */
        status = query_benchmark(q, data, request->other_year, &request->other_benchmark, error);
        request->other_year = status == STK_OK ? request->other_year : 0;
        status = status == STK_ENOTFOUND ? STK_OK : status;
    }
    return status;
}
