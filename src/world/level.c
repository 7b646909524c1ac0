/** @file level.c
 * @brief One row of a document to one level: which kind it is, and what each kind needs.
 *
 * Rows that state a level or a baseline go to level_stated.c; the others are per cents of what the
 * composite inventory or the modelled baseline say, by stk_quantify().
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "world/level_impl.h"

/* Sums over years are told from levels of one by their size. */
static const double sum_ratio = 4.0;

/* In the base year inventories may differ by this much before a Party's own total counts. */
static const double base_year_ratio = 1.5;

void method_add(char *method, const char *format, ...)
{
    char text[STK_METHOD_SIZE];
    va_list arguments;
    if (method == NULL) {
        return;
    }
    size_t used = strlen(method);
    va_start(arguments, format);
    stk_print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t size = strlen(text);
    if (used + size + 3 < STK_METHOD_SIZE) {
        memcpy(method + used, "; ", used > 0 ? 2 : 0);
        memcpy(method + used + (used > 0 ? 2 : 0), text, size + 1);
    }
}

/* Documents that name no set: AR4 was the rule before 2021, AR5 since (decision 18/CMA.1). */
static const char *document_gwp_name(const stk_target *target)
{
    if (target->gwp[0] != '\0') {
        return target->gwp;
    }
    return stk_date_year(target->submitted) < 2021 ? "AR4" : "AR5";
}

/* LULUCF of the actor without the target, in its own terms: sinks as the newest own inventory has
 * them, else the record. */
static double land_without_target(const work *w)
{
    double stated = own_number(w, STK_OWN_BAU_LULUCF, w->target->year);
    stated = isnan(stated) ? w->land.inventory_mt : stated;
    return isnan(stated) ? w->land.record_mt : stated;
}

static void find_shares(work *w)
{
    const stk_target all_sectors = {.gases = w->target->gases, .sectors = STK_SECTOR_ALL};
    const national_context *c = w->context;
    const stk_actor *actor = &w->national->actor;
    size_t gwp = c->options->gwp;
    double both = actor_coverage(c, actor, w->target, gwp, w->target->year);
    w->gas_share = actor_coverage(c, actor, &all_sectors, gwp, w->target->year);
    w->sector_share = w->gas_share > 0 ? both / w->gas_share : 1.0;
}

void find_gwp_factor(work *w)
{
    size_t gwp = w->context->options->gwp;
    double from = covered_gases_mt(w, w->document_gwp, w->target->year);
    double to = covered_gases_mt(w, gwp, w->target->year);
    w->gwp_factor = w->document_gwp != gwp && from > 0 ? to / from : 1.0;
}

static void begin_derivation(work *w)
{
    const double none = (double)NAN;
    w->result->from = (stk_derivation){.row = w->target,
                                       .net = w->net,
                                       .gwp = w->document_gwp,
                                       .stated_mt = none,
                                       .document_mt = none,
                                       .land_mt = none,
                                       .own_mt = none,
                                       .inventory_mt = none,
                                       .composite_mt = none,
                                       .ratio = 1.0,
                                       .gwp_factor = w->gwp_factor,
                                       .covered = w->gas_share * w->sector_share,
                                       .reference_mt = none,
                                       .reference_covered = none,
                                       .reference_land_mt = none,
                                       .unscaled_mt = none,
                                       .growth = 1.0,
                                       .reduction_pct = none,
                                       .cut_mt = none,
                                       .row_mt = none};
}

static work begin(const national_context *context, const stk_national *national,
                  const stk_target *target, stk_condition condition, stk_ambition ambition,
                  target_level *result)
{
    work w = {.context = context,
              .national = national,
              .target = target,
              .condition = condition,
              .ambition = ambition,
              .gwp_factor = 1.0,
              .document_gwp = context->options->gwp,
              .result = result};
    w.present_year = stk_baseline_history_last(context->baseline);
    w.emissions_t = national->baseline[target->year - STK_PATH_FIRST];
    w.present_mt = national->baseline[w.present_year - STK_PATH_FIRST];
    stk_gwp_find_set(stk_inventory_gwp(context->inventory), stk_text_of(document_gwp_name(target)),
                     &w.document_gwp, NULL);
    w.land = own_land_find(context, &national->actor, target->what_if ? 0 : target->submitted);
    w.net = row_is_net(&w);
    w.lulucf_t = land_without_target(&w);
    w.gases = target->gases;
    find_shares(&w);
    find_gwp_factor(&w);
    result->lulucf_mt = w.lulucf_t;
    begin_derivation(&w);
    return w;
}

