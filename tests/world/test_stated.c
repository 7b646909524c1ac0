/** @file test_stated.c
 * @brief The ways from a stated number to a level without LULUCF, the ratio of inventories, the
 * guard: each rule alone.
 */
#include "support/support.h"

#include <math.h>

static stk_stated blank(bool net, double level_mt)
{
    return (stk_stated){.net = net,
                        .level_mt = level_mt,
                        .baseline_mt = NAN,
                        .baseline_excl_mt = NAN,
                        .projected_land_mt = NAN,
                        .baseline_land_mt = NAN,
                        .land_cut_mt = NAN,
                        .inventory_land_mt = NAN,
                        .record_land_mt = NAN,
                        .emissions_mt = NAN,
                        .reduction_pct = NAN,
                        .source = STK_LULUCF_SOURCE_FIRST};
}

/* The level by a way is `excl`, with `land` beside it (NaN: not known). */
static void assert_level(const stk_stated *stated, stk_way way, double excl, double land)
{
    stk_own_level level;
    assert_true(stk_stated_level(stated, way, &level));
    assert_close(level.excl_mt, excl, 1e-12);
    if (isnan(land)) {
        assert_nan(level.land_mt);
    } else {
        assert_true(fabs(level.land_mt - land) < 1e-9);
    }
}

static void assert_no_level(const stk_stated *stated, stk_way way)
{
    stk_own_level level;
    assert_false(stk_stated_level(stated, way, &level));
}

static void without_land_use_is_as_stated(void **state)
{
    (void)state;
    stk_stated s = blank(false, 80);
    assert_level(&s, STK_WAY_STATED, 80, NAN);
    s.inventory_land_mt = s.record_land_mt = s.projected_land_mt = -30; /* none of it counts */
    s.baseline_mt = 100;
    s.baseline_land_mt = -30;
    assert_level(&s, STK_WAY_STATED, 80, NAN);
    assert_no_level(&s, STK_WAY_PROJECTED);
    assert_no_level(&s, STK_WAY_BASELINE);
    assert_no_level(&s, STK_WAY_INVENTORY);
    assert_no_level(&s, STK_WAY_RECORD);
    s.net = true;
    assert_no_level(&s, STK_WAY_STATED);
    s = blank(false, NAN);
    assert_no_level(&s, STK_WAY_STATED);
    assert_no_level(&s, STK_WAY_NONE);
    assert_no_level(&s, STK_WAY_PER_CENT);
}

static void projected_land_use_comes_off(void **state)
{
    (void)state;
    stk_stated s = blank(true, 80);
    assert_no_level(&s, STK_WAY_PROJECTED);
    s.projected_land_mt = -30;
    assert_level(&s, STK_WAY_PROJECTED, 110, -30);
    s.projected_land_mt = 25; /* a projected source too, whatever the rule for sources */
    for (int rule = STK_LULUCF_SOURCE_FIRST; rule <= STK_LULUCF_SOURCE_PROPORTIONAL; rule++) {
        s.source = (stk_lulucf_source)rule;
        assert_level(&s, STK_WAY_PROJECTED, 55, 25);
    }
    /* land use without the target: the document's baseline, else the inventory */
    stk_own_level level;
    s.inventory_land_mt = 40;
    stk_stated_level(&s, STK_WAY_PROJECTED, &level);
    assert_close(level.land_baseline_mt, 40, 1e-12);
    s.baseline_land_mt = 50;
    stk_stated_level(&s, STK_WAY_PROJECTED, &level);
    assert_close(level.land_baseline_mt, 50, 1e-12);
    s.level_mt = NAN;
    assert_no_level(&s, STK_WAY_PROJECTED);
}

static void sinks_of_a_baseline_are_held(void **state)
{
    (void)state;
    stk_stated s = blank(true, 60);
    s.baseline_mt = 100;
    assert_no_level(&s, STK_WAY_BASELINE); /* its land use is not known */
    s.baseline_land_mt = -20;
    for (int rule = STK_LULUCF_SOURCE_FIRST; rule <= STK_LULUCF_SOURCE_PROPORTIONAL; rule++) {
        s.source = (stk_lulucf_source)rule;
        assert_level(&s, STK_WAY_BASELINE, 80, -20);
    }
    s.baseline_land_mt = NAN;
    s.baseline_excl_mt = 120; /* the same by the other total */
    assert_level(&s, STK_WAY_BASELINE, 80, -20);
    s.level_mt = NAN;
    assert_no_level(&s, STK_WAY_BASELINE);
}

