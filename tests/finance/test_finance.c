/** @file test_finance.c
 * @brief Climate finance: shares against a reference, what is known when, goals, broken files.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/csv.h"

static stk_finance *opened;

static int open_finance(void **state)
{
    (void)state;
    stk_error error;
    return stk_finance_load(test_data()->edition, test_data()->inventory, &opened, NULL, &error) ==
                   STK_OK
               ? 0
               : -1;
}

static int close_finance(void **state)
{
    stk_finance_free(opened);
    return test_close_data(state);
}

static stk_finance_view view_of(stk_date as_of)
{
    return (stk_finance_view){.finance = opened, .as_of = as_of, .source = "OECD"};
}

static const stk_finance_goal *goal_of(const stk_finance_view *view, const char *id)
{
    const stk_finance_goal *goal = NULL;
    stk_error error;
    assert_ok(stk_finance_find_goal(view, id, &goal, &error), &error);
    return goal;
}

static stk_area area_of(const char *iso3)
{
    return stk_inventory_find(test_data()->inventory, stk_text_of(iso3));
}

static const stk_finance_share *find_share(const stk_finance_share *shares, size_t count,
                                           stk_area area)
{
    for (size_t i = 0; i < count; i++) {
        if (shares[i].area == area) {
            return &shares[i];
        }
    }
    fail_msg("no share of area %d", (int)area);
    return NULL;
}

/* ---- shares ---- */

/* tests/finance/data/finance_shares.csv: every second contributor, computed elsewhere by the same
 * equations from the same data. */
static void hold_row(const stk_csv *csv, const stk_finance_weights *equal,
                     const stk_finance_weights *long_run)
{
    static const char *const names[] = {"gdp_share",
                                        "population_share",
                                        "fossil_co2_since_1990_share",
                                        "co2_with_land_use_since_1850_share",
                                        "equal_weights_share",
                                        "usd_bn_of_100"};
    stk_finance_view view = view_of(20260801);
    stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
    stk_finance_share since_1850[STK_FINANCE_MEMBERS_MAX];
    double expected[6];
    size_t count;
    int year;
    stk_error error;
    assert_ok(stk_csv_integer(csv, stk_csv_find(csv, "year"), 0, &year, &error), &error);
    for (int i = 0; i < 6; i++) {
        assert_ok(stk_csv_number(csv, stk_csv_find(csv, names[i]), &expected[i], &error), &error);
    }
    stk_area area =
        stk_inventory_find(test_data()->inventory, stk_csv_field(csv, stk_csv_find(csv, "iso3")));
    assert_ok(stk_finance_shares(&view, long_run, year, since_1850, &count, &error), &error);
    assert_ok(stk_finance_shares(&view, equal, year, shares, &count, &error), &error);
    const stk_finance_share *share = find_share(shares, count, area);
    assert_close(share->part[STK_FINANCE_GDP], expected[0], 1e-6);
    assert_close(share->part[STK_FINANCE_POPULATION], expected[1], 1e-6);
    assert_close(share->part[STK_FINANCE_FOSSIL_CO2], expected[2], 1e-6);
    assert_close(find_share(since_1850, count, area)->share, expected[3], 1e-6);
    assert_close(share->share, expected[4], 1e-6);
    assert_close(share->share * goal_of(&view, "usd100bn")->usd_bn, expected[5], 1e-6);
}

static void shares_are_those_of_the_reference(void **state)
{
    (void)state;
    stk_text text = test_read("finance/data/finance_shares.csv");
    stk_arena arena = {0};
    stk_csv csv;
    stk_error error;
    stk_finance_weights equal;
    stk_finance_weights long_run;
    int rows = 0;
    assert_ok(stk_finance_weights_read(NULL, STK_FINANCE_FROM, &equal, &error), &error);
    assert_ok(stk_finance_weights_read("co2_with_land_use=1", 1850, &long_run, &error), &error);
    assert_ok(stk_csv_open(&csv, (stk_source){"shares", text}, &arena, &error), &error);
    stk_status status = STK_OK;
    while (stk_csv_each(&csv, &status, &error)) {
        hold_row(&csv, &equal, &long_run);
        rows++;
    }
    assert_int_equal(status, STK_OK);
    assert_int_equal(rows, 36);
    stk_arena_free(&arena);
    free((char *)text.data);
}

