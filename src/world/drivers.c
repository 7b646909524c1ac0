/** @file drivers.c
 * @brief GDP and population as the baselines use them; areas whose GDP is not followed.
 *
 * A projection that loses more than a third within seven years is an artefact or a collapse, and in
 * either case nothing that a pledge should be held against. Such an area's GDP goes on from its
 * last observed year at the trend of its last ten, within bounds.
 */
#include "base/elementary.h"
#include "world/baseline_impl.h"

#include <math.h>

enum { COLLAPSE_YEARS = 7, TREND_YEARS = 10 };

static const double lowest_rate = -0.01;
static const double highest_rate = 0.03;
static const double jump = 0.10;

double stk_baseline_gdp(const stk_baseline *b, stk_area area, int year)
{
    double own = stk_series_at(&b->gdp[area], year);
    if (!isnan(own)) {
        return own;
    }
    if (year > b->history_last && !isnan(b->held_rate[area])) {
        return stk_inventory_gdp(b->inventory, area, b->history_last) *
               stk_pow(1.0 + b->held_rate[area], year - b->history_last);
    }
    return stk_inventory_gdp(b->inventory, area, year);
}

double stk_baseline_population(const stk_baseline *b, stk_area area, int year)
{
    double own = stk_series_at(&b->population[area], year);
    return isnan(own) ? stk_inventory_population(b->inventory, area, year) : own;
}

/* The yearly rate of the last observed years: least squares of ln GDP. NaN where too few are known.
 */
static double observed_rate(const stk_baseline *b, stk_area area)
{
    double gdp[TREND_YEARS];
    double slope;
    double error;
    for (int t = 0; t < TREND_YEARS; t++) {
        gdp[t] = stk_inventory_gdp(b->inventory, area, b->history_last - TREND_YEARS + 1 + t);
    }
    return baseline_fit(gdp, TREND_YEARS, &slope, &error) ? stk_exp(slope) - 1.0 : (double)NAN;
}

/* The deepest fall of the projection by more than a third; false if there is none. */
static bool find_collapse(const stk_baseline *b, stk_area area, stk_driver_finding *found)
{
    double deepest = 1.0;
    for (int from = b->history_last; from < STK_PATH_LAST; from++) {
        double before = stk_inventory_gdp(b->inventory, area, from);
        int end = from + COLLAPSE_YEARS < STK_PATH_LAST ? from + COLLAPSE_YEARS : STK_PATH_LAST;
        for (int to = from + 1; to <= end; to++) {
            double after = stk_inventory_gdp(b->inventory, area, to);
            if (3.0 * after < 2.0 * before && after / before < deepest) {
                deepest = after / before;
                found->from = from;
                found->to = to;
            }
        }
    }
    found->change = deepest - 1.0;
    found->rate = deepest < 1.0 ? stk_pow(deepest, 1.0 / (found->to - found->from)) - 1.0 : 0.0;
    return deepest < 1.0;
}

static double driver_at(const stk_baseline *b, stk_area area, bool population, int year)
{
    return population ? stk_inventory_population(b->inventory, area, year)
                      : stk_inventory_gdp(b->inventory, area, year);
}

/* The largest change in a year of the projection beyond what a driver does; or its first gap. */
static bool find_jump(const stk_baseline *b, stk_area area, bool population,
                      stk_driver_finding *found)
{
    bool any = false;
    for (int year = b->history_last; year <= STK_PATH_LAST; year++) {
        double now = driver_at(b, area, population, year);
        if (isnan(now)) {
            found->kind = STK_DRIVER_MISSING;
            found->from = year;
            found->to = STK_PATH_LAST;
            found->change = NAN;
            found->rate = NAN;
            return true;
        }
        double change =
            year > b->history_last ? now / driver_at(b, area, population, year - 1) - 1.0 : 0.0;
        if (fabs(change) > jump && (!any || fabs(change) > fabs(found->change))) {
            any = true;
            found->kind = STK_DRIVER_JUMPS;
            found->from = year - 1;
            found->to = year;
            found->change = change;
            found->rate = change;
        }
    }
    return any;
}

static void check_gdp(stk_baseline *b, stk_area area)
{
    stk_driver_finding found = {.area = area, .kind = STK_DRIVER_HELD};
    found.held_rate = NAN;
    found.observed_rate = observed_rate(b, area);
    if (find_collapse(b, area, &found)) {
        double trend = isnan(found.observed_rate) ? 0.0 : found.observed_rate;
        found.held_rate = fmin(highest_rate, fmax(lowest_rate, trend));
        b->held_rate[area] = found.held_rate;
        b->findings[b->finding_count++] = found;
    } else if (find_jump(b, area, false, &found)) {
        b->findings[b->finding_count++] = found;
    }
}

static void check_population(stk_baseline *b, stk_area area)
{
    stk_driver_finding found = {.area = area, .population = true};
    found.held_rate = NAN;
    found.observed_rate = NAN;
    if (find_jump(b, area, true, &found)) {
        b->findings[b->finding_count++] = found;
    }
}

/* Bunkers and the statistical difference have no drivers, and what emits nothing needs none. */
static bool has_drivers(const stk_baseline *b, stk_area area)
{
    return area != b->difference && !b->inventory_bunker[area] &&
           stk_inventory_total_mt(b->inventory, area, b->trend_gwp, b->history_last) > 0;
}

stk_status baseline_check_drivers(stk_baseline *b, stk_error *error)
{
    size_t areas = (size_t)b->area_count;
    b->held_rate = stk_arena_alloc(&b->arena, areas, sizeof *b->held_rate);
    b->findings = stk_arena_alloc(&b->arena, 2 * areas, sizeof *b->findings);
    if (b->held_rate == NULL || b->findings == NULL) {
        return stk_error_memory(error);
    }
    for (int a = 0; a < b->area_count; a++) {
        b->held_rate[a] = NAN;
        if (has_drivers(b, a) && b->gdp[a].values == NULL) {
            check_gdp(b, a);
        }
        if (has_drivers(b, a) && b->population[a].values == NULL) {
            check_population(b, a);
        }
    }
    return STK_OK;
}

const stk_driver_finding *stk_baseline_driver_findings(const stk_baseline *b, size_t *count)
{
    *count = b->finding_count;
    return b->findings;
}
