/** @file table.c
 * @brief Tables and their three output formats.
 */
#include "base/table.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/document.h"
#include "base/plain.h"

typedef struct cell {
    double number; /* of number columns; NaN is empty */
    stk_text text; /* of text columns */
} cell;

struct stk_table {
    stk_arena arena;
    const stk_column *columns;
    size_t column_count;
    cell *cells;
    size_t cell_count;
    size_t capacity;
    bool failed;
    const char *mark_name; /* of a last column of CSV; NULL: there is none */
    const char *mark_text;
};

stk_table *stk_table_new(const stk_column *columns, size_t count)
{
    stk_table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        table->columns = columns;
        table->column_count = count;
    }
    return table;
}

void stk_table_free(stk_table *table)
{
    if (table != NULL) {
        stk_arena_free(&table->arena);
        free(table->cells);
        free(table);
    }
}

static cell *append_cell(stk_table *table)
{
    if (table == NULL || table->failed) {
        return NULL;
    }
    if (!STK_GROW(table->cells, table->cell_count + 1, table->capacity)) {
        table->failed = true;
        return NULL;
    }
    cell *added = &table->cells[table->cell_count++];
    *added = (cell){NAN, {"", 0}};
    return added;
}

void stk_table_slice(stk_table *table, stk_text text)
{
    cell *added = append_cell(table);
    if (added == NULL || text.size == 0) {
        return;
    }
    /* what is the same is at one place, which whoever converts texts can see */
    const cell *above =
        table->cell_count > table->column_count ? added - table->column_count : added;
    if (above->text.size == text.size && memcmp(above->text.data, text.data, text.size) == 0) {
        added->text = above->text;
        return;
    }
    const char *copy = stk_arena_string(&table->arena, text);
    if (copy == NULL) {
        table->failed = true;
        return;
    }
    added->text = (stk_text){copy, text.size};
}

void stk_table_buffer(stk_table *table, const stk_buffer *text)
{
    stk_table_slice(table, (stk_text){text->size == 0 ? "" : text->data, text->size});
    if (table != NULL) {
        table->failed = table->failed || text->failed;
    }
}

void stk_table_text(stk_table *table, const char *text)
{
    stk_table_slice(table, stk_text_of(text == NULL ? "" : text));
}

void stk_table_number(stk_table *table, double value)
{
    cell *added = append_cell(table);
    if (added != NULL) {
        added->number = value;
    }
}

void stk_table_add_texts(stk_table *table, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stk_table_text(table, texts[i]);
    }
}

void stk_table_add_numbers(stk_table *table, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stk_table_number(table, numbers[i]);
    }
}

void stk_table_date(stk_table *table, stk_date date)
{
    char text[STK_DATE_SIZE];
    stk_date_format(date, text);
    stk_table_text(table, text);
}

void stk_table_mark(stk_table *table, const char *name, const char *text)
{
    if (table != NULL) {
        table->mark_name = name;
        table->mark_text = text;
    }
}

size_t stk_table_rows(const stk_table *table)
{
    return table->column_count == 0 ? 0 : table->cell_count / table->column_count;
}

bool stk_table_is_empty(const stk_table *table)
{
    return !stk_table_failed(table) && table->cell_count == 0;
}

size_t stk_table_columns(const stk_table *table)
{
    return table->column_count + (table->mark_name != NULL);
}

bool stk_table_failed(const stk_table *table)
{
    return table == NULL || table->failed;
}

stk_column stk_table_column(const stk_table *table, size_t column)
{
    return column == table->column_count ? (stk_column){table->mark_name, NULL, STK_TEXT}
                                         : table->columns[column];
}

bool stk_column_is_text(const stk_column *column)
{
    return column->decimals == STK_TEXT || column->decimals == STK_DATE;
}

/* The text of a cell; it is terminated, for it came from an arena. */
static const char *text_at(const stk_table *table, size_t row, size_t column)
{
    return column == table->column_count
               ? table->mark_text
               : table->cells[row * table->column_count + column].text.data;
}

