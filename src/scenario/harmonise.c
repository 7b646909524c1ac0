/** @file harmonise.c
 * @brief Making scenarios meet the history in the base year.
 *
 * With h and m the values of history and model in the base year y0 and a share
 * f(y) = max(0, 1 - (y - y0) / (until - y0)) that fades from one to zero,
 *
 *     constant ratio    v h/m                     constant offset    v + h - m
 *     reduced ratio     v (1 + (h/m - 1) f)       reduced offset     v + (h - m) f
 *
 * (Gidden et al. 2018, 10.1016/j.envsoft.2018.04.002, section 2.2; the decision tree as of aneris
 * 0.3.1, which later versions changed.)
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "scenario/plausibility.h"
#include "scenario/stage.h"

typedef struct past {
    const stk_iamc *table;
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX]; /* NULL: no history */
    int nearness[STK_METHOD_VARIABLES_MAX];             /* of their names to the method's */
    double factors[STK_METHOD_VARIABLES_MAX];
    double variation[STK_METHOD_VARIABLES_MAX];
} past;

static double past_value(const past *history, size_t variable, int year)
{
    return history->factors[variable] *
           stk_iamc_value(history->table, history->rows[variable], year);
}

/* |standard deviation / mean| of the yearly changes; missing years have no changes. */
static double variation(const stk_method *method, const past *history, size_t variable)
{
    int first = (int)method->harmonise.variation_years.items[0];
    int last = (int)method->harmonise.variation_years.items[1];
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int pass = 0; pass < 2; pass++) {
        double mean = count > 0 ? sum / count : 0;
        for (int year = first + 1; year <= last; year++) {
            double change =
                past_value(history, variable, year) - past_value(history, variable, year - 1);
            if (!isnan(change)) {
                sum += pass == 0 ? change : 0;
                squares += pass == 0 ? 0 : (change - mean) * (change - mean);
                count += pass == 0;
            }
        }
    }
    return count == 0 ? NAN : fabs(sqrt(squares / count) / (sum / count));
}

static stk_status find_history(const stk_method *method, const stk_iamc *table, past *history,
                               stk_error *error)
{
    memset(history, 0, sizeof *history);
    history->table = table;
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        stk_method_match match = stk_method_match_name(method, stk_text_of(row->variable));
        int v = match.variable;
        if (v == STK_NO_VARIABLE || method->variables[v].harmonise.kind == STK_HARMONISE_NONE ||
            match.nearness < history->nearness[v]) {
            continue;
        }
        if (match.nearness == history->nearness[v]) {
            return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                                "a second history of '%s', first on line %ld",
                                method->variables[v].name, history->rows[v]->line);
        }
        stk_status status =
            stk_iamc_row_factor(table, row, method->variables[v].unit, &history->factors[v], error);
        if (status != STK_OK) {
            return status;
        }
        history->rows[v] = row;
        history->nearness[v] = match.nearness;
        history->variation[v] = variation(method, history, (size_t)v);
    }
    return STK_OK;
}

/* What counts as no emissions in the base year, in the variable's unit. */
static const double nothing = 1e-8;

static stk_harmonise_rule decide(const stk_method *method, double variation_of_history,
                                 const double *values, size_t count, double h)
{
    double m = values[0];
    bool negative = false;
    bool zero = true;
    for (size_t i = 0; i < count; i++) {
        negative = negative || values[i] < 0;
        zero = zero && values[i] == 0;
    }
    if (h == 0) {
        return (stk_harmonise_rule){STK_HARMONISE_KEEP, 0};
    }
    if (zero || (fabs(m) <= nothing && !negative)) {
        return (stk_harmonise_rule){STK_HARMONISE_CONSTANT_OFFSET, 0};
    }
    if (fabs(m) <= nothing) {
        return (stk_harmonise_rule){STK_HARMONISE_REDUCE_OFFSET,
                                    method->harmonise.zero_offset_until};
    }
    if (variation_of_history > method->harmonise.variation_limit) {
        return (stk_harmonise_rule){STK_HARMONISE_REDUCE_OFFSET, method->harmonise.offset_until};
    }
    if (fabs(h - m) / h < method->harmonise.distance_limit) {
        return (stk_harmonise_rule){STK_HARMONISE_REDUCE_RATIO, method->harmonise.ratio_until};
    }
    if (negative) {
        return (stk_harmonise_rule){STK_HARMONISE_REDUCE_RATIO,
                                    method->harmonise.negative_ratio_until};
    }
    return (stk_harmonise_rule){STK_HARMONISE_CONSTANT_RATIO, 0};
}

