/** @file test_compose.c
 * @brief The composition of gases: totals are kept, members come back, ends are clamped.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#define PREFIX "AR6 climate diagnostics|Infilled|"
static const char total_name[] = PREFIX "Emissions|Kyoto Gases (AR6-GWP100)";
static const char land_name[] = PREFIX "Emissions|CO2|AFOLU";

/* A small library of three scenarios, harmonised and complete by the shipped method. */
typedef struct library {
    stk_method *method;
    stk_iamc *infilled;
    stk_composer *composer;
} library;

static stk_iamc *read_table(stk_edition *edition, const char *path, const stk_method *method)
{
    stk_text content;
    stk_iamc *table = NULL;
    stk_iamc_filter filter = {.wanted = stk_method_wants, .user = (void *)method};
    assert_int_equal(stk_edition_read(edition, path, &content, NULL), STK_OK);
    assert_int_equal(stk_iamc_read(path, content, &filter, &table, NULL), STK_OK);
    return table;
}

static void open_library(const test_warming *t, library *l)
{
    stk_text content;
    stk_scenario_library *database = NULL;
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_edition *edition = t->data.edition;
    assert_int_equal(stk_edition_read(edition, "methods/recent.yaml", &content, NULL), STK_OK);
    assert_int_equal(stk_method_read("recent", content, &l->method, NULL), STK_OK);
    stk_iamc *reported = read_table(edition, stk_method_library(l->method), l->method);
    stk_iamc *past = read_table(edition, stk_method_history(l->method), l->method);
    assert_int_equal(stk_scenario_check(l->method, reported, NULL, &checked, NULL), STK_OK);
    assert_int_equal(stk_scenario_harmonise(l->method, checked, past, NULL, &harmonised, NULL),
                     STK_OK);
    assert_int_equal(stk_scenario_library_new(l->method, reported, NULL, NULL, &database, NULL),
                     STK_OK);
    assert_int_equal(
        stk_scenario_infill(l->method, harmonised, database, 0, NULL, &l->infilled, NULL), STK_OK);
    assert_int_equal(stk_composer_new(l->method, l->infilled, &l->composer, NULL), STK_OK);
    stk_scenario_library_free(database);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
    stk_iamc_free(past);
    stk_iamc_free(reported);
}

static void close_library(library *l)
{
    stk_composer_free(l->composer);
    stk_iamc_free(l->infilled);
    stk_method_free(l->method);
}