const void *stk_table_values(const stk_table *table, size_t column, stk_arena *arena)
{
    stk_column about = stk_table_column(table, column);
    bool text = stk_column_is_text(&about);
    size_t rows = stk_table_rows(table);
    const char **texts = text ? stk_arena_alloc(arena, rows + 1, sizeof *texts) : NULL;
    double *numbers = text ? NULL : stk_arena_alloc(arena, rows + 1, sizeof *numbers);
    for (size_t r = 0; r < rows && (texts != NULL || numbers != NULL); r++) {
        if (text) {
            texts[r] = text_at(table, r, column);
        } else {
            numbers[r] = table->cells[r * table->column_count + column].number;
        }
    }
    return text ? (const void *)texts : (const void *)numbers;
}

size_t stk_text_width(stk_text text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++) {
        width += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    }
    return width;
}

void stk_csv_write_field(stk_buffer *buffer, stk_text text)
{
    bool quote = false;
    for (size_t i = 0; i < text.size && !quote; i++) {
        quote = strchr(",\"\r\n", text.data[i]) != NULL;
    }
    if (!quote) {
        stk_buffer_append(buffer, text);
        return;
    }
    stk_buffer_text(buffer, "\"");
    for (size_t i = 0; i < text.size; i++) {
        stk_buffer_text(buffer, text.data[i] == '"' ? "\"" : "");
        stk_buffer_append(buffer, (stk_text){text.data + i, 1});
    }
    stk_buffer_text(buffer, "\"");
}

/* The end of a line, with the mark if there is one. */
static void end_line(const stk_table *table, bool heading, stk_buffer *buffer)
{
    if (table->mark_name != NULL) {
        stk_buffer_text(buffer, ",");
        stk_csv_write_field(buffer, stk_text_of(heading ? table->mark_name : table->mark_text));
    }
    stk_buffer_text(buffer, "\n");
}

static void write_csv(const stk_table *table, stk_buffer *buffer)
{
    for (size_t c = 0; c < table->column_count; c++) {
        stk_buffer_text(buffer, c > 0 ? "," : "");
        stk_csv_write_field(buffer, stk_text_of(table->columns[c].name));
    }
    end_line(table, true, buffer);
    for (size_t i = 0; i < table->cell_count; i++) {
        /* columns are never 0, see stk_table_write() */
        size_t c = i % table->column_count; // NOLINT(clang-analyzer-core.DivideZero)
        stk_buffer_text(buffer, c > 0 ? "," : "");
        if (stk_column_is_text(&table->columns[c])) {
            stk_csv_write_field(buffer, table->cells[i].text);
        } else {
            char number[STK_NUMBER_SIZE];
            stk_number_format(table->cells[i].number, number);
            stk_buffer_text(buffer, number);
        }
        if (c + 1 == table->column_count) {
            end_line(table, false, buffer);
        }
    }
}

static json_t *json_cell(const stk_column *column, const cell *value)
{
    if (stk_column_is_text(column)) {
        return value->text.size == 0 ? json_null()
                                     : document_slice(value->text.data, value->text.size);
    }
    return column->decimals == STK_INTEGER ? document_integer(value->number)
                                           : document_number(value->number);
}

json_t *stk_table_json(const stk_table *table)
{
    if (table == NULL || table->failed) {
        return NULL;
    }
    json_t *rows = json_array();
    for (size_t i = 0; rows != NULL && i < table->cell_count; i += table->column_count) {
        json_t *row = json_object();
        for (size_t c = 0; c < table->column_count; c++) {
            document_set(&row, table->columns[c].name,
                         json_cell(&table->columns[c], &table->cells[i + c]));
        }
        document_push(&rows, row);
    }
    return rows;
}

static void write_json(const stk_table *table, stk_buffer *buffer)
{
    stk_status status = document_dump(stk_table_json(table), JSON_INDENT(1), buffer, NULL);
    stk_buffer_text(buffer, "\n");
    buffer->failed = buffer->failed || status != STK_OK;
}

