/** @file countries.c
 * @brief Areas, their names and the groups they belong to.
 */
#include <string.h>

#include "data/inventory_impl.h"

/* Areas of the emission data that countries.csv does not know. */
static const struct {
    const char *iso3;
    const char *name;
    bool bunker;
} more_areas[] = {{"AIR", "International aviation", true},
                  {"SEA", "International shipping", true},
                  {"XKX", "Kosovo", false},
                  {"STATDIFF", "Statistical difference", false}};

static uint32_t key_of(stk_text code)
{
    unsigned char bytes[4] = {0, 0, 0, 0};
    for (size_t i = 0; i < code.size && i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)code.data[i];
    }
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

stk_area stk_inventory_find(const stk_inventory *inventory, stk_text iso3)
{
    uint32_t key = key_of(iso3);
    for (int i = 0; i < inventory->area_count; i++) {
        if (inventory->area_keys[i] == key && stk_text_equal(iso3, inventory->areas[i].info.iso3)) {
            return i;
        }
    }
    return -1;
}

stk_area inventory_add_area(stk_inventory *inventory, stk_text iso3)
{
    stk_area found = stk_inventory_find(inventory, iso3);
    if (found >= 0 || inventory->area_count == AREAS_MAX) {
        return found;
    }
    area_record *area = &inventory->areas[inventory->area_count];
    memset(area, 0, sizeof *area);
    area->info.iso3 = stk_arena_string(&inventory->arena, iso3);
    area->info.name = area->info.iso3;
    inventory->area_keys[inventory->area_count] = key_of(iso3);
    return area->info.iso3 == NULL ? -1 : inventory->area_count++;
}

static stk_status read_groups(stk_inventory *inventory, const stk_csv *csv, int first,
                              stk_error *error)
{
    for (size_t c = (size_t)first; c < csv->column_count && inventory->group_count < GROUPS_MAX;
         c++) {
        char *name = stk_arena_string(&inventory->arena, csv->columns[c]);
        if (name == NULL) {
            return stk_error_memory(error);
        }
        inventory->group_names[inventory->group_count++] = name;
    }
    return STK_OK;
}

static stk_status read_membership(stk_inventory *inventory, area_record *area, const stk_csv *csv,
                                  int first, stk_error *error)
{
    for (int g = 0; g < inventory->group_count; g++) {
        stk_text flag = stk_csv_field(csv, first + g);
        if (!stk_text_equal(flag, "0") && !stk_text_equal(flag, "1") && flag.size > 0) {
            return stk_csv_refuse(csv, first + g, error, "0 or 1");
        }
        area->in_group[g] = stk_text_equal(flag, "1");
        area->info.party = area->info.party ||
                           (area->in_group[g] && strcmp(inventory->group_names[g], "unfccc") == 0);
        area->info.eu_member =
            area->info.eu_member ||
            (area->in_group[g] && strcmp(inventory->group_names[g], "european_union") == 0);
    }
    return STK_OK;
}

static stk_status read_country(stk_inventory *inventory, const stk_csv *csv, const int *columns,
                               stk_error *error)
{
    stk_text iso3 = stk_csv_field(csv, columns[0]);
    if (iso3.size != 3) {
        return stk_csv_refuse(csv, columns[0], error, "an ISO 3166 code of three letters");
    }
    stk_area index = inventory_add_area(inventory, iso3);
    if (index < 0) {
        return stk_error_at(error, STK_EDATA, csv->source.name, csv->line, 0, "too many areas");
    }
    long number;
    area_record *area = &inventory->areas[index];
    area->info.name = stk_arena_string(&inventory->arena, stk_csv_field(csv, columns[1]));
    area->iso2 = stk_csv_field(csv, stk_csv_find(csv, "iso2"));
    area->m49 = stk_csv_field(csv, stk_csv_find(csv, "m49"));
    area->info.m49 =
        stk_text_integer(area->m49, &number) && number > 0 && number < 1000 ? (int)number : 0;
    for (int r = 0; r < 3; r++) {
        area->region[r] = stk_arena_string(&inventory->arena, stk_csv_field(csv, columns[2 + r]));
        if (area->region[r] == NULL || area->info.name == NULL) {
            return stk_error_memory(error);
        }
    }
    return read_membership(inventory, area, csv, columns[4] + 1, error);
}

stk_status inventory_read_countries(stk_inventory *inventory, stk_edition *edition,
                                    stk_error *error)
{
    static const char *const names[] = {"iso3", "name", "continent", "subregion", "ssp_region"};
    stk_csv csv;
    int columns[5];
    stk_status status;
    STK_TRY(stk_edition_csv(edition, STK_PATH_COUNTRIES, &inventory->arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, names, 5, columns, error));
    STK_TRY(read_groups(inventory, &csv, columns[4] + 1, error));
    while (stk_csv_each(&csv, &status, error)) {
        STK_TRY(read_country(inventory, &csv, columns, error));
    }
    for (size_t i = 0; i < sizeof more_areas / sizeof *more_areas && status == STK_OK; i++) {
        stk_area area = inventory_add_area(inventory, stk_text_of(more_areas[i].iso3));
        if (area < 0) {
            return stk_error_memory(error);
        }
        inventory->areas[area].info.name = more_areas[i].name;
        inventory->areas[area].info.bunker = more_areas[i].bunker;
    }
    inventory->statistical_difference = stk_inventory_find(inventory, stk_text_of("STATDIFF"));
done:
    return status;
}
