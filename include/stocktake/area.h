/** @file area.h
 * @brief The pathway of any area that a person asks for: one actor of the world, or a sum of them.
 *
 * A group is the sum of its members. The joint document of the EU cannot be split among its
 * members, so where only some of them belong to a group, they take of the EU's pathway the part
 * that their baselines have in its baseline, year by year; together the members make the EU.
 */
#ifndef STOCKTAKE_AREA_H
#define STOCKTAKE_AREA_H

#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_AREA_NOTE_SIZE = 400 };

/** The pathway of a set of areas under the options of a world. */
typedef struct stk_area_path {
    /** Sums; for a group without targets, and under the set's code and name. Its kind is that of
     * the actor, and means nothing for a group. Texts belong to the set and the world. */
    stk_national national;
    bool is_actor;   /**< one actor of the world, whole: `national` is its own */
    bool for_member; /**< of that actor a member was asked for, for which it speaks */
    int split_count; /**< members of the joint document that stand in a group for themselves */
    char note[STK_AREA_NOTE_SIZE]; /**< how the joint document is treated; "" where it is not */
} stk_area_path;

/** Sum the pathways of a set of areas.
 * @param baseline  that the world was made with
 * @param set       of stk_areas_find(); must outlive `path`
 * @return STK_ENOTFOUND for areas that the world does not have */
stk_status stk_area_path_make(const stk_inventory *inventory, const stk_baseline *baseline,
                              const stk_world *world, const stk_area_set *set, stk_area_path *path,
                              stk_error *error);

/** What kind of thing a path is: "party", "territory", "bunker", "difference", "group", "world". */
const char *stk_area_path_kind(const stk_area_path *path, const stk_area_set *set);

/** Whether any area of a set belongs to an actor. */
bool stk_area_set_has(const stk_area_set *set, const stk_actor *actor);

#ifdef __cplusplus
}
#endif
#endif
