/** @file timeline.c
 * @brief The world after every single document.
 *
 * Two worlds are carried from step to step, one for level and gap in the benchmark's GWP set, one
 * for warming in AR6; a step recomputes only the Party whose document came. The pathways of all
 * steps are kept and run through the ensemble together.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/timeline.h>

#include "assess/assess_impl.h"
#include "assess/steps.h"

struct stk_timeline {
    stk_timeline_step *steps;
    size_t count;
};

/* ---- what happened ---- */

/* What a Party did on a day, "; " between several things; what does not fit is cut. */
static void join_label(stk_timeline_step *step, const char *label)
{
    size_t length = strlen(step->document);
    const char *between = length > 0 ? "; " : "";
    size_t room = sizeof step->document - length - 1;
    if (room > strlen(between)) {
        stk_text cut = stk_text_cut(stk_text_of(label), room - strlen(between));
        memcpy(step->document + length, between, strlen(between));
        length += strlen(between);
        memcpy(step->document + length, cut.data, cut.size);
        step->document[length + cut.size] = '\0';
    }
    step->document_count++;
}

static void describe(stk_timeline_step *step, const assess_step *from)
{
    memset(step, 0, sizeof *step);
    step->date = from->date;
    step->kind = from->kind;
    step->iso3 = from->iso3;
    for (size_t i = 0; i < from->count; i++) {
        if (from->first[i].counts) {
            join_label(step, from->first[i].label);
        }
    }
}

/* ---- what it did ---- */

/* The worlds as they stand, and the pathways that the ensemble will see. */
typedef struct walk {
    const stk_data *data;
    const stk_timeline_request *request;
    stk_timeline *timeline;
    assess_steps steps;
    stk_world *level;
    stk_world *warming; /* NULL without a model */
    double *values;     /* [pathway][Kyoto, land][year] */
    stk_basket *baskets;
    size_t *pathway_of; /* of each step */
    size_t pathway_count;
} walk;

static double level_gt(const walk *w)
{
    const stk_timeline_request *r = w->request;
    return stk_world_level_mt(w->level, r->condition, r->ambition, r->benchmark.with_lulucf,
                              r->year) /
           1000.0;
}

static stk_status open_worlds(walk *w, stk_error *error)
{
    stk_options options = w->request->options;
    options.as_of.date = assess_day_before(w->request->from);
    options.gwp = w->request->benchmark.gwp;
    stk_status status = assess_world(w->data, &options, &w->level, error);
    if (status == STK_OK && w->request->model != NULL) {
        options = stk_warming_options(&options);
        status = stk_gwp_find_set(stk_inventory_gwp(w->data->inventory), stk_text_of("AR6"),
                                  &options.gwp, error);
        status = status != STK_OK ? status : assess_world(w->data, &options, &w->warming, error);
    }
    return status;
}

/* By how much two pathways differ, on average over the years. */
static double distance_gt(const stk_basket *a, const stk_basket *b, size_t years)
{
    double sum = 0;
    for (size_t y = 0; y < years; y++) {
        sum += fabs(a->kyoto_mt[y] - b->kyoto_mt[y]) + fabs(a->land_mt[y] - b->land_mt[y]);
    }
    return sum / (double)years / 1000;
}

/* Keep the step's pathway unless it is too near the one that was kept last. */
static stk_status keep_pathway(walk *w, size_t i, stk_error *error)
{
    const stk_warming_model *model = w->request->model;
    size_t years = stk_warming_year_count(model);
    double *kyoto = w->values + 2 * w->pathway_count * years;
    w->baskets[w->pathway_count] = (stk_basket){kyoto, kyoto + years};
    stk_status status = stk_warming_world_basket(model, w->warming, w->request->condition,
                                                 w->request->ambition, kyoto, kyoto + years, error);
    bool last = i + 1 == w->timeline->count;
    double moved = w->pathway_count == 0 ? INFINITY
                                         : distance_gt(&w->baskets[w->pathway_count - 1],
                                                       &w->baskets[w->pathway_count], years);
    if (moved > 0 && (moved >= w->request->warming_step_gt || last)) {
        w->pathway_count++;
    }
    w->pathway_of[i] = w->pathway_count - 1;
    return status;
}

static stk_status take_step(walk *w, size_t i, stk_error *error)
{
    const stk_timeline_request *r = w->request;
    stk_timeline_step *step = &w->timeline->steps[i];
    assess_effect effect;
    stk_status status = assess_step_take(w->level, &w->steps.items[i], r->year, &effect, error);
    if (status == STK_OK && w->warming != NULL) {
        status = stk_world_advance(w->warming, step->date, step->iso3, error);
    }
    if (status != STK_OK) {
        return status;
    }
    step->name = effect.actor->actor.name;
    step->change_gt = effect.change.mt[r->condition][r->ambition] / 1000.0;
    if (r->benchmark.with_lulucf) {
        step->change_gt += effect.change.land_mt[r->condition][r->ambition] / 1000.0;
    }
    step->world_gt = level_gt(w);
    step->gap_gt = step->world_gt - r->benchmark.median_gt;
    step->warming_2100_k = step->warming_low_k = step->warming_high_k = NAN;
    return w->warming != NULL ? keep_pathway(w, i, error) : STK_OK;
}

