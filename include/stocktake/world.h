/** @file world.h
 * @brief From targets to national pathways and the world's level.
 *
 * The world is a list of *actors*: every Party on its own but for the members of the joint EU
 * document, which are one actor `EUU`; territories that report to nobody; international aviation
 * and shipping; the statistical difference. The actors add up to the world, none is counted twice.
 */
#ifndef STOCKTAKE_WORLD_H
#define STOCKTAKE_WORLD_H

#include <stocktake/levels.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_PATH_FIRST = 1990, STK_PATH_LAST = 2100, STK_PATH_YEARS = 111 };

/** How a pathway goes on beyond its last target. */
typedef enum stk_extension {
    STK_EXTEND_NET_ZERO,      /**< straight to the net-zero year, else as `otherwise` says */
    STK_EXTEND_CONSTANT_RATE, /**< the yearly rate between the last two points, at most zero */
    STK_EXTEND_CONSTANT_LEVEL,
    STK_EXTEND_BASELINE_RATIO, /**< constant per cent below the baseline */
    STK_EXTEND_OWN_RATE        /**< the yearly rate that the last document itself implies, from its
                                  reference year (else the year it came) to its target; at most zero */
} stk_extension;

/** How the world goes on after STK_LONG_TERM_YEAR when its warming is computed; levels and gaps do
 * not depend on it. */
typedef enum stk_long_term {
    STK_LONG_TERM_LIBRARY, /**< at its place among the scenarios of the library */
    STK_LONG_TERM_PATHWAYS /**< as national pathways add up */
} stk_long_term;

enum { STK_LONG_TERM_YEAR = 2050 };

/** In whose terms a stated level counts. */
typedef enum stk_stated_rule {
    STK_STATED_SCALED, /**< carried over to the composite inventory */
    STK_STATED_OWN     /**< as the document states it */
} stk_stated_rule;

/** Everything that a computation depends on besides the data. */
typedef struct stk_options {
    stk_as_of as_of;
    size_t gwp; /**< set of stk_inventory_gwp() */
    stk_sinks sinks;
    stk_lulucf_source lulucf_source;
    stk_stated_rule stated;
    bool cap_hot_air;
    stk_extension extension;
    stk_extension otherwise; /**< with STK_EXTEND_NET_ZERO, how Parties without a net-zero year go
                                on; 0 stands for STK_EXTEND_CONSTANT_RATE */
    stk_net_zero net_zero; /**< the weakest standing that counts; STK_NET_ZERO_NONE: none counts */
    stk_net_zero binding;  /**< the same for warming, case of pledges and targets */
    stk_long_term long_term;
} stk_options;

/** Kaya baselines of all areas: per gas, GDP times an intensity that goes on at its own trend. */
typedef struct stk_baseline stk_baseline;

/** Replacements by the user, each may be NULL/0-sized: `drivers` in IAMC format (variables
 * `GDP|PPP`, `Population`), `baselines` wide CSV with columns iso3, gwp and years (Mt CO2e). */
typedef struct stk_baseline_files {
    const char *drivers_name;
    stk_text drivers;
    const char *baselines_name;
    stk_text baselines;
} stk_baseline_files;

/** @param inventory  must outlive the baseline */
stk_status stk_baseline_make(const stk_inventory *inventory, const stk_baseline_files *files,
                             stk_baseline **baseline, stk_error *error);
void stk_baseline_free(stk_baseline *baseline);

/** Emissions without LULUCF of a gas group, Mt CO2e: history to its last year, then the baseline.
 */
double stk_baseline_group_mt(const stk_baseline *baseline, stk_area area, stk_gas_group group,
                             size_t gwp, int year);

/** All gases. */
double stk_baseline_mt(const stk_baseline *baseline, stk_area area, size_t gwp, int year);

/** GDP as the baseline uses it: the user's, else the edition's unless it is held. */
double stk_baseline_gdp(const stk_baseline *baseline, stk_area area, int year);
double stk_baseline_population(const stk_baseline *baseline, stk_area area, int year);

typedef enum stk_driver_kind {
    STK_DRIVER_HELD,   /**< GDP falls by more than a third within seven years: it is not followed,
                            but goes on at the trend of its last ten observed years, from -1 to +3 %
                            a year */
    STK_DRIVER_JUMPS,  /**< changes by more than 10 % in a year; followed all the same */
    STK_DRIVER_MISSING /**< has no value; without GDP the area grows with the world's */
} stk_driver_kind;

