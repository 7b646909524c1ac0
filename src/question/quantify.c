/** @file quantify.c
 * @brief `stocktake quantify`: the quantification on a table of the user's own inputs.
 */
#include "question/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

static const question_option options[] = {
    {"sinks", "RULE",
     "Values that count LULUCF: cut emissions and land use together (net), or add sinks as "
     "they are (unscaled).",
     "net|unscaled", "net"},
    {"lulucf-source", "RULE",
     "Where land use is a source: cut it first, hold it, or cut both alike.",
     "first|hold|proportional", "hold"},
    {NULL, NULL, NULL, NULL, NULL}};

enum { COLUMN_ID, COLUMN_KIND, COLUMN_UNIT, NUMBERS_FROM, NUMBERS = 11 };

static const char *const names[NUMBERS_FROM + NUMBERS] = {"id",
                                                          "kind",
                                                          "value_unit",
                                                          "value_excl_lulucf",
                                                          "value_incl_lulucf",
                                                          "emissions_reference_mt",
                                                          "emissions_target_mt",
                                                          "lulucf_reference_mt",
                                                          "lulucf_target_mt",
                                                          "coverage_reference",
                                                          "coverage_target",
                                                          "driver_reference",
                                                          "driver_target",
                                                          "stated_baseline_incl_lulucf_mt"};

typedef struct reader {
    stk_csv csv;
    int columns[NUMBERS_FROM + NUMBERS];
    stk_sinks sinks;
    stk_lulucf_source source;
} reader;

static stk_status read_kind(const reader *r, stk_target_kind *kind, stk_error *error)
{
    static const stk_target_kind kinds[] = {STK_TARGET_BASE_YEAR, STK_TARGET_BASELINE,
                                            STK_TARGET_INTENSITY, STK_TARGET_ABSOLUTE,
                                            STK_TARGET_PEAK,      STK_TARGET_NONE};
    stk_text text = stk_csv_field(&r->csv, r->columns[COLUMN_KIND]);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (stk_text_equal(text, stk_target_kind_name(kinds[i]))) {
            *kind = kinds[i];
            return STK_OK;
        }
    }
    return stk_csv_refuse(&r->csv, r->columns[COLUMN_KIND], error,
                          "base_year, baseline, intensity, absolute, peak, none");
}

static stk_status check_number(const reader *r, int i, double value, bool mt, stk_error *error)
{
    int column = r->columns[NUMBERS_FROM + i];
    const char *name = names[NUMBERS_FROM + i];
    if (strncmp(name, "value_", 6) == 0 && !mt && (value < -1000 || value > 110)) {
        return stk_csv_refuse(&r->csv, column, error, "a per cent from -1000 to 110");
    }
    if (strncmp(name, "coverage_", 9) == 0 && (value < 0 || value > 1)) {
        return stk_csv_refuse(&r->csv, column, error, "a share from 0 to 1");
    }
    if (strncmp(name, "emissions_", 10) == 0 && value < 0) {
        return stk_csv_refuse(&r->csv, column, error, "emissions that are not negative");
    }
    if (strcmp(name, "driver_reference") == 0 && value <= 0) {
        return stk_csv_refuse(&r->csv, column, error, "a positive number");
    }
    return STK_OK;
}

static stk_status read_row(const reader *r, stk_quantify_input *in, stk_error *error)
{
    double *const numbers[] = {&in->value_excl,
                               &in->value_incl,
                               &in->emissions_reference_mt,
                               &in->emissions_target_mt,
                               &in->lulucf_reference_mt,
                               &in->lulucf_target_mt,
                               &in->coverage_reference,
                               &in->coverage_target,
                               &in->driver_reference,
                               &in->driver_target,
                               &in->stated_baseline_incl_mt};
    stk_text unit = stk_csv_field(&r->csv, r->columns[COLUMN_UNIT]);
    stk_status status = read_kind(r, &in->kind, error);
    in->value_is_mt = stk_text_equal(unit, "mt");
    if (status == STK_OK && !in->value_is_mt && !stk_text_equal(unit, "percent") &&
        !(in->kind == STK_TARGET_NONE && unit.size == 0)) {
        status = stk_csv_refuse(&r->csv, r->columns[COLUMN_UNIT], error, "percent or mt");
    }
    for (int i = 0; i < NUMBERS && status == STK_OK; i++) {
        bool mt = strstr(names[NUMBERS_FROM + i], "_mt") != NULL ||
                  (in->value_is_mt && strncmp(names[NUMBERS_FROM + i], "value_", 6) == 0);
        status = stk_csv_number_within(&r->csv, r->columns[NUMBERS_FROM + i],
                                       mt ? &stk_csv_megatons : &stk_csv_any, numbers[i], error);
        if (status == STK_OK && !isnan(*numbers[i])) {
            status = check_number(r, i, *numbers[i], in->value_is_mt, error);
        }
    }
    return status;
}

/* Whether a column of the file is one of the numbers that the quantification reads. */
static bool is_number(const reader *r, size_t column)
{
    for (int i = 0; i < NUMBERS; i++) {
        if (r->columns[NUMBERS_FROM + i] == (int)column) {
            return true;
        }
    }
    return false;
}

static void write_row(const reader *r, const stk_level *level, stk_buffer *csv, stk_table *table)
{
    char number[STK_NUMBER_SIZE];
    for (size_t c = 0; c < r->csv.column_count; c++) {
        stk_csv_write_field(csv, r->csv.fields[c]);
        stk_buffer_text(csv, ",");
        if (is_number(r, c)) {
            double value = NAN;
            stk_csv_number(&r->csv, (int)c, &value, NULL); /* was read before */
            stk_table_number(table, value);
        } else {
            stk_table_slice(table, r->csv.fields[c]);
        }
    }
    stk_number_format(level->excl_mt, number);
    stk_buffer_printf(csv, "%s,", number);
    stk_number_format(level->incl_mt, number);
    stk_buffer_printf(csv, "%s\n", number);
    stk_table_numbers(table, level->excl_mt, level->incl_mt);
}

