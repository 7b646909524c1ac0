/** @file observed.h
 * @brief The observed warming of the edition.
 */
#ifndef STOCKTAKE_OBSERVED_H
#define STOCKTAKE_OBSERVED_H

#include <stocktake/edition.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_OBSERVED_FIRST = 1850, STK_OBSERVED_LAST = 2100, STK_OBSERVED_YEARS = 251 };

/** Global mean surface temperature above 1850-1900 as observed, K: the edition's annual record
 * (IGCC), NaN in years that it has not. The caller frees `series->values`, of STK_OBSERVED_YEARS.
 */
stk_status stk_observed_warming(stk_edition *edition, stk_series *series, stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