/* By any weights they add up to one, and no contributor is forgotten. */
static void shares_add_up(void **state)
{
    (void)state;
    test_random random = {20261130};
    stk_finance_view view = view_of(20260801);
    for (int trial = 0; trial < 60; trial++) {
        char text[160];
        stk_finance_weights weights;
        stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
        size_t count;
        stk_error error;
        double sum = 0;
        int year = (int)test_random_between(&random, 1992, 2022.99);
        snprintf(text, sizeof text,
                 "gdp=%.3f,population=%.3f,fossil_co2=%.3f,co2_with_land_use=%.3f",
                 test_random_between(&random, 0, 3), test_random_between(&random, 0, 3),
                 test_random_between(&random, 0, 3), test_random_between(&random, 0.001, 3));
        int from = (int)test_random_between(&random, 1850, year);
        assert_ok(stk_finance_weights_read(text, from, &weights, &error), &error);
        assert_ok(stk_finance_shares(&view, &weights, year, shares, &count, &error), &error);
        assert_int_equal(count, 23);
        for (size_t i = 0; i < count; i++) {
            assert_true(shares[i].share > 0);
            sum += shares[i].share;
        }
        assert_close(sum, 1, 1e-12);
    }
}

static void one_weight_alone_is_its_indicator(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        char text[60];
        stk_finance_weights weights;
        stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
        size_t count;
        stk_error error;
        snprintf(text, sizeof text, "%s=7", stk_finance_indicator_name((stk_finance_indicator)k));
        assert_ok(stk_finance_weights_read(text, 1990, &weights, &error), &error);
        assert_ok(stk_finance_shares(&view, &weights, 2020, shares, &count, &error), &error);
        for (size_t i = 0; i < count; i++) {
            assert_close(shares[i].share, shares[i].part[k], 1e-15);
        }
    }
}

/* Carbon Brief: the United States have 52 % of what Annex II emitted since 1850. ODI: 44.1 % of the
 * goal by income, population and emissions; GDP stands for income here, hence 2 %. */
static void shares_are_near_those_that_were_published(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    stk_finance_weights weights;
    stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
    size_t count;
    stk_error error;
    assert_ok(stk_finance_weights_read("co2_with_land_use=1", 1850, &weights, &error), &error);
    assert_ok(stk_finance_shares(&view, &weights, 2020, shares, &count, &error), &error);
    assert_close(find_share(shares, count, area_of("USA"))->share, 0.52, 0.01);
    assert_ok(stk_finance_weights_read(NULL, 1990, &weights, &error), &error);
    assert_ok(stk_finance_shares(&view, &weights, 2022, shares, &count, &error), &error);
    assert_close(find_share(shares, count, area_of("USA"))->share, 0.441, 0.02);
}

static void wrong_weights_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {{"", "allowed: gdp, population"},
                                           {"gdp", "allowed: gdp, population"},
                                           {"gdp=", "a number from 0"},
                                           {"gdp=x", "a number from 0"},
                                           {"gdp=-1", "a number from 0"},
                                           {"gdp=nan", "a number from 0"},
                                           {"gdp=inf", "a number from 0"},
                                           {"gdp=1,gdp=1", "there twice"},
                                           {"gdp=1,", "allowed: gdp, population"},
                                           {"gdp=0,population=0", "all are 0"},
                                           {"populaton=1", "did you mean population?"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        stk_finance_weights weights;
        stk_error error;
        assert_int_equal(stk_finance_weights_read(wrong[i][0], 1990, &weights, &error), STK_EARG);
        assert_has(error.message, wrong[i][1]);
    }
}

