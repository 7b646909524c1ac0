/** @file stage.c
 * @brief One scenario laid out by the variables of the method, and the list of what is left out.
 */
#include "scenario/stage.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stk_scenario_report {
    stk_arena arena;
    stk_scenario_note *notes;
    size_t count;
    size_t capacity;
    bool strict; /* what would be a warning leaves the scenario out */
};

stk_status stk_stage_open(stk_stage *stage, const char *name, const stk_method *method,
                          const stk_iamc *table, size_t year_count, stk_scenario_report *report,
                          stk_error *error)
{
    *stage = (stk_stage){name, method, table, report, NULL, NULL, year_count};
    stage->slots = calloc(method->variable_count + 1, sizeof *stage->slots);
    stage->store = malloc((method->variable_count * year_count + 1) * sizeof *stage->store);
    if (stage->slots == NULL || stage->store == NULL) {
        stk_stage_close(stage);
        return stk_error_memory(error);
    }
    return STK_OK;
}

void stk_stage_close(stk_stage *stage)
{
    free(stage->slots);
    free(stage->store);
    stage->slots = NULL;
    stage->store = NULL;
}

double *stk_stage_values(stk_stage *stage, size_t variable)
{
    return stage->slots[variable].values = stage->store + variable * stage->year_count;
}

void stk_stage_tell(stk_stage *stage, const stk_iamc_scenario *scenario, const char *variable,
                    const stk_iamc_row *row, stk_note_kind kind, const char *reason)
{
    const stk_iamc_row *first = &stage->table->rows[scenario->rows[0]];
    stk_scenario_note note = {.stage = stage->name,
                              .model = scenario->model,
                              .scenario = scenario->scenario,
                              .variable = variable == NULL ? "" : variable,
                              .file = stage->table->name,
                              .line = row == NULL ? first->line : row->line,
                              .reason = reason,
                              .kind = kind};
    stk_scenario_report_add(stage->report, &note);
}

void stk_stage_note(stk_stage *stage, const stk_iamc_scenario *scenario, const char *variable,
                    const stk_iamc_row *row, const char *format, ...)
{
    char reason[400];
    va_list arguments;
    va_start(arguments, format);
    stk_print_list(reason, sizeof reason, format, arguments);
    va_end(arguments);
    stk_stage_tell(stage, scenario, variable, row, STK_NOTE_LEFT_OUT, reason);
}

bool stk_stage_warn(stk_stage *stage, const stk_iamc_scenario *scenario, const stk_iamc_row *row,
                    const char *format, ...)
{
    char reason[800];
    bool strict = stage->report != NULL && stage->report->strict;
    va_list arguments;
    va_start(arguments, format);
    stk_print_list(reason, sizeof reason, format, arguments);
    va_end(arguments);
    stk_stage_tell(stage, scenario, NULL, row, strict ? STK_NOTE_LEFT_OUT : STK_NOTE_WARNING,
                   reason);
    return !strict;
}

void stk_stage_note_lead(stk_stage *stage, const stk_iamc_scenario *scenario, stk_name_rank most,
                         const char *otherwise)
{
    const stk_method *method = stage->method;
    stk_name_rank rank = STK_NAME_NATIVE;
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &stage->table->rows[scenario->rows[r]];
        stk_method_match match = stk_method_match_name(method, stk_text_of(row->variable));
        bool leads = match.variable == method->co2.total || match.variable == method->co2.fossil;
        rank = leads && match.rank > rank ? match.rank : rank;
    }
    stk_stage_note(stage, scenario, NULL, NULL, "%s",
                   rank <= most ? otherwise
                   : rank == STK_NAME_HARMONISED
                       ? "it is harmonised already; go on with 'stocktake "
                         "scenario infill'"
                       : "it is infilled already; go on with 'stocktake "
                         "climate'");
}

