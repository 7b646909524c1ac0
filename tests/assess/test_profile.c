/** @file test_profile.c
 * @brief The sheet of an area: shares, ranks, changes, and what 1.5 °C asks.
 */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static stk_world *world;

static int open_world(void **state)
{
    (void)state;
    stk_error error;
    const stk_data *data = test_data();
    stk_options options = test_options("AR6", 20260801);
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, &error),
        &error);
    return 0;
}

static int close_world(void **state)
{
    stk_world_free(world);
    return test_close_data(state);
}

static stk_profile profile_of(const char *name)
{
    static stk_area_set set;
    static stk_area_path path;
    stk_profile profile;
    stk_error error;
    const stk_data *data = test_data();
    assert_ok(stk_areas_find(data->inventory, stk_text_of(name), &set, &error), &error);
    assert_ok(stk_area_path_make(data->inventory, data->baseline, world, &set, &path, &error),
              &error);
    assert_ok(stk_profile_make(data, world, &set, &path, &profile, &error), &error);
    return profile;
}

static void shares_and_ranks(void **state)
{
    (void)state;
    int areas = 0;
    double share = 0;
    bool seen[300] = {false};
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_actor *actor = &stk_world_national(world, i)->actor;
        stk_profile p = profile_of(actor->iso3);
        share += p.share_of_world_pct;
        if (actor->kind == STK_ACTOR_DIFFERENCE || p.emissions_mt <= 0) {
            assert_int_equal(p.rank, 0);
            continue;
        }
        areas++;
        assert_in_range(p.rank, 1, 299);
        assert_false(seen[p.rank] && p.emissions_mt > 1);
        seen[p.rank] = true;
        assert_true(p.areas >= p.rank);
    }
    assert_close(share, 100.0, 1e-9);
    assert_int_equal(profile_of("BRA").areas, areas);
    assert_int_equal(profile_of("China").rank, 1);
    assert_int_equal(profile_of("G20").rank, 0);
}

static stk_profile rated(const char *name)
{
    static stk_area_set set;
    static stk_area_path path;
    stk_error error;
    const stk_data *data = test_data();
    stk_profile p = profile_of(name);
    assert_ok(stk_areas_find(data->inventory, stk_text_of(name), &set, &error), &error);
    assert_ok(stk_area_path_make(data->inventory, data->baseline, world, &set, &path, &error),
              &error);
    assert_ok(stk_profile_rate(data, world, &path, &p, &error), &error);
    return p;
}

/* The sheet rates what `fairness` rates, and nothing where nobody shares. */
static void ratings(void **state)
{
    (void)state;
    static const char *const none[] = {"G20", "WORLD", "AIR", "XKX", "VAT"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(rated(none[i]).is_rated);
    }
    stk_error error;
    stk_fairness *f;
    stk_profile p = rated("NGA");
    size_t year = (size_t)(p.goal_year - STK_FAIRNESS_FIRST);
    assert_true(p.is_rated && p.rating.level.has_pledge);
    assert_ok(stk_fairness_open(test_data(), world, "C1", &f, &error), &error);
    const stk_equity_world *w = stk_equity_world_of(stk_fairness_equity(f));
    size_t at = stk_fairness_find(f, "NGA") * 251 + year;
    assert_close(p.rating.per_head_t * w->population[at], 1e6 * p.rating.level.mt, 1e-12);
    assert_close(p.rating.lo_per_head_t * w->population[at], 1e6 * p.rating.rating.lo_mt, 1e-12);
    assert_true(p.rating.least_mt <= p.rating.rating.lo_mt &&
                p.rating.rating.hi_mt <= p.rating.most_mt);
    assert_close(p.rating.level.mt,
                 stk_fairness_level_of(f, stk_fairness_find(f, "NGA"), STK_UNCONDITIONAL, STK_LOW,
                                       p.goal_year)
                     .mt,
                 1e-9);
    stk_fairness_free(f);
}

static void intensities(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    stk_profile p = profile_of("IND");
    stk_area india = stk_inventory_find(data->inventory, stk_text_of("IND"));
    double heads = stk_inventory_population(data->inventory, india, p.year);
    double gdp = stk_inventory_gdp(data->inventory, india, p.year);
    assert_close(p.per_head_t * heads, 1e6 * p.emissions_mt, 1e-9);
    assert_close(p.per_gdp_kg * gdp, 1e9 * p.emissions_mt, 1e-9);
    assert_true(p.per_head_t < p.world_per_head_t);
    stk_profile all = profile_of("world");
    assert_close(all.per_head_t, all.world_per_head_t, 1e-12);
    assert_close(all.per_gdp_kg, p.world_per_gdp_kg, 1e-12);
    assert_close(all.share_of_world_pct, 100.0, 1e-12);
    stk_profile air = profile_of("AIR");
    assert_nan(air.per_head_t);
    assert_nan(air.per_gdp_kg);
    assert_nan(air.equal_per_head_mt);
    assert_true(air.equal_cut_mt > 0);
}

