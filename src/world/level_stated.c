/** @file level_stated.c
 * @brief A row that states a level, or a baseline with a cut: its own terms first, then ours.
 *
 * The number becomes a level without LULUCF in the Party's own terms by the first way that the data
 * allows and the guard passes (stated.c), times the ratio of the composite inventory to the
 * Party's own. Where inventories cannot be compared or no way is left, the Party's per cent is
 * applied to the modelled baseline.
 */
#include <math.h>
#include <string.h>

#include "world/level_impl.h"

bool keep_level(work *w, double excl_mt, double covered)
{
    const stk_target *t = w->target;
    unsigned found =
        stk_guard(excl_mt, w->emissions_t, w->present_mt, t->year, w->present_year, covered);
    bool too_low = (found & STK_GUARD_TOO_LOW) != 0 && !t->what_if;
    if (!isfinite(excl_mt) || too_low) {
        w->result->refused = true;
        w->result->mark = "R";
        method_add(w->result->method, "refused: %.4g Mt is %s", excl_mt,
                   stk_guard_words(STK_GUARD_TOO_LOW));
        return false;
    }
    w->result->check |= found & STK_GUARD_PARTIAL; /* the others are held against the final level */
    return true;
}

void quantify_per_cent(work *w, double reduction_pct, const char *why)
{
    target_level *result = w->result;
    double covered = w->gas_share * w->sector_share * w->emissions_t;
    double excl = w->emissions_t - covered * reduction_pct / 100.0;
    if (isnan(reduction_pct)) {
        method_add(result->method, "not quantified: no per cent to apply to the modelled baseline");
        return;
    }
    method_add(result->method, "%s: the Party's %.4g %% on the modelled baseline", why,
               reduction_pct);
    result->mark = stk_worse_mark(result->mark, "B");
    if (keep_level(w, excl, 1.0)) {
        result->level = (stk_level){excl, excl + w->lulucf_t};
        result->hold_excl_mt = excl;
        result->from.way = STK_WAY_PER_CENT;
        result->from.ratio = result->from.gwp_factor = 1.0;
        result->from.covered = w->gas_share * w->sector_share;
        result->from.reference_year = w->target->year;
        result->from.reference_mt = w->emissions_t;
        result->from.reduction_pct = reduction_pct;
        result->from.row_mt = excl;
        result->found = true;
    }
}

/* Everything that the ways need, in the document's set; emissions are the composite's yet. */
static stk_stated gather(const work *w, double level_mt, double baseline_mt, double reduction_pct)
{
    int year = w->target->year;
    double emissions = covered_gases_mt(w, w->document_gwp, year) * w->sector_share;
    return (stk_stated){.net = w->net,
                        .level_mt = level_mt,
                        .baseline_mt = baseline_mt,
                        .baseline_excl_mt = own_number(w, STK_OWN_BAU_EXCL, year),
                        .projected_land_mt = own_number(w, STK_OWN_PROJECTED_LULUCF, year),
                        .baseline_land_mt = own_number(w, STK_OWN_BAU_LULUCF, year),
                        .land_cut_mt = own_number(w, STK_OWN_CUT_LULUCF, year),
                        .inventory_land_mt = w->land.inventory_mt,
                        .record_land_mt = w->land.record_mt,
                        .emissions_mt = emissions,
                        .reduction_pct = reduction_pct,
                        .source = w->context->options->lulucf_source};
}

static void describe(const work *w, const stk_stated *s, stk_way way, const stk_own_level *level)
{
    static const char *const words[STK_WAYS] = {
        [STK_WAY_PROJECTED] = "less the LULUCF it projects",
        [STK_WAY_BASELINE] = "less LULUCF as in its baseline",
        [STK_WAY_INVENTORY] = "less LULUCF of the own inventory",
        [STK_WAY_RECORD] = "less LULUCF of the reported record"};
    if (words[way] != NULL) {
        bool cut = level->land_baseline_mt > 0 && way != STK_WAY_PROJECTED &&
                   s->source == STK_LULUCF_SOURCE_FIRST;
        double land_mt = cut ? level->land_baseline_mt : level->land_mt;
        if (isnan(land_mt)) {
            method_add(w->result->method, "%s", words[way]);
        } else {
            method_add(w->result->method, "%s (%.4g Mt)%s", words[way], land_mt,
                       cut ? ", cut first" : "");
        }
    }
}

