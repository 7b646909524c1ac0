/** @file report.h
 * @brief Assessments and Parties as text for a terminal, and as JSON.
 */
#ifndef STK_REPORT_H
#define STK_REPORT_H

#include <stocktake/warming.h>

#include "report/document.h"

/** One screen for people.
 * @param only  the counterfactual to show, or -1 for both */
stk_status stk_report_text(const stk_assessment *assessment, const stk_data *data, int only,
                           stk_buffer *buffer, stk_error *error);

/** The complete assessment (docs/formats.md).
 * @param document  from document_new(); is released */
stk_status stk_report_json(const stk_assessment *assessment, const stk_data *data, json_t *document,
                           stk_buffer *buffer, stk_error *error);

/** A chart of a Party's history, baseline, pathways and targets, in characters.
 * @param width  columns of the terminal, at least 40 */
void stk_report_chart(const stk_national *national, int history_last, int width,
                      stk_buffer *buffer);

#endif
