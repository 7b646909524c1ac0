/** @file assess.c
 * @brief Blocks of scenarios on their way through stages and ensemble.
 *
 * The ensemble takes scenarios in order, and gives their results in order. With the first scenario
 * of a block its stages are run, with the result of the last one its file is written; between the
 * two the block is open.
 */
#include "workflow/assess.h"

#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "workflow/block.h"
#include "workflow/notes.h"
#include "workflow/result_rows.h"

typedef struct open_block {
    stk_block block;
    size_t first; /* scenario */
    size_t last;  /* before this one */
    stk_iamc *infilled;
    bool ready[STK_BLOCK_SCENARIOS]; /* infilled has the scenario */
    stk_scenario_report *notes;
    stk_buffer sections[STK_SECTIONS];
    struct open_block *next;
} open_block;

typedef struct assessor {
    const stk_workflow_request *request;
    const stk_intake *intake;
    size_t *blocks; /* that are to be made */
    size_t block_count;
    size_t scenario_count; /* in them */
    open_block *oldest;
    open_block *newest;
    stk_status fault; /* what ends the run, found where only a scenario can be refused */
    stk_error cause;
    stk_assess_count *count;
} assessor;

/* ---- blocks that are there ---- */

static stk_status check_block(const stk_workflow_request *request, const stk_block_file *file,
                              bool *good, stk_error *error)
{
    stk_block block;
    stk_error cause = {0};
    stk_status status = stk_block_read(request->folder, file, &block, &cause);
    *good = status == STK_OK;
    if (status == STK_OK) {
        const char *other = stk_block_difference(block.run, request->run);
        if (other != NULL) {
            status = stk_error_at(error, STK_EDATA, request->folder, 0, 0,
                                  "%s is of another run ('%s' differs); without --resume it is "
                                  "made anew",
                                  file->name, other);
        }
    } else if (status == STK_EFORMAT) {
        status = STK_OK; /* it is made again */
    } else if (error != NULL) {
        *error = cause;
    }
    stk_block_free(&block);
    return status;
}

static stk_status note_done(bool **done, size_t *count, size_t number, stk_error *error)
{
    if (number >= *count) {
        size_t more = number + *count + 64;
        bool *grown = realloc(*done, more * sizeof *grown);
        if (grown == NULL) {
            return stk_error_memory(error);
        }
        memset(grown + *count, 0, (more - *count) * sizeof *grown);
        *done = grown;
        *count = more;
    }
    (*done)[number] = true;
    return STK_OK;
}

/* Which of the part's blocks are done; what is not a finished block of it is removed. */
static stk_status find_done(const stk_workflow_request *request, stk_share *share, bool **done,
                            stk_error *error)
{
    stk_block_files files;
    size_t count = 0;
    stk_status status = stk_block_find(request->folder, &files, error);
    for (size_t i = 0; i < files.count && status == STK_OK; i++) {
        const stk_block_file *file = &files.items[i];
        bool good = false;
        if (!stk_share_owns(share, file->number)) {
            continue;
        }
        if (request->resume && !file->unfinished) {
            status = check_block(request, file, &good, error);
        }
        if (status == STK_OK && good) {
            status = note_done(done, &count, file->number, error);
        } else if (status == STK_OK) {
            stk_block_remove(request->folder, file);
        }
    }
    free(files.items);
    share->done = *done;
    share->done_count = count;
    return status;
}

/* ---- opening a block ---- */

static void close_block(open_block *open)
{
    stk_iamc_free(open->infilled);
    stk_scenario_report_free(open->notes);
    for (size_t s = 0; s < STK_SECTIONS; s++) {
        stk_buffer_free(&open->sections[s]);
    }
    free(open);
}

static void note_ready(const stk_intake *intake, open_block *open)
{
    const stk_iamc *table = open->infilled;
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        if (r == 0 || row->scenario != row[-1].scenario || row->model != row[-1].model) {
            size_t number = stk_intake_number(intake, row->model, row->scenario);
            open->ready[number - open->first] = true;
            open->block.ready++;
        }
    }
}

/* What preparing the library left out, and what no scenario took, is told by the first block. */
static void start_notes(const assessor *a, open_block *open)
{
    if (open->first == 0) {
        stk_notes_copy(a->request->stages.report, open->notes);
    }
    stk_intake_note(a->intake, open->first, open->last, open->notes);
}

static stk_status infill_block(const assessor *a, open_block *open, stk_error *error)
{
    stk_iamc *reported = NULL;
    stk_stages with = a->request->stages;
    stk_status status;
    open->notes = with.report = stk_scenario_report_new();
    if (with.report == NULL) {
        return stk_error_memory(error);
    }
    if (with.strict) {
        stk_scenario_report_strict(with.report);
    }
    start_notes(a, open);
    STK_TRY(stk_intake_tables(a->intake, open->first, open->last, &reported, error));
    STK_TRY(stk_stage_all(&with, reported, &open->infilled, error));
    note_ready(a->intake, open);
done:
    stk_iamc_free(reported);
    return status;
}

