/** @file method_parts.c
 * @brief The lists of a method file: variables, Kyoto totals, categories.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "scenario/method.h"

#define FIELD(type, member, key, kind, required)                                                   \
    {                                                                                              \
        key, kind, offsetof(type, member), required, 0, 0                                          \
    }

static const stk_yaml_field variable_fields[] = {
    FIELD(stk_method_variable, name, "name", STK_YAML_TEXT, true),
    FIELD(stk_method_variable, unit, "unit", STK_YAML_TEXT, true),
    FIELD(stk_method_variable, unit_harmonized, "unit_harmonized", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, unit_infilled, "unit_infilled", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, harmonise_text, "harmonise", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, infill_node, "infill", STK_YAML_NODE, false),
    FIELD(stk_method_variable, absent_text, "absent", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, climate, "climate", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, climate_unit, "climate_unit", STK_YAML_TEXT, false),
    FIELD(stk_method_variable, also, "also", STK_YAML_TEXTS, false),
    FIELD(stk_method_variable, cap, "cap", STK_YAML_NUMBER, false),
    FIELD(stk_method_variable, read, "read", STK_YAML_BOOLEAN, false),
};

bool stk_method_parse_rule(const stk_method *method, stk_text text, stk_harmonise_rule *rule)
{
    static const struct {
        const char *text;
        stk_harmonise_kind kind;
    } plain[] = {
        {"tree", STK_HARMONISE_TREE},
        {"keep", STK_HARMONISE_KEEP},
        {"constant_ratio", STK_HARMONISE_CONSTANT_RATIO},
        {"constant_offset", STK_HARMONISE_CONSTANT_OFFSET},
        {"hist_zero", STK_HARMONISE_KEEP},
        {"model_zero", STK_HARMONISE_CONSTANT_OFFSET},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (stk_text_equal(text, plain[i].text)) {
            *rule = (stk_harmonise_rule){plain[i].kind, 0};
            return true;
        }
    }
    bool ratio = stk_text_cut_prefix(&text, "reduce_ratio_");
    bool offset = stk_text_cut_prefix(&text, "reduce_offset_");
    long year;
    stk_text_cut_suffix(&text, "_cov");
    if (ratio == offset || !stk_text_integer(text, &year) || year <= method->years.base ||
        year > 2500) {
        return false;
    }
    *rule = (stk_harmonise_rule){ratio ? STK_HARMONISE_REDUCE_RATIO : STK_HARMONISE_REDUCE_OFFSET,
                                 (int)year};
    return true;
}

/* A word, or {scale: VARIABLE}. */
static stk_status read_infill(stk_yaml *yaml, stk_method_variable *variable, stk_error *error)
{
    static const stk_yaml_field fields[] = {
        FIELD(stk_method_variable, leader_name, "scale", STK_YAML_TEXT, true),
    };
    stk_yaml_node *node = variable->infill_node;
    const char *text = NULL;
    stk_status status = STK_OK;
    if (node != NULL && node->kind == STK_YAML_MAPPING) {
        variable->infill = STK_INFILL_SCALE;
        return stk_yaml_read(yaml, node, fields, 1, variable, error);
    }
    if (node != NULL) {
        STK_TRY(stk_yaml_text(yaml, node, &text, error));
        int found =
            stk_text_choice(stk_text_of(text), "none|quantile|closest|closest_builtin|copy");
        if (found < 0) {
            return stk_yaml_refuse(yaml, node, error,
                                   "infill: none, quantile, closest, closest_builtin, copy or "
                                   "{scale: VARIABLE}");
        }
        variable->infill = (stk_infill_kind)(STK_INFILL_REQUIRED + found);
    }
done:
    return status;
}

