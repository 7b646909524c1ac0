/** @file assess.c
 * @brief `stocktake assess`: the whole stocktake as of a date.
 */
#include "question/parts.h"
#include "question/query.h"

#include <string.h>

#include "report/report.h"

static const question_option options[] = {
    {"since", "DATE", "Show what changed since this day, Party by Party.", NULL, NULL},
    {"year", "YEAR", "The target year.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"area", "AREA",
     "Instead: the level of a country, a group (G20, LDC) or a list (BRA,IND), and with "
     "--since what it changed.",
     NULL, NULL},
    {"parties", NULL,
     "Instead: the level of every Party, against the last year of data and by head, from which "
     "document and how sure, and with --since the level of that day.",
     NULL, NULL},
    {"no-warming", NULL, "Leave out the climate ensemble: no warming.", NULL, NULL},
    {"counterfactual", "KIND",
     "Show changes against the day before (previous), no pledge (baseline), or both.",
     "both|previous|baseline", "both"},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column columns[] = {
    {"iso3", "", STK_TEXT},           {"submitted", "", STK_DATE},
    {"status", "", STK_TEXT},         {"condition", "", STK_TEXT},
    {"counterfactual", "", STK_TEXT}, {"before_low_mt", "", 1},
    {"before_high_mt", "", 1},        {"after_low_mt", "", 1},
    {"after_high_mt", "", 1},         {"change_low_gt", "", 3},
    {"change_high_gt", "", 3},        {"share_of_gap_low_pct", "", 2},
    {"share_of_gap_high_pct", "", 2}, {"closes_low_gt", "", 3},
    {"closes_high_gt", "", 3}};

static const stk_column level_columns[] = {{"condition", "", STK_TEXT},
                                           {"ambition", "", STK_TEXT},
                                           {"hot_air", "", STK_TEXT},
                                           {"world_excl_lulucf_gt", "", 3},
                                           {"benchmark_scope_world_gt", "", 3},
                                           {"benchmark_gt", "", 3},
                                           {"gap_gt", "", 3}};

/* CSV is one table: the changes if there is a date to compare with, else the levels. */
static stk_table *change_table(query *q, const stk_assessment *a)
{
    int only = query_choice(q, "counterfactual", 0) - 1;
    size_t count;
    const stk_change *list = stk_assessment_changes(a, &count);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &list[i];
        if (only >= 0 && c->counterfactual != (stk_counterfactual)only) {
            continue;
        }
        const double *pairs[] = {c->before_mt, c->after_mt, c->change_gt, c->share_of_gap_pct,
                                 c->closes_gt};
        stk_table_text(table, c->iso3);
        stk_table_date(table, c->submitted);
        stk_table_texts(table, c->status, stk_condition_name(c->condition),
                        stk_counterfactual_name(c->counterfactual));
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
            stk_table_numbers(table, pairs[p][STK_LOW], pairs[p][STK_HIGH]);
        }
    }
    return table;
}

static stk_table *level_table(const stk_assessment *a)
{
    stk_table *table = stk_table_new(level_columns, sizeof level_columns / sizeof *level_columns);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        const stk_gap *gap = &stk_assessment_gaps(a)[i];
        stk_table_texts(table, stk_condition_name(gap->condition), stk_ambition_name(gap->ambition),
                        gap->hot_air_capped ? "cap" : "keep");
        stk_table_number(
            table, stk_assessment_level_gt(a, gap->condition, gap->ambition, gap->hot_air_capped));
        stk_table_numbers(table, gap->world_gt, stk_assessment_request(a)->benchmark.median_gt,
                          gap->gap_gt);
    }
    return table;
}

static stk_status answer(query *q, const stk_data *data, const stk_assessment *a, stk_error *error)
{
    switch (query_format(q)) {
    case QUERY_CSV:
        return query_write_rows(
            q, NULL, stk_assessment_request(a)->since != 0 ? change_table(q, a) : level_table(a),
            NULL, NULL, NULL, error);
    case QUERY_JSON:
        return stk_report_json(a, data, query_document(q, "assess"), &q->out, error);
    default:
        return stk_report_text(a, data, query_choice(q, "counterfactual", 0) - 1, &q->out, error);
    }
}

static stk_status prepare(query *q, const stk_data *data, stk_assess_request *request,
                          stk_error *error)
{
    stk_status status = query_options(q, data, &request->options, error);
    request->warming = !query_given(q, "no-warming") && query_format(q) != QUERY_CSV;
    request->model = q->model;
    request->since = query_date(q, "since", 0);
    return status == STK_OK ? query_years(q, data, request, error) : status;
}

/* The level of an area, or of each Party; a gap is the world's. */
static stk_status answer_area(query *q, stk_error *error)
{
    int other;
    const stk_data *data;
    area_request request = {.since = query_date(q, "since", 0)};
    const char *useless = query_given(q, "area") ? assess_area_refuses(q) : NULL;
    if (useless != NULL) {
        return query_usage(q, error, "--%s speaks of the world: it has no use with --area",
                           useless);
    }
    stk_status status = query_data(q, &data, error);
    status = status != STK_OK ? status : query_options(q, data, &request.options, error);
    status = status != STK_OK
                 ? status
                 : query_year(q, data, request.options.as_of.date, &request.year, &other, error);
    if (status == STK_OK && query_given(q, "parties")) {
        return assess_parties(q, data, &request, error);
    }
    return status != STK_OK ? status : assess_area(q, data, &request, error);
}

static stk_status answer_world(query *q, stk_error *error)
{
    const stk_data *data;
    stk_assess_request request = {.since = 0};
    stk_assessment *assessment = NULL;
    stk_status status;
    STK_TRY(query_data(q, &data, error));
    STK_TRY(prepare(q, data, &request, error));
    STK_TRY(stk_assess(data, &request, &assessment, error));
    STK_TRY(answer(q, data, assessment, error));
done:
    stk_assessment_free(assessment);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const char *since = query_value(q, "since");
    if (query_check_since(q, error) != STK_OK) {
        return STK_EARG;
    }
    if (query_said(q, "counterfactual") && since == NULL) { /* JSON has all, with their kinds */
        return query_usage(q, error, "--counterfactual goes with --since");
    }
    if (query_given(q, "no-warming") && query_said(q, "long-term")) {
        return query_usage(q, error, "--long-term has no use with --no-warming");
    }
    if (query_given(q, "area") && query_given(q, "parties")) {
        return query_usage(q, error, "--parties lists all of them: it has no use with --area");
    }
    return query_given(q, "area") || query_given(q, "parties") ? answer_area(q, error)
                                                               : answer_world(q, error);
}

const question question_assess = {
    .name = "assess",
    .operands = "",
    .summary = QUESTION_HELP("the world's level, the gap, and what changed since another date"),
    .description = QUESTION_HELP(
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
        "documents changed in the world's level. With --parties everything that the world is the "
        "sum of has a row."),
    .examples = QUESTION_HELP(
        "  stocktake assess\n"
        "  # The week of the April 2021 Leaders Summit\n"
        "  stocktake assess --as-of 2021-04-22 --since 2021-04-20 --gwp AR4 --include-announced\n"
        "  # What the G20 changed since\n"
        "  stocktake assess --area G20 --since 2024-11-01 --year 2035\n"
        "  stocktake assess --parties --format csv\n"),
    .option_groups =
        OPTION_GROUPS(options, options_benchmark, options_warming, OPTIONS_MODEL, options_common),
    .runs_ensemble = true,
    .answer = answer_query};
