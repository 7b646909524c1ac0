/** @file test_vectors.c
 * @brief The rules of fair shares against results of other programs on an invented world.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

typedef struct table {
    stk_arena arena;
    stk_csv csv;
    size_t rows;
    double *values; /* [row][column], NaN for texts */
    char **keys;    /* of a row: texts of its first two columns */
} table;

enum { ROWS_MAX = 4000 };

static void read_table(table *t, const char *name, stk_text content)
{
    stk_error error;
    stk_status status = STK_OK;
    memset(t, 0, sizeof *t);
    assert_ok(stk_csv_open(&t->csv, (stk_source){name, content}, &t->arena, &error), &error);
    size_t columns = t->csv.column_count;
    t->values = stk_arena_alloc(&t->arena, ROWS_MAX * columns, sizeof(double));
    t->keys = stk_arena_alloc(&t->arena, ROWS_MAX, sizeof *t->keys);
    while (stk_csv_each(&t->csv, &status, &error)) {
        char key[400];
        stk_text a = t->csv.fields[0];
        stk_text b = t->csv.fields[1];
        snprintf(key, sizeof key, "%.*s;%.*s", (int)a.size, a.data, (int)b.size, b.data);
        t->keys[t->rows] = stk_arena_string(&t->arena, stk_text_of(key));
        for (size_t c = 0; c < columns; c++) {
            double *value = &t->values[t->rows * columns + c];
            *value = NAN;
            stk_text_number(t->csv.fields[c], value);
        }
        assert_true(++t->rows < ROWS_MAX);
    }
    assert_ok(status, &error);
}

/* The largest value of a column among the rows of the same case. */
static double largest(const table *t, size_t row, size_t column, bool by_key)
{
    double most = 0;
    for (size_t r = 0; r < t->rows; r++) {
        if (!by_key || strcmp(t->keys[r], t->keys[row]) == 0) {
            most = fmax(most, fabs(t->values[r * t->csv.column_count + column]));
        }
    }
    return most;
}

static void compare(const table *expected, const table *found, double tolerance, bool by_key)
{
    size_t columns = expected->csv.column_count;
    assert_int_equal(expected->rows, found->rows);
    assert_int_equal(columns, found->csv.column_count);
    for (size_t r = 0; r < expected->rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            double e = expected->values[r * columns + c];
            double f = found->values[r * columns + c];
            bool both_missing = isnan(e) && isnan(f);
            double bound = both_missing ? 1 : tolerance * largest(expected, r, c, by_key);
            bool convergence = strstr(expected->keys[r], "cumulative_convergence") != NULL;
            if (!both_missing && !(fabs(e - f) <= (convergence ? 1e-6 : bound))) {
                fail_msg("row %zu (%s), column %zu: %.13g expected, %.13g found", r + 2,
                         expected->keys[r], c + 1, e, f);
            }
        }
    }
}

static stk_equity_file *open_world(void)
{
    stk_error error;
    stk_equity_file *file;
    stk_text areas = test_read("equity/data/world_A_areas.csv");
    stk_text pathway = test_read("equity/data/world_A_pathway.csv");
    stk_text theta = test_read("equity/data/rating_theta_A.csv");
    assert_ok(stk_equity_file_read("areas", areas, "pathway", pathway, &file, &error), &error);
    assert_ok(stk_equity_file_theta(file, "theta", theta, &error), &error);
    free((char *)areas.data);
    free((char *)pathway.data);
    free((char *)theta.data);
    return file;
}

/* Columns of results are written over, all others passed through. */
static void check_file(const char *name, double tolerance, bool by_key)
{
    char path[100];
    stk_error error;
    char *out;
    size_t size;
    table expected;
    table found;
    stk_equity_file *file = open_world();
    snprintf(path, sizeof path, "equity/data/%s.csv", name);
    stk_text content = test_read(path);
    assert_ok(stk_equity_file_cases(file, name, content, &out, &size, &error), &error);
    read_table(&expected, name, content);
    read_table(&found, name, (stk_text){out, size});
    assert_true(expected.rows > 20);
    compare(&expected, &found, tolerance, by_key);
    stk_arena_free(&expected.arena);
    stk_arena_free(&found.arena);
    free(out);
    free((char *)content.data);
    stk_equity_file_free(file);
}

static void last_year_of_data(void **state)
{
    (void)state;
    stk_equity_file *file = open_world();
    const stk_equity_world *w = stk_equity_file_world(file);
    assert_int_equal(w->first_year, 1850);
    assert_int_equal(w->last_year, 2100);
    assert_int_equal(w->now, 2021);
    assert_int_equal(w->count, 4);
    stk_equity_file_free(file);
}

/* EffortSharing, with its population of the last year of data. */
static void allocations_of_others(void **state)
{
    (void)state;
    check_file("allocations_pbl_A", 1e-9, true);
}

static void allocations_of_our_equations(void **state)
{
    (void)state;
    check_file("allocations_own_A", 1e-9, true);
}

static void shares(void **state)
{
    (void)state;
    check_file("shares_fs_A", 1e-9, true);
}

static void decay(void **state)
{
    (void)state;
    check_file("budget_decay", 1e-9, true);
}

static void incomes(void **state)
{
    (void)state;
    check_file("lognormal", 1e-9, false);
}

static void indices(void **state)
{
    (void)state;
    check_file("rci_A", 1e-9, true);
}

static void ratings(void **state)
{
    (void)state;
    check_file("rating_A", 1e-9, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(last_year_of_data),
                                       cmocka_unit_test(allocations_of_others),
                                       cmocka_unit_test(allocations_of_our_equations),
                                       cmocka_unit_test(shares),
                                       cmocka_unit_test(decay),
                                       cmocka_unit_test(incomes),
                                       cmocka_unit_test(indices),
                                       cmocka_unit_test(ratings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