static stk_status read_variable(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                                stk_method_variable *variable, stk_error *error)
{
    stk_variable_name name;
    stk_status status;
    variable->cap = NAN;
    STK_TRY(stk_yaml_read(yaml, node, variable_fields,
                          sizeof variable_fields / sizeof *variable_fields, variable, error));
    if (stk_method_find(method, stk_text_of(variable->name)) != STK_NO_VARIABLE) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "name"), error, "each variable once");
    }
    if (variable->harmonise_text != NULL &&
        !stk_method_parse_rule(method, stk_text_of(variable->harmonise_text),
                               &variable->harmonise)) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "harmonise"), error,
                               "harmonise: tree, keep, constant_ratio, constant_offset, "
                               "reduce_ratio_YEAR or reduce_offset_YEAR with a YEAR after %d",
                               method->years.base);
    }
    STK_TRY(read_infill(yaml, variable, error));
    int absent = variable->absent_text == NULL
                     ? -1
                     : stk_text_choice(stk_text_of(variable->absent_text), "zero|drop");
    if (variable->absent_text != NULL && absent < 0) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "absent"), error, "absent: zero or drop");
    }
    stk_variable_name_read(stk_text_of(variable->name), &name);
    variable->key = stk_arena_string(&method->arena, stk_text_of(name.key));
    STK_TRY(stk_allocated(variable->key, error));
    variable->is_co2 =
        strncmp(variable->key, "co2", 3) == 0 && strchr("|", variable->key[3]) != NULL;
    variable->absent = (stk_absent_kind)(absent + 1);
    variable->read = variable->read || variable->harmonise.kind != STK_HARMONISE_NONE;
    variable->unit_harmonized =
        variable->unit_harmonized == NULL ? variable->unit : variable->unit_harmonized;
    variable->unit_infilled =
        variable->unit_infilled == NULL ? variable->unit : variable->unit_infilled;
done:
    return status;
}

/* The gases that others are in proportion to. */
static stk_status find_leaders(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        stk_method_variable *variable = &method->variables[v];
        if (variable->infill != STK_INFILL_SCALE) {
            continue;
        }
        int leader = stk_method_find(method, stk_text_of(variable->leader_name));
        stk_infill_kind kind =
            leader == STK_NO_VARIABLE ? STK_INFILL_NONE : method->variables[leader].infill;
        if (kind == STK_INFILL_NONE || kind == STK_INFILL_SCALE) {
            return stk_yaml_refuse(yaml, stk_yaml_at(variable->infill_node, "scale"), error,
                                   "scale: a variable that is infilled in another way");
        }
        variable->leader = (size_t)leader;
    }
    return STK_OK;
}

static stk_status mark_co2(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                           const char *name, int *index, stk_error *error)
{
    int found = stk_method_find(method, stk_text_of(name));
    if (found == STK_NO_VARIABLE) {
        return stk_yaml_refuse(yaml, node, error, "names of the variables");
    }
    method->variables[found].is_co2 = true;
    *index = found;
    return STK_OK;
}

static stk_status read_co2(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    stk_yaml_node *node = method->co2_node;
    int ignored;
    struct stk_method_co2 *co2 = &method->co2;
    const stk_yaml_texts *lists[] = {&co2->fossil_parts, &co2->fossil_extra};
    stk_status status;
    STK_TRY(
        mark_co2(method, yaml, stk_yaml_at(node, "total"), co2->total_name, &co2->total, error));
    STK_TRY(
        mark_co2(method, yaml, stk_yaml_at(node, "fossil"), co2->fossil_name, &co2->fossil, error));
    STK_TRY(mark_co2(method, yaml, stk_yaml_at(node, "land"), co2->land_name, &co2->land, error));
    for (size_t k = 0; k < 2; k++) {
        const stk_yaml_node *list = stk_yaml_at(node, k == 0 ? "fossil_parts" : "fossil_extra");
        stk_yaml_node *item = list->first;
        for (size_t i = 0; i < lists[k]->count; i++, item = item->next) {
            STK_TRY(mark_co2(method, yaml, item, lists[k]->items[i], &ignored, error));
        }
    }
    if (co2->total == co2->fossil || co2->total == co2->land || co2->fossil == co2->land) {
        return stk_yaml_refuse(yaml, node, error, "three different variables");
    }
    if (method->variables[co2->fossil].infill == STK_INFILL_NONE ||
        method->variables[co2->land].infill == STK_INFILL_NONE) {
        return stk_yaml_refuse(yaml, node, error, "fossil and land CO2 with a way to infill them");
    }
    int lead =
        co2->lead_text == NULL ? 0 : stk_text_choice(stk_text_of(co2->lead_text), "total|fossil");
    if (lead < 0) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "lead"), error,
                               "lead: total (fossil CO2 where there is none) or fossil");
    }
    co2->fossil_leads = lead == 1;
done:
    return status;
}

