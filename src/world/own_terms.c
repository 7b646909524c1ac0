/** @file own_terms.c
 * @brief What a Party's own inventory says: totals, land use, its ratio to the composite inventory.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "world/level_impl.h"

enum { OLDEST_RECENT = 2010 };

static const double same_number = 0.01;

/* A list of gases and sectors that covers this much leaves out what an inventory leaves out too. */
static const double nearly_all = 0.9;

/* A reported sink or source this many times present emissions is a slip of units, no record. */
static const double absurd_land = 50.0;

/* Own terms are those of one Party; the members of a joint document have theirs apart. */
static const stk_own_value *own_values(const national_context *context, const stk_actor *actor,
                                       size_t *count)
{
    *count = 0;
    return actor->member_count == 1
               ? stk_inventory_own(context->inventory, actor->members[0], count)
               : NULL;
}

double covered_gases_mt(const work *w, size_t gwp, int year)
{
    double sum = 0;
    const stk_actor *actor = &w->national->actor;
    for (int m = 0; m < actor->member_count; m++) {
        for (int g = 0; g < STK_GAS_GROUPS; g++) {
            if ((w->gases & (1u << g)) != 0) {
                sum += stk_baseline_group_mt(w->context->baseline, actor->members[m],
                                             (stk_gas_group)g, gwp, year);
            }
        }
    }
    return sum;
}

/* Totals of inventories are of all gases. */
static double total_mt(const work *w, size_t gwp, int year)
{
    return actor_baseline_mt(w->context, &w->national->actor, gwp, year);
}

static size_t set_of(const work *w, const char *name)
{
    size_t set = w->document_gwp;
    if (name[0] != '\0') {
        stk_gwp_find_set(stk_inventory_gwp(w->context->inventory), stk_text_of(name), &set, NULL);
    }
    return set;
}

/* From one GWP set to that of the row's document, by the Party's own gases of the year. */
static double to_document_set(const work *w, double mt, size_t set, int year)
{
    double from = total_mt(w, set, year);
    return set == w->document_gwp || !(from > 0) ? mt
                                                 : mt * total_mt(w, w->document_gwp, year) / from;
}

static bool condition_fits(const stk_own_value *value, stk_condition condition)
{
    return value->condition == STK_OWN_ANY_CONDITION ||
           (value->condition == STK_OWN_CONDITIONAL) == (condition == STK_CONDITIONAL);
}

bool in_composite_terms(const work *w)
{
    return w->target->what_if || w->context->options->stated == STK_STATED_OWN;
}

double own_number(const work *w, stk_own_quantity quantity, int year)
{
    size_t count;
    const stk_own_value *values = own_values(w->context, &w->national->actor, &count);
    for (size_t i = 0; i < count && !w->target->what_if; i++) {
        if (values[i].document == w->target->submitted && values[i].document != 0 &&
            values[i].quantity == quantity && values[i].year == year &&
            condition_fits(&values[i], w->condition)) {
            return values[i].mt;
        }
    }
    return (double)NAN;
}

/* Another number of the same source and year; NaN where there is none. */
static double beside(const stk_own_value *values, size_t count, const stk_own_value *one,
                     stk_own_quantity quantity)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].document == one->document && values[i].year == one->year &&
            values[i].quantity == quantity) {
            return values[i].mt;
        }
    }
    return (double)NAN;
}

/* ---- land use ---- */

/* LULUCF of one entry: stated, or the difference of the two totals. */
static double land_of(const stk_own_value *values, size_t count, const stk_own_value *one)
{
    if (one->quantity == STK_OWN_LULUCF) {
        return one->mt;
    }
    return one->quantity == STK_OWN_TOTAL_INCL
               ? one->mt - beside(values, count, one, STK_OWN_TOTAL_EXCL)
               : (double)NAN;
}

/* The row's own document goes before others, then the newest year counts. */
static double newest_land(const stk_own_value *values, size_t count, stk_date document)
{
    double land = (double)NAN;
    int newest = 0;
    bool own = false;
    for (size_t i = 0; i < count; i++) {
        double mt = land_of(values, count, &values[i]);
        bool same = document != 0 && values[i].document == document;
        if (!isnan(mt) && values[i].year >= OLDEST_RECENT &&
            ((same && !own) || (same == own && values[i].year > newest))) {
            land = mt;
            newest = values[i].year;
            own = same;
        }
    }
    return land;
}

static double record_of(const national_context *context, const stk_actor *actor, int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        sum += stk_inventory_lulucf_reported_mt(context->inventory, actor->members[m], year);
    }
    return sum;
}

own_land own_land_find(const national_context *context, const stk_actor *actor, stk_date document)
{
    size_t count;
    const stk_own_value *values = own_values(context, actor, &count);
    own_land land = {newest_land(values, count, document), (double)NAN};
    for (int year = stk_baseline_history_last(context->baseline);
         year >= OLDEST_RECENT && isnan(land.record_mt); year--) {
        land.record_mt = record_of(context, actor, year);
    }
    double present = actor_baseline_mt(context, actor, context->options->gwp,
                                       stk_baseline_history_last(context->baseline));
    if (fabs(land.record_mt) > absurd_land * present) {
        land.record_mt = (double)NAN;
    }
    return land;
}

/* ---- totals and their ratio ---- */

