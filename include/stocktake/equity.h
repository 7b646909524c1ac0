/** @file equity.h
 * @brief Fair shares: what each area's level would be if the world's were shared by a rule, and how
 * a level compares. Pure functions on arrays; docs/fairness.md has the equations.
 */
#ifndef STOCKTAKE_EQUITY_H
#define STOCKTAKE_EQUITY_H

#include <stocktake/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The areas that share and what is shared, every year from `first_year` to `last_year`. Arrays of
 * areas have the years of the first area, then those of the second, and so on; nothing is owned.
 *
 * Incomes are told of *peoples*: an area of one people is its own, one of several (a union of
 * states) is capable and responsible as the sum of them. */
typedef struct stk_equity_world {
    int first_year;
    int last_year;
    int now; /**< last year of data: emissions are observed up to it, and a baseline afterwards */
    size_t count;
    const char *const *codes;   /**< of the areas, for messages */
    const double *population;   /**< any unit, the same for all */
    const double *gdp;          /**< money, the same for all */
    const double *emissions_mt; /**< observed, then baseline */
    const double *world_mt;     /**< what is shared, one a year */
    size_t people_count;        /**< 0: every area is one people, with these two arrays */
    const size_t *people_area;  /**< the area of each people */
    const double *people_population;
    const double *people_gdp;
    const double *people_emissions_mt;
    const double *people_gini_pct; /**< Gini index of incomes; also where `people_count` is 0 */
} stk_equity_world;

typedef enum stk_equity_method {
    STK_EQUITY_GRANDFATHERING, /**< by emissions of the last year of data; no principle of equity */
    STK_EQUITY_PER_CAPITA,
    STK_EQUITY_CONVERGENCE,     /**< from the first to the second until a year */
    STK_EQUITY_ECPC,            /**< equal cumulative emissions per capita */
    STK_EQUITY_ECPC_RECURRENCE, /**< the same as a recurrence, which does not add up at its end */
    STK_EQUITY_ABILITY_TO_PAY,
    STK_EQUITY_GDR,      /**< greenhouse development rights: capability and responsibility */
    STK_EQUITY_ADJUSTED, /**< people, less for wealth and past emissions a head */
    STK_EQUITY_METHODS
} stk_equity_method;

/** "grandfathering", "per_capita", ... */
const char *stk_equity_method_name(stk_equity_method method);

/** A method with its parameters; those of other methods mean nothing. */
typedef struct stk_equity_rule {
    stk_equity_method method;
    bool fixed_population; /**< of the last year of data, else of each year */
    int converge;          /**< the year of convergence, when debts are paid */
    int from;              /**< the year from which history counts */
    double discount_pct;   /**< of past emissions, per cent a year */
    double exponent;       /**< of GDP per head, ability to pay */
    double threshold;      /**< income below which nobody is capable or responsible; money a head */
    double responsibility; /**< weight of responsibility beside capability, 0 to 1 */
    bool smooth;           /**< the mean index of all years since the last of data */
    int fade_from;         /**< 0, or the year whose index is held and from which ... */
    int fade_to;           /**< ... ability to pay takes over until this year */
} stk_equity_rule;

/** Read "ecpc" with "from=1850;discount=0;converge=2050". What is not told has its usual value:
 * moving population, convergence 2050 (2080 of debts), from 1990, no discount, exponent 1/3,
 * threshold 0, responsibility 0.5.
 * @return STK_EARG with what is allowed */
stk_status stk_equity_rule_parse(stk_text method, stk_text parameters, stk_equity_rule *rule,
                                 stk_error *error);

enum { STK_EQUITY_PARAMETERS_SIZE = 96 };

/** The parameters as stk_equity_rule_parse() reads them, those that the method has. */
const char *stk_equity_rule_write(const stk_equity_rule *rule,
                                  char out[STK_EQUITY_PARAMETERS_SIZE]);

/** Refuse a rule that a world cannot be shared by: years and weights out of range. */
stk_status stk_equity_rule_check(const stk_equity_world *world, const stk_equity_rule *rule,
                                 stk_error *error);

/** A world that was examined, with sums that all rules use. */
typedef struct stk_equity stk_equity;

/** Examine a world: every number known, people and money above zero, Gini between 0 and 100.
 * @param world  its arrays must outlive what is opened
 * @return STK_EDATA with area, year, value and what is allowed */
stk_status stk_equity_open(const stk_equity_world *world, stk_equity **opened, stk_error *error);
void stk_equity_free(stk_equity *e);

const stk_equity_world *stk_equity_world_of(const stk_equity *opened);

