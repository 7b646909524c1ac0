/** @file choose.c
 * @brief Which documents hold on a date: events, withdrawals, the joint EU document.
 */
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
        return stk_error_set(error, STK_EMEM, "out of memory");
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
        status = stk_error_set(error, STK_EMEM, "out of memory");
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status == STK_OK && more) {
            status = read_event(pledges, &csv, columns, error);
        }
    }
    return status;
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

static bool counts(const stk_target *target, stk_as_of as_of)
{
    bool official = target->status == STK_DOCUMENT_SUBMITTED || target->status == STK_DOCUMENT_INDC;
    return target->submitted <= as_of.date && (official || as_of.include_announced);
}

bool stk_pledges_choose(const stk_pledges *pledges, const char *iso3, int year, stk_as_of as_of,
                        const stk_target **first, size_t *count)
{
    size_t best = pledges->rows.count;
    for (size_t i = 0; i < pledges->rows.count; i++) {
        const stk_target *target = &pledges->targets[i];
        /* rows are in order of date, so the last that fits is the newest; a document whose target
         * was not extracted leaves the one before it standing */
        if (strcmp(target->iso3, iso3) == 0 && target->year == year && counts(target, as_of) &&
            target->kind != STK_TARGET_UNKNOWN) {
            bool same = best < pledges->rows.count &&
                        pledges->rows.items[best].document == pledges->rows.items[i].document &&
                        pledges->targets[best].submitted == target->submitted;
            best = same ? best : i;
        }
    }
    if (best == pledges->rows.count) {
        return false;
    }
    *first = &pledges->targets[best];
    *count = 1;
    while (best + *count < pledges->rows.count &&
           pledges->rows.items[best + *count].document == pledges->rows.items[best].document &&
           (*first)[*count].submitted == (*first)->submitted && (*first)[*count].year == year &&
           (*first)[*count].kind != STK_TARGET_UNKNOWN) {
        ++*count;
    }
    return true;
}

int stk_pledges_net_zero(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                         stk_net_zero at_least)
{
    int year = 0;
    for (size_t i = 0; i < pledges->rows.count; i++) {
        const stk_target *target = &pledges->targets[i];
        if (strcmp(target->iso3, iso3) == 0 && counts(target, as_of) &&
            target->net_zero_year != 0) {
            year = target->net_zero >= at_least && target->net_zero != STK_NET_ZERO_NONE
                       ? target->net_zero_year
                       : year;
        }
    }
    return year;
}
