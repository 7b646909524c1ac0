/** @file what_if.h
 * @brief What if a Party pledged something else: words that a person types, laid over the pledges.
 *
 *     IND 2035=3000Mt        a level without LULUCF, in the GWP set in use; also 3Gt
 *     IND 2035=-60%@2005     below emissions of a year in the composite inventory
 *     IND 2035=-45%/GDP@2005 the same per GDP
 *     IND 2035=-20%/BAU      below the modelled baseline
 *     G20 2035=-10%          below what each Party pledges in that year, or its baseline
 *     IND net-zero=2060      a law of that day; none: every aim is withdrawn
 *
 * The area is any that stk_areas_find() knows. What is supposed is a document of the day of the
 * world, for all conditions and ambitions, in the composite inventory's terms; it takes the place
 * of what the Party's documents state for that year and leaves their other years and land use. A
 * net-zero aim moves the pathways that count such aims, and no plain level.
 */
#ifndef STOCKTAKE_WHAT_IF_H
#define STOCKTAKE_WHAT_IF_H

#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum stk_what_if_kind {
    STK_WHAT_IF_LEVEL,     /**< Mt */
    STK_WHAT_IF_BASE_YEAR, /**< per cent of a year's emissions */
    STK_WHAT_IF_INTENSITY, /**< per cent of a year's emissions per GDP */
    STK_WHAT_IF_BASELINE,  /**< per cent of the modelled baseline */
    STK_WHAT_IF_PLEDGED,   /**< per cent of what is pledged */
    STK_WHAT_IF_NET_ZERO
} stk_what_if_kind;

enum { STK_WHAT_IF_WORDS_SIZE = 1024, STK_WHAT_IF_NOTE_SIZE = 400, STK_WHAT_IF_MEANS_SIZE = 200 };

typedef struct stk_what_if {
    stk_area_set areas;
    stk_what_if_kind kind;
    int year;                           /**< of the target, or of net zero; 0: no aim */
    int reference_year;                 /**< 0: none */
    double level_mt;                    /**< of STK_WHAT_IF_LEVEL */
    double change_pct;                  /**< of the other targets; negative: below */
    char words[STK_WHAT_IF_WORDS_SIZE]; /**< "IND 2035=-60%@2005": what was typed, by codes */
    /** "60 % below 2005, 7312 Mt: 2925 Mt without land use": the base and the level that it came
     * to, unconditional and with low ambition; "" until it is applied. */
    char means[STK_WHAT_IF_MEANS_SIZE];
} stk_what_if;

/** The first year that a what-if may name as that of a target or of net zero, the last is
 * STK_PATH_LAST: documents of the world's day bend no pathway before it. */
int stk_what_if_first_year(const stk_world *world);

/** Read the words of a what-if, and see that the world can take it.
 * @return STK_ENOTFOUND for an area with the nearest names, STK_EARG for everything else, with what
 * was given and what is allowed */
stk_status stk_what_if_parse(const stk_world *world, stk_text words, stk_what_if *what_if,
                             stk_error *error);

/** Lay a what-if over the pledges of a world and draw the Parties that it changes again. Groups are
 * expanded against the world as it is, so with the what-ifs before it.
 * @param what_if  receives `means`
 * @param world    has the pledges that it was made with, or those of the what-if before; afterwards
 *                 it has `*pledges`. Nothing changes on refusal.
 * @param pledges  an overlay; what the world had before must outlive it
 * @param note     what is said of it: members of the joint document and areas without pledges that
 *                 stay; "" for nothing. May be NULL. */
stk_status stk_what_if_apply(stk_what_if *what_if, stk_world *world, stk_pledges **pledges,
                             char note[STK_WHAT_IF_NOTE_SIZE], stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
