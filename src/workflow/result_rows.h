/** @file result_rows.h
 * @brief Rows of result tables: warming as an IAMC table, and the table of metadata with columns
 * named as in the AR6 database.
 */
#ifndef STK_WORKFLOW_RESULT_ROWS_H
#define STK_WORKFLOW_RESULT_ROWS_H

#include <stocktake/workflow.h>

#include "base/buffer.h"
#include "base/table.h"

/** The header of an IAMC table of all years from `first_year` to `last_year`. */
void stk_result_iamc_header(stk_buffer *out, int first_year, int last_year);

/** The percentiles and exceedance probabilities of one scenario. */
stk_status stk_result_warming_rows(const stk_postprocess_options *options, const char *model,
                                   const char *scenario, const stk_warming *warming,
                                   const stk_iamc_output *output, stk_error *error);

/** The header and a row of the metadata; `category` as it is to be shown, `warnings` of what the
 * scenario reports. */
void stk_result_meta_header(stk_buffer *out, const stk_method *method);
void stk_result_meta_row(stk_buffer *out, const stk_method *method, const char *category,
                         const stk_scenario_outcome *outcome, const char *warnings);

/** The header and a row of the table that `scenario categorise` reads.
 * @param model  of the header: whether there is one; of a row: NULL for none */
void stk_result_category_header(stk_buffer *out, bool model);
void stk_result_category_row(stk_buffer *out, const char *model, const char *scenario,
                             const stk_category_warming *inputs);

#endif