/* The total of one entry without LULUCF. */
static double total_of(const stk_own_value *values, size_t count, const stk_own_value *one)
{
    if (one->quantity == STK_OWN_TOTAL_EXCL) {
        return one->mt;
    }
    if (one->quantity != STK_OWN_TOTAL_INCL ||
        !isnan(beside(values, count, one, STK_OWN_TOTAL_EXCL))) {
        return (double)NAN;
    }
    return one->mt - beside(values, count, one, STK_OWN_LULUCF);
}

/* The record's total: of Annex I Parties in AR5; of the others in the set that decision 17/CP.8
 * asked them to use. */
static double record_total(const work *w, int year)
{
    bool annex_i;
    const stk_actor *actor = &w->national->actor;
    if (actor->member_count != 1) {
        return (double)NAN;
    }
    double mt = stk_inventory_reported_mt(w->context->inventory, actor->members[0], year, &annex_i);
    return mt > 0 ? to_document_set(w, mt, set_of(w, annex_i ? "AR5" : "SAR"), year) : (double)NAN;
}

double own_total(const work *w, int year, bool net)
{
    size_t count;
    const stk_own_value *values = own_values(w->context, &w->national->actor, &count);
    double found = (double)NAN;
    bool own = false;
    for (size_t i = 0; i < count; i++) {
        double mt = net ? (values[i].quantity == STK_OWN_TOTAL_INCL ? values[i].mt : (double)NAN)
                        : total_of(values, count, &values[i]);
        bool same = values[i].document == w->target->submitted;
        if (values[i].year == year && !isnan(mt) && (isnan(found) || (same && !own))) {
            found = to_document_set(w, mt, set_of(w, values[i].gwp), year);
            own = same;
        }
    }
    return isnan(found) && !net ? record_total(w, year) : found;
}

/* How well an entry serves: the row's own document from 2010 on, then any of its years, then a
 * national inventory, then the record and other documents; these from 2010 on. */
enum { RANK_NONE, RANK_OTHER, RANK_NATIONAL, RANK_OLD, RANK_DOCUMENT };

static int rank_of(const work *w, const stk_own_value *value)
{
    bool recent = value->year >= OLDEST_RECENT;
    if (value->document == w->target->submitted) {
        return recent ? RANK_DOCUMENT : RANK_OLD;
    }
    bool knew = value->year <= stk_date_year(w->target->submitted); /* so that it may speak of it */
    return !recent ? RANK_NONE : value->document == 0 && knew ? RANK_NATIONAL : RANK_OTHER;
}

static own_ratio compare_in(const work *w, int year, double own_mt)
{
    own_ratio found = {year, own_mt, total_mt(w, w->document_gwp, year), {0, false}, false};
    found.ratio = stk_inventory_ratio(found.composite_mt, own_mt);
    return found;
}

own_ratio own_ratio_find(const work *w)
{
    size_t count;
    const stk_own_value *values = own_values(w->context, &w->national->actor, &count);
    own_ratio best = {0, (double)NAN, (double)NAN, {(double)NAN, false}, true};
    int best_rank = RANK_NONE;
    for (size_t i = 0; i < count; i++) {
        double mt = total_of(values, count, &values[i]);
        int year = values[i].year;
        int rank = rank_of(w, &values[i]);
        bool better = rank > best_rank || (rank == best_rank && year > best.year);
        bool compared = year >= STK_PATH_FIRST && year <= w->present_year + 1;
        if (mt > 0 && rank > RANK_NONE && better && compared) {
            best = compare_in(w, year, to_document_set(w, mt, set_of(w, values[i].gwp), year));
            best_rank = rank;
        }
    }
    for (int year = w->present_year;
         best_rank <= RANK_OTHER && year >= OLDEST_RECENT && year > best.year; year--) {
        double mt = record_total(w, year);
        if (!isnan(mt)) {
            best = compare_in(w, year, mt);
            break;
        }
    }
    best.other = best_rank <= RANK_OTHER;
    return best;
}

/* ---- scope ---- */

static bool same(double a, double b)
{
    return fabs(a - b) <= same_number * fabs(b);
}

bool is_national_total(const work *w, double number_mt)
{
    const unsigned carbon_dioxide = 1u << STK_GAS_CO2;
    double covered = w->gas_share * w->sector_share;
    bool of_inventory = !isnan(own_number(w, STK_OWN_BAU_EXCL, w->target->year)) ||
                        !isnan(own_number(w, STK_OWN_BAU_INCL, w->target->year)) ||
                        covered >= nearly_all;
    if (covered >= 1.0 || !(covered > 0) || (of_inventory && w->target->gases != carbon_dioxide)) {
        return true;
    }
    double all = stk_log(number_mt / w->emissions_t);
    double part = stk_log(number_mt / (covered * w->emissions_t));
    return number_mt > 0 && fabs(all) <= fabs(part);
}

bool row_is_net(const work *w)
{
    const stk_target *t = w->target;
    double with = own_number(w, STK_OWN_BAU_INCL, t->year);
    double without = own_number(w, STK_OWN_BAU_EXCL, t->year);
    bool has_land = same(t->stated_baseline_mt, with) && !same(t->stated_baseline_mt, without);
    bool says_so =
        t->lulucf == STK_TARGET_LULUCF_INCLUDED || t->lulucf == STK_TARGET_LULUCF_GROSS_NET;
    bool no_land =
        same(t->stated_baseline_mt, without) && !isnan(with) && !same(t->stated_baseline_mt, with);
    bool says_nothing =
        t->lulucf == STK_TARGET_LULUCF_UNKNOWN || t->lulucf == STK_TARGET_LULUCF_LISTED;
    return (says_so && !no_land) || (says_nothing && has_land);
}
