/** @file test_checks.c
 * @brief Levels that look wrong are named, and so is data that looks wrong: on made-up documents.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

enum { YEAR = 2030 };

static const stk_date day = 20240101;

/* The small edition in which Brazil has one document with one target for 2030. */
static void open_made_up(stk_data *data, const char *target)
{
    char yaml[1024];
    stk_error error;
    snprintf(yaml, sizeof yaml,
             "iso3: BRA\nparty: Brazil\ndocuments:\n- submission_date: 2023-01-01\n"
             "  status: submitted\n  gases: CO2+CH4+N2O+HFC+PFC+SF6\n"
             "  sectors: energy+agriculture+transport+waste+industry\n  lulucf_included: N\n"
             "  gwp: AR6\n  source_url: https://example.org\n  targets:\n"
             "  - target_year: 2030\n    metric: ghg\n%s",
             target);
    assert_ok(stk_data_open(data, test_mini_with("pledges/BRA.yaml", NULL, yaml), NULL, &error),
              &error);
}

static stk_world *world_of(const stk_data *data)
{
    stk_world *world;
    stk_error error;
    stk_options options = test_options("AR6", day);
    assert_ok(stk_gwp_find_set(stk_inventory_gwp(data->inventory), stk_text_of("AR6"), &options.gwp,
                               &error),
              &error);
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, &error),
        &error);
    return world;
}

static const stk_checked_level *of_brazil(const stk_checked_level *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].iso3, "BRA") == 0) {
            return &list[i];
        }
    }
    return NULL;
}

/* A stated level, as a multiple of present emissions, and what is said of it. */
static void every_finding_is_named(void **state)
{
    (void)state;
    static const struct {
        double of_present;
        const char *words; /* NULL: nothing */
        const char *mark;
        bool refused;
    } cases[] = {
        {0.9, NULL, "A", false},
        {0.3, "falls by more than 10 % a year", "B", false},
        {1.45, "30 % or more above both baseline and present", "B", false},
        {4.0, "above twice the baseline, so not binding: the baseline is used", "B", false},
        {0.01, "a reading of its number is refused: below 2 % of present emissions", "R", true}};
    stk_data data;
    stk_error error;
    stk_world *world;
    open_made_up(&data, "    kind: none\n    conditional: U\n    confidence: A\n");
    world = world_of(&data);
    const stk_national *brazil = stk_world_find(world, "BRA");
    double present = brazil->baseline[stk_baseline_history_last(data.baseline) - STK_PATH_FIRST];
    double baseline = brazil->baseline[YEAR - STK_PATH_FIRST];
    assert_true(baseline < 1.1 * present && baseline > 0.8 * present); /* what the cases need */
    stk_world_free(world);
    stk_data_close(&data);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char target[256];
        stk_checked_level *list;
        size_t count;
        snprintf(target, sizeof target,
                 "    kind: bau\n    reduction_low_pct: 20\n    reduction_high_pct: 20\n"
                 "    abs_low_mt: %.6f\n    abs_high_mt: %.6f\n    conditional: U\n"
                 "    confidence: A\n",
                 cases[i].of_present * present, cases[i].of_present * present);
        open_made_up(&data, target);
        world = world_of(&data);
        assert_ok(stk_checked_levels(world, YEAR, &list, &count, &error), &error);
        const stk_checked_level *found = of_brazil(list, count);
        const stk_actor_target *t = stk_national_target(stk_world_find(world, "BRA"), YEAR);
        assert_non_null(t);
        assert_string_equal(t->mark[STK_UNCONDITIONAL][STK_LOW], cases[i].mark);
        assert_int_equal(found != NULL, cases[i].words != NULL);
        if (found != NULL) {
            assert_string_equal(found->words, cases[i].words);
            assert_string_equal(found->mark, cases[i].mark);
            assert_int_equal(found->refused, cases[i].refused);
            assert_int_equal(found->year, YEAR);
            assert_close(found->baseline_mt, baseline, 1e-12);
            double level = cases[i].refused            ? 0.8 * baseline
                           : cases[i].of_present > 2.0 ? baseline
                                                       : cases[i].of_present * present;
            assert_close(found->level_mt, level, 1e-6);
        }
        free(list);
        stk_world_free(world);
        stk_data_close(&data);
    }
}

