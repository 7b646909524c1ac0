/** @file library.c
 * @brief Preparing a database of scenarios for infilling.
 */
#include "scenario/library.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "scenario/stage.h"

/* --- quantile rolling windows ----------------------------------------------------------------- */

static int compare_points(const void *a, const void *b)
{
    const stk_point *p = a;
    const stk_point *q = b;
    int order = (p->y > q->y) - (p->y < q->y);
    return order != 0 ? order : (p->x > q->x) - (p->x < q->x);
}

/* The y at `quantile` of points sorted by y, each at the middle of its share of the weight. */
static double weighted_quantile(const stk_point *points, const double *weights, size_t count,
                                double quantile)
{
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        total += weights[i];
    }
    double before = 0;
    double last_place = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = weights[i] / total;
        before += weight;
        double place = before - weight / 2;
        if (place >= quantile) {
            if (i == 0) {
                return points[0].y;
            }
            double share = (quantile - last_place) / (place - last_place);
            return points[i - 1].y + (points[i].y - points[i - 1].y) * share;
        }
        last_place = place;
    }
    return points[count - 1].y;
}

void stk_quantile_windows(stk_point *points, size_t count, double quantile, int windows,
                          double decay, double *first, double *step, double *values,
                          double *weights)
{
    double least = points[0].x;
    double most = points[0].x;
    for (size_t i = 1; i < count; i++) {
        least = points[i].x < least ? points[i].x : least;
        most = points[i].x > most ? points[i].x : most;
    }
    *first = least;
    *step = (most - least) / (windows - 1);
    qsort(points, count, sizeof *points, compare_points);
    for (int k = 0; k < windows; k++) {
        double centre = least + k * *step;
        for (size_t i = 0; i < count; i++) {
            double distance = *step == 0 ? 0 : (points[i].x - centre) / (*step / 2 * decay);
            weights[i] = 1 / (1 + distance * distance);
        }
        values[k] = weighted_quantile(points, weights, count, quantile);
    }
}

double stk_quantile_at(double x, double first, double step, const double *values, int windows)
{
    double place = step == 0 ? 0 : (x - first) / step;
    if (!(place > 0)) {
        return values[0];
    }
    if (place >= windows - 1) {
        return values[windows - 1];
    }
    int k = (int)place;
    return values[k] + (values[k + 1] - values[k]) * (place - k);
}

/* --- database --------------------------------------------------------------------------------- */

size_t stk_lead_variable(const stk_method *method, stk_lead lead)
{
    return (size_t)(lead == STK_LEAD_TOTAL ? method->co2.total : method->co2.fossil);
}

/* A database that holds infilled emissions also holds the reported ones: those are not meant. */
static bool has_infilled(const stk_method *method, const stk_iamc *table)
{
    for (size_t r = 0; r < table->row_count; r++) {
        stk_method_match match =
            stk_method_match_name(method, stk_text_of(table->rows[r].variable));
        if (match.variable != STK_NO_VARIABLE && match.rank == STK_NAME_INFILLED) {
            return true;
        }
    }
    return false;
}

static stk_status read_row(stk_scenario_library *library, const stk_iamc *table,
                           const stk_iamc_row *row, size_t v, stk_library_scenario *scenario,
                           stk_error *error)
{
    const stk_method *method = library->method;
    double factor = 1;
    if (strcmp(row->unit, method->variables[v].unit_infilled) != 0) {
        stk_status status =
            stk_iamc_row_factor(table, row, method->variables[v].unit, &factor, error);
        if (status != STK_OK) {
            return status;
        }
    }
    size_t count = stk_method_years(method);
    double *values = stk_arena_alloc(&library->arena, count, sizeof *values);
    if (values == NULL) {
        return stk_error_memory(error);
    }
    stk_method_series(method, table, row, factor, values);
    scenario->series[v] = values;
    return STK_OK;
}

/* Total CO2 where only the sectors are there, and fossil CO2 where only the others are. */
static bool complete_co2(stk_scenario_library *library, stk_library_scenario *scenario)
{
    const stk_method *method = library->method;
    size_t count = stk_method_years(method);
    double *total = scenario->series[method->co2.total];
    double *fossil = scenario->series[method->co2.fossil];
    const double *land = scenario->series[method->co2.land];
    if (land == NULL || (total == NULL) == (fossil == NULL)) {
        return true;
    }
    double *made = stk_arena_alloc(&library->arena, count, sizeof *made);
    if (made == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        made[i] = total == NULL ? fossil[i] + land[i] : total[i] - land[i];
    }
    scenario->series[total == NULL ? method->co2.total : method->co2.fossil] = made;
    return true;
}

