/** @file iamc_file.h
 * @brief An IAMC table of an edition, which may have been read before.
 */
#ifndef STK_SCENARIO_IAMC_FILE_H
#define STK_SCENARIO_IAMC_FILE_H

#include <stocktake/scenario.h>

#include "base/csv_columns.h"

/** As stk_iamc_read(), of text or of columns. */
stk_status iamc_read_file(const stk_csv_file *file, const stk_iamc_filter *filter, stk_iamc **table,
                          stk_error *error);

#endif
