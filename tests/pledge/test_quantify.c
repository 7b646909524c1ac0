/** @file test_quantify.c
 * @brief The quantification against published vectors, a second implementation, and its edges.
 */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

static stk_quantify_input empty_input(stk_target_kind kind)
{
    return (stk_quantify_input){.kind = kind,
                                .value_excl = NAN,
                                .value_incl = NAN,
                                .emissions_reference_mt = NAN,
                                .emissions_target_mt = NAN,
                                .lulucf_reference_mt = NAN,
                                .lulucf_target_mt = NAN,
                                .coverage_reference = NAN,
                                .coverage_target = NAN,
                                .driver_reference = NAN,
                                .driver_target = NAN,
                                .stated_baseline_incl_mt = NAN};
}

static stk_target_kind kind_named(stk_text name)
{
    for (int k = 0; k <= (int)STK_TARGET_UNKNOWN; k++) {
        if (stk_text_equal(name, stk_target_kind_name((stk_target_kind)k))) {
            return (stk_target_kind)k;
        }
    }
    fail_msg("no such kind");
    return STK_TARGET_UNKNOWN;
}

static double number(const stk_csv *csv, const char *column)
{
    double value;
    stk_error error;
    assert_ok(stk_csv_number(csv, stk_csv_find(csv, column), &value, &error), &error);
    return value;
}

static void published_vectors(void **state)
{
    (void)state;
    stk_text input = test_read("pledge/data/quantify_input.csv");
    stk_text expected = test_read("pledge/data/quantify_expected.csv");
    stk_arena arena = {0};
    stk_csv in;
    stk_csv out;
    stk_error error;
    bool more;
    int rows = 0;
    assert_ok(stk_csv_open(&in, (stk_source){"in", input}, &arena, &error), &error);
    assert_ok(stk_csv_open(&out, (stk_source){"out", expected}, &arena, &error), &error);
    for (assert_ok(stk_csv_next(&in, &more, &error), &error); more;
         assert_ok(stk_csv_next(&in, &more, &error), &error)) {
        stk_quantify_input q = empty_input(kind_named(in.fields[1]));
        stk_level level;
        bool also;
        q.value_is_mt = stk_text_equal(in.fields[2], "mt");
        q.value_excl = number(&in, "value_excl_lulucf");
        q.value_incl = number(&in, "value_incl_lulucf");
        q.emissions_reference_mt = number(&in, "emissions_reference_mt");
        q.emissions_target_mt = number(&in, "emissions_target_mt");
        q.lulucf_reference_mt = number(&in, "lulucf_reference_mt");
        q.lulucf_target_mt = number(&in, "lulucf_target_mt");
        q.coverage_reference = number(&in, "coverage_reference");
        q.coverage_target = number(&in, "coverage_target");
        q.driver_reference = number(&in, "driver_reference");
        q.driver_target = number(&in, "driver_target");
        q.stated_baseline_incl_mt = number(&in, "stated_baseline_incl_lulucf_mt");
        assert_ok(stk_csv_next(&out, &also, &error), &error);
        assert_true(also);
        assert_int_equal(in.fields[0].size, out.fields[0].size);
        assert_memory_equal(in.fields[0].data, out.fields[0].data, in.fields[0].size);
        assert_ok(stk_quantify(&q, STK_SINKS_UNSCALED, STK_LULUCF_SOURCE_HOLD, &level, &error),
                  &error);
        assert_close(level.excl_mt, number(&out, "expected_excl"), 1e-6);
        assert_close(level.incl_mt, number(&out, "expected_incl"), 1e-6);
        rows++;
    }
    assert_int_equal(rows, 9);
    stk_arena_free(&arena);
    free((char *)input.data);
    free((char *)expected.data);
}

/* ---- a second implementation, written from the rules and not from the code ---- */

