/** @file iamc_read.c
 * @brief Reading IAMC tables in CSV, from memory or piece by piece.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario.h>

#include "base/csv_pieces.h"
#include "base/try.h"
#include "scenario/iamc_columns.h"
#include "scenario/iamc_file.h"
#include "scenario/iamc_long.h"

enum { KEPT_FREE = 256 << 20, KEPT_PER_BYTE = 64, FOOTER_SHOWN = 100 };

/* What stands below the data. */
typedef struct footer {
    long line;    /* of its first row, 0 without */
    size_t count; /* of the fields of the first row that lacks some; 0 without */
    const char *text;
    long text_line;
} footer;

typedef struct reader {
    stk_csv_pieces source;
    const stk_csv *csv; /* of the source */
    stk_arena arena;
    const stk_iamc_filter *filter;
    const stk_iamc_taker *taker; /* of the rows; NULL puts them into the table */
    stk_iamc *table;
    iamc_columns columns;
    iamc_long gathered; /* where a row has one value */
    footer footer;
    bool has_rows;  /* some have been read, kept or not */
    double *values; /* of the row at hand, for the taker */
    int cut;        /* years beyond are read only where this one has no value */
    char *texts;    /* the five texts of a row, terminated */
    size_t texts_size;
    size_t kept; /* bytes of the values of rows in the table */
    size_t read; /* bytes that those rows have in the file */
} reader;

/* The first year of a column from the last that is wanted on. */
static int find_cut(const reader *in)
{
    int cut = INT_MAX;
    int wanted_last = in->filter == NULL ? 0 : in->filter->last_year;
    for (size_t c = 0; wanted_last != 0 && c < in->csv->column_count; c++) {
        int year = in->columns.years[c];
        cut = year >= wanted_last && year < cut ? year : cut;
    }
    return cut;
}

static stk_status read_header(reader *in, stk_error *error)
{
    const iamc_columns *columns = &in->columns;
    stk_status status;
    STK_TRY(iamc_columns_find(in->csv, &in->columns, error));
    in->table = stk_iamc_new(in->csv->source.name, columns->first_year,
                             columns->first_year + columns->year_count - 1);
    STK_TRY(stk_allocated(in->table, error));
    in->table->mid_year = columns->mid_year;
    in->cut = find_cut(in);
    in->values = stk_arena_alloc(&in->arena, (size_t)columns->year_count + 1, sizeof *in->values);
    STK_TRY(stk_allocated(in->values, error));
    in->source.csv.uneven = true;
done:
    return status;
}

/* ---- rows that are kept ---- */

static stk_text key_of(const reader *in, iamc_key key)
{
    return stk_text_trim(stk_csv_field(in->csv, in->columns.keys[key]));
}

/* Whether region and variable of the row are asked for. */
static bool wanted(reader *in)
{
    const stk_iamc_filter *filter = in->filter;
    const char *region = filter == NULL || filter->region == NULL ? "World" : filter->region;
    stk_text found = key_of(in, IAMC_REGION);
    if (strcmp(region, "*") != 0 && !stk_text_alike(found, region)) {
        in->table->skipped_regions++;
        return false;
    }
    stk_text variable = key_of(in, IAMC_VARIABLE);
    if (filter != NULL && filter->wanted != NULL && !filter->wanted(filter->user, variable)) {
        in->table->skipped_variables++;
        return false;
    }
    return true;
}

static bool kept(reader *in)
{
    const stk_iamc_filter *filter = in->filter;
    stk_iamc_seen row = {.wanted = wanted(in)};
    if (filter == NULL || filter->mine == NULL) {
        return row.wanted;
    }
    row.model = key_of(in, IAMC_MODEL);
    row.scenario = key_of(in, IAMC_SCENARIO);
    row.region = key_of(in, IAMC_REGION);
    row.variable = key_of(in, IAMC_VARIABLE);
    row.line = in->csv->line;
    return filter->mine(filter->mine_user, &row) && row.wanted;
}

/* Copy the texts of the row, terminated, into the scratch space of the reader. */
static stk_status read_texts(reader *in, stk_iamc_row *row, stk_error *error)
{
    stk_text fields[IAMC_KEYS];
    size_t size = 0;
    for (int k = 0; k < IAMC_KEYS; k++) {
        fields[k] = key_of(in, (iamc_key)k);
        size += fields[k].size + 1;
        if (fields[k].size == 0 && (k == IAMC_SCENARIO || k == IAMC_VARIABLE)) {
            return stk_csv_refuse(in->csv, in->columns.keys[k], error, "any text but none");
        }
    }
    if (!STK_GROW(in->texts, size, in->texts_size)) {
        return stk_error_memory(error);
    }
    const char *copies[IAMC_KEYS];
    char *next = in->texts;
    for (int k = 0; k < IAMC_KEYS; k++) {
        memcpy(next, fields[k].data, fields[k].size);
        next[fields[k].size] = '\0';
        copies[k] = next;
        next += fields[k].size + 1;
    }
    /* One spelling of the world, so that it can be found. */
    const char *region =
        stk_text_alike(fields[IAMC_REGION], "World") ? "World" : copies[IAMC_REGION];
    *row = (stk_iamc_row){copies[IAMC_MODEL], copies[IAMC_SCENARIO], region, copies[IAMC_VARIABLE],
                          copies[IAMC_UNIT],  in->csv->line,         NULL};
    return STK_OK;
}