static int decimals_of(const stk_column *column, double value)
{
    return column->decimals >= 0             ? column->decimals
           : column->decimals == STK_INTEGER ? 0
           : fabs(value) < 1                 ? 3
           : fabs(value) < 10                ? 2
                                             : 1;
}

static void format_cell(const stk_column *column, const cell *value, stk_buffer *scratch)
{
    scratch->size = 0;
    if (stk_column_is_text(column)) {
        stk_buffer_append(scratch, value->text);
        scratch->size = scratch->failed ? 0 : plain_text(scratch->data, scratch->size, false);
    } else {
        stk_buffer_text(scratch, "");
        stk_buffer_decimal(scratch, value->number, decimals_of(column, value->number));
    }
}

/* Text is aligned left, numbers right; trailing spaces are never written. */
static void write_aligned(stk_buffer *buffer, stk_text text, size_t width, bool left, bool last)
{
    size_t pad = width - stk_text_width(text);
    stk_buffer_fill(buffer, ' ', left ? 0 : pad);
    stk_buffer_append(buffer, text);
    stk_buffer_fill(buffer, ' ', left && !last ? pad : 0);
    stk_buffer_text(buffer, last ? "\n" : "  ");
}

static void trim_line(stk_buffer *buffer)
{
    size_t size = buffer->size - 1;
    while (size > 0 && buffer->data[size - 1] == ' ') {
        size--;
    }
    buffer->size = size;
    stk_buffer_text(buffer, "\n");
}

static void measure(const stk_table *table, size_t *widths, stk_buffer *scratch)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const char *heading = table->columns[c].heading;
        widths[c] = heading == NULL ? 0 : stk_text_width(stk_text_of(heading));
    }
    for (size_t i = 0; i < table->cell_count && !scratch->failed; i++) {
        size_t c = i % table->column_count;
        format_cell(&table->columns[c], &table->cells[i], scratch);
        size_t width = stk_text_width((stk_text){scratch->data, scratch->size});
        widths[c] = width > widths[c] ? width : widths[c];
    }
}

static void write_text(const stk_table *table, stk_buffer *buffer)
{
    stk_buffer scratch = {0};
    size_t *widths = calloc(table->column_count, sizeof *widths);
    size_t last = table->column_count - 1;
    if (widths == NULL) {
        buffer->failed = true;
        return;
    }
    while (last > 0 && table->columns[last].heading == NULL) { /* the last column that is shown */
        last--;
    }
    measure(table, widths, &scratch);
    for (size_t i = 0; i < table->column_count + table->cell_count && !scratch.failed; i++) {
        size_t c = i % table->column_count;
        const stk_column *column = &table->columns[c];
        if (column->heading == NULL) {
            continue;
        }
        if (i < table->column_count) {
            scratch.size = 0;
            stk_buffer_text(&scratch, column->heading);
        } else {
            format_cell(column, &table->cells[i - table->column_count], &scratch);
        }
        buffer->size -= c > 0 && strcmp(column->heading, " ") == 0 && !buffer->failed;
        write_aligned(buffer, (stk_text){scratch.data, scratch.size}, widths[c],
                      stk_column_is_text(column), c == last);
        if (c == last && !buffer->failed) {
            trim_line(buffer);
        }
    }
    buffer->failed = buffer->failed || scratch.failed;
    stk_buffer_free(&scratch);
    free(widths);
}

stk_status stk_table_write(const stk_table *table, stk_format format, stk_buffer *buffer,
                           stk_error *error)
{
    if (table == NULL || table->failed || table->column_count == 0) {
        return stk_error_memory(error);
    }
    if (format == STK_FORMAT_CSV) {
        write_csv(table, buffer);
    } else if (format == STK_FORMAT_JSON) {
        write_json(table, buffer);
    } else {
        write_text(table, buffer);
    }
    return stk_buffer_status(buffer, error);
}
