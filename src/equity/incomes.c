/** @file incomes.c
 * @brief Capability and responsibility: what people have and emit above a threshold of income.
 *
 * Incomes are lognormal with mean m and Gini index G, so that the spread of their logarithm is
 * s = sqrt(2) Phi^-1((1+G)/2) = 2 erf^-1(G). Above a threshold d lies the share
 *
 *     f = Phi(d1) - (d/m) Phi(d1 - s),   d1 = (ln(m/d) + s^2/2) / s
 *
 * of all income, each person's less d. Kemp-Benedict et al. 2008, "The greenhouse development
 * rights framework".
 */
#include <math.h>

#include "base/elementary.h"
#include "equity/equity_impl.h"

static const double pi = 3.14159265358979323846;

/* Winitzki's approximation, then two steps of Halley's, each of which triples the digits. */
static double erf_inverse(double x)
{
    const double a = 0.147;
    double log_rest = stk_log1p(-x * x);
    double t = 2.0 / (pi * a) + log_rest / 2.0;
    double y = sqrt(sqrt(t * t - log_rest / a) - t);
    for (int step = 0; step < 3; step++) {
        double off = x < 0.5 ? stk_erf(y) - x : (1.0 - x) - stk_erfc(y);
        double u = off / (2.0 / sqrt(pi) * stk_exp(-y * y));
        y -= u / (1.0 + y * u);
    }
    return y;
}

/* The standard normal distribution, exact in its lower tail. */
static double phi(double x)
{
    return 0.5 * stk_erfc(-x / sqrt(2.0));
}

double equity_spread(double gini_pct)
{
    return 2.0 * erf_inverse(gini_pct / 100.0);
}

double equity_income_above(double mean, double spread, double threshold)
{
    if (threshold <= 0) {
        return 1.0;
    }
    double d1 = (stk_log(mean / threshold) + spread * spread / 2.0) / spread;
    return fmax(0.0, phi(d1) - threshold / mean * phi(d1 - spread));
}

stk_equity_incomes stk_equity_incomes_of(double mean, double gini_pct, double threshold)
{
    double s = equity_spread(gini_pct);
    if (threshold <= 0) {
        return (stk_equity_incomes){1, 1, 0};
    }
    double d2 = (stk_log(mean / threshold) - s * s / 2.0) / s;
    return (stk_equity_incomes){equity_income_above(mean, s, threshold), phi(d2), phi(-d2 - s)};
}

/* ---- of a world ---- */

/* Peoples and years have the same index again and again. */
static double known_spread_of(stk_equity *e, double gini_pct)
{
    known_spread *known = &e->spreads[(size_t)(100.0 * gini_pct + 0.5) % EQUITY_SPREADS];
    if (known->gini_pct != gini_pct) {
        *known = (known_spread){gini_pct, equity_spread(gini_pct)};
    }
    return known->spread;
}

/* Add one people to its area, up to a year. */
static void add_people(stk_equity *e, size_t people, size_t until, income_series *in)
{
    const stk_equity_world *w = &e->world;
    size_t first = people * e->years;
    size_t area = w->people_area == NULL ? people : w->people_area[people];
    for (size_t i = in->known; i < until; i++) {
        double mean = w->people_gdp[first + i] / w->people_population[first + i];
        double above = 1.0;
        if (in->threshold > 0) {
            double spread = known_spread_of(e, w->people_gini_pct[first + i]);
            above = equity_income_above(mean, spread, in->threshold);
        }
        in->sums[people] += w->people_emissions_mt[first + i] * above;
        in->capability[area * e->years + i] += w->people_gdp[first + i] * above;
        in->responsibility[area * e->years + i] += in->sums[people];
    }
}

static stk_status add_incomes(stk_equity *e, double threshold, stk_error *error)
{
    size_t count = e->world.count * e->years;
    income_series *in = stk_arena_alloc(&e->arena, 1, sizeof *in);
    double *capability = stk_arena_alloc(&e->arena, count, sizeof *capability);
    double *responsibility = stk_arena_alloc(&e->arena, count, sizeof *responsibility);
    double *sums = stk_arena_alloc(&e->arena, e->world.people_count, sizeof *sums);
    if (in == NULL || capability == NULL || responsibility == NULL || sums == NULL) {
        return stk_error_memory(error);
    }
    *in = (income_series){e->incomes, threshold, 0, capability, responsibility, sums};
    e->incomes = in;
    return STK_OK;
}

