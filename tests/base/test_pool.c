/** @file test_pool.c
 * @brief Loops on several threads: every round once, failures, loops within and beside, forks.
 */
#include "support/support.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pool.h"

enum { ROUNDS = 2000, THREADS = 4 };

typedef struct sums {
    int seen[ROUNDS];
    long by_thread[THREADS];
    atomic_int busy[THREADS];
    size_t fails_from; /* this round and some after it; ROUNDS: none */
    atomic_int begun;
} sums;

static stk_status count_round(void *user, size_t i, int thread, stk_error *error)
{
    sums *s = user;
    if (thread < 0 || thread >= THREADS || atomic_fetch_add(&s->busy[thread], 1) != 0) {
        return stk_error_set(error, STK_EARG, "thread %d is none or in use", thread);
    }
    s->seen[i]++;
    s->by_thread[thread] += (long)i;
    atomic_fetch_add(&s->begun, 1);
    atomic_fetch_sub(&s->busy[thread], 1);
    if (i >= s->fails_from && i % 3 == 0) {
        return stk_error_at(error, STK_EDATA, "loop", (long)i, 0, "round %zu fails", i);
    }
    return STK_OK;
}

/* Whether all rounds ran once and each sum belongs to one thread. */
static bool counts(int threads, size_t rounds)
{
    static _Thread_local sums s;
    long sum = 0;
    memset(&s, 0, sizeof s);
    s.fails_from = ROUNDS;
    if (stk_pool_run(threads, rounds, count_round, &s, NULL) != STK_OK) {
        return false;
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        if (s.seen[i] != (i < rounds ? 1 : 0)) {
            return false;
        }
    }
    for (int t = 0; t < THREADS; t++) {
        sum += s.by_thread[t];
    }
    return sum == (long)(rounds * (rounds - 1) / 2) || rounds == 0;
}

static void every_round_runs_once(void **state)
{
    (void)state;
    for (int threads = 1; threads <= THREADS; threads++) {
        assert_true(counts(threads, 0));
        assert_true(counts(threads, 1));
        assert_true(counts(threads, 2));
        assert_true(counts(threads, ROUNDS));
    }
    for (int again = 0; again < 500; again++) {
        assert_true(counts(THREADS, 7));
    }
}

static void numbers_of_threads_have_limits(void **state)
{
    (void)state;
    assert_int_equal(stk_pool_threads(3), 3);
    assert_int_equal(stk_pool_threads(1000000), 1024);
    assert_true(stk_pool_threads(0) >= 1);
    assert_int_equal(stk_pool_threads(-5), stk_pool_threads(0));
}

static void the_lowest_failure_is_told(void **state)
{
    (void)state;
    for (int threads = 1; threads <= THREADS; threads++) {
        sums s = {.fails_from = 100};
        stk_error error = {0};
        assert_int_equal(stk_pool_run(threads, ROUNDS, count_round, &s, &error), STK_EDATA);
        assert_string_equal(error.message, "round 102 fails");
        assert_string_equal(error.file, "loop");
        assert_int_equal(error.line, 102);
        assert_int_equal(error.status, STK_EDATA);
        assert_true(s.begun >= 103 && s.begun < ROUNDS);
        assert_int_equal(stk_pool_run(threads, ROUNDS, count_round, &s, NULL), STK_EDATA);
    }
}

static stk_status within(void *user, size_t i, int thread, stk_error *error)
{
    (void)user, (void)thread;
    return counts(THREADS, i + 50) ? STK_OK : stk_error_set(error, STK_EDATA, "within %zu", i);
}

static void loops_run_within_loops(void **state)
{
    (void)state;
    stk_error error = {0};
    assert_ok(stk_pool_run(THREADS, 40, within, NULL, &error), &error);
    assert_true(counts(THREADS, ROUNDS));
}

static void *beside(void *wrong)
{
    for (int again = 0; again < 200; again++) {
        if (!counts(1 + again % THREADS, 60)) {
            atomic_fetch_add((atomic_int *)wrong, 1);
        }
    }
    return NULL;
}

static void loops_run_beside_each_other(void **state)
{
    (void)state;
    pthread_t callers[3];
    atomic_int wrong = 0;
    for (size_t t = 0; t < 3; t++) {
        assert_int_equal(pthread_create(&callers[t], NULL, beside, &wrong), 0);
    }
    for (size_t t = 0; t < 3; t++) {
        pthread_join(callers[t], NULL);
    }
    assert_int_equal(wrong, 0);
}

static int in_child(void)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(60); /* a child that hangs is a failure */
        _exit(counts(THREADS, ROUNDS) && counts(THREADS, ROUNDS) ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static void loops_run_after_a_fork(void **state)
{
    (void)state;
    assert_true(counts(THREADS, ROUNDS));
    assert_int_equal(in_child(), 0);
    assert_true(counts(THREADS, ROUNDS));
}

/* The child has one thread of two, while the other's loop goes on in the parent. */
static void loops_run_after_a_fork_beside_a_loop(void **state)
{
    (void)state;
    pthread_t caller;
    atomic_int wrong = 0;
    assert_int_equal(pthread_create(&caller, NULL, beside, &wrong), 0);
    for (int again = 0; again < 20; again++) {
        assert_int_equal(in_child(), 0);
    }
    pthread_join(caller, NULL);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops_run_after_a_fork),
        cmocka_unit_test(every_round_runs_once),
        cmocka_unit_test(numbers_of_threads_have_limits),
        cmocka_unit_test(the_lowest_failure_is_told),
        cmocka_unit_test(loops_run_within_loops),
        cmocka_unit_test(loops_run_beside_each_other),
        cmocka_unit_test(loops_run_after_a_fork_beside_a_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
