/** @file test_csv.c
 * @brief The CSV reader on every class of odd and bad input.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/table.h"

/* Read everything; fields are joined as "a|b;c|d;" after the header, rows by ';'. */
static stk_status read_all(stk_text content, char *out, size_t size, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    bool more = true;
    size_t used = 0;
    out[0] = '\0';
    stk_status status = stk_csv_open(&csv, (stk_source){"t.csv", content}, &arena, error);
    for (size_t i = 0; status == STK_OK && i < csv.column_count; i++) {
        used += (size_t)snprintf(out + used, size - used, "%.*s%s", (int)csv.columns[i].size,
                                 csv.columns[i].data, i + 1 < csv.column_count ? "|" : ";");
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        for (size_t i = 0; status == STK_OK && more && i < csv.column_count; i++) {
            used += (size_t)snprintf(out + used, size - used, "%.*s%s", (int)csv.fields[i].size,
                                     csv.fields[i].data, i + 1 < csv.column_count ? "|" : ";");
        }
    }
    stk_arena_free(&arena);
    return status;
}

static void reads_what_is_right(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a,b\n1,2\n", "a|b;1|2;"},
        {"a,b\n1,2", "a|b;1|2;"},
        {"a,b\r\n1,2\r\n", "a|b;1|2;"},
        {"\xef\xbb\xbf"
         "a,b\n1,2\n",
         "a|b;1|2;"},
        {"\xef\xbb\xbf\"a\",b\n1,2\n", "a|b;1|2;"},
        {"# comment, with, commas\n#\n\na,b\n1,2\n", "a|b;1|2;"},
        {"a,b\n\n1,2\n\r\n3,4\n\n", "a|b;1|2;3|4;"},
        {"a,b\n\"x,y\",\"p\"\"q\"\n", "a|b;x,y|p\"q;"},
        {"a,b\n\"\",\"\"\"\"\n", "a|b;|\";"},
        {"a,b\n\"two\nlines\",2\n3,4\n", "a|b;two\nlines|2;3|4;"},
        {"a\n#no comment\n", "a;#no comment;"},
        {" a , b\nx , y\n", "a|b;x | y;"},
        {"a,,\n1,2,3\n", "a||;1|2|3;"},
        {"\xc3\xa9,b\n\xe2\x82\xac,\xf0\x9f\x8c\x8d\n",
         "\xc3\xa9|b;\xe2\x82\xac|\xf0\x9f\x8c\x8d;"},
        {"\"h\"\"1\",\"h\"\"2\"\n\"v\"\"1\",\"v\"\"2\"\n", "h\"1|h\"2;v\"1|v\"2;"},
        {"a,b\n1,2\r", "a|b;1|2;"}};
    char out[256];
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(read_all(stk_text_of(cases[i][0]), out, sizeof out, &error), &error);
        assert_string_equal(out, cases[i][1]);
    }
}

static void refuses_with_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        size_t size; /* 0: up to the terminator */
        const char *message;
    } cases[] = {
        {"", 0, "t.csv:1: the file is empty"},
        {"\n\n# only\n", 0, "the file is empty"},
        {"\xef\xbb\xbf", 0, "the file is empty"},
        {"a,b,a\n1,2,3\n", 0, "t.csv:1:5: the column 'a' is there twice"},
        {"a, a\n", 0, "the column 'a' is there twice"},
        {"a,b\n1\n", 0, "t.csv:2:1: 1 fields where the header has 2; is the line cut short?"},
        {"a,b\n1,2\n1,2,3\n", 0, "t.csv:3:1: 3 fields where the header has 2; is there a decimal"},
        {"a,b\n1,\"2\n", 0, "t.csv:2:3: a quoted field is not closed"},
        {"a,b\n1,\"2\"x\n", 0, "t.csv:2:6: text after the closing quote"},
        {"a,b\n1,2\"3\n", 0, "t.csv:2:4: a quote inside a field"},
        {"a;b\n1;2\n", 0, "separated by ';'; commas and decimal points are needed"},
        {"a\tb\n1\t2\n", 0, "separated by tabs; commas and decimal points are needed"},
        {"a|b\n1|2\n", 0, "separated by '|'; commas and decimal points are needed"},
        {"a,b\n1,\xe9\n", 0, "t.csv:2:3: byte 0xe9 is not UTF-8"},
        {"a,b\n1,\xc0\xaf\n", 0, "byte 0xc0 is not UTF-8"},
        {"a\n\xed\xa0\x80\n", 0, "byte 0xed is not UTF-8"},
        {"a\n\xf4\x90\x80\x80\n", 0, "byte 0xf4 is not UTF-8"},
        {"a\n\xf0\x80\x80\x80\n", 0, "byte 0xf0 is not UTF-8"},
        {"a\n\xe0\x80\x80\n", 0, "byte 0xe0 is not UTF-8"},
        {"a\n\xe2\x82", 0, "byte 0xe2 is not UTF-8"},
        {"a\n\xff\n", 0, "byte 0xff is not UTF-8"},
        {"a,b\n1,\0\n", 8, "t.csv:2:3: a NUL byte: the file is binary or UTF-16"},
        {"\xff\xfe"
         "a\0,\0b\0",
         8, "t.csv:1:1: byte 0xff is not UTF-8"},
        {"a\0,\0b\0\n\0", 8, "t.csv:1:2: a NUL byte"},
        {"abcdefgh,ijklmnop\nqrstuvwx,\0\n", 29, "t.csv:2:10: a NUL byte"}};
    char out[256];
    char text[1024];
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = cases[i].size == 0 ? strlen(cases[i].content) : cases[i].size;
        assert_int_equal(read_all((stk_text){cases[i].content, size}, out, sizeof out, &error),
                         STK_EFORMAT);
        stk_error_format(&error, text, sizeof text);
        assert_has(text, cases[i].message);
    }
}

