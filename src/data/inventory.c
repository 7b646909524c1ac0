/** @file inventory.c
 * @brief Loading the inventory, splitting what sources merge, and its queries.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/inventory_impl.h"

const stk_gwp_table *stk_inventory_gwp(const stk_inventory *inventory)
{
    return inventory->gwp;
}

int stk_inventory_area_count(const stk_inventory *inventory)
{
    return inventory->area_count;
}

const stk_area_info *stk_inventory_area(const stk_inventory *inventory, stk_area area)
{
    return &inventory->areas[area].info;
}

void stk_inventory_years(const stk_inventory *inventory, stk_gas_group group, int *first, int *last)
{
    *first = inventory->group_first[group];
    *last = inventory->group_last[group];
}

/* ---- splitting merged areas ---- */

enum { PARTS_MAX = 8 };

typedef struct split {
    stk_text merged;
    stk_area parts[PARTS_MAX];
    int count;
} split;

static double zero_if_missing(double value)
{
    return isnan(value) ? 0.0 : value;
}

/* Give each part the merged record times its share of the population. Parts that have a record of
 * their own keep it, and a source that covers them separately is not split: fossil CO2 of South
 * Sudan stands beside Sudan's, that of Monaco is inside that of France. */
static stk_status split_species(stk_inventory *inventory, const split *rule, stk_area merged,
                                int species, stk_error *error)
{
    const stk_series whole = inventory->areas[merged].species[species];
    for (int p = 0; p < rule->count; p++) {
        const stk_series *own = &inventory->areas[rule->parts[p]].species[species];
        if (whole.values == NULL || (own->values != NULL && rule->parts[p] != merged)) {
            return STK_OK;
        }
    }
    if (stk_text_equal(inventory->species[species], "CO2")) {
        inventory->areas[merged].recorded_co2 = whole;
    }
    inventory->areas[merged].species[species] = (stk_series){0, 0, NULL};
    for (int p = 0; p < rule->count; p++) {
        stk_series part = stk_arena_series(&inventory->arena, whole.first_year,
                                           whole.first_year + whole.count - 1);
        if (part.values == NULL) {
            return stk_error_memory(error);
        }
        for (int i = 0; i < whole.count; i++) {
            double total = 0;
            int year = whole.first_year + i;
            for (int k = 0; k < rule->count; k++) {
                total += zero_if_missing(
                    stk_series_at(&inventory->areas[rule->parts[k]].population, year));
            }
            double people =
                zero_if_missing(stk_series_at(&inventory->areas[rule->parts[p]].population, year));
            part.values[i] =
                total > 0 ? whole.values[i] * people / total : (p == 0 ? whole.values[i] : 0.0);
        }
        inventory->areas[rule->parts[p]].species[species] = part;
    }
    return STK_OK;
}

static stk_status apply_split(stk_inventory *inventory, const split *rule, stk_error *error)
{
    stk_area merged = stk_inventory_find(inventory, rule->merged);
    stk_status status = STK_OK;
    for (int s = 0; s < inventory->species_count && status == STK_OK && merged >= 0; s++) {
        status = split_species(inventory, rule, merged, s, error);
    }
    return status;
}

stk_status inventory_split_merged(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    stk_csv csv;
    split rule = {{"", 0}, {0}, 0};
    stk_status status;
    STK_TRY(stk_edition_csv(edition, STK_PATH_SPLITS, &inventory->arena, &csv, error));
    while (stk_csv_each(&csv, &status, error)) {
        if (!stk_text_same(stk_csv_field(&csv, 0), rule.merged)) {
            STK_TRY(apply_split(inventory, &rule, error));
            rule.merged = stk_csv_field(&csv, 0);
            rule.count = 0;
        }
        stk_area part = stk_inventory_find(inventory, stk_csv_field(&csv, 1));
        if (part < 0 || rule.count == PARTS_MAX) {
            return stk_csv_refuse(&csv, 1, error, "the code of a country, at most 8 a split");
        }
        rule.parts[rule.count++] = part;
    }
    if (status == STK_OK) {
        status = apply_split(inventory, &rule, error);
    }
done:
    return status;
}

/* ---- derived tables ---- */

/* One series of an area, by gas or land use. */
static const stk_series *series_of(const stk_inventory *inventory, stk_area area, int species)
{
    const area_record *record = &inventory->areas[area];
    return species < 0 ? &record->lulucf : &record->species[species];
}

