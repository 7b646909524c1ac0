/** @file test_scenarios.c
 * @brief Names, units, years and history of scenario files.
 */
#include "support.h"
#include "workflow/census.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void assert_species(const stk_calibration *c, const char *variable, const char *species)
{
    bool concentration = false;
    long s = stk_climate_species_of(c, stk_text_of(variable), &concentration);
    long expected = species == NULL ? -1 : stk_calibration_find_species(c, stk_text_of(species));
    if (s != expected) {
        fail_msg("'%s' is species %ld instead of %ld", variable, s, expected);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const char *const known[][2] = {
        {"CO2 FFI", "CO2 FFI"},
        {"CO2|MAGICC Fossil and Industrial", "CO2 FFI"},
        {"Emissions|CO2|MAGICC AFOLU", "CO2 AFOLU"},
        {"Emissions|CO2|Energy and Industrial Processes", "CO2 FFI"},
        {"AR6 climate diagnostics|Infilled|Emissions|CO2|AFOLU", "CO2 AFOLU"},
        {"AR6 climate diagnostics|Emissions|CO2|AFOLU|Unharmonized", "CO2 AFOLU"},
        {"Emissions|F-Gases|HFC|HFC4310mee", "HFC-4310mee"},
        {"AR6 climate diagnostics|Harmonized|Emissions|HFC|HFC43-10", "HFC-4310mee"},
        {"Emissions|HFC|HFC245ca", "HFC-245fa"},
        {"HFC134a", "HFC-134a"},
        {"Emissions|F-Gases|PFC|cC4F8", "c-C4F8"},
        {"Emissions|PFC|CF4", "CF4"},
        {"Emissions|F-Gases|SF6", "SF6"},
        {"Emissions|Montreal Gases|CFC|CFC11", "CFC-11"},
        {"Emissions|Montreal Gases|CCl4", "CCl4"},
        {"Emissions|Montreal Gases|Halon1211", "Halon-1211"},
        {"Emissions|Sulfur", "Sulfur"},
        {"Emissions|NMVOC", "VOC"},
        {"Atmospheric Concentrations|CO2", "CO2"},
        {"Atmospheric Concentrations|F-Gases|HFC|HFC125", "HFC-125"},
    };
    static const char *const unknown[] = {"Emissions|CO2",
                                          "Emissions|Kyoto Gases",
                                          "Emissions|HFC",
                                          "Emissions|F-Gases",
                                          "Emissions|Montreal Gases|Halon1202",
                                          "Emissions|CO2|AFOLU|Land",
                                          "Emissions|CO|Energy",
                                          "Atmospheric Concentrations|BC",
                                          "Population",
                                          ""};
    stk_calibration *c = test_calibration();
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_species(c, known[i][0], known[i][1]);
    }
    stk_census *census = stk_census_of_species(c);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_species(c, unknown[i], NULL);
        assert_false(stk_census_wants(census, stk_text_of(unknown[i])));
        assert_false(stk_census_wants(census, stk_text_of(unknown[i])));
    }
    const stk_iamc *unused = stk_census_unused(census);
    assert_int_equal(unused->row_count, sizeof unknown / sizeof unknown[0]);
    assert_string_equal(unused->rows[1].variable, "Emissions|Kyoto Gases");
    assert_true(unused->rows[1].values[0] == 2);
    stk_census_free(census);
    stk_calibration_free(c);
}

