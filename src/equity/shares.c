/** @file shares.c
 * @brief Shares of a budget or a pathway by people, adjusted for wealth and past emissions; after
 * Pelz et al. 2025, "Entry points for fair shares", written from the equations.
 */
#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "equity/equity_impl.h"
#include "equity/parameters.h"

/* ---- the rule in words ---- */

static const char *const kinds[] = {
    "budget_equal_per_capita",    "budget_adjusted", "budget_gini",
    "path_equal_per_capita",      "path_adjusted",   "path_convergence",
    "path_cumulative_convergence"};

static stk_status read_form(stk_text key, stk_text value, stk_equity_form *form, stk_error *error)
{
    *form = stk_text_equal(value, "asinh") ? STK_EQUITY_ASINH : STK_EQUITY_POWER;
    return *form == STK_EQUITY_ASINH || stk_text_equal(value, "power")
               ? STK_OK
               : parameters_refuse(key, value, "power or asinh", error);
}

static stk_status read_sigma(stk_text key, stk_text value, double *sigma, stk_error *error)
{
    *sigma = NAN;
    if (stk_text_equal(value, "None")) {
        return STK_OK;
    }
    stk_status status = parameters_number(key, value, sigma, error);
    return status != STK_OK || *sigma > 0
               ? status
               : parameters_refuse(key, value, "None or a number above 0", error);
}

static stk_status read_fixed(stk_text key, stk_text value, bool *fixed, stk_error *error)
{
    *fixed = stk_text_equal(value, "1");
    return *fixed || stk_text_equal(value, "0") ? STK_OK
                                                : parameters_refuse(key, value, "0 or 1", error);
}

static stk_status read_parameter(stk_text key, stk_text value, stk_equity_share_rule *rule,
                                 stk_error *error)
{
    return stk_text_equal(key, "start")      ? parameters_year(key, value, &rule->start, error)
           : stk_text_equal(key, "converge") ? parameters_year(key, value, &rule->converge, error)
           : stk_text_equal(key, "fixed")    ? read_fixed(key, value, &rule->fixed, error)
           : stk_text_equal(key, "form")     ? read_form(key, value, &rule->form, error)
           : stk_text_equal(key, "resp")
               ? parameters_number(key, value, &rule->responsibility, error)
           : stk_text_equal(key, "cap")   ? parameters_number(key, value, &rule->capability, error)
           : stk_text_equal(key, "sigma") ? read_sigma(key, value, &rule->sigma, error)
           : stk_text_equal(key, "floor") ? parameters_number(key, value, &rule->floor, error)
           : stk_text_equal(key, "speed")
               ? parameters_number(key, value, &rule->speed, error)
               : parameters_refuse(key, value,
                                   "start, converge, fixed, form, resp, cap, sigma, floor, speed",
                                   error);
}

stk_status stk_equity_share_parse(stk_text name, stk_text parameters, stk_equity_share_rule *rule,
                                  stk_error *error)
{
    enum { USUAL_START = 2015, USUAL_FROM = 1990, USUAL_CONVERGE = 2050 };
    stk_text key;
    stk_text value;
    int found = -1;
    for (int k = 0; k < (int)(sizeof kinds / sizeof *kinds); k++) {
        found = stk_text_equal(name, kinds[k]) ? k : found;
    }
    if (found < 0) {
        name = stk_text_cut(name, 60);
        return stk_error_set(error, STK_EARG,
                             "the case '%.*s' is refused; allowed: budget_equal_per_capita, "
                             "budget_adjusted, budget_gini, path_equal_per_capita, path_adjusted, "
                             "path_convergence, path_cumulative_convergence",
                             (int)name.size, name.data);
    }
    *rule = (stk_equity_share_rule){
        .start = USUAL_START, .from = USUAL_FROM, .converge = USUAL_CONVERGE, .sigma = NAN};
    memcpy(&rule->kind, &found, sizeof found);
    stk_status status = STK_OK;
    while (status == STK_OK && parameters_next(&parameters, &key, &value)) {
        status = read_parameter(key, value, rule, error);
    }
    return status;
}

/* ---- weights ---- */

/* How much a value takes off: a value that is not positive takes nothing. */
static double adjustment(double value, double exponent, stk_equity_form form)
{
    if (exponent == 0 || !(value > 0)) {
        return 1.0;
    }
    return stk_pow(form == STK_EQUITY_ASINH ? stk_asinh(value) : value, -exponent);
}

