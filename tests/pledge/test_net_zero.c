/** @file test_net_zero.c
 * @brief The history of net-zero aims: reading it, and which aim holds on a date.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER "iso3,date,year,standing,scope,document,source_url,source_dataset,confidence,notes\n"

/* A Party AAA whose documents aim at 2045 in law, and BBB without documents. */
static stk_pledges *documents(void)
{
    static const char yaml[] = "iso3: AAA\nparty: A\ndocuments:\n"
                               "- submission_date: 2016-01-01\n  status: submitted\n"
                               "  net_zero_year: 2045\n  net_zero_status: law\n"
                               "  targets:\n  - {target_year: 2030, kind: none, confidence: A}\n";
    stk_pledges *pledges;
    stk_error error;
    assert_ok(stk_pledges_read("AAA.yaml", stk_text_of(yaml), NULL, &pledges, NULL, &error),
              &error);
    return pledges;
}

static stk_pledges *with_events(const char *rows)
{
    char csv[8192];
    stk_error error;
    stk_pledges *pledges = documents();
    snprintf(csv, sizeof csv, "%s%s", HEADER, rows);
    assert_ok(
        stk_pledges_read_net_zero(pledges, "net_zero.csv", stk_text_of(csv), NULL, NULL, &error),
        &error);
    return pledges;
}

static stk_as_of on(stk_date date)
{
    return (stk_as_of){.date = date};
}

static int year_on(const stk_pledges *pledges, const char *iso3, stk_date date,
                   stk_net_zero at_least)
{
    return stk_pledges_net_zero(pledges, iso3, on(date), at_least);
}

/* An event in few words: nothing but a mark C needs no source. */
#define EVENT(iso3, date, year, standing)                                                          \
    iso3 "," date "," year "," standing ",ghg,a document,,,C,\n"

static void the_newest_event_of_enough_standing_holds(void **state)
{
    (void)state;
    static const struct {
        stk_date date;
        int year[5]; /* by standing asked for: proposed, pledge, policy, law */
    } days[] = {{20181231, {0, 0, 0, 0, 0}},
                {20190101, {0, 2070, 0, 0, 0}},
                {20200101, {0, 2060, 2060, 0, 0}},
                {20210101, {0, 2055, 2055, 2055, 0}},
                {20220101, {0, 2050, 2050, 2050, 2050}},
                {20230101, {0, 2048, 2048, 2050, 2050}},
                {20300101, {0, 2048, 2048, 2050, 2050}}};
    /* the rows of a file may be in any order */
    stk_pledges *p = with_events(
        EVENT("BBB", "2023-01-01", "2048", "pledge") EVENT("BBB", "2021-01-01", "2055", "policy")
            EVENT("BBB", "2020-01-01", "2060", "pledge") EVENT("BBB", "2022-01-01", "2050", "law")
                EVENT("BBB", "2019-01-01", "2070", "proposed"));
    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        for (int s = STK_NET_ZERO_PROPOSED; s <= STK_NET_ZERO_LAW; s++) {
            assert_int_equal(year_on(p, "BBB", days[d].date, (stk_net_zero)s), days[d].year[s]);
        }
    }
    assert_int_equal(year_on(p, "CCC", 20300101, STK_NET_ZERO_PROPOSED), 0);
    stk_pledges_free(p);
}

static void the_aim_says_where_it_comes_from(void **state)
{
    (void)state;
    stk_net_zero_aim aim;
    stk_pledges *p = with_events("BBB,2021-06-30,2050,law,co2,\"An Act, 2021\","
                                 "https://example.org/act,a list,A*,\"a note\"\n");
    assert_true(stk_pledges_net_zero_aim(p, "BBB", on(20210630), STK_NET_ZERO_PLEDGE, &aim));
    assert_int_equal(aim.year, 2050);
    assert_int_equal(aim.standing, STK_NET_ZERO_LAW);
    assert_int_equal(aim.event->date, 20210630);
    assert_int_equal(aim.event->scope, STK_NET_ZERO_SCOPE_CO2);
    assert_int_equal(aim.event->line, 2);
    assert_string_equal(aim.event->document, "An Act, 2021");
    assert_string_equal(aim.event->source_url, "https://example.org/act");
    assert_string_equal(aim.event->source_dataset, "a list");
    assert_string_equal(aim.event->confidence, "A*");
    assert_string_equal(aim.event->notes, "a note");
    assert_string_equal(aim.event->file, "net_zero.csv");
    assert_false(stk_pledges_net_zero_aim(p, "BBB", on(20210629), STK_NET_ZERO_PROPOSED, &aim));
    assert_int_equal(aim.year, 0);
    stk_pledges_free(p);
}