/** What the projection of a driver of an area does. Shares: 0.01 is one per cent. */
typedef struct stk_driver_finding {
    stk_area area;
    stk_driver_kind kind;
    bool population; /**< else GDP */
    int from; /**< years of the deepest fall, of the largest jump; first year without value */
    int to;
    double change; /**< from the first to the last of these years; NaN where missing */
    double rate;   /**< the same a year */
    double
        observed_rate; /**< trend of GDP in the last observed years, a year; NaN: too few known */
    double held_rate;  /**< of GDP after the last year of history, a year; NaN unless held */
} stk_driver_finding;

/** What was found of the edition's drivers after the last year of history, in the order of areas,
 * GDP before population. Drivers that the user gave are taken as they are and not examined;
 * bunkers, the statistical difference and areas without emissions have none. */
const stk_driver_finding *stk_baseline_driver_findings(const stk_baseline *baseline, size_t *count);

/** Last year of complete history (all gases). */
int stk_baseline_history_last(const stk_baseline *baseline);

typedef enum stk_actor_kind {
    STK_ACTOR_PARTY,
    STK_ACTOR_TERRITORY,
    STK_ACTOR_BUNKER,
    STK_ACTOR_DIFFERENCE
} stk_actor_kind;

enum { STK_ACTOR_MEMBERS_MAX = 32 };

typedef struct stk_actor {
    const char *iso3;
    const char *name;
    stk_actor_kind kind;
    bool suspended; /**< outside the Agreement on the date */
    int member_count;
    stk_area members[STK_ACTOR_MEMBERS_MAX];
} stk_actor;

/** The quantified targets of an actor for one year. */
typedef struct stk_actor_target {
    int year;
    const stk_target *document; /**< first row of the document chosen */
    int row_count;              /**< of its rows for the year */
    stk_target_kind kind;
    bool open_peak; /**< a peak without a number: on the baseline until then, no level of its own */
    bool stated[STK_CONDITIONS]; /**< whether the document states it, before filling */
    stk_level level[STK_CONDITIONS][STK_AMBITIONS]; /**< NaN: no target under that condition */
    double baseline_excl_mt;
    double lulucf_hold_mt; /**< LULUCF without the target; NaN where the Party's own terms do not
                                tell */
    double hold_excl_mt[2][2]; /**< level without LULUCF had the source been held */
    const char *mark[STK_CONDITIONS][STK_AMBITIONS]; /**< of confidence: the row's, or a worse one
                                                          that the level has earned */
    unsigned check[STK_CONDITIONS][STK_AMBITIONS];   /**< what ::stk_guard found */
    stk_derivation from[STK_CONDITIONS][STK_AMBITIONS];
    /** By which the level lowers a LULUCF source, at most zero. What is supposed has the change of
     * the document's target whose year it takes; NaN where there is none: land use passes by. */
    double land_change_mt[STK_CONDITIONS][STK_AMBITIONS];
} stk_actor_target;

enum { STK_ACTOR_TARGETS_MAX = STK_TARGET_YEARS_MAX };

/** One actor's targets and pathways. Series are indexed by year - STK_PATH_FIRST. */
typedef struct stk_national {
    stk_actor actor;
    int target_count; /**< in order of years */
    stk_actor_target targets[STK_ACTOR_TARGETS_MAX];
    double baseline[STK_PATH_YEARS];        /**< Mt CO2e without LULUCF */
    double lulucf_baseline[STK_PATH_YEARS]; /**< Mt CO2, bookkeeping, untouched by any target */
    double path[STK_CONDITIONS][STK_AMBITIONS][STK_PATH_YEARS];
    double lulucf[STK_CONDITIONS][STK_AMBITIONS][STK_PATH_YEARS]; /**< Mt CO2, bookkeeping */
} stk_national;

typedef struct stk_world stk_world;

/** Compute every actor under the options; inventory, pledges and baseline must outlive the world.
 */
stk_status stk_world_make(const stk_inventory *inventory, const stk_pledges *pledges,
                          const stk_baseline *baseline, const stk_options *options,
                          stk_world **world, stk_error *error);

