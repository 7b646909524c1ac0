/** @file intake.c
 * @brief Reading a file of scenarios.
 */
#include "workflow/intake.h"

#include <stdlib.h>
#include <string.h>

#include <stocktake/file.h>

#include "base/arena.h"
#include "base/try.h"
#include "scenario/method.h"
#include "workflow/store.h"

enum { FIRST_SIZE = 120 };

struct stk_intake {
    const char *path;
    stk_share share;
    stk_iamc *names; /* a row for each scenario of the file, with its first line */
    stk_row_store *store;
    const stk_method *method;
    stk_iamc *unused;  /* variables that are not taken, see stk_variable_count() */
    bool reported;     /* all that check does not take is counted */
    stk_iamc *regions; /* other than the world, counted likewise */
    char *text;        /* names of the row at hand */
    size_t text_size;
    size_t last;  /* number of the row before; names->row_count at first */
    bool failed;  /* there was no memory for a name */
    bool counted; /* the variable of the row at hand is new among the unused ones */
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
    char first[FIRST_SIZE];
    bool world = stk_text_alike(row->region, "World");
    stk_text seen = stk_text_cut(world ? row->variable : row->region, FIRST_SIZE - 20);
    stk_print(first, sizeof first, "%s '%.*s'", world ? "variable" : "region", (int)seen.size,
              seen.data);
    stk_iamc_row names = {in->text, in->text + row->model.size + 1, "World", "", first, row->line,
                          NULL};
    in->last = stk_intake_number(in, names.model, names.scenario);
    return in->last < in->names->row_count ||
           stk_iamc_add(in->names, &names, &value, NULL) == STK_OK;
}

static bool is_mine(void *user, const stk_iamc_seen *row)
{
    stk_intake *in = user;
    if (in->counted) {
        in->unused->rows[in->unused->row_count - 1].values[1] = (double)row->line;
        in->counted = false;
    }
    if (!stk_text_alike(row->region, "World") &&
        stk_variable_count_again(in->regions, row->region) == NULL) {
        stk_variable_count(in->regions, row->region, "", row->line);
    }
    if (in->known_only && !row->wanted) {
        return false;
    }
    if (!in->failed && !is_last(in, row)) {
        in->failed = !number_scenario(in, row);
    }
    return !in->failed && stk_share_reads(&in->share, in->last / STK_BLOCK_SCENARIOS);
}

/* Why a variable is not taken, NULL if it is; of other stages it is read all the same, to tell
 * where a scenario is. */
static const char *unused_kind(const stk_intake *in, stk_text variable, bool *read)
{
    stk_method_match match = stk_method_match_name(in->method, variable);
    *read = match.variable != STK_NO_VARIABLE;
    if (!*read) {
        return stk_variable_kind(variable);
    }
    if (!in->reported || match.rank == STK_NAME_REPORTED || match.rank == STK_NAME_NATIVE) {
        *read = !in->reported || in->method->variables[match.variable].read;
        return *read ? NULL : "a gas that the method takes from its library";
    }
    return match.rank == STK_NAME_INFILLED     ? "infilled, not as reported"
           : match.rank == STK_NAME_HARMONISED ? "harmonised, not as reported"
                                               : "beside results, not as reported";
}

/* What nobody takes is counted: nothing that a file says of emissions is lost without a word, and a
 * variable is looked at once. */
static bool is_wanted(void *user, stk_text variable)
{
    stk_intake *in = user;
    bool read = true;
    const stk_iamc_row *counted = stk_variable_count_again(in->unused, variable);
    if (counted != NULL) {
        return counted->line != 0;
    }
    const char *kind = unused_kind(in, variable, &read);
    if (kind != NULL) {
        size_t count = in->unused->row_count;
        stk_variable_count(in->unused, variable, kind, read);
        in->counted = in->unused->row_count > count;
    }
    return read;
}

