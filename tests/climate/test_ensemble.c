/** @file test_ensemble.c
 * @brief The fast ensemble against the vectors and against the plain implementation; the same
 * bytes for every instruction set, number of threads and order of scenarios.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "climate/kernel.h"

/* Everything that a run hands out, copied. */
typedef struct captured {
    size_t scenarios;
    test_scenario *inputs;
    size_t *order; /* in which scenarios are run; NULL: as they stand */
    double *percentiles;
    size_t percentile_size;
    double *series; /* [scenario][variable][bound][stride] */
    size_t series_size;
    size_t stride;
    size_t bounds;
    size_t members;
    size_t variables;
    size_t failed;
    long first_failed;
    stk_status status;
} captured;

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    captured *c = user;
    size_t at = c->order != NULL ? c->order[scenario] : scenario;
    const stk_climate_input *input = &c->inputs[at].input;
    (void)error;
    for (size_t s = 0; s < rows->species_count; s++) {
        if (input->emissions[s] != NULL) {
            memcpy(rows->emissions[s], input->emissions[s],
                   (size_t)rows->year_count * sizeof(double));
            rows->emissions_given[s] = true;
        }
        if (input->concentrations != NULL && input->concentrations[s] != NULL) {
            memcpy(rows->concentrations[s], input->concentrations[s],
                   (size_t)(rows->year_count + 1) * sizeof(double));
            rows->concentrations_given[s] = true;
        }
    }
    return STK_OK;
}

static stk_status accept(void *user, const stk_ensemble_result *r, stk_error *error)
{
    captured *c = user;
    size_t at = c->order != NULL ? c->order[r->scenario] : r->scenario;
    (void)error;
    c->status = r->status;
    c->failed = r->failed_count;
    c->first_failed = r->failed_count > 0 ? r->failed[0] : -1;
    c->stride = r->stride;
    c->bounds = r->bound_count;
    if (r->status != STK_OK) {
        return STK_OK;
    }
    memcpy(c->percentiles + at * c->percentile_size, r->percentiles,
           c->percentile_size * sizeof(double));
    for (size_t i = 0; r->series != NULL && i < c->variables * r->bound_count; i++) {
        size_t row = i % r->bound_count * r->stride;
        /* what pads a row is no result */
        memcpy(c->series + at * c->series_size + i * r->stride, r->series[i / r->bound_count] + row,
               c->members * sizeof(double));
    }
    return STK_OK;
}

/* In an ensemble that stays, or in one of its own where that is NULL. */
static captured run_in(stk_ensemble *kept, const stk_calibration *calibration,
                       test_scenario *inputs, size_t scenarios, size_t *order,
                       const stk_ensemble_options *options)
{
    stk_error error = {0};
    captured c = {.scenarios = scenarios, .inputs = inputs, .order = order};
    size_t members = options->members != NULL ? options->member_count
                                              : stk_calibration_member_count(calibration);
    size_t bounds = (size_t)(options->years.last - options->years.first + 2);
    c.members = members;
    c.variables = options->variable_count;
    size_t columns_shown = bounds - (options->at_bounds ? 0 : 1);
    if (options->statistics.first != 0) {
        columns_shown -= (size_t)(options->statistics.first - options->years.first);
    }
    c.percentile_size = options->variable_count * options->percentile_count * columns_shown;
    c.series_size = options->keep_members ? c.variables * bounds * ((members + 31) / 32 * 32) : 0;
    c.percentiles = calloc(scenarios * c.percentile_size + 1, sizeof(double));
    c.series = calloc(scenarios * c.series_size + 1, sizeof(double));
    assert_true(c.percentiles != NULL && c.series != NULL);
    stk_ensemble_job job = {scenarios, fill, accept, &c};
    stk_status status = kept != NULL ? stk_ensemble_run_kept(kept, &job, &error)
                                     : stk_ensemble_run(calibration, options, &job, &error);
    if (status != STK_OK) {
        fail_msg("%s", error.message);
    }
    return c;
}

