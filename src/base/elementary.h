/** @file elementary.h
 * @brief Exponential, logarithm, power, sine and error function with the same bits everywhere.
 *
 * The C library's differ in the last bit between systems, and between processors of one system.
 * These are made of additions, multiplications, divisions and square roots alone. Within 0.52 units
 * in the last place, expm1() 0.7, the sines 0.8, asinh() 2, the error functions 4
 * (tests/base/test_elementary.c measures it); special values as in C.
 */
#ifndef STK_BASE_ELEMENTARY_H
#define STK_BASE_ELEMENTARY_H

double stk_exp(double x);
double stk_expm1(double x);
double stk_log(double x);
double stk_log1p(double x);
double stk_log10(double x);
double stk_pow(double x, double y);
double stk_asinh(double x);

/** Sine and cosine of pi x; exact at multiples of a half. */
double stk_sin_pi(double x);
double stk_cos_pi(double x);

double stk_erf(double x);
double stk_erfc(double x);

#endif
