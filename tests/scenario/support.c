/** @file support.c
 * @brief Files and tables for the tests of the scenario module.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

char *test_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be read", path);
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)size, file), size);
    text[size] = '\0';
    fclose(file);
    return text;
}

char *test_file(const char *path)
{
    char full[1024];
    snprintf(full, sizeof full, "%s/%s", STK_TEST_SOURCE, path);
    return test_read(full);
}

void test_write_copies(const char *path, int copies)
{
    char *text = test_file("tests/scenario/data/ex2_input.csv");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    int line = 0;
    for (char *at = strtok(text, "\n"); at != NULL; at = strtok(NULL, "\n"), line++) {
        for (int i = 0; i < (line == 0 ? 1 : copies); i++) {
            if (line > 0) {
                fprintf(file, "%d ", i);
            }
            fprintf(file, "%s\n", at);
        }
    }
    fclose(file);
    free(text);
}

stk_iamc *test_table(const char *path)
{
    char *text = test_file(path);
    stk_iamc *table = NULL;
    stk_error error = {0};
    if (stk_iamc_read(path, stk_text_of(text), NULL, &table, &error) != STK_OK) {
        fail_msg("%s:%ld: %s", path, error.line, error.message);
    }
    free(text);
    return table;
}

stk_method *test_method(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "data/methods/%s.yaml", name);
    char *text = test_file(path);
    stk_method *method = NULL;
    stk_error error = {0};
    if (stk_method_read(path, stk_text_of(text), &method, &error) != STK_OK) {
        fail_msg("%s:%ld:%ld: %s", path, error.line, error.column, error.message);
    }
    free(text);
    return method;
}

stk_calibration *test_calibration(void)
{
    char *members = test_file("data/climate/calibration_1.4.1_members.csv");
    char *species = test_file("data/climate/calibration_1.4.1_species.csv");
    char *natural = test_file("data/climate/volcanic_solar_timebounds.csv");
    stk_calibration_files files = {{"members", stk_text_of(members)},
                                   {"species", stk_text_of(species)},
                                   {"natural", stk_text_of(natural)}};
    stk_calibration *calibration = NULL;
    assert_int_equal(stk_calibration_read(&files, &calibration, NULL), STK_OK);
    free(members);
    free(species);
    free(natural);
    return calibration;
}

static void same_rows(const stk_iamc *a, const stk_iamc_row *row, const stk_iamc *b,
                      const stk_iamc_row *other, double tolerance)
{
    if (strcmp(row->unit, other->unit) != 0) {
        fail_msg("%s %s %s: unit %s, not %s", row->model, row->scenario, row->variable, row->unit,
                 other->unit);
    }
    for (int year = 1700; year < 2200; year++) {
        double x = stk_iamc_value(a, row, year);
        double y = stk_iamc_value(b, other, year);
        if (isnan(x) != isnan(y) || fabs(x - y) > tolerance * fabs(y)) {
            fail_msg("%s %s %s in %d: %.17g, not %.17g", row->model, row->scenario, row->variable,
                     year, x, y);
        }
    }
}

void test_same_years(const stk_iamc *actual, const stk_iamc *expected, const int *years,
                     double tolerance)
{
    for (size_t r = 0; r < expected->row_count; r++) {
        const stk_iamc_row *row = &expected->rows[r];
        const stk_iamc_row *found = stk_iamc_find(actual, row->model, row->scenario, row->variable);
        for (size_t i = 0; years[i] != 0; i++) {
            double x = stk_iamc_value(actual, found, years[i]);
            double y = stk_iamc_value(expected, row, years[i]);
            if (!(fabs(x - y) <= tolerance * fabs(y))) {
                fail_msg("%s %s %s in %d: %.17g, not %.17g", row->model, row->scenario,
                         row->variable, years[i], x, y);
            }
        }
    }
}

void test_same_tables(const stk_iamc *actual, const stk_iamc *expected, double tolerance)
{
    for (size_t r = 0; r < expected->row_count; r++) {
        const stk_iamc_row *row = &expected->rows[r];
        const stk_iamc_row *found = stk_iamc_find(actual, row->model, row->scenario, row->variable);
        if (found == NULL) {
            fail_msg("%s %s %s is missing", row->model, row->scenario, row->variable);
            return;
        }
        same_rows(actual, found, expected, row, tolerance);
    }
    for (size_t r = 0; r < actual->row_count; r++) {
        const stk_iamc_row *row = &actual->rows[r];
        if (stk_iamc_find(expected, row->model, row->scenario, row->variable) == NULL) {
            fail_msg("%s %s %s is too much", row->model, row->scenario, row->variable);
        }
    }
}
