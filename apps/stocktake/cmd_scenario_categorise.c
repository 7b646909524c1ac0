/** @file cmd_scenario_categorise.c
 * @brief `stocktake scenario categorise`: a table of warming percentiles gets its categories.
 */
#include "cmd_scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

enum { NEEDED = 4, NUMBERS = 7 };

/* A number of a row: by its own name, or as metadata of scenarios call it, where the climate model
 * follows in brackets. Only tiered categories need the last three. */
static const struct {
    const char *name;
    const char *metadata;
} numbers[NUMBERS] = {{"p33_peak", "p33 peak warming"},     {"p50_peak", "median peak warming"},
                      {"p67_peak", "p67 peak warming"},     {"p50_2100", "median warming in 2100"},
                      {"p67_2100", "p67 warming in 2100"},  {"p50_2090", "median warming in 2090"},
                      {"ghg_2100", "GHG emissions in 2100"}};

typedef struct source {
    int columns[NUMBERS];
    bool metadata; /* where scenarios without warming have empty fields */
    bool tiers;
} source;

/* "P33 peak warming (MAGICCv7.5.3)": what follows the name, NULL for another column. */
static const char *cut_name(const char *column, const char *name)
{
    stk_text rest = stk_text_of(column);
    return stk_text_cut_prefix_alike(&rest, name) && (*rest.data == ' ' || *rest.data == '\0')
               ? rest.data
               : NULL;
}

static int find_metadata(const stk_csv *csv, const char *name, const char *model)
{
    for (size_t c = 0; c < csv->column_count; c++) {
        char column[200];
        stk_print(column, sizeof column, "%.*s", (int)csv->columns[c].size, csv->columns[c].data);
        const char *rest = cut_name(column, name);
        if (rest != NULL && (model == NULL || strcmp(rest, model) == 0)) {
            return (int)c;
        }
    }
    return -1;
}

/* The columns of a model; whether the needed ones are there. */
static bool find_model(const stk_csv *csv, const char *model, int columns[NUMBERS])
{
    bool all = true;
    for (size_t i = 0; i < NUMBERS; i++) {
        columns[i] = find_metadata(csv, numbers[i].metadata, i + 1 < NUMBERS ? model : NULL);
        all = all && (i >= NEEDED || columns[i] >= 0);
    }
    return all;
}

/* The method's own climate model, else the first of which all is there. */
static bool find_in_metadata(const scenario_run *run, const stk_csv *csv, int columns[NUMBERS])
{
    char model[200];
    stk_print(model, sizeof model, " (%s)", stk_method_postprocess(run->in.method)->model);
    if (find_model(csv, model, columns)) {
        return true;
    }
    for (size_t c = 0; c < csv->column_count; c++) {
        char column[200];
        stk_print(column, sizeof column, "%.*s", (int)csv->columns[c].size, csv->columns[c].data);
        const char *rest = cut_name(column, numbers[0].metadata);
        if (rest != NULL && find_model(csv, rest, columns)) {
            cli_say(false, "stocktake: %s: categories by '%s%s'", run->input, numbers[1].metadata,
                    rest);
            return true;
        }
    }
    return false;
}

static stk_status find_columns(const scenario_run *run, const stk_csv *csv, source *from,
                               stk_error *error)
{
    bool plain = stk_csv_find(csv, "name") >= 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        from->columns[i] = stk_csv_find(csv, numbers[i].name);
        plain = plain && (i >= NEEDED || from->columns[i] >= 0);
    }
    from->metadata = !plain;
    if (!plain && !find_in_metadata(run, csv, from->columns)) {
        return stk_error_at(error, STK_EFORMAT, run->input, 1, 0,
                            "neither the columns name, p33_peak, p50_peak, p67_peak, p50_2100 nor "
                            "those of metadata: '%s (MODEL)', '%s (MODEL)', '%s (MODEL)', "
                            "'%s (MODEL)'",
                            numbers[0].metadata, numbers[1].metadata, numbers[2].metadata,
                            numbers[3].metadata);
    }
    from->tiers = stk_method_has_tiers(run->in.method) && from->columns[4] >= 0 &&
                  from->columns[5] >= 0 && from->columns[6] >= 0;
    return STK_OK;
}

static stk_status read_numbers(const stk_csv *csv, const source *from, double values[NUMBERS],
                               bool *empty, stk_error *error)
{
    stk_status status = STK_OK;
    *empty = from->metadata;
    for (size_t i = 0; i < NEEDED; i++) {
        *empty = *empty && stk_csv_field(csv, from->columns[i]).size == 0;
    }
    for (size_t i = 0; i < NUMBERS && status == STK_OK; i++) {
        status = stk_csv_number(csv, from->columns[i], &values[i], error);
        if (status == STK_OK && i < NEEDED && isnan(values[i]) && !*empty) {
            status = stk_csv_refuse(csv, from->columns[i], error, "a number of kelvin");
        }
    }
    return status;
}

static stk_status categorise_row(const scenario_run *run, const stk_csv *csv, const source *from,
                                 stk_buffer *out, stk_error *error)
{
    double v[NUMBERS] = {0};
    bool empty;
    stk_category category = {.name = "", .label = "", .title = "", .tiers = {"", "", ""}};
    stk_status status = read_numbers(csv, from, v, &empty, error);
    stk_category_warming warming = {v[0], v[1], v[2], v[3], v[4], v[5], v[6]};
    if (status == STK_OK && !empty) {
        status = stk_scenario_category(run->in.method, &warming, &category, error);
    }
    for (size_t c = 0; c < csv->column_count && status == STK_OK; c++) {
        stk_csv_write_field(out, csv->fields[c]);
        stk_buffer_text(out, ",");
    }
    bool report = query_choice(run->q, "labels", 1) == 0;
    stk_csv_write_field(out, stk_text_of(report ? category.name : category.label));
    for (size_t t = 0; t < STK_TIERS && from->tiers; t++) {
        stk_buffer_text(out, ",");
        stk_csv_write_field(out, stk_text_of(category.tiers[t]));
    }
    stk_buffer_text(out, "\n");
    return status;
}

static stk_status categorise(const scenario_run *run, stk_text content, stk_error *error)
{
    stk_buffer *out = &run->q->out;
    stk_csv csv;
    source from = {.tiers = false};
    stk_status status =
        stk_csv_open(&csv, (stk_source){run->input, content}, &run->q->arena, error);
    status = status != STK_OK ? status : find_columns(run, &csv, &from, error);
    for (size_t c = 0; status == STK_OK && c < csv.column_count; c++) {
        stk_csv_write_field(out, csv.columns[c]);
        stk_buffer_text(out, ",");
    }
    stk_buffer_text(out, status == STK_OK && from.tiers
                             ? "category,category_tier_i,category_tier_ii,category_tier_iii\n"
                             : "category\n");
    while (stk_csv_each(&csv, &status, error)) {
        status = categorise_row(run, &csv, &from, out, error);
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
