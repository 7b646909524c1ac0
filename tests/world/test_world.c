/** @file test_world.c
 * @brief Baselines, national pathways and their sum.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "world/national_impl.h"

static const stk_date today = 20260801;

static stk_world *make(const stk_options *options)
{
    stk_world *world;
    stk_error error;
    const stk_data *data = test_data();
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, options, &world, &error),
        &error);
    return world;
}

static int last_year(void)
{
    return stk_baseline_history_last(test_data()->baseline);
}

static double path_at(const stk_national *n, int c, int k, int year)
{
    return n->path[c][k][year - STK_PATH_FIRST];
}

static void baselines_are_history_to_its_last_year(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    assert_int_equal(last_year(), 2023);
    static const char *const sets[] = {"SAR", "AR4", "AR6"};
    for (int s = 0; s < 3; s++) {
        size_t gwp = test_gwp(sets[s]);
        for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
            for (int year = STK_PATH_FIRST; year <= last_year(); year++) {
                double history = stk_inventory_total_mt(data->inventory, a, gwp, year);
                assert_true(stk_baseline_mt(data->baseline, a, gwp, year) == history);
            }
        }
    }
}

static void baselines_follow_gdp_and_never_grow_faster(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        for (int g = 0; g < STK_GAS_GROUPS; g++) {
            double end = stk_baseline_group_mt(data->baseline, a, (stk_gas_group)g, 0, last_year());
            double next = stk_baseline_group_mt(data->baseline, a, (stk_gas_group)g, 0, 2035);
            double growth = stk_baseline_gdp(data->baseline, a, 2035) /
                            stk_baseline_gdp(data->baseline, a, last_year());
            if (g != STK_GAS_CO2 && end > 0 && growth > 0) {
                assert_true(next <= end * growth * (1 + 1e-12));
            }
            assert_true(isfinite(
                stk_baseline_group_mt(data->baseline, a, (stk_gas_group)g, 0, STK_PATH_LAST)));
        }
        assert_nan(stk_baseline_group_mt(data->baseline, a, STK_GAS_CO2, 0, STK_PATH_LAST + 1));
    }
}

static void the_world_is_the_sum_of_its_actors(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", today);
    stk_world *world = make(&options);
    const stk_data *data = test_data();
    for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
        for (int land = 0; land < 2; land++) {
            double baseline = 0;
            for (size_t n = stk_world_count(world); n-- > 0;) {
                const stk_national *national = stk_world_national(world, n);
                baseline += national->baseline[year - STK_PATH_FIRST];
                baseline += land ? national->lulucf_baseline[year - STK_PATH_FIRST] : 0.0;
            }
            assert_close(stk_world_baseline_mt(world, land == 1, year), baseline, 1e-9);
            for (int c = 0; c < STK_CONDITIONS; c++) {
                for (int k = 0; k < STK_AMBITIONS; k++) {
                    double sum = 0;
                    for (size_t n = stk_world_count(world); n-- > 0;) {
                        const stk_national *national = stk_world_national(world, n);
                        sum += path_at(national, c, k, year);
                        sum += land ? national->lulucf[c][k][year - STK_PATH_FIRST] : 0.0;
                    }
                    assert_close(stk_world_level_mt(world, (stk_condition)c, (stk_ambition)k,
                                                    land == 1, year),
                                 sum, 1e-9);
                }
            }
        }
    }
    /* in the years of the record it is the world that the sources publish */
    bool all[1024];
    for (size_t i = 0; i < 1024; i++) {
        all[i] = true;
    }
    double published = 0;
    for (stk_area a = 0; a < stk_inventory_area_count(data->inventory); a++) {
        published += stk_inventory_total_mt(data->inventory, a, options.gwp, 2018);
    }
    assert_true(all[0]);
    assert_close(stk_world_level_mt(world, STK_UNCONDITIONAL, STK_LOW, false, 2018), published,
                 1e-12);
    assert_close(published, 50000, 0.001);
    assert_nan(stk_world_level_mt(world, STK_UNCONDITIONAL, STK_LOW, false, STK_PATH_LAST + 1));
    assert_nan(stk_world_baseline_mt(world, false, STK_PATH_FIRST - 1));
    stk_world_free(world);
}

