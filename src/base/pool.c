/** @file pool.c
 * @brief Crew of sleeping threads and the list of loops that are open to them.
 *
 * Everything but the counter of a loop is guarded by the one lock of the crew.
 */
#if defined(__linux__)
#define _GNU_SOURCE /* sched_getaffinity() */
#include <sched.h>
#endif

#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 1024, STACK_SIZE = 2 * 1024 * 1024 };

/* A loop while it runs, in memory of its caller. */
typedef struct loop {
    stk_pool_round *round;
    void *user;
    size_t count;
    atomic_size_t next; /* round to begin; `count` or more: none is left */
    int wanted;         /* helpers besides the caller */
    int joined;         /* helpers so far, which numbers them */
    int active;         /* helpers that have not left it */
    size_t failed;      /* lowest round that failed; `count`: none */
    stk_error error;
    struct loop *following;
} loop;

static struct {
    pthread_mutex_t lock;
    pthread_cond_t work; /* a loop was opened */
    pthread_cond_t done; /* a loop was left by its last helper */
    loop *loops;
    int wanted; /* helpers, by all open loops */
    int size;   /* threads that there are */
} crew = {.lock = PTHREAD_MUTEX_INITIALIZER,
          .work = PTHREAD_COND_INITIALIZER,
          .done = PTHREAD_COND_INITIALIZER};

static pthread_once_t watch_forks_once = PTHREAD_ONCE_INIT;
static _Thread_local bool in_round;

int stk_pool_threads(int wanted)
{
    long threads = wanted;
#if defined(__linux__)
    cpu_set_t usable;
    if (threads <= 0 && sched_getaffinity(0, sizeof usable, &usable) == 0) {
        threads = CPU_COUNT(&usable);
    }
#endif
    if (threads <= 0) {
        threads = sysconf(_SC_NPROCESSORS_ONLN);
    }
    return threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : (int)threads;
}

/* --- rounds ---------------------------------------------------------------------------------- */

/* Rounds begin in order, so that all below a failed one have begun, and the lowest failure is
 * found. */
static void take_part(loop *l, int thread)
{
    stk_error error = {0};
    size_t i;
    in_round = true;
    while ((i = atomic_fetch_add(&l->next, 1)) < l->count) {
        error.status = l->round(l->user, i, thread, &error);
        if (error.status != STK_OK) {
            atomic_store(&l->next, l->count);
            pthread_mutex_lock(&crew.lock);
            if (i < l->failed) {
                l->failed = i;
                l->error = error;
            }
            pthread_mutex_unlock(&crew.lock);
        }
    }
    in_round = false;
}

static loop *find_loop(void)
{
    loop *l = crew.loops;
    while (l != NULL && (l->joined == l->wanted || atomic_load(&l->next) >= l->count)) {
        l = l->following;
    }
    return l;
}

static void *help(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&crew.lock);
    for (;;) {
        loop *l = find_loop();
        if (l == NULL) {
            pthread_cond_wait(&crew.work, &crew.lock);
            continue;
        }
        int thread = ++l->joined;
        l->active++;
        pthread_mutex_unlock(&crew.lock);
        take_part(l, thread);
        pthread_mutex_lock(&crew.lock);
        if (--l->active == 0) {
            pthread_cond_broadcast(&crew.done);
        }
    }
    return NULL;
}

/* --- crew ------------------------------------------------------------------------------------ */

static void before_fork(void)
{
    pthread_mutex_lock(&crew.lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&crew.lock);
}

/* The child has none of the threads, and nobody who waits. */
static void after_fork_in_child(void)
{
    pthread_mutex_init(&crew.lock, NULL);
    pthread_cond_init(&crew.work, NULL);
    pthread_cond_init(&crew.done, NULL);
    crew.loops = NULL;
    crew.wanted = 0;
    crew.size = 0;
}

static void watch_forks(void)
{
    pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

/* Signals are for the threads of whoever uses the library. */
static void enlarge(void)
{
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t before;
    if (crew.size >= crew.wanted || pthread_attr_init(&attributes) != 0) {
        return;
    }
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    while (crew.size < crew.wanted && crew.size < THREADS_MAX &&
           pthread_create(&thread, &attributes, help, NULL) == 0) {
        crew.size++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

static void open_loop(loop *l)
{
    pthread_once(&watch_forks_once, watch_forks);
    pthread_mutex_lock(&crew.lock);
    l->following = crew.loops;
    crew.loops = l;
    crew.wanted += l->wanted;
    enlarge();
    for (int h = 0; h < l->wanted; h++) {
        pthread_cond_signal(&crew.work);
    }
    pthread_mutex_unlock(&crew.lock);
}

static void close_loop(loop *l)
{
    pthread_mutex_lock(&crew.lock);
    loop **link = &crew.loops;
    while (*link != l) {
        link = &(*link)->following;
    }
    *link = l->following;
    crew.wanted -= l->wanted;
    while (l->active > 0) {
        pthread_cond_wait(&crew.done, &crew.lock);
    }
    pthread_mutex_unlock(&crew.lock);
}

static stk_status run_alone(size_t count, stk_pool_round *round, void *user, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        status = round(user, i, 0, error);
    }
    return status;
}

stk_status stk_pool_run(int threads, size_t count, stk_pool_round *round, void *user,
                        stk_error *error)
{
    int taken = in_round || count < 2 ? 1 : stk_pool_threads(threads);
    if (taken == 1) {
        return run_alone(count, round, user, error);
    }
    loop l = {.round = round, .user = user, .count = count, .failed = count};
    l.wanted = (size_t)taken < count ? taken - 1 : (int)count - 1;
    open_loop(&l);
    take_part(&l, 0);
    close_loop(&l);
    if (l.failed < count && error != NULL) {
        *error = l.error;
    }
    return l.failed < count ? l.error.status : STK_OK;
}