static void sources_of_a_baseline_go_as_the_rule_says(void **state)
{
    (void)state;
    stk_stated s = blank(true, 80);
    s.baseline_mt = 120;
    s.baseline_excl_mt = 90;
    s.baseline_land_mt = 30;
    /* first: 80 Mt are left, all of them below the 90 Mt that are not land use */
    assert_level(&s, STK_WAY_BASELINE, 80, 0);
    s.level_mt = 110; /* the cut of 10 falls on land use alone */
    assert_level(&s, STK_WAY_BASELINE, 90, 20);
    s.source = STK_LULUCF_SOURCE_HOLD;
    assert_level(&s, STK_WAY_BASELINE, 80, 30);
    s.source = STK_LULUCF_SOURCE_PROPORTIONAL;
    assert_level(&s, STK_WAY_BASELINE, 82.5, 27.5);
    /* held apart, for what land use alone does */
    stk_own_level level;
    s.source = STK_LULUCF_SOURCE_FIRST;
    stk_stated_level(&s, STK_WAY_BASELINE, &level);
    assert_close(level.hold_excl_mt, 80, 1e-12);
    assert_close(level.land_baseline_mt, 30, 1e-12);
}

static void a_source_never_grows(void **state)
{
    (void)state;
    stk_stated s = blank(true, 150);
    s.emissions_mt = 100;
    s.inventory_land_mt = 20; /* 150 net is more than 100 + 20 */
    assert_level(&s, STK_WAY_INVENTORY, 130, 20);
    s.source = STK_LULUCF_SOURCE_HOLD;
    assert_level(&s, STK_WAY_INVENTORY, 130, 20);
    s.source = STK_LULUCF_SOURCE_FIRST;
    for (double net = 1; net < 300; net += 1) {
        stk_own_level level;
        s.level_mt = net;
        assert_true(stk_stated_level(&s, STK_WAY_INVENTORY, &level));
        assert_true(level.land_mt <= 20 + 1e-9 && level.land_mt >= -1e-9);
        assert_close(level.excl_mt + level.land_mt, net, 1e-12);
    }
}

static void the_cut_of_land_use_is_left_out(void **state)
{
    (void)state;
    stk_stated s = blank(true, 60);
    s.baseline_mt = 100;
    s.baseline_land_mt = 40;
    s.land_cut_mt = 25; /* of the 40 cut: 15 are left for what is not land use */
    assert_level(&s, STK_WAY_BASELINE, 45, 15);
    /* a baseline whose parts are not known: the modelled one, less the same 15 */
    s.baseline_land_mt = NAN;
    s.emissions_mt = 70;
    s.inventory_land_mt = 35;
    assert_level(&s, STK_WAY_BASELINE, 55, 10);
    s.inventory_land_mt = NAN;
    assert_level(&s, STK_WAY_BASELINE, 55, NAN);
    s.emissions_mt = NAN;
    assert_no_level(&s, STK_WAY_BASELINE);
    s.emissions_mt = 70;
    s.level_mt = NAN;
    assert_no_level(&s, STK_WAY_BASELINE);
}

static void inventory_and_record(void **state)
{
    (void)state;
    stk_stated s = blank(true, 80);
    s.emissions_mt = 100;
    assert_no_level(&s, STK_WAY_INVENTORY);
    assert_no_level(&s, STK_WAY_RECORD);
    s.inventory_land_mt = -15;
    assert_level(&s, STK_WAY_INVENTORY, 95, -15);
    assert_no_level(&s, STK_WAY_RECORD);
    s.record_land_mt = -5;
    assert_level(&s, STK_WAY_RECORD, 85, -5);
    s.record_land_mt = 50;
    assert_level(&s, STK_WAY_RECORD, 80, 0);
    s.level_mt = 120; /* 100 stay, 20 of the 50 are left */
    assert_level(&s, STK_WAY_RECORD, 100, 20);
    s.source = STK_LULUCF_SOURCE_HOLD;
    assert_level(&s, STK_WAY_RECORD, 70, 50);
    s.source = STK_LULUCF_SOURCE_PROPORTIONAL;
    assert_level(&s, STK_WAY_RECORD, 80, 40);
    s.source = STK_LULUCF_SOURCE_FIRST;
    s.level_mt = -10; /* below zero nothing is shared out: the guard has the word */
    assert_level(&s, STK_WAY_RECORD, -60, 50);
    s.level_mt = NAN;
    assert_no_level(&s, STK_WAY_RECORD);
}

