/** @file csv.c
 * @brief The CSV reader.
 */
#include "base/csv.h"

#include "base/csv_columns.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"

/* Unicode 15, table 3-7. */
size_t stk_text_utf8_length(const unsigned char *text, size_t size)
{
    unsigned char lead = size == 0 ? 0 : text[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (lead == 0 || lead > 0xf4 || length == 0 || length > size) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    bool overlong = (lead == 0xe0 && text[1] < 0xa0) || (lead == 0xf0 && text[1] < 0x90);
    bool surrogate = lead == 0xed && text[1] >= 0xa0;
    bool too_large = lead == 0xf4 && text[1] >= 0x90;
    return overlong || surrogate || too_large ? 0 : length;
}

size_t stk_text_valid_utf8(stk_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.size) {
        /* Nearly all text is ASCII: eight bytes at a time while no top bit and no NUL is seen. */
        uint64_t word;
        while (i + 8 <= text.size) {
            memcpy(&word, bytes + i, 8);
            bool has_nul =
                ((word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080)) != 0;
            if ((word & UINT64_C(0x8080808080808080)) != 0 || has_nul) {
                break;
            }
            i += 8;
        }
        if (i == text.size) {
            break;
        }
        size_t length = stk_text_utf8_length(bytes + i, text.size - i);
        if (length == 0) {
            return i;
        }
        i += length;
    }
    return text.size;
}

static stk_status fail(const stk_csv *csv, long line, long column, stk_error *error,
                       const char *message)
{
    return stk_error_at(error, STK_EFORMAT, csv->source.name, line, column, "%s", message);
}

stk_status stk_source_check_encoding(const stk_source *source, long first_line, stk_error *error)
{
    stk_text content = source->content;
    size_t bad = stk_text_valid_utf8(content);
    if (bad == content.size) {
        return STK_OK;
    }
    long line = first_line;
    long column = 1;
    for (size_t i = 0; i < bad; i++) {
        column++;
        if (content.data[i] == '\n') {
            line++;
            column = 1;
        }
    }
    unsigned byte = (unsigned char)content.data[bad];
    if (byte == 0) {
        return stk_error_at(error, STK_EFORMAT, source->name, line, column,
                            "a NUL byte: the file is binary or UTF-16; UTF-8 text is needed");
    }
    return stk_error_at(error, STK_EFORMAT, source->name, line, column,
                        "byte 0x%02x is not UTF-8; save the file as UTF-8", byte);
}

static bool at_end_of_line(const stk_csv *csv, size_t i)
{
    stk_text content = csv->source.content;
    return i >= content.size || content.data[i] == '\n' ||
           (content.data[i] == '\r' && (i + 1 >= content.size || content.data[i + 1] == '\n'));
}

static size_t skip_end_of_line(const stk_csv *csv, size_t i)
{
    stk_text content = csv->source.content;
    i += i < content.size && content.data[i] == '\r';
    i += i < content.size && content.data[i] == '\n';
    return i;
}

/* A quoted field with doubled quotes is copied without them to the row's scratch space. */
static stk_status read_quoted(stk_csv *csv, size_t line_start, stk_text *field, stk_error *error)
{
    stk_text content = csv->source.content;
    size_t start = ++csv->position;
    long start_line = csv->next_line;
    bool doubled = false;
    size_t i = start;
    for (;; i++) {
        if (i >= content.size) {
            return fail(csv, start_line, (long)(start - line_start), error,
                        "a quoted field is not closed before the end of the file");
        }
        if (i - start > STK_CSV_LINE_MAX) {
            return fail(csv, start_line, (long)(start - line_start), error,
                        "a quoted field is longer than 16 MiB");
        }
        csv->next_line += content.data[i] == '\n';
        if (content.data[i] == '"') {
            if (i + 1 >= content.size || content.data[i + 1] != '"') {
                break;
            }
            doubled = true;
            i++;
        }
    }
    *field = (stk_text){content.data + start, i - start};
    csv->position = i + 1;
    if (doubled) {
        char *copy = csv->unescaped + csv->unescaped_size;
        size_t size = 0;
        for (size_t k = 0; k < field->size; k++) {
            k += field->data[k] == '"';
            copy[size++] = field->data[k];
        }
        csv->unescaped_size += size;
        *field = (stk_text){copy, size};
    }
    if (!at_end_of_line(csv, csv->position) && content.data[csv->position] != csv->separator) {
        return fail(csv, csv->next_line, (long)(csv->position - line_start) + 1, error,
                    "text after the closing quote of a field");
    }
    return STK_OK;
}

