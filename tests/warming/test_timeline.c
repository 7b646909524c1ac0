/** @file test_timeline.c
 * @brief The timeline against worlds made for its dates, and against the cases of the warming.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stocktake/timeline.h>

#include "support.h"

static stk_timeline_request request_of(const test_warming *t, stk_date from, stk_date to)
{
    stk_timeline_request r = {.options = t->options, .from = from, .year = 2030, .threads = 2};
    stk_text none = {NULL, 0};
    r.options.as_of.date = to;
    r.options.net_zero = STK_NET_ZERO_PLEDGE;
    r.options.binding = STK_NET_ZERO_POLICY;
    assert_int_equal(stk_benchmark_find(t->data.edition, stk_inventory_gwp(t->data.inventory), "C1",
                                        NULL, none, 2030, &r.benchmark, NULL),
                     STK_OK);
    return r;
}

static stk_timeline *make(const test_warming *t, const stk_timeline_request *r)
{
    stk_error error = {0};
    stk_timeline *timeline = NULL;
    if (stk_timeline_make(&t->data, r, &timeline, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    return timeline;
}

/* The last step of every day is the world that is made for the day. */
static void days_end_in_their_world(void **state)
{
    const test_warming *t = *state;
    size_t count;
    size_t days = 0;
    stk_timeline_request r = request_of(t, 20201101, 20211120);
    stk_timeline *timeline = make(t, &r);
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    assert_true(count > 150);
    for (size_t i = 0; i < count; i++) {
        const stk_timeline_step *s = &steps[i];
        assert_true(s->date >= r.from && s->date <= r.options.as_of.date);
        assert_true(i == 0 || s[-1].date < s->date ||
                    (s[-1].date == s->date && strcmp(s[-1].iso3, s->iso3) < 0));
        assert_true(s->document[0] != '\0' && s->document_count > 0 && s->name != NULL);
        assert_true(fabs(s->gap_gt - (s->world_gt - r.benchmark.median_gt)) < 1e-12);
        assert_true(isnan(s->warming_2100_k));
        if (i + 1 == count || s[1].date != s->date) {
            stk_world *world;
            stk_options options = r.options;
            options.as_of.date = s->date;
            options.gwp = r.benchmark.gwp;
            assert_int_equal(stk_world_make(t->data.inventory, t->data.pledges, t->data.baseline,
                                            &options, &world, NULL),
                             STK_OK);
            double level = stk_world_level_mt(world, r.condition, r.ambition,
                                              r.benchmark.with_lulucf, r.year) /
                           1000;
            assert_true(s->world_gt == level);
            stk_world_free(world);
            days++;
        }
    }
    assert_true(days > 80);
    stk_timeline_free(timeline);
}

/* What everybody knows of that year is there, under its name. */
static const stk_timeline_step *find_step(const stk_timeline *timeline, const char *iso3,
                                          stk_date date)
{
    size_t count;
    const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
    for (size_t i = 0; i < count; i++) {
        if (steps[i].date == date && strcmp(steps[i].iso3, iso3) == 0) {
            return &steps[i];
        }
    }
    return NULL;
}

static void events_are_steps(void **state)
{
    const test_warming *t = *state;
    size_t count;
    stk_timeline_request r = request_of(t, 20201001, 20211120);
    stk_timeline *timeline = make(t, &r);
    const stk_timeline_step *leaves = find_step(timeline, "USA", 20201104);
    const stk_timeline_step *rejoins = find_step(timeline, "USA", 20210219);
    const stk_timeline_step *pledge = find_step(timeline, "USA", 20210422);
    const stk_timeline_step *china = find_step(timeline, "CHN", 20211028);
    assert_true(leaves != NULL && leaves > stk_timeline_steps(timeline, &count) &&
                rejoins != NULL && pledge != NULL && china != NULL);
    assert_true(leaves[0].world_gt > leaves[-1].world_gt + 0.5);
    assert_true(rejoins[0].world_gt < rejoins[-1].world_gt - 0.5);
    assert_true(china->document_count == 2 && strstr(china->document, "; net zero 2060") != NULL);
    /* the joint document speaks for members: their own laws are no steps */
    assert_null(find_step(timeline, "DEU", 20210831));
    stk_timeline_free(timeline);
    r.options.as_of.ignore_withdrawal = true;
    timeline = make(t, &r);
    assert_null(find_step(timeline, "USA", 20201104));
    assert_null(find_step(timeline, "USA", 20210219));
    stk_timeline_free(timeline);
    r.options.as_of.include_announced = true;
    timeline = make(t, &r);
    assert_non_null(find_step(timeline, "GBR", 20210420));
    stk_timeline_free(timeline);
}

/* Warming of the last step is that of the case pledges and targets; skipping small moves changes
 * nothing that would show; threads change nothing. */
