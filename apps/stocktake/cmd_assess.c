/** @file cmd_assess.c
 * @brief `stocktake assess`: the whole stocktake as of a date.
 */
#include "cmd_assess_area.h"
#include "commands.h"

#include <string.h>

#include "report/report.h"

static const cli_option options[] = {
    {"since", "DATE", "Show what changed since this day, Party by Party.", NULL},
    {"year", "YEAR",
     "The target year. [the first five-year mark more than five years after --as-of]", NULL},
    {"area", "AREA",
     "Instead: the level of a country, a group (G20, LDC) or a list (BRA,IND), and with --since "
     "what it changed.",
     NULL},
    {"no-warming", NULL, "Leave out the climate ensemble: no warming.", NULL},
    {"counterfactual", "KIND",
     "Show changes against the day before (previous), no pledge (baseline), or both. [both]",
     "both|previous|baseline"},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {
    options,           cli_benchmark_options, cli_warming_options,
    CLI_MODEL_OPTIONS, cli_common_options,    NULL};

static const stk_column columns[] = {{"iso3", "", STK_COLUMN_TEXT},
                                     {"submitted", "", STK_COLUMN_TEXT},
                                     {"status", "", STK_COLUMN_TEXT},
                                     {"condition", "", STK_COLUMN_TEXT},
                                     {"counterfactual", "", STK_COLUMN_TEXT},
                                     {"before_low_mt", "", 1},
                                     {"before_high_mt", "", 1},
                                     {"after_low_mt", "", 1},
                                     {"after_high_mt", "", 1},
                                     {"change_low_gt", "", 3},
                                     {"change_high_gt", "", 3},
                                     {"share_of_gap_low_pct", "", 2},
                                     {"share_of_gap_high_pct", "", 2}};

static const stk_column level_columns[] = {{"condition", "", STK_COLUMN_TEXT},
                                           {"ambition", "", STK_COLUMN_TEXT},
                                           {"hot_air", "", STK_COLUMN_TEXT},
                                           {"world_excl_lulucf_gt", "", 3},
                                           {"benchmark_scope_world_gt", "", 3},
                                           {"benchmark_gt", "", 3},
                                           {"gap_gt", "", 3}};

/* CSV is one table: the changes if there is a date to compare with, else the levels. */
static stk_table *change_table(const cli_arguments *arguments, const stk_assessment *a)
{
    int only = cli_choice(arguments, "counterfactual", 0) - 1;
    size_t count;
    const stk_change *list = stk_assessment_changes(a, &count);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &list[i];
        if (only >= 0 && c->counterfactual != (stk_counterfactual)only) {
            continue;
        }
        const double *pairs[] = {c->before_mt, c->after_mt, c->change_gt, c->share_of_gap_pct};
        stk_table_text(table, c->iso3);
        stk_table_date(table, c->submitted);
        stk_table_text(table, c->status);
        stk_table_text(table, stk_condition_name(c->condition));
        stk_table_text(table, stk_counterfactual_name(c->counterfactual));
        for (int p = 0; p < 4; p++) {
            stk_table_number(table, pairs[p][STK_LOW]);
            stk_table_number(table, pairs[p][STK_HIGH]);
        }
    }
    return table;
}

static stk_table *level_table(const stk_assessment *a)
{
    stk_table *table = stk_table_new(level_columns, sizeof level_columns / sizeof *level_columns);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        const stk_gap *gap = &stk_assessment_gaps(a)[i];
        stk_table_text(table, stk_condition_name(gap->condition));
        stk_table_text(table, stk_ambition_name(gap->ambition));
        stk_table_text(table, gap->hot_air_capped ? "cap" : "keep");
        stk_table_number(
            table, stk_assessment_level_gt(a, gap->condition, gap->ambition, gap->hot_air_capped));
        stk_table_number(table, gap->world_gt);
        stk_table_number(table, stk_assessment_request(a)->benchmark.median_gt);
        stk_table_number(table, gap->gap_gt);
    }
    return table;
}

static int answer(const cli_arguments *arguments, const stk_data *data, const stk_assessment *a)
{
    stk_buffer buffer = {0};
    stk_error error;
    stk_status status;
    if (cli_format(arguments) == STK_FORMAT_CSV) {
        bool changes = stk_assessment_request(a)->since != 0;
        return cli_write_table(arguments, changes ? change_table(arguments, a) : level_table(a),
                               NULL, NULL);
    }
    status = cli_format(arguments) == STK_FORMAT_JSON
                 ? stk_report_json(a, data, cli_document(arguments, "assess"), &buffer, &error)
                 : stk_report_text(a, data, cli_choice(arguments, "counterfactual", 0) - 1, &buffer,
                                   &error);
    if (status != STK_OK) {
        stk_buffer_free(&buffer);
        return cli_refuse(&error);
    }
    return cli_write(arguments, &buffer);
}

