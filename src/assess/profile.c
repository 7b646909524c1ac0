/** @file profile.c
 * @brief An area in the figures that people ask for first.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stocktake/profile.h>

#include "base/try.h"

static double at(const double *series, int year)
{
    return year < STK_PATH_FIRST || year > STK_PATH_LAST ? (double)NAN
                                                         : series[year - STK_PATH_FIRST];
}

/* The areas that a path is made of. */
static void find_members(const stk_data *data, const stk_area_set *set, const stk_area_path *path,
                         bool members[STK_AREAS_MAX])
{
    int areas = stk_inventory_area_count(data->inventory);
    memset(members, 0, STK_AREAS_MAX * sizeof *members);
    for (stk_area a = 0; a < areas && !path->is_actor; a++) {
        members[a] = set->members[a];
    }
    for (int m = 0; m < path->national.actor.member_count && path->is_actor; m++) {
        members[path->national.actor.members[m]] = true;
    }
}

typedef double (*driver)(const stk_baseline *baseline, stk_area area, int year);

/* Emissions for each unit of a driver, over the areas that have one; NaN where none has. */
static double per(const stk_data *data, driver of, const bool *members, size_t gwp, int year)
{
    double mt = 0;
    double sum = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        double value = of(data->baseline, a, year);
        if ((members == NULL || members[a]) && value > 0) {
            mt += stk_baseline_mt(data->baseline, a, gwp, year);
            sum += value;
        }
    }
    return sum > 0 ? mt / sum : (double)NAN;
}

static double total(const stk_data *data, driver of, const bool *members, int year)
{
    double sum = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        double value = of(data->baseline, a, year);
        sum += (members == NULL || members[a]) && value > 0 ? value : 0.0;
    }
    return sum;
}

/* Everything that emits and that the world is the sum of, but for the statistical difference. */
static void find_rank(const stk_world *world, const stk_area_path *path, int year, stk_profile *p)
{
    const stk_actor *own = &path->national.actor;
    bool ranked = path->is_actor && own->kind != STK_ACTOR_DIFFERENCE && p->emissions_mt > 0;
    p->rank = ranked;
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *other = stk_world_national(world, i);
        if (other->actor.kind != STK_ACTOR_DIFFERENCE && at(other->baseline, year) > 0) {
            p->areas++;
            p->rank += ranked && at(other->baseline, year) > p->emissions_mt;
        }
    }
}

static void find_changes(const stk_area_path *path, stk_profile *p)
{
    const int years[STK_PROFILE_CHANGES] = {p->year - 1, 1990, 2005, 2010};
    for (int i = 0; i < STK_PROFILE_CHANGES; i++) {
        double before = at(path->national.baseline, years[i]);
        p->changes[i] =
            (stk_profile_change){years[i], before, stk_change_pct(before, p->emissions_mt)};
    }
}

/* Whether land use of any member is on record; nobody's, and aviation's, is not zero but unknown.
 */
static bool has_land_record(const stk_data *data, const bool *members, int last)
{
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        if (members[a] && !isnan(stk_inventory_lulucf_mt(data->inventory, a, last))) {
            return true;
        }
    }
    return false;
}

/* Over all years on record; areas without a record of land use have none. */
static void add_cumulative(const stk_data *data, stk_area area, int first, int last, double *fossil,
                           double *land_use)
{
    size_t any = 0; /* CO2 is CO2 in every set */
    for (int year = first; year <= last; year++) {
        double mt = stk_inventory_group_mt(data->inventory, area, STK_GAS_CO2, any, year);
        double land_mt = stk_inventory_lulucf_mt(data->inventory, area, year);
        *fossil += isnan(mt) ? 0.0 : mt / 1000.0;
        *land_use += isnan(land_mt) ? 0.0 : land_mt / 1000.0;
    }
}

static void find_cumulative(const stk_data *data, const bool *members, stk_profile *p)
{
    int first;
    int last;
    double fossil[2] = {0};
    double land_use[2] = {0};
    stk_inventory_years(data->inventory, STK_GAS_CO2, &first, &last);
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        add_cumulative(data, a, first, p->year, &fossil[members[a]], &land_use[members[a]]);
    }
    double all = fossil[0] + fossil[1] + land_use[0] + land_use[1];
    p->cumulative = (stk_profile_cumulative){
        .from = first,
        .fossil_gt = fossil[1],
        .fossil_share_pct = 100.0 * fossil[1] / (fossil[0] + fossil[1]),
        .land_use_gt = has_land_record(data, members, p->year) ? land_use[1] : (double)NAN,
        .share_pct = 100.0 * (fossil[1] + land_use[1]) / all,
    };
}