static void a_withdrawal_cancels_all_that_came_before(void **state)
{
    (void)state;
    stk_pledges *p = with_events(EVENT("BBB", "2020-01-01", "2050", "law")
                                     EVENT("BBB", "2021-01-01", "2045", "pledge")
                                         EVENT("BBB", "2025-01-20", "", "withdrawn")
                                             EVENT("BBB", "2029-01-20", "2060", "pledge"));
    assert_int_equal(year_on(p, "BBB", 20250119, STK_NET_ZERO_LAW), 2050);
    assert_int_equal(year_on(p, "BBB", 20250120, STK_NET_ZERO_LAW), 0);
    assert_int_equal(year_on(p, "BBB", 20250120, STK_NET_ZERO_PROPOSED), 0);
    assert_int_equal(year_on(p, "BBB", 20290120, STK_NET_ZERO_PLEDGE), 2060);
    assert_int_equal(year_on(p, "BBB", 20290120, STK_NET_ZERO_POLICY), 0);
    /* the Agreement is another matter */
    stk_as_of ignore = {.date = 20260101, .ignore_withdrawal = true};
    assert_int_equal(stk_pledges_net_zero(p, "BBB", ignore, STK_NET_ZERO_PROPOSED), 0);
    stk_pledges_free(p);
}

static void of_one_day_the_later_row_is_the_newer(void **state)
{
    (void)state;
    stk_pledges *p = with_events(
        EVENT("BBB", "2020-01-01", "", "withdrawn") EVENT("BBB", "2020-01-01", "2050", "pledge")
            EVENT("CCC", "2020-01-01", "2050", "pledge") EVENT("CCC", "2020-01-01", "", "withdrawn")
                EVENT("DDD", "2020-01-01", "2050", "policy")
                    EVENT("DDD", "2020-01-01", "2060", "pledge"));
    assert_int_equal(year_on(p, "BBB", 20200101, STK_NET_ZERO_PLEDGE), 2050);
    assert_int_equal(year_on(p, "CCC", 20200101, STK_NET_ZERO_PLEDGE), 0);
    assert_int_equal(year_on(p, "DDD", 20200101, STK_NET_ZERO_PLEDGE), 2060);
    assert_int_equal(year_on(p, "DDD", 20200101, STK_NET_ZERO_POLICY), 2050);
    stk_pledges_free(p);
}

static void a_party_with_events_follows_them_alone(void **state)
{
    (void)state;
    stk_net_zero_aim aim;
    size_t count;
    stk_pledges *p = documents();
    assert_true(stk_pledges_net_zero_aim(p, "AAA", on(20200101), STK_NET_ZERO_LAW, &aim));
    assert_int_equal(aim.year, 2045);
    assert_int_equal(aim.standing, STK_NET_ZERO_LAW);
    assert_null(aim.event);
    assert_int_equal(year_on(p, "AAA", 20151231, STK_NET_ZERO_LAW), 0);
    assert_null(stk_pledges_net_zero_of(p, "AAA", &count));
    assert_int_equal(count, 0);
    stk_pledges_free(p);
    /* another's events change nothing for it, its own do on every date */
    p = with_events(EVENT("BBB", "2019-01-01", "2070", "pledge"));
    assert_int_equal(year_on(p, "AAA", 20200101, STK_NET_ZERO_LAW), 2045);
    stk_pledges_free(p);
    p = with_events(EVENT("AAA", "2021-01-01", "2060", "pledge"));
    assert_int_equal(year_on(p, "AAA", 20200101, STK_NET_ZERO_PROPOSED), 0);
    assert_int_equal(year_on(p, "AAA", 20210101, STK_NET_ZERO_PLEDGE), 2060);
    assert_int_equal(year_on(p, "AAA", 20210101, STK_NET_ZERO_POLICY), 0);
    assert_non_null(stk_pledges_net_zero_of(p, "AAA", &count));
    assert_int_equal(count, 1);
    stk_pledges_free(p);
}

