/** @file observed.c
 * @brief The observed global mean surface temperature of the edition.
 */
#include <math.h>
#include <stdlib.h>

#include <stocktake/observed.h>

#include "base/try.h"
#include "data/paths.h"

static stk_status read_rows(stk_csv *csv, stk_series *series, stk_error *error)
{
    int year_column;
    int value_column;
    stk_status status;
    STK_TRY(stk_csv_require(csv, "timebound_lower", &year_column, error));
    STK_TRY(stk_csv_require(csv, "GMST", &value_column, error));
    while (stk_csv_each(csv, &status, error)) {
        int year;
        STK_TRY(stk_csv_integer(csv, year_column, 0, &year, error));
        if (year < STK_OBSERVED_FIRST || year > STK_OBSERVED_LAST) {
            return stk_csv_refuse(csv, year_column, error, "a year from 1850 to 2100");
        }
        STK_TRY(stk_csv_number_within(csv, value_column, &stk_csv_kelvin,
                                      &series->values[year - STK_OBSERVED_FIRST], error));
    }
done:
    return status;
}

stk_status stk_observed_warming(stk_edition *edition, stk_series *series, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    *series = (stk_series){STK_OBSERVED_FIRST, STK_OBSERVED_YEARS,
                           malloc(STK_OBSERVED_YEARS * sizeof(double))};
    if (series->values == NULL) {
        return stk_error_memory(error);
    }
    for (int i = 0; i < STK_OBSERVED_YEARS; i++) {
        series->values[i] = NAN;
    }
    stk_status status = stk_edition_csv(edition, STK_PATH_OBSERVED_WARMING, &arena, &csv, error);
    if (status == STK_OK) {
        status = read_rows(&csv, series, error);
    }
    stk_arena_free(&arena);
    if (status != STK_OK) {
        free(series->values);
        series->values = NULL;
    }
    return status;
}
