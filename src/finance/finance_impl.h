/** @file finance_impl.h
 * @brief Inside of climate finance, shared by its reader and its queries.
 */
#ifndef STK_FINANCE_IMPL_H
#define STK_FINANCE_IMPL_H

#include <stocktake/finance.h>

#include "base/arena.h"

enum { FINANCE_YEAR_FIRST = 1850, FINANCE_YEAR_LAST = 2100 };

/* The contributors that goals speak of. */
typedef struct finance_member {
    stk_area area;
    stk_date from;
    stk_date to; /* 0: still one */
    stk_finance_mark mark;
    long line;
} finance_member;

typedef struct finance_gdp {
    stk_area area;
    stk_series usd;
} finance_gdp;

/* A list that grows while it is read. */
typedef struct finance_list {
    void *items;
    size_t count;
    size_t capacity;
} finance_list;

struct stk_finance {
    stk_arena arena; /* texts and series */
    const stk_inventory *inventory;
    finance_list goals;
    finance_list figures; /* by source, component, year, day */
    finance_list findings;
    finance_list pledges;
    finance_list members;
    finance_list gdp;
    finance_list sources;
};

/* The ends of the range that stands for what is held against a goal, where a source has no single
 * figure of a component; false for components that no goal is about. */
bool finance_range_of(stk_finance_component component, stk_finance_component *low,
                      stk_finance_component *high);

#endif