static double sum_of(const stk_equity *e, const double *values, size_t area, int from, int to)
{
    double sum = 0;
    for (int t = from; t <= to; t++) {
        sum += values[equity_at(e, area, t)];
    }
    return sum;
}

/* Emissions per head of the years before the start. */
static double past_per_head(const stk_equity *e, const stk_equity_share_rule *rule, size_t area)
{
    return sum_of(e, e->world.emissions_mt, area, rule->from, rule->start - 1) /
           sum_of(e, e->world.population, area, rule->from, rule->start - 1);
}

/* The weights, scaled to a sum of one. */
static void scale_weights(const stk_equity_share_rule *rule, double *responsibility,
                          double *capability)
{
    double sum = rule->responsibility + rule->capability;
    *responsibility = sum > 0 ? rule->responsibility / sum : 0.0;
    *capability = sum > 0 ? rule->capability / sum : 0.0;
}

/* People of a budget's years, each year with its own wealth. */
static double adjusted_people(const stk_equity *e, const stk_equity_share_rule *rule, size_t area)
{
    double responsibility;
    double capability;
    double sum = 0;
    scale_weights(rule, &responsibility, &capability);
    for (int t = rule->start; t <= e->world.last_year; t++) {
        size_t i = equity_at(e, area, t);
        double wealth = e->world.gdp[i] / e->world.population[i];
        sum += e->world.population[i] * adjustment(wealth, capability, rule->form);
    }
    return sum * adjustment(past_per_head(e, rule, area), responsibility, rule->form);
}

/* People of a year, with the wealth since the start. */
static double adjusted_year(const stk_equity *e, const stk_equity_share_rule *rule, size_t area,
                            int year)
{
    double responsibility;
    double capability;
    scale_weights(rule, &responsibility, &capability);
    double wealth = sum_of(e, e->world.gdp, area, rule->start, year) /
                    sum_of(e, e->world.population, area, rule->start, year);
    return e->world.population[equity_at(e, area, year)] *
           adjustment(wealth, capability, rule->form) *
           adjustment(past_per_head(e, rule, area), responsibility, rule->form);
}

/* Wealth without the income of people below the floor, of which at most 80 % are taken off. */
static double people_above_floor(const stk_equity *e, const stk_equity_share_rule *rule,
                                 size_t area)
{
    const double most = 0.8;
    double sum = 0;
    for (int t = rule->start; t <= e->world.last_year; t++) {
        size_t i = equity_at(e, area, t);
        double mean = e->world.gdp[i] / e->world.population[i];
        double below = stk_equity_incomes_of(mean, e->world.people_gini_pct[i], rule->floor)
                           .income_of_people_below;
        double left = mean * (1.0 - fmin(most, below));
        sum += e->world.population[i] * adjustment(left, 1.0, STK_EQUITY_POWER);
    }
    return sum;
}

/* ---- shares ---- */

static void normalise(double *shares, size_t count)
{
    double sum = 0;
    for (size_t a = 0; a < count; a++) {
        sum += shares[a];
    }
    for (size_t a = 0; a < count; a++) {
        shares[a] /= sum;
    }
}

/* Shares per head are limited to some standard deviations around the mean of all people. */
static void limit(const stk_equity *e, const stk_equity_share_rule *rule, double *shares)
{
    double people = 0;
    double variance = 0;
    for (size_t a = 0; a < e->world.count; a++) {
        people += sum_of(e, e->world.population, a, rule->start, e->world.last_year);
    }
    double mean = 1.0 / people;
    for (size_t a = 0; a < e->world.count; a++) {
        double own = sum_of(e, e->world.population, a, rule->start, e->world.last_year);
        double off = shares[a] / own - mean;
        variance += off * off * own / people;
    }
    double most = rule->sigma * sqrt(variance);
    for (size_t a = 0; a < e->world.count; a++) {
        double own = sum_of(e, e->world.population, a, rule->start, e->world.last_year);
        double per_head = fmax(mean - most, fmin(mean + most, shares[a] / own));
        shares[a] = per_head * own;
    }
    normalise(shares, e->world.count);
}

/* Emissions of the start turn into its people. */
static double converging(const stk_equity *e, const stk_equity_share_rule *rule, size_t area,
                         int year)
{
    double c = (double)(year - rule->start) / (double)(rule->converge - rule->start);
    double own = e->world.emissions_mt[equity_at(e, area, rule->start)];
    c = fmin(1.0, fmax(0.0, c));
    return (1.0 - c) * own / e->emissions_mt[equity_year(e, rule->start)] +
           c * equity_people(e, area, rule->start);
}

