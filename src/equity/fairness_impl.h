/** @file fairness_impl.h
 * @brief Inside of the real world that shares a benchmark.
 */
#ifndef STK_EQUITY_FAIRNESS_IMPL_H
#define STK_EQUITY_FAIRNESS_IMPL_H

#include <stocktake/fairness.h>

#include "base/arena.h"
#include "base/try.h"

enum {
    FAIRNESS_YEARS = STK_PATH_LAST - STK_FAIRNESS_FIRST + 1,
    FAIRNESS_CATEGORY_YEARS = STK_PATH_YEARS
};

/* What is read for fair shares alone, by area of the inventory; no values where there is no row. */
typedef struct fairness_record {
    stk_series *gini;      /* per cent */
    stk_series *early_gdp; /* before 1990, international dollars of 2017 */
    stk_series *early_mt;  /* CH4, N2O and F-gases before 1970, for their shape */
} fairness_record;

/* Medians of a category of scenarios. */
typedef struct category_path {
    double warming_k;
    double world_mt[FAIRNESS_CATEGORY_YEARS]; /* from STK_PATH_FIRST on, NaN outside its points */
} category_path;

struct stk_fairness {
    stk_arena arena;
    const stk_data *data;
    const stk_world *world;
    stk_world *own_world; /* the same in the benchmark's GWP set, where that is another */
    stk_benchmark *benchmarks;
    size_t gwp;
    int now;
    size_t count;
    const stk_national **nationals;
    size_t rest_count;
    const stk_national **rest;
    double rest_share;
    double *total_mt; /* of all emitters: observed, then the pathway */
    stk_equity_world plain;
    stk_equity *opened;
    category_path categories[STK_FAIRNESS_CATEGORIES];
    /* CO2 with land use, made when a budget is asked for */
    int co2_last;
    double *co2_mt;        /* [actor][year] */
    double *shared_co2_mt; /* of the actors, */
    double *world_co2_mt;  /* and of all emitters */
};

stk_status fairness_read_record(const stk_data *data, stk_arena *arena, fairness_record *record,
                                stk_error *error);
stk_status fairness_read_categories(stk_edition *edition, category_path *categories,
                                    stk_error *error);

/* The index of a year in series from STK_FAIRNESS_FIRST on. */
static inline size_t fairness_year(int year)
{
    return (size_t)(year - STK_FAIRNESS_FIRST);
}

/* CO2 of an area's land use: observed, then the mean of its last five years, as pathways have it.
 */
double fairness_land_mt(const stk_inventory *inventory, stk_area area, int year);

/* What a pathway leaves the actors: observed to the last year of data, then straight to 2030, then
 * the pathway.
 * @param gt  from STK_PATH_FIRST on */
void fairness_draw_pathway(const stk_fairness *f, const double *pathway_mt, double *total_mt);

#endif
