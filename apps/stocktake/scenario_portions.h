/** @file scenario_portions.h
 * @brief Scenarios on their way through the stages, a portion at a time.
 *
 *     file --> store --> table of a portion --> stage --> table --> store --> output
 *
 * The rows of a scenario may lie anywhere in a file, so all is read before the first scenario is
 * complete; stores are on disk, and memory holds a portion. The share says which scenarios of the
 * file are those of this process, and how they are called.
 */
#ifndef STK_SCENARIO_PORTIONS_H
#define STK_SCENARIO_PORTIONS_H

#include "scenario_share.h"
#include "scenario_stages.h"
#include "scenario_store.h"

/* Read the own scenarios of the run's input; the share learns the names of all. */
stk_status portions_read(const scenario_run *run, scenario_share *share, scenario_store *to,
                         stk_error *error);

/* Take all own scenarios through a stage. Without any, the stage is run on none: what is wrong with
 * a history is found by every process. */
stk_status portions_run(const scenario_share *share, scenario_store *from, scenario_stage *stage,
                        scenario_stages *with, scenario_store *to, stk_error *error);

/* The names of an own scenario. */
const stk_iamc_row *portions_names(const scenario_share *share, size_t index);

/* The own scenarios from `first` to before `last`, as a table that the caller frees, also after a
 * failure. Those that are not in the store have no rows. */
stk_status portions_table(const scenario_share *share, scenario_store *store, size_t first,
                          size_t last, stk_iamc **table, stk_error *error);

/* Write all own scenarios of a store, with the years in which any of them has a value. */
stk_status portions_write(const scenario_share *share, scenario_store *store,
                          stk_iamc_output *output, stk_error *error);

#endif
