/** @file check.c
 * @brief Checks of reported emissions, in the order of the AR6 workflow.
 */
#include <math.h>
#include <string.h>

#include "scenario/plausibility.h"
#include "scenario/stage.h"

/* Take the variables that the method reads, in its units. */
static void load(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX];
    memset(stage->slots, 0, method->variable_count * sizeof *stage->slots);
    stk_stage_choose(stage, scenario, STK_NAME_REPORTED, rows);
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        int v = stk_chosen(method, rows, row);
        double factor;
        if (v == STK_NO_VARIABLE || !method->variables[v].read ||
            !stk_stage_factor(stage, scenario, row, (size_t)v, &factor)) {
            continue;
        }
        double *values = stk_stage_values(stage, (size_t)v);
        stage->slots[v].row = row;
        for (size_t i = 0; i < stage->year_count; i++) {
            values[i] = row->values[i] * factor;
        }
    }
}

static double largest(const double *values, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fabs(values[i]) > most ? fabs(values[i]) : most;
    }
    return most;
}

/* Small negatives of anything but CO2 become zero; false when a larger one is left. */
static bool check_negatives(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    for (size_t v = 0; v < method->variable_count; v++) {
        double *values = stage->slots[v].values;
        if (values == NULL || method->variables[v].is_co2) {
            continue;
        }
        double scale = method->check.relative ? largest(values, stage->year_count) : 1;
        for (size_t i = 0; i < stage->year_count; i++) {
            if (values[i] < 0 && values[i] >= method->check.small_negative * scale) {
                values[i] = 0;
            } else if (values[i] < 0) {
                stk_stage_note(stage, scenario, NULL, stage->slots[v].row,
                               "unexpected negative: %s is %g in %d", method->variables[v].name,
                               values[i], stage->table->first_year + (int)i);
                return false;
            }
        }
    }
    return true;
}

static bool has_year(const stk_stage *stage, const double *values, double year)
{
    int i = (int)year - stage->table->first_year;
    return i >= 0 && i < (int)stage->year_count && !isnan(values[i]);
}

/* Any of some years, or the base year, which may lie on a line between two others. */
static bool has_any(const stk_stage *stage, const stk_slot *slot)
{
    const stk_method *method = stage->method;
    bool any = method->years.any_of.count == 0 ||
               has_year(stage, slot->values, method->years.base) ||
               (method->years.interpolate_base &&
                !isnan(stk_row_between(stage->table, slot->row, method->years.base)));
    for (size_t i = 0; i < method->years.any_of.count; i++) {
        any = any || has_year(stage, slot->values, method->years.any_of.items[i]);
    }
    return any;
}

/* Add a year that is not there to a list: "2010, 2015". */
static void list_year(const stk_stage *stage, const stk_slot *slot, double year, char *out,
                      size_t size)
{
    size_t used = strlen(out);
    if (!has_year(stage, slot->values, year)) {
        stk_print(out + used, size - used, "%s%d", used > 0 ? ", " : "", (int)year);
    }
}

/* What keeps a variable out; false if nothing does. */
static bool lacks_years(const stk_stage *stage, const stk_slot *slot, char *reason, size_t size)
{
    const stk_method *method = stage->method;
    char any[120] = "";
    char required[160] = "";
    for (size_t i = 0; i < method->years.required.count; i++) {
        list_year(stage, slot, method->years.required.items[i], required, sizeof required);
    }
    if (!has_any(stage, slot)) {
        bool listed = false;
        for (size_t i = 0; i < method->years.any_of.count; i++) {
            list_year(stage, slot, method->years.any_of.items[i], any, sizeof any);
            listed = listed || (int)method->years.any_of.items[i] == method->years.base;
        }
        if (!listed) {
            list_year(stage, slot, method->years.base, any, sizeof any);
        }
    }
    bool both = required[0] != '\0' && any[0] != '\0';
    stk_print(reason, size, "not all required years are there: %s%s%s%s%s", required,
              required[0] != '\0' ? " missing" : "", both ? "; and " : "",
              any[0] != '\0' ? "none of " : "", any);
    return required[0] != '\0' || any[0] != '\0';
}

