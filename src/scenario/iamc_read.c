/** @file iamc_read.c
 * @brief Reading IAMC wide CSV, from memory or piece by piece.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <stocktake/scenario.h>

#include "base/csv_pieces.h"
#include "base/try.h"
#include "scenario/iamc_file.h"

enum { YEAR_SPAN_MAX = 2000, KEPT_FREE = 256 << 20, KEPT_PER_BYTE = 64 };

enum key { KEY_MODEL, KEY_SCENARIO, KEY_REGION, KEY_VARIABLE, KEY_UNIT, KEY_COUNT };

typedef struct reader {
    stk_csv_pieces source;
    const stk_csv *csv; /* of the source */
    stk_arena arena;
    const stk_iamc_filter *filter;
    const stk_iamc_taker *taker; /* of the rows; NULL puts them into the table */
    stk_iamc *table;
    double *values;      /* of the row at hand, for the taker */
    int keys[KEY_COUNT]; /* column of each key, -1 without */
    int *years;          /* of each column, 0 where it is none */
    int cut;             /* years beyond are read only where this one has no value */
    char *texts;         /* the five texts of a row, terminated */
    size_t texts_size;
    size_t kept; /* bytes of the values of rows in the table */
    size_t read; /* bytes that those rows have in the file */
} reader;

/* "2020", "2020.0" (a column that was a number) or "2020.5" (the middle of the year). */
static bool year_of(stk_text name, int *year, bool *mid)
{
    long number;
    if (name.size != 4 && name.size != 6) {
        return false;
    }
    bool half = name.size == 6 && memcmp(name.data + 4, ".5", 2) == 0;
    if (name.size == 6 && !half && memcmp(name.data + 4, ".0", 2) != 0) {
        return false;
    }
    if (!stk_text_integer((stk_text){name.data, 4}, &number) || number < 1000) {
        return false;
    }
    *year = (int)number;
    *mid = half;
    return true;
}

static bool same_ignoring_case(stk_text text, const char *word)
{
    return text.size == strlen(word) && strncasecmp(text.data, word, text.size) == 0;
}

static stk_status find_keys(reader *in, stk_error *error)
{
    static const char *const names[KEY_COUNT] = {"Model", "Scenario", "Region", "Variable", "Unit"};
    const stk_csv *csv = in->csv;
    for (int k = 0; k < KEY_COUNT; k++) {
        in->keys[k] = -1;
        for (size_t c = 0; c < csv->column_count; c++) {
            if (!same_ignoring_case(csv->columns[c], names[k])) {
                continue;
            }
            if (in->keys[k] >= 0) {
                return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                                    csv->field_columns[c], "the column '%s' is there twice",
                                    names[k]);
            }
            in->keys[k] = (int)c;
        }
        if (in->keys[k] < 0 && k != KEY_MODEL) {
            return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 0,
                                "the column '%s' is missing; an IAMC table has Model, Scenario, "
                                "Region, Variable, Unit and years",
                                names[k]);
        }
    }
    return STK_OK;
}

static stk_status add_year(reader *in, size_t column, int year, bool mid, stk_iamc *span,
                           stk_error *error)
{
    const stk_csv *csv = in->csv;
    stk_text name = csv->columns[column];
    for (size_t c = 0; c < column; c++) {
        if (in->years[c] == year) {
            return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                                csv->field_columns[column], "the year '%.*s' is there twice",
                                (int)name.size, name.data);
        }
    }
    if (span->year_count > 0 && span->mid_year != mid) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                            csv->field_columns[column],
                            "the year '%.*s' is refused beside the others; allowed: all years "
                            "as 2020 or all as 2020.5",
                            (int)name.size, name.data);
    }
    int last = span->first_year + span->year_count - 1;
    bool first = span->year_count == 0;
    span->mid_year = mid;
    last = first || year > last ? year : last;
    span->first_year = first || year < span->first_year ? year : span->first_year;
    span->year_count = last - span->first_year + 1;
    in->years[column] = year;
    if (span->year_count > YEAR_SPAN_MAX) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                            csv->field_columns[column], "the years span more than %d years",
                            YEAR_SPAN_MAX);
    }
    return STK_OK;
}

static stk_status find_years(reader *in, stk_iamc *span, stk_error *error)
{
    const stk_csv *csv = in->csv;
    in->years = stk_arena_alloc(&in->arena, csv->column_count, sizeof *in->years);
    if (in->years == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    for (size_t c = 0; c < csv->column_count && status == STK_OK; c++) {
        int year;
        bool mid;
        double number;
        if (year_of(csv->columns[c], &year, &mid)) {
            status = add_year(in, c, year, mid, span, error);
        } else if (stk_text_number(stk_text_trim(csv->columns[c]), &number)) {
            stk_text name = stk_text_cut(csv->columns[c], 60);
            status =
                stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, csv->field_columns[c],
                             "the column '%.*s' is refused; allowed: years as 2020 or 2020.5",
                             (int)name.size, name.data);
        }
    }
    if (status == STK_OK && span->year_count == 0) {
        status = stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 0,
                              "no column is a year; columns such as 2020 or 2020.5 are needed");
    }
    return status;
}

