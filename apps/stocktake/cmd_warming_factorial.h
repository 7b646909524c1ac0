/** @file cmd_warming_factorial.h
 * @brief `stocktake warming --factorial`.
 */
#ifndef STK_CMD_WARMING_FACTORIAL_H
#define STK_CMD_WARMING_FACTORIAL_H

#include "cli.h"

/* Run every combination and say what each assumption does; with --cases also write the cases.
 * Returns the exit code. */
int warming_factorial(const cli_arguments *arguments, const stk_data *data,
                      const stk_warming_model *model, const stk_factorial_request *request);

#endif
