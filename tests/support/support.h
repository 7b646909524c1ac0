/** @file support.h
 * @brief What the tests share: cmocka, comparisons of numbers, the data opened once.
 */
#ifndef STK_TESTS_SUPPORT_H
#define STK_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stocktake/modules.h>

/** Fail with the error's text unless the status is STK_OK. */
#define assert_ok(call, error) test_assert_ok((call), (error), __FILE__, __LINE__)

/** Fail unless |a - b| <= tolerance * max(|a|, |b|, 1e-300). */
#define assert_close(a, b, tolerance) test_assert_close((a), (b), (tolerance), __FILE__, __LINE__)

/** Fail unless the text contains the needle. */
#define assert_has(text, needle) test_assert_has((text), (needle), __FILE__, __LINE__)

#define assert_nan(value) assert_true((value) != (value))

void test_assert_ok(stk_status status, const stk_error *error, const char *file, int line);
void test_assert_close(double a, double b, double tolerance, const char *file, int line);
void test_assert_has(const char *text, const char *needle, const char *file, int line);

/** The embedded edition, opened by the first call and closed by test_close_data(). */
const stk_data *test_data(void);

/** A group teardown that closes test_data(). */
int test_close_data(void **state);

/** The index of a GWP set of the embedded edition. */
size_t test_gwp(const char *name);

/** Default options: net, source first, hot air kept, net zero from pledges on. */
stk_options test_options(const char *gwp, stk_date as_of);

/** The world of the embedded edition on a date by the default options and AR6; to be freed. */
stk_world *test_world(stk_date as_of);

/** A text of the file `name` below tests/, to be freed. */
stk_text test_read(const char *name);

/** "<build>/tests/scratch/PROCESS-NAME", a place where tests may write, which no other program of
 * theirs has; a static buffer. */
const char *test_scratch(const char *name);

/** A copy of the small edition in which the first `from` of the file `path` is `to` (or the whole
 * file, if `from` is NULL); the folder's name, good until the next call. */
const char *test_mini_with(const char *path, const char *from, const char *to);

/** Write `to` over the first `from` in a text; both are equally long. */
void test_change(char *text, const char *from, const char *to);

/** Random numbers that are the same in every run (xorshift64*). */
typedef struct test_random {
    uint64_t state;
} test_random;

uint64_t test_random_bits(test_random *random);
double test_random_between(test_random *random, double low, double high);

#endif
