/** @file test_vectors.c
 * @brief The stages against the published workflow.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

#define DATA "tests/scenario/data/"

static stk_method *method;

static int load_method(void **state)
{
    (void)state;
    method = test_method("ar6-2015");
    return 0;
}

static int free_method(void **state)
{
    (void)state;
    stk_method_free(method);
    return 0;
}

static void says_what_it_is(void **state)
{
    (void)state;
    assert_string_equal(stk_method_name(method), "ar6-2015");
    assert_int_equal(stk_method_base_year(method), 2015);
    assert_int_equal(stk_method_last_year(method), 2100);
    assert_int_equal(stk_method_postprocess(method)->percentile_count, 14);
    stk_method *recent = test_method("recent");
    assert_int_equal(stk_method_base_year(recent), 2023);
    stk_method_free(recent);
}

static size_t count_notes(const stk_scenario_report *report, const char *reason)
{
    size_t count = 0;
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        count += strstr(stk_scenario_report_note(report, i)->reason, reason) != NULL;
    }
    return count;
}

static void checks(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *input = test_table(DATA "ex2_input.csv");
    stk_iamc *expected = test_table(DATA "ex2_checked.csv");
    stk_iamc *output = NULL;
    stk_scenario_report *report = stk_scenario_report_new();
    assert_int_equal(stk_scenario_check(method, input, report, &output, &error), STK_OK);
    test_same_tables(output, expected, 0);
    /* model6, model8 and model10 go, and OC of four others */
    assert_int_equal(count_notes(report, "unexpected negative"), 1);
    assert_int_equal(count_notes(report, "no complete"), 2);
    assert_true(count_notes(report, "not all required years") >= 4);
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        assert_string_equal(note->stage, "check");
        assert_true(note->line > 1 || note->variable[0] == '\0');
    }
    stk_scenario_report_free(report);
    stk_iamc_free(output);
    stk_iamc_free(expected);
    stk_iamc_free(input);
}

static void harmonises(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *input = test_table(DATA "ex2_checked.csv");
    stk_iamc *history = test_table("data/pathways/history_ar6.csv");
    stk_iamc *expected = test_table(DATA "ex2_harmonized.csv");
    stk_iamc *output = NULL;
    assert_int_equal(stk_scenario_harmonise(method, input, history, NULL, &output, &error), STK_OK);
    test_same_tables(output, expected, 1e-12);
    stk_iamc_free(output);
    stk_iamc_free(expected);
    stk_iamc_free(history);
    stk_iamc_free(input);
}

/* The published database is a line between decades, rounded to ten digits in every year. The copy
 * here has 2015, the decades and three years between them, digit for digit: there the infilled
 * values are the published ones. In the other years the rounding is missing, and where points are
 * close to each other they change places. */
static void infills(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *input = test_table(DATA "ex2_harmonized.csv");
    stk_iamc *database = test_table(DATA "ex2_database.csv");
    stk_iamc *builtin = test_table("data/pathways/ssp_database.csv");
    stk_iamc *expected = test_table(DATA "ex2_infilled.csv");
    stk_iamc *output = NULL;
    stk_scenario_library *library = NULL;
    stk_scenario_report *report = stk_scenario_report_new();
    if (stk_scenario_library_new(method, database, builtin, report, &library, &error) != STK_OK) {
        fail_msg("%s:%ld: %s", error.file, error.line, error.message);
    }
    assert_int_equal(stk_scenario_infill(method, input, library, 2, report, &output, &error),
                     STK_OK);
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        assert_int_equal(stk_scenario_report_note(report, i)->kind, STK_NOTE_INFILLED);
    }
    test_same_tables(output, expected, 1e-6);
    test_same_years(output, expected,
                    (const int[]){2015, 2020, 2025, 2030, 2040, 2050, 2055, 2060, 2070, 2080, 2085,
                                  2090, 2100, 0},
                    1e-11);
    stk_scenario_report_free(report);
    stk_scenario_library_free(library);
    stk_iamc_free(output);
    stk_iamc_free(expected);
    stk_iamc_free(builtin);
    stk_iamc_free(database);
    stk_iamc_free(input);
}

