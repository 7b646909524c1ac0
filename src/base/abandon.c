/** @file abandon.c
 * @brief A list without locks, so that a handler of signals can read it.
 */
#include "base/abandon.h"

#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

enum { NAMES_MAX = 64 };

/* One for the process, because its signals are. */
static _Atomic(const char *) names[NAMES_MAX];
static atomic_int holds;

static void exchange(const char *from, const char *to)
{
    for (int i = 0; i < NAMES_MAX; i++) {
        const char *expected = from;
        if (atomic_compare_exchange_strong(&names[i], &expected, to)) {
            return;
        }
    }
}

void stk_abandon_remember(const char *path)
{
    exchange(NULL, path);
}

void stk_abandon_forget(const char *path)
{
    exchange(path, NULL);
}

void stk_abandon_hold(bool hold)
{
    atomic_fetch_add(&holds, hold ? 1 : -1);
}

bool stk_abandon_all(void)
{
    if (atomic_load(&holds) > 0) {
        return false;
    }
    for (int i = 0; i < NAMES_MAX; i++) {
        const char *path = atomic_load(&names[i]);
        if (path != NULL) {
            unlink(path);
        }
    }
    return true;
}