/* Carry a level in own terms over to the composite inventory and the user's set. */
static bool apply(work *w, const stk_own_level *level, stk_way way, double factor)
{
    target_level *result = w->result;
    double covered = w->gas_share * w->sector_share;
    double scale = factor * w->gwp_factor;
    double uncovered = (1.0 - covered) * w->emissions_t;
    double excl = level->excl_mt * scale + uncovered;
    if (!keep_level(w, excl, covered)) {
        return false;
    }
    result->level = (stk_level){excl, excl + level->land_mt};
    result->hold_excl_mt = level->hold_excl_mt * scale + uncovered;
    if (!isnan(level->land_baseline_mt)) {
        result->lulucf_mt = level->land_baseline_mt;
    }
    if (isnan(level->land_mt)) {
        result->level.incl_mt = excl + result->lulucf_mt;
    }
    stk_derivation *from = &result->from;
    from->way = way;
    from->land_mt = level->land_mt;
    from->own_mt = level->excl_mt;
    from->ratio = factor;
    from->gwp_factor = w->gwp_factor;
    from->uncovered_mt = uncovered;
    from->covered = covered;
    from->row_mt = excl;
    result->found = true;
    return true;
}

/* A cut off the modelled baseline, beside the land use of the Party's own inventory, may be far
 * from the net level that the document states: its baseline is of another kind than both. */
static bool adds_up(const stk_stated *s, const stk_own_level *level)
{
    const double nearly = 0.1;
    double net = level->excl_mt + level->land_mt;
    return isnan(net) || isnan(s->level_mt) ||
           fabs(net - s->level_mt) <= nearly * fmax(fabs(s->level_mt), fabs(level->excl_mt));
}

static void tell_ratio(const work *w, const own_ratio *own)
{
    if (own->year != 0 && own->ratio.factor == 1.0) {
        method_add(w->result->method, "own inventory %d as the composite's", own->year);
    } else if (own->year != 0) {
        method_add(w->result->method, "own inventory %d %.4g Mt, composite %.4g Mt%s: x %.2f",
                   own->year, own->own_mt, own->composite_mt, own->other ? " (not its own)" : "",
                   own->ratio.factor);
    }
}

/* Whether the document's baseline, less land use as far as that is known, is near ours. */
static bool baseline_near(const work *w, const stk_stated *s)
{
    double land = !isnan(s->baseline_land_mt)    ? s->baseline_land_mt
                  : !isnan(s->inventory_land_mt) ? s->inventory_land_mt
                                                 : s->record_land_mt;
    double without = s->net ? s->baseline_mt - (isnan(land) ? 0.0 : land) : s->baseline_mt;
    without = isnan(s->baseline_excl_mt) ? without : s->baseline_excl_mt;
    double modelled = covered_gases_mt(w, w->document_gwp, w->target->year) * w->sector_share;
    return isnan(s->baseline_mt) || stk_baseline_is_near(without, modelled);
}

static void remember_ratio(const work *w, const own_ratio *own)
{
    stk_derivation *from = &w->result->from;
    from->inventory_year = own->year;
    from->inventory_mt = own->own_mt;
    from->composite_mt = own->composite_mt;
}

/* The number that shows the scope of the document's totals, without LULUCF as far as that is
 * known, in the composite's terms. */
static double scope_number(const work *w, double level_mt, double baseline_mt)
{
    own_ratio own = own_ratio_find(w);
    double number = isnan(baseline_mt) ? level_mt : baseline_mt;
    double land = isnan(w->land.inventory_mt) ? w->land.record_mt : w->land.inventory_mt;
    number -= w->net && !isnan(land) ? land : 0.0;
    bool compared = own.year != 0 && !own.ratio.outside;
    return number * w->gwp_factor * (compared ? own.ratio.factor : 1.0);
}

