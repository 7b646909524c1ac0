/** @file baseline.c
 * @brief Kaya baselines: emissions of a gas follow GDP times a falling intensity.
 *
 * For area a and gas g with emissions E and GDP Y, the intensity I = E/Y of the last 15 years is
 * fitted by ln I = c + s t (least squares). The slope is shrunk towards the world's slope S,
 *
 *     s* = w s + (1-w) S,   w = v / (v + e^2),
 *
 * with e the standard error of s and v the variance of the slopes between areas less their mean e^2
 * (the method of moments of an empirical Bayes estimate, Morris 1983,
 * doi:10.1080/01621459.1983.10477920). s* is at most zero: an intensity keeps falling. From the
 * last year of data, E(t) = E_last * Y(t)/Y_last * exp(s* (t - last)).
 */
#include "base/elementary.h"
#include "world/baseline_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TREND_YEARS = 15, FIRST_YEAR = STK_PATH_FIRST };

static int driver_of(stk_gas_group group)
{
    return group <= STK_GAS_N2O ? (int)group : DRIVER_F_GASES;
}

static double area_driver_mt(const stk_baseline *b, stk_area area, int driver, int year)
{
    if (driver < DRIVER_F_GASES) {
        return stk_inventory_group_mt(b->inventory, area, (stk_gas_group)driver, b->trend_gwp,
                                      year);
    }
    double sum = 0;
    for (int group = STK_GAS_HFC; group < STK_GAS_GROUPS; group++) {
        sum += stk_inventory_group_mt(b->inventory, area, (stk_gas_group)group, b->trend_gwp, year);
    }
    return sum;
}

int stk_baseline_history_last(const stk_baseline *b)
{
    return b->history_last;
}

bool baseline_fit(const double *values, int count, double *slope, double *error)
{
    double n = 0;
    double sum_t = 0;
    double sum_y = 0;
    double sum_tt = 0;
    double sum_ty = 0;
    double sum_yy = 0;
    for (int i = 0; i < count; i++) {
        if (!(values[i] > 0)) {
            continue;
        }
        double t = i;
        double y = stk_log(values[i]);
        n += 1;
        sum_t += t;
        sum_y += y;
        sum_tt += t * t;
        sum_ty += t * y;
        sum_yy += y * y;
    }
    double spread = sum_tt - sum_t * sum_t / n;
    if (n < 5 || spread <= 0) {
        return false;
    }
    double covariance = sum_ty - sum_t * sum_y / n;
    *slope = covariance / spread;
    double residual = fmax(0.0, sum_yy - sum_y * sum_y / n - *slope * covariance);
    *error = sqrt(residual / (n - 2) / spread);
    return true;
}

/* The trend of ln(emissions/gdp); years without one of them do not count. */
static bool fit(const double *emissions, const double *gdp, double *slope, double *error)
{
    double intensity[TREND_YEARS];
    for (int i = 0; i < TREND_YEARS; i++) {
        bool known = emissions[i] > 0 && gdp[i] > 0;
        intensity[i] = known ? emissions[i] / gdp[i] : (double)NAN;
    }
    return baseline_fit(intensity, TREND_YEARS, slope, error);
}

static bool fit_area(const stk_baseline *b, stk_area area, int driver, double *slope, double *error)
{
    double emissions[TREND_YEARS];
    double gdp[TREND_YEARS];
    int first = b->driver_last[driver] - TREND_YEARS + 1;
    for (int i = 0; i < TREND_YEARS; i++) {
        emissions[i] = area_driver_mt(b, area, driver, first + i);
        gdp[i] = stk_baseline_gdp(b, area, first + i);
        if (b->inventory_bunker[area]) {
            gdp[i] = b->world_gdp[first + i - FIRST_YEAR];
        }
    }
    return fit(emissions, gdp, slope, error);
}

static double world_slope(const stk_baseline *b, int driver)
{
    double emissions[TREND_YEARS] = {0};
    double gdp[TREND_YEARS];
    double slope = 0;
    double error;
    int first = b->driver_last[driver] - TREND_YEARS + 1;
    for (int i = 0; i < TREND_YEARS; i++) {
        for (int a = 0; a < b->area_count; a++) {
            emissions[i] += area_driver_mt(b, a, driver, first + i);
        }
        gdp[i] = b->world_gdp[first + i - FIRST_YEAR];
    }
    fit(emissions, gdp, &slope, &error);
    return slope;
}

