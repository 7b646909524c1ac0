/** @file support.c
 * @brief Files and tables for the climate tests.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const test_column test_columns[TEST_COLUMNS] = {
    {"T1", STK_CLIMATE_TEMPERATURE},
    {"T2", STK_CLIMATE_TEMPERATURE_2},
    {"T3", STK_CLIMATE_TEMPERATURE_3},
    {"ERF", STK_CLIMATE_ERF},
    {"CO2", STK_CLIMATE_CO2},
    {"CH4", STK_CLIMATE_CH4},
    {"N2O", STK_CLIMATE_N2O},
    {"EESC", STK_CLIMATE_EESC},
    {"F_CO2", STK_CLIMATE_ERF_CO2},
    {"F_CH4", STK_CLIMATE_ERF_CH4},
    {"F_N2O", STK_CLIMATE_ERF_N2O},
    {"F_ODS", STK_CLIMATE_ERF_MONTREAL},
    {"F_Fgas", STK_CLIMATE_ERF_FGASES},
    {"F_O3", STK_CLIMATE_ERF_OZONE},
    {"F_ari", STK_CLIMATE_ERF_ARI},
    {"F_aci", STK_CLIMATE_ERF_ACI},
    {"F_lapsi", STK_CLIMATE_ERF_LAPSI},
    {"F_h2ostrat", STK_CLIMATE_ERF_H2O},
    {"F_landuse", STK_CLIMATE_ERF_LAND_USE},
    {"N", STK_CLIMATE_HEAT_UPTAKE},
    {"OHC", STK_CLIMATE_OHC},
    {"alpha_CO2", STK_CLIMATE_ALPHA_CO2},
};

static stk_climate_file read_file(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        fail_msg("%s cannot be opened", path);
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *data = malloc(size + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, size, file), size);
    fclose(file);
    return (stk_climate_file){name, {data, size}};
}

stk_climate_file test_file(const char *name)
{
    return read_file(STK_TEST_CLIMATE_DATA, name);
}

stk_climate_file test_calibration_file(const char *name)
{
    return read_file(STK_TEST_CALIBRATION, name);
}

void test_file_free(stk_climate_file *file)
{
    free((char *)(uintptr_t)file->content.data);
    file->content = (stk_text){NULL, 0};
}

stk_calibration *test_calibration(void)
{
    stk_error error = {0};
    stk_calibration *calibration;
    stk_calibration_files files = {test_calibration_file("calibration_1.4.1_members.csv"),
                                   test_calibration_file("calibration_1.4.1_species.csv"),
                                   test_calibration_file("volcanic_solar_timebounds.csv")};
    stk_status status = stk_calibration_read(&files, &calibration, &error);
    test_file_free(&files.members);
    test_file_free(&files.species);
    test_file_free(&files.natural);
    if (status != STK_OK) {
        fail_msg("%s", error.message);
    }
    return calibration;
}

static void read_scenario_row(test_scenario *scenario, const stk_calibration *calibration,
                              stk_csv *csv, int first_column)
{
    long species = stk_calibration_find_species(calibration,
                                                stk_csv_field(csv, stk_csv_find(csv, "variable")));
    assert_true(species >= 0);
    double *row = scenario->values + (size_t)species * (size_t)scenario->input.year_count;
    for (int i = 0; i < scenario->input.year_count; i++) {
        assert_int_equal(stk_csv_number(csv, first_column + i, &row[i], NULL), STK_OK);
    }
    scenario->rows[species] = row;
}

test_scenario test_scenario_read(const stk_calibration *calibration, const char *name,
                                 int last_year)
{
    char path[256];
    test_scenario scenario = {0};
    stk_arena arena = {0};
    stk_csv csv;
    bool more = true;
    size_t species = stk_calibration_species_count(calibration);
    snprintf(path, sizeof path, "%s_emissions.csv", name);
    stk_climate_file file = test_file(path);
    assert_int_equal(stk_csv_open(&csv, (stk_source){path, file.content}, &arena, NULL), STK_OK);
    int first_column = stk_csv_find(&csv, "1750.5");
    assert_true(first_column >= 0);
    scenario.input.first_year = 1750;
    scenario.input.year_count = last_year - 1750 + 1;
    scenario.rows = calloc(species, sizeof *scenario.rows);
    scenario.values = calloc(species * (size_t)scenario.input.year_count, sizeof(double));
    assert_true(scenario.rows != NULL && scenario.values != NULL);
    for (;;) {
        assert_int_equal(stk_csv_next(&csv, &more, NULL), STK_OK);
        if (!more) {
            break;
        }
        read_scenario_row(&scenario, calibration, &csv, first_column);
    }
    scenario.input.emissions = scenario.rows;
    stk_arena_free(&arena);
    test_file_free(&file);
    return scenario;
}

void test_scenario_free(test_scenario *scenario)
{
    free(scenario->rows);
    free(scenario->values);
}

static double cell_number(stk_text text)
{
    double value;
    return stk_text_number(text, &value) ? value : NAN;
}

test_table test_table_read(const char *name)
{
    test_table table = {0};
    bool more = true;
    size_t capacity = 0;
    table.file = test_file(name);
    assert_int_equal(
        stk_csv_open(&table.csv, (stk_source){name, table.file.content}, &table.arena, NULL),
        STK_OK);
    for (;;) {
        assert_int_equal(stk_csv_next(&table.csv, &more, NULL), STK_OK);
        if (!more) {
            return table;
        }
        if (table.rows == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            table.values =
                realloc(table.values, capacity * table.csv.column_count * sizeof *table.values);
            assert_non_null(table.values);
        }
        for (size_t i = 0; i < table.csv.column_count; i++) {
            table.values[table.rows * table.csv.column_count + i] =
                cell_number(table.csv.fields[i]);
        }
        table.rows++;
    }
}

void test_table_free(test_table *table)
{
    free(table->values);
    stk_arena_free(&table->arena);
    test_file_free(&table->file);
}

double test_cell(const test_table *table, size_t row, const char *column)
{
    int i = stk_csv_find(&table->csv, column);
    if (i < 0) {
        fail_msg("no column %s", column);
    }
    return table->values[row * table->csv.column_count + (size_t)i];
}

void test_close(const char *what, double actual, double expected, double scale, double tolerance)
{
    if (!(fabs(actual - expected) <= tolerance * scale)) {
        fail_msg("%s: %.17g instead of %.17g, %.2g of %g; allowed %g", what, actual, expected,
                 fabs(actual - expected) / scale, scale, tolerance);
    }
}
