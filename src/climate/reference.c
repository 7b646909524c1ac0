/** @file reference.c
 * @brief One member, one scenario: the model as its equations read, in the order of one year.
 *
 * In the step from bound i to bound i+1 the lifetimes come from the state at i, emissions are those
 * of the year between, forcing is evaluated at i+1 (temperature feedbacks with the temperature at
 * i), and the energy balance holds that forcing constant over the step.
 */
#include "climate/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "climate/equations.h"
#include "climate/noise.h"

/* One species in the course of a run; gases use all of it. */
typedef struct species_state {
    double amounts[STK_BOXES];
    double airborne;
    double cumulative;    /* gross emissions since the start */
    double emissions;     /* of the current year */
    double concentration; /* at the current bound */
    double baseline;      /* concentration at the start */
    double alpha;
    double forcing; /* at the current bound */
} species_state;

typedef struct run {
    const stk_calibration *cal;
    const stk_species_table *table;
    size_t member;
    const stk_climate_input *input;
    const stk_climate_physics *physics;
    species_state *species;
    stk_energy_step step;
    double state[STK_STATE]; /* relaxed forcing, temperatures */
    double temperature_then; /* of layer 1 at the start of the step */
    double ocean_heat;
    bool valid;
} run;

static double parameter(const run *r, size_t s, stk_species_parameter p)
{
    return stk_parameter(r->cal, (int)s, p, r->member);
}

static double parameter_or_zero(const run *r, size_t s, stk_species_parameter p)
{
    return stk_parameter_or_zero(r->cal, (int)s, p, r->member);
}

static int first_of(const run *r, stk_species_kind kind)
{
    return r->table->first_of_kind[kind];
}

static const double *concentration_row(const run *r, size_t s)
{
    return r->input->concentrations != NULL ? r->input->concentrations[s] : NULL;
}

/* Emissions of the year that starts at bound i; those of CO2 are fossil and land use. */
static void read_emissions(run *r, int i)
{
    for (size_t s = 0; s < r->table->count; s++) {
        const double *row = r->input->emissions[s];
        r->species[s].emissions = row != NULL ? row[i] : 0;
    }
    r->species[first_of(r, STK_KIND_CO2)].emissions =
        r->species[first_of(r, STK_KIND_CO2_FFI)].emissions +
        r->species[first_of(r, STK_KIND_CO2_AFOLU)].emissions;
}

static void start(run *r)
{
    for (size_t s = 0; s < r->table->count; s++) {
        species_state *now = &r->species[s];
        const double *driven = concentration_row(r, s);
        now->baseline = parameter(r, s, STK_PARAM_BASELINE_CONCENTRATION);
        now->concentration = driven != NULL ? driven[0] : now->baseline;
    }
    if (r->physics->physics == STK_PHYSICS_CORRECTED) {
        stk_energy_discretise_direct(&r->cal->energy[r->member], &r->step);
    } else {
        r->step = r->cal->steps[r->member];
    }
}

static double gas_lifetime(const run *r, size_t s)
{
    stk_lifetime lifetime = {
        .iirf_0 = parameter(r, s, STK_PARAM_IIRF_0),
        .iirf_uptake = parameter_or_zero(r, s, STK_PARAM_IIRF_UPTAKE),
        .iirf_temperature = parameter_or_zero(r, s, STK_PARAM_IIRF_TEMPERATURE),
        .iirf_airborne = parameter_or_zero(r, s, STK_PARAM_IIRF_AIRBORNE),
        .g0 = parameter(r, s, STK_PARAM_G0),
        .g1 = parameter(r, s, STK_PARAM_G1),
    };
    return stk_lifetime_scaling(&lifetime, r->species[s].airborne, r->species[s].cumulative,
                                r->temperature_then);
}