/* Mostly is_mine() has just been asked about this row; not where values are gathered first. */
static stk_status take_row(void *user, const stk_iamc *table, const stk_iamc_row *row,
                           stk_error *error)
{
    stk_intake *in = user;
    const stk_iamc_seen seen = {.model = stk_text_of(row->model),
                                .scenario = stk_text_of(row->scenario)};
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
    in->regions = stk_variable_counts_new();
    if (in->names == NULL || in->unused == NULL || in->regions == NULL) {
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
                           const stk_share *share, bool reported, stk_intake **intake,
                           stk_error *error)
{
    stk_status status = open_intake(path, scratch, intake, error);
    if (status != STK_OK || *intake == NULL) {
        return status;
    }
    (*intake)->share = *share;
    (*intake)->method = method;
    (*intake)->reported = reported;
    return read_rows(*intake, error);
}

void stk_intake_free(stk_intake *intake)
{
    if (intake != NULL) {
        stk_iamc_free(intake->names);
        stk_iamc_free(intake->unused);
        stk_iamc_free(intake->regions);
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
        char reason[80];
        if (strcmp(row->unit, "no emissions") == 0) {
            continue;
        }
        stk_print(reason, sizeof reason, "%s, rows: %.0f", row->unit, row->values[0]);
        stk_scenario_note note = {.stage = "read",
                                  .model = "",
                                  .scenario = "",
                                  .variable = row->variable,
                                  .file = intake->path,
                                  .line = (long)row->values[1],
                                  .reason = reason};
        stk_scenario_report_add(report, &note);
    }
}

/* Names of a list of counts from one on, the first few. */
static void list_names(const stk_iamc *counts, size_t from, char *out, size_t size)
{
    enum { SHOWN = 3 };
    size_t last = from + SHOWN < counts->row_count ? from + SHOWN : counts->row_count;
    out[0] = '\0';
    for (size_t i = from; i < last; i++) {
        size_t used = strlen(out);
        stk_print(out + used, size - used, "%s'%s'", i > from ? ", " : "",
                  STK_CUT(counts->rows[i].variable, 80));
    }
    if (last < counts->row_count) {
        size_t used = strlen(out);
        stk_print(out + used, size - used, " and %zu more", counts->row_count - last);
    }
}

static void note_regions(const stk_intake *intake, stk_scenario_report *report)
{
    char list[300];
    char reason[400];
    double rows = 0;
    if (intake->regions->row_count == 0) {
        return;
    }
    for (size_t i = 0; i < intake->regions->row_count; i++) {
        rows += intake->regions->rows[i].values[0];
    }
    list_names(intake->regions, 0, list, sizeof list);
    stk_print(reason, sizeof reason, "rows of other regions than World: %.0f, of %s", rows, list);
    stk_scenario_note note = {.stage = "read",
                              .model = "",
                              .scenario = "",
                              .variable = "",
                              .file = intake->path,
                              .line = intake->regions->rows[0].line,
                              .reason = reason};
    stk_scenario_report_add(report, &note);
}

/* A scenario without rows, with what was seen instead: its first row, and others of the file. */
static void note_nothing(const stk_intake *intake, const stk_iamc_row *names,
                         stk_scenario_report *report)
{
    char list[300];
    char reason[700];
    bool variable = names->unit[0] == 'v';
    list_names(intake->unused, 0, list, sizeof list);
    stk_print(reason, sizeof reason,
              "no row of it is of the region World and a variable that the method knows; its first "
              "row is of the %s%s%s",
              names->unit, variable ? "; not known or not taken are " : "", variable ? list : "");
    stk_scenario_note note = {.stage = "read",
                              .model = names->model,
                              .scenario = names->scenario,
                              .variable = "",
                              .file = intake->path,
                              .line = names->line,
                              .reason = reason};
    stk_scenario_report_add(report, &note);
}

void stk_intake_note(const stk_intake *intake, size_t first, size_t last,
                     stk_scenario_report *report)
{
    if (first == 0) {
        note_unused(intake, report);
        note_regions(intake, report);
    }
    if (first == 0 && intake->footer_line > 0) {
        stk_scenario_report_footer(report, intake->path, intake->footer_line,
                                   stk_text_of(intake->footer));
    }
    for (size_t i = first; i < last; i++) {
        if (!stk_row_store_has(intake->store, i)) {
            note_nothing(intake, stk_intake_names(intake, i), report);
        }
    }
}
