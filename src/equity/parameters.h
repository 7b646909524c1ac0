/** @file parameters.h
 * @brief Lists of parameters as "from=1850;discount=2".
 */
#ifndef STK_EQUITY_PARAMETERS_H
#define STK_EQUITY_PARAMETERS_H

#include <stocktake/base.h>

/* Cut the next item off; false at the end. An item without "=" has an empty value. */
bool parameters_next(stk_text *rest, stk_text *key, stk_text *value);

stk_status parameters_refuse(stk_text key, stk_text value, const char *allowed, stk_error *error);
stk_status parameters_year(stk_text key, stk_text value, int *year, stk_error *error);
stk_status parameters_number(stk_text key, stk_text value, double *number, stk_error *error);

#endif
