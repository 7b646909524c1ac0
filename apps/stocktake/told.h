/** @file told.h
 * @brief What `chart` and `report` share: from options to a story.
 */
#ifndef STOCKTAKE_TOLD_H
#define STOCKTAKE_TOLD_H

#include "commands.h"

#include "report/story.h"

/* Whole numbers of the options that both have: --year and --threads; and that --since is before
 * --as-of. False after a message. */
bool told_check(const cli_arguments *arguments, story_request *request);

/* Fill the request from the options and the data; what told_check() set and `charts` stay. */
stk_status told_request(const cli_arguments *arguments, const stk_data *data,
                        story_request *request, stk_error *error);

/* A whole number between two bounds; false after a message. */
bool told_integer(const cli_arguments *arguments, const char *name, int missing, int low, int high,
                  int *value);

#endif
