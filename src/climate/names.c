/** @file names.c
 * @brief Names of variables: those of scenario files, to the species of a calibration, and those of
 * the output.
 */
#include "climate/calibration.h"

#include <string.h>

#include "scenario/variable_names.h"

static long find_key(const stk_calibration *c, const char *key)
{
    if (strcmp(key, STK_KEY_CO2_FOSSIL) == 0) {
        return c->species.first_of_kind[STK_KIND_CO2_FFI];
    }
    if (strcmp(key, STK_KEY_CO2_LAND) == 0) {
        return c->species.first_of_kind[STK_KIND_CO2_AFOLU];
    }
    for (size_t s = 0; s < c->species.count && key[0] != '\0'; s++) {
        if (strcmp(c->species.items[s].key, key) == 0) {
            return (long)s;
        }
    }
    return -1;
}

/* What `scenario` adds to fossil CO2 as well, or a detail of that; the number is from 1 on. */
static int find_part(stk_text variable, const char *key, bool *detail)
{
    static const char *const parts[STK_FOSSIL_PARTS] = {
        "co2|other", "co2|waste", "co2|othercaptureandremoval", "co2|productuse"};
    for (int i = 0; i < STK_FOSSIL_PARTS; i++) {
        *detail = stk_variable_is_detail(variable, parts[i]);
        if (*detail || strcmp(key, parts[i]) == 0) {
            return i + 1;
        }
    }
    return 0;
}

stk_variable_meaning stk_climate_meaning(const stk_calibration *calibration, stk_text variable)
{
    stk_variable_name name;
    stk_variable_name_read(variable, &name);
    stk_variable_meaning meaning = {.species = find_key(calibration, name.key),
                                    .concentration = name.concentration,
                                    .rank = (int)name.rank};
    bool no_stage = name.rank == STK_NAME_REPORTED || name.rank == STK_NAME_NATIVE;
    bool reported = no_stage && name.emissions;
    meaning.lacks_parts = reported && name.lacks_parts;
    meaning.part = reported ? find_part(variable, name.key, &meaning.detail) : 0;
    if (meaning.part > 0) {
        meaning.species = calibration->species.first_of_kind[STK_KIND_CO2_FFI];
        return meaning;
    }
    const char *other = stk_variable_stand_in(name.key);
    if (meaning.species < 0 && other != NULL) {
        meaning.species = find_key(calibration, other);
    }
    if (meaning.species >= 0) {
        const stk_species *s = &calibration->species.items[meaning.species];
        bool gives = meaning.concentration ? s->is_gas : s->mode == STK_INPUT_EMISSIONS;
        meaning.species = gives ? meaning.species : -1;
    }
    if (meaning.species < 0) {
        int forced = calibration_forced_species(calibration, variable, &meaning.forcing);
        bool asked = forced >= 0 && meaning.forcing && /* what is natural is the calibration's */
                     !stk_species_is_natural(&calibration->species.items[forced]);
        meaning.species = asked ? forced : -1;
    }
    return meaning;
}

long stk_climate_species_of(const stk_calibration *calibration, stk_text variable,
                            bool *concentration)
{
    stk_variable_meaning meaning = stk_climate_meaning(calibration, variable);
    if (concentration != NULL) {
        *concentration = meaning.concentration;
    }
    return meaning.forcing || meaning.part > 0 ? -1 : meaning.species;
}

/* --- output ----------------------------------------------------------------------------------- */

typedef struct variable_names {
    const char *key;
    const char *name;
    const char *unit;
} variable_names;

static const variable_names variables[] = {
#define VARIABLE_NAMES(symbol, key, name, unit) {key, name, unit},
    STK_CLIMATE_VARIABLES(VARIABLE_NAMES)
#undef VARIABLE_NAMES
};

const char *stk_climate_variable_key(stk_climate_variable variable)
{
    return variables[variable].key;
}

const char *stk_climate_variable_name(stk_climate_variable variable)
{
    return variables[variable].name;
}

const char *stk_climate_variable_unit(stk_climate_variable variable)
{
    return variables[variable].unit;
}

bool stk_climate_variable_find(stk_text text, stk_climate_variable *variable)
{
    for (int i = 0; i < STK_CLIMATE_VARIABLE_COUNT; i++) {
        if (stk_text_equal(text, variables[i].key) || stk_text_equal(text, variables[i].name)) {
            *variable = (stk_climate_variable)i;
            return true;
        }
    }
    return false;
}