/* The slopes of one driver: each area's own, shrunk. */
static stk_status make_slopes(stk_baseline *b, int driver, stk_error *error)
{
    double *slope = stk_arena_alloc(&b->arena, (size_t)b->area_count, sizeof *slope);
    double *deviation = stk_arena_alloc(&b->arena, (size_t)b->area_count, sizeof *deviation);
    bool *fitted = stk_arena_alloc(&b->arena, (size_t)b->area_count, sizeof *fitted);
    if (slope == NULL || deviation == NULL || fitted == NULL) {
        return stk_error_memory(error);
    }
    double world = world_slope(b, driver);
    double n = 0;
    double between = 0;
    double within = 0;
    for (int a = 0; a < b->area_count; a++) {
        fitted[a] = fit_area(b, a, driver, &slope[a], &deviation[a]);
        if (fitted[a]) {
            n += 1;
            between += (slope[a] - world) * (slope[a] - world);
            within += deviation[a] * deviation[a];
        }
    }
    double variance = n > 0 ? fmax(0.0, (between - within) / n) : 0.0;
    for (int a = 0; a < b->area_count; a++) {
        double noise = deviation[a] * deviation[a];
        double weight = fitted[a] && variance + noise > 0 ? variance / (variance + noise) : 0.0;
        b->slope[driver][a] = fmin(0.0, weight * slope[a] + (1.0 - weight) * world);
    }
    return STK_OK;
}

/* Emissions in year t over those of the driver's last year. */
static double growth_of(const stk_baseline *b, stk_area area, int driver, int year)
{
    int last = b->driver_last[driver];
    double now = stk_baseline_gdp(b, area, year);
    double then = stk_baseline_gdp(b, area, last);
    if (isnan(now) || !(then > 0)) { /* areas without GDP grow with the world's */
        now = b->world_gdp[year - FIRST_YEAR];
        then = b->world_gdp[last - FIRST_YEAR];
    }
    return now / then * stk_exp(b->slope[driver][area] * (year - last));
}

double stk_baseline_group_mt(const stk_baseline *b, stk_area area, stk_gas_group group, size_t gwp,
                             int year)
{
    int driver = driver_of(group);
    int last = b->driver_last[driver];
    if (year <= last) {
        return stk_inventory_group_mt(b->inventory, area, group, gwp, year);
    }
    if (area == b->difference || year > STK_PATH_LAST) {
        return year > STK_PATH_LAST ? NAN : 0.0; /* what cannot be explained is not projected */
    }
    double end = stk_inventory_group_mt(b->inventory, area, group, gwp, last);
    return end * b->growth[driver][area * STK_PATH_YEARS + year - FIRST_YEAR];
}

double stk_baseline_mt(const stk_baseline *b, stk_area area, size_t gwp, int year)
{
    double own = stk_series_at(&b->given[area], year);
    if (!isnan(own) && year > b->history_last) {
        return own * baseline_gwp_ratio(b, area, gwp, year);
    }
    double sum = 0;
    for (int group = 0; group < STK_GAS_GROUPS; group++) {
        sum += stk_baseline_group_mt(b, area, (stk_gas_group)group, gwp, year);
    }
    return sum;
}

/* A baseline given in one GWP set is converted with the mix of gases of the modelled one. */
double baseline_gwp_ratio(const stk_baseline *b, stk_area area, size_t gwp, int year)
{
    double to = 0;
    double from = 0;
    for (int group = 0; group < STK_GAS_GROUPS; group++) {
        to += stk_baseline_group_mt(b, area, (stk_gas_group)group, gwp, year);
        from += stk_baseline_group_mt(b, area, (stk_gas_group)group, b->given_gwp[area], year);
    }
    return from > 0 ? to / from : 1.0;
}

/* Every world asks for all of these, so they are computed once. */
static void make_growth(stk_baseline *b, int driver)
{
    for (int a = 0; a < b->area_count; a++) {
        for (int year = b->driver_last[driver] + 1; year <= STK_PATH_LAST; year++) {
            b->growth[driver][a * STK_PATH_YEARS + year - FIRST_YEAR] =
                growth_of(b, a, driver, year);
        }
    }
}