static void every_truncation_ends_in_order(void **state)
{
    (void)state;
    static const char content[] = "a,b,\"c\"\"d\"\r\n1,\"x\ny\",\xe2\x82\xac\r\n,,\r\n";
    char out[256];
    stk_error error;
    for (size_t size = 0; size < sizeof content; size++) {
        /* a copy of the exact size lets a sanitizer see any step over the end */
        char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, content, size);
        stk_status status = read_all((stk_text){copy, size}, out, sizeof out, &error);
        assert_true(status == STK_OK || status == STK_EFORMAT);
        free(copy);
    }
}

static void very_long_lines_are_refused(void **state)
{
    (void)state;
    size_t size = (size_t)STK_CSV_LINE_MAX + 1024;
    char *content = malloc(size);
    char out[64];
    char text[1024];
    stk_error error;
    assert_non_null(content);
    memset(content, 'x', size);
    memcpy(content, "a\n", 2);
    assert_int_equal(read_all((stk_text){content, size}, out, sizeof out, &error), STK_EFORMAT);
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text, "t.csv:2:1: a line is longer than 16 MiB");
    content[2] = '"';
    assert_int_equal(read_all((stk_text){content, size}, out, sizeof out, &error), STK_EFORMAT);
    assert_has(error.message, "a quoted field is longer than 16 MiB");
    memset(content, ',', size);
    assert_int_equal(read_all((stk_text){content, 9000}, out, sizeof out, &error), STK_EFORMAT);
    assert_has(error.message, "more than 8192 columns");
    free(content);
}

static void values_of_fields(void **state)
{
    (void)state;
    stk_arena arena = {0};
    stk_csv csv;
    stk_error error;
    char text[1024];
    bool more;
    double number;
    int integer;
    int column;
    stk_text content = stk_text_of("id,n,1990,1992,1991,rest,2000\nx, 2.5 ,1,,3,\"1,5\",9\n"
                                   "y,7,1,2,three,nine,9\n");
    assert_ok(stk_csv_open(&csv, (stk_source){"t.csv", content}, &arena, &error), &error);
    assert_ok(stk_csv_require(&csv, "n", &column, &error), &error);
    assert_int_equal(column, 1);
    assert_int_equal(stk_csv_require(&csv, "none", &column, &error), STK_EFORMAT);
    assert_has(error.message, "the column 'none' is missing");
    assert_int_equal(stk_csv_find(&csv, "none"), -1);
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_ok(stk_csv_number(&csv, 1, &number, &error), &error);
    assert_true(number == 2.5);
    assert_ok(stk_csv_number(&csv, 3, &number, &error), &error);
    assert_nan(number);
    assert_ok(stk_csv_number(&csv, -1, &number, &error), &error);
    assert_nan(number);
    assert_int_equal(stk_csv_number(&csv, 5, &number, &error), STK_EDATA);
    stk_error_format(&error, text, sizeof text);
    assert_string_equal(text,
                        "t.csv:2:14: rest: '1,5' is refused; allowed: a number with a decimal "
                        "point and no separators");
    assert_int_equal(stk_csv_integer(&csv, 1, 0, &integer, &error), STK_EDATA);
    assert_ok(stk_csv_integer(&csv, 3, -7, &integer, &error), &error);
    assert_int_equal(integer, -7);
    stk_csv_years years;
    assert_ok(stk_csv_find_years(&csv, &years, &error), &error);
    assert_int_equal(years.columns[2], 4);
    assert_int_equal(years.count, 4); /* also behind another column */
    assert_int_equal(years.columns[3], 6);
    assert_int_equal(years.first_year, 1990);
    assert_int_equal(years.last_year, 2000);
    stk_series series = stk_arena_series(&arena, 1990, 2000);
    assert_ok(stk_csv_series(&csv, &years, &series, &error), &error);
    assert_true(stk_series_at(&series, 1991) == 3);
    assert_nan(stk_series_at(&series, 1992));
    assert_true(stk_series_at(&series, 2000) == 9);
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_int_equal(stk_csv_series(&csv, &years, &series, &error), STK_EDATA);
    assert_has(error.message, "1991: 'three' is refused");
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_false(more);
    stk_arena_free(&arena);
}

