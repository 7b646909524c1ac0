/** @file test_stated.c
 * @brief What targets state, in words.
 */
#include "support/support.h"

#include <math.h>

static stk_target blank(stk_target_kind kind)
{
    return (stk_target){.kind = kind,
                        .reduction_pct = {NAN, NAN},
                        .level_mt = {NAN, NAN},
                        .cut_mt = NAN,
                        .stated_baseline_mt = NAN};
}

static void assert_states(const stk_target *target, const char *words)
{
    char out[STK_STATED_SIZE];
    stk_target_stated(target, out);
    assert_string_equal(out, words);
}

static void percents(void **state)
{
    (void)state;
    stk_target t = blank(STK_TARGET_BASE_YEAR);
    t.reduction_pct[0] = t.reduction_pct[1] = 45;
    t.reference_year = 2005;
    assert_states(&t, "45 % below 2005");
    t.reduction_pct[0] = 61;
    t.reduction_pct[1] = 66;
    assert_states(&t, "61-66 % below 2005");
    t.reduction_pct[0] = t.reduction_pct[1] = -20;
    assert_states(&t, "20 % above 2005");
    t.reduction_pct[1] = 10;
    assert_states(&t, "-20 to 10 % below 2005");
    t = blank(STK_TARGET_INTENSITY);
    t.reduction_pct[0] = t.reduction_pct[1] = 45;
    t.reference_year = 2005;
    t.per_gdp = true;
    assert_states(&t, "45 % per GDP below 2005");
    t.per_gdp = false;
    t.per_capita = true;
    assert_states(&t, "45 % per head below 2005");
    t = blank(STK_TARGET_BASELINE);
    t.reduction_pct[0] = 20;
    t.reference_year = 2030;
    assert_states(&t, "20 % below its baseline");
    t.sector_only = true;
    assert_states(&t, "20 % below its baseline in some sectors");
}

static void levels(void **state)
{
    (void)state;
    stk_target t = blank(STK_TARGET_ABSOLUTE);
    t.level_mt[0] = t.level_mt[1] = 271;
    assert_states(&t, "271 Mt");
    t.level_mt[0] = 420;
    t.level_mt[1] = 350;
    assert_states(&t, "350-420 Mt");
    t.sum_from = 2021;
    t.sum_to = 2030;
    assert_states(&t, "350-420 Mt in 2021 to 2030 together");
    t = blank(STK_TARGET_BASELINE);
    t.cut_mt = 12.5;
    assert_states(&t, "12.5 Mt below its baseline");
    t = blank(STK_TARGET_PEAK);
    assert_states(&t, "a peak");
    t = blank(STK_TARGET_NONE);
    assert_states(&t, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(percents), cmocka_unit_test(levels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
