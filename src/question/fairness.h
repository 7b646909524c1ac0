/** @file fairness.h
 * @brief Parts of the question on fair shares.
 */
#ifndef STK_QUESTION_FAIRNESS_H
#define STK_QUESTION_FAIRNESS_H

#include "question/query.h"

/* Cases for an invented world: --world, --world-pathway, --cases. */
stk_status fairness_answer_cases(query *q, stk_error *error);

#endif
