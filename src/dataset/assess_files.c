/** @file assess_files.c
 * @brief Joining block files in the order of scenarios.
 */
#include "dataset/assess_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/file.h>

#include "base/document.h"
#include "base/pending_file.h"
#include "base/table.h"
#include "base/try.h"
#include "dataset/assess_netcdf.h"
#include "dataset/netcdf_library.h"
#include "workflow/intake.h"
#include "workflow/notes.h"
#include "workflow/result_rows.h"

enum { TABLES = 3, CATEGORIES_MAX = 64 };

/* Files that are made of a section of every block; the sections have their numbers. */
static const char *const tables[TABLES] = {"emissions.csv", "climate.csv", "meta.csv"};

const char *const stk_assess_names[STK_ASSESS_NAMES] = {
    "emissions.csv", "climate.csv", "meta.csv", "report.json", "emissions.nc", "climate.nc"};

/* Scenarios of one category. */
typedef struct tally {
    char name[64];
    char title[160];
    double *peaks;
    double *lasts;
    size_t count;
} tally;

typedef struct joiner {
    const char *folder;
    const char *report_path; /**< or NULL */
    stk_block_files files;
    size_t scenarios; /* of the input */
    stk_method *method;
    stk_pending_file out[TABLES];
    stk_pending_file reports[2]; /**< of the folder, and at `report_path` */
    bool netcdf;
    stk_assess_netcdf numbers;
    tally tallies[CATEGORIES_MAX];
    size_t tally_count;
    stk_assess_result *result;
} joiner;

/* ---- which blocks there are ---- */

static stk_status find_blocks(joiner *j, stk_error *error)
{
    size_t kept = 0;
    stk_status status = stk_block_find(j->folder, &j->files, error);
    if (status != STK_OK) {
        return status;
    }
    /* the same block of two parts, of runs with another number of them, is the same block */
    for (size_t i = 0; i < j->files.count; i++) {
        const stk_block_file *file = &j->files.items[i];
        bool again = kept > 0 && j->files.items[kept - 1].number == file->number;
        if (!file->unfinished && !again) {
            j->files.items[kept++] = *file;
        }
    }
    j->files.count = kept;
    return kept > 0 ? STK_OK
                    : stk_error_at(error, STK_ENOTFOUND, j->folder, 0, 0,
                                   "there is no block of 'scenario assess' in it");
}

/* All blocks are there; or the first few of those that are not are named. */
static stk_status find_missing(const joiner *j, size_t blocks, stk_error *error)
{
    enum { SHOWN = 8 };
    stk_buffer list = {0};
    size_t missing = 0;
    size_t at = 0;
    for (size_t b = 0; b < blocks; b++) {
        if (at < j->files.count && j->files.items[at].number == b) {
            at++;
        } else if (missing++ < SHOWN) {
            stk_buffer_printf(&list, "%s%zu", missing > 1 ? ", " : "", b + 1);
        }
    }
    if (missing > SHOWN) {
        stk_buffer_printf(&list, " and %zu more", missing - SHOWN);
    }
    stk_status status = stk_buffer_status(&list, error);
    if (status == STK_OK && missing > 0) {
        status = stk_error_at(error, STK_ENOTFOUND, j->folder, 0, 0,
                              "of %zu blocks, these are missing: %s; run their parts with --resume",
                              blocks, list.data);
    }
    stk_buffer_free(&list);
    return status;
}

/* ---- blocks one after the other ---- */

static stk_status read_block(const joiner *j, const stk_block_file *file, stk_block *block,
                             stk_error *error)
{
    stk_status status = stk_block_read(j->folder, file, block, error);
    if (status != STK_OK || j->result->run == NULL) {
        return status;
    }
    const char *other = stk_block_difference(block->run, j->result->run);
    other = other == NULL && block->scenarios != j->scenarios ? "scenarios" : other;
    return other == NULL ? STK_OK
                         : stk_error_at(error, STK_EDATA, j->folder, 0, 0,
                                        "%s is of another run than %s: '%s' differs", file->name,
                                        j->files.items[0].name, other);
}

static stk_status each_block(joiner *j,
                             stk_status (*use)(joiner *j, const stk_block *block, stk_error *error),
                             stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < j->files.count && status == STK_OK; i++) {
        stk_block block;
        status = read_block(j, &j->files.items[i], &block, error);
        status = status != STK_OK ? status : use(j, &block, error);
        stk_block_free(&block);
    }
    return status;
}

