/** @file test_table.c
 * @brief Tables in the three formats.
 */
#include "support/support.h"

#include <math.h>
#include <string.h>

#include "base/table.h"

static const stk_column columns[] = {{"name", "Name", STK_TEXT},
                                     {"year", "Year", STK_INTEGER},
                                     {"mt", "Mt", 1},
                                     {"hidden", NULL, STK_TEXT}};

static stk_table *make(void)
{
    stk_table *table = stk_table_new(columns, 4);
    assert_non_null(table);
    stk_table_text(table, "C\xc3\xb4te, \"x\"");
    stk_table_number(table, 2030);
    stk_table_number(table, 12.345678901234567);
    stk_table_text(table, "a\nb");
    stk_table_text(table, NULL);
    stk_table_number(table, NAN);
    stk_table_number(table, -0.01);
    stk_table_date(table, 20210422);
    assert_int_equal(stk_table_rows(table), 2);
    return table;
}

static void check(stk_format format, const char *expected)
{
    stk_buffer buffer = {0};
    stk_error error;
    stk_table *table = make();
    assert_ok(stk_table_write(table, format, &buffer, &error), &error);
    assert_string_equal(buffer.data, expected);
    stk_table_free(table);
    stk_buffer_free(&buffer);
}

static void csv_is_complete(void **state)
{
    (void)state;
    check(STK_FORMAT_CSV, "name,year,mt,hidden\n"
                          "\"C\xc3\xb4te, \"\"x\"\"\",2030,12.345678901234567,\"a\nb\"\n"
                          ",,-0.01,2021-04-22\n");
}

static void json_is_complete(void **state)
{
    (void)state;
    stk_buffer buffer = {0};
    stk_error error;
    stk_table *table = make();
    assert_ok(stk_table_write(table, STK_FORMAT_JSON, &buffer, &error), &error);
    assert_has(buffer.data, "\"name\": \"C\xc3\xb4te, \\\"x\\\"\"");
    assert_has(buffer.data, "\"year\": 2030,");
    assert_has(buffer.data, "\"mt\": 12.345678901234567");
    assert_has(buffer.data, "\"hidden\": \"a\\nb\"");
    assert_has(buffer.data, "\"name\": null");
    assert_has(buffer.data, "\"year\": null");
    stk_table_free(table);
    stk_buffer_free(&buffer);
}

static void text_is_aligned(void **state)
{
    (void)state;
    check(STK_FORMAT_TEXT, "Name       Year    Mt\n"
                           "C\xc3\xb4te, \"x\"  2030  12.3\n"
                           "                  0.0\n");
}

static void empty_and_absent_tables(void **state)
{
    (void)state;
    stk_buffer buffer = {0};
    stk_error error;
    stk_table *table = stk_table_new(columns, 4);
    assert_ok(stk_table_write(table, STK_FORMAT_CSV, &buffer, &error), &error);
    assert_ok(stk_table_write(table, STK_FORMAT_JSON, &buffer, &error), &error);
    assert_string_equal(buffer.data, "name,year,mt,hidden\n[]\n");
    stk_table_free(table);
    assert_int_equal(stk_table_write(NULL, STK_FORMAT_CSV, &buffer, &error), STK_EMEM);
    stk_table_free(NULL);
    stk_table_number(NULL, 1.0);
    stk_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_complete),
        cmocka_unit_test(json_is_complete),
        cmocka_unit_test(text_is_aligned),
        cmocka_unit_test(empty_and_absent_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
