/** @file rating.c
 * @brief A level among the readings of equity: how many it meets, its place between the methods,
 * the world if everybody were there.
 */
#include <math.h>
#include <stdlib.h>

#include "equity/equity_impl.h"

struct stk_equity_readings {
    stk_arena arena;
    const stk_equity *opened;
    int year;
    stk_equity_rest rest;
    size_t count;
    size_t method_count;
    stk_equity_method methods[STK_EQUITY_RATED_MAX];
    size_t method_of[STK_EQUITY_READINGS_MAX];
    size_t readings_of[STK_EQUITY_RATED_MAX];
    double *mt;   /* [reading][area] */
    double *mean; /* [method][area] */
    double *lo;   /* [area] */
    double *hi;
};

/* ---- warming of a world's level ---- */

double stk_equity_theta_k(const stk_equity_theta *theta, double world_mt)
{
    size_t before = 0;
    if (theta->count == 0 || isnan(world_mt)) {
        return NAN;
    }
    for (size_t i = 1; i < theta->count && world_mt > theta->world_mt[before]; i++) {
        double low = theta->world_mt[before];
        double high = theta->world_mt[i];
        if (high > low && world_mt <= high) {
            return theta->warming_k[before] + (theta->warming_k[i] - theta->warming_k[before]) *
                                                  (world_mt - low) / (high - low);
        }
        before = high > low ? i : before;
    }
    return theta->warming_k[before];
}

double stk_equity_theta_mt(const stk_equity_theta *theta, double warming_k)
{
    size_t before = 0;
    for (size_t i = 1; i < theta->count; i++) {
        double low = theta->world_mt[before];
        double high = theta->world_mt[i];
        if (high > low && warming_k >= theta->warming_k[before] &&
            warming_k <= theta->warming_k[i]) {
            return low + (high - low) * (warming_k - theta->warming_k[before]) /
                             (theta->warming_k[i] - theta->warming_k[before]);
        }
        before = high > low ? i : before;
    }
    return NAN;
}

/* ---- readings ---- */

stk_equity_grid stk_equity_grid_usual(double threshold)
{
    static const int starts[] = {1850, 1950, 1990};
    static const int convergences[] = {2040, 2050};
    static const double discounts[] = {0, 2};
    enum { PAID_BY = 2080 };
    stk_equity_grid grid = {.count = 0};
    grid.rules[grid.count++] = (stk_equity_rule){.method = STK_EQUITY_PER_CAPITA};
    for (int c = 0; c < 2; c++) {
        grid.rules[grid.count++] =
            (stk_equity_rule){.method = STK_EQUITY_CONVERGENCE, .converge = convergences[c]};
    }
    for (int i = 0; i < 6; i++) {
        grid.rules[grid.count++] = (stk_equity_rule){.method = STK_EQUITY_ECPC,
                                                     .from = starts[i / 2],
                                                     .discount_pct = discounts[i % 2],
                                                     .converge = PAID_BY};
    }
    grid.rules[grid.count++] =
        (stk_equity_rule){.method = STK_EQUITY_ABILITY_TO_PAY, .exponent = 1.0 / 3.0};
    for (int i = 0; i < 6; i++) {
        grid.rules[grid.count++] = (stk_equity_rule){.method = STK_EQUITY_GDR,
                                                     .from = starts[i / 2],
                                                     .threshold = i % 2 == 0 ? 0.0 : threshold,
                                                     .responsibility = 0.5};
    }
    return grid;
}

static size_t find_method(stk_equity_readings *r, stk_equity_method method)
{
    for (size_t m = 0; m < r->method_count; m++) {
        if (r->methods[m] == method) {
            return m;
        }
    }
    r->methods[r->method_count] = method;
    return r->method_count++;
}

static void find_ranges(stk_equity_readings *r)
{
    size_t areas = r->opened->world.count;
    for (size_t i = 0; i < r->count; i++) {
        size_t m = r->method_of[i];
        for (size_t a = 0; a < areas; a++) {
            r->mean[m * areas + a] += r->mt[i * areas + a] / (double)r->readings_of[m];
        }
    }
    for (size_t a = 0; a < areas; a++) {
        r->lo[a] = INFINITY;
        r->hi[a] = -INFINITY;
        for (size_t m = 0; m < r->method_count; m++) {
            r->lo[a] = fmin(r->lo[a], r->mean[m * areas + a]);
            r->hi[a] = fmax(r->hi[a], r->mean[m * areas + a]);
        }
    }
}

static stk_status check_grid(const stk_equity *e, const stk_equity_grid *grid, int year,
                             stk_error *error)
{
    if (grid->count == 0 || grid->count > STK_EQUITY_READINGS_MAX) {
        return stk_error_set(error, STK_EARG, "%zu readings are refused; allowed: 1 to %d",
                             grid->count, STK_EQUITY_READINGS_MAX);
    }
    stk_status status = equity_check_year(e, year, e->world.now + 1, error);
    double world_mt = status == STK_OK ? e->world.world_mt[equity_year(e, year)] : 0.0;
    return status != STK_OK || world_mt > 0
               ? status
               : stk_error_set(error, STK_EDOMAIN,
                               "the world's level in %d is %.6g Mt: nothing is left to share, and "
                               "no share is defined; allowed: years in which it is above 0",
                               year, world_mt);
}