static void changes_are_those_of_history(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    stk_profile p = profile_of("USA");
    stk_area usa = stk_inventory_find(data->inventory, stk_text_of("USA"));
    const int years[] = {p.year - 1, 1990, 2005, 2010};
    for (int i = 0; i < STK_PROFILE_CHANGES; i++) {
        double then = stk_inventory_total_mt(data->inventory, usa, test_gwp("AR6"), years[i]);
        assert_int_equal(p.changes[i].from, years[i]);
        assert_close(p.changes[i].from_mt, then, 1e-12);
        assert_close(p.changes[i].change_pct, 100 * (p.emissions_mt / then - 1), 1e-9);
    }
}

/* Both rules divide the same world. */
static void what_the_goal_asks(void **state)
{
    (void)state;
    stk_profile all = profile_of("world");
    double cut = 0;
    double heads = 0;
    for (size_t i = 0; i < stk_world_count(world); i++) {
        stk_profile p = profile_of(stk_world_national(world, i)->actor.iso3);
        if (p.goal_year == all.goal_year) {
            assert_close(p.world_cut_pct, all.world_cut_pct, 1e-12);
            assert_close(p.equal_cut_mt, p.emissions_mt * (1 - p.world_cut_pct / 100), 1e-9);
        }
        assert_in_range(p.goal_year, 2027, 2100);
        assert_string_equal(p.goal, "C1");
    }
    stk_profile a = profile_of("BRA,CHN,IND,USA");
    for (int i = 0; i < 4; i++) {
        stk_profile p = profile_of((const char *const[]){"BRA", "CHN", "IND", "USA"}[i]);
        assert_int_equal(p.goal_year, a.goal_year);
        cut += p.equal_cut_mt;
        heads += p.equal_per_head_mt;
    }
    assert_close(cut, a.equal_cut_mt, 1e-9);
    assert_close(heads, a.equal_per_head_mt, 1e-9);
    assert_close(all.equal_cut_mt, all.equal_per_head_mt, 1e-9);
    assert_true(all.world_cut_pct > 20 && all.world_cut_pct < 80);
    stk_profile india = profile_of("IND");
    assert_true(india.equal_per_head_mt > india.equal_cut_mt);
    stk_profile usa = profile_of("USA");
    assert_true(usa.equal_per_head_mt < usa.equal_cut_mt);
}

/* ---- an area in a target year ---- */

static stk_area_assessment *assess(const char *name, stk_date since)
{
    static stk_area_set set;
    stk_area_assessment *a = malloc(sizeof *a);
    stk_error error;
    stk_options options = test_options("AR6", 20251115);
    assert_non_null(a);
    assert_ok(stk_areas_find(test_data()->inventory, stk_text_of(name), &set, &error), &error);
    assert_ok(stk_area_assess(test_data(), &options, &set, 2035, since, a, &error), &error);
    return a;
}

static void changes_of_areas_add_up(void **state)
{
    (void)state;
    static const char *const parts[] = {"Annex I", "Non-Annex I", "VAT"};
    stk_area_assessment *whole = assess("world", 20241101);
    double sum[STK_AREA_CASES] = {0};
    for (int i = 0; i < 3; i++) {
        stk_area_assessment *part = assess(parts[i], 20241101);
        for (int k = 0; k < STK_AREA_CASES; k++) {
            sum[k] += part->cases[k].change_gt;
            assert_close(part->cases[k].world_change_gt, whole->cases[k].change_gt, 1e-9);
        }
        free(part);
    }
    for (int k = 0; k < STK_AREA_CASES; k++) {
        assert_close(sum[k], whole->cases[k].change_gt, 1e-9);
        assert_close(whole->cases[k].share_of_change_pct, 100.0, 1e-9);
        assert_close(whole->cases[k].share_of_world_pct, 100.0, 1e-9);
    }
    free(whole);
    stk_area_assessment *alone = assess("BRA", 0);
    assert_nan(alone->cases[0].change_gt);
    assert_nan(alone->cases[0].before_mt);
    free(alone);
}

static void years_that_are_past_are_refused(void **state)
{
    (void)state;
    static stk_area_set set;
    static stk_area_assessment a;
    stk_error error;
    stk_options options = test_options("AR6", 20251115);
    assert_ok(stk_areas_find(test_data()->inventory, stk_text_of("BRA"), &set, &error), &error);
    assert_int_equal(stk_area_assess(test_data(), &options, &set, 2010, 0, &a, &error), STK_EARG);
    assert_int_equal(stk_area_assess(test_data(), &options, &set, 2101, 0, &a, &error), STK_EARG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_ranks),
        cmocka_unit_test(ratings),
        cmocka_unit_test(intensities),
        cmocka_unit_test(changes_are_those_of_history),
        cmocka_unit_test(what_the_goal_asks),
        cmocka_unit_test(changes_of_areas_add_up),
        cmocka_unit_test(years_that_are_past_are_refused),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
