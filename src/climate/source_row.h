/** @file source_row.h
 * @brief A row of a scenario's table as the source of a species.
 */
#ifndef STK_CLIMATE_SOURCE_ROW_H
#define STK_CLIMATE_SOURCE_ROW_H

#include <math.h>

#include "climate/calibration.h"

/** A row of a table that gives a species. */
typedef struct source_row {
    const stk_iamc *table;
    const stk_iamc_row *row; /**< NULL: not given */
    double factor;
    int rank;
    bool lacks_parts;                 /**< fossil CO2 without what is beside it */
    const struct source_row *shorter; /**< the part of fossil CO2 that ends first and before it */
} source_row;

/** The first and the last year that are given; false without any, or without a row. */
bool source_span(const source_row *source, int *first, int *last);

static inline double source_raw(const source_row *source, int year)
{
    return source->row->values[year - source->table->first_year];
}

/** The value of a year between these, in the model's unit; linear in gaps. */
static inline double source_value(const source_row *source, int year)
{
    int before = year;
    int after = year;
    while (isnan(source_raw(source, before))) {
        before--;
    }
    while (isnan(source_raw(source, after))) {
        after++;
    }
    double a = source_raw(source, before) * source->factor;
    double b = source_raw(source, after) * source->factor;
    return before == after ? a : a + (b - a) * (year - before) / (after - before);
}

/** Fossil CO2 as models report it, made whole with the parts that stand beside it.
 * @param parts  STK_FOSSIL_PARTS, which must outlive it */
stk_status source_complete(source_row *fossil, const source_row *parts, stk_arena *arena,
                           stk_error *error);

#endif
