/** @file test_properties.c
 * @brief What holds of fair shares on every world: sums, debts, limits; and what is refused.
 */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AREAS = 5, FIRST = 1900, LAST = 2100, NOW = 2020, YEARS = LAST - FIRST + 1, WORLDS = 12 };

typedef struct invented {
    double population[AREAS * YEARS];
    double gdp[AREAS * YEARS];
    double emissions[AREAS * YEARS];
    double gini[AREAS * YEARS];
    double world[YEARS];
    stk_equity_world plain;
    stk_equity *opened;
} invented;

static const char *const codes[AREAS] = {"AAA", "BBB", "CCC", "DDD", "EEE"};

static void fill(invented *w, test_random *random)
{
    memset(w, 0, sizeof *w);
    for (int a = 0; a < AREAS; a++) {
        double people = test_random_between(random, 1, 1000);
        double wealth = test_random_between(random, 800, 60000);
        double intensity = test_random_between(random, 0.0001, 0.001);
        double gini = test_random_between(random, 20, 65);
        double growth = test_random_between(random, -0.004, 0.02);
        for (int i = 0; i < YEARS; i++) {
            size_t at = (size_t)(a * YEARS + i);
            w->population[at] = people * exp(growth * (i - NOW + FIRST));
            w->gdp[at] = w->population[at] * wealth * exp(0.01 * (i - NOW + FIRST));
            w->emissions[at] = w->gdp[at] * intensity * test_random_between(random, 0.9, 1.1);
            w->gini[at] = gini + test_random_between(random, -2, 2);
        }
    }
    for (int i = 0; i < YEARS; i++) {
        for (int a = 0; a < AREAS; a++) {
            w->world[i] += w->emissions[a * YEARS + i];
        }
        w->world[i] *= i <= NOW - FIRST ? 1.0 : exp(-0.03 * (i - NOW + FIRST));
    }
}

static void open_world(invented *w)
{
    stk_error error;
    w->plain = (stk_equity_world){.first_year = FIRST,
                                  .last_year = LAST,
                                  .now = NOW,
                                  .count = AREAS,
                                  .codes = codes,
                                  .population = w->population,
                                  .gdp = w->gdp,
                                  .emissions_mt = w->emissions,
                                  .world_mt = w->world,
                                  .people_gini_pct = w->gini};
    assert_ok(stk_equity_open(&w->plain, &w->opened, &error), &error);
}

/* Do something with a number of random worlds, always the same. */
static void each_world(void (*check)(invented *w, test_random *random))
{
    test_random random = {20261130};
    invented *w = malloc(sizeof *w);
    assert_non_null(w);
    for (int i = 0; i < WORLDS; i++) {
        fill(w, &random);
        open_world(w);
        check(w, &random);
        stk_equity_free(w->opened);
    }
    free(w);
}

static void allocate(const invented *w, const char *method, const char *parameters, int year,
                     double mt[AREAS])
{
    stk_error error;
    stk_equity_rule rule;
    assert_ok(stk_equity_rule_parse(stk_text_of(method), stk_text_of(parameters), &rule, &error),
              &error);
    assert_ok(stk_equity_allocate(w->opened, &rule, year, mt, &error), &error);
}

static double sum(const double mt[AREAS])
{
    return mt[0] + mt[1] + mt[2] + mt[3] + mt[4];
}

/* ---- sums ---- */

static void check_sums(invented *w, test_random *random)
{
    static const char *const rules[][2] = {{"grandfathering", ""},
                                           {"per_capita", "population=fixed"},
                                           {"per_capita", ""},
                                           {"convergence", "converge=2040"},
                                           {"ecpc", "from=1900;converge=2060"},
                                           {"ecpc", "from=1990;discount=2"},
                                           {"ability_to_pay", ""},
                                           {"gdr", "from=1950;threshold=9250"},
                                           {"gdr", "responsibility=1;smooth=yes"},
                                           {"gdr", "fade=2030-2100"},
                                           {"adjusted", ""},
                                           {"adjusted", "from=1950;responsibility=1"}};
    (void)random;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        for (int year = NOW; year <= LAST; year += 13) {
            double mt[AREAS];
            allocate(w, rules[r][0], rules[r][1], year, mt);
            assert_close(sum(mt), w->world[year - FIRST], 1e-9);
        }
    }
}

static void all_rules_add_up(void **state)
{
    (void)state;
    each_world(check_sums);
}

/* ---- debts ---- */

