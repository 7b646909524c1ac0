/** @file test_guard.c
 * @brief No level of the project's data passes the guard unmarked, on any date, under any option.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD_ENDS = 2040, STEEP_YEARS = 4, DATES_MAX = 32 };

/* A world, and where in it something was found. */
typedef struct place {
    const stk_options *options;
    const char *gwp;
    const stk_national *national;
    int year;
    int k; /* condition and ambition */
    double mt;
    int found; /* how many were bad */
} place;

static void expect(place *p, bool holds, const char *what)
{
    if (!holds) {
        print_error(
            "%s: %s %d, %s, %s: %.6g Mt on %d, %s, --stated %s%s\n", what, p->national->actor.iso3,
            p->year, stk_condition_name((stk_condition)(p->k / STK_AMBITIONS)),
            stk_ambition_name((stk_ambition)(p->k % STK_AMBITIONS)), p->mt, p->options->as_of.date,
            p->gwp, p->options->stated == STK_STATED_OWN ? "own" : "scaled",
            p->options->as_of.include_announced ? ", announcements counted" : "");
        p->found++;
    }
}

static bool is_sure(const char *mark)
{
    return strcmp(mark, "A") == 0 || strcmp(mark, "A*") == 0;
}

/* The limits, written down here a second time: test and guard must not share a mistake. */
static void check_future_level(place *p, const stk_actor_target *t, double present, int years)
{
    int c = p->k / STK_AMBITIONS;
    int a = p->k % STK_AMBITIONS;
    double mt = p->mt;
    double baseline = t->baseline_excl_mt;
    unsigned check = t->check[c][a];
    expect(p, mt >= 0.02 * present, "below 2 % of present");
    expect(p, mt <= 2.0 * baseline || mt <= 1.5 * present, "binds above twice the baseline");
    expect(p, (mt <= 1.3 * baseline || mt <= 1.3 * present) || check != 0, "high without a word");
    expect(p, years < STEEP_YEARS || mt >= present * pow(0.9, years) || check != 0,
           "steep without a word");
    expect(p, (check != 0) == (stk_guard_words(check) != NULL), "a finding without words");
    expect(p, check == 0 || stk_level_check_words(t, (stk_condition)c, (stk_ambition)a) != NULL,
           "a finding that reaches nobody");
    expect(p, check == 0 || !is_sure(t->mark[c][a]), "marked as sure");
}

static void check_target(place *p, const stk_actor_target *t, int present_year)
{
    double present = p->national->baseline[present_year - STK_PATH_FIRST];
    p->year = t->year;
    for (p->k = 0; p->k < STK_CONDITIONS * STK_AMBITIONS; p->k++) {
        int c = p->k / STK_AMBITIONS;
        int a = p->k % STK_AMBITIONS;
        p->mt = t->level[c][a].excl_mt;
        expect(p, t->mark[c][a] != NULL, "no mark");
        expect(p, isfinite(p->mt) == t->stated[c] || c == STK_CONDITIONAL, "no number");
        if (isnan(p->mt) || t->mark[c][a] == NULL) {
            continue;
        }
        expect(p, p->mt >= 0, "negative");
        if (t->year > present_year && t->year < GUARD_ENDS) {
            check_future_level(p, t, present, t->year - present_year);
        }
    }
}

static void check_paths(place *p)
{
    for (p->k = 0; p->k < STK_CONDITIONS * STK_AMBITIONS; p->k++) {
        const double *path = p->national->path[p->k / STK_AMBITIONS][p->k % STK_AMBITIONS];
        for (int i = 0; i < STK_PATH_YEARS && p->national->actor.kind == STK_ACTOR_PARTY; i++) {
            p->year = STK_PATH_FIRST + i;
            p->mt = path[i];
            expect(p, p->mt >= 0, "a path below zero");
        }
    }
}

/* Every level that the guard caught is in the list of its year, largest first. */
static void check_list(const stk_world *world, int year)
{
    stk_checked_level *list;
    size_t count;
    size_t named = 0;
    stk_error error;
    assert_ok(stk_checked_levels(world, year, &list, &count, &error), &error);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || list[i].level_mt <= list[i - 1].level_mt);
        assert_true(list[i].year >= year);
        assert_false(is_sure(list[i].mark));
        assert_true(strlen(list[i].words) > 0);
    }
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_actor_target *t = stk_national_target(stk_world_national(world, i), year);
        stk_condition c = t == NULL ? STK_UNCONDITIONAL : stk_target_condition(t);
        named += t != NULL && (stk_level_check_words(t, c, STK_LOW) != NULL ||
                               stk_level_check_words(t, c, STK_HIGH) != NULL);
    }
    assert_int_equal(named, count);
    free(list);
}

static int check_world(const stk_options *options, const char *gwp)
{
    const stk_data *data = test_data();
    stk_world *world;
    stk_error error;
    place p = {.options = options, .gwp = gwp};
    int present_year = stk_baseline_history_last(data->baseline);
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, options, &world, &error),
        &error);
    for (size_t i = 0; i < stk_world_count(world); i++) {
        p.national = stk_world_national(world, i);
        for (int t = 0; t < p.national->target_count; t++) {
            check_target(&p, &p.national->targets[t], present_year);
        }
        check_paths(&p);
    }
    check_list(world, 2030);
    check_list(world, 2035);
    stk_world_free(world);
    return p.found;
}

/* Paris, then every half year, then the day on which this was written. */
static size_t dates(stk_date out[DATES_MAX])
{
    size_t count = 0;
    out[count++] = 20151212;
    for (int half = 0; half < 21; half++) {
        out[count++] = (2016 + half / 2) * 10000 + (half % 2 == 0 ? 601 : 1201);
    }
    out[count++] = 20261130;
    return count;
}

static void no_level_passes_the_guard_unmarked(void **state)
{
    (void)state;
    static const char *const sets[] = {"SAR", "AR4", "AR5", "AR6"};
    stk_date list[DATES_MAX];
    size_t count = dates(list);
    int found = 0;
    for (size_t d = 0; d < count; d++) {
        for (size_t g = 0; g < sizeof sets / sizeof *sets; g++) {
            for (int variant = 0; variant < 4; variant++) {
                stk_options options = test_options(sets[g], list[d]);
                options.stated = variant / 2 == 0 ? STK_STATED_SCALED : STK_STATED_OWN;
                options.as_of.include_announced = variant % 2 == 1;
                found += check_world(&options, sets[g]);
            }
        }
    }
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_level_passes_the_guard_unmarked)};
    return cmocka_run_group_tests_name("pathway-guard", tests, NULL, test_close_data);
}