stk_status stk_equity_readings_make(stk_equity *opened, const stk_equity_grid *grid, int year,
                                    stk_equity_rest rest, stk_equity_readings **made,
                                    stk_error *error)
{
    stk_equity_readings *r = calloc(1, sizeof *r);
    size_t areas = opened->world.count;
    *made = NULL;
    if (r == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(check_grid(opened, grid, year, error));
    r->opened = opened;
    r->year = year;
    r->rest = rest;
    r->count = grid->count;
    r->mt = stk_arena_alloc(&r->arena, r->count * areas, sizeof(double));
    r->mean = stk_arena_alloc(&r->arena, STK_EQUITY_RATED_MAX * areas, sizeof(double));
    r->lo = stk_arena_alloc(&r->arena, areas, sizeof(double));
    r->hi = stk_arena_alloc(&r->arena, areas, sizeof(double));
    if (r->mt == NULL || r->mean == NULL || r->lo == NULL || r->hi == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    for (size_t i = 0; i < r->count; i++) {
        r->method_of[i] = find_method(r, grid->rules[i].method);
        r->readings_of[r->method_of[i]]++;
        STK_TRY(stk_equity_allocate(opened, &grid->rules[i], year, &r->mt[i * areas], error));
    }
    find_ranges(r);
    *made = r;
done:
    if (status != STK_OK) {
        stk_equity_readings_free(r);
    }
    return status;
}

void stk_equity_readings_free(stk_equity_readings *readings)
{
    if (readings != NULL) {
        stk_arena_free(&readings->arena);
        free(readings);
    }
}

double stk_equity_reading_mt(const stk_equity_readings *readings, size_t reading, size_t area)
{
    return readings->mt[reading * readings->opened->world.count + area];
}

/* ---- ratings ---- */

static void count_met(const stk_equity_readings *r, size_t area, stk_equity_rating *rating)
{
    rating->readings = (int)r->count;
    for (size_t i = 0; i < r->count; i++) {
        bool met = rating->level_mt <= stk_equity_reading_mt(r, i, area);
        double weight = 1.0 / ((double)r->method_count * (double)r->readings_of[r->method_of[i]]);
        rating->met += met;
        rating->met_percent += met ? 100.0 * weight : 0.0;
    }
}

/* The world in which everybody falls short of a method's allocation by the same part of the way to
 * the baseline. */
static double peer_world_mt(const stk_equity_readings *r, const stk_equity_rating *rating,
                            double allocated_mt)
{
    const stk_equity *e = r->opened;
    size_t y = equity_year(e, r->year);
    double way = rating->baseline_mt - allocated_mt;
    double done = way > 0 ? (rating->baseline_mt - rating->level_mt) / way
                          : (double)(rating->level_mt <= allocated_mt);
    double baseline = e->emissions_mt[y] + r->rest.baseline_mt;
    return baseline - done * (baseline - e->world.world_mt[y] - r->rest.shared_mt);
}

stk_status stk_equity_rate(const stk_equity_readings *r, size_t area, double level_mt,
                           const stk_equity_theta *theta, stk_equity_rating *rating,
                           stk_error *error)
{
    const stk_equity *e = r->opened;
    size_t areas = e->world.count;
    *rating = (stk_equity_rating){.level_mt = level_mt,
                                  .baseline_mt = e->world.emissions_mt[equity_at(e, area, r->year)],
                                  .lo_mt = r->lo[area],
                                  .hi_mt = r->hi[area],
                                  .world_if_all_mt = r->rest.shared_mt,
                                  .implied_warming_k = NAN,
                                  .method_count = r->method_count};
    if (!(rating->hi_mt > rating->lo_mt)) {
        return stk_error_set(
            error, STK_EDOMAIN,
            "%s: all methods allocate the same in %d, so that a level has no place "
            "between them",
            e->world.codes[area], r->year);
    }
    count_met(r, area, rating);
    rating->position = (level_mt - rating->lo_mt) / (rating->hi_mt - rating->lo_mt);
    for (size_t j = 0; j < areas; j++) {
        rating->world_if_all_mt += r->lo[j] + rating->position * (r->hi[j] - r->lo[j]);
    }
    if (theta != NULL) {
        rating->implied_warming_k = stk_equity_theta_k(theta, rating->world_if_all_mt);
    }
    for (size_t m = 0; m < r->method_count; m++) {
        rating->methods[m] = r->methods[m];
        rating->method_mean_mt[m] = r->mean[m * areas + area];
        rating->peer_k[m] =
            theta == NULL
                ? (double)NAN
                : stk_equity_theta_k(theta, peer_world_mt(r, rating, rating->method_mean_mt[m]));
    }
    return STK_OK;
}
