/** @file page_parts.h
 * @brief The pieces of a page: sections, charts in two widths, tables.
 */
#ifndef STK_REPORT_PAGE_PARTS_H
#define STK_REPORT_PAGE_PARTS_H

#include "report/page_content.h"
#include "report/svg.h"

/** The rules of the page around its charts, without the <style> element. */
const char *page_style(void);

/** Text, escaped; ranges of numbers, dates and "net-zero" stay on one line, as numbers and their
 * units do everywhere. */
void page_text(stk_buffer *out, const char *text);

/** A section with a heading; `id` is its anchor. */
void page_section_start(stk_buffer *out, const char *id, const char *heading);
void page_section_end(stk_buffer *out);

/** A paragraph, escaped. */
void page_paragraph(stk_buffer *out, const char *classes, const char *text);

/** What a reader would type, letter for letter. */
void page_code(stk_buffer *out, const char *text);

/** A chart, wide and narrow, with its subtitle above and its source below. */
stk_status page_chart(const page_content *s, content_chart chart, stk_buffer *out,
                      stk_error *error);

/** A table that scrolls within itself where the screen is too narrow. Headings of columns whose
 * name starts with '#' are of numbers, and set to the right.
 * @param caption  what it lists */
void page_table_start(stk_buffer *out, const char *id, const char *caption,
                      const char *const *headings, size_t count);
void page_row_start(stk_buffer *out, const char *heading); /**< its first cell names the row */
/** The first of some rows that belong together: heading and first cell stand for all of them. */
void page_group_start(stk_buffer *out, const char *heading, const char *cell, int rows);
void page_cell(stk_buffer *out, const char *text);
void page_date_cell(stk_buffer *out, stk_date date);
void page_number_cell(stk_buffer *out, double value, int decimals);
void page_change_cell(stk_buffer *out, double change, int decimals); /**< with its sign */
void page_range_cell(stk_buffer *out, double a, double b, int decimals);
void page_row_end(stk_buffer *out);
void page_table_end(stk_buffer *out);

/** What only some readers want to see, closed at first. */
void page_details_start(stk_buffer *out, const char *summary);
void page_details_end(stk_buffer *out);

/** Which net-zero years count: "those in law or policy documents", "none". */
const char *page_net_zero_words(stk_net_zero standing);

/** @name Sections, each a file
 * @{ */
void page_parties(const page_content *s, stk_buffer *out);
void page_gap_numbers(const page_content *s, stk_buffer *out);
void page_warming_table(const page_content *s, stk_buffer *out);
void page_changes(const page_content *s, stk_buffer *out);
stk_status page_assumptions(const page_content *s, stk_buffer *out, stk_error *error);
stk_status page_fairness(const page_content *s, stk_buffer *out, stk_error *error);
stk_status page_finance(const page_content *s, stk_buffer *out, stk_error *error);
void page_coverage(const page_content *s, stk_buffer *out);
stk_status page_sources(const page_content *s, const char *command, stk_buffer *out,
                        stk_error *error);
/** @} */

#endif