static double methane_lifetime(const run *r)
{
    size_t methane = (size_t)first_of(r, STK_KIND_CH4);
    double sum = stk_methane_term(r->temperature_then,
                                  parameter_or_zero(r, methane, STK_PARAM_CH4_TEMPERATURE));
    for (size_t s = 0; s < r->table->count; s++) {
        const stk_species *species = &r->table->items[s];
        const species_state *now = &r->species[s];
        double sensitivity = parameter_or_zero(r, s, STK_PARAM_CH4_SENSITIVITY);
        if (species->emission_chem) {
            sum += stk_methane_term(now->emissions - parameter(r, s, STK_PARAM_BASELINE_EMISSIONS),
                                    sensitivity);
        }
        if (species->concentration_chem) {
            sum += stk_methane_term(now->concentration - now->baseline, sensitivity);
        }
    }
    return stk_exp(sum);
}

static void update_lifetimes(run *r)
{
    for (size_t s = 0; s < r->table->count; s++) {
        if (!r->table->items[s].is_gas) {
            continue;
        }
        bool chemistry = r->table->items[s].kind == STK_KIND_CH4 &&
                         r->physics->ch4_method == STK_CH4_THORNHILL_2021;
        r->species[s].alpha = chemistry ? methane_lifetime(r) : gas_lifetime(r, s);
    }
}

static void step_gas(run *r, size_t s, int i)
{
    species_state *now = &r->species[s];
    stk_boxes boxes;
    double baseline_emissions = parameter_or_zero(r, s, STK_PARAM_BASELINE_EMISSIONS);
    double per_emission =
        stk_concentration_per_emission(parameter(r, s, STK_PARAM_MOLECULAR_WEIGHT));
    for (int k = 0; k < STK_BOXES; k++) {
        boxes.partition[k] = parameter(r, s, (stk_species_parameter)(STK_PARAM_PARTITION_0 + k));
        boxes.lifetime_yr[k] = parameter(r, s, (stk_species_parameter)(STK_PARAM_LIFETIME_0 + k));
    }
    const double *driven = concentration_row(r, s);
    if (driven != NULL) {
        now->concentration = driven[i + 1];
        now->airborne = (now->concentration - now->baseline) / per_emission;
        now->emissions =
            stk_boxes_unstep(&boxes, now->alpha, now->airborne, now->amounts) + baseline_emissions;
    } else {
        now->airborne =
            stk_boxes_step(&boxes, now->alpha, now->emissions - baseline_emissions, now->amounts);
        now->concentration = now->baseline + per_emission * now->airborne;
    }
}

static void step_gases(run *r, int i)
{
    for (size_t s = 0; s < r->table->count; s++) {
        if (r->table->items[s].is_gas) {
            step_gas(r, s, i);
        }
        r->species[s].cumulative += r->species[s].emissions;
    }
}

static void update_eesc(run *r)
{
    int eesc = first_of(r, STK_KIND_EESC);
    if (eesc < 0) {
        return;
    }
    double sum = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        if (r->table->items[s].is_gas) {
            sum += r->species[s].concentration *
                   stk_eesc_weight(parameter_or_zero(r, s, STK_PARAM_CL_ATOMS),
                                   parameter_or_zero(r, s, STK_PARAM_BR_ATOMS),
                                   parameter_or_zero(r, s, STK_PARAM_FRACTIONAL_RELEASE));
        }
    }
    r->species[eesc].concentration = sum;
}

/* The concentrations that overlap, of a kind: now, at the start, or of the forcing's reference. */
typedef enum moment { NOW, BASELINE, REFERENCE } moment;

static double concentration_at(const run *r, stk_species_kind kind, moment when)
{
    size_t s = (size_t)first_of(r, kind);
    return when == NOW        ? r->species[s].concentration
           : when == BASELINE ? r->species[s].baseline
                              : parameter(r, s, STK_PARAM_REFERENCE_CONCENTRATION);
}

static stk_three_gases three_gases(const run *r, moment when)
{
    return (stk_three_gases){concentration_at(r, STK_KIND_CO2, when),
                             concentration_at(r, STK_KIND_CH4, when),
                             concentration_at(r, STK_KIND_N2O, when)};
}

