/** @file allocate.c
 * @brief The levels of all areas in a year, by each rule. Equations: docs/fairness.md.
 */
#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "equity/equity_impl.h"

static double shared_mt(const stk_equity *e, int year)
{
    return e->world.world_mt[equity_year(e, year)];
}

static double grandfathered(const stk_equity *e, size_t area, int year)
{
    int now = e->world.now;
    return e->world.emissions_mt[equity_at(e, area, now)] / e->emissions_mt[equity_year(e, now)] *
           shared_mt(e, year);
}

static double per_capita(const stk_equity *e, size_t area, int year, bool fixed)
{
    return equity_people(e, area, fixed ? e->world.now : year) * shared_mt(e, year);
}

/* Straight from grandfathering in the last year of data to people in the year of convergence. */
static double convergence(const stk_equity *e, const stk_equity_rule *rule, size_t area, int year)
{
    double c = (double)(year - e->world.now) / (double)(rule->converge - e->world.now);
    c = fmin(1.0, fmax(0.0, c));
    return (1.0 - c) * grandfathered(e, area, year) +
           c * per_capita(e, area, year, rule->fixed_population);
}

/* What an area emitted less than its people's part of the world's emissions; negative is a debt.
 * Past years weigh less by the discount. */
static double credit_mt(const stk_equity *e, const stk_equity_rule *rule, size_t area, int last)
{
    double sum = 0;
    double weight = stk_pow(1.0 - rule->discount_pct / 100.0, e->world.now - last);
    for (int t = last; t >= rule->from; t--) {
        sum += weight * (equity_people(e, area, t) * e->emissions_mt[equity_year(e, t)] -
                         e->world.emissions_mt[equity_at(e, area, t)]);
        weight *= 1.0 - rule->discount_pct / 100.0;
    }
    return sum;
}

/* The part of what is owed that a year pays: half a sine over the years until convergence. */
static double payment(const stk_equity *e, const stk_equity_rule *rule, int year)
{
    int now = e->world.now;
    double weights = 0;
    for (int t = now + 1; t < rule->converge; t++) {
        weights += stk_sin_pi((double)(t - now) / (double)(rule->converge - now));
    }
    return year > now && year < rule->converge
               ? stk_sin_pi((double)(year - now) / (double)(rule->converge - now)) / weights
               : 0.0;
}

/* NULL without memory. */
static const double *find_credits(stk_equity *e, const stk_equity_rule *rule)
{
    credit_record *c = e->credits;
    while (c != NULL && (c->from != rule->from || c->discount_pct != rule->discount_pct)) {
        c = c->next;
    }
    if (c != NULL) {
        return c->mt;
    }
    c = stk_arena_alloc(&e->arena, 1, sizeof *c);
    double *mt = stk_arena_alloc(&e->arena, e->world.count, sizeof *mt);
    if (c == NULL || mt == NULL) {
        return NULL;
    }
    for (size_t a = 0; a < e->world.count; a++) {
        mt[a] = credit_mt(e, rule, a, e->world.now);
    }
    *c = (credit_record){e->credits, rule->from, rule->discount_pct, mt};
    e->credits = c;
    return mt;
}

/* What areas have less by convergence than by people, until its year. */
static stk_status find_convergence(stk_equity *e, const stk_equity_rule *rule, stk_error *error)
{
    convergence_record *c = &e->convergence;
    if (c->converge == rule->converge && c->fixed_population == rule->fixed_population) {
        return STK_OK;
    }
    if (c->owed_mt == NULL) {
        c->owed_mt = stk_arena_alloc(&e->arena, e->world.count, sizeof *c->owed_mt);
        if (c->owed_mt == NULL) {
            return stk_error_memory(error);
        }
    }
    c->converge = rule->converge;
    c->fixed_population = rule->fixed_population;
    for (size_t a = 0; a < e->world.count; a++) {
        c->owed_mt[a] = 0;
        for (int t = e->world.now + 1; t <= rule->converge; t++) {
            c->owed_mt[a] +=
                per_capita(e, a, t, rule->fixed_population) - convergence(e, rule, a, t);
        }
    }
    return STK_OK;
}

