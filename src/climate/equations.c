/** @file equations.c
 * @brief The equations.
 */
#include "climate/equations.h"

#include <math.h>

#include "base/elementary.h"

double stk_lifetime_scaling(const stk_lifetime *lifetime, double airborne, double cumulative,
                            double temperature_k)
{
    /* A g0 that the table rounds to 0 belongs to a gas that outlives every scenario (CF4). */
    if (isnan(lifetime->g0) || isnan(lifetime->g1) || isnan(lifetime->iirf_0) ||
        lifetime->g0 == 0) {
        return 1;
    }
    double iirf = lifetime->iirf_0 + lifetime->iirf_uptake * (cumulative - airborne) +
                  lifetime->iirf_temperature * temperature_k + lifetime->iirf_airborne * airborne;
    return lifetime->g0 * stk_exp((iirf > STK_IIRF_MAX ? STK_IIRF_MAX : iirf) / lifetime->g1);
}

double stk_methane_term(double deviation, double sensitivity)
{
    return stk_log(1 + deviation * sensitivity);
}

double stk_boxes_step(const stk_boxes *boxes, double alpha, double net_emissions,
                      double amounts[STK_BOXES])
{
    double airborne = 0;
    for (int k = 0; k < STK_BOXES; k++) {
        double decay_rate = 1 / (alpha * boxes->lifetime_yr[k]);
        double added = boxes->partition[k] * net_emissions / decay_rate * -stk_expm1(-decay_rate);
        amounts[k] = added + amounts[k] * stk_exp(-decay_rate);
        airborne += amounts[k];
    }
    return airborne;
}

double stk_boxes_unstep(const stk_boxes *boxes, double alpha, double airborne,
                        double amounts[STK_BOXES])
{
    double left = 0;
    double gain = 0;
    for (int k = 0; k < STK_BOXES; k++) {
        double decay_rate = 1 / (alpha * boxes->lifetime_yr[k]);
        left += amounts[k] * stk_exp(-decay_rate);
        gain += boxes->partition[k] / decay_rate * -stk_expm1(-decay_rate);
    }
    double net_emissions = (airborne - left) / gain;
    (void)stk_boxes_step(boxes, alpha, net_emissions, amounts);
    return net_emissions;
}

double stk_concentration_per_emission(double molecular_weight_g)
{
    /* mass of the atmosphere (kg) and molecular weight of dry air (g mol-1) */
    const double atmosphere = 5.1352e18;
    const double dry_air = 28.97;
    return 1 / (atmosphere / 1e18 * molecular_weight_g / dry_air);
}

/* Meinshausen et al. (2020), table 3. */
static stk_three_gases meinshausen(stk_three_gases now, stk_three_gases ref)
{
    const double a1 = -2.4785e-7, b1 = 0.00075906, c1 = -0.0021492, d1 = 5.2488;
    const double a2 = -0.00034197, b2 = 0.00025455, c2 = -0.00024357, d2 = 0.12173;
    const double a3 = -8.9603e-5, b3 = -0.00012462, d3 = 0.045194;
    double above = now.co2 - ref.co2;
    double turn = -b1 / (2 * a1); /* where the parabola of the CO2 term has its top */
    double alpha = d1;
    if (above > turn) {
        alpha = d1 - b1 * b1 / (4 * a1);
    } else if (above > 0) {
        alpha = d1 + a1 * above * above + b1 * above;
    }
    double root_co2 = sqrt(now.co2);
    double root_ch4 = sqrt(now.ch4);
    double root_n2o = sqrt(now.n2o);
    return (stk_three_gases){
        .co2 = (alpha + c1 * root_n2o) * stk_log(now.co2 / ref.co2),
        .ch4 = (a3 * root_ch4 + b3 * root_n2o + d3) * (root_ch4 - sqrt(ref.ch4)),
        .n2o = (a2 * root_co2 + b2 * root_n2o + c2 * root_ch4 + d2) * (root_n2o - sqrt(ref.n2o))};
}

/* Etminan et al. (2016), table 1. */
static stk_three_gases etminan(stk_three_gases now, stk_three_gases ref)
{
    const double a1 = -2.4e-7, b1 = 7.2e-4, c1 = -2.1e-4, d1 = 5.36;
    const double a2 = -8e-6, b2 = 4.2e-6, c2 = -4.9e-6, d2 = 0.117;
    const double a3 = -1.3e-6, b3 = -8.2e-6, d3 = 0.043;
    double above = now.co2 - ref.co2;
    double co2 = 0.5 * (now.co2 + ref.co2);
    double ch4 = 0.5 * (now.ch4 + ref.ch4);
    double n2o = 0.5 * (now.n2o + ref.n2o);
    return (stk_three_gases){
        .co2 = (a1 * above * above + b1 * fabs(above) + c1 * n2o + d1) * stk_log(now.co2 / ref.co2),
        .ch4 = (a3 * ch4 + b3 * n2o + d3) * (sqrt(now.ch4) - sqrt(ref.ch4)),
        .n2o = (a2 * co2 + b2 * n2o + c2 * ch4 + d2) * (sqrt(now.n2o) - sqrt(ref.n2o))};
}

/* Overlap of CH4 and N2O, Myhre et al. (1998), table 3. */
static double myhre_overlap(double ch4, double n2o)
{
    return 0.47 * stk_log(1 + 2.01e-5 * stk_pow(ch4 * n2o, 0.75) +
                          5.32e-15 * ch4 * stk_pow(ch4 * n2o, 1.52));
}

static stk_three_gases myhre(stk_three_gases now, stk_three_gases ref)
{
    double base = myhre_overlap(ref.ch4, ref.n2o);
    return (stk_three_gases){
        .co2 = 5.35 * stk_log(now.co2 / ref.co2),
        .ch4 = 0.036 * (sqrt(now.ch4) - sqrt(ref.ch4)) - (myhre_overlap(now.ch4, ref.n2o) - base),
        .n2o = 0.12 * (sqrt(now.n2o) - sqrt(ref.n2o)) - (myhre_overlap(ref.ch4, now.n2o) - base)};
}

/* Leach et al. (2021), table 2. */
static stk_three_gases leach(stk_three_gases now, stk_three_gases ref)
{
    return (stk_three_gases){.co2 = 4.57 * stk_log(now.co2 / ref.co2) +
                                    0.086 * (sqrt(now.co2) - sqrt(ref.co2)),
                             .ch4 = 0.038 * (sqrt(now.ch4) - sqrt(ref.ch4)),
                             .n2o = 0.106 * (sqrt(now.n2o) - sqrt(ref.n2o))};
}

stk_three_gases stk_ghg_forcing(stk_ghg_method method, stk_three_gases now,
                                stk_three_gases reference)
{
    switch (method) {
    case STK_GHG_ETMINAN_2016:
        return etminan(now, reference);
    case STK_GHG_MYHRE_1998:
        return myhre(now, reference);
    case STK_GHG_LEACH_2021:
        return leach(now, reference);
    case STK_GHG_MEINSHAUSEN_2020:
        break;
    }
    return meinshausen(now, reference);
}

double stk_aci_forcing(double scale, double shaped_now, double shaped_base)
{
    /* Shapes go down to 1e-94 and scales up to 4e4: ln(1 + x) would lose everything there. */
    return scale * stk_log1p(shaped_now) - scale * stk_log1p(shaped_base);
}

double stk_eesc_weight(double cl_atoms, double br_atoms, double fractional_release)
{
    return fractional_release * (cl_atoms + STK_BROMINE_POTENTIAL * br_atoms);
}
