/** @file parts.h
 * @brief What the files of one question share, where it takes more than one.
 */
#ifndef STK_QUESTION_PARTS_H
#define STK_QUESTION_PARTS_H

#include "question/query.h"
#include "report/page_content.h"

/** warming --factorial: run every combination and say what each assumption does; with --cases all
 * of them are the side result. */
stk_status warming_factorial(query *q, const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_error *error);

/** assess --area: what an area is heading for, and what it changed. */
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

/** The head of a country's sheet: lines for people, without net zero. */
void profile_write(const query_area *area, const stk_profile *profile, const char *gwp,
                   stk_buffer *out);

/** The same figures as an object; NULL without memory. */
json_t *profile_json(const stk_profile *profile);

/** What a chart and the report are told: the number of threads; and that --since is before --as-of.
 */
stk_status request_check(query *q, content_request *request, stk_error *error);

/** Fill the request from the options and the data; `threads` and `charts` stay. */
stk_status request_read(query *q, const stk_data *data, content_request *request, stk_error *error);

#endif