static stk_iamc *read_table(const char *text)
{
    stk_error error = {0};
    stk_iamc *table;
    if (stk_iamc_read("test.csv", stk_text_of(text), NULL, &table, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    return table;
}

typedef struct filled {
    stk_climate_rows rows;
    double *values;
    stk_status status;
    stk_error error;
} filled;

/* The first scenario of a text, run from 2000 to 2100, with a history to 2020. */
static filled fill(const stk_calibration *c, const char *text, const char *history, stk_join join)
{
    enum { YEARS = 101 };
    filled f = {0};
    stk_climate_scenarios *scenarios;
    stk_iamc *table = read_table(text);
    stk_iamc *past = history != NULL ? read_table(history) : NULL;
    stk_climate_scenario_options options = {.history = past, .join = join};
    size_t n = stk_calibration_species_count(c);
    assert_int_equal(stk_climate_scenarios_new(c, (const stk_iamc *const *)&table, 1, &options,
                                               &scenarios, &f.error),
                     STK_OK);
    f.rows = (stk_climate_rows){.first_year = 2000, .year_count = YEARS, .species_count = n};
    f.values = calloc(n * (2 * YEARS + 1), sizeof(double));
    f.rows.emissions = calloc(n, sizeof(double *));
    f.rows.concentrations = calloc(n, sizeof(double *));
    f.rows.emissions_given = calloc(n, sizeof(bool));
    f.rows.concentrations_given = calloc(n, sizeof(bool));
    for (size_t s = 0; s < n; s++) {
        f.rows.emissions[s] = f.values + s * (2 * YEARS + 1);
        f.rows.concentrations[s] = f.rows.emissions[s] + YEARS;
    }
    f.status = stk_climate_scenarios_fill(scenarios, 0, &f.rows, &f.error);
    stk_climate_scenarios_free(scenarios);
    stk_iamc_free(table);
    stk_iamc_free(past);
    return f;
}

static void filled_free(filled *f)
{
    free(f->values);
    free(f->rows.emissions);
    free(f->rows.concentrations);
    free(f->rows.emissions_given);
    free(f->rows.concentrations_given);
}

static double emission(const stk_calibration *c, const filled *f, const char *species, int year)
{
    return f->rows.emissions[stk_calibration_find_species(c, stk_text_of(species))][year - 2000];
}

#define HISTORY                                                                                    \
    "Scenario,Region,Variable,Unit,2000,2010,2020\n"                                               \
    "history,World,CH4,Mt CH4/yr,300,310,320\n"                                                    \
    "history,World,CO2 AFOLU,Gt CO2/yr,4,4,4\n"

static void test_years(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    /* kt to Mt; gaps are linear; years before 2015 are the history's */
    filled f = fill(c,
                    "scenario,REGION,Variable,unit,2015,2020,2100\n"
                    "a,World,Emissions|CH4,kt CH4/yr,315000,,400000\n",
                    HISTORY, STK_JOIN_NONE);
    assert_int_equal(f.status, STK_OK);
    test_close("history", emission(c, &f, "CH4", 2005), 305, 1, 1e-12);
    test_close("history", emission(c, &f, "CH4", 2014), 314, 1, 1e-12);
    test_close("first", emission(c, &f, "CH4", 2015), 315, 1, 1e-12);
    test_close("between", emission(c, &f, "CH4", 2032), 315 + 85.0 * 17 / 85, 1, 1e-12);
    test_close("last", emission(c, &f, "CH4", 2100), 400, 1, 1e-12);
    filled_free(&f);
    /* a gap between the history and the scenario is linear too */
    f = fill(c, "scenario,region,variable,unit,2030,2100\na,World,CH4,Mt CH4/yr,420,420\n", HISTORY,
             STK_JOIN_NONE);
    assert_int_equal(f.status, STK_OK);
    test_close("gap", emission(c, &f, "CH4", 2025), 370, 1, 1e-12);
    filled_free(&f);
    f = fill(c, "scenario,region,variable,unit,2030,2090\na,World,CH4,Mt CH4/yr,420,420\n", HISTORY,
             STK_JOIN_NONE);
    assert_int_equal(f.status, STK_EARG);
    assert_non_null(strstr(f.error.message, "2091"));
    filled_free(&f);
    f = fill(c, "scenario,region,variable,unit,2030,2100\na,World,N2O,Mt N2O/yr,4,4\n", HISTORY,
             STK_JOIN_NONE);
    assert_int_equal(f.status, STK_EARG);
    assert_non_null(strstr(f.error.message, "2000"));
    filled_free(&f);
    stk_calibration_free(c);
}

static void test_taper(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    filled f = fill(c,
                    "scenario,region,variable,unit,2015,2020,2100\n"
                    "a,World,CH4,Mt CH4/yr,400,400,400\n"
                    "a,World,Emissions|CO2|AFOLU,Mt CO2/yr,-1000,-1000,-1000\n",
                    HISTORY, STK_JOIN_TAPER);
    assert_int_equal(f.status, STK_OK);
    test_close("history", emission(c, &f, "CH4", 2018), 318, 1, 1e-12);
    test_close("meets", emission(c, &f, "CH4", 2020), 320, 1, 1e-12);
    test_close("ratio", emission(c, &f, "CH4", 2050), 400 * (1 - 0.2 * 0.5), 1, 1e-12);
    test_close("faded", emission(c, &f, "CH4", 2080), 400, 1, 1e-12);
    test_close("faded", emission(c, &f, "CH4", 2100), 400, 1, 1e-12);
    test_close("offset", emission(c, &f, "CO2 AFOLU", 2050), -1 + 5 * 0.5, 1, 1e-12);
    filled_free(&f);
    stk_calibration_free(c);
}

/* A taper has an end: with a history up to there or beyond it nothing is left to fade, and a factor
 * outside of 0 to 1 would add to the difference instead. */
static void test_taper_ends(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    for (int last = 2079; last <= 2099; last++) {
        char history[200];
        stk_print(history, sizeof history,
                  "scenario,region,variable,unit,1850,%d\nh,World,CH4,Mt CH4/yr,320,320\n", last);
        filled f = fill(c,
                        "scenario,region,variable,unit,2015,2020,2100\n"
                        "a,World,CH4,Mt CH4/yr,400,400,400\n",
                        history, STK_JOIN_TAPER);
        assert_int_equal(f.status, STK_OK);
        for (int year = 2015; year <= 2100; year++) {
            double value = emission(c, &f, "CH4", year);
            assert_true(value >= 320 - 1e-9 && value <= 400 + 1e-9);
            if (last >= 2080) {
                test_close("untouched", value, 400, 1, 1e-12);
            }
        }
        test_close("end", emission(c, &f, "CH4", 2100), 400, 1, 1e-12);
        filled_free(&f);
    }
    stk_calibration_free(c);
}

/* What one scenario has wrong does not stop the others. */
static void test_refused(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    filled f = fill(c, "scenario,region,variable,unit,2000,2100\na,World,CH4,bananas,4,4\n", NULL,
                    STK_JOIN_NONE);
    assert_int_equal(f.status, STK_EUNIT);
    assert_int_equal(f.error.line, 2);
    filled_free(&f);
    f = fill(c,
             "scenario,region,variable,unit,2000,2100\n"
             "a,World,Emissions|HFC|HFC43-10,kt HFC43-10/yr,4,4\n"
             "a,World,Emissions|F-Gases|HFC|HFC4310mee,kt HFC4310mee/yr,4,4\n",
             NULL, STK_JOIN_NONE);
    assert_int_equal(f.status, STK_EDATA);
    assert_int_equal(f.error.line, 3);
    filled_free(&f);
    /* infilled values win over reported ones, whatever their order */
    f = fill(c,
             "scenario,region,variable,unit,2000,2100\n"
             "a,World,AR6 climate diagnostics|Infilled|Emissions|CH4,Mt CH4/yr,5,5\n"
             "a,World,Emissions|CH4,Mt CH4/yr,4,4\n",
             NULL, STK_JOIN_NONE);
    assert_int_equal(f.status, STK_OK);
    test_close("infilled", emission(c, &f, "CH4", 2050), 5, 1, 1e-12);
    filled_free(&f);
    stk_calibration_free(c);
}

static void test_concentrations(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    filled f = fill(c,
                    "scenario,region,variable,unit,2000,2100\n"
                    "a,World,Atmospheric Concentrations|N2O,ppm,0.3,0.4\n",
                    NULL, STK_JOIN_NONE);
    long n2o = stk_calibration_find_species(c, stk_text_of("N2O"));
    assert_int_equal(f.status, STK_OK);
    assert_true(f.rows.concentrations_given[n2o] && !f.rows.emissions_given[n2o]);
    test_close("first bound", f.rows.concentrations[n2o][0], 300, 1, 1e-10);
    test_close("bound 2050", f.rows.concentrations[n2o][50], 349.5, 1, 1e-10);
    test_close("last bound", f.rows.concentrations[n2o][101], 400, 1, 1e-10);
    filled_free(&f);
    stk_calibration_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),   cmocka_unit_test(test_years),
        cmocka_unit_test(test_taper),   cmocka_unit_test(test_taper_ends),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_concentrations),
    };
    return cmocka_run_group_tests_name("climate scenarios", tests, NULL, NULL);
}