static captured run(const stk_calibration *calibration, test_scenario *inputs, size_t scenarios,
                    size_t *order, const stk_ensemble_options *options)
{
    return run_in(NULL, calibration, inputs, scenarios, order, options);
}

static void captured_free(captured *c)
{
    free(c->percentiles);
    free(c->series);
}

static const double *series_of(const captured *c, size_t scenario, size_t variable)
{
    return c->series + scenario * c->series_size + variable * c->bounds * c->stride;
}

static void check_vectors(const stk_calibration *calibration, const char *name)
{
    char text[128];
    double worst = 0;
    test_scenario scenario = test_scenario_read(calibration, name, 2499);
    stk_climate_variable variables[TEST_COLUMNS];
    for (size_t v = 0; v < TEST_COLUMNS; v++) {
        variables[v] = test_columns[v].variable;
    }
    snprintf(text, sizeof text, "%s_members_B_expm1.csv", name);
    test_table table = test_table_read(text);
    stk_ensemble_options options = {.years = {1750, 2499},
                                    .variables = variables,
                                    .variable_count = TEST_COLUMNS,
                                    .keep_members = true};
    captured c = run(calibration, &scenario, 1, NULL, &options);
    for (size_t row = 0; row < table.rows; row += c.bounds) {
        long number = (long)test_cell(&table, row, "member");
        size_t m = (size_t)stk_calibration_find_member(calibration, number);
        for (size_t v = 0; v < TEST_COLUMNS; v++) {
            double largest = 0;
            double difference = 0;
            for (size_t b = 0; b < c.bounds; b++) {
                double expected = test_cell(&table, row + b, test_columns[v].column);
                double actual = series_of(&c, 0, v)[b * c.stride + m];
                if (!isnan(expected)) {
                    largest = fmax(largest, fabs(expected));
                    difference = fmax(difference, fabs(expected - actual));
                    assert_true(isfinite(actual));
                }
            }
            snprintf(text, sizeof text, "%s member %ld %s", name, number, test_columns[v].column);
            test_close(text, difference, 0, largest > 0 ? largest : 1, 1e-11);
            worst = fmax(worst, largest > 0 ? difference / largest : 0);
        }
    }
    print_message("%s: largest difference %.2g of a series' maximum\n", name, worst);
    captured_free(&c);
    test_table_free(&table);
    test_scenario_free(&scenario);
}

static void test_vectors(void **state)
{
    (void)state;
    stk_calibration *calibration = test_calibration();
    check_vectors(calibration, "ssp126");
    check_vectors(calibration, "ssp245");
    check_vectors(calibration, "ssp370");
    check_vectors(calibration, "medium-extension");
    stk_calibration_free(calibration);
}

/* The table has 8 digits of the unmodified reference, which rounds at 1e-8 itself. */
static void test_percentiles(void **state)
{
    (void)state;
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_ERF,
                                                     STK_CLIMATE_CO2, STK_CLIMATE_CH4,
                                                     STK_CLIMATE_OHC};
    static const char *const names[] = {"T1", "ERF", "CO2", "CH4", "OHC_ZJ"};
    static const double percentiles[] = {5, 17, 33, 50, 67, 83, 95};
    static const double scales[] = {1, 1, 1000, 1000, 1e4};
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, "ssp245", 2499);
    test_table table = test_table_read("ssp245_percentiles_A.csv");
    stk_ensemble_options options = {.years = {1750, 2499},
                                    .variables = variables,
                                    .variable_count = 5,
                                    .percentiles = percentiles,
                                    .percentile_count = 7,
                                    .at_bounds = true};
    for (int relative = 0; relative < 2; relative++) {
        options.reference = relative ? (stk_years){1850, 1900} : (stk_years){0, 0};
        captured c = run(calibration, &scenario, 1, NULL, &options);
        for (size_t v = 0; v < (relative ? 1 : 5); v++) {
            for (size_t p = 0; p < 7; p++) {
                char column[64];
                snprintf(column, sizeof column, "%s%s_p%g", names[v],
                         relative ? "_rel1850-1900" : "", percentiles[p]);
                for (size_t b = 0; b < table.rows; b++) {
                    double actual = c.percentiles[(v * 7 + p) * 751 + b];
                    actual = variables[v] == STK_CLIMATE_OHC ? actual * 1e-21 : actual;
                    test_close(column, actual, test_cell(&table, b, column), scales[v], 1e-7);
                }
            }
        }
        captured_free(&c);
    }
    test_table_free(&table);
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