/* Index of a variable that is above its cap in a year, or STK_NO_VARIABLE. */
static int above_cap(const stk_method *method, const stk_library_scenario *scenario)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        const double *values = scenario->series[v];
        for (size_t i = 0; values != NULL && i < stk_method_years(method); i++) {
            if (values[i] > method->variables[v].cap) {
                return (int)v;
            }
        }
    }
    return STK_NO_VARIABLE;
}

static int compare_names(const void *a, const void *b)
{
    const stk_library_scenario *p = a;
    const stk_library_scenario *q = b;
    int order = strcmp(p->model, q->model);
    return order != 0 ? order : strcmp(p->scenario, q->scenario);
}

static stk_status read_scenario(stk_scenario_library *library, const stk_iamc *table,
                                const stk_iamc_scenario *item, bool infilled,
                                stk_library_scenario *scenario, stk_error *error)
{
    const stk_iamc_row *rows[STK_METHOD_VARIABLES_MAX];
    scenario->series =
        stk_arena_alloc(&library->arena, library->method->variable_count, sizeof *scenario->series);
    scenario->model = stk_arena_string(&library->arena, stk_text_of(item->model));
    scenario->scenario = stk_arena_string(&library->arena, stk_text_of(item->scenario));
    bool enough = scenario->series != NULL && scenario->model != NULL && scenario->scenario != NULL;
    stk_status status = enough ? STK_OK : stk_error_memory(error);
    stk_choose_rows(library->method, table, item, infilled ? STK_NAME_INFILLED : STK_NAME_NATIVE,
                    infilled ? STK_NAME_INFILLED : STK_NAME_HARMONISED, rows);
    for (size_t v = 0; v < library->method->variable_count && status == STK_OK; v++) {
        if (rows[v] != NULL) {
            status = read_row(library, table, rows[v], v, scenario, error);
        }
    }
    if (status == STK_OK && !complete_co2(library, scenario)) {
        status = stk_error_memory(error);
    }
    return status;
}

static void note_cap(const stk_scenario_library *library, const stk_iamc *table,
                     const stk_library_scenario *scenario, int variable,
                     stk_scenario_report *report)
{
    stk_scenario_note note = {"library",
                              scenario->model,
                              scenario->scenario,
                              library->method->variables[variable].name,
                              table->name,
                              0,
                              "above the cap of the method: the library scenario is left out",
                              STK_NOTE_LEFT_OUT};
    stk_scenario_report_add(report, &note);
}

