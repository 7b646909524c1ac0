/** @file csv_columns.c
 * @brief Reading columns that were made of a CSV file.
 */
#include "base/csv_columns.h"

#include <math.h>
#include <string.h>

enum { SERIES_MAX = 65535, DECIMALS_MAX = 22, DOUBLES = 9 };
#define CELLS_MAX ((size_t)1 << 26)

typedef struct cursor {
    const unsigned char *at;
    size_t left;
} cursor;

/* The column of a table, in the order of the file. */
typedef struct table_column {
    int number; /* index among the columns of numbers, or -1 */
    size_t text_count;
    const stk_text *texts;
    size_t width;
    const unsigned char *which; /* [row], of `width` bytes */
} table_column;

/* Where the parts of a series lie. */
typedef struct series {
    size_t form;
    size_t decimals;
    size_t first;
    size_t count;
    const unsigned char *gaps; /* NULL without */
    const unsigned char *bytes;
} series;

struct stk_csv_columns {
    size_t row_count;
    size_t row; /* the next */
    const unsigned char *lines;
    long first_line;
    table_column *columns;
    size_t number_count;
    double *all;    /* [row][number] where series run down the columns, else NULL */
    double *values; /* [number] of the row at hand */
    cursor left;    /* where series run along the rows: those of the rows to come */
    series series;  /* of the row at hand, read when one of its numbers is asked for */
    bool is_read;
    uint64_t *whole; /* scratch of a series */
    char (*shown)[STK_NUMBER_SIZE];
};

/* ---- bytes ---- */

static const unsigned char *take(cursor *c, size_t size)
{
    const unsigned char *at = c->at;
    if (size > c->left) {
        return NULL;
    }
    c->at += size;
    c->left -= size;
    return at;
}

static uint64_t little(const unsigned char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

static bool take_integer(cursor *c, size_t size, size_t *value)
{
    const unsigned char *at = take(c, size);
    *value = at == NULL ? 0 : (size_t)little(at, size);
    return at != NULL;
}

static stk_status damaged(const char *name, stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, name, 0, 0,
                        "the packed edition is damaged at the columns of this file");
}

/* ---- series ---- */

/* Whole numbers from their bytes, the lowest of all first. */
static void gather(const unsigned char *planes, size_t width, size_t count, uint64_t *whole)
{
    for (size_t i = 0; i < count; i++) {
        whole[i] = planes[i];
    }
    for (size_t b = 1; b < width; b++) {
        const unsigned char *plane = planes + b * count;
        for (size_t i = 0; i < count; i++) {
            whole[i] |= (uint64_t)plane[i] << (8 * b);
        }
    }
}

static void add_up(const uint64_t *whole, size_t count, size_t decimals, double *out, size_t stride)
{
    static const double powers[DECIMALS_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (whole[i] >> 1) ^ (0 - (whole[i] & 1)); /* wraps where the bytes are damaged */
        out[i * stride] = (double)(int64_t)sum / powers[decimals];
    }
}

/* Find the parts of the next series, of `length` places. */
static bool take_series(cursor *c, size_t length, series *s)
{
    size_t gaps;
    *s = (series){.form = 0};
    if (!take_integer(c, 1, &s->form) || s->form > DOUBLES) {
        return false;
    }
    if (s->form == 0) {
        return true;
    }
    if (!take_integer(c, 1, &s->decimals) || !take_integer(c, 1, &gaps) ||
        !take_integer(c, 2, &s->first) || !take_integer(c, 2, &s->count) ||
        s->decimals > DECIMALS_MAX || gaps > 1 || s->first > length ||
        s->count > length - s->first) {
        return false;
    }
    if (gaps == 1 && (s->gaps = take(c, (s->count + 7) / 8)) == NULL) {
        return false;
    }
    s->bytes = take(c, (s->form == DOUBLES ? sizeof(double) : s->form) * s->count);
    return s->bytes != NULL;
}

