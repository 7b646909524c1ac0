/** @file cli_area.h
 * @brief What commands do alike with the area that a person asks for.
 */
#ifndef STK_CLI_AREA_H
#define STK_CLI_AREA_H

#include "cli.h"

/* An area, a group, a list or the world, and its pathway. Large: static, or from the heap. */
typedef struct cli_area {
    stk_area_set set;
    stk_area_path path; /* points into `set` */
} cli_area;

/* Find what was typed and sum its pathways; names that are not known are refused with the nearest.
 * STK_ENOTFOUND if there is none. */
stk_status cli_find_area(const stk_data *data, const stk_world *world, const char *typed,
                         cli_area *area, stk_error *error);

/* One line on the standard error about how the joint document is treated, if it is. */
void cli_tell_area(const cli_area *area);

/* "Brazil (BRA)"; the name alone where it is the code too. */
const char *cli_area_title(const stk_area_set *set, char out[256]);

#endif