static stk_status read_plain(stk_csv *csv, size_t line_start, stk_text *field, stk_error *error)
{
    stk_text content = csv->source.content;
    size_t start = csv->position;
    size_t i = start;
    while (!at_end_of_line(csv, i) && content.data[i] != csv->separator) {
        if (content.data[i] == '"') {
            return fail(csv, csv->next_line, (long)(i - line_start) + 1, error,
                        "a quote inside a field that does not start with one");
        }
        i++;
    }
    *field = (stk_text){content.data + start, i - start};
    csv->position = i;
    return STK_OK;
}

/* Read one row into fields[]; count says how many there were, even if more than fit. */
static stk_status read_row(stk_csv *csv, size_t capacity, size_t *count, stk_error *error)
{
    size_t line_start = csv->position;
    stk_text field = {"", 0};
    *count = 0;
    for (;;) {
        long column = (long)(csv->position - line_start) + 1;
        bool quoted = csv->position < csv->source.content.size &&
                      csv->source.content.data[csv->position] == '"';
        stk_status status = quoted ? read_quoted(csv, line_start, &field, error)
                                   : read_plain(csv, line_start, &field, error);
        if (status != STK_OK) {
            return status;
        }
        if (csv->position - line_start > STK_CSV_LINE_MAX) {
            return fail(csv, csv->line, 1, error, "a line is longer than 16 MiB");
        }
        if (*count < capacity) {
            csv->fields[*count] = field;
            csv->field_columns[*count] = column;
        }
        ++*count;
        if (at_end_of_line(csv, csv->position)) {
            break;
        }
        csv->position++; /* the separator */
    }
    csv->ends_empty = field.size == 0;
    csv->position = skip_end_of_line(csv, csv->position);
    csv->next_line++;
    return STK_OK;
}

/* Blank lines anywhere, and comments before the header, are not rows. */
static void skip_non_rows(stk_csv *csv, bool comments)
{
    stk_text content = csv->source.content;
    for (;;) {
        size_t i = csv->position;
        if (i >= content.size) {
            return;
        }
        if (comments && content.data[i] == '#') {
            while (!at_end_of_line(csv, i)) {
                i++;
            }
        } else if (!at_end_of_line(csv, i)) {
            return;
        }
        csv->position = skip_end_of_line(csv, i);
        csv->next_line++;
    }
}

static int compare_names(const void *a, const void *b)
{
    const stk_text *x = *(const stk_text *const *)a;
    const stk_text *y = *(const stk_text *const *)b;
    int order = memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

static stk_status check_duplicates(stk_csv *csv, stk_error *error)
{
    const stk_text **sorted = calloc(csv->column_count + 1, sizeof(const stk_text *));
    stk_status status = STK_OK;
    if (sorted == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < csv->column_count; i++) {
        sorted[i] = &csv->columns[i];
    }
    qsort(sorted, csv->column_count, sizeof *sorted, compare_names);
    for (size_t i = 1; i < csv->column_count && status == STK_OK; i++) {
        if (sorted[i]->size > 0 && compare_names(&sorted[i - 1], &sorted[i]) == 0) {
            size_t column = (size_t)(sorted[i] - csv->columns);
            status = stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line,
                                  csv->field_columns[column],
                                  "the column '%.*s' is there twice; names must be unique",
                                  (int)sorted[i]->size, sorted[i]->data);
        }
    }
    free(sorted);
    return status;
}

