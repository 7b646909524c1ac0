/** @file series_pathways.c
 * @brief National pathways and their sum as a data set.
 */
#include "dataset/series.h"

#include <string.h>

const char *series_kind(stk_actor_kind kind)
{
    static const char *const names[] = {"party", "territory", "bunker", "difference"};
    return names[kind];
}

/* Baseline, then conditions by ambitions: emissions without land use, and its CO2. */
static const double *series_of(const stk_national *n, size_t scenario, bool land)
{
    if (scenario == 0) {
        return land ? n->lulucf_baseline : n->baseline;
    }
    size_t condition = (scenario - 1) / STK_AMBITIONS;
    size_t ambition = (scenario - 1) % STK_AMBITIONS;
    return land ? n->lulucf[condition][ambition] : n->path[condition][ambition];
}

static void set_axes(dataset *c, const stk_world *world, const stk_national *const *actors,
                     size_t count, bool with_world)
{
    c->first_year = STK_PATH_FIRST;
    c->year_count = STK_PATH_YEARS;
    c->region_count = count + with_world;
    c->regions = dataset_texts(c, c->region_count);
    c->scenario_count = SERIES_PATHWAYS;
    c->scenarios = dataset_texts(c, SERIES_PATHWAYS);
    const char **names = dataset_label_axis(c, DATASET_REGION, "region_name", "name of the area");
    const char **kinds =
        dataset_label_axis(c, DATASET_REGION, "region_kind",
                           "world, party, territory, bunker (international aviation "
                           "and shipping) or difference (statistical)");
    if (c->failed) {
        return;
    }
    if (with_world) {
        c->regions[0] = "World";
        names[0] = "World";
        kinds[0] = "world";
    }
    for (size_t i = 0; i < count; i++) {
        c->regions[i + with_world] = actors[i]->actor.iso3;
        names[i + with_world] = actors[i]->actor.name;
        kinds[i + with_world] = series_kind(actors[i]->actor.kind);
    }
    c->scenarios[0] = "baseline";
    for (int i = 1; i < SERIES_PATHWAYS; i++) {
        c->scenarios[i] = dataset_case(c, (stk_condition)((i - 1) / STK_AMBITIONS),
                                       (stk_ambition)((i - 1) % STK_AMBITIONS),
                                       stk_world_options(world)->cap_hot_air);
    }
}

static void add(double *sum, const double *values)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        sum[i] += values[i];
    }
}

/* The world is the sum over actors in their order; STK_PATH_YEARS zeros become it. */
static void sum_up(const stk_world *world, size_t scenario, bool land, double *sum)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        sum[i] = 0;
    }
    for (size_t n = 0; n < stk_world_count(world); n++) {
        add(sum, series_of(stk_world_national(world, n), scenario, land));
    }
}

static void fill(dataset *c, const stk_world *world, const stk_national *const *actors,
                 size_t region, bool is_world)
{
    for (size_t s = 0; s < SERIES_PATHWAYS; s++) {
        double *both = dataset_at(c, &c->variables[SERIES_INCL], region, s, 0);
        for (int v = SERIES_EXCL; v <= SERIES_LAND; v++) {
            double *values = dataset_at(c, &c->variables[v], region, s, 0);
            bool land = v == SERIES_LAND;
            if (is_world) {
                sum_up(world, s, land, values);
            } else {
                memcpy(values, series_of(*actors, s, land), STK_PATH_YEARS * sizeof *values);
            }
        }
        memcpy(both, dataset_at(c, &c->variables[SERIES_EXCL], region, s, 0),
               STK_PATH_YEARS * sizeof *both);
        add(both, dataset_at(c, &c->variables[SERIES_LAND], region, s, 0));
    }
}

stk_status series_pathways(const stk_world *world, const stk_gwp_table *gwp,
                           const stk_national *const *actors, size_t count, bool with_world,
                           dataset *c, stk_error *error)
{
    const unsigned axes = DATASET_REGION | DATASET_SCENARIO | DATASET_YEAR;
    size_t set = stk_world_options(world)->gwp;
    *c = (dataset){.title = "Emission pathways of climate pledges"};
    set_axes(c, world, actors, count, with_world);
    dataset_add(c, axes, "kyoto_gases_excl_lulucf",
                "Kyoto gases without land use, land-use change and forestry",
                dataset_kyoto(c, gwp, set, false), "Mt CO2-equiv/yr");
    dataset_add(c, axes, "co2_lulucf", "CO2 of land use by bookkeeping models",
                "Emissions|CO2|AFOLU", "Mt CO2/yr");
    dataset_add(c, axes, "kyoto_gases", "Kyoto gases with CO2 of land use",
                dataset_kyoto(c, gwp, set, true), "Mt CO2-equiv/yr");
    if (c->failed) {
        return stk_error_memory(error);
    }
    for (size_t r = 0; r < c->region_count; r++) {
        bool is_world = with_world && r == 0;
        fill(c, world, is_world ? NULL : actors + (r - with_world), r, is_world);
    }
    return STK_OK;
}
