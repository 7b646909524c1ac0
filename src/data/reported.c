/** @file reported.c
 * @brief What Parties report themselves: land use, and the shares of sectors.
 */
#include <math.h>
#include <string.h>

#include "data/inventory_impl.h"

typedef struct alias {
    stk_text name;
    stk_area area;
} alias;

enum { ALIASES_MAX = 2048 };

typedef struct names {
    const stk_inventory *inventory;
    alias aliases[ALIASES_MAX];
    int count;
    char last[64]; /* the rows of a Party follow each other */
    stk_area last_area;
} names;

static stk_status read_aliases(stk_inventory *inventory, stk_edition *edition, names *known,
                               stk_error *error)
{
    stk_csv csv;
    stk_status status = stk_edition_csv(edition, STK_PATH_ALIASES, &inventory->arena, &csv, error);
    while (known->count < ALIASES_MAX && stk_csv_each(&csv, &status, error)) {
        stk_area area = stk_inventory_find(inventory, stk_csv_field(&csv, 1));
        if (area < 0) {
            return stk_csv_refuse(&csv, 1, error, "the code of a country");
        }
        known->aliases[known->count++] = (alias){stk_csv_field(&csv, 0), area};
    }
    return status;
}

static stk_area search(const names *known, stk_text name)
{
    for (int i = 0; i < known->inventory->area_count; i++) {
        if (stk_text_equal(name, known->inventory->areas[i].info.name)) {
            return i;
        }
    }
    for (int i = 0; i < known->count; i++) {
        if (stk_text_same(known->aliases[i].name, name)) {
            return known->aliases[i].area;
        }
    }
    return -1; /* groups such as "Annex-I Parties to the Convention" */
}

static stk_area find_by_name(names *known, stk_text name)
{
    if (name.size == 0 || name.size >= sizeof known->last) {
        return search(known, name);
    }
    if (!stk_text_equal(name, known->last)) {
        memcpy(known->last, name.data, name.size);
        known->last[name.size] = '\0';
        known->last_area = search(known, name);
    }
    return known->last_area;
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
    stk_text field = stk_csv_field(csv, column);
    *value = NAN;
    return field.size == 0 || stk_text_equal(field, "N/A")
               ? STK_OK
               : stk_csv_number_within(csv, column, &stk_csv_kilotons, value, error);
}

/* What a row of the tables by gas and sector is read for. */
typedef enum row_use { USE_NOTHING, USE_SECTOR, USE_LULUCF, USE_TOTAL } row_use;

static stk_status need_series(stk_inventory *inventory, stk_series *series, stk_error *error)
{
    if (series->values == NULL) {
        *series = stk_arena_series(&inventory->arena, REPORTED_FIRST, REPORTED_LAST);
    }
    return stk_allocated(series->values, error);
}

/* The values of a row into a series, or the newest of them into its sector. */
static stk_status read_row(area_record *area, stk_series *series, double unit, const stk_csv *csv,
                           const stk_csv_years *years, int target_sector, stk_error *error)
{
    for (int i = 0; i < years->count; i++) {
        double value;
        int year = years->years[i];
        stk_status status = read_value(csv, years->columns[i], &value, error);
        if (status != STK_OK) {
            return status;
        }
        if (isnan(value) || year < REPORTED_FIRST || year > REPORTED_LAST) {
            continue;
        }
        if (series != NULL) {
            series->values[year - REPORTED_FIRST] = unit * value;
        } else if (year > area->sector_year[target_sector]) {
            area->sector_year[target_sector] = year;
            area->sector_mt[target_sector] = value;
        }
    }
    return STK_OK;
}

static row_use use_of(stk_text name, bool totals)
{
    if (stk_text_equal(name, "Land Use, Land-Use Change and Forestry") ||
        stk_text_equal(name, "Land-Use Change and Forestry")) {
        return USE_LULUCF;
    }
    if (totals && stk_text_equal(name, "Total GHG emissions excluding LULUCF/LUCF")) {
        return USE_TOTAL;
    }
    return sector_of(name) >= 0 ? USE_SECTOR : USE_NOTHING;
}

static stk_status use_row(stk_inventory *inventory, area_record *area, const stk_csv *csv,
                          const stk_csv_years *years, stk_text name, bool totals, stk_error *error)
{
    row_use use = use_of(name, totals);
    stk_series *series = use == USE_LULUCF  ? &area->lulucf_reported
                         : use == USE_TOTAL ? &area->reported
                                            : NULL;
    if (use == USE_NOTHING) {
        return STK_OK;
    }
    stk_status status = use == USE_SECTOR ? STK_OK : need_series(inventory, series, error);
    return status == STK_OK ? read_row(area, series, 1.0, csv, years, sector_of(name), error)
                            : status;
}

/* @param totals  whether the table's totals without LULUCF are read too */
static stk_status read_file(stk_inventory *inventory, stk_edition *edition, const char *path,
                            bool totals, names *known, stk_error *error)
{
    static const char *const needed[] = {"Country", "Sector", "Gas"};
    stk_csv csv;
    stk_csv_years years;
    int columns[3];
    stk_status status;
    STK_TRY(stk_edition_csv(edition, path, &inventory->arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, needed, 3, columns, error));
    STK_TRY(stk_csv_find_years(&csv, &years, error));
    while (stk_csv_each(&csv, &status, error)) {
        bool all_gases = stk_text_equal(stk_csv_field(&csv, columns[2]), "Aggregate GHGs");
        stk_area area = all_gases ? find_by_name(known, stk_csv_field(&csv, columns[0])) : -1;
        if (area >= 0) {
            status = use_row(inventory, &inventory->areas[area], &csv, &years,
                             stk_csv_field(&csv, columns[1]), totals, error);
        }
    }
done:
    return status;
}

/* Totals of Annex I Parties, kt CO2e. */
static stk_status read_annex_i(stk_inventory *inventory, stk_edition *edition, names *known,
                               stk_error *error)
{
    stk_csv csv;
    stk_csv_years years;
    int party;
    stk_status status = STK_OK;
    if (!stk_edition_has(edition, STK_PATH_ANNEX_1_TOTAL)) {
        return STK_OK;
    }
    STK_TRY(stk_edition_csv(edition, STK_PATH_ANNEX_1_TOTAL, &inventory->arena, &csv, error));
    STK_TRY(stk_csv_require(&csv, "Party", &party, error));
    STK_TRY(stk_csv_find_years(&csv, &years, error));
    while (stk_csv_each(&csv, &status, error)) {
        stk_area a = find_by_name(known, stk_csv_field(&csv, party));
        if (a >= 0) {
            area_record *area = &inventory->areas[a];
            area->annex_i = true;
            STK_TRY(need_series(inventory, &area->reported, error));
            STK_TRY(read_row(area, &area->reported, 1e-3, &csv, &years, 0, error));
        }
    }
done:
    return status;
}

stk_status inventory_read_reported(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    names known = {.inventory = inventory};
    stk_status status;
    STK_TRY(read_aliases(inventory, edition, &known, error));
    STK_TRY(read_file(inventory, edition, STK_PATH_ANNEX_1_SECTORS, false, &known, error));
    STK_TRY(read_file(inventory, edition, STK_PATH_NON_ANNEX_1_SECTORS, true, &known, error));
    STK_TRY(read_annex_i(inventory, edition, &known, error));
    for (int i = 0; i < inventory->area_count; i++) {
        inventory_fill_between(&inventory->areas[i].lulucf_reported);
    }
done:
    return status;
}
