/** @file content_request.h
 * @brief What a chart and the report share: from options to the content of a page.
 */
#ifndef STK_QUESTION_CONTENT_REQUEST_H
#define STK_QUESTION_CONTENT_REQUEST_H

#include "question/query.h"
#include "report/page_content.h"

/** The number of threads; and that --since is before --as-of. */
stk_status request_check(query *q, content_request *request, stk_error *error);

/** Fill the request from the options and the data; `threads` and `charts` stay. */
stk_status request_read(query *q, const stk_data *data, content_request *request, stk_error *error);

#endif