/* Read the values of the years before or after the cut. */
static stk_status read_values(const reader *in, bool after, double *values, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t c = 0; status == STK_OK && c < in->csv->column_count; c++) {
        int year = in->columns.years[c];
        if (year != 0 && (year > in->cut) == after) {
            status =
                iamc_columns_value(in->csv, (int)c, &values[year - in->table->first_year], error);
        }
    }
    return status;
}

/* Where the values of a row go, all missing yet. */
static stk_status place_row(const reader *in, stk_iamc_row *row, double **values, stk_error *error)
{
    if (in->taker == NULL) {
        return stk_iamc_add(in->table, row, values, error);
    }
    row->values = *values = in->values;
    for (int i = 0; i < in->table->year_count; i++) {
        in->values[i] = NAN;
    }
    return STK_OK;
}

static void count_bytes(reader *in)
{
    for (size_t c = 0; in->csv->prepared == NULL && c < in->csv->column_count; c++) {
        in->read += in->csv->fields[c].size + 1;
    }
}

/* A few bytes of a file must not make gigabytes of the years between two columns, in memory or on
 * disk. */
static stk_status check_size(reader *in, size_t rows, stk_error *error)
{
    if (in->csv->prepared != NULL) {
        return STK_OK; /* the edition's own */
    }
    in->kept += rows * (size_t)in->table->year_count * sizeof(double);
    return in->kept <= KEPT_FREE || in->kept / KEPT_PER_BYTE <= in->read
               ? STK_OK
               : stk_error_at(error, STK_EDATA, in->csv->source.name, in->csv->line, 0,
                              "the columns' years, %d to %d, lie too far apart for so many rows",
                              in->table->first_year,
                              in->table->first_year + in->table->year_count - 1);
}

static stk_status read_wide(reader *in, stk_error *error)
{
    stk_iamc_row row;
    double *values = NULL;
    stk_status status;
    STK_TRY(read_texts(in, &row, error));
    count_bytes(in);
    STK_TRY(check_size(in, 1, error));
    STK_TRY(place_row(in, &row, &values, error));
    STK_TRY(read_values(in, false, values, error));
    if (in->cut != INT_MAX && isnan(values[in->cut - in->table->first_year])) {
        STK_TRY(read_values(in, true, values, error));
    }
    if (in->taker != NULL) {
        status = in->taker->take(in->taker->user, in->table, &row, error);
    }
done:
    return status;
}

/* ---- a row for each value ---- */

static stk_status read_value(reader *in, stk_error *error)
{
    stk_iamc_row row;
    iamc_point point = {.line = in->csv->line};
    bool mid;
    stk_status status;
    STK_TRY(read_texts(in, &row, error));
    count_bytes(in);
    STK_TRY(iamc_columns_year(in->csv, &in->columns, &point.year, &mid, error));
    STK_TRY(iamc_columns_value(in->csv, in->columns.value, &point.value, error));
    if (in->gathered.count > 0 && in->table->mid_year != mid) {
        STK_TRY(
            stk_csv_refuse(in->csv, in->columns.year, error, "all years as 2020 or all as 2020.5"));
    }
    in->table->mid_year = mid;
    STK_TRY(iamc_long_add(&in->gathered, in->table, &row, &point, error));
done:
    return status;
}

/* The rows of all values have been seen: only now their years are known. */
static stk_status end_values(reader *in, stk_error *error)
{
    stk_iamc *table = in->table;
    stk_status status;
    STK_TRY(iamc_long_span(&in->gathered, table, error));
    STK_TRY(check_size(in, table->row_count, error));
    STK_TRY(iamc_long_fill(&in->gathered, table, error));
    for (size_t r = 0; in->taker != NULL && r < table->row_count && status == STK_OK; r++) {
        status = in->taker->take(in->taker->user, table, &table->rows[r], error);
    }
done:
    return status;
}

/* ---- what stands below the data ---- */

static bool is_blank(const reader *in, int column)
{
    return stk_text_trim(stk_csv_field(in->csv, column)).size == 0;
}

/* A row with other separators than the header's, such as commas among semicolons. */
static bool is_otherwise_separated(const stk_csv *csv)
{
    int count = 0;
    for (size_t i = 0; i < csv->fields[0].size; i++) {
        char c = csv->fields[0].data[i];
        count += c != csv->separator && (c == ',' || c == ';' || c == '\t');
    }
    return count >= IAMC_KEYS;
}

/* Whether a row says nothing: it has neither a variable nor a value, and lacks other fields. A line
 * that the end of a file cuts is no such row. */
