/** @file test_trace.c
 * @brief Every level of the edition can be worked out again from its chain.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const stk_date dates[] = {20161231, 20210422, 20211113, 20260801};

typedef struct count {
    int ways[STK_WAYS];
    int as_row;
    int changed;
    int none;
    int net;
    int on_pathway;
    int relative;     /* a per cent or cut of the composite's or modelled emissions, ... */
    int relative_net; /* ... with LULUCF */
    int apart;        /* from the net level that is stated */
} count;

/* A number as the text prints it. */
static double printed(double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", value != 0 && fabs(value) < 10 ? 3 : 1, value);
    return strtod(text, NULL);
}

static double printed_factor(double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.6g", value);
    return strtod(text, NULL);
}

static double zero_if_nan(double value)
{
    return isnan(value) ? 0.0 : value;
}

/* Rounded numbers of the text give the level within what their last digits can move. */
static void check_text(const stk_derivation *from)
{
    double growth = printed_factor(from->growth);
    double land = printed(zero_if_nan(from->reference_land_mt));
    double sink = from->unscaled_mt < 0 ? fmin(land, 0.0) : 0.0;
    double base =
        printed(from->reference_mt) * printed_factor(100 * from->reference_covered) / 100 + land -
        sink;
    double left = isnan(from->cut_mt) ? base * (1 - printed_factor(from->reduction_pct) / 100)
                                      : base - printed(from->cut_mt);
    double level =
        growth * left + sink + printed(from->uncovered_mt) - printed(zero_if_nan(from->land_mt));
    double slack = 0.3 * fmax(1.0, growth) + 1e-5 * growth * fabs(from->reference_mt);
    assert_true(fabs(level - from->row_mt) <= slack);
}

/* A per cent or a cut of what the composite or the model has. */
static void check_relative(const stk_derivation *from, count *n)
{
    if (isnan(from->reduction_pct) && isnan(from->cut_mt)) {
        return; /* a peak without a number, or policies */
    }
    double base = from->reference_mt * from->reference_covered +
                  zero_if_nan(from->reference_land_mt) - from->unscaled_mt;
    double left =
        isnan(from->cut_mt) ? base * (1 - from->reduction_pct / 100) : base - from->cut_mt;
    double net = from->growth * left + from->unscaled_mt + from->uncovered_mt;
    double scale = fmax(fabs(net), from->growth * fabs(base));
    assert_true(fabs(net - zero_if_nan(from->land_mt) - from->row_mt) <= 1e-9 * scale);
    assert_int_equal(isnan(from->reference_land_mt), isnan(from->land_mt));
    check_text(from);
    n->relative++;
    n->relative_net += !isnan(from->land_mt);
}

/* What a rule of the way leaves of a row's numbers. */
static void check_way(const stk_derivation *from, count *n)
{
    n->ways[from->way]++;
    assert_true(isfinite(from->row_mt));
    if (from->way == STK_WAY_PER_CENT) {
        assert_close(from->row_mt,
                     from->reference_mt * (1 - from->covered * from->reduction_pct / 100), 1e-9);
        assert_true(from->ratio == 1.0 && from->gwp_factor == 1.0);
    } else if (from->way != STK_WAY_NONE) {
        double level = from->own_mt * from->ratio * from->gwp_factor + from->uncovered_mt;
        assert_close(from->row_mt, level, 1e-9);
        assert_true(isfinite(from->stated_mt) && isfinite(from->document_mt));
        assert_true(from->inventory_year != 0 || from->ratio == 1.0);
        assert_true(from->covered > 0 && from->covered <= 1 + 1e-12);
        if (from->inventory_year != 0 && from->ratio != 1.0) {
            assert_close(from->ratio, from->composite_mt / from->inventory_mt, 1e-12);
        }
    } else {
        check_relative(from, n);
        assert_nan(from->own_mt);
        assert_nan(from->document_mt);
        assert_int_equal(from->inventory_year, 0);
    }
    bool whole = from->way == STK_WAY_STATED;
    if (from->way != STK_WAY_NONE && from->way != STK_WAY_PER_CENT && from->net && !whole) {
        n->net++;
    }
    if (whole && !from->net) {
        assert_close(from->own_mt, from->document_mt, 1e-12);
        assert_nan(from->land_mt);
    }
}

/* Land use taken off, and what is left, are the document's level; a cut off the modelled baseline
 * may miss it, which is told. */
