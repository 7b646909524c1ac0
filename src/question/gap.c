/** @file gap.c
 * @brief `stocktake gap`: the world's level against a benchmark.
 */
#include "question/query.h"

#include <math.h>

#include "dataset/series.h"
#include "report/report.h"

static const question_option options[] = {
    {"year", "YEAR", "The year to compare; data sets have all years.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column columns[] = {
    {"as_of", NULL, STK_DATE},          {"year", "Year", STK_INTEGER},
    {"condition", "Pledges", STK_TEXT}, {"ambition", "Ambition", STK_TEXT},
    {"hot_air", "Hot air", STK_TEXT},   {"world_gt", "World (Gt)", 1},
    {"scope", NULL, STK_TEXT},          {"gwp", NULL, STK_TEXT},
    {"benchmark", NULL, STK_TEXT},      {"benchmark_gt", "Benchmark", 1},
    {"benchmark_low_gt", "low", 1},     {"benchmark_high_gt", "high", 1},
    {"gap_gt", "Gap (Gt)", 1}};

static stk_status answer(query *q, const stk_data *data, const stk_options *model,
                         const stk_benchmark *benchmark, int year, const stk_gap *cases,
                         stk_error *error)
{
    const char *reason =
        stk_report_year_reason(year, model->as_of.date, stk_baseline_history_last(data->baseline));
    const char *gwp = query_gwp_label(data, benchmark->gwp);
    const char *as_of = STK_DATE_TEXT(model->as_of.date);
    query_say(q, "The gap in %d as of %s to %s, %s:\n", year, as_of, STK_BENCHMARK_TITLE(benchmark),
              benchmark->source);
    query_say(q, "Gt CO2e, GWP %s, %s LULUCF%s%s%s\n\n", gwp,
              benchmark->with_lulucf ? "with" : "without", reason != NULL ? ". The year: " : "",
              reason != NULL ? reason : "", reason != NULL ? "." : "");
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    bool only_one = query_given(q, "hot-air");
    for (int i = 0; i < STK_GAP_CASES; i++) {
        if (only_one && cases[i].hot_air_capped != model->cap_hot_air) {
            continue;
        }
        stk_table_text(table, as_of);
        stk_table_number(table, year);
        stk_table_texts(table, stk_condition_name(cases[i].condition),
                        stk_ambition_name(cases[i].ambition),
                        cases[i].hot_air_capped ? "cap" : "keep");
        stk_table_number(table, cases[i].world_gt);
        stk_table_texts(table, benchmark->with_lulucf ? "incl_lulucf" : "excl_lulucf", gwp,
                        benchmark->name);
        stk_table_numbers(table, benchmark->median_gt, benchmark->low_gt, benchmark->high_gt,
                          cases[i].gap_gt);
    }
    return query_write_rows(q, NULL, table, json_pack("{s:i, s:s}", "year", year, "gwp", gwp), NULL,
                            NULL, error);
}

/* Every year as a data set. */
static stk_status answer_series(query *q, const stk_data *data, const stk_options *model,
                                stk_error *error)
{
    stk_benchmark *years = query_alloc(q, STK_PATH_YEARS * sizeof *years);
    dataset *d = query_alloc(q, sizeof *d);
    bool only_one = query_given(q, "hot-air");
    const bool rules[2] = {!only_one || !model->cap_hot_air, !only_one || model->cap_hot_air};
    stk_status status;
    STK_TRY(stk_allocated(years, error));
    STK_TRY(stk_allocated(d, error));
    STK_TRY(query_benchmark_years(q, data, STK_PATH_FIRST, STK_PATH_LAST, years, error));
    STK_TRY(series_gap(data, model, years, rules, d, error));
    d->attributes = json_pack("{s:s}", "gwp", query_gwp_label(data, years->gwp));
    d->failed = d->failed || d->attributes == NULL;
    STK_TRY(query_write_series(q, d, error));
done:
    dataset_free(d);
    return status;
}

static stk_status answer_year(query *q, const stk_data *data, const stk_options *model,
                              stk_error *error)
{
    stk_benchmark benchmark;
    stk_gap cases[STK_GAP_CASES];
    int year;
    int other;
    stk_status status =
        query_year_and_benchmark(q, data, model->as_of.date, &year, &other, &benchmark, error);
    if (status == STK_OK) {
        status = stk_gap_cases(data, model, &benchmark, year, cases, error);
    }
    return status == STK_OK ? answer(q, data, model, &benchmark, year, cases, error) : status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    stk_options model;
    stk_status status = query_data(q, &data, error);
    status = status != STK_OK ? status : query_options(q, data, &model, error);
    return status != STK_OK     ? status
           : query_is_series(q) ? answer_series(q, data, &model, error)
                                : answer_year(q, data, &model, error);
}

const question question_gap = {
    .name = "gap",
    .operands = "",
    .summary = QUESTION_HELP("world level, benchmark and gap by condition and ambition"),
    .description = QUESTION_HELP(
        "The world's pledged level less a benchmark pathway. The world is computed in the "
        "benchmark's own GWP set and scope of LULUCF, named in the columns gwp and scope; both "
        "rules for hot air are listed unless --hot-air names one.\n\n"
        "A benchmark of your own is a CSV with the columns source, category, variable (Kyoto GHG), "
        "unit (GtCO2e/yr), gwp, statistic (p5, p50, p95), year, value, and scope (included or "
        "excluded, for LULUCF).\n\n"
        "iamc and netcdf are data sets of every year from 1990 to 2100: the world's level, the "
        "benchmark with its range, and the gap."),
    .examples =
        QUESTION_HELP("  stocktake gap --year 2035 --benchmark C3\n"
                      "  stocktake gap --as-of 2021-04-20 --benchmark mine.csv --format csv\n"
                      "  stocktake gap --hot-air keep --format iamc --output gap.csv\n"),
    .option_groups = OPTION_GROUPS(options, options_benchmark, OPTIONS_MODEL_OF_SET, options_series,
                                   options_file),
    .answer = answer_query};
