/** @file plausibility.c
 * @brief The rules of what can be.
 */
#include "scenario/plausibility.h"

#include <math.h>
#include <string.h>

/* ---- the base year and the history ---- */

/* The factors by which units are mistaken, with what the value then looks like. */
static const struct {
    double factor;
    const char *text;
    const char *element; /* with which the factor goes; NULL: any */
} mistakes[] = {
    {1e-6, "1/1000000 of it", NULL},
    {1e-3, "1/1000 of it", NULL},
    {1e3, "1000 times as much", NULL},
    {1e6, "1000000 times as much", NULL},
    {12.0 / 44, "12/44 of it, as of carbon", "co2"},
    {44.0 / 12, "44/12 times as much, as of CO2 for carbon", "co2"},
    {28.0 / 44, "28/44 of it, as of nitrogen", "n2o"},
    {44.0 / 28, "44/28 times as much, as of N2O for nitrogen", "n2o"},
    {14.0 / 46, "14/46 of it, as of nitrogen", "nox"},
    {46.0 / 14, "46/14 times as much, as of NO2 for nitrogen", "nox"},
    {32.0 / 64, "32/64 of it, as of sulphur", "sulfur"},
    {64.0 / 32, "64/32 times as much, as of SO2 for sulphur", "sulfur"},
    {14.0 / 17, "14/17 of it, as of nitrogen", "nh3"},
    {17.0 / 14, "17/14 times as much, as of NH3 for nitrogen", "nh3"},
};

/* The mistake that a ratio looks like, NULL for none: within the ratio `within`, or as far from it
 * as models are from the history if that is 0. */
static const char *mistake_of(const char *key, double ratio, double within)
{
    enum { MISTAKES = sizeof mistakes / sizeof *mistakes };
    for (size_t i = 0; i < MISTAKES; i++) {
        const char *element = mistakes[i].element;
        bool applies = element == NULL || strncmp(key, element, strlen(element)) == 0;
        double off = ratio / mistakes[i].factor;
        double most = within > 0 ? within : element == NULL ? 2 : 1.2;
        if (applies && off > 1 / most && off < most) {
            return mistakes[i].text;
        }
    }
    return NULL;
}

/* Mt CO2e of one of the variable's unit, by the method's last Kyoto total; 0 for what is in none.
 */
static double equivalent_of(const stk_method *method, size_t v)
{
    const char *unit = method->variables[v].unit;
    double factor;
    if (stk_iamc_unit_factor(unit, "Mt CO2-equiv/yr", &factor, NULL) == STK_OK) {
        return factor;
    }
    if (method->kyoto_count == 0) {
        return 0;
    }
    const stk_method_kyoto *kyoto = &method->kyoto[method->kyoto_count - 1];
    for (size_t g = 0; g < kyoto->count; g++) {
        if (kyoto->variables[g] == v) {
            return kyoto->factors[g];
        }
    }
    return 0;
}

/* The distance from which on a value is doubted. Models differ by multiples in gases that hardly
 * count, so that a distance has to amount to something; a factor of a thousand is never one of
 * models. */
static double limit_of(const stk_method *method, size_t v, double value, double history)
{
    enum { EQUIVALENT_MT = 500 };
    int variable = (int)v;
    double ratio = value / history;
    if (variable == method->co2.fossil || variable == method->co2.total) {
        return 0.2 * fabs(history);
    }
    if (ratio > 0 && fabs(fabs(log10(ratio)) - 3) < 0.3) {
        return 0;
    }
    if (variable == method->co2.land) {
        double unit = 1;
        (void)stk_iamc_unit_factor("Gt CO2/yr", method->variables[v].unit, &unit, NULL);
        return 5 * unit;
    }
    double equivalent = equivalent_of(method, v);
    double megatonne = strncmp(method->variables[v].unit, "kt", 2) == 0 ? 1000 : 1;
    return fmax(0.5 * fabs(history), equivalent > 0 ? EQUIVALENT_MT / equivalent : megatonne);
}

/* The mistake that a value within the limits can only be: it meets one to 2 % and is off by more
 * than 20 %. Land use of published scenarios has any ratio to the history, hence 0.5 %. */
static const char *sure_mistake(const stk_method *method, size_t v, double ratio)
{
    double within = (int)v == method->co2.land ? 1.005 : 1.02;
    return fabs(ratio - 1) > 0.2 ? mistake_of(method->variables[v].key, ratio, within) : NULL;
}

