/** @file elementary.h
 * @brief Exponential, logarithm and power with the same bits everywhere.
 *
 * The C library's differ in the last bit between systems, and between processors of one system.
 * These are made of additions, multiplications and divisions alone. Within 0.52 units in the last
 * place, expm1() 0.7 (tests/base/test_elementary.c measures it); special values
 * as in C.
 */
#ifndef STK_BASE_ELEMENTARY_H
#define STK_BASE_ELEMENTARY_H

double stk_exp(double x);
double stk_expm1(double x);
double stk_log(double x);
double stk_log1p(double x);
double stk_pow(double x, double y);

#endif