static void a_year_without_data_is_refused(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    stk_finance_weights weights;
    stk_finance_share shares[STK_FINANCE_MEMBERS_MAX];
    size_t count;
    stk_error error;
    assert_ok(stk_finance_weights_read(NULL, 1990, &weights, &error), &error);
    assert_int_equal(stk_finance_shares(&view, &weights, 2023, shares, &count, &error),
                     STK_ENOTFOUND);
    assert_has(error.message, "gdp of AUS is not known; allowed: 1992 to 2022");
    assert_int_equal(stk_finance_shares(&view, &weights, 1991, shares, &count, &error),
                     STK_ENOTFOUND);
    view.as_of = 20191231;
    assert_int_equal(stk_finance_shares(&view, &weights, 2020, shares, &count, &error),
                     STK_ENOTFOUND);
    assert_has(error.message, "it lies after 2019-12-31; allowed: 1992 to 2019");
    assert_ok(stk_finance_weights_read("population=1", 1990, &weights, &error), &error);
    view.as_of = 20260801;
    assert_ok(stk_finance_shares(&view, &weights, 2025, shares, &count, &error), &error);
}

/* ---- what is known when ---- */

static double known(stk_date as_of, bool unchecked, stk_finance_component component, int year)
{
    stk_finance_view view = view_of(as_of);
    view.unchecked = unchecked;
    const stk_finance_figure *figure = stk_finance_known(&view, component, year);
    return figure == NULL ? (double)NAN : figure->usd_bn;
}

static void figures_have_vintages(void **state)
{
    (void)state;
    assert_nan(known(20210916, false, STK_FINANCE_TOTAL, 2019));
    assert_close(known(20210917, false, STK_FINANCE_TOTAL, 2019), 79.6, 0);
    assert_close(known(20220728, true, STK_FINANCE_TOTAL, 2019), 79.6, 0);
    assert_close(known(20220729, true, STK_FINANCE_TOTAL, 2019), 80.4, 0);
    assert_close(known(20220729, false, STK_FINANCE_TOTAL, 2019), 79.6, 0);
    assert_nan(known(20260801, false, STK_FINANCE_TOTAL, 2018)); /* from memory alone */
    assert_close(known(20210101, true, STK_FINANCE_TOTAL, 2018), 78.9, 0);
    assert_close(known(20260801, true, STK_FINANCE_TOTAL, 2018), 79.9, 0);
    assert_nan(known(20220728, true, STK_FINANCE_TOTAL, 2020));
    assert_nan(known(20260801, true, STK_FINANCE_TOTAL, 2015));
}

/* On no day does an answer use a row that was published after it, or a mark that does not count. */
static void nothing_is_known_before_its_day(void **state)
{
    (void)state;
    static const char *const sources[] = {"OECD", "Oxfam"};
    test_random random = {7};
    for (int trial = 0; trial < 2000; trial++) {
        stk_finance_view view = view_of(0);
        stk_finance_amount amount;
        view.as_of = (stk_date)(10000 * (int)test_random_between(&random, 2009, 2027) +
                                100 * (int)test_random_between(&random, 1, 13) +
                                (int)test_random_between(&random, 1, 29));
        view.unchecked = trial % 2 == 0;
        view.source = sources[trial / 2 % 2];
        for (int year = 2010; year <= 2025; year++) {
            if (!stk_finance_delivered(&view, STK_FINANCE_TOTAL, year, &amount)) {
                continue;
            }
            assert_true(amount.low->published <= view.as_of);
            assert_true(amount.high->published <= view.as_of);
            assert_true(view.unchecked || amount.low->mark != STK_FINANCE_UNCHECKED);
            assert_string_equal(amount.low->source, view.source);
        }
    }
}

