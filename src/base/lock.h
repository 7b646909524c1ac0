/** @file lock.h
 * @brief Locks between processes: one run writes to an output at a time.
 */
#ifndef STK_BASE_LOCK_H
#define STK_BASE_LOCK_H

#include <stocktake/base.h>

enum { STK_LOCK_PATH_SIZE = 4096 + 64 };

/** Start with all zeros. The file FOLDER/.NAME.lock is there while somebody holds the lock; what
 * counts is the lock on it, which ends with the process, not that it is there. */
typedef struct stk_lock {
    char path[STK_LOCK_PATH_SIZE]; /**< "": not held */
    int descriptor;
    bool taken_over; /**< the file was there: its holder was killed */
} stk_lock;

/** Take the lock of an output. Where the file system knows no locks there is none, and no failure.
 * @param shared  beside others that share it
 * @return STK_EIO, with `path` as the place: another run writes there */
stk_status stk_lock_take(stk_lock *lock, const char *folder, const char *name, bool shared,
                         const char *path, stk_error *error);
void stk_lock_release(stk_lock *lock);

#endif
