/** @file test_assess.c
 * @brief Assessments: levels, gap, coverage, contributions that add up.
 */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <stocktake/timeline.h>

#include "report/report.h"

static stk_benchmark benchmark_of(const char *name, int year)
{
    stk_benchmark b;
    stk_error error;
    assert_ok(stk_benchmark_find(test_data()->edition, stk_inventory_gwp(test_data()->inventory),
                                 name, NULL, (stk_text){NULL, 0}, year, &b, &error),
              &error);
    return b;
}

static stk_benchmark april_2021(void)
{
    stk_benchmark b;
    stk_error error;
    stk_text csv = test_read("assess/data/april-2021.csv");
    assert_ok(stk_benchmark_find(test_data()->edition, stk_inventory_gwp(test_data()->inventory),
                                 "", "april-2021.csv", csv, 2030, &b, &error),
              &error);
    free((char *)csv.data);
    return b;
}

static stk_assessment *assess(const stk_assess_request *request)
{
    stk_assessment *made;
    stk_error error;
    assert_ok(stk_assess(test_data(), request, &made, &error), &error);
    return made;
}

static void check_sums(const stk_assessment *a)
{
    size_t count;
    const stk_change *changes = stk_assessment_changes(a, &count);
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int f = 0; f < STK_COUNTERFACTUALS; f++) {
            const stk_change_total *total =
                stk_assessment_total(a, (stk_condition)c, (stk_counterfactual)f);
            double closes[2] = {0, 0};
            for (size_t i = 0; i < count; i++) {
                const stk_change *change = &changes[i];
                if (change->condition != (stk_condition)c ||
                    change->counterfactual != (stk_counterfactual)f) {
                    continue;
                }
                for (int k = 0; k < 2; k++) {
                    closes[k] += change->closes_gt[k];
                    assert_true(fabs(change->change_gt[k] -
                                     (change->after_mt[k] - change->before_mt[k]) / 1000) < 1e-12);
                    double share = 100 * change->closes_gt[k] / total->gap_before_gt[k];
                    assert_true(share >= change->share_of_gap_pct[STK_LOW] - 1e-9);
                    assert_true(share <= change->share_of_gap_pct[STK_HIGH] + 1e-9);
                }
            }
            for (int k = 0; k < 2; k++) {
                double difference = total->gap_before_gt[k] - total->gap_after_gt[k];
                assert_true(fabs(closes[k] - total->closes_gt[k]) <= 1e-12 * (1 + fabs(closes[k])));
                assert_true(fabs(difference - closes[k]) <= 1e-9);
            }
        }
    }
}

/* Dates around the summits, the withdrawals and the UK's own document; both scopes of LULUCF, a
 * benchmark in another GWP set, and capped hot air. */
static void contributions_add_up_exactly(void **state)
{
    (void)state;
    static const struct {
        stk_date since;
        stk_date as_of;
        int year;
        const char *benchmark;
        const char *gwp;
    } cases[] = {{20210420, 20210422, 2030, "C1", "AR4"}, {20160101, 20210101, 2030, "C3", "AR6"},
                 {20201101, 20201231, 2030, "C1", "AR6"}, {20250101, 20260801, 2035, "C1", "AR5"},
                 {20260126, 20260127, 2030, "C2", "SAR"}, {20210219, 20210220, 2030, "C1", "AR6"},
                 {20141231, 20260801, 2050, "C4", "AR4"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int variant = 0; variant < 3; variant++) {
            stk_assess_request request = {.options = test_options(cases[i].gwp, cases[i].as_of),
                                          .since = cases[i].since,
                                          .year = cases[i].year,
                                          .benchmark =
                                              benchmark_of(cases[i].benchmark, cases[i].year)};
            request.options.as_of.include_announced = variant == 1;
            request.options.cap_hot_air = variant == 2;
            request.benchmark.with_lulucf = variant != 1;
            stk_assessment *a = assess(&request);
            check_sums(a);
            stk_assessment_free(a);
        }
    }
}

/* The world before is the world after with the changed Parties put back, computed here from two
 * worlds. Both dates have the same actors. */
static void the_world_before_is_that_of_the_earlier_date(void **state)
{
    (void)state;
    stk_assess_request request = {.options = test_options("AR4", 20210422),
                                  .since = 20210420,
                                  .year = 2030,
                                  .benchmark = april_2021()};
    request.options.extension = STK_EXTEND_OWN_RATE;
    stk_assessment *a = assess(&request);
    stk_options before = request.options;
    before.as_of.date = request.since;
    stk_world *world;
    stk_error error;
    assert_ok(stk_world_make(test_data()->inventory, test_data()->pledges, test_data()->baseline,
                             &before, &world, &error),
              &error);
    for (int k = 0; k < 2; k++) {
        double gap =
            stk_world_level_mt(world, STK_UNCONDITIONAL, (stk_ambition)k, false, 2030) / 1000 - 26;
        assert_close(stk_assessment_total(a, STK_UNCONDITIONAL, STK_COUNTERFACTUAL_PREVIOUS)
                         ->gap_before_gt[k],
                     gap, 1e-9);
    }
    stk_world_free(world);
    stk_assessment_free(a);
}

