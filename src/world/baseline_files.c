/** @file baseline_files.c
 * @brief A user's own drivers (IAMC format) and baselines.
 */
#include <math.h>
#include <string.h>

#include "data/inventory_impl.h"
#include "world/baseline_impl.h"

/* Scale of a unit, 0 if it is not known: "million" is the IAMC's unit of population. */
static double unit_scale(stk_text unit, bool population)
{
    if (population) {
        return stk_text_equal(unit, "million") || stk_text_equal(unit, "Million") ? 1e6
               : stk_text_equal(unit, "persons")                                  ? 1.0
                                                                                  : 0.0;
    }
    return stk_text_contains(unit, "billion")   ? 1e9
           : stk_text_contains(unit, "million") ? 1e6
                                                : 0.0;
}

/* The values of a row that are there are within bounds, before anything is made of them. */
static stk_status check_values(const stk_csv *csv, const stk_csv_years *years, double scale,
                               bool zero, double most, const char *allowed, stk_error *error)
{
    for (int i = 0; i < years->count; i++) {
        double value;
        stk_status status = stk_csv_number(csv, years->columns[i], &value, error);
        if (status != STK_OK) {
            return status;
        }
        if (!isnan(value) && !((zero ? value >= 0 : value > 0) && value * scale <= most)) {
            return stk_csv_refuse(csv, years->columns[i], error, "%s", allowed);
        }
    }
    return STK_OK;
}

static stk_status read_driver_row(stk_baseline *b, const stk_csv *csv, const int *columns,
                                  const stk_csv_years *years, int *taken, stk_error *error)
{
    stk_text variable = stk_csv_field(csv, columns[1]);
    bool population = stk_text_equal(variable, "Population");
    bool gdp = stk_text_equal(variable, "GDP|PPP");
    stk_area area = stk_inventory_find(b->inventory, stk_csv_field(csv, columns[0]));
    if ((!population && !gdp) || area < 0) {
        return STK_OK; /* other variables and regions of an IAMC file are none of ours */
    }
    double scale = unit_scale(stk_csv_field(csv, columns[2]), population);
    if (scale == 0) {
        return stk_csv_refuse(csv, columns[2], error,
                              population ? "million or persons" : "a unit with billion or million");
    }
    ++*taken;
    stk_series *series = population ? &b->population[area] : &b->gdp[area];
    if (series->values != NULL) {
        return stk_csv_refuse(csv, columns[1], error, "one row for each region and variable");
    }
    const stk_csv_bounds *bounds = population ? &stk_csv_persons : &stk_csv_dollars;
    stk_status status =
        check_values(csv, years, scale, false, bounds->most, bounds->allowed, error);
    if (status != STK_OK) {
        return status;
    }
    *series = stk_arena_series(&b->arena, years->first_year, years->last_year);
    if (series->values == NULL) {
        return stk_error_memory(error);
    }
    status = stk_csv_series(csv, years, series, error);
    for (int i = 0; i < series->count && status == STK_OK; i++) {
        series->values[i] *= scale;
    }
    inventory_fill_between(series); /* such files often have every fifth or tenth year */
    return status;
}

static stk_status read_baseline_row(stk_baseline *b, const stk_csv *csv, const int *columns,
                                    const stk_csv_years *years, int *taken, stk_error *error)
{
    stk_area area = stk_inventory_find(b->inventory, stk_csv_field(csv, columns[0]));
    ++*taken;
    if (area < 0) {
        return stk_csv_refuse(csv, columns[0], error, "the code of a country, AIR or SEA");
    }
    if (b->given[area].values != NULL) {
        return stk_csv_refuse(csv, columns[0], error, "one row for each area");
    }
    stk_status status = stk_gwp_find_set(stk_inventory_gwp(b->inventory),
                                         stk_csv_field(csv, columns[1]), &b->given_gwp[area], NULL);
    if (status != STK_OK) {
        return stk_csv_refuse(csv, columns[1], error, "a GWP set such as AR6");
    }
    status = check_values(csv, years, 1, true, stk_csv_megatons.most,
                          "a number from 0 to 6e7 Mt (baselines are without land use)", error);
    if (status != STK_OK) {
        return status;
    }
    b->given[area] = stk_arena_series(&b->arena, years->first_year, years->last_year);
    if (b->given[area].values == NULL) {
        return stk_error_memory(error);
    }
    status = stk_csv_series(csv, years, &b->given[area], error);
    inventory_fill_between(&b->given[area]);
    return status;
}

typedef stk_status (*row_reader)(stk_baseline *, const stk_csv *, const int *,
                                 const stk_csv_years *, int *taken, stk_error *);

static stk_status read_file(stk_baseline *b, stk_source source, const char *const *names, int count,
                            row_reader read, const char *allowed, stk_error *error)
{
    int taken = 0;
    stk_csv csv;
    stk_csv_years years;
    int columns[3];
    bool more = true;
    stk_status status = stk_csv_open(&csv, source, &b->arena, error);
    for (int i = 0; i < count && status == STK_OK; i++) {
        status = stk_csv_require(&csv, names[i], &columns[i], error);
    }
    if (status == STK_OK) {
        status = stk_csv_find_years(&csv, &years, error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status == STK_OK && more) {
            status = read(b, &csv, columns, &years, &taken, error);
        }
    }
    if (status == STK_OK && taken == 0) {
        status = stk_error_at(error, STK_EDATA, source.name, 0, 0, "no row is taken; allowed: %s",
                              allowed);
    }
    return status;
}

stk_status baseline_read_files(stk_baseline *b, const stk_baseline_files *files, stk_error *error)
{
    static const char *const drivers[] = {"Region", "Variable", "Unit"};
    static const char *const baselines[] = {"iso3", "gwp"};
    stk_status status = STK_OK;
    if (files->drivers.data != NULL) {
        status = read_file(
            b, (stk_source){files->drivers_name, files->drivers}, drivers, 3, read_driver_row,
            "rows of 'Population' or 'GDP|PPP' whose region is a country's code, as CHN", error);
    }
    if (status == STK_OK && files->baselines.data != NULL) {
        status = read_file(b, (stk_source){files->baselines_name, files->baselines}, baselines, 2,
                           read_baseline_row, "a row for each area, at least one", error);
    }
    return status;
}