void stk_stage_drop(stk_stage *stage, const stk_iamc_scenario *scenario, size_t variable,
                    const char *format, ...)
{
    char reason[400];
    stk_slot *slot = &stage->slots[variable];
    va_list arguments;
    va_start(arguments, format);
    stk_print_list(reason, sizeof reason, format, arguments);
    va_end(arguments);
    stk_stage_tell(stage, scenario, stage->method->variables[variable].name, slot->row,
                   STK_NOTE_LEFT_OUT, reason);
    *slot = (stk_slot){NULL, NULL};
}

/* `stage` gets notes of rows that give way to others of their rank, and one of those of other
 * ranks, or is NULL. What check does not take is counted where files are read. */
static void choose(stk_stage *stage, const stk_method *method, const stk_iamc *table,
                   const stk_iamc_scenario *scenario, stk_name_rank least, stk_name_rank most,
                   const stk_iamc_row **rows)
{
    stk_method_match best[STK_METHOD_VARIABLES_MAX];
    bool any = false;
    size_t others = 0;
    const stk_iamc_row *stray = NULL; /* the first of them */
    for (size_t v = 0; v < method->variable_count; v++) {
        rows[v] = NULL;
    }
    for (size_t r = 0; r < scenario->row_count; r++) {
        const stk_iamc_row *row = &table->rows[scenario->rows[r]];
        stk_method_match match = stk_method_match_name(method, stk_text_of(row->variable));
        int v = match.variable;
        if (v == STK_NO_VARIABLE || match.rank < least || match.rank > most) {
            if (v != STK_NO_VARIABLE && others++ == 0) {
                stray = row;
            }
            continue;
        }
        const stk_iamc_row *other = rows[v];
        any = true;
        if (other == NULL || match.rank > best[v].rank ||
            (match.rank == best[v].rank && match.nearness > best[v].nearness)) {
            rows[v] = row;
            best[v] = match;
        }
        if (other != NULL && stage != NULL) {
            const stk_iamc_row *loser = rows[v] == row ? other : row;
            stk_stage_note(stage, scenario, loser->variable, loser,
                           "'%s' on line %ld gives it already", STK_CUT(rows[v]->variable, 120),
                           rows[v]->line);
        }
    }
    if (any && others > 0 && stage != NULL && most > STK_NAME_REPORTED) {
        stk_stage_note(stage, scenario, stray->variable, stray,
                       "it is of a stage that %s does not take; rows like that: %zu", stage->name,
                       others);
    }
}

void stk_choose_rows(const stk_method *method, const stk_iamc *table,
                     const stk_iamc_scenario *scenario, stk_name_rank least, stk_name_rank most,
                     const stk_iamc_row **rows)
{
    choose(NULL, method, table, scenario, least, most, rows);
}

void stk_stage_choose(stk_stage *stage, const stk_iamc_scenario *scenario, stk_name_rank most,
                      const stk_iamc_row **rows)
{
    choose(stage, stage->method, stage->table, scenario, STK_NAME_NATIVE, most, rows);
}

int stk_chosen(const stk_method *method, const stk_iamc_row *const *rows, const stk_iamc_row *row)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        if (rows[v] == row) {
            return (int)v;
        }
    }
    return STK_NO_VARIABLE;
}

bool stk_stage_factor(stk_stage *stage, const stk_iamc_scenario *scenario, const stk_iamc_row *row,
                      size_t variable, double *factor)
{
    const stk_method_variable *known = &stage->method->variables[variable];
    stk_error cause = {0};
    *factor = 1;
    /* The written units of a stage are read back as they are. */
    bool own = strcmp(row->unit, known->unit_harmonized) == 0 ||
               strcmp(row->unit, known->unit_infilled) == 0;
    if ((own || stk_iamc_unit_factor(row->unit, known->unit, factor, &cause) == STK_OK) &&
        stk_iamc_row_within(stage->table, row, &cause) == STK_OK) {
        return true;
    }
    stk_stage_note(stage, scenario, row->variable, row, "%s", cause.message);
    return false;
}

