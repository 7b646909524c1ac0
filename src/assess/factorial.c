/** @file factorial.c
 * @brief Running combinations of assumptions.
 *
 * Targets are quantified once for each combination of the assumptions that they depend on, and
 * pathways drawn again for the others. Pathways of all combinations are kept (1.2 kB each), equal
 * ones found by a hash, and the different ones run through the ensemble in batches, so that memory
 * for gases does not grow with combinations.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess_impl.h"

enum { BATCH = 256 };

typedef struct factorial_run {
    const stk_data *data;
    const stk_warming_model *model;
    const stk_factorial_request *request;
    stk_factorial *made;
    size_t years;
    size_t gwp;
    double *values;  /* [case][Kyoto, land][year] */
    size_t *same_as; /* [case] first case with the same pathway */
    size_t *unique;  /* cases that are run, in order */
    size_t unique_count;
    stk_outlook *outlooks; /* of a batch */
} factorial_run;

/* ---- which combinations ---- */

static stk_status list_all(stk_factorial *f, stk_error *error)
{
    f->count = combination_count();
    f->cases = calloc(f->count, sizeof *f->cases);
    for (size_t i = 0; f->cases != NULL && i < f->count; i++) {
        f->cases[i].combination = combination_at(i);
    }
    return stk_allocated(f->cases, error);
}

/* The reference, and each other choice alone. */
static stk_status list_alone(stk_factorial *f, stk_error *error)
{
    f->cases = calloc(STK_EFFECTS_MAX + 1, sizeof *f->cases);
    if (f->cases == NULL) {
        return stk_error_memory(error);
    }
    f->cases[f->count++].combination = f->reference;
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        for (int choice = 0; choice < stk_assumption_choices((stk_assumption)a); choice++) {
            if (choice != f->reference.choice[a]) {
                f->cases[f->count].combination = f->reference;
                f->cases[f->count++].combination.choice[a] = (unsigned char)choice;
            }
        }
    }
    return STK_OK;
}

/* ---- pathways ---- */

/* Whether two combinations have the same targets. */
static bool same_targets(const stk_options *a, const stk_options *b)
{
    return a->as_of.include_announced == b->as_of.include_announced &&
           a->as_of.ignore_withdrawal == b->as_of.ignore_withdrawal && a->sinks == b->sinks &&
           a->lulucf_source == b->lulucf_source && a->stated == b->stated;
}

static bool same_pathways(const stk_options *a, const stk_options *b)
{
    return same_targets(a, b) && a->cap_hot_air == b->cap_hot_air && a->otherwise == b->otherwise &&
           a->net_zero == b->net_zero && a->long_term == b->long_term;
}

static double *kyoto_of(const factorial_run *r, size_t i)
{
    return r->values + 2 * i * r->years;
}

/* The pathway of a case, from the world of its options. */
static stk_status take_case(const factorial_run *r, const stk_world *world, size_t i,
                            stk_error *error)
{
    stk_factorial_case *c = &r->made->cases[i];
    const unsigned char *choice = c->combination.choice;
    double *kyoto = kyoto_of(r, i);
    stk_condition condition = (stk_condition)choice[STK_ASSUME_CONDITION];
    stk_ambition ambition = (stk_ambition)choice[STK_ASSUME_AMBITION];
    stk_status status = stk_warming_world_basket(r->model, world, condition, ambition, kyoto,
                                                 kyoto + r->years, error);
    c->world_gt = kyoto[r->request->year - stk_warming_first_year(r->model)] / 1000.0;
    return status;
}

/* Ask the caller whether it goes on; pathways are drawn before any is run. */
static stk_status go_on(const factorial_run *r, size_t done, size_t total, stk_error *error)
{
    const stk_factorial_request *request = r->request;
    return request->progress == NULL || request->progress(request->user, done, total)
               ? STK_OK
               : stk_error_set(error, STK_EARG, "the run was cancelled");
}

/* All cases that have the targets of `options`. */
static stk_status take_cases(const factorial_run *r, stk_options options, bool *taken,
                             stk_error *error)
{
    const stk_factorial *f = r->made;
    stk_world *world;
    stk_status status = assess_world(r->data, &options, &world, error);
    for (size_t i = 0; i < f->count && status == STK_OK; i++) {
        stk_options own = combination_options(&f->cases[i].combination, r->request->as_of, r->gwp);
        if (taken[i] || !same_targets(&own, &options)) {
            continue;
        }
        status = go_on(r, 0, f->count, error);
        if (status == STK_OK && !same_pathways(&own, stk_world_options(world))) {
            status = stk_world_redraw(world, &own, error);
        }
        for (size_t k = i; k < f->count && status == STK_OK; k++) {
            stk_options other =
                combination_options(&f->cases[k].combination, r->request->as_of, r->gwp);
            if (!taken[k] && same_pathways(&own, &other)) {
                status = take_case(r, world, k, error);
                taken[k] = true;
            }
        }
    }
    stk_world_free(world);
    return status;
}

static stk_status make_pathways(factorial_run *r, stk_error *error)
{
    const stk_factorial *f = r->made;
    bool *taken = calloc(f->count, sizeof *taken);
    stk_status status = STK_OK;
    if (taken == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < f->count && status == STK_OK; i++) {
        if (!taken[i]) {
            status = take_cases(
                r, combination_options(&f->cases[i].combination, r->request->as_of, r->gwp), taken,
                error);
        }
    }
    free(taken);
    return status;
}

