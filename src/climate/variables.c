/** @file variables.c
 * @brief Names and units of the output variables.
 */
#include <stocktake/climate.h>

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
