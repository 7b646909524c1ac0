/** @file fairness.h
 * @brief Fair shares of the real world: its Parties, a pathway to share, what each pledged,
 * budgets.
 */
#ifndef STOCKTAKE_FAIRNESS_H
#define STOCKTAKE_FAIRNESS_H

#include <stocktake/benchmark.h>
#include <stocktake/data.h>
#include <stocktake/equity.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_FAIRNESS_FIRST = 1850, STK_FAIRNESS_CATEGORIES = 8 };

/** Income of the usual readings of `gdr` that have a threshold, international dollars of 2017. */
enum { STK_FAIRNESS_THRESHOLD = 9250 };

/** A world whose Parties share a benchmark: all greenhouse gases with the CO2 of land use by
 * bookkeeping models, 1850 to 2100. The EU is one actor. What has no population, GDP or Gini index,
 * and international aviation and shipping, share nothing and keep their part of the world. */
typedef struct stk_fairness stk_fairness;

/** Whether an edition has the data of fair shares. */
bool stk_fairness_in(const stk_edition *edition);

/** @param world       as of a date, in the benchmark's GWP set; must outlive what is made, as must
 *                     `data`
 * @param benchmarks  one a year from STK_PATH_FIRST to STK_PATH_LAST, of
 *                    stk_benchmark_find_years(): observed emissions go straight to its first year
 *                    from 2030 on
 * @return STK_EARG for a benchmark without land use, STK_ENOTFOUND without the data of fair shares
 */
stk_status stk_fairness_make(const stk_data *data, const stk_world *world,
                             const stk_benchmark *benchmarks, stk_fairness **fairness,
                             stk_error *error);
void stk_fairness_free(stk_fairness *fairness);

/** The same of a benchmark of the edition, "C1". A world in another GWP set than the benchmark's is
 * made again in that. */
stk_status stk_fairness_open(const stk_data *data, const stk_world *world, const char *benchmark,
                             stk_fairness **fairness, stk_error *error);

/** What is shared in a year. */
const stk_benchmark *stk_fairness_benchmark(const stk_fairness *fairness, int year);

/** The world of actors, for rules and ratings. */
stk_equity *stk_fairness_equity(const stk_fairness *fairness);
size_t stk_fairness_count(const stk_fairness *fairness);

/** The actor of an index in the world of actors. */
const stk_national *stk_fairness_national(const stk_fairness *fairness, size_t i);

/** Its index by code; a member of the joint EU document gives that of `EUU`; the number of actors
 * for what shares nothing. */
size_t stk_fairness_find(const stk_fairness *fairness, const char *iso3);

/** Emitters that share nothing: how many, which, and their part of the world in the last year of
 * data, per cent. */
size_t stk_fairness_rest_count(const stk_fairness *fairness);
const stk_national *stk_fairness_rest(const stk_fairness *fairness, size_t i);
double stk_fairness_rest_pct(const stk_fairness *fairness);

/** What they emit in a year of the pathway, and the whole world's level, Mt. */
double stk_fairness_rest_mt(const stk_fairness *fairness, int year);
double stk_fairness_world_mt(const stk_fairness *fairness, int year);

/** What an actor pledged for a year. */
typedef struct stk_fairness_level {
    double mt;       /**< the pathway, with land use as bookkeeping models count it */
    bool has_pledge; /**< else it is the baseline, because no pledge is in force */
    stk_condition condition;
    int target_year;    /**< of the target that the pathway leads to, or comes from where none
                             reaches the year; 0 without a pledge */
    double document_mt; /**< the level as the document counts land use; NaN where it counts none, or
                             states no target for the year */
} stk_fairness_level;

stk_fairness_level stk_fairness_level_of(const stk_fairness *fairness, size_t actor,
                                         stk_condition condition, stk_ambition ambition, int year);

/** An allocation beside what an actor emits and pledged. */
typedef struct stk_fairness_share {
    double mt;
    double per_head_t;
    double below_1990_pct; /**< NaN where there were no emissions to be below of */
    double below_2005_pct;
    double below_2010_pct;
    double excess_mt; /**< what is pledged above it */
    bool meets;       /**< what is pledged is not above it */
} stk_fairness_share;

stk_fairness_share stk_fairness_share_of(const stk_fairness *fairness, size_t actor, int year,
                                         double mt, const stk_fairness_level *level);

/** The world's level in a year for each warming: medians of the categories C1 to C8 of the sixth
 * assessment of the IPCC. */
typedef struct stk_fairness_theta {
    double warming_k[STK_FAIRNESS_CATEGORIES];
    double world_mt[STK_FAIRNESS_CATEGORIES];
} stk_fairness_theta;

stk_fairness_theta stk_fairness_theta_of(const stk_fairness *fairness, int year);