/* Whether a stated number may be used as a level of the target year. */
static bool usable(const work *w, double mt)
{
    double land = isnan(w->lulucf_t) ? 0.0 : fmax(w->lulucf_t, 0.0);
    bool sum = w->target->levels_are_sums && mt > sum_ratio * (w->present_mt + land);
    return !isnan(mt) && w->target->sum_from == 0 && !sum;
}

static double reduction(const work *w)
{
    return w->target->reduction_pct[w->ambition];
}

static void tell_set(const work *w)
{
    const stk_gwp_table *table = stk_inventory_gwp(w->context->inventory);
    if (w->document_gwp != w->context->options->gwp) {
        method_add(w->result->method, "%s%s to %s", stk_gwp_set_label(table, w->document_gwp),
                   w->target->gwp[0] == '\0' ? " (not named)" : "",
                   stk_gwp_set_label(table, w->context->options->gwp));
    }
}

/* ---- per cents, by stk_quantify() ---- */

static stk_quantify_input common_input(const work *w, stk_target_kind kind)
{
    return (stk_quantify_input){.kind = kind,
                                .value_excl = NAN,
                                .value_incl = NAN,
                                .emissions_reference_mt = NAN,
                                .emissions_target_mt = w->emissions_t,
                                .lulucf_reference_mt = NAN,
                                .lulucf_target_mt = isnan(w->lulucf_t) ? 0.0 : w->lulucf_t,
                                .coverage_reference = NAN,
                                .coverage_target = w->gas_share * w->sector_share,
                                .driver_reference = NAN,
                                .driver_target = NAN,
                                .stated_baseline_incl_mt = NAN};
}

/* What a per cent with LULUCF is taken of, net. */
static double base_of(const stk_quantify_input *in)
{
    bool reference = !isnan(in->emissions_reference_mt);
    double coverage = reference ? in->coverage_reference : in->coverage_target;
    return coverage * (reference ? in->emissions_reference_mt : in->emissions_target_mt) +
           (reference ? in->lulucf_reference_mt : in->lulucf_target_mt);
}

static void tell_scope(const work *w, const stk_quantify_input *in, stk_sinks sinks)
{
    char *method = w->result->method;
    if (in->coverage_target < 1.0) {
        method_add(method, "covers %.0f %% of emissions", 100.0 * in->coverage_target);
    }
    if (!isnan(in->value_incl)) {
        method_add(method, "counts LULUCF%s",
                   sinks == STK_SINKS_NET ? ", net" : ", sinks unscaled");
        if (w->lulucf_t > 0 && w->context->options->lulucf_source == STK_LULUCF_SOURCE_FIRST) {
            method_add(method, "LULUCF source cut first");
        }
    } else if (w->target->lulucf == STK_TARGET_LULUCF_LISTED) {
        method_add(method, "LULUCF listed, taken as not counted");
    }
}

static void set_value(const work *w, stk_quantify_input *in, double value)
{
    if (w->net && !isnan(w->lulucf_t)) {
        in->value_incl = value;
    } else {
        in->value_excl = value;
    }
}