/* Whether the whole offset would let a row fall below zero in a year, also before the base year. */
static bool falls_below_zero(const stk_stage *stage, const stk_slot *slot, double factor, double h)
{
    double offset = h - slot->values[0];
    for (int i = 0; i < stage->table->year_count; i++) {
        if (slot->row->values[i] * factor + offset < 0) {
            return true;
        }
    }
    return false;
}

static void apply(stk_harmonise_rule rule, int base, double h, double *values, size_t count)
{
    double m = values[0];
    for (size_t i = 0; i < count; i++) {
        double f = rule.until <= base ? (double)(i == 0)
                                      : fmax(0, 1 - (double)i / (double)(rule.until - base));
        switch (rule.kind) {
        case STK_HARMONISE_CONSTANT_RATIO:
            values[i] *= h / m;
            break;
        case STK_HARMONISE_CONSTANT_OFFSET:
            values[i] += h - m;
            break;
        case STK_HARMONISE_REDUCE_RATIO:
            values[i] *= 1 + (h / m - 1) * f;
            break;
        case STK_HARMONISE_REDUCE_OFFSET:
            values[i] += (h - m) * f;
            break;
        case STK_HARMONISE_NONE:
        case STK_HARMONISE_TREE:
        case STK_HARMONISE_KEEP:
            break;
        }
    }
    if (rule.kind != STK_HARMONISE_KEEP) {
        values[0] = h; /* what the formulas give but for rounding */
    }
}

/* Annual values from the base year on; `false` and a note when the base year has none. */
static bool annual(stk_stage *stage, const stk_iamc_scenario *scenario, const past *history,
                   const stk_iamc_row *row, size_t v, double factor)
{
    const stk_method *method = stage->method;
    double *values = stk_stage_values(stage, v);
    stage->slots[v].row = row;
    stk_method_series(method, stage->table, row, factor, values);
    double reported = factor * stk_iamc_value(stage->table, row, method->years.base);
    if (isnan(reported) && method->years.proxy != 0) {
        double proxy = factor * stk_iamc_value(stage->table, row, method->years.proxy);
        reported = past_value(history, v, method->years.base) * proxy /
                   past_value(history, v, method->years.proxy);
    }
    if (isnan(reported) && method->years.interpolate_base) {
        reported = stk_row_between(stage->table, row, method->years.base) * factor;
    }
    if (!isfinite(reported)) {
        stk_stage_drop(stage, scenario, v,
                       "no value in the base year %d, and none to derive it from",
                       method->years.base);
        return false;
    }
    values[0] = reported;
    stk_fill_gaps(values, stage->year_count);
    if (!stk_complete(values, stage->year_count)) {
        stk_stage_drop(stage, scenario, v, "ends before the last year %d", method->years.last);
        return false;
    }
    return true;
}

/* What the tree picks where it is asked, or where a ratio to nothing was asked for. */
static stk_harmonise_rule choose(const stk_stage *stage, const past *history, size_t v,
                                 stk_harmonise_rule asked, double factor, double h)
{
    const stk_method *method = stage->method;
    const double *values = stage->slots[v].values;
    bool ratio =
        asked.kind == STK_HARMONISE_CONSTANT_RATIO || asked.kind == STK_HARMONISE_REDUCE_RATIO;
    if (asked.kind != STK_HARMONISE_TREE && !(ratio && values[0] == 0)) {
        return asked;
    }
    stk_harmonise_rule rule = decide(method, history->variation[v], values, stage->year_count, h);
    bool varies = history->variation[v] > method->harmonise.variation_limit;
    if (method->harmonise.no_negative_offset && varies && fabs(values[0]) > nothing &&
        rule.kind == STK_HARMONISE_REDUCE_OFFSET && !method->variables[v].is_co2 &&
        falls_below_zero(stage, &stage->slots[v], factor, h)) {
        rule = (stk_harmonise_rule){STK_HARMONISE_CONSTANT_RATIO, 0};
    }
    return rule;
}

static void harmonise_row(stk_stage *stage, const stk_iamc_scenario *scenario, const past *history,
                          const stk_iamc_row *row, size_t v, stk_doubts *doubts)
{
    const stk_method *method = stage->method;
    double factor;
    stk_harmonise_rule rule = stk_method_rule(method, scenario->model, v);
    if (rule.kind == STK_HARMONISE_NONE && method->variables[v].is_co2) {
        return; /* a sector that is in the sum already */
    }
    if (rule.kind == STK_HARMONISE_NONE) {
        stk_stage_note(stage, scenario, row->variable, row, "the method does not harmonise it");
        return;
    }
    double h = history->rows[v] == NULL ? NAN : past_value(history, v, method->years.base);
    if (isnan(h)) {
        stk_stage_note(stage, scenario, row->variable, row, "no history in the base year %d",
                       method->years.base);
        return;
    }
    if (!stk_stage_factor(stage, scenario, row, v, &factor) ||
        !annual(stage, scenario, history, row, v, factor)) {
        return;
    }
    double *values = stage->slots[v].values;
    stk_doubt(doubts, method, v, values[0], h);
    if (values[0] == 0 && !method->check.keep_zeros) {
        stk_stage_drop(stage, scenario, v, "zero in the base year %d", method->years.base);
        return;
    }
    rule = choose(stage, history, v, rule, factor, h);
    apply(rule, method->years.base, h, values, stage->year_count);
    if (!stk_all_finite(values, stage->year_count)) {
        stk_stage_drop(stage, scenario, v, "harmonised values are not finite");
    }
}

