/** @file warming.c
 * @brief `stocktake warming`: the warming of the pledges.
 */
#include "question/parts.h"

#include <string.h>

#include "dataset/series.h"
#include "report/report.h"

static const question_option options[] = {
    {"factorial", NULL,
     "Run every combination of the assumptions and say which moves the result by how much. "
     "Takes minutes.",
     NULL, NULL},
    {"effects", NULL, "Say what each choice does alone, all others as they are asked.", NULL, NULL},
    {"cases", "FILE", "With --factorial: write every combination to FILE as CSV.", NULL, NULL},
    {"year", "YEAR", "With --factorial or --effects: the year of the level or the gap.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {NULL, NULL, NULL, NULL, NULL}};

static const stk_column columns[] = {
    {"as_of", NULL, STK_DATE},  {"case", "", STK_TEXT},         {"condition", "", STK_TEXT},
    {"ambition", "", STK_TEXT}, {"hot_air", "", STK_TEXT},      {"percentile", "", STK_INTEGER},
    {"peak_k", "", 2},          {"peak_year", "", STK_INTEGER}, {"warming_2100_k", "", 2},
    {"p_exceed_1_5", "", 3},    {"p_exceed_2", "", 3},          {"p_exceed_3", "", 3},
    {"category", "", STK_TEXT}};

static const stk_column shown[] = {{"case", "Case", STK_TEXT},
                                   {"condition", "Pledges", STK_TEXT},
                                   {"ambition", "Ambition", STK_TEXT},
                                   {"hot_air", "Hot air", STK_TEXT},
                                   {"peak_k", "Peak", 2},
                                   {"warming_2100_k", "2100", 2},
                                   {"range", "5-95 %", STK_TEXT},
                                   {"crossing", "1.5 in", STK_TEXT},
                                   {"below_1_5", "< 1.5", STK_TEXT},
                                   {"below_2", "< 2", STK_TEXT},
                                   {"below_3", "< 3", STK_TEXT},
                                   {"category", "Category", STK_TEXT}};

/* The thresholds that have columns; JSON has all. */
static const int column_thresholds[] = {STK_WARMING_1_5, STK_WARMING_2, STK_WARMING_3};
enum { COLUMN_THRESHOLDS = sizeof column_thresholds / sizeof *column_thresholds };

static void add_rows(stk_table *table, const char *as_of, const stk_warming_case *c)
{
    for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
        stk_table_texts(table, as_of, stk_case_name(c->kind), stk_condition_name(c->condition),
                        stk_ambition_name(c->ambition), c->hot_air_capped ? "cap" : "keep");
        stk_table_numbers(table, stk_warming_percentiles[p], c->outlook.peak_k[p],
                          c->outlook.peak_year[p], c->outlook.last_k[p]);
        for (size_t t = 0; t < COLUMN_THRESHOLDS; t++) {
            stk_table_number(table, c->outlook.p_exceed[column_thresholds[t]]);
        }
        stk_table_text(table, c->outlook.category);
    }
}

static void show_row(stk_table *table, const stk_warming_case *c)
{
    const stk_outlook *o = &c->outlook;
    bool trend = c->kind == STK_CASE_CURRENT_TREND;
    char text[32];
    stk_table_texts(table, stk_case_title(c->kind), trend ? "-" : stk_condition_name(c->condition),
                    trend ? "-" : stk_ambition_name(c->ambition),
                    trend               ? "-"
                    : c->hot_air_capped ? "cap"
                                        : "keep");
    stk_table_numbers(table, o->peak_k[STK_WARMING_MEDIAN], o->last_k[STK_WARMING_MEDIAN]);
    stk_print(text, sizeof text, "%.1f-%.1f", o->last_k[0], o->last_k[STK_WARMING_PERCENTILES - 1]);
    stk_table_text(table, text);
    int crossing = o->crossing_year[STK_WARMING_1_5][STK_WARMING_MEDIAN];
    stk_print(text, sizeof text, crossing == 0 ? "never" : "%d", crossing);
    stk_table_text(table, text);
    for (size_t t = 0; t < COLUMN_THRESHOLDS; t++) {
        stk_print(text, sizeof text, "%.0f %%", 100.0 * (1.0 - o->p_exceed[column_thresholds[t]]));
        stk_table_text(table, text);
    }
    stk_table_text(table, o->category);
}

/* The years in which the total of any case lies outside the library. */
static void describe_outside(const stk_warming_case *cases, size_t count, char *text, size_t size)
{
    int first = 0;
    int last = 0;
    for (size_t i = 0; i < count; i++) {
        const stk_composition *c = &cases[i].outlook.composition;
        const int bounds[2][2] = {{c->below_first, c->below_last}, {c->above_first, c->above_last}};
        for (int side = 0; side < 2; side++) {
            if (bounds[side][0] != 0) {
                first = first == 0 || bounds[side][0] < first ? bounds[side][0] : first;
                last = bounds[side][1] > last ? bounds[side][1] : last;
            }
        }
    }
    text[0] = '\0';
    if (first != 0) {
        stk_print(
            text, size,
            "Some totals leave the range of the library's scenarios between %d and %d; other\n"
            "gases are those of the nearest scenario there, and CO2 keeps the total.\n",
            first, last);
    }
}

typedef struct outcome {
    stk_options model;
    size_t count;
    stk_warming_case cases[STK_WARMING_CASES];
    stk_iamc *gases; /* of a data set */
} outcome;

/* --hot-air shows one of the two rules. */
static bool is_wanted(const query *q, const outcome *o, size_t i)
{
    return !query_given(q, "hot-air") || o->cases[i].hot_air_capped == o->model.cap_hot_air;
}

static stk_status answer_text(query *q, const outcome *o, const char *as_of, stk_error *error)
{
    char outside[300];
    char notes[700];
    stk_table *table = stk_table_new(shown, sizeof shown / sizeof *shown);
    bool trend_shown = false;
    for (size_t i = 0; i < o->count; i++) {
        bool trend = o->cases[i].kind == STK_CASE_CURRENT_TREND;
        if (is_wanted(q, o, i) && !(trend && trend_shown)) {
            show_row(table, &o->cases[i]);
            trend_shown = trend_shown || trend;
        }
    }
    query_say(q,
              "The warming of the pledges as of %s: K above 1850-1900, medians of the ensemble\n\n",
              as_of);
    describe_outside(o->cases, o->count, outside, sizeof outside);
    stk_print(
        notes, sizeof notes,
        "\n5-95 %%: of warming in 2100, from the climate alone. 1.5 in: the year in which the "
        "median\n"
        "crosses 1.5 K. < 1.5, < 2, < 3: chance that warming stays below at all times to 2100.\n"
        "Category: as the IPCC sorts pathways.\n%s",
        outside);
    return query_write_rows(q, NULL, table, NULL, NULL, notes, error);
}

/* The cases of the rule that --hot-air names as a data set, the current trend once. */
static stk_status answer_series(query *q, const outcome *o, stk_error *error)
{
    size_t chosen[STK_WARMING_CASES];
    size_t n = 0;
    bool trend = false;
    dataset *d = query_alloc(q, sizeof *d);
    stk_status status;
    STK_TRY(stk_allocated(d, error));
    for (size_t i = 0; i < o->count; i++) {
        bool is_trend = o->cases[i].kind == STK_CASE_CURRENT_TREND;
        if (is_wanted(q, o, i) && !(is_trend && trend)) {
            chosen[n++] = i;
            trend = trend || is_trend;
        }
    }
    STK_TRY(series_warming(o->cases, chosen, n, o->gases, d, error));
    d->attributes = json_pack("{s:s, s:s}", "gwp", "AR6", "reference_period", "1850-1900");
    d->failed = d->failed || d->attributes == NULL;
    STK_TRY(query_write_series(q, d, error));
done:
    dataset_free(d);
    return status;
}

static stk_status answer(query *q, const outcome *o, stk_error *error)
{
    const char *as_of = STK_DATE_TEXT(o->model.as_of.date);
    if (query_is_series(q)) {
        return answer_series(q, o, error);
    }
    if (query_format(q) == QUERY_TEXT) {
        return answer_text(q, o, as_of, error);
    }
    json_t *details = json_array();
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < o->count; i++) {
        if (is_wanted(q, o, i)) {
            add_rows(table, as_of, &o->cases[i]);
            document_push(&details, outlook_json(&o->cases[i]));
        }
    }
    return query_write_rows(q, NULL, table,
                            json_pack("{s:s, s:s, s:o}", "gwp", "AR6", "reference_period",
                                      "1850-1900", "cases", details),
                            NULL, NULL, error);
}

