/** @file plan.c
 * @brief Preparing members for the fast ensemble.
 */
#include "climate/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/elementary.h"
#include "climate/noise.h"

/* The parameters that may differ between members; every other one must be the table's. */
static bool may_override(stk_species_kind kind, stk_species_parameter p)
{
    switch (p) {
    case STK_PARAM_FORCING_SCALE:
    case STK_PARAM_ARI_EFFICIENCY:
    case STK_PARAM_OZONE_EFFICIENCY:
    case STK_PARAM_ACI_SHAPE:
    case STK_PARAM_ACI_SCALE:
    case STK_PARAM_LAPSI_EFFICIENCY:
    case STK_PARAM_CONTRAILS_EFFICIENCY:
    case STK_PARAM_LAND_USE_EFFICIENCY:
    case STK_PARAM_H2O_FACTOR:
        return true;
    case STK_PARAM_IIRF_0:
    case STK_PARAM_IIRF_UPTAKE:
    case STK_PARAM_IIRF_TEMPERATURE:
    case STK_PARAM_IIRF_AIRBORNE:
    case STK_PARAM_BASELINE_CONCENTRATION:
        return kind == STK_KIND_CO2;
    default:
        return false;
    }
}

static bool overrides_possible(const stk_calibration *c)
{
    for (int s = 0; s < (int)c->species.count; s++) {
        for (int p = 0; p < STK_PARAM_COUNT; p++) {
            if (stk_parameter_column(c, s, (stk_species_parameter)p) != NULL &&
                !may_override(c->species.items[s].kind, (stk_species_parameter)p)) {
                return false;
            }
        }
    }
    return true;
}

/* Whether a species does something that only the plain implementation computes. */
static const char *oddity(const stk_calibration *c, int s)
{
    const stk_species *species = &c->species.items[s];
    const double *v = species->values;
    bool natural = species->kind == STK_KIND_SOLAR || species->kind == STK_KIND_VOLCANIC;
    bool is_co2 = species->kind == STK_KIND_CO2;
    if (!natural && v[STK_PARAM_EFFICACY] != 1) {
        return "an efficacy of a forcing that is not natural";
    }
    if (species->kind != STK_KIND_OZONE && v[STK_PARAM_TEMPERATURE_FEEDBACK] != 0) {
        return "a temperature feedback of a forcing other than ozone";
    }
    if (is_co2 && (species->concentration_chem ||
                   stk_parameter_or_zero(c, s, STK_PARAM_H2O_FACTOR, 0) != 0)) {
        return "chemistry of CO2";
    }
    if (species->kind == STK_KIND_CH4 && v[STK_PARAM_PARTITION_0] != 1) {
        return "more than one box for CH4";
    }
    bool three = is_co2 || species->kind == STK_KIND_CH4;
    if (three && (stk_parameter_or_zero(c, s, STK_PARAM_CL_ATOMS, 0) != 0 ||
                  stk_parameter_or_zero(c, s, STK_PARAM_BR_ATOMS, 0) != 0)) {
        return "chlorine from CO2 or CH4";
    }
    if (species->is_gas && !three &&
        stk_parameter_or_zero(c, s, STK_PARAM_IIRF_TEMPERATURE, 0) != 0) {
        return "a lifetime of a minor gas that depends on temperature";
    }
    return NULL;
}

bool stk_plan_possible(const stk_calibration *calibration, const stk_climate_physics *physics,
                       const char **why)
{
    *why = NULL;
    if (physics->ghg_method != STK_GHG_MEINSHAUSEN_2020 ||
        physics->ch4_method != STK_CH4_THORNHILL_2021) {
        *why = "another method for greenhouse gases than meinshausen2020 with thornhill2021";
    } else if (!overrides_possible(calibration)) {
        *why = "a parameter per member that is usually the same for all";
    }
    int shapes = 0;
    for (int s = 0; *why == NULL && s < (int)calibration->species.count; s++) {
        *why = oddity(calibration, s);
        shapes += calibration->species.items[s].emission_chem;
    }
    if (*why == NULL && shapes > STK_SHAPES_MAX) {
        *why = "more species in clouds than are provided for";
    }
    return *why == NULL;
}

