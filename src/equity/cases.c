/** @file cases.c
 * @brief Cases for an invented world: a CSV file whose columns tell what is asked.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/table.h"
#include "equity/file_impl.h"
#include "equity/parameters.h"

enum { INPUTS_MAX = 5, RESULTS_MAX = 16, PEERS = 5 };

struct cases;

/* A kind of case: columns that it is known by, and those that it fills. */
typedef struct kind {
    int input_count;
    const char *inputs[INPUTS_MAX]; /* the first one tells the kind */
    int result_count;
    const char *results[RESULTS_MAX];
    stk_status (*fill)(struct cases *c, double *results, stk_error *error);
} kind;

typedef struct cases {
    stk_equity_file *file;
    stk_csv csv;
    const kind *kind;
    int columns[INPUTS_MAX];
    double *levels; /* one an area */
    double **years; /* levels of the years of the rule that came last */
    char rule[512]; /* that rule, as it was written */
    stk_equity_index *indices;
    stk_equity_readings *readings;
    int readings_year;
} cases;

static stk_text field(const cases *c, int i)
{
    return stk_csv_field(&c->csv, c->columns[i]);
}

/* Put the place of the row before a refusal that knows none. */
static stk_status at_row(const cases *c, int column, stk_status status, stk_error *error)
{
    if (status != STK_OK && error != NULL && error->line == 0) {
        stk_error before = *error;
        status = status == STK_EARG ? STK_EDATA : status; /* it is a file that asks */
        stk_error_at(error, status, c->csv.source.name, c->csv.line,
                     c->csv.field_columns[c->columns[column]], "%s", before.message);
    }
    return status;
}

static stk_status read_area(const cases *c, int i, size_t *area, stk_error *error)
{
    *area = file_area(c->file, field(c, i));
    return *area < c->file->world.count
               ? STK_OK
               : stk_csv_refuse(&c->csv, c->columns[i], error, "an area of the world's file");
}

static stk_status read_year(const cases *c, int i, int first, int *year, stk_error *error)
{
    const stk_equity_world *w = &c->file->world;
    stk_status status = stk_csv_integer(&c->csv, c->columns[i], 0, year, error);
    return status != STK_OK || (*year >= first && *year <= w->last_year)
               ? status
               : stk_csv_refuse(&c->csv, c->columns[i], error, "a year from %d to %d", first,
                                w->last_year);
}

static stk_status read_value(const cases *c, int i, double *value, stk_error *error)
{
    stk_status status = stk_csv_number_within(&c->csv, c->columns[i], &stk_csv_any, value, error);
    return status != STK_OK || isfinite(*value)
               ? status
               : stk_csv_refuse(&c->csv, c->columns[i], error, "a number");
}

/* ---- allocations ---- */

/* Six significant digits, which files of invented worlds have. */
static double six_digits(double value)
{
    char text[32];
    double rounded = value;
    stk_print(text, sizeof text, "%.6g", value);
    stk_text_number(stk_text_of(text), &rounded);
    return rounded;
}

/* An area's part of a budget by its people of a year, used by a straight line to zero. The CO2 of
 * an area is its emissions times the world's part of CO2 in the last year of data. */
static stk_status budget_linear(cases *c, stk_text parameters, size_t area, int year, double *mt,
                                stk_error *error)
{
    const stk_equity_world *w = &c->file->world;
    stk_text key;
    stk_text value;
    double budget_gt = NAN;
    int of_year = w->now;
    stk_status status = STK_OK;
    while (status == STK_OK && parameters_next(&parameters, &key, &value)) {
        status = stk_text_equal(key, "budget_gt") ? parameters_number(key, value, &budget_gt, error)
                 : stk_text_equal(key, "population") ? parameters_year(key, value, &of_year, error)
                 : stk_text_equal(key, "co2")
                     ? STK_OK
                     : parameters_refuse(key, value, "co2, budget_gt, population", error);
    }
    if (status == STK_OK &&
        (isnan(budget_gt) || of_year < w->first_year || of_year > w->last_year)) {
        status = stk_error_set(error, STK_EARG,
                               "budget_linear needs budget_gt, and a year of population from %d "
                               "to %d",
                               w->first_year, w->last_year);
    }
    if (status == STK_OK) {
        size_t now = (size_t)(w->now - w->first_year);
        double part = round(1e4 * c->file->world_co2_mt[now] / w->world_mt[now]) / 1e4;
        double level = w->emissions_mt[equity_at(c->file->opened, area, w->now)];
        *mt = stk_equity_budget_linear_mt(1000.0 * budget_gt *
                                              equity_people(c->file->opened, area, of_year),
                                          six_digits(part * level), w->now, year);
    }
    return status;
}

