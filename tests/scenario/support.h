/** @file support.h
 * @brief Files and tables for the tests of the scenario module.
 */
#ifndef TEST_SCENARIO_SUPPORT_H
#define TEST_SCENARIO_SUPPORT_H

#include <stocktake/climate.h>
#include <stocktake/scenario.h>

/** The content of a file, terminated; fails the test without it. */
char *test_read(const char *path);

/** The content of a file of the source tree, terminated; fails the test without it. */
char *test_file(const char *path);

/** Write the scenarios of tests/scenario/data/ex2_input.csv, each `copies` times under other names:
 * row by row of all copies, so that the rows of a scenario lie scattered. */
void test_write_copies(const char *path, int copies);

/** A table of the source tree. */
stk_iamc *test_table(const char *path);

/** A method that is shipped. */
stk_method *test_method(const char *name);

/** The calibration that is shipped. */
stk_calibration *test_calibration(void);

/** Fail unless both tables have the same rows (in any order) and, in all years of either, values
 * that agree to `tolerance`, relative. */
void test_same_tables(const stk_iamc *actual, const stk_iamc *expected, double tolerance);

/** As above for the given years (ended by 0) of the rows of `expected`, which `actual` must have.
 */
void test_same_years(const stk_iamc *actual, const stk_iamc *expected, const int *years,
                     double tolerance);

#endif