static void fill_boxes(const stk_calibration *c, int s, stk_boxes *boxes)
{
    for (int k = 0; k < STK_BOXES; k++) {
        boxes->partition[k] =
            stk_parameter(c, s, (stk_species_parameter)(STK_PARAM_PARTITION_0 + k), 0);
        boxes->lifetime_yr[k] =
            stk_parameter(c, s, (stk_species_parameter)(STK_PARAM_LIFETIME_0 + k), 0);
    }
}

static void fill_constants(stk_plan *plan)
{
    const stk_calibration *c = plan->calibration;
    stk_plan_constants *k = &plan->constants;
    stk_boxes boxes;
    int co2 = c->species.first_of_kind[STK_KIND_CO2];
    int ch4 = c->species.first_of_kind[STK_KIND_CH4];
    int n2o = c->species.first_of_kind[STK_KIND_N2O];
    int ozone = c->species.first_of_kind[STK_KIND_OZONE];
    const stk_species_parameter reference = STK_PARAM_REFERENCE_CONCENTRATION;
    fill_boxes(c, co2, &boxes);
    k->co2_g0 = stk_parameter(c, co2, STK_PARAM_G0, 0);
    k->co2_inv_g1 = 1 / stk_parameter(c, co2, STK_PARAM_G1, 0);
    for (int i = 0; i < STK_BOXES; i++) {
        k->co2_partition[i] = boxes.partition[i];
        k->co2_lifetime[i] = boxes.lifetime_yr[i];
        k->co2_inv_lifetime[i] = 1 / boxes.lifetime_yr[i];
    }
    k->co2_per_emission =
        stk_concentration_per_emission(stk_parameter(c, co2, STK_PARAM_MOLECULAR_WEIGHT, 0));
    k->ch4_per_emission =
        stk_concentration_per_emission(stk_parameter(c, ch4, STK_PARAM_MOLECULAR_WEIGHT, 0));
    k->co2_baseline_emissions = stk_parameter_or_zero(c, co2, STK_PARAM_BASELINE_EMISSIONS, 0);
    k->ch4_baseline_emissions = stk_parameter_or_zero(c, ch4, STK_PARAM_BASELINE_EMISSIONS, 0);
    k->ch4_lifetime = stk_parameter(c, ch4, STK_PARAM_LIFETIME_0, 0);
    k->ch4_baseline = stk_parameter(c, ch4, STK_PARAM_BASELINE_CONCENTRATION, 0);
    k->n2o_baseline = stk_parameter(c, n2o, STK_PARAM_BASELINE_CONCENTRATION, 0);
    k->ch4_own = c->species.items[ch4].concentration_chem
                     ? stk_parameter_or_zero(c, ch4, STK_PARAM_CH4_SENSITIVITY, 0)
                     : 0;
    k->ch4_temperature = stk_parameter_or_zero(c, ch4, STK_PARAM_CH4_TEMPERATURE, 0);
    k->reference =
        (stk_three_gases){stk_parameter(c, co2, reference, 0), stk_parameter(c, ch4, reference, 0),
                          stk_parameter(c, n2o, reference, 0)};
    k->feedback =
        ozone >= 0 ? stk_parameter_or_zero(c, ozone, STK_PARAM_TEMPERATURE_FEEDBACK, 0) : 0;
    k->heat_sees_efficacy = plan->physics.physics == STK_PHYSICS_CORRECTED;
}

