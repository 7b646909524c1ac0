/** @file test_csv_columns.c
 * @brief Columns made of a table are read as its text is: names, rows, lines, texts, bits.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_columns.h"
#include "data/edition_impl.h"
#include "data/paths.h"

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The rows that two readers of the same table are at. Returns how many numbers were compared that
 * the columns hold as numbers. */
static size_t compare_row(const stk_csv *text, const stk_csv *columns)
{
    size_t numbers = 0;
    assert_int_equal(text->line, columns->line);
    for (int c = 0; c < (int)text->column_count; c++) {
        stk_error error;
        double wanted;
        double got;
        stk_text field = stk_csv_field(text, c);
        stk_text same = stk_csv_field(columns, c);
        if (stk_csv_columns_numbers(columns, c, 1) == NULL) {
            assert_int_equal(field.size, same.size);
            assert_memory_equal(field.data, same.data, field.size);
            continue;
        }
        assert_ok(stk_csv_number(text, c, &wanted, &error), &error);
        assert_ok(stk_csv_number(columns, c, &got, &error), &error);
        assert_int_equal(bits_of(wanted), bits_of(got));
        assert_int_equal(stk_text_trim(field).size == 0, same.size == 0);
        numbers++;
    }
    return numbers;
}

static void compare_series(const stk_csv *text, const stk_csv *columns, const stk_csv_years *years,
                           stk_arena *arena)
{
    stk_error error;
    stk_series wanted = stk_arena_series(arena, years->first_year, years->last_year);
    stk_series got = stk_arena_series(arena, years->first_year, years->last_year);
    stk_status status = stk_csv_series(text, years, &wanted, &error);
    assert_int_equal(stk_csv_series(columns, years, &got, NULL), status);
    for (int i = 0; status == STK_OK && i < wanted.count; i++) {
        assert_int_equal(bits_of(wanted.values[i]), bits_of(got.values[i]));
    }
}

/* Read the text of a table beside its columns, to the end of both. */
static size_t compare_tables(const stk_csv_file *text_file, const stk_csv_file *columns_file)
{
    stk_arena arena = {0};
    stk_arena scratch = {0};
    stk_csv text;
    stk_csv columns;
    stk_csv_years years;
    stk_error error;
    size_t numbers = 0;
    bool more = true;
    bool more_columns;
    assert_ok(stk_csv_open_file(&text, text_file, &arena, &error), &error);
    assert_ok(stk_csv_open_file(&columns, columns_file, &arena, &error), &error);
    assert_int_equal(text.column_count, columns.column_count);
    for (size_t c = 0; c < text.column_count; c++) {
        assert_true(stk_text_same(text.columns[c], columns.columns[c]));
    }
    bool wide = stk_csv_find_years(&text, &years, NULL) == STK_OK;
    while (more) {
        assert_ok(stk_csv_next(&text, &more, &error), &error);
        assert_ok(stk_csv_next(&columns, &more_columns, &error), &error);
        assert_int_equal(more, more_columns);
        if (more) {
            numbers += compare_row(&text, &columns);
        }
        if (more && wide) {
            compare_series(&text, &columns, &years, &scratch);
        }
        stk_arena_free(&scratch);
        scratch = (stk_arena){0};
    }
    stk_arena_free(&arena);
    return numbers;
}

static stk_text make(stk_text content)
{
    stk_buffer made = {0};
    stk_error error;
    assert_ok(stk_csv_columns_make((stk_source){"t.csv", content}, &made, &error), &error);
    return (stk_text){made.data, made.size};
}

static size_t compare_made(stk_text content)
{
    stk_text columns = make(content);
    const stk_csv_file text_file = {.name = "t.csv", .content = content};
    const stk_csv_file columns_file = {.name = "t.csv", .columns = columns};
    size_t numbers = compare_tables(&text_file, &columns_file);
    free((char *)columns.data);
    return numbers;
}

static void odd_tables(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t numbers; /* that are held as numbers */
    } cases[] = {
        {"a,b\n1,2\n", 0},                       /* codes */
        {"a,1990,1991\nx,1,2\ny,,-3\nz,,\n", 6}, /* years */
        {"a,b\nx,1.5\ny,2\nz,\n", 3},            /* decimals */
        {"a,b\nx,1.5\ny,N/A\n", 0},              /* no number stays text */
        {"a,b\nx,1.5\ny,nan\n", 0},
        {"a,b\nx,1.5\ny,1e400\n", 0},
        {"a,b\nx,0.1\nx,-0.0\nx,1e-300\nx,123456789012345678901234567890.5\n", 4},
        {"a,b\nx, 0.1 \nx,  \n", 2},
        {"a,b\nx,9007199254740993.0\nx,0.30000000000000004\n", 2},
        {"a,b,1990\n\"two\nlines\",\"p\"\"q\",1.25\n\n\nlast,,2\n", 2}, /* lines apart */
        {"# comment\n\n004,x\n004,\n", 0},
        {"1990,1991,1992,1993,1994,1995,1996,1997,1998,1999\n,1,,,2,,,3,4,\n", 10}, /* gaps */
        {"1990,1991\n1e15,-1e15\n-9e15,9e15\n1e22,1\n", 6},
        {"only,a,header\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (compare_made(stk_text_of(cases[i].text)) != cases[i].numbers) {
            fail_msg("case %zu: another count of numbers", i);
        }
    }
}