/* How often a separator stands in the header, outside quotes. */
static size_t count_in_header(const stk_csv *csv, char separator)
{
    stk_text content = csv->source.content;
    size_t count = 0;
    bool quoted = false;
    for (size_t i = csv->position; quoted ? i < content.size : !at_end_of_line(csv, i); i++) {
        quoted = quoted != (content.data[i] == '"');
        count += !quoted && content.data[i] == separator;
    }
    return count;
}

/* What separates the columns: a comma, or what there is in its place. A stray tab in a name is
 * none.
 */
static stk_status find_separator(stk_csv *csv, bool any, stk_error *error)
{
    size_t commas = count_in_header(csv, ',');
    size_t semicolons = count_in_header(csv, ';');
    size_t tabs = count_in_header(csv, '\t');
    bool bars = commas + semicolons + tabs == 0 && count_in_header(csv, '|') > 0;
    csv->separator = ',';
    if (tabs > commas + semicolons) {
        csv->separator = '\t';
    } else if (any && commas > 0 && semicolons > 0) {
        return fail(csv, csv->line, 1, error,
                    "the columns are separated by ',' and by ';'; one of the two is needed");
    } else if (commas == 0 && semicolons > 0) {
        csv->separator = ';';
    }
    if (bars || (!any && csv->separator != ',')) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, 1,
                            "the columns are separated by %s; %s and decimal points are needed",
                            bars                    ? "'|'"
                            : csv->separator == ';' ? "';'"
                                                    : "tabs",
                            any ? "commas, semicolons or tabs," : "commas");
    }
    return STK_OK;
}

static stk_status read_header(stk_csv *csv, bool any_separator, stk_error *error)
{
    stk_text *fields = stk_arena_alloc(csv->arena, STK_CSV_COLUMNS_MAX, sizeof *fields);
    long *places = stk_arena_alloc(csv->arena, STK_CSV_COLUMNS_MAX, sizeof *places);
    if (fields == NULL || places == NULL) {
        return stk_error_memory(error);
    }
    csv->fields = fields;
    csv->field_columns = places;
    skip_non_rows(csv, true);
    csv->line = csv->next_line;
    if (csv->position >= csv->source.content.size) {
        return fail(csv, 1, 0, error, "the file is empty; a header line is needed");
    }
    size_t count;
    stk_status status;
    STK_TRY(find_separator(csv, any_separator, error));
    STK_TRY(read_row(csv, STK_CSV_COLUMNS_MAX, &count, error));
    if (count > STK_CSV_COLUMNS_MAX) {
        return fail(csv, csv->line, 1, error, "more than 8192 columns");
    }
    csv->column_count = count;
    csv->columns = stk_arena_alloc(csv->arena, count, sizeof *csv->columns);
    STK_TRY(stk_allocated(csv->columns, error));
    for (size_t i = 0; i < count; i++) {
        csv->columns[i] = stk_text_trim(csv->fields[i]);
    }
    /* Column names that were quoted must survive the reuse of the scratch space. */
    if (csv->unescaped != NULL) {
        csv->unescaped += csv->unescaped_size;
    }
    csv->unescaped_capacity -= csv->unescaped_size;
    STK_TRY(check_duplicates(csv, error));
done:
    return status;
}

/* Only text with doubled quotes needs scratch space, at most as large as itself. Space that an
 * earlier piece of the file got is used again, so that memory does not grow with the file. */
static stk_status make_scratch(stk_csv *csv, stk_error *error)
{
    stk_text content = csv->source.content;
    if (content.size <= csv->unescaped_capacity || !stk_text_contains(content, "\"\"")) {
        return STK_OK;
    }
    size_t capacity = 4096;
    while (capacity < content.size) {
        capacity *= 2;
    }
    csv->unescaped = stk_arena_alloc(csv->arena, capacity, 1);
    csv->unescaped_capacity = csv->unescaped == NULL ? 0 : capacity;
    return stk_allocated(csv->unescaped, error);
}

