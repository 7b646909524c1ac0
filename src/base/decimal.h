/** @file decimal.h
 * @brief Shortest decimals by exact integer arithmetic.
 */
#ifndef STK_BASE_DECIMAL_H
#define STK_BASE_DECIMAL_H

#include <stocktake/base.h>

/** Write the shortest of the correctly rounded decimals of 15, 16 or 17 digits that reads back as
 * `value`, as "%.{15,16,17}g" does it. Only for magnitudes from 1e-4 up to 1e15, where no exponent
 * is written; returns false for others, and for powers of two. */
bool stk_decimal_format(double value, char out[STK_NUMBER_SIZE]);

#endif
