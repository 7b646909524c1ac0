/** @file test_calibrations.c
 * @brief Calibrations as they are published: their columns, the forcings that they take from
 * outside, and what is refused or told.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 1750, LAST = 2100, YEARS = LAST - FIRST + 1 };

#define MEMBERS_140 "calibrations/1.4.0/calibrated_constrained_parameters_1.4.0.csv"
#define SPECIES_140 "calibrations/1.4.0/species_configs_properties_1.4.0.csv"
#define MEMBERS_161 "calibrations/1.6.1/calibrated_constrained_parameters_1.6.1.csv"
#define SPECIES_161 "calibrations/1.6.1/species_configs_properties_1.6.1_esm-allGHG-ssp245.csv"

/* ---- reading ---- */

/* Replace the first `from` in a file; NULL leaves it. */
static void edit(stk_climate_file *file, const char *from, const char *to)
{
    if (from == NULL) {
        return;
    }
    const char *data = file->content.data;
    const char *at = NULL;
    size_t size = strlen(from);
    for (size_t i = 0; at == NULL && i + size <= file->content.size; i++) {
        at = memcmp(data + i, from, size) == 0 ? data + i : NULL;
    }
    size_t room = file->content.size + strlen(to) + 1;
    char *changed = malloc(room);
    if (at == NULL || changed == NULL) {
        fail_msg("'%s' is not there", from);
        return;
    }
    size_t before = (size_t)(at - data);
    size_t after = file->content.size - before - size;
    int used = snprintf(changed, room, "%.*s%s%.*s", (int)before, data, to, (int)after, at + size);
    free((char *)(uintptr_t)data);
    file->content = (stk_text){changed, (size_t)used};
}

typedef struct change {
    const char *members_from, *members_to;
    const char *species_from, *species_to;
} change;

static stk_status read_changed(const char *members, const char *species, const change *c,
                               stk_calibration **calibration, stk_error *error)
{
    stk_calibration_files files = {test_file(members), test_file(species),
                                   test_calibration_file("volcanic_solar_timebounds.csv")};
    edit(&files.members, c->members_from, c->members_to);
    edit(&files.species, c->species_from, c->species_to);
    stk_status status = stk_calibration_read(&files, calibration, error);
    test_file_free(&files.members);
    test_file_free(&files.species);
    test_file_free(&files.natural);
    return status;
}