static void announcements_of_targets_are_another_matter(void **state)
{
    (void)state;
    stk_pledges *p = with_events(EVENT("BBB", "2020-01-01", "2050", "proposed"));
    for (int k = 0; k < 2; k++) {
        stk_as_of as_of = {.date = 20210101, .include_announced = k == 1};
        assert_int_equal(stk_pledges_net_zero(p, "BBB", as_of, STK_NET_ZERO_PROPOSED), 2050);
        assert_int_equal(stk_pledges_net_zero(p, "BBB", as_of, STK_NET_ZERO_PLEDGE), 0);
    }
    stk_pledges_free(p);
}

static void impossible_values_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *message;
        long column;
    } cases[] = {
        {"bbb,2020-01-01,2050,law,ghg,d,,,C,", "iso3: 'bbb' is refused; allowed: the code of", 1},
        {"BBBB,2020-01-01,2050,law,ghg,d,,,C,", "iso3: 'BBBB' is refused", 1},
        {"ATL,2020-01-01,2050,law,ghg,d,,,C,", "in countries.csv, or EUU", 1},
        {"FRA,2020-02-30,2050,law,ghg,d,,,C,", "date: '2020-02-30' is refused; allowed: a date", 5},
        {"FRA,,2050,law,ghg,d,,,C,", "date: '' is refused", 5},
        {"FRA,2020-01-01,2050,binding,ghg,d,,,C,",
         "standing: 'binding' is refused; allowed: proposed, pledge, policy, law or withdrawn", 21},
        {"FRA,2020-01-01,2019,law,ghg,d,,,C,",
         "year: '2019' is refused; allowed: a year from that of the date (2020) to 2100", 16},
        {"FRA,2020-01-01,2101,law,ghg,d,,,C,", "year: '2101' is refused", 16},
        {"FRA,2020-01-01,2050.5,law,ghg,d,,,C,", "year: '2050.5' is refused", 16},
        {"FRA,2020-01-01,,law,ghg,d,,,C,", "year: '' is refused", 16},
        {"FRA,2020-01-01,2050,withdrawn,ghg,d,,,C,",
         "year: '2050' is refused; allowed: nothing, where the aim is withdrawn", 16},
        {"FRA,2020-01-01,2050,law,all,d,,,C,",
         "scope: 'all' is refused; allowed: ghg, co2 or unknown", 25},
        {"FRA,2020-01-01,2050,law,ghg,,,,C,", "document: '' is refused; allowed: what the aim", 29},
        {"FRA,2020-01-01,2050,law,ghg,d,,,D,",
         "confidence: 'D' is refused; allowed: A, A*, B, S, C or R", 33},
        {"FRA,2020-01-01,2050,law,ghg,d,,,A,",
         "source_url: '' is refused; allowed: an address, where the confidence is not C", 31},
        {"FRA,2020-01-01,2050,law,ghg,d,ftp://a,,C,",
         "source_url: 'ftp://a' is refused; allowed: an address that starts with https://", 31},
        {"FRA,2020-01-01,2050,law,ghg,d,https://,,C,", "source_url: 'https://' is refused", 31},
        {"FRA,2020-01-01,2050,law,ghg,d,https://a b,,A,", "source_url: 'https://a b'", 31},
        {"FRA,2020-01-01,2050,law,ghg,d,,,C,x\nFRA,2020-01-01,2060,law,ghg,d,,,C,",
         "each standing of a Party once on a day (FRA has it in line 2)", 21},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char csv[1024];
        stk_error error;
        size_t count;
        stk_pledges *p = with_events(EVENT("BBB", "2019-01-01", "2070", "pledge"));
        snprintf(csv, sizeof csv, "%s%s\n", HEADER, cases[i].row);
        assert_int_equal(stk_pledges_read_net_zero(p, "f.csv", stk_text_of(csv),
                                                   test_data()->inventory, NULL, &error),
                         STK_EDATA);
        assert_has(error.message, cases[i].message);
        assert_string_equal(error.file, "f.csv");
        assert_int_equal(error.line, strchr(cases[i].row, '\n') != NULL ? 3 : 2);
        assert_int_equal(error.column, cases[i].column);
        /* what was there before still is */
        stk_pledges_net_zero_events(p, &count);
        assert_int_equal(count, 1);
        assert_int_equal(year_on(p, "BBB", 20200101, STK_NET_ZERO_PLEDGE), 2070);
        stk_pledges_free(p);
    }
}