/* An assessment has the list of its world, and shares by the marks of levels. */
static void an_assessment_names_them(void **state)
{
    (void)state;
    stk_assess_request request = {.options = test_options("AR6", 20260801), .year = 2035};
    stk_assessment *a;
    stk_checked_level *list;
    stk_error error;
    size_t count;
    size_t own;
    const stk_data *data = test_data();
    assert_ok(stk_benchmark_find(data->edition, stk_inventory_gwp(data->inventory), "C1", NULL,
                                 (stk_text){NULL, 0}, 2035, &request.benchmark, &error),
              &error);
    assert_ok(stk_assess(data, &request, &a, &error), &error);
    const stk_world *world = stk_assessment_world(a);
    assert_ok(stk_checked_levels(world, 2035, &list, &count, &error), &error);
    const stk_checked_level *named = stk_assessment_checks(a, &own);
    assert_int_equal(own, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(named[i].iso3, list[i].iso3);
        assert_true(named[i].level_mt == list[i].level_mt);
    }
    free(list);
    double shares[STK_CONFIDENCE_MARKS] = {0};
    const stk_coverage *c = stk_assessment_coverage(a);
    int last = stk_baseline_history_last(data->baseline);
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *n = stk_world_national(world, i);
        const stk_actor_target *t = stk_national_target(n, 2035);
        for (int m = 0; m < STK_CONFIDENCE_MARKS && t != NULL && t->kind != STK_TARGET_NONE; m++) {
            const char *mark = t->mark[stk_target_condition(t)][STK_LOW];
            shares[m] += strcmp(mark, stk_confidence_mark(m)) == 0
                             ? 100 * n->baseline[last - STK_PATH_FIRST] / c->world_mt
                             : 0;
        }
    }
    for (int m = 0; m + 1 < STK_CONFIDENCE_MARKS; m++) { /* R has those that nobody read too */
        assert_true(fabs(c->by_confidence_pct[m] - shares[m]) < 1e-9);
    }
    assert_true(c->by_confidence_pct[STK_CONFIDENCE_MARKS - 1] >
                shares[STK_CONFIDENCE_MARKS - 1] - 1e-9);
    stk_assessment_free(a);
}

/* At most a dozen names, how many more there are, and on a terminal where. */
static void people_get_at_most_a_dozen_names(void **state)
{
    (void)state;
    static const char *const names[14] = {"A", "B", "C", "D", "E", "F", "G",
                                          "H", "I", "J", "K", "L", "M", "N"};
    stk_checked_level list[14] = {{.words = NULL}};
    for (int i = 0; i < 14; i++) {
        list[i].name = names[i];
        list[i].words = "falls by more than 10 % a year";
    }
    stk_buffer out = {0};
    stk_report_checks(list, 0, true, 0, &out);
    assert_int_equal(out.size, 0);
    stk_report_checks(list, 1, true, 0, &out);
    assert_string_equal(out.data, "1 level looks wrong: A (falls by more than 10 % a year)");
    out.size = 0;
    stk_report_checks(list, 12, false, 0, &out);
    assert_string_equal(out.data, "12 levels look wrong: A, B, C, D, E, F, G, H, I, J, K, L");
    out.size = 0;
    stk_report_checks(list, 14, false, 0, &out);
    assert_string_equal(out.data,
                        "14 levels look wrong: A, B, C, D, E, F, G, H, I, J, K, L and 2 more");
    out.size = 0;
    stk_report_checks(list, 14, false, 30, &out);
    assert_string_equal(out.data, "14 levels look wrong: A, B, C,\n  D, E, F, G, H, I, J, K, L\n  "
                                  "and 2 more (--format json names all)");
    stk_buffer_free(&out);
}

static const stk_data_warning *warning_of(const stk_data_warning *list, size_t count,
                                          stk_data_warning_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == kind && strcmp(list[i].iso3, "BRA") == 0) {
            return &list[i];
        }
    }
    return NULL;
}

static stk_data_warning *warnings_of(const stk_data *data, size_t *count)
{
    stk_data_warning *list;
    stk_error error;
    assert_ok(stk_data_warnings(data, &list, count, &error), &error);
    return list;
}