static void check_years(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    char reason[400];
    /* The total and sectors, added or not, are told of with what years they have. */
    for (size_t v = 0; v < stage->method->variable_count; v++) {
        const stk_slot *slot = &stage->slots[v];
        if ((int)v != stage->method->co2.total && !stk_part_left_out(stage->method, v) &&
            !stk_part_added(stage->method, v) && slot->values != NULL &&
            lacks_years(stage, slot, reason, sizeof reason)) {
            stk_stage_drop(stage, scenario, v, "%s", reason);
        }
    }
}

static double *slot_values(const stk_stage *stage, const char *name)
{
    return stage->slots[stk_method_find(stage->method, stk_text_of(name))].values;
}

/* Sums are missing where one of their parts is: a gap is filled later, an error is not found. */
static void add(const stk_stage *stage, double *sum, const double *part)
{
    for (size_t i = 0; i < stage->year_count; i++) {
        sum[i] += part[i];
    }
}

/* Whether a sector that belongs to fossil CO2 has a value in a year. */
static bool any_sector_has(const stk_stage *stage, size_t i)
{
    bool any = false;
    for (size_t v = 0; v < stage->method->variable_count && !any; v++) {
        const stk_iamc_row *row = stage->slots[v].row;
        any = row != NULL && stk_part_added(stage->method, v) && !isnan(row->values[i]);
    }
    return any;
}

/* A sector is nothing before it begins, as models leave cells empty until a technology is used, and
 * a line in gaps. That is also the rule of climate/source_row.c. */
static void fill_sector(const stk_stage *stage, double *values)
{
    for (size_t i = 0; i < stage->year_count && isnan(values[i]); i++) {
        values[i] = 0;
    }
    stk_fill_gaps(values, stage->year_count);
}

/* Sectors that belong to fossil CO2, in the years that it or one of them has: their sum first, as
 * the published workflow adds them. */
static void add_extra(stk_stage *stage, double *fossil)
{
    const stk_yaml_texts *extra = &stage->method->co2.fossil_extra;
    double *sum = NULL;
    for (size_t i = 0; i < extra->count; i++) {
        stk_slot *slot =
            &stage->slots[stk_method_find(stage->method, stk_text_of(extra->items[i]))];
        if (slot->values == NULL) {
            continue;
        }
        fill_sector(stage, slot->values);
        if (sum == NULL) {
            sum = slot->values;
        } else {
            add(stage, sum, slot->values);
        }
        slot->values = NULL;
    }
    for (size_t i = 0; sum != NULL && i < stage->year_count; i++) {
        sum[i] = isnan(fossil[i]) && !any_sector_has(stage, i) ? NAN : sum[i];
    }
    if (sum != NULL) {
        stk_fill_gaps(fossil, stage->year_count);
        add(stage, fossil, sum);
    }
}

/* Sectors that are not added; those that are kept later stages do not look at. */
static void note_alone(stk_stage *stage, const stk_iamc_scenario *scenario,
                       const stk_yaml_texts *sectors, const char *reason, bool keep)
{
    for (size_t i = 0; i < sectors->count; i++) {
        stk_slot *slot =
            &stage->slots[stk_method_find(stage->method, stk_text_of(sectors->items[i]))];
        if (slot->values != NULL) {
            stk_stage_note(stage, scenario, sectors->items[i], slot->row, "%s", reason);
        }
        slot->values = keep ? slot->values : NULL;
    }
}

/* Whether fossil CO2 is reported under a name that stands for all of it, as of openscm-runner. */
static bool is_whole(const stk_slot *fossil)
{
    stk_variable_name name = {.lacks_parts = true};
    if (fossil->row != NULL) {
        stk_variable_name_read(stk_text_of(fossil->row->variable), &name);
    }
    return !name.lacks_parts;
}