/* Every area is a member of exactly one actor. */
static void check_members(stk_date date, int eu_members)
{
    const stk_inventory *inventory = test_data()->inventory;
    stk_options options = test_options("AR6", date);
    stk_world *world = make(&options);
    int seen[1024] = {0};
    int parties = 0;
    for (size_t n = 0; n < stk_world_count(world); n++) {
        const stk_actor *actor = &stk_world_national(world, n)->actor;
        for (int m = 0; m < actor->member_count; m++) {
            seen[actor->members[m]]++;
            parties += actor->kind == STK_ACTOR_PARTY;
        }
    }
    for (stk_area a = 0; a < stk_inventory_area_count(inventory); a++) {
        assert_int_equal(seen[a], 1);
    }
    assert_int_equal(parties, 197);
    const stk_national *eu = stk_world_find(world, "EUU");
    assert_non_null(eu);
    assert_int_equal(eu->actor.member_count, eu_members);
    assert_ptr_equal(stk_world_find(world, "FRA"), eu);
    assert_int_equal(stk_world_find(world, "GBR") == eu, eu_members == 28);
    assert_null(stk_world_find(world, "XXX"));
    stk_world_free(world);
}

static void the_eu_is_counted_once(void **state)
{
    (void)state;
    check_members(20201211, 28);
    check_members(20201212, 27);
    check_members(today, 27);
}

static void paths_are_history_then_straight_lines(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", today);
    stk_world *world = make(&options);
    int targets = 0;
    for (size_t n = 0; n < stk_world_count(world); n++) {
        const stk_national *national = stk_world_national(world, n);
        for (int c = 0; c < STK_CONDITIONS; c++) {
            for (int k = 0; k < STK_AMBITIONS; k++) {
                int from = last_year();
                double a = path_at(national, c, k, from);
                for (int year = STK_PATH_FIRST; year <= from; year++) {
                    assert_true(path_at(national, c, k, year) ==
                                national->baseline[year - STK_PATH_FIRST]);
                }
                for (int t = 0; t < national->target_count; t++) {
                    const stk_actor_target *target = &national->targets[t];
                    double level = target->level[c][k].excl_mt;
                    if (target->year <= last_year() || target->year < stk_date_year(today) ||
                        !shapes_pathway(national, t, (stk_condition)c, (stk_ambition)k)) {
                        continue;
                    }
                    for (int year = from + 1; year <= target->year; year++) {
                        double share = (double)(year - from) / (target->year - from);
                        double expected = a + (level - a) * share;
                        if (c == STK_CONDITIONAL) {
                            expected =
                                fmin(expected, path_at(national, STK_UNCONDITIONAL, k, year));
                        }
                        double scale = fabs(a) + fabs(level) + 1e-9;
                        assert_true(fabs(path_at(national, c, k, year) - expected) <= 1e-9 * scale);
                    }
                    from = target->year;
                    a = level;
                    targets++;
                }
            }
        }
    }
    assert_true(targets > 500);
    stk_world_free(world);
}

/* A target for 2025 is past in 2026 and bends nothing: a Party all of whose targets are past goes
 * on from what is known at the rate of its last document. */
static void targets_of_past_years_bend_no_path(void **state)
{
    (void)state;
    static const char *const only_past =
        "iso3: BRA\nparty: Brazil\ndocuments:\n- submission_date: 2021-04-22\n"
        "  status: submitted\n  targets:\n  - target_year: 2025\n    confidence: A\n"
        "    kind: base_year\n    reference_year: 2005\n    reduction_low_pct: 30\n";
    stk_data data;
    stk_error error;
    stk_world *world;
    assert_ok(
        stk_data_open(&data, test_mini_with("pledges/BRA.yaml", NULL, only_past), NULL, &error),
        &error);
    stk_options options = {.as_of = {.date = 20251231}, .extension = STK_EXTEND_OWN_RATE};
    assert_ok(stk_gwp_find_set(stk_inventory_gwp(data.inventory), stk_text_of("AR6"), &options.gwp,
                               &error),
              &error);
    int last = stk_baseline_history_last(data.baseline);
    double level = 0;
    for (int past = 0; past < 2; past++) {
        options.as_of.date = past == 0 ? 20251231 : 20260101;
        assert_ok(
            stk_world_make(data.inventory, data.pledges, data.baseline, &options, &world, &error),
            &error);
        const stk_national *brazil = stk_world_find(world, "BRA");
        double known = brazil->baseline[last - STK_PATH_FIRST];
        double at_2025 = path_at(brazil, 0, 0, 2025);
        level = brazil->targets[0].level[0][0].excl_mt;
        double rate = pow(level / brazil->baseline[2005 - STK_PATH_FIRST], 1.0 / 20);
        rate = fmin(1.0, rate);
        assert_close(at_2025, past == 0 ? level : known * pow(rate, 2025 - last), 1e-12);
        stk_world_free(world);
    }
    stk_data_close(&data);
}