static int find_goal_year(const stk_national *national, stk_date as_of, int last)
{
    int now = stk_date_year(as_of) > last ? stk_date_year(as_of) : last;
    for (int i = 0; i < national->target_count; i++) {
        const stk_actor_target *t = &national->targets[i];
        if (t->year > now && t->year <= STK_PATH_LAST && !t->open_peak) {
            return t->year;
        }
    }
    int mark = (now / 5 + 1) * 5;
    return mark < STK_PATH_LAST ? mark : STK_PATH_LAST;
}

/* The world in the set and scope of a benchmark, Gt. */
static double world_gt(const stk_data *data, const stk_world *world, const stk_benchmark *b,
                       int year)
{
    double sum = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        sum += stk_baseline_mt(data->baseline, a, b->gwp, year);
    }
    if (b->with_lulucf) {
        sum += stk_world_baseline_mt(world, true, year) - stk_world_baseline_mt(world, false, year);
    }
    return sum / 1000.0;
}

/* The benchmark's cut, taken alike with and without land use; then by area or by head. */
static stk_status find_goal(const stk_data *data, const stk_world *world, const bool *members,
                            stk_profile *p, stk_error *error)
{
    stk_benchmark benchmark;
    stk_status status;
    STK_TRY(stk_benchmark_find(data->edition, stk_inventory_gwp(data->inventory), "C1", NULL,
                               (stk_text){NULL, 0}, p->goal_year, &benchmark, error));
    double left = benchmark.median_gt / world_gt(data, world, &benchmark, p->year);
    double heads = total(data, stk_baseline_population, members, p->goal_year);
    stk_print(p->goal, sizeof p->goal, "%s", benchmark.name);
    p->world_cut_pct = 100.0 * (1.0 - left);
    p->equal_cut_mt = left * p->emissions_mt;
    p->equal_per_head_mt = heads > 0 ? left * stk_world_baseline_mt(world, false, p->year) * heads /
                                           total(data, stk_baseline_population, NULL, p->goal_year)
                                     : (double)NAN;
done:
    return status;
}

void stk_profile_present(const stk_data *data, const stk_world *world, const stk_area_set *set,
                         const stk_area_path *path, stk_profile *profile)
{
    bool members[STK_AREAS_MAX];
    const stk_national *n = &path->national;
    size_t gwp = stk_world_options(world)->gwp;
    int last = stk_baseline_history_last(data->baseline);
    find_members(data, set, path, members);
    profile->year = last;
    profile->emissions_mt = at(n->baseline, last);
    profile->lulucf_co2_mt =
        has_land_record(data, members, last) ? at(n->lulucf_baseline, last) : (double)NAN;
    profile->share_of_world_pct =
        100.0 * profile->emissions_mt / stk_world_baseline_mt(world, false, last);
    find_rank(world, path, last, profile);
    profile->population = total(data, stk_baseline_population, members, last);
    profile->gdp = total(data, stk_baseline_gdp, members, last);
    profile->per_head_t = 1e6 * per(data, stk_baseline_population, members, gwp, last);
    profile->world_per_head_t = 1e6 * per(data, stk_baseline_population, NULL, gwp, last);
    profile->per_gdp_kg = 1e9 * per(data, stk_baseline_gdp, members, gwp, last);
    profile->world_per_gdp_kg = 1e9 * per(data, stk_baseline_gdp, NULL, gwp, last);
}

double stk_profile_population(const stk_data *data, const stk_area_set *set,
                              const stk_area_path *path, int year)
{
    bool members[STK_AREAS_MAX];
    find_members(data, set, path, members);
    return total(data, stk_baseline_population, members, year);
}

stk_status stk_profile_make(const stk_data *data, const stk_world *world, const stk_area_set *set,
                            const stk_area_path *path, stk_profile *profile, stk_error *error)
{
    bool members[STK_AREAS_MAX];
    const stk_national *n = &path->national;
    memset(profile, 0, sizeof *profile);
    find_members(data, set, path, members);
    stk_profile_present(data, world, set, path, profile);
    find_changes(path, profile);
    find_cumulative(data, members, profile);
    profile->goal_year = find_goal_year(n, stk_world_options(world)->as_of.date, profile->year);
    for (int k = 0; k < STK_AREA_CASES; k++) {
        profile->pledged_mt[k / STK_AMBITIONS][k % STK_AMBITIONS] =
            at(n->path[k / STK_AMBITIONS][k % STK_AMBITIONS], profile->goal_year);
    }
    return find_goal(data, world, members, profile, error);
}

