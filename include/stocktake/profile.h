/** @file profile.h
 * @brief One area, or a group, in the figures that people ask for first, and what a group of
 * Parties changed in the world.
 */
#ifndef STOCKTAKE_PROFILE_H
#define STOCKTAKE_PROFILE_H

#include <stocktake/area.h>
#include <stocktake/assess.h>
#include <stocktake/fairness.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Emissions against those of an earlier year. */
typedef struct stk_profile_change {
    int from;
    double from_mt;
    double change_pct;
} stk_profile_change;

/** Against the year before, 1990, 2005 and 2010. */
enum { STK_PROFILE_CHANGES = 4 };

/** CO2 from `from` to the last year of data, and its share of the world's. */
typedef struct stk_profile_cumulative {
    int from; /**< the first year of the record, 1850 */
    double fossil_gt;
    double fossil_share_pct;
    double land_use_gt; /**< bookkeeping; NaN where it is not on record */
    double share_pct;   /**< of both together */
} stk_profile_cumulative;

/** Where an area stands in the last year of data, and what 1.5 °C would ask of it by two simple
 * rules (docs/methods.md, "The sheet of an area"). Emissions are without LULUCF in the GWP set of
 * the world. Numbers that mean nothing for the area are NaN. */
typedef struct stk_profile {
    int year;
    double emissions_mt;
    double lulucf_co2_mt; /**< bookkeeping; NaN where it is not on record */
    double share_of_world_pct;
    int rank;  /**< among the areas with emissions that the world is the sum of; 0 for a group */
    int areas; /**< how many these are */
    double population;
    double gdp; /**< international dollars of 2017 */
    double per_head_t;
    double world_per_head_t;
    double per_gdp_kg; /**< for one of these dollars */
    double world_per_gdp_kg;
    stk_profile_change changes[STK_PROFILE_CHANGES];
    stk_profile_cumulative cumulative;
    int goal_year;        /**< the area's next target, else the next five-year mark */
    char goal[64];        /**< the benchmark, "C1" */
    double world_cut_pct; /**< what the benchmark asks of the world from `year` to `goal_year` */
    double equal_cut_mt;  /**< the area's level with that cut */
    double equal_per_head_mt; /**< the area's part of the world so cut, by population */
    double pledged_mt[STK_CONDITIONS][STK_AMBITIONS]; /**< the pathway in that year */
    bool is_rated;                                    /**< by stk_profile_rate() */
    stk_fairness_rating rating; /**< of the unconditional pathway in that year, low ambition */
} stk_profile;

/** The part on the last year of data, up to the intensities; the rest stays as it is.
 * @param world  that `path` was made of */
void stk_profile_present(const stk_data *data, const stk_world *world, const stk_area_set *set,
                         const stk_area_path *path, stk_profile *profile);

/** People of those areas of a path that have a count of them, 0 where none has: of the year,
 * projected after the last year of data. */
double stk_profile_population(const stk_data *data, const stk_area_set *set,
                              const stk_area_path *path, int year);

/** All but the rating. */
stk_status stk_profile_make(const stk_data *data, const stk_world *world, const stk_area_set *set,
                            const stk_area_path *path, stk_profile *profile, stk_error *error);

/** Add the rating among the readings of equity that share the same benchmark; none for what shares
 * nothing, and where nothing is left to share. */
stk_status stk_profile_rate(const stk_data *data, const stk_world *world, const stk_area_path *path,
                            stk_profile *profile, stk_error *error);

/** An area in a target year under one condition and ambition. */
typedef struct stk_area_case {
    stk_condition condition;
    stk_ambition ambition;
    double level_mt;           /**< without LULUCF */
    double level_incl_mt;      /**< with bookkeeping CO2 of land use */
    double change_pct;         /**< of the level without LULUCF, from the last year of data */
    double share_of_world_pct; /**< of the world's level without LULUCF */
    double before_mt;          /**< the level on the earlier date; NaN without one */
    double change_gt;          /**< from the earlier date to the later one */
    double world_change_gt;    /**< of the world; the changes of all areas add up to it */
    double share_of_change_pct;
} stk_area_case;

enum { STK_AREA_CASES = (int)STK_CONDITIONS * (int)STK_AMBITIONS };

typedef struct stk_area_assessment {
    int history_last;
    double emissions_mt; /**< in that year */
    double baseline_mt;  /**< in the target year */
    stk_area_case cases[STK_AREA_CASES];
    stk_area_path path; /**< of the later date */
} stk_area_assessment;

/** What an area is heading for in a year, and what came of it since an earlier date: the difference
 * of two worlds of the same options.
 * @param since  0: no comparison
 * @return STK_EARG for a year that is no future */
stk_status stk_area_assess(const stk_data *data, const stk_options *options,
                           const stk_area_set *set, int year, stk_date since,
                           stk_area_assessment *assessment, stk_error *error);

/** A Party, or whatever else the world is the sum of, in a target year. Levels are without LULUCF
 * in the GWP set of the world. Numbers that mean nothing for it are NaN. */
typedef struct stk_party_level {
    const stk_national *national; /**< of the world */
    const stk_target *document; /**< that the level is made of; NULL: no target reaches the year */
    int target_year;            /**< of its target, the year or a later one; 0 for none */
    const char *confidence;     /**< as coverage counts it; "" where nothing is known of a pledge */
    double level_mt[STK_CONDITIONS][STK_AMBITIONS];
    double change_pct[STK_CONDITIONS][STK_AMBITIONS]; /**< from the last year of data */
    double per_head_t[STK_CONDITIONS][STK_AMBITIONS]; /**< of the population of the target year */
    double population;
    double baseline_mt; /**< in the target year */
    int history_year;
    double history_mt;
} stk_party_level;

/** The level of one actor of a world.
 * @param i     below stk_world_count()
 * @param year  STK_PATH_FIRST to STK_PATH_LAST */
void stk_party_level_find(const stk_data *data, const stk_world *world, size_t i, int year,
                          stk_party_level *level);

#ifdef __cplusplus
}
#endif
#endif