/* The chain of a per cent or a cut: what it is taken of. */
static void remember_reference(work *w, const stk_quantify_input *in, stk_sinks sinks,
                               const stk_level *level)
{
    stk_derivation *from = &w->result->from;
    double value = isnan(in->value_incl) ? in->value_excl : in->value_incl;
    bool to_target = in->kind == STK_TARGET_BASELINE || in->kind == STK_TARGET_NONE;
    begin_derivation(w);
    from->net = !isnan(in->value_incl);
    from->covered = in->coverage_target;
    from->reference_mt = to_target ? in->emissions_target_mt : in->emissions_reference_mt;
    from->reference_year = to_target                     ? w->target->year
                           : in->kind == STK_TARGET_PEAK ? 0
                                                         : w->target->reference_year;
    if (in->kind != STK_TARGET_NONE) {
        double land = to_target ? in->lulucf_target_mt : in->lulucf_reference_mt;
        bool unscaled = sinks == STK_SINKS_UNSCALED && from->net && !in->value_is_mt;
        from->reference_covered = to_target ? in->coverage_target : in->coverage_reference;
        from->reference_land_mt = from->net ? land : (double)NAN;
        from->unscaled_mt = unscaled ? fmin(land, 0.0) : 0.0;
        from->uncovered_mt = (1.0 - in->coverage_target) * in->emissions_target_mt;
        from->land_mt = from->net ? level->incl_mt - level->excl_mt : (double)NAN;
    }
    if (!isnan(in->driver_reference)) {
        from->growth = in->driver_target / in->driver_reference;
    }
    if (in->value_is_mt) {
        from->cut_mt = value;
        from->stated_mt = w->target->cut_mt;
    } else {
        from->reduction_pct = value;
    }
    from->row_mt = level->excl_mt;
}

/* @return false where the guard refuses the level */
static bool finish(work *w, const stk_quantify_input *in)
{
    stk_error error;
    stk_level level;
    stk_level held;
    const stk_options *options = w->context->options;
    /* a per cent cut of what is already below zero would raise the level */
    bool below_zero = !isnan(in->value_incl) && !in->value_is_mt && base_of(in) <= 0;
    stk_sinks sinks = below_zero ? STK_SINKS_UNSCALED : options->sinks;
    if (stk_quantify(in, sinks, options->lulucf_source, &level, &error) != STK_OK ||
        stk_quantify(in, sinks, STK_LULUCF_SOURCE_HOLD, &held, &error) != STK_OK) {
        method_add(w->result->method, "not quantified: %s", error.message);
        return true;
    }
    if (in->kind != STK_TARGET_NONE && !keep_level(w, level.excl_mt, 1.0)) {
        return false;
    }
    w->result->level = level;
    if (isnan(w->lulucf_t)) {
        w->result->level.incl_mt = (double)NAN;
    }
    w->result->hold_excl_mt = held.excl_mt;
    w->result->found = true;
    remember_reference(w, in, sinks, &level);
    tell_scope(w, in, sinks);
    return true;
}

/* ---- the kinds ---- */

static double driver_of_actor(const work *w, int year)
{
    double sum = 0;
    const stk_actor *actor = &w->national->actor;
    for (int m = 0; m < actor->member_count; m++) {
        sum += w->target->per_capita
                   ? stk_baseline_population(w->context->baseline, actor->members[m], year)
                   : stk_baseline_gdp(w->context->baseline, actor->members[m], year);
    }
    return sum;
}

/* LULUCF in the reference year in the Party's own terms; NaN where not known. A level must not mix
 * two records, whose forests differ: where the edition's reaches the reference year, its mean of
 * the last five years is what is held to the target year. */
static double reference_land(work *w, int year)
{
    const stk_actor *actor = &w->national->actor;
    bool gross = w->target->lulucf == STK_TARGET_LULUCF_GROSS_NET; /* gross then, net now */
    actor_lulucf record = actor_lulucf_choose(w->context, actor, gross ? 0 : year);
    if (record.reported) {
        w->lulucf_t = w->result->lulucf_mt = record.hold_mt;
    }
    if (gross) {
        return 0.0;
    }
    return record.reported ? actor_lulucf_mt(w->context, actor, &record, year)
                           : own_total(w, year, true) - own_total(w, year, false);
}