/* What the first block says of all of them. */
static stk_status start(joiner *j, stk_error *error)
{
    stk_block block;
    stk_status status = read_block(j, &j->files.items[0], &block, error);
    if (status == STK_OK) {
        const char *method = json_string_value(json_object_get(block.run, "method_file"));
        j->result->scenarios = j->scenarios = block.scenarios;
        j->netcdf = json_is_true(json_object_get(block.run, "netcdf"));
        j->result->run = json_incref(block.run);
        status = stk_method_read(j->files.items[0].name, stk_text_of(method == NULL ? "" : method),
                                 &j->method, error);
    }
    stk_block_free(&block);
    size_t blocks = (j->scenarios + STK_BLOCK_SCENARIOS - 1) / STK_BLOCK_SCENARIOS;
    return status != STK_OK ? status : find_missing(j, blocks, error);
}

/* ---- the summary ---- */

static tally *find_tally(joiner *j, const char *name, const char *title)
{
    size_t c = 0;
    while (c < j->tally_count && strcmp(j->tallies[c].name, name) != 0) {
        c++;
    }
    if (c == j->tally_count && c < CATEGORIES_MAX) {
        tally *t = &j->tallies[j->tally_count++];
        stk_print(t->name, sizeof t->name, "%s", name);
        stk_print(t->title, sizeof t->title, "%s", title);
    }
    return c == CATEGORIES_MAX ? NULL : &j->tallies[c];
}

static stk_status count_scenario(tally *t, const double values[2], stk_error *error)
{
    if ((t->count & (t->count - 1)) == 0) { /* room in steps of powers of two */
        size_t size = t->count == 0 ? 1 : 2 * t->count;
        double *peaks = realloc(t->peaks, size * sizeof *peaks);
        t->peaks = peaks == NULL ? t->peaks : peaks;
        double *lasts = realloc(t->lasts, size * sizeof *lasts);
        t->lasts = lasts == NULL ? t->lasts : lasts;
        if (peaks == NULL || lasts == NULL) {
            return stk_error_memory(error);
        }
    }
    t->peaks[t->count] = values[0];
    t->lasts[t->count++] = values[1];
    return STK_OK;
}

static stk_status count_block(joiner *j, const stk_block *block, stk_error *error)
{
    stk_text left = block->sections[STK_SECTION_TALLY];
    stk_status status = STK_OK;
    while (left.size > 0 && status == STK_OK) {
        double values[2];
        const char *name = left.data;
        const char *title = memchr(name, '\0', left.size);
        const char *end =
            title == NULL ? NULL : memchr(title + 1, '\0', left.size - (size_t)(title + 1 - name));
        if (end == NULL || left.size - (size_t)(end + 1 - name) < sizeof values) {
            return stk_error_set(error, STK_EFORMAT, "block %zu: its categories are damaged",
                                 block->number + 1);
        }
        memcpy(values, end + 1, sizeof values);
        left.size -= (size_t)(end + 1 + sizeof values - name);
        left.data = end + 1 + sizeof values;
        tally *t = find_tally(j, name, title + 1);
        status = t == NULL ? STK_OK : count_scenario(t, values, error);
    }
    return status;
}

static int compare_numbers(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return (a > b) - (a < b);
}

static int compare_tallies(const void *x, const void *y)
{
    return strcmp(((const tally *)x)->name, ((const tally *)y)->name);
}

static stk_status make_summary(joiner *j, stk_error *error)
{
    static const stk_column columns[] = {{"category", "Category", STK_TEXT},
                                         {"scenarios", "Scenarios", STK_INTEGER},
                                         {"median_peak_k", "Median peak (K)", 2},
                                         {"median_2100_k", "Median 2100 (K)", 2},
                                         {"title", "Meaning", STK_TEXT}};
    stk_table *table = stk_table_new(columns, 5);
    qsort(j->tallies, j->tally_count, sizeof *j->tallies, compare_tallies);
    for (size_t c = 0; c < j->tally_count; c++) {
        tally *t = &j->tallies[c];
        qsort(t->peaks, t->count, sizeof *t->peaks, compare_numbers);
        qsort(t->lasts, t->count, sizeof *t->lasts, compare_numbers);
        stk_table_text(table, t->name);
        stk_table_number(table, (double)t->count);
        stk_table_number(table, stk_percentile(t->peaks, t->count, 50));
        stk_table_number(table, stk_percentile(t->lasts, t->count, 50));
        stk_table_text(table, t->title);
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, &j->result->summary, error);
    stk_table_free(table);
    return status;
}

/* ---- report.json ---- */

