/** @file input.c
 * @brief Whether a scenario gives what the calibration needs.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "climate/calibration.h"

enum { YEARS_MAX = 10000 };

static bool is_needed(const stk_calibration *c, const stk_climate_input *input, size_t s)
{
    const stk_species *species = &c->species.items[s];
    bool driven = input->concentrations != NULL && input->concentrations[s] != NULL;
    bool co2 = input->concentrations != NULL &&
               input->concentrations[c->species.first_of_kind[STK_KIND_CO2]] != NULL;
    /* The land use of a CO2-driven run still forces; its fossil emissions do nothing. */
    return species->mode == STK_INPUT_EMISSIONS && !driven &&
           !(co2 && species->kind == STK_KIND_CO2_FFI);
}

static bool has_forcing(const stk_climate_input *input, size_t s)
{
    return input->forcings != NULL && input->forcings[s] != NULL;
}

/* A forcing from outside that nobody gives is no zero. */
static stk_status check_forcings(const stk_calibration *c, const stk_climate_input *input,
                                 stk_error *error)
{
    char list[400] = "";
    size_t missing = 0;
    for (size_t s = 0; s < c->species.count; s++) {
        if (stk_species_is_forced(&c->species.items[s]) && !stk_forcing_is_shared(c, (int)s) &&
            !has_forcing(input, s)) {
            size_t used = strlen(list);
            stk_print(list + used, sizeof list - used, "%s%s", missing > 0 ? ", " : "",
                      c->species.items[s].name);
            missing++;
        }
    }
    return missing == 0
               ? STK_OK
               : stk_error_set(error, STK_EARG,
                               "the calibration takes the forcing of %zu species from outside, and "
                               "it is not given: %s; give rows of the scenario or --forcing FILE, "
                               "or choose --missing-forcing zero",
                               missing, list);
}

static stk_status check_missing(const stk_calibration *c, const stk_climate_input *input,
                                stk_error *error)
{
    char list[400] = "";
    size_t missing = 0;
    for (size_t s = 0; s < c->species.count; s++) {
        if (is_needed(c, input, s) && input->emissions[s] == NULL) {
            size_t used = strlen(list);
            stk_print(list + used, sizeof list - used, "%s%s", missing > 0 ? ", " : "",
                      c->species.items[s].name);
            missing++;
        }
    }
    if (missing > 0) {
        return stk_error_set(error, STK_EARG, "emissions are missing for %zu species: %s", missing,
                             list);
    }
    return STK_OK;
}

static stk_status check_row(const stk_species *species, const char *what, const double *row,
                            int first_year, int count, stk_error *error)
{
    for (int i = 0; i < count; i++) {
        if (!isfinite(row[i])) {
            return stk_error_set(error, STK_EDATA, "%s of %s in %d: %g is no finite number", what,
                                 species->name, first_year + i, row[i]);
        }
    }
    return STK_OK;
}

static stk_status check_rows(const stk_calibration *c, const stk_climate_input *input,
                             stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t s = 0; status == STK_OK && s < c->species.count; s++) {
        const stk_species *species = &c->species.items[s];
        const double *driven = input->concentrations != NULL ? input->concentrations[s] : NULL;
        if (species->mode == STK_INPUT_CONCENTRATION && driven == NULL) {
            return stk_error_set(error, STK_EARG, "the concentration of %s is missing",
                                 species->name);
        }
        if (has_forcing(input, s)) {
            status = check_row(species, "forcing", input->forcings[s], input->first_year,
                               input->year_count + 1, error);
        }
        if (status == STK_OK && input->emissions[s] != NULL) {
            status = check_row(species, "emissions", input->emissions[s], input->first_year,
                               input->year_count, error);
        }
        if (status == STK_OK && driven != NULL) {
            if (!species->is_gas) {
                return stk_error_set(error, STK_EARG, "%s has no concentration", species->name);
            }
            status = check_row(species, "concentration", driven, input->first_year,
                               input->year_count + 1, error);
        }
    }
    return status;
}

/* Whether a species is forced by what all scenarios share. */
static bool needs_natural(const stk_calibration *c, const stk_climate_input *input)
{
    bool needed = false;
    for (size_t s = 0; s < c->species.count; s++) {
        needed = needed || (stk_forcing_is_shared(c, (int)s) && !has_forcing(input, s));
    }
    return needed;
}

stk_status stk_climate_input_check(const stk_calibration *calibration,
                                   const stk_climate_input *input, stk_error *error)
{
    const stk_calibration *c = calibration;
    int last_bound = c->natural_first_year + c->natural_count - 1;
    if (input->year_count < 1 || input->year_count > YEARS_MAX) {
        return stk_error_set(error, STK_EARG, "%d years; 1 to %d are allowed", input->year_count,
                             YEARS_MAX);
    }
    if (needs_natural(c, input) && (input->first_year < c->natural_first_year ||
                                    input->first_year > last_bound - input->year_count)) {
        return stk_error_set(error, STK_EARG,
                             "the years %d to %d are not within the natural forcing of the "
                             "calibration, which is for %d to %d",
                             input->first_year, input->first_year + input->year_count - 1,
                             c->natural_first_year, last_bound - 1);
    }
    stk_status status = check_missing(c, input, error);
    if (status == STK_OK) {
        status = check_forcings(c, input, error);
    }
    return status == STK_OK ? check_rows(c, input, error) : status;
}
