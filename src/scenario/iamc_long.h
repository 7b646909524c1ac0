/** @file iamc_long.h
 * @brief Tables with a row for each value, gathered until their years are known.
 */
#ifndef STK_SCENARIO_IAMC_LONG_H
#define STK_SCENARIO_IAMC_LONG_H

#include <stocktake/scenario.h>

/** A value of the row with that number. */
typedef struct iamc_point {
    double value;
    long line;
    size_t row;
    int year;
} iamc_point;

typedef struct iamc_long {
    iamc_point *points;
    size_t count;
    size_t capacity;
    size_t last; /* row of the one before */
} iamc_long;

/** Add a value; the first one of a row adds the row to a table without years.
 * @return STK_EDATA for a unit that is another than that of the row before */
stk_status iamc_long_add(iamc_long *gathered, stk_iamc *table, const stk_iamc_row *row,
                         const iamc_point *point, stk_error *error);

/** Find the first year and the count of years for the table; its rows have no values yet.
 * @return STK_EDATA for years too far apart */
stk_status iamc_long_span(const iamc_long *gathered, stk_iamc *table, stk_error *error);

/** Put the values into the rows.
 * @return STK_EDATA for a year that a row has twice */
stk_status iamc_long_fill(const iamc_long *gathered, stk_iamc *table, stk_error *error);
void iamc_long_free(iamc_long *gathered);

#endif
