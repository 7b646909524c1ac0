/** @file finance_words.h
 * @brief Sentences on climate finance, for a terminal, a chart and the page.
 */
#ifndef STK_REPORT_FINANCE_WORDS_H
#define STK_REPORT_FINANCE_WORDS_H

#include <stocktake/finance.h>

#include "base/buffer.h"

/** "100 bn a year from 2020 to 2025"; "40 bn a year by 2025, for adaptation". */
void finance_write_goal(const stk_finance_goal *goal, stk_buffer *out);

/** "83.3 bn", "21 to 24.5 bn", "up to 15 bn". */
void finance_write_amount(const stk_finance_amount *amount, stk_buffer *out);

/** What became of a goal as known on the date: "met in 2022 (115.9 bn), two years late", "not met
 * so far: 83.3 bn in 2020 (published 2022-07-29), short by 16.7 bn". No full stop. */
void finance_write_outcome(const stk_finance_view *view, const stk_finance_goal *goal,
                           stk_buffer *out);

/** The same in a few words, for a title: "not known; the last figure is 79.6 bn for 2019". */
void finance_write_short(const stk_finance_view *view, const stk_finance_goal *goal,
                         stk_buffer *out);

/** The same of one year of the goal: "not known: no figure for 2020 was published by 2021-10-31;
 * the last known is 79.6 bn for 2019 (published 2021-09-17), 20.4 bn below". */
void finance_write_year(const stk_finance_view *view, const stk_finance_goal *goal, int year,
                        stk_buffer *out);

/** What is missing after the last figure that is known, as a sentence; nothing where that is
 * recent, or the source has nothing besides. */
void finance_write_not_read(const stk_finance_view *view, stk_buffer *out);

/** "8 rows marked C (from memory, not checked; figures for 2013, 2014) are left out"; nothing for
 * none. No full stop. */
void finance_write_left_out(size_t count, const char *years, stk_buffer *out);

/** What a source says of a contributor: "gave 7.6 bn of 39.9 bn due (19 %),
 * 32.3 bn short". */
void finance_write_said(const stk_finance_said *said, stk_buffer *out);

/** "11.4 bn US$ a year by 2024". */
void finance_write_pledge(const stk_finance_pledge *pledge, stk_buffer *out);

/** "GDP", "fossil CO2 since 1990". */
void finance_write_indicator(stk_finance_indicator indicator, int from, stk_buffer *out);

/** An amount of billions that was computed: one decimal, two below 1. */
void finance_write_bn(double usd_bn, stk_buffer *out);

/** A paragraph in lines of at most 100 columns, each `indent` blanks in. */
void finance_write_wrapped(const char *text, size_t indent, stk_buffer *out);

/** The same of a text that was written for it; what it lacks `out` lacks, and it is released. */
void finance_write_paragraph(stk_buffer *text, size_t indent, stk_buffer *out);

#endif