static void check_land(const stk_trace *trace, count *n)
{
    const stk_derivation *from = &trace->from;
    bool split = from->way == STK_WAY_PROJECTED || from->way == STK_WAY_INVENTORY ||
                 from->way == STK_WAY_RECORD;
    if (split) {
        double scale = fmax(fabs(from->own_mt), fabs(from->document_mt));
        assert_true(fabs(from->own_mt + from->land_mt - from->document_mt) <= 1e-9 * scale);
    }
    unsigned found = trace->target->check[trace->condition][trace->ambition];
    if (from->way == STK_WAY_BASELINE && isfinite(from->land_mt)) {
        double scale = fmax(fabs(from->own_mt), fabs(from->document_mt));
        bool near = fabs(from->own_mt + from->land_mt - from->document_mt) <= 0.1 * scale;
        assert_int_equal(near, (found & STK_GUARD_PARTS) == 0);
        n->apart += !near;
    }
}

static void check_trace(const stk_national *national, const stk_trace *trace, count *n)
{
    const stk_derivation *from = &trace->from;
    char then[STK_THEN_SIZE];
    stk_then_words(from->then, then);
    assert_int_equal(then[0] == '\0', from->then == 0);
    assert_true(strlen(stk_trace_rule(trace)) > 0);
    assert_non_null(trace->row);
    assert_true(isfinite(trace->level.excl_mt));
    if (from->row == NULL) {
        n->none++;
        assert_int_equal(from->then, STK_THEN_NO_TARGET);
        assert_true(trace->level.excl_mt <= trace->target->baseline_excl_mt * (1 + 1e-12) ||
                    trace->condition == STK_UNCONDITIONAL);
        return;
    }
    assert_int_equal(from->row->year, trace->target->year);
    assert_true(from->row->submitted == trace->target->document->submitted);
    check_way(from, n);
    check_land(trace, n);
    double path =
        national->path[trace->condition][trace->ambition][from->row->year - STK_PATH_FIRST];
    if ((from->then & STK_THEN_PATHWAY) != 0) {
        n->on_pathway++;
        assert_close(trace->level.excl_mt,
                     (from->then & STK_THEN_CAPPED) != 0 ? trace->target->baseline_excl_mt : path,
                     1e-9);
    }
    if (stk_trace_is_row(trace)) {
        n->as_row++;
        assert_close(trace->level.excl_mt, from->row_mt, 1e-9);
    } else {
        n->changed++;
    }
    bool at_baseline = STK_THEN_NOT_BINDING & from->then || STK_THEN_CAPPED & from->then;
    if (at_baseline) {
        assert_close(trace->level.excl_mt, trace->target->baseline_excl_mt, 1e-9);
        assert_true(from->row_mt > trace->target->baseline_excl_mt ||
                    (from->then & STK_THEN_OTHER_ROWS) != 0);
    }
}

static void check_world(const stk_options *options, count *n)
{
    stk_world *world;
    stk_error error;
    const stk_data *data = test_data();
    memset(n, 0, sizeof *n);
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, options, &world, &error),
        &error);
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *national = stk_world_national(world, i);
        for (int t = 0; t < national->target_count; t++) {
            stk_level levels[STK_CONDITIONS * STK_AMBITIONS];
            for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
                stk_trace trace = stk_trace_level(
                    national, &national->targets[t], (stk_condition)(k / STK_AMBITIONS),
                    (stk_ambition)(k % STK_AMBITIONS), options->cap_hot_air);
                check_trace(national, &trace, n);
                levels[k] = trace.level;
            }
            for (int k = 0; k < STK_AMBITIONS; k++) { /* rule 6 */
                assert_true(levels[STK_CONDITIONAL * STK_AMBITIONS + k].excl_mt <=
                            levels[STK_UNCONDITIONAL * STK_AMBITIONS + k].excl_mt);
                assert_false(levels[STK_CONDITIONAL * STK_AMBITIONS + k].incl_mt >
                             levels[STK_UNCONDITIONAL * STK_AMBITIONS + k].incl_mt + 1e-9);
            }
        }
    }
    stk_world_free(world);
}

