/** @file test_choose.c
 * @brief Which documents hold on a date.
 */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const stk_pledges *pledges(void)
{
    return test_data()->pledges;
}

static stk_as_of on(stk_date date)
{
    return (stk_as_of){.date = date};
}

static void the_united_states_leave_and_return(void **state)
{
    (void)state;
    static const struct {
        stk_date date;
        bool outside;
    } days[] = {{20201103, false}, {20201104, true}, {20210218, true}, {20210219, false},
                {20260126, false}, {20260127, true}, {20301231, true}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_int_equal(stk_pledges_suspended(pledges(), "USA", on(days[i].date)),
                         days[i].outside);
        stk_as_of ignore = {.date = days[i].date, .ignore_withdrawal = true};
        assert_int_equal(stk_pledges_suspended(pledges(), "USA", ignore), false);
    }
    assert_int_equal(stk_pledges_suspended(pledges(), "GBR", on(20301231)), false);
}

static void the_united_kingdom_was_in_the_joint_document(void **state)
{
    (void)state;
    assert_int_equal(stk_pledges_in_joint(pledges(), "GBR", false, on(20201211)), true);
    assert_int_equal(stk_pledges_in_joint(pledges(), "GBR", false, on(20201212)), false);
    assert_int_equal(stk_pledges_in_joint(pledges(), "FRA", true, on(20301231)), true);
    assert_int_equal(stk_pledges_in_joint(pledges(), "NOR", false, on(20150101)), false);
}

/* ---- a Party of our own ---- */

static const char table_header[] =
    "iso3,party,submission_date,status,ndc_version,supersedes,target_year,kind,metric,reference_"
    "year,reduction_low_pct,reduction_high_pct,abs_low_mt,abs_high_mt,abs_reduction_mt,ref_level_"
    "mt_stated,conditional,conditional_inferred,gases,sectors,lulucf_included,gwp,budget_type,net_"
    "zero_year,net_zero_status,joint_party,source_url,source_dataset,confidence,notes\n";

static stk_pledges *make(const char *rows)
{
    char csv[8192];
    stk_pledges *made;
    stk_error error;
    snprintf(csv, sizeof csv, "%s%s", table_header, rows);
    assert_ok(stk_pledges_read("t.csv", stk_text_of(csv), NULL, &made, NULL, &error), &error);
    return made;
}

/* A row: date, status, year, kind, reduction. */
#define ROW(date, status, year, kind, cut)                                                         \
    "AAA,A," date "," status ",v,," year "," kind ",ghg,2010," cut ",,,,,,U,,,,N,AR5,,,,,,,A,\n"

static stk_date chosen(const stk_pledges *p, int year, stk_as_of as_of)
{
    const stk_target *first;
    size_t count;
    return stk_pledges_choose(p, "AAA", year, as_of, &first, &count) ? first->submitted : 0;
}

static void the_newest_document_that_states_the_year_holds(void **state)
{
    (void)state;
    stk_pledges *p = make(ROW("2020-01-01", "submitted", "2030", "base_year", "20")
                              ROW("2016-01-01", "submitted", "2030", "base_year", "10")
                                  ROW("2022-01-01", "submitted", "2035", "base_year", "30"));
    assert_int_equal(chosen(p, 2030, on(20151231)), 0);
    assert_int_equal(chosen(p, 2030, on(20160101)), 20160101);
    assert_int_equal(chosen(p, 2030, on(20191231)), 20160101);
    assert_int_equal(chosen(p, 2030, on(20200101)), 20200101);
    /* a later document about another year cancels nothing */
    assert_int_equal(chosen(p, 2030, on(20300101)), 20200101);
    assert_int_equal(chosen(p, 2035, on(20300101)), 20220101);
    assert_int_equal(chosen(p, 2040, on(20300101)), 0);
    stk_pledges_free(p);
}

