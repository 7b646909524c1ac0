/** @file decimal.h
 * @brief Shortest decimals by exact integer arithmetic.
 */
#ifndef STK_BASE_DECIMAL_H
#define STK_BASE_DECIMAL_H

#include <stocktake/base.h>

/** Write the shortest of the correctly rounded decimals of 15, 16 or 17 digits that reads back as
 * `value`, as "%.{15,16,17}g" does it. Only for 0 and for magnitudes from 1e-4 up to 1e15,
 * where no exponent is written; returns false for others, and for powers of two. */
bool stk_decimal_format(double value, char out[STK_NUMBER_SIZE]);

/** Write digits 10^-scale, scale from 0 to 21, without zeros at the end after the point. */
void stk_decimal_write(uint64_t digits, int scale, char out[STK_NUMBER_SIZE]);

#endif
