/** @file test_names.c
 * @brief The table of names: spellings of six conventions, stages, what nobody takes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/method.h"
#include "support.h"

static void assert_key(const char *text, const char *key)
{
    stk_variable_name name;
    stk_variable_name_read(stk_text_of(text), &name);
    if (strcmp(name.key, key) != 0) {
        fail_msg("'%s' has the key '%s' instead of '%s'", text, name.key, key);
    }
}

/* gcages, openscm-runner, IAMC and AR6, CMIP7, RCMIP 2, RCMIP 3, FaIR: one row is one variable. */
static const char *const conventions[][8] = {
    {"co2|fossil", "CO2|Fossil", "CO2|MAGICC Fossil and Industrial",
     "CO2|Energy and Industrial Processes", "CO2|Energy and Industrial Processes",
     "CO2|MAGICC Fossil and Industrial", "CO2|Fossil and Industrial", "CO2 FFI"},
    {"co2|biosphere", "CO2|Biosphere", "CO2|MAGICC AFOLU", "CO2|AFOLU", "CO2|AFOLU",
     "CO2|MAGICC AFOLU", "CO2|AFOLU", "CO2 AFOLU"},
    {"sulfur", "SOx", "Sulfur", "Sulfur", "Sulfur", "Sulfur", "Sulfur", "Sulfur"},
    {"voc", "NMVOC", "VOC", "VOC", "VOC", "VOC", "VOC", "VOC"},
    {"cf4", "CF4", "CF4", "PFC|CF4", "CF4", "F-Gases|PFC|CF4", "F-Gases|PFC|CF4", "CF4"},
    {"cc4f8", "cC4F8", "cC4F8", "PFC|cC4F8", "cC4F8", "F-Gases|PFC|cC4F8", "F-Gases|PFC|cC4F8",
     "c-C4F8"},
    {"hfc125", "HFC125", "HFC125", "HFC|HFC125", "HFC|HFC125", "F-Gases|HFC|HFC125",
     "F-Gases|HFC|HFC125", "HFC-125"},
    {"hfc4310mee", "HFC4310mee", "HFC4310mee", "HFC|HFC43-10", "HFC|HFC43-10",
     "F-Gases|HFC|HFC4310mee", "F-Gases|HFC|HFC4310mee", "HFC-4310mee"},
    {"nf3", "NF3", "NF3", "NF3", "NF3", "F-Gases|NF3", "F-Gases|NF3", "NF3"},
    {"cfc11", "CFC11", "CFC11", "CFC11", "CFC11", "Montreal Gases|CFC|CFC11",
     "Montreal Gases|CFC|CFC11", "CFC-11"},
    {"hcfc22", "HCFC22", "HCFC22", "HCFC22", "HCFC22", "Montreal Gases|HCFC22",
     "Montreal Gases|HCFC22", "HCFC-22"},
    {"halon1211", "Halon1211", "Halon1211", "Halon1211", "Halon1211", "Montreal Gases|Halon1211",
     "Montreal Gases|Halon1211", "Halon-1211"},
};

static void test_conventions(void **state)
{
    static const char *const prefixes[] = {"", "Emissions|",
                                           "Climate Assessment|Harmonized and Infilled|Emissions|"};
    (void)state;
    for (size_t v = 0; v < sizeof conventions / sizeof *conventions; v++) {
        for (size_t c = 1; c < 8; c++) {
            for (size_t p = 0; p < 3; p++) {
                char name[200];
                stk_print(name, sizeof name, "%s%s", prefixes[p], conventions[v][c]);
                assert_key(name, conventions[v][0]);
            }
        }
    }
    /* parts of a variable are another */
    assert_key("Emissions|CO2|Energy", "co2|energy");
    assert_key("Emissions|CO2|AFOLU|Land", "co2|afolu|land");
    assert_key("Emissions|HFC", "hfc");
    assert_string_equal(stk_variable_stand_in("hfc245ca"), "hfc245fa");
    assert_null(stk_variable_stand_in("hfc125"));
}

