/** @file equity_impl.h
 * @brief Inside of an examined world, shared by the rules.
 */
#ifndef STK_EQUITY_EQUITY_IMPL_H
#define STK_EQUITY_EQUITY_IMPL_H

#include <stocktake/equity.h>

#include "base/arena.h"
#include "base/try.h"

/* Incomes above one threshold, kept because several rules and years ask for the same, up to the
 * last year that was asked for. */
typedef struct income_series {
    struct income_series *next;
    double threshold;
    size_t known;           /* so many years from the first one on */
    double *capability;     /* [area][year]: money above the threshold */
    double *responsibility; /* [area][year]: emissions above it, summed since the first year */
    double *sums;           /* [people]: the same in the last year that is known */
} income_series;

/* Credits at the last year of data, kept because several worlds ask for the same history. */
typedef struct credit_record {
    struct credit_record *next;
    int from;
    double discount_pct;
    double *mt; /* [area] */
} credit_record;

/* What convergence leaves owed until its year, of the rule that came last. */
typedef struct convergence_record {
    int converge; /* 0: none */
    bool fixed_population;
    double *owed_mt; /* [area] */
} convergence_record;

enum { EQUITY_SPREADS = 1024 };

/* The spread of a Gini index, where it was worked out last. */
typedef struct known_spread {
    double gini_pct;
    double spread;
} known_spread;

struct stk_equity {
    stk_arena arena;
    stk_equity_world world;
    size_t years;
    double *population; /* sums of the areas, one a year */
    double *gdp;
    double *emissions_mt;
    income_series *incomes;
    known_spread spreads[EQUITY_SPREADS]; /* by the hundredths of the index */
    credit_record *credits;
    convergence_record convergence;
};

/* Share another pathway; what is known of incomes and the past stays. */
void equity_set_pathway(stk_equity *e, const double *world_mt);

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
