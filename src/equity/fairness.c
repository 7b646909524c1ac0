/** @file fairness.c
 * @brief The world of Parties that share a benchmark: history, drivers and incomes as arrays.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/trace.h>

#include "equity/fairness_impl.h"

enum { HOLD_YEARS = 5, NONCO2_FIRST = 1970 };

/* ---- one area ---- */

double fairness_land_mt(const stk_inventory *inventory, stk_area area, int year)
{
    double mt = stk_inventory_lulucf_mt(inventory, area, year);
    if (!isnan(mt)) {
        return mt;
    }
    double sum = 0;
    int count = 0;
    int last = year < STK_PATH_FIRST ? year : STK_PATH_LAST;
    while (last >= STK_PATH_FIRST && isnan(stk_inventory_lulucf_mt(inventory, area, last))) {
        last--;
    }
    for (int t = last; t > last - HOLD_YEARS && last >= STK_PATH_FIRST && year > last; t--) {
        mt = stk_inventory_lulucf_mt(inventory, area, t);
        sum += isnan(mt) ? 0.0 : mt;
        count += !isnan(mt);
    }
    return count > 0 ? sum / count : 0.0;
}

static double zero_if_missing(double value)
{
    return isnan(value) ? 0.0 : value;
}

/* CH4 and N2O. */
static double nonco2_mt(const stk_fairness *f, stk_area area, int year)
{
    const stk_inventory *inventory = f->data->inventory;
    return zero_if_missing(stk_inventory_group_mt(inventory, area, STK_GAS_CH4, f->gwp, year)) +
           zero_if_missing(stk_inventory_group_mt(inventory, area, STK_GAS_N2O, f->gwp, year));
}

/* The same before their record, by the shape of another source. */
static double early_nonco2_mt(const fairness_record *record, stk_area area, double first_mt,
                              int year)
{
    double then = stk_series_at(&record->early_mt[area], NONCO2_FIRST);
    double now = stk_series_at(&record->early_mt[area], year);
    return then > 0 && !isnan(now) ? first_mt * now / then : 0.0;
}

/* History, then the baseline, with land use. F-gases count from 1990 on. */
static void fill_emissions(const stk_fairness *f, const fairness_record *record,
                           const stk_national *national, stk_area area, double *mt)
{
    double first_mt = nonco2_mt(f, area, NONCO2_FIRST);
    for (int year = STK_FAIRNESS_FIRST; year <= STK_PATH_LAST; year++) {
        double *at = &mt[fairness_year(year)];
        if (year >= STK_PATH_FIRST && national->actor.member_count == 1) {
            *at = national->baseline[year - STK_PATH_FIRST] +
                  national->lulucf_baseline[year - STK_PATH_FIRST];
            continue;
        }
        double land = fairness_land_mt(f->data->inventory, area, year);
        *at = year >= STK_PATH_FIRST
                  ? zero_if_missing(stk_baseline_mt(f->data->baseline, area, f->gwp, year)) + land
                  : zero_if_missing(stk_inventory_group_mt(f->data->inventory, area, STK_GAS_CO2,
                                                           f->gwp, year)) +
                        (year >= NONCO2_FIRST ? nonco2_mt(f, area, year)
                                              : early_nonco2_mt(record, area, first_mt, year)) +
                        land;
    }
}

static double area_gdp(const stk_fairness *f, const fairness_record *record, stk_area area,
                       int year)
{
    double early = stk_series_at(&record->early_gdp[area], year);
    return isnan(early) ? stk_baseline_gdp(f->data->baseline, area, year) : early;
}

/* ---- arrays of those who share ---- */

typedef struct arrays {
    const char **codes;
    double *population;
    double *gdp;
    double *emissions_mt;
    double *world_mt;
    size_t people_count;
    size_t *people_area;
    double *people_population;
    double *people_gdp;
    double *people_emissions_mt;
    double *people_gini;
} arrays;