/* The totals again, from the published infilled rows alone. */
static void sums_kyoto_gases(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_iamc *published = test_table(DATA "ex2_infilled.csv");
    stk_iamc *database = test_table("data/pathways/ssp_database.csv");
    stk_iamc *input = stk_iamc_new("", 2015, 2100);
    for (size_t r = 0; r < published->row_count; r++) {
        stk_iamc_row row = published->rows[r];
        static const char prefix[] = "AR6 climate diagnostics|Infilled|";
        if (strncmp(row.variable, prefix, strlen(prefix)) == 0 &&
            strstr(row.variable, "Kyoto") == NULL) {
            double *values;
            row.variable += strlen(prefix);
            assert_int_equal(stk_iamc_add(input, &row, &values, &error), STK_OK);
            memcpy(values, published->rows[r].values, 86 * sizeof *values);
        }
    }
    stk_scenario_library *library = NULL;
    stk_iamc *output = NULL;
    stk_scenario_library_new(method, database, NULL, NULL, &library, &error);
    assert_int_equal(stk_scenario_infill(method, input, library, 2, NULL, &output, &error), STK_OK);
    size_t compared = 0;
    for (size_t r = 0; r < published->row_count; r++) {
        const stk_iamc_row *row = &published->rows[r];
        if (strstr(row->variable, "Infilled|Emissions|Kyoto") == NULL) {
            continue;
        }
        const stk_iamc_row *found = stk_iamc_find(output, row->model, row->scenario, row->variable);
        assert_non_null(found);
        for (int i = 0; i < 86; i++) {
            assert_true(fabs(found->values[i] - row->values[i]) <= 1e-14 * fabs(row->values[i]));
            compared++;
        }
    }
    assert_int_equal(compared, 12 * 2 * 86);
    stk_scenario_library_free(library);
    stk_iamc_free(output);
    stk_iamc_free(input);
    stk_iamc_free(database);
    stk_iamc_free(published);
}

static double field(char **text)
{
    double value = NAN;
    size_t size = strcspn(*text, ",\r\n");
    assert_true(stk_text_number((stk_text){*text, size}, &value));
    *text += size + strspn(*text + size, ",\r\n");
    return value;
}

static void categorises(void **state)
{
    (void)state;
    char *text = test_file(DATA "categories.csv");
    char *next = strchr(text, '\n') + 1;
    size_t count = 0;
    for (; *next != '\0'; count++) {
        char expected[8] = "";
        next = strchr(next, ',') + 1;
        memcpy(expected, next, strcspn(next, ","));
        next = strchr(next, ',') + 1;
        stk_category_warming warming = {.p33_peak = field(&next)};
        warming.p50_peak = field(&next);
        warming.p67_peak = field(&next);
        warming.p50_2100 = field(&next);
        stk_category category;
        assert_int_equal(stk_scenario_category(method, &warming, &category, NULL), STK_OK);
        assert_string_equal(category.label, expected);
        assert_int_equal(strncmp(category.name, expected, 2), 0);
        assert_int_equal(strlen(category.name), 2);
    }
    assert_int_equal(count, 10);
    free(text);
    stk_category category;
    assert_int_equal(
        stk_scenario_category(
            method,
            &(stk_category_warming){.p33_peak = 1, .p50_peak = 1, .p67_peak = NAN, .p50_2100 = 1},
            &category, NULL),
        STK_EDATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_it_is),  cmocka_unit_test(checks),
        cmocka_unit_test(harmonises),       cmocka_unit_test(infills),
        cmocka_unit_test(sums_kyoto_gases), cmocka_unit_test(categorises),
    };
    return cmocka_run_group_tests(tests, load_method, free_method);
}