/* --- fast against plain ----------------------------------------------------------------------- */

static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static double around(uint64_t *state, double value, double spread)
{
    return value * (1 + spread * (2 * ((double)(next_bits(state) >> 11) * 0x1p-53) - 1));
}

/* Shake every parameter of every member, so that equal columns are equal no more. */
static void shake(stk_calibration *c, uint64_t *state)
{
    for (size_t m = 0; m < c->member_count; m++) {
        stk_energy *e = &c->energy[m];
        for (int k = 0; k < STK_LAYERS; k++) {
            e->heat_capacity[k] = around(state, e->heat_capacity[k], 0.5);
            e->heat_transfer[k] = around(state, e->heat_transfer[k], 0.5);
        }
        e->gamma = around(state, e->gamma, 0.9);
        e->efficacy = around(state, e->efficacy, 0.3);
        stk_energy_discretise(e, &c->steps[m]);
        for (size_t i = 0; i < c->species.count * STK_PARAM_COUNT; i++) {
            if (c->overrides[i] != NULL) {
                bool baseline = i % STK_PARAM_COUNT == STK_PARAM_BASELINE_CONCENTRATION;
                c->overrides[i][m] = around(state, c->overrides[i][m], baseline ? 0.03 : 0.3);
            }
        }
    }
}

static double largest_difference(const captured *a, const captured *b, size_t members,
                                 const stk_climate_variable *variables)
{
    double worst = 0;
    for (size_t v = 0; v < a->variables; v++) {
        for (size_t m = 0; m < members; m++) {
            double largest = 0;
            double difference = 0;
            for (size_t i = 0; i < a->bounds; i++) {
                double x = series_of(a, 0, v)[i * a->stride + m];
                double y = series_of(b, 0, v)[i * b->stride + m];
                assert_int_equal(isfinite(x), isfinite(y));
                if (isfinite(x)) {
                    largest = fmax(largest, fabs(x));
                    difference = fmax(difference, fabs(x - y));
                }
            }
            double relative = difference / fmax(largest, 1e-3);
            /* the airborne amount is what a concentration has beyond its baseline, which in the
             * first years is very little */
            bool loses = variables[v] == STK_CLIMATE_AIRBORNE_FRACTION;
            worst = fmax(worst, loses ? 0.01 * relative : relative);
        }
    }
    return worst;
}

static void compare_fast_and_plain(stk_calibration *calibration, test_scenario *scenario,
                                   stk_climate_physics physics, const char *what)
{
    enum { MEMBERS = 53, STEP = 15 };
    stk_climate_variable variables[STK_CLIMATE_VARIABLE_COUNT];
    size_t members[MEMBERS];
    for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
        variables[v] = (stk_climate_variable)v;
    }
    for (size_t m = 0; m < MEMBERS; m++) {
        members[m] = m * STEP;
    }
    stk_ensemble_options options = {.physics = physics,
                                    .members = members,
                                    .member_count = MEMBERS,
                                    .years = {1750, 2100},
                                    .variables = variables,
                                    .variable_count = STK_CLIMATE_VARIABLE_COUNT,
                                    .keep_members = true};
    captured fast = run(calibration, scenario, 1, NULL, &options);
    options.plain = true;
    captured plain = run(calibration, scenario, 1, NULL, &options);
    double worst = largest_difference(&fast, &plain, MEMBERS, variables);
    print_message("%s: fast and plain differ by %.2g\n", what, worst);
    assert_true(worst < 1e-11);
    captured_free(&fast);
    captured_free(&plain);
}

