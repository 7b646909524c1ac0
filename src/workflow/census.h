/** @file census.h
 * @brief What rows there are, of a file or in memory: scenarios numbered in the order of their
 * first rows, and what nobody takes of them counted.
 */
#ifndef STK_WORKFLOW_CENSUS_H
#define STK_WORKFLOW_CENSUS_H

#include <stocktake/climate.h>

typedef struct stk_census stk_census;

/** NULL without memory.
 * @param method  knows which variables are wanted, and is kept by reference; NULL where others do
 * @param reported  what is read is checked: rows that check does not take are counted, those of
 *                  other stages and of gases that the method takes from its library */
stk_census *stk_census_new(const stk_method *method, bool reported);
/** The same where the climate model knows them, by species of a calibration and otherwise. */
stk_census *stk_census_of_species(const stk_calibration *calibration);
void stk_census_free(stk_census *census);

/** Whether a variable is read; what nobody takes is counted. The `wanted` of a ::stk_iamc_filter,
 * as the next is its `footer`. */
bool stk_census_wants(void *census, stk_text variable);
void stk_census_footer(void *census, const char *file, long line, stk_text text);

/** Count a row of another region; of the world, stk_census_wants() has just been asked about it. */
void stk_census_see(stk_census *census, const stk_iamc_seen *row);

/** Number a row's scenario, a new one if it is the first of it, and count the row if it is wanted.
 * @return false without memory */
bool stk_census_number(stk_census *census, const stk_iamc_seen *row, size_t *number);

/** Number of a scenario; the count for one that was not seen. */
size_t stk_census_find(const stk_census *census, const char *model, const char *scenario);

/** Scenarios, a row for each, with its first line, as the unit its region or, in the world, its
 * variable, "region 'Asia'", and as the first value how many of its rows are wanted. */
const stk_iamc *stk_census_names(const stk_census *census);

/** Variables of the world that are not taken: a row for each, with what it is as the unit ("a known
 * total", "a sector detail", ...), and as the first value how many rows there are. */
const stk_iamc *stk_census_unused(const stk_census *census);

/** The file that rows come from next; kept by reference. */
bool stk_census_file(stk_census *census, const char *file);

/** Note the scenarios from `first` to before `last` of which no row is wanted, which would be
 * missing without a word; with the first of all, what stands below the data, rows of other regions
 * and emissions that are not taken, notes of no scenario. */
void stk_census_note(const stk_census *census, size_t first, size_t last,
                     stk_scenario_report *report);

/** Note those of `others`, a census of rows that are not wanted, of which `census` has none. */
void stk_census_note_others(const stk_census *census, const stk_census *others,
                            stk_scenario_report *report);

#endif
