/** @file scenario_stages.c
 * @brief From reported to infilled emissions, a portion of the scenarios at a time.
 *
 *     file --> reported store --> table of a portion --> check, harmonise, infill --> infilled store
 *
 * The rows of a scenario may lie anywhere in the file, so all is read before the first scenario is
 * complete; both stores are on disk, and memory holds a portion.
 */
#include "scenario_assessment.h"

#include <stdlib.h>
#include <string.h>

enum { PORTION = 64 };

/* What the stages need besides scenarios. */
typedef struct stages {
    assessment *a;
    scenario_store *reported;
    stk_iamc *history;
    stk_scenario_library *library;
} stages;

/* ---- reported ---- */

/* The share has just been asked about this row, and counts its scenario as the last one. */
static stk_status take_row(void *user, const stk_iamc *table, const stk_iamc_row *row,
                           stk_error *error)
{
    const stages *s = user;
    size_t index;
    share_owner(&s->a->share, s->a->share.last, &index);
    return store_add(s->reported, index, table, row, error);
}

static stk_status read_own(stages *s, stk_error *error)
{
    scenario_run *run = s->a->run;
    stk_iamc_filter filter = {.wanted = stk_method_wants,
                              .user = run->method,
                              .mine = share_is_mine,
                              .mine_user = &s->a->share};
    stk_iamc_taker taker = {take_row, s};
    stk_stream *stream;
    stk_status status = stk_stream_open(run->input, &stream, error);
    if (status != STK_OK) {
        return status;
    }
    stk_iamc_input input = {run->input, stk_stream_read, stream};
    status = stk_iamc_read_rows(&input, &filter, &taker, error);
    stk_stream_close(stream);
    return status == STK_OK && s->a->share.failed ? stk_error_set(error, STK_EMEM, "out of memory")
                                                  : status;
}

/* ---- a portion ---- */

static const stk_iamc_row *names_of(const assessment *a, size_t index)
{
    return &a->share.names->rows[share_number_of(&a->share, ranks_own(a->ranks), index)];
}

static stk_status read_table(const assessment *a, scenario_store *store, size_t first, size_t last,
                             stk_iamc **table, stk_error *error)
{
    *table = store_table(store);
    stk_status status = *table != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    for (size_t i = first; i < last && status == STK_OK; i++) {
        const stk_iamc_row *names = names_of(a, i);
        status = store_read(store, i, names->model, names->scenario, *table, error);
    }
    return status;
}

/* Reported to infilled; the intermediate tables are not kept. */
static stk_status infill(const stages *s, const stk_iamc *input, stk_iamc **infilled,
                         stk_error *error)
{
    const scenario_run *run = s->a->run;
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_status status = stk_scenario_check(run->method, input, run->report, &checked, error);
    if (status == STK_OK) {
        status = stk_scenario_harmonise(run->method, checked, s->history, run->report, &harmonised,
                                        error);
    }
    stk_iamc_free(checked);
    if (status == STK_OK) {
        status = stk_scenario_infill(run->method, harmonised, s->library, run->report, infilled,
                                     error);
    }
    stk_iamc_free(harmonised);
    return status;
}

static stk_status keep_infilled(const stages *s, const stk_iamc *infilled, stk_error *error)
{
    assessment *a = s->a;
    size_t index = 0;
    stk_status status = STK_OK;
    for (size_t r = 0; r < infilled->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &infilled->rows[r];
        if (r == 0 || row->scenario != row[-1].scenario || row->model != row[-1].model) {
            share_owner(&a->share, share_number(&a->share, row->model, row->scenario), &index);
        }
        status = store_add(a->infilled, index, infilled, row, error);
    }
    return status;
}

static stk_status run_portion(const stages *s, size_t first, size_t last, stk_error *error)
{
    stk_iamc *input;
    stk_iamc *infilled = NULL;
    stk_status status = read_table(s->a, s->reported, first, last, &input, error);
    status = status != STK_OK ? status : infill(s, input, &infilled, error);
    stk_iamc_free(input);
    status = status != STK_OK ? status : keep_infilled(s, infilled, error);
    stk_iamc_free(infilled);
    return status;
}

/* ---- all of them ---- */

static stk_status open_stages(stages *s, stk_error *error)
{
    assessment *a = s->a;
    scenario_run *run = a->run;
    stk_status status = share_open(&a->share, ranks_own(a->ranks), ranks_count(a->ranks), error);
    status = status != STK_OK ? status : store_open(a->folder, run->input, &s->reported, error);
    status = status != STK_OK ? status : store_open(a->folder, run->input, &a->infilled, error);
    status = status != STK_OK ? status : read_own(s, error);
    if (status == STK_OK) {
        status =
            scenario_table(run, "history", stk_method_history(run->method), &s->history, error);
    }
    return status != STK_OK ? status : scenario_library(run, &s->library, error);
}

static stk_status list_own(assessment *a, uint64_t *ready, stk_error *error)
{
    a->own = calloc(a->own_count + 1, sizeof *a->own);
    if (a->own == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t i = 0; i < a->own_count; i++) {
        if (store_has(a->infilled, i)) {
            a->own[i].model = names_of(a, i)->model;
            a->own[i].scenario = names_of(a, i)->scenario;
            ++*ready;
        }
    }
    return STK_OK;
}

/* A rank without scenarios runs the stages on none: what is wrong with a history is found by all. */
static stk_status run_own(stages *s, uint64_t *ready, stk_error *error)
{
    assessment *a = s->a;
    size_t first = 0;
    stk_status status = open_stages(s, error);
    if (status != STK_OK) {
        return status;
    }
    a->own_count = share_count(&a->share, ranks_own(a->ranks));
    do {
        size_t last = first + PORTION < a->own_count ? first + PORTION : a->own_count;
        status = run_portion(s, first, last, error);
        first = last;
    } while (first < a->own_count && status == STK_OK);
    return status != STK_OK ? status : list_own(a, ready, error);
}

stk_status scenario_run_stages(assessment *a, stk_error *error)
{
    stages s = {.a = a};
    uint64_t ready = 0;
    stk_status status = run_own(&s, &ready, error);
    store_close(s.reported);
    stk_iamc_free(s.history);
    stk_scenario_library_free(s.library);
    status = ranks_agree(a->ranks, status, error);
    a->ready = status == STK_OK ? ranks_sum(a->ranks, ready) : 0;
    return status;
}

stk_status scenario_infilled(const assessment *a, size_t first, size_t last, stk_iamc **table,
                             stk_error *error)
{
    return read_table(a, a->infilled, first, last, table, error);
}
