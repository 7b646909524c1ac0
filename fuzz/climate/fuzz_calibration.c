/** @file fuzz_calibration.c
 * @brief Any three texts are a calibration or an error; a calibration has diagnostics, and its
 * forcings from outside are finite or refused.
 *
 * The input is the three tables, separated by form feeds: members, species, natural forcing.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/climate.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static stk_text cut(stk_text *rest)
{
    const char *end = rest->size > 0 ? memchr(rest->data, '\f', rest->size) : NULL;
    stk_text part = {rest->data, end == NULL ? rest->size : (size_t)(end - rest->data)};
    size_t used = end == NULL ? rest->size : part.size + 1;
    *rest = (stk_text){rest->data + used, rest->size - used};
    return part;
}

enum { YEARS = 100 };

/* The forcings of a scenario, whatever the tables say. */
static void fill_forcings(const stk_calibration *calibration, const char *scenario, int first_year)
{
    size_t species = stk_calibration_species_count(calibration);
    double **rows = calloc(species, sizeof *rows);
    bool *given = calloc(species, sizeof *given);
    double *values = calloc(species * (YEARS + 1), sizeof *values);
    stk_climate_rows all = {.first_year = first_year,
                            .year_count = YEARS,
                            .species_count = species,
                            .forcings = rows,
                            .forcings_given = given};
    for (size_t s = 0; rows != NULL && values != NULL && s < species; s++) {
        rows[s] = values + s * (YEARS + 1);
    }
    for (int rule = STK_FORCING_REFUSE;
         rows != NULL && given != NULL && values != NULL && rule <= STK_FORCING_HOLD; rule++) {
        stk_error error;
        memset(given, 0, species * sizeof *given);
        if (stk_climate_fill_forcings(calibration, scenario, (stk_missing_forcing)rule, &all,
                                      &error) != STK_OK) {
            continue;
        }
        for (size_t i = 0; i < species * (YEARS + 1); i++) {
            if (given[i / (YEARS + 1)] && !isfinite(values[i])) {
                abort();
            }
        }
    }
    free(rows);
    free(given);
    free(values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_error error;
    stk_calibration *calibration;
    stk_text rest = {(const char *)data, size};
    stk_calibration_files files;
    files.members = (stk_climate_file){"members", cut(&rest)};
    files.species = (stk_climate_file){"species", cut(&rest)};
    files.natural = (stk_climate_file){"natural", rest};
    if (stk_calibration_read(&files, &calibration, &error) == STK_OK) {
        for (size_t m = 0; m < stk_calibration_member_count(calibration) && m < 4; m++) {
            (void)stk_calibration_sensitivity(calibration, m);
        }
        fill_forcings(calibration, "ssp245", 1750);
        fill_forcings(calibration, "a", 2050);
        stk_calibration_free(calibration);
    }
    return 0;
}