static void columns_that_are_years(void **state)
{
    static const struct {
        const char *header;
        int count; /* 0: refused */
        const char *says;
    } cases[] = {
        {"id,2030.0,note,2050\n", 2, NULL},
        {"2050,2030\n", 2, NULL},
        {"id,2030,note,2030.0\n", 0, "'2030.0' has a year that is there twice"},
        {"id,2030,2030.5\n", 0, "'2030.5' is refused; allowed: years such as 2030"},
        {"id,2030,20500\n", 0, "'20500' is refused"},
        {"id,2030, 2050\n", 2, NULL},
        {"id,X2030,X2050.0,X,Xa,XX2040,X20\n", 2, NULL},
        {"id,X2030,2050\n", 0, "'2050' is refused; allowed: all years as 2030 or all as X2030"},
        {"id,2030,X2050\n", 0, "'X2050' is refused; allowed: all years as 2030 or all"},
        {"id,X2030,X2030.0\n", 0, "'X2030.0' has a year that is there twice"},
        {"id,\"x\ty\",2030\tn, 2050\n", 1, NULL}, /* stray tabs */
        {"id,note\n", 0, "no column is a year"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_arena arena = {0};
        stk_csv csv;
        stk_csv_years years;
        stk_error error;
        assert_ok(
            stk_csv_open(&csv, (stk_source){"t.csv", stk_text_of(cases[i].header)}, &arena, &error),
            &error);
        if (cases[i].says == NULL) {
            assert_ok(stk_csv_find_years(&csv, &years, &error), &error);
            assert_int_equal(years.count, cases[i].count);
        } else {
            assert_int_equal(stk_csv_find_years(&csv, &years, &error), STK_EFORMAT);
            assert_has(error.message, cases[i].says);
        }
        stk_arena_free(&arena);
    }
}

static void refusals_shorten_long_values(void **state)
{
    (void)state;
    stk_arena arena = {0};
    stk_csv csv;
    stk_error error;
    stk_csv_years years;
    bool more;
    char content[400] = "a\n";
    memset(content + 2, 'v', 300);
    assert_ok(stk_csv_open(&csv, (stk_source){"t.csv", stk_text_of(content)}, &arena, &error),
              &error);
    assert_int_equal(stk_csv_find_years(&csv, &years, &error), STK_EFORMAT);
    assert_has(error.message, "no column is a year");
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_int_equal(stk_csv_refuse(&csv, 0, &error, "%d", 5), STK_EDATA);
    assert_has(error.message, "vvv...' is refused; allowed: 5");
    assert_true(strlen(error.message) < 150);
    assert_int_equal(stk_csv_refuse(&csv, -1, &error, "x"), STK_EDATA);
    stk_arena_free(&arena);
}

/* What is written is read back, whatever is in it. */
static void written_fields_are_read_back(void **state)
{
    (void)state;
    static const char alphabet[] = "ab,\"\n\r #;x";
    test_random random = {5};
    for (int round = 0; round < 3000; round++) {
        char fields[3][9];
        stk_buffer buffer = {0};
        stk_buffer_text(&buffer, "k,l,m\n");
        for (int f = 0; f < 3; f++) {
            size_t size = (size_t)(test_random_bits(&random) >> 32) % 8 + (f == 0);
            for (size_t i = 0; i < size; i++) {
                fields[f][i] = alphabet[(test_random_bits(&random) >> 33) % (sizeof alphabet - 1)];
            }
            fields[f][size] = '\0';
            stk_csv_write_field(&buffer, stk_text_of(fields[f]));
            stk_buffer_text(&buffer, f < 2 ? "," : "\n");
        }
        stk_arena arena = {0};
        stk_csv csv;
        stk_error error;
        bool more;
        assert_ok(stk_csv_open(&csv, (stk_source){"t", {buffer.data, buffer.size}}, &arena, &error),
                  &error);
        assert_ok(stk_csv_next(&csv, &more, &error), &error);
        assert_true(more);
        for (int f = 0; f < 3; f++) {
            assert_true(stk_text_equal(csv.fields[f], fields[f]));
        }
        stk_arena_free(&arena);
        stk_buffer_free(&buffer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_right),
        cmocka_unit_test(refuses_with_the_place),
        cmocka_unit_test(every_truncation_ends_in_order),
        cmocka_unit_test(very_long_lines_are_refused),
        cmocka_unit_test(values_of_fields),
        cmocka_unit_test(columns_that_are_years),
        cmocka_unit_test(refusals_shorten_long_values),
        cmocka_unit_test(written_fields_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
