/** @file pool.c
 * @brief Loops in the browser: one thread, in the place of base/pool.c.
 */
#include "base/pool.h"

int stk_pool_threads(int wanted)
{
    (void)wanted;
    return 1;
}

stk_status stk_pool_run(int threads, size_t count, stk_pool_round *round, void *user,
                        stk_error *error)
{
    (void)threads;
    stk_status status = STK_OK;
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        status = round(user, i, 0, error);
    }
    return status;
}
