/** @file fairness.c
 * @brief `stocktake fairness`: what a Party's level would be if the world's were shared by a rule.
 */
#include "question/fairness.h"

static const question_option options[] = {
    {"threshold", "DOLLARS",
     "Income a head and year below which nobody is capable or responsible (2017 int-$).", NULL,
     "9250"},
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

static stk_status answer_query(query *q, stk_error *error)
{
    return fairness_answer_cases(q, error);
}

const question question_fairness = {
    .name = "fairness",
    .operands = "",
    .summary = "fair shares of an invented world, by every method and parameter",
    .description =
        "What the level of each area would be if the world's were shared by a rule of equity: by "
        "people, by convergence, by equal cumulative emissions per head, by ability to pay, by "
        "capability and responsibility. Equations and sources: docs/fairness.md.",
    .examples = "  stocktake fairness --world areas.csv --world-pathway pathway.csv "
                "--cases cases.csv --format csv\n",
    .option_groups = OPTION_GROUPS(options, options_invented, options_common),
    .answer = answer_query};
