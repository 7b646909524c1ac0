/** @file plan.h
 * @brief What the fast ensemble prepares once: parameters in blocks of members, and the terms of
 * forcing that are a member's coefficient times a series of the scenario.
 *
 * Nearly all of the model does not depend on the member's state. The concentrations of all gases
 * but CO2 and CH4, chlorine, and all emissions are series of the scenario (its *forcing series*);
 * what they force is linear in them, so that per member and year a sum of products of *linear
 * forcings* (series) and coefficients is left. Those that enter with the same coefficients in
 * every member are merged: with calibration 1.4.1 the 40 minor gases become two.
 */
#ifndef STK_CLIMATE_PLAN_H
#define STK_CLIMATE_PLAN_H

#include "climate/calibration.h"
#include "climate/equations.h"

/** Members of a block: its parameters stay in the first cache. A multiple of every vector width. */
enum { STK_BLOCK = 32, STK_LINEAR_FORCINGS_MAX = 128, STK_SHAPES_MAX = 16 };

/** Parameters of a member that the kernel reads as vectors. */
typedef enum stk_block_parameter {
    STK_B_IIRF_0,       /**< yr */
    STK_B_IIRF_G,       /**< per cumulative emission */
    STK_B_IIRF_A,       /**< per airborne amount, uptake taken off */
    STK_B_IIRF_T,       /**< per K */
    STK_B_CO2_BASELINE, /**< ppm */
    STK_B_SCALE_CO2,    /**< forcing scales with adjustments */
    STK_B_SCALE_CH4,
    STK_B_SCALE_N2O,
    STK_B_OFFSET_CO2, /**< forcing of the member's own baseline */
    STK_B_OFFSET_CH4,
    STK_B_OFFSET_N2O,
    STK_B_CH4_LINEAR, /**< aerosol, ozone and water vapour per ppb */
    STK_B_ACI_SCALE,
    STK_B_ACI_BASE, /**< beta ln(1 + baseline) */
    STK_B_AD00,     /**< the energy balance's step, row by row */
    STK_B_AD10,
    STK_B_AD11,
    STK_B_AD12,
    STK_B_AD13,
    STK_B_AD20,
    STK_B_AD21,
    STK_B_AD22,
    STK_B_AD23,
    STK_B_AD30,
    STK_B_AD31,
    STK_B_AD32,
    STK_B_AD33,
    STK_B_BD0,
    STK_B_BD1,
    STK_B_BD2,
    STK_B_BD3,
    STK_B_SOLAR_EXCESS, /**< scale (efficacy - 1): what temperature sees of it, less the forcing */
    STK_B_VOLCANIC_EXCESS,
    STK_B_KAPPA_1, /**< heat transfer to layer 1 and what heat uptake needs */
    STK_B_DEEP,    /**< (1 - efficacy) kappa_3 */
    STK_B_CH4_ARI,
    STK_B_CH4_OZONE,
    STK_B_CH4_H2O, /**< parts of STK_B_CH4_LINEAR */
    STK_B_COUNT
} stk_block_parameter;

/** Groups of linear forcing that can be asked for one by one. */
typedef enum stk_group {
    STK_GROUP_MONTREAL,
    STK_GROUP_FGASES,
    STK_GROUP_OZONE,
    STK_GROUP_ARI,
    STK_GROUP_LAPSI,
    STK_GROUP_OTHER, /**< contrails and what is unspecified */
    STK_GROUP_H2O,
    STK_GROUP_LAND_USE,
    STK_GROUP_SOLAR,
    STK_GROUP_VOLCANIC,
    STK_GROUP_COUNT
} stk_group;

typedef enum stk_linear_forcing_kind {
    STK_LINEAR_EMISSIONS,     /**< of one species, minus baseline */
    STK_LINEAR_CONCENTRATION, /**< weighted sum over species, minus baseline */
    STK_LINEAR_CUMULATIVE,    /**< emissions of one species since the start */
    STK_LINEAR_SOLAR,
    STK_LINEAR_VOLCANIC,
    STK_LINEAR_GIVEN /**< from outside */
} stk_linear_forcing_kind;

typedef struct stk_linear_forcing {
    stk_linear_forcing_kind kind;
    int count;
    int *species;
    double *weights;
} stk_linear_forcing;

/** A gas that does not depend on the member: its boxes with constant decay where possible. */
typedef struct stk_plan_gas {
    int species;
    bool constant; /**< the lifetime does not depend on what was emitted */
    stk_lifetime lifetime;
    stk_boxes boxes;
    double decay[STK_BOXES]; /**< e^-d */
    double gain[STK_BOXES];  /**< a (1/d) (1 - e^-d) */
    double per_emission;
    double baseline;
    double baseline_emissions;
    double eesc_weight;
} stk_plan_gas;

