/** @file failure.c
 * @brief Finding the cause of a failure by the plain implementation.
 */
#include "climate/failure.h"

#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "climate/equations.h"
#include "climate/reference.h"

/* Forcings, with the species whose emissions make them, and how much each does. */
static const struct {
    stk_climate_variable variable;
    stk_species_parameter strength;
    int kinds[2]; /* of species; -1 is any */
} forcings[] = {
    {STK_CLIMATE_ERF_CO2, STK_PARAM_COUNT, {STK_KIND_CO2_FFI, STK_KIND_CO2_AFOLU}},
    {STK_CLIMATE_ERF_CH4, STK_PARAM_COUNT, {STK_KIND_CH4, STK_KIND_CH4}},
    {STK_CLIMATE_ERF_N2O, STK_PARAM_COUNT, {STK_KIND_N2O, STK_KIND_N2O}},
    {STK_CLIMATE_ERF_MONTREAL,
     STK_PARAM_RADIATIVE_EFFICIENCY,
     {STK_KIND_CFC_11, STK_KIND_OTHER_HALOGEN}},
    {STK_CLIMATE_ERF_FGASES, STK_PARAM_RADIATIVE_EFFICIENCY, {STK_KIND_F_GAS, STK_KIND_F_GAS}},
    {STK_CLIMATE_ERF_OZONE, STK_PARAM_OZONE_EFFICIENCY, {-1, -1}},
    {STK_CLIMATE_ERF_ARI, STK_PARAM_ARI_EFFICIENCY, {-1, -1}},
    {STK_CLIMATE_ERF_ACI, STK_PARAM_ACI_SHAPE, {-1, -1}},
    {STK_CLIMATE_ERF_LAPSI, STK_PARAM_LAPSI_EFFICIENCY, {-1, -1}},
    {STK_CLIMATE_ERF_H2O, STK_PARAM_COUNT, {STK_KIND_CH4, STK_KIND_CH4}},
    {STK_CLIMATE_ERF_LAND_USE, STK_PARAM_LAND_USE_EFFICIENCY, {-1, -1}},
};

enum { FORCINGS = sizeof forcings / sizeof *forcings };

typedef struct failure {
    const stk_calibration *c;
    size_t member;
    const stk_climate_input *input;
    int year; /* index of the year at whose end the member is out of range */
} failure;

/* Emissions of the year above those of the start; 0 where a species has none. */
static double net_emissions(const failure *f, size_t s)
{
    const double *row = f->input->emissions[s];
    return row == NULL
               ? 0
               : row[f->year] -
                     stk_parameter_or_zero(f->c, (int)s, STK_PARAM_BASELINE_EMISSIONS, f->member);
}

/* The species whose emissions do most of a forcing; -1 if none does anything. */
static long driver_of(const failure *f, size_t forcing)
{
    const int *kinds = forcings[forcing].kinds;
    stk_species_parameter strength = forcings[forcing].strength;
    long found = -1;
    double most = 0;
    for (size_t s = 0; s < f->c->species.count; s++) {
        int kind = (int)f->c->species.items[s].kind;
        double each = strength == STK_PARAM_COUNT
                          ? 1
                          : stk_parameter_or_zero(f->c, (int)s, strength, f->member);
        double effect = fabs(net_emissions(f, s) * each);
        if ((kinds[0] < 0 || kind == kinds[0] || kind == kinds[1]) && effect > most) {
            most = effect;
            found = (long)s;
        }
    }
    return found;
}

static void tell_emissions(const failure *f, long s, char *out, size_t size)
{
    const stk_species *species = &f->c->species.items[s];
    char number[STK_DECIMAL_SIZE];
    stk_print(out, size, "emissions of %s of %s %s", species->name,
              stk_digits_text(number, f->input->emissions[s][f->year], 6), species->emissions_unit);
}

/* A factor on the lifetime of methane that is not above zero. */
static bool find_methane_factor(const failure *f, char *out, size_t size)
{
    for (size_t s = 0; s < f->c->species.count; s++) {
        double sensitivity =
            stk_parameter_or_zero(f->c, (int)s, STK_PARAM_CH4_SENSITIVITY, f->member);
        double factor = 1 + net_emissions(f, s) * sensitivity;
        if (f->c->species.items[s].emission_chem && !(factor > 0)) {
            char emissions[160];
            tell_emissions(f, (long)s, emissions, sizeof emissions);
            stk_print(out, size, "in %d %s make the factor on the lifetime of CH4 %.3g",
                      f->input->first_year + f->year, emissions, factor);
            return true;
        }
    }
    return false;
}

/* The species whose emissions are most times those of ten years before, where that is many times:
 * mostly a wrong unit, whatever forcing fails by it first. -1 if there is none. */
static long jump_of(const failure *f)
{
    enum { YEARS = 10, TIMES = 50 };
    int before = f->year < YEARS ? 0 : f->year - YEARS;
    double most = TIMES;
    long found = -1;
    for (size_t s = 0; s < f->c->species.count; s++) {
        const double *row = f->input->emissions[s];
        double times = row == NULL || row[before] == 0 ? 0 : fabs(row[f->year] / row[before]);
        if (times > most) {
            most = times;
            found = (long)s;
        }
    }
    return found;
}

static void find_forcing(const failure *f, const stk_climate_series *series, char *out, size_t size)
{
    size_t largest = 0;
    double most = -1;
    char emissions[160] = "";
    char size_text[32] = "no number";
    for (size_t i = 0; i < FORCINGS; i++) {
        double value = fabs(series->rows[forcings[i].variable][f->year + 1]);
        value = isnan(value) ? (double)INFINITY : value;
        if (value > most) {
            largest = i;
            most = value;
        }
    }
    long by = driver_of(f, largest);
    long jump = jump_of(f);
    if (jump >= 0 && jump != by) {
        tell_emissions(f, jump, emissions, sizeof emissions);
        stk_print(out, size, "in %d with %s, out of proportion to the years before",
                  f->input->first_year + f->year, emissions);
        return;
    }
    if (by >= 0) {
        tell_emissions(f, by, emissions, sizeof emissions);
    }
    if (isfinite(most)) {
        stk_print(size_text, sizeof size_text, "%.3g W/m^2",
                  series->rows[forcings[largest].variable][f->year + 1]);
    }
    stk_print(out, size, "in %d the forcing '%s' is %s%s%s", f->input->first_year + f->year,
              stk_climate_variable_name(forcings[largest].variable), size_text,
              emissions[0] != '\0' ? " with " : "", emissions);
}

void stk_failure_cause(const stk_calibration *calibration, size_t member,
                       const stk_climate_input *input, const stk_climate_physics *physics,
                       char *out, size_t size)
{
    failure f = {calibration, member, input, 0};
    stk_climate_series series = {{NULL}};
    size_t bounds = (size_t)input->year_count + 1;
    double *values = calloc((FORCINGS + 1) * bounds, sizeof *values);
    out[0] = '\0';
    if (values == NULL) {
        return;
    }
    series.rows[STK_CLIMATE_TEMPERATURE] = values;
    for (size_t i = 0; i < FORCINGS; i++) {
        series.rows[forcings[i].variable] = values + (i + 1) * bounds;
    }
    (void)stk_reference_run(calibration, member, input, physics, NULL, &series, NULL);
    while (f.year < input->year_count && fabs(values[f.year + 1]) <= STK_TEMPERATURE_LIMIT_K) {
        f.year++;
    }
    if (f.year < input->year_count && !find_methane_factor(&f, out, size)) {
        find_forcing(&f, &series, out, size);
    }
    free(values);
}
