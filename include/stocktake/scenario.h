/** @file scenario.h
 * @brief Emission scenarios: IAMC tables, and the way from a reported scenario to one that a
 * climate model can run and a category can be given to.
 */
#ifndef STOCKTAKE_SCENARIO_H
#define STOCKTAKE_SCENARIO_H

#include <stocktake/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @name IAMC tables
 * One row is one variable of one scenario; texts of a table are kept once, so that equal texts of
 * the same table are equal pointers. Region is World unless a reader was told otherwise.
 * @{ */

typedef struct stk_iamc_row {
    const char *model; /**< "" where the file has no such column */
    const char *scenario;
    const char *region;
    const char *variable;
    const char *unit;
    long line;      /**< in the file the row was read from; 0 for a computed row */
    double *values; /**< `year_count` annual values from `first_year`; NaN is missing */
} stk_iamc_row;

typedef struct stk_iamc_store stk_iamc_store;

/** Made by stk_iamc_new() or a reader, freed by stk_iamc_free(); rows are in file order. */
typedef struct stk_iamc {
    const char *name; /**< of the file, "" for a computed table */
    int first_year;
    int year_count;
    bool mid_year; /**< the columns were written as 2020.5 */
    size_t row_count;
    stk_iamc_row *rows;
    size_t skipped_regions;   /**< rows left out because of their region */
    size_t skipped_variables; /**< rows left out because nobody wanted the variable */
    stk_iamc_store *store;    /**< texts, values and the index */
} stk_iamc;

/** An empty table for annual values from `first_year` to `last_year`; NULL without memory. */
stk_iamc *stk_iamc_new(const char *name, int first_year, int last_year);
void stk_iamc_free(stk_iamc *table);

/** Append a row; the texts are copied. `*values` receives the place of its values, all missing.
 * A second row of the same model, scenario, region and variable is STK_EDATA, with both lines. */
stk_status stk_iamc_add(stk_iamc *table, const stk_iamc_row *row, double **values,
                        stk_error *error);

/** Take all rows of a scenario away. Their memory stays until the table is freed. */
void stk_iamc_remove(stk_iamc *table, const char *model, const char *scenario);

/** The row of a variable of a scenario in the region World, or NULL. */
const stk_iamc_row *stk_iamc_find(const stk_iamc *table, const char *model, const char *scenario,
                                  const char *variable);

/** The value of a year in a row of `table`, NaN outside its years. */
double stk_iamc_value(const stk_iamc *table, const stk_iamc_row *row, int year);

/** One scenario of a table: the indices of its rows. */
typedef struct stk_iamc_scenario {
    const char *model;
    const char *scenario;
    size_t row_count;
    size_t *rows; /**< in file order */
} stk_iamc_scenario;

/** The scenarios of a table in the order of their first rows; freed by
 * stk_iamc_scenarios_free(). */
typedef struct stk_iamc_scenarios {
    size_t count;
    stk_iamc_scenario *items;
    size_t *rows;
} stk_iamc_scenarios;

stk_status stk_iamc_group(const stk_iamc *table, stk_iamc_scenarios *scenarios, stk_error *error);
void stk_iamc_scenarios_free(stk_iamc_scenarios *scenarios);

/** A row as a reader comes by it; the texts are valid in the callback. */
typedef struct stk_iamc_seen {
    stk_text model;
    stk_text scenario;
    long line;
    bool wanted; /**< its region and variable are */
    stk_text region;
    stk_text variable;
} stk_iamc_seen;

/** Which rows a reader keeps. All zeros keep every variable of the region World. */
typedef struct stk_iamc_filter {
    const char *region;                            /**< NULL is "World"; "*" is any */
    bool (*wanted)(void *user, stk_text variable); /**< NULL wants all */
    void *user;
    /** Asked for every row, in file order, whether to keep it if it is wanted; NULL keeps all such.
     * What is not kept is not looked at further: neither its values nor whether it repeats another.
     */
    bool (*mine)(void *user, const stk_iamc_seen *row);
    void *mine_user;
    /** The last year that is wanted; 0 wants all. Years after the first column from it on are
     * looked at only in rows that have no value there, which may be needed to interpolate. */
    int last_year;
    /** Told of what stands below the data and is none, as in the downloads of databases: file, line
     * and the text that it starts with. May be NULL; stk_scenario_report_footer() is one. */
    void (*footer)(void *user, const char *file, long line, stk_text text);
    void *footer_user;
} stk_iamc_filter;

/** Read an IAMC table in CSV from memory: columns Model (optional), Scenario, Region, Variable,
 * Unit in any case and order, separated by commas or semicolons, and year columns such as `2020`,
 * `2020.5` or `2020-01-01 00:00:00`; without any, columns Year (or Period, Time) and Value, a row
 * for each value, which are gathered in memory. Other columns are dropped; cells that are empty or
 * say `NA`, `N/A`, `NaN` or `null` are missing values. Values of rows that are not wanted are not
 * looked at. Below the data there may be rows without variable and values: see `footer`.
 * @param filter may be NULL
 * @param table  receives a table that the caller frees
 * Refused with file, line and column: no year column, a year twice, a value that is no number, a
 * row that repeats another's model, scenario, region and variable. */
stk_status stk_iamc_read(const char *name, stk_text content, const stk_iamc_filter *filter,
                         stk_iamc **table, stk_error *error);

/** Where a streaming reader gets its bytes. `read` puts at most `size` bytes into `buffer` and says
 * how many in `*got` (0 at the end); its failure is the reader's. stk_stream_read() is one. */
typedef struct stk_iamc_input {
    const char *name;
    stk_status (*read)(void *user, char *buffer, size_t size, size_t *got, stk_error *error);
    void *user;
} stk_iamc_input;

/** As stk_iamc_read(), piece by piece: memory grows with the rows that are kept, not with the
 * file. */
stk_status stk_iamc_read_stream(const stk_iamc_input *input, const stk_iamc_filter *filter,
                                stk_iamc **table, stk_error *error);

/** Who gets the rows of a file one after the other. `table` has the years and no rows; the row, its
 * texts and values are valid in the callback. An error ends the reading with it. */
typedef struct stk_iamc_taker {
    stk_status (*take)(void *user, const stk_iamc *table, const stk_iamc_row *row,
                       stk_error *error);
    void *user;
} stk_iamc_taker;

/** As stk_iamc_read_stream(), with no table: memory does not grow. Rows that repeat others are the
 * taker's to find. */
stk_status stk_iamc_read_rows(const stk_iamc_input *input, const stk_iamc_filter *filter,
                              const stk_iamc_taker *taker, stk_error *error);

/** Where a streaming writer puts its bytes; `write` returns false when it failed. */
typedef struct stk_iamc_output {
    const char *name;
    bool (*write)(void *user, const char *data, size_t size);
    void *user;
    bool no_header; /**< rows only: what goes before has the same years */
    /** [year] of the table, whether it is written; NULL: if any row has a value */
    const bool *years;
    int threads; /**< 0: as many as processors */
} stk_iamc_output;

/** As stk_iamc_write(), piece by piece. */
stk_status stk_iamc_write_stream(const stk_iamc *table, const stk_iamc_output *output,
                                 stk_error *error);

/** Write a table as IAMC wide CSV with the years in which any row has a value, at full precision.
 * `*text` receives terminated text that the caller frees with free(). */
stk_status stk_iamc_write(const stk_iamc *table, char **text, size_t *size, stk_error *error);

/** @} */

/** @name Units of emissions
 * @{ */

/** The factor from one unit of emissions per year to another, such as `Gt C/yr` to `Mt CO2/yr`.
 * Masses (t, kt, Mt, Gt and g with its prefixes) convert freely; substances only to themselves,
 * between spellings (`HFC43-10`, `HFC4310mee`), and between an element and its compound by molar
 * mass: C and CO2, N (`N2ON`) and N2O, N and NO2, NO and NO2, N and NH3, S and SO2. Equivalents
 * (`CO2-equiv`, `HFC134a-equiv`) are substances of their own.
 * @return STK_EUNIT, with both units in the message, when there is no such factor. */
stk_status stk_iamc_unit_factor(const char *from, const char *to, double *factor, stk_error *error);

/** The most emissions, or removals, of a year that a value may say in a unit: a million Gt, a fifth
 * of what the atmosphere weighs. Infinity for what is no unit of emissions. */
double stk_iamc_unit_limit(const char *unit);

/** Refuse a row with a value beyond it, with the year. */
stk_status stk_iamc_row_within(const stk_iamc *table, const stk_iamc_row *row, stk_error *error);

/** As stk_iamc_unit_factor() for a row of a table, whose values are held to its limit: the error
 * says file, line and variable. */
stk_status stk_iamc_row_factor(const stk_iamc *table, const stk_iamc_row *row, const char *to,
                               double *factor, stk_error *error);

/** @} */

/** @name Methods
 * A method is a named, versioned YAML file: years, checks, harmonisation, infilling, totals,
 * post-processing and categories. docs/scenario.md lists the keys.
 * @{ */

typedef struct stk_method stk_method;

/** What is computed from the members of a climate ensemble. */
typedef struct stk_postprocess_options {
    int preindustrial[2];    /**< warming is relative to the mean of these years, inclusive */
    int recent_years[2];     /**< the median member's mean of these years ... */
    double recent_warming_k; /**< ... is shifted to this; NaN leaves it */
    int years[2];            /**< kept in the output */
    size_t percentile_count;
    const double *percentiles; /**< of annual values, 0 to 100 */
    size_t peak_percentile_count;
    const double *peak_percentiles; /**< of peak warming, its year, and the last year */
    size_t exceedance_count;
    const double *exceedance_k; /**< thresholds of exceedance probabilities */
    int net_zero_from;          /**< first year in which net zero is looked for */
    int cumulative[2];          /**< years of cumulative CO2, inclusive */
    const char *model;          /**< how the climate model is called in names of columns */
} stk_postprocess_options;

/** Read a method file; refuses unknown keys, wrong types and values with their place. */
stk_status stk_method_read(const char *name, stk_text content, stk_method **method,
                           stk_error *error);
void stk_method_free(stk_method *method);

const char *stk_method_name(const stk_method *method);
const char *stk_method_version(const stk_method *method);

/** Names of the shipped files a method uses unless told otherwise; NULL where it needs none, or one
 * that is not shipped. */
const char *stk_method_history(const stk_method *method);
const char *stk_method_library(const stk_method *method);
const char *stk_method_builtin_library(const stk_method *method);
const char *stk_method_preindustrial(const stk_method *method);

/** The files of a method that may not be shipped. */
typedef enum stk_method_file {
    STK_METHOD_HISTORY,
    STK_METHOD_LIBRARY,
    STK_METHOD_PREINDUSTRIAL, /**< emissions before industry, for gases that are scaled */
    STK_METHOD_FILES
} stk_method_file;

/** What a file is that is needed and not shipped, and where it is published; NULL for any other. */
const char *stk_method_published(const stk_method *method, stk_method_file file);

/** The file of overrides that the method names, beside it; NULL for none. */
const char *stk_method_overrides(const stk_method *method);

/** Take a table of overrides: rules of harmonising by `model` (an end of * stands for any),
 * `region`, `variable` (* stands for all) and `method`. The first row that fits a scenario counts.
 * @return STK_EDATA with the place of what is refused */
stk_status stk_method_read_overrides(stk_method *method, const char *name, stk_text content,
                                     stk_error *error);

/** Whether gases are infilled in proportion to others: stk_scenario_library_scale(). */
bool stk_method_scales(const stk_method *method);

/** Whether scenarios get tiered categories besides. */
bool stk_method_has_tiers(const stk_method *method);

int stk_method_base_year(const stk_method *method);
int stk_method_last_year(const stk_method *method);
const stk_postprocess_options *stk_method_postprocess(const stk_method *method);

/** The infilled variable (without prefix) that drives a species of the climate model, and its unit;
 * NULL when there is none. */
const char *stk_method_climate_variable(const stk_method *method, const char *species,
                                        const char **unit);

/** Whether a variable of a file means anything to the method (`user`), whatever prefix it has: the
 * `wanted` of a ::stk_iamc_filter. */
bool stk_method_wants(void *user, stk_text variable);

/** @} */

/** @name What was left out, and why; and what a reader should know
 * @{ */

typedef enum stk_note_kind {
    STK_NOTE_LEFT_OUT,
    STK_NOTE_WARNING,  /**< nothing was left out: what the scenario reports is doubtful */
    STK_NOTE_INFILLED, /**< of a main gas the scenario gives nothing that could be taken */
} stk_note_kind;

typedef struct stk_scenario_note {
    const char *stage;
    const char *model;
    const char *scenario;
    const char *variable; /**< "" when the whole scenario was dropped; of no scenario: of all */
    const char *file;
    long line; /**< 0 where no single line is meant */
    const char *reason;
    stk_note_kind kind;
} stk_scenario_note;

typedef struct stk_scenario_report stk_scenario_report;

/** NULL when there is no memory; every function takes NULL for "no report wanted". */
stk_scenario_report *stk_scenario_report_new(void);
void stk_scenario_report_free(stk_scenario_report *report);
/** From now on what would be a warning leaves the scenario out. */
void stk_scenario_report_strict(stk_scenario_report *report);

size_t stk_scenario_report_count(const stk_scenario_report *report);
const stk_scenario_note *stk_scenario_report_note(const stk_scenario_report *report, size_t index);
void stk_scenario_report_add(stk_scenario_report *report, const stk_scenario_note *note);

/** Note what stands below the data of a file: the stage is `read`, the variable its text. */
void stk_scenario_report_footer(void *report, const char *file, long line, stk_text text);

/** @} */

/** @name Stages
 * Each takes a table and makes another, which the caller frees. Scenarios and rows keep their
 * order. What does not pass is left out and noted; an error is only what stops everything.
 * @{ */

/** Check reported emissions: small negatives, missing years, sectors of CO2 (Kikstra et al. 2022,
 * 10.5194/gmd-15-9075-2022, section 2.1). */
stk_status stk_scenario_check(const stk_method *method, const stk_iamc *input,
                              stk_scenario_report *report, stk_iamc **output, stk_error *error);

/** Make annual values that meet the history in the base year and, depending on the variable,
 * return to the reported ones later (Gidden et al. 2018, 10.1016/j.envsoft.2018.04.002). Adds the
 * Kyoto totals of what there is. Names get the prefix `AR6 climate diagnostics|Harmonized|`. */
stk_status stk_scenario_harmonise(const stk_method *method, const stk_iamc *input,
                                  const stk_iamc *history, stk_scenario_report *report,
                                  stk_iamc **output, stk_error *error);

/** A database of scenarios prepared for infilling. */
typedef struct stk_scenario_library stk_scenario_library;

/** Prepare the scenarios of `chosen`; gases that it lacks come from `builtin` (may be NULL) where
 * the method says so. The tables are not needed afterwards. */
stk_status stk_scenario_library_new(const stk_method *method, const stk_iamc *chosen,
                                    const stk_iamc *builtin, stk_scenario_report *report,
                                    stk_scenario_library **library, stk_error *error);
void stk_scenario_library_free(stk_scenario_library *library);

/** Find out how the gases that the method scales follow their leaders: from a history, and from one
 * with the year before industry. The tables are not needed afterwards.
 * @return STK_EDATA naming a gas that has no history in a year, or does not move with its leader */
stk_status stk_scenario_library_scale(stk_scenario_library *library, const stk_iamc *history,
                                      const stk_iamc *preindustrial, stk_error *error);

/** Give every scenario all variables that a climate model needs, from their relation to CO2 in the
 * library (Lamboll et al. 2020, 10.5194/gmd-13-5259-2020). The output holds the input's rows and
 * the complete set with the prefix `AR6 climate diagnostics|Infilled|`, Kyoto totals included, and
 * does not depend on the number of threads.
 * @param threads  0: as many as processors */
stk_status stk_scenario_infill(const stk_method *method, const stk_iamc *input,
                               const stk_scenario_library *library, int threads,
                               stk_scenario_report *report, stk_iamc **output, stk_error *error);

/** @} */

/** @name Composition
 * From the total of a basket to gases: the other way of infilling, for pathways of which nothing
 * but the Kyoto total and CO2 from land use is known, such as the sum of climate pledges.
 * docs/warming.md has the equations.
 * @{ */

/** Scenarios of a library laid side by side. */
typedef struct stk_composer stk_composer;

/** Take every scenario of an infilled table that has all gases.
 * @param infilled  from stk_scenario_infill(); kept by reference
 * @return STK_ENOTFOUND when no scenario is complete */
stk_status stk_composer_new(const stk_method *method, const stk_iamc *infilled,
                            stk_composer **composer, stk_error *error);
void stk_composer_free(stk_composer *composer);

/** Annual values from the base year of the method to its last. */
typedef struct stk_basket {
    const double *kyoto_mt; /**< Mt CO2e, in the GWP set of the method's last Kyoto total */
    const double *land_mt;  /**< Mt CO2 of it from land use */
} stk_basket;

/** Years after the base year in which the basket lay outside the library; 0 where there is none. */
typedef struct stk_composition {
    int below_first, below_last, below_count;
    int above_first, above_last, above_count;
    double offset_mt; /**< the basket less the library in the base year */
} stk_composition;

/** Add a scenario to an infilled table (from the method's base year to its last): in each year all
 * gases but CO2 lie at the basket's place between the two library scenarios around it, CO2 from
 * land use is the basket's, and fossil CO2 is what remains, so that the Kyoto total is kept.
 * @param composition  may be NULL
 * @return STK_EDATA naming the year of a value that is missing */
stk_status stk_compose(const stk_composer *composer, const stk_basket *basket, const char *model,
                       const char *scenario, stk_iamc *output, stk_composition *composition,
                       stk_error *error);

/** Let a basket keep its place among the library's scenarios after a year: the total goes on at
 * the same rank, between the same two ranks, as far from one as from the other, in each later year;
 * land-use CO2 likewise among the library's land-use CO2. Outside the library the distance to the
 * nearest scenario is kept. The constant quantile extension (Gütschow et al. 2018,
 * 10.1002/2017EF000781), on ranks instead of quantiles.
 * @param year  from the first to the last of the basket
 * @param kyoto_mt, land_mt  annual values of the basket; those after `year` are replaced */
stk_status stk_composer_keep_place(const stk_composer *composer, int year, double *kyoto_mt,
                                   double *land_mt, stk_error *error);

/** @} */

/** @name Categories
 * @{ */

/** Warming in kelvin above the preindustrial mean: percentiles of peak warming, and of 2100. What
 * only tiered categories need may be NaN. */
typedef struct stk_category_warming {
    double p33_peak;
    double p50_peak;
    double p67_peak;
    double p50_2100;
    double p67_2100;
    double p50_2090;
    double ghg_2100; /**< of the method's last Kyoto total, in any unit */
} stk_category_warming;

enum { STK_TIERS = 3 };

typedef struct stk_category {
    const char *name;  /**< `C1` to `C8` */
    const char *label; /**< as the published tool writes it: `C1a` (no overshoot), `C1b` */
    const char *title;
    const char *tiers[STK_TIERS]; /**< `GW2`, `GW2b`, `GW2-IIIc`; "" where a value is missing */
} stk_category;

/** The category of a scenario; STK_EDATA if one of the first four values is missing. */
stk_status stk_scenario_category(const stk_method *method, const stk_category_warming *warming,
                                 stk_category *category, stk_error *error);

/** @} */

/** @name Post-processing
 * From the members of a climate ensemble and the infilled emissions to the numbers of a scenario.
 * Pure functions of arrays: they know nothing of the model that made them.
 * @{ */

/** The percentile (0 to 100) of sorted values on the line between order statistics, as numpy's
 * "linear" and pandas have it; NaN of none. */
double stk_percentile(const double *sorted, size_t count, double percentile);

/** Annual mean surface temperature of every member, in kelvin above any reference. */
typedef struct stk_member_temperatures {
    int first_year;
    int year_count;
    size_t member_count;
    const double *values_k; /**< [member][year] */
} stk_member_temperatures;

/** What an ensemble says of one scenario; made by stk_warming_new(). */
typedef struct stk_warming {
    int first_year; /**< of the years of the options */
    int year_count;
    double shift_k;        /**< that was added to every member; 0 without a shift */
    double *percentiles_k; /**< [percentile][year], above the preindustrial mean */
    double *exceedance;    /**< [threshold][year], share of members above it in the year, 0 to 1 */
    double *exceedance_ever; /**< [threshold], share of members above it in any year */
    double *peak_k;          /**< [peak percentile] of each member's highest year */
    double *peak_year;       /**< [peak percentile] of that year, cut to a whole year */
    double *last_k;          /**< [peak percentile] of the last year */
} stk_warming;

/** How many numbers an outcome holds: one array that starts at `percentiles_k`, with the others
 * behind it in the order of the structure. */
size_t stk_warming_size(const stk_postprocess_options *options);

/** Room for the outcome, all NaN; NULL without memory. */
stk_warming *stk_warming_new(const stk_postprocess_options *options);
void stk_warming_free(stk_warming *warming);

/** Shift, percentiles, exceedance and peaks of the members of one scenario.
 * @return STK_EARG when the members do not cover the years of the options or none is there,
 *         STK_EDATA naming a member and year whose value is not finite */
stk_status stk_scenario_postprocess(const stk_postprocess_options *options,
                                    const stk_member_temperatures *members, stk_warming *warming,
                                    stk_error *error);

/** The numbers that make a category, but for emissions; STK_EARG unless the options have the 33rd,
 * 50th and 67th among the peak percentiles. */
stk_status stk_warming_category_inputs(const stk_postprocess_options *options,
                                       const stk_warming *warming, stk_category_warming *inputs,
                                       stk_error *error);

/** What the emissions of one scenario add up to. Years are 0 and amounts NaN where there is no net
 * zero. */
typedef struct stk_emission_indicators {
    int net_zero_co2_year;               /**< first year below zero after one that is not */
    int net_zero_ghg_year;               /**< of the method's last Kyoto total */
    double cumulative_gtco2;             /**< over the method's years, inclusive */
    double cumulative_to_net_zero_gtco2; /**< from the first of them to net zero CO2, inclusive */
    double net_negative_gtco2;           /**< sum of the negative years from net zero on */
    double co2_reduction_2030_pct;       /**< below 2019; NaN where 2019 or 2030 is missing */
    double co2_reduction_2040_pct;
    double ghg_reduction_2030_pct;
    double ghg_reduction_2040_pct;
    double ghg_2100_mt; /**< of the method's last Kyoto total, in 2100 */
} stk_emission_indicators;

/** The first year of `count` annual values below zero that follows, from `from` on, a year that is
 * not; 0 if there is none. */
int stk_net_zero_year(const double *values, int first_year, size_t count, int from);

/** Indicators of a scenario of an infilled table.
 * @return STK_ENOTFOUND when the table has no infilled CO2 of the scenario */
stk_status stk_scenario_indicators(const stk_method *method, const stk_iamc *infilled,
                                   const char *model, const char *scenario,
                                   stk_emission_indicators *indicators, stk_error *error);

/** Cumulative CO2 from the first year of the method's cumulative years to the year before the
 * warming of a percentile first exceeds a threshold: the budget that this pathway uses up. NaN when
 * it never does, or when the percentile is not among those of the options. */
double stk_exceedance_budget_gtco2(const stk_method *method, const stk_iamc *infilled,
                                   const char *model, const char *scenario,
                                   const stk_warming *warming, double percentile,
                                   double threshold_k);

/** The subset of a category by greenhouse gas net zero as the AR6 database writes it: `C1a_NZGHGs`
 * and `C1b_+veGHGs`, `C3x_NZGHGs` and `C3y_+veGHGs`; other categories are their own subset. */
const char *stk_category_subset(const stk_category *category, int net_zero_ghg_year);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
