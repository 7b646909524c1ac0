/** @file overlay.c
 * @brief Pledges laid over others: a file of the user's, and what somebody supposes.
 *
 *     base     AAA  BBB  CCC
 *     over          BBB       DDD
 *     overlay  AAA  BBB' CCC  DDD     AAA, CCC and DDD are shared; BBB' is merged by date
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pledge/pledges_impl.h"

/* ---- one Party ---- */

/* What somebody supposes takes the place of what was supposed before, never that of a document. */
static bool replaces(const stk_target *over, const stk_target *base)
{
    if (over->what_if || base->what_if) {
        return over->what_if && base->what_if && over->year == base->year;
    }
    return over->submitted == base->submitted && over->status == base->status;
}

static bool is_replaced(const stk_target *target, const pledge_party *over)
{
    for (size_t i = 0; i < over->count; i++) {
        if (replaces(&over->targets[i], target)) {
            return true;
        }
    }
    return false;
}

/* The runs of a merged Party while they are filled. */
typedef struct merged {
    stk_target *targets;
    const pledge_row **rows;
    const pledge_row **written;
    size_t count;
    size_t written_count;
} merged;

static const stk_target *target_of(const pledge_party *party, const pledge_row *row)
{
    size_t i = 0;
    while (party->rows[i] != row) {
        i++;
    }
    return &party->targets[i];
}

/* Append the targets of a Party up to a day that `over` does not replace, from place `*next` on. */
static void take_until(merged *m, const pledge_party *party, const pledge_party *over,
                       stk_date until, size_t *next)
{
    size_t first = *next;
    for (; *next < party->count && party->targets[*next].submitted <= until; ++*next) {
        if (over == NULL || !is_replaced(&party->targets[*next], over)) {
            m->targets[m->count] = party->targets[*next];
            m->rows[m->count++] = party->rows[*next];
        }
    }
    for (size_t i = first; i < *next; i++) { /* of the same days */
        const pledge_row *row = party->written[i];
        if (over == NULL || !is_replaced(target_of(party, row), over)) {
            m->written[m->written_count++] = row;
        }
    }
}

static stk_status merge(stk_arena *arena, const pledge_party *base, const pledge_party *over,
                        pledge_party *out, stk_error *error)
{
    size_t room = base->count + over->count;
    merged m = {stk_arena_alloc(arena, room, sizeof *m.targets),
                stk_arena_alloc(arena, room, sizeof *m.rows),
                stk_arena_alloc(arena, room, sizeof *m.written), 0, 0};
    if (m.targets == NULL || m.rows == NULL || m.written == NULL) {
        return stk_error_memory(error);
    }
    size_t from_base = 0;
    size_t from_over = 0;
    while (from_over < over->count) {
        stk_date day = over->targets[from_over].submitted;
        take_until(&m, base, over, day, &from_base);
        take_until(&m, over, NULL, day, &from_over);
    }
    take_until(&m, base, over, STK_DATE_MAX, &from_base);
    *out = (pledge_party){base->iso3, m.count, m.targets, m.rows, m.written};
    return pledges_check_room(out, error);
}

/* ---- all Parties ---- */

