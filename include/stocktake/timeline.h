#ifndef STOCKTAKE_TIMELINE_H
#define STOCKTAKE_TIMELINE_H
#include <stocktake/warming.h>
typedef struct stk_timeline_step {
    stk_date date;
    const char *iso3;
    const char *name;
    char document[96];
    double world_gt;
    double gap_gt;
    double warming_2100_k, warming_low_k, warming_high_k;
} stk_timeline_step;
typedef struct stk_timeline stk_timeline;
#endif
