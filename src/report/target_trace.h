/** @file target_trace.h
 * @brief The chain behind each level, as a table and as text.
 */
#ifndef STK_REPORT_TARGET_TRACE_H
#define STK_REPORT_TARGET_TRACE_H

#include <stocktake/trace.h>

#include "base/buffer.h"
#include "base/table.h"

/** A table with a column for every step of the chain; NULL without memory. */
stk_table *trace_table_new(void);

/** Add one level.
 * @param gwp     of the inventory that the level was made with
 * @param method  how it came about */
void trace_table_add(stk_table *table, const stk_gwp_table *gwp, const stk_trace *trace,
                     const char *method);

/** Append a block for each level of a target; levels that follow from the same share one.
 * @param set  the GWP set of the levels
 * @param cap  as stk_trace_level() takes it */
void trace_write(stk_buffer *out, const stk_gwp_table *gwp, size_t set,
                 const stk_national *national, const stk_actor_target *target, bool cap);

#endif