static void parties_without_target_stay_on_their_baseline(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", 20140101); /* before any document */
    stk_world *world = make(&options);
    for (size_t n = 0; n < stk_world_count(world); n++) {
        const stk_national *national = stk_world_national(world, n);
        if (national->target_count == 0) {
            assert_memory_equal(national->path[0][0], national->baseline,
                                sizeof national->baseline);
            assert_memory_equal(national->path[1][1], national->baseline,
                                sizeof national->baseline);
        }
    }
    stk_world_free(world);
    options = test_options("AR6", 20201201); /* outside the Agreement: suspended */
    world = make(&options);
    const stk_national *usa = stk_world_find(world, "USA");
    assert_true(usa->actor.suspended);
    assert_int_equal(usa->target_count, 0);
    assert_memory_equal(usa->path[0][0], usa->baseline, sizeof usa->baseline);
    stk_world_free(world);
}

static void conditional_is_never_above_unconditional(void **state)
{
    (void)state;
    static const stk_date dates[] = {20160101, 20210420, 20210422, 20260801};
    for (int d = 0; d < 8; d++) {
        stk_options options = test_options("AR6", dates[d / 2]);
        options.as_of.include_announced = d % 2 == 1;
        stk_world *world = make(&options);
        for (size_t n = 0; n < stk_world_count(world); n++) {
            const stk_national *national = stk_world_national(world, n);
            for (int t = 0; t < national->target_count; t++) {
                const stk_actor_target *target = &national->targets[t];
                for (int k = 0; k < STK_AMBITIONS; k++) {
                    double with = target->level[STK_CONDITIONAL][k].excl_mt;
                    double without = target->level[STK_UNCONDITIONAL][k].excl_mt;
                    double most = isnan(without) ? target->baseline_excl_mt : without;
                    assert_true(!isnan(with));
                    assert_true(with <= most * (1 + 1e-12) + 1e-9);
                }
                for (int c = 0; c < STK_CONDITIONS; c++) {
                    double low = target->level[c][STK_LOW].excl_mt;
                    double high = target->level[c][STK_HIGH].excl_mt;
                    assert_true(isnan(low) || high <= low * (1 + 1e-12) + 1e-9);
                }
            }
            for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year++) {
                for (int k = 0; k < STK_AMBITIONS; k++) {
                    double with = path_at(national, STK_CONDITIONAL, k, year);
                    double without = path_at(national, STK_UNCONDITIONAL, k, year);
                    if (!(with <= without + 1e-9 * fabs(without) + 1e-9)) {
                        print_error("%d %s %d: conditional %.6g above %.6g\n", dates[d / 2],
                                    national->actor.iso3, year, with, without);
                        fail();
                    }
                }
            }
        }
        stk_world_free(world);
    }
}

static void capped_hot_air_is_never_above_the_baseline(void **state)
{
    (void)state;
    for (int e = 0; e <= (int)STK_EXTEND_OWN_RATE; e++) {
        stk_options options = test_options("AR6", today);
        options.cap_hot_air = true;
        options.extension = (stk_extension)e;
        stk_world *world = make(&options);
        for (size_t n = 0; n < stk_world_count(world); n++) {
            const stk_national *national = stk_world_national(world, n);
            for (int i = 0; i < STK_PATH_YEARS; i++) {
                for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
                    assert_true(national->path[k / 2][k % 2][i] <=
                                national->baseline[i] * (1 + 1e-12) + 1e-12);
                }
            }
        }
        stk_world_free(world);
    }
}

