/** @file intake.c
 * @brief Reading a file of scenarios.
 */
#include "workflow/intake.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/file.h>

#include "base/arena.h"
#include "base/try.h"
#include "scenario/variable_names.h"
#include "workflow/store.h"

struct stk_intake {
    const char *path;
    stk_share share;
    stk_iamc *names; /* a row for each scenario of the file, with its first line */
    stk_row_store *store;
    const stk_method *method;
    stk_iamc *unused; /* variables that the method does not know, see stk_variable_count() */
    char *text;       /* names of the row at hand */
    size_t text_size;
    size_t last; /* number of the row before; names->row_count at first */
    bool failed; /* there was no memory for a name */
    bool known_only;
    bool has_table;
    long footer_line;
    char footer[128]; /* text below the data; "" without */
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

/* ---- numbering ---- */

static bool copy_names(stk_intake *in, const stk_iamc_seen *row)
{
    size_t size = row->model.size + row->scenario.size + 2;
    if (!STK_GROW(in->text, size, in->text_size)) {
        return false;
    }
    memcpy(in->text, row->model.data, row->model.size);
    in->text[row->model.size] = '\0';
    memcpy(in->text + row->model.size + 1, row->scenario.data, row->scenario.size);
    in->text[size - 1] = '\0';
    return true;
}

static bool is_last(const stk_intake *in, const stk_iamc_seen *row)
{
    if (in->last >= in->names->row_count) {
        return false;
    }
    const stk_iamc_row *last = &in->names->rows[in->last];
    return stk_text_equal(row->scenario, last->scenario) && stk_text_equal(row->model, last->model);
}

/* The number of the row's scenario, a new one if it is the first of it. */
static bool number_scenario(stk_intake *in, const stk_iamc_seen *row)
{
    double *value;
    if (!copy_names(in, row)) {
        return false;
    }
    stk_iamc_row names = {in->text, in->text + row->model.size + 1, "World", "", "", row->line,
                          NULL};
    in->last = stk_intake_number(in, names.model, names.scenario);
    return in->last < in->names->row_count ||
           stk_iamc_add(in->names, &names, &value, NULL) == STK_OK;
}

static bool is_mine(void *user, const stk_iamc_seen *row)
{
    stk_intake *in = user;
    if (in->known_only && !row->wanted) {
        return false;
    }
    if (!in->failed && !is_last(in, row)) {
        in->failed = !number_scenario(in, row);
    }
    return !in->failed && stk_share_reads(&in->share, in->last / STK_BLOCK_SCENARIOS);
}

/* What nobody takes is counted: nothing that a file says of emissions is lost without a word, and a
 * variable is looked at once. */
static bool is_wanted(void *user, stk_text variable)
{
    const stk_intake *in = user;
    if (stk_variable_count_again(in->unused, variable)) {
        return false;
    }
    if (stk_method_wants((stk_method *)(uintptr_t)in->method, variable)) {
        return true;
    }
    stk_variable_count(in->unused, variable);
    return false;
}

/* Mostly is_mine() has just been asked about this row; not where values are gathered first. */
static stk_status take_row(void *user, const stk_iamc *table, const stk_iamc_row *row,
                           stk_error *error)
{
    stk_intake *in = user;
    const stk_iamc_seen seen = {stk_text_of(row->model), stk_text_of(row->scenario), row->line,
                                true};
    in->last = is_last(in, &seen) ? in->last : stk_intake_number(in, row->model, row->scenario);
    return stk_row_store_add(in->store, in->last, table, row, error);
}

/* ---- reading ---- */

static void keep_footer(void *user, const char *file, long line, stk_text text)
{
    stk_intake *in = user;
    (void)file;
    in->footer_line = line;
    stk_print(in->footer, sizeof in->footer, "%.*s", (int)text.size, text.data);
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
    mine.mine = is_mine;
    mine.mine_user = intake;
    status = status != STK_OK ? status : stk_iamc_read_rows(input, &mine, &taker, error);
    return status == STK_OK && intake->failed ? stk_error_memory(error) : status;
}

static stk_status read_rows(stk_intake *in, stk_error *error)
{
    stk_iamc_filter filter = {
        .wanted = is_wanted, .user = in, .footer = keep_footer, .footer_user = in};
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

static stk_status open_intake(const char *path, const char *scratch, stk_intake **intake,
                              stk_error *error)
{
    stk_intake *in = calloc(1, sizeof *in);
    *intake = in;
    if (in == NULL) {
        return stk_error_memory(error);
    }
    in->path = path;
    in->names = stk_iamc_new("", 0, 0);
    in->unused = stk_variable_counts_new();
    if (in->names == NULL || in->unused == NULL) {
        return stk_error_memory(error);
    }
    return stk_row_store_open(scratch, path, &in->store, error);
}

stk_status stk_intake_open(const char *path, const char *scratch, stk_intake **intake,
                           stk_error *error)
{
    stk_status status = open_intake(path, scratch, intake, error);
    if (*intake != NULL) {
        (*intake)->known_only = true;
    }
    return status;
}

stk_status stk_intake_read(const char *path, const char *scratch, const stk_method *method,
                           const stk_share *share, stk_intake **intake, stk_error *error)
{
    stk_status status = open_intake(path, scratch, intake, error);
    if (status != STK_OK || *intake == NULL) {
        return status;
    }
    (*intake)->share = *share;
    (*intake)->method = method;
    return read_rows(*intake, error);
}

void stk_intake_free(stk_intake *intake)
{
    if (intake != NULL) {
        stk_iamc_free(intake->names);
        stk_iamc_free(intake->unused);
        stk_row_store_close(intake->store);
        free(intake->text);
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
    return intake->names->row_count;
}

size_t stk_intake_blocks(const stk_intake *intake)
{
    return (intake->names->row_count + STK_BLOCK_SCENARIOS - 1) / STK_BLOCK_SCENARIOS;
}

const stk_iamc_row *stk_intake_names(const stk_intake *intake, size_t number)
{
    return &intake->names->rows[number];
}

size_t stk_intake_number(const stk_intake *intake, const char *model, const char *scenario)
{
    const stk_iamc_row *row = stk_iamc_find(intake->names, model, scenario, "");
    return row == NULL ? intake->names->row_count : (size_t)(row - intake->names->rows);
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

/* By variable, with what it is and how many rows. */
static void note_unused(const stk_intake *intake, stk_scenario_report *report)
{
    for (size_t i = 0; i < intake->unused->row_count; i++) {
        const stk_iamc_row *row = &intake->unused->rows[i];
        stk_text rest = stk_text_of(row->variable);
        char reason[80];
        if (!stk_text_cut_prefix(&rest, "Emissions|")) {
            continue;
        }
        stk_print(reason, sizeof reason, "%s, rows: %.0f", row->unit, row->values[0]);
        stk_scenario_note note = {.stage = "read",
                                  .model = "",
                                  .scenario = "",
                                  .variable = row->variable,
                                  .file = intake->path,
                                  .reason = reason};
        stk_scenario_report_add(report, &note);
    }
}

void stk_intake_note(const stk_intake *intake, size_t first, size_t last,
                     stk_scenario_report *report)
{
    if (first == 0) {
        note_unused(intake, report);
    }
    if (first == 0 && intake->footer_line > 0) {
        stk_scenario_report_footer(report, intake->path, intake->footer_line,
                                   stk_text_of(intake->footer));
    }
    for (size_t i = first; i < last; i++) {
        if (!stk_row_store_has(intake->store, i)) {
            const stk_iamc_row *names = stk_intake_names(intake, i);
            stk_scenario_note note = {
                "read",
                names->model,
                names->scenario,
                "",
                intake->path,
                names->line,
                "no row of it is of the region World and a variable that the method knows",
                false};
            stk_scenario_report_add(report, &note);
        }
    }
}