static void announcements_count_only_when_asked_for(void **state)
{
    (void)state;
    stk_as_of all = {.date = 20300101, .include_announced = true};
    stk_pledges *p = make(ROW("2016-01-01", "indc", "2030", "base_year", "10")
                              ROW("2021-04-22", "announced", "2030", "base_year", "40")
                                  ROW("2021-05-01", "announced", "2030", "peak", "")
                                      ROW("2021-06-01", "draft", "2035", "base_year", "50"));
    assert_int_equal(chosen(p, 2030, on(20300101)), 20160101);
    /* the bare announcement of May does not stand in the way of April's number */
    assert_int_equal(chosen(p, 2030, all), 20210422);
    assert_int_equal(chosen(p, 2035, on(20300101)), 0);
    assert_int_equal(chosen(p, 2035, all), 20210601);
    stk_pledges_free(p);
}

static void what_was_not_extracted_leaves_the_previous_standing(void **state)
{
    (void)state;
    stk_pledges *p = make(ROW("2016-01-01", "submitted", "2030", "base_year", "10")
                              ROW("2021-01-01", "submitted", "2030", "unknown", "")
                                  ROW("2022-01-01", "submitted", "", "unknown", ""));
    assert_int_equal(chosen(p, 2030, on(20300101)), 20160101);
    stk_pledges_free(p);
}

static void a_document_replaces_all_targets_of_the_year(void **state)
{
    (void)state;
    const stk_target *first;
    size_t count;
    stk_pledges *p =
        make("AAA,A,2016-01-01,submitted,v,,2030,base_year,ghg,2010,10,,,,,,U,,,,N,,,,,"
             ",,,A,\n"
             "AAA,A,2016-01-01,submitted,v,,2030,base_year,ghg,2010,20,,,,,,C,,,,N,,,,,"
             ",,,A,\n"
             "AAA,A,2020-01-01,submitted,v,2016-01-01,2030,base_year,ghg,2010,15,,,,,,U"
             ",,,,N,,,,,,,,A,\n");
    assert_true(stk_pledges_choose(p, "AAA", 2030, on(20190101), &first, &count));
    assert_int_equal(count, 2);
    assert_true(stk_pledges_choose(p, "AAA", 2030, on(20200101), &first, &count));
    assert_int_equal(count, 1);
    assert_true(first->reduction_pct[0] == 15);
    assert_true(!stk_pledges_choose(p, "BBB", 2030, on(20200101), &first, &count));
    stk_pledges_free(p);
}

/* Nothing of the edition is newer, and something is that new; announcements and events count. */
static void documents_are_known_until_the_newest(void **state)
{
    (void)state;
    size_t count;
    size_t of_that_day = 0;
    stk_date until = stk_pledges_known_until(pledges());
    const stk_target *targets;
    for (size_t p = 0; (targets = stk_pledges_party(pledges(), p, &count)) != NULL; p++) {
        for (size_t i = 0; i < count; i++) {
            assert_true(targets[i].submitted <= until);
            of_that_day += targets[i].submitted == until ? 1 : 0;
        }
    }
    const stk_party_event *events = stk_pledges_events(pledges(), &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(events[i].date <= until);
        of_that_day += events[i].date == until ? 1 : 0;
    }
    const stk_net_zero_event *aims = stk_pledges_net_zero_events(pledges(), &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(aims[i].date <= until);
        of_that_day += aims[i].date == until ? 1 : 0;
    }
    assert_true(of_that_day > 0);
    stk_pledges *none = make("");
    assert_int_equal(stk_pledges_known_until(none), 0);
    stk_pledges_free(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_united_states_leave_and_return),
        cmocka_unit_test(the_united_kingdom_was_in_the_joint_document),
        cmocka_unit_test(the_newest_document_that_states_the_year_holds),
        cmocka_unit_test(documents_are_known_until_the_newest),
        cmocka_unit_test(announcements_count_only_when_asked_for),
        cmocka_unit_test(what_was_not_extracted_leaves_the_previous_standing),
        cmocka_unit_test(a_document_replaces_all_targets_of_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
