/** @file questions.c
 * @brief The list of questions, in the order in which help shows them.
 */
#include "question/question.h"

#include <stddef.h>

const question *const questions[] = {&question_assess,  &question_targets,  &question_quantify,
                                     &question_country, &question_pathways, &question_gap,
                                     &question_warming, &question_timeline, &question_chart,
                                     &question_report,  &question_history,  NULL};
