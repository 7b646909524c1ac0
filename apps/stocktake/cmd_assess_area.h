/** @file cmd_assess_area.h
 * @brief What an area is heading for, and what it changed.
 */
#ifndef STK_CMD_ASSESS_AREA_H
#define STK_CMD_ASSESS_AREA_H

#include "cli_area.h"

typedef struct assess_area_question {
    stk_options options;
    stk_date since; /* 0: no comparison */
    int year;
} assess_area_question;

int assess_area(const cli_arguments *arguments, const stk_data *data,
                const assess_area_question *question);

/* An option that was given and says nothing of an area; NULL if there is none. */
const char *assess_area_refuses(const cli_arguments *arguments);

#endif