/** The levels of all areas in a year by a rule. Every rule but ::STK_EQUITY_ECPC_RECURRENCE adds up
 * to the world's level.
 * @param year  from the last year of data on
 * @param mt    receives one an area */
stk_status stk_equity_allocate(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                               stk_error *error);

/** Capability and responsibility of the areas as shares of the world's, and the index that `gdr`
 * weighs them to. */
typedef struct stk_equity_index {
    double capability;
    double responsibility;
    double index;
} stk_equity_index;

/** @param year  any of the world's
 * @param out   receives one an area */
stk_status stk_equity_indices(stk_equity *e, const stk_equity_rule *rule, int year,
                              stk_equity_index *out, stk_error *error);

/** Lognormal incomes of a mean and a Gini index against a threshold. */
typedef struct stk_equity_incomes {
    double income_above;           /**< what everybody has above the threshold, of all income */
    double people_above;           /**< people with more than it, of all people */
    double income_of_people_below; /**< all that people below have, of all income */
} stk_equity_incomes;

stk_equity_incomes stk_equity_incomes_of(double mean, double gini_pct, double threshold);

/** @name Shares of a budget or a pathway, in the way of adjusted equal shares
 * @{ */

typedef enum stk_equity_form { STK_EQUITY_POWER, STK_EQUITY_ASINH } stk_equity_form;

typedef struct stk_equity_share_rule {
    enum {
        STK_SHARE_PER_CAPITA, /**< of people, summed from a year to the last */
        STK_SHARE_ADJUSTED,   /**< of people times powers of wealth and past emissions */
        STK_SHARE_GINI,       /**< the same by income above a floor alone */
        STK_PATH_PER_CAPITA,  /**< of people of the year */
        STK_PATH_ADJUSTED,    /**< of the year, with wealth summed since the start */
        STK_PATH_CONVERGENCE, /**< from emissions to people of the start */
        STK_PATH_CUMULATIVE   /**< approaches a target such that sums are by people */
    } kind;
    int start;    /**< first year that shares are for */
    int converge; /**< of STK_PATH_CONVERGENCE */
    bool fixed;   /**< people of the start alone */
    stk_equity_form form;
    double responsibility; /**< weights, scaled to a sum of one */
    double capability;
    int from;     /**< first year of responsibility, up to the year before `start` */
    double sigma; /**< shares per head stay within so many standard deviations; NaN: any */
    double floor; /**< of income */
    double speed; /**< of STK_PATH_CUMULATIVE, a year */
} stk_equity_share_rule;

/** Read "budget_adjusted" with "form=power;resp=0.5;cap=0.5;sigma=2.0". */
stk_status stk_equity_share_parse(stk_text name, stk_text parameters, stk_equity_share_rule *rule,
                                  stk_error *error);

/** The shares of all areas in a year (pathways) or of the whole budget; they add up to one. */
stk_status stk_equity_share(stk_equity *e, const stk_equity_share_rule *rule, int year,
                            double *shares, stk_error *error);
/** @} */

/** @name Budgets of CO2
 * @{ */

typedef enum stk_equity_budget_method {
    STK_BUDGET_GRANDFATHERING, /**< by emissions of the year before the start */
    STK_BUDGET_PER_CAPITA,     /**< by people of the start */
    STK_BUDGET_ECPC,           /**< by people of all years of history and future, less history */
    STK_BUDGET_METHODS
} stk_equity_budget_method;

const char *stk_equity_budget_name(stk_equity_budget_method method);

typedef struct stk_equity_budget {
    double world_gt;            /**< left from the start on */
    int start;                  /**< first year that uses it */
    int from;                   /**< of ::STK_BUDGET_ECPC: first year of history, */
    int until;                  /**< and last year of people */
    const double *co2_mt;       /**< of all areas and years as in the world: observed */
    const double *world_co2_mt; /**< of all emitters, one a year */
} stk_equity_budget;

/** The areas' parts of a budget, Gt CO2; they add up to it where the areas are all emitters. */
stk_status stk_equity_budget_share(stk_equity *e, const stk_equity_budget *b,
                                   stk_equity_budget_method method, double *gt, stk_error *error);

/** The cut of each year, per cent of the year before, with which a level uses a budget up for all
 * time; 100 for a budget that is used up. */
double stk_equity_budget_cut_pct(double budget_mt, double level_mt);

/** Straight from the level of year `now` to zero, with the budget used from that year on. */
double stk_equity_budget_linear_mt(double budget_mt, double level_mt, int now, int year);

/** The rate k of an exponential path from `start` that ends at zero in `end` and whose years add up
 * to the budget.
 * @return STK_EDOMAIN for a budget of more than the straight line's */