/* Emissions since the start, each year's less the area's share by people: nothing at the end. */
static void check_debts(invented *w, test_random *random)
{
    const int from = 1950;
    const int end = 2080;
    (void)random;
    for (int a = 0; a < AREAS; a++) {
        double owed = 0;
        double scale = 0;
        for (int year = from; year <= end; year++) {
            double mt[AREAS];
            double people = 0;
            double total = 0;
            for (int b = 0; b < AREAS; b++) {
                people += w->population[b * YEARS + year - FIRST];
                total += w->emissions[b * YEARS + year - FIRST];
                mt[b] = w->emissions[b * YEARS + year - FIRST];
            }
            if (year > NOW) {
                allocate(w, "ecpc", "from=1950;converge=2080", year, mt);
                total = sum(mt);
            }
            owed += total * w->population[a * YEARS + year - FIRST] / people - mt[a];
            scale += fabs(total);
        }
        assert_true(fabs(owed) < 1e-9 * scale);
    }
}

static void no_debt_is_left(void **state)
{
    (void)state;
    each_world(check_debts);
}

/* Convergence in the next year is sharing by people. */
static void check_convergence(invented *w, test_random *random)
{
    double now[AREAS];
    double at_once[AREAS];
    (void)random;
    for (int year = NOW + 1; year <= LAST; year += 17) {
        allocate(w, "convergence", "converge=2021", year, at_once);
        allocate(w, "per_capita", "", year, now);
        for (int a = 0; a < AREAS; a++) {
            assert_close(at_once[a], now[a], 1e-12);
        }
    }
    allocate(w, "convergence", "", NOW, at_once);
    allocate(w, "grandfathering", "", NOW, now);
    for (int a = 0; a < AREAS; a++) {
        assert_close(at_once[a], now[a], 1e-12);
    }
}

static void convergence_has_both_ends(void **state)
{
    (void)state;
    each_world(check_convergence);
}

/* ---- the equations, word by word ---- */

static double at(const double *values, int a, int year)
{
    return values[a * YEARS + year - FIRST];
}

static double total(const double *values, int year)
{
    double all = 0;
    for (int a = 0; a < AREAS; a++) {
        all += at(values, a, year);
    }
    return all;
}

static double by_people(const invented *w, int a, int year)
{
    return at(w->population, a, year) / total(w->population, year) * w->world[year - FIRST];
}

static double converging(const invented *w, int a, int year, int end)
{
    double c = year >= end ? 1.0 : (double)(year - NOW) / (end - NOW);
    return (1 - c) * at(w->emissions, a, NOW) / total(w->emissions, NOW) * w->world[year - FIRST] +
           c * by_people(w, a, year);
}

/* Debts with their discount, paid by half a sine. */
static double plain_ecpc(const invented *w, int a, int year, int from, double discount, int end)
{
    double owed = 0;
    double sines = 0;
    for (int t = from; t <= NOW; t++) {
        double fair = at(w->population, a, t) / total(w->population, t) * total(w->emissions, t);
        owed += pow(1 - discount, NOW - t) * (fair - at(w->emissions, a, t));
    }
    for (int t = NOW + 1; t <= end; t++) {
        owed += by_people(w, a, t) - converging(w, a, t, end);
        sines += t < end ? sin(acos(-1) * (t - NOW) / (end - NOW)) : 0;
    }
    double sine = year < end ? sin(acos(-1) * (year - NOW) / (end - NOW)) : 0;
    return converging(w, a, year, end) + owed * sine / sines;
}

static double plain_index(const invented *w, int a, int year, int from, double threshold)
{
    double own[2] = {0};
    double all[2] = {0};
    for (int b = 0; b < AREAS; b++) {
        double responsible = 0;
        double above = 1;
        for (int t = from; t <= year; t++) {
            double mean = at(w->gdp, b, t) / at(w->population, b, t);
            above = stk_equity_incomes_of(mean, at(w->gini, b, t), threshold).income_above;
            responsible += above * at(w->emissions, b, t);
        }
        responsible = fmax(0, responsible);
        all[0] += above * at(w->gdp, b, year);
        all[1] += responsible;
        own[0] = b == a ? above * at(w->gdp, b, year) : own[0];
        own[1] = b == a ? responsible : own[1];
    }
    return 0.3 * own[1] / all[1] + 0.7 * own[0] / all[0];
}

/* People, times powers of what a head emitted before the last year of data and has had since; a
 * sink emitted nothing that counts. */
