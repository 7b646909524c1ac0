/** @file equations.h
 * @brief The model's equations, one function each, for one member and one moment.
 *
 * The gas cycle and the forcings of FaIR 2.2: Leach et al. (2021, 10.5194/gmd-14-3007-2021),
 * Smith et al. (2024, 10.5194/gmd-17-8569-2024). Concentrations: CO2 ppm, CH4 and N2O ppb, all
 * others ppt; emissions in the species' unit per year; forcing in W m-2.
 */
#ifndef STK_CLIMATE_EQUATIONS_H
#define STK_CLIMATE_EQUATIONS_H

#include <stddef.h>

#include <stocktake/climate.h>

enum { STK_BOXES = 4 };

/** The integrated airborne fraction over 100 years cannot exceed 100 years. */
#define STK_IIRF_MAX 100.0

/** A member whose surface is further than this from that of 1750 has left what the model can mean,
 * whatever numbers it still gives; K. */
#define STK_TEMPERATURE_LIMIT_K 50.0

/** Weight of a bromine atom relative to chlorine in ozone depletion. */
#define STK_BROMINE_POTENTIAL 45.0

/** How the lifetime of a gas depends on what was emitted and on temperature. */
typedef struct stk_lifetime {
    double iirf_0, iirf_uptake, iirf_temperature, iirf_airborne;
    double g0, g1;
} stk_lifetime;

/** Factor on the unperturbed lifetimes (Leach et al. 2021, equations 4 and 5):
 * alpha = g0 exp(I / g1), I = iirf_0 + uptake (G - A) + temperature T + airborne A, at most 100. */
double stk_lifetime_scaling(const stk_lifetime *lifetime, double airborne, double cumulative,
                            double temperature_k);

/** ln(1 + deviation sensitivity), one factor of the methane lifetime (Thornhill et al. 2021). */
double stk_methane_term(double deviation, double sensitivity);

/** Carbon boxes of a gas: shares of an emission, lifetimes (yr), concentration per emission. */
typedef struct stk_boxes {
    double partition[STK_BOXES];
    double lifetime_yr[STK_BOXES];
} stk_boxes;

/** Advance the boxes by one year of constant net emissions; returns the airborne amount (Leach et
 * al. 2021, equation 1, integrated exactly):
 * R' = a E (1/d) (1 - e^-d) + R e^-d, d = 1 / (alpha tau). */
double stk_boxes_step(const stk_boxes *boxes, double alpha, double net_emissions,
                      double amounts[STK_BOXES]);

/** The net emissions that bring the airborne amount to `airborne` within the year; advances. */
double stk_boxes_unstep(const stk_boxes *boxes, double alpha, double airborne,
                        double amounts[STK_BOXES]);

/** Concentration per unit of emission of a gas, ppm per Gt = ppb per Mt = ppt per kt. */
double stk_concentration_per_emission(double molecular_weight_g);

/** A triple of the gases whose forcings overlap. */
typedef struct stk_three_gases {
    double co2, ch4, n2o;
} stk_three_gases;

/** Forcing of CO2, CH4 and N2O without adjustments, relative to `reference`. */
stk_three_gases stk_ghg_forcing(stk_ghg_method method, stk_three_gases now,
                                stk_three_gases reference);

/** Aerosol-cloud forcing: beta [ln(1 + sum now) - ln(1 + sum base)], the sums being over
 * shape * emissions. */
double stk_aci_forcing(double scale, double shaped_now, double shaped_base);

/** What one ppt of a halogenated gas adds to equivalent effective stratospheric chlorine. */
double stk_eesc_weight(double cl_atoms, double br_atoms, double fractional_release);

#endif
