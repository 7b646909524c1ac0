/** @file report.h
 * @brief Assessments, Parties and targets as text for a terminal, as tables and as JSON.
 */
#ifndef STK_REPORT_REPORT_H
#define STK_REPORT_REPORT_H

#include <stocktake/trace.h>
#include <stocktake/warming.h>

#include "base/document.h"

/** One screen for people.
 * @param only  the counterfactual to show, or -1 for both */
stk_status stk_report_text(const stk_assessment *assessment, const stk_data *data, int only,
                           stk_buffer *buffer, stk_error *error);

/** The complete assessment (docs/formats.md).
 * @param document  from document_new(); is released */
stk_status stk_report_json(const stk_assessment *assessment, const stk_data *data, json_t *document,
                           stk_buffer *buffer, stk_error *error);

/** Warming, gap and coverage on the earlier date of an assessment and on its own.
 * @param between  what stands between the sentences */
void stk_report_before(const stk_assessment *assessment, const char *between, stk_buffer *out);

/** What came between the dates of an assessment, as a table: documents that changed nothing too. */
stk_status stk_report_documents(const stk_assessment *assessment, stk_buffer *buffer,
                                stk_error *error);

/** "withdraws" and the like of a change or an arrival, as people say it. */
const char *stk_report_status(stk_step_kind kind, const char *status);

/** One line: "Documents are known until 2026-08-20." and, for a date after it, what that means. */
void stk_report_known_until(stk_date known_until, stk_date as_of, stk_buffer *buffer);

/** ", in documents known until 2026-08-20" for a date after it; nothing for others. */
void stk_report_known_clause(stk_date known_until, stk_date as_of, stk_buffer *buffer);

/** The Parties whose new document raises the level of the day before and lowers that of no pledge,
 * and why both are true; nothing where there is none.
 * @param between  what stands between the sentences */
void stk_report_raised(const stk_assessment *assessment, const char *between, stk_buffer *buffer);

/** What is smaller than half of the last digit shown, of a change and of its effect on the gap, is
 * counted for people and not listed; CSV and JSON have it. */
#define STK_REPORT_SMALL_GT 0.005
#define STK_REPORT_SMALL_PCT 0.05
bool stk_report_is_listed(const stk_change *change);

/** Whether all of the time between two days lies after what is known. */
bool stk_report_is_unknown(stk_date since, stk_date as_of, stk_date known_until);

/** One sentence where nothing is on record between two days: that nothing came, or that it is not
 * known what did. `known_until` is 0 where there are no documents at all. */
void stk_report_nothing_came(stk_date since, stk_date as_of, stk_date known_until,
                             stk_buffer *buffer);

/** "7 levels look wrong: Ethiopia (30 % or more above both baseline and present), ... and 2 more";
 * nothing where there is none. No full stop.
 * @param words  what is wrong with each, not the names alone
 * @param width  of lines of a terminal, which go on with two blanks; 0: all in one line */
void stk_report_checks(const stk_checked_level *checks, size_t count, bool words, size_t width,
                       stk_buffer *buffer);

/** The levels of one Party that look wrong, target by target: "2030 (falls by more than 10 % a
 * year), 2035 (...)"; nothing where there is none. */
void stk_report_party_checks(const stk_national *national, stk_buffer *buffer);

/** Levels that look wrong as JSON. */
json_t *stk_report_checks_json(const stk_checked_level *checks, size_t count);

/** Why an assessment of the date speaks of a year, as the end of a sentence: "the first five-year
 * mark more than five years ahead"; NULL for a year that was chosen freely. */
const char *stk_report_year_reason(int year, stk_date as_of, int history_last);

/** What mark `i` of confidence says of a target, in the order of ::stk_confidence_mark. */
const char *stk_report_mark_meaning(int i);

/** A change of the gap in words: "closes 4.5 %", "adds 0.2 to 9.5 %", "adds 0.1 to closes 0.3 %";
 * "" where there is no gap.
 * @param share_pct  least and most of the gap that is closed */
void stk_report_effect(const double share_pct[STK_AMBITIONS], stk_buffer *buffer);

/** The level of a target that a chart shows, for condition `i` / STK_AMBITIONS and ambition `i` %
 * STK_AMBITIONS; NaN where the document states none. */
double stk_report_target_mt(const stk_national *national, const stk_actor_target *target, int i);

/** The first year of 1990 to `history_last` with emissions: years of nothing before it are years
 * without data. 0 where there are none at all. */
int stk_report_history_first(const stk_national *national, int history_last);

/** A chart of a Party's history, baseline, pathways and targets, in characters; a sentence where
 * there are no emissions.
 * @param width  columns of the terminal, at least 40 */
void stk_report_chart(const stk_national *national, int history_last, int width,
                      stk_buffer *buffer);

/** What the ensemble says of one case: the case and all of its outlook but the single years;
 * docs/schema/common.schema.json has the keys. NULL without memory. */
json_t *outlook_json(const stk_warming_case *c);

/* ---- the chain behind each level ---- */

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

/* ---- pictures ---- */

/** An SVG as a PNG, through librsvg and cairo.
 * @param scale  pixels of the picture for one of the drawing
 * @return STK_ENOTFOUND when the library was built without librsvg; STK_EFORMAT, STK_EMEM */
stk_status stk_png_render(stk_text svg, double scale, stk_buffer *png, stk_error *error);

#endif