/* A base year in which the Party's own total is another than the composite's: its own counts. */
static bool base_year_in_own_terms(work *w)
{
    int year = w->target->reference_year;
    double composite = covered_gases_mt(w, w->document_gwp, year);
    double without = own_total(w, year, false);
    double own = w->net ? own_total(w, year, true) : without;
    bool far = composite > base_year_ratio * without || without > base_year_ratio * composite;
    if (w->target->kind != STK_TARGET_BASE_YEAR || isnan(reduction(w)) || isnan(own) || !far ||
        in_composite_terms(w)) {
        return false;
    }
    method_add(w->result->method, "%.6g %% below the own inventory's %.4g Mt of %d", reduction(w),
               own, year);
    quantify_stated(w, own * (1.0 - reduction(w) / 100.0), (double)NAN, (double)NAN);
    tell_set(w);
    return w->result->found;
}

static void reference_reduction(work *w, stk_target_kind kind)
{
    const national_context *c = w->context;
    const stk_target *t = w->target;
    int year = t->reference_year;
    stk_quantify_input in = common_input(w, kind);
    if (year < STK_PATH_FIRST || t->year < year) {
        method_add(w->result->method, "not quantified: no record of %d", year);
        return;
    }
    if (base_year_in_own_terms(w)) {
        return;
    }
    in.emissions_reference_mt = w->national->baseline[year - STK_PATH_FIRST];
    in.coverage_reference = actor_coverage(c, &w->national->actor, t, c->options->gwp, year);
    in.lulucf_reference_mt = reference_land(w, year);
    in.lulucf_target_mt = isnan(w->lulucf_t) ? 0.0 : w->lulucf_t;
    if (kind == STK_TARGET_INTENSITY) {
        in.driver_reference = driver_of_actor(w, year);
        in.driver_target = driver_of_actor(w, t->year);
        method_add(w->result->method, "per %s", t->per_capita ? "head" : "GDP");
    }
    in.value_is_mt = isnan(reduction(w));
    double value = in.value_is_mt ? t->cut_mt * w->gwp_factor : reduction(w);
    bool land = !isnan(in.lulucf_reference_mt) && !isnan(w->lulucf_t);
    method_add(w->result->method, "%.6g %s below %d, composite inventory", value,
               in.value_is_mt ? "Mt" : "%", year);
    if (t->lulucf == STK_TARGET_LULUCF_GROSS_NET) {
        method_add(w->result->method, "gross-net");
    }
    if (w->net && land) {
        in.value_incl = value;
        if (finish(w, &in)) {
            return;
        }
    }
    if (w->net) {
        w->result->mark = stk_worse_mark(w->result->mark, "B");
        method_add(w->result->method,
                   land ? "without land use instead" : "land use not known: the same without it");
    }
    in.lulucf_reference_mt = isnan(in.lulucf_reference_mt) ? 0.0 : in.lulucf_reference_mt;
    in.value_incl = (double)NAN;
    in.value_excl = value;
    finish(w, &in);
}

/* A cut in Mt comes off the whole modelled baseline: nothing is scaled, nothing covered twice. */
static void cut_off_modelled(work *w)
{
    double land = own_number(w, STK_OWN_CUT_LULUCF, w->target->year);
    double cut = w->target->cut_mt - (w->net && !isnan(land) ? land : 0.0);
    stk_quantify_input in = common_input(w, STK_TARGET_BASELINE);
    in.coverage_target = 1.0;
    in.value_is_mt = true;
    in.value_excl = cut * w->gwp_factor;
    method_add(w->result->method, "%.6g Mt off the modelled baseline", cut);
    finish(w, &in);
    tell_set(w);
}

static void below_baseline(work *w)
{
    const stk_target *t = w->target;
    double stated = t->stated_baseline_mt;
    if (usable(w, stated)) {
        bool cut = isnan(reduction(w));
        double level = cut ? stated - t->cut_mt : stated * (1.0 - reduction(w) / 100.0);
        method_add(w->result->method, "stated baseline %.6g Mt; %.6g %s below it", stated,
                   cut ? t->cut_mt : reduction(w), cut ? "Mt" : "%");
        if (stated < 0 && !cut) { /* below zero a per cent of it would raise the level */
            level = stated * (1.0 + reduction(w) / 100.0);
        }
        quantify_stated(w, level, stated, reduction(w));
        tell_set(w);
    } else if (isnan(reduction(w))) {
        cut_off_modelled(w);
    } else {
        stk_quantify_input in = common_input(w, STK_TARGET_BASELINE);
        set_value(w, &in, reduction(w));
        method_add(w->result->method, "modelled baseline; %.6g %% below it", reduction(w));
        finish(w, &in);
    }
}