static void drawing_again_is_as_good_as_making(void **state)
{
    (void)state;
    stk_error error;
    stk_options options = test_options("AR6", today);
    stk_world *again = make(&options);
    for (int capped = 0; capped < 2; capped++) {
        for (int e = 0; e <= (int)STK_EXTEND_OWN_RATE; e++) {
            for (int zero = STK_NET_ZERO_NONE; zero <= (int)STK_NET_ZERO_LAW; zero += 2) {
                options.cap_hot_air = capped == 1;
                options.extension = STK_EXTEND_NET_ZERO;
                options.otherwise = (stk_extension)e;
                options.net_zero = (stk_net_zero)zero;
                stk_world *fresh = make(&options);
                assert_ok(stk_world_redraw(again, &options, &error), &error);
                for (size_t n = 0; n < stk_world_count(fresh); n++) {
                    const stk_national *a = stk_world_national(fresh, n);
                    const stk_national *b = stk_world_national(again, n);
                    assert_memory_equal(a->path, b->path, sizeof a->path);
                    assert_memory_equal(a->lulucf, b->lulucf, sizeof a->lulucf);
                }
                stk_world_free(fresh);
            }
        }
    }
    stk_world *copy;
    assert_ok(stk_world_copy(again, &copy, &error), &error);
    options.sinks = STK_SINKS_UNSCALED;
    assert_int_equal(stk_world_redraw(again, &options, &error), STK_EARG);
    double level = stk_world_level_mt(again, STK_UNCONDITIONAL, STK_LOW, true, 2050);
    stk_world_free(again);
    assert_true(stk_world_level_mt(copy, STK_UNCONDITIONAL, STK_LOW, true, 2050) == level);
    stk_world_free(copy);
}

/* Without net-zero years that count, `otherwise` is the extension. */
static void otherwise_is_an_extension(void **state)
{
    (void)state;
    for (int e = STK_EXTEND_CONSTANT_RATE; e <= (int)STK_EXTEND_OWN_RATE; e++) {
        stk_options options = test_options("AR6", today);
        options.net_zero = STK_NET_ZERO_NONE;
        options.otherwise = (stk_extension)e;
        stk_world *a = make(&options);
        options.extension = (stk_extension)e;
        stk_world *b = make(&options);
        for (int year = 2024; year <= STK_PATH_LAST; year++) {
            assert_true(stk_world_level_mt(a, STK_UNCONDITIONAL, STK_LOW, true, year) ==
                        stk_world_level_mt(b, STK_UNCONDITIONAL, STK_LOW, true, year));
        }
        stk_world_free(a);
        stk_world_free(b);
    }
}

/* The last target of a pathway and the one before it (or the end of history). */
static int last_anchors(const stk_national *n, int c, int k, int *before)
{
    int end = last_year();
    *before = end;
    for (int t = 0; t < n->target_count; t++) {
        if (n->targets[t].year > last_year() && n->targets[t].year >= stk_date_year(today) &&
            shapes_pathway(n, t, (stk_condition)c, (stk_ambition)k)) {
            *before = end;
            end = n->targets[t].year;
        }
    }
    return end;
}