static void warming_is_that_of_the_cases(void **state)
{
    const test_warming *t = *state;
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t case_count;
    size_t count;
    stk_timeline_request r = request_of(t, 20211020, 20211120);
    stk_warming_request w = {
        .options = r.options, .beyond = STK_EXTEND_CONSTANT_RATE, .net_zero = STK_NET_ZERO_POLICY};
    r.model = t->model;
    stk_timeline *every = make(t, &r);
    r.warming_step_gt = 0.1;
    r.threads = 1;
    stk_timeline *some = make(t, &r);
    const stk_timeline_step *a = stk_timeline_steps(every, &count);
    const stk_timeline_step *b = stk_timeline_steps(some, &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(a[i].world_gt == b[i].world_gt);
        assert_true(fabs(a[i].warming_2100_k - b[i].warming_2100_k) < 0.01);
        assert_true(a[i].warming_low_k < a[i].warming_2100_k &&
                    a[i].warming_2100_k < a[i].warming_high_k);
    }
    assert_true(a[count - 1].warming_2100_k == b[count - 1].warming_2100_k);
    assert_int_equal(stk_warming_cases(&t->data, t->model, &w, cases, &case_count, NULL), STK_OK);
    const stk_outlook *o = &cases[8 * STK_CASE_PLEDGES_AND_TARGETS].outlook;
    assert_true(a[count - 1].warming_2100_k == o->last_k[STK_WARMING_MEDIAN]);
    /* China's strategy is what moved the autumn of 2021 */
    const stk_timeline_step *china = find_step(every, "CHN", 20211028);
    assert_non_null(china);
    assert_true(china->warming_2100_k < china[-1].warming_2100_k - 0.1);
    stk_timeline_free(every);
    stk_timeline_free(some);
}

/* So it is for every choice of what net zero counts and how pathways go on. */
static void warming_follows_the_options(void **state)
{
    static const struct {
        stk_extension extension;
        stk_net_zero binding;
    } choices[] = {{STK_EXTEND_NET_ZERO, STK_NET_ZERO_NONE},
                   {STK_EXTEND_NET_ZERO, STK_NET_ZERO_PROPOSED},
                   {STK_EXTEND_BASELINE_RATIO, STK_NET_ZERO_LAW}};
    const test_warming *t = *state;
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t case_count;
    size_t count;
    double medians[3];
    for (size_t i = 0; i < 3; i++) {
        stk_timeline_request r = request_of(t, 20211115, 20211120);
        r.options.extension = choices[i].extension;
        r.options.binding = choices[i].binding;
        r.model = t->model;
        stk_options made = stk_warming_options(&r.options);
        stk_warming_request w = {
            .options = r.options, .beyond = made.otherwise, .net_zero = made.net_zero};
        stk_timeline *timeline = make(t, &r);
        const stk_timeline_step *steps = stk_timeline_steps(timeline, &count);
        assert_int_equal(stk_warming_cases(&t->data, t->model, &w, cases, &case_count, NULL),
                         STK_OK);
        medians[i] = cases[8 * STK_CASE_PLEDGES_AND_TARGETS].outlook.last_k[STK_WARMING_MEDIAN];
        assert_true(count > 0 && steps[count - 1].warming_2100_k == medians[i]);
        stk_timeline_free(timeline);
    }
    assert_true(medians[1] < medians[0] - 0.3);
    assert_true(fabs(medians[2] - medians[0]) > 0.01);
}

/* What an assessment says of the earlier date is what the timeline had on that day, and what an
 * assessment of that day says itself. */
static void the_day_before_is_that_of_the_timeline(void **state)
{
    const test_warming *t = *state;
    stk_error error = {0};
    size_t count;
    stk_timeline_request r = request_of(t, 20211020, 20211120);
    r.model = t->model;
    stk_timeline *timeline = make(t, &r);
    const stk_timeline_step *last = stk_timeline_steps(timeline, &count) + count - 1;
    stk_assess_request request = {.options = r.options,
                                  .since = 20211120,
                                  .year = r.year,
                                  .benchmark = r.benchmark,
                                  .warming = true,
                                  .model = t->model};
    stk_assess_request day = request;
    request.options.as_of.date = 20221231;
    day.since = 0;
    stk_assessment *now;
    stk_assessment *then;
    assert_int_equal(stk_assess(&t->data, &request, &now, &error), STK_OK);
    assert_int_equal(stk_assess(&t->data, &day, &then, &error), STK_OK);
    const stk_assessment *before = stk_assessment_before(now);
    assert_null(stk_assessment_before(then));
    assert_null(stk_assessment_before(before));
    assert_true(fabs(stk_assessment_gaps(before)[0].gap_gt - last->gap_gt) < 1e-9);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        assert_true(stk_assessment_gaps(before)[i].gap_gt == stk_assessment_gaps(then)[i].gap_gt);
    }
    assert_int_equal(stk_assessment_coverage(before)->parties_with_target,
                     stk_assessment_coverage(then)->parties_with_target);
    stk_assessment_warming(before, &count);
    assert_int_equal(count, 2);
    for (int kind = STK_CASE_TARGETS_ONLY; kind <= STK_CASE_PLEDGES_AND_TARGETS; kind++) {
        const stk_warming_case *a = stk_assessment_warming_of(before, (stk_case)kind);
        const stk_warming_case *b = stk_assessment_warming_of(then, (stk_case)kind);
        assert_memory_equal(a->outlook.last_k, b->outlook.last_k, sizeof a->outlook.last_k);
    }
    assert_true(stk_assessment_warming_of(before, STK_CASE_PLEDGES_AND_TARGETS)
                    ->outlook.last_k[STK_WARMING_MEDIAN] == last->warming_2100_k);
    stk_assessment_free(now);
    stk_assessment_free(then);
    request.warming = false;
    assert_int_equal(stk_assess(&t->data, &request, &now, &error), STK_OK);
    stk_assessment_warming(stk_assessment_before(now), &count);
    assert_int_equal(count, 0);
    stk_assessment_free(now);
    stk_timeline_free(timeline);
}