static void notes_that_deny_a_mark(void **state)
{
    (void)state;
    static const struct {
        const char *confidence;
        const char *notes;
        const char *words;
    } cases[] = {{"A", "level From Memory", "from memory"},
                 {"A*", "page 3; unverified", "unverified"},
                 {"A", "target not extracted", "not extracted"},
                 {"A", "read on page 3", NULL},
                 {"C", "from memory", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_data data;
        size_t count;
        char target[256];
        snprintf(target, sizeof target,
                 "    kind: none\n    conditional: U\n    confidence: %s\n    notes: %s\n",
                 cases[i].confidence, cases[i].notes);
        open_made_up(&data, target);
        stk_data_warning *list = warnings_of(&data, &count);
        const stk_data_warning *found = warning_of(list, count, STK_DATA_WARNING_MARK);
        assert_int_equal(found != NULL, cases[i].words != NULL);
        if (found != NULL) {
            assert_string_equal(found->words, cases[i].words);
            assert_string_equal(found->mark, cases[i].confidence);
            assert_int_equal(found->document, 20230101);
            assert_true(found->line > 0);
        }
        free(list);
        stk_data_close(&data);
    }
}

static const stk_data_warning *warning_with(const char *own, stk_data_warning **list,
                                            stk_data *data)
{
    static const char head[] = "iso3,document,year,quantity,condition,value_mt,gwp,location,"
                               "confidence\n";
    char path[4200];
    char text[512];
    static const char target[] =
        "    kind: bau\n    reduction_low_pct: 10\n    reduction_high_pct: 10\n"
        "    ref_level_mt_stated: 1200\n    conditional: U\n    confidence: A\n";
    size_t count;
    stk_error error;
    open_made_up(data, target);
    snprintf(path, sizeof path, "%s/inventory/own_inventory.csv", stk_edition_name(data->edition));
    stk_data_close(data);
    snprintf(text, sizeof text, "%s%s", head, own);
    assert_ok(stk_file_write(path, stk_text_of(text), &error), &error);
    open_made_up(data, target);
    *list = warnings_of(data, &count);
    return warning_of(*list, count, STK_DATA_WARNING_BASELINE);
}

/* The own baseline of the same document and year counts, the nearer of the two scopes. */
static void baselines_far_from_the_own(void **state)
{
    (void)state;
    static const struct {
        const char *own;
        double expected; /* NaN: no warning */
    } cases[] = {
        {"BRA,2023-01-01,2030,bau_excl,,700,AR6,,A\n", 700},
        {"BRA,2023-01-01,2030,bau_excl,,1900,AR6,,A\n", 1900},
        {"BRA,2023-01-01,2030,bau_excl,,1000,AR6,,A\n", (double)NAN},
        {"BRA,2023-01-01,2030,bau_excl,,400,AR6,,A\nBRA,2023-01-01,2030,bau_incl,,1250,AR6,,A\n",
         (double)NAN},
        {"BRA,2023-01-01,2030,bau_excl,,400,AR6,,A\nBRA,2023-01-01,2030,bau_incl,,500,AR6,,A\n",
         500},
        {"BRA,2023-01-01,2035,bau_excl,,400,AR6,,A\n", (double)NAN},
        {"BRA,2022-01-01,2030,bau_excl,,400,AR6,,A\n", (double)NAN},
        {"BRA,2023-01-01,2030,total_excl_lulucf,,400,AR6,,A\n", (double)NAN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_data data;
        stk_data_warning *list;
        const stk_data_warning *found = warning_with(cases[i].own, &list, &data);
        assert_int_equal(found != NULL, !isnan(cases[i].expected));
        if (found != NULL) {
            assert_close(found->value_mt, 1200, 1e-12);
            assert_close(found->expected_mt, cases[i].expected, 1e-12);
        }
        free(list);
        stk_data_close(&data);
    }
}

/* A target of which no reading is left says so, and is not as if it were not there. */
static void a_target_refused_whole_stands_at_the_baseline(void **state)
{
    (void)state;
    stk_data data;
    stk_error error;
    stk_checked_level *list;
    size_t count;
    open_made_up(&data, "    kind: absolute\n    abs_low_mt: 0.001\n    abs_high_mt: 0.001\n"
                        "    conditional: U\n    confidence: A\n");
    stk_world *world = world_of(&data);
    assert_ok(stk_checked_levels(world, YEAR, &list, &count, &error), &error);
    const stk_checked_level *found = of_brazil(list, count);
    const stk_national *brazil = stk_world_find(world, "BRA");
    const stk_actor_target *t = stk_national_target(brazil, YEAR);
    assert_non_null(found);
    assert_non_null(t);
    assert_true(found->refused);
    assert_has(found->words, "refused");
    for (int k = 0; k < STK_AMBITIONS; k++) {
        assert_string_equal(t->mark[STK_UNCONDITIONAL][k], "R");
        stk_methods methods;
        stk_world_methods(world, brazil, t, &methods);
        assert_has(methods.text[STK_UNCONDITIONAL][k], "no way is left");
        assert_true(t->level[STK_UNCONDITIONAL][k].excl_mt ==
                    brazil->baseline[YEAR - STK_PATH_FIRST]);
    }
    free(list);
    stk_world_free(world);
    stk_data_close(&data);
}

/* An own inventory whose total without land use is below zero is no measure of any other. */
static void totals_below_zero_are_no_ratio(void **state)
{
    (void)state;
    stk_data data;
    stk_data_warning *list;
    warning_with("BRA,2023-01-01,2020,total_incl_lulucf,,-50,AR6,,A\n"
                 "BRA,2023-01-01,2020,lulucf,,10,AR6,,A\n",
                 &list, &data);
    free(list);
    stk_world *world = world_of(&data);
    const stk_actor_target *t = stk_national_target(stk_world_find(world, "BRA"), YEAR);
    assert_non_null(t);
    assert_true(isfinite(t->level[STK_UNCONDITIONAL][STK_LOW].excl_mt));
    stk_world_free(world);
    stk_data_close(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_finding_is_named),
        cmocka_unit_test(an_assessment_names_them),
        cmocka_unit_test(people_get_at_most_a_dozen_names),
        cmocka_unit_test(notes_that_deny_a_mark),
        cmocka_unit_test(baselines_far_from_the_own),
        cmocka_unit_test(a_target_refused_whole_stands_at_the_baseline),
        cmocka_unit_test(totals_below_zero_are_no_ratio)};
    return cmocka_run_group_tests_name("assess-checks", tests, NULL, test_close_data);
}