static void force_three_gases(run *r)
{
    size_t co2 = (size_t)first_of(r, STK_KIND_CO2);
    size_t ch4 = (size_t)first_of(r, STK_KIND_CH4);
    size_t n2o = (size_t)first_of(r, STK_KIND_N2O);
    stk_ghg_method method = r->physics->ghg_method;
    stk_three_gases base = three_gases(r, BASELINE);
    stk_three_gases offset = {0, 0, 0};
    stk_three_gases reference = base;
    /* Meinshausen's formula is relative to 1750; the member's own start is subtracted. */
    if (method == STK_GHG_MEINSHAUSEN_2020) {
        reference = three_gases(r, REFERENCE);
        offset = stk_ghg_forcing(method, base, reference);
    }
    stk_three_gases forcing = stk_ghg_forcing(method, three_gases(r, NOW), reference);
    r->species[co2].forcing =
        stk_forcing_scale(r->cal, (int)co2, r->member) * (forcing.co2 - offset.co2);
    r->species[ch4].forcing =
        stk_forcing_scale(r->cal, (int)ch4, r->member) * (forcing.ch4 - offset.ch4);
    r->species[n2o].forcing =
        stk_forcing_scale(r->cal, (int)n2o, r->member) * (forcing.n2o - offset.n2o);
}

/* The other gases: W m-2 ppb-1 times ppt. */
static void force_linear_gases(run *r)
{
    for (size_t s = 0; s < r->table->count; s++) {
        stk_species_kind kind = r->table->items[s].kind;
        if (kind == STK_KIND_CFC_11 || kind == STK_KIND_OTHER_HALOGEN || kind == STK_KIND_F_GAS) {
            r->species[s].forcing = (r->species[s].concentration - r->species[s].baseline) *
                                    parameter(r, s, STK_PARAM_RADIATIVE_EFFICIENCY) * 1e-3 *
                                    stk_forcing_scale(r->cal, (int)s, r->member);
        }
    }
}

/* Sum over the species of what their emissions (minus baseline) do, of which `p` is the strength.
 */
static double emissions_effect(const run *r, stk_species_parameter p)
{
    double sum = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        if (r->table->items[s].emission_chem) {
            sum += (r->species[s].emissions - parameter(r, s, STK_PARAM_BASELINE_EMISSIONS)) *
                   parameter_or_zero(r, s, p);
        }
    }
    return sum;
}

static double concentration_effect(const run *r, stk_species_parameter p, bool with_eesc)
{
    double sum = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        const stk_species *species = &r->table->items[s];
        if (species->concentration_chem && (with_eesc || species->kind != STK_KIND_EESC)) {
            sum +=
                (r->species[s].concentration - r->species[s].baseline) * parameter_or_zero(r, s, p);
        }
    }
    return sum;
}

static void set_forcing(run *r, stk_species_kind kind, double forcing)
{
    int s = first_of(r, kind);
    if (s >= 0) {
        r->species[s].forcing = forcing;
    }
}

static double scale_of(const run *r, stk_species_kind kind)
{
    int s = first_of(r, kind);
    return s >= 0 ? stk_forcing_scale(r->cal, s, r->member) : 0;
}

static void force_aerosols(run *r)
{
    double now = 0;
    double base = 0;
    /* The reference computes this forcing before the chlorine of the same bound exists, so that
     * its direct effect drops out. */
    bool with_eesc = r->physics->physics == STK_PHYSICS_CORRECTED;
    set_forcing(r, STK_KIND_ARI,
                scale_of(r, STK_KIND_ARI) *
                    (emissions_effect(r, STK_PARAM_ARI_EFFICIENCY) +
                     concentration_effect(r, STK_PARAM_ARI_EFFICIENCY, with_eesc)));
    for (size_t s = 0; s < r->table->count; s++) {
        if (r->table->items[s].emission_chem) {
            double shape = parameter_or_zero(r, s, STK_PARAM_ACI_SHAPE);
            now += shape * r->species[s].emissions;
            base += shape * parameter(r, s, STK_PARAM_BASELINE_EMISSIONS);
        }
    }
    int aci = first_of(r, STK_KIND_ACI);
    if (aci >= 0) {
        double beta = parameter_or_zero(r, (size_t)aci, STK_PARAM_ACI_SCALE);
        r->species[aci].forcing = scale_of(r, STK_KIND_ACI) * stk_aci_forcing(beta, now, base);
    }
}

