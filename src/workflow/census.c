/** @file census.c
 * @brief Numbering scenarios and counting rows that nobody takes.
 */
#include "workflow/census.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "climate/calibration.h"
#include "scenario/method.h"

enum { FIRST_SIZE = 120 };

struct stk_census {
    stk_iamc *names;
    const stk_method *method;
    const stk_calibration *calibration;
    bool reported;
    const char **files;
    size_t file_count;
    size_t file_capacity;
    stk_iamc *unused;  /* variables that are not taken, see stk_variable_count() */
    stk_iamc *regions; /* other than the world, counted likewise */
    char *text;        /* names of the row at hand */
    size_t text_size;
    size_t last;  /* number of the row before; names->row_count at first */
    bool counted; /* the variable of the row at hand is new among the unused ones */
    long footer_line;
    char footer[128]; /* text below the data; "" without */
};

stk_census *stk_census_new(const stk_method *method, bool reported)
{
    stk_census *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return NULL;
    }
    c->method = method;
    c->reported = reported;
    c->names = stk_iamc_new("", 0, 1); /* how many rows are wanted; the file */
    c->unused = stk_variable_counts_new();
    c->regions = stk_variable_counts_new();
    if (c->names == NULL || c->unused == NULL || c->regions == NULL) {
        stk_census_free(c);
        return NULL;
    }
    return c;
}

stk_census *stk_census_of_species(const stk_calibration *calibration)
{
    stk_census *c = stk_census_new(NULL, false);
    if (c != NULL) {
        c->calibration = calibration;
    }
    return c;
}

bool stk_census_file(stk_census *census, const char *file)
{
    stk_census *c = census;
    bool room = STK_GROW(c->files, c->file_count + 1, c->file_capacity);
    if (room) {
        c->files[c->file_count++] = file;
    }
    return room;
}

void stk_census_free(stk_census *census)
{
    if (census != NULL) {
        free(census->files);
        stk_iamc_free(census->names);
        stk_iamc_free(census->unused);
        stk_iamc_free(census->regions);
        free(census->text);
        free(census);
    }
}

/* ---- numbering ---- */

static bool copy_names(stk_census *c, const stk_iamc_seen *row)
{
    size_t size = row->model.size + row->scenario.size + 2;
    if (!STK_GROW(c->text, size, c->text_size)) {
        return false;
    }
    memcpy(c->text, row->model.data, row->model.size);
    c->text[row->model.size] = '\0';
    memcpy(c->text + row->model.size + 1, row->scenario.data, row->scenario.size);
    c->text[size - 1] = '\0';
    return true;
}

static bool is_last(const stk_census *c, stk_text model, stk_text scenario)
{
    if (c->last >= c->names->row_count) {
        return false;
    }
    const stk_iamc_row *last = &c->names->rows[c->last];
    return stk_text_equal(scenario, last->scenario) && stk_text_equal(model, last->model);
}

static bool add_scenario(stk_census *c, const stk_iamc_seen *row)
{
    double *wanted;
    char first[FIRST_SIZE];
    bool world = stk_text_alike(row->region, "World");
    stk_text seen = stk_text_cut(world ? row->variable : row->region, FIRST_SIZE - 20);
    stk_print(first, sizeof first, "%s '%.*s'", world ? "variable" : "region", (int)seen.size,
              seen.data);
    stk_iamc_row names = {c->text, c->text + row->model.size + 1, "World", "", first, row->line,
                          NULL};
    if (stk_iamc_add(c->names, &names, &wanted, NULL) != STK_OK) {
        return false;
    }
    wanted[0] = 0;
    wanted[1] = (double)c->file_count;
    return true;
}

bool stk_census_number(stk_census *census, const stk_iamc_seen *row, size_t *number)
{
    stk_census *c = census;
    if (!is_last(c, row->model, row->scenario)) {
        if (!copy_names(c, row)) {
            return false;
        }
        c->last = stk_census_find(c, c->text, c->text + row->model.size + 1);
        if (c->last == c->names->row_count && !add_scenario(c, row)) {
            return false;
        }
    }
    c->names->rows[c->last].values[0] += row->wanted;
    *number = c->last;
    return true;
}

size_t stk_census_find(const stk_census *census, const char *model, const char *scenario)
{
    if (is_last(census, stk_text_of(model), stk_text_of(scenario))) {
        return census->last;
    }
    const stk_iamc_row *row = stk_iamc_find(census->names, model, scenario, "");
    return row == NULL ? census->names->row_count : (size_t)(row - census->names->rows);
}

const stk_iamc *stk_census_names(const stk_census *census)
{
    return census->names;
}

const stk_iamc *stk_census_unused(const stk_census *census)
{
    return census->unused;
}

/* ---- what nobody takes ---- */

void stk_census_see(stk_census *census, const stk_iamc_seen *row)
{
    stk_census *c = census;
    if (c->counted) {
        c->unused->rows[c->unused->row_count - 1].values[1] = (double)row->line;
        c->counted = false;
    }
    if (!stk_text_alike(row->region, "World") &&
        stk_variable_count_again(c->regions, row->region) == NULL) {
        stk_variable_count(c->regions, row->region, "", row->line);
    }
}

/* Why a variable is not taken, NULL if it is; of other stages it is read all the same, to tell
 * where a scenario is, and so are details of sectors of fossil CO2, to see that the sector is
 * there.
 */
