/** @file choose.c
 * @brief Which documents hold on a date: events, withdrawals, the joint EU document.
 */
#include <math.h>
#include <string.h>

#include "pledge/pledges_impl.h"

enum { EVENTS_MAX = 4096 };

static stk_status read_event(stk_pledges *pledges, const stk_csv *csv, const int *columns,
                             stk_error *error)
{
    static const char *const effects[] = {"", "withdraws", "rejoins", "leaves_joint"};
    stk_party_event *event = &pledges->events[pledges->event_count];
    stk_text effect = stk_csv_field(csv, columns[2]);
    stk_text date = stk_csv_field(csv, columns[1]);
    int found = -1;
    for (int i = 0; i < 4; i++) {
        found = stk_text_equal(effect, effects[i]) ? i : found;
    }
    if (found < 0) {
        return stk_csv_refuse(csv, columns[2], error,
                              "withdraws, rejoins, leaves_joint or nothing");
    }
    if (date.size > 0 && !stk_date_parse(date, &event->date)) {
        return stk_csv_refuse(csv, columns[1], error, "a date as 2020-11-04, or nothing");
    }
    if (found > 0 && event->date == 0) {
        return stk_csv_refuse(csv, columns[1], error, "a date, where the event has an effect");
    }
    event->effect = (stk_event_effect)found;
    event->iso3 = stk_arena_string(&pledges->arena, stk_csv_field(csv, columns[0]));
    event->text = stk_arena_string(&pledges->arena, stk_csv_field(csv, columns[3]));
    if (event->iso3 == NULL || event->text == NULL) {
        return stk_error_memory(error);
    }
    if (++pledges->event_count == EVENTS_MAX) {
        return stk_error_at(error, STK_EDATA, csv->source.name, csv->line, 0, "too many events");
    }
    return STK_OK;
}

stk_status pledges_read_events(stk_pledges *pledges, stk_edition *edition, stk_error *error)
{
    static const char path[] = "pledges/party_events.csv";
    static const char *const names[] = {"iso3", "date", "effect", "event"};
    stk_source source = {stk_edition_source_name(edition, path), {NULL, 0}};
    stk_csv csv;
    int columns[4];
    bool more = true;
    stk_status status = stk_edition_read(edition, path, &source.content, error);
    if (status == STK_OK) {
        status = stk_csv_open(&csv, source, &pledges->arena, error);
    }
    for (int i = 0; i < 4 && status == STK_OK; i++) {
        status = stk_csv_require(&csv, names[i], &columns[i], error);
    }
    pledges->events = stk_arena_alloc(&pledges->arena, EVENTS_MAX, sizeof *pledges->events);
    if (status == STK_OK && pledges->events == NULL) {
        status = stk_error_memory(error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status == STK_OK && more) {
            status = read_event(pledges, &csv, columns, error);
        }
    }
    return status;
}

/* The oldest and the newest day of a document; 0 where there is none. What is supposed is none. */
static void find_days(const stk_pledges *pledges, stk_date *oldest, stk_date *newest)
{
    *oldest = *newest = 0;
    for (size_t p = 0; p < pledges->party_count; p++) {
        const pledge_party *party = &pledges->parties[p];
        for (size_t i = 0; i < party->count; i++) {
            stk_date date = party->targets[i].what_if ? 0 : party->targets[i].submitted;
            *oldest = date != 0 && (*oldest == 0 || date < *oldest) ? date : *oldest;
            *newest = date > *newest ? date : *newest;
        }
    }
}

stk_date stk_pledges_known_from(const stk_pledges *pledges)
{
    stk_date oldest;
    stk_date newest;
    find_days(pledges, &oldest, &newest);
    return oldest;
}

stk_date stk_pledges_known_until(const stk_pledges *pledges)
{
    stk_date oldest;
    stk_date newest;
    find_days(pledges, &oldest, &newest);
    for (size_t i = 0; i < pledges->event_count; i++) {
        stk_date date = pledges->events[i].date;
        newest = date > newest ? date : newest;
    }
    for (size_t i = 0; i < pledges->net_zero.count; i++) {
        const stk_net_zero_event *event = &pledges->net_zero.items[i];
        stk_date date = event->what_if ? 0 : event->date;
        newest = date > newest ? date : newest;
    }
    return newest;
}

bool stk_pledges_suspended(const stk_pledges *pledges, const char *iso3, stk_as_of as_of)
{
    stk_date newest = 0;
    bool outside = false;
    for (size_t i = 0; i < pledges->event_count && !as_of.ignore_withdrawal; i++) {
        const stk_party_event *event = &pledges->events[i];
        bool counts = event->effect == STK_EVENT_WITHDRAWS || event->effect == STK_EVENT_REJOINS;
        if (counts && strcmp(event->iso3, iso3) == 0 && event->date <= as_of.date &&
            event->date >= newest) {
            newest = event->date;
            outside = event->effect == STK_EVENT_WITHDRAWS;
        }
    }
    return outside;
}

bool stk_pledges_in_joint(const stk_pledges *pledges, const char *iso3, bool eu_member,
                          stk_as_of as_of)
{
    if (eu_member) {
        return true;
    }
    for (size_t i = 0; i < pledges->event_count; i++) {
        const stk_party_event *event = &pledges->events[i];
        if (event->effect == STK_EVENT_LEAVES_JOINT && strcmp(event->iso3, iso3) == 0) {
            return as_of.date < event->date;
        }
    }
    return false;
}

bool pledges_counts(const stk_target *target, stk_as_of as_of)
{
    bool official = target->status == STK_DOCUMENT_SUBMITTED || target->status == STK_DOCUMENT_INDC;
    return target->submitted <= as_of.date && (official || as_of.include_announced);
}

/* An announcement without a number adds nothing to what an official document states; and a target
 * that was not extracted leaves the document before it standing. */
static bool states_something(const stk_target *target)
{
    bool official = target->status == STK_DOCUMENT_SUBMITTED || target->status == STK_DOCUMENT_INDC;
    bool number = !isnan(target->reduction_pct[STK_LOW]) || !isnan(target->level_mt[STK_LOW]) ||
                  !isnan(target->cut_mt);
    return target->kind != STK_TARGET_UNKNOWN && (official || number);
}

/* Of one Party. */
static bool same_document(const stk_target *a, const stk_target *b)
{
    return a->submitted == b->submitted && a->status == b->status &&
           strcmp(a->version, b->version) == 0;
}

static bool choose(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                   bool what_if, const stk_target **first, size_t *count)
{
    size_t total;
    size_t best = SIZE_MAX;
    const stk_target *targets = stk_pledges_of(pledges, iso3, &total);
    for (size_t i = 0; i < total; i++) {
        const stk_target *t = &targets[i];
        /* rows are in order of date, so the last that fits is the newest */
        if (t->year == year && pledges_counts(t, as_of) && states_something(t) &&
            (what_if || !t->what_if)) {
            best = best != SIZE_MAX && same_document(&targets[best], t) ? best : i;
        }
    }
    if (best == SIZE_MAX) {
        return false;
    }
    *first = &targets[best];
    *count = 1;
    while (best + *count < total && same_document(*first, &targets[best + *count]) &&
           targets[best + *count].year == year && states_something(&targets[best + *count])) {
        ++*count;
    }
    return true;
}

bool stk_pledges_choose(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                        const stk_target **first, size_t *count)
{
    return choose(pledges, iso3, year, as_of, true, first, count);
}

bool stk_pledges_choose_own(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                            const stk_target **first, size_t *count)
{
    return choose(pledges, iso3, year, as_of, false, first, count);
}