static stk_status merge_parties(stk_pledges *made, const stk_pledges *base, const stk_pledges *over,
                                stk_error *error)
{
    size_t room = base->party_count + over->party_count;
    made->parties = stk_arena_alloc(&made->arena, room + 1, sizeof *made->parties);
    if (made->parties == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = STK_OK;
    for (size_t b = 0, o = 0; (b < base->party_count || o < over->party_count) && status == STK_OK;
         made->party_count++) {
        const pledge_party *x = &base->parties[b];
        const pledge_party *y = &over->parties[o];
        pledge_party *out = &made->parties[made->party_count];
        int order = b == base->party_count   ? 1
                    : o == over->party_count ? -1
                                             : strcmp(x->iso3, y->iso3);
        b += order <= 0;
        o += order >= 0;
        if (order == 0) {
            status = merge(&made->arena, x, y, out, error);
        } else {
            *out = order < 0 ? *x : *y;
        }
        made->target_count += out->count;
    }
    return status;
}

static bool event_replaces(const stk_net_zero_event *over, const stk_net_zero_event *base)
{
    return strcmp(over->iso3, base->iso3) == 0 &&
           (over->what_if ? base->what_if
                          : over->date == base->date && over->standing == base->standing);
}

static int compare_dates(const stk_net_zero_event *a, const stk_net_zero_event *b)
{
    int order = strcmp(a->iso3, b->iso3);
    return order != 0 ? order : (a->date > b->date) - (a->date < b->date);
}

/* Both are sorted; of one day, those of the base come first. */
static stk_status merge_events(stk_pledges *made, const net_zero_list *base,
                               const net_zero_list *over, stk_error *error)
{
    size_t b = 0;
    size_t count = 0;
    stk_net_zero_event *items =
        stk_arena_alloc(&made->arena, base->count + over->count, sizeof *items);
    if (items == NULL) {
        return stk_error_memory(error);
    }
    for (size_t o = 0; o <= over->count; o++) {
        while (b < base->count &&
               (o == over->count || compare_dates(&base->items[b], &over->items[o]) <= 0)) {
            bool replaced = false;
            for (size_t k = 0; k < over->count; k++) {
                replaced = replaced || event_replaces(&over->items[k], &base->items[b]);
            }
            if (!replaced) {
                items[count++] = base->items[b];
            }
            b++;
        }
        if (o < over->count) {
            items[count++] = over->items[o];
        }
    }
    made->net_zero = (net_zero_list){items, count, NULL};
    return STK_OK;
}

stk_status stk_pledges_overlay(const stk_pledges *base, stk_pledges *over, stk_pledges **pledges,
                               stk_error *error)
{
    stk_pledges *made = calloc(1, sizeof *made);
    *pledges = NULL;
    if (made == NULL) {
        stk_pledges_free(over);
        return stk_error_memory(error);
    }
    made->base = base;
    made->over = over;
    made->events = base->events;
    made->event_count = base->event_count;
    made->net_zero = (net_zero_list){base->net_zero.items, base->net_zero.count, NULL};
    stk_status status = merge_parties(made, base, over, error);
    if (status == STK_OK && over->net_zero.count > 0) {
        status = merge_events(made, &base->net_zero, &over->net_zero, error);
    }
    if (status != STK_OK) {
        stk_pledges_free(made);
        return status;
    }
    *pledges = made;
    return STK_OK;
}

const stk_pledges *stk_pledges_over(const stk_pledges *pledges)
{
    return pledges->over;
}

const stk_pledges *stk_pledges_base(const stk_pledges *pledges)
{
    while (pledges->base != NULL) {
        pledges = pledges->base;
    }
    return pledges;
}

/* ---- what is supposed ---- */

static bool put(stk_arena *arena, pledge_row *row, pledge_field field, const char *text)
{
    const char *kept = stk_arena_string(arena, stk_text_of(text));
    row->field[field] = kept == NULL ? (stk_text){"", 0} : stk_text_of(kept);
    return kept != NULL;
}

static bool put_number(stk_arena *arena, pledge_row *row, pledge_field field, double value)
{
    char text[STK_NUMBER_SIZE];
    stk_number_format(value, text);
    return put(arena, row, field, text);
}

/* A row of a document, as text like any other so that it can be written. `condition` -1 is both. */
static bool write_row(stk_pledges *made, const stk_supposition *s, int condition)
{
    static const char *const conditions[] = {"UC", "U", "C"};
    char date[STK_DATE_SIZE];
    stk_arena *arena = &made->arena;
    pledge_row *row = pledge_rows_add(&made->rows, "what-if");
    if (row == NULL) {
        return false;
    }
    row->what_if = true;
    stk_date_format(s->date, date);
    bool ok = put(arena, row, FIELD_iso3, s->iso3) && put(arena, row, FIELD_party, s->party) &&
              put(arena, row, FIELD_submission_date, date) &&
              put(arena, row, FIELD_status, stk_document_status_name(STK_DOCUMENT_SUBMITTED)) &&
              put(arena, row, FIELD_ndc_version, s->title) &&
              put_number(arena, row, FIELD_target_year, s->year) &&
              put(arena, row, FIELD_kind, stk_target_kind_name(s->kind)) &&
              put(arena, row, FIELD_metric, s->per_gdp ? "ghg_per_gdp" : "ghg") &&
              put(arena, row, FIELD_conditional, conditions[condition + 1]) &&
              put(arena, row, FIELD_lulucf_included, "N") && put(arena, row, FIELD_gwp, s->gwp) &&
              put(arena, row, FIELD_confidence, "A");
    if (ok && s->reference_year != 0) {
        ok = put_number(arena, row, FIELD_reference_year, s->reference_year);
    }
    if (ok && !isnan(s->reduction_pct)) {
        ok = put_number(arena, row, FIELD_reduction_low_pct, s->reduction_pct);
    } else if (ok) {
        const double *level = s->level_mt[condition < 0 ? 0 : condition];
        ok = put_number(arena, row, FIELD_abs_high_mt, level[STK_LOW]) &&
             put_number(arena, row, FIELD_abs_low_mt, level[STK_HIGH]);
    }
    return ok;
}

static bool same_levels(const stk_supposition *s)
{
    const double *without = s->level_mt[STK_UNCONDITIONAL];
    const double *with = s->level_mt[STK_CONDITIONAL];
    return !isnan(s->reduction_pct) ||
           (without[STK_LOW] == with[STK_LOW] && without[STK_HIGH] == with[STK_HIGH]);
}

static bool write_rows(stk_pledges *made, const stk_supposition *s)
{
    return same_levels(s)
               ? write_row(made, s, -1)
               : write_row(made, s, STK_UNCONDITIONAL) && write_row(made, s, STK_CONDITIONAL);
}

static bool write_event(stk_pledges *made, const stk_supposition *s, stk_net_zero_event *event)
{
    *event = (stk_net_zero_event){.iso3 = stk_arena_string(&made->arena, stk_text_of(s->iso3)),
                                  .date = s->date,
                                  .year = s->net_zero_year,
                                  .standing =
                                      s->net_zero_year != 0 ? STK_NET_ZERO_LAW : STK_NET_ZERO_NONE,
                                  .document = stk_arena_string(&made->arena, stk_text_of(s->title)),
                                  .source_url = "",
                                  .source_dataset = "",
                                  .confidence = "A",
                                  .notes = "",
                                  .file = "what-if",
                                  .line = (long)made->net_zero.count + 1,
                                  .what_if = true};
    return event->iso3 != NULL && event->document != NULL;
}

static stk_status write_all(stk_pledges *made, const stk_supposition *list, size_t count,
                            stk_error *error)
{
    stk_net_zero_event *events = stk_arena_alloc(&made->arena, count + 1, sizeof *events);
    bool ok = events != NULL;
    for (size_t i = 0; i < count && ok; i++) {
        if (list[i].year != 0) {
            ok = write_rows(made, &list[i]);
        } else {
            ok = write_event(made, &list[i], &events[made->net_zero.count]);
            made->net_zero.count += ok;
        }
    }
    if (!ok) {
        return stk_error_memory(error);
    }
    made->net_zero.items = events;
    if (made->net_zero.count > 0) {
        qsort(events, made->net_zero.count, sizeof *events, pledges_compare_events);
    }
    return pledges_finish(made, NULL, NULL, error);
}

stk_status stk_pledges_suppose(const stk_supposition *list, size_t count, stk_pledges **pledges,
                               stk_error *error)
{
    stk_pledges *made = calloc(1, sizeof *made);
    *pledges = NULL;
    if (made == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = write_all(made, list, count, error);
    if (status != STK_OK) {
        stk_pledges_free(made);
        return status;
    }
    *pledges = made;
    return STK_OK;
}
