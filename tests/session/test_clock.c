/** @file test_clock.c
 * @brief What is asked without a date is answered for the clock's day, and refused where the clock
 * says no day of the calendar.
 *
 * The linker puts the clock below before that of the C library.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "session/session_support.h"

time_t __wrap_time(time_t *out);

static time_t now;

time_t __wrap_time(time_t *out)
{
    if (out != NULL) {
        *out = now;
    }
    return now;
}

static void clocks(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *day; /* NULL: refused */
    } all[] = {{1619049600, "2021-04-22"},  {253402300799, "9999-12-31"},
               {-3786825600, "1850-01-01"}, {-3786825601, NULL},
               {253402300800, NULL},        {-2147483648 * INT64_C(30), NULL},
               {INT64_MAX, NULL},           {INT64_MIN, NULL}};
    char mini[1024];
    stk_session *s;
    snprintf(mini, sizeof mini, "%s/data/mini", TEST_SOURCE_DIR);
    assert_int_equal(stk_session_open(mini, &s), STK_DONE);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *text = "";
        size_t size;
        now = (time_t)all[i].seconds;
        int result = stk_session_ask(s, "targets", "text", &text, &size);
        if (all[i].day != NULL) {
            assert_done(s, result);
            assert_non_null(strstr(text, all[i].day));
        } else {
            assert_int_equal(result, STK_REFUSED_DATA);
            assert_non_null(strstr(stk_session_message(s), "--as-of names one"));
        }
    }
    stk_session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(clocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