static const char *unused_kind(const stk_census *c, stk_text variable, bool *read)
{
    if (c->calibration != NULL) {
        stk_variable_meaning meaning = stk_climate_meaning(c->calibration, variable);
        *read = meaning.species >= 0;
        return *read && !meaning.detail ? NULL : stk_variable_kind(variable);
    }
    stk_method_match match = stk_method_match_name(c->method, variable);
    *read = match.variable != STK_NO_VARIABLE;
    if (!*read) {
        *read = c->reported && stk_method_detail_of(c->method, variable) != STK_NO_VARIABLE;
        return stk_variable_kind(variable);
    }
    if (!c->reported || match.rank == STK_NAME_REPORTED || match.rank == STK_NAME_NATIVE) {
        *read = !c->reported || c->method->variables[match.variable].read;
        return *read ? NULL : "a gas that the method takes from its library";
    }
    return match.rank == STK_NAME_INFILLED     ? "infilled, not as reported"
           : match.rank == STK_NAME_HARMONISED ? "harmonised, not as reported"
                                               : "beside results, not as reported";
}

/* What nobody takes is counted: nothing that a file says of emissions is lost without a word, and a
 * variable is looked at once. */
bool stk_census_wants(void *user, stk_text variable)
{
    stk_census *c = user;
    bool read = true;
    const stk_iamc_row *counted = stk_variable_count_again(c->unused, variable);
    if (counted != NULL) {
        return counted->line != 0;
    }
    const char *kind = unused_kind(c, variable, &read);
    if (kind != NULL) {
        size_t count = c->unused->row_count;
        stk_variable_count(c->unused, variable, kind, read);
        c->counted = c->unused->row_count > count;
    }
    return read;
}

void stk_census_footer(void *census, const char *file, long line, stk_text text)
{
    stk_census *c = census;
    (void)file;
    c->footer_line = line;
    stk_print(c->footer, sizeof c->footer, "%.*s", (int)text.size, text.data);
}

/* ---- notes ---- */

/* Of rows that may be of several files: the first. */
static const char *first_file(const stk_census *c)
{
    return c->file_count > 0 ? c->files[0] : "";
}

/* What drives no stage and is not meant to: population, temperature. A forcing or a concentration
 * that the climate model does not take is told. */
static bool is_beside(const stk_census *c, const stk_iamc_row *row)
{
    stk_text name = stk_text_of(row->variable);
    bool drives = stk_text_cut_prefix_alike(&name, "Effective Radiative Forcing|") ||
                  stk_text_cut_prefix_alike(&name, "Atmospheric Concentrations|");
    return strcmp(row->unit, "no emissions") == 0 && (c->calibration == NULL || !drives);
}

/* By variable, with what it is and how many rows. */
static void note_unused(const stk_census *c, stk_scenario_report *report)
{
    for (size_t i = 0; i < c->unused->row_count; i++) {
        const stk_iamc_row *row = &c->unused->rows[i];
        char reason[80];
        if (is_beside(c, row)) {
            continue;
        }
        stk_print(reason, sizeof reason, "%s, rows: %.0f", row->unit, row->values[0]);
        stk_scenario_note note = {.stage = "read",
                                  .model = "",
                                  .scenario = "",
                                  .variable = row->variable,
                                  .file = first_file(c),
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

static void note_regions(const stk_census *c, stk_scenario_report *report)
{
    char list[300];
    char reason[400];
    double rows = 0;
    if (c->regions->row_count == 0) {
        return;
    }
    for (size_t i = 0; i < c->regions->row_count; i++) {
        rows += c->regions->rows[i].values[0];
    }
    list_names(c->regions, 0, list, sizeof list);
    stk_print(reason, sizeof reason, "rows of other regions than World: %.0f, of %s", rows, list);
    stk_scenario_note note = {.stage = "read",
                              .model = "",
                              .scenario = "",
                              .variable = "",
                              .file = first_file(c),
                              .line = c->file_count > 1 ? 0 : c->regions->rows[0].line,
                              .reason = reason};
    stk_scenario_report_add(report, &note);
}

/* A scenario without rows, with what was seen instead: its first row, and others of the files. */
static void note_nothing(const stk_census *c, const stk_iamc_row *names,
                         stk_scenario_report *report)
{
    char list[300];
    char reason[700];
    bool variable = names->unit[0] == 'v';
    size_t file = (size_t)names->values[1];
    list_names(c->unused, 0, list, sizeof list);
    stk_print(reason, sizeof reason,
              "no row of it is of the region World and a variable that the %s knows; its first "
              "row is of the %s%s%s",
              c->calibration != NULL ? "model" : "method", names->unit,
              variable ? "; not known or not taken are " : "", variable ? list : "");
    stk_scenario_note note = {.stage = "read",
                              .model = names->model,
                              .scenario = names->scenario,
                              .variable = "",
                              .file = file > 0 ? c->files[file - 1] : "",
                              .line = names->line,
                              .reason = reason};
    stk_scenario_report_add(report, &note);
}

void stk_census_note(const stk_census *census, size_t first, size_t last,
                     stk_scenario_report *report)
{
    if (first == 0) {
        note_unused(census, report);
        note_regions(census, report);
    }
    if (first == 0 && census->footer_line > 0) {
        stk_scenario_report_footer(report, first_file(census), census->footer_line,
                                   stk_text_of(census->footer));
    }
    for (size_t i = first; i < last; i++) {
        if (census->names->rows[i].values[0] == 0) {
            note_nothing(census, &census->names->rows[i], report);
        }
    }
}

void stk_census_note_others(const stk_census *census, const stk_census *others,
                            stk_scenario_report *report)
{
    for (size_t i = 0; i < others->names->row_count; i++) {
        const stk_iamc_row *names = &others->names->rows[i];
        if (stk_census_find(census, names->model, names->scenario) == census->names->row_count) {
            note_nothing(census, names, report);
        }
    }
}
