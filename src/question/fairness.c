/** @file fairness.c
 * @brief `stocktake fairness`: what a Party's level would be if the world's were shared by a rule,
 * and how its pledge compares.
 */
#include "question/fairness.h"

#include <stdlib.h>
#include <string.h>

#include "dataset/series.h"

static const question_option options[] = {
    {"year", "YEAR", "The year of the levels; data sets have all years.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"table", "TABLE",
     "What to list: what each rule leaves, ratings of what is pledged, or parts of the remaining "
     "carbon budget.",
     "allocations|rating|budget", "with AREA: allocations; without: rating"},
    {"condition", "CONDITION", "Which pledges count.", "unconditional|conditional",
     "unconditional"},
    {"ambition", "AMBITION", "Which end of a range counts.", "low|high", "low"},
    {"methods", "LIST",
     "Only these methods: per_capita, convergence, ecpc, ability_to_pay, gdr; and grandfathering, "
     "ecpc_recurrence, adjusted, which are never rated.",
     NULL, "all but the last two"},
    {"from", "YEAR", "First year of history for ecpc, gdr and adjusted.", NULL,
     "1850, 1950 and 1990; adjusted 1990"},
    {"discount", "SHARE", "Discount of past emissions a year for ecpc, 0.02 for 2 %.", NULL,
     "0 and 0.02"},
    {"converge", "YEAR", "Year of convergence, by which ecpc has paid all debts.", NULL,
     "2040 and 2050; ecpc 2080"},
    {"population", "RULE", "People of each year, or of the last year of data.", "moving|fixed",
     "moving"},
    {"threshold", "DOLLARS",
     "Income a head and year below which nobody is capable or responsible (2017 int-$).", NULL,
     "0 and 9250"},
    {"responsibility", "WEIGHT",
     "Weight of responsibility beside capability in gdr and adjusted, 0 to 1.", NULL, "0.5"},
    {"smooth", NULL, "The mean index of all years since the last of data in gdr.", NULL, NULL},
    {"fade", NULL, "Hold the index of 2030 in gdr and fade to ability to pay until 2100.", NULL,
     NULL},
    {"budget", NULL, "The same as --table budget.", NULL, NULL},
    {"warming", "K", "Warming above 1850-1900 that a budget keeps to.", NULL, "1.5"},
    {"probability", "SHARE", "Probability that it does; 0.66 and 0.67 are the same.", NULL, "0.5"},
    {"source", "NAME", "Only budgets of sources with this in their name, with all variants.", NULL,
     "every source, its preferred variant"},
    {NULL, NULL, NULL, NULL, NULL}};

