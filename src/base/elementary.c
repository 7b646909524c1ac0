/** @file elementary.c
 * @brief Exponential, logarithm, power, sine and error function with the same bits everywhere.
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

double stk_log10(double x)
{
    if (!(x > 0) || isinf(x)) {
        return stk_log(x);
    }
    twofold l = log_of(x);
    twofold y = product(l.hi, per_ln10_hi);
    return y.hi + (y.lo + (l.hi * per_ln10_lo + l.lo * per_ln10_hi));
}

double stk_asinh(double x)
{
    double size = fabs(x);
    double y = size > 0x1p500 ? stk_log(size) + ln2_hi
                              : stk_log1p(size + size * size / (1 + sqrt(1 + size * size)));
    return x == 0 || isnan(x) ? x : x < 0 ? -y : y;
}

/* ---- power ---- */

static double power_of_positive(double x, double y)
{
    twofold l = log_of(x);
    twofold e = fabs(y) < 0x1p65 ? product(y, l.hi) : (twofold){y * l.hi, 0};
    return e.hi < EXP_MOST && e.hi > EXP_LEAST ? exp_of(e.hi, e.lo + y * l.lo)
                                               : stk_exp(e.hi); /* beyond what there is */
}

static bool is_odd(double x)
{
    return floor(x) == x && floor(x / 2) * 2 != x;
}

/* Of zero, infinity or no number. */
static double power_of_limit(double x, double y)
{
    if (isnan(x) || isnan(y)) {
        return x + y;
    }
    double size = fabs(x);
    if (isinf(y)) {
        return size == 1 ? 1 : (size > 1) == (y > 0) ? (double)INFINITY : 0;
    }
    double value = (size == 0) == (y < 0) ? (double)INFINITY : 0;
    return signbit(x) && is_odd(y) ? -value : value;
}

double stk_pow(double x, double y)
{
    if (x == 1 || y == 0) {
        return 1;
    }
    if (x == 0 || !isfinite(x) || !isfinite(y)) {
        return power_of_limit(x, y);
    }
    if (x > 0) {
        return power_of_positive(x, y);
    }
    if (floor(y) != y) {
        return (double)NAN;
    }
    return is_odd(y) ? -power_of_positive(-x, y) : power_of_positive(-x, y);
}

/* ---- sine ---- */

/* Horner's rule. */
static double polynomial(const double *series, int count, double x)
{
    double y = series[count - 1];
    for (int i = count - 2; i >= 0; i--) {
        y = y * x + series[i];
    }
    return y;
}

enum { SINE_TERMS = sizeof sine / sizeof *sine };

/* Of pi x, |x| at most 1/4. */
static double small_sine(double x)
{
    twofold t = product(x, pi_hi);
    double square = t.hi * t.hi;
    double lo = t.lo + x * pi_lo;
    return t.hi + (t.hi * square * polynomial(sine, SINE_TERMS, square) + lo * (1 - square / 2));
}

static double small_cosine(double x)
{
    twofold t = product(x, pi_hi);
    twofold square = product(t.hi, t.hi);
    twofold y = sum(1, -square.hi / 2);
    double lo = square.lo / 2 + t.hi * (t.lo + x * pi_lo);
    return y.hi + (y.lo - lo + square.hi * square.hi * polynomial(cosine, SINE_TERMS, square.hi));
}

/* Of pi (x + quarters / 2). */
static double turned_sine(double x, int quarters)
{
    if (!isfinite(x)) {
        return (double)NAN;
    }
    double halves = floor(2 * x + 0.5);
    double rest = x - halves / 2; /* exactly */
    int quadrant = ((int)(halves - 4 * floor(halves / 4)) + quarters) & 3;
    double y = (quadrant & 1) != 0 ? small_cosine(rest) : small_sine(rest);
    return quadrant < 2 ? y : -y;
}

double stk_sin_pi(double x)
{
    return x == 0 ? x : turned_sine(x, 0);
}

double stk_cos_pi(double x)
{
    return turned_sine(x, 1);
}

/* ---- error function ---- */

/* Of a number that is not negative. */
static double erfc_of(double x)
{
    enum { TERMS = sizeof far_erfc / sizeof *far_erfc, NOTHING_LEFT = 28 };
    if (x > NOTHING_LEFT) {
        return 0;
    }
    twofold square = product(x, x);
    double t = (x - 3.75) / (x + 3.75);
    double y = 0;
    double next = 0;
    for (int i = TERMS - 1; i > 0; i--) { /* Clenshaw's rule */
        double before = next;
        next = y;
        y = 2 * t * next - before + far_erfc[i];
    }
    double value = t * y - next + far_erfc[0];
    return exp_of(-square.hi, -square.lo) * value / (1 + 2 * x);
}

static double near_zero(double x)
{
    enum { TERMS = sizeof near_erf / sizeof *near_erf };
    return two_per_root_pi * x * polynomial(near_erf, TERMS, x * x);
}

double stk_erf(double x)
{
    double size = fabs(x);
    if (size < 1 || isnan(x)) {
        return near_zero(x);
    }
    return x < 0 ? erfc_of(size) - 1 : 1 - erfc_of(size);
}

double stk_erfc(double x)
{
    if (isnan(x)) {
        return x;
    }
    return x < -0.5 ? 2 - erfc_of(-x) : x < 0.5 ? 1 - near_zero(x) : erfc_of(x);
}