stk_status stk_equity_budget_decay(double budget, double level, int start, int end, double *rate,
                                   stk_error *error);
double stk_equity_budget_decay_level(double level, double rate, int start, int end, int year);
/** @} */

/** @name Rating
 * @{ */

/** The world's level in the year of the rating for each warming, K. */
typedef struct stk_equity_theta {
    size_t count;
    const double *warming_k; /**< rising */
    const double *world_mt;  /**< a level that is not above the one before is passed over */
} stk_equity_theta;

/** Warming of a world's level, straight between the points, limited to the first and the last. */
double stk_equity_theta_k(const stk_equity_theta *theta, double world_mt);

/** The level of a warming; NaN outside the points. */
double stk_equity_theta_mt(const stk_equity_theta *theta, double warming_k);

enum { STK_EQUITY_READINGS_MAX = 32, STK_EQUITY_RATED_MAX = 8 };

/** Readings of equity by which levels are rated: methods alike, then the parameters of each. */
typedef struct stk_equity_grid {
    size_t count;
    stk_equity_rule rules[STK_EQUITY_READINGS_MAX]; /**< those of a method one after another */
} stk_equity_grid;

/** The grid of docs/fairness.md, 16 readings of five methods.
 * @param threshold  of the readings of `gdr` that have one */
stk_equity_grid stk_equity_grid_usual(double threshold);

/** A grid with the levels of every area in a year. */
typedef struct stk_equity_readings stk_equity_readings;

/** Emitters of the year that share nothing: their part of the pathway, and their baseline. */
typedef struct stk_equity_rest {
    double shared_mt;
    double baseline_mt;
} stk_equity_rest;

stk_status stk_equity_readings_make(stk_equity *opened, const stk_equity_grid *grid, int year,
                                    stk_equity_rest rest, stk_equity_readings **made,
                                    stk_error *error);
void stk_equity_readings_free(stk_equity_readings *readings);

/** Allocation of a reading to an area, Mt. */
double stk_equity_reading_mt(const stk_equity_readings *readings, size_t reading, size_t area);

typedef struct stk_equity_rating {
    double level_mt;
    double baseline_mt;
    double lo_mt; /**< least and greatest of the methods' means */
    double hi_mt;
    int readings;           /**< how many there are, */
    int met;                /**< how many the level meets: it is not above their allocation */
    double met_percent;     /**< the same with methods alike */
    double position;        /**< 0 at the least, 1 at the greatest */
    double world_if_all_mt; /**< if all were at that place of their own range */
    double implied_warming_k;
    size_t method_count;
    stk_equity_method methods[STK_EQUITY_RATED_MAX];
    double method_mean_mt[STK_EQUITY_RATED_MAX];
    double peer_k[STK_EQUITY_RATED_MAX]; /**< if all fell short of a method's mean alike */
} stk_equity_rating;

/** Rate a level of an area.
 * @param theta  NULL: no warming
 * @return STK_EDOMAIN when all methods ask the same */
stk_status stk_equity_rate(const stk_equity_readings *readings, size_t area, double level_mt,
                           const stk_equity_theta *theta, stk_equity_rating *rating,
                           stk_error *error);
/** @} */

/** @name Invented worlds and cases in CSV
 * @{ */

typedef struct stk_equity_file stk_equity_file;

/** Read areas (area, year, population_m, gdp_m, emissions_mt, gini_percent) and a pathway (year,
 * world_mt, world_co2_mt). The last year in which the areas add up to the pathway is the last of
 * data. Free it with stk_equity_file_free().
 * @return STK_EFORMAT, STK_EDATA with file, line, column, value and what is allowed */
stk_status stk_equity_file_read(const char *areas_name, stk_text areas, const char *pathway_name,
                                stk_text pathway, stk_equity_file **read, stk_error *error);

/** Add warming for the rating of cases: warming_k, world_mt. */
stk_status stk_equity_file_theta(stk_equity_file *file, const char *name, stk_text content,
                                 stk_error *error);

/** Set the income threshold of the grid that levels are rated by; 7500 unless it is set. */
void stk_equity_file_threshold(stk_equity_file *file, double threshold);
void stk_equity_file_free(stk_equity_file *file);

const stk_equity_world *stk_equity_file_world(const stk_equity_file *file);

/** Fill the cases of a CSV file: which columns it has tells what is asked (docs/fairness.md).
 * @param out  receives the file with its results, to be freed with free() */
stk_status stk_equity_file_cases(stk_equity_file *file, const char *name, stk_text content,
                                 char **out, size_t *size, stk_error *error);
/** @} */

#ifdef __cplusplus
}
#endif
#endif
