/** @file test_netcdf.c
 * @brief emissions.nc and climate.nc of an assessment hold what its CSV files hold, number by
 * number.
 *
 *     test_scenario_netcdf STOCKTAKE FOLDER
 */
#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <netcdf.h>

#include <stocktake/edition.h>

#include "support.h"

enum { COPIES = 3, SCENARIOS = 12 * COPIES }; /* more than are written at once */

static const char *program;
static const char *folder;

static void need(int code)
{
    if (code != NC_NOERR) {
        fail_msg("%s", nc_strerror(code));
    }
}

static stk_iamc *read_csv(const char *name)
{
    char path[1024];
    stk_stream *stream;
    stk_iamc *table = NULL;
    snprintf(path, sizeof path, "%s/out/%s", folder, name);
    assert_int_equal(stk_stream_open(path, &stream, NULL), STK_OK);
    stk_iamc_input input = {path, stk_stream_read, stream};
    assert_int_equal(stk_iamc_read_stream(&input, NULL, &table, NULL), STK_OK);
    stk_stream_close(stream);
    return table;
}

static int open_netcdf(const char *name)
{
    char path[1024];
    int id;
    snprintf(path, sizeof path, "%s/out/%s", folder, name);
    need(nc_open(path, NC_NOWRITE, &id));
    return id;
}

static size_t length_of(int id, const char *name)
{
    int dim;
    size_t length;
    need(nc_inq_dimid(id, name, &dim));
    need(nc_inq_dimlen(id, dim, &length));
    return length;
}

static char *text_of(int id, int variable, const char *name)
{
    size_t size;
    need(nc_inq_attlen(id, variable, name, &size));
    char *text = calloc(size + 1, 1);
    assert_non_null(text);
    need(nc_get_att_text(id, variable, name, text));
    return text;
}

static void has_text(int id, int variable, const char *name, const char *expected)
{
    char *text = text_of(id, variable, name);
    assert_string_equal(text, expected);
    free(text);
}

/* Names of scenario `at`. */
static void names_of(int id, size_t at, char model[128], char scenario[128])
{
    int variable;
    char *text;
    need(nc_inq_varid(id, "model", &variable));
    need(nc_get_var1_string(id, variable, &at, &text));
    snprintf(model, 128, "%s", text);
    need(nc_free_string(1, &text));
    need(nc_inq_varid(id, "scenario", &variable));
    need(nc_get_var1_string(id, variable, &at, &text));
    snprintf(scenario, 128, "%s", text);
    need(nc_free_string(1, &text));
}

/* The times are the middles of the years from `first` on, between their bounds. */
static void check_times(int id, int first, size_t count)
{
    int time;
    int bounds;
    double edges[2];
    double at;
    need(nc_inq_varid(id, "time", &time));
    need(nc_inq_varid(id, "time_bnds", &bounds));
    has_text(id, time, "units", "days since 1750-01-01 00:00:00");
    for (size_t i = 0; i < count; i++) {
        size_t start[2] = {i, 0};
        size_t size[2] = {1, 2};
        need(nc_get_var1_double(id, time, &i, &at));
        need(nc_get_vara_double(id, bounds, start, size, edges));
        assert_true(at == (edges[0] + edges[1]) / 2);
        assert_true(fabs(at / 365.2425 - (first + (double)i + 0.5 - 1750)) < 0.005);
    }
}

