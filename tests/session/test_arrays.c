/** @file test_arrays.c
 * @brief Scenarios in memory as one array, and the ensemble on it: the numbers of the runs on rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_support.h"

#define SCENARIO TEST_SOURCE_DIR "/climate/data/ssp245_emissions.csv"

enum { FIRST = 1750, YEARS = 351, MANY = 500, TABLE_FIRST = 1850, PERCENTILES = 7, P50 = 3 };

static double *make(size_t count)
{
    double *values = malloc((count + 1) * sizeof *values);
    assert_non_null(values);
    return values;
}

static size_t species_count(stk_session *s)
{
    size_t count = 0;
    while (stk_session_species(s, count, NULL) != NULL) {
        count++;
    }
    return count;
}

/* The rows of a file as an array, to be freed. */
static double *read_array(stk_session *s)
{
    size_t scenarios;
    const char *model;
    double *values = make(species_count(s) * YEARS);
    assert_done(s, stk_session_rows_read(s, SCENARIO));
    assert_done(s, stk_session_emissions(s, 0, FIRST, YEARS, NULL, &scenarios));
    assert_int_equal(scenarios, 1);
    assert_done(s, stk_session_emissions(s, 0, FIRST, YEARS, values, &scenarios));
    assert_string_equal(stk_session_scenario(s, 0, &model), "ssp245");
    assert_null(stk_session_scenario(s, 1, NULL));
    return values;
}

static stk_climate_call call_of(const double *values)
{
    return (stk_climate_call){.size = sizeof(stk_climate_call),
                              .first_year = FIRST,
                              .year_count = YEARS,
                              .scenario_count = 1,
                              .emissions = values};
}

static void test_rows_and_arrays(void **state)
{
    (void)state;
    int rows;
    stk_session *s = test_session();
    double *values = read_array(s);
    double *temperature = make((size_t)PERCENTILES * YEARS);
    stk_climate_call call = call_of(values);
    call.temperature = temperature;
    assert_done(s, stk_session_climate(s, &call));
    assert_done(s, stk_session_run(s, "climate", NULL, NULL, &rows, NULL));
    for (int p = 0; p < PERCENTILES; p++) {
        const double *theirs = stk_session_column(s, 3 + p, NULL, NULL, NULL);
        assert_non_null(theirs);
        assert_memory_equal(temperature + p * YEARS + (TABLE_FIRST - FIRST), theirs,
                            (size_t)rows * sizeof *theirs);
    }
    free(temperature);
    free(values);
    stk_session_close(s);
}

/* A run to the last year that rows may have: the years before are those of a shorter run. */
static void test_far_years(void **state)
{
    (void)state;
    enum { FAR = 2500 - FIRST + 1 };
    stk_session *s = test_session();
    double *values = read_array(s);
    size_t species = species_count(s);
    double *longer = make(species * FAR);
    double *short_k = make((size_t)PERCENTILES * YEARS);
    double *far_k = make((size_t)PERCENTILES * FAR);
    for (size_t i = 0; i < species * FAR; i++) {
        size_t y = i % FAR < YEARS ? i % FAR : YEARS - 1;
        longer[i] = values[i / FAR * YEARS + y];
    }
    stk_climate_call call = call_of(values);
    call.temperature = short_k;
    assert_done(s, stk_session_climate(s, &call));
    call = call_of(longer);
    call.year_count = FAR;
    call.temperature = far_k;
    assert_done(s, stk_session_climate(s, &call));
    for (size_t p = 0; p < PERCENTILES; p++) {
        assert_memory_equal(far_k + p * FAR, short_k + p * YEARS, YEARS * sizeof *far_k);
        assert_true(far_k[(p + 1) * FAR - 1] > short_k[(p + 1) * YEARS - 1]);
    }
    call.year_count = FAR + 1;
    assert_int_not_equal(stk_session_climate(s, &call), STK_DONE);
    assert_non_null(strstr(stk_session_message(s), "and none after 2500"));
    free(far_k);
    free(short_k);
    free(longer);
    free(values);
    stk_session_close(s);
}

/* One member's annual mean is the mean of its bounds, and so are percentiles over it alone. */
static void test_members(void **state)
{
    (void)state;
    static const char *const keys[] = {"co2", "temperature"};
    stk_session *s = test_session();
    const long member = stk_session_member(s, 5);
    double *values = read_array(s);
    double *annual = make((size_t)2 * PERCENTILES * YEARS);
    double *bounds = make((size_t)2 * (YEARS + 1));
    stk_climate_call call = call_of(values);
    call.members = &member;
    call.member_count = 1;
    call.variables = keys;
    call.variable_count = 2;
    call.percentile_values = annual;
    call.member_values = bounds;
    assert_done(s, stk_session_climate(s, &call));
    for (int v = 0; v < 2; v++) {
        const double *p50 = annual + (v * PERCENTILES + P50) * YEARS;
        const double *own = bounds + v * (YEARS + 1);
        for (int y = 0; y < YEARS; y++) {
            assert_true(fabs(p50[y] - (own[y] + own[y + 1]) / 2) <= 1e-12 * fabs(own[y]) + 1e-14);
        }
    }
    assert_true(annual[YEARS - 1] > 400 && bounds[2 * YEARS + 1] > 1);
    call.size = offsetof(stk_climate_call, members); /* a program of the version before */
    call.temperature = annual;
    assert_done(s, stk_session_climate(s, &call));
    assert_int_equal(stk_session_member(s, 100000), -1);
    free(bounds);
    free(annual);
    free(values);
    stk_session_close(s);
}

