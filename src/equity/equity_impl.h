/** @file equity_impl.h
 * @brief Inside of an examined world, shared by the rules.
 */
#ifndef STK_EQUITY_EQUITY_IMPL_H
#define STK_EQUITY_EQUITY_IMPL_H

#include <stocktake/equity.h>

#include "base/arena.h"
#include "base/try.h"

/* Incomes above one threshold, kept because several rules and years ask for the same. */
typedef struct income_series {
    struct income_series *next;
    double threshold;
    double *capability;     /* [area][year]: money above the threshold */
    double *responsibility; /* [area][year]: emissions above it, summed since the first year */
} income_series;

struct stk_equity {
    stk_arena arena;
    stk_equity_world world;
    size_t years;
    double *population; /* sums of the areas, one a year */
    double *gdp;
    double *emissions_mt;
    double *spread; /* of the logarithm of incomes, [people][year]; NULL until it is asked for */
    income_series *incomes;
};

static inline size_t equity_at(const stk_equity *e, size_t area, int year)
{
    return area * e->years + (size_t)(year - e->world.first_year);
}

static inline size_t equity_year(const stk_equity *e, int year)
{
    return (size_t)(year - e->world.first_year);
}

/* An area's share of all people in a year. */
double equity_people(const stk_equity *e, size_t area, int year);

/* The standard deviation of the logarithm of lognormal incomes. */
double equity_spread(double gini_pct);

/* The share of income above a threshold, of a spread that is known. */
double equity_income_above(double mean, double spread, double threshold);

/* Allocations by capability and responsibility. */
stk_status equity_gdr(stk_equity *e, const stk_equity_rule *rule, int year, double *mt,
                      stk_error *error);

void equity_ability_to_pay(const stk_equity *e, double exponent, int year, double *mt);

/* A year of the world's. */
stk_status equity_check_year(const stk_equity *e, int year, int first, stk_error *error);

#endif