static void parts_add_up(void **state)
{
    (void)state;
    double of[STK_FINANCE_COMPONENTS];
    for (int c = 0; c < STK_FINANCE_COMPONENTS; c++) {
        of[c] = known(20260801, false, (stk_finance_component)c, 2022);
    }
    assert_close(of[STK_FINANCE_BILATERAL_PUBLIC] + of[STK_FINANCE_MULTILATERAL_PUBLIC] +
                     of[STK_FINANCE_EXPORT_CREDITS] + of[STK_FINANCE_PRIVATE_MOBILISED],
                 of[STK_FINANCE_TOTAL], 1e-12);
    assert_close(of[STK_FINANCE_TOTAL], 115.9, 0);
    assert_close(of[STK_FINANCE_ADAPTATION_PUBLIC] + of[STK_FINANCE_ADAPTATION_PRIVATE],
                 of[STK_FINANCE_ADAPTATION], 1e-12);
    assert_close(of[STK_FINANCE_ADAPTATION], 32.4, 0);
    assert_close(100 * of[STK_FINANCE_PUBLIC_LOANS] / of[STK_FINANCE_PUBLIC], 69, 0.01);
    assert_int_equal(stk_finance_component_whole(STK_FINANCE_PUBLIC_LOANS), STK_FINANCE_PUBLIC);
    assert_int_equal(stk_finance_component_whole(STK_FINANCE_TOTAL), STK_FINANCE_TOTAL);
}

static void a_source_may_give_a_range(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    stk_finance_amount amount;
    view.source = "Oxfam";
    assert_true(stk_finance_delivered(&view, STK_FINANCE_TOTAL, 2020, &amount));
    assert_close(amount.low->usd_bn, 21, 0);
    assert_close(amount.high->usd_bn, 24.5, 0);
    assert_int_equal(stk_finance_is_met(goal_of(&view, "usd100bn"), &amount), STK_FINANCE_NOT_MET);
    assert_true(stk_finance_delivered(&view, STK_FINANCE_ADAPTATION, 2022, &amount));
    assert_null(amount.low); /* only "up to 15" was read */
    assert_close(amount.high->usd_bn, 15, 0);
    view.source = "OECD"; /* never mixed */
    assert_true(stk_finance_delivered(&view, STK_FINANCE_TOTAL, 2020, &amount));
    assert_ptr_equal(amount.low, amount.high);
}

/* ---- goals ---- */

static void the_100_bn_were_two_years_late(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20211031);
    stk_finance_outcome o = stk_finance_goal_outcome(&view, goal_of(&view, "usd100bn"));
    assert_int_equal(o.met_year, 0);
    assert_int_equal(o.last.year, 2019);
    view.as_of = 20220729;
    o = stk_finance_goal_outcome(&view, goal_of(&view, "usd100bn"));
    assert_int_equal(o.met_year, 0);
    assert_int_equal(o.last.year, 2020);
    assert_close(stk_finance_gap_usd_bn(goal_of(&view, "usd100bn"), o.last.low), -16.7, 1e-12);
    view.as_of = 20240528;
    assert_int_equal(stk_finance_goal_outcome(&view, goal_of(&view, "usd100bn")).met_year, 0);
    view.as_of = 20240529;
    o = stk_finance_goal_outcome(&view, goal_of(&view, "usd100bn"));
    assert_int_equal(o.met_year, 2022);
    assert_int_equal(o.years_late, 2);
    assert_int_equal(o.missed_year, 0);
}

static void what_is_not_published_is_not_known(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20211031);
    const stk_finance_goal *goal = goal_of(&view, "usd100bn");
    stk_finance_amount amount;
    assert_false(stk_finance_delivered(&view, STK_FINANCE_TOTAL, 2020, &amount));
    assert_int_equal(stk_finance_is_met(goal, NULL), STK_FINANCE_NOT_KNOWN);
    assert_int_equal(stk_finance_is_met(goal, &amount), STK_FINANCE_NOT_KNOWN);
    assert_nan(stk_finance_gap_usd_bn(goal, NULL));
}