static void force_minor(run *r)
{
    double snow = 0;
    double contrails = 0;
    double water = 0;
    double land = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        const species_state *now = &r->species[s];
        double net = now->emissions - parameter_or_zero(r, s, STK_PARAM_BASELINE_EMISSIONS);
        snow += net * parameter_or_zero(r, s, STK_PARAM_LAPSI_EFFICIENCY);
        contrails += net * parameter_or_zero(r, s, STK_PARAM_CONTRAILS_EFFICIENCY);
        land += now->cumulative * parameter_or_zero(r, s, STK_PARAM_LAND_USE_EFFICIENCY);
        if (r->table->items[s].is_gas) {
            water += (now->concentration - now->baseline) *
                     parameter_or_zero(r, s, STK_PARAM_H2O_FACTOR);
        }
    }
    set_forcing(r, STK_KIND_LAPSI, scale_of(r, STK_KIND_LAPSI) * snow);
    set_forcing(r, STK_KIND_CONTRAILS, scale_of(r, STK_KIND_CONTRAILS) * contrails);
    set_forcing(r, STK_KIND_H2O, scale_of(r, STK_KIND_H2O) * water);
    set_forcing(r, STK_KIND_LAND_USE, scale_of(r, STK_KIND_LAND_USE) * land);
}

static void force_from_outside(run *r, int i)
{
    for (size_t s = 0; s < r->table->count; s++) {
        const stk_species *species = &r->table->items[s];
        if (stk_species_is_natural(species)) {
            r->species[s].forcing = stk_forcing_scale(r->cal, (int)s, r->member) *
                                    stk_natural_forcing(r->cal, r->input, species->kind, i);
        } else if (stk_species_is_forced(species)) {
            r->species[s].forcing =
                stk_forcing_scale(r->cal, (int)s, r->member) * r->input->forcings[s][i + 1];
        }
    }
}

static void update_forcing(run *r, int i)
{
    for (size_t s = 0; s < r->table->count; s++) {
        r->species[s].forcing = 0;
    }
    force_three_gases(r);
    force_linear_gases(r);
    force_aerosols(r);
    set_forcing(r, STK_KIND_OZONE,
                scale_of(r, STK_KIND_OZONE) *
                    (concentration_effect(r, STK_PARAM_OZONE_EFFICIENCY, true) +
                     emissions_effect(r, STK_PARAM_OZONE_EFFICIENCY)));
    force_minor(r);
    force_from_outside(r, i);
    for (size_t s = 0; s < r->table->count; s++) {
        r->species[s].forcing +=
            r->temperature_then * parameter_or_zero(r, s, STK_PARAM_TEMPERATURE_FEEDBACK);
    }
}

static double total_forcing(const run *r, bool effective)
{
    double sum = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        sum += r->species[s].forcing * (effective ? parameter(r, s, STK_PARAM_EFFICACY) : 1);
    }
    return sum;
}

static void step_energy(run *r, const double noise[STK_STATE])
{
    double next[STK_STATE];
    double forcing = total_forcing(r, true);
    for (int k = 0; k < STK_STATE; k++) {
        next[k] = r->step.bd[k] * forcing + noise[k];
        for (int j = 0; j < STK_STATE; j++) {
            next[k] += r->step.ad[k][j] * r->state[j];
        }
    }
    memcpy(r->state, next, sizeof next);
}

