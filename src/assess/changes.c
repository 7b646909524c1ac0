/** @file changes.c
 * @brief What changed between two dates, Party by Party, against two counterfactuals.
 *
 * All changes are evaluated on one world, that of the later date. For a counterfactual the world
 * before is the world after with every changed Party put back, so that the contributions add up
 * exactly:
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

/* Worlds in the user's GWP set and in the benchmark's; the same ones when the sets are the same. */
typedef struct worlds {
    const stk_world *after[2];
    const stk_world *before[2];
    stk_world *made[3]; /* those that are not the assessment's own */
} worlds;

enum { USER, SCOPE };

static const stk_target *document_for(const stk_national *national, int year)
{
    for (int i = 0; i < national->target_count; i++) {
        if (national->targets[i].year == year) {
            return national->targets[i].document;
        }
    }
    return NULL;
}

/* Whether the level of the year, or the document that states it, is another. A document that says
 * nothing new of the year is no change of it. */
static bool differs(const stk_national *a, const stk_national *b, int year)
{
    int i = year - STK_PATH_FIRST;
    if (a->actor.member_count != b->actor.member_count ||
        document_for(a, year) != document_for(b, year)) {
        return true;
    }
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int k = 0; k < STK_AMBITIONS; k++) {
            if (a->path[c][k][i] != b->path[c][k][i]) {
                return true;
            }
        }
    }
    return false;
}

/* Whether a document came between the dates. */
static bool is_between(const stk_assess_request *request, const stk_target *t)
{
    return t->submitted > request->since && t->submitted <= request->options.as_of.date;
}

/* The document between the dates that states the level of the year now, or else the newest that
 * came; NULL if none did. */
static const stk_target *cause_between(const stk_data *data, const stk_assess_request *request,
                                       const stk_national *now)
{
    const char *iso3 = now->actor.iso3;
    const stk_actor_target *states = stk_national_target(now, request->year);
    if (!now->actor.suspended && states != NULL && is_between(request, states->document)) {
        return states->document;
    }
    size_t count;
    const stk_target *found = NULL;
    const stk_target *targets = stk_pledges_of(data->pledges, iso3, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_target *t = &targets[i];
        bool official = t->status == STK_DOCUMENT_SUBMITTED || t->status == STK_DOCUMENT_INDC;
        if (is_between(request, t) && t->joint_party[0] == '\0' &&
            (official || request->options.as_of.include_announced)) {
            found = t;
        }
    }
    return found;
}

/* The day of the newest event between the dates that changed the Party's standing; 0 if none. */
static stk_date event_between(const stk_data *data, const stk_assess_request *request,
                              const char *iso3)
{
    size_t count;
    stk_date found = 0;
    const stk_party_event *events = stk_pledges_events(data->pledges, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(events[i].iso3, iso3) == 0 && events[i].effect != STK_EVENT_NOTE &&
            events[i].date > request->since && events[i].date <= request->options.as_of.date &&
            events[i].date > found) {
            found = events[i].date;
        }
    }
    return found;
}

/* An actor that was part of another before (the United Kingdom in the joint EU document) had the
 * share of its pathway that it has of its baseline. */
static double share_of_former(const stk_national *former, const stk_national *now, int i)
{
    if (former->actor.member_count == now->actor.member_count) {
        return 1.0;
    }
    return former->baseline[i] > 0 ? now->baseline[i] / former->baseline[i] : 0.0;
}

static double before_mt(const stk_national *former, const stk_national *now,
                        stk_counterfactual counterfactual, stk_condition c, stk_ambition k, int i)
{
    if (counterfactual == STK_COUNTERFACTUAL_BASELINE) {
        return now->baseline[i];
    }
    return former->path[c][k][i] * share_of_former(former, now, i);
}

/* LULUCF of the counterfactual: that of the earlier pledge, or what it would be without any. */
static double before_lulucf(const stk_national *former, const stk_national *now,
                            stk_counterfactual counterfactual, stk_condition c, stk_ambition k,
                            int i)
{
    if (counterfactual == STK_COUNTERFACTUAL_BASELINE) {
        return now->lulucf_baseline[i];
    }
    return former->lulucf[c][k][i] * share_of_former(former, now, i);
}

static void fill_change(stk_change *change, const stk_assess_request *request,
                        const stk_national *after[2], const stk_national *before[2])
{
    int i = request->year - STK_PATH_FIRST;
    stk_condition c = change->condition;
    for (int k = 0; k < STK_AMBITIONS; k++) {
        stk_ambition ambition = (stk_ambition)k;
        double from = before_mt(before[USER], after[USER], change->counterfactual, c, ambition, i);
        double to = after[USER]->path[c][k][i];
        change->before_mt[k] = from;
        change->after_mt[k] = to;
        change->change_gt[k] = (to - from) / 1000.0;
        double closes =
            before_mt(before[SCOPE], after[SCOPE], change->counterfactual, c, ambition, i) -
            after[SCOPE]->path[c][k][i];
        if (request->benchmark.with_lulucf) {
            double land =
                before_lulucf(before[SCOPE], after[SCOPE], change->counterfactual, c, ambition, i);
            closes += land - after[SCOPE]->lulucf[c][k][i];
        }
        change->closes_gt[k] = closes / 1000.0;
    }
}

