/** @file test_drivers.c
 * @brief Areas whose GDP the baselines do not follow.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIRST = 1990, OBSERVED = 2023, END = 2050 };

static double gdp_of[END - FIRST + 1]; /* of China in the edition that made_up() writes */

static void grow(int from, int to, double rate)
{
    for (int year = from; year <= to; year++) {
        gdp_of[year - FIRST] = year == FIRST ? 1e12 : gdp_of[year - 1 - FIRST] * (1.0 + rate);
    }
}

/* History and projection at a steady rate each. */
static void steady(double history, double projection)
{
    grow(FIRST, OBSERVED, history);
    grow(OBSERVED + 1, END, projection);
}

static stk_baseline *made_up(stk_data *data, const char *drivers)
{
    char table[4096] = "iso3,measure,unit";
    size_t size = strlen(table);
    for (int year = FIRST; year <= END; year++) {
        size += (size_t)snprintf(table + size, sizeof table - size, ",%d", year);
    }
    size += (size_t)snprintf(table + size, sizeof table - size, "\nCHN,Gapminder GDP total,int-$");
    for (int year = FIRST; year <= END; year++) {
        size += (size_t)snprintf(table + size, sizeof table - size, ",%.17g", gdp_of[year - FIRST]);
    }
    snprintf(table + size, sizeof table - size, "\n");
    stk_error error;
    stk_baseline *baseline;
    stk_baseline_files files = {.drivers_name = "d.csv"};
    if (drivers != NULL) {
        files.drivers = stk_text_of(drivers);
    }
    assert_ok(stk_data_open(data, test_mini_with("drivers/gdp_ppp.csv", NULL, table), NULL, &error),
              &error);
    assert_ok(stk_baseline_make(data->inventory, &files, &baseline, &error), &error);
    assert_int_equal(stk_baseline_history_last(baseline), OBSERVED);
    return baseline;
}

static const stk_driver_finding *found(const stk_baseline *baseline, stk_area area)
{
    size_t count;
    const stk_driver_finding *findings = stk_baseline_driver_findings(baseline, &count);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].area == area && !findings[i].population) {
            return &findings[i];
        }
    }
    return NULL;
}

static stk_area china(const stk_data *data)
{
    return stk_inventory_find(data->inventory, stk_text_of("CHN"));
}

/* The rate at which GDP goes on when its projection collapses after such a history. */
static double held_after(double history)
{
    stk_data data;
    steady(history, -0.1);
    stk_baseline *baseline = made_up(&data, NULL);
    stk_area area = china(&data);
    const stk_driver_finding *finding = found(baseline, area);
    assert_non_null(finding);
    assert_int_equal(finding->kind, STK_DRIVER_HELD);
    assert_close(finding->observed_rate, history, 1e-9);
    double rate = finding->held_rate;
    double last = gdp_of[OBSERVED - FIRST];
    assert_true(stk_baseline_gdp(baseline, area, OBSERVED) == last);
    for (int year = OBSERVED + 1; year <= STK_PATH_LAST; year++) {
        double expected = last * pow(1.0 + rate, year - OBSERVED);
        assert_close(stk_baseline_gdp(baseline, area, year), expected, 1e-12);
    }
    stk_baseline_free(baseline);
    stk_data_close(&data);
    return rate;
}

static void a_held_driver_goes_on_at_its_own_trend_within_bounds(void **state)
{
    (void)state;
    assert_close(held_after(0.02), 0.02, 1e-9);
    assert_close(held_after(-0.005), -0.005, 1e-9);
    assert_close(held_after(0.0299), 0.0299, 1e-9);
    assert_true(held_after(0.0301) == 0.03);
    assert_close(held_after(-0.0099), -0.0099, 1e-9);
    assert_true(held_after(-0.0101) == -0.01);
    assert_true(held_after(-0.15) == -0.01);
}

/* Whether GDP that drops from one level to another in a year is held. */
static bool is_held_at(double before, double end, int year)
{
    stk_data data;
    steady(0, 0);
    for (int y = OBSERVED - 20; y <= END; y++) {
        gdp_of[y - FIRST] = y < year ? before : end;
    }
    stk_baseline *baseline = made_up(&data, NULL);
    const stk_driver_finding *finding = found(baseline, china(&data));
    bool held = finding != NULL && finding->kind == STK_DRIVER_HELD;
    if (held) {
        assert_int_equal(finding->from, year - 7 > OBSERVED ? year - 7 : OBSERVED);
        assert_int_equal(finding->to, year);
        assert_close(finding->change, end / before - 1.0, 1e-12);
        assert_close(pow(1.0 + finding->rate, finding->to - finding->from), end / before, 1e-12);
    }
    stk_baseline_free(baseline);
    stk_data_close(&data);
    return held;
}

static void only_a_fall_by_more_than_a_third_is_held(void **state)
{
    (void)state;
    assert_false(is_held_at(300, 200, 2024));
    assert_true(is_held_at(300, 199.999, 2024));
    assert_true(is_held_at(300, 199.999, 2040));
    assert_false(is_held_at(300, 100, 2023)); /* history is what it is */
}

static void a_slow_fall_is_followed(void **state)
{
    (void)state;
    for (int steps = 7; steps <= 8; steps++) { /* by more than a third in so many years */
        stk_data data;
        steady(0.01, pow(0.66, 1.0 / steps) - 1.0);
        grow(2032, END, 0);
        stk_baseline *baseline = made_up(&data, NULL);
        stk_area area = china(&data);
        bool held = found(baseline, area) != NULL;
        assert_true(held == (steps == 7));
        if (!held) {
            assert_true(stk_baseline_gdp(baseline, area, 2040) ==
                        stk_inventory_gdp(data.inventory, area, 2040));
        }
        stk_baseline_free(baseline);
        stk_data_close(&data);
    }
}