/** The same actors, of which only a Party's is computed, or the joint one that speaks for it. */
stk_status stk_world_make_party(const stk_inventory *inventory, const stk_pledges *pledges,
                                const stk_baseline *baseline, const stk_options *options,
                                const char *iso3, stk_world **world, stk_error *error);
void stk_world_free(stk_world *world);

/** Let one Party's documents and events up to a date count; all others stay as they were. After
 * every Party with something new was advanced, in any order, the world is the same as one made for
 * the date.
 * @param date  not before the world's
 * @param iso3  a Party, or `EUU`
 * @return STK_ENOTFOUND for an unknown one */
stk_status stk_world_advance(stk_world *world, stk_date date, const char *iso3, stk_error *error);

/** Draw one Party again from other pledges, everything else kept. When the pledges differ from the
 * world's in the documents and net-zero aims of this Party alone, or of Parties that are replaced
 * too, the world is the same as one made with them, bit for bit.
 * @param pledges  the world's from now on; must outlive it
 * @param iso3     a Party, or `EUU`
 * @return STK_ENOTFOUND for an unknown one */
stk_status stk_world_replace(stk_world *world, const stk_pledges *pledges, const char *iso3,
                             stk_error *error);

/** The same for every Party that some pledges speak of: of `pledges` are drawn again those that
 * `changed` has documents or net-zero aims of. Lay a file over, or take it away again.
 * @param changed  stk_pledges_over() of an overlay */
stk_status stk_world_replace_all(stk_world *world, const stk_pledges *pledges,
                                 const stk_pledges *changed, stk_error *error);

/** Draw the pathways of a world again through the targets that it has, under other `cap_hot_air`,
 * `extension`, `otherwise` and `net_zero`; the same as a world made with them, and cheaper.
 * @return STK_EARG when `options` differ from the world's in anything else */
stk_status stk_world_redraw(stk_world *world, const stk_options *options, stk_error *error);

/** A world of its own with the same targets and pathways. */
stk_status stk_world_copy(const stk_world *world, stk_world **copy, stk_error *error);

const stk_options *stk_world_options(const stk_world *world);
size_t stk_world_count(const stk_world *world);
const stk_national *stk_world_national(const stk_world *world, size_t i);

/** By ISO3 code; a member of the joint EU document gives `EUU`. NULL if unknown. */
const stk_national *stk_world_find(const stk_world *world, const char *iso3);

enum { STK_METHOD_SIZE = 384 };

/** How each level of a target came about, in words; "" where there is no level. */
typedef struct stk_methods {
    char text[STK_CONDITIONS][STK_AMBITIONS][STK_METHOD_SIZE];
} stk_methods;

/** Write the methods of a target: it is quantified again, so that worlds need not keep words.
 * @param national  of the world, or a copy of one
 * @param target    of the national */
void stk_world_methods(const stk_world *world, const stk_national *national,
                       const stk_actor_target *target, stk_methods *methods);

/** The first target that reaches a year: it makes the level, alone or with the one before. NULL if
 * none does. */
const stk_actor_target *stk_national_target(const stk_national *national, int year);

/** The world's level, Mt CO2e, without LULUCF or with its bookkeeping CO2. */
double stk_world_level_mt(const stk_world *world, stk_condition condition, stk_ambition ambition,
                          bool with_lulucf, int year);

/** The world's levels and baselines of every year from STK_PATH_FIRST, Mt CO2e, without LULUCF [0]
 * and with its bookkeeping CO2 [1]; the same bits as stk_world_level_mt(), stk_world_baseline_mt().
 */
typedef struct stk_world_sums {
    double level_mt[STK_CONDITIONS][STK_AMBITIONS][2][STK_PATH_YEARS];
    double baseline_mt[2][STK_PATH_YEARS];
} stk_world_sums;

/** Fill the levels. */
void stk_world_sum(const stk_world *world, stk_world_sums *sums);

/** Fill the baselines, which no pledge changes. */
void stk_world_sum_baselines(const stk_world *world, stk_world_sums *sums);

/** The world with every actor on its baseline. */
double stk_world_baseline_mt(const stk_world *world, bool with_lulucf, int year);

#ifdef __cplusplus
}
#endif
#endif
