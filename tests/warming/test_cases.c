/** @file test_cases.c
 * @brief The cases: order, what does not depend on what, threads, monotony.
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

static void run_cases(const test_warming *t, int threads, bool short_run, stk_warming_case *cases,
                      size_t *count)
{
    stk_error error = {0};
    stk_warming_request request = {.options = t->options,
                                   .beyond = STK_EXTEND_CONSTANT_RATE,
                                   .net_zero = STK_NET_ZERO_POLICY,
                                   .one_per_kind = short_run,
                                   .threads = threads};
    if (stk_warming_cases(&t->data, t->model, &request, cases, count, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
}

static void test_threads_do_not_matter(void **state)
{
    static stk_warming_case one[STK_WARMING_CASES];
    static stk_warming_case three[STK_WARMING_CASES];
    size_t count;
    run_cases(*state, 1, false, one, &count);
    assert_int_equal(count, STK_WARMING_CASES);
    run_cases(*state, 3, false, three, &count);
    assert_int_equal(count, STK_WARMING_CASES);
    for (size_t i = 0; i < count; i++) {
        assert_memory_equal(one[i].outlook.peak_k, three[i].outlook.peak_k,
                            sizeof one[i].outlook.peak_k);
        assert_memory_equal(one[i].outlook.last_k, three[i].outlook.last_k,
                            sizeof one[i].outlook.last_k);
        assert_memory_equal(one[i].outlook.p_exceed, three[i].outlook.p_exceed,
                            sizeof one[i].outlook.p_exceed);
        assert_string_equal(one[i].outlook.category, three[i].outlook.category);
    }
}

static void test_cases_are_in_order(void **state)
{
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t count;
    run_cases(*state, 0, false, cases, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_outlook *o = &cases[i].outlook;
        const stk_outlook *trend = &cases[0].outlook;
        assert_int_equal(cases[i].kind, i / 8);
        assert_int_equal(cases[i].hot_air_capped, i / 4 % 2);
        assert_int_equal(cases[i].condition, i / 2 % 2);
        assert_int_equal(cases[i].ambition, i % 2);
        for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
            assert_true(o->peak_k[p] >= o->last_k[p] - 1e-12);
            assert_true(p == 0 || o->last_k[p] >= o->last_k[p - 1]);
            assert_true(i >= 8 || o->last_k[p] == trend->last_k[p]);
        }
        assert_true(o->p_exceed[0] >= o->p_exceed[1] && o->p_exceed[1] >= o->p_exceed[2] &&
                    o->p_exceed[2] >= o->p_exceed[3]);
        for (int k = 0; k < STK_WARMING_THRESHOLDS; k++) {
            assert_true(o->p_exceed_last[k] <= o->p_exceed[k]);
            for (int p = 1; p < STK_WARMING_PERCENTILES; p++) { /* the warmer cross earlier */
                int later = o->crossing_year[k][p - 1];
                int sooner = o->crossing_year[k][p];
                assert_true(later == 0 || (sooner != 0 && sooner <= later));
            }
        }
        /* half of the members are above where the median is */
        int crossing = o->crossing_year[0][STK_WARMING_MEDIAN];
        assert_true(crossing > 2023 && crossing < 2045);
        assert_true(o->annual_k[STK_WARMING_MEDIAN][crossing - STK_OUTLOOK_FIRST] > 1.5);
        assert_true(o->annual_k[STK_WARMING_MEDIAN][crossing - 1 - STK_OUTLOOK_FIRST] <= 1.5);
        /* budgets are what the pathway emits until then: less for surer and for colder */
        assert_true(o->budgets_gtco2[0][2] < o->budgets_gtco2[0][0]);
        assert_true(isnan(o->budgets_gtco2[1][0]) ||
                    o->budgets_gtco2[0][0] < o->budgets_gtco2[1][0]);
        assert_true(o->budgets_gtco2[0][0] > 100 && o->budgets_gtco2[0][0] < 1500);
        assert_true(o->category[0] == 'C');
    }
}