stk_status stk_method_read_variables(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    const stk_yaml_list *nodes = &method->variable_nodes;
    if (nodes->count > STK_METHOD_VARIABLES_MAX) {
        return stk_yaml_refuse(yaml, nodes->items[0], error, "at most %d variables",
                               STK_METHOD_VARIABLES_MAX);
    }
    method->variables = stk_arena_alloc(&method->arena, nodes->count, sizeof *method->variables);
    if (method->variables == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < nodes->count; i++) {
        stk_status status =
            read_variable(method, yaml, nodes->items[i], &method->variables[i], error);
        if (status != STK_OK) {
            return status;
        }
        method->variable_count++;
    }
    stk_status status = find_leaders(method, yaml, error);
    return status != STK_OK ? status : read_co2(method, yaml, error);
}

/* A gas of a Kyoto total: its GWP and the conversion of its unit to Mt become one factor. */
static stk_status read_gas(stk_method *method, stk_yaml *yaml, stk_yaml_node *key,
                           stk_method_kyoto *kyoto, stk_error *error)
{
    const char *name;
    double gwp;
    stk_status status;
    STK_TRY(stk_yaml_text(yaml, key, &name, error));
    STK_TRY(stk_yaml_number(yaml, key->next, &gwp, error));
    int index = stk_method_find(method, stk_text_of(name));
    if (index == STK_NO_VARIABLE || method->variables[index].is_co2) {
        return stk_yaml_refuse(yaml, key, error, "variables other than CO2");
    }
    const char *unit = method->variables[index].unit;
    bool mega = strncmp(unit, "Mt", 2) == 0;
    if (!mega && strncmp(unit, "kt", 2) != 0) {
        return stk_yaml_refuse(yaml, key, error, "variables in Mt or kt");
    }
    for (size_t i = 0; i < kyoto->count; i++) {
        if (kyoto->variables[i] == (size_t)index) {
            return stk_yaml_refuse(yaml, key, error, "each gas once");
        }
    }
    kyoto->variables[kyoto->count] = (size_t)index;
    kyoto->factors[kyoto->count++] = mega ? gwp : gwp / 1000;
done:
    return status;
}

static stk_status read_total(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                             stk_method_kyoto *kyoto, stk_error *error)
{
    static const stk_yaml_field fields[] = {
        FIELD(stk_method_kyoto, name, "name", STK_YAML_TEXT, true),
        FIELD(stk_method_kyoto, gwp_node, "gwp", STK_YAML_NODE, true),
    };
    stk_yaml_node *key;
    stk_status status;
    STK_TRY(stk_yaml_read(yaml, node, fields, 2, kyoto, error));
    STK_TRY(stk_yaml_keys(yaml, kyoto->gwp_node, &key, error));
    size_t count = kyoto->gwp_node->count / 2;
    kyoto->variables = stk_arena_alloc(&method->arena, count, sizeof *kyoto->variables);
    kyoto->factors = stk_arena_alloc(&method->arena, count, sizeof *kyoto->factors);
    if (kyoto->variables == NULL || kyoto->factors == NULL) {
        return stk_error_memory(error);
    }
    for (; key != NULL; key = key->next->next) {
        STK_TRY(read_gas(method, yaml, key, kyoto, error));
    }
done:
    return status;
}

stk_status stk_method_read_kyoto(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    const stk_yaml_list *nodes = &method->kyoto_nodes;
    stk_status status = STK_OK;
    if (nodes->count > STK_METHOD_KYOTO_MAX) {
        return stk_yaml_refuse(yaml, nodes->items[0], error, "at most %d totals",
                               STK_METHOD_KYOTO_MAX);
    }
    method->kyoto = stk_arena_alloc(&method->arena, nodes->count, sizeof *method->kyoto);
    if (method->kyoto == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < nodes->count && status == STK_OK; i++) {
        status = read_total(method, yaml, nodes->items[i], &method->kyoto[i], error);
    }
    method->kyoto_count = nodes->count;
    return status;
}

