/** @file cmd_warming.c
 * @brief `stocktake warming`: the warming of the pledges.
 */
#include "cmd_warming_factorial.h"
#include "cmd_warming_series.h"

#include <string.h>

#include "report/outlook_json.h"

static const cli_option options[] = {
    {"factorial", NULL,
     "Run every combination of the assumptions and say which moves the result by how much. Takes "
     "minutes.",
     NULL},
    {"cases", "FILE", "With --factorial: write every combination to FILE as CSV.", NULL},
    {"year", "YEAR",
     "With --factorial: the year of the world's level. [the first five-year mark more than five "
     "years after --as-of]",
     NULL},
    {"threads", "N", "Use N threads. [as many as processors]", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {
    options, cli_warming_options, CLI_MODEL_OPTIONS_OF_SET, cli_series_options, cli_file_options,
    NULL};

static const stk_column columns[] = {{"as_of", NULL, STK_COLUMN_TEXT},
                                     {"case", "", STK_COLUMN_TEXT},
                                     {"condition", "", STK_COLUMN_TEXT},
                                     {"ambition", "", STK_COLUMN_TEXT},
                                     {"hot_air", "", STK_COLUMN_TEXT},
                                     {"percentile", "", STK_COLUMN_INTEGER},
                                     {"peak_k", "", 2},
                                     {"peak_year", "", STK_COLUMN_INTEGER},
                                     {"warming_2100_k", "", 2},
                                     {"p_exceed_1_5", "", 3},
                                     {"p_exceed_2", "", 3},
                                     {"p_exceed_3", "", 3},
                                     {"category", "", STK_COLUMN_TEXT}};

static const stk_column shown[] = {{"case", "Case", STK_COLUMN_TEXT},
                                   {"condition", "Pledges", STK_COLUMN_TEXT},
                                   {"ambition", "Ambition", STK_COLUMN_TEXT},
                                   {"hot_air", "Hot air", STK_COLUMN_TEXT},
                                   {"peak_k", "Peak", 2},
                                   {"warming_2100_k", "2100", 2},
                                   {"range", "5-95 %", STK_COLUMN_TEXT},
                                   {"crossing", "1.5 in", STK_COLUMN_TEXT},
                                   {"below_1_5", "< 1.5", STK_COLUMN_TEXT},
                                   {"below_2", "< 2", STK_COLUMN_TEXT},
                                   {"below_3", "< 3", STK_COLUMN_TEXT},
                                   {"category", "Category", STK_COLUMN_TEXT}};

/* The thresholds that have columns; JSON has all. */
static const int column_thresholds[] = {STK_WARMING_1_5, STK_WARMING_2, STK_WARMING_3};
enum { COLUMN_THRESHOLDS = sizeof column_thresholds / sizeof *column_thresholds };

static void add_rows(stk_table *table, const char *as_of, const stk_warming_case *c)
{
    for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
        stk_table_text(table, as_of);
        stk_table_text(table, stk_case_name(c->kind));
        stk_table_text(table, stk_condition_name(c->condition));
        stk_table_text(table, stk_ambition_name(c->ambition));
        stk_table_text(table, c->hot_air_capped ? "cap" : "keep");
        stk_table_number(table, stk_warming_percentiles[p]);
        stk_table_number(table, c->outlook.peak_k[p]);
        stk_table_number(table, c->outlook.peak_year[p]);
        stk_table_number(table, c->outlook.last_k[p]);
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
    stk_table_text(table, stk_case_title(c->kind));
    stk_table_text(table, trend ? "-" : stk_condition_name(c->condition));
    stk_table_text(table, trend ? "-" : stk_ambition_name(c->ambition));
    stk_table_text(table, trend ? "-" : c->hot_air_capped ? "cap" : "keep");
    stk_table_number(table, o->peak_k[STK_WARMING_MEDIAN]);
    stk_table_number(table, o->last_k[STK_WARMING_MEDIAN]);
    snprintf(text, sizeof text, "%.1f-%.1f", o->last_k[0], o->last_k[STK_WARMING_PERCENTILES - 1]);
    stk_table_text(table, text);
    int crossing = o->crossing_year[STK_WARMING_1_5][STK_WARMING_MEDIAN];
    snprintf(text, sizeof text, crossing == 0 ? "never" : "%d", crossing);
    stk_table_text(table, text);
    for (size_t t = 0; t < COLUMN_THRESHOLDS; t++) {
        snprintf(text, sizeof text, "%.0f %%", 100.0 * (1.0 - o->p_exceed[column_thresholds[t]]));
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
        snprintf(text, size,
                 "Some totals leave the range of the library's scenarios between %d and %d; other\n"
                 "gases are those of the nearest scenario there, and CO2 keeps the total.\n",
                 first, last);
    }
}

/* The options that are numbers. */
typedef struct numbers {
    int threads;
    int year;
} numbers;

typedef struct outcome {
    stk_options model;
    size_t count;
    stk_warming_case cases[STK_WARMING_CASES];
    stk_iamc *gases; /* of a data set */
} outcome;

/* --hot-air shows one of the two rules. */
static bool is_wanted(const cli_arguments *arguments, const outcome *o, size_t i)
{
    return !cli_given(arguments, "hot-air") || o->cases[i].hot_air_capped == o->model.cap_hot_air;
}

static int answer_text(const cli_arguments *arguments, const outcome *o, const char *as_of)
{
    char preface[300];
    char outside[300];
    char notes[700];
    stk_table *table = stk_table_new(shown, sizeof shown / sizeof *shown);
    bool trend_shown = false;
    for (size_t i = 0; i < o->count; i++) {
        bool trend = o->cases[i].kind == STK_CASE_CURRENT_TREND;
        if (is_wanted(arguments, o, i) && !(trend && trend_shown)) {
            show_row(table, &o->cases[i]);
            trend_shown = trend_shown || trend;
        }
    }
    snprintf(preface, sizeof preface,
             "The warming of the pledges as of %s: K above 1850-1900, medians of the ensemble\n\n",
             as_of);
    describe_outside(o->cases, o->count, outside, sizeof outside);
    snprintf(
        notes, sizeof notes,
        "\n5-95 %%: of warming in 2100, from the climate alone. 1.5 in: the year in which the "
        "median\n"
        "crosses 1.5 K. < 1.5, < 2, < 3: chance that warming stays below at all times to 2100.\n"
        "Category: as the IPCC sorts pathways.\n%s",
        outside);
    return cli_write_table(arguments, table, preface, notes);
}

static int answer(const cli_arguments *arguments, const outcome *o)
{
    char as_of[STK_DATE_SIZE];
    stk_date_format(o->model.as_of.date, as_of);
    if (cli_is_series(arguments)) {
        return warming_series(arguments, o->cases, o->count, o->gases);
    }
    if (cli_format(arguments) == STK_FORMAT_TEXT) {
        return answer_text(arguments, o, as_of);
    }
    json_t *details = json_array();
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < o->count; i++) {
        if (is_wanted(arguments, o, i)) {
            add_rows(table, as_of, &o->cases[i]);
            json_array_append_new(details, outlook_json(&o->cases[i]));
        }
    }
    return cli_write_rows(arguments, table,
                          json_pack("{s:s, s:s, s:o}", "gwp", "AR6", "reference_period",
                                    "1850-1900", "cases", details),
                          NULL, NULL);
}

/* What is asked of the worlds, from the options of the command. */
static stk_warming_request request_of(const stk_options *told, const numbers *n)
{
    stk_options made = stk_warming_options(told);
    return (stk_warming_request){.options = *told,
                                 .beyond = made.otherwise,
                                 .net_zero = made.net_zero,
                                 .threads = n->threads};
}

static int run_cases(const cli_arguments *arguments, const stk_data *data,
                     const stk_warming_model *model, const stk_warming_request *request)
{
    static outcome o;
    stk_error error;
    stk_warming_request own = *request;
    o.model = request->options;
    stk_status status = warming_gases(arguments, model, &own.gases, &error);
    o.gases = own.gases;
    if (status == STK_OK) {
        status = stk_warming_cases(data, model, &own, o.cases, &o.count, &error);
    }
    int code = status == STK_OK ? answer(arguments, &o) : cli_refuse(&error);
    stk_iamc_free(own.gases);
    return code;
}

/* The reference is the case of pledges and targets that the told name. */
static int run_factorial(const cli_arguments *arguments, const stk_data *data,
                         const stk_warming_model *model, const stk_warming_request *request,
                         int year)
{
    stk_options told = request->options;
    told.extension = STK_EXTEND_NET_ZERO;
    told.otherwise = request->beyond;
    told.net_zero = request->net_zero;
    stk_factorial_request factorial = {.as_of = told.as_of.date,
                                       .year = year,
                                       .reference = stk_combination_of(&told),
                                       .threads = request->threads};
    return warming_factorial(arguments, data, model, &factorial);
}

static bool read_numbers(const cli_arguments *arguments, numbers *n)
{
    if (!cli_integer(arguments, "threads", 0, &n->threads) ||
        !cli_integer(arguments, "year", 0, &n->year)) {
        return false;
    }
    if (n->threads < 0) {
        cli_usage(arguments, "--threads: %d is refused; allowed: 0 and above", n->threads);
        return false;
    }
    if (!cli_check_name(arguments, "--cases", cli_value(arguments, "cases"), "csv", NULL)) {
        return false;
    }
    if (!cli_given(arguments, "factorial") &&
        (cli_given(arguments, "cases") || cli_given(arguments, "year"))) {
        cli_usage(arguments, "--cases and --year go with --factorial");
        return false;
    }
    if (cli_given(arguments, "factorial") && cli_is_series(arguments)) {
        cli_usage(arguments, "--factorial is a table: no --format iamc or netcdf");
        return false;
    }
    return true;
}

static int run(const cli_arguments *arguments)
{
    stk_data data;
    stk_error error;
    stk_options told;
    numbers n;
    int other;
    stk_warming_model *model = NULL;
    if (!read_numbers(arguments, &n) || !cli_check_series(arguments)) {
        return EXIT_USAGE;
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    status = status != STK_OK ? status : cli_options(arguments, &data, &told, &error);
    status = status != STK_OK
                 ? status
                 : cli_year(arguments, &data, told.as_of.date, &n.year, &other, &error);
    status = status != STK_OK ? status : stk_warming_model_open(data.edition, &model, &error);
    int code = EXIT_DATA;
    if (status == STK_OK) {
        stk_warming_request request = request_of(&told, &n);
        code = cli_given(arguments, "factorial")
                   ? run_factorial(arguments, &data, model, &request, n.year)
                   : run_cases(arguments, &data, model, &request);
    }
    stk_warming_model_free(model);
    stk_data_close(&data);
    return status == STK_OK ? code : cli_refuse(&error);
}

const cli_command command_warming = {
    .name = "warming",
    .operands = "",
    .summary = "the warming of the pledges, with probabilities",
    .description =
        "How warm it gets if pledges known on a date are kept: the world's total to 2100, split "
        "into gases by a library of scenarios, run through the calibrated climate ensemble.\n\n"
        "Four cases: current_trend (every Party on its baseline), targets_only (targets, then the "
        "yearly rate of their own documents, or --extend; no net zero), pledges_and_targets (with "
        "net-zero years in law or "
        "policy documents, or of the standing that --net-zero names) and optimistic (every "
        "announced target and net-zero year). Each for both conditions, ambitions and rules for "
        "hot air, unless --hot-air names one; the current trend depends on none of them.\n\n"
        "--factorial runs thousands of pathways, which takes minutes, and shows how far it is on a "
        "terminal.\n\n"
        "Emissions are in AR6 GWP100 with LULUCF CO2. In CSV and JSON each "
        "case has a row a percentile: of each member's peak, its year and warming in 2100. "
        "p_exceed is the share of members above the threshold in any year to 2100.\n\n"
        "iamc and netcdf are data sets of temperature and chances in every year, and of the gases "
        "that the climate model was run on, which `stocktake climate` reads.",
    .examples = "  stocktake warming\n"
                "  # The world as pledged after the Leaders Summit of April 2021\n"
                "  stocktake warming --as-of 2021-05-01 --hot-air keep\n"
                "  # What if Parties kept to a constant share below their baselines?\n"
                "  stocktake warming --extend baseline_ratio --format csv\n"
                "  stocktake warming --hot-air keep --format netcdf --output warming.nc\n"
                "  # Which assumption matters most?\n"
                "  stocktake warming --as-of 2021-05-01 --factorial --cases cases.csv\n",
    .option_groups = groups,
    .run = run};