static void goals_come_into_force(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20241123);
    const stk_finance_goal *goal = NULL;
    stk_error error;
    assert_int_equal(stk_finance_find_goal(&view, "ncqg_300", &goal, &error), STK_ENOTFOUND);
    assert_has(error.message, "was decided on 2024-11-24, after 2024-11-23");
    assert_int_equal(stk_finance_find_goal(&view, "adaptation_doubling", &goal, &error),
                     STK_ENOTFOUND);
    assert_has(error.message, "marked C");
    assert_int_equal(stk_finance_find_goal(&view, "usd100", &goal, &error), STK_ENOTFOUND);
    assert_has(error.message, "did you mean usd100bn?");
    assert_null(stk_finance_goal_of(&view, 2035));
    view.as_of = 20241124;
    assert_string_equal(stk_finance_goal_of(&view, 2035)->id, "ncqg_300"); /* not the call */
    assert_string_equal(stk_finance_goal_of(&view, 2030)->id, "ncqg_300");
    assert_string_equal(stk_finance_goal_of(&view, 2025)->id, "usd100bn");
    assert_string_equal(stk_finance_goal_of(&view, 2016)->id, "usd100bn");
    assert_string_equal(stk_finance_goal_of(&view, 2011)->id, "fast_start");
    assert_null(stk_finance_goal_of(&view, 2036));
    goal = goal_of(&view, "ncqg_300");
    assert_int_equal(stk_finance_goal_status(goal, 2024), STK_FINANCE_UPCOMING);
    assert_int_equal(stk_finance_goal_status(goal, 2035), STK_FINANCE_IN_FORCE);
    assert_int_equal(stk_finance_goal_status(goal, 2036), STK_FINANCE_ENDED);
    assert_close(100 * stk_finance_goal_outcome(&view, goal).growth, 7.59, 1e-3);
    assert_close(stk_finance_growth(115.9, 300, 13), pow(300 / 115.9, 1.0 / 13) - 1, 1e-12);
    assert_nan(stk_finance_growth(115.9, 300, 0));
}

static void rows_from_memory_stay_out(void **state)
{
    (void)state;
    char years[200];
    stk_finance_view view = view_of(20241124);
    stk_finance_scope scope = {.goals = true, .figures = true, .area = -1};
    size_t counted = 0;
    size_t goals;
    const stk_finance_goal *list = stk_finance_goals(opened, &goals);
    for (size_t i = 0; i < goals; i++) {
        counted += list[i].decided <= view.as_of && list[i].mark == STK_FINANCE_UNCHECKED;
    }
    assert_int_equal(counted, 1);
    assert_int_equal(stk_finance_left_out(&view, &scope, years, sizeof years), 8);
    assert_string_equal(years, "2013, 2014, 2017, 2018, 2019");
    view.unchecked = true;
    assert_int_equal(stk_finance_left_out(&view, &scope, years, sizeof years), 0);
    assert_string_equal(years, "");
}

/* ---- contributors ---- */

static void provided_is_held_against_due(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    stk_finance_said *said = NULL;
    size_t count;
    stk_error error;
    assert_ok(stk_finance_said_of(&view, area_of("USA"), 2020, NULL, &said, &count, &error),
              &error);
    assert_int_equal(count, 1);
    assert_string_equal(said[0].source, "Carbon Brief");
    stk_finance_account a = stk_finance_account_of(40, &said[0]);
    assert_close(a.provided_usd_bn, 7.6, 0);
    assert_close(a.percent, 19, 1e-12);
    assert_close(a.surplus_usd_bn, -32.4, 1e-12);
    assert_close(a.source_due_usd_bn, 39.9, 0);
    assert_close(a.source_percent, 100 * 7.6 / 39.9, 1e-12);
    assert_close(a.source_surplus_usd_bn, -32.3, 0);
    free(said);
    assert_ok(stk_finance_said_of(&view, area_of("CAN"), 2020, NULL, &said, &count, &error),
              &error);
    a = stk_finance_account_of(4, &said[0]);
    assert_nan(a.provided_usd_bn); /* nothing was read of it: blank, and not 0 */
    assert_nan(a.percent);
    assert_close(a.source_percent, 37, 0);
    free(said);
    view.as_of = 20221106;
    assert_ok(stk_finance_said_of(&view, area_of("USA"), 2020, NULL, &said, &count, &error),
              &error);
    assert_int_equal(count, 0);
    free(said);
}

