/** @file level.c
 * @brief One row of a document to one level: gathers the inputs of stk_quantify() from the data.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pathway/national_impl.h"

/* A stated level this far from present emissions is likely of another scope. */
static const double implausible_ratio = 4.0;

void method_add(char method[STK_METHOD_SIZE], const char *format, ...)
{
    char text[STK_METHOD_SIZE];
    size_t used = strlen(method);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t size = strlen(text);
    if (used + size + 3 < STK_METHOD_SIZE) {
        memcpy(method + used, "; ", used > 0 ? 2 : 0);
        memcpy(method + used + (used > 0 ? 2 : 0), text, size + 1);
    }
}

/* Everything known about a row while it is quantified. */
typedef struct work {
    const national_context *context;
    const stk_national *national;
    const stk_target *target;
    stk_condition condition;
    stk_ambition ambition;
    actor_lulucf lulucf;
    double emissions_t;
    double lulucf_t;
    double present_mt; /* emissions in the last year of data */
    size_t document_gwp;
    double gwp_factor; /* from the document's set to the user's */
    target_level *result;
} work;

static int reference_year(const stk_target *target)
{
    bool has = target->kind == STK_TARGET_BASE_YEAR || target->kind == STK_TARGET_INTENSITY;
    return has ? target->reference_year : target->year;
}

static bool counts_lulucf(const stk_target *target)
{
    return target->lulucf == STK_TARGET_LULUCF_INCLUDED ||
           target->lulucf == STK_TARGET_LULUCF_GROSS_NET;
}

/* Documents that name no set: AR4 was the rule before 2021, AR5 since (decision 18/CMA.1). */
static const char *document_gwp_name(const stk_target *target)
{
    if (target->gwp[0] != '\0') {
        return target->gwp;
    }
    return stk_date_year(target->submitted) < 2021 ? "AR4" : "AR5";
}

/* The ratio of the covered gases' emissions in the two sets, in the target year. */
static double gwp_factor(const work *w)
{
    const national_context *c = w->context;
    const stk_actor *actor = &w->national->actor;
    double to = 0;
    double from = 0;
    for (int m = 0; m < actor->member_count; m++) {
        for (int g = 0; g < STK_GAS_GROUPS; g++) {
            if ((w->target->gases & (1u << g)) == 0) {
                continue;
            }
            stk_gas_group group = (stk_gas_group)g;
            to += stk_baseline_group_mt(c->baseline, actor->members[m], group, c->options->gwp,
                                        w->target->year);
            from += stk_baseline_group_mt(c->baseline, actor->members[m], group, w->document_gwp,
                                          w->target->year);
        }
    }
    return from > 0 ? to / from : 1.0;
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
              .result = result};
    int reference = counts_lulucf(target) ? reference_year(target) : 0;
    /* beyond the data both sources hold their mean, so only a past reference year decides */
    bool past = reference <= stk_baseline_history_last(context->baseline);
    w.lulucf = actor_lulucf_choose(context, &national->actor,
                                   past && reference != target->year ? reference : 0);
    w.emissions_t = national->baseline[target->year - STK_PATH_FIRST];
    w.lulucf_t = actor_lulucf_mt(context, &national->actor, &w.lulucf, target->year);
    w.present_mt =
        national->baseline[stk_baseline_history_last(context->baseline) - STK_PATH_FIRST];
    result->lulucf_mt = w.lulucf_t;
    if (stk_gwp_find_set(stk_inventory_gwp(context->inventory),
                         stk_text_of(document_gwp_name(target)), &w.document_gwp, NULL) != STK_OK) {
        w.document_gwp = context->options->gwp;
    }
    return w;
}

/* A stated level in the user's GWP set. LULUCF is CO2, so only the rest is converted. */
static double convert(work *w, double mt)
{
    if (w->document_gwp != w->context->options->gwp && !isnan(mt)) {
        w->gwp_factor = gwp_factor(w);
        method_add(
            w->result->method, "%s to %s",
            w->target->gwp[0] != '\0' ? w->target->gwp : "GWP not named, taken as AR4/AR5",
            stk_gwp_set_label(stk_inventory_gwp(w->context->inventory), w->context->options->gwp));
    }
    double land = counts_lulucf(w->target) ? w->lulucf_t : 0.0;
    return land + (mt - land) * w->gwp_factor;
}

/* A stated cut; it falls on emissions without LULUCF. */
static double convert_cut(work *w, double mt)
{
    if (w->document_gwp != w->context->options->gwp && !isnan(mt)) {
        w->gwp_factor = gwp_factor(w);
    }
    return mt * w->gwp_factor;
}