/* What there is to share: what was emitted, then the pathway while it is positive. */
static double total_mt(const stk_equity *e, int year)
{
    size_t y = equity_year(e, year);
    return year <= e->world.now ? e->emissions_mt[y] : fmax(0.0, e->world.world_mt[y]);
}

/* share(t+1) = share(t) + v (target - share(t)), where the target makes each area's part of the sum
 * that of its people. */
static double approaching(const stk_equity *e, const stk_equity_share_rule *rule, size_t area,
                          int year)
{
    int last = e->world.last_year;
    double first = e->world.emissions_mt[equity_at(e, area, rule->start)] /
                   e->emissions_mt[equity_year(e, rule->start)];
    double total = 0;
    double of_first = 0;
    double people = 0;
    for (int t = rule->start; t <= last; t++) {
        total += total_mt(e, t);
        of_first += total_mt(e, t) * stk_pow(1.0 - rule->speed, t - rule->start);
        people += e->population[equity_year(e, t)];
    }
    double goal = sum_of(e, e->world.population, area, rule->start, last) / people;
    double kept = of_first / total;
    double target = (goal - first * kept) / (1.0 - kept);
    return target + (first - target) * stk_pow(1.0 - rule->speed, year - rule->start);
}

static double weight_of(const stk_equity *e, const stk_equity_share_rule *rule, size_t area,
                        int year)
{
    switch (rule->kind) {
    case STK_SHARE_PER_CAPITA:
        return sum_of(e, e->world.population, area, rule->start,
                      rule->fixed ? rule->start : e->world.last_year);
    case STK_SHARE_ADJUSTED:
        return adjusted_people(e, rule, area);
    case STK_SHARE_GINI:
        return people_above_floor(e, rule, area);
    case STK_PATH_PER_CAPITA:
        return equity_people(e, area, year);
    case STK_PATH_ADJUSTED:
        return adjusted_year(e, rule, area, year);
    case STK_PATH_CONVERGENCE:
        return converging(e, rule, area, year);
    case STK_PATH_CUMULATIVE:
        break;
    }
    return approaching(e, rule, area, year);
}

static stk_status check_rule(const stk_equity *e, const stk_equity_share_rule *rule,
                             stk_error *error)
{
    const stk_equity_world *w = &e->world;
    if (rule->start < w->first_year || rule->start > w->now) {
        return stk_error_set(error, STK_EARG, "a start in %d is refused; allowed: %d to %d",
                             rule->start, w->first_year, w->now);
    }
    if (rule->kind == STK_SHARE_ADJUSTED || rule->kind == STK_PATH_ADJUSTED) {
        if (rule->from < w->first_year || rule->from >= rule->start) {
            return stk_error_set(error, STK_EARG,
                                 "responsibility from %d is refused; allowed: %d to %d", rule->from,
                                 w->first_year, rule->start - 1);
        }
    }
    if (!(rule->responsibility >= 0 && rule->capability >= 0 && rule->floor >= 0)) {
        return stk_error_set(error, STK_EARG,
                             "a weight or a floor below 0 is refused; allowed: 0 or more");
    }
    if (rule->kind == STK_PATH_CONVERGENCE && rule->converge <= rule->start) {
        return stk_error_set(error, STK_EARG, "convergence in %d is refused; allowed: after %d",
                             rule->converge, rule->start);
    }
    if (rule->kind == STK_PATH_CUMULATIVE && !(rule->speed > 0 && rule->speed <= 1)) {
        return stk_error_set(error, STK_EARG, "a speed of %g is refused; allowed: above 0, to 1",
                             rule->speed);
    }
    return STK_OK;
}

stk_status stk_equity_share(stk_equity *e, const stk_equity_share_rule *rule, int year,
                            double *shares, stk_error *error)
{
    bool by_income = rule->kind == STK_SHARE_GINI;
    stk_status status;
    STK_TRY(check_rule(e, rule, error));
    STK_TRY(equity_check_year(e, year, rule->start, error));
    if (by_income && e->world.people_area != NULL) {
        STK_FAIL(stk_error_set(error, STK_EARG, "areas of several peoples have no Gini index"));
    }
    for (size_t a = 0; a < e->world.count; a++) {
        shares[a] = weight_of(e, rule, a, year);
    }
    if (rule->kind != STK_PATH_CUMULATIVE) {
        normalise(shares, e->world.count);
    }
    if (rule->kind == STK_SHARE_ADJUSTED && !isnan(rule->sigma)) {
        limit(e, rule, shares);
    }
done:
    return status;
}