/* False when a sector cannot be added, and the scenario is left out for it. */
static bool add_sectors(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const struct stk_method_co2 *co2 = &stage->method->co2;
    const stk_slot *fossil = &stage->slots[co2->fossil];
    const char *alone = "there is no fossil CO2 for it to be added to";
    char whole[250];
    if (fossil->values == NULL) {
        note_alone(stage, scenario, &co2->fossil_parts, alone, true);
        note_alone(stage, scenario, &co2->fossil_extra, alone, true);
    } else if (is_whole(fossil)) {
        stk_print(whole, sizeof whole, "fossil CO2 is whole as '%s' on line %ld",
                  STK_CUT(fossil->row->variable, 150), fossil->row->line);
        note_alone(stage, scenario, &co2->fossil_extra, whole, false);
    } else if (!stk_sectors_hold(stage, scenario)) {
        return false;
    } else {
        add_extra(stage, fossil->values);
    }
    return true;
}

/* Fossil CO2 from its parts where it is not reported, and the sectors that belong to it. */
static bool sum_fossil(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    const stk_yaml_texts *parts = &method->co2.fossil_parts;
    stk_slot *fossil = &stage->slots[method->co2.fossil];
    bool all = parts->count > 0;
    for (size_t i = 0; i < parts->count; i++) {
        all = all && slot_values(stage, parts->items[i]) != NULL;
    }
    if (fossil->values == NULL && all) {
        double *sum = stk_stage_values(stage, (size_t)method->co2.fossil);
        memset(sum, 0, stage->year_count * sizeof *sum);
        for (size_t i = 0; i < parts->count; i++) {
            add(stage, sum, slot_values(stage, parts->items[i]));
        }
    }
    return add_sectors(stage, scenario);
}

/* Conversions and sums of what is not physical may leave the range of numbers. */
static void check_range(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    for (size_t v = 0; v < stage->method->variable_count; v++) {
        const double *values = stage->slots[v].values;
        if (values != NULL && isinf(largest(values, stage->year_count))) {
            stk_stage_drop(stage, scenario, v, "larger than any number");
        }
    }
}

static bool all_missing(const double *values, size_t count)
{
    size_t i = 0;
    while (i < count && isnan(values[i])) {
        i++;
    }
    return i == count;
}

static void check_zeros(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    for (size_t v = 0; v < stage->method->variable_count; v++) {
        const double *values = stage->slots[v].values;
        bool zero = values != NULL && !(largest(values, stage->year_count) > 0);
        if (zero && !(stage->method->check.keep_zeros && !all_missing(values, stage->year_count))) {
            stk_stage_drop(stage, scenario, v, "zero or missing in every year");
        }
    }
}

static bool same_values(const stk_stage *stage, const double *a, const double *b)
{
    for (size_t i = 0; i < stage->year_count; i++) {
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i]))) {
            return false;
        }
    }
    return true;
}

/* The total goes where its sectors say all; false when neither is there. */
static bool check_co2(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    const stk_method *method = stage->method;
    stk_slot *total = &stage->slots[method->co2.total];
    const double *fossil = stage->slots[method->co2.fossil].values;
    const double *land = stage->slots[method->co2.land].values;
    if (total->values != NULL) {
        bool both = fossil != NULL && land != NULL;
        const double *single = fossil != NULL ? fossil : land;
        if (both || (single != NULL && same_values(stage, total->values, single))) {
            *total = (stk_slot){NULL, NULL};
        }
    }
    bool led = fossil != NULL || (total->values != NULL && !method->co2.fossil_leads);
    if (!led) {
        char reason[400];
        stk_print(reason, sizeof reason, "no complete '%s%s%s' is reported",
                  method->co2.fossil_leads ? "" : STK_CUT(method->co2.total_name, 150),
                  method->co2.fossil_leads ? "" : "' or '", STK_CUT(method->co2.fossil_name, 150));
        stk_stage_note_lead(stage, scenario, STK_NAME_REPORTED, reason);
    }
    return led;
}