/* Numbers of any size and any count of digits, in rows that are longer than they are wide. */
static void random_numbers(void **state)
{
    (void)state;
    test_random random = {20261130};
    for (int round = 0; round < 60; round++) {
        stk_buffer text = {0};
        int columns = 1 + (int)(test_random_bits(&random) % 40);
        int decimals = (int)(test_random_bits(&random) % 18);
        int scale = (int)(test_random_bits(&random) % 24) - 12;
        for (int c = 0; c < columns; c++) {
            stk_buffer_printf(&text, "%s%d", c == 0 ? "" : ",", 1900 + c);
        }
        for (int r = 0; r < 30; r++) {
            stk_buffer_text(&text, "\n0"); /* a row of empty fields would be a blank line */
            for (int c = 1; c < columns; c++) {
                double value = ((double)test_random_bits(&random) / 1e19 - 0.8) * pow(10, scale);
                bool empty = test_random_bits(&random) % 5 == 0;
                stk_buffer_printf(&text, empty ? "," : ",%.*f", decimals, value);
            }
        }
        assert_int_equal(compare_made((stk_text){text.data, text.size}), 30 * columns);
        stk_buffer_free(&text);
    }
}

/* What the embedded edition holds of every table is what its text in data/ says. */
static void columns_of_the_edition(void **state)
{
    (void)state;
    stk_edition *embedded;
    stk_edition *folder;
    stk_error error;
    size_t tables = 0;
    size_t numbers = 0;
    assert_ok(stk_edition_open_embedded(&embedded, &error), &error);
    assert_ok(stk_edition_open_folder(TEST_DATA_DIR, &folder, &error), &error);
    for (size_t i = 0; i < stk_edition_file_count(folder); i++) {
        stk_csv_file text;
        stk_csv_file columns;
        const char *path = stk_edition_path(folder, i);
        if (!stk_edition_has(embedded, path)) {
            continue;
        }
        assert_ok(stk_edition_file(folder, path, &text, &error), &error);
        assert_ok(stk_edition_file(embedded, path, &columns, &error), &error);
        assert_null(text.columns.data);
        if (columns.columns.data != NULL) {
            numbers += compare_tables(&text, &columns);
            tables++;
        }
    }
    assert_in_range(tables, 15, 40);
    assert_in_range(numbers, 500000, 10000000);
    stk_edition_free(folder);
    stk_edition_free(embedded);
}

/* Damage ends in a refusal or in other values, never in a read outside. */
static stk_status read_damaged(const char *data, size_t size)
{
    stk_arena arena = {0};
    stk_csv csv;
    stk_error error;
    /* bytes of their own, so that a sanitizer sees what is read behind them */
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, data, size);
    const stk_csv_file file = {.name = "t.csv", .columns = {copy, size}};
    stk_status status = stk_csv_open_file(&csv, &file, &arena, &error);
    while (stk_csv_each(&csv, &status, &error)) {
        for (int c = 0; c < (int)csv.column_count; c++) {
            double number;
            stk_text field = stk_csv_field(&csv, c);
            assert_true(field.size == 0 || field.data != NULL);
            stk_csv_number(&csv, c, &number, NULL);
        }
    }
    if (status == STK_EFORMAT) {
        assert_has(error.message, "damaged");
    }
    stk_arena_free(&arena);
    free(copy);
    return status;
}

static void damaged_columns(void **state)
{
    (void)state;
    static const char along[] = "name,1990,1991,1992\nfirst,1,,2.5\nsecond,3,4,5\n\nthird,,6,\n";
    static const char down[] = "a,b,c\nx,0.1,7.25\ny,0.2,1e-3\nz,0.3,12345678.9\nw,0.4,\n";
    const char *const texts[] = {along, down};
    test_random random = {7};
    for (size_t t = 0; t < 2; t++) {
        stk_text columns = make(stk_text_of(texts[t]));
        char *bytes = (char *)(uintptr_t)columns.data;
        assert_int_equal(read_damaged(bytes, columns.size), STK_OK);
        for (size_t size = 1; size < columns.size; size++) {
            assert_int_equal(read_damaged(bytes, size), STK_EFORMAT);
        }
        for (size_t at = 0; at < columns.size; at++) {
            char kept = bytes[at];
            for (int bit = 0; bit < 8; bit++) {
                bytes[at] = (char)(kept ^ (1 << bit));
                (void)read_damaged(bytes, columns.size);
            }
            bytes[at] = (char)test_random_bits(&random);
            (void)read_damaged(bytes, columns.size);
            bytes[at] = kept;
        }
        free(bytes);
    }
}

/* A table that the reader refuses has no columns. */
static void refused_tables(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "a,a\n1,2\n", "a,b\n1\n", "a\n\"x\n", "a\n\xff\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stk_buffer made = {0};
        stk_error error;
        stk_source source = {"t.csv", stk_text_of(texts[i])};
        assert_int_equal(stk_csv_columns_make(source, &made, &error), STK_EFORMAT);
        assert_int_equal(made.size, 0);
        stk_buffer_free(&made);
    }
}

/* A message of a number in columns names the value and the line. */
static void refusals_have_places(void **state)
{
    (void)state;
    stk_arena arena = {0};
    stk_csv csv;
    stk_error error;
    bool more;
    stk_text columns = make(stk_text_of("a,b\nx,1.5\n\ny,2.25\n"));
    const stk_csv_file file = {.name = "t.csv", .columns = columns};
    assert_ok(stk_csv_open_file(&csv, &file, &arena, &error), &error);
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_ok(stk_csv_next(&csv, &more, &error), &error);
    assert_int_equal(stk_csv_refuse(&csv, 1, &error, "less"), STK_EDATA);
    assert_has(error.message, "b: '2.25' is refused; allowed: less");
    assert_int_equal(error.line, 4);
    stk_arena_free(&arena);
    free((char *)columns.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_tables),
        cmocka_unit_test(random_numbers),
        cmocka_unit_test(columns_of_the_edition),
        cmocka_unit_test(damaged_columns),
        cmocka_unit_test(refused_tables),
        cmocka_unit_test(refusals_have_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