/* The ratio that counts. What the record or another document says serves only where the document's
 * baseline is far from ours: it tells an inflated baseline from another inventory, but is no
 * measure of the inventory that the document speaks of. */
static own_ratio choose_ratio(const work *w, const stk_stated *stated)
{
    own_ratio own = own_ratio_find(w);
    if (in_composite_terms(w) || own.year == 0 || !(own.ratio.factor > 0) ||
        (own.other && baseline_near(w, stated))) {
        own = (own_ratio){0, (double)NAN, (double)NAN, {1.0, false}, false};
    }
    return own;
}

/* The document's baseline: of the row, else what its tables have in the row's scope. */
static double baseline_of(const work *w, double baseline_mt)
{
    return isnan(baseline_mt)
               ? own_number(w, w->net ? STK_OWN_BAU_INCL : STK_OWN_BAU_EXCL, w->target->year)
               : baseline_mt;
}

static bool try_ways(work *w, const stk_stated *stated, const own_ratio *own)
{
    for (stk_way way = STK_WAY_STATED; way < STK_WAY_PER_CENT; way++) {
        stk_own_level level;
        if (stk_stated_level(stated, way, &level) && apply(w, &level, way, own->ratio.factor)) {
            describe(w, stated, way, &level);
            tell_ratio(w, own);
            w->result->check |= adds_up(stated, &level) ? 0u : STK_GUARD_PARTS;
            return true;
        }
    }
    return false;
}

/* Land use counts, and nothing is known of it, nor is there a per cent: the number as it is. */
static void take_whole(work *w, double level_mt, const own_ratio *own)
{
    stk_own_level whole = {level_mt, (double)NAN, level_mt, (double)NAN};
    w->result->mark = stk_worse_mark(w->result->mark, "B");
    method_add(w->result->method, "counts LULUCF, which is not known: none taken off");
    apply(w, &whole, STK_WAY_STATED, own->ratio.factor);
}

void quantify_stated(work *w, double level_mt, double baseline_mt, double reduction_pct)
{
    if (is_national_total(w, scope_number(w, level_mt, baseline_mt))) {
        w->gases = (1u << STK_GAS_GROUPS) - 1;
        w->gas_share = w->sector_share = 1.0;
        find_gwp_factor(w);
    }
    stk_stated stated = gather(w, level_mt, baseline_of(w, baseline_mt), reduction_pct);
    own_ratio own = choose_ratio(w, &stated);
    double per_cent = stk_stated_reduction_pct(&stated);
    bool land = !isnan(w->land.inventory_mt) || !isnan(w->land.record_mt);
    bool own_only = in_composite_terms(w);
    if (own.ratio.outside && isnan(per_cent)) {
        method_add(w->result->method,
                   "inventories too far apart (own %.4g Mt, composite %.4g Mt), "
                   "taken as stated",
                   own.own_mt, own.composite_mt);
        w->result->mark = stk_worse_mark(w->result->mark, "B");
        own = (own_ratio){0, (double)NAN, (double)NAN, {1.0, false}, false};
        own_only = true;
    }
    stated.emissions_mt /= own.ratio.factor;
    w->result->from.stated_mt = isnan(baseline_mt) ? level_mt : baseline_mt;
    w->result->from.document_mt = level_mt;
    remember_ratio(w, &own);
    if (own.ratio.outside && !isnan(per_cent)) {
        method_add(w->result->method, "own inventory %d %.4g Mt, composite %.4g Mt", own.year,
                   own.own_mt, own.composite_mt);
        quantify_per_cent(w, per_cent, "inventories too far apart");
    } else if (!own_only && own.year == 0 && !baseline_near(w, &stated)) {
        quantify_per_cent(w, per_cent, "baseline far from ours and no inventory to compare");
    } else if (!try_ways(w, &stated, &own)) {
        if (stated.net && isnan(per_cent) && !land) {
            take_whole(w, level_mt, &own);
        } else {
            quantify_per_cent(w, per_cent, "land use not known");
        }
    }
}
