/** @file source_row.c
 * @brief Values of the rows that give species, and fossil CO2 with what is reported beside it.
 */
#include "climate/source_row.h"

#include <math.h>

bool source_span(const source_row *source, int *first, int *last)
{
    stk_series series;
    if (source->row == NULL) {
        return false;
    }
    series =
        (stk_series){source->table->first_year, source->table->year_count, source->row->values};
    return stk_series_span(&series, first, last);
}

/* What a part adds: nothing before it begins, NaN beyond its end. */
static double part_at(const source_row *part, int year)
{
    int first = 0;
    int last = 0;
    (void)source_span(part, &first, &last); /* no row is without values */
    return year < first ? 0 : year > last ? NAN : source_value(part, year);
}

static bool has_value(const source_row *source, int year)
{
    int i = year - source->table->first_year;
    return i >= 0 && i < source->table->year_count && !isnan(source->row->values[i]);
}

/* Fossil CO2 in years that it or a part has, with all parts. */
static void add_parts(const source_row *fossil, const source_row *parts, double *values)
{
    int first = 0;
    int last = 0;
    (void)source_span(fossil, &first, &last);
    for (int year = first; year <= last; year++) {
        double sum = source_value(fossil, year);
        bool given = has_value(fossil, year);
        for (int i = 0; i < STK_FOSSIL_PARTS; i++) {
            if (parts[i].row != NULL) {
                given = given || has_value(&parts[i], year);
                sum += part_at(&parts[i], year);
            }
        }
        values[year - fossil->table->first_year] = given ? sum : NAN;
    }
}

/* The part that ends first. */
static const source_row *shortest(const source_row *parts)
{
    const source_row *found = NULL;
    int first = 0;
    int last = 0;
    int least = 0;
    for (int i = 0; i < STK_FOSSIL_PARTS; i++) {
        if (source_span(&parts[i], &first, &last) && (found == NULL || last < least)) {
            found = &parts[i];
            least = last;
        }
    }
    return found;
}

stk_status source_complete(source_row *fossil, const source_row *parts, stk_arena *arena,
                           stk_error *error)
{
    const source_row *shorter = shortest(parts);
    if (!fossil->lacks_parts || shorter == NULL) {
        return STK_OK;
    }
    size_t years = (size_t)fossil->table->year_count;
    stk_iamc_row *row = stk_arena_alloc(arena, 1, sizeof *row);
    double *values = stk_arena_alloc(arena, years, sizeof *values);
    if (row == NULL || values == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < years; i++) {
        values[i] = NAN;
    }
    add_parts(fossil, parts, values);
    *row = *fossil->row;
    row->values = values;
    *fossil = (source_row){fossil->table, row, 1, fossil->rank, false, shorter};
    return STK_OK;
}
