/** @file timeline.c
 * @brief The world after every single document.
 *
 * Two worlds are carried from step to step, one for level and gap in the benchmark's GWP set, one
 * for warming in AR6; a step recomputes only the Party whose document came. The pathways of all
 * steps are kept and run through the ensemble together.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/timeline.h>

#include "assess/assess_impl.h"

struct stk_timeline {
    stk_timeline_step *steps;
    size_t count;
    size_t capacity;
};

/* ---- what happened ---- */

static bool add_step(stk_timeline *t, stk_date date, const char *iso3, const char *label)
{
    if (t->count == t->capacity) {
        size_t capacity = t->capacity == 0 ? 256 : 2 * t->capacity;
        stk_timeline_step *steps = realloc(t->steps, capacity * sizeof *steps);
        if (steps == NULL) {
            return false;
        }
        t->steps = steps;
        t->capacity = capacity;
    }
    stk_timeline_step *step = &t->steps[t->count++];
    memset(step, 0, sizeof *step);
    step->date = date;
    step->iso3 = iso3;
    stk_text cut = stk_text_cut(stk_text_of(label), sizeof step->document - 1);
    memcpy(step->document, cut.data, cut.size);
    step->document_count = 1;
    return true;
}

static bool in_time(const stk_timeline_request *r, stk_date date)
{
    return date >= r->from && date <= r->options.as_of.date;
}

static bool add_events(const stk_data *data, const stk_timeline_request *r, stk_timeline *t)
{
    size_t count;
    const stk_party_event *events = stk_pledges_events(data->pledges, &count);
    bool added = true;
    for (size_t i = 0; i < count && added; i++) {
        bool standing = events[i].effect == STK_EVENT_WITHDRAWS ||
                        events[i].effect == STK_EVENT_REJOINS ||
                        events[i].effect == STK_EVENT_LEAVES_JOINT;
        if (standing && in_time(r, events[i].date) &&
            !(r->options.as_of.ignore_withdrawal && events[i].effect != STK_EVENT_LEAVES_JOINT)) {
            added = add_step(t, events[i].date, events[i].iso3, events[i].text);
        }
    }
    return added;
}

static bool is_new_document(const stk_target *targets, size_t i)
{
    return i == 0 || strcmp(targets[i].iso3, targets[i - 1].iso3) != 0 ||
           targets[i].submitted != targets[i - 1].submitted ||
           targets[i].status != targets[i - 1].status ||
           strcmp(targets[i].version, targets[i - 1].version) != 0;
}

/* A document's own name; an announcement has none, so what it aims at. */
static void name_document(const stk_target *t, char label[STK_DOCUMENT_LABEL_SIZE])
{
    const char *status = stk_document_status_name(t->status);
    if (t->version[0] == '\0' || strcmp(t->version, status) == 0) {
        snprintf(label, STK_DOCUMENT_LABEL_SIZE, "%s target for %d", status, t->year);
    } else {
        snprintf(label, STK_DOCUMENT_LABEL_SIZE, "%.180s", t->version);
    }
}

static bool add_documents(const stk_data *data, const stk_timeline_request *r, stk_timeline *t)
{
    size_t count;
    const stk_target *targets = stk_pledges_targets(data->pledges, &count);
    bool added = true;
    for (size_t i = 0; i < count && added; i++) {
        const stk_target *target = &targets[i];
        bool official =
            target->status == STK_DOCUMENT_SUBMITTED || target->status == STK_DOCUMENT_INDC;
        bool counts = official || r->options.as_of.include_announced;
        /* members of the joint document name it again; it is one document, of EUU */
        if (counts && target->joint_party[0] == '\0' && in_time(r, target->submitted) &&
            is_new_document(targets, i)) {
            char label[STK_DOCUMENT_LABEL_SIZE];
            name_document(target, label);
            added = add_step(t, target->submitted, target->iso3, label);
        }
    }
    return added;
}

/* The weakest standing of a net-zero aim that moves level or warming; STK_NET_ZERO_NONE if none
 * does. */
static stk_net_zero weakest_that_counts(const stk_timeline_request *r)
{
    bool level = r->options.extension == STK_EXTEND_NET_ZERO;
    stk_net_zero weakest = level ? r->options.net_zero : STK_NET_ZERO_NONE;
    stk_net_zero warming = r->model != NULL ? r->options.binding : STK_NET_ZERO_NONE;
    bool stricter = weakest == STK_NET_ZERO_NONE || weakest > warming;
    return warming != STK_NET_ZERO_NONE && stricter ? warming : weakest;
}

/* Whether the joint document speaks for a Party, so that its own aim moves nothing. */
static bool is_joint(const stk_data *data, const stk_timeline_request *r, const char *iso3,
                     stk_date date)
{
    stk_as_of as_of = r->options.as_of;
    stk_area area = stk_inventory_find(data->inventory, stk_text_of(iso3));
    as_of.date = date;
    return area >= 0 &&
           stk_pledges_in_joint(data->pledges, iso3,
                                stk_inventory_area(data->inventory, area)->eu_member, as_of);
}