/* Add the years that both series have. */
static void add_years(stk_series *sum, const stk_series *part)
{
    int first = part->first_year > sum->first_year ? part->first_year : sum->first_year;
    int part_end = part->first_year + part->count;
    int sum_end = sum->first_year + sum->count;
    int end = part->values == NULL ? first : part_end < sum_end ? part_end : sum_end;
    for (int year = first; year < end; year++) {
        sum->values[year - sum->first_year] +=
            zero_if_missing(part->values[year - part->first_year]);
    }
}

/* The world's record less the sum of areas, so that the areas always add up to the world. */
static stk_status make_difference(stk_inventory *inventory, const stk_series *world, int species,
                                  stk_error *error)
{
    area_record *difference = &inventory->areas[inventory->statistical_difference];
    if (world->values == NULL) {
        return STK_OK;
    }
    stk_series rest = stk_arena_series(&inventory->arena, world->first_year,
                                       world->first_year + world->count - 1);
    if (rest.values == NULL) {
        return stk_error_memory(error);
    }
    memset(rest.values, 0, (size_t)rest.count * sizeof *rest.values);
    for (int a = 0; a < inventory->area_count; a++) {
        add_years(&rest, series_of(inventory, a, species));
    }
    for (int i = 0; i < rest.count; i++) {
        rest.values[i] = world->values[i] - rest.values[i];
    }
    *(species < 0 ? &difference->lulucf : &difference->species[species]) = rest;
    return STK_OK;
}

static stk_status make_statistical_difference(stk_inventory *inventory, stk_error *error)
{
    stk_status status = make_difference(inventory, &inventory->world_lulucf, -1, error);
    for (int s = 0; s < inventory->species_count && status == STK_OK; s++) {
        status = make_difference(inventory, &inventory->world[s], s, error);
    }
    return status;
}

static stk_status make_factors(stk_inventory *inventory, stk_error *error)
{
    size_t sets = stk_gwp_set_count(inventory->gwp);
    inventory->factors = stk_arena_alloc(&inventory->arena, sets * SPECIES_MAX, sizeof(double));
    if (inventory->factors == NULL) {
        return stk_error_memory(error);
    }
    for (size_t set = 0; set < sets; set++) {
        for (int s = 0; s < inventory->species_count; s++) {
            double gwp = stk_gwp_value(inventory->gwp, set, inventory->species[s], NULL);
            /* sets that leave a minor gas out, such as 20-year ones of older reports */
            inventory->factors[set * SPECIES_MAX + (size_t)s] = zero_if_missing(gwp) / 1000.0;
        }
    }
    return STK_OK;
}

static stk_status load(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    static stk_status (*const steps[])(stk_inventory *, stk_edition *, stk_error *) = {
        inventory_read_countries, inventory_read_emissions, inventory_read_lulucf,
        inventory_read_drivers,   inventory_read_reported,  inventory_read_own,
        inventory_split_merged,   inventory_read_names};
    inventory->areas = stk_arena_alloc(&inventory->arena, AREAS_MAX, sizeof *inventory->areas);
    if (inventory->areas == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(stk_gwp_load(edition, &inventory->gwp, error));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        STK_TRY(steps[i](inventory, edition, error));
    }
    STK_TRY(make_statistical_difference(inventory, error));
    STK_TRY(make_factors(inventory, error));
done:
    return status;
}

