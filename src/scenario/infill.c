/** @file infill.c
 * @brief Completing scenarios from the relation of every gas to CO2 in a database.
 *
 * Two leads: scenarios that still have a CO2 total are led by it, the others by fossil CO2. A
 * missing sector of CO2 is the difference to the total, so that the total stays what was reported.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "base/try.h"
#include "scenario/library.h"
#include "scenario/stage.h"

/* What one scenario has and what it gets. */
typedef struct plan {
    const stk_iamc_scenario *scenario;
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX]; /* harmonised; NULL without */
    double factors[STK_METHOD_VARIABLES_MAX];
    double *outputs[STK_METHOD_VARIABLES_MAX]; /* values of the infilled rows; NULL: none wanted */
    double *totals[STK_METHOD_KYOTO_MAX];      /* of the Kyoto rows */
    stk_lead lead;
    size_t failed; /* variable that came out negative or not finite, plus one */
} plan;

/* What a thread works in: the lead of its scenario and how far it is from every library scenario.
 */
typedef struct workspace {
    double *lead;
    double *apart[2];
} workspace;

/* The scenarios to fill, with a workspace for each thread. */
typedef struct work {
    const stk_scenario_library *library;
    const stk_iamc *input;
    plan *plans;
    workspace *spaces;
} work;

/* Whether a scenario without the variable cannot be completed. */
static bool must_be_there(const stk_scenario_library *library, size_t v)
{
    const stk_method_variable *variable = &library->method->variables[v];
    return variable->infill == STK_INFILL_REQUIRED ||
           (variable->infill != STK_INFILL_NONE && variable->absent == STK_ABSENT_DROP &&
            library->source[v] < 0);
}

/* Lay out the rows; false and a note when there is no complete lead, or one is missing that nothing
 * stands in for. */
static bool make_plan(stk_stage *stage, const stk_iamc_scenario *scenario,
                      const stk_scenario_library *library, plan *made)
{
    const stk_method *method = stage->method;
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX];
    memset(made, 0, sizeof *made);
    made->scenario = scenario;
    stk_stage_choose(stage, scenario, STK_NAME_HARMONISED, rows);
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        int v = stk_chosen(method, rows, row);
        double factor;
        if (v == STK_NO_VARIABLE || !stk_stage_factor(stage, scenario, row, (size_t)v, &factor)) {
            continue;
        }
        double *values = stk_stage_values(stage, (size_t)v);
        stk_method_series(method, stage->table, row, factor, values);
        if (stk_complete(values, stage->year_count)) {
            made->rows[v] = row;
            made->factors[v] = factor;
        } else {
            stage->slots[v].row = row;
            stk_stage_drop(stage, scenario, (size_t)v,
                           "does not reach from the base year %d to the last year %d",
                           method->years.base, method->years.last);
        }
    }
    bool total = made->rows[method->co2.total] != NULL && !method->co2.fossil_leads;
    made->lead = total ? STK_LEAD_TOTAL : STK_LEAD_FOSSIL;
    if (made->rows[stk_lead_variable(method, made->lead)] == NULL) {
        char reason[400];
        stk_print(reason, sizeof reason, "%s%s%s'%s' leads it",
                  method->co2.fossil_leads ? "no " : "neither '",
                  method->co2.fossil_leads ? "" : STK_CUT(method->co2.total_name, 150),
                  method->co2.fossil_leads ? "" : "' nor ", STK_CUT(method->co2.fossil_name, 150));
        stk_stage_note_lead(stage, scenario, STK_NAME_HARMONISED, reason);
        return false;
    }
    for (size_t v = 0; v < method->variable_count; v++) {
        if (made->rows[v] == NULL && must_be_there(library, v)) {
            stk_stage_note(stage, scenario, NULL, NULL,
                           "'%s' is missing, and nothing stands in for it",
                           method->variables[v].name);
            return false;
        }
    }
    return true;
}

/* Which rows a scenario gets: what it has but for the total, and what the method infills. */
static bool is_given(const stk_method *method, const plan *made, size_t v)
{
    return v != (size_t)method->co2.total &&
           (made->rows[v] != NULL || method->variables[v].infill != STK_INFILL_NONE);
}

