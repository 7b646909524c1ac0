/** @file intake.c
 * @brief Reading a file of scenarios.
 */
#include "workflow/intake.h"

#include <stdlib.h>
#include <string.h>

#include <stocktake/file.h>

#include "base/try.h"
#include "workflow/census.h"
#include "workflow/store.h"

struct stk_intake {
    const char *path;
    stk_share share;
    stk_census *census;
    stk_row_store *store;
    size_t last;        /* number of the row at hand */
    bool failed;        /* there was no memory for a name */
    stk_census *others; /* of rows that are not wanted, where scenarios without others are none */
    bool has_table;
};

/* ---- whose a block is ---- */

bool stk_share_owns(const stk_share *share, size_t block)
{
    return share->parts == 0 || block % share->parts == share->part;
}

bool stk_share_reads(const stk_share *share, size_t block)
{
    return stk_share_owns(share, block) && !(block < share->done_count && share->done[block]);
}

/* ---- reading ---- */

static bool is_mine(void *user, const stk_iamc_seen *row)
{
    stk_intake *in = user;
    stk_census_see(in->census, row);
    if (in->others != NULL && !row->wanted) {
        size_t number;
        in->failed = in->failed || !stk_census_number(in->others, row, &number);
        return false;
    }
    in->failed = in->failed || !stk_census_number(in->census, row, &in->last);
    return !in->failed && stk_share_reads(&in->share, in->last / STK_BLOCK_SCENARIOS);
}

static stk_status take_row(void *user, const stk_iamc *table, const stk_iamc_row *row,
                           stk_error *error)
{
    stk_intake *in = user;
    return stk_row_store_add(in->store, stk_intake_number(in, row->model, row->scenario), table,
                             row, error);
}

stk_status stk_intake_add(stk_intake *intake, const stk_iamc_input *input,
                          const stk_iamc_filter *filter, stk_error *error)
{
    stk_iamc_filter mine = *filter;
    stk_iamc_taker taker = {take_row, intake};
    stk_status status = STK_OK;
    if (intake->has_table) {
        status = stk_row_store_next(intake->store, input->name, error);
    }
    intake->has_table = true;
    intake->failed = intake->failed || !stk_census_file(intake->census, input->name) ||
                     (intake->others != NULL && !stk_census_file(intake->others, input->name));
    mine.wanted = stk_census_wants;
    mine.user = intake->census;
    mine.mine = is_mine;
    mine.mine_user = intake;
    status = status != STK_OK ? status : stk_iamc_read_rows(input, &mine, &taker, error);
    return status == STK_OK && intake->failed ? stk_error_memory(error) : status;
}

static stk_status read_rows(stk_intake *in, stk_error *error)
{
    stk_iamc_filter filter = {.footer = stk_census_footer, .footer_user = in->census};
    stk_stream *stream;
    stk_status status = stk_stream_open(in->path, &stream, error);
    if (status != STK_OK) {
        return status;
    }
    stk_iamc_input input = {in->path, stk_stream_read, stream};
    status = stk_intake_add(in, &input, &filter, error);
    stk_stream_close(stream);
    return status;
}

static stk_status open_intake(const char *path, const char *scratch, stk_census *census,
                              stk_intake **intake, stk_error *error)
{
    stk_intake *in = calloc(1, sizeof *in);
    *intake = in;
    if (in == NULL || census == NULL) {
        stk_census_free(census);
        return stk_error_memory(error);
    }
    in->path = path;
    in->census = census;
    return stk_row_store_open(scratch, path, &in->store, error);
}

stk_status stk_intake_open(const char *path, const char *scratch,
                           const stk_calibration *calibration, stk_intake **intake,
                           stk_error *error)
{
    stk_status status =
        open_intake(path, scratch, stk_census_of_species(calibration), intake, error);
    if (status == STK_OK && *intake != NULL) {
        (*intake)->others = stk_census_new(NULL, false);
        status = stk_allocated((*intake)->others, error);
    }
    return status;
}

stk_status stk_intake_read(const char *path, const char *scratch, const stk_method *method,
                           const stk_share *share, bool reported, stk_intake **intake,
                           stk_error *error)
{
    stk_status status = open_intake(path, scratch, stk_census_new(method, reported), intake, error);
    if (status != STK_OK || *intake == NULL) {
        return status;
    }
    (*intake)->share = *share;
    return read_rows(*intake, error);
}

void stk_intake_free(stk_intake *intake)
{
    if (intake != NULL) {
        stk_census_free(intake->census);
        stk_census_free(intake->others);
        stk_row_store_close(intake->store);
        free(intake);
    }
}

/* ---- what was read ---- */

const char *stk_intake_path(const stk_intake *intake)
{
    return intake->path;
}

size_t stk_intake_count(const stk_intake *intake)
{
    return stk_census_names(intake->census)->row_count;
}

size_t stk_intake_blocks(const stk_intake *intake)
{
    return (stk_intake_count(intake) + STK_BLOCK_SCENARIOS - 1) / STK_BLOCK_SCENARIOS;
}

const stk_iamc_row *stk_intake_names(const stk_intake *intake, size_t number)
{
    return &stk_census_names(intake->census)->rows[number];
}

const stk_iamc *stk_intake_unused(const stk_intake *intake)
{
    return stk_census_unused(intake->census);
}

size_t stk_intake_number(const stk_intake *intake, const char *model, const char *scenario)
{
    return stk_census_find(intake->census, model, scenario);
}

size_t stk_intake_files(const stk_intake *intake)
{
    return stk_row_store_tables(intake->store);
}

stk_status stk_intake_tables(const stk_intake *intake, size_t first, size_t last, stk_iamc **tables,
                             stk_error *error)
{
    for (size_t f = 1; f < stk_intake_files(intake); f++) {
        tables[f] = NULL;
    }
    tables[0] = stk_row_store_table(intake->store, 0);
    stk_status status = stk_allocated(tables[0], error);
    for (size_t i = first; i < last && status == STK_OK; i++) {
        const stk_iamc_row *names = stk_intake_names(intake, i);
        status = stk_row_store_read(intake->store, i, names->model, names->scenario, tables, error);
    }
    return status;
}

void stk_intake_note(const stk_intake *intake, size_t first, size_t last,
                     stk_scenario_report *report)
{
    stk_census_note(intake->census, first, last, report);
    if (first == 0 && intake->others != NULL) {
        stk_census_note_others(intake->census, intake->others, report);
    }
}
