/** @file assess.c
 * @brief What an assessment, a timeline and a report cost: commands as whole processes from a cold
 * start, and the share of each stage of an assessment.
 *
 *     assess [path to stocktake] [runs]
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stocktake/modules.h>

#include "bench.h"

enum { RUNS_MAX = 1000 };

/* ---- the command ---- */

typedef struct process_cost {
    double wall_s;
    double cpu_s;
    double peak_mb;
} process_cost;

enum { WORDS_MAX = 8 };

/* A command line of stocktake, and what it is called in the table. */
typedef struct command {
    const char *title;
    const char *words[WORDS_MAX];
} command;

static const command commands[] = {
    {"assess --no-warming", {"assess", "--as-of", "2021-04-22", "--no-warming"}},
    {"assess", {"assess", "--as-of", "2021-04-22"}},
    {"assess --since", {"assess", "--as-of", "2021-04-22", "--since", "2021-04-20"}},
    {"timeline", {"timeline", "--as-of", "2026-01-01"}},
    {"report", {"report", "/dev/null", "--as-of", "2026-01-01"}},
};

static process_cost run_command(const char *path, const command *c)
{
    double start = bench_now(CLOCK_MONOTONIC);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        char *words[WORDS_MAX + 2] = {(char *)path};
        for (int i = 0; i < WORDS_MAX; i++) {
            words[i + 1] = (char *)c->words[i];
        }
        dup2(null, STDOUT_FILENO);
        execv(path, words);
        _exit(127);
    }
    int state = 0;
    struct rusage usage;
    process_cost cost = {0, 0, 0};
    memset(&usage, 0, sizeof usage);
    /* wait4 is not in POSIX; the children's usage grows with each child, so differences are taken
     */
    waitpid(child, &state, 0);
    cost.wall_s = bench_now(CLOCK_MONOTONIC) - start;
    getrusage(RUSAGE_CHILDREN, &usage);
    cost.cpu_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    cost.peak_mb = (double)usage.ru_maxrss / 1024.0;
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0) {
        fprintf(stderr, "%s %s cannot be run\n", path, c->title);
        exit(1);
    }
    return cost;
}

/* The peak is that of the largest command so far: the table goes from small to large. */
static void time_command(const char *path, const command *c, int runs)
{
    static double wall[RUNS_MAX];
    static double cpu[RUNS_MAX];
    process_cost last = run_command(path, c);
    for (int i = 0; i < runs; i++) {
        process_cost now = run_command(path, c);
        wall[i] = now.wall_s;
        cpu[i] = now.cpu_s - last.cpu_s;
        last = now;
    }
    printf("%-22s wall %7.1f ms, CPU %7.1f ms (medians of %d), peak so far %.1f MB\n", c->title,
           1e3 * bench_median(wall, runs), 1e3 * bench_median(cpu, runs), runs, last.peak_mb);
}

/* ---- the stages ---- */

enum {
    STAGE_EDITION,
    STAGE_INVENTORY,
    STAGE_PLEDGES,
    STAGE_BASELINE,
    STAGE_ASSESS,
    STAGE_MODEL,
    STAGE_WARMING,
    STAGES
};

static const char *const stage_names[STAGES] = {"open edition",
                                                "inventory",
                                                "pledges",
                                                "baselines",
                                                "worlds, gap, coverage",
                                                "climate and library",
                                                "four cases of warming"};
static double times[STAGES][RUNS_MAX];

static void check(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

static void lap(int stage, int run, double *start)
{
    double now = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    times[stage][run] = now - *start;
    *start = now;
}

static void run_warming(const stk_data *data, const stk_options *options, int run)
{
    static stk_warming_case cases[STK_WARMING_CASES];
    size_t count;
    stk_error error;
    stk_warming_model *model;
    stk_warming_request request = {.options = *options,
                                   .beyond = STK_EXTEND_CONSTANT_RATE,
                                   .net_zero = STK_NET_ZERO_POLICY,
                                   .one_per_kind = true};
    double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    check(stk_warming_model_open(data->edition, &model, &error), &error);
    lap(STAGE_MODEL, run, &start);
    check(stk_warming_cases(data, model, &request, cases, &count, &error), &error);
    lap(STAGE_WARMING, run, &start);
    stk_warming_model_free(model);
}

static void run_stages(int run)
{
    stk_data data;
    stk_error error;
    stk_assessment *assessment;
    stk_assess_request request = {.year = 2030};
    double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    check(stk_edition_open_embedded(&data.edition, &error), &error);
    lap(STAGE_EDITION, run, &start);
    check(stk_inventory_load(data.edition, &data.inventory, &error), &error);
    lap(STAGE_INVENTORY, run, &start);
    check(stk_pledges_load(data.edition, data.inventory, &data.pledges, NULL, &error), &error);
    lap(STAGE_PLEDGES, run, &start);
    check(stk_baseline_make(data.inventory, NULL, &data.baseline, &error), &error);
    lap(STAGE_BASELINE, run, &start);
    const stk_gwp_table *gwp = stk_inventory_gwp(data.inventory);
    request.options.as_of.date = 20210422;
    request.options.net_zero = STK_NET_ZERO_PLEDGE;
    request.options.binding = STK_NET_ZERO_POLICY;
    check(stk_gwp_find_set(gwp, stk_text_of("AR6"), &request.options.gwp, &error), &error);
    check(stk_benchmark_find(data.edition, gwp, "C1", NULL, (stk_text){NULL, 0}, 2030,
                             &request.benchmark, &error),
          &error);
    check(stk_assess(&data, &request, &assessment, &error), &error);
    lap(STAGE_ASSESS, run, &start);
    stk_assessment_free(assessment);
    run_warming(&data, &request.options, run);
    stk_data_close(&data);
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[2]) : 21;
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    char beside[4096];
    snprintf(beside, sizeof beside, "%s", argv[0]);
    char *slash = strrchr(beside, '/');
    snprintf(slash == NULL ? beside : slash, 32, "/../stocktake");
    for (size_t c = 0; c < sizeof commands / sizeof *commands; c++) {
        time_command(argc > 1 ? argv[1] : beside, &commands[c], c < 3 ? runs : (runs + 3) / 4);
    }

    double medians[STAGES];
    double total = 0;
    for (int i = 0; i < runs; i++) {
        run_stages(i);
    }
    for (int s = 0; s < STAGES; s++) {
        medians[s] = bench_median(times[s], runs);
        total += medians[s];
    }
    printf("stages in one process, CPU (medians of %d):\n", runs);
    for (int s = 0; s < STAGES; s++) {
        printf("  %-22s %6.2f ms  %5.1f %%\n", stage_names[s], 1e3 * medians[s],
               100.0 * medians[s] / total);
    }
    return 0;
}