/* Room for every Party and territory, whether it shares or not. */
static bool alloc_arrays(stk_fairness *f, arrays *a)
{
    size_t all = stk_world_count(f->world);
    size_t peoples = 0;
    for (size_t i = 0; i < all; i++) {
        peoples += (size_t)stk_world_national(f->world, i)->actor.member_count;
    }
    f->nationals = stk_arena_alloc(&f->arena, all, sizeof(void *));
    f->rest = stk_arena_alloc(&f->arena, all, sizeof(void *));
    f->total_mt = stk_arena_alloc(&f->arena, FAIRNESS_YEARS, sizeof(double));
    a->codes = stk_arena_alloc(&f->arena, all, sizeof *a->codes);
    a->people_area = stk_arena_alloc(&f->arena, peoples, sizeof *a->people_area);
    a->world_mt = stk_arena_alloc(&f->arena, FAIRNESS_YEARS, sizeof(double));
    double **const of_actors[] = {&a->population, &a->gdp, &a->emissions_mt};
    double **const of_peoples[] = {&a->people_population, &a->people_gdp, &a->people_emissions_mt,
                                   &a->people_gini};
    bool there = f->nationals != NULL && f->rest != NULL && f->total_mt != NULL &&
                 a->codes != NULL && a->people_area != NULL && a->world_mt != NULL;
    for (size_t i = 0; i < 3; i++) {
        *of_actors[i] = stk_arena_alloc(&f->arena, all * FAIRNESS_YEARS, sizeof(double));
        there = there && *of_actors[i] != NULL;
    }
    for (size_t i = 0; i < 4; i++) {
        *of_peoples[i] = stk_arena_alloc(&f->arena, peoples * FAIRNESS_YEARS, sizeof(double));
        there = there && *of_peoples[i] != NULL;
    }
    return there;
}

/* What a share needs of a people in every year; false where a year lacks something. The Gini index
 * stays beyond its last year, and has to be there up to 1990. */
static bool fill_drivers(const stk_fairness *f, const fairness_record *record, stk_area area,
                         arrays *a)
{
    int first;
    int last;
    size_t at = a->people_count * FAIRNESS_YEARS;
    const stk_series *gini = &record->gini[area];
    bool there = stk_series_span(gini, &first, &last);
    for (int year = STK_FAIRNESS_FIRST; year <= STK_PATH_LAST && there; year++, at++) {
        a->people_gini[at] = stk_series_at(gini, year > last ? last : year);
        a->people_population[at] = stk_baseline_population(f->data->baseline, area, year);
        a->people_gdp[at] = area_gdp(f, record, area, year);
        there = a->people_population[at] > 0 && a->people_gdp[at] > 0 &&
                !(isnan(a->people_gini[at]) && year <= STK_PATH_FIRST);
    }
    return there && last >= STK_PATH_FIRST;
}

/* One more people of the actor that comes next. */
static bool add_people(const stk_fairness *f, const fairness_record *record,
                       const stk_national *national, stk_area area, arrays *a)
{
    size_t people = a->people_count * FAIRNESS_YEARS;
    size_t actor = f->count * FAIRNESS_YEARS;
    if (!fill_drivers(f, record, area, a)) {
        return false;
    }
    fill_emissions(f, record, national, area, &a->people_emissions_mt[people]);
    for (size_t i = 0; i < FAIRNESS_YEARS; i++) {
        a->population[actor + i] += a->people_population[people + i];
        a->gdp[actor + i] += a->people_gdp[people + i];
        a->emissions_mt[actor + i] += a->people_emissions_mt[people + i];
    }
    a->people_area[a->people_count++] = f->count;
    return true;
}