static void test_stages(void **state)
{
    static const struct {
        const char *text;
        stk_name_rank rank;
        bool concentration;
    } stages[] = {
        {"Emissions|CH4", STK_NAME_REPORTED, false},
        {"CH4", STK_NAME_REPORTED, false},
        {"AR6 climate diagnostics|Emissions|CH4|Unharmonized", STK_NAME_UNHARMONISED, false},
        {"SR15 climate diagnostics|Emissions|CH4|Unharmonized", STK_NAME_UNHARMONISED, false},
        {"SR15 climate diagnostics|Emissions|CH4", STK_NAME_NATIVE, false},
        {"emissions|ch4", STK_NAME_REPORTED, false},
        {"AR6 Climate Diagnostics|HARMONIZED|emissions|Montreal gases|ch4", STK_NAME_HARMONISED,
         false},
        {"climate assessment|Emissions|CH4|UNHARMONIZED", STK_NAME_UNHARMONISED, false},
        {"AR6 climate diagnostics|Harmonized|Emissions|CH4", STK_NAME_HARMONISED, false},
        {"Climate Assessment|Harmonized|Emissions|CH4", STK_NAME_HARMONISED, false},
        {"Harmonized|Emissions|CH4", STK_NAME_HARMONISED, false},
        {"AR6 climate diagnostics|Infilled|Emissions|CH4", STK_NAME_INFILLED, false},
        {"SR15 climate diagnostics|Infilled|Emissions|CH4", STK_NAME_INFILLED, false},
        {"Climate Assessment|Infilled|Emissions|CH4", STK_NAME_INFILLED, false},
        {"Climate Assessment|Harmonized and Infilled|Emissions|CH4", STK_NAME_INFILLED, false},
        {"Atmospheric Concentrations|CH4", STK_NAME_REPORTED, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        stk_variable_name name;
        stk_variable_name_read(stk_text_of(stages[i].text), &name);
        assert_string_equal(name.key, "ch4");
        assert_int_equal(name.rank, stages[i].rank);
        assert_int_equal(name.concentration, stages[i].concentration);
    }
}

/* What a method makes of a name: its own before others, a gas that stands for another last. */
static void test_methods(void **state)
{
    static const struct {
        const char *method;
        const char *name;
        const char *variable; /* NULL: nothing */
    } matches[] = {
        {"ar6-2015", "Emissions|CO2|Fossil", "Emissions|CO2|Energy and Industrial Processes"},
        {"ar6-2015", "CO2 AFOLU", "Emissions|CO2|AFOLU"},
        {"ar6-2015", "Emissions|HFC|HFC245ca", "Emissions|HFC|HFC245ca"},
        {"ar6-2015", "Emissions|HFC245fa", "Emissions|HFC|HFC245fa"},
        {"recent", "Emissions|HFC|HFC245ca", "Emissions|HFC|HFC245fa"},
        {"recent", "Climate Assessment|Infilled|Emissions|C2F6", "Emissions|PFC|C2F6"},
        {"recent", "EMISSIONS|CO2|ENERGY AND INDUSTRIAL PROCESSES",
         "Emissions|CO2|Energy and Industrial Processes"},
        {"recent", "Emissions|CO2|Energy|Supply", NULL},
        {"recent", "Emissions|Halon1202", NULL},
        {"recent", "Atmospheric Concentrations|CH4", NULL},
        {"recent", "Energy", NULL},
        {"recent", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        stk_method *method = test_method(matches[i].method);
        stk_method_match match = stk_method_match_name(method, stk_text_of(matches[i].name));
        bool wanted = stk_method_wants(method, stk_text_of(matches[i].name));
        assert_int_equal(wanted, matches[i].variable != NULL);
        if (wanted) {
            assert_string_equal(method->variables[match.variable].name, matches[i].variable);
        }
        stk_method_free(method);
    }
}

static void test_counts(void **state)
{
    static const char *const kinds[][2] = {
        {"Emissions|CO2", "a known total"},
        {"Emissions|Kyoto Gases", "a known total"},
        {"Emissions|Kyoto Gases (AR6-GWP100)", "a known total"},
        {"Emissions|F-Gases", "a known total"},
        {"Emissions|F-Gases|HFC", "a known total"},
        {"Emissions|GHG", "a known total"},
        {"Emissions|CO2|Energy|Demand", "a sector detail"},
        {"Emissions|CH4|AFOLU", "a sector detail"},
        {"Emissions|HFC|Other", "a sector detail"},
        {"Emissions|Kyoto Gases|Energy", "a sector detail"},
        {"Emissions|CO2|Fossil|Aircraft", "a sector detail"},
        {"Emissions|Halon1202", "a gas that is not taken"},
        {"Emissions|Unobtainium", "unknown"},
        {"Emissions|", "unknown"},
        {"Population", "no emissions"},
        {"Carbon Removal|Land Use|Biochar", "a gross amount, which net emissions contain"},
        {"carbon sequestration", "a gross amount, which net emissions contain"},
        {"Carbon Capture|Storage", "a gross amount, which net emissions contain"},
        {"Gross Emissions|CO2|Energy", "a gross amount, which net emissions contain"},
        {"Carbon Removals Cost", "no emissions"},
        {"Net Emissions|CO2", "unknown"},
        {"Atmospheric Concentrations|BC", "no emissions"},
    };
    (void)state;
    stk_iamc *counts = stk_variable_counts_new();
    assert_non_null(counts);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            stk_text kind = stk_text_of(kinds[i][0]);
            stk_variable_count(counts, kind, stk_variable_kind(kind), 0);
        }
    }
    assert_int_equal(counts->row_count, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < counts->row_count; i++) {
        assert_string_equal(counts->rows[i].variable, kinds[i][0]);
        assert_string_equal(counts->rows[i].unit, kinds[i][1]);
        assert_true(counts->rows[i].values[0] == 3);
    }
    /* memory has a bound, and every row counts all the same */
    for (int i = 0; i < 30000; i++) {
        char name[40];
        stk_print(name, sizeof name, "Emissions|Unknown %d", i);
        stk_variable_count(counts, stk_text_of(name), "unknown", 0);
    }
    size_t all = 3 * (sizeof kinds / sizeof *kinds) + 30000;
    double rows = 0;
    for (size_t i = 0; i < counts->row_count; i++) {
        rows += counts->rows[i].values[0];
    }
    assert_true(counts->row_count <= 20001);
    assert_true((size_t)rows == all);
    stk_iamc_free(counts);
    /* a name that is longer than any is none */
    char letters[4000];
    memset(letters, 'x', sizeof letters);
    stk_variable_name name;
    stk_variable_name_read((stk_text){letters, sizeof letters}, &name);
    assert_string_equal(name.key, "");
}

static void test_details(void **state)
{
    (void)state;
    char name[600] = "Emissions|CO2|Waste|";
    memset(name + strlen(name), 'x', 500);
    assert_true(stk_variable_is_detail(stk_text_of(name), "co2|waste"));
    assert_true(
        stk_variable_is_detail(stk_text_of(" emissions|CO2|Product-Use|A|B"), "co2|productuse"));
    static const char *const none[] = {"Emissions|CO2|Waste",
                                       "Emissions|CO2|Waste|",
                                       "Emissions|CO2|Wastes|x",
                                       "Emissions|CO2",
                                       "",
                                       "Emissions|CH4|Waste|x",
                                       "Carbon|CO2|Waste|x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(stk_variable_is_detail(stk_text_of(none[i]), "co2|waste"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conventions), cmocka_unit_test(test_stages),
        cmocka_unit_test(test_methods), cmocka_unit_test(test_counts),
        cmocka_unit_test(test_details)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