static void extensions_follow_their_rule(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    int to_net_zero = 0;
    for (int e = 0; e <= (int)STK_EXTEND_OWN_RATE; e++) {
        stk_options options = test_options("AR6", today);
        options.extension = (stk_extension)e;
        stk_world *world = make(&options);
        for (size_t n = 0; n < stk_world_count(world); n++) {
            const stk_national *national = stk_world_national(world, n);
            int before;
            int end = last_anchors(national, 0, 0, &before);
            int zero = stk_pledges_net_zero(data->pledges, national->actor.iso3, options.as_of,
                                            options.net_zero);
            if (end == last_year()) {
                continue;
            }
            double last = path_at(national, 0, 0, end);
            if (e == STK_EXTEND_OWN_RATE) { /* from the year that the document speaks of */
                const stk_target *document = national->targets[national->target_count - 1].document;
                before = document->reference_year != 0 ? document->reference_year
                                                       : stk_date_year(document->submitted);
                before = before < STK_PATH_FIRST ? STK_PATH_FIRST : before;
                before = before > last_year() ? last_year() : before;
                if (national->targets[national->target_count - 1].year != end) {
                    continue;
                }
            }
            double rate = pow(last / path_at(national, 0, 0, before), 1.0 / (end - before));
            rate = last > 0 && path_at(national, 0, 0, before) > 0 ? fmin(1, rate) : 1;
            bool straight = e == STK_EXTEND_NET_ZERO && zero > end;
            double floor = path_at(national, 0, 0, STK_PATH_LAST);
            to_net_zero += straight;
            for (int year = end + 1; year <= STK_PATH_LAST; year++) {
                double expected;
                if (straight) {
                    double share = year >= zero ? 1 : (double)(year - end) / (zero - end);
                    expected = last + (floor - last) * share;
                    assert_true(floor <= fmax(last, 0) + 1e-9);
                } else if (e == STK_EXTEND_CONSTANT_LEVEL) {
                    expected = last;
                } else if (e == STK_EXTEND_BASELINE_RATIO) {
                    expected = last / national->baseline[end - STK_PATH_FIRST] *
                               national->baseline[year - STK_PATH_FIRST];
                } else {
                    expected = last * pow(rate, year - end);
                }
                assert_true(fabs(path_at(national, 0, 0, year) - expected) <=
                            1e-9 * (fabs(expected) + fabs(last)) + 1e-9);
            }
        }
        stk_world_free(world);
    }
    assert_true(to_net_zero > 20);
}

static void net_zero_of_too_weak_a_standing_is_left_out(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", today);
    stk_options rate = options;
    options.net_zero = STK_NET_ZERO_NONE;
    rate.extension = STK_EXTEND_CONSTANT_RATE;
    stk_world *a = make(&options);
    stk_world *b = make(&rate);
    options.net_zero = STK_NET_ZERO_LAW;
    stk_world *law = make(&options);
    options.net_zero = STK_NET_ZERO_PLEDGE;
    stk_world *pledge = make(&options);
    assert_true(stk_world_level_mt(a, STK_UNCONDITIONAL, STK_LOW, false, 2080) ==
                stk_world_level_mt(b, STK_UNCONDITIONAL, STK_LOW, false, 2080));
    assert_true(stk_world_level_mt(law, STK_UNCONDITIONAL, STK_LOW, false, 2080) >
                stk_world_level_mt(pledge, STK_UNCONDITIONAL, STK_LOW, false, 2080));
    stk_world_free(a);
    stk_world_free(b);
    stk_world_free(law);
    stk_world_free(pledge);
}

static void every_rule_of_land_use_gives_a_world(void **state)
{
    (void)state;
    double levels[6];
    for (int i = 0; i < 6; i++) {
        stk_options options = test_options("AR4", today);
        options.sinks = (stk_sinks)(i % 2);
        options.lulucf_source = (stk_lulucf_source)(i / 2);
        stk_world *world = make(&options);
        assert_int_equal(stk_world_options(world)->sinks, options.sinks);
        levels[i] = stk_world_level_mt(world, STK_UNCONDITIONAL, STK_LOW, false, 2030) / 1000;
        assert_true(levels[i] > 40 && levels[i] < 65);
        stk_world_free(world);
    }
    assert_true(levels[0] != levels[1] && levels[0] != levels[2] && levels[2] != levels[4]);
}

static void land_use_of_a_sink_stays_and_of_a_source_falls(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", today);
    stk_world *world = make(&options);
    for (size_t n = 0; n < stk_world_count(world); n++) {
        const stk_national *national = stk_world_national(world, n);
        for (int i = 0; i < STK_PATH_YEARS; i++) {
            double baseline = national->lulucf_baseline[i];
            double path = national->lulucf[STK_CONDITIONAL][STK_HIGH][i];
            assert_true(baseline > 0 ? path <= baseline && path >= 0 : path == baseline);
        }
    }
    stk_world_free(world);
}

