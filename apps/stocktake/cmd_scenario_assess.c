/** @file cmd_scenario_assess.c
 * @brief `stocktake scenario assess`: all stages, the climate ensemble, and what comes of it.
 *
 * Every rank reads the whole file and takes its own scenarios; the stages, which are cheap, are run
 * on those; the ensemble, which is not, is dealt out; files are written by all ranks together. A
 * process that is alone is the only rank, and has all scenarios.
 */
#include "scenario_assessment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static stk_status list_own(assessment *a, uint64_t *ready, stk_error *error)
{
    a->own_count = share_count(&a->share, ranks_own(a->ranks));
    a->own = calloc(a->own_count + 1, sizeof *a->own);
    if (a->own == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t i = 0; i < a->own_count; i++) {
        if (store_has(a->infilled, i)) {
            a->own[i].model = portions_names(&a->share, i)->model;
            a->own[i].scenario = portions_names(&a->share, i)->scenario;
            ++*ready;
        }
    }
    return STK_OK;
}

/* Reported to infilled, of the own scenarios. */
static stk_status run_stages(assessment *a, stk_error *error)
{
    scenario_run *run = a->run;
    scenario_stages with = {.run = run};
    scenario_store *reported = NULL;
    stk_status status = store_open(a->folder, run->input, &reported, error);
    status = status != STK_OK ? status : portions_read(run, &a->share, reported, error);
    status = status != STK_OK ? status : store_open(a->folder, run->input, &a->infilled, error);
    if (status == STK_OK) {
        status =
            portions_run(&a->share, reported, scenario_check_to_infill, &with, a->infilled, error);
    }
    store_close(reported);
    scenario_stages_close(&with);
    return status;
}

static stk_status prepare(assessment *a, stk_error *error)
{
    uint64_t ready = 0;
    stk_status status = share_open(&a->share, ranks_own(a->ranks), ranks_count(a->ranks), error);
    status = status != STK_OK ? status : run_stages(a, error);
    status = status != STK_OK ? status : list_own(a, &ready, error);
    status = ranks_agree(a->ranks, status, error);
    a->ready = status == STK_OK ? ranks_sum(a->ranks, ready) : 0;
    return status;
}

stk_status scenario_infilled(const assessment *a, size_t first, size_t last, stk_iamc **table,
                             stk_error *error)
{
    return portions_table(&a->share, a->infilled, first, last, table, error);
}

/* What the first rank alone says, on the terminal and in report.json. */
static stk_status tell(assessment *a, stk_error *error)
{
    const char *report = cli_value(a->run->arguments, "report");
    stk_status status = STK_OK;
    if (ranks_own(a->ranks) == 0) {
        scenario_print_notes(a->run->report);
        status = scenario_print_summary(a, error);
        status = status != STK_OK ? status
                                  : scenario_write_report(a->run, a->folder, "report.json", error);
        if (status == STK_OK && report != NULL) {
            status = scenario_write_report(a->run, NULL, report, error);
        }
    }
    return ranks_agree(a->ranks, status, error);
}

static stk_status assess(assessment *a, stk_error *error)
{
    stk_status status = prepare(a, error);
    status = status != STK_OK ? status : scenario_write_emissions(a, error);
    status = status != STK_OK ? status : scenario_run_ensemble(a, error);
    status = status != STK_OK ? status : scenario_write_results(a, error);
    status = status != STK_OK ? status : scenario_gather_notes(a, error);
    status = status != STK_OK ? status : scenario_gather_tallies(a, error);
    status = status != STK_OK ? status : tell(a, error);
    if (status == STK_OK && a->ready == a->failed) {
        status = stk_error_at(error, STK_EDATA, a->run->input, 0, 0,
                              "no scenario of the file could be assessed");
    }
    return status;
}

/* Everything that is to be written can be, and what several are to read is a file. */
static stk_status check_files(const assessment *a, stk_error *error)
{
    static const char *const names[] = {"emissions.csv", "climate.csv",  "meta.csv",
                                        "report.json",   "emissions.nc", "climate.nc"};
    const cli_arguments *arguments = a->run->arguments;
    const char *report = cli_value(arguments, "report");
    size_t count = cli_given(arguments, "netcdf") ? 6 : 4;
    struct stat information;
    stk_status status = report == NULL ? STK_OK : scenario_can_create(NULL, report, error);
    for (size_t i = 0; i < count && status == STK_OK; i++) {
        status = scenario_can_create(a->folder, names[i], error);
    }
    if (status == STK_OK && ranks_count(a->ranks) > 1 && stat(a->run->input, &information) == 0 &&
        !S_ISREG(information.st_mode)) {
        status = stk_error_at(error, STK_EARG, a->run->input, 0, 0,
                              "several processes need a file that each of them can read");
    }
    if (status == STK_OK) {
        scenario_note_inputs(a->run);
    }
    return status;
}

static stk_status make_folder(const char *folder, stk_error *error)
{
    struct stat information;
    if (mkdir(folder, 0777) == 0) {
        return STK_OK;
    }
    int reason = errno;
    bool there = stat(folder, &information) == 0;
    if (there && S_ISDIR(information.st_mode)) {
        return STK_OK;
    }
    return stk_error_at(error, STK_EIO, folder, 0, 0, "the folder cannot be made: %s",
                        there ? "there is a file of that name" : strerror(reason));
}

/* The first rank says it; all leave together when MPI ends. */
static int refuse(const assessment *a, const stk_error *error)
{
    if (ranks_own(a->ranks) == 0) {
        return cli_refuse(error);
    }
    return error->status == STK_EARG ? EXIT_USAGE : EXIT_DATA;
}

int scenario_assess(scenario_run *run)
{
    static assessment a;
    stk_error error = {0};
    a = (assessment){.run = run, .folder = cli_value(run->arguments, "output")};
    if (a.folder == NULL) {
        return cli_usage(run->arguments, "assess needs --output DIR for its files");
    }
    stk_status status = ranks_open(&a.ranks, &error);
    if (status != STK_OK) {
        return cli_refuse(&error);
    }
    if (run->threads == 0) {
        run->threads = ranks_threads(a.ranks);
    }
    status = ranks_agree(a.ranks, make_folder(a.folder, &error), &error);
    if (status == STK_OK) {
        status = ranks_own(a.ranks) == 0 ? check_files(&a, &error) : STK_OK;
        status = ranks_agree(a.ranks, status, &error);
    }
    status = status != STK_OK ? status : assess(&a, &error);
    int exit_code = status != STK_OK ? refuse(&a, &error)
                    : a.failed == 0  ? EXIT_SUCCESS
                                     : EXIT_DATA;
    scenario_close_ensemble(&a, status == STK_OK);
    scenario_free_tallies(&a);
    share_close(&a.share);
    free(a.own);
    store_close(a.infilled);
    ranks_close(a.ranks);
    return exit_code;
}