static stk_status start_block(assessor *a, size_t number, stk_error *error)
{
    size_t count = stk_intake_count(a->intake);
    open_block *open = calloc(1, sizeof *open);
    if (open == NULL) {
        return stk_error_memory(error);
    }
    open->block = (stk_block){.number = number,
                              .part = a->request->part,
                              .parts = a->request->parts,
                              .scenarios = count,
                              .run = a->request->run};
    open->first = number * STK_BLOCK_SCENARIOS;
    open->last = open->first + STK_BLOCK_SCENARIOS;
    open->last = open->last < count ? open->last : count;
    if (a->newest == NULL) {
        a->oldest = open;
    } else {
        a->newest->next = open;
    }
    a->newest = open;
    return infill_block(a, open, error);
}

/* ---- results ---- */

static bool append(void *user, const char *data, size_t size)
{
    stk_buffer *buffer = user;
    stk_buffer_append(buffer, (stk_text){data, size});
    return !buffer->failed;
}

static void keep_text(stk_buffer *out, const char *text)
{
    stk_buffer_append(out, (stk_text){text, strlen(text) + 1});
}

static void keep_numbers(stk_buffer *out, const double *values, size_t count)
{
    stk_buffer_append(out, (stk_text){(const char *)values, count * sizeof *values});
}

static stk_status keep_outcome(const assessor *a, open_block *open,
                               const stk_scenario_outcome *outcome, stk_error *error)
{
    const stk_method *method = a->request->stages.method;
    const stk_postprocess_options *o = stk_method_postprocess(method);
    const char *category =
        a->request->tool_labels ? outcome->category.label : outcome->category.name;
    stk_buffer *tally = &open->sections[STK_SECTION_TALLY];
    stk_buffer *values = &open->sections[STK_SECTION_WARMING_VALUES];
    stk_buffer warnings = {0};
    stk_iamc_output output = {.name = "climate.csv",
                              .write = append,
                              .user = &open->sections[STK_SECTION_CLIMATE],
                              .no_header = true,
                              .threads = a->request->threads};
    stk_notes_warnings(open->notes, outcome->model, outcome->scenario, &warnings);
    stk_status status = stk_buffer_status(&warnings, error);
    stk_result_meta_row(&open->sections[STK_SECTION_META], method, category, outcome,
                        warnings.size > 0 ? warnings.data : "");
    stk_buffer_free(&warnings);
    keep_text(tally, category);
    keep_text(tally, outcome->category.title);
    keep_numbers(tally, (double[]){outcome->inputs.p50_peak, outcome->inputs.p50_2100}, 2);
    if (a->request->netcdf) {
        keep_text(values, outcome->model);
        keep_text(values, outcome->scenario);
        keep_numbers(values, outcome->warming->percentiles_k, stk_warming_size(o));
    }
    return status != STK_OK ? status
                            : stk_result_warming_rows(o, outcome->model, outcome->scenario,
                                                      outcome->warming, &output, error);
}

static void keep_emission_values(open_block *open)
{
    stk_buffer *out = &open->sections[STK_SECTION_EMISSION_VALUES];
    for (size_t r = 0; r < open->infilled->row_count; r++) {
        const stk_iamc_row *row = &open->infilled->rows[r];
        keep_text(out, row->model);
        keep_text(out, row->scenario);
        keep_text(out, row->variable);
        keep_text(out, row->unit);
        keep_numbers(out, row->values, (size_t)open->infilled->year_count);
    }
}

static stk_status write_block(const assessor *a, open_block *open, stk_error *error)
{
    stk_status status;
    stk_iamc_output output = {.name = "emissions.csv",
                              .write = append,
                              .user = &open->sections[STK_SECTION_EMISSIONS],
                              .no_header = true,
                              .threads = a->request->threads};
    STK_TRY(stk_iamc_write_stream(open->infilled, &output, error));
    if (a->request->netcdf) {
        keep_emission_values(open);
    }
    STK_TRY(stk_notes_sort(&open->notes, a->intake, error));
    stk_notes_write(open->notes, &open->sections[STK_SECTION_NOTES]);
    for (size_t s = 0; s < STK_SECTIONS; s++) {
        STK_TRY(stk_buffer_status(&open->sections[s], error));
        open->block.sections[s] = (stk_text){open->sections[s].data, open->sections[s].size};
    }
    if (a->request->check != NULL) {
        STK_TRY(a->request->check(a->request->user, error));
    }
    STK_TRY(stk_block_write(a->request->folder, &open->block, error));
done:
    return status;
}

static stk_status finish_block(assessor *a, stk_error *error)
{
    open_block *open = a->oldest;
    stk_status status = write_block(a, open, error);
    a->oldest = open->next;
    a->newest = a->oldest == NULL ? NULL : a->newest;
    close_block(open);
    return status;
}

/* ---- the ensemble's questions ---- */

static size_t scenario_number(const assessor *a, size_t index)
{
    return a->blocks[index / STK_BLOCK_SCENARIOS] * STK_BLOCK_SCENARIOS +
           index % STK_BLOCK_SCENARIOS;
}