static stk_status find_incomes(stk_equity *e, double threshold, int year,
                               const income_series **found, stk_error *error)
{
    size_t until = equity_year(e, year) + 1;
    income_series *in = e->incomes;
    while (in != NULL && in->threshold != threshold) {
        in = in->next;
    }
    stk_status status = in == NULL ? add_incomes(e, threshold, error) : STK_OK;
    if (status == STK_OK) {
        in = in == NULL ? e->incomes : in;
        for (size_t p = 0; p < e->world.people_count && in->known < until; p++) {
            add_people(e, p, until, in);
        }
        in->known = in->known < until ? until : in->known;
    }
    *found = in;
    return status;
}

/* What an area is responsible for from a year to another. A sink makes nobody a creditor of the
 * rest: then it is nothing. */
static double responsible_mt(const stk_equity *e, const income_series *in, size_t area, int from,
                             int year)
{
    double before =
        from > e->world.first_year ? in->responsibility[equity_at(e, area, from - 1)] : 0.0;
    return fmax(0.0, in->responsibility[equity_at(e, area, year)] - before);
}

stk_status stk_equity_indices(stk_equity *e, const stk_equity_rule *rule, int year,
                              stk_equity_index *out, stk_error *error)
{
    const income_series *in;
    double money = 0;
    double mt = 0;
    stk_status status;
    STK_TRY(stk_equity_rule_check(&e->world, rule, error));
    STK_TRY(equity_check_year(e, year, rule->from, error));
    STK_TRY(find_incomes(e, rule->threshold, year, &in, error));
    for (size_t a = 0; a < e->world.count; a++) {
        out[a].capability = in->capability[equity_at(e, a, year)];
        out[a].responsibility = responsible_mt(e, in, a, rule->from, year);
        money += out[a].capability;
        mt += out[a].responsibility;
    }
    if (!(money > 0) || !(mt > 0)) {
        STK_FAIL(
            stk_error_set(error, STK_EDOMAIN,
                          "no income lies above the threshold of %.10g in %d, so that nobody is "
                          "capable or responsible",
                          rule->threshold, year));
    }
    for (size_t a = 0; a < e->world.count; a++) {
        out[a].capability /= money;
        out[a].responsibility /= mt;
        out[a].index = rule->responsibility * out[a].responsibility +
                       (1.0 - rule->responsibility) * out[a].capability;
    }
done:
    return status;
}

/* The mean of the index over all years since the last of data. */
static stk_status mean_indices(stk_equity *e, const stk_equity_rule *rule, int year,
                               stk_equity_index *of_year, double *index, stk_error *error)
{
    int first = year > e->world.now ? e->world.now + 1 : year;
    stk_status status = STK_OK;
    for (int t = first; t <= year && status == STK_OK; t++) {
        status = stk_equity_indices(e, rule, t, of_year, error);
        for (size_t a = 0; a < e->world.count && status == STK_OK; a++) {
            index[a] += of_year[a].index / (double)(year - first + 1);
        }
    }
    return status;
}

stk_status equity_gdr(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                      stk_error *error)
{
    stk_arena arena = {0};
    size_t count = e->world.count;
    stk_equity_index *of_year = stk_arena_alloc(&arena, count, sizeof *of_year);
    double *index = stk_arena_alloc(&arena, count, sizeof *index);
    bool fades = rule->fade_from != 0 && year > rule->fade_from;
    double cut = e->emissions_mt[equity_year(e, year)] - e->world.world_mt[equity_year(e, year)];
    stk_status status;
    if (of_year == NULL || index == NULL) {
        stk_arena_free(&arena);
        return stk_error_memory(error);
    }
    if (rule->smooth) {
        STK_TRY(mean_indices(e, rule, year, of_year, index, error));
    } else {
        STK_TRY(stk_equity_indices(e, rule, fades ? rule->fade_from : year, of_year, error));
    }
    if (fades) {
        equity_ability_to_pay(e, rule->exponent, year, mt);
    }
    double other =
        fades ? fmin(1.0, (double)(year - rule->fade_from) / (rule->fade_to - rule->fade_from))
              : 0.0;
    for (size_t a = 0; a < count; a++) {
        double share = rule->smooth ? index[a] : of_year[a].index;
        double own = e->world.emissions_mt[equity_at(e, a, year)] - share * cut;
        mt[a] = fades ? (1.0 - other) * own + other * mt[a] : own;
    }
done:
    stk_arena_free(&arena);
    return status;
}
