/** @file questions.c
 * @brief The questions that the library answers.
 */
#include "question/question.h"

const question *const questions[] = {
    &question_assess,  &question_targets, &question_quantify, &question_country, &question_pathways,
    &question_gap,     &question_warming, &question_timeline, &question_chart,   &question_report,
    &question_explore, &question_history, &question_fairness, &question_finance, NULL};