static void make_world_gdp(stk_baseline *b)
{
    for (int year = FIRST_YEAR; year <= STK_PATH_LAST; year++) {
        double sum = 0;
        for (int a = 0; a < b->area_count; a++) {
            double gdp = stk_baseline_gdp(b, a, year);
            sum += isnan(gdp) ? 0.0 : gdp;
        }
        b->world_gdp[year - FIRST_YEAR] = sum;
    }
}

/* The trends and the peaks look back over 15 years from the last one of each record. */
static stk_status find_last_years(stk_baseline *b, stk_error *error)
{
    int first;
    b->history_last = STK_PATH_LAST;
    for (int group = 0; group < STK_GAS_GROUPS; group++) {
        int last;
        int driver = driver_of((stk_gas_group)group);
        stk_inventory_years(b->inventory, (stk_gas_group)group, &first, &last);
        if (last < FIRST_YEAR + TREND_YEARS || last >= STK_PATH_LAST) {
            return stk_error_set(error, STK_EDATA,
                                 "the world's record of %s ends in %d; a baseline needs one that "
                                 "ends from %d to %d",
                                 stk_gas_group_name((stk_gas_group)group), last,
                                 FIRST_YEAR + TREND_YEARS, STK_PATH_LAST - 1);
        }
        if (group <= (int)STK_GAS_HFC || last < b->driver_last[driver]) {
            b->driver_last[driver] = last;
        }
        b->history_last = last < b->history_last ? last : b->history_last;
    }
    return STK_OK;
}

static stk_status prepare(stk_baseline *b, const stk_inventory *inventory,
                          const stk_baseline_files *files, stk_error *error)
{
    size_t areas = (size_t)stk_inventory_area_count(inventory);
    b->inventory = inventory;
    b->area_count = (int)areas;
    b->difference = stk_inventory_find(inventory, stk_text_of("STATDIFF"));
    b->gdp = stk_arena_alloc(&b->arena, areas, sizeof *b->gdp);
    b->population = stk_arena_alloc(&b->arena, areas, sizeof *b->population);
    b->given = stk_arena_alloc(&b->arena, areas, sizeof *b->given);
    b->given_gwp = stk_arena_alloc(&b->arena, areas, sizeof *b->given_gwp);
    b->inventory_bunker = stk_arena_alloc(&b->arena, areas, sizeof *b->inventory_bunker);
    bool ok = b->gdp != NULL && b->population != NULL && b->given != NULL && b->given_gwp != NULL &&
              b->inventory_bunker != NULL;
    for (int d = 0; d < DRIVERS && ok; d++) {
        b->slope[d] = stk_arena_alloc(&b->arena, areas, sizeof(double));
        b->growth[d] = stk_arena_alloc(&b->arena, areas * STK_PATH_YEARS, sizeof(double));
        ok = b->slope[d] != NULL && b->growth[d] != NULL;
    }
    if (!ok) {
        return stk_error_memory(error);
    }
    for (int a = 0; a < b->area_count; a++) {
        b->inventory_bunker[a] = stk_inventory_area(inventory, a)->bunker;
    }
    stk_status status =
        stk_gwp_find_set(stk_inventory_gwp(inventory), stk_text_of("AR6"), &b->trend_gwp, error);
    return status == STK_OK && files != NULL ? baseline_read_files(b, files, error) : status;
}

stk_status stk_baseline_make(const stk_inventory *inventory, const stk_baseline_files *files,
                             stk_baseline **baseline, stk_error *error)
{
    stk_baseline *b = calloc(1, sizeof *b);
    *baseline = NULL;
    if (b == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = prepare(b, inventory, files, error);
    if (status == STK_OK) {
        status = find_last_years(b, error);
    }
    if (status == STK_OK) {
        status = baseline_check_drivers(b, error);
    }
    if (status == STK_OK) {
        make_world_gdp(b);
        for (int d = 0; d < DRIVERS && status == STK_OK; d++) {
            status = make_slopes(b, d, error);
            make_growth(b, d);
        }
    }
    if (status != STK_OK) {
        stk_baseline_free(b);
        return status;
    }
    *baseline = b;
    return STK_OK;
}

void stk_baseline_free(stk_baseline *b)
{
    if (b != NULL) {
        stk_arena_free(&b->arena);
        free(b);
    }
}