/** Bands of a rating, ours: none is another project's. */
typedef enum stk_fairness_band {
    STK_BAND_1_5C,
    STK_BAND_ALMOST,
    STK_BAND_INSUFFICIENT,
    STK_BAND_HIGHLY,
    STK_BAND_CRITICALLY
} stk_fairness_band;

/** "1.5C compatible", "almost sufficient", "insufficient", ... */
const char *stk_fairness_band_name(stk_fairness_band band);

/** A rating with what the real world adds. */
typedef struct stk_fairness_rating {
    size_t actor;
    stk_fairness_level level;
    stk_equity_rating rating;
    double least_mt; /**< of single readings */
    double most_mt;
    double lo_per_head_t; /**< of the least and greatest mean, and of the level */
    double hi_per_head_t;
    double per_head_t;
    stk_fairness_band band;
    bool warming_is_limit; /**< the implied warming is the greatest there is, or more */
    bool warming_is_least; /**< ... the least there is, or less */
    bool is_narrow;  /**< the methods differ by less than a fifth of the emissions of the last year
                        of data: a place between them says little */
    double hybrid_k; /**< if every Party took the method that asks least of it; NaN until
                        stk_fairness_add_hybrid() */
    bool hybrid_is_limit;
} stk_fairness_rating;

/** "or more" and "or less" where the implied warming is a limit, else "". */
const char *stk_fairness_limit_words(const stk_fairness_rating *rating);

/** What each reading of a grid leaves every actor in a year. */
typedef struct stk_fairness_readings stk_fairness_readings;

/** @param fairness  must outlive what is made
 * @param grid      NULL: the usual one */
stk_status stk_fairness_readings_make(stk_fairness *fairness, const stk_equity_grid *grid, int year,
                                      stk_fairness_readings **made, stk_error *error);
void stk_fairness_readings_free(stk_fairness_readings *readings);

/** Rate a level of an actor.
 * @return STK_EDOMAIN when all methods ask the same */
stk_status stk_fairness_rate(const stk_fairness_readings *readings, size_t actor,
                             stk_fairness_level level, stk_fairness_rating *rating,
                             stk_error *error);

/** Add what takes the readings of all categories, eight times the work. */
stk_status stk_fairness_add_hybrid(stk_fairness_readings *readings, stk_fairness_rating *rating,
                                   stk_error *error);

/** Rate what every actor pledged, in their order, without the hybrid.
 * @param ratings  receives stk_fairness_count() */
stk_status stk_fairness_rate_all(const stk_fairness_readings *readings, stk_condition condition,
                                 stk_ambition ambition, stk_fairness_rating *ratings,
                                 stk_error *error);

/** @name Budgets of CO2
 * @{ */

/** A published budget. Texts belong to the edition. */
typedef struct stk_published_budget {
    char source[64];
    char variant[64];
    bool preferred;
    stk_date from;
    stk_date published;
    double warming_k;
    double probability;
    double gt;
    char confidence[4];
} stk_published_budget;

/** Published budgets of a warming and a probability as known on a date, newest first; of several
 * variants of a source the preferred one, unless `all`.
 * @param source  part of a source's name, or NULL: any
 * @param found   receives at most `room`, `*count` how many there are
 * @return STK_ENOTFOUND when none was published by then */
stk_status stk_fairness_budgets(stk_edition *edition, stk_date as_of, double warming_k,
                                double probability, const char *source, bool all,
                                stk_published_budget *found, size_t room, size_t *count,
                                stk_error *error);

/** An actor's part of a budget, and how long it lasts. */
typedef struct stk_fairness_budget {
    stk_equity_budget_method method;
    int from;  /**< history of `ecpc`; 0 otherwise */
    int start; /**< the year from which the part counts */
    double gt;
    double years_left; /**< at the last year's emissions */
    double cut_pct_per_year;
    double pledged_use_gt; /**< CO2 of the pledged pathway from the start to 2050 */
    double used_pct;       /**< of the part; NaN where there is none left */
    int exhausted;         /**< the year in which the pledged pathway has used it up; 0: never */
} stk_fairness_budget;

enum { STK_FAIRNESS_BUDGETS = 4 };

/** Parts by every method; equal cumulative emissions from 1990 and from 1850.
 * @param budgets  receives STK_FAIRNESS_BUDGETS */
stk_status stk_fairness_budget_of(stk_fairness *f, size_t actor, const stk_published_budget *budget,
                                  stk_condition condition, stk_ambition ambition,
                                  stk_fairness_budget *budgets, stk_error *error);

/** The last year with CO2 of all emitters observed, at whose rate budgets are spent. */
int stk_fairness_co2_last(const stk_fairness *fairness);
/** @} */

#ifdef __cplusplus
}
#endif
#endif
