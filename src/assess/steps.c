/** @file steps.c
 * @brief Listing what happened, and letting it happen in a world.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess_impl.h"
#include "assess/steps.h"
#include "base/arena.h"

const char *stk_step_kind_name(stk_step_kind kind)
{
    static const char *const names[STK_STEP_KINDS] = {"withdrawal",   "return",   "document",
                                                      "leaves_joint", "net_zero", "year"};
    return names[kind];
}

stk_date assess_day_before(stk_date date)
{
    enum { FIRST_OF_JANUARY = 101, LAST_OF_DECEMBER = 1231, YEAR = 10000 };
    return date % YEAR == FIRST_OF_JANUARY
               ? (stk_date)(YEAR * (stk_date_year(date) - 1) + LAST_OF_DECEMBER)
               : date - 1; /* dates are numbers that order */
}

/* ---- what happened ---- */

typedef struct listing {
    const stk_data *data;
    const stk_options *options;
    stk_date first;
    stk_net_zero weakest; /* the weakest standing of an aim that counts; NONE: no aim does */
    assess_steps *steps;
} listing;

static bool in_time(const listing *l, stk_date date)
{
    return date >= l->first && date <= l->options->as_of.date;
}

static bool add(listing *l, stk_step_kind kind, stk_date date, const char *iso3, const char *label)
{
    assess_steps *s = l->steps;
    if (!STK_GROW(s->happenings, s->happening_count + 1, s->capacity)) {
        return false;
    }
    assess_happening *h = &s->happenings[s->happening_count];
    memset(h, 0, sizeof *h);
    h->date = date;
    h->iso3 = iso3;
    h->kind = kind;
    h->counts = true;
    h->entered = s->happening_count++;
    stk_text cut = stk_text_cut(stk_text_of(label), sizeof h->label - 1);
    memcpy(h->label, cut.data, cut.size);
    return true;
}

static bool add_events(listing *l)
{
    static const stk_step_kind kinds[] = {[STK_EVENT_WITHDRAWS] = STK_STEP_WITHDRAWAL,
                                          [STK_EVENT_REJOINS] = STK_STEP_RETURN,
                                          [STK_EVENT_LEAVES_JOINT] = STK_STEP_LEAVES_JOINT};
    size_t count;
    const stk_party_event *events = stk_pledges_events(l->data->pledges, &count);
    bool added = true;
    for (size_t i = 0; i < count && added; i++) {
        const stk_party_event *e = &events[i];
        bool ignored = l->options->as_of.ignore_withdrawal && e->effect != STK_EVENT_LEAVES_JOINT;
        if (e->effect != STK_EVENT_NOTE && in_time(l, e->date) && !ignored) {
            added = add(l, kinds[e->effect], e->date, e->iso3, e->text);
        }
    }
    return added;
}

static bool same_document(const stk_target *a, const stk_target *b)
{
    return strcmp(a->iso3, b->iso3) == 0 && a->submitted == b->submitted &&
           a->status == b->status && strcmp(a->version, b->version) == 0;
}

size_t assess_document_rows(const stk_data *data, const stk_target *first)
{
    size_t count;
    const stk_target *targets = stk_pledges_of(data->pledges, first->iso3, &count);
    size_t rows = 1;
    while (first + rows < targets + count && same_document(first, first + rows)) {
        rows++;
    }
    return rows;
}

/* A document's own name; an announcement has none, so what it aims at. */
static void name_document(const stk_target *t, char label[STK_DOCUMENT_LABEL_SIZE])
{
    const char *status = stk_document_status_name(t->status);
    if (t->version[0] == '\0' || strcmp(t->version, status) == 0) {
        stk_print(label, STK_DOCUMENT_LABEL_SIZE, "%s target for %d", status, t->year);
    } else {
        stk_print(label, STK_DOCUMENT_LABEL_SIZE, "%s", STK_CUT(t->version, 180));
    }
}

