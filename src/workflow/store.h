/** @file workflow/store.h
 * @brief Tables of scenarios on disk, so that memory does not grow with scenarios.
 *
 * Rows go in as they come, and come out scenario by scenario. A scenario is known by its number;
 * how it is called is the caller's to remember. First everything is put in, then read. What stays
 * in memory of a scenario whose rows come one after the other is 24 bytes. The file has no name
 * in its folder, and is gone with the process.
 */
#ifndef STK_WORKFLOW_STORE_H
#define STK_WORKFLOW_STORE_H

#include <stocktake/scenario.h>

typedef struct stk_row_store stk_row_store;

/* `name` is that of the tables that are read back, and kept by reference. */
stk_status stk_row_store_open(const char *folder, const char *name, stk_row_store **opened,
                              stk_error *error);
void stk_row_store_close(stk_row_store *store);

/* Put a row of the scenario `number` in. All rows have the years of the first one's table. */
stk_status stk_row_store_add(stk_row_store *store, size_t number, const stk_iamc *table,
                             const stk_iamc_row *row, stk_error *error);

/* Whether there is a row of a scenario. */
bool stk_row_store_has(stk_row_store *store, size_t number);

/* An empty table for what is in the store; NULL without memory. */
stk_iamc *stk_row_store_table(const stk_row_store *store);

/* Add the rows of a scenario to such a table, in the order in which they were put in. A row that
 * is there twice is refused as stk_iamc_add() does. */
stk_status stk_row_store_read(stk_row_store *store, size_t number, const char *model,
                              const char *scenario, stk_iamc *table, stk_error *error);

/* [year] whether any row has a value; NULL while there is no row. */
const bool *stk_row_store_years(const stk_row_store *store);

#endif