/* Where the levels of a year are kept; all are forgotten when another rule comes. */
static double **kept_year(cases *c, int year)
{
    const stk_equity_world *w = &c->file->world;
    char rule[sizeof c->rule];
    stk_text method = stk_text_cut(field(c, 0), 200);
    stk_text parameters = stk_text_cut(field(c, 1), 300);
    stk_print(rule, sizeof rule, "%.*s;%.*s", (int)method.size, method.data, (int)parameters.size,
              parameters.data);
    if (strcmp(rule, c->rule) != 0) {
        for (int t = w->first_year; t <= w->last_year; t++) {
            free(c->years[t - w->first_year]);
            c->years[t - w->first_year] = NULL;
        }
        memcpy(c->rule, rule, sizeof rule);
    }
    return &c->years[year - w->first_year];
}

static stk_status allocate(cases *c, int year, double **levels, stk_error *error)
{
    stk_equity_rule rule;
    double **kept = kept_year(c, year);
    stk_status status = STK_OK;
    if (*kept == NULL) {
        *kept = malloc(c->file->world.count * sizeof **kept);
        if (*kept == NULL) {
            return stk_error_memory(error);
        }
        STK_TRY(stk_equity_rule_parse(field(c, 0), field(c, 1), &rule, error));
        STK_TRY(stk_equity_allocate(c->file->opened, &rule, year, *kept, error));
    }
    *levels = *kept;
done:
    return at_row(c, 0, status, error);
}

static stk_status fill_allocation(cases *c, double *results, stk_error *error)
{
    size_t area;
    int year;
    double *levels = NULL;
    stk_status status;
    STK_TRY(read_area(c, 2, &area, error));
    STK_TRY(read_year(c, 3, c->file->world.now, &year, error));
    if (stk_text_equal(field(c, 0), "budget_linear")) {
        return at_row(c, 1, budget_linear(c, field(c, 1), area, year, results, error), error);
    }
    STK_TRY(allocate(c, year, &levels, error));
    results[0] = levels != NULL ? levels[area] : (double)NAN;
done:
    return status;
}

static stk_status fill_share(cases *c, double *results, stk_error *error)
{
    stk_equity_share_rule rule;
    size_t area;
    int year;
    stk_status status;
    STK_TRY(read_area(c, 2, &area, error));
    STK_TRY(read_year(c, 3, c->file->world.first_year, &year, error));
    STK_TRY(at_row(c, 0, stk_equity_share_parse(field(c, 0), field(c, 1), &rule, error), error));
    STK_TRY(at_row(c, 1, stk_equity_share(c->file->opened, &rule, year, c->levels, error), error));
    results[0] = c->levels[area];
done:
    return status;
}

/* ---- capability and responsibility, and incomes alone ---- */

static stk_status fill_index(cases *c, double *results, stk_error *error)
{
    stk_equity_rule rule = {.method = STK_EQUITY_GDR};
    size_t area;
    int year;
    stk_status status;
    STK_TRY(read_value(c, 0, &rule.responsibility, error));
    STK_TRY(read_value(c, 1, &rule.threshold, error));
    STK_TRY(read_year(c, 2, c->file->world.first_year, &rule.from, error));
    STK_TRY(read_area(c, 3, &area, error));
    STK_TRY(read_year(c, 4, c->file->world.first_year, &year, error));
    STK_TRY(
        at_row(c, 0, stk_equity_indices(c->file->opened, &rule, year, c->indices, error), error));
    results[0] = c->indices[area].capability;
    results[1] = c->indices[area].responsibility;
    results[2] = c->indices[area].index;
    if (year >= c->file->world.now) {
        STK_TRY(at_row(c, 0, stk_equity_allocate(c->file->opened, &rule, year, c->levels, error),
                       error));
        results[3] = c->levels[area];
    }
done:
    return status;
}

