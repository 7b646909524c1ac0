/** @file support.h
 * @brief What the climate tests share: files, the calibration, scenarios in the vectors' layout.
 */
#ifndef STK_TESTS_CLIMATE_SUPPORT_H
#define STK_TESTS_CLIMATE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stocktake/climate.h>

#include "base/csv.h"

/** A file below the tests' data folder, read whole; the test fails if it is not there. */
stk_climate_file test_file(const char *name);

/** A file of the shipped calibration. */
stk_climate_file test_calibration_file(const char *name);

void test_file_free(stk_climate_file *file);

stk_calibration *test_calibration(void);

/** The columns of the member vectors, and what they are. */
typedef struct test_column {
    const char *column;
    stk_climate_variable variable;
} test_column;

enum { TEST_COLUMNS = 22 };
extern const test_column test_columns[TEST_COLUMNS];

/** A scenario of the vectors, with storage of its own. */
typedef struct test_scenario {
    stk_climate_input input;
    const double **rows;
    double *values;
} test_scenario;

/** Read `<name>_emissions.csv` from its first year to `last_year`. */
test_scenario test_scenario_read(const stk_calibration *calibration, const char *name,
                                 int last_year);
void test_scenario_free(test_scenario *scenario);

/** A table of numbers: every column is one; empty cells are NaN. Text cells are NaN too. */
typedef struct test_table {
    stk_arena arena;
    stk_climate_file file;
    stk_csv csv;
    size_t rows;
    double *values; /**< [row * column_count + column] */
} test_table;

test_table test_table_read(const char *name);
void test_table_free(test_table *table);
double test_cell(const test_table *table, size_t row, const char *column);

/** Assert |a - b| <= tolerance * scale, with a message that shows the numbers. */
void test_close(const char *what, double actual, double expected, double scale, double tolerance);

#endif
