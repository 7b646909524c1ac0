/** @file questions.c
 * @brief The questions of the page, in the place of question/questions.c: it draws its own charts, and reads no files.
 */
#include "question/question.h"

const question *const questions[] = {&question_assess,  &question_targets,  &question_country, &question_pathways,
                                     &question_gap,     &question_warming,  &question_timeline, &question_history,
                                     &question_fairness, &question_finance, NULL};
