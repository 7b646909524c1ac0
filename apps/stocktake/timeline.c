/** @file timeline.c
 * @brief `stocktake timeline`: level, gap and warming after every single document.
 */
#include "told.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    {"from", "DATE", "Start with the documents of this day. [2015-01-01]", NULL},
    {"year", "YEAR", "The year of level and gap. [2030]", NULL},
    {"condition", "CONDITION", "Which pledges count. [unconditional]", "unconditional|conditional"},
    {"ambition", "AMBITION", "Which end of a range counts; low is the weaker. [low]", "low|high"},
    {"no-warming", NULL, "Leave out the climate ensemble.", NULL},
    {"threads", "N", "Use N threads. [as many as processors]", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {options,
                                           cli_benchmark_options,
                                           cli_warming_options,
                                           CLI_MODEL_OPTIONS_OF_SET,
                                           cli_common_options,
                                           NULL};

enum { COLUMNS = 6, SHOWN_COLUMNS = 7 };

/* Columns that name a year carry the one asked for. */
typedef struct names {
    char world[32];
    char gap[32];
    char heading[48];
} names;

static void add_csv_row(stk_table *table, const stk_timeline_step *s)
{
    stk_table_date(table, s->date);
    stk_table_text(table, s->iso3);
    stk_table_text(table, s->document);
    stk_table_number(table, s->world_gt);
    stk_table_number(table, s->gap_gt);
    stk_table_number(table, s->warming_2100_k);
}

static void add_shown_row(stk_table *table, const stk_timeline_step *s,
                          const stk_timeline_step *before)
{
    char moved[32] = "";
    char name[64];
    double change = before == NULL ? NAN : s->gap_gt - before->gap_gt;
    if (fabs(change) >= 0.005) {
        snprintf(moved, sizeof moved, "%+.2f", change);
    }
    snprintf(name, sizeof name, "%.44s", s->document);
    stk_table_date(table, s->date);
    stk_table_text(table, s->name);
    stk_table_text(table, name);
    stk_table_number(table, s->world_gt);
    stk_table_number(table, s->gap_gt);
    stk_table_text(table, moved);
    stk_table_number(table, s->warming_2100_k);
}

static stk_table *make_table(bool text, const names *n, const stk_timeline *timeline,
                             stk_column *columns)
{
    size_t count;
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    const stk_column machine[COLUMNS] = {{"date", "", STK_COLUMN_TEXT},
                                         {"iso3", "", STK_COLUMN_TEXT},
                                         {"document", "", STK_COLUMN_TEXT},
                                         {n->world, "", 3},
                                         {n->gap, "", 3},
                                         {"warming_2100_median_k", "", 3}};
    const stk_column people[SHOWN_COLUMNS] = {{"date", "Date", STK_COLUMN_TEXT},
                                              {"party", "Party", STK_COLUMN_TEXT},
                                              {"document", "Document", STK_COLUMN_TEXT},
                                              {"world", n->heading, 2},
                                              {"gap", "Gap", 2},
                                              {"change", "Change", STK_COLUMN_TEXT},
                                              {"warming", "Warming in 2100", 2}};
    memcpy(columns, text ? people : machine, text ? sizeof people : sizeof machine);
    stk_table *table = stk_table_new(columns, text ? SHOWN_COLUMNS : COLUMNS);
    for (size_t i = 0; i < count; i++) {
        if (text) {
            add_shown_row(table, &steps[i], i == 0 ? NULL : &steps[i - 1]);
        } else {
            add_csv_row(table, &steps[i]);
        }
    }
    return table;
}

static int answer(const cli_arguments *arguments, const stk_data *data,
                  const stk_timeline_request *r, const stk_timeline *timeline)
{
    stk_column columns[SHOWN_COLUMNS];
    names n;
    char preface[400];
    const stk_benchmark *b = &r->benchmark;
    snprintf(n.world, sizeof n.world, "world_%d_gt", r->year);
    snprintf(n.gap, sizeof n.gap, "gap_%d_gt", r->year);
    snprintf(n.heading, sizeof n.heading, "World %d", r->year);
    snprintf(
        preface, sizeof preface,
        "The world as pledged after every document: level and gap to %s in %d, Gt CO2e, GWP %s, "
        "%s\nLULUCF; median warming of pledges and targets, K above 1850-1900\n\n",
        b->name, r->year, stk_gwp_set_label(stk_inventory_gwp(data->inventory), b->gwp),
        b->with_lulucf ? "with" : "without");
    bool text = cli_format(arguments) == STK_FORMAT_TEXT;
    return cli_write_table(arguments, make_table(text, &n, timeline, columns), preface, NULL);
}

static stk_status prepare(const cli_arguments *arguments, const stk_data *data,
                          stk_timeline_request *r, stk_error *error)
{
    const char *from = cli_value(arguments, "from");
    int last = stk_baseline_history_last(data->baseline);
    if (r->year <= last || r->year > STK_PATH_LAST) {
        return stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d", r->year,
                             last + 1, STK_PATH_LAST);
    }
    r->from = 20150101;
    r->condition = (stk_condition)cli_choice(arguments, "condition", STK_UNCONDITIONAL);
    r->ambition = (stk_ambition)cli_choice(arguments, "ambition", STK_LOW);
    if (from != NULL) {
        stk_date_parse(stk_text_of(from), &r->from); /* checked when it was given */
    }
    stk_status status = cli_options(arguments, data, &r->options, error);
    if (status == STK_OK && r->from > r->options.as_of.date) {
        return stk_error_set(
            error, STK_EARG,
            "the timeline starts after --as-of: give an earlier --from, or a later --as-of");
    }
    status =
        status != STK_OK ? status : cli_benchmark(arguments, data, r->year, &r->benchmark, error);
    return status;
}