static stk_status add_row(stk_iamc *output, const stk_iamc_scenario *scenario, const char *variable,
                          const char *unit, long line, double **values, stk_error *error)
{
    char name[256];
    stk_print(name, sizeof name, STK_PREFIX_HARMONIZED "%s", variable);
    stk_iamc_row row = {scenario->model, scenario->scenario, "World", name, unit, line, NULL};
    return stk_iamc_add(output, &row, values, error);
}

static stk_status write_totals(const stk_stage *stage, const stk_iamc_scenario *scenario,
                               stk_iamc *output, stk_error *error)
{
    const stk_method *method = stage->method;
    const double *series[STK_METHOD_VARIABLES_MAX];
    stk_status status = STK_OK;
    for (size_t v = 0; v < method->variable_count; v++) {
        series[v] = stage->slots[v].values;
    }
    if (series[method->co2.total] == NULL && series[method->co2.fossil] == NULL) {
        return STK_OK;
    }
    for (size_t k = 0; k < method->kyoto_count; k++) {
        double *values;
        STK_TRY(
            add_row(output, scenario, method->kyoto[k].name, "Mt CO2-equiv/yr", 0, &values, error));
        stk_kyoto_sum(method, &method->kyoto[k], series, stage->year_count, values);
    }
done:
    return status;
}

static stk_status write_scenario(const stk_stage *stage, const stk_iamc_scenario *scenario,
                                 const stk_iamc_row *const *rows, stk_iamc *output,
                                 stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; r < scenario->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        int v = stk_chosen(stage->method, rows, row);
        double *values;
        if (v == STK_NO_VARIABLE || stage->slots[v].values == NULL) {
            continue;
        }
        status = add_row(output, scenario, stage->method->variables[v].name,
                         stage->method->variables[v].unit_harmonized, row->line, &values, error);
        if (status == STK_OK) {
            memcpy(values, stage->slots[v].values, stage->year_count * sizeof *values);
        }
    }
    return status != STK_OK ? status : write_totals(stage, scenario, output, error);
}

static stk_status harmonise_scenario(stk_stage *stage, const stk_iamc_scenario *scenario,
                                     const past *history, stk_iamc *output, stk_error *error)
{
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX];
    stk_doubts doubts = {.count = 0};
    bool any = false;
    memset(stage->slots, 0, stage->method->variable_count * sizeof *stage->slots);
    stk_stage_choose(stage, scenario, STK_NAME_HARMONISED, rows);
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        int v = stk_chosen(stage->method, rows, row);
        if (v != STK_NO_VARIABLE) {
            harmonise_row(stage, scenario, history, row, (size_t)v, &doubts);
            any = any || stage->slots[v].values != NULL;
        }
    }
    if (!any) {
        stk_stage_note_lead(stage, scenario, STK_NAME_HARMONISED, "nothing that can be harmonised");
        return STK_OK;
    }
    return stk_doubts_tell(&doubts, stage, scenario)
               ? write_scenario(stage, scenario, rows, output, error)
               : STK_OK;
}

stk_status stk_scenario_harmonise(const stk_method *method, const stk_iamc *input,
                                  const stk_iamc *history, stk_scenario_report *report,
                                  stk_iamc **output, stk_error *error)
{
    stk_stage stage = {0};
    stk_iamc_scenarios scenarios = {0};
    *output = NULL;
    past *known = malloc(sizeof *known);
    stk_iamc *made = stk_iamc_new(input->name, method->years.base, method->years.last);
    stk_status status = STK_OK;
    if (known == NULL || made == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    STK_TRY(find_history(method, history, known, error));
    STK_TRY(stk_iamc_group(input, &scenarios, error));
    STK_TRY(stk_stage_open(&stage, "harmonise", method, input, stk_method_years(method), report,
                           error));
    for (size_t s = 0; s < scenarios.count; s++) {
        STK_TRY(harmonise_scenario(&stage, &scenarios.items[s], known, made, error));
    }
done:
    stk_stage_close(&stage);
    stk_iamc_scenarios_free(&scenarios);
    free(known);
    if (status != STK_OK) {
        stk_iamc_free(made);
        return status;
    }
    *output = made;
    return STK_OK;
}