static double given(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

static stk_level plainly(const stk_quantify_input *in, bool unscaled, stk_lulucf_source source)
{
    double E_t = in->emissions_target_mt;
    double L_t = given(in->lulucf_target_mt, 0);
    double c_t = given(in->coverage_target, 1);
    double E_ref;
    double L_ref;
    double c_ref;
    double g = 1;
    if (in->kind == STK_TARGET_BASELINE || in->kind == STK_TARGET_ABSOLUTE) {
        E_ref = E_t;
        L_ref = L_t;
        c_ref = c_t;
    } else {
        E_ref = in->emissions_reference_mt;
        L_ref = given(in->lulucf_reference_mt, 0);
        c_ref = given(in->coverage_reference, c_t);
    }
    if (in->kind == STK_TARGET_INTENSITY) {
        g = in->driver_target / in->driver_reference;
    }
    double rest = (1 - c_t) * E_t;
    double excl = NAN;
    double incl = NAN;
    bool stated = in->kind == STK_TARGET_BASELINE && !isnan(in->stated_baseline_incl_mt);
    double base_excl = stated ? in->stated_baseline_incl_mt - L_t : c_ref * E_ref;
    double base_incl = stated ? in->stated_baseline_incl_mt : c_ref * E_ref + L_ref;
    if (stated && in->value_is_mt) { /* a cut comes off all of what is stated */
        bool both = !isnan(in->value_excl) && !isnan(in->value_incl);
        base_excl = both ? E_t - rest : base_excl - rest;
        base_incl -= rest;
    }
    if (in->kind == STK_TARGET_ABSOLUTE) {
        excl = in->value_excl + rest;
        incl = in->value_incl + rest;
    } else if (in->value_is_mt) {
        excl = g * (base_excl - in->value_excl) + rest;
        incl = g * (base_incl - in->value_incl) + rest;
    } else {
        excl = g * (1 - in->value_excl / 100) * base_excl + rest;
        if (unscaled && L_ref < 0) { /* the sink is added as it is */
            incl = g * (1 - in->value_incl / 100) * (base_incl - L_ref) + L_ref + rest;
        } else {
            incl = g * (1 - in->value_incl / 100) * base_incl + rest;
        }
    }
    if (isnan(excl)) {
        if (source == STK_LULUCF_SOURCE_FIRST && L_t > 0 && incl > 0) {
            excl = incl < E_t ? incl : E_t;
            excl = excl < incl - L_t ? incl - L_t : excl; /* the source does not grow */
        } else if (source == STK_LULUCF_SOURCE_PROPORTIONAL && L_t > 0) {
            excl = incl * E_t / (E_t + L_t);
        } else {
            excl = incl - L_t;
            if (excl < 0 && E_t > 0) {
                double cut = E_t + L_t - incl;
                excl = E_t - cut * E_t / (E_t + fabs(L_t));
            }
        }
    }
    if (isnan(incl)) {
        incl = excl + L_t;
    }
    return (stk_level){excl, incl};
}

static double sometimes(test_random *random, double low, double high)
{
    return test_random_bits(random) >> 62 == 0 ? NAN : test_random_between(random, low, high);
}

static void a_second_implementation_agrees(void **state)
{
    (void)state;
    static const stk_target_kind kinds[] = {STK_TARGET_BASE_YEAR, STK_TARGET_BASELINE,
                                            STK_TARGET_INTENSITY, STK_TARGET_ABSOLUTE,
                                            STK_TARGET_PEAK};
    test_random random = {31};
    for (int i = 0; i < 100000; i++) {
        stk_quantify_input in = empty_input(kinds[(test_random_bits(&random) >> 40) % 5]);
        bool mt = in.kind == STK_TARGET_ABSOLUTE || test_random_bits(&random) >> 62 == 0;
        in.value_is_mt = mt;
        in.value_excl = sometimes(&random, mt ? 0 : -60, mt ? 3000 : 110);
        in.value_incl = sometimes(&random, mt ? -300 : -60, mt ? 3000 : 110);
        in.emissions_reference_mt = test_random_between(&random, 1, 9000);
        in.emissions_target_mt = test_random_between(&random, 1, 9000);
        in.lulucf_reference_mt = sometimes(&random, -1500, 1500);
        in.lulucf_target_mt = sometimes(&random, -1500, 1500);
        in.coverage_reference = sometimes(&random, 0.2, 1);
        in.coverage_target = sometimes(&random, 0.2, 1);
        in.driver_reference = test_random_between(&random, 10, 100);
        in.driver_target = test_random_between(&random, 10, 300);
        in.stated_baseline_incl_mt = sometimes(&random, 10, 9000);
        if (isnan(in.value_excl) && isnan(in.value_incl)) {
            continue;
        }
        stk_sinks sinks = (stk_sinks)(i % 2);
        stk_lulucf_source source = (stk_lulucf_source)(i % 3);
        stk_level level;
        stk_error error;
        assert_ok(stk_quantify(&in, sinks, source, &level, &error), &error);
        stk_level plain = plainly(&in, sinks == STK_SINKS_UNSCALED, source);
        double scale = 1e-12 * (fabs(in.emissions_reference_mt) * 100 + 10000);
        assert_true(fabs(level.excl_mt - plain.excl_mt) <= scale);
        assert_true(fabs(level.incl_mt - plain.incl_mt) <= scale);
    }
}

/* ---- edges ---- */

static stk_level quantify(const stk_quantify_input *in, stk_sinks sinks, stk_lulucf_source source)
{
    stk_level level = {0, 0};
    stk_error error;
    assert_ok(stk_quantify(in, sinks, source, &level, &error), &error);
    return level;
}

static void edges(void **state)
{
    (void)state;
    stk_quantify_input in = empty_input(STK_TARGET_NONE);
    in.emissions_target_mt = 100;
    in.lulucf_target_mt = -20;
    stk_level level = quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_FIRST);
    assert_true(level.excl_mt == 100 && level.incl_mt == 80);

    in = empty_input(STK_TARGET_BASE_YEAR); /* 100 % without LULUCF is nothing left */
    in.emissions_reference_mt = 50;
    in.emissions_target_mt = 80;
    in.value_excl = 100;
    level = quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_FIRST);
    assert_true(level.excl_mt == 0 && level.incl_mt == 0);

    in.value_excl = 0; /* no cut is the reference, whatever grew since */
    assert_true(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).excl_mt == 50);
    in.value_excl = -10;
    assert_close(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).excl_mt, 55, 1e-15);

    in.coverage_reference = in.coverage_target = 0; /* nothing is covered: the baseline */
    in.value_excl = 90;
    assert_true(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).excl_mt == 80);

    in = empty_input(STK_TARGET_BASELINE); /* source first: land use bears the cut */
    in.emissions_target_mt = 100;
    in.lulucf_target_mt = 100;
    in.value_incl = 40;
    level = quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_FIRST);
    assert_close(level.excl_mt, 100, 1e-15);
    assert_close(level.incl_mt, 120, 1e-15);
    assert_close(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).excl_mt, 20, 1e-14);
    assert_close(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_PROPORTIONAL).excl_mt, 60, 1e-15);
    in.value_incl = 110; /* a level below zero: shared, not clamped */
    level = quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_FIRST);
    assert_close(level.incl_mt, -20, 1e-13);
    assert_close(level.excl_mt, -10, 1e-13);
}

