/** @file actor.c
 * @brief What the data says of an actor: baseline, coverage of gases and sectors, LULUCF.
 */
#include <math.h>

#include "world/level_impl.h"

enum { HOLD_YEARS = 5, REPORTED_NOT_BEFORE = 2010 };

double actor_baseline_mt(const national_context *context, const stk_actor *actor, size_t gwp,
                         int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        sum += stk_baseline_mt(context->baseline, actor->members[m], gwp, year);
    }
    return sum;
}

static double gas_share(const national_context *context, const stk_actor *actor, unsigned gases,
                        size_t gwp, int year)
{
    double covered = 0;
    double all = 0;
    for (int m = 0; m < actor->member_count; m++) {
        for (int g = 0; g < STK_GAS_GROUPS; g++) {
            double mt = stk_baseline_group_mt(context->baseline, actor->members[m],
                                              (stk_gas_group)g, gwp, year);
            all += mt;
            covered += (gases & (1u << g)) != 0 ? mt : 0.0;
        }
    }
    return all > 0 ? covered / all : 1.0;
}

static double sector_share(const national_context *context, const stk_actor *actor,
                           unsigned sectors, size_t gwp)
{
    static const char *const names[] = {"energy", "industry", "agriculture", "waste"};
    double covered = 0;
    double all = 0;
    for (int m = 0; m < actor->member_count; m++) {
        double mt = stk_inventory_total_mt(context->inventory, actor->members[m], gwp,
                                           stk_baseline_history_last(context->baseline));
        all += mt;
        for (unsigned s = 0; s < 4; s++) {
            double share =
                stk_inventory_sector_share(context->inventory, actor->members[m], names[s]);
            covered += (sectors & (1u << s)) != 0 ? mt * share : 0.0;
        }
    }
    return all > 0 ? covered / all : 1.0;
}

double actor_coverage(const national_context *context, const stk_actor *actor,
                      const stk_target *target, size_t gwp, int year)
{
    unsigned all_gases = (1u << STK_GAS_GROUPS) - 1;
    double share = 1.0;
    if ((target->gases & all_gases) != all_gases) {
        share *= gas_share(context, actor, target->gases, gwp, year);
    }
    if ((target->sectors & STK_SECTOR_ALL) != STK_SECTOR_ALL) {
        share *= sector_share(context, actor, target->sectors, gwp);
    }
    return fmin(1.0, fmax(0.0, share));
}

static double record_mt(const national_context *context, const stk_actor *actor, bool reported,
                        int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        double mt =
            reported ? stk_inventory_lulucf_reported_mt(context->inventory, actor->members[m], year)
                     : stk_inventory_lulucf_mt(context->inventory, actor->members[m], year);
        sum += mt;
    }
    return sum;
}

/* Mean of the values in the last five years with data; 0 when there are none at all. */
static double mean_of_last(const national_context *context, const stk_actor *actor, bool reported,
                           int last)
{
    double sum = 0;
    int count = 0;
    for (int year = last - HOLD_YEARS + 1; year <= last; year++) {
        double mt = record_mt(context, actor, reported, year);
        if (!isnan(mt)) {
            sum += mt;
            count++;
        }
    }
    return count > 0 ? sum / count : 0.0;
}

static int last_year(const national_context *context, const stk_actor *actor, bool reported)
{
    for (int year = STK_PATH_LAST; year >= STK_PATH_FIRST; year--) {
        if (!isnan(record_mt(context, actor, reported, year))) {
            return year;
        }
    }
    return 0;
}

/* The Party's own inventory speaks where it is recent and reaches the reference year; a level
 * must not mix two sources, whose forests differ by definition. */
actor_lulucf actor_lulucf_choose(const national_context *context, const stk_actor *actor,
                                 int reference_year)
{
    actor_lulucf choice = {true, last_year(context, actor, true), 0};
    bool reaches = reference_year == 0 || !isnan(record_mt(context, actor, true, reference_year));
    bool known = choice.last >= REPORTED_NOT_BEFORE &&
                 !isnan(own_land_find(context, actor, 0).record_mt); /* and not absurd */
    if (!known || !reaches) {
        choice.reported = false;
        choice.last = last_year(context, actor, false);
    }
    choice.hold_mt = mean_of_last(context, actor, choice.reported, choice.last);
    return choice;
}

double actor_lulucf_mt(const national_context *context, const stk_actor *actor,
                       const actor_lulucf *lulucf, int year)
{
    double mt = record_mt(context, actor, lulucf->reported, year);
    return isnan(mt) ? lulucf->hold_mt : mt;
}

void actor_bookkeeping(const national_context *context, const stk_actor *actor,
                       double mt[STK_PATH_YEARS])
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        mt[i] = 0;
    }
    for (int m = 0; m < actor->member_count; m++) {
        stk_actor single = {.member_count = 1, .members = {actor->members[m]}};
        int last = last_year(context, &single, false);
        double hold = last > 0 ? mean_of_last(context, &single, false, last) : 0.0;
        for (int i = 0; i < STK_PATH_YEARS; i++) {
            double value = i + STK_PATH_FIRST > last
                               ? hold
                               : stk_inventory_lulucf_mt(context->inventory, actor->members[m],
                                                         i + STK_PATH_FIRST);
            mt[i] += isnan(value) ? 0.0 : value;
        }
    }
}
