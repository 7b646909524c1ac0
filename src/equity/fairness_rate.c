/** @file fairness_rate.c
 * @brief Ratings of the real world's pledges: warming by scenario categories, bands, the hybrid.
 */
#include <math.h>
#include <stdlib.h>

#include "equity/equity_impl.h"
#include "equity/fairness_impl.h"

stk_fairness_theta stk_fairness_theta_of(const stk_fairness *fairness, int year)
{
    stk_fairness_theta theta;
    for (int k = 0; k < STK_FAIRNESS_CATEGORIES; k++) {
        theta.warming_k[k] = fairness->categories[k].warming_k;
        theta.world_mt[k] = fairness->categories[k].world_mt[year - STK_PATH_FIRST];
    }
    return theta;
}

const char *stk_fairness_band_name(stk_fairness_band band)
{
    static const char *const names[] = {"1.5C compatible", "almost sufficient", "insufficient",
                                        "highly insufficient", "critically insufficient"};
    return names[band];
}

const char *stk_fairness_limit_words(const stk_fairness_rating *rating)
{
    return rating->warming_is_limit ? "or more" : rating->warming_is_least ? "or less" : "";
}

static stk_fairness_band band_of(const stk_equity_theta *theta, double world_mt)
{
    enum { C1 = 0, C3 = 2 };
    return world_mt <= theta->world_mt[C1]               ? STK_BAND_1_5C
           : world_mt <= theta->world_mt[C3]             ? STK_BAND_ALMOST
           : world_mt <= stk_equity_theta_mt(theta, 3.0) ? STK_BAND_INSUFFICIENT
           : world_mt <= stk_equity_theta_mt(theta, 4.0) ? STK_BAND_HIGHLY
                                                         : STK_BAND_CRITICALLY;
}

/* ---- the hybrid: everybody takes the method that asks least ---- */

/* Means of the methods of every actor, one set a category: [category][method][actor]. */
typedef struct hybrid {
    size_t methods;
    size_t actors;
    double *mean; /* NULL until it is asked for */
    double rest_mt[STK_FAIRNESS_CATEGORIES];
    double warming_k[STK_FAIRNESS_CATEGORIES];
} hybrid;

struct stk_fairness_readings {
    stk_arena arena;
    stk_fairness *fairness;
    stk_equity_grid grid;
    int year;
    stk_fairness_theta medians;
    stk_equity_theta theta;
    stk_equity_readings *readings;
    hybrid hybrid;
};

static double mean_at(const hybrid *h, int category, size_t method, size_t actor)
{
    return h->mean[((size_t)category * h->methods + method) * h->actors + actor];
}

/* What the least demanding method leaves an actor between two categories. */
static double most_mt(const hybrid *h, int category, double part, size_t actor)
{
    double most = -INFINITY;
    for (size_t m = 0; m < h->methods; m++) {
        double low = mean_at(h, category, m, actor);
        double high = mean_at(h, category + 1, m, actor);
        most = fmax(most, low + part * (high - low));
    }
    return most;
}

static double hybrid_world_mt(const hybrid *h, int category, double part)
{
    double sum = h->rest_mt[category] + part * (h->rest_mt[category + 1] - h->rest_mt[category]);
    for (size_t a = 0; a < h->actors; a++) {
        sum += most_mt(h, category, part, a);
    }
    return sum;
}

/* Where between two categories an actor's level is what is left to it. */
static double find_part(const hybrid *h, int category, size_t actor, double level_mt)
{
    double low = 0;
    double high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2.0;
        if (most_mt(h, category, middle, actor) < level_mt) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2.0;
}

static double hybrid_k(const hybrid *h, const stk_equity_theta *theta, size_t actor,
                       double level_mt)
{
    int last = STK_FAIRNESS_CATEGORIES - 2;
    if (level_mt <= most_mt(h, 0, 0, actor)) {
        return stk_equity_theta_k(theta, hybrid_world_mt(h, 0, 0));
    }
    for (int k = 0; k <= last; k++) {
        if (most_mt(h, k, 1, actor) >= level_mt) {
            return stk_equity_theta_k(theta,
                                      hybrid_world_mt(h, k, find_part(h, k, actor, level_mt)));
        }
    }
    return stk_equity_theta_k(theta, hybrid_world_mt(h, last, 1));
}