/* A target of single sectors with numbers in Mt: what they cut is taken off the whole. A per cent
 * of sectors whose share the inventories give is a coverage like any other. */
static void sector_target(work *w)
{
    const stk_target *t = w->target;
    double cut = t->cut_mt;
    if (isnan(cut) && usable(w, t->stated_baseline_mt)) {
        double level = usable(w, t->level_mt[w->ambition]) ? t->level_mt[w->ambition] : NAN;
        cut = isnan(level) ? t->stated_baseline_mt * reduction(w) / 100.0
                           : t->stated_baseline_mt - level;
    }
    if (!isnan(cut)) {
        stk_quantify_input in = common_input(w, STK_TARGET_BASELINE);
        in.coverage_target = 1.0;
        in.value_is_mt = true;
        in.value_excl = cut * w->gwp_factor;
        method_add(w->result->method, "sector target: %.6g Mt off the modelled baseline", cut);
        finish(w, &in);
    } else if ((t->sectors & STK_SECTOR_ALL) == 0 || isnan(reduction(w))) {
        method_add(w->result->method, "not quantified: the inventories have no such sector");
    } else if (t->kind == STK_TARGET_BASELINE) {
        below_baseline(w);
    } else {
        reference_reduction(w, t->kind);
    }
}

/* Numbers that are sums over years: the same share below the baseline in every year of the period,
 * which is the smoothest path whose integral meets the cap. */
static void sum_over_years(work *w)
{
    const stk_target *t = w->target;
    const stk_actor *actor = &w->national->actor;
    actor_lulucf record = actor_lulucf_choose(w->context, actor, 0);
    double baseline_sum = 0;
    if (t->sum_from < STK_PATH_FIRST) {
        method_add(w->result->method, "not quantified: no record of %d", t->sum_from);
        return;
    }
    for (int year = t->sum_from; year <= t->sum_to; year++) {
        double land =
            record.reported ? actor_lulucf_mt(w->context, actor, &record, year) : w->lulucf_t;
        baseline_sum += w->national->baseline[year - STK_PATH_FIRST];
        baseline_sum += w->net && !isnan(land) ? land : 0.0;
    }
    double share = reduction(w) / 100.0;
    if (isnan(share) && !isnan(t->cut_mt)) {
        share = t->cut_mt / (isnan(t->stated_baseline_mt) ? baseline_sum : t->stated_baseline_mt);
    }
    if (isnan(share)) {
        share = 1.0 - t->level_mt[w->ambition] / baseline_sum;
    }
    stk_quantify_input in = common_input(w, STK_TARGET_BASELINE);
    method_add(w->result->method, "sum %d-%d: %.3g %% below the modelled baseline", t->sum_from,
               t->sum_to, 100.0 * share);
    set_value(w, &in, 100.0 * share);
    finish(w, &in);
}

/* The highest emissions up to the peak year: history, the targets before it, and the baseline
 * where a peak without a number is all there is. */
static double peak_level(const work *w)
{
    int last = stk_baseline_history_last(w->context->baseline);
    double peak = 0;
    for (int year = last - 15; year <= last && year <= w->target->year; year++) {
        peak = fmax(peak, w->national->baseline[year - STK_PATH_FIRST]);
    }
    for (int i = 0; i < w->national->target_count; i++) {
        const stk_actor_target *earlier = &w->national->targets[i];
        if (earlier->year > last && earlier->year < w->target->year &&
            shapes_pathway(w->national, i, w->condition, w->ambition)) {
            peak = fmax(peak, earlier->level[w->condition][w->ambition].excl_mt);
        }
    }
    return peak;
}

