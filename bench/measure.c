/** @file measure.c
 * @brief Whole commands against each other: medians of runs in turn, and ratios to the first.
 *
 *     measure RUNS -- COMMAND [ARGUMENT]... [-- COMMAND [ARGUMENT]...]...
 *
 * For each command one line: wall and processor seconds (with those of the processes it waited
 * for), the largest memory of one process, and the medians of the ratios of its wall and processor
 * time to those of the first command in the same turn. What commands print is thrown away; one that
 * fails ends the measurement.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { COMMANDS_MAX = 16, RUNS_MAX = 101 };

typedef struct run {
    double wall, cpu, peak_mb;
} run;

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static run run_once(char **command)
{
    struct rusage usage;
    int status;
    double start = bench_now(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, 0);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execvp(command[0], command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        fprintf(stderr, "measure: %s has failed\n", command[0]);
        exit(1);
    }
    return (run){bench_now(CLOCK_MONOTONIC) - start,
                 seconds(usage.ru_utime) + seconds(usage.ru_stime), (double)usage.ru_maxrss / 1024};
}

static double median_of(const run *runs, const run *others, int count, size_t offset)
{
    double values[RUNS_MAX];
    for (int i = 0; i < count; i++) {
        double value;
        double other = 1;
        memcpy(&value, (const char *)&runs[i] + offset, sizeof value);
        if (others != NULL) {
            memcpy(&other, (const char *)&others[i] + offset, sizeof other);
        }
        values[i] = value / other;
    }
    return bench_median(values, count);
}

int main(int argc, char **argv)
{
    static run runs[COMMANDS_MAX][RUNS_MAX];
    char **commands[COMMANDS_MAX];
    int count = 0;
    int turns = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 2; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--") == 0 && count < COMMANDS_MAX) {
            argv[i] = NULL;
            commands[count++] = &argv[i + 1];
        }
    }
    if (turns < 1 || turns > RUNS_MAX || count == 0) {
        fprintf(stderr, "usage: %s RUNS -- COMMAND... [-- COMMAND...]...\n", argv[0]);
        return 2;
    }
    for (int turn = -1; turn < turns; turn++) { /* the first turn warms up */
        for (int c = 0; c < count; c++) {
            runs[c][turn < 0 ? 0 : turn] = run_once(commands[c]);
        }
    }
    for (int c = 0; c < count; c++) {
        printf("wall = %.3f s  cpu = %.3f s  peak = %.0f MB  wall ratio = %.3f  cpu ratio = %.3f\n",
               median_of(runs[c], NULL, turns, offsetof(run, wall)),
               median_of(runs[c], NULL, turns, offsetof(run, cpu)),
               median_of(runs[c], NULL, turns, offsetof(run, peak_mb)),
               median_of(runs[c], runs[0], turns, offsetof(run, wall)),
               median_of(runs[c], runs[0], turns, offsetof(run, cpu)));
    }
    return 0;
}
