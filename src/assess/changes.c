/** @file changes.c
 * @brief What changed between two dates, Party by Party, against two counterfactuals.
 *
 * The world of the earlier date is carried to the later one step by step (steps.h). What a Party
 * did is the sum of its steps, cut where it leaves the Agreement or comes back, so that a
 * withdrawal is never booked under a document. Sums are exact:
 *
 *     gap before = gap after + sum (before - after),   share = (before - after) / gap before.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess_impl.h"

static const char *const names[STK_COUNTERFACTUALS] = {"previous", "baseline"};

const char *stk_counterfactual_name(stk_counterfactual counterfactual)
{
    return names[counterfactual];
}

/* The user's GWP set and the benchmark's. */
enum { USER, SCOPE, SETS };

/* Consecutive steps of one Party that belong in one row. */
typedef struct run {
    const char *iso3;
    const char *name;
    bool standing; /* a withdrawal or a return */
    int rank;      /* of the step that it is named after */
    stk_date date;
    stk_step_kind kind;
    const char *status;
    bool listed;
    assess_levels change[SETS];
    assess_levels after[SETS];
    assess_levels none[SETS]; /* had the Party no pledge */
} run;

typedef struct walk {
    stk_assessment *assessment;
    const stk_data *data;
    assess_steps steps;
    stk_world *world[SETS]; /* the second only where the sets differ */
    run *runs;
    size_t run_count;
} walk;

/* ---- steps to runs ---- */

static bool is_standing(stk_step_kind kind)
{
    return kind == STK_STEP_WITHDRAWAL || kind == STK_STEP_RETURN;
}

/* The run that a step goes on with, or a new one. */
static run *run_of(walk *w, const assess_step *step)
{
    bool standing = is_standing(step->kind);
    for (size_t i = w->run_count; i-- > 0;) {
        run *r = &w->runs[i];
        if (r->iso3 != NULL && strcmp(r->iso3, step->iso3) == 0) {
            if (r->standing == standing && (!standing || r->kind == step->kind)) {
                return r;
            }
            break;
        }
    }
    run *made = &w->runs[w->run_count++];
    *made = (run){.iso3 = step->iso3, .standing = standing, .rank = -1};
    return made;
}

static bool has_moved(const assess_effect *effect)
{
    STK_EACH_CASE(c, k) {
        if (effect->change.mt[c][k] != 0 || effect->change.land_mt[c][k] != 0) {
            return true;
        }
    }
    return false;
}

/* The document of the step that states the level of the year, if any does: a document may say again
 * what another said before. */
static const stk_target *stating_document(const walk *w, const assess_step *step,
                                          const stk_national *actor)
{
    for (int t = 0; t < actor->target_count; t++) {
        for (size_t i = 0; i < step->count; i++) {
            const stk_target *first = step->first[i].document;
            const stk_target *states = actor->targets[t].document;
            if (actor->targets[t].year == w->assessment->request.year && first != NULL &&
                states >= first && states < first + assess_document_rows(w->data, first)) {
                return first;
            }
        }
    }
    return NULL;
}

static const stk_target *newest_document(const assess_step *step)
{
    const stk_target *found = NULL;
    for (size_t i = 0; i < step->count; i++) {
        bool counts = step->first[i].counts && step->first[i].document != NULL;
        found = counts ? step->first[i].document : found;
    }
    return found;
}

/* A row is named after the newest document that moved or stated the level, else after what moved
 * it. */
static void name_run(const walk *w, run *r, const assess_step *step, const stk_national *actor,
                     bool moved)
{
    const stk_target *states = stating_document(w, step, actor);
    const stk_target *document = states != NULL ? states : newest_document(step);
    bool tells = moved || states != NULL;
    int rank = (tells ? 2 : 0) + (r->standing || document != NULL ? 1 : 0);
    r->listed = r->listed || tells;
    r->name = actor->actor.name;
    if (rank >= r->rank) {
        r->rank = rank;
        r->date = step->date;
        r->kind = step->kind;
        r->status = step->kind == STK_STEP_DOCUMENT && document != NULL
                        ? stk_target_status_name(document)
                        : assess_event_status(step->kind);
    }
}

static assess_levels levels_without(const stk_national *actor, int year)
{
    assess_levels levels;
    STK_EACH_CASE(c, k) {
        levels.mt[c][k] = actor->baseline[year - STK_PATH_FIRST];
        levels.land_mt[c][k] = actor->lulucf_baseline[year - STK_PATH_FIRST];
    }
    return levels;
}