static double plain_adjusted(const invented *w, int a, int year)
{
    double all = 0;
    double own = 0;
    for (int b = 0; b < AREAS; b++) {
        double emitted = 0;
        double heads[2] = {0};
        double had = 0;
        for (int t = 1950; t <= year; t++) {
            emitted += t < NOW ? at(w->emissions, b, t) : 0;
            had += t < NOW ? 0 : at(w->gdp, b, t);
            heads[t < NOW ? 0 : 1] += at(w->population, b, t);
        }
        double weight = at(w->population, b, year) * pow(had / heads[1], -0.7) *
                        (emitted > 0 ? pow(emitted / heads[0], -0.3) : 1);
        all += weight;
        own = b == a ? weight : own;
    }
    return own / all * w->world[year - FIRST];
}

/* One area is a sink, and years are asked for in no order. */
static void check_equations(invented *w, test_random *random)
{
    static const int years[] = {2060, 2021, 2095, 2035};
    stk_equity_free(w->opened);
    for (int i = 0; i < YEARS; i++) {
        w->emissions[4 * YEARS + i] *= -0.1;
        w->world[i] = i <= NOW - FIRST ? total(w->emissions, FIRST + i) : w->world[i];
    }
    open_world(w);
    (void)random;
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        double ecpc[AREAS];
        double early[AREAS];
        double gdr[AREAS];
        double adjusted[AREAS];
        int year = years[i];
        double scale = 1e-9 * w->world[year - FIRST];
        double cut = total(w->emissions, year) - w->world[year - FIRST];
        allocate(w, "ecpc", "from=1950;discount=2;converge=2080", year, ecpc);
        allocate(w, "ecpc", "from=1900;converge=2050", year, early);
        allocate(w, "gdr", "from=1950;threshold=9250;responsibility=0.3", year, gdr);
        allocate(w, "adjusted", "from=1950;responsibility=0.3", year, adjusted);
        for (int a = 0; a < AREAS; a++) {
            double index = plain_index(w, a, year, 1950, 9250);
            double debt = fabs(plain_ecpc(w, a, 2040, 1900, 0, 2050));
            assert_true(fabs(ecpc[a] - plain_ecpc(w, a, year, 1950, 0.02, 2080)) <
                        scale + 1e-9 * fabs(ecpc[a]));
            assert_true(fabs(early[a] - plain_ecpc(w, a, year, 1900, 0, 2050)) <
                        scale + 1e-9 * debt);
            assert_true(fabs(adjusted[a] - plain_adjusted(w, a, year)) < scale);
            assert_true(fabs(gdr[a] - at(w->emissions, a, year) + index * cut) <
                        scale + 1e-9 * fabs(cut));
        }
    }
}

static void rules_are_their_equations(void **state)
{
    (void)state;
    each_world(check_equations);
}

/* ---- incomes ---- */

static void incomes_have_their_limits(void **state)
{
    (void)state;
    for (int gini = 5; gini < 99; gini += 7) {
        stk_equity_incomes none = stk_equity_incomes_of(5000, gini, 0);
        stk_equity_incomes little = stk_equity_incomes_of(5000, gini, 1e-9);
        assert_close(none.income_above, 1, 1e-15);
        assert_close(little.income_above, 1, 1e-9);
        assert_close(little.people_above, 1, 1e-9);
    }
    /* everybody has the same: what lies above the threshold, or nothing */
    assert_close(stk_equity_incomes_of(10000, 1e-3, 7500).income_above, 0.25, 1e-9);
    assert_true(stk_equity_incomes_of(7000, 1e-3, 7500).income_above < 1e-12);
}

/* Another currency changes no share. */
static void check_money(invented *w, test_random *random)
{
    double before[AREAS];
    double after[AREAS];
    char rule[100];
    double rate = test_random_between(random, 0.01, 100);
    allocate(w, "gdr", "from=1950;threshold=9250", 2045, before);
    stk_equity_free(w->opened);
    for (size_t i = 0; i < (size_t)AREAS * YEARS; i++) {
        w->gdp[i] *= rate;
    }
    open_world(w);
    snprintf(rule, sizeof rule, "from=1950;threshold=%.17g", 9250.0 * rate);
    allocate(w, "gdr", rule, 2045, after);
    for (int a = 0; a < AREAS; a++) {
        assert_true(fabs(after[a] - before[a]) < 1e-9 * w->world[2045 - FIRST]);
    }
}

static void money_has_no_unit(void **state)
{
    (void)state;
    each_world(check_money);
}