static void levels_follow_from_their_chain(void **state)
{
    (void)state;
    static const char *const sets[] = {"AR6", "AR4"};
    int on_pathway = 0;
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        for (int s = 0; s < 2; s++) {
            count n;
            stk_options options = test_options(sets[s], dates[d]);
            check_world(&options, &n);
            assert_true(n.ways[STK_WAY_STATED] > 10 && n.ways[STK_WAY_PER_CENT] > 3);
            assert_true(n.ways[STK_WAY_NONE] > 50 && n.net > 20);
            assert_true(n.relative > 40 && n.relative_net > 10);
            assert_true(n.as_row > 5 * n.changed && n.none > 5);
            on_pathway += n.on_pathway;
            assert_int_equal(n.apart > 0, dates[d] < 20200000 ||
                                              dates[d] > 20260000); /* Ethiopia, then Cameroon */
        }
    }
    assert_true(on_pathway > 10);
}

static void rules_change_no_identity(void **state)
{
    (void)state;
    count kept;
    count capped;
    stk_options options = test_options("AR6", 20260801);
    options.lulucf_source = STK_LULUCF_SOURCE_HOLD;
    options.sinks = STK_SINKS_UNSCALED;
    check_world(&options, &kept);
    options.lulucf_source = STK_LULUCF_SOURCE_PROPORTIONAL;
    options.cap_hot_air = true;
    check_world(&options, &capped);
    assert_true(capped.changed > kept.changed);
    options.stated = STK_STATED_OWN;
    check_world(&options, &capped);
}

/* In own terms no inventory is compared. */
static void own_terms_have_no_ratio(void **state)
{
    (void)state;
    stk_world *world;
    stk_error error;
    const stk_data *data = test_data();
    stk_options options = test_options("AR6", 20260801);
    options.stated = STK_STATED_OWN;
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, &error),
        &error);
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *national = stk_world_national(world, i);
        for (int t = 0; t < national->target_count; t++) {
            stk_trace trace =
                stk_trace_level(national, &national->targets[t], STK_UNCONDITIONAL, STK_LOW, false);
            assert_true(trace.from.row == NULL || trace.from.ratio == 1.0);
        }
    }
    stk_world_free(world);
}

static void then_in_words(void **state)
{
    (void)state;
    char words[STK_THEN_SIZE];
    stk_then_words(0, words);
    assert_string_equal(words, "");
    stk_then_words(STK_THEN_CAPPED | STK_THEN_OTHER_ROWS, words);
    assert_string_equal(words,
                        "rows for other gases or sectors added; above the baseline: capped there");
    stk_then_words(~0u, words); /* all of them fit */
    assert_has(words, "capped there");
}

static void levels_that_are_shown(void **state)
{
    (void)state;
    static stk_national n;
    stk_actor_target t = {.year = 2030, .baseline_excl_mt = 100, .lulucf_hold_mt = -20};
    n.path[STK_UNCONDITIONAL][STK_LOW][2030 - STK_PATH_FIRST] = 90; /* an older target goes on */
    t.level[STK_UNCONDITIONAL][STK_LOW] = (stk_level){NAN, NAN};
    t.level[STK_CONDITIONAL][STK_LOW] = (stk_level){120, 105};
    stk_level level = stk_actor_target_level(&n, &t, STK_UNCONDITIONAL, STK_LOW, false);
    assert_true(level.excl_mt == 90 && level.incl_mt == 70);
    level = stk_actor_target_level(&n, &t, STK_CONDITIONAL, STK_LOW, false);
    assert_true(level.excl_mt == 90 && level.incl_mt == 70);
    t.level[STK_CONDITIONAL][STK_LOW] = (stk_level){85, 70};
    level = stk_actor_target_level(&n, &t, STK_CONDITIONAL, STK_LOW, false);
    assert_true(level.excl_mt == 85 && level.incl_mt == 70);
    t.level[STK_UNCONDITIONAL][STK_LOW] = (stk_level){120, 105};
    level = stk_actor_target_level(&n, &t, STK_UNCONDITIONAL, STK_LOW, false);
    assert_true(level.excl_mt == 120 && level.incl_mt == 105);
    level = stk_actor_target_level(&n, &t, STK_UNCONDITIONAL, STK_LOW, true);
    assert_true(level.excl_mt == 100 && level.incl_mt == 85);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_follow_from_their_chain),
        cmocka_unit_test(rules_change_no_identity),
        cmocka_unit_test(own_terms_have_no_ratio),
        cmocka_unit_test(then_in_words),
        cmocka_unit_test(levels_that_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
