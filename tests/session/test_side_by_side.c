/** @file test_side_by_side.c
 * @brief Sessions side by side: in two threads, in a child after fork(), and one after the other
 * ten thousand times.
 *
 *     test-session-side-by-side [long]     long: 10,000 sessions instead of 200
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "session/session_support.h"

static int open_count = 200;

/* ---- threads ---- */

typedef struct visitor {
    const char *words;
    stk_text gap;
    double world;
} visitor;

static void check(const stk_session *s, int result)
{
    if (result != STK_DONE) {
        fprintf(stderr, "%s\n", stk_session_message(s));
        abort(); /* cmocka's jumps do not cross threads */
    }
}

/* Everything that may be shared is used: data, model, options, charts, the pool of threads. */
static void *visit(void *user)
{
    enum { ROUNDS = 3 };
    visitor *v = user;
    static const char *const questions[] = {
        "assess",  "gap",       "targets", "country IND",
        "warming", "chart gap", "history", "pathways --area all"};
    const char *bytes;
    size_t size;
    for (int round = 0; round < ROUNDS; round++) {
        stk_session *s;
        check(NULL, stk_session_open(NULL, &s));
        check(s, stk_session_set(s, "as-of", TEST_DAY));
        check(s, stk_session_what_if(s, v->words));
        check(s, stk_session_update(s, STK_UPDATE_LEVELS));
        v->world = stk_session_array(s, "world", NULL, NULL)[45];
        for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
            check(s, stk_session_ask(s, questions[i], NULL, &bytes, &size));
        }
        check(s, stk_session_ask(s, "gap", "json", &bytes, &size));
        free((char *)v->gap.data);
        v->gap = (stk_text){strdup(bytes), size};
        for (int i = 0; i < stk_option_count(); i++) {
            if (stk_option_default(i) == NULL) {
                abort();
            }
        }
        stk_session_close(s);
    }
    return NULL;
}

static void test_two_threads(void **state)
{
    (void)state;
    visitor there[] = {{"IND 2035=3000Mt", {NULL, 0}, 0}, {"USA 2035=-10%", {NULL, 0}, 0}};
    visitor alone[] = {{"IND 2035=3000Mt", {NULL, 0}, 0}, {"USA 2035=-10%", {NULL, 0}, 0}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, visit, &there[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
    }
    for (int i = 0; i < 2; i++) {
        visit(&alone[i]);
        assert_true(there[i].world == alone[i].world);
        assert_string_equal(there[i].gap.data, alone[i].gap.data);
        free((char *)there[i].gap.data);
        free((char *)alone[i].gap.data);
    }
    assert_true(there[0].world != there[1].world);
}

/* ---- a child ---- */

static void test_fork(void **state)
{
    (void)state;
    const char *bytes;
    size_t size;
    int status;
    stk_session *s = test_session();
    assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        stk_session *own;
        bool good = stk_session_what_if(s, "IND 2035=3000Mt") == STK_DONE &&
                    stk_session_ask(s, "assess", NULL, &bytes, &size) == STK_DONE &&
                    stk_session_open(NULL, &own) == STK_DONE &&
                    stk_session_ask(own, "gap", NULL, &bytes, &size) == STK_DONE;
        _exit(good ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    stk_session_close(s);
}

/* ---- one after the other ---- */

static void test_open_close(void **state)
{
    (void)state;
    enum { WARM = 100, GROWTH_KIB = 64 };
    long before = 0;
    for (int i = 0; i < open_count; i++) {
        if (i == WARM) {
            before = test_allocated_kib();
        }
        stk_session *s = test_session();
        assert_done(s, stk_session_set(s, "gwp", "AR4"));
        stk_session_close(s);
    }
    long grown = test_allocated_kib() - before;
    print_message("memory grew by %ld KiB over %d openings\n", grown, open_count - WARM);
    assert_true(TEST_SANITIZED || grown < GROWTH_KIB);
}

/* With everything that a session can hold. */
static void test_full_sessions(void **state)
{
    (void)state;
    enum { SESSIONS = 24, WARM = 8, GROWTH_KIB = 256 };
    const char *bytes;
    size_t size;
    long before = 0;
    for (int i = 0; i < SESSIONS; i++) {
        if (i == WARM) {
            before = test_allocated_kib();
        }
        stk_session *s = test_session();
        assert_done(s, stk_session_what_if(s, "IND 2035=3000Mt"));
        assert_done(s, stk_session_update(s, STK_UPDATE_LEVELS | STK_UPDATE_WARMING));
        assert_non_null(stk_session_species(s, 0, NULL));
        assert_done(s, stk_session_ask(s, "assess", "json", &bytes, &size));
        assert_done(s, stk_session_pledges_read(s, TEST_DATA_DIR "/pledges/BRA.yaml"));
        assert_done(s, stk_session_table(s, "targets", NULL, NULL));
        stk_session_close(s);
    }
    long grown = test_allocated_kib() - before;
    print_message("memory grew by %ld KiB over %d full sessions\n", grown, SESSIONS - WARM);
    assert_true(TEST_SANITIZED || grown < GROWTH_KIB);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_threads),
        cmocka_unit_test(test_fork),
        cmocka_unit_test(test_open_close),
        cmocka_unit_test(test_full_sessions),
    };
    if (argc > 1 && strcmp(argv[1], "long") == 0) {
        open_count = 10000;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
