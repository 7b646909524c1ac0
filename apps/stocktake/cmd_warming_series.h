/** @file cmd_warming_series.h
 * @brief `stocktake warming` as a data set.
 */
#ifndef STK_CMD_WARMING_SERIES_H
#define STK_CMD_WARMING_SERIES_H

#include "commands.h"

/* A table for the gases of all cases if a data set is asked for, else NULL. */
stk_status warming_gases(const cli_arguments *arguments, const stk_warming_model *model,
                         stk_iamc **gases, stk_error *error);

/* Write the cases that the options ask for; returns the exit code. */
int warming_series(const cli_arguments *arguments, const stk_warming_case *cases, size_t count,
                   const stk_iamc *gases);

#endif