/* ---- one definition of a change ---- */

/* A fixed sequence of dates, 2015 to 2026. */
static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static stk_date random_date(unsigned *seed)
{
    unsigned year = 2015 + next_random(seed) % 12;
    unsigned month = 1 + next_random(seed) % 12;
    return (stk_date)(10000 * year + 100 * month + 1 + next_random(seed) % 28);
}

static double level_of(const stk_assess_request *r, stk_date date, stk_condition c, stk_ambition k)
{
    stk_options options = r->options;
    stk_world *world;
    stk_error error;
    options.as_of.date = date;
    options.gwp = r->benchmark.gwp;
    assert_ok(stk_world_make(test_data()->inventory, test_data()->pledges, test_data()->baseline,
                             &options, &world, &error),
              &error);
    double gt = stk_world_level_mt(world, c, k, r->benchmark.with_lulucf, r->year) / 1000;
    stk_world_free(world);
    return gt;
}

static double sum_of_steps(const stk_assess_request *r, stk_condition c, stk_ambition k)
{
    stk_timeline_request request = {.options = r->options,
                                    .from = r->since + 1,
                                    .year = r->year,
                                    .benchmark = r->benchmark,
                                    .condition = c,
                                    .ambition = k};
    stk_timeline *timeline;
    stk_error error;
    size_t count;
    double sum = 0;
    assert_ok(stk_timeline_make(test_data(), &request, &timeline, &error), &error);
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    for (size_t i = 0; i < count; i++) {
        sum += steps[i].change_gt;
        assert_true(i == 0 ||
                    fabs(steps[i].world_gt - steps[i - 1].world_gt - steps[i].change_gt) < 1e-9);
    }
    stk_timeline_free(timeline);
    return sum;
}

static double sum_of_changes(const stk_assessment *a, stk_condition c, stk_ambition k)
{
    size_t count;
    double sum = 0;
    const stk_change *changes = stk_assessment_changes(a, &count);
    for (size_t i = 0; i < count; i++) {
        if (changes[i].counterfactual == STK_COUNTERFACTUAL_PREVIOUS && changes[i].condition == c) {
            sum -= changes[i].closes_gt[k];
        }
    }
    return sum;
}

/* Between any two dates, under any options, the steps of the timeline and the changes of the
 * assessment add up to the world of the one date less the world of the other. */
static void steps_and_changes_add_up_to_the_worlds(void **state)
{
    (void)state;
    static const int years[] = {2030, 2035, 2050};
    static const char *const sets[] = {"AR6", "AR4"};
    unsigned seed = 20151212;
    for (int i = 0; i < 50; i++) {
        stk_date dates[2] = {random_date(&seed), random_date(&seed)};
        int later = dates[1] > dates[0] ? 1 : 0;
        int year = years[i % 3];
        stk_assess_request r = {.options = test_options(sets[i % 2], dates[later]),
                                .since = dates[1 - later],
                                .year = year,
                                .benchmark = benchmark_of("C1", year)};
        r.since -= r.since == r.options.as_of.date ? 1 : 0;
        r.options.extension = (stk_extension)(i % 5);
        r.options.as_of.include_announced = i % 4 == 1;
        r.options.as_of.ignore_withdrawal = i % 7 == 1;
        r.options.cap_hot_air = i % 3 == 1;
        r.benchmark.with_lulucf = i % 5 != 1;
        stk_condition c = (stk_condition)(i % 2);
        stk_ambition k = (stk_ambition)(i / 2 % 2);
        stk_assessment *a = assess(&r);
        double moved = level_of(&r, r.options.as_of.date, c, k) - level_of(&r, r.since, c, k);
        assert_close(sum_of_steps(&r, c, k), moved, 1e-9);
        assert_close(sum_of_changes(a, c, k), moved, 1e-9);
        stk_assessment_free(a);
    }
}