/* With the sink doubled by nothing, both rules agree where there is no sink. */
static void sinks_differ_only_where_there_is_a_sink(void **state)
{
    (void)state;
    stk_quantify_input in = empty_input(STK_TARGET_BASE_YEAR);
    in.emissions_reference_mt = 1000;
    in.emissions_target_mt = 900;
    in.lulucf_target_mt = 0;
    in.value_incl = 50;
    in.lulucf_reference_mt = 200;
    assert_true(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).incl_mt ==
                quantify(&in, STK_SINKS_UNSCALED, STK_LULUCF_SOURCE_HOLD).incl_mt);
    in.lulucf_reference_mt = -200;
    assert_close(quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD).incl_mt, 400, 1e-15);
    assert_close(quantify(&in, STK_SINKS_UNSCALED, STK_LULUCF_SOURCE_HOLD).incl_mt, 300, 1e-15);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    static const struct {
        stk_target_kind kind;
        int fill; /* how many of target, reference, drivers, value are given */
        const char *message;
    } cases[] = {{STK_TARGET_BASE_YEAR, 0, "emissions_target_mt is empty; the kind 'base_year'"},
                 {STK_TARGET_BASE_YEAR, 1, "emissions_reference_mt is empty"},
                 {STK_TARGET_PEAK, 1, "emissions_reference_mt is empty; the kind 'peak'"},
                 {STK_TARGET_INTENSITY, 2, "driver_reference is empty"},
                 {STK_TARGET_INTENSITY, 3, "driver_target is empty"},
                 {STK_TARGET_BASELINE, 4, "at least one is needed"},
                 {STK_TARGET_ABSOLUTE, 4, "needs the unit 'mt'"},
                 {STK_TARGET_BUDGET, 5, "is no level of one year"},
                 {STK_TARGET_UNKNOWN, 5, "is no level of one year"}};
    stk_level level;
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_quantify_input in = empty_input(cases[i].kind);
        in.emissions_target_mt = cases[i].fill > 0 ? 1 : NAN;
        in.emissions_reference_mt = cases[i].fill > 1 ? 1 : NAN;
        in.driver_reference = cases[i].fill > 2 ? 1 : NAN;
        in.driver_target = cases[i].fill > 3 ? 1 : NAN;
        in.value_excl = cases[i].fill > 4 ? 1 : NAN;
        assert_int_equal(stk_quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD, &level, &error),
                         STK_EARG);
        assert_has(error.message, cases[i].message);
    }
    stk_quantify_input in = empty_input(STK_TARGET_INTENSITY);
    in.emissions_target_mt = in.emissions_reference_mt = in.driver_target = in.value_excl = 1;
    in.driver_reference = 0;
    assert_int_equal(stk_quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD, &level, &error),
                     STK_EARG);
    assert_has(error.message, "driver_reference must be positive");
}

static void what_overflows_is_refused(void **state)
{
    (void)state;
    stk_level level;
    stk_error error;
    stk_quantify_input in = empty_input(STK_TARGET_INTENSITY);
    in.emissions_target_mt = in.emissions_reference_mt = 1e300;
    in.driver_reference = 1e-300;
    in.driver_target = 1e300;
    in.value_excl = 5;
    assert_int_equal(stk_quantify(&in, STK_SINKS_NET, STK_LULUCF_SOURCE_HOLD, &level, &error),
                     STK_EDOMAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors),
        cmocka_unit_test(a_second_implementation_agrees),
        cmocka_unit_test(edges),
        cmocka_unit_test(sinks_differ_only_where_there_is_a_sink),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(what_overflows_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