/* All members of an actor, or none where one of them lacks something. */
static bool add_actor(const stk_fairness *f, const fairness_record *record,
                      const stk_national *national, arrays *a)
{
    const stk_actor *actor = &national->actor;
    size_t peoples = a->people_count;
    bool shares = actor->kind == STK_ACTOR_PARTY || actor->kind == STK_ACTOR_TERRITORY;
    for (int m = 0; m < actor->member_count && shares; m++) {
        shares = add_people(f, record, national, actor->members[m], a);
    }
    if (!shares) {
        double *const sums[] = {a->population, a->gdp, a->emissions_mt};
        for (size_t i = 0; i < 3 && a->people_count > peoples; i++) {
            memset(&sums[i][f->count * FAIRNESS_YEARS], 0, FAIRNESS_YEARS * sizeof(double));
        }
        a->people_count = peoples;
    }
    return shares;
}

static stk_status add_actors(stk_fairness *f, const fairness_record *record, arrays *a,
                             stk_error *error)
{
    for (size_t i = 0; i < stk_world_count(f->world); i++) {
        const stk_national *national = stk_world_national(f->world, i);
        if (add_actor(f, record, national, a)) {
            a->codes[f->count] = national->actor.iso3;
            f->nationals[f->count++] = national;
        } else {
            f->rest[f->rest_count++] = national;
        }
    }
    return f->count > 0 ? STK_OK
                        : stk_error_set(error, STK_EDATA,
                                        "no Party has population, GDP and a Gini index from %d on",
                                        STK_FAIRNESS_FIRST);
}

/* ---- what is shared ---- */

void fairness_draw_pathway(const stk_fairness *f, const double *pathway_mt, double *total_mt)
{
    enum { JOINED = 2030 };
    double now_mt = total_mt[fairness_year(f->now)];
    double joined_mt = pathway_mt[JOINED - STK_PATH_FIRST];
    for (int year = f->now + 1; year <= STK_PATH_LAST; year++) {
        total_mt[fairness_year(year)] = year < JOINED ? now_mt + (joined_mt - now_mt) *
                                                                     (double)(year - f->now) /
                                                                     (double)(JOINED - f->now)
                                                      : pathway_mt[year - STK_PATH_FIRST];
    }
}

/* The sharing actors and, from 1990 on, the rest: a world's past. */
static void add_up_past(stk_fairness *f, arrays *a)
{
    double rest = 0;
    int first = STK_FAIRNESS_FIRST;
    for (int year = first; year <= f->now; year++) {
        size_t y = fairness_year(year);
        for (size_t i = 0; i < f->count; i++) {
            a->world_mt[y] += a->emissions_mt[i * FAIRNESS_YEARS + y];
        }
        f->total_mt[y] = a->world_mt[y];
    }
    for (size_t r = 0; r < f->rest_count; r++) {
        rest += f->rest[r]->baseline[f->now - STK_PATH_FIRST] +
                f->rest[r]->lulucf_baseline[f->now - STK_PATH_FIRST];
    }
    f->total_mt[fairness_year(f->now)] += rest;
    f->rest_share = rest / f->total_mt[fairness_year(f->now)];
}

static stk_status draw(stk_fairness *f, arrays *a, const stk_benchmark *benchmarks,
                       stk_error *error)
{
    double pathway[STK_PATH_YEARS];
    const stk_benchmark *first = &benchmarks[0];
    if (!first->with_lulucf) {
        return stk_error_set(error, STK_EARG,
                             "the benchmark '%s' is without land use; fair shares need one that "
                             "counts it",
                             first->name);
    }
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        pathway[i] = 1000.0 * benchmarks[i].median_gt;
        if (isnan(pathway[i]) && i + STK_PATH_FIRST >= 2030) {
            return stk_error_set(error, STK_EARG,
                                 "the benchmark '%s' has no level for %d; fair shares need every "
                                 "year from 2030 to %d",
                                 first->name, i + STK_PATH_FIRST, STK_PATH_LAST);
        }
    }
    f->benchmarks = stk_arena_alloc(&f->arena, STK_PATH_YEARS, sizeof *f->benchmarks);
    if (f->benchmarks == NULL) {
        return stk_error_memory(error);
    }
    memcpy(f->benchmarks, benchmarks, STK_PATH_YEARS * sizeof *f->benchmarks);
    add_up_past(f, a);
    fairness_draw_pathway(f, pathway, f->total_mt);
    for (int year = f->now + 1; year <= STK_PATH_LAST; year++) {
        size_t y = fairness_year(year);
        a->world_mt[y] = f->total_mt[y] * (1.0 - f->rest_share);
    }
    return STK_OK;
}