/* The values of a series into `length` places, NaN where there is none. */
static void read_series(const series *s, size_t length, uint64_t *whole, double *out, size_t stride)
{
    for (size_t i = 0; i < length; i++) {
        out[i * stride] = NAN;
    }
    out += s->first * stride;
    if (s->form == DOUBLES) {
        for (size_t i = 0; i < s->count; i++) {
            uint64_t bits = little(s->bytes + i * sizeof bits, sizeof bits);
            memcpy(&out[i * stride], &bits, sizeof bits);
        }
    } else if (s->form > 0) {
        gather(s->bytes, s->form, s->count, whole);
        add_up(whole, s->count, s->decimals, out, stride);
    }
    for (size_t i = 0; s->gaps != NULL && i < s->count; i++) {
        if ((s->gaps[i / 8] >> (i % 8) & 1) != 0) {
            out[i * stride] = NAN;
        }
    }
}

/* ---- opening ---- */

/* True where there is no memory, too: then the column has no texts. */
static bool read_texts(cursor *c, table_column *k, size_t rows, stk_arena *arena)
{
    const unsigned char *sizes;
    if (!take_integer(c, 4, &k->text_count) || k->text_count > c->left / 4 ||
        (sizes = take(c, 4 * k->text_count)) == NULL) {
        return false;
    }
    stk_text *texts = stk_arena_alloc(arena, k->text_count + 1, sizeof *texts);
    if (texts == NULL) {
        return true;
    }
    for (size_t i = 0; i < k->text_count; i++) {
        texts[i].size = (size_t)little(sizes + 4 * i, 4);
        texts[i].data = (const char *)take(c, texts[i].size);
        if (texts[i].data == NULL) {
            return false;
        }
    }
    k->texts = texts;
    return take_integer(c, 1, &k->width) && (k->width == 1 || k->width == 2 || k->width == 4) &&
           rows <= c->left / k->width && (k->which = take(c, rows * k->width)) != NULL;
}

static bool read_head(cursor *c, stk_csv *csv, struct stk_csv_columns *t)
{
    static const char magic[] = "STKCOL1\n";
    const unsigned char *start = take(c, sizeof magic - 1);
    size_t apart;
    size_t line;
    if (start == NULL || memcmp(start, magic, sizeof magic - 1) != 0 ||
        !take_integer(c, 4, &csv->column_count) || !take_integer(c, 4, &t->row_count) ||
        csv->column_count > STK_CSV_COLUMNS_MAX || !take_integer(c, 1, &apart) || apart > 1) {
        return false;
    }
    /* so many rows need a byte each, unless they have no values in columns that run down */
    if (t->row_count > SERIES_MAX && t->row_count > c->left) {
        return false;
    }
    if (apart == 1) {
        return t->row_count <= c->left / 4 && (t->lines = take(c, 4 * t->row_count)) != NULL;
    }
    bool read = take_integer(c, 4, &line);
    t->first_line = (long)line;
    return read;
}

static bool read_column(cursor *c, stk_csv *csv, struct stk_csv_columns *t, size_t i)
{
    size_t size;
    size_t kind;
    table_column *k = &t->columns[i];
    if (!take_integer(c, 4, &size)) {
        return false;
    }
    csv->columns[i] = (stk_text){(const char *)take(c, size), size};
    if (csv->columns[i].data == NULL || !take_integer(c, 1, &kind) || kind > 1) {
        return false;
    }
    k->number = kind == 1 ? (int)t->number_count++ : -1;
    return kind == 1 || read_texts(c, k, t->row_count, csv->arena);
}

/* Series down the columns are read at once. */
static stk_status read_all(cursor *c, const stk_csv *csv, struct stk_csv_columns *t,
                           stk_error *error)
{
    if (t->row_count > SERIES_MAX || t->row_count * t->number_count > CELLS_MAX) {
        return damaged(csv->source.name, error);
    }
    t->all = stk_arena_alloc(csv->arena, t->row_count * t->number_count + 1, sizeof *t->all);
    if (t->all == NULL) {
        return stk_error_memory(error);
    }
    for (size_t n = 0; n < t->number_count; n++) {
        if (!take_series(c, t->row_count, &t->series)) {
            return damaged(csv->source.name, error);
        }
        read_series(&t->series, t->row_count, t->whole, t->all + n, t->number_count);
    }
    return STK_OK;
}

