/** @file baseline_impl.h
 * @brief Inside of the baselines.
 */
#ifndef STK_WORLD_BASELINE_IMPL_H
#define STK_WORLD_BASELINE_IMPL_H

#include <stocktake/world.h>

#include "base/csv.h"

/* What is projected on its own: the three large gases, and the F-gases together. */
enum { DRIVER_CO2, DRIVER_CH4, DRIVER_N2O, DRIVER_F_GASES, DRIVERS };

struct stk_baseline {
    stk_arena arena;
    const stk_inventory *inventory;
    int area_count;
    stk_area difference;
    bool *inventory_bunker;
    size_t trend_gwp; /* F-gases are added up in it to find their trend */
    int driver_last[DRIVERS];
    int history_last;
    double world_gdp[STK_PATH_YEARS];
    double *growth[DRIVERS]; /* [area][year]: over the driver's last year of data */
    double *slope[DRIVERS];  /* of ln intensity, per year and area */
    stk_series *gdp;         /* the user's drivers; empty series otherwise */
    stk_series *population;
    stk_series *given; /* the user's baselines, Mt CO2e */
    size_t *given_gwp;
    double *held_rate; /* of GDP after history_last, a year; NaN where GDP is followed */
    stk_driver_finding *findings;
    size_t finding_count;
};

/* Least squares of ln(value) on the year, with the slope's standard error; values that are not
 * positive do not count. False with fewer than five. */
bool baseline_fit(const double *values, int count, double *slope, double *error);

double baseline_gwp_ratio(const stk_baseline *b, stk_area area, size_t gwp, int year);
stk_status baseline_read_files(stk_baseline *b, const stk_baseline_files *files, stk_error *error);

/* Find the areas whose drivers are held and those to be looked at; after find_last_years(). */
stk_status baseline_check_drivers(stk_baseline *b, stk_error *error);

#endif
