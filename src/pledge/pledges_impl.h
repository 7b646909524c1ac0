/** @file pledges_impl.h
 * @brief Inside of the pledges, shared by loading, laying over, choosing and writing.
 *
 * Pledges are a list of Parties, each with runs of its targets and rows. An overlay has a list of
 * its own whose untouched Parties are runs of the base, so that it costs what it changes.
 */
#ifndef STK_PLEDGE_PLEDGES_IMPL_H
#define STK_PLEDGE_PLEDGES_IMPL_H

#include "pledge/row.h"

/* The documents of one Party. */
typedef struct pledge_party {
    const char *iso3;
    size_t count;
    const stk_target *targets;        /* by date, document, target year */
    const pledge_row *const *rows;    /* of each target */
    const pledge_row *const *written; /* the same rows in the order in which they are written */
} pledge_party;

typedef struct net_zero_list {
    const stk_net_zero_event *items; /* sorted by Party and date */
    size_t count;
    stk_net_zero_event *own; /* the items as allocated; NULL: of the base or of the arena */
} net_zero_list;

struct stk_pledges {
    stk_arena arena;
    const stk_pledges *base; /* of an overlay; outlives it */
    stk_pledges *over;       /* that is laid over it; belongs to the overlay */
    pledge_rows rows;        /* as read */
    pledge_party *parties;   /* sorted by code */
    size_t party_count;
    size_t target_count;
    stk_party_event *events;
    size_t event_count;
    net_zero_list net_zero;
};

/* Sort the rows that were read, make targets of them and share them out among Parties; every
 * refused row goes to `problems`, and any of them refuses the whole. */
stk_status pledges_finish(stk_pledges *pledges, const stk_inventory *inventory,
                          stk_problems *problems, stk_error *error);

/* Add to the list of problems, if there is one; the first problem is the one that is returned. */
void pledges_report(stk_status status, const stk_error *problem, stk_problems *problems,
                    stk_status *result, stk_error *error);

/* Refuse a Party whose documents have more targets than there is room for. */
stk_status pledges_check_room(const pledge_party *party, stk_error *error);

/* NULL if it has no documents. */
const pledge_party *pledges_party_of(const stk_pledges *pledges, const char *iso3);

/* Events of one day stand in the order in which they were written. */
int pledges_compare_events(const void *a, const void *b);

stk_status pledges_read_events(stk_pledges *pledges, stk_edition *edition, stk_error *error);

/* Whether the row may speak on the date: of documents, announcements only if asked for. */
bool pledges_counts(const stk_target *target, stk_as_of as_of);

#endif
