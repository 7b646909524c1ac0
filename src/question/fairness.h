/** @file fairness.h
 * @brief Parts of the question on fair shares.
 */
#ifndef STK_QUESTION_FAIRNESS_H
#define STK_QUESTION_FAIRNESS_H

#include <stocktake/fairness.h>

#include "question/query.h"

/* What --threshold ends below, in dollars a head and year. */
#define FAIRNESS_THRESHOLD_END 1e12

/* Cases for an invented world: --world, --world-pathway, --cases. */
stk_status fairness_answer_cases(query *q, stk_error *error);

/* The rules that are asked for: those of the rating first, then what is shown beside them. */
typedef struct fairness_rules {
    stk_equity_grid rated;
    stk_equity_grid shown; /* the rated ones too */
    bool chosen;           /* by options: the ratings are not the usual ones */
} fairness_rules;

stk_status fairness_read_rules(query *q, fairness_rules *rules, stk_error *error);

/* Everything that tables and texts are made of. */
typedef struct fairness_answer {
    const stk_data *data;
    stk_world *world;
    stk_options options;
    stk_fairness *fairness;
    fairness_rules rules;
    stk_benchmark benchmark; /* of the year */
    int year;
    stk_condition condition;
    stk_ambition ambition;
    const stk_area_set *set; /* NULL: all Parties */
    bool *asked;             /* by actor */
    size_t asked_count;
    size_t one;       /* the actor where there is only one */
    double warming_k; /* of budgets */
    double probability;
    bool is_rated;
    stk_fairness_readings *readings;
    stk_fairness_rating *ratings; /* by actor, of those asked for, where `is_rated` */
} fairness_answer;

/** @param text  for people, who read the change since a year; else the cut below it, as named */
stk_status fairness_allocation_table(const fairness_answer *a, bool text, stk_table **table,
                                     stk_error *error);
stk_table *fairness_rating_table(const fairness_answer *a);

/* Budgets of --warming, --probability and --source. */
stk_status fairness_budget_table(query *q, fairness_answer *a, stk_table **table, stk_error *error);

/* What stands above and below a table of text. */
void fairness_write_preface(const fairness_answer *a, const char *table, stk_buffer *out);
void fairness_write_notes(const fairness_answer *a, const char *table, stk_buffer *out);

#endif
