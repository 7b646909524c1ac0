/** @file assess_area.h
 * @brief What an area is heading for, and what it changed.
 */
#ifndef STK_QUESTION_ASSESS_AREA_H
#define STK_QUESTION_ASSESS_AREA_H

#include "question/query.h"

typedef struct area_request {
    stk_options options;
    stk_date since; /**< 0: no comparison */
    int year;
} area_request;

/** Answer for the area of the option. */
stk_status assess_area(query *q, const stk_data *data, const area_request *request,
                       stk_error *error);

/** An option that was given and says nothing of an area; NULL if there is none. */
const char *assess_area_refuses(const query *q);

#endif
