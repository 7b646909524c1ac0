/** @file pledges_impl.h
 * @brief Inside of the pledges, shared by loading, choosing and writing.
 */
#ifndef STK_PLEDGES_IMPL_H
#define STK_PLEDGES_IMPL_H

#include "pledge/row.h"

struct stk_pledges {
    stk_arena arena;
    pledge_rows rows;    /* sorted by Party and date */
    stk_target *targets; /* one for each row */
    stk_party_event *events;
    size_t event_count;
};

stk_status pledges_read_events(stk_pledges *pledges, stk_edition *edition, stk_error *error);

#endif