static stk_status fill_incomes(cases *c, double *results, stk_error *error)
{
    double mean;
    double gini;
    double threshold;
    stk_status status;
    STK_TRY(read_value(c, 0, &mean, error));
    STK_TRY(read_value(c, 1, &gini, error));
    STK_TRY(read_value(c, 2, &threshold, error));
    if (!(mean > 0)) {
        STK_TRY(stk_csv_refuse(&c->csv, c->columns[0], error, "a number above 0"));
    }
    if (!(gini > 0 && gini < 100)) {
        STK_TRY(stk_csv_refuse(&c->csv, c->columns[1], error, "a number between 0 and 100"));
    }
    if (!(threshold >= 0)) {
        STK_TRY(stk_csv_refuse(&c->csv, c->columns[2], error, "0 or more"));
    }
    stk_equity_incomes incomes = stk_equity_incomes_of(mean, gini, threshold);
    results[0] = incomes.income_above;
    results[1] = incomes.people_above;
    results[2] = incomes.income_of_people_below;
done:
    return status;
}

/* ---- paths that use a budget up ---- */

static stk_status fill_decay(cases *c, double *results, stk_error *error)
{
    double level;
    double budget;
    double rate;
    int start;
    int end;
    int year;
    stk_status status;
    STK_TRY(read_value(c, 0, &level, error));
    STK_TRY(read_value(c, 1, &budget, error));
    STK_TRY(stk_csv_integer(&c->csv, c->columns[2], 0, &start, error));
    STK_TRY(stk_csv_integer(&c->csv, c->columns[3], 0, &end, error));
    STK_TRY(stk_csv_integer(&c->csv, c->columns[4], 0, &year, error));
    if (start < 1 || end > 9999 || end <= start) {
        STK_TRY(stk_csv_refuse(&c->csv, c->columns[3], error, "a year after the start, to 9999"));
    }
    if (year < start || year > end) {
        STK_TRY(stk_csv_refuse(&c->csv, c->columns[4], error, "a year from %d to %d", start, end));
    }
    STK_TRY(at_row(c, 1, stk_equity_budget_decay(budget, level, start, end, &rate, error), error));
    results[0] = stk_equity_budget_decay_level(level, rate, start, end, year);
done:
    return status;
}

/* ---- ratings ---- */

static stk_status make_readings(cases *c, int year, stk_error *error)
{
    stk_equity_grid grid = stk_equity_grid_usual(c->file->threshold);
    if (c->readings != NULL && c->readings_year == year) {
        return STK_OK;
    }
    stk_equity_readings_free(c->readings);
    c->readings = NULL;
    c->readings_year = year;
    return stk_equity_readings_make(c->file->opened, &grid, year, (stk_equity_rest){0, 0},
                                    &c->readings, error);
}

static stk_status fill_rating(cases *c, double *results, stk_error *error)
{
    const stk_equity_theta *theta = c->file->theta.count > 0 ? &c->file->theta : NULL;
    stk_equity_rating rating;
    size_t area;
    int year;
    double level;
    stk_status status;
    STK_TRY(read_value(c, 0, &level, error));
    STK_TRY(read_area(c, 1, &area, error));
    STK_TRY(read_year(c, 2, c->file->world.now + 1, &year, error));
    STK_TRY(at_row(c, 2, make_readings(c, year, error), error));
    STK_TRY(at_row(c, 1, stk_equity_rate(c->readings, area, level, theta, &rating, error), error));
    const double found[] = {rating.baseline_mt,      rating.lo_mt,    rating.hi_mt,
                            rating.met_percent,      rating.position, rating.world_if_all_mt,
                            rating.implied_warming_k};
    memcpy(results, found, sizeof found);
    memcpy(results + sizeof found / sizeof *found, rating.peer_k, PEERS * sizeof *results);
done:
    return status;
}

/* ---- files ---- */

static const kind kinds[] = {
    {4, {"method", "parameters", "area", "year"}, 1, {"mt"}, fill_allocation},
    {4, {"case", "parameters", "area", "year"}, 1, {"share"}, fill_share},
    {5,
     {"responsibility_weight", "threshold", "from", "area", "year"},
     4,
     {"capability_share", "responsibility_share", "rci", "allocation_mt"},
     fill_index},
    {3,
     {"mean_income", "gini_percent", "threshold"},
     3,
     {"income_share_above", "people_share_above", "income_share_of_people_below"},
     fill_incomes},
    {5, {"start_level", "budget", "start_year", "end_year", "year"}, 1, {"level"}, fill_decay},
    {3,
     {"level_mt", "area", "year"},
     12,
     {"baseline_mt", "lo_mt", "hi_mt", "met_percent", "position", "world_if_all_mt",
      "implied_warming_k", "peer_k_per_capita", "peer_k_convergence", "peer_k_ecpc",
      "peer_k_ability_to_pay", "peer_k_gdr"},
     fill_rating},
};