static open_block *find_open(const assessor *a, size_t number)
{
    open_block *open = a->oldest;
    while (open != NULL && open->block.number != number) {
        open = open->next;
    }
    return open;
}

static stk_status find(void *user, size_t index, stk_scenario_place *place, stk_error *error)
{
    assessor *a = user;
    size_t number = scenario_number(a, index);
    const stk_iamc_row *names = stk_intake_names(a->intake, number);
    const open_block *open = find_open(a, number / STK_BLOCK_SCENARIOS);
    if (open == NULL && a->fault == STK_OK) {
        a->fault = start_block(a, number / STK_BLOCK_SCENARIOS, &a->cause);
        open = a->newest;
    }
    if (a->fault != STK_OK) {
        return stk_error_set(error, a->fault, "the run ends");
    }
    *place = (stk_scenario_place){open->infilled, names->model, names->scenario};
    return open->ready[number - open->first]
               ? STK_OK
               : stk_error_set(error, STK_ENOTFOUND, "it was left out before");
}

/* What says nothing of the scenario but of this machine: the run ends. */
static bool is_fault(stk_status status)
{
    return status == STK_EIO || status == STK_EMEM;
}

static stk_status accept(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    assessor *a = user;
    size_t number = scenario_number(a, outcome->number);
    open_block *open = a->oldest;
    stk_status status = STK_OK;
    if (a->fault != STK_OK || is_fault(outcome->status)) {
        *error = a->fault != STK_OK ? a->cause : *outcome->error;
        return a->fault != STK_OK ? a->fault : outcome->status;
    }
    if (open->ready[number - open->first] && outcome->status == STK_OK) {
        status = keep_outcome(a, open, outcome, error);
    } else if (open->ready[number - open->first]) {
        stk_scenario_note note = {
            "climate", outcome->model,          outcome->scenario, "", a->request->input,
            0,         outcome->error->message, STK_NOTE_LEFT_OUT};
        stk_scenario_report_add(open->notes, &note);
        open->block.failed++;
    }
    if (status == STK_OK && number + 1 == open->last) {
        status = finish_block(a, error);
    }
    if (a->request->progress != NULL) {
        a->request->progress(a->request->user, a->count->before + outcome->number + 1,
                             a->count->own);
    }
    return status;
}

/* ---- all of it ---- */

static size_t scenarios_of(const stk_intake *intake, size_t block)
{
    size_t left = stk_intake_count(intake) - block * STK_BLOCK_SCENARIOS;
    return left < STK_BLOCK_SCENARIOS ? left : STK_BLOCK_SCENARIOS;
}

static stk_status list_blocks(assessor *a, const stk_share *share, stk_error *error)
{
    size_t all = stk_intake_blocks(a->intake);
    a->blocks = malloc((all + 1) * sizeof *a->blocks);
    if (a->blocks == NULL) {
        return stk_error_memory(error);
    }
    a->count->all = stk_intake_count(a->intake);
    for (size_t b = 0; b < all; b++) {
        size_t scenarios = scenarios_of(a->intake, b);
        if (stk_share_reads(share, b)) {
            a->blocks[a->block_count++] = b;
            a->scenario_count += scenarios;
        } else if (stk_share_owns(share, b)) {
            a->count->before += scenarios;
        }
    }
    a->count->own = a->count->before + a->scenario_count;
    return STK_OK;
}

/* A history that no edition ships is also what came before the base year; the climate model's own
 * stands in for species that it lacks. */
static const stk_iamc *own_history(const stk_workflow_request *request)
{
    return stk_method_published(request->stages.method, STK_METHOD_HISTORY) == NULL
               ? NULL
               : request->stages.history;
}

stk_status stk_assess_blocks(const stk_workflow_request *request, stk_assess_count *count,
                             stk_error *error)
{
    assessor a = {.request = request, .count = count};
    stk_intake *intake = NULL;
    bool *done = NULL;
    stk_share share = {.part = request->part, .parts = request->parts};
    stk_status status;
    *count = (stk_assess_count){0};
    stk_block_unmark(request->folder);
    STK_TRY(find_done(request, &share, &done, error));
    status = stk_intake_read(request->input, request->folder, request->stages.method, &share, true,
                             &intake, error);
    a.intake = intake;
    STK_TRY(status);
    STK_TRY(list_blocks(&a, &share, error));
    stk_scenario_run run = {.method = request->stages.method,
                            .history = request->past,
                            .past = own_history(request),
                            .calibration = request->calibration,
                            .threads = request->threads,
                            .count = a.scenario_count,
                            .find = find,
                            .accept = accept,
                            .user = &a};
    STK_TRY(stk_scenario_run_all(&run, error));
done:
    while (a.oldest != NULL) {
        open_block *open = a.oldest;
        a.oldest = open->next;
        close_block(open);
    }
    free(a.blocks);
    free(done);
    stk_intake_free(intake);
    return status;
}
