/** @file test_keep.c
 * @brief An ensemble that stays says of every pathway what a run of its own says, bit for bit.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

static void assert_same(const stk_outlook *a, const stk_outlook *b)
{
    assert_memory_equal(a->peak_k, b->peak_k, sizeof a->peak_k);
    assert_memory_equal(a->peak_year, b->peak_year, sizeof a->peak_year);
    assert_memory_equal(a->last_k, b->last_k, sizeof a->last_k);
    assert_memory_equal(a->p_exceed, b->p_exceed, sizeof a->p_exceed);
    assert_memory_equal(a->p_exceed_last, b->p_exceed_last, sizeof a->p_exceed_last);
    assert_memory_equal(a->crossing_year, b->crossing_year, sizeof a->crossing_year);
    assert_memory_equal(a->budgets_gtco2, b->budgets_gtco2, sizeof a->budgets_gtco2);
    assert_memory_equal(a->annual_k, b->annual_k, sizeof a->annual_k);
    assert_memory_equal(a->annual_exceed, b->annual_exceed, sizeof a->annual_exceed);
    assert_string_equal(a->category, b->category);
    assert_true(a->cumulative_co2_gt == b->cumulative_co2_gt);
}

/* A cut that grows from a year on; of year 0 none. */
static void bend(const test_warming *t, double *kyoto_mt, double *land_mt, int from, double share)
{
    int first = stk_warming_first_year(t->model);
    test_basket(t, kyoto_mt, land_mt);
    for (size_t i = 0; i < stk_warming_year_count(t->model); i++) {
        int year = first + (int)i;
        kyoto_mt[i] *= from != 0 && year > from ? 1.0 - share * (year - from) / 80.0 : 1.0;
    }
}

static void every_pathway_is_as_in_a_run_of_its_own(void **state)
{
    const test_warming *t = *state;
    static const struct {
        int from;
        double share;
    } cuts[] = {{0, 0},       {2030, 0.5}, {2030, 0.6}, {2040, -0.2},
                {2023, 0.55}, {2090, 0.3}, {0, 0},      {2030, 0.5}};
    for (int threads = 1; threads <= 3; threads += 2) {
        stk_warming_keep *keep;
        stk_error error = {0};
        assert_int_equal(stk_warming_keep_open(t->model, threads, &keep, &error), STK_OK);
        for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
            double kyoto[TEST_YEARS_MAX];
            double land[TEST_YEARS_MAX];
            static stk_outlook kept;
            static stk_outlook own;
            stk_basket basket = {kyoto, land};
            bend(t, kyoto, land, cuts[i].from, cuts[i].share);
            if (stk_warming_run_kept(keep, &basket, &kept, &error) != STK_OK ||
                stk_warming_run(t->model, &basket, 1, 1, &own, &error) != STK_OK) {
                fail_msg("%s", error.message);
            }
            assert_same(&kept, &own);
        }
        stk_warming_keep_close(keep);
    }
}

/* What is refused leaves the ensemble as good as before. */
static void a_refusal_changes_nothing(void **state)
{
    const test_warming *t = *state;
    double kyoto[TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    static stk_outlook first;
    static stk_outlook again;
    stk_basket basket = {kyoto, land};
    stk_warming_keep *keep;
    stk_error error = {0};
    assert_int_equal(stk_warming_keep_open(t->model, 1, &keep, &error), STK_OK);
    bend(t, kyoto, land, 0, 0);
    assert_int_equal(stk_warming_run_kept(keep, &basket, &first, &error), STK_OK);
    kyoto[40] = NAN;
    assert_int_not_equal(stk_warming_run_kept(keep, &basket, &again, &error), STK_OK);
    assert_true(error.message[0] != '\0');
    bend(t, kyoto, land, 0, 0);
    assert_int_equal(stk_warming_run_kept(keep, &basket, &again, &error), STK_OK);
    assert_same(&first, &again);
    stk_warming_keep_close(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_pathway_is_as_in_a_run_of_its_own),
                                       cmocka_unit_test(a_refusal_changes_nothing)};
    return cmocka_run_group_tests(tests, test_open, test_close);
}
