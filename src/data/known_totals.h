/** @file known_totals.h
 * @brief Totals of the inventory against the known ones of an edition.
 */
#ifndef STK_DATA_KNOWN_TOTALS_H
#define STK_DATA_KNOWN_TOTALS_H

#include <stocktake/inventory.h>

#include "base/arena.h"
#include "base/table.h"

enum { STK_KNOWN_TOTAL_COLUMNS = 6 };
extern const stk_column stk_known_total_columns[STK_KNOWN_TOTAL_COLUMNS];

/** Hold totals against checks.csv, a row of the table each; an edition without that file has none.
 */
stk_status stk_known_totals_check(stk_edition *edition, const stk_inventory *inventory,
                                  stk_arena *arena, stk_table *table, int *failed,
                                  stk_error *error);

#endif
