/** @file iamc_columns.h
 * @brief The columns of an IAMC table: its keys, and years side by side or one below the other.
 */
#ifndef STK_SCENARIO_IAMC_COLUMNS_H
#define STK_SCENARIO_IAMC_COLUMNS_H

#include "base/csv.h"

enum { IAMC_YEAR_SPAN_MAX = 2000 };

typedef enum iamc_key {
    IAMC_MODEL,
    IAMC_SCENARIO,
    IAMC_REGION,
    IAMC_VARIABLE,
    IAMC_UNIT,
    IAMC_KEYS
} iamc_key;

typedef struct iamc_columns {
    int keys[IAMC_KEYS]; /**< column of each, -1 without */
    int *years;          /**< of each column, 0 where it is none */
    int year;            /**< column of the year of a row, -1 where years stand side by side */
    int value;           /**< and of its value */
    int first_year;      /**< of the columns that are years */
    int year_count;
    bool mid_year; /**< years are written as 2020.5 */
} iamc_columns;

/** Find them in the header that has been read.
 * @return STK_EFORMAT with the place of a key that is missing or there twice, of a year that is
 *         there twice or none */
stk_status iamc_columns_find(const stk_csv *csv, iamc_columns *columns, stk_error *error);

/** The year of the row at hand, where a row has one.
 * @return STK_EDATA with its place for what is no year */
stk_status iamc_columns_year(const stk_csv *csv, const iamc_columns *columns, int *year, bool *mid,
                             stk_error *error);

/** The number of a field, NaN where it is empty or says that there is none: NA, N/A, NaN, null. */
stk_status iamc_columns_value(const stk_csv *csv, int column, double *value, stk_error *error);

#endif