static stk_status add_infilled(stk_iamc *output, const plan *made, const char *variable,
                               const char *unit, double **values, stk_error *error)
{
    char name[256];
    stk_print(name, sizeof name, STK_PREFIX_INFILLED "%s", variable);
    stk_iamc_row row = {
        made->scenario->model, made->scenario->scenario, "World", name, unit, 0, NULL};
    return stk_iamc_add(output, &row, values, error);
}

/* The input's rows as they are but for its totals, then the rows to fill. */
static stk_status add_rows(const stk_stage *stage, plan *made, stk_iamc *output, stk_error *error)
{
    const stk_method *method = stage->method;
    const stk_iamc *table = stage->table;
    stk_status status = STK_OK;
    for (size_t r = 0; r < made->scenario->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &table->rows[made->scenario->rows[r]];
        double *values = NULL;
        stk_method_match match = stk_method_match_name(method, stk_text_of(row->variable));
        if (match.variable == STK_NO_VARIABLE || match.rank < STK_NAME_NATIVE ||
            match.rank > STK_NAME_HARMONISED) {
            continue;
        }
        status = stk_iamc_add(output, row, &values, error);
        for (int i = 0; i < output->year_count && status == STK_OK; i++) {
            values[i] = stk_iamc_value(table, row, output->first_year + i);
        }
    }
    for (size_t v = 0; v < method->variable_count && status == STK_OK; v++) {
        if (is_given(method, made, v)) {
            status = add_infilled(output, made, method->variables[v].name,
                                  method->variables[v].unit_infilled, &made->outputs[v], error);
        }
    }
    for (size_t k = 0; k < method->kyoto_count && status == STK_OK; k++) {
        status = add_infilled(output, made, method->kyoto[k].name, "Mt CO2-equiv/yr",
                              &made->totals[k], error);
    }
    return status;
}

static double distance(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
}

/* Squared distances in the lead; infinite where a library scenario has no complete one. */
static void measure(const stk_scenario_library *library, const plan *made, workspace *space)
{
    size_t count = stk_method_years(library->method);
    size_t leader = stk_lead_variable(library->method, made->lead);
    for (size_t k = 0; k < 2; k++) {
        for (size_t s = 0; s < library->sets[k].count; s++) {
            const double *lead = library->sets[k].scenarios[s].series[leader];
            double apart = lead == NULL ? INFINITY : distance(lead, space->lead, count);
            space->apart[k][s] = isnan(apart) ? INFINITY : apart;
        }
    }
}

/* Copy the follower of the library scenario whose lead is nearest in the root mean square. */
static void copy_closest(const stk_scenario_library *library, const workspace *space, size_t v,
                         double *values)
{
    size_t source = library->source[v] < 0 ? 0 : (size_t)library->source[v];
    const stk_library_set *set = &library->sets[source];
    const double *nearest = NULL;
    double least = INFINITY;
    bool only = library->method->variables[v].infill == STK_INFILL_COPY; /* it has no lead */
    for (size_t s = 0; s < set->count && library->source[v] >= 0; s++) {
        if ((only || space->apart[source][s] < least) && set->scenarios[s].series[v] != NULL) {
            least = space->apart[source][s];
            nearest = set->scenarios[s].series[v];
        }
    }
    double otherwise = library->method->variables[v].absent == STK_ABSENT_ZERO ? 0 : NAN;
    for (size_t i = 0; i < stk_method_years(library->method); i++) {
        values[i] = nearest != NULL ? nearest[i] : otherwise;
    }
}

static void follow(const stk_scenario_library *library, const plan *made, const workspace *space,
                   size_t v, double *values)
{
    const stk_method *method = library->method;
    const stk_library_curves *curves = &library->curves[made->lead][v];
    size_t windows = (size_t)method->infill.windows;
    if (method->variables[v].infill == STK_INFILL_SCALE) {
        const stk_library_scale *scale = library->scales == NULL ? NULL : &library->scales[v];
        const double *leads = made->outputs[method->variables[v].leader];
        for (size_t i = 0; i < stk_method_years(method); i++) {
            values[i] = scale == NULL
                            ? NAN
                            : scale->start + scale->ratio * (leads[i] - scale->leader_start);
        }
        return;
    }
    if (method->variables[v].infill != STK_INFILL_QUANTILE) {
        copy_closest(library, space, v, values);
        return;
    }
    for (size_t i = 0; i < stk_method_years(method); i++) {
        values[i] = curves->values == NULL
                        ? NAN
                        : stk_quantile_at(space->lead[i], curves->firsts[i], curves->steps[i],
                                          &curves->values[i * windows], (int)windows);
    }
}