static void an_actors_methods_are_named(void **state)
{
    (void)state;
    stk_options options = test_options("AR6", today);
    options.as_of.include_announced = true;
    stk_world *world = make(&options);
    for (size_t n = 0; n < stk_world_count(world); n++) {
        const stk_national *national = stk_world_national(world, n);
        for (int t = 0; t < national->target_count; t++) {
            const stk_actor_target *target = &national->targets[t];
            stk_methods methods;
            stk_world_methods(world, national, target, &methods);
            for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
                size_t size = strlen(methods.text[i / 2][i % 2]);
                assert_true(isnan(target->level[i / 2][i % 2].excl_mt) || size > 5);
                assert_true(size < STK_METHOD_SIZE);
            }
            assert_true(t == 0 || national->targets[t].year > national->targets[t - 1].year);
        }
    }
    stk_world_free(world);
}

/* ---- the user's own drivers and baselines ---- */

static stk_status with_files(const char *drivers, const char *baselines, stk_baseline **made,
                             stk_error *error)
{
    stk_baseline_files files = {.drivers_name = "d.csv", .baselines_name = "b.csv"};
    if (drivers != NULL) {
        files.drivers = stk_text_of(drivers);
    }
    if (baselines != NULL) {
        files.baselines = stk_text_of(baselines);
    }
    return stk_baseline_make(test_data()->inventory, &files, made, error);
}

static void own_drivers_move_the_baseline(void **state)
{
    (void)state;
    stk_baseline *made;
    stk_error error;
    stk_area chn = stk_inventory_find(test_data()->inventory, stk_text_of("CHN"));
    assert_ok(with_files("Model,Scenario,Region,Variable,Unit,2020,2030,2050,2100\n"
                         "M,S,CHN,GDP|PPP,billion US$2017/yr,20000,80000,100000,120000\n"
                         "M,S,CHN,Population,million,1400,1300,1200,800\n"
                         "M,S,Atlantis,Population,million,1,1,1,1\n"
                         "M,S,CHN,Price|Carbon,US$,1,1,1,1\n",
                         NULL, &made, &error),
              &error);
    assert_close(stk_baseline_gdp(made, chn, 2025), 50000e9, 1e-12);
    assert_close(stk_baseline_population(made, chn, 2040), 1250e6, 1e-12);
    assert_true(stk_baseline_mt(made, chn, 0, 2030) !=
                stk_baseline_mt(test_data()->baseline, chn, 0, 2030));
    stk_baseline_free(made);
}

static void own_baselines_replace_the_model(void **state)
{
    (void)state;
    stk_baseline *made;
    stk_error error;
    const stk_inventory *inventory = test_data()->inventory;
    stk_area ind = stk_inventory_find(inventory, stk_text_of("IND"));
    assert_ok(with_files(NULL, "iso3,gwp,2024,2030,2040\nIND,AR4,4000,5000,6000\n", &made, &error),
              &error);
    assert_close(stk_baseline_mt(made, ind, test_gwp("AR4"), 2030), 5000, 1e-12);
    assert_close(stk_baseline_mt(made, ind, test_gwp("AR4"), 2035), 5500, 1e-12);
    assert_true(stk_baseline_mt(made, ind, test_gwp("AR6"), 2030) > 5000);
    /* history stays history, and beyond the file the model goes on */
    assert_true(stk_baseline_mt(made, ind, 0, 2023) ==
                stk_inventory_total_mt(inventory, ind, 0, 2023));
    assert_true(stk_baseline_mt(made, ind, 0, 2060) ==
                stk_baseline_mt(test_data()->baseline, ind, 0, 2060));
    stk_baseline_free(made);
}