static void per_cent(void **state)
{
    (void)state;
    stk_stated s = blank(true, 60);
    assert_nan(stk_stated_reduction_pct(&s));
    s.baseline_mt = 80;
    assert_close(stk_stated_reduction_pct(&s), 25, 1e-12);
    s.reduction_pct = 30; /* what is stated goes before what follows */
    assert_close(stk_stated_reduction_pct(&s), 30, 1e-12);
    s.reduction_pct = NAN;
    s.baseline_mt = -80;
    assert_nan(stk_stated_reduction_pct(&s));
}

static void assert_ratio(double composite, double own, double factor, bool outside)
{
    stk_ratio ratio = stk_inventory_ratio(composite, own);
    assert_close(ratio.factor, factor, 1e-12);
    assert_int_equal(ratio.outside, outside);
}

static void ratios(void **state)
{
    (void)state;
    assert_ratio(100, 100, 1, false);
    assert_ratio(104.9999, 100, 1, false);
    assert_ratio(95.0001, 100, 1, false);
    assert_ratio(105.0001, 100, 1.050001, false);
    assert_ratio(94.9999, 100, 0.949999, false);
    assert_ratio(50, 100, 0.5, false);
    assert_ratio(200, 100, 2, false);
    assert_ratio(49.9999, 100, 0.499999, true);
    assert_ratio(200.0001, 100, 2.000001, true);
    static const double bad[][2] = {{NAN, 100}, {100, NAN}, {0, 100}, {100, 0}, {100, -5}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        stk_ratio ratio = stk_inventory_ratio(bad[i][0], bad[i][1]);
        assert_nan(ratio.factor);
        assert_false(ratio.outside);
    }
}

static void near_baselines(void **state)
{
    (void)state;
    assert_true(stk_baseline_is_near(100, 100));
    assert_true(stk_baseline_is_near(67, 100));
    assert_true(stk_baseline_is_near(150, 100));
    assert_false(stk_baseline_is_near(66.999, 100));
    assert_false(stk_baseline_is_near(150.001, 100));
    assert_false(stk_baseline_is_near(NAN, 100));
    assert_false(stk_baseline_is_near(100, NAN));
}

/* Present emissions 100 Mt in 2023, baseline 110 Mt. */
static unsigned found(double level_mt, int year)
{
    return stk_guard(level_mt, 110, 100, year, 2023, 1.0);
}

static void guard_below(void **state)
{
    (void)state;
    assert_int_equal(found(2.0, 2030) & STK_GUARD_TOO_LOW, 0);
    assert_int_equal(found(1.999, 2030) & STK_GUARD_TOO_LOW, STK_GUARD_TOO_LOW);
    assert_int_equal(found(-5, 2030) & STK_GUARD_TOO_LOW, STK_GUARD_TOO_LOW);
    assert_int_equal(found(1.999, 2039) & STK_GUARD_TOO_LOW, STK_GUARD_TOO_LOW);
    assert_int_equal(found(1.999, 2040), 0); /* near zero by 2040 is an aim, not a fault */
    assert_int_equal(found(-0.001, 2040), STK_GUARD_TOO_LOW);
}

static void guard_above(void **state)
{
    (void)state;
    /* not binding: above 2.0 x 110 and 1.5 x 100; high: above 1.3 of both */
    assert_int_equal(found(220, 2030), STK_GUARD_HIGH);
    assert_int_equal(found(220.001, 2030), STK_GUARD_NOT_BINDING);
    assert_int_equal(found(143, 2030), 0);
    assert_int_equal(found(143.001, 2030), STK_GUARD_HIGH);
    /* both limits must be passed */
    assert_int_equal(stk_guard(130.001, 100, 101, 2030, 2023, 1.0), 0);
    assert_int_equal(stk_guard(130.001, 101, 100, 2030, 2023, 1.0), 0);
    assert_int_equal(stk_guard(140, 60, 100, 2030, 2023, 1.0), STK_GUARD_HIGH);
    assert_int_equal(stk_guard(150.001, 60, 100, 2030, 2023, 1.0), STK_GUARD_NOT_BINDING);
    assert_int_equal(found(500, 2039), STK_GUARD_NOT_BINDING);
    assert_int_equal(found(500, 2040), 0);
}