/* In batches, so that somebody who waits can be told how far it is. */
static stk_status run_pathways(const walk *w, stk_outlook *outlooks, stk_error *error)
{
    enum { BATCH = 32 };
    const stk_timeline_request *r = w->request;
    stk_status status = STK_OK;
    for (size_t done = 0; done < w->pathway_count && status == STK_OK;) {
        size_t left = w->pathway_count - done;
        size_t count = r->progress == NULL || left < BATCH ? left : BATCH;
        status =
            stk_warming_run(r->model, w->baskets + done, count, r->threads, outlooks + done, error);
        done += count;
        if (status == STK_OK && r->progress != NULL &&
            !r->progress(r->user, done, w->pathway_count)) {
            return stk_error_set(error, STK_EARG, "the run was cancelled");
        }
    }
    return status;
}

static stk_status warm_up(walk *w, stk_error *error)
{
    stk_outlook *outlooks = calloc(w->pathway_count + 1, sizeof *outlooks);
    if (outlooks == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = run_pathways(w, outlooks, error);
    for (size_t i = 0; i < w->timeline->count && status == STK_OK; i++) {
        const stk_outlook *o = &outlooks[w->pathway_of[i]];
        w->timeline->steps[i].warming_2100_k = o->last_k[STK_WARMING_MEDIAN];
        w->timeline->steps[i].warming_low_k = o->last_k[0];
        w->timeline->steps[i].warming_high_k = o->last_k[STK_WARMING_PERCENTILES - 1];
    }
    free(outlooks);
    return status;
}

static stk_status make_room(walk *w, stk_error *error)
{
    size_t count = w->steps.count + 1;
    bool warming = w->request->model != NULL;
    w->timeline->steps = malloc(count * sizeof *w->timeline->steps);
    if (warming) {
        w->values = malloc(2 * count * stk_warming_year_count(w->request->model) * sizeof(double));
        w->baskets = malloc(count * sizeof *w->baskets);
        w->pathway_of = malloc(count * sizeof *w->pathway_of);
    }
    return w->timeline->steps == NULL ||
                   (warming && (w->values == NULL || w->baskets == NULL || w->pathway_of == NULL))
               ? stk_error_memory(error)
               : STK_OK;
}

static stk_status walk_through(walk *w, stk_error *error)
{
    stk_status status = make_room(w, error);
    status = status != STK_OK ? status : open_worlds(w, error);
    w->timeline->count = status == STK_OK ? w->steps.count : 0;
    for (size_t i = 0; i < w->timeline->count && status == STK_OK; i++) {
        describe(&w->timeline->steps[i], &w->steps.items[i]);
        status = take_step(w, i, error);
    }
    if (status == STK_OK && w->request->model != NULL && w->timeline->count > 0) {
        status = warm_up(w, error);
    }
    stk_world_free(w->level);
    stk_world_free(w->warming);
    free(w->values);
    free(w->baskets);
    free(w->pathway_of);
    return status;
}

/* That a year is over moves few levels; what it does not move is no step to show. */
static void drop_idle_years(stk_timeline *timeline)
{
    const double nothing_gt = 1e-12;
    size_t kept = 0;
    for (size_t i = 0; i < timeline->count; i++) {
        const stk_timeline_step *step = &timeline->steps[i];
        if (step->kind != STK_STEP_YEAR || fabs(step->change_gt) > nothing_gt) {
            timeline->steps[kept++] = *step;
        }
    }
    timeline->count = kept;
}

stk_status stk_timeline_make(const stk_data *data, const stk_timeline_request *request,
                             stk_timeline **timeline, stk_error *error)
{
    stk_timeline *made = calloc(1, sizeof *made);
    *timeline = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    walk w = {.data = data, .request = request, .timeline = made};
    stk_status status = assess_steps_list(data, &request->options, request->from,
                                          request->model != NULL, &w.steps, error);
    status = status != STK_OK ? status : walk_through(&w, error);
    assess_steps_free(&w.steps);
    if (status != STK_OK) {
        stk_timeline_free(made);
        return status;
    }
    drop_idle_years(made);
    *timeline = made;
    return STK_OK;
}

void stk_timeline_free(stk_timeline *timeline)
{
    if (timeline != NULL) {
        free(timeline->steps);
        free(timeline);
    }
}

const stk_timeline_step *stk_timeline_steps(const stk_timeline *timeline, size_t *count)
{
    *count = timeline->count;
    return timeline->steps;
}