static bool add_documents_of(listing *l, const stk_target *targets, size_t count)
{
    bool added = true;
    for (size_t i = 0; i < count && added; i++) {
        const stk_target *t = &targets[i];
        bool official = t->status == STK_DOCUMENT_SUBMITTED || t->status == STK_DOCUMENT_INDC;
        /* members of the joint document name it again; it is one document, of EUU */
        if (t->joint_party[0] == '\0' && in_time(l, t->submitted) &&
            (i == 0 || !same_document(t, t - 1))) {
            char label[STK_DOCUMENT_LABEL_SIZE];
            name_document(t, label);
            added = add(l, STK_STEP_DOCUMENT, t->submitted, t->iso3, label);
            if (added) {
                assess_happening *h = &l->steps->happenings[l->steps->happening_count - 1];
                h->document = t;
                h->counts = official || l->options->as_of.include_announced;
            }
        }
    }
    return added;
}

/* Whether the joint document speaks for a Party, so that its own aim moves nothing. */
static bool is_joint(const listing *l, const char *iso3, stk_date date)
{
    stk_as_of as_of = l->options->as_of;
    stk_area area = stk_inventory_find(l->data->inventory, stk_text_of(iso3));
    as_of.date = date;
    return area >= 0 &&
           stk_pledges_in_joint(l->data->pledges, iso3,
                                stk_inventory_area(l->data->inventory, area)->eu_member, as_of);
}

static bool add_net_zero(listing *l)
{
    size_t count;
    const stk_net_zero_event *events = stk_pledges_net_zero_events(l->data->pledges, &count);
    bool added = true;
    for (size_t i = 0; i < count && added && l->weakest != STK_NET_ZERO_NONE; i++) {
        const stk_net_zero_event *e = &events[i];
        bool counts = e->standing == STK_NET_ZERO_NONE || e->standing >= l->weakest;
        if (counts && in_time(l, e->date) && !is_joint(l, e->iso3, e->date)) {
            char label[STK_DOCUMENT_LABEL_SIZE];
            if (e->standing == STK_NET_ZERO_NONE) {
                stk_print(label, sizeof label, "net zero withdrawn: %s", STK_CUT(e->document, 120));
            } else {
                stk_print(label, sizeof label, "net zero %d: %s", e->year,
                          STK_CUT(e->document, 120));
            }
            added = add(l, STK_STEP_NET_ZERO, e->date, e->iso3, label);
        }
    }
    return added;
}

/* On the first day of a year the targets of the year before are past and bend no path any more;
 * those of years whose emissions are known never do. */
static bool add_years_of(listing *l, const stk_target *targets, size_t count)
{
    int known = stk_baseline_history_last(l->data->baseline);
    bool added = true;
    for (size_t i = 0; i < count && added; i++) {
        const stk_target *t = &targets[i];
        stk_date over = 10000 * (t->year + 1) + 101;
        bool again = false; /* of a Party's targets for one year one is enough */
        for (const stk_target *k = t; k > targets && !again;) {
            again = (--k)->year == t->year;
        }
        if (t->year > known && t->joint_party[0] == '\0' && !again && in_time(l, over)) {
            char label[STK_DOCUMENT_LABEL_SIZE];
            stk_print(label, sizeof label, "target for %d is past", t->year);
            added = add(l, STK_STEP_YEAR, over, t->iso3, label);
        }
    }
    return added;
}

/* Party by Party. */
static bool add_parties(listing *l, bool (*add_of)(listing *, const stk_target *, size_t))
{
    bool added = true;
    size_t count;
    const stk_target *targets;
    for (size_t p = 0; (targets = stk_pledges_party(l->data->pledges, p, &count)) != NULL && added;
         p++) {
        added = add_of(l, targets, count);
    }
    return added;
}

/* The weakest standing of a net-zero aim that moves the level, or the warming if that counts. */
static stk_net_zero weakest_that_counts(const stk_options *options, bool warming)
{
    stk_net_zero level =
        options->extension == STK_EXTEND_NET_ZERO ? options->net_zero : STK_NET_ZERO_NONE;
    stk_net_zero other = warming ? options->binding : STK_NET_ZERO_NONE;
    bool stricter = level == STK_NET_ZERO_NONE || level > other;
    return other != STK_NET_ZERO_NONE && stricter ? other : level;
}

