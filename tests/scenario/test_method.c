/** @file test_method.c
 * @brief Hostile method files: refused with line, column and what is allowed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

/* A shipped method with one text replaced. */
static char *changed(const char *name, const char *from, const char *to)
{
    char *text = test_file(name);
    const char *place = strstr(text, from);
    if (place == NULL) {
        fail_msg("'%s' is not in the method", from);
    }
    size_t size = strlen(text) + strlen(to) + 1;
    char *made = calloc(size, 1);
    memcpy(made, text, (size_t)(place - text));
    strcat(made, to);
    strcat(made, place + strlen(from));
    free(text);
    return made;
}

static void refuses_in(const char *name, const char *from, const char *to, const char *words)
{
    char *text = changed(name, from, to);
    stk_method *method = NULL;
    stk_error error = {0};
    stk_status status = stk_method_read("m.yaml", stk_text_of(text), &method, &error);
    if (status == STK_OK || method != NULL) {
        fail_msg("'%s' is taken", to);
    }
    assert_string_equal(error.file, "m.yaml");
    assert_true(error.line > 0 && error.column > 0);
    if (strstr(error.message, words) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, words);
    }
    free(text);
}

static void refuses(const char *from, const char *to, const char *words)
{
    refuses_in("data/methods/ar6-2015.yaml", from, to, words);
}

/* What only some methods say. */
static void refuses_rare_words(void **state)
{
    (void)state;
    static const char cmip7[] = "data/methods/cmip7.yaml";
    refuses("absent: zero", "absent: [zero]", "a text");
    refuses("history: pathways", "histories: pathways", "'histories' is refused");
    refuses("history: pathways/history_ar6.csv\n", "", "history: a shipped file, or");
    refuses_in(cmip7, "published:", "history: a.csv\npublished:", "history: a shipped file, or");
    refuses_in(cmip7, "  preindustrial: \"", "  # ", "preindustrial: a shipped file, or");
    refuses_in(cmip7, "  library: \"", "  bibliography: \"", "'bibliography' is refused");
    refuses_in(cmip7, "  scale_years: [2023, 2021]\n", "", "by which gases are scaled");
    refuses_in(cmip7, "  preindustrial_year: 1750\n", "", "by which gases are scaled");
    refuses_in(cmip7, "preindustrial_year: 1750", "preindustrial_year: never",
               "'never' is refused");
    refuses_in(cmip7, "{scale: Emissions|C2F6}", "{scale: Emissions|C2F7}",
               "'Emissions|C2F7' is refused");
    refuses_in(cmip7, "{scale: Emissions|C2F6}", "{scale: Emissions|C3F8}",
               "'Emissions|C3F8' is refused");
    refuses_in(cmip7, "{scale: Emissions|C2F6}", "{scale: Emissions|CO2}",
               "'Emissions|CO2' is refused");
    refuses_in(cmip7, "{scale: Emissions|C2F6}", "{shrink: Emissions|C2F6}", "'shrink' is refused");
    refuses_in(cmip7, "{scale: Emissions|C2F6}", "[scale]", "a text");
    refuses_in(cmip7, "infill: copy", "infill: copies", "'copies' is refused");
    refuses_in(cmip7, "  lead: fossil", "  lead: land", "lead: total");
    refuses_in(cmip7, "no_negative_offset: true", "no_negative_offset: 1", "true or false");
    refuses_in(cmip7, "keep_zeros: true", "keep_zeros: [true]", "true or false");
    refuses_in(cmip7, "overrides: cmip7", "overrides: [cmip7]\n  # ", "a text");
    refuses_in(cmip7, "[GW8, GW8, GW8]", "[GW8, GW8]", "3 names");
    refuses_in(cmip7, ", declining]", ", declining < 1]", "'declining < 1' is refused");
    refuses_in(cmip7, ", negative]", ", positive]", "'positive' is refused");
    refuses_in("data/methods/sci-2026.yaml", "absent: drop", "absent: skip", "'skip' is refused");
}

static void refuses_with_place(void **state)
{
    (void)state;
    refuses("format: stocktake-method/1", "format: stocktake-method/2", "stocktake-method/1");
    refuses("name: ar6-2015", "nome: ar6-2015", "'nome' is refused");
    refuses("name: ar6-2015", "name: [a]", "a text");
    refuses("version: 1.0.0", "version: 1.0.0\nversion: 2", "each key once");
    refuses("version: 1.0.0\n", "", "'version' is missing");
    refuses("  base: 2015", "  base: soon", "'soon' is refused");
    refuses("  base: 2015", "  base: 2015.5", "whole number");
    refuses("  base: 2015", "  base: 1e300", "from 1850 to 2500");
    refuses("  last: 2100", "  last: 2010", "after the base year");
    refuses("interpolate_base: false", "interpolate_base: no", "true or false");
    refuses("required: [2020,", "required: [2020, 2200,", "before a required one");
    refuses("windows: 11", "windows: 1", "from 2 to 1000");
    refuses("windows: 11", "windows: [11]", "a number");
    refuses("harmonise: tree", "harmonise: oak", "'oak' is refused");
    refuses("harmonise: reduce_ratio_2080", "harmonise: reduce_ratio_80", "reduce_ratio_YEAR");
    refuses("infill: quantile", "infill: guess", "'guess' is refused");
    refuses("name: Emissions|CO,", "name: Emissions|CH4,", "each variable once");
    refuses("absent: zero", "absent: one", "'one' is refused");
    refuses("  total: Emissions|CO2", "  total: Emissions|C", "names of the variables");
    refuses("  land: Emissions|CO2|AFOLU", "  land: Emissions|CO2", "three different");
    refuses("{Emissions|CH4: 28,", "{Emissions|CO2: 28,", "other than CO2");
    refuses("{Emissions|CH4: 28,", "{Emissions|BC: x,", "a number");
    refuses("p50_peak < 4]", "p51_peak < 4]", "'p51_peak < 4' is refused");
    refuses("p50_peak < 4]", "p50_peak < hot]", "'p50_peak < hot' is refused");
    refuses("recent_years: [1995, 2014]", "recent_years: [2014, 1995]", "first year, last year");
    refuses("recent_years: [1995, 2014]", "recent_years: [1995, 2114]", "from 1750 to 2100");
    refuses("  years: [1995, 2100]", "  years: [1995, 2090]", "years: a last year of 2100");
    refuses("cumulative: [2020, 2100]", "cumulative: [1900, 2100]", "from 2015 to 2100");
    refuses("variation_years: [1990, 2015]", "variation_years: [1990, 2101]", "from 1750 to 2100");
    refuses("peak_percentiles: [5, 10, 17, 25, 33,", "peak_percentiles: [5,", "33, 50 and 67");
    refuses("categories:", "categories: {", "");
    refuses("description: IPCC", "description: \"IPCC\\0\"\nx: ", "a text");
}

static void refuses_what_is_no_method(void **state)
{
    (void)state;
    static const char *const texts[] = {"",     "# nothing", "1",       "[]",    "{}",
                                        "a: [", "\xff\xfe",  "&a [*a]", "a: *b", "{&a a: *a}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stk_method *method = NULL;
        stk_error error = {0};
        stk_status status = stk_method_read("m.yaml", stk_text_of(texts[i]), &method, &error);
        assert_true(status == STK_EFORMAT || status == STK_EDATA);
        assert_null(method);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_with_place),
        cmocka_unit_test(refuses_rare_words),
        cmocka_unit_test(refuses_what_is_no_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