static stk_status open_table(stk_csv *csv, stk_source source, stk_arena *arena, bool any_separator,
                             stk_error *error)
{
    memset(csv, 0, sizeof *csv);
    csv->source = source;
    csv->arena = arena;
    csv->next_line = 1;
    stk_status status;
    STK_TRY(stk_source_check_encoding(&csv->source, 1, error));
    static const char mark[] = "\xef\xbb\xbf";
    stk_text rest = source.content;
    csv->position = stk_text_cut_prefix(&rest, mark) ? 3 : 0;
    if (stk_text_cut_prefix(&rest, mark)) { /* it would be a letter of the first column's name */
        STK_FAIL(stk_error_at(error, STK_EFORMAT, source.name, 1, 0,
                              "a second byte order mark is refused; allowed: one"));
    }
    STK_TRY(make_scratch(csv, error));
    STK_TRY(read_header(csv, any_separator, error));
done:
    return status;
}

stk_status stk_csv_open(stk_csv *csv, stk_source source, stk_arena *arena, stk_error *error)
{
    return open_table(csv, source, arena, false, error);
}

stk_status stk_csv_open_any(stk_csv *csv, stk_source source, stk_arena *arena, stk_error *error)
{
    return open_table(csv, source, arena, true, error);
}

stk_status stk_csv_continue(stk_csv *csv, stk_text content, stk_error *error)
{
    csv->source.content = content;
    csv->position = 0;
    stk_status status = stk_source_check_encoding(&csv->source, csv->next_line, error);
    return status != STK_OK ? status : make_scratch(csv, error);
}

/* Give the columns that the row at hand lacks empty fields; what is left over may be one empty
 * field, behind a separator at the end of the line. */
static bool even_out(stk_csv *csv, size_t count)
{
    csv->field_count = count;
    csv->missing = 0;
    for (size_t i = count; i < csv->column_count; i++) {
        csv->fields[i] = (stk_text){"", 0};
        csv->field_columns[i] = 0;
        csv->missing += csv->columns[i].size > 0;
    }
    return count <= csv->column_count || (count == csv->column_count + 1 && csv->ends_empty);
}

stk_status stk_csv_refuse_width(const stk_csv *csv, long line, size_t count, stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, csv->source.name, line, 1,
                        "%zu fields where the header has %zu%s", count, csv->column_count,
                        count > csv->column_count
                            ? "; is there a decimal comma or a text without quotes?"
                            : "; is the line cut short?");
}

stk_status stk_csv_next(stk_csv *csv, bool *more, stk_error *error)
{
    if (csv->prepared != NULL) {
        return stk_csv_columns_next(csv, more, error);
    }
    skip_non_rows(csv, false);
    csv->line = csv->next_line;
    *more = csv->position < csv->source.content.size;
    if (!*more) {
        return STK_OK;
    }
    csv->unescaped_size = 0;
    size_t count;
    stk_status status;
    STK_TRY(read_row(csv, csv->column_count, &count, error));
    if (csv->uneven ? !even_out(csv, count) : count != csv->column_count) {
        return stk_csv_refuse_width(csv, csv->line, count, error);
    }
done:
    return status;
}

bool stk_csv_cut(const stk_csv *csv)
{
    stk_text content = csv->source.content;
    return csv->position == content.size && content.size > 0 &&
           content.data[content.size - 1] != '\n';
}

bool stk_csv_each(stk_csv *csv, stk_status *status, stk_error *error)
{
    bool more = *status == STK_OK;
    if (more) {
        *status = stk_csv_next(csv, &more, error);
    }
    return more && *status == STK_OK;
}