/* A union of two peoples is as capable and responsible as they are alone. */
static void check_union(invented *w, test_random *random)
{
    static const size_t area_of[AREAS] = {0, 1, 2, 3, 3};
    stk_error error;
    stk_equity *joint;
    stk_equity_rule rule;
    double alone[AREAS];
    double together[AREAS];
    invented *sums = malloc(sizeof *sums);
    (void)random;
    assert_non_null(sums);
    *sums = *w;
    for (int i = 0; i < YEARS; i++) {
        sums->population[3 * YEARS + i] += w->population[4 * YEARS + i];
        sums->gdp[3 * YEARS + i] += w->gdp[4 * YEARS + i];
        sums->emissions[3 * YEARS + i] += w->emissions[4 * YEARS + i];
    }
    sums->plain.count = 4;
    sums->plain.population = sums->population;
    sums->plain.gdp = sums->gdp;
    sums->plain.emissions_mt = sums->emissions;
    sums->plain.people_count = AREAS;
    sums->plain.people_area = area_of;
    sums->plain.people_population = w->population;
    sums->plain.people_gdp = w->gdp;
    sums->plain.people_emissions_mt = w->emissions;
    assert_ok(stk_equity_open(&sums->plain, &joint, &error), &error);
    assert_ok(
        stk_equity_rule_parse(stk_text_of("gdr"), stk_text_of("threshold=9250"), &rule, &error),
        &error);
    assert_ok(stk_equity_allocate(joint, &rule, 2040, together, &error), &error);
    allocate(w, "gdr", "threshold=9250", 2040, alone);
    assert_true(fabs(together[0] - alone[0]) < 1e-9 * w->world[2040 - FIRST]);
    assert_true(fabs(together[3] - alone[3] - alone[4]) < 1e-9 * w->world[2040 - FIRST]);
    stk_equity_free(joint);
    free(sums);
}

static void unions_are_sums(void **state)
{
    (void)state;
    each_world(check_union);
}

/* ---- ratings ---- */

static void check_rating(invented *w, test_random *random)
{
    static const double warming[] = {1.3, 2, 3, 4.2};
    double mt[4];
    stk_error error;
    stk_equity_readings *readings;
    stk_equity_rating r;
    stk_equity_grid grid = stk_equity_grid_usual(9250);
    for (size_t i = 0; i < grid.count; i++) { /* this world begins in 1900 */
        grid.rules[i].from = grid.rules[i].from == 1850 ? 1900 : grid.rules[i].from;
    }
    for (int i = 0; i < 4; i++) {
        mt[i] = w->world[2035 - FIRST] * (1.0 + i);
    }
    const stk_equity_theta theta = {4, warming, mt};
    assert_ok(stk_equity_readings_make(w->opened, &grid, 2035, (stk_equity_rest){5, 9}, &readings,
                                       &error),
              &error);
    for (size_t a = 0; a < AREAS; a++) {
        double before = 101;
        assert_ok(stk_equity_rate(readings, a, 0, &theta, &r, &error), &error);
        double lo = r.lo_mt;
        double hi = r.hi_mt;
        assert_ok(stk_equity_rate(readings, a, lo, &theta, &r, &error), &error);
        assert_true(fabs(r.position) < 1e-12);
        assert_ok(stk_equity_rate(readings, a, hi, &theta, &r, &error), &error);
        assert_close(r.position, 1, 1e-12);
        for (int i = 0; i < 40; i++) {
            double level = lo + (hi - lo) * (i - 10) / 15.0;
            assert_ok(stk_equity_rate(readings, a, level, &theta, &r, &error), &error);
            assert_true(r.met_percent <= before + 1e-9);
            assert_true(r.implied_warming_k >= 1.3 && r.implied_warming_k <= 4.2);
            before = r.met_percent;
        }
        assert_int_equal(r.readings, 16);
        assert_int_equal(r.method_count, 5);
    }
    (void)random;
    stk_equity_readings_free(readings);
}

static void ratings_are_ordered(void **state)
{
    (void)state;
    each_world(check_rating);
}

static void theta_is_limited_and_passes_over_falls(void **state)
{
    (void)state;
    static const double k[] = {1.3, 1.4, 1.6, 2, 4.2};
    static const double mt[] = {10, 9, 20, 30, 50};
    const stk_equity_theta theta = {5, k, mt};
    assert_close(stk_equity_theta_k(&theta, 0), 1.3, 1e-15);
    assert_close(stk_equity_theta_k(&theta, 15), 1.45, 1e-15);
    assert_close(stk_equity_theta_k(&theta, 40), 3.1, 1e-15);
    assert_close(stk_equity_theta_k(&theta, 99), 4.2, 1e-15);
    assert_close(stk_equity_theta_mt(&theta, 3.1), 40, 1e-15);
    assert_nan(stk_equity_theta_mt(&theta, 5));
}

/* ---- budgets ---- */

