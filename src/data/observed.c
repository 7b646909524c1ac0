/** @file observed.c
 * @brief The observed global mean surface temperature of the edition.
 */
#include <math.h>
#include <stdlib.h>

#include <stocktake/observed.h>

#include "base/csv.h"

static const char path[] = "global/igcc2024_gmst_annual.csv";

enum { FIRST = 1850, LAST = 2100 };

static stk_status read_rows(stk_csv *csv, stk_series *series, stk_error *error)
{
    int year_column;
    int value_column;
    bool more = true;
    stk_status status = stk_csv_require(csv, "timebound_lower", &year_column, error);
    status = status != STK_OK ? status : stk_csv_require(csv, "GMST", &value_column, error);
    while (status == STK_OK && more) {
        int year;
        status = stk_csv_next(csv, &more, error);
        if (status != STK_OK || !more) {
            continue;
        }
        status = stk_csv_integer(csv, year_column, 0, &year, error);
        if (status == STK_OK && (year < FIRST || year > LAST)) {
            status = stk_csv_refuse(csv, year_column, error, "a year from 1850 to 2100");
        }
        if (status == STK_OK) {
            status = stk_csv_number(csv, value_column, &series->values[year - FIRST], error);
        }
    }
    return status;
}

stk_status stk_observed_warming(stk_edition *edition, stk_series *series, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    stk_source source = {stk_edition_source_name(edition, path), {NULL, 0}};
    int count = LAST - FIRST + 1;
    *series = (stk_series){FIRST, count, malloc((size_t)count * sizeof(double))};
    if (series->values == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (int i = 0; i < count; i++) {
        series->values[i] = NAN;
    }
    stk_status status = stk_edition_read(edition, path, &source.content, error);
    status = status != STK_OK ? status : stk_csv_open(&csv, source, &arena, error);
    status = status != STK_OK ? status : read_rows(&csv, series, error);
    stk_arena_free(&arena);
    if (status != STK_OK) {
        free(series->values);
        series->values = NULL;
    }
    return status;
}