int stk_csv_find(const stk_csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        if (stk_text_equal(csv->columns[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

stk_status stk_csv_require(const stk_csv *csv, const char *name, int *column, stk_error *error)
{
    *column = stk_csv_find(csv, name);
    if (*column < 0) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, 1, 0,
                            "the column '%s' is missing", name);
    }
    return STK_OK;
}

stk_status stk_csv_columns(const stk_csv *csv, const char *const *names, size_t count, int *columns,
                           stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        status = stk_csv_require(csv, names[i], &columns[i], error);
    }
    return status;
}

stk_text stk_csv_field(const stk_csv *csv, int column)
{
    return column < 0              ? (stk_text){"", 0}
           : csv->prepared == NULL ? csv->fields[column]
                                   : stk_csv_columns_field(csv, column);
}

stk_status stk_csv_refuse(const stk_csv *csv, int column, stk_error *error, const char *allowed,
                          ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, allowed);
    stk_print_list(text, sizeof text, allowed, arguments);
    va_end(arguments);
    stk_text value = stk_csv_field(csv, column);
    stk_text name = column < 0 ? (stk_text){"", 0} : csv->columns[column];
    stk_text shown = stk_text_cut(value, 60);
    return stk_error_at(error, STK_EDATA, csv->source.name, csv->line,
                        column < 0 ? 0 : csv->field_columns[column],
                        "%.*s: '%.*s%s' is refused; allowed: %s", (int)name.size, name.data,
                        (int)shown.size, shown.data, value.size > shown.size ? "..." : "", text);
}

stk_status stk_csv_number(const stk_csv *csv, int column, double *value, stk_error *error)
{
    const double *number =
        csv->prepared == NULL || column < 0 ? NULL : stk_csv_columns_numbers(csv, column, 1);
    if (number != NULL) {
        *value = *number;
        return STK_OK;
    }
    stk_text field = stk_text_trim(stk_csv_field(csv, column));
    *value = NAN;
    if (field.size == 0 || stk_text_number(field, value)) {
        return STK_OK;
    }
    bool comma = memchr(field.data, ',', field.size) != NULL;
    return stk_csv_refuse(csv, column, error, "a number%s",
                          comma ? " with a decimal point and no separators" : "");
}

/* ---- numbers within bounds ---- */

const stk_csv_bounds stk_csv_persons = {DBL_MIN, 1e11, "a number above 0, at most 1e11 persons"};
const stk_csv_bounds stk_csv_dollars = {DBL_MIN, 2e17, "a number above 0, at most 2e17 dollars"};
const stk_csv_bounds stk_csv_kilotons = {-6e10, 6e10, "a number of kt from -6e10 to 6e10"};
const stk_csv_bounds stk_csv_megatons = {-6e7, 6e7, "a number of Mt from -6e7 to 6e7"};
const stk_csv_bounds stk_csv_kelvin = {-100, 100, "a number of K from -100 to 100"};
const stk_csv_bounds stk_csv_percent = {1e-3, 100 - 1e-3, "a number between 0 and 100"};
const stk_csv_bounds stk_csv_any = {-2e17, 2e17, "a number from -2e17 to 2e17"};

static stk_status hold(const stk_csv *csv, int column, const stk_csv_bounds *bounds, double value,
                       stk_error *error)
{
    return isnan(value) || (value >= bounds->least && value <= bounds->most)
               ? STK_OK
               : stk_csv_refuse(csv, column, error, "%s", bounds->allowed);
}

stk_status stk_csv_number_within(const stk_csv *csv, int column, const stk_csv_bounds *bounds,
                                 double *value, stk_error *error)
{
    stk_status status = stk_csv_number(csv, column, value, error);
    return status != STK_OK ? status : hold(csv, column, bounds, *value, error);
}

stk_status stk_csv_integer(const stk_csv *csv, int column, int missing, int *value,
                           stk_error *error)
{
    stk_text field = stk_text_trim(stk_csv_field(csv, column));
    long number = missing;
    *value = missing;
    if (field.size > 0 &&
        (!stk_text_integer(field, &number) || number < -1000000 || number > 1000000)) {
        return stk_csv_refuse(csv, column, error, "a whole number");
    }
    *value = (int)number;
    return STK_OK;
}

bool stk_csv_cut_x(stk_text *name)
{
    bool x = name->size >= 5 && name->data[0] == 'X';
    for (size_t i = 1; x && i < 5; i++) {
        x = name->data[i] >= '0' && name->data[i] <= '9';
    }
    *name = x ? (stk_text){name->data + 1, name->size - 1} : *name;
    return x;
}