/* Sectors of CO2: what is not reported is the difference to the total where there is one. */
static void fill_co2(const stk_scenario_library *library, plan *made, const workspace *space)
{
    const stk_method *method = library->method;
    size_t fossil = (size_t)method->co2.fossil;
    size_t land = (size_t)method->co2.land;
    bool by_total = made->lead == STK_LEAD_TOTAL;
    if (made->rows[fossil] == NULL && made->rows[land] == NULL) {
        follow(library, made, space, fossil, made->outputs[fossil]);
    }
    size_t missing = made->rows[land] == NULL ? land : fossil;
    size_t known = missing == land ? fossil : land;
    if (made->rows[missing] != NULL) {
        return;
    }
    if (!by_total) {
        follow(library, made, space, missing, made->outputs[missing]);
        return;
    }
    for (size_t i = 0; i < stk_method_years(method); i++) {
        made->outputs[missing][i] = space->lead[i] - made->outputs[known][i];
    }
}

static void check_values(const stk_method *method, plan *made)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        for (size_t i = 0; made->outputs[v] != NULL && i < stk_method_years(method); i++) {
            double value = made->outputs[v][i];
            /* What is copied from the database is as it is there. */
            bool negative = value < 0 && !method->variables[v].is_co2 && made->rows[v] == NULL &&
                            method->variables[v].infill == STK_INFILL_QUANTILE;
            if (!isfinite(value) || negative) {
                made->failed = v + 1;
                return;
            }
        }
    }
}

/* Fill the rows of one scenario. Touches nothing but them: scenarios run in parallel. */
static void fill(const stk_scenario_library *library, const stk_iamc *input, plan *made,
                 workspace *space)
{
    const stk_method *method = library->method;
    size_t leader = stk_lead_variable(method, made->lead);
    stk_method_series(method, input, made->rows[leader], made->factors[leader], space->lead);
    measure(library, made, space);
    for (size_t v = 0; v < method->variable_count; v++) {
        if (made->outputs[v] != NULL && made->rows[v] != NULL) {
            stk_method_series(method, input, made->rows[v], made->factors[v], made->outputs[v]);
        }
    }
    fill_co2(library, made, space);
    for (int scaled = 0; scaled < 2; scaled++) { /* they follow those that are not */
        for (size_t v = 0; v < method->variable_count; v++) {
            bool scale = method->variables[v].infill == STK_INFILL_SCALE;
            if (made->outputs[v] != NULL && made->rows[v] == NULL && !method->variables[v].is_co2 &&
                scale == (scaled == 1)) {
                follow(library, made, space, v, made->outputs[v]);
            }
        }
    }
    for (size_t k = 0; k < method->kyoto_count; k++) {
        stk_kyoto_sum(method, &method->kyoto[k], (const double *const *)made->outputs,
                      stk_method_years(method), made->totals[k]);
    }
    check_values(method, made);
}

/* Plans of all scenarios that can be led, with their rows in the output. */
static stk_status plan_all(stk_stage *stage, const stk_iamc_scenarios *scenarios,
                           const stk_scenario_library *library, plan *plans, size_t *count,
                           stk_iamc *output, stk_error *error)
{
    stk_status status = STK_OK;
    *count = 0;
    for (size_t s = 0; s < scenarios->count && status == STK_OK; s++) {
        if (make_plan(stage, &scenarios->items[s], library, &plans[*count])) {
            status = add_rows(stage, &plans[*count], output, error);
            ++*count;
        }
    }
    return status;
}