/* What was left out, the warnings, or what was infilled. */
static json_t *json_notes(const stk_scenario_report *report, stk_note_kind kind)
{
    json_t *notes = json_array();
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (note->kind != kind) {
            continue;
        }
        document_push(
            &notes,
            json_pack("{s:o,s:o,s:o,s:o,s:o,s:I,s:o}", "stage", document_text(note->stage), "model",
                      document_text(note->model), "scenario", document_text(note->scenario),
                      "variable", document_text(note->variable), "file", document_text(note->file),
                      "line", (json_int_t)note->line, "reason", document_text(note->reason)));
    }
    return notes;
}

stk_status stk_assess_start_report(stk_pending_file *out, const char *folder, const char *name,
                                   const json_t *run, const stk_scenario_report *left_out,
                                   stk_error *error)
{
    stk_buffer text = {0};
    json_t *document = json_deep_copy(run);
    json_object_del(document, "method_file");
    json_object_del(document, "netcdf");
    json_object_del(document, "strict");
    document_set(&document, "left_out", json_notes(left_out, STK_NOTE_LEFT_OUT));
    document_set(&document, "warnings", json_notes(left_out, STK_NOTE_WARNING));
    document_set(&document, "infilled", json_notes(left_out, STK_NOTE_INFILLED));
    out->describes = true;
    stk_status status;
    STK_TRY(document_write(document, &text, error));
    STK_TRY(stk_pending_create(out, folder, name, error));
    STK_TRY(stk_pending_write(out, (stk_text){text.data, text.size}, error));
done:
    stk_buffer_free(&text);
    return status;
}

/* ---- the files ---- */

static stk_status put(joiner *j, size_t table, stk_text text, stk_error *error)
{
    return stk_pending_write(&j->out[table], text, error);
}

static stk_status write_headers(joiner *j, stk_error *error)
{
    stk_buffer headers[TABLES] = {0};
    const stk_postprocess_options *o = stk_method_postprocess(j->method);
    stk_status status = STK_OK;
    stk_result_iamc_header(&headers[0], stk_method_base_year(j->method),
                           stk_method_last_year(j->method));
    stk_result_iamc_header(&headers[1], o->years[0], o->years[1]);
    stk_result_meta_header(&headers[2], j->method);
    for (size_t t = 0; t < TABLES; t++) {
        status = status != STK_OK ? status : stk_buffer_status(&headers[t], error);
        status = status != STK_OK ? status
                                  : put(j, t, (stk_text){headers[t].data, headers[t].size}, error);
        stk_buffer_free(&headers[t]);
    }
    return status;
}

static stk_status add_block(joiner *j, const stk_block *block, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t t = 0; t < TABLES; t++) {
        STK_TRY(put(j, t, block->sections[t], error));
    }
    if (j->netcdf) {
        STK_TRY(stk_assess_netcdf_add(&j->numbers, block, error));
    }
    if (!stk_notes_read(block->sections[STK_SECTION_NOTES], j->result->left_out)) {
        STK_FAIL(stk_error_set(error, STK_EFORMAT, "block %zu: its notes are damaged",
                               block->number + 1));
    }
    STK_TRY(count_block(j, block, error));
    j->result->ready += block->ready;
    j->result->failed += block->failed;
done:
    return status;
}

static stk_status name_variables(joiner *j, const stk_block *block, stk_error *error)
{
    return stk_assess_netcdf_name(&j->numbers, block, error);
}

static stk_status open_numbers(joiner *j, stk_error *error)
{
    j->numbers.folder = j->folder;
    j->numbers.method = j->method;
    stk_status status = each_block(j, name_variables, error);
    return status != STK_OK ? status : stk_assess_netcdf_open(&j->numbers, error);
}

static stk_status finish_files(joiner *j, stk_status status, stk_error *error)
{
    stk_pending_file *files[TABLES + STK_ASSESS_NETCDF_FILES + 2] = {&j->reports[0],
                                                                     &j->reports[1]};
    size_t count = 2;
    if (j->netcdf) {
        status = stk_assess_netcdf_close(&j->numbers, status, error);
        for (size_t i = 0; i < STK_ASSESS_NETCDF_FILES; i++) {
            files[count++] = &j->numbers.files[i];
        }
    }
    for (size_t t = 0; t < TABLES; t++) {
        files[count++] = &j->out[t];
    }
    return stk_pending_finish_all(files, count, status, error);
}

static stk_status write_files(joiner *j, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t t = 0; t < TABLES; t++) {
        STK_TRY(stk_pending_create(&j->out[t], j->folder, tables[t], error));
    }
    STK_TRY(write_headers(j, error));
    if (j->netcdf) {
        STK_TRY(open_numbers(j, error));
    }
    STK_TRY(each_block(j, add_block, error));
    STK_TRY(stk_notes_sort(&j->result->left_out, NULL, error));
    STK_TRY(stk_assess_start_report(&j->reports[0], j->folder, "report.json", j->result->run,
                                    j->result->left_out, error));
    if (j->report_path != NULL) {
        STK_TRY(stk_assess_start_report(&j->reports[1], NULL, j->report_path, j->result->run,
                                        j->result->left_out, error));
    }