static void test_short_run_is_part_of_the_long(void **state)
{
    static stk_warming_case all[STK_WARMING_CASES];
    static stk_warming_case some[STK_WARMING_CASES];
    size_t count;
    run_cases(*state, 0, false, all, &count);
    run_cases(*state, 0, true, some, &count);
    assert_int_equal(count, STK_CASES);
    for (size_t k = 0; k < count; k++) {
        size_t same = 8 * k + (k == STK_CASE_OPTIMISTIC ? 3 : 0);
        assert_int_equal(some[k].kind, k);
        assert_memory_equal(some[k].outlook.last_k, all[same].outlook.last_k,
                            sizeof all[same].outlook.last_k);
    }
    for (size_t k = 1; k < count; k++) {
        assert_true(some[k].outlook.last_k[STK_WARMING_MEDIAN] <=
                    some[k - 1].outlook.last_k[STK_WARMING_MEDIAN]);
    }
}

/* Worlds that lie below one another are never warmer at the median. */
static void test_lower_is_not_warmer(void **state)
{
    enum { WORLDS = 24 };
    const test_warming *t = *state;
    static double kyoto[WORLDS][TEST_YEARS_MAX];
    double land[TEST_YEARS_MAX];
    stk_basket baskets[WORLDS];
    stk_outlook outlooks[WORLDS];
    size_t years = stk_warming_year_count(t->model);
    test_basket(t, kyoto[0], land);
    double base = kyoto[0][0];
    for (size_t w = 0; w < WORLDS; w++) {
        double end = base * (2.2 - 0.1 * (double)w); /* straight to 120 or down to -5 Gt */
        for (size_t i = 0; i < years; i++) {
            kyoto[w][i] = base + (end - base) * (double)i / (double)(years - 1);
        }
        baskets[w] = (stk_basket){kyoto[w], land};
    }
    assert_int_equal(stk_warming_run(t->model, baskets, WORLDS, 0, outlooks, NULL), STK_OK);
    for (size_t w = 1; w < WORLDS; w++) {
        if (outlooks[w].last_k[STK_WARMING_MEDIAN] > outlooks[w - 1].last_k[STK_WARMING_MEDIAN] ||
            outlooks[w].peak_k[STK_WARMING_MEDIAN] > outlooks[w - 1].peak_k[STK_WARMING_MEDIAN]) {
            fail_msg("world %zu is %.4f K, the one above it %.4f K", w,
                     outlooks[w].last_k[STK_WARMING_MEDIAN],
                     outlooks[w - 1].last_k[STK_WARMING_MEDIAN]);
        }
    }
}

static void test_equal_pathways_are_equal(void **state)
{
    const test_warming *t = *state;
    double kyoto[2][TEST_YEARS_MAX];
    double land[2][TEST_YEARS_MAX];
    stk_outlook outlooks[3];
    test_basket(t, kyoto[0], land[0]);
    memcpy(kyoto[1], kyoto[0], sizeof kyoto[0]);
    memcpy(land[1], land[0], sizeof land[0]);
    kyoto[1][10] -= 1000;
    const stk_basket baskets[] = {{kyoto[0], land[0]}, {kyoto[1], land[1]}, {kyoto[0], land[0]}};
    assert_int_equal(stk_warming_run(t->model, baskets, 3, 2, outlooks, NULL), STK_OK);
    assert_memory_equal(outlooks[0].last_k, outlooks[2].last_k, sizeof outlooks[0].last_k);
    assert_true(outlooks[1].cumulative_co2_gt < outlooks[0].cumulative_co2_gt);
    assert_int_equal(stk_warming_run(t->model, baskets, 0, 2, outlooks, NULL), STK_OK);
}

static void test_refuses_what_cannot_be(void **state)
{
    const test_warming *t = *state;
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t count;
    stk_error error = {0};
    stk_warming_request request = {.options = t->options, .beyond = STK_EXTEND_NET_ZERO};
    assert_int_equal(stk_warming_cases(&t->data, t->model, &request, cases, &count, &error),
                     STK_EARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases_are_in_order),
                                       cmocka_unit_test(test_threads_do_not_matter),
                                       cmocka_unit_test(test_short_run_is_part_of_the_long),
                                       cmocka_unit_test(test_lower_is_not_warmer),
                                       cmocka_unit_test(test_equal_pathways_are_equal),
                                       cmocka_unit_test(test_refuses_what_cannot_be)};
    return cmocka_run_group_tests(tests, test_open, test_close);
}