/* What is asked of the worlds, from the options. */
static stk_warming_request request_of(const stk_options *given, int threads)
{
    stk_options made = stk_warming_options(given);
    return (stk_warming_request){
        .options = *given, .beyond = made.otherwise, .net_zero = made.net_zero, .threads = threads};
}

/* A table for the gases of all cases if a data set is asked for. */
static stk_status make_gases(const query *q, const stk_warming_model *model, stk_iamc **gases,
                             stk_error *error)
{
    *gases = NULL;
    if (!query_is_series(q)) {
        return STK_OK;
    }
    *gases = stk_iamc_new("", stk_warming_first_year(model), stk_warming_last_year(model));
    return stk_allocated(*gases, error);
}

static stk_status answer_cases(query *q, const stk_data *data, const stk_warming_model *model,
                               const stk_warming_request *request, stk_error *error)
{
    outcome *o = query_alloc(q, sizeof *o);
    stk_warming_request own = *request;
    stk_status status;
    STK_TRY(stk_allocated(o, error));
    o->model = request->options;
    STK_TRY(make_gases(q, model, &own.gases, error));
    o->gases = own.gases;
    STK_TRY(stk_warming_cases(data, model, &own, o->cases, &o->count, error));
    STK_TRY(answer(q, o, error));
done:
    stk_iamc_free(own.gases);
    return status;
}

