/** @file elementary.c
 * @brief Exponential, logarithm and power with the same bits everywhere.
 *
 * Table-driven as P. T. P. Tang describes (ACM TOMS 15, 1989, and 16, 1990): what is near a value
 * of the table is a short polynomial of the small rest. Where a double is not enough a value is the
 * sum of two, by the error-free sums of Knuth and products of Dekker (Numer. Math. 18, 1971).
 */
#include "base/elementary.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/elementary_tables.h"

/* A value as the sum of two doubles, the second below the last place of the first. */
typedef struct twofold {
    double hi;
    double lo;
} twofold;

static twofold sum(double a, double b)
{
    double s = a + b;
    double b_in = s - a;
    return (twofold){s, (a - (s - b_in)) + (b - b_in)};
}

/* The leading 26 bits. */
static double leading(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits &= ~(uint64_t)0 << 27;
    memcpy(&x, &bits, sizeof bits);
    return x;
}

static twofold product(double a, double b)
{
    double p = a * b;
    double a_hi = leading(a);
    double a_lo = a - a_hi;
    double b_hi = leading(b);
    double b_lo = b - b_hi;
    return (twofold){p, ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
}

static double power_of_two(int k) /* of a normal number */
{
    uint64_t bits = (uint64_t)(k + 1023) << 52;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 2^k x; the power alone may be no normal number. */
static double scaled(double x, int k)
{
    int half = k / 2;
    return x * power_of_two(half) * power_of_two(k - half);
}

/* ---- exponential ---- */

enum { EXP_MOST = 710, EXP_LEAST = -746 };

/* 2^k t (1 + r + q): t of the table, r small, q of its square. */
typedef struct parts {
    int k;
    const double *table;
    double r;
    double q;
} parts;

/* Of an argument between the limits, which is the sum of two. */
static parts take_apart(double x, double lo)
{
    double n = floor(x * (64 / (ln2_hi + ln2_lo)) + 0.5);
    double exact = x - n * ln2_64_hi;
    double less = lo - n * ln2_64_lo;
    double r = exact + less;
    double lost = (exact - r) + less;
    double q = r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r / 720))));
    int whole = (int)n;
    int i = whole & 63;
    return (parts){(whole - i) / 64, powers[i], r, lost + q};
}

static double exp_of(double x, double lo)
{
    parts e = take_apart(x, lo);
    return scaled(e.table[0] + (e.table[1] + e.table[0] * (e.r + e.q)), e.k);
}

double stk_exp(double x)
{
    if (!(x < EXP_MOST && x > EXP_LEAST)) {
        return x > 0 ? (double)INFINITY : x < 0 ? 0 : x;
    }
    return exp_of(x, 0);
}

double stk_expm1(double x)
{
    if (!(x < EXP_MOST && x > -40)) {
        return x > 0 ? (double)INFINITY : x < 0 ? -1 : x;
    }
    if (x == 0) {
        return x; /* of its sign */
    }
    parts e = take_apart(x, 0);
    /* s (1 + r + q) - 1 = (s - 1) + r + (q + (s - 1) (r + q)) */
    twofold less = sum(scaled(e.table[0], e.k), -1);
    twofold y = sum(less.hi, e.r);
    double small = e.q + less.hi * (e.r + e.q) + scaled(e.table[1], e.k);
    return isinf(less.hi) ? less.hi : y.hi + (y.lo + (less.lo + small));
}

/* ---- logarithm ---- */

/* Of a positive finite number. */
static twofold log_of(double x)
{
    uint64_t bits;
    int k = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        k = -54;
    }
    memcpy(&bits, &x, sizeof bits);
    k += (int)(bits >> 52) - 1023;
    const double *entry = logarithms[bits >> 45 & 127];
    bool upper = (bits >> 45 & 127) > 52; /* above the square root of 2 */
    bits = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)(upper ? 1022 : 1023) << 52;
    k += upper;
    double m;
    memcpy(&m, &bits, sizeof m);
    /* m times the reciprocal less 1, exactly: the reciprocal has 10 bits */
    double m_hi = leading(m);
    twofold f = sum(m_hi * entry[0] - 1, (m - m_hi) * entry[0]);
    /* ln(1 + f) = f - f^2/2 + f^3 t */
    double g = f.hi;
    double t =
        1.0 / 3 -
        g * (1.0 / 4 - g * (1.0 / 5 - g * (1.0 / 6 - g * (1.0 / 7 - g * (1.0 / 8 - g / 9)))));
    twofold square = product(g, g);
    twofold y = sum(k * ln2_hi + entry[1], g);
    twofold z = sum(y.hi, -0.5 * square.hi);
    double small = g * square.hi * t - 0.5 * square.lo - g * f.lo + f.lo + k * ln2_lo + entry[2];
    return sum(z.hi, z.lo + (y.lo + small));
}

double stk_log(double x)
{
    if (!(x > 0) || isinf(x)) {
        return x == 0 ? -(double)INFINITY : x < 0 ? (double)NAN : x;
    }
    twofold y = log_of(x);
    return y.hi + y.lo;
}

double stk_log1p(double x)
{
    if (!(x > -1) || isinf(x)) {
        return x == -1 ? -(double)INFINITY : x < -1 ? (double)NAN : x;
    }
    twofold u = sum(1, x);
    twofold y = log_of(u.hi);
    return x == 0 ? x : y.hi + (y.lo + u.lo / u.hi);
}

/* ---- power ---- */

static double power_of_positive(double x, double y)
{
    twofold l = log_of(x);
    twofold e = fabs(y) < 0x1p65 ? product(y, l.hi) : (twofold){y * l.hi, 0};
    return e.hi < EXP_MOST && e.hi > EXP_LEAST ? exp_of(e.hi, e.lo + y * l.lo)
                                               : stk_exp(e.hi); /* beyond what there is */
}

double stk_pow(double x, double y)
{
    if (x == 1 || y == 0) {
        return 1;
    }
    if (x == 0 || !isfinite(x) || !isfinite(y)) {
        return pow(x, y); /* a value that the standard fixes */
    }
    if (x > 0) {
        return power_of_positive(x, y);
    }
    if (floor(y) != y) {
        return (double)NAN;
    }
    return fabs(y) < 0x1p53 && fmod(y, 2) != 0 ? -power_of_positive(-x, y)
                                               : power_of_positive(-x, y);
}
