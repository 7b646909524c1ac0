/** @file scenario_assess.c
 * @brief `stocktake scenario assess`: all stages, the climate ensemble, and what comes of it.
 *
 * Every rank reads the whole file and keeps its own scenarios; the stages, which are cheap, are run
 * on those; the ensemble, which is not, is dealt out; files are written by all ranks together. A
 * process that is alone is the only rank, and has all scenarios.
 */
#include "scenario_assessment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef _OPENMP
#include <omp.h>
#endif

/* The scenarios of this rank, as reported. */
static stk_status read_own(assessment *a, stk_iamc **input, stk_error *error)
{
    scenario_run *run = a->run;
    stk_iamc_filter filter = {.wanted = stk_method_wants,
                              .user = run->method,
                              .mine = share_is_mine,
                              .mine_user = &a->share};
    stk_status status = scenario_read_filtered(run->input, &filter, input, error);
    return status == STK_OK && a->share.failed ? stk_error_set(error, STK_EMEM, "out of memory")
                                               : status;
}

/* Reported to infilled; the intermediate tables are not kept. */
static stk_status prepare(assessment *a, stk_error *error)
{
    scenario_run *run = a->run;
    stk_iamc *input = NULL;
    stk_iamc *checked = NULL;
    stk_iamc *history = NULL;
    stk_iamc *harmonised = NULL;
    stk_scenario_library *library = NULL;
    stk_status status = read_own(a, &input, error);
    if (status == STK_OK) {
        status = stk_scenario_check(run->method, input, run->report, &checked, error);
    }
    stk_iamc_free(input);
    if (status == STK_OK) {
        status = scenario_table(run, "history", stk_method_history(run->method), &history, error);
    }
    if (status == STK_OK) {
        status =
            stk_scenario_harmonise(run->method, checked, history, run->report, &harmonised, error);
    }
    stk_iamc_free(checked);
    stk_iamc_free(history);
    status = status != STK_OK ? status : scenario_library(run, &library, error);
    if (status == STK_OK) {
        status =
            stk_scenario_infill(run->method, harmonised, library, run->report, &a->infilled, error);
    }
    stk_iamc_free(harmonised);
    stk_scenario_library_free(library);
    return status;
}

/* Find the scenarios that were infilled among the own ones. */
static stk_status list_own(assessment *a, uint64_t *ready, stk_error *error)
{
    stk_iamc_scenarios scenarios;
    stk_status status = stk_iamc_group(a->infilled, &scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    a->own_count = share_count(&a->share, ranks_own(a->ranks));
    a->own = calloc(a->own_count + 1, sizeof *a->own);
    for (size_t s = 0; a->own != NULL && s < scenarios.count; s++) {
        const stk_iamc_scenario *item = &scenarios.items[s];
        size_t index;
        share_owner(&a->share, share_number(&a->share, item->model, item->scenario), &index);
        a->own[index] = (scenario_own){.model = item->model,
                                       .scenario = item->scenario,
                                       .first_row = item->rows[0],
                                       .row_count = item->row_count};
    }
    *ready = scenarios.count;
    stk_iamc_scenarios_free(&scenarios);
    return a->own != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
}

static stk_status prepare_all(assessment *a, stk_error *error)
{
    uint64_t ready = 0;
    stk_status status = share_open(&a->share, ranks_own(a->ranks), ranks_count(a->ranks), error);
    status = status != STK_OK ? status : prepare(a, error);
    status = status != STK_OK ? status : list_own(a, &ready, error);
    status = ranks_agree(a->ranks, status, error);
    a->ready = status == STK_OK ? ranks_sum(a->ranks, ready) : 0;
    return status;
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
    stk_status status = prepare_all(a, error);
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

/* Threads where the user named none; OMP_NUM_THREADS is a name, too. */
static void choose_threads(const assessment *a)
{
#ifdef _OPENMP
    int threads = ranks_threads(a->ranks);
    if (!cli_given(a->run->arguments, "threads") && threads > 0) {
        omp_set_num_threads(threads);
    }
#else
    (void)a;
#endif
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
    choose_threads(&a);
    status = ranks_agree(a.ranks, make_folder(a.folder, &error), &error);
    status = status != STK_OK ? status : assess(&a, &error);
    int exit_code = status != STK_OK ? refuse(&a, &error)
                    : a.failed == 0  ? EXIT_SUCCESS
                                     : EXIT_DATA;
    scenario_close_ensemble(&a, status == STK_OK);
    scenario_free_tallies(&a);
    share_close(&a.share);
    free(a.own);
    stk_iamc_free(a.infilled);
    ranks_close(a.ranks);
    return exit_code;
}