static void take_means(hybrid *h, int category, const stk_equity_grid *grid,
                       const stk_equity_readings *readings)
{
    size_t method = 0;
    for (size_t i = 0; i < grid->count;) {
        size_t of_method = i;
        while (of_method < grid->count && grid->rules[of_method].method == grid->rules[i].method) {
            of_method++;
        }
        for (size_t a = 0; a < h->actors; a++) {
            double *mean = &h->mean[((size_t)category * h->methods + method) * h->actors + a];
            for (size_t k = i; k < of_method; k++) {
                *mean += stk_equity_reading_mt(readings, k, a) / (double)(of_method - i);
            }
        }
        method++;
        i = of_method;
    }
}

static size_t count_methods(const stk_equity_grid *grid)
{
    size_t count = 0;
    for (size_t i = 0; i < grid->count; i++) {
        count += i == 0 || grid->rules[i].method != grid->rules[i - 1].method;
    }
    return count;
}

/* The same actors, a category's median to share. */
static stk_status add_category(stk_fairness_readings *r, int k, stk_error *error)
{
    const stk_fairness *f = r->fairness;
    stk_equity_readings *readings = NULL;
    double *total = stk_arena_alloc(&r->arena, FAIRNESS_YEARS, sizeof *total);
    double *shared = stk_arena_alloc(&r->arena, FAIRNESS_YEARS, sizeof *shared);
    if (total == NULL || shared == NULL) {
        return stk_error_memory(error);
    }
    for (int t = STK_FAIRNESS_FIRST; t <= f->now; t++) {
        total[fairness_year(t)] = f->total_mt[fairness_year(t)];
        shared[fairness_year(t)] = f->plain.world_mt[fairness_year(t)];
    }
    fairness_draw_pathway(f, f->categories[k].world_mt, total);
    for (int t = f->now + 1; t <= STK_PATH_LAST; t++) {
        shared[fairness_year(t)] = total[fairness_year(t)] * (1.0 - f->rest_share);
    }
    equity_set_pathway(f->opened, shared);
    stk_status status = stk_equity_readings_make(f->opened, &r->grid, r->year,
                                                 (stk_equity_rest){0, 0}, &readings, error);
    if (status == STK_OK) {
        take_means(&r->hybrid, k, &r->grid, readings);
    }
    stk_equity_readings_free(readings);
    equity_set_pathway(f->opened, f->plain.world_mt);
    r->hybrid.rest_mt[k] = total[fairness_year(r->year)] * f->rest_share;
    r->hybrid.warming_k[k] = f->categories[k].warming_k;
    return status;
}

static stk_status make_hybrid(stk_fairness_readings *r, stk_error *error)
{
    hybrid *h = &r->hybrid;
    stk_status status = STK_OK;
    h->methods = count_methods(&r->grid);
    h->actors = r->fairness->count;
    h->mean = stk_arena_alloc(&r->arena, STK_FAIRNESS_CATEGORIES * h->methods * h->actors,
                              sizeof(double));
    if (h->mean == NULL) {
        return stk_error_memory(error);
    }
    for (int k = 0; k < STK_FAIRNESS_CATEGORIES && status == STK_OK; k++) {
        status = add_category(r, k, error);
    }
    return status;
}

stk_status stk_fairness_add_hybrid(stk_fairness_readings *r, stk_fairness_rating *rating,
                                   stk_error *error)
{
    stk_status status = r->hybrid.mean == NULL ? make_hybrid(r, error) : STK_OK;
    if (status == STK_OK) {
        rating->hybrid_k = hybrid_k(&r->hybrid, &r->theta, rating->actor, rating->level.mt);
        rating->hybrid_is_limit = rating->hybrid_k >= r->theta.warming_k[r->theta.count - 1];
    }
    return status;
}

/* ---- ratings ---- */

