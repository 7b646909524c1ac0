/** @file pthread.h
 * @brief Threads in the browser: one, so that no lock is ever waited for.
 */
#ifndef STK_WASM_PTHREAD_H
#define STK_WASM_PTHREAD_H

typedef int pthread_mutex_t;

#define PTHREAD_MUTEX_INITIALIZER 0
#define pthread_mutex_lock(mutex) ((void)(mutex))
#define pthread_mutex_unlock(mutex) ((void)(mutex))

typedef int pthread_once_t;

#define PTHREAD_ONCE_INIT 0
#define pthread_once(once, start) ((void)(once), (start)())
#define pthread_atfork(before, parent, child) ((void)(before), (void)(parent), (void)(child))

#endif