/* The first year of a column from the last that is wanted on. */
static int find_cut(const reader *in)
{
    int cut = INT_MAX;
    int wanted_last = in->filter == NULL ? 0 : in->filter->last_year;
    for (size_t c = 0; wanted_last != 0 && c < in->csv->column_count; c++) {
        cut = in->years[c] >= wanted_last && in->years[c] < cut ? in->years[c] : cut;
    }
    return cut;
}

static stk_status read_header(reader *in, stk_error *error)
{
    stk_iamc span = {0};
    stk_status status;
    STK_TRY(find_keys(in, error));
    STK_TRY(find_years(in, &span, error));
    in->table =
        stk_iamc_new(in->csv->source.name, span.first_year, span.first_year + span.year_count - 1);
    if (in->table == NULL) {
        return stk_error_memory(error);
    }
    in->table->mid_year = span.mid_year;
    in->cut = find_cut(in);
    in->values = stk_arena_alloc(&in->arena, (size_t)span.year_count, sizeof *in->values);
    if (in->values == NULL) {
        status = stk_error_memory(error);
    }
done:
    return status;
}

/* Whether region and variable of the row are asked for. */
static bool wanted(reader *in)
{
    const stk_iamc_filter *filter = in->filter;
    const char *region = filter == NULL || filter->region == NULL ? "World" : filter->region;
    stk_text found = stk_text_trim(stk_csv_field(in->csv, in->keys[KEY_REGION]));
    if (strcmp(region, "*") != 0 && !same_ignoring_case(found, region)) {
        in->table->skipped_regions++;
        return false;
    }
    stk_text variable = stk_text_trim(stk_csv_field(in->csv, in->keys[KEY_VARIABLE]));
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
    row.model = stk_text_trim(stk_csv_field(in->csv, in->keys[KEY_MODEL]));
    row.scenario = stk_text_trim(stk_csv_field(in->csv, in->keys[KEY_SCENARIO]));
    row.line = in->csv->line;
    return filter->mine(filter->mine_user, &row) && row.wanted;
}

/* Copy the texts of the row, terminated, into the scratch space of the reader. */
static stk_status read_texts(reader *in, stk_iamc_row *row, stk_error *error)
{
    stk_text fields[KEY_COUNT];
    size_t size = 0;
    for (int k = 0; k < KEY_COUNT; k++) {
        fields[k] = stk_text_trim(stk_csv_field(in->csv, in->keys[k]));
        size += fields[k].size + 1;
        if (fields[k].size == 0 && (k == KEY_SCENARIO || k == KEY_VARIABLE)) {
            return stk_csv_refuse(in->csv, in->keys[k], error, "any text but none");
        }
    }
    if (!STK_GROW(in->texts, size, in->texts_size)) {
        return stk_error_memory(error);
    }
    const char *copies[KEY_COUNT];
    char *next = in->texts;
    for (int k = 0; k < KEY_COUNT; k++) {
        memcpy(next, fields[k].data, fields[k].size);
        next[fields[k].size] = '\0';
        copies[k] = next;
        next += fields[k].size + 1;
    }
    /* One spelling of the world, so that it can be found. */
    const char *region =
        strcasecmp(copies[KEY_REGION], "World") == 0 ? "World" : copies[KEY_REGION];
    *row = (stk_iamc_row){copies[KEY_MODEL], copies[KEY_SCENARIO], region, copies[KEY_VARIABLE],
                          copies[KEY_UNIT],  in->csv->line,        NULL};
    return STK_OK;
}

/* Read the values of the years before or after the cut. */
static stk_status read_values(const reader *in, bool after, double *values, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t c = 0; status == STK_OK && c < in->csv->column_count; c++) {
        int year = in->years[c];
        if (year != 0 && (year > in->cut) == after) {
            status = stk_csv_number(in->csv, (int)c, &values[year - in->table->first_year], error);
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

/* A few bytes of a file must not make gigabytes of the years between two columns. */
static stk_status check_size(reader *in, stk_error *error)
{
    if (in->csv->prepared != NULL) {
        return STK_OK; /* the edition's own */
    }
    for (size_t c = 0; c < in->csv->column_count; c++) {
        in->read += in->csv->fields[c].size + 1;
    }
    in->kept += (size_t)in->table->year_count * sizeof(double);
    return in->taker != NULL || in->kept <= KEPT_FREE || in->kept / KEPT_PER_BYTE <= in->read
               ? STK_OK
               : stk_error_at(error, STK_EDATA, in->csv->source.name, in->csv->line, 0,
                              "the columns' years, %d to %d, lie too far apart for so many rows",
                              in->table->first_year,
                              in->table->first_year + in->table->year_count - 1);
}

static stk_status read_row(reader *in, stk_error *error)
{
    stk_iamc_row row;
    double *values = NULL;
    stk_status status;
    STK_TRY(read_texts(in, &row, error));
    STK_TRY(check_size(in, error));
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

static stk_status read_rows(reader *in, stk_error *error)
{
    bool more = true;
    stk_status status = STK_OK;
    while (status == STK_OK && more) {
        status = stk_csv_pieces_next(&in->source, &more, error);
        if (status == STK_OK && more && kept(in)) {
            status = read_row(in, error);
        }
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
