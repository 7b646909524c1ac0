/** @file what_if.c
 * @brief What one changed pledge costs in a session that stays, beside a full run.
 *
 *     what-if [RUNS]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/modules.h>

#include "bench.h"

enum { RUNS_MAX = 1001 };

static void check(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

typedef struct session {
    stk_data data;
    stk_options options;
    stk_world *world;
    stk_pledges *over;
    stk_world_sums sums;
} session;

static void open_session(session *s)
{
    stk_error error;
    memset(s, 0, sizeof *s);
    check(stk_data_open(&s->data, NULL, NULL, &error), &error);
    s->options.as_of.date = 20261130;
    s->options.extension = STK_EXTEND_OWN_RATE;
    s->options.net_zero = STK_NET_ZERO_PLEDGE;
    s->options.binding = STK_NET_ZERO_POLICY;
    check(stk_gwp_find_set(stk_inventory_gwp(s->data.inventory), stk_text_of("AR6"),
                           &s->options.gwp, &error),
          &error);
    check(stk_world_make(s->data.inventory, s->data.pledges, s->data.baseline, &s->options,
                         &s->world, &error),
          &error);
}

/* Another level of the Party's for 2035. */
static void change(session *s, const char *iso3, double mt)
{
    stk_error error;
    stk_pledges *supposed;
    stk_supposition one = {.iso3 = iso3,
                           .party = iso3,
                           .title = "what if",
                           .date = s->options.as_of.date,
                           .year = 2035,
                           .kind = STK_TARGET_ABSOLUTE,
                           .reduction_pct = NAN,
                           .level_mt = {{mt, mt}, {mt, mt}},
                           .gwp = "AR6"};
    stk_pledges *before = s->over;
    check(stk_pledges_suppose(&one, 1, &supposed, &error), &error);
    check(stk_pledges_overlay(s->data.pledges, supposed, &s->over, &error), &error);
    check(stk_world_replace(s->world, s->over, iso3, &error), &error);
    stk_pledges_free(before);
}

static double times[RUNS_MAX];

static void tell(const char *what, int runs, double full_ms)
{
    double ms = 1e3 * bench_median(times, runs);
    printf("%-44s %8.3f ms", what, ms);
    if (full_ms > 0) {
        printf("   1/%.0f of a full run", full_ms / ms);
    }
    printf("\n");
}

static double full_world(const session *s, int runs)
{
    stk_error error;
    for (int i = 0; i < runs; i++) {
        stk_world *world;
        double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
        check(stk_world_make(s->data.inventory, s->data.pledges, s->data.baseline, &s->options,
                             &world, &error),
              &error);
        times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
        stk_world_free(world);
    }
    return 1e3 * bench_median(times, runs);
}

static void time_party(session *s, const char *iso3, double mt, int runs, double full_ms)
{
    char what[64];
    volatile double level = 0;
    for (int i = 0; i < runs; i++) {
        double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
        change(s, iso3, mt + i);
        level += stk_world_level_mt(s->world, STK_UNCONDITIONAL, STK_LOW, false, 2035);
        times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    snprintf(what, sizeof what, "%s: its target, the world's level in 2035", iso3);
    tell(what, runs, full_ms);
    for (int i = 0; i < runs; i++) {
        double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
        change(s, iso3, mt + i);
        stk_world_sum(s->world, &s->sums);
        times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    snprintf(what, sizeof what, "%s: its target, all pathways of the world", iso3);
    tell(what, runs, full_ms);
}

/* ---- warming ---- */

typedef struct warming {
    stk_warming_model *model;
    stk_warming_keep *keep;
    stk_world *world; /* of pledges and targets */
    double *values;   /* of the basket */
    stk_outlook outlook;
} warming;

static void open_warming(const session *s, warming *w)
{
    stk_error error;
    stk_options options = stk_warming_options(&s->options);
    check(stk_warming_model_open(s->data.edition, &w->model, &error), &error);
    check(stk_warming_keep_open(w->model, 1, &w->keep, &error), &error);
    check(stk_world_make(s->data.inventory, s->data.pledges, s->data.baseline, &options, &w->world,
                         &error),
          &error);
    w->values = malloc(2 * stk_warming_year_count(w->model) * sizeof *w->values);
    if (w->values == NULL) {
        exit(1);
    }
}

static stk_basket basket_of(const warming *w)
{
    stk_error error;
    double *land = w->values + stk_warming_year_count(w->model);
    check(stk_warming_world_basket(w->model, w->world, STK_UNCONDITIONAL, STK_LOW, w->values, land,
                                   &error),
          &error);
    return (stk_basket){w->values, land};
}

static void time_warming(session *s, int runs)
{
    warming w;
    stk_error error;
    open_warming(s, &w);
    double full_ms = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < runs; i++) {
            double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
            change(s, "IND", 3000 + i);
            check(stk_world_replace(w.world, s->over, "IND", &error), &error);
            stk_basket basket = basket_of(&w);
            check(pass == 0 ? stk_warming_run(w.model, &basket, 1, 1, &w.outlook, &error)
                            : stk_warming_run_kept(w.keep, &basket, &w.outlook, &error),
                  &error);
            times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
        }
        tell(pass == 0 ? "IND: its target, warming by a run of its own"
                       : "IND: its target, warming by the kept ensemble",
             runs, full_ms);
        full_ms = 1e3 * bench_median(times, runs);
    }
    for (int i = 0; i < runs; i++) {
        double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
        basket_of(&w);
        times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    tell("the world's basket alone", runs, 0);
    stk_world_free(w.world);
    stk_warming_keep_close(w.keep);
    stk_warming_model_free(w.model);
    free(w.values);
}

int main(int argc, char **argv)
{
    session s;
    int runs = argc > 1 ? atoi(argv[1]) : 201;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    open_session(&s);
    double full_ms = full_world(&s, (runs + 9) / 10);
    printf("CPU, medians of %d; stk_national %zu bytes\n", runs, sizeof(stk_national));
    printf("%-44s %8.3f ms\n", "a full run of the world", full_ms);
    time_party(&s, "IND", 3000, runs, full_ms);
    time_party(&s, "CHN", 11000, runs, full_ms);
    time_party(&s, "EUU", 1500, runs, full_ms);
    for (int i = 0; i < runs; i++) {
        double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
        stk_world_sum(s.world, &s.sums);
        times[i] = bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
    }
    tell("all sums alone", runs, 0);
    time_warming(&s, (runs + 4) / 5);
    stk_world_free(s.world);
    stk_pledges_free(s.over);
    stk_data_close(&s.data);
    return 0;
}