typedef struct told {
    int refused;
    int asked;
    int stop_at;
} told;

static void refuse(void *user, size_t scenario, const char *reason)
{
    ((told *)user)->refused += scenario == 1 && strstr(reason, "missing") != NULL;
}

static int ask(void *user, double share)
{
    told *t = user;
    t->asked++;
    return share > 0 && t->asked == t->stop_at;
}

/* A scenario that is refused does not end a run; the caller does. */
static void test_refused_and_cancelled(void **state)
{
    (void)state;
    told t = {.refused = 0};
    double peak[3 * PERCENTILES];
    stk_session *s = test_session();
    size_t size = species_count(s) * YEARS;
    double *one = read_array(s);
    double *values = make(3 * size);
    for (size_t i = 0; i < 3 * size; i++) {
        values[i] = i / size == 1 ? (double)NAN : one[i % size];
    }
    stk_climate_call call = call_of(values);
    call.scenario_count = 3;
    call.peak = peak;
    call.refused = refuse;
    call.progress = ask;
    call.user = &t;
    assert_int_equal(stk_session_climate(s, &call), STK_REFUSED_DATA);
    assert_int_equal(t.refused, 1);
    assert_int_equal(t.asked, 3);
    assert_true(isnan(peak[PERCENTILES]) && peak[0] > 1);
    assert_memory_equal(peak, peak + (ptrdiff_t)2 * PERCENTILES, PERCENTILES * sizeof *peak);
    t = (told){.stop_at = 1};
    assert_int_equal(stk_session_climate(s, &call), STK_CANCELLED);
    assert_int_equal(t.asked, 1);
    free(values);
    free(one);
    stk_session_close(s);
}

/* What is not given is NaN, unless it comes from the library; totals are no scenario. */
static void test_given(void **state)
{
    (void)state;
    static const int years[] = {2015, 2100};
    static const double co2[] = {35000, 0};
    size_t scenarios;
    size_t given = 0;
    stk_session *s = test_session();
    size_t species = species_count(s);
    double *values = make(species * MANY);
    assert_done(s, stk_session_rows(s, "m", "s", "Emissions|Kyoto Gases", "Mt CO2-equiv/yr", years,
                                    co2, 2));
    assert_int_equal(stk_session_emissions(s, 0, FIRST, YEARS, NULL, &scenarios),
                     STK_REFUSED_UNKNOWN);
    assert_int_equal(scenarios, 0);
    assert_done(s, stk_session_rows(s, "m", "s", "Emissions|CO2|Energy and Industrial Processes",
                                    "Mt CO2/yr", years, co2, 2));
    for (int fill = 0; fill < 2; fill++) {
        given = 0;
        assert_done(s, stk_session_emissions(s, fill, FIRST, YEARS, values, NULL));
        for (size_t k = 0; k < species; k++) {
            given += isnan(values[k * YEARS]) ? 0 : 1;
        }
        assert_true(fill ? given > 40 : given == 1);
    }
    assert_int_equal(stk_session_emissions(s, 0, 1749, YEARS, values, NULL), STK_REFUSED_ARGUMENT);
    assert_int_equal(stk_session_emissions(s, 0, 2400, YEARS, values, NULL), STK_REFUSED_ARGUMENT);
    assert_int_equal(stk_session_emissions(s, 0, FIRST, MANY, values, NULL), STK_REFUSED_ARGUMENT);
    assert_true(isnan(values[0]));
    assert_done(s, stk_session_rows_clear(s));
    assert_int_equal(stk_session_emissions(s, 0, FIRST, YEARS, values, &scenarios),
                     STK_REFUSED_ARGUMENT);
    free(values);
    stk_session_close(s);
}

static void test_outputs(void **state)
{
    (void)state;
    const char *name;
    const char *unit;
    assert_string_equal(stk_climate_output(0, &name, &unit), "temperature");
    assert_string_equal(unit, "K");
    assert_null(stk_climate_output(-1, NULL, NULL));
    assert_null(stk_climate_output(1000, NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_and_arrays), cmocka_unit_test(test_far_years),
        cmocka_unit_test(test_members),         cmocka_unit_test(test_refused_and_cancelled),
        cmocka_unit_test(test_given),           cmocka_unit_test(test_outputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
