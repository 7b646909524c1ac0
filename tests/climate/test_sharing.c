/** @file test_sharing.c
 * @brief Scenarios that share years with the one before: every result is that of the scenario
 * alone, bit for bit, under random options.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 1750,
    LAST = 2060,
    YEARS = LAST - FIRST + 1,
    SCENARIOS = 12,
    MEMBERS_MAX = 45,
    VARIABLES_MAX = 6,
    LEVELS_MAX = 4,
    ROUNDS = 24
};

/* All that is handed out of one scenario. */
typedef struct outcome {
    stk_status status;
    size_t used_count;
    size_t failed_count;
    long failed[MEMBERS_MAX];
    double percentiles[VARIABLES_MAX * LEVELS_MAX * (YEARS + 1)];
    double exceedance[LEVELS_MAX * (YEARS + 1)];
    double exceedance_ever[LEVELS_MAX];
    double peaks[2 * LEVELS_MAX];
    double series[VARIABLES_MAX * (YEARS + 1) * MEMBERS_MAX];
} outcome;

typedef struct batch {
    const stk_ensemble_options *options;
    const test_scenario *inputs;
    size_t first; /* of the inputs */
    outcome *outcomes;
} batch;

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const batch *b = user;
    const stk_climate_input *input = &b->inputs[b->first + scenario].input;
    (void)error;
    for (size_t s = 0; s < rows->species_count; s++) {
        rows->emissions_given[s] = input->emissions[s] != NULL;
        if (input->emissions[s] != NULL) {
            memcpy(rows->emissions[s], input->emissions[s], YEARS * sizeof(double));
        }
        rows->concentrations_given[s] =
            input->concentrations != NULL && input->concentrations[s] != NULL;
        if (rows->concentrations_given[s]) {
            memcpy(rows->concentrations[s], input->concentrations[s], (YEARS + 1) * sizeof(double));
        }
    }
    return STK_OK;
}

static void copy(double *to, const double *from, size_t count)
{
    if (from != NULL && count > 0) {
        memcpy(to, from, count * sizeof *to);
    }
}

static stk_status accept(void *user, const stk_ensemble_result *r, stk_error *error)
{
    const batch *b = user;
    const stk_ensemble_options *o = b->options;
    outcome *out = &b->outcomes[b->first + r->scenario];
    size_t count = (size_t)r->count;
    (void)error;
    memset(out, 0, sizeof *out);
    out->status = r->status;
    if (r->status != STK_OK) {
        return STK_OK;
    }
    out->used_count = r->used_count;
    out->failed_count = r->failed_count;
    memcpy(out->failed, r->failed, r->failed_count * sizeof *r->failed);
    copy(out->percentiles, r->percentiles, o->variable_count * o->percentile_count * count);
    copy(out->exceedance, r->exceedance, o->threshold_count * count);
    copy(out->exceedance_ever, r->exceedance_ever, o->threshold_count);
    copy(out->peaks, r->peak_temperature, o->percentile_count);
    copy(out->peaks + LEVELS_MAX, r->peak_year, o->percentile_count);
    for (size_t i = 0; r->series != NULL && i < o->variable_count * r->bound_count; i++) {
        const double *row = r->series[i / r->bound_count] + i % r->bound_count * r->stride;
        for (size_t m = 0; m < o->member_count; m++) { /* a failed member's are no result */
            out->series[i * MEMBERS_MAX + m] = r->member_failed[m] ? 0 : row[m];
        }
    }
    return STK_OK;
}

static void run(const stk_calibration *calibration, const stk_ensemble_options *options,
                stk_ensemble *kept, batch *b, size_t first, size_t count)
{
    stk_error error = {0};
    stk_ensemble_job job = {count, fill, accept, b};
    b->first = first;
    stk_status status = kept != NULL ? stk_ensemble_run_kept(kept, &job, &error)
                                     : stk_ensemble_run(calibration, options, &job, &error);
    if (status != STK_OK) {
        fail_msg("%s", error.message);
    }
}

/* --- random inputs ---------------------------------------------------------------------------- */

static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static int between(uint64_t *state, int low, int high)
{
    return low + (int)(next_bits(state) % (uint64_t)(high - low + 1));
}

/* A scenario that leaves the history in some year, by some species: a little, so much that the
 * hottest members leave the model's range, so much that all do, or it is refused. */
static void change(test_scenario *scenario, const stk_calibration *calibration, uint64_t *seed)
{
    static const char *const names[] = {"CO2 FFI", "CO2 FFI", "CH4", "N2O", "Sulfur", "CFC-12"};
    int kind = between(seed, 0, 9);
    bool many = kind < 2; /* of CO2, early enough to count */
    const char *name = many ? "CO2 FFI" : names[between(seed, 0, 5)];
    long species = stk_calibration_find_species(calibration, stk_text_of(name));
    double *row = scenario->values + species * YEARS;
    int leaves = kind == 9 ? FIRST : between(seed, many ? 1880 : 2000, many ? 1930 : LAST + 1);
    double more = kind == 0 ? 100 * between(seed, 5, 40) : 0; /* Gt CO2 a year */
    double factor = kind == 0 ? 1 : kind == 1 ? 1e30 : 0.5 + 0.25 * between(seed, 0, 4);
    for (int year = leaves; year <= LAST; year++) {
        row[year - FIRST] = row[year - FIRST] * factor + more;
    }
    if (kind == 2) {
        row[YEARS - 3] = NAN;
    }
}

