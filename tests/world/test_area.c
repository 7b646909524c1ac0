/** @file test_area.c
 * @brief Pathways of groups: the parts add up.
 */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The sum is the caller's to free. */
static stk_area_path *sum_of(const stk_world *world, const char *name)
{
    static stk_area_set sets[8]; /* the path keeps its set's texts */
    static int next;
    stk_area_set *set = &sets[next++ % 8];
    stk_area_path *path = malloc(sizeof *path);
    stk_error error;
    const stk_data *data = test_data();
    assert_non_null(path);
    assert_ok(stk_areas_find(data->inventory, stk_text_of(name), set, &error), &error);
    assert_ok(stk_area_path_make(data->inventory, data->baseline, world, set, path, &error),
              &error);
    return path;
}

static const double *series(const stk_national *n, int which)
{
    const double *all[] = {n->baseline,     n->lulucf_baseline, n->path[0][0],   n->path[0][1],
                           n->path[1][0],   n->path[1][1],      n->lulucf[0][0], n->lulucf[0][1],
                           n->lulucf[1][0], n->lulucf[1][1]};
    return all[which];
}

enum { SERIES = 10 };

/* total = sum of parts, in every series and year */
static void assert_adds_up(const stk_world *world, const char *total, const char *const *parts,
                           double tolerance_mt)
{
    stk_area_path *whole = sum_of(world, total);
    for (int s = 0; s < SERIES; s++) {
        double sum[STK_PATH_YEARS] = {0};
        for (int p = 0; parts[p] != NULL; p++) {
            stk_area_path *part = sum_of(world, parts[p]);
            for (int i = 0; i < STK_PATH_YEARS; i++) {
                sum[i] += series(&part->national, s)[i];
            }
            free(part);
        }
        for (int i = 0; i < STK_PATH_YEARS; i++) {
            double difference = fabs(sum[i] - series(&whole->national, s)[i]);
            assert_true(difference <= tolerance_mt);
        }
    }
    free(whole);
}

static void parts_add_up(void **state)
{
    (void)state;
    stk_world *world = test_world(20260801);
    assert_adds_up(world, "BRA,IND", (const char *const[]){"BRA", "Indien", NULL}, 1e-9);
    assert_adds_up(world, "UNFCCC", (const char *const[]){"Annex I", "Non-Annex I", "VAT", NULL},
                   1e-6);
    assert_adds_up(world, "G7", (const char *const[]){"CAN,JPN", "DEU,FRA,ITA", "GBR", "USA", NULL},
                   1e-6);
    stk_world_free(world);
}

/* Members of the joint document, however they are put together, make the EU. */
static void members_make_the_union(void **state)
{
    (void)state;
    stk_world *world = test_world(20260801);
    assert_adds_up(world, "EU",
                   (const char *const[]){"DEU,FRA,ITA,ESP,POL",
                                         "AUT,BEL,BGR,CYP,CZE,DNK,EST,FIN,GRC,HRV,HUN,IRL,LTU",
                                         "LUX,LVA,MLT,NLD,PRT,ROU,SVK,SVN,SWE", NULL},
                   1e-6);
    stk_area_path *all = sum_of(world, "european_union,BRA");
    assert_int_equal(all->split_count, 0);
    assert_string_equal(all->note, "");
    free(all);
    stk_world_free(world);
}

static void world_is_the_world(void **state)
{
    (void)state;
    static const stk_date dates[] = {20201101, 20210422, 20260801};
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        stk_world *world = test_world(dates[d]);
        stk_area_path *all = sum_of(world, "World");
        for (int year = STK_PATH_FIRST; year <= STK_PATH_LAST; year += 5) {
            for (int k = 0; k < 4; k++) {
                int i = year - STK_PATH_FIRST;
                double both =
                    all->national.path[k / 2][k % 2][i] + all->national.lulucf[k / 2][k % 2][i];
                assert_close(both,
                             stk_world_level_mt(world, (stk_condition)(k / 2),
                                                (stk_ambition)(k % 2), true, year),
                             1e-12);
            }
        }
        free(all);
        stk_world_free(world);
    }
}

/* History of a group is that of the inventory, and a member has the rate of its union. */
static void history_and_shares(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    stk_world *world = test_world(20260801);
    stk_area_path *three = sum_of(world, "DEU,FRA,ITA");
    stk_area_path *eu = sum_of(world, "EUU");
    size_t gwp = test_gwp("AR6");
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        double share = three->national.baseline[i] / eu->national.baseline[i];
        assert_true(share > 0.3 && share < 0.7);
        assert_close(three->national.path[0][0][i], share * eu->national.path[0][0][i], 1e-9);
    }
    static const char *const codes[] = {"DEU", "FRA", "ITA"};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        sum += stk_inventory_total_mt(
            data->inventory, stk_inventory_find(data->inventory, stk_text_of(codes[i])), gwp, 2010);
    }
    assert_close(three->national.baseline[2010 - STK_PATH_FIRST], sum, 1e-9);
    assert_has(three->note, "Germany, France and Italy pledge jointly with the European Union");
    assert_int_equal(three->split_count, 3);
    assert_int_equal(three->national.target_count, 0);
    free(three);
    free(eu);
    stk_world_free(world);
}

static void one_area_is_its_actor(void **state)
{
    (void)state;
    stk_world *world = test_world(20260801);
    stk_area_path *path = sum_of(world, "Brasilien");
    assert_true(path->is_actor && !path->for_member);
    assert_string_equal(path->national.actor.iso3, "BRA");
    assert_true(path->national.target_count > 0);
    assert_string_equal(path->note, "");
    free(path);
    path = sum_of(world, "Germany");
    assert_true(path->is_actor && path->for_member);
    assert_string_equal(path->national.actor.iso3, "EUU");
    assert_has(path->note, "Germany pledges jointly with the European Union");
    free(path);
    path = sum_of(world, "AIR");
    assert_int_equal(path->national.actor.kind, STK_ACTOR_BUNKER);
    free(path);
    stk_world_free(world);
    world = test_world(20201101); /* the joint document spoke for it until its own */
    path = sum_of(world, "uk");
    assert_true(path->for_member);
    free(path);
    stk_world_free(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_add_up),          cmocka_unit_test(members_make_the_union),
        cmocka_unit_test(world_is_the_world),    cmocka_unit_test(history_and_shares),
        cmocka_unit_test(one_area_is_its_actor),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