/* The United Kingdom takes its share out of the joint document and brings its own. */
static void leaving_the_joint_document_is_one_change(void **state)
{
    (void)state;
    size_t count;
    stk_assess_request r = {.options = test_options("AR6", 20201212),
                            .since = 20201211,
                            .year = 2030,
                            .benchmark = benchmark_of("C1", 2030)};
    r.options.extension = STK_EXTEND_OWN_RATE;
    stk_assessment *a = assess(&r);
    const stk_change *changes = stk_assessment_changes(a, &count);
    int kingdom = 0;
    for (size_t i = 0; i < count; i++) {
        assert_string_not_equal(changes[i].iso3, "EUU");
        kingdom += strcmp(changes[i].iso3, "GBR") == 0 ? 1 : 0;
        if (strcmp(changes[i].iso3, "GBR") == 0) {
            assert_string_equal(changes[i].status, "submitted");
            assert_int_equal(changes[i].submitted, 20201212);
            assert_true(changes[i].before_mt[0] > changes[i].after_mt[0]);
        }
    }
    assert_int_equal(kingdom, STK_CONDITIONS * STK_COUNTERFACTUALS);
    stk_assessment_free(a);
}

static const stk_change *change_of(const stk_assessment *a, const char *iso3,
                                   stk_counterfactual counterfactual)
{
    size_t count;
    const stk_change *changes = stk_assessment_changes(a, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(changes[i].iso3, iso3) == 0 && changes[i].counterfactual == counterfactual &&
            changes[i].condition == STK_UNCONDITIONAL) {
            return &changes[i];
        }
    }
    return NULL;
}

/* The analysts of that week: the US document closes 5 to 10 % of the gap. */
static void the_us_document_of_april_2021(void **state)
{
    (void)state;
    for (int announced = 0; announced < 2; announced++) {
        stk_assess_request request = {.options = test_options("AR4", 20210422),
                                      .since = 20210420,
                                      .year = 2030,
                                      .benchmark = april_2021()};
        request.options.as_of.include_announced = announced == 1;
        stk_assessment *a = assess(&request);
        const stk_change *usa = change_of(a, "USA", STK_COUNTERFACTUAL_BASELINE);
        assert_non_null(usa);
        assert_int_equal(usa->submitted, 20210422);
        assert_string_equal(usa->status, "submitted");
        assert_true(usa->share_of_gap_pct[STK_LOW] <= 10);
        assert_true(usa->share_of_gap_pct[STK_HIGH] >= 5);
        assert_true(usa->change_gt[STK_LOW] < -1.5 && usa->change_gt[STK_HIGH] > -2.5);
        assert_int_equal(change_of(a, "JPN", STK_COUNTERFACTUAL_BASELINE) != NULL, announced == 1);

        /* against no pledge it is the same if the span has the return, before which there was none
         */
        request.since = 20201105;
        stk_assessment *longer = assess(&request);
        const stk_change *again = change_of(longer, "USA", STK_COUNTERFACTUAL_BASELINE);
        assert_non_null(again);
        assert_int_equal(again->submitted, 20210422);
        for (int k = 0; k < STK_AMBITIONS; k++) {
            assert_close(again->before_mt[k], usa->before_mt[k], 1e-9);
            assert_close(again->closes_gt[k], usa->closes_gt[k], 1e-12);
        }
        stk_assessment_free(longer);
        stk_assessment_free(a);
    }
}

static void changes_are_sorted_by_size(void **state)
{
    (void)state;
    size_t count;
    stk_assess_request request = {.options = test_options("AR6", 20260801),
                                  .since = 20160101,
                                  .year = 2030,
                                  .benchmark = benchmark_of("C1", 2030)};
    stk_assessment *a = assess(&request);
    const stk_change *c = stk_assessment_changes(a, &count);
    assert_true(count > 100);
    for (size_t i = 1; i < count; i++) {
        if (c[i].counterfactual == c[i - 1].counterfactual &&
            c[i].condition == c[i - 1].condition) {
            assert_true(fabs(c[i].closes_gt[0]) + fabs(c[i].closes_gt[1]) <=
                        fabs(c[i - 1].closes_gt[0]) + fabs(c[i - 1].closes_gt[1]) + 1e-12);
        }
    }
    stk_assessment_free(a);
}

static void a_withdrawal_is_a_change(void **state)
{
    (void)state;
    stk_assess_request request = {.options = test_options("AR6", 20260127),
                                  .since = 20260126,
                                  .year = 2030,
                                  .benchmark = benchmark_of("C1", 2030)};
    stk_assessment *a = assess(&request);
    const stk_change *usa = change_of(a, "USA", STK_COUNTERFACTUAL_PREVIOUS);
    assert_non_null(usa);
    assert_string_equal(usa->status, "withdraws");
    assert_int_equal(usa->submitted, 20260127);
    assert_true(usa->closes_gt[0] < -1);
    assert_true(stk_assessment_coverage(a)->parties_suspended == 1);
    stk_assessment_free(a);
    request.options.as_of.ignore_withdrawal = true;
    a = assess(&request);
    assert_null(change_of(a, "USA", STK_COUNTERFACTUAL_PREVIOUS));
    stk_assessment_free(a);
    request = (stk_assess_request){.options = test_options("AR6", 20210219),
                                   .since = 20210218,
                                   .year = 2030,
                                   .benchmark = benchmark_of("C1", 2030)};
    a = assess(&request);
    usa = change_of(a, "USA", STK_COUNTERFACTUAL_PREVIOUS);
    assert_non_null(usa);
    assert_string_equal(usa->status, "rejoins");
    stk_assessment_free(a);
}