static bool is_footer(const reader *in)
{
    const stk_csv *csv = in->csv;
    const iamc_columns *columns = &in->columns;
    if (csv->prepared != NULL || !is_blank(in, columns->keys[IAMC_VARIABLE]) ||
        !is_blank(in, columns->year) || !is_blank(in, columns->value)) {
        return false;
    }
    for (size_t c = 0; c < csv->column_count; c++) {
        if (columns->years[c] != 0 && !is_blank(in, (int)c)) {
            return false;
        }
    }
    bool nameless = is_blank(in, columns->keys[IAMC_SCENARIO]);
    if (csv->missing == 0) {
        return nameless && is_blank(in, columns->keys[IAMC_REGION]);
    }
    return in->has_rows && !is_otherwise_separated(csv) && (nameless || !stk_csv_cut(csv));
}

static stk_status note_footer(reader *in, stk_error *error)
{
    footer *f = &in->footer;
    const stk_csv *csv = in->csv;
    f->line = f->line == 0 ? csv->line : f->line;
    if (f->count == 0 && csv->missing > 0) {
        f->line = csv->line;
        f->count = csv->field_count;
    }
    for (size_t c = 0; f->text == NULL && c < csv->column_count; c++) {
        if (!is_blank(in, (int)c)) {
            stk_text text = stk_text_trim(csv->fields[c]);
            f->text = stk_arena_string(&in->arena, stk_text_cut(text, FOOTER_SHOWN));
            f->text_line = csv->line;
            return stk_allocated(f->text, error);
        }
    }
    return STK_OK;
}

static void tell_footer(const reader *in)
{
    const footer *f = &in->footer;
    if (f->text != NULL && in->filter != NULL && in->filter->footer != NULL) {
        in->filter->footer(in->filter->footer_user, in->csv->source.name, f->text_line,
                           stk_text_of(f->text));
    }
}

/* ---- all of it ---- */

static stk_status read_row(reader *in, stk_error *error)
{
    if (is_footer(in)) {
        return note_footer(in, error);
    }
    if (in->csv->missing > 0) {
        return stk_csv_refuse_width(in->csv, in->csv->line, in->csv->field_count, error);
    }
    if (in->footer.count > 0) { /* it stands between the data */
        return stk_csv_refuse_width(in->csv, in->footer.line, in->footer.count, error);
    }
    in->has_rows = true;
    if (!kept(in)) {
        return STK_OK;
    }
    return in->columns.value >= 0 ? read_value(in, error) : read_wide(in, error);
}

static stk_status read_rows(reader *in, stk_error *error)
{
    bool more = true;
    stk_status status = STK_OK;
    while (status == STK_OK && more) {
        status = stk_csv_pieces_next(&in->source, &more, error);
        status = status == STK_OK && more ? read_row(in, error) : status;
    }
    if (status == STK_OK && in->columns.value >= 0) {
        status = end_values(in, error);
    }
    if (status == STK_OK) {
        tell_footer(in);
    }
    return status;
}

/* Read what has been opened, with that outcome. */
static stk_status read_all(reader *in, stk_status status, stk_iamc **table, stk_error *error)
{
    in->csv = &in->source.csv;
    status = status != STK_OK ? status : read_header(in, error);
    status = status != STK_OK ? status : read_rows(in, error);
    stk_csv_pieces_close(&in->source);
    iamc_long_free(&in->gathered);
    stk_arena_free(&in->arena);
    free(in->texts);
    if (status != STK_OK) {
        stk_iamc_free(in->table);
        in->table = NULL;
    }
    *table = in->table;
    return status;
}

stk_status iamc_read_file(const stk_csv_file *file, const stk_iamc_filter *filter, stk_iamc **table,
                          stk_error *error)
{
    reader in = {.filter = filter};
    stk_status status = stk_csv_pieces_open_file(&in.source, file, &in.arena, error);
    return read_all(&in, status, table, error);
}

stk_status stk_iamc_read(const char *name, stk_text content, const stk_iamc_filter *filter,
                         stk_iamc **table, stk_error *error)
{
    const stk_csv_file file = {.name = name, .content = content};
    return iamc_read_file(&file, filter, table, error);
}

static stk_status read_stream(const stk_iamc_input *input, const stk_iamc_filter *filter,
                              const stk_iamc_taker *taker, stk_iamc **table, stk_error *error)
{
    reader in = {.filter = filter, .taker = taker};
    stk_csv_input source = {input->name, input->read, input->user};
    stk_status status = stk_csv_pieces_open(&in.source, &source, &in.arena, error);
    return read_all(&in, status, table, error);
}

stk_status stk_iamc_read_stream(const stk_iamc_input *input, const stk_iamc_filter *filter,
                                stk_iamc **table, stk_error *error)
{
    return read_stream(input, filter, NULL, table, error);
}

stk_status stk_iamc_read_rows(const stk_iamc_input *input, const stk_iamc_filter *filter,
                              const stk_iamc_taker *taker, stk_error *error)
{
    stk_iamc *none = NULL;
    stk_status status = read_stream(input, filter, taker, &none, error);
    stk_iamc_free(none);
    return status;
}