static stk_equity_rest rest_of(const stk_fairness *f, int year)
{
    stk_equity_rest rest = {stk_fairness_rest_mt(f, year), 0};
    for (size_t r = 0; r < f->rest_count; r++) {
        rest.baseline_mt += f->rest[r]->baseline[year - STK_PATH_FIRST] +
                            f->rest[r]->lulucf_baseline[year - STK_PATH_FIRST];
    }
    return rest;
}

stk_status stk_fairness_readings_make(stk_fairness *f, const stk_equity_grid *grid, int year,
                                      stk_fairness_readings **made, stk_error *error)
{
    stk_fairness_readings *r = calloc(1, sizeof *r);
    *made = NULL;
    if (r == NULL) {
        return stk_error_memory(error);
    }
    stk_status status;
    STK_TRY(equity_check_year(f->opened, year, f->now + 1, error));
    r->fairness = f;
    r->grid = grid != NULL ? *grid : stk_equity_grid_usual(STK_FAIRNESS_THRESHOLD);
    r->year = year;
    r->medians = stk_fairness_theta_of(f, year);
    r->theta =
        (stk_equity_theta){STK_FAIRNESS_CATEGORIES, r->medians.warming_k, r->medians.world_mt};
    STK_TRY(
        stk_equity_readings_make(f->opened, &r->grid, year, rest_of(f, year), &r->readings, error));
    *made = r;
done:
    if (status != STK_OK) {
        stk_fairness_readings_free(r);
    }
    return status;
}

void stk_fairness_readings_free(stk_fairness_readings *readings)
{
    if (readings != NULL) {
        stk_equity_readings_free(readings->readings);
        stk_arena_free(&readings->arena);
        free(readings);
    }
}

/* The methods nearly agree: a little above them is many times their distance. */
static bool nearly_agree(const stk_fairness *f, const stk_fairness_rating *r)
{
    const double fifth = 0.2;
    double now = f->plain.emissions_mt[r->actor * FAIRNESS_YEARS + fairness_year(f->now)];
    return r->rating.hi_mt - r->rating.lo_mt < fifth * fabs(now);
}

stk_status stk_fairness_rate(const stk_fairness_readings *readings, size_t actor,
                             stk_fairness_level level, stk_fairness_rating *r, stk_error *error)
{
    const stk_equity_theta *theta = &readings->theta;
    *r = (stk_fairness_rating){.actor = actor,
                               .level = level,
                               .least_mt = INFINITY,
                               .most_mt = -INFINITY,
                               .hybrid_k = NAN};
    stk_status status =
        stk_equity_rate(readings->readings, actor, level.mt, theta, &r->rating, error);
    if (status != STK_OK) {
        return status;
    }
    for (size_t i = 0; i < readings->grid.count; i++) {
        double mt = stk_equity_reading_mt(readings->readings, i, actor);
        r->least_mt = fmin(r->least_mt, mt);
        r->most_mt = fmax(r->most_mt, mt);
    }
    const stk_fairness *f = readings->fairness;
    double people = f->plain.population[actor * FAIRNESS_YEARS + fairness_year(readings->year)];
    r->lo_per_head_t = 1e6 * r->rating.lo_mt / people;
    r->hi_per_head_t = 1e6 * r->rating.hi_mt / people;
    r->per_head_t = 1e6 * level.mt / people;
    r->is_narrow = nearly_agree(f, r);
    r->band = band_of(theta, r->rating.world_if_all_mt);
    r->warming_is_least = r->rating.implied_warming_k <= theta->warming_k[0];
    r->warming_is_limit = r->rating.implied_warming_k >= theta->warming_k[theta->count - 1];
    return STK_OK;
}

stk_status stk_fairness_rate_all(const stk_fairness_readings *readings, stk_condition condition,
                                 stk_ambition ambition, stk_fairness_rating *ratings,
                                 stk_error *error)
{
    const stk_fairness *f = readings->fairness;
    stk_status status = STK_OK;
    for (size_t a = 0; a < f->count && status == STK_OK; a++) {
        status = stk_fairness_rate(readings, a,
                                   stk_fairness_level_of(f, a, condition, ambition, readings->year),
                                   &ratings[a], error);
    }
    return status;
}