static void fill_gas(const stk_calibration *c, int s, stk_plan_gas *gas)
{
    gas->species = s;
    gas->lifetime =
        (stk_lifetime){.iirf_0 = stk_parameter(c, s, STK_PARAM_IIRF_0, 0),
                       .iirf_uptake = stk_parameter_or_zero(c, s, STK_PARAM_IIRF_UPTAKE, 0),
                       .iirf_airborne = stk_parameter_or_zero(c, s, STK_PARAM_IIRF_AIRBORNE, 0),
                       .g0 = stk_parameter(c, s, STK_PARAM_G0, 0),
                       .g1 = stk_parameter(c, s, STK_PARAM_G1, 0)};
    gas->constant = gas->lifetime.iirf_uptake == 0 && gas->lifetime.iirf_airborne == 0;
    fill_boxes(c, s, &gas->boxes);
    double alpha = stk_lifetime_scaling(&gas->lifetime, 0, 0, 0);
    for (int k = 0; k < STK_BOXES; k++) {
        double d = 1 / (alpha * gas->boxes.lifetime_yr[k]);
        gas->decay[k] = stk_exp(-d);
        gas->gain[k] = gas->boxes.partition[k] / d * -stk_expm1(-d);
    }
    gas->per_emission =
        stk_concentration_per_emission(stk_parameter(c, s, STK_PARAM_MOLECULAR_WEIGHT, 0));
    gas->baseline = stk_parameter(c, s, STK_PARAM_BASELINE_CONCENTRATION, 0);
    gas->baseline_emissions = stk_parameter_or_zero(c, s, STK_PARAM_BASELINE_EMISSIONS, 0);
    gas->eesc_weight =
        stk_eesc_weight(stk_parameter_or_zero(c, s, STK_PARAM_CL_ATOMS, 0),
                        stk_parameter_or_zero(c, s, STK_PARAM_BR_ATOMS, 0),
                        stk_parameter_or_zero(c, s, STK_PARAM_FRACTIONAL_RELEASE, 0));
}

static stk_status fill_gases(stk_plan *plan, stk_error *error)
{
    const stk_calibration *c = plan->calibration;
    int chlorine = c->species.first_of_kind[STK_KIND_EESC];
    plan->gases = stk_arena_alloc(&plan->arena, c->species.count, sizeof *plan->gases);
    if (plan->gases == NULL) {
        return stk_error_memory(error);
    }
    for (int s = 0; s < (int)c->species.count; s++) {
        const stk_species *species = &c->species.items[s];
        if (species->is_gas && species->kind != STK_KIND_CO2 && species->kind != STK_KIND_CH4) {
            fill_gas(c, s, &plan->gases[plan->gas_count++]);
        }
    }
    plan->chlorine_baseline =
        chlorine >= 0 ? stk_parameter_or_zero(c, chlorine, STK_PARAM_BASELINE_CONCENTRATION, 0) : 0;
    return STK_OK;
}

static void put(stk_plan *plan, size_t i, stk_block_parameter p, double value)
{
    plan->parameters[(i / STK_BLOCK * STK_B_COUNT + (size_t)p) * STK_BLOCK + i % STK_BLOCK] = value;
}

static void fill_carbon(stk_plan *plan, size_t i, size_t m)
{
    const stk_calibration *c = plan->calibration;
    int co2 = c->species.first_of_kind[STK_KIND_CO2];
    int ch4 = c->species.first_of_kind[STK_KIND_CH4];
    int n2o = c->species.first_of_kind[STK_KIND_N2O];
    double uptake = stk_parameter_or_zero(c, co2, STK_PARAM_IIRF_UPTAKE, m);
    double baseline = stk_parameter(c, co2, STK_PARAM_BASELINE_CONCENTRATION, m);
    stk_three_gases base = {baseline, plan->constants.ch4_baseline, plan->constants.n2o_baseline};
    stk_three_gases offset =
        stk_ghg_forcing(STK_GHG_MEINSHAUSEN_2020, base, plan->constants.reference);
    double scale_co2 = stk_forcing_scale(c, co2, m);
    double scale_ch4 = stk_forcing_scale(c, ch4, m);
    double scale_n2o = stk_forcing_scale(c, n2o, m);
    put(plan, i, STK_B_IIRF_0, stk_parameter(c, co2, STK_PARAM_IIRF_0, m));
    put(plan, i, STK_B_IIRF_G, uptake);
    put(plan, i, STK_B_IIRF_A, stk_parameter_or_zero(c, co2, STK_PARAM_IIRF_AIRBORNE, m) - uptake);
    put(plan, i, STK_B_IIRF_T, stk_parameter_or_zero(c, co2, STK_PARAM_IIRF_TEMPERATURE, m));
    put(plan, i, STK_B_CO2_BASELINE, baseline);
    put(plan, i, STK_B_SCALE_CO2, scale_co2);
    put(plan, i, STK_B_SCALE_CH4, scale_ch4);
    put(plan, i, STK_B_SCALE_N2O, scale_n2o);
    put(plan, i, STK_B_OFFSET_CO2, scale_co2 * offset.co2);
    put(plan, i, STK_B_OFFSET_CH4, scale_ch4 * offset.ch4);
    put(plan, i, STK_B_OFFSET_N2O, scale_n2o * offset.n2o);
}

