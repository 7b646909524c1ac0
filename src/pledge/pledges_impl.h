/** @file pledges_impl.h
 * @brief Inside of the pledges, shared by loading, choosing and writing.
 */
#ifndef STK_PLEDGE_PLEDGES_IMPL_H
#define STK_PLEDGE_PLEDGES_IMPL_H

#include "pledge/row.h"

typedef struct net_zero_list {
    stk_net_zero_event *items; /* sorted by Party and date */
    size_t count;
    size_t capacity;
} net_zero_list;

struct stk_pledges {
    stk_arena arena;
    pledge_rows rows;          /* sorted by Party, date, document, as written */
    stk_target *targets;       /* one for each row; those of a document by target year */
    const pledge_row **row_of; /* of each target */
    stk_party_event *events;
    size_t event_count;
    net_zero_list net_zero;
};

stk_status pledges_read_events(stk_pledges *pledges, stk_edition *edition, stk_error *error);

/* Whether the row may speak on the date: of documents, announcements only if asked for. */
bool pledges_counts(const stk_target *target, stk_as_of as_of);

#endif