/* By date, then Party, then entry. */
static int compare_happenings(const void *a, const void *b)
{
    const assess_happening *x = a;
    const assess_happening *y = b;
    if (x->date != y->date) {
        return x->date < y->date ? -1 : 1;
    }
    int order = strcmp(x->iso3, y->iso3);
    return order != 0 ? order : (x->entered > y->entered) - (x->entered < y->entered);
}

/* One step of what one Party did on one day. */
static bool group(assess_steps *s)
{
    s->items = calloc(s->happening_count + 1, sizeof *s->items);
    s->count = 0;
    for (size_t i = 0; s->items != NULL && i < s->happening_count; i++) {
        const assess_happening *h = &s->happenings[i];
        assess_step *last = s->count > 0 ? &s->items[s->count - 1] : NULL;
        if (!h->counts) {
            continue;
        }
        if (last == NULL || last->date != h->date || strcmp(last->iso3, h->iso3) != 0) {
            s->items[s->count++] = (assess_step){h->date, h->iso3, h->kind, h, 1};
        } else {
            last->kind = h->kind < last->kind ? h->kind : last->kind;
            last->count = (size_t)(h - last->first) + 1;
        }
    }
    return s->items != NULL;
}

stk_status assess_steps_list(const stk_data *data, const stk_options *options, stk_date first,
                             bool warming, assess_steps *steps, stk_error *error)
{
    memset(steps, 0, sizeof *steps);
    listing l = {data, options, first, weakest_that_counts(options, warming), steps};
    bool done = add_events(&l) && add_parties(&l, add_documents_of) && add_net_zero(&l) &&
                add_parties(&l, add_years_of);
    if (done && steps->happening_count > 0) {
        qsort(steps->happenings, steps->happening_count, sizeof *steps->happenings,
              compare_happenings);
    }
    if (!done || !group(steps)) {
        assess_steps_free(steps);
        return stk_error_memory(error);
    }
    return STK_OK;
}

void assess_steps_free(assess_steps *steps)
{
    free(steps->happenings);
    free(steps->items);
    memset(steps, 0, sizeof *steps);
}

/* ---- what it did ---- */

static assess_levels levels_of(const stk_national *national, int year)
{
    assess_levels levels;
    STK_EACH_CASE(c, k) {
        levels.mt[c][k] = national->path[c][k][year - STK_PATH_FIRST];
        levels.land_mt[c][k] = national->lulucf[c][k][year - STK_PATH_FIRST];
    }
    return levels;
}

static void add_levels(assess_levels *sum, const assess_levels *levels, double times)
{
    STK_EACH_CASE(c, k) {
        sum->mt[c][k] += times * levels->mt[c][k];
        sum->land_mt[c][k] += times * levels->land_mt[c][k];
    }
}

/* A Party that leaves the joint document moves itself and what is left of the joint actor; none
 * ever enters it. */
stk_status assess_step_take(stk_world *world, const assess_step *step, int year,
                            assess_effect *effect, stk_error *error)
{
    const stk_national *former = stk_world_find(world, step->iso3);
    if (former == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "'%s' is no Party of the world",
                             STK_CUT(step->iso3, 40));
    }
    const char *former_iso3 = former->actor.iso3;
    assess_levels before = levels_of(former, year);
    stk_status status;
    STK_TRY(stk_world_advance(world, step->date, step->iso3, error));
    effect->actor = stk_world_find(world, step->iso3);
    effect->after = levels_of(effect->actor, year);
    effect->change = effect->after;
    if (strcmp(effect->actor->actor.iso3, former_iso3) != 0) {
        assess_levels rest = levels_of(stk_world_find(world, former_iso3), year);
        add_levels(&effect->change, &rest, 1);
    }
    add_levels(&effect->change, &before, -1);
done:
    return status;
}