static void test_random_parameters(void **state)
{
    (void)state;
    uint64_t seed = 20261122;
    stk_climate_physics physics = {0};
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, "ssp370", 2100);
    for (int round = 0; round < 3; round++) {
        char what[32];
        snprintf(what, sizeof what, "random parameters %d", round);
        shake(calibration, &seed);
        compare_fast_and_plain(calibration, &scenario, physics, what);
    }
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

static void test_physics(void **state)
{
    (void)state;
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, "ssp245", 2100);
    stk_climate_physics corrected = {.physics = STK_PHYSICS_CORRECTED};
    stk_climate_physics stochastic = {.stochastic = true, .seed_offset = 3};
    compare_fast_and_plain(calibration, &scenario, corrected, "corrected");
    compare_fast_and_plain(calibration, &scenario, stochastic, "stochastic");
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

/* Driving gases with their own concentrations must give back what they force. */
static void test_concentrations(void **state)
{
    (void)state;
    enum { BOUNDS = 352 };
    static double co2[BOUNDS];
    static double ch4[BOUNDS];
    static double n2o[BOUNDS];
    static double t_emissions[BOUNDS];
    static double t_driven[BOUNDS];
    stk_climate_physics physics = {0};
    stk_calibration *c = test_calibration();
    test_scenario scenario = test_scenario_read(c, "ssp245", 2100);
    stk_climate_series series = {{NULL}};
    series.rows[STK_CLIMATE_CO2] = co2;
    series.rows[STK_CLIMATE_CH4] = ch4;
    series.rows[STK_CLIMATE_N2O] = n2o;
    series.rows[STK_CLIMATE_TEMPERATURE] = t_emissions;
    assert_int_equal(stk_climate_run_member(c, 5, &scenario.input, &physics, &series, NULL),
                     STK_OK);
    const double **rows = calloc(c->species.count, sizeof *rows);
    assert_non_null(rows);
    rows[c->species.first_of_kind[STK_KIND_CO2]] = co2;
    rows[c->species.first_of_kind[STK_KIND_CH4]] = ch4;
    rows[c->species.first_of_kind[STK_KIND_N2O]] = n2o;
    scenario.input.concentrations = rows;
    series = (stk_climate_series){{NULL}};
    series.rows[STK_CLIMATE_TEMPERATURE] = t_driven;
    assert_int_equal(stk_climate_run_member(c, 5, &scenario.input, &physics, &series, NULL),
                     STK_OK);
    for (int i = 0; i < BOUNDS; i++) {
        test_close("temperature", t_driven[i], t_emissions[i], 1, 1e-12);
    }
    /* airborne fraction and lifetime need the emissions that the plain implementation diagnoses */
    stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_ERF_CO2,
                                        STK_CLIMATE_OHC};
    stk_ensemble_options options = {
        .years = {1750, 2100}, .variables = variables, .variable_count = 3, .keep_members = true};
    captured fast = run(c, &scenario, 1, NULL, &options);
    options.plain = true;
    captured plain = run(c, &scenario, 1, NULL, &options);
    assert_true(largest_difference(&fast, &plain, c->member_count, variables) < 1e-11);
    captured_free(&fast);
    captured_free(&plain);
    free(rows);
    test_scenario_free(&scenario);
    stk_calibration_free(c);
}

/* --- the same bytes --------------------------------------------------------------------------- */

static void assert_same(const captured *a, const captured *b)
{
    assert_memory_equal(a->percentiles, b->percentiles,
                        a->scenarios * a->percentile_size * sizeof(double));
    assert_memory_equal(a->series, b->series, a->scenarios * a->series_size * sizeof(double));
}

