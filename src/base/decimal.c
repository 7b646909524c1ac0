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
    /* k is at most 38: the shortest decimals have 17 digits and a scale of no more than 21 */
    return k < 20 ? powers[k] : (wide)powers[19] * powers[k - 19]; // NOLINT(clang-analyzer-core.*)
}

/* The value as m 2^-s, and P = m 10^k in its whole digits and what is left of it. */
typedef struct scaled {
    uint64_t mantissa;
    int shift;
    int scale;
    uint64_t whole;
    wide rest;
} scaled;

static void multiply(scaled *v)
{
    wide product = v->mantissa * power_of_ten(v->scale);
    v->whole = (uint64_t)(product >> v->shift);
    v->rest = product - ((wide)v->whole << v->shift);
}

static bool scale_up(double magnitude, scaled *v)
{
    uint64_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    int exponent = (int)(bits >> 52) - 1023;
    v->mantissa = (bits & (UINT64_MAX >> 12)) | UINT64_C(1) << 52;
    v->shift = 52 - exponent;
    /* The number of digits before the point, log10(2) of the binary exponent; corrected below. */
    v->scale = DIGITS - 1 - (exponent * 78913 >> 18);
    if (v->scale > SCALE_MAX) {
        v->scale = SCALE_MAX;
    }
    multiply(v);
    while (v->whole >= powers[DIGITS]) {
        v->scale--;
        multiply(v);
    }
    return v->whole >= powers[DIGITS - 1];
}

/* The value rounded to a multiple of `unit` digits, ties to even; false if it does not read back.
 */
static inline bool round_to(const scaled *v, uint64_t unit, uint64_t *digits)
{
    wide one = (wide)unit << v->shift;
    uint64_t multiple = v->whole / unit;
    wide rest = ((wide)(v->whole - multiple * unit) << v->shift) + v->rest;
    bool up = rest > one / 2 || (rest == one / 2 && (multiple & 1) != 0);
    wide distance = up ? one - rest : rest;
    wide half = power_of_ten(v->scale) / 2;
    *digits = (multiple + up) * unit;
    return distance < half || (distance == half && (v->mantissa & 1) == 0 && v->scale > 0);
}

void stk_decimal_write(uint64_t digits, int scale, char out[STK_NUMBER_SIZE])
{
    char text[24];
    char *const end = text + sizeof text;
    char *first = end;
    while (scale > 0 && digits % 10 == 0) { /* zeros after the point are not written */
        digits /= 10;
        scale--;
    }
    for (; digits >= 10; digits /= 100) {
        uint64_t pair = digits % 100;
        *--first = (char)('0' + pair % 10);
        *--first = (char)('0' + pair / 10);
    }
    if (digits > 0) {
        *--first = (char)('0' + digits);
    }
    while (end - first <= scale) { /* at least one digit before the point */
        *--first = '0';
    }
    size_t before = (size_t)(end - first) - (size_t)scale;
    memcpy(out, first, before);
    out += before;
    if (scale > 0) {
        *out++ = '.';
        memcpy(out, first + before, (size_t)scale);
        out += scale;
    }
    *out = '\0';
}

bool stk_decimal_format(double value, char out[STK_NUMBER_SIZE])
{
    double magnitude = fabs(value);
    scaled v;
    uint64_t digits = 0;
    if (magnitude == 0) {
        memcpy(out, signbit(value) ? "-0" : "0\0", 3);
        return true;
    }
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
    stk_decimal_write(digits, v.scale, out);
    return true;
}
