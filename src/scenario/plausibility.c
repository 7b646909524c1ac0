/** @file plausibility.c
 * @brief The rules of what can be.
 */
#include "scenario/plausibility.h"

#include "base/buffer.h"
#include "base/elementary.h"
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
    if (ratio > 0 && fabs(fabs(stk_log10(ratio)) - 3) < 0.3) {
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
        char given[STK_DECIMAL_SIZE];
        char past[STK_DECIMAL_SIZE];
        mistake = mistake != NULL ? mistake : mistake_of(known->key, ratio, 0);
        mistake = value == 0 ? "zero" : ratio < 0 ? "of the other sign" : mistake;
        if (mistake != NULL && history != 0) {
            stk_print(factor, sizeof factor, " (%s)", mistake);
        } else if (history != 0) {
            stk_print(factor, sizeof factor, " (%.3g times as much)", ratio);
        }
        stk_print(doubts->text + used, sizeof doubts->text - used,
                  "%s%s is %s %s where the history has %s%s", used > 0 ? "; " : "",
                  STK_CUT(known->name, 80), stk_digits_text(given, value, 6),
                  STK_CUT(known->unit, 30), stk_digits_text(past, history, 6), factor);
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

/* Warn of the year in which a sum is furthest from what is reported, by more than 1 % and 50 Mt,
 * with what its parts are; `also` is said of the first. */
static bool sum_holds(stk_stage *stage, const stk_iamc_scenario *scenario, int whole,
                      const size_t *parts, size_t count, const char *also)
{
    const stk_method *method = stage->method;
    const stk_slot *total = &stage->slots[whole];
    const char *unit = method->variables[whole].unit;
    char list[400] = "";
    char number[STK_DECIMAL_SIZE];
    char sum_text[STK_DECIMAL_SIZE];
    double least = 1;
    double worst = 0;
    double found = 0;
    size_t year = 0;
    (void)stk_iamc_unit_factor("Mt CO2/yr", unit, &least, NULL);
    for (size_t i = 0; i < stage->year_count; i++) {
        double sum = 0;
        for (size_t k = 0; k < count; k++) {
            sum += stage->slots[parts[k]].values[i];
        }
        double off = fabs(total->values[i] - sum);
        if (off > fmax(50 * least, 0.01 * fabs(total->values[i])) && off > worst) {
            worst = off;
            found = sum;
            year = i;
        }
    }
    for (size_t k = 0; k < count && worst > 0; k++) {
        size_t used = strlen(list);
        stk_print(list + used, sizeof list - used, "%s'%s'%s %s", k == 0 ? "" : ", ",
                  STK_CUT(method->variables[parts[k]].name, 100), k == 0 ? also : "",
                  stk_digits_text(number, stage->slots[parts[k]].values[year], 7));
    }
    return worst == 0 ||
           stk_stage_warn(stage, scenario, total->row,
                          "'%s' of %d is %s %s, but its parts add up to %s: %s",
                          method->variables[whole].name, stage->table->first_year + (int)year,
                          stk_digits_text(number, total->values[year], 7), unit,
                          stk_digits_text(sum_text, found, 7), list);
}

bool stk_total_holds(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const struct stk_method_co2 *co2 = &stage->method->co2;
    const size_t parts[] = {(size_t)co2->fossil, (size_t)co2->land};
    return stage->slots[co2->total].values == NULL || stage->slots[co2->fossil].values == NULL ||
           stage->slots[co2->land].values == NULL ||
           sum_holds(stage, scenario, co2->total, parts, 2, " (with what belongs to it)");
}

bool stk_fossil_holds(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    const stk_yaml_texts *names = &method->co2.fossil_parts;
    size_t parts[STK_METHOD_VARIABLES_MAX];
    size_t count = 0;
    for (; count < names->count && count < STK_METHOD_VARIABLES_MAX; count++) {
        parts[count] = (size_t)stk_method_find(method, stk_text_of(names->items[count]));
        if (stage->slots[parts[count]].values == NULL) {
            return true;
        }
    }
    return count == 0 || stage->slots[method->co2.fossil].values == NULL ||
           sum_holds(stage, scenario, method->co2.fossil, parts, count, "");
}

static bool lists(const stk_yaml_texts *texts, const char *name)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], name) == 0) {
            return true;
        }
    }
    return false;
}

bool stk_part_added(const stk_method *method, size_t v)
{
    return lists(&method->co2.fossil_extra, method->variables[v].name);
}

