/** @file test_texts.c
 * @brief Numbers and texts as pages and charts write them, and the chart of a terminal.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/report.h"
#include "report/svg.h"
#include "support/support.h"

static void numbers_have_signs_and_thousands(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
        const char *change;
    } cases[] = {{0, 2, "0.00", "0.00"},
                 {0.004, 2, "0.00", "0.00"},
                 {-0.004, 2, "0.00", "0.00"},
                 {-0.17, 2, "\u22120.17", "\u22120.17"},
                 {999.4, 0, "999", "+999"},
                 {1000, 0, "1,000", "+1,000"},
                 {-14208.98, 1, "\u221214,209.0", "\u221214,209.0"},
                 {1234567.125, 3, "1,234,567.125", "+1,234,567.125"}};
    char out[SVG_NUMBER_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(svg_decimal(out, cases[i].value, cases[i].decimals), cases[i].text);
        assert_string_equal(svg_change(out, cases[i].value, cases[i].decimals), cases[i].change);
    }
    assert_string_equal(svg_decimal(out, (double)NAN, 1), "");
}

static void units_stay_with_their_numbers(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"1.9 °C in 2100", "1.9\u00a0°C in 2100"},
        {"5 % of 54.3 Gt CO2e", "5\u00a0% of 54.3\u00a0Gt\u00a0CO\u2082e"},
        {"in 2030 Gt stays", "in 2030\u00a0Gt stays"},
        {"Mt of CO2", "Mt of CO\u2082"},
        {"a < b & 1.5–2.7", "a &lt; b &amp; 1.5–\u20602.7"},
        {"net-zero on 2026-11-30", "net-\u2060zero on 2026-\u206011-\u206030"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stk_buffer out = {0};
        page_text(&out, texts[i][0]);
        assert_string_equal(out.data, texts[i][1]);
        stk_buffer_free(&out);
    }
}

/* How many lines have a text. */
static int lines_with(const char *text, const char *what)
{
    int count = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at++) {
        const char *end = strchr(at, '\n');
        count++;
        if (end == NULL) {
            break;
        }
        at = end;
    }
    return count;
}

static void terminal_shows_what_is_below_zero(void **state)
{
    (void)state;
    stk_national *n = calloc(1, sizeof *n);
    stk_buffer out = {0};
    assert_non_null(n);
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        n->baseline[i] = 9000;
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i] = 9000 - 250.0 * (i > 33 ? i - 33 : 0);
        }
    }
    stk_report_chart(n, 2023, 80, &out);
    assert_int_equal(lines_with(out.data, "\u2212"), 0); /* nothing is below zero */
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i] = 9000 - 500.0 * (i > 33 ? i - 33 : 0);
        }
    }
    stk_buffer_free(&out);
    out = (stk_buffer){0};
    stk_report_chart(n, 2023, 80, &out);
    assert_int_equal(lines_with(out.data, "      0 \u2524"), 1); /* zero has its line */
    assert_true(lines_with(out.data, "\u2212") >= 1);            /* and so has what is below */
    const char *zero = strstr(out.data, "      0 \u2524");
    assert_non_null(strstr(zero, "\u2022")); /* the pathway goes on there */
    assert_non_null(strstr(out.data, ",000 \u2524"));
    stk_buffer_free(&out);
    free(n);
}

/* Kosovo's record starts late; Antarctica has none. */
static void history_starts_where_it_has_something(void **state)
{
    (void)state;
    stk_national *n = calloc(1, sizeof *n);
    stk_buffer out = {0};
    assert_non_null(n);
    assert_int_equal(stk_report_history_first(n, 2023), 0);
    stk_report_chart(n, 2023, 80, &out);
    assert_non_null(strstr(out.data, "no emissions"));
    assert_int_equal(lines_with(out.data, "0.00"), 0);
    n->baseline[2023 - STK_PATH_FIRST] = 1;
    assert_int_equal(stk_report_history_first(n, 2023), 2023);
    assert_int_equal(stk_report_history_first(n, 2022), 0);
    for (int year = 2001; year <= 2023; year++) {
        n->baseline[year - STK_PATH_FIRST] = 8;
    }
    n->baseline[0] = (double)NAN;
    n->baseline[2010 - STK_PATH_FIRST] = 0; /* a year of nothing within the record is one */
    assert_int_equal(stk_report_history_first(n, 2023), 2001);
    n->baseline[2010 - STK_PATH_FIRST] = 8;
    out.size = 0;
    stk_report_chart(n, 2023, 80, &out);
    const char *zero = strstr(out.data, "   0.00 \u2524"); /* the line of nothing */
    assert_non_null(zero);
    const char *history = strstr(zero, "\u2588");
    const char *end = strchr(zero, '\n');
    assert_true(history == NULL || history > end);
    stk_buffer_free(&out);
    free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_signs_and_thousands),
        cmocka_unit_test(units_stay_with_their_numbers),
        cmocka_unit_test(terminal_shows_what_is_below_zero),
        cmocka_unit_test(history_starts_where_it_has_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
