/** @file forcing_series.c
 * @brief The series of a scenario: everything that does not depend on the member.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "climate/plan.h"

stk_status stk_drive_new(const stk_plan *plan, int years, stk_drive *drive, stk_error *error)
{
    size_t n = (size_t)years;
    size_t bounds = n + 1;
    size_t species = plan->calibration->species.count;
    size_t features = (size_t)plan->feature_count;
    size_t shapes = (size_t)plan->shape_count;
    size_t size = 5 * n + 4 * bounds + n * features + n * shapes + species * bounds;
    double *p = calloc(size, sizeof *p);
    if (p == NULL) {
        return stk_error_memory(error);
    }
    *drive = (stk_drive){.years = years,
                         .feature_count = plan->feature_count,
                         .shape_count = plan->shape_count,
                         .memory = p};
    drive->co2_net = p;
    drive->ch4_net = (p += n);
    drive->ch4_factor = (p += n);
    drive->co2_cumulative = (p += n);
    drive->n2o = (p += bounds);
    drive->n2o_root = (p += bounds);
    drive->eesc = (p += bounds);
    drive->features = (p += bounds);
    drive->shapes = (p += n * features);
    drive->natural = (p += n * shapes);
    drive->scratch = p + 2 * n;
    return STK_OK;
}

void stk_drive_free(stk_drive *drive)
{
    free(drive->memory);
    memset(drive, 0, sizeof *drive);
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

static double *concentrations_of(const stk_drive *drive, int species)
{
    return drive->scratch + (size_t)species * (size_t)(drive->years + 1);
}

static void fill_gases(const stk_plan *plan, const stk_climate_input *input, stk_drive *drive)
{
    const stk_species_table *table = &plan->calibration->species;
    int n2o = table->first_of_kind[STK_KIND_N2O];
    int chlorine = table->first_of_kind[STK_KIND_EESC];
    memset(drive->eesc, 0, (size_t)(drive->years + 1) * sizeof *drive->eesc);
    for (int g = 0; g < plan->gas_count; g++) {
        const stk_plan_gas *gas = &plan->gases[g];
        double *row = concentrations_of(drive, gas->species);
        run_gas(gas, input, row);
        for (int i = 1; gas->eesc_weight != 0 && i <= drive->years; i++) {
            drive->eesc[i] += gas->eesc_weight * row[i];
        }
    }
    for (int i = 0; i <= drive->years; i++) {
        drive->n2o[i] = concentrations_of(drive, n2o)[i];
        drive->n2o_root[i] = sqrt(drive->n2o[i]);
    }
    drive->eesc[0] = plan->chlorine_baseline;
    if (chlorine >= 0) {
        memcpy(concentrations_of(drive, chlorine), drive->eesc,
               (size_t)(drive->years + 1) * sizeof(double));
    }
}

/* The factor of the methane lifetime that all members share: the product over reactive emissions
 * and over concentrations other than methane's own. A factor that is not positive has no logarithm
 * and ends the run in NaN, as in the plain implementation. */
static void fill_methane(const stk_plan *plan, const stk_climate_input *input, stk_drive *drive)
{
    const stk_species_table *table = &plan->calibration->species;
    for (int i = 0; i < drive->years; i++) {
        drive->ch4_factor[i] = 1;
    }
    for (int s = 0; s < (int)table->count; s++) {
        const stk_species *species = &table->items[s];
        double x = stk_parameter_or_zero(plan->calibration, s, STK_PARAM_CH4_SENSITIVITY, 0);
        bool by_concentration = species->concentration_chem && species->kind != STK_KIND_CH4;
        for (int i = 0; x != 0 && i < drive->years; i++) {
            double factor = 1;
            if (species->emission_chem) {
                factor +=
                    x * (emissions(input, s, i) - species->values[STK_PARAM_BASELINE_EMISSIONS]);
            } else if (by_concentration) {
                factor += x * (concentrations_of(drive, s)[i] -
                               species->values[STK_PARAM_BASELINE_CONCENTRATION]);
            }
            drive->ch4_factor[i] *= factor > 0 ? factor : NAN;
        }
    }
}