static void euros_are_not_dollars(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    stk_finance_said *said = NULL;
    size_t count;
    stk_error error;
    assert_ok(stk_finance_said_of(&view, area_of("DEU"), 2022, "BMZ", &said, &count, &error),
              &error);
    assert_int_equal(count, 1);
    assert_string_equal(said[0].of[STK_FINANCE_BUDGET]->unit, "eur_bn");
    assert_nan(stk_finance_account_of(8, &said[0]).provided_usd_bn);
    free(said);
}

static void public_only_takes_private_money_off(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20260801);
    const stk_finance_goal *goal = goal_of(&view, "usd100bn");
    assert_close(stk_finance_basis_usd_bn(&view, goal, 2022, true), 100 - 21.9 - 2.4, 1e-12);
    assert_close(stk_finance_basis_usd_bn(&view, goal, 2022, false), 100, 0);
    assert_nan(stk_finance_basis_usd_bn(&view, goal, 2020, true)); /* from memory alone */
    view.unchecked = true;
    assert_close(stk_finance_basis_usd_bn(&view, goal, 2020, true), 100 - 13.1 - 1.9, 1e-12);
}

static void news_lie_between_two_dates(void **state)
{
    (void)state;
    stk_finance_view view = view_of(20220729);
    stk_finance_news *list = NULL;
    size_t count;
    stk_error error;
    view.unchecked = true;
    assert_ok(stk_finance_learned(&view, 20220728, false, -1, &list, &count, &error), &error);
    bool revised = false;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].date, 20220729);
        revised = revised || (list[i].figure != NULL && list[i].figure->year == 2019 &&
                              list[i].before != NULL && list[i].before->usd_bn == 79.6);
    }
    assert_true(revised);
    free(list);
    assert_ok(stk_finance_learned(&view, 20220729, true, -1, &list, &count, &error), &error);
    assert_int_equal(count, 0);
    free(list);
}

/* ---- files ---- */

enum { FILES = 7 };

static const char *const paths[FILES] = {
    "finance/finance_goals.csv",          "finance/finance_delivered.csv",
    "finance/finance_by_contributor.csv", "finance/finance_pledges.csv",
    "finance/finance_groups.csv",         "finance/gdp_mer_contributors.csv",
    "finance/finance_sources.csv"};

static const char *const sound[FILES] = {
    "goal,usd_bn_per_year,first_year,due_year,last_year,decided,document,who,counts,confidence,"
    "source_url,note\ng,10,2010,2011,2012,2009-12-18,d,w,c,A,u,n\n",
    "year,source,component,usd_bn,published,confidence,source_url,note\n"
    "2010,S,total,5,2011-01-01,A,u,\n",
    "iso3,year,source,quantity,value,unit,published,confidence,source_url,note\n"
    "USA,2010,S,provided,1,usd_bn,2011-01-01,A,u,\n",
    "iso3,date,amount,unit,due_year,confidence,source,note\nUSA,2010-01-01,1,usd_bn_total,2011,C,m,"
    "\n",
    "group,iso3,from_date,to_date,confidence,note\nannex_ii,USA,1992-05-09,,B,\n",
    "iso3,unit,2010,2011\nUSA,current US$,1e13,1e13\n",
    "source,counts,not_read\nS,money,\n"};