static stk_calibration *read_published(const char *members, const char *species)
{
    stk_error error = {0};
    stk_calibration *calibration;
    if (read_changed(members, species, &(change){0}, &calibration, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    return calibration;
}

static void add_forcing(stk_calibration *calibration, const char *text)
{
    stk_error error = {0};
    stk_climate_file file = {"forcing.csv", stk_text_of(text)};
    if (stk_calibration_add_forcing(calibration, &file, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
}

/* ---- runs ---- */

static test_scenario scenario_of(const stk_calibration *calibration, const char *name)
{
    return test_scenario_read(calibration, name, LAST);
}

/* All variables of a member by the plain implementation, on one row after the other. */
static double *run_plain(const stk_calibration *calibration, size_t member,
                         const stk_climate_input *input)
{
    const stk_climate_physics physics = {0};
    stk_climate_series out;
    stk_error error = {0};
    double *values = calloc(STK_CLIMATE_VARIABLE_COUNT * (YEARS + 1), sizeof *values);
    assert_non_null(values);
    for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
        out.rows[v] = values + v * (YEARS + 1);
    }
    if (stk_climate_run_member(calibration, member, input, &physics, &out, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    return values;
}

typedef struct fast_run {
    const stk_climate_input *input;
    const stk_calibration *calibration;
    const char *scenario;
    stk_missing_forcing missing;
    double *values; /* [variable][bound][member], of the fast ensemble; NULL: not wanted */
    stk_status status;
    stk_error error;
} fast_run;

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    fast_run *run = user;
    (void)scenario;
    for (size_t s = 0; s < rows->species_count; s++) {
        if (run->input->emissions[s] != NULL) {
            memcpy(rows->emissions[s], run->input->emissions[s], YEARS * sizeof(double));
            rows->emissions_given[s] = true;
        }
    }
    return stk_climate_fill_forcings(run->calibration, run->scenario, run->missing, rows, error);
}

static stk_status accept(void *user, const stk_ensemble_result *r, stk_error *error)
{
    fast_run *run = user;
    size_t members = stk_calibration_member_count(run->calibration);
    (void)error;
    run->status = r->status;
    if (r->status != STK_OK) {
        run->error = *r->error;
        return STK_OK;
    }
    for (size_t i = 0; run->values != NULL && i < STK_CLIMATE_VARIABLE_COUNT * r->bound_count;
         i++) {
        memcpy(run->values + i * members,
               r->series[i / r->bound_count] + i % r->bound_count * r->stride,
               members * sizeof(double));
    }
    return STK_OK;
}

static void run_ensemble(fast_run *run, bool plain)
{
    stk_climate_variable variables[STK_CLIMATE_VARIABLE_COUNT];
    for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
        variables[v] = (stk_climate_variable)v;
    }
    stk_ensemble_options options = {.years = {FIRST, LAST},
                                    .variables = variables,
                                    .variable_count = STK_CLIMATE_VARIABLE_COUNT,
                                    .keep_members = true,
                                    .plain = plain,
                                    .threads = 1};
    stk_ensemble_job job = {1, fill, accept, run};
    stk_error error = {0};
    if (stk_ensemble_run(run->calibration, &options, &job, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
}

/* ---- tests ---- */

/* A forcing that is published as an IAMC table is, bit for bit, the one that we ship. */
static void test_published_forcing(void **state)
{
    (void)state;
    stk_calibration *ours = test_calibration();
    stk_calibration *published = test_calibration();
    stk_climate_file file = test_file("calibrations/volcanic_solar_1.4.1.csv");
    assert_int_equal(stk_calibration_add_forcing(published, &file, NULL), STK_OK);
    test_file_free(&file);
    assert_int_equal(stk_calibration_notes(published)->count, 0);
    test_scenario scenario = scenario_of(ours, "ssp245");
    double *a = run_plain(ours, 3, &scenario.input);
    double *b = run_plain(published, 3, &scenario.input);
    assert_memory_equal(a, b, STK_CLIMATE_VARIABLE_COUNT * (YEARS + 1) * sizeof *a);
    free(a);
    free(b);
    test_scenario_free(&scenario);
    stk_calibration_free(ours);
    stk_calibration_free(published);
}

static const char given_161[] =
    "Scenario,Region,Variable,Unit,1750,1900,2000,2101\n"
    "ssp245,World,Albedo Change,W/m2,0,-0.1,-0.2,-0.15\n"
    "other,World,Albedo Change,W/m2,0,-0.1,-0.2,-0.25\n"
    "any,World,effective radiative forcing|Anthropogenic|Other|contrails and Contrail-induced "
    "Cirrus,W/m^2,0,0,0.04,0.08\n"
    "any,World,Effective Radiative Forcing|CO2,W/m^2,0,0,1.5,2\n";

/* Both implementations of 1.6.1, with forcings from outside and N2O with a lifetime of its own. */
static void compare_implementations(stk_calibration *c)
{
    size_t members = stk_calibration_member_count(c);
    add_forcing(c, given_161);
    test_scenario scenario = scenario_of(c, "ssp245");
    size_t count = STK_CLIMATE_VARIABLE_COUNT * (YEARS + 1) * members;
    fast_run run = {&scenario.input, c, "ssp245", STK_FORCING_REFUSE, NULL, STK_OK, {0}};
    double *fast = run.values = calloc(count, sizeof *fast);
    run_ensemble(&run, false);
    assert_int_equal(run.status, STK_OK);
    double *plain = run.values = calloc(count, sizeof *plain);
    run_ensemble(&run, true);
    for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
        size_t size = (YEARS + 1) * members;
        double scale = 0;
        for (size_t i = 0; i < size; i++) {
            scale = fmax(scale, fabs(plain[(size_t)v * size + i])); /* skips what is no number */
        }
        for (size_t i = 0; i < size; i++) {
            double x = fast[(size_t)v * size + i];
            double y = plain[(size_t)v * size + i];
            assert_true(isnan(x) == isnan(y));
            if (!isnan(x)) {
                /* see docs/climate.md on the airborne fraction */
                test_close(stk_climate_variable_key((stk_climate_variable)v), x, y, scale,
                           v == STK_CLIMATE_AIRBORNE_FRACTION ? 1e-10 : 1e-12);
            }
        }
    }
    free(fast);
    free(plain);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

static void test_fast_and_plain(void **state)
{
    (void)state;
    /* as in the table of species for the history of CMIP7 */
    static const change irrigation = {
        NULL, NULL, "Contrails and Contrail-induced Cirrus,contrails,", "Irrigation,unspecified,"};
    stk_calibration *c;
    compare_implementations(read_published(MEMBERS_161, SPECIES_161));
    assert_int_equal(read_changed(MEMBERS_161, SPECIES_161, &irrigation, &c, NULL), STK_OK);
    assert_int_equal(stk_calibration_notes(c)->count, 0);
    add_forcing(c, "Scenario,Region,Variable,Unit,1750,2101\nx,World,Irrigation,W/m2,0,-0.05\n");
    compare_implementations(c);
}

/* N2O of 1.6.1 by its equations, once more: a lifetime that shortens with what is in the air. */
static void test_n2o(void **state)
{
    (void)state;
    stk_calibration *c = read_published(MEMBERS_161, SPECIES_161);
    test_scenario scenario = scenario_of(c, "ssp245");
    size_t n2o = (size_t)stk_calibration_find_species(c, stk_text_of("N2O"));
    fast_run run = {&scenario.input, c, "ssp245", STK_FORCING_ZERO, NULL, STK_OK, {0}};
    size_t members = stk_calibration_member_count(c);
    run.values = calloc(STK_CLIMATE_VARIABLE_COUNT * (YEARS + 1) * members, sizeof(double));
    run_ensemble(&run, false);
    double airborne = 0;
    for (int i = 0; i < YEARS; i++) {
        double alpha = 0.076755588 * exp((65.44969575 - 0.0065 * airborne) / 25.49528818);
        double d = 1 / (alpha * 109);
        double net = scenario.input.emissions[n2o][i] - 0.086022308;
        airborne = net / d * -expm1(-d) + airborne * exp(-d);
        double expected = 273.87 + 28.97 / (5.1352 * 44.013) * airborne;
        double actual =
            run.values[((size_t)STK_CLIMATE_N2O * (YEARS + 1) + (size_t)i + 1) * members];
        test_close("N2O", actual, expected, 300, 1e-13);
    }
    free(run.values);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

/* The scale of a member in the table, by the name of its column. */
static double member_value(const char *column)
{
    test_table table = test_table_read(MEMBERS_161);
    double value = test_cell(&table, 0, column);
    test_table_free(&table);
    return value;
}

/* A forcing from outside is its series times the member's scale, and warms as the sun does. */
static void test_given_forcing(void **state)
{
    (void)state;
    stk_calibration *c = read_published(MEMBERS_161, SPECIES_161);
    test_scenario scenario = scenario_of(c, "ssp245");
    size_t species = stk_calibration_species_count(c);
    size_t land = (size_t)stk_calibration_find_species(c, stk_text_of("Albedo Change"));
    size_t trails = (size_t)stk_calibration_find_species(
        c, stk_text_of("Contrails and Contrail-induced Cirrus"));
    size_t sun = (size_t)stk_calibration_find_species(c, stk_text_of("Solar"));
    const double **forcings = calloc(species, sizeof *forcings);
    static double nothing[YEARS + 1];
    static double series[YEARS + 1];
    static double as_sun[YEARS + 1];
    double scale = member_value("forcing_scale[Land use]");
    double scale_sun = member_value("forcing_scale[Solar]");
    assert_non_null(forcings);
    for (int i = 0; i <= YEARS; i++) {
        series[i] = -0.2 * i / YEARS;
        as_sun[i] = series[i] * scale / scale_sun;
    }
    scenario.input.forcings = forcings;
    forcings[trails] = nothing;
    forcings[land] = series;
    forcings[sun] = nothing;
    double *by_land = run_plain(c, 0, &scenario.input);
    forcings[land] = nothing;
    forcings[sun] = as_sun;
    double *by_sun = run_plain(c, 0, &scenario.input);
    for (int i = 1; i <= YEARS; i++) {
        test_close("land use", by_land[STK_CLIMATE_ERF_LAND_USE * (YEARS + 1) + i],
                   scale * series[i], 1, 1e-15);
        test_close("temperature", by_land[STK_CLIMATE_TEMPERATURE * (YEARS + 1) + i],
                   by_sun[STK_CLIMATE_TEMPERATURE * (YEARS + 1) + i], 1, 1e-13);
    }
    free(by_land);
    free(by_sun);
    free(forcings);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

static void expect_refusal(const stk_calibration *c, const test_scenario *scenario,
                           const char *name, stk_missing_forcing missing, const char *words)
{
    fast_run run = {&scenario->input, c, name, missing, NULL, STK_OK, {0}};
    char text[1024];
    run_ensemble(&run, false);
    stk_error_format(&run.error, text, sizeof text);
    if ((words == NULL) != (run.status == STK_OK) ||
        (words != NULL && strstr(text, words) == NULL)) {
        fail_msg("'%s' in place of '%s'", text, words == NULL ? "" : words);
    }
}

/* What is not given is never zero without a word. */
static void test_missing_forcing(void **state)
{
    (void)state;
    stk_calibration *c = read_published(MEMBERS_161, SPECIES_161);
    test_scenario scenario = scenario_of(c, "ssp245");
    expect_refusal(c, &scenario, "ssp245", STK_FORCING_REFUSE,
                   "the forcing of 2 species from outside, and it is not given: Albedo Change, "
                   "Contrails and Contrail-induced Cirrus");
    expect_refusal(c, &scenario, "ssp245", STK_FORCING_HOLD, "it is not given");
    expect_refusal(c, &scenario, "ssp245", STK_FORCING_ZERO, NULL);
    add_forcing(c, given_161);
    expect_refusal(c, &scenario, "ssp245", STK_FORCING_REFUSE, NULL);
    expect_refusal(c, &scenario, "ssp585", STK_FORCING_REFUSE,
                   "forcing.csv: the forcing of Albedo Change differs between scenarios (ssp245, "
                   "other), and none of them is 'ssp585'");
    add_forcing(c, "Scenario,Region,Variable,Unit,1750,2020\nx,World,Albedo Change,W/m2,0,-0.2\n");
    expect_refusal(c, &scenario, "ssp585", STK_FORCING_REFUSE,
                   "forcing.csv:2: the forcing of Albedo Change has no value for 2021-01-01; it is "
                   "given for 1750 to 2020");
    expect_refusal(c, &scenario, "ssp585", STK_FORCING_HOLD, NULL);
    expect_refusal(c, &scenario, "ssp585", STK_FORCING_ZERO, NULL);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

/* A volcano of one scenario is not one of all. */
static void test_natural_by_scenario(void **state)
{
    (void)state;
    stk_calibration *c = test_calibration();
    test_scenario scenario = scenario_of(c, "ssp245");
    add_forcing(c, "Scenario,Region,Variable,Unit,1750,2030,2031,2032,2110\n"
                   "quiet,World,Volcanic,W/m2,0,0,0,0,0\nloud,World,Volcanic,W/m2,0,0,-4,0,0\n");
    assert_null(stk_calibration_missing_natural(c));
    expect_refusal(c, &scenario, "ssp245", STK_FORCING_REFUSE, "the forcing of Volcanic differs");
    expect_refusal(c, &scenario, "loud", STK_FORCING_REFUSE, NULL);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

static void test_refused_forcing(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Scenario,Region,Variable,Unit,1750\na,World,Solar,K,0\n", "2: Solar: 'K' is no unit"},
        {"Scenario,Region,Variable,Unit,1750\na,World,Solar,W/m2,\n", "2: Solar has no value"},
        {"Scenario,Region,Variable,Unit,1750,1751\na,World,Solar,W/m2,0,1e5\n",
         "2: Solar in 1751: 100000 is refused"},
        {"year,volcanic_Wm2,solar_Wm2\n1750,0,1e5\n", "2:8: solar_Wm2"},
        {"Scenario,Region,Variable,Unit,1750\na,World,Emissions|CO2,W/m2,1\n",
         "no row is a forcing that the calibration takes from outside"},
        {"Scenario,Region,Variable,Unit,1750\na,World,Solar,W/m2,1\na,World,Effective Radiative "
         "Forcing|Natural|Solar,W/m2,1\n",
         "3: Effective Radiative Forcing|Natural|Solar of 'a' gives what line 2 has given already"},
        {"Scenario,Region,Variable,Unit\na,World,Solar,W/m2\n", "year"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024];
        stk_error error = {0};
        stk_calibration *c = test_calibration();
        stk_climate_file file = {"forcing.csv", stk_text_of(cases[i][0])};
        assert_int_not_equal(stk_calibration_add_forcing(c, &file, &error), STK_OK);
        stk_error_format(&error, text, sizeof text);
        if (strstr(text, cases[i][1]) == NULL) {
            fail_msg("'%s' in place of '%s'", text, cases[i][1]);
        }
        stk_calibration_free(c);
    }
}

/* A column more, before the others: its name in the first line, a value in all others. */
static void add_column(stk_climate_file *file, const char *name)
{
    stk_text old = file->content;
    char *text = malloc(old.size * 2 + strlen(name) + 1);
    assert_non_null(text);
    size_t size = (size_t)sprintf(text, "%s,", name);
    for (size_t i = 0; i < old.size; i++) {
        text[size++] = old.data[i];
        if (old.data[i] == '\n' && i + 1 < old.size) {
            text[size++] = '1';
            text[size++] = ',';
        }
    }
    file->content = (stk_text){text, size};
    free((char *)(uintptr_t)old.data);
}

/* What is not used is told, with its place. */
static void test_notes(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "species:1:1: 'colour' is not used: no property of a species that the model knows",
        "species: forcing_reference_emissions are not used, as in the reference model: forcing is "
        "relative to baseline_emissions; they differ for Sulfur",
        "members:1:1115: 'forcing_scale[Irrigation]' is not used: there is no such species in the "
        "table of species",
        "members:1:2092: 'sede' is not used: no parameter that the model knows",
        "members:1: there is no column 'seed': with --stochastic every member has the same random "
        "numbers",
    };
    stk_error error = {0};
    stk_calibration *c = read_published(MEMBERS_140, SPECIES_140);
    assert_int_equal(stk_calibration_notes(c)->count, 0);
    stk_calibration_free(c);
    stk_calibration_files files = {.members = test_file(MEMBERS_161),
                                   .species = test_file(SPECIES_161)};
    files.members.name = "members";
    files.species.name = "species";
    edit(&files.members, ",seed,", ",sede,");
    edit(&files.species, "2.440048435", "2.5");
    add_column(&files.species, "colour");
    if (stk_calibration_read(&files, &c, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    test_file_free(&files.members);
    test_file_free(&files.species);
    assert_string_equal(stk_calibration_missing_natural(c), "solar and volcanic forcing");
    const stk_problems *notes = stk_calibration_notes(c);
    assert_int_equal(notes->count, 5);
    for (size_t i = 0; i < 5; i++) {
        char text[1024];
        stk_error_format(&notes->items[i], text, sizeof text);
        assert_string_equal(text, expected[i]);
    }
    stk_calibration_free(c);
}

/* What a table of members or of species usually has and here has not. */
static void test_missing(void **state)
{
    (void)state;
    static const struct {
        change change;
        const char *words;
    } cases[] = {
        {{"forcing_scale[CFC-11]", "other", NULL, NULL},
         "members:1: 1 column of published calibrations is not there, and every member has the "
         "value of the table of species: forcing_scale[CFC-11]"},
        {{"ozone_radiative_efficiency[CO],ozone_radiative_efficiency[VOC]", "other,others", NULL,
          NULL},
         "members:1: 2 columns of published calibrations are not there, and every member has the "
         "value of the table of species: ozone_radiative_efficiency[VOC], "
         "ozone_radiative_efficiency[CO]"},
        {{"aci_shape[BC]", "other", NULL, NULL},
         "members:1: 1 column of published calibrations is not there, and what has no value in the "
         "table of species either does nothing: aci_shape[BC]"},
        {{",seed,", ",other,", NULL, NULL},
         "members:1: there is no column 'seed': with --stochastic every member has the same random "
         "numbers"},
        {{NULL, NULL, "Ozone,ozone,calculated", "Ozone,contrails,calculated"},
         "species: there is no species of these types, which the model goes without: ozone"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024] = "nothing is told";
        stk_error error = {0};
        stk_calibration *c = NULL;
        stk_calibration_files files = {.members = test_file(MEMBERS_140),
                                       .species = test_file(SPECIES_140)};
        files.members.name = "members";
        files.species.name = "species";
        edit(&files.members, cases[i].change.members_from, cases[i].change.members_to);
        edit(&files.species, cases[i].change.species_from, cases[i].change.species_to);
        if (stk_calibration_read(&files, &c, &error) != STK_OK) {
            fail_msg("case %zu: %s", i, error.message);
        }
        const stk_problems *notes = stk_calibration_notes(c); /* 'other' is told before */
        assert_true(notes->count > 0);
        stk_error_format(&notes->items[notes->count - 1], text, sizeof text);
        assert_string_equal(text, cases[i].words);
        test_file_free(&files.members);
        test_file_free(&files.species);
        stk_calibration_free(c);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        change change;
        const char *words;
    } cases[] = {
        /* needed, and neither in the one table nor in the other */
        {{"iirf_0[CO2]", "iirf_0[XYZ]", NULL, NULL},
         ":4:113: iirf_0 of CO2 has no value, and calibrations/1.4.0/"
         "calibrated_constrained_parameters_1.4.0.csv has no column iirf_0[CO2]"},
        {{"iirf_uptake[CO2]", "other", NULL, NULL}, "iirf_uptake of CO2 has no value"},
        {{"aci_scale", "other", NULL, NULL}, "has no column aci_scale["},
        {{NULL, NULL, "co2 afolu,emissions,0,0,0,nan,nan,nan,nan,nan,nan,nan,nan,0,1,",
          "co2 afolu,emissions,0,0,0,nan,nan,nan,nan,nan,nan,nan,nan,0,nan,"},
         ":3:71: forcing_efficacy of CO2 AFOLU has no value"},
        {{NULL, NULL, "0.13,1,0,1,137.36", "0.13,1,0,1,nan"}, "molecular_weight of CFC-11"},
        {{"gamma_autocorrelation", "gamma", NULL, NULL},
         "the column 'gamma_autocorrelation' is missing"},
        /* out of range */
        {{NULL, NULL, "0.13,1,0,1,137.36", "0.13,1,0,1,-137.36"}, "a number above 0"},
        {{",4.25197956154958,", ",1e300,", NULL, NULL}, "a number above 0, up to 100000"},
        {{NULL, NULL, "0.2173", "1.2173"}, "a number from 0 to 1"},
        {{NULL, NULL, "0.2173", "inf"}, "inf"},
        {{",278.448529790202,", ",-278.448529790202,", NULL, NULL}, "a number from 0 on"},
        {{",278.448529790202,", ",1e300,", NULL, NULL}, "a number from -1e15 to 1e15"},
        {{",278.448529790202,", ",,", NULL, NULL}, "a number"},
        /* twice, and in ways that the model does not have */
        {{"seed,stochastic_run", "fscale_CO2,stochastic_run", NULL, NULL},
         "forcing_scale of CO2 is given by another column as well"},
        {{NULL, NULL, "Ozone,ozone,calculated", "Ozone,ozone,forcing"},
         "given as forcing are solar, volcanic, land use, contrails and unspecified species"},
        {{NULL, NULL, "Solar,solar,forcing", "Solar,solar,calculated"},
         "forcing, for a species of this type"},
        {{NULL, NULL, "Solar,solar,", "Solar,lunar,"}, "a type of species that the model knows"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[1024];
        stk_error error = {0};
        stk_calibration *c = NULL;
        stk_status status = read_changed(MEMBERS_140, SPECIES_140, &cases[i].change, &c, &error);
        stk_error_format(&error, text, sizeof text);
        if (status == STK_OK || strstr(text, cases[i].words) == NULL) {
            fail_msg("case %zu: '%s' in place of '%s'", i, text, cases[i].words);
        }
    }
}

/* Columns under the names that they had until 1.4 are the same parameters. */
static void test_older_names(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"gamma_autocorrelation", "clim_gamma"},
        {"ocean_heat_capacity[0]", "clim_c1"},
        {"ocean_heat_transfer[2]", "clim_kappa3"},
        {"deep_ocean_efficacy", "clim_epsilon"},
        {"forcing_4co2", "clim_F_4xCO2"},
        {"iirf_uptake[CO2]", "cc_rU"},
        {"erfari_radiative_efficiency[BC]", "ari_BC"},
        {"aci_shape[Sulfur]", "aci_shape_so2"},
        {"aci_scale", "aci_beta"},
        {"ozone_radiative_efficiency[CO]", "o3_CO"},
        {"forcing_scale[CFC-11]", "fscale_CFC-11"},
        {"forcing_scale[Land use]", "fscale_Land use"},
        {"forcing_scale[Solar]", "fscale_solar_amplitude"},
        {"baseline_concentration[CO2]", "cc_co2_concentration_1750"},
    };
    stk_calibration *newer = read_published(MEMBERS_140, SPECIES_140);
    stk_calibration *older;
    stk_calibration_files files = {test_file(MEMBERS_140), test_file(SPECIES_140),
                                   test_calibration_file("volcanic_solar_timebounds.csv")};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        edit(&files.members, names[i][0], names[i][1]);
    }
    assert_int_equal(stk_calibration_read(&files, &older, NULL), STK_OK);
    assert_int_equal(stk_calibration_notes(older)->count, 0);
    test_scenario scenario = scenario_of(newer, "ssp245");
    double *a = run_plain(newer, 5, &scenario.input);
    double *b = run_plain(older, 5, &scenario.input);
    assert_memory_equal(a, b, STK_CLIMATE_VARIABLE_COUNT * (YEARS + 1) * sizeof *a);
    free(a);
    free(b);
    test_scenario_free(&scenario);
    test_file_free(&files.members);
    test_file_free(&files.species);
    test_file_free(&files.natural);
    stk_calibration_free(newer);
    stk_calibration_free(older);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_forcing),
        cmocka_unit_test(test_fast_and_plain),
        cmocka_unit_test(test_n2o),
        cmocka_unit_test(test_given_forcing),
        cmocka_unit_test(test_missing_forcing),
        cmocka_unit_test(test_natural_by_scenario),
        cmocka_unit_test(test_refused_forcing),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_older_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
