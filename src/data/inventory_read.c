/** @file inventory_read.c
 * @brief Reading emissions, land use, population and GDP.
 */
#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "data/inventory_impl.h"

int inventory_species(const stk_inventory *inventory, stk_text name)
{
    for (int i = 0; i < inventory->species_count; i++) {
        if (stk_text_same(inventory->species[i], name)) {
            return i;
        }
    }
    return -1;
}

static stk_status add_species(stk_inventory *inventory, const stk_csv *csv, int column, int *index,
                              stk_error *error)
{
    stk_text name = stk_csv_field(csv, column);
    *index = inventory_species(inventory, name);
    if (*index >= 0) {
        return STK_OK;
    }
    stk_gas_group group;
    if (inventory->species_count == SPECIES_MAX || !stk_gas_group_of(name, &group)) {
        return stk_csv_refuse(csv, column, error, "a gas of the Kyoto basket");
    }
    char *copy = stk_arena_string(&inventory->arena, name);
    if (copy == NULL) {
        return stk_error_memory(error);
    }
    *index = inventory->species_count++;
    inventory->species[*index] = (stk_text){copy, name.size};
    inventory->species_group[*index] = group;
    inventory->group_species[group][inventory->group_size[group]++] = *index;
    return STK_OK;
}

static void widen_group_years(stk_inventory *inventory, stk_gas_group group,
                              const stk_series *series)
{
    int first;
    int last;
    if (!stk_series_span(series, &first, &last)) {
        return;
    }
    if (inventory->group_last[group] == 0 || first < inventory->group_first[group]) {
        inventory->group_first[group] = first;
    }
    if (last > inventory->group_last[group]) {
        inventory->group_last[group] = last;
    }
}

static stk_status read_series(stk_inventory *inventory, const stk_csv *csv,
                              const stk_csv_years *years, const stk_csv_bounds *bounds,
                              stk_series *series, stk_error *error)
{
    *series = stk_arena_series(&inventory->arena, years->first_year, years->last_year);
    if (series->values == NULL) {
        return stk_error_memory(error);
    }
    return stk_csv_series_within(csv, years, bounds, series, error);
}

static stk_status read_emission_row(stk_inventory *inventory, const stk_csv *csv,
                                    const int *columns, const stk_csv_years *years,
                                    stk_error *error)
{
    stk_text iso3 = stk_csv_field(csv, columns[0]);
    int species;
    stk_status status;
    STK_TRY(add_species(inventory, csv, columns[1], &species, error));
    if (!stk_text_equal(stk_csv_field(csv, columns[2]), "kt")) {
        return stk_csv_refuse(csv, columns[2], error, "kt");
    }
    stk_series *series = &inventory->world[species];
    if (stk_text_equal(iso3, "EU27") || stk_text_equal(iso3, "STATDIFF")) {
        return STK_OK; /* both are computed, so that the parts add up to the total */
    }
    if (!stk_text_equal(iso3, "WORLD")) {
        stk_area area = inventory_add_area(inventory, iso3);
        if (area < 0 || iso3.size != 3) {
            return stk_csv_refuse(csv, columns[0], error, "an ISO 3166 code, AIR, SEA or WORLD");
        }
        series = &inventory->areas[area].species[species];
    }
    if (series->values != NULL) {
        return stk_csv_refuse(csv, columns[1], error, "one row for each area and gas");
    }
    STK_TRY(read_series(inventory, csv, years, &stk_csv_kilotons, series, error));
    if (series == &inventory->world[species]) {
        widen_group_years(inventory, inventory->species_group[species], series);
    }
done:
    return status;
}

