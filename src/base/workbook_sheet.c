/** @file workbook_sheet.c
 * @brief Rows and cells of a worksheet (ECMA-376, part 1, 18.3).
 */
#include "base/workbook_sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"

enum {
    ROWS_MAX = 1048576, /* of the format, as are these */
    COLUMNS_MAX = 16384,
    DATE_MAX = 2958466, /* 1 January 10000 */
    SECONDS = 86400,
    MADE_FREE = 256 << 20,
    MADE_RATIO = 200
};

static void start_row(xml_part *part, stk_sheet *s, const char *number)
{
    long row = s->row + 1;
    if (number != NULL &&
        (!stk_text_integer(stk_text_of(number), &row) || row <= s->row || row > ROWS_MAX)) {
        xml_part_refuse(part, "the rows of the sheet are out of order");
        return;
    }
    stk_buffer_fill(&s->out, '\n', (size_t)(row - s->row - 1));
    s->row = row;
    s->column = -1;
    s->fields = 0;
}

static void end_row(stk_sheet *s)
{
    s->width = s->width == 0 ? s->fields : s->width;
    if (s->fields > 0 && s->fields < s->width) {
        stk_buffer_fill(&s->out, ',', (size_t)(s->width - s->fields));
    }
    stk_buffer_text(&s->out, "\n");
}

/* The column of a reference such as AB12, from 0; -1 for none. */
static int column_of(const char *reference)
{
    int column = 0;
    while (*reference >= 'A' && *reference <= 'Z' && column <= COLUMNS_MAX) {
        column = 26 * column + (*reference++ - 'A' + 1);
    }
    return column - 1;
}

static void start_cell(xml_part *part, stk_sheet *s, const char *const *attributes)
{
    const char *reference = xml_attribute(attributes, "r");
    const char *type = xml_attribute(attributes, "t");
    const char *style = xml_attribute(attributes, "s");
    long number = 0;
    int column = reference == NULL ? s->column + 1 : column_of(reference);
    if (column <= s->column || column >= COLUMNS_MAX) {
        xml_part_refuse(part, "the cells of row %ld are out of order", s->row);
        return;
    }
    s->column = column;
    s->formula = false;
    s->style = style != NULL && stk_text_integer(stk_text_of(style), &number) && number >= 0
                   ? (size_t)number
                   : 0;
    stk_print(s->type, sizeof s->type, "%s", type == NULL ? "n" : STK_CUT(type, 11));
    part->text.size = 0;
}

void stk_sheet_start(xml_part *part, const char *name, const char *const *attributes)
{
    stk_sheet *s = part->reader.user;
    if (strcmp(name, "row") == 0) {
        start_row(part, s, xml_attribute(attributes, "r"));
    } else if (strcmp(name, "c") == 0) {
        start_cell(part, s, attributes);
    } else if (strcmp(name, "f") == 0) {
        s->formula = true;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        part->collect = !s->spoken;
    } else if (strcmp(name, "rPh") == 0) {
        s->spoken = true;
    }
}

/* ---- what is in a cell ---- */

/* Years, months and days from a count of days since 1 March of year 0 (proleptic Gregorian). */
static void civil(long days, long *year, long *month, long *day)
{
    long era = days / 146097;
    long of_era = days - era * 146097;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted = (5 * of_year + 2) / 153; /* months from March */
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* A date by the count of days since the end of 1899 (in which 1900 has 29 February), or 1904. */
static bool write_date(const stk_shared *shared, stk_text text, char out[40])
{
    enum { TO_1899 = 693899, TO_1904 = 695361 }; /* 30 December 1899, 1 January 1904 */
    double serial;
    long year, month, day;
    if (!stk_text_number(text, &serial) || !(serial >= 0) || serial >= DATE_MAX) {
        return false;
    }
    double whole = floor(serial);
    long seconds = lround((serial - whole) * SECONDS);
    long days = (long)whole + seconds / SECONDS;
    seconds %= SECONDS;
    days += shared->from_1904 ? TO_1904 : days < 60 ? TO_1899 + 1 : TO_1899;
    civil(days, &year, &month, &day);
    int size = stk_print(out, 40, "%04ld-%02ld-%02ld", year, month, day);
    if (seconds > 0) {
        stk_print(out + size, 40 - (size_t)size, " %02ld:%02ld:%02ld", seconds / 3600,
                  seconds / 60 % 60, seconds % 60);
    }
    return true;
}

static void put(xml_part *part, stk_sheet *s, stk_text text)
{
    int commas = s->fields == 0 ? s->column : s->column - s->fields + 1;
    size_t before = s->out.size;
    stk_buffer_fill(&s->out, ',', (size_t)commas);
    stk_csv_write_field(&s->out, text);
    s->fields = s->column + 1;
    s->made += s->out.size - before;
    if (s->made > MADE_FREE && s->made / MADE_RATIO > s->size) {
        xml_part_refuse(part,
                        "its sheet is more than %d times as large as the workbook; save it as "
                        "CSV if that is meant",
                        MADE_RATIO);
    }
}

static void put_shared(xml_part *part, stk_sheet *s, stk_text index)
{
    const stk_shared *shared = s->shared;
    long i;
    if (!stk_text_integer(index, &i) || i < 0 || (size_t)i >= shared->count) {
        xml_part_refuse(part, "row %ld: there is no shared text %.*s", s->row,
                        (int)(index.size < 20 ? index.size : 20), index.data);
        return;
    }
    size_t from = i == 0 ? 0 : shared->ends[i - 1];
    put(part, s, (stk_text){shared->texts.data + from, shared->ends[i] - from});
}

static void end_cell(xml_part *part, stk_sheet *s)
{
    char date[40];
    const stk_shared *shared = s->shared;
    stk_text text = {part->text.data, part->text.size};
    if (text.size == 0) {
        if (s->formula) {
            xml_part_refuse(part,
                            "row %ld, column %d: a formula without its result; open and save the "
                            "workbook in a spreadsheet program",
                            s->row, s->column + 1);
        }
        return;
    }
    bool number = strcmp(s->type, "n") == 0;
    if (strcmp(s->type, "s") == 0) {
        put_shared(part, s, stk_text_trim(text));
    } else if (strcmp(s->type, "b") == 0) {
        put(part, s, stk_text_of(text.data[0] == '1' ? "TRUE" : "FALSE"));
    } else if (number && s->style < shared->style_count && shared->dates[s->style] &&
               write_date(shared, stk_text_trim(text), date)) {
        put(part, s, stk_text_of(date));
    } else {
        put(part, s, text);
    }
}

void stk_sheet_end(xml_part *part, const char *name)
{
    stk_sheet *s = part->reader.user;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        part->collect = false;
    } else if (strcmp(name, "rPh") == 0) {
        s->spoken = false;
    } else if (strcmp(name, "c") == 0) {
        end_cell(part, s);
    } else if (strcmp(name, "row") == 0) {
        end_row(s);
    }
}
