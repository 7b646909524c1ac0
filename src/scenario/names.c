/** @file names.c
 * @brief The names that variables have in scenarios, histories and databases.
 */
#include <string.h>

#include "scenario/method.h"

int stk_method_find(const stk_method *method, stk_text name)
{
    for (size_t i = 0; i < method->variable_count; i++) {
        if (stk_text_equal(name, method->variables[i].name)) {
            return (int)i;
        }
    }
    return STK_NO_VARIABLE;
}

int stk_method_find_stage(const stk_method *method, stk_text name)
{
    if (stk_text_cut_prefix(&name, "AR6 climate diagnostics|") &&
        !stk_text_cut_prefix(&name, "Harmonized|")) {
        return STK_NO_VARIABLE;
    }
    return stk_method_find(method, name);
}

int stk_method_find_any(const stk_method *method, stk_text name)
{
    if (stk_text_cut_prefix(&name, "AR6 climate diagnostics|") &&
        !stk_text_cut_prefix(&name, "Infilled|")) {
        stk_text_cut_prefix(&name, "Harmonized|");
    }
    stk_text_cut_suffix(&name, "|Unharmonized");
    int found = stk_method_find(method, name);
    for (size_t i = 0; found == STK_NO_VARIABLE && i < method->variable_count; i++) {
        const stk_yaml_texts *also = &method->variables[i].also;
        for (size_t k = 0; k < also->count; k++) {
            if (stk_text_equal(name, also->items[k])) {
                return (int)i;
            }
        }
    }
    return found;
}

bool stk_method_wants(void *user, stk_text variable)
{
    return stk_method_find_any(user, variable) != STK_NO_VARIABLE;
}

const char *stk_method_climate_variable(const stk_method *method, const char *species,
                                        const char **unit)
{
    const stk_method_variable *found = NULL;
    for (size_t v = 0; v < method->variable_count; v++) {
        const stk_method_variable *variable = &method->variables[v];
        if (variable->climate != NULL && strcmp(variable->climate, species) == 0) {
            found = variable;
            break;
        }
        for (size_t k = 0; k < variable->also.count; k++) {
            bool same = strcmp(variable->also.items[k], species) == 0;
            if (same && variable->climate == NULL && variable->infill != STK_INFILL_NONE) {
                found = variable;
            }
        }
    }
    *unit = found == NULL ? NULL : found->climate_unit != NULL ? found->climate_unit : found->unit;
    return found == NULL ? NULL : found->name;
}