/* An edition of finance alone, with other content for one file; NULL leaves it out. */
static stk_status load_with(int file, const char *content, stk_problems *problems, stk_error *error)
{
    char folder[4096];
    char path[4200];
    stk_edition *edition = NULL;
    stk_finance *finance = NULL;
    snprintf(folder, sizeof folder, "%s", test_scratch("finance"));
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/finance", folder);
    mkdir(path, 0777);
    for (int i = 0; i < FILES; i++) {
        const char *text = i == file ? content : sound[i];
        snprintf(path, sizeof path, "%s/%s", folder, paths[i]);
        remove(path);
        if (text != NULL) {
            FILE *out = fopen(path, "w");
            assert_non_null(out);
            fputs(text, out);
            fclose(out);
        }
    }
    assert_ok(stk_edition_open_folder(folder, &edition, error), error);
    stk_status status =
        stk_finance_load(edition, test_data()->inventory, &finance, problems, error);
    stk_finance_free(finance);
    stk_edition_free(edition);
    return status;
}

/* The sound file with the first `from` in it replaced. */
static stk_status load_changed(int file, const char *from, const char *to, stk_error *error)
{
    char text[2048];
    const char *at = strstr(sound[file], from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - sound[file]), sound[file], to,
             at + strlen(from));
    return load_with(file, text, NULL, error);
}

static void broken_files_are_refused(void **state)
{
    (void)state;
    enum { GOALS, FIGURES, FINDINGS, PLEDGES, GROUPS, GDP, SOURCES };
    static const struct {
        int file;
        const char *from;
        const char *to;
        const char *message;
        int line;
    } cases[] = {
        {GOALS, "g,10", ",10", "goal: '' is refused", 2},
        {GOALS, ",10,", ",0,", "an amount above 0", 2},
        {GOALS, ",10,", ",ten,", "a number", 2},
        {GOALS, "2009-12-18", "2009-13-18", "a date as 2021-04-22", 2},
        {GOALS, "2010,2011,2012", "2010,2013,2012", "a year from first_year to last_year", 2},
        {GOALS, "2010,2011,2012", "2010,2009,2009", "not before first_year", 2},
        {GOALS, "2010,2011,2012", "20100,2011,2012", "a year from 1850 to 2100", 2},
        {GOALS, "c,A,u", "c,D,u", "A, B or C", 2},
        {GOALS, "u,n\n", "u,n\ng,10,2010,2011,2012,2009-12-18,d,w,c,A,u,n\n",
         "a goal that is not there already", 3},
        {GOALS, "decided", "decidet", "the column 'decided' is missing", 1},
        {FIGURES, "total", "totals", "allowed: total, public, bilateral_public", 2},
        {FIGURES, ",5,", ",,", "a number from 0", 2},
        {FIGURES, ",5,", ",-5,", "a number from 0", 2},
        {FIGURES, ",5,", ",1e300,", "a number from 0", 2},
        {FIGURES, "2011-01-01", "", "a date as 2021-04-22", 2},
        {FIGURES, "2011-01-01", "2009-01-01", "a day of 2010 or later", 2},
        {FIGURES, ",A,u,\n", ",A,u,\n2010,S,total,6,2011-01-01,B,u,\n", "one row is allowed", 3},
        {FIGURES, "2010,S", "2010,S\001", "in one line", 2},
        {FINDINGS, "USA", "UUU", "the ISO3 code of a country", 2},
        {FINDINGS, "provided", "promised", "allowed: provided, fair_share", 2},
        {FINDINGS, "provided,1,usd_bn", "met,2,flag", "0 or 1", 2},
        {FINDINGS, "provided,1,usd_bn", "met,1,usd_bn", "allowed: flag", 2},
        {FINDINGS, "provided,1,usd_bn", "percent_of_share,1,usd_bn", "allowed: percent", 2},
        {FINDINGS, "provided,1,usd_bn", "surplus,-1,eur_bn", "allowed: usd_bn", 2},
        {FINDINGS, "provided,1,usd_bn", "provided,1,dollars", "a currency in billions", 2},
        {FINDINGS, ",A,u,\n", ",A,u,\nUSA,2010,S,provided,2,usd_bn,2011-01-01,A,u,\n",
         "one row is allowed", 3},
        {PLEDGES, "usd_bn_total", "usd_bn", "a currency as usd_bn_per_year", 2},
        {PLEDGES, "2011,C", "2009,C", "not before the year of the date", 2},
        {GROUPS, "annex_ii", "annex_iii", "allowed: annex_ii", 2},
        {GROUPS, "1992-05-09,", "1992-05-09,1991-01-01", "a day after from_date", 2},
        {GROUPS, ",B,\n", ",B,\nannex_ii,USA,2000-01-01,,B,\n", "not a member already", 3},
        {GDP, "1e13,", "-1,", "a number above 0", 2},
        {GDP, "current US$", "euros", "allowed: current US$", 2},
        {GDP, "2010,2011\n", "a,b\n", "no column is a year", 1},
        {GDP, "1e13\n", "1e13\nUSA,current US$,1,1\n", "not there already", 3},
        {SOURCES, "money,\n", "money,\nS,money,\n", "a source that is not there already", 3}};
    stk_error error;
    assert_ok(load_with(-1, NULL, NULL, &error), &error);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stk_status status = load_changed(cases[i].file, cases[i].from, cases[i].to, &error);
        assert_true(status == STK_EDATA || status == STK_EFORMAT);
        assert_has(error.message, cases[i].message);
        assert_has(error.file, paths[cases[i].file]);
        assert_int_equal(error.line, cases[i].line);
        assert_null(strchr(error.message, '\n'));
    }
}

