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

/** Refuse a row that is there twice. */
stk_status iamc_refuse_repeated(const stk_iamc *table, const stk_iamc_row *row, long first_line,
                                stk_error *error);

/** The row with the model, scenario, region and variable of another, or NULL. */
const stk_iamc_row *iamc_find(const stk_iamc *table, const stk_iamc_row *key);

/** Give a table that was made without years, and its rows, years without values. */
stk_status iamc_give_years(stk_iamc *table, int first_year, int last_year, stk_error *error);

#endif