static stk_status read_set(stk_scenario_library *library, const stk_iamc *table,
                           stk_library_set *set, stk_scenario_report *report, stk_error *error)
{
    stk_iamc_scenarios scenarios;
    stk_status status = stk_iamc_group(table, &scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    bool infilled = has_infilled(library->method, table);
    set->scenarios = stk_arena_alloc(&library->arena, scenarios.count, sizeof *set->scenarios);
    if (set->scenarios == NULL) {
        status = stk_error_memory(error);
    }
    for (size_t s = 0; s < scenarios.count && status == STK_OK; s++) {
        stk_library_scenario *scenario = &set->scenarios[set->count];
        status = read_scenario(library, table, &scenarios.items[s], infilled, scenario, error);
        int capped = status == STK_OK ? above_cap(library->method, scenario) : 0;
        if (status == STK_OK && capped == STK_NO_VARIABLE) {
            set->count++;
        } else if (status == STK_OK) {
            note_cap(library, table, scenario, capped, report);
        }
    }
    stk_iamc_scenarios_free(&scenarios);
    if (status == STK_OK && set->scenarios != NULL) {
        qsort(set->scenarios, set->count, sizeof *set->scenarios, compare_names);
    }
    return status;
}

/* The points of one year; how many there are. */
static size_t gather(const stk_library_set *set, size_t lead, size_t follower, size_t year,
                     stk_point *points)
{
    size_t count = 0;
    for (size_t s = 0; s < set->count; s++) {
        double *const *series = set->scenarios[s].series;
        if (series[lead] != NULL && series[follower] != NULL && !isnan(series[lead][year]) &&
            !isnan(series[follower][year])) {
            points[count++] = (stk_point){series[lead][year], series[follower][year]};
        }
    }
    return count;
}

static stk_status make_curves(stk_scenario_library *library, stk_lead lead, size_t follower,
                              stk_point *points, double *weights, stk_error *error)
{
    const stk_method *method = library->method;
    size_t years = stk_method_years(method);
    size_t windows = (size_t)method->infill.windows;
    stk_library_curves *curves = &library->curves[lead][follower];
    curves->firsts = stk_arena_alloc(&library->arena, years, sizeof(double));
    curves->steps = stk_arena_alloc(&library->arena, years, sizeof(double));
    curves->values = stk_arena_alloc(&library->arena, years * windows, sizeof(double));
    if (curves->firsts == NULL || curves->steps == NULL || curves->values == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < years; i++) {
        size_t count =
            gather(&library->sets[0], stk_lead_variable(method, lead), follower, i, points);
        if (count == 0) {
            curves->values = NULL;
            return STK_OK;
        }
        stk_quantile_windows(points, count, method->infill.quantile, (int)windows,
                             method->infill.decay, &curves->firsts[i], &curves->steps[i],
                             &curves->values[i * windows], weights);
    }
    return STK_OK;
}

static stk_status make_all_curves(stk_scenario_library *library, stk_error *error)
{
    const stk_method *method = library->method;
    size_t count = library->sets[0].count + 1;
    stk_point *points = malloc(count * sizeof *points);
    double *weights = malloc(count * sizeof *weights);
    stk_status status = STK_OK;
    for (int lead = 0; lead < STK_LEADS; lead++) {
        library->curves[lead] =
            stk_arena_alloc(&library->arena, method->variable_count, sizeof *library->curves[lead]);
    }
    if (points == NULL || weights == NULL || library->curves[0] == NULL ||
        library->curves[1] == NULL) {
        status = stk_error_memory(error);
    }
    for (size_t v = 0; v < method->variable_count; v++) {
        for (int lead = 0; lead < STK_LEADS && status == STK_OK; lead++) {
            if (method->variables[v].infill == STK_INFILL_QUANTILE) {
                status = make_curves(library, (stk_lead)lead, v, points, weights, error);
            }
        }
    }
    free(points);
    free(weights);
    return status;
}

/* How many scenarios of a set have a variable. */
static size_t set_has(const stk_library_set *set, size_t variable)
{
    size_t count = 0;
    for (size_t s = 0; s < set->count; s++) {
        count += set->scenarios[s].series[variable] != NULL;
    }
    return count;
}

/* Whether the library is what a variable is infilled from. */
static bool comes_from_library(const stk_method_variable *variable)
{
    return variable->infill == STK_INFILL_QUANTILE || variable->infill == STK_INFILL_CLOSEST ||
           variable->infill == STK_INFILL_CLOSEST_BUILTIN || variable->infill == STK_INFILL_COPY;
}

/* Where each variable comes from; an error names the first that comes from nowhere. */
static stk_status find_sources(stk_scenario_library *library, const char *name, stk_error *error)
{
    const stk_method *method = library->method;
    library->source = stk_arena_alloc(&library->arena, method->variable_count, sizeof(int));
    if (library->source == NULL) {
        return stk_error_memory(error);
    }
    for (size_t v = 0; v < method->variable_count; v++) {
        const stk_method_variable *variable = &method->variables[v];
        bool builtin = variable->infill == STK_INFILL_CLOSEST_BUILTIN;
        size_t count = set_has(&library->sets[0], v);
        library->source[v] = builtin && set_has(&library->sets[1], v) > 0 ? 1 : count > 0 ? 0 : -1;
        if (variable->infill == STK_INFILL_COPY && count > 1) {
            return stk_error_at(error, STK_EDATA, name, 0, 0,
                                "%zu scenarios of the library have '%s', of which the method "
                                "copies the only one",
                                count, variable->name);
        }
        if (comes_from_library(variable) && library->source[v] < 0 &&
            variable->absent == STK_ABSENT_REFUSED) {
            return stk_error_at(error, STK_EDATA, name, 0, 0,
                                "no scenario of the library has '%s', which the method infills",
                                variable->name);
        }
    }
    return STK_OK;
}

/* Without the base year nothing can be infilled from it. */
static stk_status check_span(const stk_method *method, const stk_iamc *table, stk_error *error)
{
    int last = table->first_year + table->year_count - 1;
    return table->first_year <= method->years.base && last >= method->years.last
               ? STK_OK
               : stk_error_at(error, STK_EDATA, table->name, 0, 0,
                              "the library has the years %d to %d; the method '%s' needs %d to %d",
                              table->first_year, last, method->name, method->years.base,
                              method->years.last);
}

stk_status stk_scenario_library_new(const stk_method *method, const stk_iamc *chosen,
                                    const stk_iamc *builtin, stk_scenario_report *report,
                                    stk_scenario_library **library, stk_error *error)
{
    stk_scenario_library *made = calloc(1, sizeof *made);
    *library = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    made->method = method;
    stk_status status;
    STK_TRY(check_span(method, chosen, error));
    STK_TRY(read_set(made, chosen, &made->sets[0], report, error));
    if (builtin != NULL) {
        STK_TRY(read_set(made, builtin, &made->sets[1], report, error));
    }
    STK_TRY(find_sources(made, chosen->name, error));
    STK_TRY(make_all_curves(made, error));
    *library = made;
    return STK_OK;
done:
    stk_scenario_library_free(made);
    return status;
}

/* --- gases in proportion to others ------------------------------------------------------------ */

/* The value of a variable in a year of a history, in the method's unit; NaN where there is none. */
static stk_status past_value(const stk_method *method, const stk_iamc *table, size_t variable,
                             int year, double *value, stk_error *error)
{
    *value = NAN;
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        if (stk_method_match_name(method, stk_text_of(row->variable)).variable == (int)variable) {
            double factor;
            stk_status status =
                stk_iamc_row_factor(table, row, method->variables[variable].unit, &factor, error);
            *value = status == STK_OK ? factor * stk_iamc_value(table, row, year) : NAN;
            return status;
        }
    }
    return STK_OK;
}

