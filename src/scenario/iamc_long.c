/** @file iamc_long.c
 * @brief From a row for each value to a row for each variable.
 */
#include "scenario/iamc_long.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "scenario/iamc_columns.h"
#include "scenario/iamc_file.h"

/* The row of the table that a value is of: mostly that of the value before. */
static const stk_iamc_row *find(const iamc_long *gathered, const stk_iamc *table,
                                const stk_iamc_row *row)
{
    const stk_iamc_row *last =
        gathered->last < table->row_count ? &table->rows[gathered->last] : NULL;
    bool same = last != NULL && strcmp(row->variable, last->variable) == 0 &&
                strcmp(row->scenario, last->scenario) == 0 &&
                strcmp(row->model, last->model) == 0 && strcmp(row->region, last->region) == 0;
    return same ? last : iamc_find(table, row);
}

stk_status iamc_long_add(iamc_long *gathered, stk_iamc *table, const stk_iamc_row *row,
                         const iamc_point *point, stk_error *error)
{
    double *none;
    const stk_iamc_row *found = find(gathered, table, row);
    gathered->last = found == NULL ? table->row_count : (size_t)(found - table->rows);
    if (found != NULL && strcmp(found->unit, row->unit) != 0) {
        return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                            "the unit of '%s' is '%s' here and '%s' on line %ld",
                            STK_CUT(row->variable, 120), STK_CUT(row->unit, 60),
                            STK_CUT(found->unit, 60), found->line);
    }
    if (found == NULL && stk_iamc_add(table, row, &none, error) != STK_OK) {
        return stk_error_memory(error);
    }
    if (isnan(point->value)) {
        return STK_OK;
    }
    if (!STK_GROW(gathered->points, gathered->count + 1, gathered->capacity)) {
        return stk_error_memory(error);
    }
    gathered->points[gathered->count] = *point;
    gathered->points[gathered->count++].row = gathered->last;
    return STK_OK;
}

stk_status iamc_long_span(const iamc_long *gathered, stk_iamc *table, stk_error *error)
{
    int first = gathered->count > 0 ? gathered->points[0].year : 0;
    int last = gathered->count > 0 ? first : -1;
    for (size_t i = 0; i < gathered->count; i++) {
        const iamc_point *point = &gathered->points[i];
        first = point->year < first ? point->year : first;
        last = point->year > last ? point->year : last;
        if (last - first >= IAMC_YEAR_SPAN_MAX) {
            return stk_error_at(error, STK_EDATA, table->name, point->line, 0,
                                "the years span more than %d years", IAMC_YEAR_SPAN_MAX);
        }
    }
    table->first_year = first;
    table->year_count = last - first + 1;
    return STK_OK;
}

stk_status iamc_long_fill(const iamc_long *gathered, stk_iamc *table, stk_error *error)
{
    stk_status status =
        iamc_give_years(table, table->first_year, table->first_year + table->year_count - 1, error);
    for (size_t i = 0; status == STK_OK && i < gathered->count; i++) {
        const iamc_point *point = &gathered->points[i];
        const stk_iamc_row *row = &table->rows[point->row];
        double *value = &row->values[point->year - table->first_year];
        if (!isnan(*value)) {
            return stk_error_at(error, STK_EDATA, table->name, point->line, 0,
                                "'%s' of model '%s', scenario '%s', region '%s' has %d twice",
                                STK_CUT(row->variable, 120), STK_CUT(row->model, 80),
                                STK_CUT(row->scenario, 80), STK_CUT(row->region, 80), point->year);
        }
        *value = point->value;
    }
    return status;
}

void iamc_long_free(iamc_long *gathered)
{
    free(gathered->points);
    *gathered = (iamc_long){NULL, 0, 0, 0};
}