static double scaled(const stk_plan *plan, int s, stk_species_parameter p, stk_species_kind owner,
                     size_t m)
{
    int target = plan->calibration->species.first_of_kind[owner];
    return target < 0 ? 0
                      : stk_parameter_or_zero(plan->calibration, s, p, m) *
                            stk_forcing_scale(plan->calibration, target, m);
}

static void fill_chemistry(stk_plan *plan, size_t i, size_t m)
{
    const stk_calibration *c = plan->calibration;
    int ch4 = c->species.first_of_kind[STK_KIND_CH4];
    int aci = c->species.first_of_kind[STK_KIND_ACI];
    double chemistry = c->species.items[ch4].concentration_chem ? 1 : 0;
    double ari = chemistry * scaled(plan, ch4, STK_PARAM_ARI_EFFICIENCY, STK_KIND_ARI, m);
    double ozone = chemistry * scaled(plan, ch4, STK_PARAM_OZONE_EFFICIENCY, STK_KIND_OZONE, m);
    double water = scaled(plan, ch4, STK_PARAM_H2O_FACTOR, STK_KIND_H2O, m);
    double beta = aci < 0 ? 0
                          : stk_parameter_or_zero(c, aci, STK_PARAM_ACI_SCALE, m) *
                                stk_forcing_scale(c, aci, m);
    double base = 0;
    for (int k = 0; k < plan->shape_count; k++) {
        int s = plan->shape_species[k];
        double shape = stk_parameter_or_zero(c, s, STK_PARAM_ACI_SHAPE, m);
        plan->shapes[(i / STK_BLOCK * (size_t)plan->shape_count + (size_t)k) * STK_BLOCK +
                     i % STK_BLOCK] = shape;
        base += shape * stk_parameter_or_zero(c, s, STK_PARAM_BASELINE_EMISSIONS, m);
    }
    put(plan, i, STK_B_CH4_LINEAR, ari + ozone + water);
    put(plan, i, STK_B_CH4_ARI, ari);
    put(plan, i, STK_B_CH4_OZONE, ozone);
    put(plan, i, STK_B_CH4_H2O, water);
    put(plan, i, STK_B_ACI_SCALE, beta);
    put(plan, i, STK_B_ACI_BASE, beta * stk_log1p(base));
}

static double excess(const stk_calibration *c, stk_species_kind kind, size_t m)
{
    int s = c->species.first_of_kind[kind];
    return s < 0 ? 0
                 : (stk_parameter(c, s, STK_PARAM_EFFICACY, m) - 1) * stk_forcing_scale(c, s, m);
}

static void fill_energy(stk_plan *plan, size_t i, size_t m)
{
    const stk_calibration *c = plan->calibration;
    const stk_energy *energy = &c->energy[m];
    stk_energy_step step = c->steps[m];
    if (plan->physics.physics == STK_PHYSICS_CORRECTED) {
        stk_energy_discretise_direct(energy, &step);
    }
    put(plan, i, STK_B_AD00, step.ad[0][0]);
    for (int row = 1; row < STK_STATE; row++) {
        for (int k = 0; k < STK_STATE; k++) {
            put(plan, i, (stk_block_parameter)(STK_B_AD10 + 4 * (row - 1) + k), step.ad[row][k]);
        }
    }
    for (int k = 0; k < STK_STATE; k++) {
        put(plan, i, (stk_block_parameter)(STK_B_BD0 + k), step.bd[k]);
    }
    put(plan, i, STK_B_KAPPA_1, energy->heat_transfer[0]);
    put(plan, i, STK_B_DEEP, (1 - energy->efficacy) * energy->heat_transfer[2]);
    put(plan, i, STK_B_SOLAR_EXCESS, excess(c, STK_KIND_SOLAR, m));
    put(plan, i, STK_B_VOLCANIC_EXCESS, excess(c, STK_KIND_VOLCANIC, m));
}