static void test_totals_are_kept(void **state)
{
    const test_warming *t = *state;
    double kyoto[TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    stk_iamc *table = NULL;
    test_basket(t, kyoto, land);
    stk_basket basket = {kyoto, land};
    assert_int_equal(stk_warming_compose(t->model, &basket, &table, NULL, NULL), STK_OK);
    const stk_iamc_row *total = stk_iamc_find(table, "stocktake", "0", total_name);
    const stk_iamc_row *afolu = stk_iamc_find(table, "stocktake", "0", land_name);
    assert_non_null(total);
    assert_non_null(afolu);
    for (size_t i = 0; i < stk_warming_year_count(t->model); i++) {
        assert_true(fabs(total->values[i] / kyoto[i] - 1) < 1e-9);
        assert_true(afolu->values[i] == land[i]);
    }
    stk_iamc_free(table);
}

/* Where two members have the same total the first one counts, so a member is compared in the years
 * in which it is alone. */
static void compare_member(const library *l, const stk_iamc_scenario *item,
                           const stk_iamc_scenarios *all, const stk_iamc *composed)
{
    const stk_iamc_row *total = stk_iamc_find(l->infilled, item->model, item->scenario, total_name);
    size_t compared = 0;
    for (int i = 0; i < l->infilled->year_count; i++) {
        bool alone = true;
        for (size_t s = 0; s < all->count; s++) {
            const stk_iamc_row *other =
                stk_iamc_find(l->infilled, all->items[s].model, all->items[s].scenario, total_name);
            alone =
                alone && (other == total || fabs(other->values[i] - total->values[i]) > 1e-6 * 5e4);
        }
        for (size_t r = 0; alone && r < item->row_count; r++) {
            const stk_iamc_row *row = &l->infilled->rows[item->rows[r]];
            const stk_iamc_row *made =
                stk_iamc_find(composed, "test", item->scenario, row->variable);
            if (made == NULL) { /* harmonised rows */
                continue;
            }
            double apart = fabs(made->values[i] - row->values[i]);
            if (apart > 1e-9 * fabs(row->values[i]) + 1e-6) {
                fail_msg("%s %s in %d: %.17g, not %.17g", item->scenario, row->variable,
                         l->infilled->first_year + i, made->values[i], row->values[i]);
            }
            compared++;
        }
    }
    assert_true(compared > 1000);
}

static void test_member_returns_itself(void **state)
{
    library l;
    stk_iamc_scenarios scenarios;
    open_library(*state, &l);
    assert_int_equal(stk_iamc_group(l.infilled, &scenarios, NULL), STK_OK);
    assert_true(scenarios.count >= 8);
    stk_iamc *composed = stk_iamc_new("", stk_method_base_year(l.method), 2100);
    for (size_t s = 0; s < scenarios.count; s++) {
        const stk_iamc_scenario *item = &scenarios.items[s];
        stk_basket basket = {
            stk_iamc_find(l.infilled, item->model, item->scenario, total_name)->values,
            stk_iamc_find(l.infilled, item->model, item->scenario, land_name)->values};
        stk_composition composition;
        assert_int_equal(
            stk_compose(l.composer, &basket, "test", item->scenario, composed, &composition, NULL),
            STK_OK);
        assert_true(fabs(composition.offset_mt) < 1e-6);
        compare_member(&l, item, &scenarios, composed);
    }
    stk_iamc_free(composed);
    stk_iamc_scenarios_free(&scenarios);
    close_library(&l);
}

static void test_outside_is_clamped_and_told(void **state)
{
    const test_warming *t = *state;
    double kyoto[TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    stk_composition composition;
    stk_iamc *table = NULL;
    test_basket(t, kyoto, land);
    size_t last = stk_warming_year_count(t->model) - 1;
    kyoto[last] = 1e6;
    kyoto[last - 1] = -1e6;
    stk_basket basket = {kyoto, land};
    assert_int_equal(stk_warming_compose(t->model, &basket, &table, &composition, NULL), STK_OK);
    assert_int_equal(composition.above_first, 2100);
    assert_int_equal(composition.above_count, 1);
    assert_int_equal(composition.below_first, 2099);
    assert_int_equal(composition.below_last, 2099);
    const stk_iamc_row *total = stk_iamc_find(table, "stocktake", "0", total_name);
    assert_true(fabs(total->values[last] / 1e6 - 1) < 1e-9);
    assert_true(fabs(total->values[last - 1] / -1e6 - 1) < 1e-9);
    stk_iamc_free(table);
}

/* Totals of the library in a year, smallest first. */
static size_t totals_of(const library *l, int year, double *sorted)
{
    size_t count = 0;
    for (size_t r = 0; r < l->infilled->row_count; r++) {
        const stk_iamc_row *row = &l->infilled->rows[r];
        if (strcmp(row->variable, total_name) == 0) {
            size_t at = count++;
            double value = stk_iamc_value(l->infilled, row, year);
            for (; at > 0 && sorted[at - 1] > value; at--) {
                sorted[at] = sorted[at - 1];
            }
            sorted[at] = value;
        }
    }
    return count;
}

/* From the year on the total keeps its rank, between ranks its share; outside its distance. */
static void test_places_are_kept(void **state)
{
    enum { FROM = 2050 };
    const test_warming *t = *state;
    library l;
    double kyoto[TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    double before[TEST_YEARS_MAX];
    double sorted[32];
    open_library(t, &l);
    int first = stk_method_base_year(l.method);
    int last = stk_method_last_year(l.method);
    size_t count = totals_of(&l, first, sorted);
    assert_true(count > 2 && count <= 32);
    for (size_t rank = 0; rank <= count; rank++) { /* between rank - 1 and rank */
        for (int year = first; year <= FROM; year++) {
            totals_of(&l, year, sorted);
            kyoto[year - first] = rank == 0       ? sorted[0] - 1000
                                  : rank == count ? sorted[count - 1] + 2500
                                                  : 0.25 * sorted[rank - 1] + 0.75 * sorted[rank];
            kyoto[year - first] -= year == first ? (rank == 0       ? -1000
                                                    : rank == count ? 2500
                                                                    : 0)
                                                 : 0;
            land[year - first] = 0;
        }
        memcpy(before, kyoto, sizeof before);
        assert_int_equal(stk_composer_keep_place(l.composer, FROM, kyoto, land, NULL), STK_OK);
        assert_memory_equal(kyoto, before, (size_t)(FROM - first + 1) * sizeof *kyoto);
        for (int year = FROM + 1; year <= last; year++) {
            totals_of(&l, year, sorted);
            double expected = rank == 0       ? sorted[0] - 1000
                              : rank == count ? sorted[count - 1] + 2500
                                              : 0.25 * sorted[rank - 1] + 0.75 * sorted[rank];
            assert_true(fabs(kyoto[year - first] - expected) < 1e-9 * fabs(expected) + 1e-6);
        }
    }
    close_library(&l);
}

static void test_missing_value_is_named(void **state)
{
    const test_warming *t = *state;
    double kyoto[TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    stk_iamc *table = NULL;
    stk_error error = {0};
    test_basket(t, kyoto, land);
    kyoto[2050 - stk_warming_first_year(t->model)] = NAN;
    stk_basket basket = {kyoto, land};
    assert_int_equal(stk_warming_compose(t->model, &basket, &table, NULL, &error), STK_EDATA);
    assert_non_null(strstr(error.message, "2050"));
    assert_null(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_are_kept), cmocka_unit_test(test_member_returns_itself),
        cmocka_unit_test(test_outside_is_clamped_and_told), cmocka_unit_test(test_places_are_kept),
        cmocka_unit_test(test_missing_value_is_named)};
    return cmocka_run_group_tests(tests, test_open, test_close);
}
