/** @file forcing_series.c
 * @brief The series of a scenario: everything that does not depend on the member.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "climate/plan.h"

stk_status stk_forcing_series_new(const stk_plan *plan, int years, stk_forcing_series *forcing,
                                  stk_error *error)
{
    size_t n = (size_t)years;
    size_t bounds = n + 1;
    size_t species = plan->calibration->species.count;
    size_t linear_count = (size_t)plan->linear_count;
    size_t shapes = (size_t)plan->shape_count;
    size_t size = 5 * n + 4 * bounds + n * linear_count + n * shapes + species * bounds;
    double *p = calloc(size, sizeof *p);
    if (p == NULL) {
        return stk_error_memory(error);
    }
    *forcing = (stk_forcing_series){.years = years,
                                    .linear_count = plan->linear_count,
                                    .shape_count = plan->shape_count,
                                    .memory = p};
    forcing->co2_net = p;
    forcing->ch4_net = (p += n);
    forcing->ch4_factor = (p += n);
    forcing->co2_cumulative = (p += n);
    forcing->n2o = (p += bounds);
    forcing->n2o_root = (p += bounds);
    forcing->eesc = (p += bounds);
    forcing->linear = (p += bounds);
    forcing->shapes = (p += n * linear_count);
    forcing->natural = (p += n * shapes);
    forcing->scratch = p + 2 * n;
    return STK_OK;
}

void stk_forcing_series_free(stk_forcing_series *forcing)
{
    free(forcing->memory);
    memset(forcing, 0, sizeof *forcing);
}

static double emissions(const stk_climate_input *input, int species, int year)
{
    const double *row = input->emissions[species];
    return row != NULL ? row[year] : 0;
}

static const double *given(const stk_climate_input *input, int species)
{
    return input->concentrations != NULL ? input->concentrations[species] : NULL;
}

/* One gas through the years; `out` has a value for every bound. */
static void run_gas(const stk_plan_gas *gas, const stk_climate_input *input, double *out)
{
    const double *driven = given(input, gas->species);
    const double *row = input->emissions[gas->species];
    double amounts[STK_BOXES] = {0};
    double airborne = 0;
    double cumulative = 0;
    if (driven != NULL) {
        memcpy(out, driven, (size_t)(input->year_count + 1) * sizeof *out);
        return;
    }
    out[0] = gas->baseline;
    for (int i = 0; i < input->year_count; i++) {
        double gross = row != NULL ? row[i] : 0;
        double net = gross - gas->baseline_emissions;
        if (gas->constant) {
            airborne = 0;
            for (int k = 0; k < STK_BOXES; k++) {
                amounts[k] = gas->gain[k] * net + amounts[k] * gas->decay[k];
                airborne += amounts[k];
            }
        } else {
            double alpha = stk_lifetime_scaling(&gas->lifetime, airborne, cumulative, 0);
            airborne = stk_boxes_step(&gas->boxes, alpha, net, amounts);
        }
        cumulative += gross;
        out[i + 1] = gas->baseline + gas->per_emission * airborne;
    }
}

static double *concentrations_of(const stk_forcing_series *forcing, int species)
{
    return forcing->scratch + (size_t)species * (size_t)(forcing->years + 1);
}

static void fill_gases(const stk_plan *plan, const stk_climate_input *input,
                       stk_forcing_series *forcing)
{
    const stk_species_table *table = &plan->calibration->species;
    int n2o = table->first_of_kind[STK_KIND_N2O];
    int chlorine = table->first_of_kind[STK_KIND_EESC];
    memset(forcing->eesc, 0, (size_t)(forcing->years + 1) * sizeof *forcing->eesc);
    for (int g = 0; g < plan->gas_count; g++) {
        const stk_plan_gas *gas = &plan->gases[g];
        double *row = concentrations_of(forcing, gas->species);
        run_gas(gas, input, row);
        for (int i = 1; gas->eesc_weight != 0 && i <= forcing->years; i++) {
            forcing->eesc[i] += gas->eesc_weight * row[i];
        }
    }
    for (int i = 0; i <= forcing->years; i++) {
        forcing->n2o[i] = concentrations_of(forcing, n2o)[i];
        forcing->n2o_root[i] = sqrt(forcing->n2o[i]);
    }
    forcing->eesc[0] = plan->chlorine_baseline;
    if (chlorine >= 0) {
        memcpy(concentrations_of(forcing, chlorine), forcing->eesc,
               (size_t)(forcing->years + 1) * sizeof(double));
    }
}

/* The factor of the methane lifetime that all members share: the product over reactive emissions
 * and over concentrations other than methane's own. A factor that is not positive has no logarithm
 * and ends the run in NaN, as in the plain implementation. */
static void fill_methane(const stk_plan *plan, const stk_climate_input *input,
                         stk_forcing_series *forcing)
{
    const stk_species_table *table = &plan->calibration->species;
    for (int i = 0; i < forcing->years; i++) {
        forcing->ch4_factor[i] = 1;
    }
    for (int s = 0; s < (int)table->count; s++) {
        const stk_species *species = &table->items[s];
        double x = stk_parameter_or_zero(plan->calibration, s, STK_PARAM_CH4_SENSITIVITY, 0);
        bool by_concentration = species->concentration_chem && species->kind != STK_KIND_CH4;
        for (int i = 0; x != 0 && i < forcing->years; i++) {
            double factor = 1;
            if (species->emission_chem) {
                factor +=
                    x * (emissions(input, s, i) - species->values[STK_PARAM_BASELINE_EMISSIONS]);
            } else if (by_concentration) {
                factor += x * (concentrations_of(forcing, s)[i] -
                               species->values[STK_PARAM_BASELINE_CONCENTRATION]);
            }
            forcing->ch4_factor[i] *= factor > 0 ? factor : NAN;
        }
    }
}

