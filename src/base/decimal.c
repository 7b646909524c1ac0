/** @file decimal.c
 * @brief Shortest decimals by exact integer arithmetic.
 *
 * With value = m 2^-s and k chosen so that value 10^k has 17 digits before the point, P = m 10^k is
 * an integer of at most 127 bits and the digits are P / 2^s. A decimal Q of fewer digits reads back
 * as the value if it is nearer than half a unit in the last place, |Q 2^s - P| < 10^k / 2. Tables
 * are almost all decimals, and the C library's conversion takes many times as long.
 */
#include "base/decimal.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { DIGITS = 17, SCALE_MAX = 21 };

static const uint64_t powers[] = {UINT64_C(1),
                                  UINT64_C(10),
                                  UINT64_C(100),
                                  UINT64_C(1000),
                                  UINT64_C(10000),
                                  UINT64_C(100000),
                                  UINT64_C(1000000),
                                  UINT64_C(10000000),
                                  UINT64_C(100000000),
                                  UINT64_C(1000000000),
                                  UINT64_C(10000000000),
                                  UINT64_C(100000000000),
                                  UINT64_C(1000000000000),
                                  UINT64_C(10000000000000),
                                  UINT64_C(100000000000000),
                                  UINT64_C(1000000000000000),
                                  UINT64_C(10000000000000000),
                                  UINT64_C(100000000000000000),
                                  UINT64_C(1000000000000000000),
                                  UINT64_C(10000000000000000000)};

static wide power_of_ten(int k)
{
    return k < 20 ? powers[k] : (wide)powers[19] * powers[k - 19];
}

/* The value as m 2^-s, and P = m 10^k. */
typedef struct scaled {
    uint64_t mantissa;
    int shift;
    int scale;
    wide product;
} scaled;

static wide digits_of(const scaled *v)
{
    return v->product >> v->shift;
}

static bool scale_up(double magnitude, scaled *v)
{
    int exponent;
    double fraction = frexp(magnitude, &exponent);
    v->mantissa = (uint64_t)ldexp(fraction, 53);
    v->shift = 53 - exponent;
    /* The number of digits before the point, from the binary exponent; corrected below. */
    v->scale = DIGITS - 1 - (int)floor((exponent - 1) * 0.30102999566398120);
    if (v->scale > SCALE_MAX) {
        v->scale = SCALE_MAX;
    }
    v->product = v->mantissa * power_of_ten(v->scale);
    while (digits_of(v) >= powers[DIGITS]) {
        v->scale--;
        v->product = v->mantissa * power_of_ten(v->scale);
    }
    return digits_of(v) >= powers[DIGITS - 1];
}

/* The value rounded to a multiple of `unit` digits, ties to even; false if it does not read back.
 */
static bool round_to(const scaled *v, uint64_t unit, uint64_t *digits)
{
    wide one = (wide)unit << v->shift;
    uint64_t multiple = (uint64_t)(v->product / one);
    wide rest = v->product - one * multiple;
    bool up = rest > one / 2 || (rest == one / 2 && (multiple & 1) != 0);
    wide distance = up ? one - rest : rest;
    wide half = power_of_ten(v->scale) / 2;
    *digits = (multiple + up) * unit;
    return distance < half || (distance == half && (v->mantissa & 1) == 0 && v->scale > 0);
}

/* `digits` has 17 digits, or is 10^17, of which those after the point are 10^-scale apart. */
static void write_digits(uint64_t digits, int scale, char *out)
{
    char text[24];
    int size = 0;
    while (digits > 0 || size <= scale) {
        text[size++] = (char)('0' + digits % 10);
        digits /= 10;
    }
    int end = 0; /* zeros after the point are not written */
    while (end < scale && text[end] == '0') {
        end++;
    }
    for (int i = size - 1; i >= end; i--) {
        if (i == scale - 1) {
            *out++ = '.';
        }
        *out++ = text[i];
    }
    *out = '\0';
}

bool stk_decimal_format(double value, char out[STK_NUMBER_SIZE])
{
    double magnitude = fabs(value);
    scaled v;
    uint64_t digits = 0;
    if (!(magnitude >= 1e-4 && magnitude < 1e15) || !scale_up(magnitude, &v) ||
        v.mantissa == UINT64_C(1) << 52) {
        return false;
    }
    bool found = round_to(&v, 100, &digits) || round_to(&v, 10, &digits);
    if (!found) {
        round_to(&v, 1, &digits);
    }
    if (value < 0) {
        *out++ = '-';
    }
    write_digits(digits, v.scale, out);
    return true;
}