static stk_status read_numbers(cursor *c, const stk_csv *csv, struct stk_csv_columns *t,
                               stk_error *error)
{
    size_t down;
    t->values = stk_arena_alloc(csv->arena, t->number_count + 1, sizeof *t->values);
    t->whole = stk_arena_alloc(csv->arena, t->number_count + t->row_count + 1, sizeof *t->whole);
    t->shown = stk_arena_alloc(csv->arena, t->number_count + 1, sizeof *t->shown);
    if (t->values == NULL || t->whole == NULL || t->shown == NULL) {
        return stk_error_memory(error);
    }
    if (!take_integer(c, 1, &down) || down > 1) {
        return damaged(csv->source.name, error);
    }
    if (down == 1) {
        return read_all(c, csv, t, error);
    }
    t->left = *c;
    return STK_OK;
}

static stk_status open_columns(stk_csv *csv, const stk_csv_file *file, stk_arena *arena,
                               stk_error *error)
{
    cursor c = {(const unsigned char *)file->columns.data, file->columns.size};
    struct stk_csv_columns *t = stk_arena_alloc(arena, 1, sizeof *t);
    *csv = (stk_csv){.source = {file->name, {"", 0}}, .arena = arena, .prepared = t};
    if (t == NULL) {
        return stk_error_memory(error);
    }
    if (!read_head(&c, csv, t)) {
        return damaged(file->name, error);
    }
    csv->columns = stk_arena_alloc(arena, csv->column_count + 1, sizeof *csv->columns);
    csv->field_columns = stk_arena_alloc(arena, csv->column_count + 1, sizeof *csv->field_columns);
    t->columns = stk_arena_alloc(arena, csv->column_count + 1, sizeof *t->columns);
    if (csv->columns == NULL || csv->field_columns == NULL || t->columns == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < csv->column_count; i++) {
        if (!read_column(&c, csv, t, i)) {
            return damaged(file->name, error);
        }
        if (t->columns[i].number < 0 && t->columns[i].texts == NULL) {
            return stk_error_memory(error);
        }
    }
    csv->line = 1;
    return read_numbers(&c, csv, t, error);
}

stk_status stk_csv_open_file(stk_csv *csv, const stk_csv_file *file, stk_arena *arena,
                             stk_error *error)
{
    return file->columns.data != NULL
               ? open_columns(csv, file, arena, error)
               : stk_csv_open(csv, (stk_source){file->name, file->content}, arena, error);
}

size_t stk_csv_columns_rows(stk_text columns)
{
    cursor c = {(const unsigned char *)columns.data, columns.size};
    struct stk_csv_columns t = {.row_count = 0};
    stk_csv csv = {.prepared = &t};
    return read_head(&c, &csv, &t) ? t.row_count : 0;
}

/* ---- rows ---- */

stk_status stk_csv_columns_next(stk_csv *csv, bool *more, stk_error *error)
{
    struct stk_csv_columns *t = csv->prepared;
    size_t row = t->row;
    *more = row < t->row_count;
    if (!*more) {
        return STK_OK;
    }
    t->row++;
    t->is_read = false;
    csv->line = t->lines == NULL ? t->first_line + (long)row : (long)little(t->lines + 4 * row, 4);
    return t->all != NULL || t->number_count == 0 ||
                   take_series(&t->left, t->number_count, &t->series)
               ? STK_OK
               : damaged(csv->source.name, error);
}

static const double *row_numbers(struct stk_csv_columns *t)
{
    if (t->all != NULL) {
        return t->all + (t->row - 1) * t->number_count;
    }
    if (!t->is_read) {
        read_series(&t->series, t->number_count, t->whole, t->values, 1);
        t->is_read = true;
    }
    return t->values;
}

const double *stk_csv_columns_numbers(const stk_csv *csv, int column, int count)
{
    int first = csv->prepared->columns[column].number;
    int last = csv->prepared->columns[column + count - 1].number;
    return first < 0 || last != first + count - 1 ? NULL : row_numbers(csv->prepared) + first;
}

stk_text stk_csv_columns_field(const stk_csv *csv, int column)
{
    struct stk_csv_columns *t = csv->prepared;
    const table_column *k = &t->columns[column];
    if (k->number < 0) {
        size_t which = (size_t)little(k->which + (t->row - 1) * k->width, k->width);
        return which < k->text_count ? k->texts[which] : (stk_text){"", 0};
    }
    double value = row_numbers(t)[k->number];
    char *text = t->shown[k->number];
    if (isnan(value)) {
        return (stk_text){"", 0};
    }
    stk_number_format(value, text);
    return stk_text_of(text);
}
