/** @file warming.h
 * @brief The warming of the pledges: worlds to 2100, their gases, and what the ensemble says.
 */
#ifndef STOCKTAKE_WARMING_H
#define STOCKTAKE_WARMING_H

#include <stocktake/assess.h>
#include <stocktake/observed.h>
#include <stocktake/workflow.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name The model
 * Everything that does not depend on pledges, read once.
 * @{ */

typedef struct stk_warming_model stk_warming_model;

/** Read method (`recent`), scenario library and calibration of an edition. The library is
 * harmonised and made complete by the method; scenarios that are sensitivity experiments on
 * another one are left out.
 * @param edition  needed only during the call */
stk_status stk_warming_model_open(stk_edition *edition, stk_warming_model **model,
                                  stk_error *error);
void stk_warming_model_free(stk_warming_model *model);

/** The years of a pathway, both inclusive, and how many they are. */
int stk_warming_first_year(const stk_warming_model *model);
int stk_warming_last_year(const stk_warming_model *model);
size_t stk_warming_year_count(const stk_warming_model *model);

enum { STK_WARMING_PERCENTILES = 7, STK_WARMING_MEDIAN = 3 };

/** Thresholds of warming, K. */
enum { STK_WARMING_1_5, STK_WARMING_2, STK_WARMING_2_5, STK_WARMING_3, STK_WARMING_THRESHOLDS };

enum { STK_OUTLOOK_FIRST = 1995, STK_OUTLOOK_LAST = 2100, STK_OUTLOOK_YEARS = 106 };

/** 5, 17, 33, 50, 67, 83, 95; and 1.5, 2, 2.5, 3 K. */
extern const double stk_warming_percentiles[STK_WARMING_PERCENTILES];
extern const double stk_warming_thresholds_k[STK_WARMING_THRESHOLDS];

/** What the ensemble says of one pathway, kelvin above 1850-1900. */
typedef struct stk_outlook {
    double peak_k[STK_WARMING_PERCENTILES]; /**< of each member's warmest year to 2100 */
    double peak_year[STK_WARMING_PERCENTILES];
    double last_k[STK_WARMING_PERCENTILES];  /**< of 2100 */
    double p_exceed[STK_WARMING_THRESHOLDS]; /**< share of members above it in any year to 2100 */
    double p_exceed_last[STK_WARMING_THRESHOLDS]; /**< in 2100 */
    /** First year in which a percentile of warming is above the threshold; 0: not to 2100. */
    int crossing_year[STK_WARMING_THRESHOLDS][STK_WARMING_PERCENTILES];
    /** CO2 from the first year of a pathway to the year before the 50th, 67th and 83rd percentile
     * of warming first exceed 1.5 and 2 K: the budget that the pathway uses up; NaN if never. */
    double budgets_gtco2[STK_BUDGET_THRESHOLDS][STK_BUDGET_PERCENTILES];
    double annual_k[STK_WARMING_PERCENTILES][STK_OUTLOOK_YEARS];     /**< of each year */
    double annual_exceed[STK_WARMING_THRESHOLDS][STK_OUTLOOK_YEARS]; /**< share above in the year */
    char category[8];                                                /**< C1 to C8 */
    char category_title[96];
    double cumulative_co2_gt; /**< from the first year of a pathway to its last */
    stk_composition composition;
} stk_outlook;

/** Run the ensemble on pathways given by their baskets (of stk_warming_year_count() years). Equal
 * pathways are run once. Results do not depend on the number of threads or on the other pathways.
 * @param outlooks  receives `count`
 * @param threads   0: as many as processors */
stk_status stk_warming_run(const stk_warming_model *model, const stk_basket *baskets, size_t count,
                           int threads, stk_outlook *outlooks, stk_error *error);

/** An ensemble that stays with a model, for one pathway after another: what does not change between
 * them, and of the last one the years that the next has in common with it. One thread at a time. */
typedef struct stk_warming_keep stk_warming_keep;

/** @param model    must outlive the result
 * @param threads  0: as many as processors */
stk_status stk_warming_keep_open(const stk_warming_model *model, int threads,
                                 stk_warming_keep **keep, stk_error *error);
void stk_warming_keep_close(stk_warming_keep *keep);

/** The same as stk_warming_run() on one pathway, bit for bit. The first run is a full one; those
 * after it run the years after history. */
stk_status stk_warming_run_kept(stk_warming_keep *keep, const stk_basket *basket,
                                stk_outlook *outlook, stk_error *error);

/** How many members the ensemble has, and the number of one in its table. */
size_t stk_warming_member_count(const stk_warming_model *model);
long stk_warming_member(const stk_warming_model *model, size_t i);

/** Warming of every member on the pathway that ran last, K above 1850-1900 by the same measure as
 * the outlook's; NaN for a member that left the valid range.
 * @param out  [member][STK_OUTLOOK_YEARS] */
void stk_warming_members(const stk_warming_keep *keep, double *out);

/** The gases of one pathway, as an infilled table with one scenario, which the caller frees. */
stk_status stk_warming_compose(const stk_warming_model *model, const stk_basket *basket,
                               stk_iamc **table, stk_composition *composition, stk_error *error);

/** Let a pathway keep its place among the library's scenarios after a year, instead of what
 * national pathways add up to: stk_composer_keep_place(). */
stk_status stk_warming_keep_place(const stk_warming_model *model, int year, double *kyoto_mt,
                                  double *land_mt, stk_error *error);

/** @}
 * @name The cases
 * @{ */

/** How pledges are read, in the field's own names. */
typedef enum stk_case {
    STK_CASE_CURRENT_TREND,       /**< every Party on its baseline */
    STK_CASE_TARGETS_ONLY,        /**< targets; no net-zero aim counts */
    STK_CASE_PLEDGES_AND_TARGETS, /**< and net-zero aims in law or policy documents */
    STK_CASE_OPTIMISTIC,          /**< and every announcement, of targets and of net zero */
    STK_CASES
} stk_case;

/** `current_trend` ... and "Current trend" ... */
const char *stk_case_name(stk_case kind);
const char *stk_case_title(stk_case kind);

enum { STK_WARMING_CASES = (int)STK_CASES * (int)STK_CONDITIONS * (int)STK_AMBITIONS * 2 };

/** The options with the pathways of STK_CASE_PLEDGES_AND_TARGETS: straight to net-zero years of the
 * standing `binding`, else on as `extension` says, or at a constant rate if that is net zero. */
stk_options stk_warming_options(const stk_options *options);

/** The options of the world of a case, with hot air as in `options`; its GWP set must be AR6. */
stk_options stk_warming_case_options(const stk_options *options, stk_case kind);

/** The basket of the pathway that stands for a case where there is one of each kind
 * (::stk_warming_request, `one_per_kind`), of a world with the options of the case. Both arrays
 * have room for stk_warming_year_count() values. */
stk_status stk_warming_case_basket(const stk_warming_model *model, const stk_world *world,
                                   stk_case kind, double *kyoto_mt, double *land_mt,
                                   stk_error *error);

/** One case and its outlook. The current trend does not depend on condition, ambition and hot air:
 * its eight cases are the same. */
typedef struct stk_warming_case {
    stk_case kind;
    stk_condition condition;
    stk_ambition ambition;
    bool hot_air_capped;
    stk_outlook outlook;
} stk_warming_case;

/** The warming of one kind of case of an assessment; NULL where it was not run. */
const stk_warming_case *stk_assessment_warming_of(const stk_assessment *assessment, stk_case kind);

typedef struct stk_warming_request {
    stk_options options;   /**< of the worlds; GWP set, hot air, extension and net zero are set
                              by the cases */
    stk_extension beyond;  /**< of STK_CASE_TARGETS_ONLY, and of Parties without a net-zero year in
                              the next two; not STK_EXTEND_NET_ZERO */
    stk_net_zero net_zero; /**< the weakest aim that STK_CASE_PLEDGES_AND_TARGETS counts */
    bool one_per_kind;     /**< only unconditional low with hot air as in `options`, and
                              for STK_CASE_OPTIMISTIC conditional high; the other cases are zero */
    bool left_out[STK_CASES]; /**< kinds that are not run */
    const stk_world *world;   /**< with the targets of `options`, if there is one: its pathways are
                                 drawn again where it is in AR6. NULL: worlds are made */
    /** Receives the gases of every case as composed, with the case's index as name of its scenario;
     * a table from stk_iamc_new() with the years of the model, or NULL. */
    stk_iamc *gases;
    int threads;
} stk_warming_request;

/** The cases in the order of their kinds, with hot air kept before capped, unconditional before
 * conditional, low before high ambition. `*count` receives how many there are. */
stk_status stk_warming_cases(const stk_data *data, const stk_warming_model *model,
                             const stk_warming_request *request,
                             stk_warming_case cases[STK_WARMING_CASES], size_t *count,
                             stk_error *error);

/** The basket of a world from the model's first year to its last; after STK_LONG_TERM_YEAR as the
 * world's options say. The world must be in the GWP set AR6. Both arrays have room for
 * stk_warming_year_count() values. */
stk_status stk_warming_world_basket(const stk_warming_model *model, const stk_world *world,
                                    stk_condition condition, stk_ambition ambition,
                                    double *kyoto_mt, double *land_mt, stk_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