typedef struct choice {
    stk_ensemble_options options;
    size_t members[MEMBERS_MAX];
    stk_climate_variable variables[VARIABLES_MAX];
    double percentiles[LEVELS_MAX];
    double thresholds_k[LEVELS_MAX];
} choice;

static stk_years some_years(uint64_t *seed)
{
    int first = between(seed, 0, 1) == 0 ? between(seed, FIRST, 1900) : between(seed, 1990, LAST);
    int last = first + between(seed, 0, 50);
    return (stk_years){first, last < LAST ? last : LAST};
}

static void choose(choice *c, uint64_t *seed)
{
    stk_ensemble_options *o = &c->options;
    size_t isas = 0;
    memset(c, 0, sizeof *c);
    *o = (stk_ensemble_options){.members = c->members,
                                .member_count = (size_t)between(seed, 1, MEMBERS_MAX),
                                .years = {FIRST, LAST},
                                .variables = c->variables,
                                .variable_count = (size_t)between(seed, 1, VARIABLES_MAX),
                                .percentiles = c->percentiles,
                                .percentile_count = (size_t)between(seed, 0, LEVELS_MAX),
                                .thresholds_k = c->thresholds_k,
                                .threshold_count = (size_t)between(seed, 0, LEVELS_MAX),
                                .at_bounds = between(seed, 0, 1) == 0,
                                .keep_members = between(seed, 0, 1) == 0,
                                .threads = between(seed, 1, 3)};
    for (size_t m = 0; m < o->member_count; m++) {
        c->members[m] = m * 18 + (size_t)between(seed, 0, 17);
    }
    for (size_t v = 0; v < o->variable_count; v++) {
        c->variables[v] = (stk_climate_variable)between(seed, 0, STK_CLIMATE_VARIABLE_COUNT - 1);
    }
    if (between(seed, 0, 3) > 0) {
        c->variables[0] = STK_CLIMATE_TEMPERATURE;
    }
    for (int i = 0; i < LEVELS_MAX; i++) {
        c->percentiles[i] = between(seed, 0, 40) * 2.5;
        c->thresholds_k[i] = 0.5 * between(seed, -1, 6);
    }
    o->physics.stochastic = between(seed, 0, 2) == 0;
    o->physics.physics = between(seed, 0, 2) == 0 ? STK_PHYSICS_CORRECTED : STK_PHYSICS_REFERENCE;
    o->reference = between(seed, 0, 3) > 0 ? some_years(seed) : o->reference;
    o->anchor = between(seed, 0, 3) == 0 ? some_years(seed) : o->anchor;
    o->anchor_k = 0.85;
    o->peak = between(seed, 0, 1) == 0 ? some_years(seed) : o->peak;
    o->statistics = between(seed, 0, 2) == 0 ? some_years(seed) : o->statistics;
    while (stk_ensemble_isa(isas) != NULL) {
        isas++;
    }
    o->isa = stk_ensemble_isa((size_t)between(seed, 0, (int)isas - 1));
}

/* --- the property ----------------------------------------------------------------------------- */

static void check_round(const stk_calibration *calibration, int round, size_t statuses[3])
{
    static outcome together[SCENARIOS];
    static outcome stays[SCENARIOS];
    static outcome alone[SCENARIOS];
    uint64_t seed = 1000 + (uint64_t)round;
    stk_ensemble *kept;
    choice c;
    test_scenario inputs[SCENARIOS];
    for (size_t i = 0; i < SCENARIOS; i++) {
        inputs[i] = test_scenario_read(calibration, "ssp245", LAST);
        change(&inputs[i], calibration, &seed);
    }
    choose(&c, &seed);
    batch b = {.options = &c.options, .inputs = inputs};
    assert_int_equal(stk_ensemble_open(calibration, &c.options, &kept, NULL), STK_OK);
    b.outcomes = together;
    run(calibration, &c.options, NULL, &b, 0, SCENARIOS);
    b.outcomes = stays;
    for (size_t i = 0; i < SCENARIOS; i += 3) {
        run(calibration, &c.options, kept, &b, i, 3);
    }
    b.outcomes = alone;
    for (size_t i = 0; i < SCENARIOS; i++) {
        run(calibration, &c.options, NULL, &b, i, 1);
        if (memcmp(&together[i], &alone[i], sizeof alone[i]) != 0 ||
            memcmp(&stays[i], &alone[i], sizeof alone[i]) != 0) {
            fail_msg("round %d, scenario %zu: not what it is alone", round, i);
        }
        statuses[alone[i].status != STK_OK ? 2 : alone[i].failed_count > 0 ? 1 : 0]++;
    }
    stk_ensemble_close(kept);
    for (size_t i = 0; i < SCENARIOS; i++) {
        test_scenario_free(&inputs[i]);
    }
}

static void test_random_options(void **state)
{
    (void)state;
    size_t statuses[3] = {0};
    stk_calibration *calibration = test_calibration();
    for (int round = 0; round < ROUNDS; round++) {
        check_round(calibration, round, statuses);
    }
    print_message("%zu scenarios of all members, %zu with members left out, %zu without result\n",
                  statuses[0], statuses[1], statuses[2]);
    assert_true(statuses[0] > 0 && statuses[1] > 0 && statuses[2] > 0);
    stk_calibration_free(calibration);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_options),
    };
    return cmocka_run_group_tests_name("shared years", tests, NULL, NULL);
}