static void fill_carbon(const stk_plan *plan, const stk_climate_input *input, stk_drive *drive)
{
    const stk_species_table *table = &plan->calibration->species;
    const stk_plan_constants *c = &plan->constants;
    int fossil = table->first_of_kind[STK_KIND_CO2_FFI];
    int land = table->first_of_kind[STK_KIND_CO2_AFOLU];
    int methane = table->first_of_kind[STK_KIND_CH4];
    drive->co2_given = given(input, table->first_of_kind[STK_KIND_CO2]);
    drive->ch4_given = given(input, methane);
    drive->co2_cumulative[0] = 0;
    for (int i = 0; i < drive->years; i++) {
        double gross = emissions(input, fossil, i) + emissions(input, land, i);
        drive->co2_net[i] = gross - c->co2_baseline_emissions;
        drive->co2_cumulative[i + 1] = drive->co2_cumulative[i] + gross;
        drive->ch4_net[i] = emissions(input, methane, i) - c->ch4_baseline_emissions;
    }
}

static double baseline_concentration(const stk_plan *plan, int species)
{
    return plan->calibration->species.items[species].values[STK_PARAM_BASELINE_CONCENTRATION];
}

/* The value of a feature at the end of each year. */
static void fill_feature(const stk_plan *plan, const stk_climate_input *input, int f,
                         stk_drive *drive)
{
    const stk_calibration *c = plan->calibration;
    const stk_feature *feature = &plan->features[f];
    double cumulative = 0;
    for (int i = 0; i < drive->years; i++) {
        double *out = &drive->features[(size_t)i * (size_t)drive->feature_count + (size_t)f];
        int natural = input->first_year + i + 1 - c->natural_first_year;
        switch (feature->kind) {
        case STK_FEATURE_EMISSIONS:
            *out = emissions(input, feature->species[0], i) - feature->weights[0];
            break;
        case STK_FEATURE_CUMULATIVE:
            cumulative += emissions(input, feature->species[0], i);
            *out = cumulative;
            break;
        case STK_FEATURE_CONCENTRATION:
            *out = 0;
            for (int k = 0; k < feature->count; k++) {
                int s = feature->species[k];
                *out += feature->weights[k] *
                        (concentrations_of(drive, s)[i + 1] - baseline_concentration(plan, s));
            }
            break;
        case STK_FEATURE_SOLAR:
            *out = c->solar_wm2[natural];
            break;
        case STK_FEATURE_VOLCANIC:
            *out = c->volcanic_wm2[natural];
            break;
        }
    }
}

void stk_drive_fill(const stk_plan *plan, const stk_climate_input *input, stk_drive *drive)
{
    drive->first_year = input->first_year;
    drive->years = input->year_count;
    fill_gases(plan, input, drive);
    fill_carbon(plan, input, drive);
    fill_methane(plan, input, drive);
    for (int f = 0; f < plan->feature_count; f++) {
        fill_feature(plan, input, f, drive);
    }
    for (int i = 0; i < drive->years; i++) {
        for (int k = 0; k < plan->shape_count; k++) {
            drive->shapes[i * plan->shape_count + k] = emissions(input, plan->shape_species[k], i);
        }
        int natural = input->first_year + i + 1 - plan->calibration->natural_first_year;
        drive->natural[2 * i] = plan->calibration->solar_wm2[natural];
        drive->natural[2 * i + 1] = plan->calibration->volcanic_wm2[natural];
    }
}

static bool same(const double *a, const double *b, size_t at, size_t count)
{
    return memcmp(a + at, b + at, count * sizeof *a) == 0;
}

int stk_drive_common_years(const stk_drive *a, const stk_drive *b)
{
    int year = 0;
    size_t features = (size_t)a->feature_count;
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
            !same(a->features, b->features, i * features, features) ||
            !same(a->shapes, b->shapes, i * shapes, shapes) ||
            !same(a->natural, b->natural, 2 * i, 2)) {
            break;
        }
    }
    return year;
}
