/** @file progress.h
 * @brief A progress line on a terminal: bar, rate, time left.
 */
#ifndef STK_PROGRESS_H
#define STK_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct progress {
    bool shown;       /* set by the caller; false keeps quiet */
    const char *what; /* "scenarios" */
    size_t total;
    size_t first; /* how many were done before */
    struct timespec start;
    double last;
} progress;

void progress_begin(progress *p, size_t first, size_t total);
void progress_show(progress *p, size_t done);

/* Wipe the line. */
void progress_end(progress *p);

double progress_seconds_since(const struct timespec *start);

#endif
