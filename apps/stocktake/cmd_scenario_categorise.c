/** @file cmd_scenario_categorise.c
 * @brief `stocktake scenario categorise`: a table of warming percentiles gets its categories.
 */
#include "cmd_scenario.h"

#include <stdlib.h>

#include "base/csv.h"

typedef struct columns {
    int name;
    int p33_peak;
    int p50_peak;
    int p67_peak;
    int p50_2100;
} columns;

static stk_status find_columns(const stk_csv *csv, columns *found, stk_error *error)
{
    const struct {
        const char *name;
        int *column;
    } wanted[] = {{"name", &found->name},
                  {"p33_peak", &found->p33_peak},
                  {"p50_peak", &found->p50_peak},
                  {"p67_peak", &found->p67_peak},
                  {"p50_2100", &found->p50_2100}};
    stk_status status = STK_OK;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted && status == STK_OK; i++) {
        status = stk_csv_require(csv, wanted[i].name, wanted[i].column, error);
    }
    return status;
}

static stk_status read_number(const stk_csv *csv, int column, double *value, stk_error *error)
{
    stk_status status = stk_csv_number(csv, column, value, error);
    if (status == STK_OK && *value != *value) {
        return stk_csv_refuse(csv, column, error, "a number of kelvin");
    }
    return status;
}

static stk_status categorise_row(const scenario_run *run, const stk_csv *csv, const columns *at,
                                 stk_buffer *out, stk_error *error)
{
    stk_category_warming warming;
    stk_category category = {"", "", ""};
    stk_status status = read_number(csv, at->p33_peak, &warming.p33_peak, error);
    status = status != STK_OK ? status : read_number(csv, at->p50_peak, &warming.p50_peak, error);
    status = status != STK_OK ? status : read_number(csv, at->p67_peak, &warming.p67_peak, error);
    status = status != STK_OK ? status : read_number(csv, at->p50_2100, &warming.p50_2100, error);
    if (status == STK_OK) {
        status = stk_scenario_category(run->method, &warming, &category, error);
    }
    for (size_t c = 0; c < csv->column_count && status == STK_OK; c++) {
        stk_csv_write_field(out, csv->fields[c]);
        stk_buffer_text(out, ",");
    }
    bool report = query_choice(run->q, "labels", 1) == 0;
    stk_buffer_text(out, report ? category.name : category.label);
    stk_buffer_text(out, "\n");
    return status;
}

static stk_status categorise(const scenario_run *run, stk_text content, stk_arena *arena,
                             stk_buffer *out, stk_error *error)
{
    stk_csv csv;
    columns at;
    bool more = true;
    stk_status status = stk_csv_open(&csv, (stk_source){run->input, content}, arena, error);
    status = status != STK_OK ? status : find_columns(&csv, &at, error);
    for (size_t c = 0; status == STK_OK && c < csv.column_count; c++) {
        stk_csv_write_field(out, csv.columns[c]);
        stk_buffer_text(out, ",");
    }
    stk_buffer_text(out, "category\n");
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status == STK_OK && more) {
            status = categorise_row(run, &csv, &at, out, error);
        }
    }
    return status;
}

int scenario_categorise(scenario_run *run)
{
    stk_error error = {0};
    stk_text content = {NULL, 0};
    stk_arena arena = {0};
    stk_buffer out = {0};
    stk_status status = stk_file_unpack(run->input, &content, &error);
    if (status == STK_OK) {
        status = categorise(run, content, &arena, &out, &error);
    }
    stk_arena_free(&arena);
    free((char *)content.data);
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(run->q, &out);
}