/* A document of the same Party keeps its own row, with what it changed on its day. */
static void a_withdrawal_is_not_booked_under_a_document(void **state)
{
    (void)state;
    size_t count;
    stk_assess_request r = {.options = test_options("AR6", 20261130),
                            .since = 20241101,
                            .year = 2035,
                            .benchmark = benchmark_of("C1", 2035)};
    r.options.extension = STK_EXTEND_OWN_RATE;
    stk_assessment *a = assess(&r);
    const stk_change *changes = stk_assessment_changes(a, &count);
    const stk_change *document = NULL;
    const stk_change *withdrawal = NULL;
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &changes[i];
        if (strcmp(c->iso3, "USA") == 0 && c->condition == STK_UNCONDITIONAL &&
            c->counterfactual == STK_COUNTERFACTUAL_PREVIOUS) {
            document = c->kind == STK_STEP_DOCUMENT ? c : document;
            withdrawal = c->kind == STK_STEP_WITHDRAWAL ? c : withdrawal;
        }
    }
    if (document == NULL || withdrawal == NULL) {
        fail();
        return;
    }
    assert_int_equal(document->submitted, 20241219);
    assert_string_equal(document->status, "submitted");
    assert_int_equal(withdrawal->submitted, 20260127);
    assert_string_equal(withdrawal->status, "withdraws");
    for (int k = 0; k < STK_AMBITIONS; k++) {
        assert_true(document->change_gt[k] < 0 && withdrawal->change_gt[k] > 0);
        assert_close(withdrawal->before_mt[k], document->after_mt[k], 1e-6);
    }
    stk_assessment_free(a);
}

static const stk_arrival *arrival_of(const stk_assessment *a, const char *iso3, stk_date date)
{
    size_t count;
    const stk_arrival *list = stk_assessment_arrivals(a, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].iso3, iso3) == 0 && list[i].date == date) {
            return &list[i];
        }
    }
    return NULL;
}

/* The week before the conference in Belem: every document is there, one that was not extracted too,
 * and China's and the EU's changes have one sign in assessment and timeline. */
static void the_documents_of_a_week_are_listed(void **state)
{
    (void)state;
    size_t count;
    size_t targets;
    stk_assess_request r = {.options = test_options("AR6", 20251105),
                            .since = 20251027,
                            .year = 2035,
                            .benchmark = benchmark_of("C1", 2035)};
    r.options.extension = STK_EXTEND_OWN_RATE;
    stk_assessment *a = assess(&r);
    const stk_arrival *china = arrival_of(a, "CHN", 20251103);
    const stk_arrival *venezuela = arrival_of(a, "VEN", 20251028);
    assert_non_null(china);
    assert_non_null(venezuela);
    assert_true(china->counts && china->quantified && china->kind == STK_STEP_DOCUMENT);
    assert_true(china->year_count > 0 && china->years[china->year_count - 1] == 2035);
    assert_string_equal(china->status, "submitted");
    assert_true(strlen(china->title) > 0 && strlen(china->name) > 0);
    assert_true(venezuela->counts && !venezuela->quantified && venezuela->year_count == 0);
    assert_null(change_of(a, "VEN", STK_COUNTERFACTUAL_PREVIOUS));
    const stk_target *all;
    for (size_t p = 0; (all = stk_pledges_party(test_data()->pledges, p, &targets)) != NULL; p++) {
        for (size_t i = 0; i < targets; i++) {
            if (all[i].submitted > r.since && all[i].submitted <= r.options.as_of.date &&
                all[i].joint_party[0] == '\0') {
                assert_non_null(arrival_of(a, all[i].iso3, all[i].submitted));
            }
        }
    }
    stk_timeline_request t = {
        .options = r.options, .from = 20251028, .year = 2035, .benchmark = r.benchmark};
    stk_timeline *timeline;
    stk_error error;
    assert_ok(stk_timeline_make(test_data(), &t, &timeline, &error), &error);
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    int met = 0;
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = change_of(a, steps[i].iso3, STK_COUNTERFACTUAL_PREVIOUS);
        if (c != NULL && c->submitted == steps[i].date) {
            assert_close(-c->closes_gt[STK_LOW], steps[i].change_gt, 1e-9);
            met++;
        }
    }
    assert_true(met >= 3);
    assert_true(change_of(a, "CHN", STK_COUNTERFACTUAL_PREVIOUS)->change_gt[STK_LOW] < 0);
    assert_true(change_of(a, "EUU", STK_COUNTERFACTUAL_PREVIOUS)->change_gt[STK_LOW] < 0);
    stk_timeline_free(timeline);
    stk_assessment_free(a);
}