static bool implausible(const work *w, double mt)
{
    double present = w->present_mt + (counts_lulucf(w->target) ? w->lulucf_t : 0.0);
    return fabs(mt) > implausible_ratio * fabs(present) ||
           fabs(mt) < fabs(present) / implausible_ratio;
}

/* Whether a stated number may be used as a level of the target year. */
static bool usable(const work *w, double mt)
{
    bool sum = w->target->levels_are_sums &&
               mt > implausible_ratio * (w->present_mt + fmax(w->lulucf_t, 0.0));
    return !isnan(mt) && w->target->sum_from == 0 && !sum;
}

static double reduction(const work *w)
{
    return w->target->reduction_pct[w->ambition];
}

/* Fill the fields that every kind shares. */
static stk_quantify_input common_input(const work *w, stk_target_kind kind)
{
    const national_context *c = w->context;
    const stk_target *t = w->target;
    stk_quantify_input in = {.kind = kind,
                             .value_excl = NAN,
                             .value_incl = NAN,
                             .emissions_reference_mt = NAN,
                             .emissions_target_mt = w->emissions_t,
                             .lulucf_reference_mt = NAN,
                             .lulucf_target_mt = w->lulucf_t,
                             .coverage_reference = NAN,
                             .driver_reference = NAN,
                             .driver_target = NAN,
                             .stated_baseline_incl_mt = NAN};
    in.coverage_target = actor_coverage(c, &w->national->actor, t, c->options->gwp, t->year);
    return in;
}

static void set_value(const work *w, stk_quantify_input *in, double value)
{
    if (counts_lulucf(w->target)) {
        in->value_incl = value;
    } else {
        in->value_excl = value;
    }
}

/* What a per cent with LULUCF is taken of, net. */
static double base_of(const stk_quantify_input *in)
{
    bool reference = !isnan(in->emissions_reference_mt);
    double coverage = reference ? in->coverage_reference : in->coverage_target;
    return coverage * (reference ? in->emissions_reference_mt : in->emissions_target_mt) +
           (reference ? in->lulucf_reference_mt : in->lulucf_target_mt);
}

static void finish(work *w, const stk_quantify_input *in)
{
    stk_error error;
    stk_level held;
    const stk_options *options = w->context->options;
    /* a per cent cut of what is already below zero would raise the level */
    bool below_zero = counts_lulucf(w->target) && !in->value_is_mt && base_of(in) <= 0;
    stk_sinks sinks = below_zero ? STK_SINKS_UNSCALED : options->sinks;
    if (stk_quantify(in, sinks, options->lulucf_source, &w->result->level, &error) != STK_OK ||
        stk_quantify(in, sinks, STK_LULUCF_SOURCE_HOLD, &held, &error) != STK_OK) {
        method_add(w->result->method, "not quantified: %s", error.message);
        w->result->found = false;
        return;
    }
    w->result->hold_excl_mt = held.excl_mt;
    w->result->found = isfinite(w->result->level.excl_mt);
    if (in->coverage_target < 1.0) {
        method_add(w->result->method, "covers %.0f %% of emissions", 100.0 * in->coverage_target);
    }
    if (counts_lulucf(w->target)) {
        method_add(w->result->method, "counts LULUCF%s (%s to %d)",
                   sinks == STK_SINKS_NET ? ", net" : ", sinks unscaled",
                   w->lulucf.reported ? "own inventory" : "bookkeeping", w->lulucf.last);
        if (w->lulucf_t > 0 && options->lulucf_source == STK_LULUCF_SOURCE_FIRST) {
            method_add(w->result->method, "LULUCF source cut first");
        }
    } else if (w->target->lulucf == STK_TARGET_LULUCF_LISTED) {
        method_add(w->result->method, "LULUCF listed, taken as not counted");
    }
}

/* ---- the kinds ---- */

