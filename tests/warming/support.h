/** @file support.h
 * @brief Data and model that the tests of the warming share.
 */
#ifndef TEST_WARMING_SUPPORT_H
#define TEST_WARMING_SUPPORT_H

#include <stocktake/warming.h>

enum { TEST_YEARS_MAX = 120 };

typedef struct test_warming {
    stk_data data;
    stk_warming_model *model;
    stk_options options; /* as of 2021-05-01, AR6 */
    stk_world *world;
} test_warming;

/* cmocka's group setup and teardown; the state is a ::test_warming. */
int test_open(void **state);
int test_close(void **state);

/* Total and land use of the unconditional, low pledges. */
void test_basket(const test_warming *t, double *kyoto_mt, double *land_mt);

#endif
