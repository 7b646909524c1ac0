/** @file timeline.c
 * @brief `stocktake timeline`: level, gap and warming after every single document.
 */
#include "question/query.h"

#include <math.h>

#include "report/report.h"

static const question_option options[] = {
    {"from", "DATE", "Start with the documents of this day.", NULL, "2015-01-01"},
    {"year", "YEAR", "The year of level and gap.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"condition", "CONDITION", "Which pledges count.", "unconditional|conditional",
     "unconditional"},
    {"ambition", "AMBITION", "Which end of a range counts; low is the weaker.", "low|high", "low"},
    {"no-warming", NULL, "Leave out the climate ensemble.", NULL, NULL},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column machine[] = {
    {"date", "", STK_DATE},     {"iso3", "", STK_TEXT},    {"kind", "", STK_TEXT},
    {"document", "", STK_TEXT}, {"year", "", STK_INTEGER}, {"world_gt", "", 3},
    {"gap_gt", "", 3},          {"change_gt", "", 3},      {"warming_2100_median_k", "", 3},
    {"world_2030_gt", "", 3}, /* only where that is the year */
    {"gap_2030_gt", "", 3}};

static const stk_column people[] = {{"date", "Date", STK_DATE},
                                    {"party", "Party", STK_TEXT},
                                    {"document", "Document", STK_TEXT},
                                    {"world", "World", 2},
                                    {"gap", "Gap", 2},
                                    {"change", "Change", STK_TEXT},
                                    {"warming", "Warming in 2100", 2}};

enum {
    COLUMNS = sizeof machine / sizeof *machine,
    NAMED_YEAR = 2030,
    NAMED_COLUMNS = 2,
    SHOWN_COLUMNS = sizeof people / sizeof *people
};

static void add_csv_row(stk_table *table, const stk_timeline_step *s, int year)
{
    stk_table_date(table, s->date);
    stk_table_texts(table, s->iso3, stk_step_kind_name(s->kind), s->document);
    stk_table_numbers(table, year, s->world_gt, s->gap_gt, s->change_gt, s->warming_2100_k);
    if (year == NAMED_YEAR) {
        stk_table_numbers(table, s->world_gt, s->gap_gt);
    }
}

static void add_shown_row(stk_table *table, const stk_timeline_step *s, bool warming)
{
    char moved[32] = "";
    if (fabs(s->change_gt) >= 0.005) {
        stk_print(moved, sizeof moved, "%+.2f", s->change_gt);
    }
    stk_table_date(table, s->date);
    stk_table_text(table, s->name);
    stk_table_slice(table, stk_text_cut(stk_text_of(s->document), 44));
    stk_table_numbers(table, s->world_gt, s->gap_gt);
    stk_table_text(table, moved);
    if (warming) {
        stk_table_number(table, s->warming_2100_k);
    }
}

static stk_table *make_table(bool text, bool warming, int year, const stk_timeline *timeline)
{
    size_t count;
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    size_t columns = COLUMNS - (year == NAMED_YEAR ? 0 : NAMED_COLUMNS);
    stk_table *table = text ? stk_table_new(people, SHOWN_COLUMNS - (warming ? 0 : 1))
                            : stk_table_new(machine, columns);
    for (size_t i = 0; i < count; i++) {
        if (text) {
            add_shown_row(table, &steps[i], warming);
        } else {
            add_csv_row(table, &steps[i], year);
        }
    }
    return table;
}

static stk_status answer(query *q, const stk_data *data, const stk_timeline_request *r,
                         const stk_timeline *timeline, stk_error *error)
{
    const stk_benchmark *b = &r->benchmark;
    const char *gwp = query_gwp_label(data, b->gwp);
    const char *reason = stk_report_year_reason(r->year, r->options.as_of.date,
                                                stk_baseline_history_last(data->baseline));
    bool text = query_format(q) == QUERY_TEXT;
    bool warming = r->model != NULL;
    query_say(q, "The world as pledged after every document: level in %d and gap to %s,\n", r->year,
              STK_BENCHMARK_TITLE(b));
    query_say(q, "%s pledges, %s ambition, ", stk_condition_name(r->condition),
              stk_ambition_name(r->ambition));
    query_say(q, "Gt CO2e, GWP %s, %s LULUCF%s\n", gwp, b->with_lulucf ? "with" : "without",
              warming ? "; median warming of pledges and targets, K above 1850-1900" : "");
    if (reason != NULL) {
        query_say(q, "The year: %s\n", reason);
    }
    query_say(q, "\n");
    size_t count;
    stk_buffer none = {0};
    (void)stk_timeline_steps(timeline, &count);
    if (count == 0) {
        stk_report_nothing_came(r->from, r->options.as_of.date,
                                stk_pledges_known_until(data->pledges), &none);
        stk_buffer_text(&none, "\n");
    }
    stk_status status = query_write_rows(q, NULL, make_table(text, warming, r->year, timeline),
                                         json_pack("{s:i, s:s}", "year", r->year, "gwp", gwp), NULL,
                                         stk_buffer_pass(&q->out, &none), error);
    stk_buffer_free(&none);
    return status;
}

static stk_status prepare(query *q, const stk_data *data, stk_timeline_request *r, stk_error *error)
{
    r->from = query_date(q, "from", 20150101);
    r->condition = (stk_condition)query_choice(q, "condition", STK_UNCONDITIONAL);
    r->ambition = (stk_ambition)query_choice(q, "ambition", STK_LOW);
    stk_status status = query_options(q, data, &r->options, error);
    if (status == STK_OK && r->from > r->options.as_of.date) {
        return stk_error_set(
            error, STK_EARG,
            "the timeline starts after --as-of: give an earlier --from, or a later --as-of");
    }
    if (status == STK_OK) {
        int other;
        status = query_year_and_benchmark(q, data, r->options.as_of.date, &r->year, &other,
                                          &r->benchmark, error);
    }
    return status;
}

static stk_status compute(query *q, const stk_data *data, stk_timeline_request *r,
                          stk_timeline **timeline, stk_error *error)
{
    stk_warming_model *model = NULL;
    stk_status status = prepare(q, data, r, error);
    if (status == STK_OK && !query_given(q, "no-warming")) {
        r->model = q->model;
        if (r->model == NULL) {
            status = stk_warming_model_open(data->edition, &model, error);
            r->model = model;
        }
    }
    if (q->progress != NULL) {
        r->progress = query_show_pathways;
        r->user = q;
    }
    status = status != STK_OK ? status : stk_timeline_make(data, r, timeline, error);
    stk_warming_model_free(model);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    stk_timeline_request request = {.from = 0};
    stk_timeline *timeline = NULL;
    if (query_given(q, "no-warming") && query_said(q, "long-term")) {
        return query_usage(q, error, "--long-term has no use with --no-warming");
    }
    stk_status status = query_integer(q, "threads", 0, 0, 4096, &request.threads, error);
    status = status != STK_OK ? status : query_data(q, &data, error);
    if (status == STK_OK) {
        status = compute(q, data, &request, &timeline, error);
    }
    status = status != STK_OK ? status : answer(q, data, &request, timeline, error);
    stk_timeline_free(timeline);
    return status;
}

const question question_timeline = {
    .name = "timeline",
    .operands = "",
    .summary = QUESTION_HELP("level, gap and warming after every single document since 2015"),
    .description = QUESTION_HELP(
        "One row for each document, each withdrawal or return, and each strategy or law that made "
        "a net-zero aim count, in order of dates: the world's pledged level, the gap to the "
        "benchmark, and the median warming in 2100 of pledges and targets, each evaluated by the "
        "full chain. What several Parties did on one day comes row by row, in order of ISO3 codes, "
        "so that the difference of two rows is the effect of one Party's documents of the day. "
        "History is the same in every row: a row says what the pledges of its day mean by today's "
        "data.\n\n"
        "Announcements have rows only with --include-announced. Warming is that of "
        "`stocktake warming`, case pledges_and_targets: the ensemble runs once for every row that "
        "moves the pathway, some hundreds of times from 2015 on, which takes from seconds to a "
        "minute; a terminal shows how far it is, --no-warming does without.\n\n"
        "In CSV and JSON the columns are the same for every year; for 2030 world_2030_gt and "
        "gap_2030_gt come besides. change_gt is what the row changed, against the day before it "
        "for the first."),
    .examples = QUESTION_HELP("  stocktake timeline --from 2020-12-01 --as-of 2021-11-15\n"
                              "  stocktake timeline --format csv --output timeline.csv\n"),
    .option_groups = OPTION_GROUPS(options, options_benchmark, options_warming,
                                   OPTIONS_MODEL_OF_SET, options_common),
    .runs_ensemble = true,
    .answer = answer_query};