static void test_same_bytes(void **state)
{
    (void)state;
    enum { SCENARIOS = 3 };
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_ERF_GHG,
                                                     STK_CLIMATE_ALPHA_CO2, STK_CLIMATE_OHC,
                                                     STK_CLIMATE_ERF_ACI};
    static const double percentiles[] = {0, 5, 50, 83.3, 100};
    size_t order[SCENARIOS] = {2, 0, 1};
    stk_calibration *calibration = test_calibration();
    test_scenario scenarios[SCENARIOS] = {test_scenario_read(calibration, "ssp126", 2100),
                                          test_scenario_read(calibration, "ssp245", 2100),
                                          test_scenario_read(calibration, "ssp370", 2100)};
    stk_ensemble_options options = {.years = {1750, 2100},
                                    .variables = variables,
                                    .variable_count = 5,
                                    .percentiles = percentiles,
                                    .percentile_count = 5,
                                    .reference = {1850, 1900},
                                    .keep_members = true,
                                    .isa = "baseline",
                                    .threads = 1};
    captured first = run(calibration, scenarios, SCENARIOS, NULL, &options);
    for (size_t i = 0; stk_ensemble_isa(i) != NULL; i++) {
        options.isa = stk_ensemble_isa(i);
        for (options.threads = 1; options.threads <= 3; options.threads++) {
            captured other = run(calibration, scenarios, SCENARIOS, order, &options);
            assert_same(&first, &other);
            captured_free(&other);
        }
    }
    captured_free(&first);
    for (size_t i = 0; i < SCENARIOS; i++) {
        test_scenario_free(&scenarios[i]);
    }
    stk_calibration_free(calibration);
}

/* Scenarios that start alike go on from a checkpoint of the one before: each must come out as it
 * does alone, whatever stood before it. */
static void test_shared_beginnings(void **state)
{
    (void)state;
    enum { SCENARIOS = 16, LAST = 2101, YEARS = LAST - 1750 + 1 };
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_OHC};
    static const double percentiles[] = {5, 50, 95};
    /* the year in which a scenario leaves the first one; 0 never does */
    static const int leaves[SCENARIOS] = {0,    2015, 2023, 0,    1750, 2101, 2016, 2040,
                                          2024, 1750, 1750, 1750, 1750, 1750, 1900, 2030};
    size_t members[40];
    double co2[YEARS + 1];
    test_scenario scenarios[SCENARIOS];
    stk_calibration *calibration = test_calibration();
    size_t fossil = (size_t)stk_calibration_find_species(calibration, stk_text_of("CO2 FFI"));
    const double **driven = calloc(calibration->species.count, sizeof *driven);
    assert_non_null(driven);
    for (size_t m = 0; m < 40; m++) {
        members[m] = 20 * m;
    }
    for (size_t i = 0; i < SCENARIOS; i++) {
        scenarios[i] = test_scenario_read(calibration, "ssp245", LAST);
        for (int year = leaves[i]; year > 0 && year <= LAST; year++) {
            scenarios[i].values[fossil * YEARS + (size_t)(year - 1750)] += 3 + (double)i;
        }
    }
    for (int b = 0; b <= YEARS; b++) {
        co2[b] = 280 + 0.5 * b;
    }
    driven[calibration->species.first_of_kind[STK_KIND_CO2]] = co2;
    scenarios[4].input.concentrations = driven;
    scenarios[6].values[fossil * YEARS + 300] = NAN;  /* refused */
    scenarios[7].values[fossil * YEARS + 300] = 1e30; /* no member survives */
    for (int stochastic = 0; stochastic < 2; stochastic++) {
        stk_ensemble_options options = {.physics = {.stochastic = stochastic == 1},
                                        .members = members,
                                        .member_count = 40,
                                        .years = {1750, LAST},
                                        .variables = variables,
                                        .variable_count = 2,
                                        .percentiles = percentiles,
                                        .percentile_count = 3,
                                        .keep_members = true,
                                        .threads = 1};
        stk_ensemble *kept;
        assert_int_equal(stk_ensemble_open(calibration, &options, &kept, NULL), STK_OK);
        captured together = run(calibration, scenarios, SCENARIOS, NULL, &options);
        captured stays = run_in(kept, calibration, scenarios, SCENARIOS, NULL, &options);
        assert_same(&together, &stays);
        captured_free(&stays);
        for (size_t i = 0; i < SCENARIOS; i++) {
            captured alone = run(calibration, &scenarios[i], 1, NULL, &options);
            captured again =
                run_in(kept, calibration, &scenarios[SCENARIOS - 1 - i], 1, NULL, &options);
            size_t same = (SCENARIOS - 1 - i) * together.percentile_size;
            assert_memory_equal(again.percentiles, together.percentiles + same,
                                together.percentile_size * sizeof(double));
            captured_free(&again);
            assert_int_equal(alone.status, i == 6 ? STK_EDATA : i == 7 ? STK_EDOMAIN : STK_OK);
            assert_memory_equal(alone.percentiles,
                                together.percentiles + i * together.percentile_size,
                                together.percentile_size * sizeof(double));
            assert_memory_equal(alone.series, together.series + i * together.series_size,
                                together.series_size * sizeof(double));
            captured_free(&alone);
        }
        captured_free(&together);
        stk_ensemble_close(kept);
    }
    for (size_t i = 0; i < SCENARIOS; i++) {
        test_scenario_free(&scenarios[i]);
    }
    free(driven);
    stk_calibration_free(calibration);
}

