/** @file test_factorial.c
 * @brief Effects of assumptions: on made-up outcomes whose effects are known, and on the real
 * worlds against the cases of the warming.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stocktake/factorial.h>

#include "assess/assess_impl.h"
#include "support.h"

static void combinations_are_numbered(void **state)
{
    (void)state;
    size_t count = 1;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        count *= (size_t)stk_assumption_choices((stk_assumption)a);
        for (int c = 0; c < stk_assumption_choices((stk_assumption)a); c++) {
            assert_true(strlen(stk_choice_name((stk_assumption)a, c)) > 1);
        }
    }
    assert_int_equal(combination_count(), count);
    for (size_t i = 0; i < count; i++) {
        stk_combination c = combination_at(i);
        assert_int_equal(combination_index(&c), i);
    }
}

/* Options to combination and back. */
static void options_come_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < combination_count(); i++) {
        stk_combination c = combination_at(i);
        stk_options options = combination_options(&c, 20210501, 3);
        stk_combination back = stk_combination_of(&options);
        c.choice[STK_ASSUME_CONDITION] = 0; /* these are not of the options */
        c.choice[STK_ASSUME_AMBITION] = 0;
        assert_memory_equal(&back, &c, sizeof c);
        assert_int_equal(options.as_of.date, 20210501);
        assert_int_equal(options.gwp, 3);
    }
    stk_options plain = {.extension = STK_EXTEND_BASELINE_RATIO, .net_zero = STK_NET_ZERO_LAW};
    stk_combination c = stk_combination_of(&plain); /* no net zero counts then */
    assert_string_equal(stk_choice_name(STK_ASSUME_NET_ZERO, c.choice[STK_ASSUME_NET_ZERO]),
                        "none");
    assert_string_equal(stk_choice_name(STK_ASSUME_BEYOND, c.choice[STK_ASSUME_BEYOND]),
                        "baseline_ratio");
}

static stk_factorial *made_up(double (*outcome)(const stk_combination *))
{
    stk_factorial *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->complete = true;
    f->count = combination_count();
    f->cases = calloc(f->count, sizeof *f->cases);
    assert_non_null(f->cases);
    for (size_t i = 0; i < f->count; i++) {
        f->cases[i].combination = combination_at(i);
        f->cases[i].world_gt = outcome(&f->cases[i].combination);
        f->cases[i].warming_2100_k[STK_WARMING_MEDIAN] = outcome(&f->cases[i].combination);
    }
    f->reference.choice[STK_ASSUME_NET_ZERO] = 2;
    factorial_find_effects(f);
    return f;
}

static double added(const stk_combination *c)
{
    return 2 + 0.3 * c->choice[STK_ASSUME_HOT_AIR] - 0.1 * c->choice[STK_ASSUME_NET_ZERO];
}

static double multiplied(const stk_combination *c)
{
    return (c->choice[STK_ASSUME_HOT_AIR] == 1 ? 1 : -1) *
           (c->choice[STK_ASSUME_SINKS] == 1 ? 1.0 : -1.0);
}

/* Without interactions every kind of effect is the same, and shares are those of the variances. */
static void added_effects_are_found(void **state)
{
    (void)state;
    size_t count;
    stk_factorial *f = made_up(added);
    const stk_effect *effects = stk_factorial_effects(f, &count);
    double shares = 0;
    for (size_t i = 0; i < count; i++) {
        const stk_effect *e = &effects[i];
        double expected = e->assumption == STK_ASSUME_HOT_AIR    ? 0.3 * e->choice
                          : e->assumption == STK_ASSUME_NET_ZERO ? -0.1 * (e->choice - 2)
                                                                 : 0;
        const double found[] = {e->alone_k, e->mean_k,   e->least_k,
                                e->most_k,  e->alone_gt, e->mean_gt};
        for (size_t k = 0; k < 6; k++) {
            assert_true(fabs(found[k] - expected) < 1e-12);
        }
        assert_int_equal(e->reference, e->choice == (e->assumption == STK_ASSUME_NET_ZERO ? 2 : 0));
    }
    /* variances of the two: 0.3^2/4 and 0.1^2 (5^2 - 1)/12 */
    double hot_air = 0.0225 / (0.0225 + 0.02);
    assert_true(fabs(stk_factorial_share(f, STK_ASSUME_HOT_AIR) - hot_air) < 1e-12);
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        shares += stk_factorial_share(f, (stk_assumption)a);
    }
    assert_true(fabs(shares - 1) < 1e-12);
    stk_factorial_free(f);
}

