/** @file warming_factorial.h
 * @brief Every combination of the assumptions of warming.
 */
#ifndef STK_QUESTION_WARMING_FACTORIAL_H
#define STK_QUESTION_WARMING_FACTORIAL_H

#include <stocktake/factorial.h>

#include "question/query.h"

/** Run every combination and say what each assumption does; with --cases all of them are the side
 * result. */
stk_status warming_factorial(query *q, const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_error *error);

#endif