/* What enters the climate system at the top of the atmosphere, W m-2. */
static double heat_uptake(const run *r)
{
    const stk_energy *e = &r->cal->energy[r->member];
    /* The reference counts volcanic forcing fully here, although temperature sees less of it. */
    double forcing = total_forcing(r, r->physics->physics == STK_PHYSICS_CORRECTED);
    return forcing - e->heat_transfer[0] * r->state[1] +
           (1 - e->efficacy) * e->heat_transfer[2] * (r->state[2] - r->state[3]);
}

static double forcing_of(const run *r, stk_species_kind kind)
{
    double sum = 0;
    for (size_t s = 0; s < r->table->count; s++) {
        sum += r->table->items[s].kind == kind ? r->species[s].forcing : 0;
    }
    return sum;
}

static double concentration_of(const run *r, stk_species_kind kind)
{
    int s = first_of(r, kind);
    return s >= 0 ? r->species[s].concentration : NAN;
}

static void gather_forcing(const run *r, double *v)
{
    v[STK_CLIMATE_ERF] = total_forcing(r, false);
    v[STK_CLIMATE_ERF_CO2] = forcing_of(r, STK_KIND_CO2);
    v[STK_CLIMATE_ERF_CH4] = forcing_of(r, STK_KIND_CH4);
    v[STK_CLIMATE_ERF_N2O] = forcing_of(r, STK_KIND_N2O);
    v[STK_CLIMATE_ERF_MONTREAL] =
        forcing_of(r, STK_KIND_CFC_11) + forcing_of(r, STK_KIND_OTHER_HALOGEN);
    v[STK_CLIMATE_ERF_FGASES] = forcing_of(r, STK_KIND_F_GAS);
    v[STK_CLIMATE_ERF_OZONE] = forcing_of(r, STK_KIND_OZONE);
    v[STK_CLIMATE_ERF_ARI] = forcing_of(r, STK_KIND_ARI);
    v[STK_CLIMATE_ERF_ACI] = forcing_of(r, STK_KIND_ACI);
    v[STK_CLIMATE_ERF_AEROSOLS] = v[STK_CLIMATE_ERF_ARI] + v[STK_CLIMATE_ERF_ACI];
    v[STK_CLIMATE_ERF_LAPSI] = forcing_of(r, STK_KIND_LAPSI);
    v[STK_CLIMATE_ERF_H2O] = forcing_of(r, STK_KIND_H2O);
    v[STK_CLIMATE_ERF_LAND_USE] = forcing_of(r, STK_KIND_LAND_USE);
    v[STK_CLIMATE_ERF_SOLAR] = forcing_of(r, STK_KIND_SOLAR);
    v[STK_CLIMATE_ERF_VOLCANIC] = forcing_of(r, STK_KIND_VOLCANIC);
    v[STK_CLIMATE_ERF_NON_CO2_GHG] = v[STK_CLIMATE_ERF_CH4] + v[STK_CLIMATE_ERF_N2O] +
                                     v[STK_CLIMATE_ERF_MONTREAL] + v[STK_CLIMATE_ERF_FGASES];
    v[STK_CLIMATE_ERF_GHG] = v[STK_CLIMATE_ERF_CO2] + v[STK_CLIMATE_ERF_NON_CO2_GHG];
    v[STK_CLIMATE_ERF_ANTHROPOGENIC] =
        v[STK_CLIMATE_ERF] - v[STK_CLIMATE_ERF_SOLAR] - v[STK_CLIMATE_ERF_VOLCANIC];
    v[STK_CLIMATE_ERF_NON_CO2_ANTHROPOGENIC] =
        v[STK_CLIMATE_ERF_ANTHROPOGENIC] - v[STK_CLIMATE_ERF_CO2];
}