/* Statistics of some years are those of all years, cut out. */
static void test_statistics_years(void **state)
{
    (void)state;
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_CO2};
    static const double percentiles[] = {17, 50};
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, "ssp126", 2100);
    for (int bounds = 0; bounds < 2; bounds++) {
        stk_ensemble_options options = {.years = {1750, 2100},
                                        .variables = variables,
                                        .variable_count = 2,
                                        .percentiles = percentiles,
                                        .percentile_count = 2,
                                        .reference = {1850, 1900},
                                        .at_bounds = bounds == 1};
        size_t all_count = 351 + (size_t)bounds;
        size_t some_count = 106 + (size_t)bounds;
        captured all = run(calibration, &scenario, 1, NULL, &options);
        options.statistics = (stk_years){1995, 2100};
        captured some = run(calibration, &scenario, 1, NULL, &options);
        for (size_t row = 0; row < 4; row++) {
            assert_memory_equal(some.percentiles + row * some_count,
                                all.percentiles + row * all_count + 245,
                                some_count * sizeof(double));
        }
        captured_free(&some);
        captured_free(&all);
    }
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A column of values that are spread in one of several ways. */
static double some_value(uint64_t *seed, int spread, size_t n)
{
    uint64_t bits = next_bits(seed);
    double unit = (double)(bits >> 11) * 0x1p-53;
    switch (spread) {
    case 0:
        return (double)(bits % (n + 3)) - 2; /* with ties */
    case 1:
        return unit - 0.5;
    case 2:
        return exp(600 * (unit - 0.5)); /* nearly all in one bin */
    case 3:
        return bits % 100 == 0 ? 1e200 * unit : unit;
    case 4:
        return 1.5;
    case 5:
        return (bits & 1) == 0 ? 1e308 : -1e308 * unit; /* a range that is no number */
    default:
        return 5e-324 * (double)(bits % 50);
    }
}