stk_status stk_profile_rate(const stk_data *data, const stk_world *world, const stk_area_path *path,
                            stk_profile *p, stk_error *error)
{
    stk_fairness *f = NULL;
    stk_fairness_readings *readings = NULL;
    size_t actor;
    stk_status status;
    if (!path->is_actor || !stk_fairness_in(data->edition)) {
        return STK_OK;
    }
    STK_TRY(stk_fairness_open(data, world, p->goal, &f, error));
    actor = stk_fairness_find(f, path->national.actor.iso3);
    p->is_rated = actor < stk_fairness_count(f) && stk_fairness_world_mt(f, p->goal_year) > 0;
    if (p->is_rated) {
        STK_TRY(stk_fairness_readings_make(f, NULL, p->goal_year, &readings, error));
        STK_TRY(stk_fairness_rate(
            readings, actor,
            stk_fairness_level_of(f, actor, STK_UNCONDITIONAL, STK_LOW, p->goal_year), &p->rating,
            error));
    }
done:
    stk_fairness_readings_free(readings);
    stk_fairness_free(f);
    return status;
}

/* ---- an area in a target year ---- */

static stk_status open_path(const stk_data *data, const stk_options *options, stk_date date,
                            const stk_area_set *set, stk_world **world, stk_area_path *path,
                            stk_error *error)
{
    stk_options on_date = *options;
    on_date.as_of.date = date;
    stk_status status;
    STK_TRY(stk_world_make(data->inventory, data->pledges, data->baseline, &on_date, world, error));
    STK_TRY(stk_area_path_make(data->inventory, data->baseline, *world, set, path, error));
done:
    return status;
}

static void fill_cases(const stk_world *world, int year, stk_area_assessment *a)
{
    const stk_national *n = &a->path.national;
    for (int k = 0; k < STK_AREA_CASES; k++) {
        stk_area_case *c = &a->cases[k];
        c->condition = (stk_condition)(k / STK_AMBITIONS);
        c->ambition = (stk_ambition)(k % STK_AMBITIONS);
        c->level_mt = at(n->path[c->condition][c->ambition], year);
        c->level_incl_mt = c->level_mt + at(n->lulucf[c->condition][c->ambition], year);
        c->change_pct = stk_change_pct(a->emissions_mt, c->level_mt);
        c->share_of_world_pct =
            100.0 * c->level_mt / stk_world_level_mt(world, c->condition, c->ambition, false, year);
        c->before_mt = c->change_gt = c->world_change_gt = c->share_of_change_pct = (double)NAN;
    }
}

static void fill_changes(const stk_world *now, const stk_world *then, const stk_area_path *before,
                         int year, stk_area_assessment *a)
{
    for (int k = 0; k < STK_AREA_CASES; k++) {
        stk_area_case *c = &a->cases[k];
        c->before_mt = at(before->national.path[c->condition][c->ambition], year);
        c->change_gt = (c->level_mt - c->before_mt) / 1000.0;
        c->world_change_gt = (stk_world_level_mt(now, c->condition, c->ambition, false, year) -
                              stk_world_level_mt(then, c->condition, c->ambition, false, year)) /
                             1000.0;
        c->share_of_change_pct = fabs(c->world_change_gt) > 1e-9
                                     ? 100.0 * c->change_gt / c->world_change_gt
                                     : (double)NAN;
    }
}

stk_status stk_area_assess(const stk_data *data, const stk_options *options,
                           const stk_area_set *set, int year, stk_date since,
                           stk_area_assessment *a, stk_error *error)
{
    stk_world *now = NULL;
    stk_world *then = NULL;
    stk_area_path before;
    int last = stk_baseline_history_last(data->baseline);
    if (year <= last || year > STK_PATH_LAST) {
        return stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d", year,
                             last + 1, STK_PATH_LAST);
    }
    stk_status status;
    STK_TRY(open_path(data, options, options->as_of.date, set, &now, &a->path, error));
    a->history_last = last;
    a->emissions_mt = at(a->path.national.baseline, last);
    a->baseline_mt = at(a->path.national.baseline, year);
    fill_cases(now, year, a);
    if (since != 0) {
        STK_TRY(open_path(data, options, since, set, &then, &before, error));
        fill_changes(now, then, &before, year, a);
    }
done:
    stk_world_free(then);
    stk_world_free(now);
    return status;
}
