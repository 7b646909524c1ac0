/** @file test_version.c
 * @brief Version macros of the headers beside the version of the library, which is the file
 * VERSION.
 */
#include "support/support.h"

#include <stdio.h>

static void test_headers_and_library_agree(void **state)
{
    (void)state;
    char text[64];
    snprintf(text, sizeof text, "%d.%d.%d", STOCKTAKE_VERSION_MAJOR, STOCKTAKE_VERSION_MINOR,
             STOCKTAKE_VERSION_PATCH);
    assert_string_equal(text, stk_version());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_headers_and_library_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
