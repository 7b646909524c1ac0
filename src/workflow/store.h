/** @file workflow/store.h
 * @brief Tables of scenarios on disk, so that memory does not grow with scenarios.
 *
 * Rows go in as they come, and come out scenario by scenario. A scenario is known by its number;
 * how it is called is the caller's to remember. First everything is put in, then read. What stays
 * in memory of a scenario whose rows come one after the other is 24 bytes. Rows may come from
 * several tables, each with years of its own, one after the other. The file has no name in its
 * folder, and is gone with the process.
 */
#ifndef STK_WORKFLOW_STORE_H
#define STK_WORKFLOW_STORE_H

#include <stocktake/scenario.h>

typedef struct stk_row_store stk_row_store;

/* `name` is that of the first table, also when it is read back, and kept by reference. */
stk_status stk_row_store_open(const char *folder, const char *name, stk_row_store **opened,
                              stk_error *error);
void stk_row_store_close(stk_row_store *store);

/* What is put in from now on is of a further table. */
stk_status stk_row_store_next(stk_row_store *store, const char *name, stk_error *error);
size_t stk_row_store_tables(const stk_row_store *store);

/* Put a row of the scenario `number` in; all rows of a table have the same years. One that is there
 * twice is refused as stk_iamc_add() does if no other scenario stands between the two. */
stk_status stk_row_store_add(stk_row_store *store, size_t number, const stk_iamc *table,
                             const stk_iamc_row *row, stk_error *error);

/* Whether there is a row of a scenario. */
bool stk_row_store_has(stk_row_store *store, size_t number);

/* An empty table for what is in the store of a table; NULL without memory. */
stk_iamc *stk_row_store_table(const stk_row_store *store, size_t table);

/* Add the rows of a scenario to such tables, one for each that the store has, in the order in which
 * they were put in. Where there is NULL, a table is made if it gets a row. A row that is there
 * twice is refused as stk_iamc_add() does. */
stk_status stk_row_store_read(stk_row_store *store, size_t number, const char *model,
                              const char *scenario, stk_iamc **tables, stk_error *error);

/* [year] whether any row of the first table has a value; NULL while there is no row. */
const bool *stk_row_store_years(const stk_row_store *store);

#endif
