/** @file arrays.c
 * @brief The climate ensemble on an array of a file, called in C: what a binding's call on the same
 * array is held against (bench/python).
 *
 * Usage: arrays FILE SCENARIOS YEARS, doubles as [scenario][species][year] from 1750 on.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <stocktake/data.h>
#include <stocktake/shipped.h>
#include <stocktake/warming.h>

enum { FIRST_YEAR = 1750, REPEATS = 9 };

typedef struct workload {
    const stk_calibration *calibration;
    const double *emissions;
    double *temperature;
    size_t species;
    size_t years;
} workload;

static void check(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const workload *w = user;
    (void)error;
    for (size_t s = 0; s < w->species; s++) {
        const double *row = w->emissions + (scenario * w->species + s) * w->years;
        rows->emissions_given[s] = !isnan(row[0]);
        memcpy(rows->emissions[s], row, w->years * sizeof *row);
    }
    return STK_OK;
}

static stk_status accept(void *user, const stk_ensemble_result *result, stk_error *error)
{
    workload *w = user;
    size_t count = STK_WARMING_PERCENTILES * w->years;
    check(result->status, result->error);
    (void)error;
    memcpy(w->temperature + result->scenario * count, result->percentiles,
           count * sizeof *w->temperature);
    return STK_OK;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    stk_error error = {0};
    stk_edition *edition;
    stk_calibration *calibration;
    stk_text content;
    if (argc != 4) {
        fprintf(stderr, "usage: arrays FILE SCENARIOS YEARS\n");
        return 2;
    }
    size_t scenarios = strtoul(argv[2], NULL, 10);
    workload w = {.years = strtoul(argv[3], NULL, 10)};
    check(stk_edition_open_embedded(&edition, &error), &error);
    check(stk_shipped_calibration(edition, "climate/", NULL, &calibration, &error), &error);
    check(stk_file_read(argv[1], &content, &error), &error);
    w.calibration = calibration;
    w.species = stk_calibration_species_count(calibration);
    w.emissions = (const double *)(const void *)content.data;
    if (content.size != scenarios * w.species * w.years * sizeof(double)) {
        fprintf(stderr, "the file has another size\n");
        return 1;
    }
    w.temperature = malloc(scenarios * STK_WARMING_PERCENTILES * w.years * sizeof(double));
    if (w.temperature == NULL) {
        return 1;
    }
    int last = FIRST_YEAR + (int)w.years - 1;
    stk_ensemble_options options = {.years = {FIRST_YEAR, last},
                                    .variables = &temperature,
                                    .variable_count = 1,
                                    .percentiles = stk_warming_percentiles,
                                    .percentile_count = STK_WARMING_PERCENTILES,
                                    .thresholds_k = stk_warming_thresholds_k,
                                    .threshold_count = STK_WARMING_THRESHOLDS,
                                    .reference = {1850, 1900},
                                    .peak = {FIRST_YEAR, last}};
    stk_ensemble_job job = {scenarios, fill, accept, &w};
    double best = INFINITY;
    for (int i = 0; i < REPEATS; i++) {
        double start = seconds();
        check(stk_ensemble_run(calibration, &options, &job, &error), &error);
        best = fmin(best, seconds() - start);
    }
    printf("%.3f\n", 1e3 * best);
    free(w.temperature);
    free((char *)(uintptr_t)content.data);
    stk_calibration_free(calibration);
    stk_edition_free(edition);
    return 0;
}
