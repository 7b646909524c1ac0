/** @file progress.c
 * @brief A progress line on a terminal: bar, rate, time left.
 */
#include "cli.h"

#include <stdio.h>
#include <string.h>

double progress_seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

void progress_begin(progress *p, size_t first, size_t total)
{
    p->first = first;
    p->total = total;
    p->last = 0;
    clock_gettime(CLOCK_MONOTONIC, &p->start);
}

void progress_show(progress *p, size_t done)
{
    enum { WIDTH = 30 };
    double elapsed = progress_seconds_since(&p->start);
    if (!p->shown || elapsed - p->last < 0.2 || elapsed < 0.5) {
        return;
    }
    char bar[WIDTH + 1];
    double rate = (double)(done - p->first) / elapsed;
    size_t full = done * WIDTH / p->total;
    memset(bar, '.', WIDTH);
    memset(bar, '#', full);
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %zu of %zu %s, %.0f/s, %.0f s left  ", bar, done, p->total, p->what,
            rate, (double)(p->total - done) / rate);
    fflush(stderr);
    p->last = elapsed;
}

void progress_end(progress *p)
{
    if (p->last > 0) {
        fprintf(stderr, "\r%78s\r", "");
    }
}