static void the_users_drivers_are_never_held(void **state)
{
    (void)state;
    stk_data data;
    steady(0.02, -0.1);
    stk_baseline *baseline = made_up(&data, "Region,Variable,Unit,2024,2030,2100\n"
                                            "CHN,GDP|PPP,billion $,1000,100,10\n");
    stk_area area = china(&data);
    assert_null(found(baseline, area));
    assert_close(stk_baseline_gdp(baseline, area, 2030), 100e9, 1e-12);
    assert_close(stk_baseline_gdp(baseline, area, 2100), 10e9, 1e-12);
    stk_baseline_free(baseline);
    stk_data_close(&data);

    /* population alone leaves GDP to the edition, which is held */
    baseline = made_up(&data, "Region,Variable,Unit,2024,2100\nCHN,Population,million,1000,1\n");
    area = china(&data);
    assert_non_null(found(baseline, area));
    assert_true(stk_baseline_gdp(baseline, area, 2030) > gdp_of[OBSERVED - FIRST]);
    stk_baseline_free(baseline);
    stk_data_close(&data);
}

static void emissions_follow_the_held_driver(void **state)
{
    (void)state;
    stk_data data;
    steady(0.02, -0.1);
    stk_baseline *baseline = made_up(&data, NULL);
    stk_area area = china(&data);
    double held = stk_baseline_group_mt(baseline, area, STK_GAS_CH4, 0, 2035);
    stk_baseline_free(baseline);
    stk_data_close(&data);
    /* the same as if the edition had projected the trend itself */
    steady(0.02, 0.02);
    baseline = made_up(&data, NULL);
    assert_null(found(baseline, area));
    assert_close(held, stk_baseline_group_mt(baseline, area, STK_GAS_CH4, 0, 2035), 1e-9);
    stk_baseline_free(baseline);
    stk_data_close(&data);
}

static void jumps_and_gaps_are_named_and_followed(void **state)
{
    (void)state;
    stk_data data;
    steady(0.02, 0.02);
    grow(2031, 2031, 0.11);
    grow(2032, 2040, 0.02);
    grow(2041, 2041, -0.1001);
    grow(2042, END, 0.02);
    stk_baseline *baseline = made_up(&data, NULL);
    stk_area area = china(&data);
    const stk_driver_finding *finding = found(baseline, area);
    assert_non_null(finding);
    assert_int_equal(finding->kind, STK_DRIVER_JUMPS);
    assert_int_equal(finding->to, 2031); /* the larger one */
    assert_close(finding->change, 0.11, 1e-9);
    assert_nan(finding->held_rate);
    assert_close(stk_baseline_gdp(baseline, area, 2031), gdp_of[2031 - FIRST], 1e-12);
    /* the other areas of this edition have no GDP */
    stk_area usa = stk_inventory_find(data.inventory, stk_text_of("USA"));
    finding = found(baseline, usa);
    assert_non_null(finding);
    assert_int_equal(finding->kind, STK_DRIVER_MISSING);
    assert_int_equal(finding->from, OBSERVED);
    stk_baseline_free(baseline);
    stk_data_close(&data);

    steady(0.02, 0.02);
    grow(2031, 2031, 0.0999);
    grow(2032, END, -0.0999 / 10);
    baseline = made_up(&data, NULL);
    assert_null(found(baseline, area));
    stk_baseline_free(baseline);
    stk_data_close(&data);
}

static void the_editions_venezuela_does_not_vanish(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    stk_area area = stk_inventory_find(data->inventory, stk_text_of("VEN"));
    int last = stk_baseline_history_last(data->baseline);
    double present = stk_baseline_mt(data->baseline, area, 0, last);
    double later = stk_baseline_mt(data->baseline, area, 0, 2030);
    assert_true(later > 0.6 * present && later < 1.1 * present);
    /* and whoever is held, does not lose a third within seven years */
    size_t count;
    size_t held = 0;
    const stk_driver_finding *findings = stk_baseline_driver_findings(data->baseline, &count);
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        for (int year = last; year + 7 <= STK_PATH_LAST; year++) {
            double before = stk_baseline_gdp(data->baseline, a, year);
            double after = stk_baseline_gdp(data->baseline, a, year + 7);
            assert_true(isnan(before) || after >= before * 2.0 / 3.0);
        }
    }
    for (size_t i = 0; i < count; i++) {
        held += findings[i].kind == STK_DRIVER_HELD;
        assert_true((findings[i].kind == STK_DRIVER_HELD) == !isnan(findings[i].held_rate));
        assert_true(i == 0 || findings[i].area >= findings[i - 1].area);
    }
    assert_true(held >= 1 && held < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_held_driver_goes_on_at_its_own_trend_within_bounds),
        cmocka_unit_test(only_a_fall_by_more_than_a_third_is_held),
        cmocka_unit_test(a_slow_fall_is_followed),
        cmocka_unit_test(the_users_drivers_are_never_held),
        cmocka_unit_test(emissions_follow_the_held_driver),
        cmocka_unit_test(jumps_and_gaps_are_named_and_followed),
        cmocka_unit_test(the_editions_venezuela_does_not_vanish),
    };
    return cmocka_run_group_tests_name("drivers", tests, NULL, test_close_data);
}