static stk_status find_kind(cases *c, stk_error *error)
{
    size_t count = sizeof kinds / sizeof *kinds;
    size_t i = 0;
    while (i < count && stk_csv_find(&c->csv, kinds[i].inputs[0]) < 0) {
        i++;
    }
    c->kind = i < count ? &kinds[i] : &kinds[0];
    return i == count ? stk_error_at(error, STK_EFORMAT, c->csv.source.name, 1, 0,
                                     "no column tells what is asked; allowed: method, case, "
                                     "responsibility_weight, mean_income, start_level or level_mt")
                      : stk_csv_columns(&c->csv, c->kind->inputs, (size_t)c->kind->input_count,
                                        c->columns, error);
}

static void write_header(const cases *c, stk_buffer *out)
{
    for (size_t i = 0; i < c->csv.column_count; i++) {
        stk_buffer_text(out, i > 0 ? "," : "");
        stk_csv_write_field(out, c->csv.columns[i]);
    }
    for (int k = 0; k < c->kind->result_count; k++) {
        if (stk_csv_find(&c->csv, c->kind->results[k]) < 0) {
            stk_buffer_printf(out, ",%s", c->kind->results[k]);
        }
    }
    stk_buffer_text(out, "\n");
}

/* Which result a column has; -1: it is passed through. */
static int result_of(const cases *c, size_t column)
{
    for (int k = 0; k < c->kind->result_count; k++) {
        if (stk_text_equal(c->csv.columns[column], c->kind->results[k])) {
            return k;
        }
    }
    return -1;
}

static void write_row(const cases *c, const double *results, stk_buffer *out)
{
    char number[STK_NUMBER_SIZE];
    for (size_t i = 0; i < c->csv.column_count; i++) {
        int k = result_of(c, i);
        stk_buffer_text(out, i > 0 ? "," : "");
        if (k < 0) {
            stk_csv_write_field(out, c->csv.fields[i]);
        } else {
            stk_number_format(results[k], number);
            stk_buffer_text(out, number);
        }
    }
    for (int k = 0; k < c->kind->result_count; k++) {
        if (stk_csv_find(&c->csv, c->kind->results[k]) < 0) {
            stk_number_format(results[k], number);
            stk_buffer_printf(out, ",%s", number);
        }
    }
    stk_buffer_text(out, "\n");
}

static stk_status open_cases(cases *c, stk_source source, stk_error *error)
{
    const stk_equity_world *w = &c->file->world;
    size_t years = (size_t)(w->last_year - w->first_year + 1);
    stk_arena *arena = &c->file->arena;
    stk_status status;
    c->levels = stk_arena_alloc(arena, w->count, sizeof *c->levels);
    c->indices = stk_arena_alloc(arena, w->count, sizeof *c->indices);
    c->years = calloc(years, sizeof *c->years);
    if (c->levels == NULL || c->indices == NULL || c->years == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open(&c->csv, source, arena, error));
    STK_TRY(find_kind(c, error));
done:
    return status;
}

static void close_cases(cases *c)
{
    const stk_equity_world *w = &c->file->world;
    for (int t = w->first_year; c->years != NULL && t <= w->last_year; t++) {
        free(c->years[t - w->first_year]);
    }
    free(c->years);
    stk_equity_readings_free(c->readings);
}

stk_status stk_equity_file_cases(stk_equity_file *file, const char *name, stk_text content,
                                 char **out, size_t *size, stk_error *error)
{
    cases c = {.file = file, .kind = &kinds[0]};
    stk_buffer buffer = {0};
    double results[RESULTS_MAX];
    stk_status status;
    *out = NULL;
    *size = 0;
    STK_TRY(open_cases(&c, (stk_source){name, content}, error));
    write_header(&c, &buffer);
    while (stk_csv_each(&c.csv, &status, error)) {
        for (int k = 0; k < RESULTS_MAX; k++) {
            results[k] = NAN;
        }
        STK_TRY(c.kind->fill(&c, results, error));
        write_row(&c, results, &buffer);
    }
    STK_TRY(status);
    STK_TRY(stk_buffer_status(&buffer, error));
    *out = buffer.data;
    *size = buffer.size;
done:
    close_cases(&c);
    if (status != STK_OK) {
        stk_buffer_free(&buffer);
    }
    return status;
}