/* Convergence, and what it leaves owed, paid until the year of convergence. */
static stk_status ecpc(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                       stk_error *error)
{
    const double *credits = find_credits(e, rule);
    double paid = payment(e, rule, year);
    if (credits == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = find_convergence(e, rule, error);
    for (size_t a = 0; a < e->world.count && status == STK_OK; a++) {
        mt[a] = convergence(e, rule, a, year) + paid * (credits[a] + e->convergence.owed_mt[a]);
    }
    return status;
}

/* The debt that is left pays three parts of the years that are left, by half a sine. */
static double recurrence(const stk_equity *e, const stk_equity_rule *rule, size_t area, int year)
{
    int now = e->world.now;
    int years = rule->converge - now;
    double owed = credit_mt(e, rule, area, now - 1) + per_capita(e, area, now, false) -
                  grandfathered(e, area, now);
    double mt = grandfathered(e, area, now);
    for (int k = 0; k < years && now + k < year; k++) {
        int t = now + 1 + k;
        double x = (double)(k + 1) / (double)years;
        double by_people = per_capita(e, area, t, rule->fixed_population);
        mt = k < years - 1 ? 3.0 * owed / (double)(years - k) * stk_sin_pi(x) +
                                 grandfathered(e, area, t) * (1.0 - x) + by_people * x
                           : 0.67 * by_people + 0.33 * mt;
        owed += by_people - mt;
    }
    return year > rule->converge ? per_capita(e, area, year, rule->fixed_population) : mt;
}

void equity_ability_to_pay(const stk_equity *e, double exponent, int year, double *mt)
{
    const stk_equity_world *w = &e->world;
    size_t y = equity_year(e, year);
    double cut = e->emissions_mt[y] - w->world_mt[y];
    double sum = 0;
    for (size_t a = 0; a < w->count; a++) {
        size_t i = equity_at(e, a, year);
        double wealth = w->gdp[i] / w->population[i] / (e->gdp[y] / e->population[y]);
        mt[a] = stk_pow(wealth, exponent) * w->emissions_mt[i];
        sum += mt[a];
    }
    for (size_t a = 0; a < w->count; a++) {
        mt[a] = w->emissions_mt[equity_at(e, a, year)] - cut * mt[a] / sum;
    }
}

/* Parts of the world by people, which wealth since the last year of data and emissions before it
 * make smaller. */
static stk_status adjusted(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                           stk_error *error)
{
    const stk_equity_share_rule parts = {.kind = STK_PATH_ADJUSTED,
                                         .start = e->world.now,
                                         .from = rule->from,
                                         .responsibility = rule->responsibility,
                                         .capability = 1.0 - rule->responsibility,
                                         .sigma = NAN};
    stk_status status = stk_equity_share(e, &parts, year, mt, error);
    for (size_t a = 0; a < e->world.count && status == STK_OK; a++) {
        mt[a] *= shared_mt(e, year);
    }
    return status;
}

stk_status stk_equity_allocate(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                               stk_error *error)
{
    stk_status status;
    STK_TRY(stk_equity_rule_check(&e->world, rule, error));
    STK_TRY(equity_check_year(e, year, e->world.now, error));
    if (rule->method == STK_EQUITY_GDR) {
        return equity_gdr(e, rule, year, mt, error);
    }
    if (rule->method == STK_EQUITY_ABILITY_TO_PAY) {
        equity_ability_to_pay(e, rule->exponent, year, mt);
        return STK_OK;
    }
    if (rule->method == STK_EQUITY_ECPC) {
        return ecpc(e, rule, year, mt, error);
    }
    if (rule->method == STK_EQUITY_ADJUSTED) {
        return adjusted(e, rule, year, mt, error);
    }
    for (size_t a = 0; a < e->world.count; a++) {
        mt[a] = rule->method == STK_EQUITY_GRANDFATHERING ? grandfathered(e, a, year)
                : rule->method == STK_EQUITY_PER_CAPITA
                    ? per_capita(e, a, year, rule->fixed_population)
                : rule->method == STK_EQUITY_CONVERGENCE ? convergence(e, rule, a, year)
                                                         : recurrence(e, rule, a, year);
    }
done:
    return status;
}