static void a_file_may_be_missing_or_not(void **state)
{
    (void)state;
    stk_error error;
    assert_int_equal(load_with(1, NULL, NULL, &error), STK_ENOTFOUND);
    assert_has(error.message, "finance/finance_delivered.csv");
    assert_int_equal(load_with(1, "", NULL, &error), STK_EFORMAT);
    assert_ok(load_with(6, NULL, NULL, &error), &error); /* what sources count, in words */
    assert_int_equal(stk_finance_in(test_data()->edition), true);
}

static void every_refused_row_is_a_problem(void **state)
{
    (void)state;
    stk_problems problems = {0};
    stk_error error;
    assert_int_equal(load_with(1,
                               "year,source,component,usd_bn,published,confidence,source_url,note\n"
                               "2010,S,total,-5,2011-01-01,A,u,\n2010,S,total,5,2011-01-01,A,u,\n"
                               "2011,S,sum,5,2012-01-01,A,u,\n2012,S,total,5,2012,A,u,\n",
                               &problems, &error),
                     STK_EDATA);
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.items[2].line, 5);
    stk_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares_are_those_of_the_reference),
                                       cmocka_unit_test(shares_add_up),
                                       cmocka_unit_test(one_weight_alone_is_its_indicator),
                                       cmocka_unit_test(shares_are_near_those_that_were_published),
                                       cmocka_unit_test(wrong_weights_are_refused),
                                       cmocka_unit_test(a_year_without_data_is_refused),
                                       cmocka_unit_test(figures_have_vintages),
                                       cmocka_unit_test(nothing_is_known_before_its_day),
                                       cmocka_unit_test(parts_add_up),
                                       cmocka_unit_test(a_source_may_give_a_range),
                                       cmocka_unit_test(the_100_bn_were_two_years_late),
                                       cmocka_unit_test(what_is_not_published_is_not_known),
                                       cmocka_unit_test(goals_come_into_force),
                                       cmocka_unit_test(rows_from_memory_stay_out),
                                       cmocka_unit_test(provided_is_held_against_due),
                                       cmocka_unit_test(euros_are_not_dollars),
                                       cmocka_unit_test(public_only_takes_private_money_off),
                                       cmocka_unit_test(news_lie_between_two_dates),
                                       cmocka_unit_test(broken_files_are_refused),
                                       cmocka_unit_test(a_file_may_be_missing_or_not),
                                       cmocka_unit_test(every_refused_row_is_a_problem)};
    return cmocka_run_group_tests(tests, open_finance, close_finance);
}
