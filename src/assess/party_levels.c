/** @file party_levels.c
 * @brief The level of every Party in a year: against the last year of data, by head, how sure.
 */
#include <stocktake/profile.h>

#include <math.h>

#include "assess/assess_impl.h"

static double people(const stk_data *data, const stk_actor *actor, int year)
{
    double sum = 0;
    for (int m = 0; m < actor->member_count; m++) {
        double value = stk_baseline_population(data->baseline, actor->members[m], year);
        sum += value > 0 ? value : 0.0;
    }
    return sum > 0 ? sum : (double)NAN;
}

void stk_party_level_find(const stk_data *data, const stk_world *world, size_t i, int year,
                          stk_party_level *level)
{
    const stk_national *n = stk_world_national(world, i);
    int last = stk_baseline_history_last(data->baseline);
    int at = year - STK_PATH_FIRST;
    double history = n->baseline[last - STK_PATH_FIRST];
    double heads = people(data, &n->actor, year);
    const stk_actor_target *target = assess_target_reaching(n, year);
    *level = (stk_party_level){.national = n,
                               .document = target == NULL ? NULL : target->document,
                               .target_year = target == NULL ? 0 : target->year,
                               .confidence = "",
                               .baseline_mt = n->baseline[at],
                               .history_year = last,
                               .history_mt = history,
                               .population = heads};
    for (int k = 0; k < STK_AREA_CASES; k++) {
        stk_condition condition = (stk_condition)(k / STK_AMBITIONS);
        stk_ambition ambition = (stk_ambition)(k % STK_AMBITIONS);
        double mt = n->path[condition][ambition][at];
        level->level_mt[condition][ambition] = mt;
        level->change_pct[condition][ambition] = stk_change_pct(history, mt);
        level->per_head_t[condition][ambition] = 1e6 * mt / heads;
    }
    if (target != NULL) {
        level->confidence = target->mark[stk_target_condition(target)][STK_LOW];
    } else if (n->actor.kind == STK_ACTOR_PARTY &&
               assess_newest_is_unknown(data->pledges, n->actor.iso3,
                                        stk_world_options(world)->as_of.date)) {
        level->confidence = stk_confidence_mark(STK_CONFIDENCE_MARKS - 1);
    }
}