/* "p50_peak < 1.5": a percentile, one of < <= > >=, a number of kelvin; or a fact. */
static bool parse_condition(const char *text, stk_method_condition *condition)
{
    static const char *const inputs[STK_CATEGORY_INPUTS] = {
        "p33_peak", "p50_peak", "p67_peak", "p50_2100", "p67_2100", "declining", "negative"};
    size_t input = 0;
    while (input < STK_CATEGORY_INPUTS &&
           strncmp(text, inputs[input], strlen(inputs[input])) != 0) {
        input++;
    }
    if (input == STK_CATEGORY_INPUTS) {
        return false;
    }
    const char *sign = text + strlen(inputs[input]);
    *condition = (stk_method_condition){(stk_category_input)input, false, false, 0};
    if (input >= STK_CATEGORY_DECLINING) {
        return *sign == '\0';
    }
    sign += strspn(sign, " ");
    if (*sign != '<' && *sign != '>') {
        return false;
    }
    condition->less = *sign == '<';
    condition->equal = sign[1] == '=';
    const char *number = sign + (condition->equal ? 2 : 1);
    return stk_text_number(stk_text_trim(stk_text_of(number)), &condition->threshold);
}

static stk_status read_conditions(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                                  stk_method_category *category, stk_error *error)
{
    category->conditions =
        stk_arena_alloc(&method->arena, category->when.count, sizeof *category->conditions);
    if (category->conditions == NULL) {
        return stk_error_memory(error);
    }
    stk_yaml_node *item = stk_yaml_at(node, "when")->first;
    for (size_t i = 0; i < category->when.count; i++, item = item->next) {
        if (!parse_condition(category->when.items[i], &category->conditions[i])) {
            return stk_yaml_refuse(yaml, item, error,
                                   "conditions such as 'p50_peak < 1.5' on p33_peak, p50_peak, "
                                   "p67_peak, p50_2100, p67_2100, and the facts declining and "
                                   "negative");
        }
    }
    return STK_OK;
}

static stk_status read_category(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                                stk_method_category *category, stk_error *error)
{
    static const stk_yaml_field fields[] = {
        FIELD(stk_method_category, name, "name", STK_YAML_TEXT, true),
        FIELD(stk_method_category, label, "label", STK_YAML_TEXT, false),
        FIELD(stk_method_category, title, "title", STK_YAML_TEXT, true),
        FIELD(stk_method_category, when, "when", STK_YAML_TEXTS, true),
    };
    stk_status status;
    STK_TRY(stk_yaml_read(yaml, node, fields, 4, category, error));
    category->label = category->label == NULL ? category->name : category->label;
    STK_TRY(read_conditions(method, yaml, node, category, error));
done:
    return status;
}

static stk_status read_tiered(stk_method *method, stk_yaml *yaml, stk_yaml_node *node,
                              stk_method_category *category, stk_error *error)
{
    static const stk_yaml_field fields[] = {
        FIELD(stk_method_category, tiers, "tiers", STK_YAML_TEXTS, true),
        FIELD(stk_method_category, when, "when", STK_YAML_TEXTS, true),
    };
    stk_status status;
    STK_TRY(stk_yaml_read(yaml, node, fields, 2, category, error));
    if (category->tiers.count != STK_TIERS) {
        return stk_yaml_refuse(yaml, stk_yaml_at(node, "tiers"), error,
                               "tiers: %d names, the coarsest first", STK_TIERS);
    }
    STK_TRY(read_conditions(method, yaml, node, category, error));
done:
    return status;
}

/* A list of categories, each read by `read`. */
static stk_status read_list(stk_method *method, stk_yaml *yaml, const stk_yaml_list *nodes,
                            stk_status (*read)(stk_method *, stk_yaml *, stk_yaml_node *,
                                               stk_method_category *, stk_error *),
                            stk_method_category **categories, size_t *count, stk_error *error)
{
    stk_status status = STK_OK;
    *categories = stk_arena_alloc(&method->arena, nodes->count, sizeof **categories);
    if (*categories == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < nodes->count && status == STK_OK; i++) {
        status = read(method, yaml, nodes->items[i], &(*categories)[i], error);
    }
    *count = nodes->count;
    return status;
}

stk_status stk_method_read_categories(stk_method *method, stk_yaml *yaml, stk_error *error)
{
    stk_status status;
    STK_TRY(read_list(method, yaml, &method->category_nodes, read_category, &method->categories,
                      &method->category_count, error));
    STK_TRY(read_list(method, yaml, &method->tier_nodes, read_tiered, &method->tiers,
                      &method->tier_count, error));
done:
    return status;
}
