/** @file known_totals.c
 * @brief Totals of the inventory against the known ones of an edition.
 */
#include "data/known_totals.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/try.h"
#include "data/paths.h"

const stk_column stk_known_total_columns[STK_KNOWN_TOTAL_COLUMNS] = {
    {"check", "Check", STK_TEXT},
    {"gwp", "GWP", STK_TEXT},
    {"expected_gt", "Expected (Gt)", 3},
    {"value_gt", "Value (Gt)", 3},
    {"difference_pct", "Difference (%)", 2},
    {"result", "Result", STK_TEXT}};

static stk_status area_total(const stk_inventory *inventory, stk_text area, size_t gwp, int year,
                             double *gt, stk_error *error)
{
    int count = stk_inventory_area_count(inventory);
    bool *members = calloc((size_t)count, sizeof *members);
    if (members == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_inventory_select(inventory, area, members, error);
    *gt = 0;
    for (int a = 0; a < count && status == STK_OK; a++) {
        *gt += members[a] ? stk_inventory_total_mt(inventory, a, gwp, year) / 1000.0 : 0.0;
    }
    free(members);
    return status;
}

static stk_status add_check(const stk_inventory *inventory, const stk_csv *csv, stk_table *table,
                            int *failed, stk_error *error)
{
    static const stk_csv_bounds total = {DBL_MIN, 1000, "a number above 0, at most 1000 Gt"};
    static const stk_csv_bounds distance = {0, 1000, "a number from 0 to 1000 Gt"};
    int year;
    size_t gwp;
    double expected = NAN;
    double tolerance = NAN;
    double value = NAN;
    stk_text set = stk_csv_field(csv, stk_csv_find(csv, "gwp"));
    stk_status status;
    STK_TRY(stk_csv_integer(csv, stk_csv_find(csv, "year"), 0, &year, error));
    STK_TRY(stk_csv_number_within(csv, stk_csv_find(csv, "expected_gt"), &total, &expected, error));
    STK_TRY(stk_csv_number_within(csv, stk_csv_find(csv, "tolerance_gt"), &distance, &tolerance,
                                  error));
    STK_TRY(stk_gwp_find_set(stk_inventory_gwp(inventory), set, &gwp, error));
    STK_TRY(area_total(inventory, stk_csv_field(csv, stk_csv_find(csv, "area")), gwp, year, &value,
                       error));
    bool ok = fabs(value - expected) <= tolerance;
    *failed += !ok;
    stk_table_slice(table, stk_csv_field(csv, stk_csv_find(csv, "name")));
    stk_table_slice(table, set);
    stk_table_numbers(table, expected, value, 100.0 * (value / expected - 1.0));
    stk_table_text(table, ok ? "ok" : "FAILED");
done:
    return status;
}

stk_status stk_known_totals_check(stk_edition *edition, const stk_inventory *inventory,
                                  stk_arena *arena, stk_table *table, int *failed, stk_error *error)
{
    static const char *const needed[] = {"name", "area",        "year",
                                         "gwp",  "expected_gt", "tolerance_gt"};
    enum { NEEDED = sizeof needed / sizeof *needed };
    stk_csv csv;
    int columns[NEEDED];
    stk_status status;
    *failed = 0;
    if (!stk_edition_has(edition, STK_PATH_CHECKS)) {
        return STK_OK;
    }
    STK_TRY(stk_edition_csv(edition, STK_PATH_CHECKS, arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, needed, NEEDED, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = add_check(inventory, &csv, table, failed, error);
    }
done:
    return status;
}