static bool count_progress(void *user, size_t done, size_t total)
{
    size_t *seen = user;
    assert_true(done > seen[0] && done <= total);
    seen[0] = done;
    seen[1] = total;
    return true;
}

/* Who waits is told how far it is, and gets the same numbers. */
static void progress_changes_nothing(void **state)
{
    const test_warming *t = *state;
    size_t seen[2] = {0, 0};
    size_t count;
    size_t same;
    stk_timeline_request r = request_of(t, 20210801, 20211120);
    r.model = t->model;
    stk_timeline *quiet = make(t, &r);
    r.progress = count_progress;
    r.user = seen;
    stk_timeline *told = make(t, &r);
    const stk_timeline_step *a = stk_timeline_steps(quiet, &count);
    const stk_timeline_step *b = stk_timeline_steps(told, &same);
    assert_true(count == same && seen[0] == seen[1] && seen[1] > 32);
    for (size_t i = 0; i < count; i++) {
        assert_true(a[i].warming_2100_k == b[i].warming_2100_k && a[i].kind == b[i].kind);
        assert_true(fabs(b[i].change_gt -
                         (i == 0 ? b[i].change_gt : b[i].world_gt - b[i - 1].world_gt)) < 1e-9);
    }
    stk_timeline_free(quiet);
    stk_timeline_free(told);
}

/* One document means one level: without net-zero aims the warming's world is the plain one, and a
 * Party without an aim is on the same path in both. */
static void warming_goes_on_as_levels_do(void **state)
{
    const test_warming *t = *state;
    static const int years[] = {2030, 2035, 2060};
    stk_options plain = t->options;
    stk_world *worlds[2];
    plain.as_of.date = 20261130;
    plain.extension = STK_EXTEND_OWN_RATE;
    plain.binding = STK_NET_ZERO_POLICY;
    stk_options made = stk_warming_options(&plain);
    assert_int_equal(made.otherwise, STK_EXTEND_OWN_RATE);
    assert_int_equal(made.net_zero, STK_NET_ZERO_POLICY);
    assert_int_equal(stk_world_make(t->data.inventory, t->data.pledges, t->data.baseline, &plain,
                                    &worlds[0], NULL),
                     STK_OK);
    assert_int_equal(stk_world_make(t->data.inventory, t->data.pledges, t->data.baseline, &made,
                                    &worlds[1], NULL),
                     STK_OK);
    size_t without = 0;
    for (size_t i = 0; i < stk_world_count(worlds[0]); i++) {
        const stk_national *a = stk_world_national(worlds[0], i);
        const stk_national *b = stk_world_national(worlds[1], i);
        if (stk_pledges_net_zero(t->data.pledges, a->actor.iso3, made.as_of, made.net_zero) == 0) {
            assert_memory_equal(a->path, b->path, sizeof a->path);
            without++;
        }
    }
    assert_true(without > 50);
    made.net_zero = STK_NET_ZERO_NONE;
    assert_int_equal(stk_world_redraw(worlds[1], &made, NULL), STK_OK);
    for (size_t y = 0; y < sizeof years / sizeof *years; y++) {
        assert_true(stk_world_level_mt(worlds[0], STK_UNCONDITIONAL, STK_LOW, true, years[y]) ==
                    stk_world_level_mt(worlds[1], STK_UNCONDITIONAL, STK_LOW, true, years[y]));
    }
    stk_world_free(worlds[0]);
    stk_world_free(worlds[1]);
}

static void nothing_happened(void **state)
{
    const test_warming *t = *state;
    size_t count;
    stk_timeline_request r = request_of(t, 20140101, 20140601);
    r.model = t->model;
    stk_timeline *timeline = make(t, &r);
    stk_timeline_steps(timeline, &count);
    assert_int_equal(count, 0);
    stk_timeline_free(timeline);
    stk_timeline_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days_end_in_their_world),
                                       cmocka_unit_test(events_are_steps),
                                       cmocka_unit_test(warming_is_that_of_the_cases),
                                       cmocka_unit_test(warming_follows_the_options),
                                       cmocka_unit_test(the_day_before_is_that_of_the_timeline),
                                       cmocka_unit_test(progress_changes_nothing),
                                       cmocka_unit_test(warming_goes_on_as_levels_do),
                                       cmocka_unit_test(nothing_happened)};
    return cmocka_run_group_tests(tests, test_open, test_close);
}