static void peak(work *w)
{
    const stk_target *t = w->target;
    stk_quantify_input in = common_input(w, STK_TARGET_PEAK);
    bool numbered = !isnan(reduction(w)) || !isnan(t->cut_mt);
    if (!numbered) {
        in.kind = STK_TARGET_NONE;
        method_add(w->result->method, "peak in %d: on the baseline until then", t->year);
        finish(w, &in);
        return;
    }
    in.emissions_reference_mt = peak_level(w);
    in.coverage_reference = in.coverage_target;
    in.lulucf_reference_mt = in.lulucf_target_mt;
    in.value_is_mt = isnan(reduction(w));
    set_value(w, &in, in.value_is_mt ? t->cut_mt : reduction(w));
    method_add(w->result->method, "%.6g %s below the peak of %.6g Mt",
               in.value_is_mt ? t->cut_mt : reduction(w), in.value_is_mt ? "Mt" : "%",
               in.emissions_reference_mt);
    finish(w, &in);
}

static void policies_only(work *w)
{
    stk_quantify_input in = common_input(w, STK_TARGET_NONE);
    method_add(w->result->method, "policies only: baseline");
    finish(w, &in);
}

/* A stated level; its cut is known where the row has the baseline or the per cent too. */
static void stated_level(work *w, double mt)
{
    const stk_target *t = w->target;
    bool baseline = t->kind == STK_TARGET_BASELINE;
    double stated =
        baseline && usable(w, t->stated_baseline_mt) ? t->stated_baseline_mt : (double)NAN;
    method_add(w->result->method, "%s level %.6g Mt",
               t->what_if         ? "supposed"
               : t->level_derived ? "derived"
                                  : "stated",
               mt);
    quantify_stated(w, mt, stated, baseline ? reduction(w) : (double)NAN);
    if (w->result->from.row != NULL && w->result->found) {
        w->result->from.stated_mt = mt;
    }
    tell_set(w);
}

static void per_head_or_gdp(work *w)
{
    double value = w->target->level_mt[w->ambition] * driver_of_actor(w, w->target->year) / 1e6;
    method_add(w->result->method, "level per %s", w->target->per_capita ? "head" : "GDP");
    stated_level(w, value);
}

static void by_kind(work *w)
{
    const stk_target *t = w->target;
    double level = t->level_mt[w->ambition];
    bool stated = usable(w, level);
    /* A level that was derived from a base year's would mix two inventories; the relative change
     * applied to ours keeps the world's sum. */
    bool relative = t->level_derived && t->kind == STK_TARGET_BASE_YEAR;
    bool per_driver = t->per_capita || t->per_gdp;
    if (t->kind == STK_TARGET_NONE) {
        policies_only(w);
    } else if (t->sum_from != 0) {
        sum_over_years(w);
    } else if (t->sector_only) {
        sector_target(w);
    } else if (stated && per_driver && t->kind == STK_TARGET_ABSOLUTE) {
        per_head_or_gdp(w);
    } else if (stated && !relative) {
        stated_level(w, level);
    } else if (t->kind == STK_TARGET_PEAK) {
        peak(w);
    } else if (t->kind == STK_TARGET_BASELINE) {
        below_baseline(w);
    } else if (t->kind == STK_TARGET_BASE_YEAR || t->kind == STK_TARGET_INTENSITY) {
        bool growing = t->kind == STK_TARGET_INTENSITY || per_driver;
        reference_reduction(w, growing ? STK_TARGET_INTENSITY : STK_TARGET_BASE_YEAR);
    } else {
        method_add(w->result->method, "not quantified");
    }
}

target_level quantify_target(const national_context *context, const stk_national *national,
                             const stk_target *target, stk_condition condition,
                             stk_ambition ambition, char *method)
{
    target_level result = {
        .level = {NAN, NAN}, .hold_excl_mt = NAN, .mark = target->confidence, .method = method};
    work w = begin(context, national, target, condition, ambition, &result);
    result.net = w.net;
    by_kind(&w);
    return result;
}
