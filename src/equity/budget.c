/** @file budget.c
 * @brief Budgets of CO2: the parts of areas, how long they last, paths that use them up.
 */
#include <math.h>

#include "base/elementary.h"
#include "equity/equity_impl.h"

static const char *const names[STK_BUDGET_METHODS] = {"grandfathering", "per_capita", "ecpc"};

const char *stk_equity_budget_name(stk_equity_budget_method method)
{
    return names[method];
}

/* ---- parts ---- */

static double people_of_years(const stk_equity *e, size_t area, int from, int until)
{
    double own = 0;
    double all = 0;
    for (int t = from; t <= until; t++) {
        own += e->world.population[equity_at(e, area, t)];
        all += e->population[equity_year(e, t)];
    }
    return own / all;
}

static double ecpc_gt(const stk_equity *e, const stk_equity_budget *b, size_t area)
{
    double own = 0;
    double all = 0;
    for (int t = b->from; t < b->start; t++) {
        own += b->co2_mt[equity_at(e, area, t)];
        all += b->world_co2_mt[equity_year(e, t)];
    }
    return people_of_years(e, area, b->from, b->until) * (all / 1000.0 + b->world_gt) -
           own / 1000.0;
}

stk_status stk_equity_budget_share(stk_equity *e, const stk_equity_budget *b,
                                   stk_equity_budget_method method, double *gt, stk_error *error)
{
    const stk_equity_world *w = &e->world;
    if (b->start <= w->first_year || b->start > w->last_year) {
        return stk_error_set(error, STK_EARG, "a budget from %d on is refused; allowed: %d to %d",
                             b->start, w->first_year + 1, w->last_year);
    }
    if (method == STK_BUDGET_ECPC && (b->from < w->first_year || b->from >= b->start ||
                                      b->until < b->start || b->until > w->last_year)) {
        return stk_error_set(error, STK_EARG,
                             "history from %d and people until %d are refused; allowed: %d to %d, "
                             "and to %d",
                             b->from, b->until, w->first_year, b->start - 1, w->last_year);
    }
    for (size_t a = 0; a < w->count; a++) {
        gt[a] = method == STK_BUDGET_PER_CAPITA ? b->world_gt * equity_people(e, a, b->start)
                : method == STK_BUDGET_ECPC
                    ? ecpc_gt(e, b, a)
                    : b->world_gt * b->co2_mt[equity_at(e, a, b->start - 1)] /
                          b->world_co2_mt[equity_year(e, b->start - 1)];
    }
    return STK_OK;
}

/* ---- how long ---- */

double stk_equity_budget_cut_pct(double budget_mt, double level_mt)
{
    return !(level_mt > 0)    ? (double)NAN
           : !(budget_mt > 0) ? 100.0
                              : 100.0 * -stk_expm1(-level_mt / budget_mt);
}

double stk_equity_budget_linear_mt(double budget_mt, double level_mt, int now, int year)
{
    double years =
        2.0 * budget_mt / level_mt - 1.0; /* until zero: its years add up to the budget */
    if (year <= now) {
        return level_mt;
    }
    return level_mt > 0 && years > 0 ? fmax(0.0, level_mt * (1.0 - (double)(year - now) / years))
                                     : 0.0;
}

double stk_equity_budget_decay_level(double level, double rate, int start, int end, int year)
{
    double last = (double)(end - start);
    double t = (double)(year - start);
    if (fabs(rate) * last < 1e-9) { /* the limit is the straight line */
        return level * (1.0 - t / last);
    }
    return level * (stk_exp(-rate * t) - stk_exp(-rate * last)) / -stk_expm1(-rate * last);
}

static double decay_sum(double level, double rate, int start, int end)
{
    double sum = 0;
    for (int t = start; t <= end; t++) {
        sum += stk_equity_budget_decay_level(level, rate, start, end, t);
    }
    return sum;
}

stk_status stk_equity_budget_decay(double budget, double level, int start, int end, double *rate,
                                   stk_error *error)
{
    double low = 0;
    double high = 1;
    *rate = NAN;
    if (!(level > 0) || end <= start || !isfinite(budget)) {
        return stk_error_set(error, STK_EDOMAIN,
                             "a path from a level of %g in %d to zero in %d is refused; allowed: a "
                             "level above 0, and an end after the start",
                             level, start, end);
    }
    double most = decay_sum(level, 0, start, end);
    if (!(budget > level) || budget > most) {
        return stk_error_set(error, STK_EDOMAIN,
                             "a budget of %.10g is refused; allowed: more than the first year's "
                             "%.10g, and no more than the straight line to zero in %d uses, %.10g",
                             budget, level, end, most);
    }
    for (int i = 0; i < 60 && decay_sum(level, high, start, end) > budget; i++) {
        high *= 2.0;
    }
    for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2.0;
        if (decay_sum(level, middle, start, end) > budget) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *rate = (low + high) / 2.0;
    return STK_OK;
}
