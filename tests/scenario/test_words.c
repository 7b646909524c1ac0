/** @file test_words.c
 * @brief What the words of method files mean, on small tables whose results are plain to see.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "scenario/method.h"
#include "support.h"

#define HARMONIZED "AR6 climate diagnostics|Harmonized|"
#define INFILLED "AR6 climate diagnostics|Infilled|"

/* ---- tables ---- */

static void add(stk_buffer *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(stk_buffer *text, const char *format, ...)
{
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    stk_buffer_text(text, line);
}

static stk_iamc *table_of(stk_buffer *text)
{
    stk_iamc *table = NULL;
    stk_error error = {0};
    if (stk_iamc_read("table", (stk_text){text->data, text->size}, NULL, &table, &error) !=
        STK_OK) {
        fail_msg("%ld: %s", error.line, error.message);
    }
    stk_buffer_free(text);
    return table;
}

/* Every variable of a method that is infilled in one of the ways given, `first` in the base year
 * and `last` in 2100. */
static void add_kinds(stk_buffer *text, const stk_method *method, const char *model,
                      const char *without, unsigned kinds, double first, double last)
{
    for (size_t v = 0; v < method->variable_count; v++) {
        const stk_method_variable *variable = &method->variables[v];
        if ((kinds >> variable->infill & 1U) != 0 && strcmp(variable->name, without) != 0) {
            add(text, "%s,S,World,%s,%s,%g,%g\n", model, variable->name, variable->unit, first,
                last);
        }
    }
}

enum {
    REQUIRED = 1U << STK_INFILL_REQUIRED,
    CLOSEST = 1U << STK_INFILL_CLOSEST,
    COPY = 1U << STK_INFILL_COPY,
    ALL = REQUIRED | CLOSEST | COPY | 1U << STK_INFILL_SCALE,
};

static const char header[] = "Model,Scenario,Region,Variable,Unit,2023,2100\n";

static double value(const stk_iamc *table, const char *model, const char *variable, int year)
{
    const stk_iamc_row *row = stk_iamc_find(table, model, "S", variable);
    if (row == NULL) {
        fail_msg("no '%s' of model '%s'", variable, model);
    }
    return stk_iamc_value(table, row, year);
}

static void is(double actual, double expected)
{
    if (!(fabs(actual - expected) <= 1e-12 * fabs(expected))) {
        fail_msg("%.17g, not %.17g", actual, expected);
    }
}

/* ---- infilling ---- */

/* Near and far scenarios, the second nearer in fossil CO2 to those with 100, and what is copied. */
static stk_iamc *make_library(const stk_method *method, const char *without, bool twice)
{
    stk_buffer text = {0};
    stk_buffer_text(&text, header);
    add(&text, "far,S,World,Emissions|CO2|Energy and Industrial Processes,Mt CO2/yr,100,900\n"
               "near,S,World,Emissions|CO2|Energy and Industrial Processes,Mt CO2/yr,100,120\n");
    add_kinds(&text, method, "far", without, CLOSEST, 1, 2);
    add_kinds(&text, method, "near", without, CLOSEST, 3, 5);
    add_kinds(&text, method, "WMO", "", COPY, 7, 9);
    if (twice) {
        add_kinds(&text, method, "other", "", COPY, 7, 9);
    }
    return table_of(&text);
}

static stk_iamc *make_history(const stk_method *method, const char *columns, const char *values)
{
    stk_buffer text = {0};
    add(&text, "Model,Scenario,Region,Variable,Unit,%s\n", columns);
    for (size_t v = 0; v < method->variable_count; v++) {
        bool leader = strcmp(method->variables[v].name, "Emissions|C2F6") == 0;
        add(&text, "h,h,World,%s,%s,%s\n", method->variables[v].name, method->variables[v].unit,
            leader ? "2,8,1" : values);
    }
    return table_of(&text);
}

static stk_iamc *infill(const stk_method *method, const stk_iamc *input, const stk_iamc *database,
                        const char *values, stk_scenario_report *report)
{
    stk_scenario_library *library = NULL;
    stk_iamc *output = NULL;
    stk_error error = {0};
    stk_iamc *history = make_history(method, "1750,2021,2023", values);
    if (stk_scenario_library_new(method, database, NULL, NULL, &library, &error) != STK_OK ||
        stk_scenario_library_scale(library, history, history, &error) != STK_OK ||
        stk_scenario_infill(method, input, library, 1, report, &output, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    stk_scenario_library_free(library);
    stk_iamc_free(history);
    return output;
}

static stk_iamc *make_input(const stk_method *method, const char *without, const char *more)
{
    stk_buffer text = {0};
    stk_buffer_text(&text, header);
    add_kinds(&text, method, "M", without, REQUIRED, 100, 100);
    stk_buffer_text(&text, more);
    return table_of(&text);
}

static void infills(void **state)
{
    (void)state;
    stk_method *method = test_method("cmip7");
    stk_iamc *database = make_library(method, "", false);
    stk_iamc *input = make_input(method, "",
                                 "M,S,World,Emissions|CO2,Mt CO2/yr,100,900\n" /* leads nothing */
                                 "M,S,World,Emissions|SF6,kt SF6/yr,40,60\n");
    stk_iamc *output = infill(method, input, database, "4,10,16", NULL);
    is(value(output, "M", INFILLED "Emissions|HFC|HFC125", 2100), 5); /* of the nearest */
    is(value(output, "M", INFILLED "Emissions|SF6", 2100), 60);       /* its own */
    is(value(output, "M", INFILLED "Emissions|CFC12", 2100), 9);      /* the only one */
    /* F0 + (F_b - F0) / (L_b - L0) (L - L0), with its own leader, and the nearest scenario's */
    is(value(output, "M", INFILLED "Emissions|NF3", 2100), 4 + (16.0 - 4) / (16 - 4) * (60 - 4));
    is(value(output, "M", INFILLED "Emissions|C3F8", 2100), 4 + (16.0 - 4) / (1 - 2) * (5 - 2));
    is(value(output, "M", INFILLED "Emissions|CHCl3", 2023), 4 + (16.0 - 4) / (1 - 2) * (3 - 2));
    stk_iamc_free(output);
    /* a gas without a history in the first year is scaled by the next */
    output = infill(method, input, database, "4,10,", NULL);
    is(value(output, "M", INFILLED "Emissions|C3F8", 2100), 4 + (10.0 - 4) / (8 - 2) * (5 - 2));
    stk_iamc_free(output);
    stk_iamc_free(input);
    stk_iamc_free(database);
    stk_method_free(method);
}

/* A method, a gas that the scenario lacks, and the library too where it is one of `from_library`.
 */
static size_t count_left_out(const char *name, const char *without, const char *from_library)
{
    stk_method *method = test_method(name);
    stk_iamc *database = make_library(method, from_library, false);
    stk_iamc *input = make_input(method, without, "");
    stk_scenario_report *report = stk_scenario_report_new();
    stk_iamc *output = infill(method, input, database, "4,10,16", report);
    size_t count = 0;
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (note->kind == STK_NOTE_INFILLED) {
            continue;
        }
        count++;
        assert_string_equal(note->variable, "");
        if (strstr(note->reason, without[0] == '\0' ? from_library : without) == NULL) {
            fail_msg("'%s' does not name '%s'", note->reason, without);
        }
    }
    assert_int_equal(output->row_count == 0, count > 0);
    stk_scenario_report_free(report);
    stk_iamc_free(output);
    stk_iamc_free(input);
    stk_iamc_free(database);
    stk_method_free(method);
    return count;
}

static void must_have_what_nothing_stands_in_for(void **state)
{
    (void)state;
    assert_int_equal(count_left_out("cmip7", "", ""), 0);
    assert_int_equal(count_left_out("cmip7", "Emissions|BC", ""), 1);
    assert_int_equal(count_left_out("cmip7", "Emissions|CO2|Energy and Industrial Processes", ""),
                     1);
    assert_int_equal(count_left_out("sci-2026", "", ""), 0); /* the library has BC */
    assert_int_equal(count_left_out("sci-2026", "", "Emissions|BC"), 1);
}

static void refuses(stk_status status, const stk_error *error, const char *words)
{
    assert_int_equal(status, STK_EDATA);
    if (strstr(error->message, words) == NULL) {
        fail_msg("'%s' does not say '%s'", error->message, words);
    }
}

static void refuses_libraries_and_histories(void **state)
{
    (void)state;
    stk_method *method = test_method("cmip7");
    stk_scenario_library *library = NULL;
    stk_error error = {0};
    stk_iamc *database = make_library(method, "", true);
    refuses(stk_scenario_library_new(method, database, NULL, NULL, &library, &error), &error,
            "2 scenarios of the library have 'Emissions|CCl4'");
    stk_iamc_free(database);
    database = make_library(method, "Emissions|SF6", false);
    refuses(stk_scenario_library_new(method, database, NULL, NULL, &library, &error), &error,
            "no scenario of the library has 'Emissions|SF6'");
    stk_iamc_free(database);
    database = make_library(method, "", false);
    assert_int_equal(stk_scenario_library_new(method, database, NULL, NULL, &library, &error),
                     STK_OK);
    stk_iamc *full = make_history(method, "1750,2021,2023", "4,10,16");
    stk_iamc *late = make_history(method, "2021,2022,2023", "4,10,16");
    stk_iamc *flat = make_history(method, "1750,2021,2023", "4,4,4");
    stk_iamc *early = make_history(method, "1750,1760,1770", "4,10,16");
    refuses(stk_scenario_library_scale(library, full, late, &error), &error, "in 1750");
    refuses(stk_scenario_library_scale(library, early, full, &error), &error, "such as 2023");
    refuses(stk_scenario_library_scale(library, flat, flat, &error), &error, "cannot be scaled");
    stk_iamc_free(full);
    stk_iamc_free(late);
    stk_iamc_free(flat);
    stk_iamc_free(early);
    stk_scenario_library_free(library);
    stk_iamc_free(database);
    stk_method_free(method);
}

/* ---- harmonising ---- */

static stk_iamc *harmonise(const stk_method *method, const char *history_rows, const char *rows)
{
    stk_buffer text = {0};
    stk_error error = {0};
    stk_iamc *output = NULL;
    add(&text, "Model,Scenario,Region,Variable,Unit,2020,2021,2022,2023\n%s", history_rows);
    stk_iamc *history = table_of(&text);
    add(&text, "Model,Scenario,Region,Variable,Unit,2015,2023,2050,2100\n%s", rows);
    stk_iamc *input = table_of(&text);
    if (stk_scenario_harmonise(method, input, history, NULL, &output, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    stk_iamc_free(history);
    stk_iamc_free(input);
    return output;
}

/* The history varies by 163 times its mean change. */
static const char varied[] = "h,h,World,Emissions|SF6,kt SF6/yr,10,30,10,10.3\n"
                             "h,h,World,Emissions|CH4,Mt CH4/yr,9,10,11,12\n"
                             "h,h,World,Emissions|CO2|AFOLU,Mt CO2/yr,10,30,10,10.3\n";

static void keeps_offsets_above_zero(void **state)
{
    (void)state;
    stk_method *method = test_method("cmip7");
    stk_iamc *output = harmonise(method, varied,
                                 "M,S,World,Emissions|SF6,kt SF6/yr,15,20.3,30,40\n"
                                 "N,S,World,Emissions|SF6,kt SF6/yr,9,20.3,30,40\n"
                                 "N,S,World,Emissions|CO2|AFOLU,Mt CO2/yr,9,20.3,30,40\n");
    double faded = 1 - (2100 - 2023) / (2150.0 - 2023);
    is(value(output, "M", HARMONIZED "Emissions|SF6", 2100), 40 - 10 * faded);
    is(value(output, "N", HARMONIZED "Emissions|SF6", 2100), 40 * 10.3 / 20.3); /* 9 - 10 < 0 */
    is(value(output, "N", HARMONIZED "Emissions|CO2|AFOLU", 2100), 40 - 10 * faded);
    stk_iamc_free(output);
    stk_method_free(method);
}

static void keeps_zeros(void **state)
{
    (void)state;
    static const char rows[] = "M,S,World,Emissions|SF6,kt SF6/yr,0,0,0,0\n"
                               "N,S,World,Emissions|SF6,kt SF6/yr,0,0,5,8\n";
    for (int kept = 0; kept < 2; kept++) {
        stk_method *method = test_method(kept ? "sci-2026" : "recent");
        stk_iamc *output = harmonise(method, varied, rows);
        if (kept) { /* a ratio to nothing is an offset */
            is(value(output, "M", HARMONIZED "Emissions|SF6", 2100), 10.3);
            is(value(output, "N", HARMONIZED "Emissions|SF6", 2100), 18.3);
        } else {
            assert_null(stk_iamc_find(output, "M", "S", HARMONIZED "Emissions|SF6"));
        }
        stk_iamc_free(output);
        stk_method_free(method);
    }
}

static stk_status override(stk_method *method, const char *text, stk_error *error)
{
    return stk_method_read_overrides(method, "o.csv", stk_text_of(text), error);
}

static void overrides_by_model(void **state)
{
    (void)state;
    stk_method *method = test_method("cmip7");
    stk_error error = {0};
    assert_string_equal(stk_method_overrides(method), "cmip7_overrides.csv");
    assert_int_equal(override(method,
                              "method,variable,region,model\n"
                              "constant_offset,Emissions|CH4,World,M\n"
                              "constant_ratio,Emissions|CH4,Europe,N\n"
                              "reduce_ratio_2050,*,World,N*\n"
                              "constant_offset,*,World,N 2\n",
                              &error),
                     STK_OK);
    stk_iamc *output = harmonise(method, varied,
                                 "M,S,World,Emissions|CH4,Mt CH4/yr,8,8,10,20\n"
                                 "N 2,S,World,Emissions|CH4,Mt CH4/yr,8,8,10,20\n"
                                 "O,S,World,Emissions|CH4,Mt CH4/yr,8,8,10,20\n");
    is(value(output, "M", HARMONIZED "Emissions|CH4", 2100), 24);
    is(value(output, "N 2", HARMONIZED "Emissions|CH4", 2050), 10);
    is(value(output, "O", HARMONIZED "Emissions|CH4", 2050),
       10 * (1 + 0.5 * (1 - (2050 - 2023) / (2080.0 - 2023))));
    stk_iamc_free(output);
    refuses(override(method, "model,region,variable,method\nM,World,Emissions|XY,tree\n", &error),
            &error, "a variable of the method");
    assert_int_equal(error.line, 2);
    refuses(override(method, "model,region,variable,method\nM,World,*,oak\n", &error), &error,
            "reduce_ratio_YEAR");
    assert_int_equal(override(method, "model,region,method\n", &error), STK_EFORMAT);
    stk_method_free(method);
}

/* ---- categories ---- */

static void tier(const stk_method *method, const double v[4], double before, double ghg,
                 const char *expected)
{
    stk_category category;
    stk_category_warming warming = {v[0], v[0], v[1], v[2], v[3], before, ghg};
    assert_int_equal(stk_scenario_category(method, &warming, &category, NULL), STK_OK);
    char text[64];
    snprintf(text, sizeof text, "%s %s %s", category.tiers[0], category.tiers[1],
             category.tiers[2]);
    if (strcmp(text, expected) != 0) {
        fail_msg("peak %g, %g, 2100 %g, %g: %s, not %s", v[0], v[1], v[2], v[3], text, expected);
    }
}

/* Peaks at the median and the 67th percentile, 2100 at both. */
#define WARMING(...) ((const double[]){__VA_ARGS__})

static void sorts_into_tiers(void **state)
{
    (void)state;
    static const char *const names[] = {"ar6-2015-cdr", "recent", "sci-2026", "cmip7"};
    for (size_t i = 0; i < 4; i++) {
        stk_method *method = test_method(names[i]);
        assert_true(stk_method_has_tiers(method));
        tier(method, WARMING(1.49, 1.6, 1.2, 1.4), 1.3, -1, "GW0 GW0 GW0a");
        tier(method, WARMING(1.49, 1.6, 1.2, 1.4), 1.3, 0, "GW0 GW0 GW0b");
        tier(method, WARMING(1.5, 1.7, 1.2, 1.4), 1.3, -1, "GW1 GW1 GW1a");
        tier(method, WARMING(1.59, 1.7, 1.2, 1.4), 1.3, 1, "GW1 GW1 GW1b");
        tier(method, WARMING(1.6, 1.9, 1.4, 1.49), 1.5, -1, "GW2 GW2a GW2-I");
        tier(method, WARMING(1.6, 1.9, 1.4, 1.5), 1.5, -1, "GW2 GW2a GW2-II");
        tier(method, WARMING(1.6, 1.9, 1.5, 1.6), 1.4, -1, "GW2 GW2b GW2-IIIa");
        tier(method, WARMING(1.6, 1.9, 1.5, 1.6), 1.51, 1, "GW2 GW2b GW2-IIIb");
        tier(method, WARMING(1.6, 1.9, 1.5, 1.6), 1.5, 1, "GW2 GW2b GW2-IIIc");
        tier(method, WARMING(1.7, 1.9, 1.4, 1.6), 1.5, 1, "GW3 GW3a GW3-I");
        tier(method, WARMING(1.7, 1.9, 1.5, 1.9), 1.6, -1, "GW3 GW3b GW3-IIa");
        tier(method, WARMING(1.7, 1.9, 1.5, 1.9), 1.6, 1, "GW3 GW3b GW3-IIb");
        tier(method, WARMING(1.7, 1.9, 1.5, 1.9), 1.4, 1, "GW3 GW3b GW3-IIc");
        tier(method, WARMING(1.9, 2, 1.69, 1.9), 1.4, 1, "GW4 GW4 GW4-I");
        tier(method, WARMING(1.9, 2, 1.7, 1.9), 1.4, -1, "GW4 GW4 GW4-IIa");
        tier(method, WARMING(1.9, 2, 1.7, 1.9), 1.8, 1, "GW4 GW4 GW4-IIb");
        tier(method, WARMING(1.9, 2, 1.7, 1.9), 1.6, 1, "GW4 GW4 GW4-IIc");
        tier(method, WARMING(2, 2.2, 1.9, 2.1), 2, 1, "GW5 GW5 GW5a");
        tier(method, WARMING(2.4, 2.8, 2.4, 2.8), 2.3, -1, "GW5 GW5 GW5b");
        tier(method, WARMING(2.5, 2.9, 2.5, 2.9), 2.4, 1, "GW6 GW6 GW6");
        tier(method, WARMING(3, 3.4, 3, 3.4), 2.9, 1, "GW7 GW7 GW7");
        tier(method, WARMING(3.5, 4, 3.5, 4), 3.4, 1, "GW8 GW8 GW8");
        tier(method, WARMING(1.6, 1.9, 1.5, NAN), 1.6, 1, "  ");
        tier(method, WARMING(1.6, 1.9, 1.5, 1.6), NAN, 1, "  ");
        tier(method, WARMING(1.6, 1.9, 1.5, 1.6), 1.6, NAN, "  ");
        stk_method_free(method);
    }
    stk_method *published = test_method("ar6-2015");
    assert_false(stk_method_has_tiers(published));
    tier(published, WARMING(1.49, 1.6, 1.2, 1.4), 1.3, -1, "  ");
    stk_method_free(published);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(infills),
        cmocka_unit_test(must_have_what_nothing_stands_in_for),
        cmocka_unit_test(refuses_libraries_and_histories),
        cmocka_unit_test(keeps_offsets_above_zero),
        cmocka_unit_test(keeps_zeros),
        cmocka_unit_test(overrides_by_model),
        cmocka_unit_test(sorts_into_tiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