/* The reference is the case of pledges and targets that the world name. */
static stk_status answer_factorial(query *q, const stk_data *data, const stk_warming_model *model,
                                   const stk_warming_request *request, int year, stk_error *error)
{
    stk_options world = request->options;
    world.extension = STK_EXTEND_NET_ZERO;
    world.otherwise = request->beyond;
    world.net_zero = request->net_zero;
    stk_factorial_request factorial = {.as_of = world.as_of.date,
                                       .year = year,
                                       .reference = stk_combination_of(&world),
                                       .threads = request->threads};
    return query_given(q, "factorial")
               ? warming_factorial(q, data, model, &factorial, error)
               : warming_effects(q, data, model, &factorial, &request->options, error);
}

static stk_status check(query *q, int *threads, stk_error *error)
{
    enum { BOUND = 100000 };
    bool factorial = query_given(q, "factorial");
    bool effects = query_given(q, "effects");
    stk_status status;
    STK_TRY(query_integer(q, "threads", 0, -BOUND, BOUND, threads, error));
    if (*threads < 0) {
        return query_usage(q, error, "--threads: %d is refused; allowed: 0 and above", *threads);
    }
    STK_TRY(query_check_name(q, "--cases", query_value(q, "cases"), "csv", NULL, error));
    if (factorial && effects) {
        return query_usage(q, error, "--effects is in --factorial: one of the two");
    }
    if (!factorial && query_given(q, "cases")) {
        return query_usage(q, error, "--cases goes with --factorial");
    }
    if (!factorial && !effects && query_said(q, "year")) {
        return query_usage(q, error, "--year goes with --factorial or --effects");
    }
    if (!effects && query_said(q, "benchmark")) {
        return query_usage(q, error, "--benchmark goes with --effects");
    }
    if ((factorial || effects) && query_is_series(q)) {
        return query_usage(q, error, "--%s is a table: no --format iamc or netcdf",
                           factorial ? "factorial" : "effects");
    }
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    stk_options world;
    int threads;
    int year;
    int other;
    stk_warming_model *own = NULL;
    stk_status status;
    STK_TRY(check(q, &threads, error));
    STK_TRY(query_data(q, &data, error));
    STK_TRY(query_options(q, data, &world, error));
    STK_TRY(query_year(q, data, world.as_of.date, &year, &other, error));
    if (q->model == NULL) {
        STK_TRY(stk_warming_model_open(data->edition, &own, error));
    }
    const stk_warming_model *model = q->model != NULL ? q->model : own;
    stk_warming_request request = request_of(&world, threads);
    bool asks_effects = query_given(q, "factorial") || query_given(q, "effects");
    STK_TRY(asks_effects ? answer_factorial(q, data, model, &request, year, error)
                         : answer_cases(q, data, model, &request, error));
done:
    stk_warming_model_free(own);
    return status;
}

const question question_warming = {
    .name = "warming",
    .operands = "",
    .summary = QUESTION_HELP("the warming of the pledges, with probabilities"),
    .description = QUESTION_HELP(
        "How warm it gets if pledges known on a date are kept: the world's total to 2100, split "
        "into gases by a library of scenarios, run through the calibrated climate ensemble.\n\n"
        "Four cases: current_trend (every Party on its baseline), targets_only (targets, then the "
        "yearly rate of their own documents, or --extend; no net zero), pledges_and_targets (with "
        "net-zero years in law or "
        "policy documents, or of the standing that --net-zero names) and optimistic (every "
        "announced target and net-zero year). Each for both conditions, ambitions and rules for "
        "hot air, unless --hot-air names one; the current trend depends on none of them.\n\n"
        "--effects changes one choice of method at a time: how far it moves the median of 2100 and "
        "the gap. --factorial runs every combination, thousands of pathways, which takes "
        "minutes, and shows how far it is on a terminal.\n\n"
        "Emissions are in AR6 GWP100 with LULUCF CO2. In CSV and JSON each "
        "case has a row a percentile: of each member's peak, its year and warming in 2100. "
        "p_exceed is the share of members above the threshold in any year to 2100.\n\n"
        "iamc and netcdf are data sets of temperature and chances in every year, and of the gases "
        "that the climate model was run on, which `stocktake climate` reads."),
    .examples =
        QUESTION_HELP("  stocktake warming\n"
                      "  # The world as pledged after the Leaders Summit of April 2021\n"
                      "  stocktake warming --as-of 2021-05-01 --hot-air keep\n"
                      "  # What if Parties kept to a constant share below their baselines?\n"
                      "  stocktake warming --extend baseline_ratio --format csv\n"
                      "  stocktake warming --hot-air keep --format netcdf --output warming.nc\n"
                      "  # Which assumption matters most?\n"
                      "  stocktake warming --effects\n"
                      "  stocktake warming --as-of 2021-05-01 --factorial --cases cases.csv\n"),
    .option_groups = OPTION_GROUPS(options, options_benchmark, options_warming,
                                   OPTIONS_MODEL_OF_SET, options_series, options_file),
    .runs_ensemble = true,
    .answer = answer_query};
