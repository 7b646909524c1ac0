/** @file pool.h
 * @brief Loops shared between threads that sleep while there is nothing to do.
 *
 * The threads are made when a loop first wants them, serve every loop of the process from then on,
 * and are made anew in a child after fork(). Sleeping costs no processor time, unlike waiting in a
 * loop, and a thread that wakes late is not waited for: the caller works itself.
 */
#ifndef STK_BASE_POOL_H
#define STK_BASE_POOL_H

#include <stocktake/base.h>

/** The threads that a loop takes when `wanted` are asked for: 0 stands for as many as there are
 * processors that this process may use. From 1 to 1024. */
int stk_pool_threads(int wanted);

/** One round of a loop. `thread` counts from 0 to below stk_pool_threads() of the loop, and no two
 * rounds run at once with the same, so that it can choose among work spaces. */
typedef stk_status stk_pool_round(void *user, size_t i, int thread, stk_error *error);

/** Run `round` for every i below `count`, in any order, and return when all have ended. The caller
 * is one of the threads; loops of several callers run at once; a loop within a round runs on that
 * round's thread alone.
 *
 * After a failure no further round begins. The error is that of the lowest i that failed, whatever
 * the number of threads. Threads that cannot be made are done without. A round must not fork a
 * child that goes on with the loop.
 * @param threads  as for stk_pool_threads()
 * @param error    may be NULL */
stk_status stk_pool_run(int threads, size_t count, stk_pool_round *round, void *user,
                        stk_error *error);

#endif