static void every_refused_row_is_reported(void **state)
{
    (void)state;
    stk_problems problems = {0};
    stk_error error;
    stk_pledges *p = documents();
    static const char csv[] = HEADER EVENT("BBB", "2020-01-01", "2050", "law")
        EVENT("BBB", "2020-01-01", "2050", "lore") EVENT("BBB", "2021-01-01", "1950", "law")
            EVENT("BBB", "2022-01-01", "2050", "law") "BBB,2022-01-01\n";
    assert_int_equal(
        stk_pledges_read_net_zero(p, "f.csv", stk_text_of(csv), NULL, &problems, &error),
        STK_EDATA);
    assert_int_equal(problems.count, 3);
    assert_int_equal(error.line, 3);
    assert_int_equal(problems.items[1].line, 4);
    assert_int_equal(problems.items[2].line, 6); /* a row too short: nothing after it is read */
    assert_int_equal(problems.items[2].status, STK_EFORMAT);
    stk_problems_free(&problems);
    stk_pledges_free(p);
}

static void tables_that_are_none_are_refused(void **state)
{
    (void)state;
    stk_error error;
    stk_pledges *p = documents();
    static const char missing[] = "iso3,date,year,standing,scope,document,source_url,confidence\n";
    assert_int_equal(
        stk_pledges_read_net_zero(p, "f.csv", stk_text_of(missing), NULL, NULL, &error),
        STK_EFORMAT);
    assert_has(error.message, "source_dataset");
    assert_int_equal(stk_pledges_read_net_zero(p, "f.csv", stk_text_of(""), NULL, NULL, &error),
                     STK_EFORMAT);
    assert_ok(stk_pledges_read_net_zero(p, "f.csv", stk_text_of(HEADER), NULL, NULL, &error),
              &error);
    stk_pledges_free(p);
}

