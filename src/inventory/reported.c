/** @file reported.c
 * @brief What Parties report themselves: land use, and the shares of sectors.
 */
#include <math.h>
#include <string.h>

#include "inventory/inventory_impl.h"

typedef struct alias {
    stk_text name;
    stk_area area;
} alias;

enum { ALIASES_MAX = 2048 };

typedef struct names {
    const stk_inventory *inventory;
    alias aliases[ALIASES_MAX];
    int count;
} names;

static stk_status read_aliases(stk_inventory *inventory, stk_edition *edition, names *known,
                               stk_error *error)
{
    stk_csv csv;
    bool more = true;
    stk_status status =
        inventory_open(edition, "countries/aliases.csv", &inventory->arena, &csv, error);
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status == STK_OK && more && known->count < ALIASES_MAX) {
            stk_area area = stk_inventory_find(inventory, stk_csv_field(&csv, 1));
            if (area < 0) {
                return stk_csv_refuse(&csv, 1, error, "the code of a country");
            }
            known->aliases[known->count++] = (alias){stk_csv_field(&csv, 0), area};
        }
    }
    return status;
}

static stk_area find_by_name(const names *known, stk_text name)
{
    for (int i = 0; i < known->inventory->area_count; i++) {
        if (stk_text_equal(name, known->inventory->areas[i].info.name)) {
            return i;
        }
    }
    for (int i = 0; i < known->count; i++) {
        const stk_text other = known->aliases[i].name;
        if (other.size == name.size && memcmp(other.data, name.data, name.size) == 0) {
            return known->aliases[i].area;
        }
    }
    return -1; /* groups such as "Annex-I Parties to the Convention" */
}

static int sector_of(stk_text name)
{
    if (stk_text_equal(name, "Energy")) {
        return SECTOR_ENERGY;
    }
    if (stk_text_equal(name, "Agriculture")) {
        return SECTOR_AGRICULTURE;
    }
    if (stk_text_equal(name, "Waste")) {
        return SECTOR_WASTE;
    }
    return stk_text_equal(name, "Industrial Processes") ||
                   stk_text_equal(name, "Industrial Processes and Product Use")
               ? SECTOR_INDUSTRY
               : -1;
}

/* "N/A" is this source's way to write an empty cell. */
static stk_status read_value(const stk_csv *csv, int column, double *value, stk_error *error)
{
    if (stk_text_equal(stk_csv_field(csv, column), "N/A")) {
        *value = NAN;
        return STK_OK;
    }
    return stk_csv_number(csv, column, value, error);
}

static stk_status read_row(stk_inventory *inventory, area_record *area, const stk_csv *csv,
                           const stk_csv_years *years, int target_sector, stk_error *error)
{
    if (target_sector < 0 && area->lulucf_reported.values == NULL) {
        area->lulucf_reported = stk_arena_series(&inventory->arena, REPORTED_FIRST, REPORTED_LAST);
        if (area->lulucf_reported.values == NULL) {
            return stk_error_set(error, STK_EMEM, "out of memory");
        }
    }
    for (int i = 0; i < years->count; i++) {
        double value;
        int year = years->years[i];
        stk_status status = read_value(csv, years->first_column + i, &value, error);
        if (status != STK_OK) {
            return status;
        }
        if (isnan(value) || year < REPORTED_FIRST || year > REPORTED_LAST) {
            continue;
        }
        if (target_sector < 0) {
            area->lulucf_reported.values[year - REPORTED_FIRST] = value;
        } else if (year > area->sector_year[target_sector]) {
            area->sector_year[target_sector] = year;
            area->sector_mt[target_sector] = value;
        }
    }
    return STK_OK;
}

static stk_status read_file(stk_inventory *inventory, stk_edition *edition, const char *path,
                            const names *known, stk_error *error)
{
    stk_csv csv;
    stk_csv_years years;
    int columns[3];
    bool more = true;
    stk_status status = inventory_open(edition, path, &inventory->arena, &csv, error);
    if (status == STK_OK) {
        status = stk_csv_require(&csv, "Country", &columns[0], error);
    }
    if (status == STK_OK) {
        status = stk_csv_require(&csv, "Sector", &columns[1], error);
    }
    if (status == STK_OK) {
        status = stk_csv_require(&csv, "Gas", &columns[2], error);
    }
    if (status == STK_OK) {
        status = stk_csv_find_years(&csv, &years, error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status != STK_OK || !more ||
            !stk_text_equal(stk_csv_field(&csv, columns[2]), "Aggregate GHGs")) {
            continue;
        }
        stk_text name = stk_csv_field(&csv, columns[1]);
        bool lulucf = stk_text_equal(name, "Land Use, Land-Use Change and Forestry") ||
                      stk_text_equal(name, "Land-Use Change and Forestry");
        int target_sector = lulucf ? -1 : sector_of(name);
        stk_area area = find_by_name(known, stk_csv_field(&csv, columns[0]));
        if (area >= 0 && (lulucf || target_sector >= 0)) {
            status =
                read_row(inventory, &inventory->areas[area], &csv, &years, target_sector, error);
        }
    }
    return status;
}

stk_status inventory_read_reported(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    static const char *const paths[] = {"inventory/unfccc_annex1_by_gas_sector.csv",
                                        "inventory/unfccc_non_annex1_by_gas_sector.csv"};
    names known = {inventory, {{{NULL, 0}, 0}}, 0};
    stk_status status = read_aliases(inventory, edition, &known, error);
    for (int i = 0; i < 2 && status == STK_OK; i++) {
        status = read_file(inventory, edition, paths[i], &known, error);
    }
    for (int i = 0; i < inventory->area_count && status == STK_OK; i++) {
        inventory_fill_between(&inventory->areas[i].lulucf_reported);
    }
    return status;
}