/** Constants that all members share. */
typedef struct stk_plan_constants {
    double co2_g0, co2_inv_g1;
    double co2_partition[STK_BOXES], co2_lifetime[STK_BOXES], co2_inv_lifetime[STK_BOXES];
    double co2_per_emission, co2_baseline_emissions;
    double ch4_lifetime, ch4_per_emission, ch4_baseline, ch4_baseline_emissions;
    double ch4_own, ch4_temperature; /**< sensitivities of the methane lifetime */
    double n2o_baseline;
    stk_three_gases reference; /**< concentrations that Meinshausen's formula is relative to */
    double feedback;           /**< of ozone, W m-2 K-1 */
    bool heat_sees_efficacy;   /**< heat uptake counts forcing as temperature does */
} stk_plan_constants;

typedef struct stk_plan {
    const stk_calibration *calibration;
    stk_climate_physics physics;
    stk_arena arena;
    size_t member_count;
    size_t block_count;
    size_t stride;   /**< members rounded up to whole blocks: the length of a row of results */
    size_t *members; /**< [member_count] index in the calibration */
    stk_plan_constants constants;
    int gas_count;
    stk_plan_gas *gases;
    double chlorine_baseline;
    int linear_count;
    stk_linear_forcing *linear;
    int shape_count;
    int shape_species[STK_SHAPES_MAX];
    double *parameters;             /**< [block][STK_B_COUNT][STK_BLOCK] */
    double *shapes;                 /**< [block][shape][STK_BLOCK] */
    double *total;                  /**< [block][linear][STK_BLOCK] */
    double *group[STK_GROUP_COUNT]; /**< as total, of one group */
    double *noise;                  /**< [block][noise_bounds][STK_STATE][STK_BLOCK], or NULL */
    int noise_bounds;
} stk_plan;

/** Doubles at a boundary of 64 bytes, so that no vector lies across two cache lines; or NULL. */
static inline double *stk_plan_vectors(stk_plan *plan, size_t count)
{
    double *p = stk_arena_alloc(&plan->arena, count + 8, sizeof(double));
    return p == NULL ? NULL : (double *)(((uintptr_t)p + 63) & ~(uintptr_t)63);
}

/** Find the linear forcings and their coefficients; called by stk_plan_new(). */
stk_status stk_plan_linear_forcings(stk_plan *plan, stk_error *error);

/** Whether the fast ensemble can run a calibration; if not, `*why` says what it lacks (static
 * text) and the plain implementation has to. */
bool stk_plan_possible(const stk_calibration *calibration, const stk_climate_physics *physics,
                       const char **why);

/** Prepare. `members` are indices in the calibration. With stochastic physics the noise of
 * `years` years is drawn here. */
stk_status stk_plan_new(const stk_calibration *calibration, const stk_climate_physics *physics,
                        const size_t *members, size_t member_count, int years, stk_plan **plan,
                        stk_error *error);
void stk_plan_free(stk_plan *plan);

/** What a scenario drives all members with; index i is the year from bound i to bound i + 1. */
typedef struct stk_forcing_series {
    int first_year;
    int years;
    int linear_count;
    int shape_count;
    double *co2_net;         /**< [year] emissions minus baseline */
    double *co2_cumulative;  /**< [bound] */
    double *ch4_net;         /**< [year] */
    double *ch4_factor;      /**< [year] what the scenario does to the methane lifetime */
    double *n2o;             /**< [bound] ppb */
    double *n2o_root;        /**< [bound] */
    double *eesc;            /**< [bound] ppt */
    double *linear;          /**< [year][linear], valid at the end of the year */
    double *shapes;          /**< [year][shape] */
    double *natural;         /**< [year][solar, volcanic] at the end of the year */
    const double *co2_given; /**< [bound] ppm when CO2 is driven by concentration, else NULL */
    const double *ch4_given;
    double *scratch; /**< concentrations, for stk_forcing_series_fill() */
    void *memory;
} stk_forcing_series;

/** Room for a scenario of `years` years. */
stk_status stk_forcing_series_new(const stk_plan *plan, int years, stk_forcing_series *forcing,
                                  stk_error *error);
void stk_forcing_series_free(stk_forcing_series *forcing);

/** Compute the series of a scenario, which must have passed stk_climate_input_check(). */
void stk_forcing_series_fill(const stk_plan *plan, const stk_climate_input *input,
                             stk_forcing_series *forcing);

/** How many years from the start two of them have in common, bit for bit, and the bounds of these
 * years with them; 0 where concentrations drive, which lie outside of it. */
int stk_forcing_series_common_years(const stk_forcing_series *a, const stk_forcing_series *b);

#endif