/* Announcements are listed; whether they count is said. */
static void announcements_are_listed_as_such(void **state)
{
    (void)state;
    for (int announced = 0; announced < 2; announced++) {
        stk_assess_request r = {.options = test_options("AR6", 20210422),
                                .since = 20210420,
                                .year = 2030,
                                .benchmark = benchmark_of("C1", 2030)};
        r.options.as_of.include_announced = announced == 1;
        stk_assessment *a = assess(&r);
        const stk_arrival *japan = arrival_of(a, "JPN", 20210422);
        assert_non_null(japan);
        assert_string_equal(japan->status, "announced");
        assert_int_equal(japan->counts, announced == 1);
        assert_true(japan->quantified);
        stk_assessment_free(a);
    }
}

static void the_other_year_is_that_of_its_own_assessment(void **state)
{
    (void)state;
    stk_assess_request r = {.options = test_options("AR4", 20251105),
                            .year = 2035,
                            .benchmark = benchmark_of("C1", 2035),
                            .other_year = 2030,
                            .other_benchmark = benchmark_of("C1", 2030)};
    stk_assessment *a = assess(&r);
    r.year = 2030;
    r.benchmark = r.other_benchmark;
    r.other_year = 0;
    stk_assessment *b = assess(&r);
    const stk_other_year *other = stk_assessment_other_year(a);
    assert_non_null(other);
    assert_null(stk_assessment_other_year(b));
    assert_int_equal(other->year, 2030);
    assert_close(other->baseline_gt, stk_assessment_baseline_gt(b), 1e-12);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        assert_close(other->gaps[i].gap_gt, stk_assessment_gaps(b)[i].gap_gt, 1e-12);
    }
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
        stk_condition c = (stk_condition)(i / STK_AMBITIONS);
        stk_ambition k = (stk_ambition)(i % STK_AMBITIONS);
        assert_close(other->level_gt[c][k], stk_assessment_level_gt(b, c, k, false), 1e-12);
    }
    stk_assessment_free(a);
    stk_assessment_free(b);
}

static void gap_cases_match_the_worlds(void **state)
{
    (void)state;
    stk_gap cases[STK_GAP_CASES];
    stk_error error;
    stk_options options = test_options("AR4", 20260801);
    stk_benchmark b = benchmark_of("C3", 2035);
    assert_ok(stk_gap_cases(test_data(), &options, &b, 2035, cases, &error), &error);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        stk_world *world;
        stk_options own = options;
        own.gwp = b.gwp; /* the benchmark's set, not the user's */
        own.cap_hot_air = cases[i].hot_air_capped;
        assert_ok(stk_world_make(test_data()->inventory, test_data()->pledges,
                                 test_data()->baseline, &own, &world, &error),
                  &error);
        double gt =
            stk_world_level_mt(world, cases[i].condition, cases[i].ambition, true, 2035) / 1000;
        assert_close(cases[i].world_gt, gt, 1e-12);
        assert_close(cases[i].gap_gt, gt - b.median_gt, 1e-12);
        stk_world_free(world);
    }
    for (int i = 0; i < 4; i++) {
        assert_true(cases[i + 4].world_gt <= cases[i].world_gt + 1e-12);
    }
    /* an assessment in the benchmark's own set says the same */
    stk_assess_request request = {.options = options, .year = 2035, .benchmark = b};
    request.options.gwp = b.gwp;
    stk_assessment *a = assess(&request);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        assert_close(stk_assessment_gaps(a)[i].gap_gt, cases[i].gap_gt, 1e-12);
    }
    stk_assessment_free(a);
}

static void coverage_adds_up(void **state)
{
    (void)state;
    stk_assess_request request = {.options = test_options("AR6", 20260801),
                                  .year = 2030,
                                  .benchmark = benchmark_of("C1", 2030)};
    stk_assessment *a = assess(&request);
    const stk_coverage *c = stk_assessment_coverage(a);
    double marks = 0;
    for (int i = 0; i < STK_CONFIDENCE_MARKS; i++) {
        assert_true(strlen(stk_confidence_mark(i)) > 0);
        marks += c->by_confidence_pct[i];
    }
    assert_int_equal(c->parties, 197);
    assert_true(c->parties_with_target > 150 && c->parties_with_target <= 197);
    assert_true(c->covered_pct > 70 && c->covered_pct <= 100);
    assert_true(marks >= c->covered_pct - 1e-9 && marks <= 100);
    assert_true(c->suspended_pct > 8 && c->suspended_pct < 16);
    assert_true(stk_assessment_baseline_gt(a) >
                stk_assessment_level_gt(a, STK_CONDITIONAL, STK_HIGH, true));
    size_t count;
    const stk_forest_choice *forests = stk_assessment_forests(a, &count);
    assert_true(count > 3);
    for (size_t i = 1; i < count; i++) {
        assert_true(fabs(forests[i].first_mt - forests[i].hold_mt) <=
                    fabs(forests[i - 1].first_mt - forests[i - 1].hold_mt));
    }
    stk_assessment_changes(a, &count);
    assert_int_equal(count, 0);
    assert_int_equal(stk_assessment_request(a)->year, 2030);
    assert_int_equal(stk_world_options(stk_assessment_world(a))->cap_hot_air, false);
    stk_assessment_free(a);
}

