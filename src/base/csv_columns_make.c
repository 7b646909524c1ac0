/** @file csv_columns_make.c
 * @brief Making columns of a CSV file, once, when an edition is packed.
 */
#include "base/csv_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

enum { SERIES_MAX = 65535, DECIMALS_MAX = 22, DOUBLES = 9 };

/* A whole table: texts as the reader gives them, and what it reads of them as numbers. */
typedef struct table {
    stk_arena arena;
    stk_csv csv;
    size_t row_count;
    size_t capacity;
    stk_text *fields; /* [row][column] */
    double *values;
    long *lines;
    bool *is_number; /* [column] */
    size_t number_count;
} table;

static void write_integer(stk_buffer *out, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(value >> (8 * i) & 0xff);
    }
    stk_buffer_append(out, (stk_text){bytes, size});
}

static void write_text(stk_buffer *out, stk_text text)
{
    write_integer(out, text.size, 4);
    stk_buffer_append(out, text);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* ---- reading ---- */

static bool reserve_row(table *t)
{
    if (t->row_count < t->capacity) {
        return true;
    }
    size_t capacity = t->capacity == 0 ? 256 : 2 * t->capacity;
    size_t cells = capacity * t->csv.column_count;
    stk_text *fields = realloc(t->fields, cells * sizeof *fields);
    t->fields = fields != NULL ? fields : t->fields;
    double *values = realloc(t->values, cells * sizeof *values);
    t->values = values != NULL ? values : t->values;
    long *lines = realloc(t->lines, capacity * sizeof *lines);
    t->lines = lines != NULL ? lines : t->lines;
    t->capacity = capacity;
    return fields != NULL && values != NULL && lines != NULL;
}

static stk_status add_row(table *t, stk_error *error)
{
    if (!reserve_row(t)) {
        return stk_error_memory(error);
    }
    size_t at = t->row_count * t->csv.column_count;
    for (size_t c = 0; c < t->csv.column_count; c++) {
        stk_text field = t->csv.fields[c];
        stk_text trimmed = stk_text_trim(field);
        char *copy = stk_arena_string(&t->arena, field);
        if (copy == NULL) {
            return stk_error_memory(error);
        }
        t->fields[at + c] = (stk_text){copy, field.size};
        t->values[at + c] = NAN;
        /* what is no number, and what reads as none, stays a text */
        if (trimmed.size > 0 &&
            (!stk_text_number(trimmed, &t->values[at + c]) || isnan(t->values[at + c]))) {
            t->is_number[c] = false;
        }
    }
    t->lines[t->row_count++] = t->csv.line;
    return STK_OK;
}

static bool is_year(stk_text name)
{
    long year;
    return name.size == 4 && stk_text_integer(name, &year) && year >= 1000;
}

/* Whole numbers may be codes (004) and are left as they are written, but for those of years. */
static bool has_decimals(const table *t, size_t c)
{
    for (size_t r = 0; r < t->row_count; r++) {
        stk_text field = t->fields[r * t->csv.column_count + c];
        if (memchr(field.data, '.', field.size) != NULL) {
            return true;
        }
    }
    return false;
}

static void choose_numbers(table *t)
{
    for (size_t c = 0; c < t->csv.column_count; c++) {
        t->is_number[c] = t->is_number[c] && t->row_count <= SERIES_MAX &&
                          (is_year(t->csv.columns[c]) || has_decimals(t, c));
        t->number_count += t->is_number[c];
    }
}

static stk_status read_table(table *t, stk_source source, stk_error *error)
{
    stk_status status;
    STK_TRY(stk_csv_open(&t->csv, source, &t->arena, error));
    t->is_number = stk_arena_alloc(&t->arena, t->csv.column_count, sizeof *t->is_number);
    if (t->is_number == NULL) {
        return stk_error_memory(error);
    }
    for (size_t c = 0; c < t->csv.column_count; c++) {
        t->is_number[c] = true;
    }
    while (stk_csv_each(&t->csv, &status, error)) {
        status = add_row(t, error);
    }
    if (status == STK_OK) {
        choose_numbers(t);
    }
done:
    return status;
}

/* ---- texts ---- */

typedef struct entry {
    stk_text text;
    size_t row;
    size_t which;
} entry;

static int compare_texts(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    size_t size = x->text.size < y->text.size ? x->text.size : y->text.size;
    int order = size == 0 ? 0 : memcmp(x->text.data, y->text.data, size);
    return order != 0 ? order : (x->text.size > y->text.size) - (x->text.size < y->text.size);
}

static int compare_rows(const void *a, const void *b)
{
    size_t x = ((const entry *)a)->row;
    size_t y = ((const entry *)b)->row;
    return (x > y) - (x < y);
}

static bool is_new(const entry *entries, size_t i)
{
    return i == 0 || compare_texts(&entries[i - 1], &entries[i]) != 0;
}

static void write_texts(const table *t, size_t c, entry *entries, stk_buffer *out)
{
    size_t different = 0;
    for (size_t r = 0; r < t->row_count; r++) {
        entries[r] = (entry){t->fields[r * t->csv.column_count + c], r, 0};
    }
    qsort(entries, t->row_count, sizeof *entries, compare_texts);
    for (size_t i = 0; i < t->row_count; i++) {
        different += is_new(entries, i);
        entries[i].which = different - 1;
    }
    write_integer(out, different, 4);
    for (size_t i = 0; i < t->row_count; i++) {
        if (is_new(entries, i)) {
            write_integer(out, entries[i].text.size, 4);
        }
    }
    for (size_t i = 0; i < t->row_count; i++) {
        if (is_new(entries, i)) {
            stk_buffer_append(out, entries[i].text);
        }
    }
    size_t width = different <= 0x100 ? 1 : different <= 0x10000 ? 2 : 4;
    write_integer(out, width, 1);
    qsort(entries, t->row_count, sizeof *entries, compare_rows);
    for (size_t r = 0; r < t->row_count; r++) {
        write_integer(out, entries[r].which, width);
    }
}

/* ---- series ---- */

typedef struct series {
    size_t first;
    size_t count;
    bool gaps;
    size_t decimals;
    size_t width; /* DOUBLES: no whole numbers by a power of ten */
    const double *values;
    size_t stride;
} series;

static double at(const series *s, size_t i)
{
    return s->values[(s->first + i) * s->stride];
}

/* The whole number that makes the value by 10^decimals, exactly. */
static bool whole_number(double value, size_t decimals, int64_t *whole)
{
    double power = 1;
    for (size_t i = 0; i < decimals; i++) {
        power *= 10; /* exact up to 10^22 */
    }
    double product = value * power;
    if (!(fabs(product) < 9007199254740992.0)) {
        return false;
    }
    *whole = llround(product);
    return bits_of((double)*whole / power) == bits_of(value);
}

/* Differences, with the sign in the lowest bit; a gap has the value before it. */
static bool differences(const series *s, uint64_t *out)
{
    int64_t before = 0;
    for (size_t i = 0; i < s->count; i++) {
        int64_t whole = before;
        if (!isnan(at(s, i)) && !whole_number(at(s, i), s->decimals, &whole)) {
            return false;
        }
        int64_t step = whole - before;
        out[i] = ((uint64_t)step << 1) ^ (step < 0 ? UINT64_MAX : 0);
        before = whole;
    }
    return true;
}

static size_t widest(const uint64_t *whole, size_t count)
{
    size_t width = 1;
    for (size_t i = 0; i < count; i++) {
        while (width < 8 && whole[i] >> (8 * width) != 0) {
            width++;
        }
    }
    return width;
}

static void measure(series *s, size_t length, uint64_t *whole)
{
    while (s->first < length && isnan(at(s, 0))) {
        s->first++;
    }
    s->count = length - s->first;
    while (s->count > 0 && isnan(at(s, s->count - 1))) {
        s->count--;
    }
    for (size_t i = 0; i < s->count; i++) {
        s->gaps = s->gaps || isnan(at(s, i));
    }
    while (s->decimals <= DECIMALS_MAX && !differences(s, whole)) {
        s->decimals++;
    }
    s->width = s->decimals > DECIMALS_MAX ? DOUBLES : widest(whole, s->count);
    s->decimals = s->width == DOUBLES ? 0 : s->decimals;
}

static void write_series(const double *values, size_t stride, size_t length, uint64_t *whole,
                         stk_buffer *out)
{
    series s = {.values = values, .stride = stride};
    measure(&s, length, whole);
    if (s.count == 0) {
        write_integer(out, 0, 1);
        return;
    }
    write_integer(out, s.width, 1);
    write_integer(out, s.decimals, 1);
    write_integer(out, s.gaps, 1);
    write_integer(out, s.first, 2);
    write_integer(out, s.count, 2);
    for (size_t i = 0; s.gaps && i < s.count; i += 8) {
        unsigned bits = 0;
        for (size_t k = 0; k < 8 && i + k < s.count; k++) {
            bits |= (isnan(at(&s, i + k)) ? 1U : 0) << k;
        }
        write_integer(out, bits, 1);
    }
    for (size_t i = 0; s.width == DOUBLES && i < s.count; i++) {
        write_integer(out, bits_of(at(&s, i)), 8);
    }
    for (size_t b = 0; s.width != DOUBLES && b < s.width; b++) {
        for (size_t i = 0; i < s.count; i++) {
            write_integer(out, whole[i] >> (8 * b) & 0xff, 1);
        }
    }
}

/* The numbers alone, side by side: [row][number]. */
static double *gather_numbers(const table *t)
{
    double *numbers = malloc((t->row_count * t->number_count + 1) * sizeof *numbers);
    size_t n = 0;
    for (size_t i = 0; numbers != NULL && i < t->row_count * t->csv.column_count; i++) {
        if (t->is_number[i % t->csv.column_count]) {
            numbers[n++] = t->values[i];
        }
    }
    return numbers;
}

static void write_down(const table *t, const double *numbers, uint64_t *whole, stk_buffer *out)
{
    write_integer(out, 1, 1);
    for (size_t n = 0; n < t->number_count; n++) {
        write_series(numbers + n, t->number_count, t->row_count, whole, out);
    }
}

static void write_along(const table *t, const double *numbers, uint64_t *whole, stk_buffer *out)
{
    write_integer(out, 0, 1);
    for (size_t r = 0; t->number_count > 0 && r < t->row_count; r++) {
        write_series(numbers + r * t->number_count, 1, t->number_count, whole, out);
    }
}

/* Along the rows or down the columns, whichever is smaller: years stand in a row, parameters of
 * members below each other. */
static stk_status write_numbers(const table *t, stk_buffer *out, stk_error *error)
{
    stk_buffer down = {0};
    stk_buffer along = {0};
    double *numbers = gather_numbers(t);
    uint64_t *whole = malloc((t->row_count + t->number_count + 1) * sizeof *whole);
    if (numbers == NULL || whole == NULL) {
        free(numbers);
        free(whole);
        return stk_error_memory(error);
    }
    write_down(t, numbers, whole, &down);
    write_along(t, numbers, whole, &along);
    const stk_buffer *smaller = down.size < along.size ? &down : &along;
    stk_buffer_append(out, (stk_text){smaller->data, smaller->size});
    out->failed = out->failed || down.failed || along.failed;
    stk_buffer_free(&down);
    stk_buffer_free(&along);
    free(numbers);
    free(whole);
    return STK_OK;
}

/* ---- the whole ---- */

static void write_lines(const table *t, stk_buffer *out)
{
    bool apart = false;
    for (size_t r = 1; r < t->row_count; r++) {
        apart = apart || t->lines[r] != t->lines[r - 1] + 1;
    }
    write_integer(out, apart, 1);
    for (size_t r = 0; r < (apart ? t->row_count : 1); r++) {
        write_integer(out, t->row_count == 0 ? 0 : (uint64_t)t->lines[r], 4);
    }
}

static stk_status write_table(const table *t, stk_buffer *out, stk_error *error)
{
    entry *entries = malloc((t->row_count + 1) * sizeof *entries);
    if (entries == NULL) {
        return stk_error_memory(error);
    }
    stk_buffer_text(out, "STKCOL1\n");
    write_integer(out, t->csv.column_count, 4);
    write_integer(out, t->row_count, 4);
    write_lines(t, out);
    for (size_t c = 0; c < t->csv.column_count; c++) {
        write_text(out, t->csv.columns[c]);
        write_integer(out, t->is_number[c], 1);
        if (!t->is_number[c]) {
            write_texts(t, c, entries, out);
        }
    }
    free(entries);
    stk_status status = write_numbers(t, out, error);
    return status != STK_OK ? status : stk_buffer_status(out, error);
}

stk_status stk_csv_columns_make(stk_source source, stk_buffer *out, stk_error *error)
{
    table t = {0};
    stk_status status = read_table(&t, source, error);
    if (status == STK_OK) {
        status = write_table(&t, out, error);
    }
    free(t.fields);
    free(t.values);
    free(t.lines);
    stk_arena_free(&t.arena);
    return status;
}