/* "2030" or "2030.0", a column that was a number; X2030 of R. */
static bool column_year(stk_text name, int *year, bool *x)
{
    long number;
    *x = stk_csv_cut_x(&name);
    if (name.size == 6 && memcmp(name.data + 4, ".0", 2) == 0) {
        name.size = 4;
    }
    if (name.size != 4 || !stk_text_integer(name, &number) || number < 1000) {
        return false;
    }
    *year = (int)number;
    return true;
}

static bool has_year(const stk_csv_years *years, int year)
{
    bool found = false;
    for (int i = 0; i < years->count; i++) {
        found = found || years->years[i] == year;
    }
    return found;
}

static stk_status refuse_year(const stk_csv *csv, size_t column, const char *why, stk_error *error)
{
    stk_text name = stk_text_cut(csv->columns[column], 60);
    return stk_error_at(error, STK_EFORMAT, csv->source.name, csv->line, csv->field_columns[column],
                        "the column '%.*s' %s", (int)name.size, name.data, why);
}

stk_status stk_csv_find_years(const stk_csv *csv, stk_csv_years *years, stk_error *error)
{
    *years = (stk_csv_years){0, 0, 0, NULL, NULL};
    years->years = stk_arena_alloc(csv->arena, csv->column_count, sizeof *years->years);
    years->columns = stk_arena_alloc(csv->arena, csv->column_count, sizeof *years->columns);
    if (years->years == NULL || years->columns == NULL) {
        return stk_error_memory(error);
    }
    bool first_x = false;
    for (size_t i = 0; i < csv->column_count; i++) {
        int year;
        bool x;
        double number;
        if (!column_year(csv->columns[i], &year, &x)) {
            if (stk_text_number(stk_text_trim(csv->columns[i]), &number)) {
                return refuse_year(csv, i, "is refused; allowed: years such as 2030", error);
            }
            continue;
        }
        if (has_year(years, year)) {
            return refuse_year(csv, i, "has a year that is there twice", error);
        }
        first_x = years->count == 0 ? x : first_x;
        if (x != first_x) {
            return refuse_year(csv, i, "is refused; allowed: all years as 2030 or all as X2030",
                               error);
        }
        years->first_year =
            years->count == 0 || year < years->first_year ? year : years->first_year;
        years->last_year = years->count == 0 || year > years->last_year ? year : years->last_year;
        years->columns[years->count] = (int)i;
        years->years[years->count++] = year;
    }
    if (years->count == 0) {
        return stk_error_at(error, STK_EFORMAT, csv->source.name, 1, 0,
                            "no column is a year; columns such as 1990, 1991 are needed");
    }
    return STK_OK;
}

stk_status stk_csv_series(const stk_csv *csv, const stk_csv_years *years, stk_series *series,
                          stk_error *error)
{
    bool block = years->columns[years->count - 1] - years->columns[0] == years->count - 1;
    const double *numbers = csv->prepared == NULL || !block
                                ? NULL
                                : stk_csv_columns_numbers(csv, years->columns[0], years->count);
    for (int i = 0; numbers != NULL && i < years->count; i++) {
        series->values[years->years[i] - series->first_year] = numbers[i];
    }
    for (int i = 0; numbers == NULL && i < years->count; i++) {
        double value;
        stk_status status = stk_csv_number(csv, years->columns[i], &value, error);
        if (status != STK_OK) {
            return status;
        }
        series->values[years->years[i] - series->first_year] = value;
    }
    return STK_OK;
}

stk_status stk_csv_series_within(const stk_csv *csv, const stk_csv_years *years,
                                 const stk_csv_bounds *bounds, stk_series *series, stk_error *error)
{
    stk_status status = stk_csv_series(csv, years, series, error);
    for (int i = 0; i < years->count && status == STK_OK; i++) {
        status = hold(csv, years->columns[i], bounds,
                      series->values[years->years[i] - series->first_year], error);
    }
    return status;
}
