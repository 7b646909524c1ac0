/** @file request.h
 * @brief What `chart` and `report` share: from options to a content.
 */
#ifndef STK_REQUEST_H
#define STK_REQUEST_H

#include "commands.h"

#include "report/page_content.h"

/* Whole numbers of the options that both have: --year and --threads; and that --since is before
 * --as-of. False after a message. */
bool request_check(const cli_arguments *arguments, content_request *request);

/* Fill the request from the options and the data; what request_check() set and `charts` stay. */
stk_status request_read(const cli_arguments *arguments, const stk_data *data,
                        content_request *request, stk_error *error);

/* A whole number between two bounds; false after a message. */
bool request_integer(const cli_arguments *arguments, const char *name, int missing, int low,
                     int high, int *value);

#endif