bool stk_part_left_out(const stk_method *method, size_t v)
{
    const struct stk_method_co2 *co2 = &method->co2;
    const stk_method_variable *known = &method->variables[v];
    return known->is_co2 && (int)v != co2->total && (int)v != co2->fossil && (int)v != co2->land &&
           !lists(&co2->fossil_parts, known->name) && !stk_part_added(method, v);
}

/* The last year with a value; false where none is another than zero. */
static bool last_value(const stk_stage *stage, const stk_iamc_row *row, int *last)
{
    bool any = false;
    for (int i = 0; i < stage->table->year_count; i++) {
        *last = isnan(row->values[i]) ? *last : i;
        any = any || fabs(row->values[i]) > 0;
    }
    return any;
}

/* The first year from `i` on, up to the method's last, in which fossil CO2 has a value; 0 if none.
 */
static int year_of_fossil(const stk_stage *stage, int i)
{
    const double *fossil = stage->slots[stage->method->co2.fossil].values;
    while (i < stage->table->year_count && isnan(fossil[i])) {
        i++;
    }
    int year = stage->table->first_year + i;
    return i < stage->table->year_count && year <= stage->method->years.last ? year : 0;
}

/* A detail of a sector that is not reported itself would be lost; what details add up to nobody
 * knows. */
static bool details_hold(stk_stage *stage, const stk_iamc_scenario *scenario,
                         const stk_iamc_row *const *sectors)
{
    const stk_method *method = stage->method;
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        int v = stk_method_detail_of(method, stk_text_of(row->variable));
        int last = -1;
        char number[STK_DECIMAL_SIZE];
        if (v != STK_NO_VARIABLE && sectors[v] == NULL && last_value(stage, row, &last)) {
            stk_stage_note(stage, scenario, NULL, row,
                           "'%s', which belongs to fossil CO2, is not reported, but '%s' is: %s %s "
                           "in %d",
                           STK_CUT(method->variables[v].name, 80), STK_CUT(row->variable, 100),
                           stk_digits_text(number, row->values[last], 7), STK_CUT(row->unit, 40),
                           stage->table->first_year + last);
            return false;
        }
    }
    return true;
}

bool stk_sectors_hold(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX];
    bool hold = true;
    stk_choose_rows(method, stage->table, scenario, STK_NAME_NATIVE, STK_NAME_REPORTED, rows);
    for (size_t v = 0; v < method->variable_count; v++) {
        stk_slot *slot = &stage->slots[v];
        char number[STK_DECIMAL_SIZE];
        int last = -1;
        if (rows[v] == NULL || !stk_part_added(method, v)) {
            continue;
        }
        if (!last_value(stage, rows[v], &last)) {
            *slot = (stk_slot){NULL, NULL}; /* zeros of any unit, in any years, add nothing */
            continue;
        }
        int beyond = year_of_fossil(stage, last + 1);
        if (slot->values == NULL || beyond != 0) {
            stk_stage_note(stage, scenario, NULL, rows[v],
                           "'%s' belongs to fossil CO2 and %s: %s %s in %d",
                           STK_CUT(method->variables[v].name, 120),
                           slot->values == NULL ? "cannot be added to it" : "ends before it",
                           stk_digits_text(number, rows[v]->values[last], 7),
                           STK_CUT(rows[v]->unit, 40), stage->table->first_year + last);
            hold = false;
        }
    }
    return details_hold(stage, scenario, rows) && hold;
}

bool stk_left_out_told(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    bool go_on = true;
    char number[STK_DECIMAL_SIZE];
    for (size_t v = 0; v < method->variable_count; v++) {
        stk_slot *slot = &stage->slots[v];
        size_t most = 0;
        if (slot->values == NULL || !stk_part_left_out(method, v)) {
            continue;
        }
        for (size_t i = 1; i < stage->year_count; i++) {
            bool more = fabs(slot->values[i]) > fabs(slot->values[most]);
            most = more || isnan(slot->values[most]) ? i : most;
        }
        if (fabs(slot->values[most]) > 0) {
            go_on = stk_stage_warn(
                        stage, scenario, slot->row,
                        "the method '%s' leaves '%s' out of fossil CO2: %s %s in %d", method->name,
                        method->variables[v].name, stk_digits_text(number, slot->values[most], 7),
                        method->variables[v].unit, stage->table->first_year + (int)most) &&
                    go_on;
        }
        *slot = (stk_slot){NULL, NULL};
    }
    return go_on;
}
