/** @file inventory.h
 * @brief History: areas and groups, emissions by gas, land use, population, GDP.
 *
 * Areas
 *  - every country and territory of `countries/countries.csv` or of the data, international
 *    aviation (`AIR`) and shipping (`SEA`), and `STATDIFF`, the world total less the sum of areas;
 *  - `EUU` is the EU of 27 as one area, the sum of its members; `EU27` is another name for it;
 *  - groups are the columns of countries.csv (`G20`, `ANNEX_I`, ...), its regions, and `WORLD`.
 *
 * Rules for what the sources merge or leave out (docs/methods.md, "Inventory"):
 *  - what a source keeps as one (`inventory/splits.csv`: Serbia and Montenegro, Sudan and South
 *    Sudan, Israel and Palestine, France with Monaco, Italy with San Marino and the Holy See, ...)
 *    is split by population, year by year, gas by gas, unless the gas has rows of their own.
 *  - An empty cell inside the years that a source covers counts as zero in a sum.
 */
#ifndef STOCKTAKE_INVENTORY_H
#define STOCKTAKE_INVENTORY_H

#include <stocktake/units.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stk_inventory stk_inventory;

/** Index of an area, 0 .. stk_inventory_area_count() - 1. */
typedef int stk_area;

typedef enum stk_lulucf { STK_LULUCF_EXCLUDED, STK_LULUCF_INCLUDED, STK_LULUCF_ONLY } stk_lulucf;

typedef struct stk_area_info {
    const char *iso3;
    const char *name;
    bool party;     /**< Party to the UNFCCC (the EU itself is not counted here) */
    bool eu_member; /**< of the EU of 27 */
    bool bunker;    /**< AIR or SEA */
    int m49;        /**< the United Nations' number of the country; 0: none */
} stk_area_info;

/** Read everything but the pledges. The edition must outlive the inventory. */
stk_status stk_inventory_load(stk_edition *edition, stk_inventory **inventory, stk_error *error);
void stk_inventory_free(stk_inventory *inventory);

const stk_gwp_table *stk_inventory_gwp(const stk_inventory *inventory);

int stk_inventory_area_count(const stk_inventory *inventory);
const stk_area_info *stk_inventory_area(const stk_inventory *inventory, stk_area area);

/** Find one area by ISO3 code (or AIR, SEA, STATDIFF); -1 if there is none. `EU27` and `EUU`
 * are groups, not areas, here. */
stk_area stk_inventory_find(const stk_inventory *inventory, stk_text iso3);

/** What a name that a person typed stands for. */
typedef enum stk_areas_kind {
    STK_AREAS_ONE,   /**< one area */
    STK_AREAS_EU,    /**< the EU of 27 */
    STK_AREAS_GROUP, /**< a group of countries.csv, a region, or BUNKERS */
    STK_AREAS_LIST,  /**< several of these, separated by commas */
    STK_AREAS_WORLD
} stk_areas_kind;

enum { STK_AREAS_MAX = 512 };

/** Areas under one name. */
typedef struct stk_area_set {
    stk_areas_kind kind;
    char code[64];  /**< "DEU", "EUU", "G20", "WORLD"; "BRA+IND" for a list */
    char name[160]; /**< "Germany", "Least developed countries", "Brazil and India" */
    stk_area area;  /**< the one area, -1 for several */
    int count;      /**< of members */
    bool members[STK_AREAS_MAX];
} stk_area_set;

/** Find what a name stands for. Known are, in this order: every country's codes (ISO 3166 of two
 * and three letters, M49) and its names in English, French, Spanish and German of countries.csv and
 * aliases.csv; the EU; `WORLD`; groups and regions; and lists of these, such as "Brazil,IND". Case,
 * accents, punctuation and articles make no difference.
 * @return STK_ENOTFOUND with the nearest names: a name is never guessed */
stk_status stk_areas_find(const stk_inventory *inventory, stk_text name, stk_area_set *set,
                          stk_error *error);

/** Every name that stk_areas_find() knows apart from lists, folded, in order; NULL after the last.
 * @param code  receives the code of what it stands for */
const char *stk_areas_known(const stk_inventory *inventory, size_t i, const char **code);

/** The areas that a name stands for, as stk_areas_find() finds them.
 * @param members  receives stk_inventory_area_count() flags
 * @return STK_ENOTFOUND with the nearest names */
stk_status stk_inventory_select(const stk_inventory *inventory, stk_text name, bool *members,
                                stk_error *error);

/** First and last year of the records of a gas group in the world. */
void stk_inventory_years(const stk_inventory *inventory, stk_gas_group group, int *first,
                         int *last);

/** Emissions of a gas group without LULUCF, Mt CO2e in a GWP set; NaN outside the record's years,
 * zero where an area has no row. */
