/** @file net_zero.c
 * @brief Which net-zero aim holds on a date: the history of events, else the aim of the documents.
 */
#include <string.h>

#include "pledge/pledges_impl.h"

const char *stk_net_zero_name(stk_net_zero standing)
{
    static const char *const names[] = {"withdrawn", "proposed", "pledge", "policy", "law"};
    return names[standing];
}

const char *stk_net_zero_scope_name(stk_net_zero_scope scope)
{
    static const char *const names[] = {"unknown", "ghg", "co2"};
    return names[scope];
}

const stk_net_zero_event *stk_pledges_net_zero_events(const stk_pledges *pledges, size_t *count)
{
    *count = pledges->net_zero.count;
    return pledges->net_zero.items;
}

const stk_net_zero_event *stk_pledges_net_zero_of(const stk_pledges *pledges, const char *iso3,
                                                  size_t *count)
{
    const net_zero_list *list = &pledges->net_zero;
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(list->items[middle].iso3, iso3) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *count = 0;
    while (low + *count < list->count && strcmp(list->items[low + *count].iso3, iso3) == 0) {
        ++*count;
    }
    return *count > 0 ? &list->items[low] : NULL;
}

/* Events are in order of date. */
static const stk_net_zero_event *newest_event(const stk_net_zero_event *events, size_t count,
                                              stk_date date, stk_net_zero at_least)
{
    const stk_net_zero_event *newest = NULL;
    for (size_t i = 0; i < count && events[i].date <= date; i++) {
        if (events[i].standing == STK_NET_ZERO_NONE) {
            newest = NULL;
        } else if (events[i].standing >= at_least) {
            newest = &events[i];
        }
    }
    return newest;
}

/* The aim of the newest document that counts, which every document of the data has alike. */
static stk_net_zero_aim aim_of_documents(const stk_pledges *pledges, const char *iso3,
                                         stk_as_of as_of, stk_net_zero at_least)
{
    stk_net_zero_aim aim = {0, STK_NET_ZERO_NONE, NULL};
    size_t total;
    const stk_target *targets = stk_pledges_of(pledges, iso3, &total);
    for (size_t i = 0; i < total; i++) {
        const stk_target *t = &targets[i];
        if (pledges_counts(t, as_of) && t->net_zero_year != 0 && t->net_zero >= at_least &&
            t->net_zero != STK_NET_ZERO_NONE) {
            aim = (stk_net_zero_aim){t->net_zero_year, t->net_zero, NULL};
        }
    }
    return aim;
}

bool stk_pledges_net_zero_aim(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                              stk_net_zero at_least, stk_net_zero_aim *aim)
{
    size_t count;
    const stk_net_zero_event *events = stk_pledges_net_zero_of(pledges, iso3, &count);
    if (count == 0) {
        *aim = aim_of_documents(pledges, iso3, as_of, at_least);
        return aim->year != 0;
    }
    const stk_net_zero_event *event = newest_event(events, count, as_of.date, at_least);
    *aim = event == NULL ? (stk_net_zero_aim){0, STK_NET_ZERO_NONE, NULL}
                         : (stk_net_zero_aim){event->year, event->standing, event};
    return event != NULL;
}

int stk_pledges_net_zero(const stk_pledges *pledges, const char *iso3, stk_as_of as_of,
                         stk_net_zero at_least)
{
    stk_net_zero_aim aim;
    return stk_pledges_net_zero_aim(pledges, iso3, as_of, at_least, &aim) ? aim.year : 0;
}
