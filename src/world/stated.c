/** @file stated.c
 * @brief The ways from a stated number to a level without LULUCF, the ratio of inventories, the
 * guard.
 */
#include <math.h>
#include <string.h>

#include <stocktake/levels.h>

#include "base/elementary.h"

static const char *const way_names[STK_WAYS] = {"",          "stated", "projected", "baseline",
                                                "inventory", "record", "per_cent"};

/* Ratios within this of one are differences of method, not of inventory. */
static const double ratio_same = 0.05;
static const double ratio_least = 0.5;
static const double ratio_most = 2.0;
static const double near_least = 0.67;
static const double near_most = 1.5;

static const double low_share = 0.02;
static const double high_share = 1.3;
static const double not_binding_baseline = 2.0;
static const double not_binding_present = 1.5;
static const double steepest = 0.9; /* of the year before */
static const double least_covered = 0.9;
enum { STEEP_YEARS = 4, GUARD_ENDS = 2040 };

const char *stk_way_name(stk_way way)
{
    return way_names[way];
}

/* ---- the ways ---- */

/* A net level beside a sink that is held, or a source that is cut as the rule says, but never
 * grows. `emissions` is the level without the target. */
static stk_own_level split(double net, double land, double emissions, stk_lulucf_source source)
{
    stk_own_level level = {net - land, land, net - land, land};
    if (land > 0 && source == STK_LULUCF_SOURCE_FIRST && net > 0) {
        level.excl_mt = fmax(fmin(emissions, net), net - land);
    } else if (land > 0 && source == STK_LULUCF_SOURCE_PROPORTIONAL && emissions + land > 0) {
        level.excl_mt = emissions * net / (emissions + land);
    }
    level.land_mt = net - level.excl_mt;
    return level;
}

static bool by_baseline(const stk_stated *s, stk_own_level *level)
{
    double cut = s->baseline_mt - s->level_mt;
    double emissions =
        isnan(s->baseline_excl_mt) ? s->baseline_mt - s->baseline_land_mt : s->baseline_excl_mt;
    if (!isnan(s->land_cut_mt) && !isnan(cut)) {
        bool modelled = isnan(emissions);
        double from = modelled ? s->emissions_mt : emissions;
        double land = modelled ? s->inventory_land_mt : s->baseline_mt - emissions;
        *level = (stk_own_level){from - (cut - s->land_cut_mt), land - s->land_cut_mt,
                                 from - (cut - s->land_cut_mt), land};
        return !isnan(level->excl_mt);
    }
    if (isnan(emissions) || isnan(s->level_mt)) {
        return false;
    }
    double land = isnan(s->baseline_land_mt) ? s->baseline_mt - emissions : s->baseline_land_mt;
    *level = split(s->level_mt, land, emissions, s->source);
    return !isnan(level->excl_mt);
}

bool stk_stated_level(const stk_stated *s, stk_way way, stk_own_level *level)
{
    double projected = s->projected_land_mt;
    double land = way == STK_WAY_INVENTORY ? s->inventory_land_mt : s->record_land_mt;
    switch (way) {
    case STK_WAY_STATED:
        *level = (stk_own_level){s->level_mt, (double)NAN, s->level_mt, (double)NAN};
        return !s->net && !isnan(s->level_mt);
    case STK_WAY_PROJECTED:
        *level = (stk_own_level){s->level_mt - projected, projected, s->level_mt - projected,
                                 isnan(s->baseline_land_mt) ? s->inventory_land_mt
                                                            : s->baseline_land_mt};
        return s->net && !isnan(level->excl_mt);
    case STK_WAY_BASELINE:
        return s->net && by_baseline(s, level);
    case STK_WAY_INVENTORY:
    case STK_WAY_RECORD:
        *level = split(s->level_mt, land, s->emissions_mt, s->source);
        return s->net && !isnan(land) && !isnan(s->level_mt);
    case STK_WAY_NONE:
    case STK_WAY_PER_CENT:
    case STK_WAYS:
        break;
    }
    return false;
}

double stk_stated_reduction_pct(const stk_stated *s)
{
    if (!isnan(s->reduction_pct)) {
        return s->reduction_pct;
    }
    return s->baseline_mt > 0 ? 100.0 * (1.0 - s->level_mt / s->baseline_mt) : (double)NAN;
}

/* ---- the ratio ---- */

stk_ratio stk_inventory_ratio(double composite_mt, double own_mt)
{
    if (!(composite_mt > 0) || !(own_mt > 0)) {
        return (stk_ratio){(double)NAN, false};
    }
    bool same = fabs(composite_mt - own_mt) <= ratio_same * own_mt;
    double factor = same ? 1.0 : composite_mt / own_mt;
    return (stk_ratio){factor, factor < ratio_least || factor > ratio_most};
}

bool stk_baseline_is_near(double stated_mt, double modelled_mt)
{
    return stated_mt >= near_least * modelled_mt && stated_mt <= near_most * modelled_mt;
}

/* ---- the guard ---- */

unsigned stk_guard(double level_mt, double baseline_mt, double present_mt, int year,
                   int present_year, double covered)
{
    unsigned found = 0;
    if (year <= present_year || !(present_mt > 0)) {
        return 0; /* what is known bends no path */
    }
    double steep = present_mt * stk_pow(steepest, year - present_year);
    if (level_mt < low_share * present_mt) {
        found |= year < GUARD_ENDS || level_mt < 0 ? STK_GUARD_TOO_LOW : 0u;
    }
    if (year >= GUARD_ENDS) {
        return found;
    }
    if (level_mt > not_binding_baseline * baseline_mt &&
        level_mt > not_binding_present * present_mt) {
        found |= STK_GUARD_NOT_BINDING;
    } else if (level_mt > high_share * baseline_mt && level_mt > high_share * present_mt) {
        found |= STK_GUARD_HIGH;
    }
    found |= year - present_year >= STEEP_YEARS && level_mt < steep ? STK_GUARD_STEEP : 0u;
    found |= covered < least_covered ? STK_GUARD_PARTIAL : 0u;
    return found;
}

const char *stk_guard_words(unsigned findings)
{
    static const struct {
        unsigned bit;
        const char *words;
    } all[] = {
        {STK_GUARD_TOO_LOW, "below 2 % of present emissions"},
        {STK_GUARD_NOT_BINDING, "above twice the baseline, so not binding: the baseline is used"},
        {STK_GUARD_STEEP, "falls by more than 10 % a year"},
        {STK_GUARD_HIGH, "30 % or more above both baseline and present"},
        {STK_GUARD_PARTS, "with land use not the level that the document states"},
        {STK_GUARD_PARTIAL, "the stated total covers less than 90 % of emissions"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if ((findings & all[i].bit) != 0) {
            return all[i].words;
        }
    }
    return NULL;
}

const char *stk_worse_mark(const char *a, const char *b)
{
    static const char *const order[] = {"A", "A*", "B", "S", "C", "R"};
    for (size_t i = sizeof order / sizeof *order; i-- > 0;) {
        if (strcmp(a, order[i]) == 0 || strcmp(b, order[i]) == 0) {
            return order[i];
        }
    }
    return a;
}