double stk_inventory_group_mt(const stk_inventory *inventory, stk_area area, stk_gas_group group,
                              size_t gwp, int year);

/** All gases of the basket; NaN outside the years that all of its records cover. */
double stk_inventory_total_mt(const stk_inventory *inventory, stk_area area, size_t gwp, int year);

/** Emissions of one species in kt of the gas, summed over the areas selected; NaN outside the
 * record. `*found` tells whether any area has such a species. */
double stk_inventory_species_kt(const stk_inventory *inventory, const bool *members,
                                stk_text species, int year, bool *found);

/** The world total of a gas as its source publishes it, kt of the gas. */
double stk_inventory_world_kt(const stk_inventory *inventory, stk_text species, int year);

/** Fossil CO2 as its source records an area, Mt CO2: with the small neighbours that it keeps with
 * it (France with Monaco, Italy with San Marino and the Holy See), which everything else here
 * splits off. NaN outside the record. */
double stk_inventory_recorded_co2_mt(const stk_inventory *inventory, stk_area area, int year);

/** Land-use CO2 (mean of the bookkeeping models), Mt CO2; NaN outside the record. */
double stk_inventory_lulucf_mt(const stk_inventory *inventory, stk_area area, int year);

/** Net LULUCF as the Party's own inventory reports it, Mt CO2e, linear between the years reported;
 * NaN outside them. */
double stk_inventory_lulucf_reported_mt(const stk_inventory *inventory, stk_area area, int year);

/** Last year with a value of own inventory's LULUCF; 0 if there is none. */
int stk_inventory_lulucf_reported_last(const stk_inventory *inventory, stk_area area);

/** Total without LULUCF of the Party's own inventory in the edition's record, Mt CO2e; NaN in years
 * that were not reported. Annex I Parties report in AR5; the others in a set of their own, AR4 or
 * SAR, which the record does not name. */
double stk_inventory_reported_mt(const stk_inventory *inventory, stk_area area, int year,
                                 bool *annex_i);

/** What a Party's document says of its own inventory and projections. */
typedef enum stk_own_quantity {
    STK_OWN_TOTAL_EXCL, /**< inventory, without LULUCF */
    STK_OWN_TOTAL_INCL, /**< inventory, with LULUCF */
    STK_OWN_LULUCF,     /**< inventory, LULUCF alone */
    STK_OWN_BAU_EXCL,   /**< the document's baseline, the same three */
    STK_OWN_BAU_INCL,
    STK_OWN_BAU_LULUCF,
    STK_OWN_PROJECTED_LULUCF, /**< LULUCF in the year if the target is met */
    STK_OWN_CUT_LULUCF,       /**< the part of the target's cut that falls on land use */
    STK_OWN_QUANTITIES
} stk_own_quantity;

typedef enum stk_own_condition {
    STK_OWN_ANY_CONDITION,
    STK_OWN_UNCONDITIONAL,
    STK_OWN_CONDITIONAL
} stk_own_condition;

/** One such number, in Mt CO2e of the document's GWP set. Text belongs to the inventory. */
typedef struct stk_own_value {
    stk_date document; /**< the document that states it; 0: a national inventory */
    int year;
    stk_own_quantity quantity;
    stk_own_condition condition; /**< of the target that a projection belongs to */
    double mt;
    const char *gwp; /**< "SAR", "AR4", "AR5", "AR6", or "" where none is named */
    const char *location;
    const char *confidence; /**< A, A*, B, S, C, R */
} stk_own_value;

/** All such numbers of a Party, in the order of `inventory/own_inventory.csv`; NULL and 0 if none.
 */
const stk_own_value *stk_inventory_own(const stk_inventory *inventory, stk_area area,
                                       size_t *count);

/** The newest count of a Party's own of everything it emits less what its land takes up, Mt CO2e:
 * in the inventories of its documents to a date, or in the edition's record.
 * @param mt  untouched without one
 * @return its year, 0 without one */
int stk_inventory_own_net(const stk_inventory *inventory, stk_area area, stk_date date, double *mt);

/** Share of emissions without LULUCF in a sector by the newest own inventory (the world's mean
 * where the Party has none), or NaN. Sectors: "energy", "industry", "agriculture", "waste". */
double stk_inventory_sector_share(const stk_inventory *inventory, stk_area area,
                                  const char *sector);

/** Persons; projections from 2024. NaN without a record. */
double stk_inventory_population(const stk_inventory *inventory, stk_area area, int year);

/** GDP at purchasing power parity, constant 2017 international dollars; beyond its record the
 * GDP per head goes on at the rate of its last year. NaN without a record. */
double stk_inventory_gdp(const stk_inventory *inventory, stk_area area, int year);

#ifdef __cplusplus
}
#endif
#endif