static void record(run *r, int bound, stk_climate_series *out)
{
    /* seconds in a year times the surface of the Earth (radius 6371 km) */
    const double joule_per_wm2_yr =
        60.0 * 60 * 24 * 365.24219 * 4 * 3.14159265358979323846 * 6371000.0 * 6371000.0;
    double v[STK_CLIMATE_VARIABLE_COUNT];
    const species_state *co2 = &r->species[first_of(r, STK_KIND_CO2)];
    gather_forcing(r, v);
    v[STK_CLIMATE_TEMPERATURE] = r->state[1];
    v[STK_CLIMATE_TEMPERATURE_2] = r->state[2];
    v[STK_CLIMATE_TEMPERATURE_3] = r->state[3];
    v[STK_CLIMATE_CO2] = co2->concentration;
    v[STK_CLIMATE_CH4] = concentration_of(r, STK_KIND_CH4);
    v[STK_CLIMATE_N2O] = concentration_of(r, STK_KIND_N2O);
    v[STK_CLIMATE_EESC] = concentration_of(r, STK_KIND_EESC);
    v[STK_CLIMATE_HEAT_UPTAKE] = heat_uptake(r);
    r->ocean_heat += bound > 0 ? v[STK_CLIMATE_HEAT_UPTAKE] * joule_per_wm2_yr : 0;
    v[STK_CLIMATE_OHC] = r->ocean_heat;
    v[STK_CLIMATE_ALPHA_CO2] = NAN;
    v[STK_CLIMATE_AIRBORNE_FRACTION] = co2->airborne / co2->cumulative;
    for (int k = 0; k < STK_CLIMATE_VARIABLE_COUNT; k++) {
        if (out->rows[k] != NULL) {
            out->rows[k][bound] = v[k];
        }
    }
}

static void run_years(run *r, const stk_noise *generator, const double (*noise)[STK_STATE],
                      stk_climate_series *out)
{
    start(r);
    r->valid = true;
    record(r, 0, out);
    for (int i = 0; i < r->input->year_count; i++) {
        double w[STK_STATE] = {0};
        r->temperature_then = r->state[1];
        read_emissions(r, i);
        update_lifetimes(r);
        if (out->rows[STK_CLIMATE_ALPHA_CO2] != NULL) {
            out->rows[STK_CLIMATE_ALPHA_CO2][i] = r->species[first_of(r, STK_KIND_CO2)].alpha;
        }
        step_gases(r, i);
        update_eesc(r);
        update_forcing(r, i);
        if (noise != NULL) {
            memcpy(w, noise[i + 1], sizeof w);
        } else if (r->physics->stochastic) {
            stk_noise_draw(generator, (uint32_t)(i + 1), w);
        }
        step_energy(r, w);
        r->valid = r->valid && fabs(r->state[1]) <= STK_TEMPERATURE_LIMIT_K;
        record(r, i + 1, out);
    }
}

stk_status stk_reference_run(const stk_calibration *calibration, size_t member,
                             const stk_climate_input *input, const stk_climate_physics *physics,
                             const double (*noise)[STK_STATE], stk_climate_series *out,
                             stk_error *error)
{
    stk_noise generator;
    run r = {.cal = calibration,
             .table = &calibration->species,
             .member = member,
             .input = input,
             .physics = physics};
    if (member >= calibration->member_count) {
        return stk_error_set(error, STK_EARG, "there is no member at index %zu", member);
    }
    stk_status status = stk_climate_input_check(calibration, input, error);
    if (status != STK_OK) {
        return status;
    }
    r.species = calloc(r.table->count, sizeof *r.species);
    if (r.species == NULL) {
        return stk_error_memory(error);
    }
    stk_noise_prepare(calibration, member, physics->seed_offset, &generator);
    run_years(&r, &generator, noise, out);
    if (!r.valid) {
        status = stk_error_set(error, STK_EDOMAIN, "member %ld left the valid range of the model",
                               calibration->numbers[member]);
    }
    free(r.species);
    return status;
}

stk_status stk_climate_run_member(const stk_calibration *calibration, size_t member,
                                  const stk_climate_input *input,
                                  const stk_climate_physics *physics, stk_climate_series *out,
                                  stk_error *error)
{
    return stk_reference_run(calibration, member, input, physics, NULL, out, error);
}