void stk_fill_gaps(double *values, size_t count)
{
    size_t last = count; /* index of the last value seen; count is none */
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            continue;
        }
        for (size_t k = last == count ? i : last + 1; k < i; k++) {
            double share = (double)(k - last) / (double)(i - last);
            values[k] = values[last] + (values[i] - values[last]) * share;
        }
        last = i;
    }
}

void stk_method_series(const stk_method *method, const stk_iamc *table, const stk_iamc_row *row,
                       double factor, double *values)
{
    size_t count = stk_method_years(method);
    for (size_t i = 0; i < count; i++) {
        values[i] = factor * stk_iamc_value(table, row, method->years.base + (int)i);
    }
    stk_fill_gaps(values, count);
}

double stk_row_between(const stk_iamc *table, const stk_iamc_row *row, int year)
{
    int first = table->first_year;
    int last = first + table->year_count - 1;
    int before = year;
    int after = year;
    while (before >= first && isnan(stk_iamc_value(table, row, before))) {
        before--;
    }
    while (after <= last && isnan(stk_iamc_value(table, row, after))) {
        after++;
    }
    double start = stk_iamc_value(table, row, before);
    double end = stk_iamc_value(table, row, after);
    return before == after
               ? start
               : start + (end - start) * (double)(year - before) / (double)(after - before);
}

bool stk_all_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
    }
    return true;
}

bool stk_complete(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            return false;
        }
    }
    return true;
}

bool stk_kyoto_sum(const stk_method *method, const stk_method_kyoto *kyoto,
                   const double *const *series, size_t count, double *total)
{
    const double *whole = series[method->co2.total];
    const double *fossil = series[method->co2.fossil];
    const double *land = series[method->co2.land];
    if (whole == NULL && fossil == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        total[i] = whole != NULL ? whole[i] : fossil[i] + (land == NULL ? 0 : land[i]);
    }
    for (size_t g = 0; g < kyoto->count; g++) {
        const double *gas = series[kyoto->variables[g]];
        for (size_t i = 0; gas != NULL && i < count; i++) {
            total[i] += gas[i] * kyoto->factors[g];
        }
    }
    return true;
}

/* --- what is left out ------------------------------------------------------------------------- */

stk_scenario_report *stk_scenario_report_new(void)
{
    return calloc(1, sizeof(stk_scenario_report));
}

void stk_scenario_report_free(stk_scenario_report *report)
{
    if (report != NULL) {
        stk_arena_free(&report->arena);
        free(report->notes);
        free(report);
    }
}

void stk_scenario_report_strict(stk_scenario_report *report)
{
    if (report != NULL) {
        report->strict = true;
    }
}

size_t stk_scenario_report_count(const stk_scenario_report *report)
{
    return report == NULL ? 0 : report->count;
}

const stk_scenario_note *stk_scenario_report_note(const stk_scenario_report *report, size_t index)
{
    return &report->notes[index];
}

static const char *keep(stk_scenario_report *report, const char *text)
{
    const char *copy = stk_arena_string(&report->arena, stk_text_of(text == NULL ? "" : text));
    return copy == NULL ? "" : copy;
}

void stk_scenario_report_add(stk_scenario_report *report, const stk_scenario_note *note)
{
    if (report == NULL) {
        return;
    }
    if (!STK_GROW(report->notes, report->count + 1, report->capacity)) {
        return; /* a note less is better than a run less */
    }
    report->notes[report->count++] = (stk_scenario_note){
        keep(report, note->stage),    keep(report, note->model),
        keep(report, note->scenario), keep(report, note->variable),
        keep(report, note->file),     note->line,
        keep(report, note->reason),   note->kind,
    };
}

void stk_scenario_report_footer(void *report, const char *file, long line, stk_text text)
{
    char shown[128];
    stk_print(shown, sizeof shown, "%.*s", (int)text.size, text.data);
    stk_scenario_note note = {
        "read",           "", "", shown, file, line, "it stands below the data and is no row",
        STK_NOTE_LEFT_OUT};
    stk_scenario_report_add(report, &note);
}