static void fill_carbon(const stk_plan *plan, const stk_climate_input *input,
                        stk_forcing_series *forcing)
{
    const stk_species_table *table = &plan->calibration->species;
    const stk_plan_constants *c = &plan->constants;
    int fossil = table->first_of_kind[STK_KIND_CO2_FFI];
    int land = table->first_of_kind[STK_KIND_CO2_AFOLU];
    int methane = table->first_of_kind[STK_KIND_CH4];
    forcing->co2_given = given(input, table->first_of_kind[STK_KIND_CO2]);
    forcing->ch4_given = given(input, methane);
    forcing->co2_cumulative[0] = 0;
    for (int i = 0; i < forcing->years; i++) {
        double gross = emissions(input, fossil, i) + emissions(input, land, i);
        forcing->co2_net[i] = gross - c->co2_baseline_emissions;
        forcing->co2_cumulative[i + 1] = forcing->co2_cumulative[i] + gross;
        forcing->ch4_net[i] = emissions(input, methane, i) - c->ch4_baseline_emissions;
    }
}

static double baseline_concentration(const stk_plan *plan, int species)
{
    return plan->calibration->species.items[species].values[STK_PARAM_BASELINE_CONCENTRATION];
}

/* The value of a linear forcing at the end of each year. */
static void fill_linear_forcing(const stk_plan *plan, const stk_climate_input *input, int f,
                                stk_forcing_series *forcing)
{
    const stk_calibration *c = plan->calibration;
    const stk_linear_forcing *linear = &plan->linear[f];
    double cumulative = 0;
    for (int i = 0; i < forcing->years; i++) {
        double *out = &forcing->linear[(size_t)i * (size_t)forcing->linear_count + (size_t)f];
        switch (linear->kind) {
        case STK_LINEAR_EMISSIONS:
            *out = emissions(input, linear->species[0], i) - linear->weights[0];
            break;
        case STK_LINEAR_CUMULATIVE:
            cumulative += emissions(input, linear->species[0], i);
            *out = cumulative;
            break;
        case STK_LINEAR_CONCENTRATION:
            *out = 0;
            for (int k = 0; k < linear->count; k++) {
                int s = linear->species[k];
                *out += linear->weights[k] *
                        (concentrations_of(forcing, s)[i + 1] - baseline_concentration(plan, s));
            }
            break;
        case STK_LINEAR_SOLAR:
            *out = stk_natural_forcing(c, input, STK_KIND_SOLAR, i);
            break;
        case STK_LINEAR_VOLCANIC:
            *out = stk_natural_forcing(c, input, STK_KIND_VOLCANIC, i);
            break;
        case STK_LINEAR_GIVEN:
            *out = input->forcings[linear->species[0]][i + 1];
            break;
        }
    }
}

void stk_forcing_series_fill(const stk_plan *plan, const stk_climate_input *input,
                             stk_forcing_series *forcing)
{
    forcing->first_year = input->first_year;
    forcing->years = input->year_count;
    fill_gases(plan, input, forcing);
    fill_carbon(plan, input, forcing);
    fill_methane(plan, input, forcing);
    for (int f = 0; f < plan->linear_count; f++) {
        fill_linear_forcing(plan, input, f, forcing);
    }
    for (int i = 0; i < forcing->years; i++) {
        for (int k = 0; k < plan->shape_count; k++) {
            forcing->shapes[i * plan->shape_count + k] =
                emissions(input, plan->shape_species[k], i);
        }
        forcing->natural[2 * i] = stk_natural_forcing(plan->calibration, input, STK_KIND_SOLAR, i);
        forcing->natural[2 * i + 1] =
            stk_natural_forcing(plan->calibration, input, STK_KIND_VOLCANIC, i);
    }
}

static bool same(const double *a, const double *b, size_t at, size_t count)
{
    return memcmp(a + at, b + at, count * sizeof *a) == 0;
}

int stk_forcing_series_common_years(const stk_forcing_series *a, const stk_forcing_series *b)
{
    int year = 0;
    size_t linear_count = (size_t)a->linear_count;
    size_t shapes = (size_t)a->shape_count;
    if (a->first_year != b->first_year || a->years != b->years || a->co2_given != NULL ||
        b->co2_given != NULL || a->ch4_given != NULL || b->ch4_given != NULL ||
        !same(a->n2o, b->n2o, 0, 1) || !same(a->eesc, b->eesc, 0, 1)) {
        return 0;
    }
    for (size_t i = 0; year < a->years; i++, year++) {
        if (!same(a->co2_net, b->co2_net, i, 1) ||
            !same(a->co2_cumulative, b->co2_cumulative, i, 1) ||
            !same(a->ch4_net, b->ch4_net, i, 1) || !same(a->ch4_factor, b->ch4_factor, i, 1) ||
            !same(a->n2o, b->n2o, i + 1, 1) || !same(a->eesc, b->eesc, i + 1, 1) ||
            !same(a->linear, b->linear, i * linear_count, linear_count) ||
            !same(a->shapes, b->shapes, i * shapes, shapes) ||
            !same(a->natural, b->natural, 2 * i, 2)) {
            break;
        }
    }
    return year;
}
