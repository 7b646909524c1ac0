/** @file scenario_portions.c
 * @brief Scenarios on their way through the stages, a portion at a time.
 */
#include "scenario_portions.h"

enum { PORTION = 64 };

/* ---- from the file ---- */

typedef struct reading {
    scenario_share *share;
    scenario_store *to;
} reading;

/* The share has just been asked about this row: its scenario is the last one. */
static stk_status take_row(void *user, const stk_iamc *table, const stk_iamc_row *row,
                           stk_error *error)
{
    const reading *r = user;
    size_t index;
    share_owner(r->share, r->share->last, &index);
    return store_add(r->to, index, table, row, error);
}

/* Scenarios whose rows nobody wanted would be missing without a word. */
static void note_empty(const scenario_run *run, const scenario_share *share, scenario_store *store)
{
    for (size_t i = 0; i < share_count(share, share->own); i++) {
        if (!store_has(store, i)) {
            const stk_iamc_row *names = portions_names(share, i);
            stk_scenario_note note = {
                "read",
                names->model,
                names->scenario,
                "",
                run->input,
                names->line,
                "no row of it is of the region World and a variable that the method knows"};
            stk_scenario_report_add(run->report, &note);
        }
    }
}

stk_status portions_read(const scenario_run *run, scenario_share *share, scenario_store *to,
                         stk_error *error)
{
    reading r = {share, to};
    stk_iamc_filter filter = {
        .wanted = stk_method_wants, .user = run->method, .mine = share_is_mine, .mine_user = share};
    stk_iamc_taker taker = {take_row, &r};
    stk_stream *stream;
    stk_status status = stk_stream_open(run->input, &stream, error);
    if (status != STK_OK) {
        return status;
    }
    stk_iamc_input input = {run->input, stk_stream_read, stream};
    status = stk_iamc_read_rows(&input, &filter, &taker, error);
    stk_stream_close(stream);
    if (status == STK_OK && share->failed) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    if (status == STK_OK) {
        note_empty(run, share, to);
    }
    return status;
}

/* ---- tables ---- */

const stk_iamc_row *portions_names(const scenario_share *share, size_t index)
{
    return &share->names->rows[share_number_of(share, share->own, index)];
}

stk_status portions_table(const scenario_share *share, scenario_store *store, size_t first,
                          size_t last, stk_iamc **table, stk_error *error)
{
    *table = store_table(store);
    stk_status status = *table != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
    for (size_t i = first; i < last && status == STK_OK; i++) {
        const stk_iamc_row *names = portions_names(share, i);
        status = store_read(store, i, names->model, names->scenario, *table, error);
    }
    return status;
}

/* The end of the portion that starts at `first`. */
static size_t end_of(const scenario_share *share, size_t first)
{
    size_t count = share_count(share, share->own);
    return first + PORTION < count ? first + PORTION : count;
}

/* ---- through a stage ---- */

static stk_status keep(const scenario_share *share, const stk_iamc *made, scenario_store *to,
                       stk_error *error)
{
    size_t index = 0;
    stk_status status = STK_OK;
    for (size_t r = 0; r < made->row_count && status == STK_OK; r++) {
        const stk_iamc_row *row = &made->rows[r];
        if (r == 0 || row->scenario != row[-1].scenario || row->model != row[-1].model) {
            share_owner(share, share_number(share, row->model, row->scenario), &index);
        }
        status = store_add(to, index, made, row, error);
    }
    return status;
}

stk_status portions_run(const scenario_share *share, scenario_store *from, scenario_stage *stage,
                        scenario_stages *with, scenario_store *to, stk_error *error)
{
    size_t first = 0;
    stk_status status;
    do {
        stk_iamc *input;
        stk_iamc *made = NULL;
        size_t last = end_of(share, first);
        status = portions_table(share, from, first, last, &input, error);
        status = status != STK_OK ? status : stage(with, input, &made, error);
        stk_iamc_free(input);
        status = status != STK_OK ? status : keep(share, made, to, error);
        stk_iamc_free(made);
        first = last;
    } while (first < share_count(share, share->own) && status == STK_OK);
    return status;
}

/* ---- to the output ---- */

stk_status portions_write(const scenario_share *share, scenario_store *store,
                          stk_iamc_output *output, stk_error *error)
{
    stk_status status = STK_OK;
    output->years = store_years(store);
    for (size_t first = 0, last; first < share_count(share, share->own) && status == STK_OK;
         first = last) {
        stk_iamc *table;
        last = end_of(share, first);
        status = portions_table(share, store, first, last, &table, error);
        status = status != STK_OK ? status : stk_iamc_write_stream(table, output, error);
        stk_iamc_free(table);
        output->no_header = true;
    }
    return status;
}
