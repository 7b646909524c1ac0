/** @file climate.h
 * @brief The climate model: a calibrated ensemble of a reduced-complexity model.
 *
 * The model is FaIR 2.2 (Leach et al. 2021, 10.5194/gmd-14-3007-2021; Smith et al. 2024,
 * 10.5194/gmd-17-8569-2024), implemented from its equations: a carbon cycle of four boxes with
 * feedbacks, methane with chemistry, N2O and the halogenated gases, ozone, aerosols, and a
 * three-layer energy balance. One *member* is one set of parameters; a calibration is a table of
 * members that together reproduce the assessed uncertainty.
 *
 * Time: a run has M years and M+1 time bounds. Bound Y is the instant Y-01-01 00:00; emissions
 * belong to the year between two bounds. The mean of calendar year Y is the mean of the bounds Y
 * and Y+1. The time step is one year.
 */
#ifndef STOCKTAKE_CLIMATE_H
#define STOCKTAKE_CLIMATE_H

#include <stocktake/base.h>
#include <stocktake/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup calibration Calibration
 * @{ */

typedef struct stk_calibration stk_calibration;

/** A file's content and the name that messages give it. */
typedef struct stk_climate_file {
    const char *name;
    stk_text content;
} stk_climate_file;

/** The three tables of a calibration. */
typedef struct stk_calibration_files {
    stk_climate_file members; /**< one row a member; first column its number; `name[species]` */
    stk_climate_file species; /**< one row a species; 'nan' where a parameter means nothing */
    stk_climate_file natural; /**< as for stk_calibration_add_forcing(); its name may be NULL, and
                                 then there is none */
} stk_calibration_files;

/** Read a calibration and derive what depends on the parameters alone (energy balance matrices).
 * @return STK_EFORMAT, STK_EDATA with file, line and column; STK_EMEM */
stk_status stk_calibration_read(const stk_calibration_files *files, stk_calibration **calibration,
                                stk_error *error);
void stk_calibration_free(stk_calibration *calibration);

/** Take forcings from outside, in place of what a calibration has of the same species: a table
 * with year, volcanic_Wm2 and solar_Wm2 on time bounds, or an IAMC table (docs/calibrations.md).
 * @return STK_EFORMAT, STK_EDATA, STK_EUNIT with file and line; the calibration is then spoilt */
stk_status stk_calibration_add_forcing(stk_calibration *calibration, const stk_climate_file *file,
                                       stk_error *error);

/** What is missing of solar and volcanic forcing, in words; NULL if nothing is. */
const char *stk_calibration_missing_natural(const stk_calibration *calibration);

/** What its files say and the model does not use, with the place. */
const stk_problems *stk_calibration_notes(const stk_calibration *calibration);

size_t stk_calibration_member_count(const stk_calibration *calibration);

/** The number of a member as its table gives it. */
long stk_calibration_member_number(const stk_calibration *calibration, size_t member);

/** Index of the member with a number, or -1. */
long stk_calibration_find_member(const stk_calibration *calibration, long number);

size_t stk_calibration_species_count(const stk_calibration *calibration);

/** What a species is to somebody who drives the model. */
typedef struct stk_climate_species {
    const char *name;
    const char *emissions_unit;     /**< "Gt CO2/yr", "Mt CH4/yr", "kt HFC134a/yr"; NULL if none */
    const char *concentration_unit; /**< "ppm", "ppb", "ppt"; NULL if it is no gas */
    bool emitted;                   /**< emissions are needed unless a concentration is given */
    double baseline_emissions;      /**< of 1750, in `emissions_unit`; NaN if none */
    double molecular_weight_g;      /**< per mol; NaN if none */
} stk_climate_species;

stk_climate_species stk_calibration_species(const stk_calibration *calibration, size_t species);

/** Index of the species with exactly this name, or -1. */
long stk_calibration_find_species(const stk_calibration *calibration, stk_text name);

/** Equilibrium climate sensitivity and transient climate response of a member, K. */
typedef struct stk_sensitivity {
    double ecs_k;
    double tcr_k;
} stk_sensitivity;

stk_sensitivity stk_calibration_sensitivity(const stk_calibration *calibration, size_t member);

/** @}
 * @defgroup scenario_input What drives a run
 * @{ */

/** One scenario. Arrays are indexed by species of the calibration; a NULL row means "not given".
 * The rows belong to the caller. */
typedef struct stk_climate_input {
    int first_year; /**< of emissions, and the first time bound */
    int year_count;
    const double *const *emissions;      /**< [species] `year_count` values in the species' unit */
    const double *const *concentrations; /**< [species] `year_count` + 1 values on time bounds; a
                                            gas with a row is driven by it. May be NULL */
    const double *const *forcings; /**< [species] `year_count` + 1 values on time bounds, W m-2,
                                      before the member's scale: of what the calibration takes from
                                      outside. May be NULL */
} stk_climate_input;

/** Whether the model behaves as the reference that it was calibrated with, or without its quirks
 * (docs/climate.md lists them). */
typedef enum stk_physics { STK_PHYSICS_REFERENCE, STK_PHYSICS_CORRECTED } stk_physics;

/** How CO2, CH4 and N2O force. The ensemble is calibrated for the first. */
typedef enum stk_ghg_method {
    STK_GHG_MEINSHAUSEN_2020, /**< 10.5194/gmd-13-3571-2020 */
    STK_GHG_ETMINAN_2016,     /**< 10.1002/2016GL071930 */
    STK_GHG_MYHRE_1998,       /**< 10.1029/98GL01908 */
    STK_GHG_LEACH_2021        /**< 10.5194/gmd-14-3007-2021 */
} stk_ghg_method;

/** How the lifetime of methane changes. */
typedef enum stk_ch4_method {
    STK_CH4_THORNHILL_2021, /**< chemistry and temperature, 10.5194/acp-21-1105-2021 */
    STK_CH4_LEACH_2021      /**< as every other gas */
} stk_ch4_method;

/** Options of the model itself; all zeros is what the calibration was made for. */
typedef struct stk_climate_physics {
    stk_physics physics;
    stk_ghg_method ghg_method;
    stk_ch4_method ch4_method;
    bool stochastic;      /**< internal variability, from a generator of our own */
    uint64_t seed_offset; /**< added to each member's seed: another realisation */
} stk_climate_physics;

/** @}
 * @defgroup variables Output variables
 * @{ */

/** Every output on time bounds: symbol, key on the command line, name and unit in IAMC files. */
#define STK_CLIMATE_VARIABLES(X)                                                                   \
    X(TEMPERATURE, "temperature", "Surface Temperature (GSAT)", "K")                               \
    X(TEMPERATURE_2, "temperature-2", "Temperature|Ocean Layer 2", "K")                            \
    X(TEMPERATURE_3, "temperature-3", "Temperature|Ocean Layer 3", "K")                            \
    X(ERF, "erf", "Effective Radiative Forcing", "W/m^2")                                          \
    X(CO2, "co2", "Atmospheric Concentrations|CO2", "ppm")                                         \
    X(CH4, "ch4", "Atmospheric Concentrations|CH4", "ppb")                                         \
    X(N2O, "n2o", "Atmospheric Concentrations|N2O", "ppb")                                         \
    X(OHC, "ohc", "Heat Content|Ocean", "J")                                                       \
    X(HEAT_UPTAKE, "heat-uptake", "Heat Uptake", "W/m^2")                                          \
    X(ERF_CO2, "erf-co2", "Effective Radiative Forcing|CO2", "W/m^2")                              \
    X(ERF_CH4, "erf-ch4", "Effective Radiative Forcing|CH4", "W/m^2")                              \
    X(ERF_N2O, "erf-n2o", "Effective Radiative Forcing|N2O", "W/m^2")                              \
    X(ERF_MONTREAL, "erf-montreal", "Effective Radiative Forcing|Montreal Protocol Halogen Gases", \
      "W/m^2")                                                                                     \
    X(ERF_FGASES, "erf-fgases", "Effective Radiative Forcing|F-Gases", "W/m^2")                    \
    X(ERF_OZONE, "erf-ozone", "Effective Radiative Forcing|Ozone", "W/m^2")                        \
    X(ERF_AEROSOLS, "erf-aerosols", "Effective Radiative Forcing|Aerosols", "W/m^2")               \
    X(ERF_ARI, "erf-ari", "Effective Radiative Forcing|Aerosols|Direct Effect", "W/m^2")           \
    X(ERF_ACI, "erf-aci", "Effective Radiative Forcing|Aerosols|Indirect Effect", "W/m^2")         \
    X(ERF_LAPSI, "erf-lapsi", "Effective Radiative Forcing|Black Carbon on Snow", "W/m^2")         \
    X(ERF_H2O, "erf-h2o", "Effective Radiative Forcing|CH4 Oxidation Stratospheric H2O", "W/m^2")  \
    X(ERF_LAND_USE, "erf-land-use", "Effective Radiative Forcing|Land-use Change", "W/m^2")        \
    X(ERF_SOLAR, "erf-solar", "Effective Radiative Forcing|Solar", "W/m^2")                        \
    X(ERF_VOLCANIC, "erf-volcanic", "Effective Radiative Forcing|Volcanic", "W/m^2")               \
    X(ERF_GHG, "erf-ghg", "Effective Radiative Forcing|Basket|Greenhouse Gases", "W/m^2")          \
    X(ERF_NON_CO2_GHG, "erf-non-co2-ghg",                                                          \
      "Effective Radiative Forcing|Basket|Non-CO2 Greenhouse Gases", "W/m^2")                      \
    X(ERF_ANTHROPOGENIC, "erf-anthropogenic", "Effective Radiative Forcing|Basket|Anthropogenic",  \
      "W/m^2")                                                                                     \
    X(ERF_NON_CO2_ANTHROPOGENIC, "erf-non-co2-anthropogenic",                                      \
      "Effective Radiative Forcing|Basket|Non-CO2 Anthropogenic", "W/m^2")                         \
    X(EESC, "eesc", "Atmospheric Concentrations|Equivalent Effective Stratospheric Chlorine",      \
      "ppt")                                                                                       \
    X(ALPHA_CO2, "alpha-co2", "Lifetime Scaling|CO2", "1")                                         \
    X(AIRBORNE_FRACTION, "airborne-fraction", "Airborne Fraction|CO2", "1")

typedef enum stk_climate_variable {
#define STK_CLIMATE_VARIABLE_ENUM(symbol, key, name, unit) STK_CLIMATE_##symbol,
    STK_CLIMATE_VARIABLES(STK_CLIMATE_VARIABLE_ENUM)
#undef STK_CLIMATE_VARIABLE_ENUM
        STK_CLIMATE_VARIABLE_COUNT
} stk_climate_variable;

const char *stk_climate_variable_key(stk_climate_variable variable);
const char *stk_climate_variable_name(stk_climate_variable variable);
const char *stk_climate_variable_unit(stk_climate_variable variable);

/** Find a variable by its key, or by its IAMC name. */
bool stk_climate_variable_find(stk_text text, stk_climate_variable *variable);

/** @}
 * @defgroup reference One member, plainly
 * @{ */

/** Series of one member on time bounds; a NULL row is not wanted. Rows have `year_count` + 1
 * values and belong to the caller. ALPHA_CO2 at a bound is the value used in the step that starts
 * there; NaN at the last. */
typedef struct stk_climate_series {
    double *rows[STK_CLIMATE_VARIABLE_COUNT];
} stk_climate_series;

/** Run one member with the implementation that reads like the equations.
 * @return STK_EARG (missing species, years outside the natural forcing), STK_EDOMAIN when the
 *         member leaves the valid range (the series are filled, with what it left it to), STK_EMEM
 */
stk_status stk_climate_run_member(const stk_calibration *calibration, size_t member,
                                  const stk_climate_input *input,
                                  const stk_climate_physics *physics, stk_climate_series *out,
                                  stk_error *error);

/** Check that a scenario gives every species that the calibration needs, with finite values.
 * @return STK_EARG naming what is missing, STK_EDATA naming species, year and value */
stk_status stk_climate_input_check(const stk_calibration *calibration,
                                   const stk_climate_input *input, stk_error *error);

/** @}
 * @defgroup ensemble Many members, many scenarios
 * @{ */

/** Room for one scenario, filled by the caller's function; indexed by species of the calibration.
 * All rows are there and may be written to; `*_given` says which count. */
typedef struct stk_climate_rows {
    int first_year;
    int year_count;
    size_t species_count;
    double **emissions; /**< [species][year_count] in the species' unit */
    bool *emissions_given;
    double **concentrations; /**< [species][year_count + 1] on time bounds */
    bool *concentrations_given;
    double **forcings; /**< as concentrations, W m-2; a row is NULL unless the calibration takes the
                          species from outside */
    bool *forcings_given;
} stk_climate_rows;

/** Years, both inclusive; `first` 0 means "none". */
typedef struct stk_years {
    int first;
    int last;
} stk_years;

typedef struct stk_ensemble_options {
    stk_climate_physics physics;
    const size_t *members; /**< indices in the calibration; NULL runs all */
    size_t member_count;
    stk_years years; /**< of emissions; time bounds run from the first to the last plus one */
    const stk_climate_variable *variables;
    size_t variable_count;
    const double *percentiles; /**< 0 to 100, numpy's linear rule over members */
    size_t percentile_count;
    const double *thresholds_k; /**< of exceedance probabilities of temperature */
    size_t threshold_count;
    stk_years reference;  /**< temperature is relative to each member's mean of these years */
    stk_years anchor;     /**< if given, temperature is shifted by one amount for all members ... */
    double anchor_k;      /**< ... so that the median over members of the mean of these years is
                             this */
    stk_years peak;       /**< years in which each member's highest annual mean is looked for */
    stk_years statistics; /**< years whose statistics are wanted; none: all of them */
    bool at_bounds;       /**< statistics of time bounds instead of annual means */
    bool keep_members;    /**< hand out the members' own series as well */
    bool plain;           /**< the implementation that reads like the equations, for comparison */
    const char *isa;      /**< "baseline", "avx2", "avx512"; NULL is the widest there is */
    int threads;          /**< 0: as many as processors that the process may use */
} stk_ensemble_options;

/** The outcome of one scenario; everything belongs to the ensemble and is valid in the callback. */
typedef struct stk_ensemble_result {
    size_t scenario;
    stk_status status; /**< not STK_OK: nothing below but `error` means anything */
    const stk_error *error;
    int first_year; /**< of the statistics' years or bounds */
    int count;
    const double *percentiles;     /**< [variable][percentile][count] */
    const double *exceedance;      /**< [threshold][count], share of members above, 0 to 1 */
    const double *exceedance_ever; /**< [threshold], share whose highest year is above; with peak */
    const double *peak_temperature; /**< [percentile] of each member's highest annual mean */
    const double *peak_year;        /**< [percentile] of the year in which it is reached */
    size_t used_count;              /**< members that stayed in the valid range */
    size_t failed_count;
    const long *failed; /**< numbers of those that did not; left out of all statistics */
    size_t bound_count; /**< with keep_members */
    size_t stride;
    const double *const *series; /**< [variable][bound * stride + member]; temperature is raw */
    const bool *member_failed;   /**< [member] */
    const double *baseline_k;    /**< [member] what temperature statistics are less of */
} stk_ensemble_result;

/** What an ensemble run works on. Callbacks are called in order of scenarios, on the caller's
 * thread. A scenario that `fill` refuses is handed to `accept` with its error, and the others go
 * on; an error from `accept` ends the run with it. */
typedef struct stk_ensemble_job {
    size_t scenario_count;
    stk_status (*fill)(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error);
    stk_status (*accept)(void *user, const stk_ensemble_result *result, stk_error *error);
    void *user;
} stk_ensemble_job;

/** Run all members through all scenarios. Results do not depend on the number of threads, the
 * instruction set or the order of scenarios. Memory grows with members, years and variables, not
 * with scenarios.
 * @return STK_EARG for options that cannot be, STK_EMEM, or what `accept` returned */
stk_status stk_ensemble_run(const stk_calibration *calibration, const stk_ensemble_options *options,
                            const stk_ensemble_job *job, stk_error *error);

/** An ensemble that stays: its plan, its memory, and the scenario that was run last with a
 * checkpoint every eight years. A scenario that begins like it, bit for bit, runs only the years
 * after; the results are those of stk_ensemble_run(). One thread at a time. */
typedef struct stk_ensemble stk_ensemble;

/** @param calibration  must outlive the ensemble, as all that `options` point to must */
stk_status stk_ensemble_open(const stk_calibration *calibration,
                             const stk_ensemble_options *options, stk_ensemble **ensemble,
                             stk_error *error);

/** Run scenarios, one after the other. */
stk_status stk_ensemble_run_kept(stk_ensemble *ensemble, const stk_ensemble_job *job,
                                 stk_error *error);

/** Every member's own temperature in the scenario that ran last, K as in its statistics; NaN where
 * a member left the valid range.
 * @param first, count  years, all of them run
 * @param out           [member][count] */
void stk_ensemble_members(const stk_ensemble *ensemble, int first, int count, double *out);
void stk_ensemble_close(stk_ensemble *ensemble);

/** Name of an instruction set that this processor runs, narrowest first; NULL after the last. */
const char *stk_ensemble_isa(size_t i);

/** @} */

/** @defgroup scenarios Scenarios from IAMC tables
 * @{ */

/** Index of the species that a variable gives, or -1.
 * @param concentration  receives whether it gives its concentration; may be NULL */
long stk_climate_species_of(const stk_calibration *calibration, stk_text variable,
                            bool *concentration);

/** How a scenario meets the history. */
typedef enum stk_join {
    STK_JOIN_NONE, /**< history before the scenario's first year, the scenario from then on */
    STK_JOIN_TAPER /**< history to its end; from there the scenario times a ratio (or plus an offset
                      where there is no ratio) that fades out in 2080 */
} stk_join;

/** What becomes of a forcing from outside that is not given, or not for all years. */
typedef enum stk_missing_forcing {
    STK_FORCING_REFUSE,
    STK_FORCING_ZERO,
    STK_FORCING_HOLD /**< the last value goes on; what is not given at all is refused */
} stk_missing_forcing;

/** Let solar and volcanic forcing that all scenarios share reach the years of a run.
 * @return STK_EDATA with the file that has them, if they do not and `missing` makes nothing of it
 */
stk_status stk_calibration_reach(stk_calibration *calibration, stk_years years,
                                 stk_missing_forcing missing, stk_error *error);

/** Fill the forcings that a calibration takes from outside and has tables of: the series of the
 * scenario with that name, or the only one that a table has. Rows that are given stay. */
stk_status stk_climate_fill_forcings(const stk_calibration *calibration, const char *scenario,
                                     stk_missing_forcing missing, stk_climate_rows *rows,
                                     stk_error *error);

typedef struct stk_climate_scenario_options {
    const stk_iamc *history; /**< one scenario, or NULL */
    stk_join join;
    const stk_iamc *library; /**< missing species are copied from the scenario of this table whose
                                fossil CO2 is nearest; NULL leaves them missing */
    stk_missing_forcing missing_forcing;
} stk_climate_scenario_options;

typedef struct stk_climate_scenarios stk_climate_scenarios;

/** Find the scenarios of some tables. A scenario may be spread over tables. One whose units cannot
 * be converted, or that gives a species twice, is refused when it is filled. Calibration and tables
 * must outlive the result.
 * @param tables  NULL: they come with stk_climate_scenarios_put()
 * @return STK_ENOTFOUND (no scenario), STK_EMEM; the history's own faults */
stk_status stk_climate_scenarios_new(const stk_calibration *calibration,
                                     const stk_iamc *const *tables, size_t table_count,
                                     const stk_climate_scenario_options *options,
                                     stk_climate_scenarios **scenarios, stk_error *error);
void stk_climate_scenarios_free(stk_climate_scenarios *scenarios);

/** Find the scenarios of other tables instead; history and library stay. NULL is no table.
 * @return STK_ENOTFOUND (no scenario), STK_EMEM */
stk_status stk_climate_scenarios_put(stk_climate_scenarios *scenarios,
                                     const stk_iamc *const *tables, size_t table_count,
                                     stk_error *error);

size_t stk_climate_scenarios_count(const stk_climate_scenarios *scenarios);
const char *stk_climate_scenarios_model(const stk_climate_scenarios *scenarios, size_t i);
const char *stk_climate_scenarios_name(const stk_climate_scenarios *scenarios, size_t i);

/** The `fill` of a ::stk_ensemble_job whose user is (or begins with) the scenarios: linear between
 * the years that are given. Refused: years after the last one, years before the first that the
 * history does not have. */
stk_status stk_climate_scenarios_fill(void *scenarios, size_t i, stk_climate_rows *rows,
                                      stk_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
