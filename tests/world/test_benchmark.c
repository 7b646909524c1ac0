/** @file test_benchmark.c
 * @brief Benchmarks by name, percentile and from a user's file.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

static const char header[] = "source,category,variable,unit,gwp,statistic,year,value,scope\n";

static stk_status find(const char *name, int year, stk_benchmark *found, stk_error *error)
{
    return stk_benchmark_find(test_data()->edition, stk_inventory_gwp(test_data()->inventory), name,
                              NULL, (stk_text){NULL, 0}, year, found, error);
}

static stk_status find_in(const char *rows, const char *name, int year, stk_benchmark *found,
                          stk_error *error)
{
    char csv[8192];
    snprintf(csv, sizeof csv, "%s%s", header, rows);
    return stk_benchmark_find(test_data()->edition, stk_inventory_gwp(test_data()->inventory), name,
                              "mine.csv", stk_text_of(csv), year, found, error);
}

static void categories_of_the_edition(void **state)
{
    (void)state;
    stk_benchmark b;
    stk_error error;
    assert_ok(find("C1", 2030, &b, &error), &error);
    assert_true(fabs(b.median_gt - 31.5) < 0.1);
    assert_true(fabs(b.low_gt - 21.5) < 0.1);
    assert_true(fabs(b.high_gt - 36.2) < 0.1);
    assert_true(b.with_lulucf);
    assert_int_equal(b.gwp, test_gwp("AR6"));
    assert_string_equal(b.name, "C1");
    assert_string_equal(b.percentile, "p50");
    assert_ok(find("C3", 2030, &b, &error), &error);
    assert_true(fabs(b.median_gt - 44.4) < 0.1);
    static const char *const names[] = {"C1a", "C1b", "C2", "C3a", "C3b",
                                        "C4",  "C5",  "C6", "C7",  "C8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_ok(find(names[i], 2030, &b, &error), &error);
        assert_true(b.low_gt <= b.median_gt && b.median_gt <= b.high_gt);
    }
}

/* Every category of the assessment has the goal that it stands for; names of others stay. */
static void goals_have_words(void **state)
{
    (void)state;
    static const char *const names[][3] = {
        {"C1", "1.5 °C pathways", "1.5 °C pathways (C1)"},
        {"C1:p25", "1.5 °C pathways", "1.5 °C pathways (C1:p25)"},
        {"C2", "1.5 °C after a high overshoot", "1.5 °C after a high overshoot (C2)"},
        {"C3", "2 °C pathways (likely)", "2 °C pathways (C3)"},
        {"C4", "2 °C pathways (more likely than not)", "2 °C pathways (C4)"},
        {"C8", "pathways above 4 °C", "pathways above 4 °C (C8)"},
        {"Trend from implemented policies", "Trend from implemented policies",
         "Trend from implemented policies"}};
    stk_benchmark b;
    stk_error error;
    char title[STK_BENCHMARK_TITLE_SIZE];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_ok(find(names[i][0], 2030, &b, &error), &error);
        assert_string_equal(stk_benchmark_goal(&b), names[i][1]);
        stk_benchmark_title(&b, title);
        assert_string_equal(title, names[i][2]);
    }
    assert_ok(
        find_in("Us,C1,Kyoto GHG,GtCO2e/yr,AR4,p50,2030,26,excluded\n", "C1", 2030, &b, &error),
        &error);
    assert_string_equal(stk_benchmark_goal(&b), "C1");
    stk_benchmark_title(&b, title);
    assert_string_equal(title, "C1");
}

static void percentiles_are_in_order(void **state)
{
    (void)state;
    static const char *const names[] = {"C3:p5", "C3:p25", "C3:p50", "C3:p75", "C3:p95"};
    double before = 0;
    stk_benchmark b;
    stk_error error;
    for (int i = 0; i < 5; i++) {
        assert_ok(find(names[i], 2030, &b, &error), &error);
        assert_true(b.median_gt > before);
        assert_string_equal(b.percentile, names[i] + 3);
        assert_string_equal(b.name, names[i]);
        before = b.median_gt;
    }
    assert_true(b.median_gt == b.high_gt);
}

static void names_and_years_that_are_not_there(void **state)
{
    (void)state;
    stk_benchmark b;
    stk_error error;
    assert_int_equal(find("C9", 2030, &b, &error), STK_ENOTFOUND);
    assert_has(error.message, "'C9' is no benchmark of the edition; it has");
    assert_has(error.message, " C1,");
    assert_int_equal(find("C1:p33", 2030, &b, &error), STK_ENOTFOUND);
    assert_has(error.message, "has no p33 for 2030");
    assert_int_equal(find("C1", 1999, &b, &error), STK_ENOTFOUND);
    assert_int_equal(find("C1", 2300, &b, &error), STK_ENOTFOUND);
    char longest[300];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(find(longest, 2030, &b, &error), STK_ENOTFOUND);
}

