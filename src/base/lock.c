/** @file lock.c
 * @brief Locks between processes, by flock() on a file beside the output.
 */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/abandon.h"

/* The file that is open is still the one of that name: who held the lock before takes it away. */
static bool is_still_there(int descriptor, const char *path)
{
    struct stat open;
    struct stat named;
    return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

/* @return the descriptor; -1 where there can be no lock, -2 where another run holds it */
static int try_lock(const char *path, bool shared, bool *was_there)
{
    enum { TIMES = 100 };
    for (int i = 0; i < TIMES; i++) {
        int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
        int descriptor = open(path, flags | O_CREAT | O_EXCL, 0666);
        *was_there = descriptor < 0 && errno == EEXIST;
        descriptor = *was_there ? open(path, flags) : descriptor;
        if (descriptor < 0 && *was_there && errno == ENOENT) {
            continue; /* taken away between the two */
        }
        if (descriptor < 0) {
            return -1;
        }
        if (flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
            bool held = errno == EWOULDBLOCK;
            close(descriptor);
            return held ? -2 : -1;
        }
        if (is_still_there(descriptor, path)) {
            return descriptor;
        }
        close(descriptor);
    }
    return -2;
}

stk_status stk_lock_take(stk_lock *lock, const char *folder, const char *name, bool shared,
                         const char *path, stk_error *error)
{
    lock->path[0] = '\0';
    int length =
        stk_print(lock->path, sizeof lock->path, "%s/.%s.lock", folder, STK_CUT(name, 200));
    int descriptor = length < 0 || (size_t)length >= sizeof lock->path
                         ? -1
                         : try_lock(lock->path, shared, &lock->taken_over);
    if (descriptor < 0) {
        lock->path[0] = '\0';
        return descriptor == -1
                   ? STK_OK
                   : stk_error_at(error, STK_EIO, path, 0, 0, "another run writes here");
    }
    lock->descriptor = descriptor;
    stk_abandon_remember(lock->path);
    return STK_OK;
}

void stk_lock_release(stk_lock *lock)
{
    if (lock->path[0] == '\0') {
        return;
    }
    /* the last of those that share it takes the file away */
    if (flock(lock->descriptor, LOCK_EX | LOCK_NB) == 0) {
        unlink(lock->path);
    }
    stk_abandon_forget(lock->path);
    close(lock->descriptor);
    lock->path[0] = '\0';
}