void stk_doubt(stk_doubts *doubts, const stk_method *method, size_t variable, double value,
               double history)
{
    enum { SHOWN = 3 };
    const stk_method_variable *known = &method->variables[variable];
    size_t used = strlen(doubts->text);
    double ratio = value / history;
    const char *mistake = sure_mistake(method, variable, ratio);
    bool far = fabs(value - history) > limit_of(method, variable, value, history);
    bool vanishes = value == 0 && history != 0 && !method->check.keep_zeros;
    if (!far && !vanishes && mistake == NULL) {
        return;
    }
    if (doubts->count++ < SHOWN) {
        char factor[80] = "";
        mistake = mistake != NULL ? mistake : mistake_of(known->key, ratio, 0);
        mistake = value == 0 ? "zero" : ratio < 0 ? "of the other sign" : mistake;
        if (mistake != NULL && history != 0) {
            stk_print(factor, sizeof factor, " (%s)", mistake);
        } else if (history != 0) {
            stk_print(factor, sizeof factor, " (%.3g times as much)", ratio);
        }
        stk_print(doubts->text + used, sizeof doubts->text - used,
                  "%s%s is %.6g %s where the history has %.6g%s", used > 0 ? "; " : "",
                  STK_CUT(known->name, 80), value, STK_CUT(known->unit, 30), history, factor);
    }
    if (doubts->count == SHOWN + 1) {
        stk_print(doubts->text + used, sizeof doubts->text - used, "; and others");
    }
}

bool stk_doubts_tell(const stk_doubts *doubts, stk_stage *stage, const stk_iamc_scenario *scenario)
{
    return doubts->count == 0 || stk_stage_warn(stage, scenario, NULL, "in the base year %d, %s",
                                                stage->method->years.base, doubts->text);
}

/* ---- the total of CO2 and its sectors ---- */

bool stk_total_holds(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    const stk_slot *total = &stage->slots[method->co2.total];
    const double *fossil = stage->slots[method->co2.fossil].values;
    const double *land = stage->slots[method->co2.land].values;
    double least = 50;
    double worst = 0;
    size_t year = 0;
    if (total->values == NULL || fossil == NULL || land == NULL) {
        return true;
    }
    (void)stk_iamc_unit_factor("Mt CO2/yr", method->variables[method->co2.total].unit, &least,
                               NULL);
    least *= 50;
    for (size_t i = 0; i < stage->year_count; i++) {
        double off = fabs(total->values[i] - fossil[i] - land[i]);
        if (off > fmax(least, 0.01 * fabs(total->values[i])) && off > worst) {
            worst = off;
            year = i;
        }
    }
    return worst == 0 ||
           stk_stage_warn(stage, scenario, total->row,
                          "'%s' of %d is %.7g %s, but its parts add up to %.7g: '%s' (with what "
                          "belongs to it) %.7g, '%s' %.7g",
                          method->co2.total_name, stage->table->first_year + (int)year,
                          total->values[year], method->variables[method->co2.total].unit,
                          fossil[year] + land[year], method->co2.fossil_name, fossil[year],
                          method->co2.land_name, land[year]);
}

/* Whether a variable is a part of CO2 that no sum of the method takes. */
static bool is_left_out(const stk_method *method, size_t v)
{
    const struct stk_method_co2 *co2 = &method->co2;
    const stk_yaml_texts *sums[] = {&co2->fossil_parts, &co2->fossil_extra};
    bool sum = (int)v == co2->total || (int)v == co2->fossil || (int)v == co2->land;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < sums[k]->count; i++) {
            sum = sum || strcmp(sums[k]->items[i], method->variables[v].name) == 0;
        }
    }
    return method->variables[v].is_co2 && !sum;
}

bool stk_parts_taken(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    bool go_on = true;
    for (size_t v = 0; v < method->variable_count; v++) {
        stk_slot *slot = &stage->slots[v];
        size_t most = 0;
        if (slot->values == NULL || !is_left_out(method, v)) {
            continue;
        }
        for (size_t i = 1; i < stage->year_count; i++) {
            bool more = fabs(slot->values[i]) > fabs(slot->values[most]);
            most = more || isnan(slot->values[most]) ? i : most;
        }
        if (fabs(slot->values[most]) > 0) {
            go_on =
                stk_stage_warn(stage, scenario, slot->row,
                               "the method '%s' leaves '%s' out of fossil CO2: %.7g %s in %d",
                               method->name, method->variables[v].name, slot->values[most],
                               method->variables[v].unit, stage->table->first_year + (int)most) &&
                go_on;
        }
        *slot = (stk_slot){NULL, NULL};
    }
    return go_on;
}