static stk_status add_changes(stk_assessment *a, const stk_data *data, const worlds *w, size_t n,
                              stk_error *error)
{
    const stk_national *after[2];
    const stk_national *before[2];
    for (int s = 0; s < 2; s++) {
        after[s] = stk_world_national(w->after[s], n);
        before[s] = stk_world_find(
            w->before[s], stk_inventory_area(data->inventory, after[s]->actor.members[0])->iso3);
    }
    const stk_actor *actor = &after[USER]->actor;
    const stk_target *document = cause_between(data, &a->request, after[USER]);
    if (actor->kind != STK_ACTOR_PARTY || before[USER] == NULL ||
        (document == NULL && after[USER]->actor.suspended == before[USER]->actor.suspended) ||
        !differs(after[USER], before[USER], a->request.year)) {
        return STK_OK;
    }
    size_t added = (size_t)STK_CONDITIONS * STK_COUNTERFACTUALS;
    stk_change *changes = realloc(a->changes, (a->change_count + added) * sizeof *changes);
    if (changes == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    a->changes = changes;
    for (size_t i = 0; i < added; i++) {
        stk_change *change = &a->changes[a->change_count++];
        memset(change, 0, sizeof *change);
        change->iso3 = actor->iso3;
        change->name = actor->name;
        change->submitted =
            document == NULL ? event_between(data, &a->request, actor->iso3) : document->submitted;
        change->status = document != NULL   ? stk_document_status_name(document->status)
                         : actor->suspended ? "withdraws"
                                            : "rejoins";
        change->condition = (stk_condition)(i / STK_COUNTERFACTUALS);
        change->counterfactual = (stk_counterfactual)(i % STK_COUNTERFACTUALS);
        fill_change(change, &a->request, after, before);
    }
    return STK_OK;
}

static void add_up(stk_assessment *a)
{
    for (int c = 0; c < STK_CONDITIONS; c++) {
        for (int f = 0; f < STK_COUNTERFACTUALS; f++) {
            stk_change_total *total = &a->totals[c][f];
            for (size_t i = 0; i < a->change_count; i++) {
                const stk_change *change = &a->changes[i];
                for (int k = 0; k < STK_AMBITIONS && change->condition == (stk_condition)c &&
                                change->counterfactual == (stk_counterfactual)f;
                     k++) {
                    total->closes_gt[k] += change->closes_gt[k];
                }
            }
            for (int k = 0; k < STK_AMBITIONS; k++) {
                total->gap_after_gt[k] = a->gaps[c * STK_AMBITIONS + k].gap_gt;
                if (a->request.options.cap_hot_air) {
                    total->gap_after_gt[k] =
                        a->gaps[STK_GAP_CASES / 2 + c * STK_AMBITIONS + k].gap_gt;
                }
                total->gap_before_gt[k] = total->gap_after_gt[k] + total->closes_gt[k];
            }
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
    return dx < dy ? 1 : dx > dy ? -1 : strcmp(x->iso3, y->iso3);
}

static stk_status make_worlds(const stk_assessment *a, const stk_data *data, worlds *w,
                              stk_error *error)
{
    stk_options after = a->request.options;
    stk_options before = after;
    before.as_of.date = a->request.since;
    before.extension = STK_EXTEND_OWN_RATE;
    stk_status status = assess_world(data, &before, &w->made[0], error);
    w->after[USER] = w->after[SCOPE] = a->world;
    w->before[USER] = w->before[SCOPE] = w->made[0];
    if (status != STK_OK || a->request.benchmark.gwp == after.gwp) {
        return status;
    }
    after.gwp = before.gwp = a->request.benchmark.gwp;
    status = assess_world(data, &after, &w->made[1], error);
    if (status == STK_OK) {
        status = assess_world(data, &before, &w->made[2], error);
    }
    w->after[SCOPE] = w->made[1];
    w->before[SCOPE] = w->made[2];
    return status;
}

stk_status assess_changes(stk_assessment *a, const stk_data *data, stk_error *error)
{
    worlds w = {{NULL, NULL}, {NULL, NULL}, {NULL, NULL, NULL}};
    stk_status status = make_worlds(a, data, &w, error);
    for (size_t n = 0; status == STK_OK && n < stk_world_count(a->world); n++) {
        status = add_changes(a, data, &w, n, error);
    }
    if (status == STK_OK) {
        add_up(a);
        find_shares(a);
        if (a->change_count > 0) {
            qsort(a->changes, a->change_count, sizeof *a->changes, compare_changes);
        }
    }
    for (int i = 0; i < 3; i++) {
        stk_world_free(w.made[i]);
    }
    return status;
}