static bool add_net_zero(const stk_data *data, const stk_timeline_request *r, stk_timeline *t)
{
    size_t count;
    stk_net_zero weakest = weakest_that_counts(r);
    const stk_net_zero_event *events = stk_pledges_net_zero_events(data->pledges, &count);
    bool added = true;
    for (size_t i = 0; i < count && added && weakest != STK_NET_ZERO_NONE; i++) {
        const stk_net_zero_event *e = &events[i];
        bool counts = e->standing == STK_NET_ZERO_NONE || e->standing >= weakest;
        if (counts && in_time(r, e->date) && !is_joint(data, r, e->iso3, e->date)) {
            char label[STK_DOCUMENT_LABEL_SIZE];
            if (e->standing == STK_NET_ZERO_NONE) {
                snprintf(label, sizeof label, "net zero withdrawn: %.120s", e->document);
            } else {
                snprintf(label, sizeof label, "net zero %d: %.120s", e->year, e->document);
            }
            added = add_step(t, e->date, e->iso3, label);
        }
    }
    return added;
}

/* By date, then Party; qsort is not stable, so the order of entry is the last key. */
typedef struct ordered {
    stk_timeline_step step;
    size_t entered;
} ordered;

static int compare_steps(const void *a, const void *b)
{
    const ordered *x = a;
    const ordered *y = b;
    if (x->step.date != y->step.date) {
        return x->step.date < y->step.date ? -1 : 1;
    }
    int order = strcmp(x->step.iso3, y->step.iso3);
    return order != 0 ? order : (x->entered > y->entered) - (x->entered < y->entered);
}

static void join_labels(stk_timeline_step *step, const stk_timeline_step *other)
{
    size_t length = strlen(step->document);
    size_t room = sizeof step->document - length;
    step->document_count += other->document_count;
    if (room > 3) { /* what does not fit is cut */
        stk_text cut = stk_text_cut(stk_text_of(other->document), room - 3);
        memcpy(step->document + length, "; ", 2);
        memcpy(step->document + length + 2, cut.data, cut.size);
        step->document[length + 2 + cut.size] = '\0';
    }
}

/* Sort, and make one step of what one Party did on one day. */
static bool sort_steps(stk_timeline *t)
{
    ordered *list = malloc((t->count + 1) * sizeof *list);
    if (list == NULL) {
        return false;
    }
    for (size_t i = 0; i < t->count; i++) {
        list[i] = (ordered){t->steps[i], i};
    }
    qsort(list, t->count, sizeof *list, compare_steps);
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++) {
        stk_timeline_step *last = kept > 0 ? &t->steps[kept - 1] : NULL;
        if (last != NULL && last->date == list[i].step.date &&
            strcmp(last->iso3, list[i].step.iso3) == 0) {
            join_labels(last, &list[i].step);
        } else {
            t->steps[kept++] = list[i].step;
        }
    }
    t->count = kept;
    free(list);
    return true;
}

/* ---- what it did ---- */

/* The worlds as they stand, and the pathways that the ensemble will see. */
typedef struct walk {
    const stk_data *data;
    const stk_timeline_request *request;
    stk_timeline *timeline;
    stk_world *level;
    stk_world *warming; /* NULL without a model */
    double *values;     /* [pathway][Kyoto, land][year] */
    stk_basket *baskets;
    size_t *pathway_of; /* of each step */
    size_t pathway_count;
} walk;

static stk_status open_worlds(walk *w, stk_error *error)
{
    stk_options options = w->request->options;
    options.as_of.date = w->request->from - 1; /* dates are numbers that order */
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
    stk_status status = stk_world_advance(w->level, step->date, step->iso3, error);
    if (status == STK_OK && w->warming != NULL) {
        status = stk_world_advance(w->warming, step->date, step->iso3, error);
    }
    if (status != STK_OK) {
        return status;
    }
    step->name = stk_world_find(w->level, step->iso3)->actor.name;
    step->world_gt =
        stk_world_level_mt(w->level, r->condition, r->ambition, r->benchmark.with_lulucf, r->year) /
        1000.0;
    step->gap_gt = step->world_gt - r->benchmark.median_gt;
    step->warming_2100_k = step->warming_low_k = step->warming_high_k = NAN;
    return w->warming != NULL ? keep_pathway(w, i, error) : STK_OK;
}

static stk_status warm_up(walk *w, stk_error *error)
{
    stk_outlook *outlooks = malloc((w->pathway_count + 1) * sizeof *outlooks);
    if (outlooks == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = stk_warming_run(w->request->model, w->baskets, w->pathway_count,
                                        w->request->threads, outlooks, error);
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
    size_t count = w->timeline->count + 1;
    if (w->request->model == NULL) {
        return STK_OK;
    }
    w->values = malloc(2 * count * stk_warming_year_count(w->request->model) * sizeof(double));
    w->baskets = malloc(count * sizeof *w->baskets);
    w->pathway_of = malloc(count * sizeof *w->pathway_of);
    return w->values == NULL || w->baskets == NULL || w->pathway_of == NULL
               ? stk_error_set(error, STK_EMEM, "out of memory")
               : STK_OK;
}

static stk_status walk_through(walk *w, stk_error *error)
{
    stk_status status = make_room(w, error);
    status = status != STK_OK ? status : open_worlds(w, error);
    for (size_t i = 0; i < w->timeline->count && status == STK_OK; i++) {
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

stk_status stk_timeline_make(const stk_data *data, const stk_timeline_request *request,
                             stk_timeline **timeline, stk_error *error)
{
    stk_timeline *made = calloc(1, sizeof *made);
    *timeline = NULL;
    if (made == NULL || !add_events(data, request, made) || !add_documents(data, request, made) ||
        !add_net_zero(data, request, made) || !sort_steps(made)) {
        stk_timeline_free(made);
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    walk w = {.data = data, .request = request, .timeline = made};
    stk_status status = walk_through(&w, error);
    if (status != STK_OK) {
        stk_timeline_free(made);
        return status;
    }
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
