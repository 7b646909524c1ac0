/** @file arrivals.c
 * @brief What came between two dates: documents and events, whether they changed anything or not.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess_impl.h"

const char *assess_event_status(stk_step_kind kind)
{
    static const char *const names[STK_STEP_KINDS] = {"withdraws",    "rejoins",  "submitted",
                                                      "leaves_joint", "net_zero", "year"};
    return names[kind];
}

/* Whether a row of a document states a number from which a level could follow. */
static bool has_number(const stk_target *t)
{
    bool number = !isnan(t->cut_mt);
    for (int k = 0; k < STK_AMBITIONS; k++) {
        number = number || !isnan(t->reduction_pct[k]) || !isnan(t->level_mt[k]);
    }
    return number && t->kind != STK_TARGET_UNKNOWN && t->kind != STK_TARGET_NONE;
}

static const char *name_of(const stk_assessment *a, const stk_data *data, const char *iso3)
{
    stk_area area = stk_inventory_find(data->inventory, stk_text_of(iso3));
    const stk_national *national = stk_world_find(a->world, iso3);
    return area >= 0          ? stk_inventory_area(data->inventory, area)->name
           : national != NULL ? national->actor.name
                              : iso3;
}

static void add_year(stk_arrival *arrival, int year)
{
    for (int i = 0; i < arrival->year_count; i++) {
        if (arrival->years[i] == year) {
            return;
        }
    }
    if (year == 0 || arrival->year_count == STK_ARRIVAL_YEARS_MAX) {
        return;
    }
    int at = arrival->year_count++;
    while (at > 0 && arrival->years[at - 1] > year) {
        arrival->years[at] = arrival->years[at - 1];
        at--;
    }
    arrival->years[at] = year;
}

static void describe(stk_arrival *arrival, const assess_happening *h, const stk_data *data)
{
    arrival->date = h->date;
    arrival->kind = h->kind;
    arrival->iso3 = h->iso3;
    arrival->counts = h->counts;
    arrival->status =
        h->document != NULL ? stk_target_status_name(h->document) : assess_event_status(h->kind);
    arrival->source_url = h->document != NULL ? h->document->source_url : "";
    memcpy(arrival->title, h->label, sizeof arrival->title);
    size_t rows = h->document != NULL ? assess_document_rows(data, h->document) : 0;
    for (size_t i = 0; i < rows; i++) {
        add_year(arrival, h->document[i].year);
        arrival->quantified = arrival->quantified || has_number(&h->document[i]);
    }
}

stk_status arrivals_list(stk_assessment *a, const stk_data *data, const assess_steps *steps,
                         stk_error *error)
{
    a->arrivals = calloc(steps->happening_count + 1, sizeof *a->arrivals);
    if (a->arrivals == NULL) {
        return stk_error_memory(error);
    }
    a->arrival_count = steps->happening_count;
    for (size_t i = 0; i < a->arrival_count; i++) {
        describe(&a->arrivals[i], &steps->happenings[i], data);
        a->arrivals[i].name = name_of(a, data, a->arrivals[i].iso3);
    }
    return STK_OK;
}

void arrivals_keep_what_came(stk_assessment *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->arrival_count; i++) {
        if (a->arrivals[i].kind != STK_STEP_YEAR) {
            a->arrivals[kept++] = a->arrivals[i];
        }
    }
    a->arrival_count = kept;
}

/* The baseline in the place of policies without a number is no level of theirs. */
static bool has_level(const stk_actor_target *target)
{
    if (target->document->kind == STK_TARGET_NONE) {
        return false;
    }
    STK_EACH_CASE(c, k) {
        if (!isnan(target->level[c][k].excl_mt)) {
            return true;
        }
    }
    return false;
}

/* A document that holds for one of its years on its day is known by the levels that were made of
 * it; one that does not, as for a Party outside the Agreement, by its numbers. */
void arrivals_note(stk_arrival *arrival, const assess_happening *h, const stk_data *data,
                   const stk_national *actor, stk_as_of as_of)
{
    size_t rows = h->document != NULL ? assess_document_rows(data, h->document) : 0;
    bool holds = false;
    bool quantified = false;
    for (int i = 0; i < arrival->year_count && !actor->actor.suspended; i++) {
        const stk_target *first;
        size_t count;
        bool own =
            strcmp(actor->actor.iso3, h->iso3) == 0 &&
            stk_pledges_choose(data->pledges, h->iso3, arrival->years[i], as_of, &first, &count) &&
            first >= h->document && first < h->document + rows;
        holds = holds || own;
        for (int t = 0; t < actor->target_count && own; t++) {
            quantified = quantified ||
                         (actor->targets[t].document == first && has_level(&actor->targets[t]));
        }
    }
    arrival->quantified = holds ? quantified : arrival->quantified;
}

const stk_arrival *stk_assessment_arrivals(const stk_assessment *a, size_t *count)
{
    *count = a->arrival_count;
    return a->arrivals;
}