static void requests_that_make_no_sense(void **state)
{
    (void)state;
    stk_assessment *a;
    stk_error error;
    stk_assess_request request = {.options = test_options("AR6", 20210422),
                                  .year = 2023,
                                  .benchmark = benchmark_of("C1", 2030)};
    assert_int_equal(stk_assess(test_data(), &request, &a, &error), STK_EARG);
    assert_has(error.message, "allowed: 2024 to 2100");
    assert_null(a);
    request.year = 2101;
    assert_int_equal(stk_assess(test_data(), &request, &a, &error), STK_EARG);
    request.year = 2030;
    request.since = 20210422;
    assert_int_equal(stk_assess(test_data(), &request, &a, &error), STK_EARG);
    assert_has(error.message, "the earlier date must be before");
    stk_assessment_free(NULL);
    assert_string_equal(stk_counterfactual_name(STK_COUNTERFACTUAL_BASELINE), "baseline");
}

static void the_same_numbers_in_every_run(void **state)
{
    (void)state;
    char *first = NULL;
    for (int run = 0; run < 2; run++) {
        stk_data data;
        stk_error error;
        stk_buffer out = {0};
        assert_ok(stk_data_open(&data, NULL, NULL, &error), &error);
        stk_assess_request request = {.options = test_options("AR4", 20210422),
                                      .since = 20160101,
                                      .year = 2030,
                                      .benchmark = april_2021()};
        stk_assessment *a;
        assert_ok(stk_assess(&data, &request, &a, &error), &error);
        assert_ok(stk_report_json(a, &data, json_pack("{s:{}}", "units"), &out, &error), &error);
        stk_assessment_free(a);
        stk_data_close(&data);
        if (first == NULL) {
            first = out.data;
        } else {
            assert_string_equal(first, out.data);
            stk_buffer_free(&out);
        }
    }
    free(first);
}

static void check_low_high(const json_t *object, const char *key)
{
    const json_t *pair = json_object_get(object, key);
    assert_true(json_is_number(json_object_get(pair, "low")));
    assert_true(json_is_number(json_object_get(pair, "high")));
}

static void json_has_the_promised_shape(void **state)
{
    (void)state;
    stk_buffer out = {0};
    stk_error error;
    json_error_t wrong;
    stk_assess_request request = {.options = test_options("AR4", 20210422),
                                  .since = 20210420,
                                  .year = 2030,
                                  .benchmark = benchmark_of("C1", 2030)};
    stk_assessment *a = assess(&request);
    assert_ok(stk_report_json(a, test_data(), json_pack("{s:{}}", "units"), &out, &error), &error);
    json_t *root = json_loads(out.data, JSON_REJECT_DUPLICATES, &wrong);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_object_get(root, "as_of")), "2021-04-22");
    assert_string_equal(json_string_value(json_object_get(root, "since")), "2021-04-20");
    assert_string_equal(json_string_value(json_object_get(root, "gwp")), "AR4");
    assert_int_equal(json_integer_value(json_object_get(root, "year")), 2030);
    assert_int_equal(json_array_size(json_object_get(root, "world")), 8);
    assert_int_equal(json_array_size(json_object_get(root, "gap")), 8);
    assert_true(json_is_object(json_object_get(root, "coverage")));
    const json_t *changes = json_object_get(root, "changes");
    assert_true(json_array_size(changes) >= 4);
    for (size_t i = 0; i < json_array_size(changes); i++) {
        static const char *const texts[] = {"iso3", "condition", "counterfactual"};
        static const char *const pairs[] = {"before_mt", "after_mt", "change_gt",
                                            "share_of_gap_pct"};
        const json_t *change = json_array_get(changes, i);
        for (int k = 0; k < 3; k++) {
            assert_true(json_is_string(json_object_get(change, texts[k])));
        }
        for (int k = 0; k < 4; k++) {
            check_low_high(change, pairs[k]);
        }
        assert_non_null(json_object_get(change, "submitted"));
    }
    json_decref(root);
    stk_buffer_free(&out);
    stk_assessment_free(a);
}