static void budgets_are_used_up(void **state)
{
    (void)state;
    for (int budget = 50; budget < 1400; budget += 119) {
        double rate;
        stk_error error;
        double used = 0;
        double straight = 0;
        assert_ok(stk_equity_budget_decay(budget, 40, 2025, 2100, &rate, &error), &error);
        for (int year = 2025; year <= 2100; year++) {
            used += stk_equity_budget_decay_level(40, rate, 2025, 2100, year);
        }
        assert_close(used, budget, 1e-9);
        double left = budget;
        double cut = stk_equity_budget_cut_pct(budget, 40) / 100.0;
        assert_close(cut, 1.0 - exp(-40 / left), 1e-12);
        for (int year = 2025; year < 2400; year++) {
            straight += stk_equity_budget_linear_mt(budget, 40, 2025, year);
        }
        /* whole years: the last one is cut short */
        assert_true(fabs(straight - budget) <=
                    40.0 / 8.0 / fmax(0.1, 2.0 * budget / 40.0 - 1.0) + 1e-9);
    }
    double rate;
    stk_error error;
    assert_int_equal(stk_equity_budget_decay(1521, 40, 2025, 2100, &rate, &error), STK_EDOMAIN);
    assert_int_equal(stk_equity_budget_decay(30, 40, 2025, 2100, &rate, &error), STK_EDOMAIN);
}

/* ---- refusals ---- */

static void refuse_rule(const invented *w, const char *method, const char *parameters,
                        const char *needle)
{
    stk_error error = {.status = STK_OK};
    stk_equity_rule rule;
    double mt[AREAS];
    stk_status status =
        stk_equity_rule_parse(stk_text_of(method), stk_text_of(parameters), &rule, &error);
    if (status == STK_OK) {
        status = stk_equity_allocate(w->opened, &rule, 2030, mt, &error);
    }
    assert_true(status == STK_EARG || status == STK_EDOMAIN);
    assert_has(error.message, needle);
}

static void refuse_number(invented *w, double *at, double value, const char *needle)
{
    stk_error error;
    stk_equity *opened;
    double before = *at;
    *at = value;
    assert_int_equal(stk_equity_open(&w->plain, &opened, &error), STK_EDATA);
    assert_null(opened);
    assert_has(error.message, needle);
    *at = before;
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    test_random random = {7};
    invented *w = malloc(sizeof *w);
    assert_non_null(w);
    fill(w, &random);
    open_world(w);
    refuse_rule(w, "per_head", "", "'per_head' is refused; allowed: grandfathering");
    refuse_rule(w, "ecpc", "until=1990", "'until=1990' is refused");
    refuse_rule(w, "ecpc", "from=1850", "from 1850 is refused; allowed: 1900 to 2020");
    refuse_rule(w, "adjusted", "from=2020", "2020 is refused; allowed: 1900 to 2019, the last");
    refuse_rule(w, "convergence", "converge=2020", "2020 is refused; allowed: 2021 to 2100");
    refuse_rule(w, "ecpc", "discount=100", "100 % a year is refused");
    refuse_rule(w, "ecpc", "discount=-1", "-1 % a year is refused");
    refuse_rule(w, "gdr", "responsibility=1.5", "1.5 is refused; allowed: 0 to 1");
    refuse_rule(w, "gdr", "threshold=-5", "-5 is refused");
    refuse_rule(w, "gdr", "threshold=1e300", "no income lies above the threshold");
    refuse_number(w, &w->population[7], 0, "AAA in 1907: population 0 is refused");
    refuse_number(w, &w->gdp[YEARS], NAN, "BBB in 1900: GDP that is missing is refused");
    refuse_number(w, &w->gini[YEARS + 1], 100, "a Gini index of 100 is refused");
    refuse_number(w, &w->emissions[3], INFINITY, "AAA in 1903: emissions");
    refuse_number(w, &w->world[0], NAN, "the world's level in 1900 is missing");
    stk_equity_free(w->opened);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_rules_add_up),
                                       cmocka_unit_test(no_debt_is_left),
                                       cmocka_unit_test(convergence_has_both_ends),
                                       cmocka_unit_test(rules_are_their_equations),
                                       cmocka_unit_test(incomes_have_their_limits),
                                       cmocka_unit_test(money_has_no_unit),
                                       cmocka_unit_test(unions_are_sums),
                                       cmocka_unit_test(ratings_are_ordered),
                                       cmocka_unit_test(theta_is_limited_and_passes_over_falls),
                                       cmocka_unit_test(budgets_are_used_up),
                                       cmocka_unit_test(what_cannot_be_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
