/** @file fairness.h
 * @brief Ratings in words.
 */
#ifndef STK_REPORT_FAIRNESS_H
#define STK_REPORT_FAIRNESS_H

#include <stocktake/fairness.h>

#include "base/buffer.h"

/** "the US", "Brazil": a name as it stands inside a sentence. */
const char *report_name_inside(const stk_actor *actor, char out[128]);

/** "3.2 °C", "4.2 °C or more", "1.3 °C or less". */
void report_implied_warming(const stk_fairness_rating *rating, stk_buffer *out);

/** What is rated: "pledge" for the year, "pathway after the target of 2030", "baseline". */
const char *report_fairness_what(const stk_fairness_level *level, int year, char out[64]);

/** One sentence that rates what an actor pledged, without a full stop: "The pledge of the US for
 * 2030 lies above what 16 of 16 readings of equity allow; if every country were at the same place
 * of its own range, the world would warm by 3.2 °C". Where the methods nearly agree, they say so
 * instead of a warming. */
void report_fairness_sentence(const stk_national *national, const stk_fairness_rating *rating,
                              int year, stk_buffer *out);

/** A rating in one line, without a full stop: "Fair shares of 1.5 °C (C1) in 2035: -2414 to 1611 Mt
 * with land use, -6.6 to 4.4 t per head; the baseline meets 0 of 16 readings: critically
 * insufficient (4.1 °C)". */
void report_fairness_line(const stk_fairness_rating *rating, const char *goal, int year,
                          stk_buffer *out);

/** The range of the readings before any single number: "The methods leave it -2415 to 1611 Mt,
 * their readings -6493 to 1826; the pledge, with land use as bookkeeping models count it, is 4054".
 * The level by the document's own count of land use stands beside it. */
void report_fairness_range(const stk_fairness_rating *rating, int year, stk_buffer *out);

#endif
