/** @file climate.c
 * @brief What the climate ensemble costs: per scenario and per member-year, by instruction set and
 * threads, by part, against the bare transcendental functions, and how it grows.
 *
 * Usage: climate [FOLDER], the folder with the calibration's tables and the history, as
 * data/climate.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <stocktake/climate.h>

#include "base/csv.h"
#include "climate/ensemble.h"

enum { FIRST_YEAR = 1750, LAST_YEAR = 2099, REPEATS = 5 };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static stk_climate_file read_file(const char *folder, const char *name)
{
    char path[1024];
    stk_climate_file file = {name, {NULL, 0}};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "%s cannot be opened\n", path);
        exit(2);
    }
    fseek(stream, 0, SEEK_END);
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *data = malloc(size + 1);
    if (data == NULL || fread(data, 1, size, stream) != size) {
        exit(2);
    }
    fclose(stream);
    file.content = (stk_text){data, size};
    return file;
}

static void check(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

/* The history to its end, then last year's emissions with CO2 falling or rising by scenario and
 * none after LAST_YEAR: if it went on, members would leave the range of the model. */
typedef struct workload {
    stk_calibration *calibration;
    double *history; /* [species][years] */
    int years;
    size_t fossil;
    bool alike; /* scenarios share the history; else each differs from the first year on */
    double sum;
    double handed_out; /* when the last result was, CPU */
    double taken;      /* since the one before it */
} workload;

static void read_history(workload *w, const char *folder)
{
    stk_error error;
    stk_arena arena = {0};
    stk_csv csv;
    stk_csv_years years;
    bool more = true;
    stk_climate_file file = read_file(folder, "history_1750-2022.csv");
    check(stk_csv_open(&csv, (stk_source){file.name, file.content}, &arena, &error), &error);
    check(stk_csv_find_years(&csv, &years, &error), &error);
    size_t species = stk_calibration_species_count(w->calibration);
    w->years = years.count;
    w->history = calloc(species * (size_t)w->years, sizeof *w->history);
    for (;;) {
        check(stk_csv_next(&csv, &more, &error), &error);
        if (!more) {
            break;
        }
        long s = stk_calibration_find_species(w->calibration,
                                              stk_csv_field(&csv, stk_csv_find(&csv, "variable")));
        stk_series row = {FIRST_YEAR, w->years, w->history + s * w->years};
        check(stk_csv_series(&csv, &years, &row, &error), &error);
    }
    w->fossil = (size_t)stk_calibration_find_species(w->calibration, stk_text_of("CO2 FFI"));
    stk_arena_free(&arena);
    free((char *)(uintptr_t)file.content.data);
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const workload *w = user;
    (void)error;
    for (size_t s = 0; s < rows->species_count; s++) {
        if (!stk_calibration_species(w->calibration, s).emitted) {
            continue;
        }
        double change = s == w->fossil ? 0.1 * ((double)(scenario % 16) - 8) : 0;
        const double *past = w->history + s * (size_t)w->years;
        for (int i = 0; i < rows->year_count; i++) {
            double next = past[w->years - 1] + change * (i - w->years + 1);
            bool ended = s == w->fossil && i > LAST_YEAR - FIRST_YEAR;
            rows->emissions[s][i] = i < w->years ? past[i] : ended ? 0 : next;
        }
        rows->emissions_given[s] = true;
    }
    if (!w->alike) { /* so little that nothing else changes */
        rows->emissions[w->fossil][0] += 1e-9 * (double)(scenario + 1);
    }
    return STK_OK;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    workload *w = user;
    (void)error;
    double now = seconds(CLOCK_PROCESS_CPUTIME_ID);
    w->sum += result->status == STK_OK ? result->percentiles[result->count - 1] : 0;
    w->taken = now - w->handed_out;
    w->handed_out = now;
    return STK_OK;
}

typedef struct timing {
    double cpu;
    double wall;
} timing;

