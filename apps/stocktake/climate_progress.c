/** @file climate_progress.c
 * @brief A progress line: share, rate, time left.
 */
#include <string.h>

#include "climate.h"

double climate_seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

void climate_progress_begin(climate_progress *progress, size_t first, size_t total)
{
    progress->first = first;
    progress->total = total;
    progress->last = 0;
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

void climate_progress_show(climate_progress *progress, size_t done)
{
    enum { WIDTH = 30 };
    double elapsed = climate_seconds_since(&progress->start);
    if (!progress->shown || elapsed - progress->last < 0.2 || elapsed < 0.5) {
        return;
    }
    char bar[WIDTH + 1];
    double rate = (double)(done - progress->first) / elapsed;
    size_t full = done * WIDTH / progress->total;
    memset(bar, '.', WIDTH);
    memset(bar, '#', full);
    bar[WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %zu of %zu scenarios, %.0f/s, %.0f s left  ", bar, done,
            progress->total, rate, (double)(progress->total - done) / rate);
    fflush(stderr);
    progress->last = elapsed;
}

void climate_progress_end(climate_progress *progress)
{
    if (progress->last > 0) {
        fprintf(stderr, "\r%78s\r", "");
    }
}
