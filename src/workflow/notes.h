/** @file notes.h
 * @brief What was left out, in order and on its way from one process to another.
 */
#ifndef STK_WORKFLOW_NOTES_H
#define STK_WORKFLOW_NOTES_H

#include "base/buffer.h"
#include "workflow/intake.h"

/** Put a report into the order of stages and, with an intake, of its scenarios; what is equal keeps
 * its order.
 * @param intake  or NULL
 * @return STK_EMEM; then the report is as it was */
stk_status stk_notes_sort(stk_scenario_report **report, const stk_intake *intake, stk_error *error);

/** Add all notes of a report, which may be NULL, to another. */
void stk_notes_copy(const stk_scenario_report *from, stk_scenario_report *to);

/** Append the warnings of a scenario, one after the other with "; " between them. */
void stk_notes_warnings(const stk_scenario_report *report, const char *model, const char *scenario,
                        stk_buffer *out);

/** Append all notes as bytes that stk_notes_read() takes. */
void stk_notes_write(const stk_scenario_report *report, stk_buffer *out);

/** Add such notes to a report; false if they are none. */
bool stk_notes_read(stk_text notes, stk_scenario_report *report);

#endif