/* The best of several runs: everything that disturbs a run makes it longer. */
static timing measure(workload *w, const stk_ensemble_options *options, size_t scenarios)
{
    timing best = {INFINITY, INFINITY};
    stk_ensemble_job job = {scenarios, fill, accept, w};
    for (int i = 0; i < REPEATS; i++) {
        stk_error error = {0};
        double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
        double wall = seconds(CLOCK_MONOTONIC);
        check(stk_ensemble_run(w->calibration, options, &job, &error), &error);
        best.cpu = fmin(best.cpu, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        best.wall = fmin(best.wall, seconds(CLOCK_MONOTONIC) - wall);
    }
    return best;
}

static const stk_climate_variable variables[] = {STK_CLIMATE_TEMPERATURE, STK_CLIMATE_ERF,
                                                 STK_CLIMATE_CO2};
static const double percentiles[] = {5, 17, 33, 50, 67, 83, 95};

static stk_ensemble_options default_options(void)
{
    return (stk_ensemble_options){.years = {FIRST_YEAR, LAST_YEAR},
                                  .variables = variables,
                                  .variable_count = 3,
                                  .percentiles = percentiles,
                                  .percentile_count = 7,
                                  .reference = {1850, 1900},
                                  .threads = 1};
}

/* What a further scenario costs with its percentiles, and the bare functions of as many
 * member-years: in turn, the least of nine. */
typedef struct further {
    double bare;
    double shared; /* the history is that of the scenario before */
    double unlike; /* nothing is */
} further;

static further measure_further(workload *w, const stk_kernel *kernel, size_t member_years)
{
    enum { TURNS = 9, SCENARIOS = 8 }; /* more than an ensemble takes to find them unlike */
    further best = {INFINITY, INFINITY, INFINITY};
    stk_ensemble_options options = default_options();
    stk_ensemble_job job = {SCENARIOS, fill, accept, w};
    options.isa = kernel->name;
    for (int i = 0; i < TURNS; i++) {
        stk_error error = {0};
        double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        w->sum += kernel->bare(member_years);
        best.bare = fmin(best.bare, seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
        check(stk_ensemble_run(w->calibration, &options, &job, &error), &error);
        best.unlike = fmin(best.unlike, w->taken);
        w->alike = true;
        check(stk_ensemble_run(w->calibration, &options, &job, &error), &error);
        best.shared = fmin(best.shared, w->taken);
        w->alike = false;
    }
    return best;
}

/* Parts of one scenario, the least of ten. */
static void print_parts(workload *w, const stk_kernel *kernel, const stk_ensemble_options *options)
{
    enum { PARTS = 4, LOOPS = 10 };
    static const char *const names[PARTS] = {"scenario series", "members", "references",
                                             "percentiles"};
    double part[PARTS] = {INFINITY, INFINITY, INFINITY, INFINITY};
    stk_error error = {0};
    stk_ensemble e = {.calibration = w->calibration,
                      .options = *options,
                      .kernel = kernel,
                      .member_count = stk_calibration_member_count(w->calibration),
                      .years = LAST_YEAR - FIRST_YEAR + 1,
                      .threads = 1,
                      .slot_count = 1};
    e.stride = (e.member_count + STK_BLOCK - 1) / STK_BLOCK * STK_BLOCK;
    e.statistics_count = e.years;
    size_t *members = malloc(e.member_count * sizeof *members);
    for (size_t m = 0; m < e.member_count; m++) {
        members[m] = m;
    }
    e.members = members;
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(stk_plan_new(w->calibration, &options->physics, members, e.member_count, e.years, &e.plan,
                       &error),
          &error);
    double plan = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    check(stk_ensemble_begin(&e, &error), &error);
    stk_ensemble_memory *slot = &e.slots[0];
    fill(w, 3, &slot->rows, &error);
    stk_climate_input input = {.first_year = FIRST_YEAR,
                               .year_count = e.years,
                               .emissions = (const double *const *)slot->rows.emissions};
    slot->used_count = e.member_count;
    memcpy(slot->valid, members, e.member_count * sizeof *members);
    for (int i = 0; i < LOOPS; i++) {
        double t0 = seconds(CLOCK_PROCESS_CPUTIME_ID);
        fill(w, 3, &slot->rows, &error);
        stk_forcing_series_fill(e.plan, &input, &slot->forcing);
        double t1 = seconds(CLOCK_PROCESS_CPUTIME_ID);
        for (size_t b = 0; b < e.plan->block_count; b++) {
            kernel->run(e.plan, &slot->forcing, b, &slot->span, &slot->traces);
        }
        double t2 = seconds(CLOCK_PROCESS_CPUTIME_ID);
        stk_ensemble_memory_prepare(&e, slot, &e.columns[0]);
        double t3 = seconds(CLOCK_PROCESS_CPUTIME_ID);
        for (size_t v = 0; v < options->variable_count; v++) {
            stk_ensemble_memory_statistics(&e, slot, v, 0, e.statistics_count, &e.columns[0]);
        }
        double t4 = seconds(CLOCK_PROCESS_CPUTIME_ID);
        part[0] = fmin(part[0], t1 - t0);
        part[1] = fmin(part[1], t2 - t1);
        part[2] = fmin(part[2], t3 - t2);
        part[3] = fmin(part[3], t4 - t3);
    }
    double sum = part[0] + part[1] + part[2] + part[3];
    for (int i = 0; i < PARTS; i++) {
        printf("    %-16s %7.3f ms  %4.1f %%\n", names[i], 1e3 * part[i], 100 * part[i] / sum);
    }
    printf("    once per run     %7.3f ms to prepare the members\n", 1e3 * plan);
    stk_ensemble_end(&e);
    free(members);
}

static void print_isa(workload *w, const stk_kernel *kernel)
{
    enum { SCENARIOS = 16 };
    stk_ensemble_options options = default_options();
    options.isa = kernel->name;
    size_t members = stk_calibration_member_count(w->calibration);
    size_t member_years = members * (LAST_YEAR - FIRST_YEAR + 1);
    timing one = measure(w, &options, SCENARIOS);
    options.threads = 2;
    timing two = measure(w, &options, SCENARIOS);
    further f = measure_further(w, kernel, member_years);
    double per_scenario = one.cpu / SCENARIOS;
    printf("%s\n", kernel->name);
    printf("  1 thread   %7.3f ms CPU per scenario  %6.2f ns per member-year\n", 1e3 * per_scenario,
           1e9 * per_scenario / (double)member_years);
    printf("  2 threads  %7.3f ms CPU per scenario  %7.3f ms wall\n", 1e3 * two.cpu / SCENARIOS,
           1e3 * two.wall / SCENARIOS);
    printf("  bare       %7.3f ms%s\n", 1e3 * f.bare, w->sum == 0 ? "?" : "");
    printf("  a further scenario with its percentiles, in turn with the bare functions:\n");
    printf("    sharing history  %7.3f ms, %.2f times the bare functions\n", 1e3 * f.shared,
           f.shared / f.bare);
    printf("    sharing nothing  %7.3f ms, %.2f times\n", 1e3 * f.unlike, f.unlike / f.bare);
    print_parts(w, kernel, &options);
}

static void print_line(const char *what, double base, double cpu, double factor)
{
    printf("  %-22s %9.3f ms CPU, %5.2f times the first for %4.1f times the work\n", what,
           1e3 * cpu, cpu / base, factor);
}

static void print_growth(workload *w)
{
    stk_ensemble_options options = default_options();
    size_t members[841];
    printf("growth\n");
    double base = measure(w, &options, 8).cpu;
    print_line("8 scenarios", base, base, 1);
    print_line("32 scenarios", base, measure(w, &options, 32).cpu, 4);
    print_line("128 scenarios", base, measure(w, &options, 128).cpu, 16);
    for (size_t m = 0; m < 841; m++) {
        members[m] = m % stk_calibration_member_count(w->calibration);
    }
    options.members = members;
    for (options.member_count = 192; options.member_count <= 768; options.member_count *= 2) {
        char text[32];
        double cpu = measure(w, &options, 16).cpu;
        base = options.member_count == 192 ? cpu : base;
        snprintf(text, sizeof text, "%zu members", options.member_count);
        print_line(text, base, cpu, (double)options.member_count / 192);
    }
    options = default_options();
    for (int years = 175; years <= 700; years *= 2) {
        char text[32];
        options.years.last = FIRST_YEAR + years - 1;
        double cpu = measure(w, &options, 16).cpu;
        base = years == 175 ? cpu : base;
        snprintf(text, sizeof text, "%d years", years);
        print_line(text, base, cpu, years / 175.0);
    }
}

int main(int argc, char **argv)
{
    stk_error error = {0};
    workload w = {0};
    const char *folder = argc > 1 ? argv[1] : "data/climate";
    stk_calibration_files files = {read_file(folder, "calibration_1.4.1_members.csv"),
                                   read_file(folder, "calibration_1.4.1_species.csv"),
                                   read_file(folder, "volcanic_solar_timebounds.csv")};
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    check(stk_calibration_read(&files, &w.calibration, &error), &error);
    printf("calibration read in %.1f ms; %zu members, %d to %d, percentiles of 3 variables\n",
           1e3 * (seconds(CLOCK_PROCESS_CPUTIME_ID) - start),
           stk_calibration_member_count(w.calibration), FIRST_YEAR, LAST_YEAR + 1);
    read_history(&w, folder);
    for (size_t i = 0; stk_kernel_at(i) != NULL; i++) {
        print_isa(&w, stk_kernel_at(i));
    }
    print_growth(&w);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("largest resident size %ld MB\n", usage.ru_maxrss / 1024);
    stk_calibration_free(w.calibration);
    free(w.history);
    return 0;
}
