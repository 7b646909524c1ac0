/** @file cmd_scenario_categorise.c
 * @brief `stocktake scenario categorise`: a table of warming percentiles gets its categories.
 */
#include "cmd_scenario.h"

#include <math.h>
#include <stdlib.h>

#include "base/csv.h"

/* The name must be there, and is passed on as all columns are. */
enum { NAME, P33_PEAK, P50_PEAK, P67_PEAK, P50_2100, COLUMNS };
static const char *const names[COLUMNS] = {"name", "p33_peak", "p50_peak", "p67_peak", "p50_2100"};

static stk_status categorise_row(const scenario_run *run, const stk_csv *csv,
                                 const int columns[COLUMNS], stk_buffer *out, stk_error *error)
{
    stk_category_warming warming = {NAN, NAN, NAN, NAN};
    stk_category category = {"", "", ""};
    double *const values[COLUMNS] = {[P33_PEAK] = &warming.p33_peak,
                                     [P50_PEAK] = &warming.p50_peak,
                                     [P67_PEAK] = &warming.p67_peak,
                                     [P50_2100] = &warming.p50_2100};
    stk_status status = STK_OK;
    for (int i = P33_PEAK; i < COLUMNS && status == STK_OK; i++) {
        status = stk_csv_number(csv, columns[i], values[i], error);
        if (status == STK_OK && isnan(*values[i])) {
            status = stk_csv_refuse(csv, columns[i], error, "a number of kelvin");
        }
    }
    if (status == STK_OK) {
        status = stk_scenario_category(run->method, &warming, &category, error);
    }
    for (size_t c = 0; c < csv->column_count && status == STK_OK; c++) {
        stk_csv_write_field(out, csv->fields[c]);
        stk_buffer_text(out, ",");
    }
    bool report = query_choice(run->q, "labels", 1) == 0;
    stk_csv_write_field(out, stk_text_of(report ? category.name : category.label));
    stk_buffer_text(out, "\n");
    return status;
}

static stk_status categorise(const scenario_run *run, stk_text content, stk_error *error)
{
    stk_buffer *out = &run->q->out;
    stk_csv csv;
    int columns[COLUMNS] = {0};
    stk_status status =
        stk_csv_open(&csv, (stk_source){run->input, content}, &run->q->arena, error);
    status = status != STK_OK ? status : stk_csv_columns(&csv, names, COLUMNS, columns, error);
    for (size_t c = 0; status == STK_OK && c < csv.column_count; c++) {
        stk_csv_write_field(out, csv.columns[c]);
        stk_buffer_text(out, ",");
    }
    stk_buffer_text(out, "category\n");
    while (stk_csv_each(&csv, &status, error)) {
        status = categorise_row(run, &csv, columns, out, error);
    }
    return status;
}

stk_status scenario_categorise(scenario_run *run, stk_error *error)
{
    stk_text content = {NULL, 0};
    stk_status status;
    STK_TRY(stk_file_unpack(run->input, &content, error));
    STK_TRY(categorise(run, content, error));
    run->q->written = false; /* but told, as an answer is */
done:
    free((char *)content.data);
    return status;
}
