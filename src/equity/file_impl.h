/** @file file_impl.h
 * @brief Inside of an invented world that was read from files.
 */
#ifndef STK_EQUITY_FILE_IMPL_H
#define STK_EQUITY_FILE_IMPL_H

#include "base/csv.h"
#include "equity/equity_impl.h"

struct stk_equity_file {
    stk_arena arena;
    size_t capacity; /* of areas */
    char **codes;
    double **columns; /* of each area: population, GDP, emissions, Gini, one after another */
    double *world_mt;
    double *world_co2_mt;
    stk_equity_world world;
    stk_equity *opened;
    stk_equity_theta theta;
    double threshold;
};

/* Index of an area, or the number of areas where it has none. */
size_t file_area(const stk_equity_file *file, stk_text code);

#endif
