/** @file inventory_impl.h
 * @brief Inside of the inventory, shared by its readers and its queries.
 */
#ifndef STK_DATA_INVENTORY_IMPL_H
#define STK_DATA_INVENTORY_IMPL_H

#include <stocktake/inventory.h>

#include "base/try.h"
#include "data/paths.h"

enum {
    AREAS_MAX = STK_AREAS_MAX,
    SPECIES_MAX = 64,
    GROUPS_MAX = 40,
    REPORTED_FIRST = 1990,
    REPORTED_LAST = 2030
};

typedef enum sector {
    SECTOR_ENERGY,
    SECTOR_INDUSTRY,
    SECTOR_AGRICULTURE,
    SECTOR_WASTE,
    SECTORS
} sector;

typedef struct area_record {
    stk_area_info info;
    stk_text iso2; /* where countries.csv has it */
    stk_text m49;
    const char *region[3]; /* continent, subregion, region of the SSPs */
    bool in_group[GROUPS_MAX];
    stk_series species[SPECIES_MAX]; /* kt of the gas; no values where there is no row */
    stk_series recorded_co2;         /* kt; of what a source keeps as one, before it is split */
    stk_series lulucf;               /* kt CO2 */
    stk_series lulucf_reported;      /* Mt CO2e, gaps filled between reports */
    stk_series population;
    stk_series gdp;
    double sector_mt[SECTORS]; /* newest own inventory */
    int sector_year[SECTORS];
    stk_series reported; /* totals without LULUCF of the own inventory, Mt CO2e */
    bool annex_i;        /* reported in AR5; else in a set that the record does not name */
    stk_own_value *own;
    size_t own_count;
} area_record;

/* What a folded name stands for: an area, the EU, the world, a group, a region. */
typedef enum name_kind {
    NAME_AREA,
    NAME_EU,
    NAME_WORLD,
    NAME_BUNKERS,
    NAME_GROUP,
    NAME_REGION
} name_kind;

typedef struct area_name {
    const char *folded;
    name_kind kind;
    int index;          /* area or group */
    const char *region; /* NAME_REGION */
    const char *code;
    const char *shown;
    bool is_code; /* of two letters or of digits: near to too much to be suggested */
} area_name;

struct stk_inventory {
    stk_arena arena;
    stk_gwp_table *gwp;
    int area_count;
    area_record *areas;
    uint32_t area_keys[AREAS_MAX]; /* the first four bytes of each code, to be searched */
    int group_count;
    const char *group_names[GROUPS_MAX];
    int species_count;
    stk_text species[SPECIES_MAX];
    stk_gas_group species_group[SPECIES_MAX];
    int group_species[STK_GAS_GROUPS][SPECIES_MAX]; /* indices of the species of each group */
    int group_size[STK_GAS_GROUPS];
    double *factors;               /* [gwp set][species], Mt CO2e per kt of gas */
    stk_series world[SPECIES_MAX]; /* as published, kt of the gas */
    stk_series world_lulucf;       /* as published, kt CO2 */
    int group_first[STK_GAS_GROUPS];
    int group_last[STK_GAS_GROUPS];
    stk_area statistical_difference;
    size_t name_count;
    area_name *names; /* in order of what is folded */
};

/* The index of an area, added if it is new; -1 when the table is full or memory is out. */
stk_area inventory_add_area(stk_inventory *inventory, stk_text iso3);

/* The index of a species, or -1. */
int inventory_species(const stk_inventory *inventory, stk_text name);

stk_status inventory_read_countries(stk_inventory *inventory, stk_edition *edition,
                                    stk_error *error);
stk_status inventory_read_emissions(stk_inventory *inventory, stk_edition *edition,
                                    stk_error *error);
stk_status inventory_read_lulucf(stk_inventory *inventory, stk_edition *edition, stk_error *error);
stk_status inventory_read_drivers(stk_inventory *inventory, stk_edition *edition, stk_error *error);
stk_status inventory_read_reported(stk_inventory *inventory, stk_edition *edition,
                                   stk_error *error);
stk_status inventory_read_own(stk_inventory *inventory, stk_edition *edition, stk_error *error);
stk_status inventory_read_names(stk_inventory *inventory, stk_edition *edition, stk_error *error);
stk_status inventory_split_merged(stk_inventory *inventory, stk_edition *edition, stk_error *error);

/* Fill years without a value linearly, between the years that have one. */
void inventory_fill_between(stk_series *series);

#endif