static void same_number(double a, double b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void check_emission(int id, const stk_iamc *table, int variable, const char *name)
{
    char model[128];
    char scenario[128];
    double values[200];
    size_t years = (size_t)table->year_count;
    for (size_t s = 0; s < SCENARIOS; s++) {
        size_t start[2] = {s, 0};
        size_t size[2] = {1, years};
        need(nc_get_vara_double(id, variable, start, size, values));
        names_of(id, s, model, scenario);
        const stk_iamc_row *row = stk_iamc_find(table, model, scenario, name);
        for (size_t i = 0; i < years; i++) {
            same_number(values[i], row == NULL ? (double)NAN : row->values[i]);
        }
        if (row != NULL) {
            has_text(id, variable, "iamc_unit", row->unit);
        }
    }
}

static void emissions_are_the_same(void **state)
{
    (void)state;
    int id = open_netcdf("emissions.nc");
    int count;
    size_t rows = 0;
    stk_iamc *table = read_csv("emissions.csv");
    assert_int_equal(length_of(id, "scenario"), SCENARIOS);
    assert_int_equal(length_of(id, "time"), table->year_count);
    check_times(id, table->first_year, (size_t)table->year_count);
    has_text(id, NC_GLOBAL, "Conventions", "CF-1.8");
    has_text(id, NC_GLOBAL, "method", "ar6-2015-cdr");
    need(nc_inq_nvars(id, &count));
    for (int v = 0; v < count; v++) {
        int rank;
        int dims[4];
        nc_type type;
        need(nc_inq_var(id, v, NULL, &type, &rank, dims, NULL));
        if (type != NC_DOUBLE || rank != 2 || dims[0] != 0) {
            continue; /* names, times */
        }
        char *name = text_of(id, v, "long_name");
        char *units = text_of(id, v, "units");
        check_emission(id, table, v, name);
        assert_true(strcmp(units, "Tg yr-1") == 0 || strcmp(units, "Gg yr-1") == 0);
        for (size_t r = 0; r < table->row_count; r++) {
            rows += strcmp(table->rows[r].variable, name) == 0;
        }
        free(name);
        free(units);
    }
    assert_int_equal(rows, table->row_count); /* none is missing */
    need(nc_close(id));
    stk_iamc_free(table);
}

/* Rows of climate.csv are percentiles, then thresholds, of one scenario after the other. */
static void check_climate(int id, const stk_iamc *table, const char *name, const char *dimension,
                          size_t skip, size_t each)
{
    char model[128];
    char scenario[128];
    double values[200];
    int variable;
    size_t years = (size_t)table->year_count;
    size_t levels = length_of(id, dimension);
    need(nc_inq_varid(id, name, &variable));
    for (size_t s = 0; s < SCENARIOS; s++) {
        names_of(id, s, model, scenario);
        for (size_t p = 0; p < levels; p++) {
            const stk_iamc_row *row = &table->rows[s * each + skip + p];
            size_t start[3] = {s, p, 0};
            size_t size[3] = {1, 1, years};
            need(nc_get_vara_double(id, variable, start, size, values));
            assert_string_equal(row->model, model);
            assert_string_equal(row->scenario, scenario);
            for (size_t i = 0; i < years; i++) {
                same_number(values[i], row->values[i]);
            }
        }
    }
}

static void climate_is_the_same(void **state)
{
    (void)state;
    int id = open_netcdf("climate.nc");
    int variable;
    double middle;
    stk_iamc *table = read_csv("climate.csv");
    size_t percentiles = length_of(id, "percentile");
    size_t thresholds = length_of(id, "threshold");
    assert_int_equal(length_of(id, "scenario"), SCENARIOS);
    assert_int_equal(table->row_count, SCENARIOS * (percentiles + thresholds));
    check_times(id, table->first_year, (size_t)table->year_count);
    check_climate(id, table, "temperature", "percentile", 0, percentiles + thresholds);
    check_climate(id, table, "exceedance_probability", "threshold", percentiles,
                  percentiles + thresholds);
    has_text(id, NC_GLOBAL, "method", "ar6-2015-cdr");
    need(nc_inq_varid(id, "temperature", &variable));
    has_text(id, variable, "units", "K");
    need(nc_inq_varid(id, "percentile", &variable));
    size_t at = 6;
    need(nc_get_var1_double(id, variable, &at, &middle));
    assert_true(middle == 50);
    need(nc_close(id));
    stk_iamc_free(table);
}

static int assess(void **state)
{
    char path[1024];
    char command[4096];
    (void)state;
    snprintf(path, sizeof path, "%s/input.csv", folder);
    test_write_copies(path, COPIES);
    snprintf(command, sizeof command,
             "'%s' scenario assess '%s' --output '%s/out' --netcdf >/dev/null 2>&1", program, path,
             folder);
    int status = system(command);                                      // NOLINT(cert-env33-c)
    return WIFEXITED(status) && WEXITSTATUS(status) == 1 ? 0 : status; /* some are left out */
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(emissions_are_the_same),
                                       cmocka_unit_test(climate_is_the_same)};
    if (argc != 3) {
        return 2;
    }
    program = argv[1];
    folder = argv[2];
    return cmocka_run_group_tests(tests, assess, NULL);
}
