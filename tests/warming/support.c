/** @file support.c
 * @brief Opens the embedded edition once a program.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support.h"

int test_open(void **state)
{
    test_warming *t = calloc(1, sizeof *t);
    stk_error error = {0};
    assert_non_null(t);
    if (stk_data_open(&t->data, NULL, NULL, &error) != STK_OK ||
        stk_warming_model_open(t->data.edition, &t->model, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    t->options = (stk_options){.as_of = {.date = 20210501},
                               .extension = STK_EXTEND_NET_ZERO,
                               .net_zero = STK_NET_ZERO_POLICY,
                               .binding = STK_NET_ZERO_POLICY};
    assert_int_equal(stk_gwp_find_set(stk_inventory_gwp(t->data.inventory), stk_text_of("AR6"),
                                      &t->options.gwp, &error),
                     STK_OK);
    assert_int_equal(stk_world_make(t->data.inventory, t->data.pledges, t->data.baseline,
                                    &t->options, &t->world, &error),
                     STK_OK);
    assert_true(stk_warming_year_count(t->model) <= TEST_YEARS_MAX);
    *state = t;
    return 0;
}

int test_close(void **state)
{
    test_warming *t = *state;
    stk_world_free(t->world);
    stk_warming_model_free(t->model);
    stk_data_close(&t->data);
    free(t);
    return 0;
}

void test_basket(const test_warming *t, double *kyoto_mt, double *land_mt)
{
    assert_int_equal(stk_warming_world_basket(t->model, t->world, STK_UNCONDITIONAL, STK_LOW,
                                              kyoto_mt, land_mt, NULL),
                     STK_OK);
}