static void a_users_file(void **state)
{
    (void)state;
    static const char rows[] = "Us,mine,Kyoto GHG,GtCO2e,AR4,p50,2030,26,excluded\n"
                               "Us,mine,Kyoto GHG,GtCO2e,AR4,p5,2030,20,excluded\n"
                               "Us,mine,Kyoto GHG,GtCO2e,AR4,p50,2040,16,excluded\n"
                               "Us,mine,CO2,GtCO2,AR4,p50,2030,1,excluded\n"
                               "Others,mine,Kyoto GHG,GtCO2e,AR4,p50,2035,99,excluded\n"
                               "Us,yours,Kyoto GHG,GtCO2e/yr,AR6GWP100,p50,2030,30,\n";
    stk_benchmark b;
    stk_error error;
    assert_ok(find_in(rows, "", 2030, &b, &error), &error); /* the first one needs no name */
    assert_string_equal(b.name, "mine");
    assert_string_equal(b.source, "Us");
    assert_true(b.median_gt == 26 && b.low_gt == 20);
    assert_nan(b.high_gt);
    assert_true(!b.with_lulucf);
    assert_int_equal(b.gwp, test_gwp("AR4"));
    assert_ok(find_in(rows, "mine", 2033, &b, &error), &error); /* linear; sources are not mixed */
    assert_close(b.median_gt, 23, 1e-12);
    assert_ok(find_in(rows, "yours", 2030, &b, &error), &error);
    assert_true(b.with_lulucf && b.median_gt == 30);
    assert_int_equal(find_in(rows, "theirs", 2030, &b, &error), STK_ENOTFOUND);
    assert_has(error.message, "no benchmark of mine.csv; it has mine, yours");
    /* a source may be left empty */
    assert_ok(find_in(",mine,Kyoto GHG,GtCO2e,AR4,p50,2030,26,\n", "mine", 2030, &b, &error),
              &error);
    assert_true(b.median_gt == 26);
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *message;
    } cases[] = {
        {"U,m,Kyoto GHG,Mt,AR4,p50,2030,26,\n", "unit: 'Mt' is refused; allowed: GtCO2e/yr"},
        {"U,m,Kyoto GHG,GtCO2e,AR9,p50,2030,26,\n", "a GWP set such as AR6GWP100"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,203,26,\n", "a year from 1850 to 2500"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,x,26,\n", "a whole number"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2030,,\n", "a number of Gt CO2e"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2030,\"2,6\",\n", "with a decimal point"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2030,26,some\n", "included or excluded"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2030\n", "is the line cut short?"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2030,26,\nU,m,Kyoto GHG,GtCO2e,AR4,p50,2030,27,\n",
         "one value of a statistic and year"},
        {"U,m,Kyoto GHG,GtCO2e,AR4,p50,2025,26,excluded\n"
         "U,m,Kyoto GHG,GtCO2e,AR4,p50,2035,27,included\n",
         "one scope in all rows"},
        {"", "is no benchmark of mine.csv"}};
    stk_benchmark b;
    stk_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_not_equal(find_in(cases[i].row, "m", 2030, &b, &error), STK_OK);
        assert_has(error.message, cases[i].message);
    }
    assert_int_equal(stk_benchmark_find(test_data()->edition,
                                        stk_inventory_gwp(test_data()->inventory), "m", "mine.csv",
                                        stk_text_of("a,b\n"), 2030, &b, &error),
                     STK_EFORMAT);
    assert_has(error.message, "the column 'source' is missing");
}

/* Long names are cut between characters, or the JSON of an assessment could not be written. */
static void long_names_stay_text(void **state)
{
    (void)state;
    stk_buffer row = {0};
    stk_benchmark b;
    stk_error error;
    stk_buffer_text(&row, "s");
    for (int i = 0; i < 100; i++) {
        stk_buffer_text(&row, "\xc3\xa9");
    }
    stk_buffer_text(&row, ",n");
    for (int i = 0; i < 100; i++) {
        stk_buffer_text(&row, "\xe2\x82\xac");
    }
    stk_buffer_text(&row, ",Kyoto GHG,GtCO2e,AR4,p50,2030,26,\n");
    stk_status status = find_in(row.data, "", 2030, &b, &error);
    stk_buffer_free(&row);
    if (status == STK_OK) {
        assert_int_equal((unsigned char)b.source[strlen(b.source) - 1], 0xa9);
        assert_int_equal((unsigned char)b.name[strlen(b.name) - 1], 0xac);
    } else {
        assert_has(error.message, "at most");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(categories_of_the_edition),
        cmocka_unit_test(goals_have_words),
        cmocka_unit_test(percentiles_are_in_order),
        cmocka_unit_test(names_and_years_that_are_not_there),
        cmocka_unit_test(a_users_file),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(long_names_stay_text),
    };
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