static void too_many_events_are_refused(void **state)
{
    (void)state;
    enum { ROWS = 4097, ROW_SIZE = 48 };
    stk_error error;
    stk_pledges *p = documents();
    char *csv = malloc(sizeof HEADER + (size_t)ROWS * ROW_SIZE);
    assert_non_null(csv);
    size_t size = (size_t)sprintf(csv, "%s", HEADER);
    for (int i = 0; i < ROWS; i++) { /* a day each */
        size += (size_t)sprintf(csv + size, "BBB,%d-%02d-%02d,2100,law,ghg,d,,,C,\n",
                                2000 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
    }
    assert_int_equal(
        stk_pledges_read_net_zero(p, "f.csv", (stk_text){csv, size}, NULL, NULL, &error),
        STK_EDATA);
    assert_has(error.message, "too many events; allowed: 4096");
    assert_int_equal(error.line, ROWS + 1);
    free(csv);
    stk_pledges_free(p);
}

/* ---- editions ---- */

static void editions_may_have_no_events_but_no_wrong_ones(void **state)
{
    (void)state;
    stk_edition *edition;
    stk_pledges *pledges = NULL;
    stk_problems problems = {0};
    stk_error error;
    const char *folder = test_mini_with("pledges/net_zero.csv", ",law,", ",lore,");
    assert_ok(stk_edition_open_folder(folder, &edition, &error), &error);
    assert_int_equal(stk_pledges_load(edition, NULL, &pledges, &problems, &error), STK_EDATA);
    assert_null(pledges);
    assert_int_equal(problems.count, 1);
    assert_has(error.file, "net_zero.csv");
    assert_int_equal(error.line, 4);
    stk_problems_free(&problems);
    stk_edition_free(edition);

    char path[4096];
    folder = test_mini_with("pledges/net_zero.csv", "law", "law");
    snprintf(path, sizeof path, "%s/pledges/net_zero.csv", folder);
    assert_int_equal(remove(path), 0);
    assert_ok(stk_edition_open_folder(folder, &edition, &error), &error);
    assert_ok(stk_pledges_load(edition, NULL, &pledges, NULL, &error), &error);
    size_t count;
    stk_pledges_net_zero_events(pledges, &count);
    assert_int_equal(count, 0);
    stk_pledges_free(pledges);
    stk_edition_free(edition);
}

static void the_large_emitters_on_their_dates(void **state)
{
    (void)state;
    static const struct {
        const char *iso3;
        stk_date date;
        stk_net_zero at_least;
        int year;
    } cases[] = {
        {"EUU", 20261101, STK_NET_ZERO_LAW, 2050},    {"EUU", 20201201, STK_NET_ZERO_POLICY, 2050},
        {"EUU", 20201201, STK_NET_ZERO_LAW, 0},       {"EUU", 20191201, STK_NET_ZERO_PROPOSED, 0},
        {"CHN", 20210501, STK_NET_ZERO_POLICY, 0},    {"CHN", 20210501, STK_NET_ZERO_PLEDGE, 2060},
        {"CHN", 20211115, STK_NET_ZERO_POLICY, 2060}, {"CHN", 20150101, STK_NET_ZERO_PROPOSED, 0},
        {"CHN", 20200921, STK_NET_ZERO_PROPOSED, 0},  {"USA", 20201201, STK_NET_ZERO_PROPOSED, 0},
        {"USA", 20210501, STK_NET_ZERO_PLEDGE, 2050}, {"USA", 20211115, STK_NET_ZERO_POLICY, 2050},
        {"USA", 20250120, STK_NET_ZERO_PROPOSED, 0},  {"IND", 20211031, STK_NET_ZERO_PROPOSED, 0},
        {"IND", 20211101, STK_NET_ZERO_PLEDGE, 2070}, {"IND", 20211115, STK_NET_ZERO_POLICY, 0},
        {"GBR", 20190627, STK_NET_ZERO_LAW, 2050},    {"THA", 20211115, STK_NET_ZERO_PLEDGE, 2065},
        {"THA", 20251104, STK_NET_ZERO_POLICY, 2050}, {"XXX", 20300101, STK_NET_ZERO_PROPOSED, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(
            year_on(test_data()->pledges, cases[i].iso3, cases[i].date, cases[i].at_least),
            cases[i].year);
    }
}

/* docs/methods.md says that only small emitters go by the aim of their documents. */
static void large_emitters_with_an_aim_have_events(void **state)
{
    (void)state;
    const stk_data *data = test_data();
    stk_options options = test_options("AR6", 20261101);
    stk_world *world;
    stk_error error;
    double without = 0;
    int last = stk_baseline_history_last(data->baseline);
    assert_ok(
        stk_world_make(data->inventory, data->pledges, data->baseline, &options, &world, &error),
        &error);
    double all = stk_world_baseline_mt(world, false, last);
    for (size_t i = 0; i < stk_world_count(world); i++) {
        const stk_national *n = stk_world_national(world, i);
        double share = n->baseline[last - STK_PATH_FIRST] / all;
        stk_net_zero_aim aim;
        if (stk_pledges_net_zero_aim(data->pledges, n->actor.iso3, options.as_of,
                                     STK_NET_ZERO_PROPOSED, &aim) &&
            aim.event == NULL) {
            assert_true(share < 0.003);
            without += share;
        }
    }
    assert_true(without < 0.01);
    stk_world_free(world);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(stk_net_zero_name(STK_NET_ZERO_NONE), "withdrawn");
    assert_string_equal(stk_net_zero_name(STK_NET_ZERO_LAW), "law");
    assert_string_equal(stk_net_zero_scope_name(STK_NET_ZERO_SCOPE_UNKNOWN), "unknown");
    assert_string_equal(stk_net_zero_scope_name(STK_NET_ZERO_SCOPE_CO2), "co2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_event_of_enough_standing_holds),
        cmocka_unit_test(the_aim_says_where_it_comes_from),
        cmocka_unit_test(a_withdrawal_cancels_all_that_came_before),
        cmocka_unit_test(of_one_day_the_later_row_is_the_newer),
        cmocka_unit_test(a_party_with_events_follows_them_alone),
        cmocka_unit_test(announcements_of_targets_are_another_matter),
        cmocka_unit_test(impossible_values_are_refused_with_their_place),
        cmocka_unit_test(every_refused_row_is_reported),
        cmocka_unit_test(tables_that_are_none_are_refused),
        cmocka_unit_test(too_many_events_are_refused),
        cmocka_unit_test(editions_may_have_no_events_but_no_wrong_ones),
        cmocka_unit_test(the_large_emitters_on_their_dates),
        cmocka_unit_test(large_emitters_with_an_aim_have_events),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
