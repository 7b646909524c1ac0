/** @file checks.h
 * @brief Levels that look wrong: what the guard of levels (levels.h) caught, named for people.
 */
#ifndef STOCKTAKE_CHECKS_H
#define STOCKTAKE_CHECKS_H

#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A level that the guard caught, or one that stands where a reading of a number was refused. Other
 * text belongs to the world. */
typedef struct stk_checked_level {
    const char *iso3;
    const char *name;             /**< of the Party */
    stk_date submitted;           /**< the document */
    int year;                     /**< of the target that makes the level */
    stk_condition condition;      /**< unconditional, conditional where nothing else is stated */
    stk_ambition ambition;        /**< the one with the graver finding */
    double level_mt;              /**< without LULUCF */
    double baseline_mt;           /**< of the same year */
    bool refused;                 /**< a reading of the document's number is below 2 % */
    const char *words;            /**< "falls by more than 10 % a year" */
    const char *mark;             /**< of the level: never A or A* */
    char method[STK_METHOD_SIZE]; /**< how it came about, of stk_checked_levels() alone */
} stk_checked_level;

/** What the guard found in one level, in words; NULL for nothing. */
const char *stk_level_check_words(const stk_actor_target *target, stk_condition condition,
                                  stk_ambition ambition);

/** The condition whose level stands for a target: unconditional, conditional where only that is
 * stated. */
stk_condition stk_target_condition(const stk_actor_target *target);

/** Whether a target's level under a condition looks wrong in either ambition, and how. */
bool stk_check_level(const stk_national *national, const stk_actor_target *target,
                     stk_condition condition, stk_checked_level *checked);

/** The Parties whose level in a year looks wrong, largest level first.
 * @param list  to be freed with free(); text belongs to the world */
stk_status stk_checked_levels(const stk_world *world, int year, stk_checked_level **list,
                              size_t *count, stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
