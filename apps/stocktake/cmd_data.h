/** @file cmd_data.h
 * @brief What `data` and `data check` share.
 */
#ifndef STK_CMD_DATA_H
#define STK_CMD_DATA_H

#include "base/arena.h"
#include "cli.h"

enum { DATA_CHECK_COLUMNS = 6 };
extern const stk_column data_check_columns[DATA_CHECK_COLUMNS];

/* Hold totals of the inventory against checks.csv, a row of the table each; an edition without
 * that file has none. */
stk_status data_run_checks(stk_edition *edition, const stk_inventory *inventory, stk_arena *arena,
                           stk_table *table, int *failed, stk_error *error);

bool data_is_folder(const char *path);

/* `data check PATH`; returns the exit code. */
int data_check(query *q, const char *path);

/* Write an edition into a new folder that can be edited and opened, whole or not at all. */
stk_status data_export(stk_edition *edition, const char *folder, stk_error *error);

/* Write a YAML file for each Party into a folder; a new one is written whole or not at all. */
stk_status data_write_parties(stk_pledges *pledges, const char *folder, stk_error *error);

#endif