stk_status inventory_read_emissions(stk_inventory *inventory, stk_edition *edition,
                                    stk_error *error)
{
    static const char *const names[] = {"iso3", "species", "unit"};
    stk_csv csv;
    stk_csv_years years;
    int columns[3];
    stk_status status;
    STK_TRY(stk_edition_csv(edition, STK_PATH_EMISSIONS, &inventory->arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, names, 3, columns, error));
    STK_TRY(stk_csv_find_years(&csv, &years, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = read_emission_row(inventory, &csv, columns, &years, error);
    }
done:
    return status;
}

/* One row of a table of annual values whose rows are chosen by a second column. */
typedef struct wide_table {
    const char *path;
    const char *choose; /* column, or NULL to take every row */
    const char *value;  /* what the column must start with */
    size_t offset;      /* of the series in area_record */
    const stk_csv_bounds *bounds;
} wide_table;

static stk_status read_wide_row(stk_inventory *inventory, const stk_csv *csv, int column,
                                const stk_csv_years *years, const wide_table *table,
                                stk_error *error)
{
    stk_area area = stk_inventory_find(inventory, stk_csv_field(csv, column));
    bool world_lulucf = table->offset == offsetof(area_record, lulucf) &&
                        stk_text_equal(stk_csv_field(csv, column), "WORLD");
    if (area < 0 && !world_lulucf) {
        return STK_OK; /* other totals, and areas that emit nothing in the data */
    }
    stk_series *series =
        world_lulucf ? &inventory->world_lulucf
                     : (stk_series *)(void *)((char *)&inventory->areas[area] + table->offset);
    if (series->values != NULL) {
        return stk_csv_refuse(csv, column, error, "one row for each area");
    }
    return read_series(inventory, csv, years, table->bounds, series, error);
}

static bool is_chosen(const stk_csv *csv, int column, const char *value)
{
    stk_text field = stk_csv_field(csv, column);
    return value == NULL || stk_text_cut_prefix(&field, value);
}

static stk_status read_wide(stk_inventory *inventory, stk_edition *edition, const wide_table *table,
                            stk_error *error)
{
    stk_csv csv;
    stk_csv_years years;
    int area_column;
    int choose_column = -1;
    stk_status status;
    STK_TRY(stk_edition_csv(edition, table->path, &inventory->arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "iso3", &area_column, error));
    if (table->choose != NULL) {
        STK_TRY(stk_csv_require(&csv, table->choose, &choose_column, error));
    }
    STK_TRY(stk_csv_find_years(&csv, &years, error));
    while (stk_csv_each(&csv, &status, error)) {
        if (is_chosen(&csv, choose_column, table->value)) {
            status = read_wide_row(inventory, &csv, area_column, &years, table, error);
        }
    }
done:
    return status;
}

stk_status inventory_read_lulucf(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    static const wide_table table = {STK_PATH_LULUCF, "model", "mean4",
                                     offsetof(area_record, lulucf), &stk_csv_kilotons};
    return read_wide(inventory, edition, &table, error);
}

/* Fill years without a value linearly; historical populations come every ten years. */
void inventory_fill_between(stk_series *series)
{
    int before = -1;
    for (int i = 0; i < series->count; i++) {
        if (isnan(series->values[i])) {
            continue;
        }
        for (int k = before + 1; before >= 0 && k < i; k++) {
            double share = (double)(k - before) / (double)(i - before);
            series->values[k] =
                series->values[before] + share * (series->values[i] - series->values[before]);
        }
        before = i;
    }
}

/* Beyond its record the GDP per head goes on at the rate of its last year, while population is
 * known. */
static stk_status extend_gdp(stk_arena *arena, area_record *record, stk_error *error)
{
    const stk_series *gdp = &record->gdp;
    const stk_series *people = &record->population;
    int first;
    int last;
    int until = people->first_year + people->count - 1;
    if (gdp->values == NULL || people->values == NULL || !stk_series_span(gdp, &first, &last) ||
        until <= last) {
        return STK_OK;
    }
    stk_series longer = stk_arena_series(arena, gdp->first_year, until);
    if (longer.values == NULL) {
        return stk_error_memory(error);
    }
    double end = stk_series_at(gdp, last);
    double then = stk_series_at(people, last);
    double before = stk_series_at(gdp, last - 1) / stk_series_at(people, last - 1);
    double growth = end / then / before;
    for (int year = gdp->first_year; year <= until; year++) {
        longer.values[year - gdp->first_year] =
            year <= last ? stk_series_at(gdp, year)
                         : end * stk_series_at(people, year) / then * stk_pow(growth, year - last);
    }
    record->gdp = longer;
    return STK_OK;
}

stk_status inventory_read_drivers(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    static const wide_table population = {STK_PATH_POPULATION, NULL, NULL,
                                          offsetof(area_record, population), &stk_csv_persons};
    static const wide_table gdp = {STK_PATH_GDP, "measure", "Gapminder", offsetof(area_record, gdp),
                                   &stk_csv_dollars};
    stk_status status;
    STK_TRY(read_wide(inventory, edition, &population, error));
    STK_TRY(read_wide(inventory, edition, &gdp, error));
    for (int i = 0; i < inventory->area_count; i++) {
        inventory_fill_between(&inventory->areas[i].population);
        STK_TRY(extend_gdp(&inventory->arena, &inventory->areas[i], error));
    }
done:
    return status;
}