static void bad_files_of_the_user_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *drivers;
        const char *baselines;
        const char *message;
    } cases[] = {
        {"Region,Variable,Unit\nCHN,Population,million\n", NULL, "no column is a year"},
        {"Region,Unit,2030\nCHN,million,1\n", NULL, "the column 'Variable' is missing"},
        {"Region,Variable,Unit,2030\nCHN,Population,heads,1\n", NULL, "million or persons"},
        {"Region,Variable,Unit,2030\nCHN,GDP|PPP,$,1\n", NULL, "a unit with billion or million"},
        {"Region,Variable,Unit,2030\nCHN,Population,million,x\n", NULL, "'x' is refused"},
        {"Region,Variable,Unit,2030\nCHN,Population,million,1\nCHN,Population,million,1\n", NULL,
         "one row for each region and variable"},
        {NULL, "iso3,gwp,2030\nXXX,AR6,1\n", "the code of a country, AIR or SEA"},
        {NULL, "iso3,gwp,2030\nCHN,AR9,1\n", "a GWP set such as AR6"},
        {NULL, "iso3,gwp,2030\nCHN,AR6,1\nCHN,AR6,1\n", "one row for each area"},
        {NULL, "iso3,2030\nCHN,1\n", "the column 'gwp' is missing"},
        {NULL, "iso3,gwp,2030\nCHN,AR6,\"1,5\"\n", "a number with a decimal point"}};
    stk_baseline *made;
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_not_equal(with_files(cases[i].drivers, cases[i].baselines, &made, &error),
                             STK_OK);
        assert_null(made);
        assert_has(error.message, cases[i].message);
        assert_string_equal(error.file, cases[i].drivers != NULL ? "d.csv" : "b.csv");
    }
}

/* ---- small editions with what the real one does not have ---- */

static stk_status open_with(const char *path, const char *from, const char *to, stk_data *data,
                            stk_error *error)
{
    return stk_data_open(data, test_mini_with(path, from, to), NULL, error);
}

static void records_that_end_too_early_are_refused(void **state)
{
    (void)state;
    stk_data data;
    stk_error error;
    assert_int_equal(open_with("inventory/emissions_by_species.csv", NULL,
                               "iso3,species,unit,1990,1991\nWORLD,CO2,kt,1,2\n", &data, &error),
                     STK_EDATA);
    assert_has(error.message, "the world's record of CO2 ends in 1991");
    assert_int_equal(
        open_with("inventory/emissions_by_species.csv", "WORLD,NF3", "AIR,NF3", &data, &error),
        STK_EDATA);
    assert_has(error.message, "NF3");
    stk_data_close(&data);
}

