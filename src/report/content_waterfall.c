/** @file content_waterfall.c
 * @brief Who moves the world's level by how much: the steps of the waterfall.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_content.h"

/* A Party's step, before the small ones are taken together. */
typedef struct mover {
    const char *name;
    const char *what; /* after the name: " withdraws", or "" */
    double closes_gt;
    bool per_gdp;
} mover;

static int larger_first(const void *a, const void *b)
{
    const mover *x = a;
    const mover *y = b;
    double dx = fabs(x->closes_gt);
    double dy = fabs(y->closes_gt);
    return dx == dy ? strcmp(x->name, y->name) : dx < dy ? 1 : -1;
}

/* Whether the target that makes the level of the year is one per unit of GDP. */
static bool is_per_gdp(const stk_national *n, int year)
{
    const stk_actor_target *target = n == NULL ? NULL : stk_national_target(n, year);
    return target != NULL && target->kind == STK_TARGET_INTENSITY && !target->document->per_capita;
}

/* What each actor's pathway takes off its baseline, in the benchmark's scope. */
static size_t against_baseline(const page_content *s, mover *movers)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    int i = r->year - STK_PATH_FIRST;
    size_t count = stk_world_count(s->world);
    for (size_t n = 0; n < count; n++) {
        const stk_national *national = stk_world_national(s->world, n);
        double cut = national->baseline[i] - national->path[STK_UNCONDITIONAL][STK_LOW][i];
        if (r->benchmark.with_lulucf) {
            cut += national->lulucf_baseline[i] - national->lulucf[STK_UNCONDITIONAL][STK_LOW][i];
        }
        movers[n] = (mover){national->actor.name, "", cut / 1000, is_per_gdp(national, r->year)};
    }
    return count;
}

/* What each document since the earlier date changed against the one before. */
static size_t against_previous(const page_content *s, mover *movers)
{
    size_t count;
    size_t found = 0;
    const stk_change *changes = stk_assessment_changes(s->assessment, &count);
    for (size_t c = 0; c < count; c++) {
        if (changes[c].condition == STK_UNCONDITIONAL &&
            changes[c].counterfactual == STK_COUNTERFACTUAL_PREVIOUS) {
            const stk_national *n = stk_world_find(s->world, changes[c].iso3);
            int year = stk_assessment_request(s->assessment)->year;
            bool document = changes[c].kind == STK_STEP_DOCUMENT;
            movers[found++] =
                (mover){changes[c].name, chart_event_words(changes[c].kind),
                        changes[c].closes_gt[STK_LOW], document && is_per_gdp(n, year)};
        }
    }
    return found;
}

/* The `most` largest one by one, the others as one step. */
static void take_steps(const mover *movers, size_t count, size_t most, content_waterfall *w)
{
    double rest = 0;
    size_t others = 0;
    for (size_t i = 0; i < count; i++) {
        if (i < most && fabs(movers[i].closes_gt) >= 0.005) {
            char *label = w->step_labels[w->chart.step_count];
            stk_print(label, sizeof w->step_labels[0], "%s%s", STK_CUT(movers[i].name, 60),
                      movers[i].what);
            w->steps[w->chart.step_count++] =
                (chart_step){label, movers[i].closes_gt, movers[i].per_gdp};
        } else if (movers[i].closes_gt != 0) {
            rest += movers[i].closes_gt;
            others++;
        }
    }
    if (others > 0 && fabs(rest) < 0.005) { /* a row of 0.00 says nothing */
        w->left_out = others;
    } else if (others > 0) {
        stk_print(w->rest_label, sizeof w->rest_label, others == 1 ? "1 other" : "%zu others",
                  others);
        w->steps[w->chart.step_count++] = (chart_step){w->rest_label, rest, false};
    }
}

/* The goal in the margin of the chart: "1.5 °C (C1)" of "1.5 °C pathways (C1)". */
static void label_goal(const stk_benchmark *benchmark, char label[STK_BENCHMARK_TITLE_SIZE])
{
    static const char pathways[] = " pathways";
    stk_benchmark_title(benchmark, label);
    char *at = strstr(label, pathways);
    if (at != NULL && stk_benchmark_goal(benchmark) != benchmark->name) {
        size_t size = sizeof pathways - 1;
        memmove(at, at + size, strlen(at + size) + 1);
    }
}

bool content_find_waterfall(const page_content *s, size_t most, content_waterfall *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    size_t changes;
    stk_assessment_changes(s->assessment, &changes);
    size_t room = stk_world_count(s->world) + changes + 1;
    mover *movers = malloc(room * sizeof *movers);
    double after = content_gap(s, STK_LOW)->world_gt;
    double closed = 0;
    memset(w, 0, sizeof *w);
    if (movers == NULL) {
        return false;
    }
    most = most < CHART_STEPS_MAX - 1 ? most : CHART_STEPS_MAX - 1;
    size_t count = r->since != 0 ? against_previous(s, movers) : against_baseline(s, movers);
    qsort(movers, count, sizeof *movers, larger_first);
    take_steps(movers, count, most, w);
    for (size_t i = 0; i < count; i++) {
        closed += movers[i].closes_gt;
    }
    free(movers);
    if (r->since != 0) {
        stk_print(w->from_label, sizeof w->from_label, "On %s", s->since);
        stk_print(w->to_label, sizeof w->to_label, "On %s", s->as_of);
    } else {
        stk_print(w->from_label, sizeof w->from_label, "No pledges");
        stk_print(w->to_label, sizeof w->to_label, "Pledges");
    }
    label_goal(&r->benchmark, w->goal_label);
    w->chart.from_label = w->from_label;
    w->chart.to_label = w->to_label;
    w->chart.goal_label = w->goal_label;
    w->chart.goal_color = content_goal_color(&r->benchmark);
    w->chart.steps = w->steps;
    w->chart.from_gt = after + closed;
    w->chart.to_gt = after;
    w->chart.goal_gt = r->benchmark.median_gt;
    return true;
}