static stk_status compute(const cli_arguments *arguments, const stk_data *data,
                          stk_timeline_request *r, stk_timeline **timeline, stk_error *error)
{
    stk_warming_model *model = NULL;
    stk_status status = prepare(arguments, data, r, error);
    if (status == STK_OK && !cli_given(arguments, "no-warming")) {
        status = stk_warming_model_open(data->edition, &model, error);
        r->model = model;
    }
    status = status != STK_OK ? status : stk_timeline_make(data, r, timeline, error);
    stk_warming_model_free(model);
    return status;
}

static int run(const cli_arguments *arguments)
{
    stk_data data;
    stk_timeline_request request = {.from = 0};
    stk_timeline *timeline = NULL;
    stk_error error;
    if (!cli_integer(arguments, "year", 2030, &request.year) ||
        !told_integer(arguments, "threads", 0, 0, 4096, &request.threads)) {
        return EXIT_USAGE;
    }
    if (cli_given(arguments, "no-warming") && cli_given(arguments, "long-term")) {
        return cli_usage(arguments, "--long-term has no use with --no-warming");
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    if (status == STK_OK) {
        status = compute(arguments, &data, &request, &timeline, &error);
    }
    int exit_code =
        status == STK_OK ? answer(arguments, &data, &request, timeline) : cli_refuse(&error);
    stk_timeline_free(timeline);
    stk_data_close(&data);
    return exit_code;
}

const cli_command command_timeline = {
    .name = "timeline",
    .operands = "",
    .summary = "level, gap and warming after every single document since 2015",
    .description =
        "One row for each document, each withdrawal or return, and each strategy or law that made "
        "a net-zero aim count, in order of dates: the world's pledged level, the gap to the "
        "benchmark, and the median warming in 2100 of pledges and targets, each evaluated by the "
        "full chain. What several Parties did on one day comes row by row, in order of ISO3 codes, "
        "so that the difference of two rows is the effect of one Party's documents of the day. "
        "History is the same in every row: a row says what the pledges of its day mean by today's "
        "data.\n\n"
        "Announcements have rows only with --include-announced. Warming is that of "
        "`stocktake warming`, case pledges_and_targets.",
    .examples = "  stocktake timeline --from 2020-12-01 --as-of 2021-11-15\n"
                "  stocktake timeline --format csv --output timeline.csv\n",
    .option_groups = groups,
    .run = run};
