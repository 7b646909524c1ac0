/** @file test_store.c
 * @brief Scenarios on disk: what is put in comes out, scenario by scenario, whatever the order.
 *
 *     test_stk_row_store FOLDER
 */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "workflow/store.h"

enum { SCENARIOS = 300, VARIABLES = 7, FIRST = 2010, YEARS = 5 };

static const char *folder;

static void ok(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fail_msg("%s", error->message);
    }
}

static stk_row_store *open_store(void)
{
    stk_row_store *store;
    stk_error error = {0};
    ok(stk_row_store_open(folder, "in.csv", &store, &error), &error);
    return store;
}

static double value_of(size_t scenario, size_t variable, int year)
{
    bool missing = (scenario + variable + (size_t)year) % 3 == 0 || year == 3;
    return missing ? (double)NAN : 1000.0 * (double)scenario + 10.0 * (double)variable + 0.1 * year;
}

/* A line tells whose row it is. */
static void put(stk_row_store *store, const stk_iamc *years, size_t scenario, size_t variable)
{
    char name[32];
    double values[YEARS];
    stk_error error = {0};
    snprintf(name, sizeof name, "Emissions|%zu", variable);
    for (int y = 0; y < YEARS; y++) {
        values[y] = value_of(scenario, variable, y);
    }
    stk_iamc_row row = {"m",
                        "s",
                        "World",
                        name,
                        variable % 2 == 0 ? "Mt/yr" : "kt/yr",
                        (long)(scenario * VARIABLES + variable),
                        values};
    ok(stk_row_store_add(store, scenario, years, &row, &error), &error);
}

static void check_row(const stk_iamc_row *row, size_t scenario, size_t variable)
{
    char name[32];
    snprintf(name, sizeof name, "Emissions|%zu", variable);
    assert_string_equal(row->variable, name);
    assert_string_equal(row->scenario, "again");
    assert_string_equal(row->unit, variable % 2 == 0 ? "Mt/yr" : "kt/yr");
    assert_int_equal(row->line, scenario * VARIABLES + variable);
    for (int y = 0; y < YEARS; y++) {
        double expected = value_of(scenario, variable, y);
        assert_true(row->values[y] == expected || (isnan(row->values[y]) && isnan(expected)));
    }
}

static void check_scenario(stk_row_store *store, size_t scenario, size_t rows)
{
    stk_error error = {0};
    stk_iamc *table = stk_row_store_table(store, 0);
    assert_non_null(table);
    assert_string_equal(table->name, "in.csv");
    assert_int_equal(table->first_year, FIRST);
    assert_int_equal(table->year_count, YEARS);
    ok(stk_row_store_read(store, scenario, "model", "again", &table, &error), &error);
    assert_int_equal(table->row_count, rows);
    for (size_t v = 0; v < rows; v++) {
        check_row(&table->rows[v], scenario, v);
    }
    stk_iamc_free(table);
}

/* Every third scenario is left out. */
static void check_all(stk_row_store *store)
{
    for (size_t s = SCENARIOS; s-- > 0;) {
        assert_int_equal(stk_row_store_has(store, s), s % 3 != 0);
        check_scenario(store, s, s % 3 != 0 ? VARIABLES : 0);
    }
    assert_false(stk_row_store_has(store, SCENARIOS));
    for (int y = 0; y < YEARS; y++) {
        assert_int_equal(stk_row_store_years(store)[y], y != 3);
    }
}

static void rows_come_back_in_any_order(void **state)
{
    (void)state;
    stk_iamc *years = stk_iamc_new("", FIRST, FIRST + YEARS - 1);
    assert_non_null(years);
    stk_row_store *by_scenario = open_store();
    stk_row_store *by_variable = open_store();
    for (size_t s = 0; s < SCENARIOS; s++) {
        for (size_t v = 0; v < VARIABLES && s % 3 != 0; v++) {
            put(by_scenario, years, s, v);
        }
    }
    for (size_t v = 0; v < VARIABLES; v++) {
        for (size_t s = SCENARIOS; s-- > 0;) {
            if (s % 3 != 0) {
                put(by_variable, years, s, v);
            }
        }
    }
    check_all(by_scenario);
    check_all(by_variable);
    stk_row_store_close(by_scenario);
    stk_row_store_close(by_variable);
    stk_iamc_free(years);
}

static void a_row_that_is_there_twice_is_refused(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *years = stk_iamc_new("", FIRST, FIRST + YEARS - 1);
    assert_non_null(years);
    stk_row_store *store = open_store();
    put(store, years, 8, 1);
    put(store, years, 9, 1);
    put(store, years, 8, 1);
    stk_iamc *table = stk_row_store_table(store, 0);
    assert_non_null(table);
    assert_int_equal(stk_row_store_read(store, 8, "m", "s", &table, &error), STK_EDATA);
    assert_string_equal(error.file, "in.csv");
    assert_non_null(strstr(error.message, "there twice, first on line 57"));
    ok(stk_row_store_read(store, 9, "m", "other", &table, &error), &error);
    stk_iamc_free(table);
    stk_row_store_close(store);
    stk_iamc_free(years);
}

static void nothing_is_nothing(void **state)
{
    (void)state;
    stk_row_store *store = open_store();
    assert_false(stk_row_store_has(store, 0));
    assert_null(stk_row_store_years(store));
    stk_iamc *table = stk_row_store_table(store, 0);
    assert_non_null(table);
    assert_int_equal(table->year_count, 0);
    ok(stk_row_store_read(store, 0, "m", "s", &table, NULL), NULL);
    assert_int_equal(table->row_count, 0);
    stk_iamc_free(table);
    stk_row_store_close(store);
    stk_row_store_close(NULL);
}

/* The file has no name, so nobody has to take it away. */
static void leaves_no_file(void **state)
{
    (void)state;
    const struct dirent *entry;
    stk_row_store *store = open_store();
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        assert_int_not_equal(strncmp(entry->d_name, "scenarios.", 10), 0);
    }
    closedir(directory);
    stk_row_store_close(store);
}

static void says_where_it_cannot_be(void **state)
{
    (void)state;
    stk_row_store *store;
    stk_error error = {0};
    assert_int_equal(stk_row_store_open("/nowhere/at/all", "in.csv", &store, &error), STK_EIO);
    assert_string_equal(error.file, "/nowhere/at/all");
    stk_row_store_close(store);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_in_any_order),
        cmocka_unit_test(a_row_that_is_there_twice_is_refused),
        cmocka_unit_test(nothing_is_nothing),
        cmocka_unit_test(leaves_no_file),
        cmocka_unit_test(says_where_it_cannot_be),
    };
    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