/* ---- the ensemble ---- */

static uint64_t hash_pathway(const double *values, size_t count)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001b3);
        hash ^= hash >> 29;
    }
    return hash;
}

/* Open addressing; `slots` holds case + 1. */
static stk_status find_equal(factorial_run *r, stk_error *error)
{
    size_t count = r->made->count;
    size_t width = 2 * r->years;
    size_t size = 1;
    while (size < 2 * count) {
        size *= 2;
    }
    size_t *slots = calloc(size, sizeof *slots);
    if (slots == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)hash_pathway(kyoto_of(r, i), width) & (size - 1);
        while (slots[at] != 0 &&
               memcmp(kyoto_of(r, slots[at] - 1), kyoto_of(r, i), width * sizeof(double)) != 0) {
            at = (at + 1) & (size - 1);
        }
        if (slots[at] == 0) {
            slots[at] = i + 1;
            r->unique[r->unique_count++] = i;
        }
        r->same_as[i] = slots[at] - 1;
    }
    free(slots);
    return STK_OK;
}

static void take_outlook(stk_factorial_case *c, const stk_outlook *outlook)
{
    memcpy(c->warming_2100_k, outlook->last_k, sizeof c->warming_2100_k);
    memcpy(c->p_exceed, outlook->p_exceed, sizeof c->p_exceed);
}

static stk_status run_batch(factorial_run *r, size_t first, size_t count, stk_error *error)
{
    stk_basket baskets[BATCH];
    for (size_t i = 0; i < count; i++) {
        const double *kyoto = kyoto_of(r, r->unique[first + i]);
        baskets[i] = (stk_basket){kyoto, kyoto + r->years};
    }
    stk_status status =
        stk_warming_run(r->model, baskets, count, r->request->threads, r->outlooks, error);
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        take_outlook(&r->made->cases[r->unique[first + i]], &r->outlooks[i]);
    }
    return status;
}

static stk_status run_unique(factorial_run *r, stk_error *error)
{
    stk_factorial *f = r->made;
    stk_status status = STK_OK;
    for (size_t first = 0; first < r->unique_count && status == STK_OK; first += BATCH) {
        size_t left = r->unique_count - first;
        status = run_batch(r, first, left < BATCH ? left : BATCH, error);
        if (status == STK_OK) {
            status = go_on(r, first + (left < BATCH ? left : BATCH), r->unique_count, error);
        }
    }
    for (size_t i = 0; i < f->count && status == STK_OK; i++) {
        const stk_factorial_case *same = &f->cases[r->same_as[i]];
        memcpy(f->cases[i].warming_2100_k, same->warming_2100_k, sizeof same->warming_2100_k);
        memcpy(f->cases[i].p_exceed, same->p_exceed, sizeof same->p_exceed);
    }
    return status;
}

/* ---- all of it ---- */

static stk_status make_room(factorial_run *r, stk_error *error)
{
    size_t count = r->made->count;
    r->values = malloc(2 * count * r->years * sizeof *r->values);
    r->same_as = malloc(count * sizeof *r->same_as);
    r->unique = malloc(count * sizeof *r->unique);
    r->outlooks = malloc(BATCH * sizeof *r->outlooks);
    return r->values != NULL && r->same_as != NULL && r->unique != NULL
               ? stk_allocated(r->outlooks, error)
               : stk_error_memory(error);
}

static stk_status run_all(factorial_run *r, stk_error *error)
{
    stk_status status;
    STK_TRY(r->made->complete ? list_all(r->made, error) : list_alone(r->made, error));
    STK_TRY(make_room(r, error));
    STK_TRY(stk_gwp_find_set(stk_inventory_gwp(r->data->inventory), stk_text_of("AR6"), &r->gwp,
                             error));
    STK_TRY(make_pathways(r, error));
    STK_TRY(find_equal(r, error));
    STK_TRY(run_unique(r, error));
    factorial_find_effects(r->made);
done:
    free(r->values);
    free(r->same_as);
    free(r->unique);
    free(r->outlooks);
    return status;
}

stk_status stk_factorial_run(const stk_data *data, const stk_warming_model *model,
                             const stk_factorial_request *request, stk_factorial **factorial,
                             stk_error *error)
{
    int first = stk_warming_first_year(model);
    int last = stk_warming_last_year(model);
    *factorial = NULL;
    if (request->year < first || request->year > last) {
        return stk_error_set(error, STK_EARG, "year %d is refused; allowed: %d to %d",
                             request->year, first, last);
    }
    stk_factorial *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return stk_error_memory(error);
    }
    made->reference = request->reference;
    made->complete = request->every_combination;
    factorial_run run = {.data = data,
                         .model = model,
                         .request = request,
                         .made = made,
                         .years = stk_warming_year_count(model)};
    stk_status status = run_all(&run, error);
    if (status != STK_OK) {
        stk_factorial_free(made);
        return status;
    }
    *factorial = made;
    return STK_OK;
}

void stk_factorial_free(stk_factorial *factorial)
{
    if (factorial != NULL) {
        free(factorial->cases);
        free(factorial);
    }
}

const stk_factorial_case *stk_factorial_cases(const stk_factorial *factorial, size_t *count)
{
    *count = factorial->count;
    return factorial->cases;
}