static void stated_level(work *w, double mt)
{
    stk_quantify_input in = common_input(w, STK_TARGET_ABSOLUTE);
    in.value_is_mt = true;
    method_add(w->result->method, "%s level %.6g Mt",
               w->target->level_derived ? "derived" : "stated", mt);
    if (implausible(w, mt)) {
        method_add(w->result->method, "CHECK: far from present emissions");
    }
    set_value(w, &in, convert(w, mt));
    finish(w, &in);
}

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
    in.emissions_reference_mt = w->national->baseline[year - STK_PATH_FIRST];
    in.coverage_reference = actor_coverage(c, &w->national->actor, t, c->options->gwp, year);
    in.lulucf_reference_mt = t->lulucf == STK_TARGET_LULUCF_GROSS_NET
                                 ? 0.0 /* gross then, net now */
                                 : actor_lulucf_mt(c, &w->national->actor, &w->lulucf, year);
    if (kind == STK_TARGET_INTENSITY) {
        in.driver_reference = driver_of_actor(w, year);
        in.driver_target = driver_of_actor(w, t->year);
        method_add(w->result->method, "per %s", t->per_capita ? "head" : "GDP");
    }
    in.value_is_mt = isnan(reduction(w));
    double value = in.value_is_mt ? convert_cut(w, t->cut_mt) : reduction(w);
    method_add(w->result->method, "%.6g %s below %d, composite inventory", value,
               in.value_is_mt ? "Mt" : "%", year);
    if (t->lulucf == STK_TARGET_LULUCF_GROSS_NET) {
        method_add(w->result->method, "gross-net");
    }
    set_value(w, &in, value);
    finish(w, &in);
}

static void below_baseline(work *w)
{
    const stk_target *t = w->target;
    stk_quantify_input in = common_input(w, STK_TARGET_BASELINE);
    in.value_is_mt = isnan(reduction(w));
    double value = in.value_is_mt ? convert_cut(w, t->cut_mt) : reduction(w);
    if (usable(w, t->stated_baseline_mt)) {
        double stated = convert(w, t->stated_baseline_mt);
        in.stated_baseline_incl_mt = counts_lulucf(t) ? stated : stated + w->lulucf_t;
        method_add(w->result->method, "stated baseline %.6g Mt", t->stated_baseline_mt);
        if (implausible(w, t->stated_baseline_mt)) {
            method_add(w->result->method, "CHECK: far from present emissions");
        }
    } else {
        method_add(w->result->method, "modelled baseline");
    }
    method_add(w->result->method, "%.6g %s below it", value, in.value_is_mt ? "Mt" : "%");
    set_value(w, &in, value);
    finish(w, &in);
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
        in.value_excl = fmin(convert_cut(w, cut), w->emissions_t);
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
    double baseline_sum = 0;
    if (t->sum_from < STK_PATH_FIRST) {
        method_add(w->result->method, "not quantified: no record of %d", t->sum_from);
        return;
    }
    for (int year = t->sum_from; year <= t->sum_to; year++) {
        double mt = w->national->baseline[year - STK_PATH_FIRST];
        mt += counts_lulucf(t) ? actor_lulucf_mt(w->context, &w->national->actor, &w->lulucf, year)
                               : 0.0;
        baseline_sum += mt;
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
    in.lulucf_reference_mt = w->lulucf_t;
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

static void per_head_or_gdp(work *w)
{
    double value = w->target->level_mt[w->ambition] * driver_of_actor(w, w->target->year) / 1e6;
    method_add(w->result->method, "level per %s", w->target->per_capita ? "head" : "GDP");
    stated_level(w, value);
}

target_level quantify_target(const national_context *context, const stk_national *national,
                             const stk_target *target, stk_condition condition,
                             stk_ambition ambition)
{
    target_level result = {{NAN, NAN}, NAN, NAN, false, ""};
    work w = begin(context, national, target, condition, ambition, &result);
    double level = target->level_mt[ambition];
    bool stated = usable(&w, level);
    /* A level that was derived from a base year's would mix two inventories; the relative change
     * applied to ours keeps the world's sum. */
    bool relative = target->level_derived && target->kind == STK_TARGET_BASE_YEAR;
    if (target->kind == STK_TARGET_NONE) {
        policies_only(&w);
    } else if (target->sum_from != 0) {
        sum_over_years(&w);
    } else if (target->sector_only) {
        sector_target(&w);
    } else if (stated && (target->per_capita || target->per_gdp) &&
               target->kind == STK_TARGET_ABSOLUTE) {
        per_head_or_gdp(&w);
    } else if (stated && !relative) {
        stated_level(&w, level);
    } else if (target->kind == STK_TARGET_PEAK) {
        peak(&w);
    } else if (target->kind == STK_TARGET_BASELINE) {
        below_baseline(&w);
    } else if (target->kind == STK_TARGET_BASE_YEAR || target->kind == STK_TARGET_INTENSITY) {
        bool growing =
            target->kind == STK_TARGET_INTENSITY || target->per_gdp || target->per_capita;
        reference_reduction(&w, growing ? STK_TARGET_INTENSITY : STK_TARGET_BASE_YEAR);
    } else {
        method_add(result.method, "not quantified");
    }
    return result;
}