static stk_status prepare(const cli_arguments *arguments, const stk_data *data,
                          stk_assess_request *request, stk_error *error)
{
    const char *since = cli_value(arguments, "since");
    memset(&request->benchmark, 0, sizeof request->benchmark);
    stk_status status = cli_options(arguments, data, &request->options, error);
    request->warming =
        !cli_given(arguments, "no-warming") && cli_format(arguments) != STK_FORMAT_CSV;
    if (since != NULL) {
        stk_date_parse(stk_text_of(since), &request->since); /* checked when it was given */
    }
    return status == STK_OK ? cli_years(arguments, data, request, error) : status;
}

/* The level of an area; a gap is the world's. */
static int run_area(const cli_arguments *arguments)
{
    stk_data data;
    stk_error error;
    int other;
    assess_area_question question = {.since = 0};
    const char *since = cli_value(arguments, "since");
    const char *useless = assess_area_refuses(arguments);
    if (useless != NULL) {
        return cli_usage(arguments, "--%s speaks of the world: it has no use with --area", useless);
    }
    if (since != NULL) {
        stk_date_parse(stk_text_of(since), &question.since); /* checked when it was given */
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    status = status != STK_OK ? status : cli_options(arguments, &data, &question.options, &error);
    status = status != STK_OK ? status
                              : cli_year(arguments, &data, question.options.as_of.date,
                                         &question.year, &other, &error);
    int exit_code =
        status == STK_OK ? assess_area(arguments, &data, &question) : cli_refuse(&error);
    stk_data_close(&data);
    return exit_code;
}

static int run(const cli_arguments *arguments)
{
    stk_data data;
    stk_assess_request request = {.since = 0};
    stk_assessment *assessment = NULL;
    stk_error error;
    if (!cli_integer(arguments, "year", 0, &request.year)) {
        return EXIT_USAGE;
    }
    const char *since = cli_value(arguments, "since");
    const char *as_of = cli_value(arguments, "as-of");
    if (since != NULL && as_of != NULL && strcmp(since, as_of) >= 0) {
        return cli_usage(arguments, "--since must be before --as-of");
    }
    if (since == NULL && cli_given(arguments, "counterfactual")) {
        return cli_usage(arguments, "--counterfactual goes with --since");
    }
    if (cli_given(arguments, "no-warming") && cli_given(arguments, "long-term")) {
        return cli_usage(arguments, "--long-term has no use with --no-warming");
    }
    if (cli_given(arguments, "area")) {
        return run_area(arguments);
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    if (status == STK_OK) {
        status = prepare(arguments, &data, &request, &error);
    }
    if (status == STK_OK) {
        status = stk_assess(&data, &request, &assessment, &error);
    }
    int exit_code = status == STK_OK ? answer(arguments, &data, assessment) : cli_refuse(&error);
    stk_assessment_free(assessment);
    stk_data_close(&data);
    return exit_code;
}

const cli_command command_assess = {
    .name = "assess",
    .operands = "",
    .summary = "the world's level, the gap, and what changed since another date",
    .description =
        "The stocktake on one screen: the level that the pledges known on a date add up to, the "
        "gap to a benchmark, how many Parties and what share of emissions are covered, how "
        "warm it gets, one case of each kind, and with --since what came since another date, and "
        "what it changed.\n\n"
        "Without --year the target year is the first five-year mark more than five years after the "
        "date, not before 2030; the text shows the mark before it too.\n\n"
        "With --since all documents and events come first, then what they changed. A change is the "
        "world of the day on which something happened less the world of the day before; what a "
        "Party did adds up, and a withdrawal is a row of its own. Every change is shown against no "
        "pledge at all too. Shares are of the gap before; contributions add up exactly. A negative "
        "change is a cut. CSV is the table of changes, or of levels without --since; JSON is "
        "everything.\n\n"
        "A gap is the world's. With --area the level of an area or a group is shown instead, its "
        "change from the last year of data and its share of the world, and with --since what its "
        "documents changed in the world's level.",
    .examples =
        "  stocktake assess\n"
        "  # The week of the April 2021 Leaders Summit\n"
        "  stocktake assess --as-of 2021-04-22 --since 2021-04-20 --gwp AR4 --include-announced\n"
        "  # What the G20 changed since\n"
        "  stocktake assess --area G20 --since 2024-11-01 --year 2035\n",
    .option_groups = groups,
    .run = run};
