/** @file world.c
 * @brief A world that is shared: what must hold of its numbers, and sums that all rules use.
 */
#include <math.h>
#include <stdlib.h>

#include "equity/equity_impl.h"

/* What every number of an array must be. */
typedef struct range {
    const char *what;
    double above; /* NaN: any number */
    double below;
    const char *allowed;
} range;

static stk_status check_values(const stk_equity *e, const double *values, size_t count,
                               const size_t *area_of, range allowed, stk_error *error)
{
    for (size_t i = 0; i < count * e->years; i++) {
        double value = values[i];
        bool fits = isfinite(value) && !(value <= allowed.above) && !(value >= allowed.below);
        if (!fits) {
            size_t row = i / e->years;
            size_t area = area_of == NULL ? row : area_of[row];
            char number[STK_NUMBER_SIZE];
            stk_number_format(value, number);
            return stk_error_set(error, STK_EDATA, "%s in %d: %s %s is refused; allowed: %s",
                                 e->world.codes[area], e->world.first_year + (int)(i % e->years),
                                 allowed.what, number[0] == '\0' ? "that is missing" : number,
                                 allowed.allowed);
        }
    }
    return STK_OK;
}

static stk_status check_pathway(const stk_equity *e, stk_error *error)
{
    for (size_t i = 0; i < e->years; i++) {
        if (!isfinite(e->world.world_mt[i])) {
            return stk_error_set(error, STK_EDATA, "the world's level in %d is missing",
                                 e->world.first_year + (int)i);
        }
    }
    return STK_OK;
}

static stk_status check_world(const stk_equity *e, stk_error *error)
{
    const range people = {"population", 0, NAN, "a number above 0"};
    const range money = {"GDP", 0, NAN, "a number above 0"};
    const range any = {"emissions", NAN, NAN, "a number"};
    const range gini = {"a Gini index of", 0, 100, "a number between 0 and 100"};
    const stk_equity_world *w = &e->world;
    const size_t *of = w->people_area;
    stk_status status;
    if (w->count == 0 || w->last_year < w->first_year || w->now < w->first_year ||
        w->now > w->last_year) {
        return stk_error_set(error, STK_EARG, "a world without areas, or without years");
    }
    STK_TRY(check_values(e, w->population, w->count, NULL, people, error));
    STK_TRY(check_values(e, w->gdp, w->count, NULL, money, error));
    STK_TRY(check_values(e, w->emissions_mt, w->count, NULL, any, error));
    if (of != NULL) {
        STK_TRY(check_values(e, w->people_population, w->people_count, of, people, error));
        STK_TRY(check_values(e, w->people_gdp, w->people_count, of, money, error));
        STK_TRY(check_values(e, w->people_emissions_mt, w->people_count, of, any, error));
    }
    STK_TRY(check_values(e, w->people_gini_pct, w->people_count, of, gini, error));
    STK_TRY(check_pathway(e, error));
done:
    return status;
}

static double *add_up(stk_equity *e, const double *values)
{
    double *sums = stk_arena_alloc(&e->arena, e->years, sizeof *sums);
    for (size_t a = 0; a < e->world.count && sums != NULL; a++) {
        for (size_t i = 0; i < e->years; i++) {
            sums[i] += values[a * e->years + i];
        }
    }
    return sums;
}

stk_status stk_equity_open(const stk_equity_world *world, stk_equity **opened, stk_error *error)
{
    stk_equity *e = calloc(1, sizeof *e);
    *opened = NULL;
    if (e == NULL) {
        return stk_error_memory(error);
    }
    e->world = *world;
    e->years = world->last_year >= world->first_year
                   ? (size_t)(world->last_year - world->first_year + 1)
                   : 0;
    if (world->people_count == 0) {
        e->world.people_count = world->count;
        e->world.people_area = NULL;
        e->world.people_population = world->population;
        e->world.people_gdp = world->gdp;
        e->world.people_emissions_mt = world->emissions_mt;
    }
    stk_status status;
    STK_TRY(check_world(e, error));
    e->population = add_up(e, world->population);
    e->gdp = add_up(e, world->gdp);
    e->emissions_mt = add_up(e, world->emissions_mt);
    if (e->population == NULL || e->gdp == NULL || e->emissions_mt == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    if (!(e->emissions_mt[equity_year(e, world->now)] > 0)) {
        STK_FAIL(
            stk_error_set(error, STK_EDATA, "the emissions of %d add up to nothing", world->now));
    }
    *opened = e;
done:
    if (status != STK_OK) {
        stk_equity_free(e);
    }
    return status;
}

void stk_equity_free(stk_equity *e)
{
    if (e != NULL) {
        stk_arena_free(&e->arena);
        free(e);
    }
}

void equity_set_pathway(stk_equity *e, const double *world_mt)
{
    e->world.world_mt = world_mt;
    e->convergence.converge = 0;
}

const stk_equity_world *stk_equity_world_of(const stk_equity *opened)
{
    return &opened->world;
}

double equity_people(const stk_equity *e, size_t area, int year)
{
    return e->world.population[equity_at(e, area, year)] / e->population[equity_year(e, year)];
}

stk_status equity_check_year(const stk_equity *e, int year, int first, stk_error *error)
{
    return year >= first && year <= e->world.last_year
               ? STK_OK
               : stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d", year,
                               first, e->world.last_year);
}