static stk_equity_world plain_world(const stk_fairness *f, const arrays *a)
{
    return (stk_equity_world){.first_year = STK_FAIRNESS_FIRST,
                              .last_year = STK_PATH_LAST,
                              .now = f->now,
                              .count = f->count,
                              .codes = a->codes,
                              .population = a->population,
                              .gdp = a->gdp,
                              .emissions_mt = a->emissions_mt,
                              .world_mt = a->world_mt,
                              .people_count = a->people_count,
                              .people_area = a->people_area,
                              .people_population = a->people_population,
                              .people_gdp = a->people_gdp,
                              .people_emissions_mt = a->people_emissions_mt,
                              .people_gini_pct = a->people_gini};
}

stk_status stk_fairness_make(const stk_data *data, const stk_world *world,
                             const stk_benchmark *benchmarks, stk_fairness **fairness,
                             stk_error *error)
{
    stk_fairness *f = calloc(1, sizeof *f);
    fairness_record record;
    arrays a = {.codes = NULL};
    *fairness = NULL;
    if (f == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    f->data = data;
    f->world = world;
    f->gwp = stk_world_options(world)->gwp;
    f->now = stk_baseline_history_last(data->baseline);
    STK_TRY(fairness_read_record(data, &f->arena, &record, error));
    STK_TRY(fairness_read_categories(data->edition, f->categories, error));
    if (!alloc_arrays(f, &a)) {
        STK_FAIL(stk_error_memory(error));
    }
    STK_TRY(add_actors(f, &record, &a, error));
    STK_TRY(draw(f, &a, benchmarks, error));
    f->plain = plain_world(f, &a);
    STK_TRY(stk_equity_open(&f->plain, &f->opened, error));
    *fairness = f;
done:
    if (status != STK_OK) {
        stk_fairness_free(f);
    }
    return status;
}

stk_status stk_fairness_open(const stk_data *data, const stk_world *world, const char *benchmark,
                             stk_fairness **fairness, stk_error *error)
{
    stk_benchmark *years = malloc(STK_PATH_YEARS * sizeof *years);
    stk_options options = *stk_world_options(world);
    stk_world *own = NULL;
    stk_status status;
    *fairness = NULL;
    STK_TRY(stk_allocated(years, error));
    STK_TRY(stk_benchmark_find_years(data->edition, stk_inventory_gwp(data->inventory), benchmark,
                                     NULL, (stk_text){NULL, 0}, STK_PATH_FIRST, STK_PATH_LAST,
                                     years, error));
    if (years[0].gwp != options.gwp) {
        options.gwp = years[0].gwp;
        STK_TRY(
            stk_world_make(data->inventory, data->pledges, data->baseline, &options, &own, error));
    }
    status = stk_fairness_make(data, own != NULL ? own : world, years, fairness, error);
    if (*fairness != NULL) {
        (*fairness)->own_world = own;
        own = NULL;
    }
done:
    stk_world_free(own);
    free(years);
    return status;
}

void stk_fairness_free(stk_fairness *f)
{
    if (f != NULL) {
        stk_world_free(f->own_world);
        stk_equity_free(f->opened);
        stk_arena_free(&f->arena);
        free(f);
    }
}

/* ---- queries ---- */

stk_equity *stk_fairness_equity(const stk_fairness *fairness)
{
    return fairness->opened;
}

const stk_benchmark *stk_fairness_benchmark(const stk_fairness *fairness, int year)
{
    return &fairness->benchmarks[year - STK_PATH_FIRST];
}

size_t stk_fairness_count(const stk_fairness *fairness)
{
    return fairness->count;
}

const stk_national *stk_fairness_national(const stk_fairness *fairness, size_t i)
{
    return fairness->nationals[i];
}

size_t stk_fairness_find(const stk_fairness *fairness, const char *iso3)
{
    const stk_national *national = stk_world_find(fairness->world, iso3);
    size_t i = 0;
    while (i < fairness->count && fairness->nationals[i] != national) {
        i++;
    }
    return i;
}

size_t stk_fairness_rest_count(const stk_fairness *fairness)
{
    return fairness->rest_count;
}

const stk_national *stk_fairness_rest(const stk_fairness *fairness, size_t i)
{
    return fairness->rest[i];
}

double stk_fairness_rest_pct(const stk_fairness *fairness)
{
    return 100.0 * fairness->rest_share;
}

double stk_fairness_rest_mt(const stk_fairness *fairness, int year)
{
    return fairness->rest_share * fairness->total_mt[fairness_year(year)];
}

double stk_fairness_world_mt(const stk_fairness *fairness, int year)
{
    return fairness->total_mt[fairness_year(year)];
}

/* Whether a document states a target under the condition; what an unconditional one promises holds
 * with conditions too. */
static bool states(const stk_actor_target *t, stk_condition condition, stk_ambition ambition)
{
    return t->kind != STK_TARGET_NONE && !t->open_peak &&
           !isnan(t->level[condition][ambition].excl_mt) &&
           (t->stated[condition] || t->stated[STK_UNCONDITIONAL]);
}

/* The first stated target that reaches the year, else the last one before. A document without a
 * number for the year takes back what an older one states for another. */
static const stk_actor_target *pledge_for(const stk_national *n, stk_condition condition,
                                          stk_ambition ambition, int year)
{
    const stk_actor_target *t = stk_national_target(n, year);
    const stk_actor_target *found = NULL;
    if (t == NULL && n->target_count > 0) {
        t = &n->targets[n->target_count - 1];
    }
    for (int i = 0; i < n->target_count && (found == NULL || found->year < year); i++) {
        found = states(&n->targets[i], condition, ambition) ? &n->targets[i] : found;
    }
    return found != NULL && t->kind != STK_TARGET_NONE ? found : NULL;
}

stk_fairness_level stk_fairness_level_of(const stk_fairness *fairness, size_t actor,
                                         stk_condition condition, stk_ambition ambition, int year)
{
    const stk_national *n = fairness->nationals[actor];
    int i = year - STK_PATH_FIRST;
    const stk_actor_target *pledge = pledge_for(n, condition, ambition, year);
    stk_fairness_level level = {.mt = n->path[condition][ambition][i] +
                                      n->lulucf[condition][ambition][i],
                                .has_pledge = pledge != NULL,
                                .condition = condition,
                                .target_year = pledge != NULL ? pledge->year : 0,
                                .document_mt = NAN};
    if (pledge != NULL && pledge->year == year && pledge->from[condition][ambition].net) {
        bool cap = stk_world_options(fairness->world)->cap_hot_air;
        level.document_mt = stk_actor_target_level(n, pledge, condition, ambition, cap).incl_mt;
    }
    return level;
}

/* How far a level is below that of an earlier year. */
static double below_pct(const stk_fairness *f, size_t actor, int from, double mt)
{
    double then = f->plain.emissions_mt[actor * FAIRNESS_YEARS + fairness_year(from)];
    return then > 0 ? 100.0 * (1.0 - mt / then) : (double)NAN;
}

stk_fairness_share stk_fairness_share_of(const stk_fairness *fairness, size_t actor, int year,
                                         double mt, const stk_fairness_level *level)
{
    double people = fairness->plain.population[actor * FAIRNESS_YEARS + fairness_year(year)];
    return (stk_fairness_share){mt,
                                1e6 * mt / people,
                                below_pct(fairness, actor, 1990, mt),
                                below_pct(fairness, actor, 2005, mt),
                                below_pct(fairness, actor, 2010, mt),
                                level->mt - mt,
                                level->mt <= mt};
}