static void the_screen_says_it_in_words(void **state)
{
    (void)state;
    stk_buffer out = {0};
    stk_error error;
    stk_assess_request request = {.options = test_options("AR4", 20210422),
                                  .since = 20210420,
                                  .year = 2030,
                                  .benchmark = april_2021()};
    request.options.as_of.include_announced = true;
    stk_assessment *a = assess(&request);
    assert_ok(stk_report_text(a, test_data(), -1, &out, &error), &error);
    assert_has(out.data, "As pledged on 2021-04-22 (announcements counted), the world heads for ");
    assert_has(out.data,
               " without land use (the year that new documents are about) if the unconditional "
               "targets are kept.\nThe gap to 1.5C is ");
    assert_has(out.data, "without land use (GWP AR4)");
    assert_has(out.data, "Against no pledge at all");
    assert_has(out.data, "On 2021-04-20 the gap in 2030 was ");
    assert_has(out.data, " had a target for 2030 or later, now ");
    stk_assessment_free(a);
    stk_buffer_free(&out);
    request.options.as_of.date = 20210424;
    request.since = 20210423;
    a = assess(&request);
    assert_ok(stk_report_text(a, test_data(), -1, &out, &error), &error);
    assert_has(out.data, "Nothing came after 2021-04-23 until 2021-04-24.");
    stk_assessment_free(a);
    stk_buffer_free(&out);
}

static int times(const char *text, const char *part)
{
    int found = 0;
    for (; (text = strstr(text, part)) != NULL; text += strlen(part)) {
        found++;
    }
    return found;
}

/* What two comparisons, two scopes and a date after the data mean is said beside the figures. */
static void figures_are_explained_where_they_stand(void **state)
{
    (void)state;
    static const char *const scopes = "The effect on the gap counts land use, the columns before "
                                      "it do not.\n";
    stk_buffer out = {0};
    stk_error error;
    char clause[64];
    stk_date known = stk_pledges_known_until(test_data()->pledges);
    stk_assess_request request = {.options = test_options("AR6", known),
                                  .since = 20260401,
                                  .year = 2035,
                                  .benchmark = benchmark_of("C1", 2035)};
    request.options.extension = STK_EXTEND_OWN_RATE;
    stk_print(clause, sizeof clause, ", in documents known until %s, the", STK_DATE_TEXT(known));
    for (int i = 0; i < 2; i++) {
        request.options.as_of.date = known + (i == 1 ? 1 : 0);
        request.benchmark.with_lulucf = i == 0;
        stk_assessment *a = assess(&request);
        out.size = 0;
        assert_ok(stk_report_text(a, test_data(), -1, &out, &error), &error);
        assert_int_equal(times(out.data, scopes), i == 0 ? 2 : 0);
        assert_int_equal(times(out.data, clause), i);
        assert_int_equal(times(out.data, " Gt before.\n"), 1);
        assert_int_equal(times(out.data, " Gt, as it would be had these Parties pledged "), 1);
        stk_assessment_free(a);
    }
    stk_buffer_free(&out);
}

/* A Party is named as raised and yet asked for something if both tables say so of it and its
 * targets of the day before ended before the year; there are such, and there are cuts, which are
 * not. */
static void what_is_raised_and_yet_below_no_pledge_is_named(void **state)
{
    (void)state;
    stk_buffer out = {0};
    int named = 0;
    int others = 0;
    stk_assess_request request = {.options = test_options("AR6", 20260801),
                                  .since = 20251122,
                                  .year = 2035,
                                  .benchmark = benchmark_of("C1", 2035)};
    request.options.extension = STK_EXTEND_OWN_RATE;
    stk_assessment *a = assess(&request);
    size_t count;
    const stk_change *list = stk_assessment_changes(a, &count);
    stk_report_raised(a, " ", &out);
    assert_has(out.data, "India");
    assert_has(out.data, "Their older targets end before 2035 and were carried on");
    for (size_t i = 0; i < count; i++) {
        bool here = strstr(out.data, list[i].name) != NULL;
        if (list[i].condition != STK_UNCONDITIONAL) {
            continue;
        }
        bool previous = list[i].counterfactual == STK_COUNTERFACTUAL_PREVIOUS;
        double sign = previous ? 1 : -1;
        assert_true(!here || sign * list[i].change_gt[STK_LOW] >= 0.005);
        named += here ? 1 : 0;
        others += here ? 0 : 1;
    }
    assert_true(named >= 2 && named % 2 == 0 && others > 0);
    stk_assessment_free(a);
    request.since = 20260430;
    a = assess(&request);
    out.size = 0;
    stk_report_raised(a, " ", &out);
    assert_true(out.size == 0 || strstr(out.data, "India") == NULL);
    stk_assessment_free(a);
    stk_buffer_free(&out);
}