static void add_change(run *r, int set, const assess_effect *effect, int year)
{
    STK_EACH_CASE(c, k) {
        r->change[set].mt[c][k] += effect->change.mt[c][k];
        r->change[set].land_mt[c][k] += effect->change.land_mt[c][k];
    }
    r->after[set] = effect->after;
    r->none[set] = levels_without(effect->actor, year);
}

static stk_status take_step(walk *w, const assess_step *step, stk_error *error)
{
    int year = w->assessment->request.year;
    assess_effect effect;
    run *r = run_of(w, step);
    stk_status status;
    STK_TRY(assess_step_take(w->world[USER], step, year, &effect, error));
    bool moved = has_moved(&effect);
    add_change(r, USER, &effect, year);
    for (size_t i = 0; i < step->count; i++) {
        size_t at = (size_t)(step->first + i - w->steps.happenings);
        if (step->first[i].counts) {
            arrivals_note(&w->assessment->arrivals[at], &step->first[i], w->data, effect.actor,
                          stk_world_options(w->world[USER])->as_of);
        }
    }
    name_run(w, r, step, effect.actor, moved);
    if (w->world[SCOPE] == NULL) {
        add_change(r, SCOPE, &effect, year);
        return STK_OK;
    }
    STK_TRY(assess_step_take(w->world[SCOPE], step, year, &effect, error));
    add_change(r, SCOPE, &effect, year);
    r->listed = r->listed || has_moved(&effect);
done:
    return status;
}

/* ---- runs to rows ---- */

/* What the Party would have been at without the run: as it was before, or on its baseline unless a
 * document before this one has taken it from there. */
static void fill_change(stk_change *change, const run *r, const run *former, bool with_lulucf)
{
    stk_condition c = change->condition;
    for (int k = 0; k < STK_AMBITIONS; k++) {
        const assess_levels *from = former != NULL ? former->after : r->none;
        bool previous = change->counterfactual == STK_COUNTERFACTUAL_PREVIOUS;
        change->after_mt[k] = r->after[USER].mt[c][k];
        change->before_mt[k] =
            previous ? change->after_mt[k] - r->change[USER].mt[c][k] : from[USER].mt[c][k];
        change->change_gt[k] = (change->after_mt[k] - change->before_mt[k]) / 1000.0;
        double closes =
            previous ? -r->change[SCOPE].mt[c][k] : from[SCOPE].mt[c][k] - r->after[SCOPE].mt[c][k];
        double land = previous ? -r->change[SCOPE].land_mt[c][k]
                               : from[SCOPE].land_mt[c][k] - r->after[SCOPE].land_mt[c][k];
        change->closes_gt[k] = (closes + (with_lulucf ? land : 0.0)) / 1000.0;
    }
}

static const run *former_of(const walk *w, const run *r)
{
    for (const run *former = r; former-- > w->runs;) {
        if (former->listed && !is_standing(former->kind) && strcmp(former->iso3, r->iso3) == 0) {
            return former;
        }
    }
    return NULL;
}

static stk_status add_rows(walk *w, stk_error *error)
{
    enum { ROWS = STK_CONDITIONS * STK_COUNTERFACTUALS };
    stk_assessment *a = w->assessment;
    a->changes = calloc(ROWS * w->run_count + 1, sizeof *a->changes);
    if (a->changes == NULL) {
        return stk_error_memory(error);
    }
    for (const run *r = w->runs; r < w->runs + w->run_count; r++) {
        for (int i = 0; i < ROWS && r->listed; i++) {
            bool baseline = i % STK_COUNTERFACTUALS == STK_COUNTERFACTUAL_BASELINE;
            if (baseline && is_standing(r->kind)) {
                continue; /* a withdrawal is no pledge to hold against none */
            }
            stk_change *change = &a->changes[a->change_count++];
            *change = (stk_change){
                .iso3 = r->iso3,
                .name = r->name,
                .submitted = r->date,
                .status = r->status,
                .kind = r->kind,
                .condition = (stk_condition)(i / STK_COUNTERFACTUALS),
                .counterfactual = (stk_counterfactual)(i % STK_COUNTERFACTUALS),
            };
            fill_change(change, r, former_of(w, r), a->request.benchmark.with_lulucf);
        }
    }
    return STK_OK;
}