static void guard_steep(void **state)
{
    (void)state;
    /* 0.9^4 = 0.6561, 0.9^7 = 0.4782969 */
    assert_int_equal(found(65.611, 2027), 0);
    assert_int_equal(found(65.609, 2027), STK_GUARD_STEEP);
    assert_int_equal(found(47.8297, 2030), 0);
    assert_int_equal(found(47.8296, 2030), STK_GUARD_STEEP);
    assert_int_equal(found(40, 2026), 0); /* three years to go */
    assert_int_equal(found(10, 2039), STK_GUARD_STEEP);
    assert_int_equal(found(10, 2040), 0);
}

static void guard_of_coverage_and_years(void **state)
{
    (void)state;
    assert_int_equal(stk_guard(100, 110, 100, 2030, 2023, 0.9), 0);
    assert_int_equal(stk_guard(100, 110, 100, 2030, 2023, 0.8999), STK_GUARD_PARTIAL);
    assert_int_equal(stk_guard(100, 110, 100, 2040, 2023, 0.5), 0);
    assert_int_equal(stk_guard(300, 110, 100, 2030, 2023, 0.5),
                     STK_GUARD_NOT_BINDING | STK_GUARD_PARTIAL);
    /* what is known bends no path, and nothing is held against nothing */
    assert_int_equal(stk_guard(-5, 110, 100, 2023, 2023, 0.5), 0);
    assert_int_equal(stk_guard(-5, 110, 100, 2020, 2023, 0.5), 0);
    assert_int_equal(stk_guard(-5, 110, 0, 2030, 2023, 0.5), 0);
    assert_int_equal(stk_guard(-5, 110, NAN, 2030, 2023, 0.5), 0);
}

static void guard_in_words(void **state)
{
    (void)state;
    assert_null(stk_guard_words(0));
    assert_string_equal(stk_guard_words(STK_GUARD_STEEP), "falls by more than 10 % a year");
    assert_has(stk_guard_words(STK_GUARD_PARTIAL), "less than 90 %");
    /* of several the gravest */
    assert_ptr_equal(stk_guard_words(~0u), stk_guard_words(STK_GUARD_TOO_LOW));
    assert_ptr_equal(stk_guard_words(STK_GUARD_HIGH | STK_GUARD_PARTIAL),
                     stk_guard_words(STK_GUARD_HIGH));
}

static void marks(void **state)
{
    (void)state;
    static const char *const order[] = {"A", "A*", "B", "S", "C", "R"};
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 6; k++) {
            assert_string_equal(stk_worse_mark(order[i], order[k]), order[i > k ? i : k]);
        }
    }
}

static void ways_have_names(void **state)
{
    (void)state;
    assert_string_equal(stk_way_name(STK_WAY_NONE), "");
    assert_string_equal(stk_way_name(STK_WAY_STATED), "stated");
    assert_string_equal(stk_way_name(STK_WAY_PER_CENT), "per_cent");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_land_use_is_as_stated),
        cmocka_unit_test(projected_land_use_comes_off),
        cmocka_unit_test(sinks_of_a_baseline_are_held),
        cmocka_unit_test(sources_of_a_baseline_go_as_the_rule_says),
        cmocka_unit_test(a_source_never_grows),
        cmocka_unit_test(the_cut_of_land_use_is_left_out),
        cmocka_unit_test(inventory_and_record),
        cmocka_unit_test(per_cent),
        cmocka_unit_test(ratios),
        cmocka_unit_test(near_baselines),
        cmocka_unit_test(guard_below),
        cmocka_unit_test(guard_above),
        cmocka_unit_test(guard_steep),
        cmocka_unit_test(guard_of_coverage_and_years),
        cmocka_unit_test(guard_in_words),
        cmocka_unit_test(marks),
        cmocka_unit_test(ways_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