static stk_status find_scale(const stk_method *method, const stk_iamc *history,
                             const stk_iamc *preindustrial, size_t follower,
                             stk_library_scale *scale, stk_error *error)
{
    size_t leader = method->variables[follower].leader;
    const stk_yaml_numbers *years = &method->infill.scale_years;
    int before = method->infill.preindustrial_year;
    double now = NAN;
    double leader_now = NAN;
    stk_status status;
    for (size_t i = 0; i < years->count && (isnan(now) || isnan(leader_now)); i++) {
        STK_TRY(past_value(method, history, follower, (int)years->items[i], &now, error));
        STK_TRY(past_value(method, history, leader, (int)years->items[i], &leader_now, error));
    }
    STK_TRY(past_value(method, preindustrial, follower, before, &scale->start, error));
    STK_TRY(past_value(method, preindustrial, leader, before, &scale->leader_start, error));
    if (isnan(now) || isnan(leader_now)) {
        STK_FAIL(stk_error_at(error, STK_EDATA, history->name, 0, 0,
                              "no history of both '%s' and '%s', which it is scaled by, in a year "
                              "such as %d",
                              method->variables[follower].name, method->variables[leader].name,
                              (int)years->items[0]));
    }
    if (isnan(scale->start) || isnan(scale->leader_start)) {
        STK_FAIL(stk_error_at(error, STK_EDATA, preindustrial->name, 0, 0,
                              "no emissions of '%s' and of '%s', which it is scaled by, in %d",
                              method->variables[follower].name, method->variables[leader].name,
                              before));
    }
    scale->ratio = (now - scale->start) / (leader_now - scale->leader_start);
    if (!isfinite(scale->ratio)) {
        STK_FAIL(stk_error_at(error, STK_EDATA, history->name, 0, 0,
                              "'%s' is as it was in %d, so that '%s' cannot be scaled by it",
                              method->variables[leader].name, before,
                              method->variables[follower].name));
    }
done:
    return status;
}

stk_status stk_scenario_library_scale(stk_scenario_library *library, const stk_iamc *history,
                                      const stk_iamc *preindustrial, stk_error *error)
{
    const stk_method *method = library->method;
    stk_status status = STK_OK;
    library->scales =
        stk_arena_alloc(&library->arena, method->variable_count, sizeof *library->scales);
    if (library->scales == NULL) {
        return stk_error_memory(error);
    }
    for (size_t v = 0; v < method->variable_count && status == STK_OK; v++) {
        if (method->variables[v].infill == STK_INFILL_SCALE) {
            status = find_scale(method, history, preindustrial, v, &library->scales[v], error);
        }
    }
    return status;
}

void stk_scenario_library_free(stk_scenario_library *library)
{
    if (library != NULL) {
        stk_arena_free(&library->arena);
        free(library);
    }
}