static void add_up(stk_assessment *a)
{
    const stk_gap *gaps = a->gaps + (a->request.options.cap_hot_air ? STK_GAP_CASES / 2 : 0);
    for (size_t i = 0; i < a->change_count; i++) {
        const stk_change *change = &a->changes[i];
        for (int k = 0; k < STK_AMBITIONS; k++) {
            a->totals[change->condition][change->counterfactual].closes_gt[k] +=
                change->closes_gt[k];
        }
    }
    for (int i = 0; i < STK_CONDITIONS * STK_COUNTERFACTUALS; i++) {
        int c = i / STK_COUNTERFACTUALS;
        stk_change_total *total = &a->totals[c][i % STK_COUNTERFACTUALS];
        for (int k = 0; k < STK_AMBITIONS; k++) {
            total->gap_after_gt[k] = gaps[c * STK_AMBITIONS + k].gap_gt;
            total->gap_before_gt[k] = total->gap_after_gt[k] + total->closes_gt[k];
        }
    }
}

/* The least and the most share that the two ambitions and the two gaps before give. */
static void find_shares(stk_assessment *a)
{
    for (size_t i = 0; i < a->change_count; i++) {
        stk_change *change = &a->changes[i];
        const stk_change_total *total = &a->totals[change->condition][change->counterfactual];
        const double *gaps = total->gap_before_gt;
        bool any = gaps[STK_LOW] > 0 && gaps[STK_HIGH] > 0; /* where there is none, no shares */
        double least = INFINITY;
        double most = -INFINITY;
        for (int k = 0; k < STK_AMBITIONS; k++) {
            for (int g = 0; g < STK_AMBITIONS; g++) {
                double share = 100.0 * change->closes_gt[k] / gaps[g];
                least = fmin(least, share);
                most = fmax(most, share);
            }
        }
        change->share_of_gap_pct[STK_LOW] = any ? least : (double)NAN;
        change->share_of_gap_pct[STK_HIGH] = any ? most : (double)NAN;
    }
}

static int compare_changes(const void *a, const void *b)
{
    const stk_change *x = a;
    const stk_change *y = b;
    if (x->counterfactual != y->counterfactual) {
        return x->counterfactual < y->counterfactual ? -1 : 1;
    }
    if (x->condition != y->condition) {
        return x->condition < y->condition ? -1 : 1;
    }
    double dx = fabs(x->closes_gt[0]) + fabs(x->closes_gt[1]);
    double dy = fabs(y->closes_gt[0]) + fabs(y->closes_gt[1]);
    if (dx != dy) {
        return dx < dy ? 1 : -1;
    }
    int order = strcmp(x->iso3, y->iso3);
    return order != 0 ? order : (x->submitted > y->submitted) - (x->submitted < y->submitted);
}

/* ---- the whole ---- */

static stk_status open_worlds(walk *w, stk_error *error)
{
    const stk_assess_request *request = &w->assessment->request;
    stk_options options = w->assessment->before->request.options;
    stk_status status;
    STK_TRY(stk_world_copy(w->assessment->before->world, &w->world[USER], error));
    if (request->benchmark.gwp != options.gwp) {
        options.gwp = request->benchmark.gwp;
        STK_TRY(assess_world(w->data, &options, &w->world[SCOPE], error));
    }
    w->runs = calloc(w->steps.count + 1, sizeof *w->runs);
    STK_TRY(stk_allocated(w->runs, error));
done:
    return status;
}

stk_status assess_changes(stk_assessment *a, const stk_data *data, stk_error *error)
{
    walk w = {.assessment = a, .data = data};
    stk_status status;
    STK_TRY(
        assess_steps_list(data, &a->request.options, a->request.since + 1, true, &w.steps, error));
    STK_TRY(arrivals_list(a, data, &w.steps, error));
    STK_TRY(open_worlds(&w, error));
    for (size_t i = 0; i < w.steps.count; i++) {
        STK_TRY(take_step(&w, &w.steps.items[i], error));
    }
    STK_TRY(add_rows(&w, error));
    arrivals_keep_what_came(a);
    add_up(a);
    find_shares(a);
    if (a->change_count > 0) {
        qsort(a->changes, a->change_count, sizeof *a->changes, compare_changes);
    }
done:
    free(w.runs);
    stk_world_free(w.world[USER]);
    stk_world_free(w.world[SCOPE]);
    assess_steps_free(&w.steps);
    return status;
}