stk_status stk_inventory_load(stk_edition *edition, stk_inventory **inventory, stk_error *error)
{
    stk_inventory *loaded = calloc(1, sizeof *loaded);
    *inventory = NULL;
    if (loaded == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = load(loaded, edition, error);
    if (status != STK_OK) {
        stk_inventory_free(loaded);
        return status;
    }
    *inventory = loaded;
    return STK_OK;
}

void stk_inventory_free(stk_inventory *inventory)
{
    if (inventory != NULL) {
        stk_gwp_free(inventory->gwp);
        stk_arena_free(&inventory->arena);
        free(inventory);
    }
}

/* ---- queries ---- */

double stk_inventory_group_mt(const stk_inventory *inventory, stk_area area, stk_gas_group group,
                              size_t gwp, int year)
{
    if (year < inventory->group_first[group] || year > inventory->group_last[group]) {
        return NAN;
    }
    double sum = 0;
    for (int i = 0; i < inventory->group_size[group]; i++) {
        int s = inventory->group_species[group][i];
        const stk_series *series = &inventory->areas[area].species[s];
        if (series->values != NULL) {
            sum += zero_if_missing(stk_series_at(series, year)) *
                   inventory->factors[gwp * SPECIES_MAX + (size_t)s];
        }
    }
    return sum;
}

double stk_inventory_total_mt(const stk_inventory *inventory, stk_area area, size_t gwp, int year)
{
    double sum = 0;
    for (int group = 0; group < STK_GAS_GROUPS; group++) {
        sum += stk_inventory_group_mt(inventory, area, (stk_gas_group)group, gwp, year);
    }
    return sum;
}

double stk_inventory_species_kt(const stk_inventory *inventory, const bool *members,
                                stk_text species, int year, bool *found)
{
    int s = inventory_species(inventory, species);
    *found = s >= 0;
    if (s < 0 || isnan(stk_series_at(&inventory->world[s], year))) {
        return NAN;
    }
    double sum = 0;
    for (int a = 0; a < inventory->area_count; a++) {
        if (members[a]) {
            sum += zero_if_missing(stk_series_at(&inventory->areas[a].species[s], year));
        }
    }
    return sum;
}

double stk_inventory_world_kt(const stk_inventory *inventory, stk_text species, int year)
{
    int s = inventory_species(inventory, species);
    return s < 0 ? NAN : stk_series_at(&inventory->world[s], year);
}

double stk_inventory_recorded_co2_mt(const stk_inventory *inventory, stk_area area, int year)
{
    const area_record *record = &inventory->areas[area];
    int co2 = inventory_species(inventory, stk_text_of("CO2"));
    const stk_series *own = co2 < 0 ? NULL : &record->species[co2];
    return own == NULL ? (double)NAN
           : record->recorded_co2.values != NULL
               ? stk_series_at(&record->recorded_co2, year) / 1000.0
               : stk_series_at(own, year) / 1000.0;
}

double stk_inventory_lulucf_mt(const stk_inventory *inventory, stk_area area, int year)
{
    return stk_series_at(&inventory->areas[area].lulucf, year) / 1000.0;
}

double stk_inventory_lulucf_reported_mt(const stk_inventory *inventory, stk_area area, int year)
{
    return stk_series_at(&inventory->areas[area].lulucf_reported, year);
}

double stk_inventory_reported_mt(const stk_inventory *inventory, stk_area area, int year,
                                 bool *annex_i)
{
    *annex_i = inventory->areas[area].annex_i;
    return stk_series_at(&inventory->areas[area].reported, year);
}

int stk_inventory_lulucf_reported_last(const stk_inventory *inventory, stk_area area)
{
    int first;
    int last;
    return stk_series_span(&inventory->areas[area].lulucf_reported, &first, &last) ? last : 0;
}

static double sector_sum(const area_record *area)
{
    double sum = 0;
    for (int s = 0; s < SECTORS; s++) {
        sum += area->sector_mt[s];
    }
    return sum;
}

double stk_inventory_sector_share(const stk_inventory *inventory, stk_area area,
                                  const char *sector_name)
{
    static const char *const sectors[SECTORS] = {"energy", "industry", "agriculture", "waste"};
    for (int s = 0; s < SECTORS; s++) {
        if (strcmp(sector_name, sectors[s]) != 0) {
            continue;
        }
        const area_record *record = &inventory->areas[area];
        if (record->sector_year[SECTOR_ENERGY] > 0 && sector_sum(record) > 0) {
            return record->sector_mt[s] / sector_sum(record);
        }
        double part = 0;
        double total = 0;
        for (int a = 0; a < inventory->area_count; a++) {
            part += inventory->areas[a].sector_mt[s];
            total += sector_sum(&inventory->areas[a]);
        }
        return part / total;
    }
    return NAN;
}

double stk_inventory_population(const stk_inventory *inventory, stk_area area, int year)
{
    return stk_series_at(&inventory->areas[area].population, year);
}

double stk_inventory_gdp(const stk_inventory *inventory, stk_area area, int year)
{
    return stk_series_at(&inventory->areas[area].gdp, year);
}