/* The columns of the result: those of the input, then the levels. A terminal shows id and kind. */
static stk_column *make_columns(const reader *r, stk_arena *arena)
{
    size_t count = r->csv.column_count;
    stk_column *columns = stk_arena_alloc(arena, count + 2, sizeof *columns);
    for (size_t c = 0; columns != NULL && c < count; c++) {
        const char *name = stk_arena_string(arena, r->csv.columns[c]);
        bool shown = (int)c == r->columns[COLUMN_ID] || (int)c == r->columns[COLUMN_KIND];
        columns[c] = (stk_column){name, shown ? name : NULL, is_number(r, c) ? 2 : STK_TEXT};
    }
    if (columns != NULL) {
        columns[count] = (stk_column){"level_excl_lulucf_mt", "without LULUCF (Mt)", 2};
        columns[count + 1] = (stk_column){"level_incl_lulucf_mt", "with LULUCF (Mt)", 2};
    }
    return columns;
}

static stk_status read_all(reader *r, stk_buffer *csv, stk_table *table, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t c = 0; c < r->csv.column_count; c++) {
        stk_csv_write_field(csv, r->csv.columns[c]);
        stk_buffer_text(csv, ",");
    }
    stk_buffer_text(csv, "level_excl_lulucf_mt,level_incl_lulucf_mt\n");
    while (stk_csv_each(&r->csv, &status, error)) {
        stk_quantify_input input;
        stk_level level;
        stk_error reason;
        STK_TRY(read_row(r, &input, error));
        if (stk_quantify(&input, r->sinks, r->source, &level, &reason) != STK_OK) {
            return stk_error_at(error, STK_EDATA, r->csv.source.name, r->csv.line, 1, "%s",
                                reason.message);
        }
        write_row(r, &level, csv, table);
    }
done:
    return status;
}

/* Columns may come in any order; those that hold no value for any row may be left out. */
static stk_status find_columns(reader *r, stk_error *error)
{
    stk_status status;
    for (int i = 0; i < NUMBERS_FROM + NUMBERS; i++) {
        r->columns[i] = stk_csv_find(&r->csv, names[i]);
    }
    static const char *const needed[] = {"id", "kind", "value_unit", "emissions_target_mt"};
    int found[sizeof needed / sizeof *needed];
    status = stk_csv_columns(&r->csv, needed, sizeof needed / sizeof *needed, found, error);
    static const char *const results[] = {"level_excl_lulucf_mt", "level_incl_lulucf_mt"};
    for (size_t i = 0; i < 2 && status == STK_OK; i++) {
        if (stk_csv_find(&r->csv, results[i]) >= 0) {
            status = stk_error_at(
                error, STK_EDATA, r->csv.source.name, 1, 0,
                "the column '%s' is there already; the result would have it twice", results[i]);
        }
    }
    return status;
}

static stk_status answer(query *q, reader *r, stk_error *error)
{
    stk_buffer csv = {0};
    stk_column *columns = make_columns(r, &q->arena);
    stk_table *table = columns == NULL ? NULL : stk_table_new(columns, r->csv.column_count + 2);
    stk_status status = read_all(r, &csv, table, error);
    if (status == STK_OK && (query_format(q) != QUERY_CSV || q->keep_table)) {
        stk_buffer_free(&csv);
        return query_write_rows(q, NULL, table, json_object(), NULL, NULL, error);
    }
    stk_table_free(table);
    if (status == STK_OK) {
        q->out = csv;
    } else {
        stk_buffer_free(&csv);
    }
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    reader r = {.sinks = (stk_sinks)query_choice(q, "sinks", STK_SINKS_NET),
                .source =
                    (stk_lulucf_source)query_choice(q, "lulucf-source", STK_LULUCF_SOURCE_HOLD)};
    stk_text content = {NULL, 0};
    stk_status status;
    STK_TRY(query_read_file(q, "targets", q->operands[0], &content, error));
    STK_TRY(stk_csv_open(&r.csv, (stk_source){q->operands[0], content}, &q->arena, error));
    STK_TRY(find_columns(&r, error));
    STK_TRY(answer(q, &r, error));
done:
    free((char *)content.data);
    return status;
}

const question question_quantify = {
    .name = "quantify",
    .operands = "FILE.csv",
    .operands_min = 1,
    .operands_max = 1,
    .summary = QUESTION_HELP("the same quantification on a table of your own inputs"),
    .description = QUESTION_HELP(
        "Read a table with one target a row and append the columns level_excl_lulucf_mt and "
        "level_incl_lulucf_mt. Other columns are passed through, in any order.\n\n"
        "Columns: id, kind (base_year, baseline, intensity, absolute, peak, none), value_unit "
        "(percent: a reduction, positive is a cut; mt: a level for absolute, a cut for baseline), "
        "value_excl_lulucf and value_incl_lulucf (one or both; each scope uses its own), "
        "emissions_reference_mt, emissions_target_mt, lulucf_reference_mt, lulucf_target_mt, "
        "coverage_reference, coverage_target, driver_reference, driver_target, "
        "stated_baseline_incl_lulucf_mt."),
    .examples = QUESTION_HELP("  stocktake quantify targets.csv --sinks unscaled --format csv\n"),
    .option_groups = OPTION_GROUPS(options, options_written),
    .answer = answer_query};