/* All workspaces lie in one piece of memory. */
static workspace *open_workspaces(const stk_scenario_library *library, int threads)
{
    size_t years = stk_method_years(library->method);
    size_t size = years + library->sets[0].count + library->sets[1].count;
    workspace *spaces = calloc(1, (size_t)threads * (sizeof *spaces + (size + 1) * sizeof(double)));
    for (int t = 0; spaces != NULL && t < threads; t++) {
        double *values = (double *)(spaces + threads) + (size_t)t * size;
        spaces[t].lead = values;
        spaces[t].apart[0] = values + years;
        spaces[t].apart[1] = values + years + library->sets[0].count;
    }
    return spaces;
}

static stk_status fill_round(void *user, size_t i, int thread, stk_error *error)
{
    const work *w = user;
    (void)error;
    fill(w->library, w->input, &w->plans[i], &w->spaces[thread]);
    return STK_OK;
}

static stk_status fill_all(const stk_scenario_library *library, const stk_iamc *input, int threads,
                           plan *plans, size_t count, stk_error *error)
{
    int taken = stk_pool_threads(threads);
    work w = {library, input, plans, open_workspaces(library, taken)};
    if (w.spaces == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_pool_run(taken, count, fill_round, &w, error);
    free(w.spaces);
    return status;
}

/* Whether a missing variable is one whose infilling a reader should know of: the parts of CO2, CH4
 * and N2O. Other gases hardly move the warming and are infilled almost always. */
static bool is_main(const stk_method *method, size_t v)
{
    const char *key = method->variables[v].key;
    return (int)v == method->co2.fossil || (int)v == method->co2.land || strcmp(key, "ch4") == 0 ||
           strcmp(key, "n2o") == 0;
}

/* Note the main gases that come from the database. One part of CO2 may follow from the total. */
static void note_infilled(stk_stage *stage, const plan *made)
{
    const stk_method *method = stage->method;
    bool one = (made->rows[method->co2.fossil] == NULL) != (made->rows[method->co2.land] == NULL);
    bool difference = made->lead == STK_LEAD_TOTAL && one;
    for (size_t v = 0; v < method->variable_count; v++) {
        if (made->outputs[v] != NULL && made->rows[v] == NULL && is_main(method, v) &&
            !(difference && method->variables[v].is_co2)) {
            stk_stage_tell(stage, made->scenario, method->variables[v].name, NULL,
                           STK_NOTE_INFILLED,
                           "the scenario gives nothing of it that could be taken");
        }
    }
}

/* Note the scenarios that came out wrong and take their rows away; of others, what was made up. */
static void finish_plans(stk_stage *stage, const plan *plans, size_t count, stk_iamc *output)
{
    for (size_t p = 0; p < count; p++) {
        if (plans[p].failed == 0) {
            note_infilled(stage, &plans[p]);
            continue;
        }
        const stk_iamc_scenario *scenario = plans[p].scenario;
        stk_stage_note(stage, scenario, NULL, NULL, "infilling '%s' gives negative or no values",
                       stage->method->variables[plans[p].failed - 1].name);
        stk_iamc_remove(output, scenario->model, scenario->scenario);
    }
}

stk_status stk_scenario_infill(const stk_method *method, const stk_iamc *input,
                               const stk_scenario_library *library, int threads,
                               stk_scenario_report *report, stk_iamc **output, stk_error *error)
{
    stk_stage stage = {0};
    stk_iamc_scenarios scenarios = {0};
    size_t count = 0;
    plan *plans = NULL;
    stk_iamc *made = NULL;
    stk_status status;
    *output = NULL;
    STK_TRY(stk_iamc_group(input, &scenarios, error));
    plans = malloc((scenarios.count + 1) * sizeof *plans);
    made = stk_iamc_new(input->name, method->years.base, method->years.last);
    if (plans == NULL || made == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    STK_TRY(
        stk_stage_open(&stage, "infill", method, input, stk_method_years(method), report, error));
    STK_TRY(plan_all(&stage, &scenarios, library, plans, &count, made, error));
    STK_TRY(fill_all(library, input, threads, plans, count, error));
    finish_plans(&stage, plans, count, made);
done:
    stk_stage_close(&stage);
    free(plans);
    stk_iamc_scenarios_free(&scenarios);
    if (status != STK_OK) {
        stk_iamc_free(made);
        return status;
    }
    *output = made;
    return STK_OK;
}