/* What is all interaction explains nothing by single assumptions. */
static void interactions_are_left_over(void **state)
{
    (void)state;
    size_t count;
    stk_factorial *f = made_up(multiplied);
    const stk_effect *effects = stk_factorial_effects(f, &count);
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        assert_true(fabs(stk_factorial_share(f, (stk_assumption)a)) < 1e-12);
    }
    for (size_t i = 0; i < count; i++) {
        if (effects[i].assumption == STK_ASSUME_SINKS && effects[i].choice == 1) {
            assert_true(effects[i].alone_k == -2 && effects[i].least_k == -2);
            assert_true(effects[i].most_k == 2 && fabs(effects[i].mean_k) < 1e-12);
        }
    }
    stk_factorial_free(f);
}

/* The real worlds, one choice at a time: each outcome is that of the warming's own cases. */
static void real_worlds_agree_with_the_cases(void **state)
{
    const test_warming *t = *state;
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t case_count;
    size_t count;
    stk_error error = {0};
    stk_factorial *f = NULL;
    stk_factorial_request request = {.as_of = t->options.as_of.date,
                                     .year = 2030,
                                     .reference = stk_combination_of(&t->options),
                                     .threads = 2};
    stk_warming_request warming = {
        .options = t->options, .beyond = STK_EXTEND_CONSTANT_RATE, .net_zero = STK_NET_ZERO_POLICY};
    assert_int_equal(stk_factorial_run(&t->data, t->model, &request, &f, &error), STK_OK);
    assert_int_equal(stk_warming_cases(&t->data, t->model, &warming, cases, &case_count, &error),
                     STK_OK);
    const stk_warming_case *pledges = &cases[8 * STK_CASE_PLEDGES_AND_TARGETS];
    const stk_factorial_case *found = stk_factorial_cases(f, &count);
    assert_int_equal(count, 18);
    assert_ptr_equal(stk_factorial_reference(f), &found[0]);
    static const struct {
        int assumption;
        size_t place; /* among the eight cases of a kind */
    } same[] = {
        {-1, 0}, {STK_ASSUME_AMBITION, 1}, {STK_ASSUME_CONDITION, 2}, {STK_ASSUME_HOT_AIR, 4}};
    for (size_t i = 0; i < 4; i++) {
        stk_combination wanted = request.reference;
        if (same[i].assumption >= 0) {
            wanted.choice[same[i].assumption] = 1;
        }
        size_t at = 0;
        while (combination_index(&found[at].combination) != combination_index(&wanted)) {
            at++;
        }
        assert_memory_equal(found[at].warming_2100_k, pledges[same[i].place].outlook.last_k,
                            sizeof found[at].warming_2100_k);
    }
    double world = stk_world_level_mt(t->world, STK_UNCONDITIONAL, STK_LOW, true, 2030) / 1000;
    assert_true(found[0].world_gt == world);
    const stk_effect *effects = stk_factorial_effects(f, &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(!effects[i].reference || effects[i].alone_k == 0);
        assert_true(isnan(effects[i].mean_k));
    }
    assert_true(isnan(stk_factorial_share(f, STK_ASSUME_BEYOND)));
    stk_factorial_free(f);
    request.year = 1999;
    assert_int_equal(stk_factorial_run(&t->data, t->model, &request, &f, &error), STK_EARG);
    assert_null(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(combinations_are_numbered), cmocka_unit_test(options_come_back),
        cmocka_unit_test(added_effects_are_found), cmocka_unit_test(interactions_are_left_over),
        cmocka_unit_test(real_worlds_agree_with_the_cases)};
    return cmocka_run_group_tests(tests, test_open, test_close);
}