static const question_option options_invented[] = {
    {"world", "FILE",
     "Share an invented world: CSV with area, year, population_m, gdp_m, emissions_mt, "
     "gini_percent. The last year in which the areas add up to the pathway is the last of data.",
     NULL, NULL},
    {"world-pathway", "FILE", "Its pathway: CSV with year, world_mt, world_co2_mt.", NULL, NULL},
    {"world-warming", "FILE", "Its warming for ratings: CSV with warming_k, world_mt.", NULL, NULL},
    {"cases", "FILE",
     "What is asked of it, CSV with method, parameters, area, year: written again with mt filled "
     "in. docs/fairness.md has the other cases.",
     NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

/* ---- which Parties ---- */

static stk_status refuse_rest(const stk_area_set *set, stk_error *error)
{
    return stk_error_set(error, STK_ENOTFOUND,
                         "%s shares nothing and keeps its part of the world: there is no "
                         "population, GDP or Gini index of it from 1850 on",
                         set->name);
}

/* A member of the joint document stands for the union, an area without data for nothing. */
static void tell_left_out(query *q, const fairness_answer *a)
{
    for (size_t i = 0; i < stk_fairness_rest_count(a->fairness); i++) {
        const stk_actor *actor = &stk_fairness_rest(a->fairness, i)->actor;
        if (actor->kind == STK_ACTOR_PARTY && stk_area_set_has(a->set, actor)) {
            query_remark(q, "%s is left out: no population, GDP or Gini index from 1850 on",
                         actor->name);
        }
    }
    const stk_actor *joint = &stk_world_find(a->world, "EUU")->actor;
    int members = 0;
    for (int m = 0; m < joint->member_count; m++) {
        members += a->set->members[joint->members[m]];
    }
    if (members > 0 && members < joint->member_count) {
        query_remark(q, "the EU is one actor: its members have no shares of their own, and what is "
                        "shown is the EU's");
    }
}

static stk_status choose_actors(query *q, fairness_answer *a, stk_error *error)
{
    size_t count = stk_fairness_count(a->fairness);
    a->asked = query_alloc(q, count + 1);
    if (a->asked == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        const stk_actor *actor = &stk_fairness_national(a->fairness, i)->actor;
        a->asked[i] =
            a->set == NULL ? actor->kind == STK_ACTOR_PARTY : stk_area_set_has(a->set, actor);
        if (a->asked[i]) {
            a->one = i;
            a->asked_count++;
        }
    }
    if (a->asked_count == 0) {
        return refuse_rest(a->set, error);
    }
    if (a->set != NULL && a->set->kind != STK_AREAS_WORLD) {
        tell_left_out(q, a);
    }
    return STK_OK;
}

/* ---- data ---- */

static stk_status open_answer(query *q, fairness_answer *a, stk_error *error)
{
    stk_benchmark *years = query_alloc(q, STK_PATH_YEARS * sizeof *years);
    stk_area_set *set = query_alloc(q, sizeof *set);
    int other;
    stk_status status = years != NULL && set != NULL ? STK_OK : stk_error_memory(error);
    if (status != STK_OK) {
        return status;
    }
    STK_TRY(query_data(q, &a->data, error));
    STK_TRY(query_options(q, a->data, &a->options, error));
    STK_TRY(fairness_read_rules(q, &a->rules, error));
    if (q->operand_count > 0) {
        STK_TRY(stk_areas_find(a->data->inventory, stk_text_of(q->operands[0]), set, error));
        a->set = set;
    }
    STK_TRY(query_year(q, a->data, a->options.as_of.date, &a->year, &other, error));
    STK_TRY(query_benchmark(q, a->data, a->year, &a->benchmark, error));
    STK_TRY(query_benchmark_years(q, a->data, STK_PATH_FIRST, STK_PATH_LAST, years, error));
    a->options.gwp = a->benchmark.gwp;
    a->condition = (stk_condition)query_choice(q, "condition", STK_UNCONDITIONAL);
    a->ambition = (stk_ambition)query_choice(q, "ambition", STK_LOW);
    STK_TRY(stk_world_make(a->data->inventory, a->data->pledges, a->data->baseline, &a->options,
                           &a->world, error));
    STK_TRY(stk_fairness_make(a->data, a->world, years, &a->fairness, error));
    STK_TRY(choose_actors(q, a, error));
done:
    return status;
}

/* The hybrid is a column that text does not have; words tell it where the methods nearly agree. */
static stk_status rate_one(const query *q, fairness_answer *a, size_t actor, stk_error *error)
{
    stk_fairness_rating *r = &a->ratings[actor];
    stk_fairness_level level =
        stk_fairness_level_of(a->fairness, actor, a->condition, a->ambition, a->year);
    bool shown = query_format(q) != QUERY_TEXT || q->keep_table;
    stk_status status = stk_fairness_rate(a->readings, actor, level, r, error);
    return status == STK_OK && (shown || (r->is_narrow && a->asked_count == 1))
               ? stk_fairness_add_hybrid(a->readings, r, error)
               : status;
}

/* Ratings need several methods; a single one can be listed all the same. */
static stk_status rate(query *q, fairness_answer *a, bool needed, stk_error *error)
{
    size_t methods = 0;
    for (size_t i = 0; i < a->rules.rated.count; i++) {
        methods += i == 0 || a->rules.rated.rules[i].method != a->rules.rated.rules[i - 1].method;
    }
    if (methods < 2) {
        return needed ? query_usage(q, error,
                                    "--methods: ratings need two methods or more of "
                                    "per_capita, convergence, ecpc, ability_to_pay, gdr")
                      : STK_OK;
    }
    a->ratings = query_alloc(q, (stk_fairness_count(a->fairness) + 1) * sizeof *a->ratings);
    if (a->ratings == NULL) {
        return stk_error_memory(error);
    }
    a->is_rated = true;
    stk_status status;
    STK_TRY(stk_fairness_readings_make(a->fairness, &a->rules.rated, a->year, &a->readings, error));
    for (size_t i = 0; i < stk_fairness_count(a->fairness); i++) {
        if (a->asked[i]) {
            STK_TRY(rate_one(q, a, i, error));
        }
    }
done:
    return status;
}

/* ---- answers ---- */

static stk_status answer_series(query *q, fairness_answer *a, stk_error *error)
{
    dataset *d = query_alloc(q, sizeof *d);
    if (d == NULL) {
        return stk_error_memory(error);
    }
    stk_status status =
        series_fairness(a->fairness, stk_inventory_gwp(a->data->inventory), a->benchmark.gwp,
                        a->asked, &a->rules.shown, a->condition, a->ambition, d, error);
    for (int year = STK_PATH_LAST; status == STK_OK && year > STK_PATH_LAST - 50; year--) {
        if (stk_fairness_world_mt(a->fairness, year) <= 0) {
            query_remark(
                q, "the world's level in %d is not above 0: shares change their sign there", year);
            break;
        }
    }
    d->attributes = json_pack("{s:s}", "gwp", query_gwp_label(a->data, a->benchmark.gwp));
    status = status != STK_OK ? status : query_write_series(q, d, error);
    dataset_free(d);
    return status;
}

/* A rule that multiplies shares turns them round where the world takes out more than it emits. */
static stk_status check_shares(const fairness_answer *a, stk_error *error)
{
    double mt = stk_fairness_world_mt(a->fairness, a->year);
    return mt > 0
               ? STK_OK
               : stk_error_set(error, STK_EDOMAIN,
                               "%s has %.6g Mt for the world in %d: nothing is left to share, and "
                               "no share is defined; --year names another year",
                               a->benchmark.name, mt, a->year);
}

static stk_status make_table(query *q, fairness_answer *a, const char *name, stk_table **table,
                             stk_error *error)
{
    bool rating = strcmp(name, "rating") == 0;
    stk_status status;
    *table = NULL;
    if (strcmp(name, "budget") == 0) {
        return fairness_budget_table(q, a, table, error);
    }
    STK_TRY(check_shares(a, error));
    if (rating || (a->asked_count == 1 && query_format(q) == QUERY_TEXT)) {
        STK_TRY(rate(q, a, rating, error));
    }
    if (rating) {
        *table = fairness_rating_table(a);
    } else {
        STK_TRY(fairness_allocation_table(a, query_format(q) == QUERY_TEXT, table, error));
    }
done:
    return status;
}

static stk_status answer_table(query *q, fairness_answer *a, stk_error *error)
{
    enum { ALLOCATIONS, RATING, BUDGET };
    static const char *const tables[] = {"allocations", "rating", "budget"};
    static const char *const names[] = {"fairness", "fairness rating", "fairness budget"};
    int which = query_given(q, "budget")
                    ? (int)BUDGET
                    : query_choice(q, "table", a->set == NULL ? (int)RATING : (int)ALLOCATIONS);
    const char *name = tables[which];
    stk_buffer preface = {0};
    stk_buffer notes = {0};
    stk_table *table;
    stk_status status = make_table(q, a, name, &table, error);
    if (status == STK_OK) {
        fairness_write_preface(a, name, &preface);
        fairness_write_notes(a, name, &notes);
        status = query_write_rows(
            q, names[which], table,
            json_pack("{s:i, s:s, s:s, s:s}", "year", a->year, "gwp",
                      query_gwp_label(a->data, a->benchmark.gwp), "condition",
                      stk_condition_name(a->condition), "ambition", stk_ambition_name(a->ambition)),
            stk_buffer_pass(&q->out, &preface), stk_buffer_pass(&q->out, &notes), error);
    }
    stk_buffer_free(&preface);
    stk_buffer_free(&notes);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    static const char *const invented[] = {"world", "world-pathway", "cases", "world-warming"};
    for (size_t i = 0; i < sizeof invented / sizeof *invented; i++) {
        if (query_given(q, invented[i])) {
            return fairness_answer_cases(q, error);
        }
    }
    fairness_answer *a = query_alloc(q, sizeof *a);
    if (a == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = open_answer(q, a, error);
    if (status == STK_OK) {
        status = query_is_series(q) ? answer_series(q, a, error) : answer_table(q, a, error);
    }
    stk_fairness_readings_free(a->readings);
    stk_fairness_free(a->fairness);
    stk_world_free(a->world);
    return status;
}

const question question_fairness = {
    .name = "fairness",
    .operands = "[AREA]",
    .operands_max = 1,
    .summary = QUESTION_HELP(
        "fair shares: what each reading of equity leaves a Party, and how its pledge compares"),
    .description = QUESTION_HELP(
        "What a Party's level would be if the world's were shared by a rule of equity: by people, "
        "by convergence, by equal cumulative emissions per head, by ability to pay, by capability "
        "and responsibility. There is no agreed rule; 16 readings by five methods are listed, with "
        "the range before any single number, and a rating is a reading of equity, no verdict.\n\n"
        "Without AREA, every Party's pledge is rated: how many readings it meets, its place "
        "between "
        "the methods' extremes, and the warming of a world in which every country is at that place "
        "of its own range. A Party without a pledge in force has its baseline rated, and the row "
        "says so. The EU is one actor.\n\n"
        "--budget lists the parts of the remaining carbon budget: how long they last, the yearly "
        "cut, what the pledged pathway uses until 2050 and when it has used them up.\n\n"
        "iamc and netcdf are data sets of what each rule leaves from the last year of data to "
        "2100, and of what is pledged. Equations, sources and limits: docs/fairness.md."),
    .examples =
        QUESTION_HELP("  # Does India's pledge do its part?\n"
                      "  stocktake fairness India\n"
                      "  stocktake fairness --year 2030 --benchmark C3\n"
                      "  stocktake fairness USA --methods ecpc --from 1850 --converge 2050\n"
                      "  stocktake fairness Germany --budget --warming 1.7 --probability 0.67\n"
                      "  stocktake fairness G20 --format iamc --output shares.csv\n"
                      "  stocktake fairness --world areas.csv --world-pathway pathway.csv "
                      "--cases cases.csv --format csv\n"),
    .option_groups = OPTION_GROUPS(options, options_benchmark, OPTIONS_MODEL_OF_SET,
                                   options_invented, options_series, options_file),
    .answer = answer_query};