static stk_status write_slot(const stk_stage *stage, const stk_iamc_scenario *scenario, size_t v,
                             stk_iamc *output, stk_error *error)
{
    const stk_method_variable *variable = &stage->method->variables[v];
    const stk_iamc_row *read = stage->slots[v].row;
    stk_iamc_row row = {scenario->model,
                        scenario->scenario,
                        "World",
                        variable->name,
                        variable->unit,
                        read == NULL ? 0 : read->line,
                        NULL};
    double *values;
    stk_status status = stk_iamc_add(output, &row, &values, error);
    if (status == STK_OK) {
        memcpy(values, stage->slots[v].values, stage->year_count * sizeof *values);
    }
    return status;
}

/* Rows in the order in which they were read, then a sum that was not. */
static stk_status write_scenario(const stk_stage *stage, const stk_iamc_scenario *scenario,
                                 stk_iamc *output, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; r < scenario->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        for (size_t v = 0; v < stage->method->variable_count && status == STK_OK; v++) {
            if (stage->slots[v].values != NULL && stage->slots[v].row == row) {
                status = write_slot(stage, scenario, v, output, error);
            }
        }
    }
    size_t fossil = (size_t)stage->method->co2.fossil;
    if (status == STK_OK && stage->slots[fossil].values != NULL &&
        stage->slots[fossil].row == NULL) {
        status = write_slot(stage, scenario, fossil, output, error);
    }
    return status;
}

/* What a scenario reports of CO2 can be, and is enough to lead it. */
static bool check_all_co2(stk_stage *stage, const stk_iamc_scenario *scenario)
{
    char reason[400];
    size_t total = (size_t)stage->method->co2.total;
    bool taken = stk_left_out_told(stage, scenario);
    bool holds = stk_total_holds(stage, scenario);
    if (stage->slots[total].values != NULL &&
        lacks_years(stage, &stage->slots[total], reason, sizeof reason)) {
        stk_stage_drop(stage, scenario, total, "%s", reason);
    }
    return holds && taken && check_co2(stage, scenario);
}

static stk_status check_scenario(stk_stage *stage, const stk_iamc_scenario *scenario,
                                 stk_iamc *output, stk_error *error)
{
    load(stage, scenario);
    if (!check_negatives(stage, scenario) || !stk_fossil_holds(stage, scenario)) {
        return STK_OK;
    }
    check_years(stage, scenario);
    if (!sum_fossil(stage, scenario)) {
        return STK_OK;
    }
    check_range(stage, scenario);
    check_zeros(stage, scenario);
    return check_all_co2(stage, scenario) ? write_scenario(stage, scenario, output, error) : STK_OK;
}

stk_status stk_scenario_check(const stk_method *method, const stk_iamc *input,
                              stk_scenario_report *report, stk_iamc **output, stk_error *error)
{
    stk_stage stage;
    stk_iamc_scenarios scenarios;
    *output = NULL;
    stk_status status = stk_iamc_group(input, &scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    status =
        stk_stage_open(&stage, "check", method, input, (size_t)input->year_count, report, error);
    stk_iamc *made =
        stk_iamc_new(input->name, input->first_year, input->first_year + input->year_count - 1);
    if (status == STK_OK && made == NULL) {
        status = stk_error_memory(error);
    }
    for (size_t s = 0; s < scenarios.count && status == STK_OK; s++) {
        status = check_scenario(&stage, &scenarios.items[s], made, error);
    }
    stk_stage_close(&stage);
    stk_iamc_scenarios_free(&scenarios);
    if (status != STK_OK) {
        stk_iamc_free(made);
        return status;
    }
    *output = made;
    return STK_OK;
}