/* What closes the gap and what opens it are told apart in words. */
static void effects_have_words(void **state)
{
    (void)state;
    static const struct {
        double share[STK_AMBITIONS];
        const char *words;
    } cases[] = {{{4.5, 4.5}, "closes 4.5 %"},
                 {{0.9, 2.46}, "closes 0.9 to 2.5 %"},
                 {{-9.5, -9.5}, "adds 9.5 %"},
                 {{-9.6, -8.3}, "adds 8.3 to 9.6 %"},
                 {{-0.1, 0.3}, "adds 0.1 to closes 0.3 %"},
                 {{0.001, -0.02}, "under 0.1 %"},
                 {{0.0, 0.14}, "closes 0.0 to 0.1 %"},
                 {{-0.2, 0.01}, "adds 0.0 to 0.2 %"},
                 {{(double)NAN, (double)NAN}, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_buffer out = {0};
        stk_report_effect(cases[i].share, &out);
        assert_string_equal(out.size > 0 ? out.data : "", cases[i].words);
        stk_buffer_free(&out);
    }
}

static void years_have_reasons(void **state)
{
    (void)state;
    assert_has(stk_report_year_reason(2035, 20261130, 2023), "new documents are about");
    assert_has(stk_report_year_reason(2030, 20210422, 2023), "new documents are about");
    assert_has(stk_report_year_reason(2030, 20151001, 2023), "first contributions");
    assert_null(stk_report_year_reason(2030, 20261130, 2023));
    assert_null(stk_report_year_reason(2050, 20261130, 2023));
}

static void charts_keep_their_width(void **state)
{
    (void)state;
    static const int widths[] = {0, 40, 80, 120, 1000};
    const stk_data *data = test_data();
    stk_options options = test_options("AR6", 20260801);
    stk_world *world;
    stk_error error;
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, &error),
        &error);
    for (size_t n = 0; n < stk_world_count(world); n++) {
        stk_buffer out = {0};
        int width = widths[n % 5];
        stk_report_chart(stk_world_national(world, n), 2023, width, &out);
        bool empty = true;
        for (int year = STK_PATH_FIRST; year <= 2023; year++) {
            empty = empty && !(stk_world_national(world, n)->baseline[year - STK_PATH_FIRST] > 0);
        }
        assert_has(out.data, empty ? "no emissions in the data" : "1990");
        assert_has(out.data, empty ? "\n" : "2050");
        stk_buffer_free(&out);
    }
    stk_world_free(world);
}

static void milestones_are_five_year_marks(void **state)
{
    (void)state;
    static const struct {
        stk_date date;
        int history_last;
        int count;
        int years[2];
    } cases[] = {{20151001, 2023, 2, {2030, 2025}}, {20151001, 2025, 1, {2030, 2025}},
                 {20210422, 2024, 2, {2030, 2025}}, {20241231, 2023, 2, {2030, 2025}},
                 {20250101, 2023, 2, {2035, 2030}}, {20251105, 2023, 2, {2035, 2030}},
                 {20261130, 2024, 2, {2035, 2030}}, {20291231, 2024, 2, {2035, 2030}},
                 {20300101, 2024, 2, {2040, 2035}}, {21000101, 2024, 1, {2100, 2095}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int years[STK_MILESTONES];
        assert_int_equal(stk_milestones(cases[i].date, cases[i].history_last, years),
                         cases[i].count);
        assert_int_equal(years[0], cases[i].years[0]);
        assert_int_equal(years[1], cases[i].years[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributions_add_up_exactly),
        cmocka_unit_test(the_world_before_is_that_of_the_earlier_date),
        cmocka_unit_test(the_us_document_of_april_2021),
        cmocka_unit_test(changes_are_sorted_by_size),
        cmocka_unit_test(a_withdrawal_is_a_change),
        cmocka_unit_test(steps_and_changes_add_up_to_the_worlds),
        cmocka_unit_test(leaving_the_joint_document_is_one_change),
        cmocka_unit_test(a_withdrawal_is_not_booked_under_a_document),
        cmocka_unit_test(the_documents_of_a_week_are_listed),
        cmocka_unit_test(announcements_are_listed_as_such),
        cmocka_unit_test(the_other_year_is_that_of_its_own_assessment),
        cmocka_unit_test(gap_cases_match_the_worlds),
        cmocka_unit_test(coverage_adds_up),
        cmocka_unit_test(requests_that_make_no_sense),
        cmocka_unit_test(the_same_numbers_in_every_run),
        cmocka_unit_test(json_has_the_promised_shape),
        cmocka_unit_test(the_screen_says_it_in_words),
        cmocka_unit_test(figures_are_explained_where_they_stand),
        cmocka_unit_test(what_is_raised_and_yet_below_no_pledge_is_named),
        cmocka_unit_test(effects_have_words),
        cmocka_unit_test(years_have_reasons),
        cmocka_unit_test(charts_keep_their_width),
        cmocka_unit_test(milestones_are_five_year_marks),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
