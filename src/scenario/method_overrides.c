/** @file method_overrides.c
 * @brief Rules of harmonising for single models, as a table.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/try.h"
#include "scenario/method.h"

typedef struct table {
    stk_csv csv;
    int model, region, variable, rule; /* columns */
    stk_method_override *rows;
    size_t capacity;
} table;

static stk_status read_row(stk_method *method, table *t, stk_error *error)
{
    const stk_csv *csv = &t->csv;
    stk_method_override row = {.variable = STK_NO_VARIABLE};
    stk_text model = stk_csv_field(csv, t->model);
    stk_text variable = stk_csv_field(csv, t->variable);
    size_t *count = &method->harmonise.override_count;
    if (!stk_text_equal(stk_csv_field(csv, t->region), "World")) {
        return STK_OK; /* of a region, which scenarios here do not have */
    }
    row.family = stk_text_cut_suffix(&model, "*");
    row.model = stk_arena_string(&method->arena, model);
    if (row.model == NULL || !STK_GROW(t->rows, *count + 1, t->capacity)) {
        return stk_error_memory(error);
    }
    if (!stk_text_equal(variable, "*")) {
        row.variable = stk_method_match_name(method, variable).variable;
        if (row.variable == STK_NO_VARIABLE) {
            return stk_csv_refuse(csv, t->variable, error, "a variable of the method, or *");
        }
    }
    if (!stk_method_parse_rule(method, stk_csv_field(csv, t->rule), &row.rule)) {
        return stk_csv_refuse(
            csv, t->rule, error,
            "tree, keep, hist_zero, model_zero, constant_ratio, constant_offset, "
            "reduce_ratio_YEAR or reduce_offset_YEAR with a YEAR after the base year "
            "%d",
            method->years.base);
    }
    t->rows[(*count)++] = row;
    return STK_OK;
}

stk_status stk_method_read_overrides(stk_method *method, const char *name, stk_text content,
                                     stk_error *error)
{
    static const char *const names[] = {"model", "region", "variable", "method"};
    table t = {.rows = NULL};
    int columns[4];
    stk_method_override *kept;
    size_t count;
    stk_status status;
    method->harmonise.override_count = 0;
    STK_TRY(stk_csv_open(&t.csv, (stk_source){name, content}, &method->arena, error));
    STK_TRY(stk_csv_columns(&t.csv, names, 4, columns, error));
    t.model = columns[0];
    t.region = columns[1];
    t.variable = columns[2];
    t.rule = columns[3];
    while (stk_csv_each(&t.csv, &status, error)) {
        status = read_row(method, &t, error);
    }
    STK_TRY(status);
    count = method->harmonise.override_count;
    kept = stk_arena_alloc(&method->arena, count, sizeof *kept);
    STK_TRY(stk_allocated(kept, error));
    if (count > 0) {
        memcpy(kept, t.rows, count * sizeof *kept);
    }
    method->harmonise.overrides = kept;
done:
    if (status != STK_OK) {
        method->harmonise.override_count = 0;
    }
    free(t.rows);
    return status;
}

stk_harmonise_rule stk_method_rule(const stk_method *method, const char *model, size_t variable)
{
    for (size_t i = 0; i < method->harmonise.override_count; i++) {
        const stk_method_override *row = &method->harmonise.overrides[i];
        bool model_fits = row->family ? strncmp(model, row->model, strlen(row->model)) == 0
                                      : strcmp(model, row->model) == 0;
        if (model_fits && (row->variable == STK_NO_VARIABLE || row->variable == (int)variable)) {
            return row->rule;
        }
    }
    return method->variables[variable].harmonise;
}
