/** @file cmd_gap.c
 * @brief `stocktake gap`: the world's level against a benchmark.
 */
#include "commands.h"

#include <math.h>

#include "dataset/series.h"
#include "report/report.h"

static const cli_option options[] = {{"year", "YEAR",
                                      "The year to compare; data sets have all years. [the first "
                                      "five-year mark more than five years "
                                      "after --as-of]",
                                      NULL},
                                     {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {
    options, cli_benchmark_options, CLI_MODEL_OPTIONS_OF_SET, cli_series_options, cli_file_options,
    NULL};

static const stk_column columns[] = {{"as_of", NULL, STK_COLUMN_TEXT},
                                     {"year", "Year", STK_COLUMN_INTEGER},
                                     {"condition", "Pledges", STK_COLUMN_TEXT},
                                     {"ambition", "Ambition", STK_COLUMN_TEXT},
                                     {"hot_air", "Hot air", STK_COLUMN_TEXT},
                                     {"world_gt", "World (Gt)", 1},
                                     {"scope", NULL, STK_COLUMN_TEXT},
                                     {"gwp", NULL, STK_COLUMN_TEXT},
                                     {"benchmark", NULL, STK_COLUMN_TEXT},
                                     {"benchmark_gt", "Benchmark", 1},
                                     {"benchmark_low_gt", "low", 1},
                                     {"benchmark_high_gt", "high", 1},
                                     {"gap_gt", "Gap (Gt)", 1}};

static int answer(const cli_arguments *arguments, const stk_data *data, const stk_options *model,
                  const stk_benchmark *benchmark, int year, const stk_gap *cases)
{
    char preface[600];
    char as_of[STK_DATE_SIZE];
    char title[STK_BENCHMARK_TITLE_SIZE];
    const char *reason =
        stk_report_year_reason(year, model->as_of.date, stk_baseline_history_last(data->baseline));
    const char *gwp = stk_gwp_set_label(stk_inventory_gwp(data->inventory), benchmark->gwp);
    stk_date_format(model->as_of.date, as_of);
    stk_benchmark_title(benchmark, title);
    snprintf(preface, sizeof preface,
             "The gap in %d as of %s to %s, %s:\nGt CO2e, GWP %s, %s LULUCF%s%s%s\n\n", year, as_of,
             title, benchmark->source, gwp, benchmark->with_lulucf ? "with" : "without",
             reason != NULL ? ". The year: " : "", reason != NULL ? reason : "",
             reason != NULL ? "." : "");
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    bool only_one = cli_given(arguments, "hot-air");
    for (int i = 0; i < STK_GAP_CASES; i++) {
        if (only_one && cases[i].hot_air_capped != model->cap_hot_air) {
            continue;
        }
        stk_table_text(table, as_of);
        stk_table_number(table, year);
        stk_table_text(table, stk_condition_name(cases[i].condition));
        stk_table_text(table, stk_ambition_name(cases[i].ambition));
        stk_table_text(table, cases[i].hot_air_capped ? "cap" : "keep");
        stk_table_number(table, cases[i].world_gt);
        stk_table_text(table, benchmark->with_lulucf ? "incl_lulucf" : "excl_lulucf");
        stk_table_text(table, gwp);
        stk_table_text(table, benchmark->name);
        stk_table_number(table, benchmark->median_gt);
        stk_table_number(table, benchmark->low_gt);
        stk_table_number(table, benchmark->high_gt);
        stk_table_number(table, cases[i].gap_gt);
    }
    return cli_write_rows(arguments, table, json_pack("{s:i, s:s}", "year", year, "gwp", gwp),
                          preface, NULL);
}

/* Every year as a data set. */
static int answer_series(const cli_arguments *arguments, const stk_data *data,
                         const stk_options *model)
{
    static stk_benchmark years[STK_PATH_YEARS];
    static dataset c;
    stk_error error;
    bool only_one = cli_given(arguments, "hot-air");
    const bool rules[2] = {!only_one || !model->cap_hot_air, !only_one || model->cap_hot_air};
    stk_status status =
        cli_benchmark_years(arguments, data, STK_PATH_FIRST, STK_PATH_LAST, years, &error);
    if (status == STK_OK) {
        status = series_gap(data, model, years, rules, &c, &error);
    }
    c.attributes = json_pack("{s:s}", "gwp",
                             stk_gwp_set_label(stk_inventory_gwp(data->inventory), years->gwp));
    int exit_code = status == STK_OK ? cli_write_series(arguments, &c) : cli_refuse(&error);
    dataset_free(&c);
    return exit_code;
}

static int answer_year(const cli_arguments *arguments, const stk_data *data,
                       const stk_options *model)
{
    stk_benchmark benchmark;
    stk_gap cases[STK_GAP_CASES];
    stk_error error;
    int year;
    int other;
    stk_status status = cli_year_and_benchmark(arguments, data, model->as_of.date, &year, &other,
                                               &benchmark, &error);
    if (status == STK_OK) {
        status = stk_gap_cases(data, model, &benchmark, year, cases, &error);
    }
    return status == STK_OK ? answer(arguments, data, model, &benchmark, year, cases)
                            : cli_refuse(&error);
}

static int run(const cli_arguments *arguments)
{
    stk_data data;
    stk_options model;
    stk_error error;
    int year;
    if (!cli_integer(arguments, "year", 0, &year) || !cli_check_series(arguments)) {
        return EXIT_USAGE;
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    status = status != STK_OK ? status : cli_options(arguments, &data, &model, &error);
    int exit_code = status != STK_OK           ? cli_refuse(&error)
                    : cli_is_series(arguments) ? answer_series(arguments, &data, &model)
                                               : answer_year(arguments, &data, &model);
    stk_data_close(&data);
    return exit_code;
}

const cli_command command_gap = {
    .name = "gap",
    .operands = "",
    .summary = "world level, benchmark and gap by condition and ambition",
    .description =
        "The world's pledged level less a benchmark pathway. The world is computed in the "
        "benchmark's own GWP set and scope of LULUCF, named in the columns gwp and scope; both "
        "rules for hot air are listed unless --hot-air names one.\n\n"
        "A benchmark of your own is a CSV with the columns source, category, variable (Kyoto GHG), "
        "unit (GtCO2e/yr), gwp, statistic (p5, p50, p95), year, value, and scope (included or "
        "excluded, for LULUCF).\n\n"
        "iamc and netcdf are data sets of every year from 1990 to 2100: the world's level, the "
        "benchmark with its range, and the gap.",
    .examples = "  stocktake gap --year 2035 --benchmark C3\n"
                "  stocktake gap --as-of 2021-04-20 --benchmark mine.csv --format csv\n"
                "  stocktake gap --hot-air keep --format iamc --output gap.csv\n",
    .option_groups = groups,
    .run = run};