/* A Party with every kind of target; the baseline of the level is its own. */
static void kinds_of_targets(void **state)
{
    (void)state;
    static const struct {
        const char *target; /* lines of the YAML */
        const char *method;
    } cases[] = {
        {"kind: none\n", "policies only"},
        {"kind: peak\n", "peak in 2030: on the baseline until then"},
        {"kind: peak\n    reduction_low_pct: 10\n", "10 % below the peak of"},
        {"kind: peak\n    abs_reduction_mt: 10\n", "10 Mt below the peak of"},
        {"kind: budget\n    abs_low_mt: 1000\n", "stated level 1000 Mt"},
        {"kind: absolute\n    abs_low_mt: 1000\n", "stated level 1000 Mt"},
        {"kind: absolute\n    abs_low_mt: 90000\n",
         "CHECK: above twice the baseline, so not binding"},
        {"kind: absolute\n    metric: ghg_per_capita\n    abs_low_mt: 4\n", "level per head"},
        {"kind: intensity\n    metric: ghg_per_gdp\n    reference_year: 2005\n"
         "    reduction_low_pct: 60\n",
         "per GDP"},
        {"kind: base_year\n    metric: ghg_per_capita\n    reference_year: 2005\n"
         "    reduction_low_pct: 30\n",
         "per head"},
        {"kind: base_year\n    reference_year: 1985\n    reduction_low_pct: 30\n",
         "not quantified: no record of 1985"},
        {"kind: base_year\n    reference_year: 2005\n    abs_reduction_mt: 30\n", "Mt below 2005"},
        {"kind: baseline\n    reduction_low_pct: 30\n", "modelled baseline"},
        {"kind: baseline\n    reduction_low_pct: 30\n    ref_level_mt_stated: 1500\n",
         "stated baseline 1500 Mt"},
        {"kind: baseline\n    abs_reduction_mt: 300\n", "300 Mt off the modelled baseline"},
        {"kind: baseline\n    metric: ghg@energy\n    reduction_low_pct: 30\n", "covers"},
        {"kind: base_year\n    metric: ghg@energy\n    reduction_low_pct: 30\n"
         "    reference_year: 2005\n",
         "covers"},
        {"kind: baseline\n    metric: ghg@electricity\n    reduction_low_pct: 30\n",
         "no such sector"},
        {"kind: baseline\n    metric: ghg@energy\n    abs_reduction_mt: 30\n",
         "sector target: 30 Mt off"},
        {"kind: baseline\n    metric: ghg@energy\n    ref_level_mt_stated: 600\n"
         "    abs_low_mt: 500\n",
         "sector target: 100 Mt off"},
        {"kind: baseline\n    metric: ghg_cumulative_2025_2030\n    reduction_low_pct: 10\n",
         "sum 2025-2030: 10 % below"},
        {"kind: baseline\n    metric: ghg_cumulative_2025_2030\n    abs_reduction_mt: 60\n"
         "    ref_level_mt_stated: 600\n",
         "sum 2025-2030: 10 % below"},
        {"kind: budget\n    metric: ghg_cumulative_2025_2030\n    abs_low_mt: 6000\n",
         "sum 2025-2030"},
        {"kind: budget\n    metric: ghg_cumulative_1850_2030\n    abs_low_mt: 6000\n",
         "not quantified: no record of 1850"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char yaml[1024];
        stk_data data;
        stk_error error;
        stk_world *world;
        snprintf(
            yaml, sizeof yaml,
            "iso3: BRA\nparty: Brazil\ndocuments:\n- submission_date: 2021-04-22\n"
            "  status: submitted\n  targets:\n  - target_year: 2030\n    confidence: A\n    %s",
            cases[i].target);
        assert_ok(open_with("pledges/BRA.yaml", NULL, yaml, &data, &error), &error);
        stk_options options = {.as_of = {.date = 20250101}};
        assert_ok(stk_gwp_find_set(stk_inventory_gwp(data.inventory), stk_text_of("AR6"),
                                   &options.gwp, &error),
                  &error);
        assert_ok(
            stk_world_make(data.inventory, data.pledges, data.baseline, &options, &world, &error),
            &error);
        const stk_national *national = stk_world_find(world, "BRA");
        if (strstr(cases[i].method, "no such") != NULL ||
            strstr(cases[i].method, "not quantified") != NULL) {
            assert_int_equal(national->target_count, 0);
        } else {
            assert_int_equal(national->target_count, 1);
            stk_methods methods;
            stk_world_methods(world, national, &national->targets[0], &methods);
            assert_has(methods.text[0][0], cases[i].method);
            assert_true(isfinite(national->targets[0].level[0][0].excl_mt));
        }
        stk_world_free(world);
        stk_data_close(&data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(baselines_are_history_to_its_last_year),
        cmocka_unit_test(baselines_follow_gdp_and_never_grow_faster),
        cmocka_unit_test(the_world_is_the_sum_of_its_actors),
        cmocka_unit_test(the_eu_is_counted_once),
        cmocka_unit_test(paths_are_history_then_straight_lines),
        cmocka_unit_test(targets_of_past_years_bend_no_path),
        cmocka_unit_test(parties_without_target_stay_on_their_baseline),
        cmocka_unit_test(conditional_is_never_above_unconditional),
        cmocka_unit_test(capped_hot_air_is_never_above_the_baseline),
        cmocka_unit_test(extensions_follow_their_rule),
        cmocka_unit_test(drawing_again_is_as_good_as_making),
        cmocka_unit_test(otherwise_is_an_extension),
        cmocka_unit_test(net_zero_of_too_weak_a_standing_is_left_out),
        cmocka_unit_test(every_rule_of_land_use_gives_a_world),
        cmocka_unit_test(land_use_of_a_sink_stays_and_of_a_source_falls),
        cmocka_unit_test(an_actors_methods_are_named),
        cmocka_unit_test(own_drivers_move_the_baseline),
        cmocka_unit_test(own_baselines_replace_the_model),
        cmocka_unit_test(bad_files_of_the_user_are_refused),
        cmocka_unit_test(records_that_end_too_early_are_refused),
        cmocka_unit_test(kinds_of_targets),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