static void fill_noise(stk_plan *plan, size_t i, size_t m)
{
    stk_noise noise;
    size_t bounds = (size_t)plan->noise_bounds;
    stk_noise_prepare(plan->calibration, m, plan->physics.seed_offset, &noise);
    for (size_t bound = 1; bound < bounds; bound++) {
        double w[STK_STATE];
        stk_noise_draw(&noise, (uint32_t)bound, w);
        for (size_t k = 0; k < STK_STATE; k++) {
            plan->noise[((i / STK_BLOCK * bounds + bound) * STK_STATE + k) * STK_BLOCK +
                        i % STK_BLOCK] = w[k];
        }
    }
}

static bool allocate(stk_plan *plan, const size_t *members, int years)
{
    size_t rows = plan->block_count * STK_BLOCK;
    plan->members = stk_arena_alloc(&plan->arena, plan->member_count, sizeof *plan->members);
    plan->parameters = stk_plan_vectors(plan, rows * STK_B_COUNT);
    plan->shapes = stk_plan_vectors(plan, rows * (size_t)plan->shape_count);
    if (plan->physics.stochastic) {
        plan->noise_bounds = years + 1;
        plan->noise = stk_plan_vectors(plan, rows * STK_STATE * (size_t)plan->noise_bounds);
    }
    if (plan->members == NULL || plan->parameters == NULL || plan->shapes == NULL ||
        (plan->physics.stochastic && plan->noise == NULL)) {
        return false;
    }
    memcpy(plan->members, members, plan->member_count * sizeof *members);
    return true;
}

static void find_shapes(stk_plan *plan)
{
    const stk_calibration *c = plan->calibration;
    for (int s = 0; s < (int)c->species.count; s++) {
        bool any = stk_parameter_column(c, s, STK_PARAM_ACI_SHAPE) != NULL ||
                   stk_parameter_or_zero(c, s, STK_PARAM_ACI_SHAPE, 0) != 0;
        if (c->species.items[s].emission_chem && any) {
            plan->shape_species[plan->shape_count++] = s;
        }
    }
}

static void fill_members(stk_plan *plan)
{
    for (size_t i = 0; i < plan->block_count * STK_BLOCK; i++) {
        size_t last = plan->member_count - 1;
        size_t m = plan->members[i < last ? i : last];
        fill_carbon(plan, i, m);
        fill_chemistry(plan, i, m);
        fill_energy(plan, i, m);
        if (plan->noise != NULL) {
            fill_noise(plan, i, m);
        }
    }
}

stk_status stk_plan_new(const stk_calibration *calibration, const stk_climate_physics *physics,
                        const size_t *members, size_t member_count, int years, stk_plan **plan,
                        stk_error *error)
{
    const char *why;
    *plan = NULL;
    if (!stk_plan_possible(calibration, physics, &why)) {
        return stk_error_set(error, STK_EDATA, "the calibration has %s", why);
    }
    stk_plan *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return stk_error_memory(error);
    }
    p->calibration = calibration;
    p->physics = *physics;
    p->member_count = member_count;
    p->block_count = (member_count + STK_BLOCK - 1) / STK_BLOCK;
    p->stride = p->block_count * STK_BLOCK;
    find_shapes(p);
    stk_status status =
        allocate(p, members, years) ? fill_gases(p, error) : stk_error_memory(error);
    if (status == STK_OK) {
        fill_constants(p);
        fill_members(p);
        status = stk_plan_linear_forcings(p, error);
    }
    if (status != STK_OK) {
        stk_plan_free(p);
        return status;
    }
    *plan = p;
    return STK_OK;
}

void stk_plan_free(stk_plan *plan)
{
    if (plan != NULL) {
        stk_arena_free(&plan->arena);
        free(plan);
    }
}