/* Order statistics against the C library's sort, every kernel, every small size. */
static void test_select(void **state)
{
    (void)state;
    enum { ROWS_MAX = 1100, RANKS = 14, SPREADS = 7 };
    static _Alignas(64) double row[ROWS_MAX], values[ROWS_MAX + STK_BLOCK];
    static double candidates[ROWS_MAX + STK_BLOCK + STK_WINDOW], sorted[ROWS_MAX];
    static uint16_t bins[ROWS_MAX + STK_BLOCK], wanted[RANKS * STK_WANTED];
    static uint32_t chosen[ROWS_MAX + STK_BLOCK];
    size_t ranks[RANKS];
    uint32_t starts[RANKS + STK_LANES_MAX], places[RANKS + STK_LANES_MAX];
    int steps[RANKS] = {0};
    double selected[RANKS];
    uint64_t seed = 7;
    stk_column column = {.values = values,
                         .bins = bins,
                         .wanted = wanted,
                         .chosen = chosen,
                         .candidates = candidates,
                         .starts = starts,
                         .places = places,
                         .steps = steps};
    stk_column_source source = {row, row, NULL, NULL};
    for (size_t k = 0; stk_kernel_at(k) != NULL; k++) {
        const stk_kernel *kernel = stk_kernel_at(k);
        for (size_t round = 0; round < 4000; round++) {
            size_t n = round < 200 ? round + 1 : 1 + next_bits(&seed) % ROWS_MAX;
            size_t count = 0;
            int spread = (int)(round % SPREADS);
            for (size_t i = 0; i < n; i++) {
                row[i] = sorted[i] = 0.5 * some_value(&seed, spread, n);
                sorted[i] = 0.5 * (row[i] + row[i]);
            }
            for (size_t r = next_bits(&seed) % n; r < n && count < RANKS;
                 r += 1 + next_bits(&seed) % 3 * (n / 8)) {
                ranks[count++] = r;
            }
            column.count = n;
            kernel->gather(&column, &source);
            kernel->select(&column, ranks, count, selected);
            qsort(sorted, n, sizeof *sorted, compare_doubles);
            assert_true(column.low == sorted[0] && column.high == sorted[n - 1]);
            for (size_t i = 0; i < count; i++) {
                assert_true(selected[i] == sorted[ranks[i]]);
            }
            double threshold = sorted[next_bits(&seed) % n];
            size_t above = 0;
            for (size_t i = 0; i < n; i++) {
                above += sorted[i] > threshold;
            }
            assert_int_equal(kernel->above(&column, threshold), above);
        }
    }
}

/* --- out of range ------------------------------------------------------------------------------
 */

/* Emissions that no member survives, and some that only the hottest do not. */
static void test_failures(void **state)
{
    (void)state;
    static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE};
    static const double percentiles[] = {50, 100};
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, "ssp370", 2200);
    long fossil = stk_calibration_find_species(calibration, stk_text_of("CO2 FFI"));
    double *row = scenario.values + fossil * scenario.input.year_count;
    stk_ensemble_options options = {.years = {1750, 2200},
                                    .variables = variables,
                                    .variable_count = 1,
                                    .percentiles = percentiles,
                                    .percentile_count = 2};
    for (int year = 2050; year <= 2200; year++) {
        row[year - 1750] = 400;
    }
    captured some = run(calibration, &scenario, 1, NULL, &options);
    assert_int_equal(some.status, STK_OK);
    assert_true(some.failed > 0 && some.failed < 841);
    for (size_t i = 0; i < some.percentile_size; i++) {
        assert_true(isfinite(some.percentiles[i]) && some.percentiles[i] < 25);
    }
    options.plain = true;
    captured plain = run(calibration, &scenario, 1, NULL, &options);
    assert_int_equal(plain.failed, some.failed);
    assert_int_equal(plain.first_failed, some.first_failed);
    options.plain = false;
    row[2050 - 1750] = 1e30;
    captured all = run(calibration, &scenario, 1, NULL, &options);
    assert_int_equal(all.status, STK_EDOMAIN);
    row[2050 - 1750] = NAN;
    captured refused = run(calibration, &scenario, 1, NULL, &options);
    assert_int_equal(refused.status, STK_EDATA);
    captured_free(&some);
    captured_free(&plain);
    captured_free(&all);
    captured_free(&refused);
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),           cmocka_unit_test(test_percentiles),
        cmocka_unit_test(test_random_parameters), cmocka_unit_test(test_physics),
        cmocka_unit_test(test_concentrations),    cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_failures),          cmocka_unit_test(test_select),
        cmocka_unit_test(test_shared_beginnings), cmocka_unit_test(test_statistics_years),
    };
    return cmocka_run_group_tests_name("climate ensemble", tests, NULL, NULL);
}