done:
    return finish_files(j, status, error);
}

static stk_status join(joiner *j, stk_error *error)
{
    stk_status status;
    j->result->left_out = stk_scenario_report_new();
    if (j->result->left_out == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(find_blocks(j, error));
    STK_TRY(start(j, error));
    STK_TRY(write_files(j, error));
    STK_TRY(make_summary(j, error));
done:
    return status;
}

/* ---- what was joined before ---- */

/* Counts in a line, then the summary. Without the mark the result is as good. */
static void mark_joined(const char *folder, const stk_assess_result *result)
{
    stk_buffer said = {0};
    stk_buffer_printf(&said, "%zu %zu %zu\n", result->scenarios, result->ready, result->failed);
    stk_buffer_append(&said, (stk_text){result->summary.data, result->summary.size});
    if (!said.failed) {
        (void)stk_block_mark(folder, (stk_text){said.data, said.size}, NULL);
    }
    stk_buffer_free(&said);
}

static stk_status read_joined(const char *folder, stk_text said, stk_assess_result *result,
                              stk_error *error)
{
    int end = 0;
    // NOLINTNEXTLINE(cert-err34-c): counts that this program wrote
    if (sscanf(said.data, "%zu %zu %zu%n", &result->scenarios, &result->ready, &result->failed,
               &end) != 3 ||
        said.data[end] != '\n') {
        return stk_error_at(error, STK_EFORMAT, folder, 0, 0, "'blocks.joined' is damaged");
    }
    stk_buffer_text(&result->summary, said.data + end + 1);
    result->before = true;
    return stk_buffer_status(&result->summary, error);
}

static stk_status copy_report(const char *folder, const char *report, stk_error *error)
{
    char path[STK_PENDING_PATH_SIZE];
    stk_text text = {0};
    stk_print(path, sizeof path, "%s/report.json", folder);
    stk_status status = stk_file_read(path, &text, error);
    status = status != STK_OK ? status : stk_file_write(report, text, error);
    free((char *)(uintptr_t)text.data);
    return status;
}

static stk_status take_joined(const char *folder, const char *report, stk_assess_result *result,
                              stk_error *error)
{
    stk_text said = {0};
    stk_status status;
    STK_TRY(stk_block_marked(folder, &said, error));
    if (said.data != NULL) {
        STK_TRY(read_joined(folder, said, result, error));
    }
    if (result->before && report != NULL) {
        STK_TRY(copy_report(folder, report, error));
    }
done:
    free((char *)(uintptr_t)said.data);
    return status;
}

stk_status stk_assess_join(const char *folder, const char *report, stk_assess_result *result,
                           stk_error *error)
{
    *result = (stk_assess_result){.run = NULL};
    stk_status status = take_joined(folder, report, result, error);
    if (status != STK_OK || result->before) {
        return status;
    }
    joiner *j = calloc(1, sizeof *j);
    if (j == NULL) {
        return stk_error_memory(error);
    }
    j->folder = folder;
    j->report_path = report;
    j->result = result;
    status = join(j, error);
    for (size_t c = 0; c < j->tally_count; c++) {
        free(j->tallies[c].peaks);
        free(j->tallies[c].lasts);
    }
    free(j->files.items);
    stk_method_free(j->method);
    free(j);
    if (status == STK_OK) {
        mark_joined(folder, result);
    }
    return status;
}

void stk_assess_result_free(stk_assess_result *result)
{
    json_decref(result->run);
    stk_scenario_report_free(result->left_out);
    stk_buffer_free(&result->summary);
    *result = (stk_assess_result){.run = NULL};
}

void stk_assess_remove_blocks(const char *folder)
{
    stk_block_files files;
    if (stk_block_find(folder, &files, NULL) == STK_OK) {
        for (size_t i = 0; i < files.count; i++) {
            stk_block_remove(folder, &files.items[i]);
        }
    }
    free(files.items);
    stk_block_unmark(folder);
}

stk_status stk_assess_check_files(const char *folder, bool netcdf, stk_error *error)
{
    stk_status status = netcdf ? netcdf_check(NULL, error) : STK_OK;
    for (size_t i = 0; i < (netcdf ? 6 : 4) && status == STK_OK; i++) {
        status = stk_pending_check(folder, stk_assess_names[i], error);
    }
    return status;
}
