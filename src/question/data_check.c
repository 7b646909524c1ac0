/** @file data_check.c
 * @brief `stocktake data check`: known totals, and validation of the user's own files.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/data_check.h>
#include <stocktake/finance.h>

#include "base/pending_file.h"
#include "data/known_totals.h"

/* ---- drivers of the baselines ---- */

enum { DRIVER_COLUMNS = 9 };

static const stk_column driver_columns[DRIVER_COLUMNS] = {
    {"iso3", NULL, STK_TEXT},       {"driver", NULL, STK_TEXT},
    {"finding", NULL, STK_TEXT},    {"from_year", NULL, STK_INTEGER},
    {"to_year", NULL, STK_INTEGER}, {"change_pct", NULL, 1},
    {"rate_pct", NULL, 1},          {"observed_rate_pct", NULL, 1},
    {"held_rate_pct", NULL, 1}};

static void add_driver_row(const stk_inventory *inventory, const stk_driver_finding *found,
                           stk_table *table)
{
    static const char *const kinds[] = {
        [STK_DRIVER_HELD] = "held", [STK_DRIVER_JUMPS] = "jumps", [STK_DRIVER_MISSING] = "missing"};
    stk_table_texts(table, stk_inventory_area(inventory, found->area)->iso3,
                    found->population ? "population" : "GDP", kinds[found->kind]);
    stk_table_numbers(table, found->from, found->to, 100.0 * found->change, 100.0 * found->rate,
                      100.0 * found->observed_rate, 100.0 * found->held_rate);
}

/* What is held comes first; then what is followed, but ought to be looked at. */
static void write_driver_notes(const stk_inventory *inventory, const stk_driver_finding *findings,
                               size_t count, int last, stk_buffer *notes)
{
    for (size_t i = 0; i < count; i++) {
        if (findings[i].kind == STK_DRIVER_HELD) {
            stk_buffer_printf(notes,
                              "driver held: GDP of %s falls by %.0f %% from %d to %d (%.1f %% a "
                              "year); not followed,\n    after %d it goes on at %.1f %% a year\n",
                              stk_inventory_area(inventory, findings[i].area)->name,
                              -100.0 * findings[i].change, findings[i].from, findings[i].to,
                              100.0 * findings[i].rate, last, 100.0 * findings[i].held_rate);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (findings[i].kind == STK_DRIVER_JUMPS) {
            stk_buffer_printf(notes, "driver jumps: %s of %s changes by %+.1f %% in %d\n",
                              findings[i].population ? "population" : "GDP",
                              stk_inventory_area(inventory, findings[i].area)->name,
                              100.0 * findings[i].change, findings[i].to);
        }
    }
}

static void write_missing_drivers(const stk_inventory *inventory,
                                  const stk_driver_finding *findings, size_t count, bool population,
                                  stk_buffer *notes)
{
    enum { PER_LINE = 15 };
    int written = 0;
    for (size_t i = 0; i < count; i++) {
        if (findings[i].kind == STK_DRIVER_MISSING && findings[i].population == population) {
            if (written == 0) {
                stk_buffer_text(notes, population
                                           ? "drivers missing: no population"
                                           : "drivers missing: no GDP, grows with the world's");
            }
            stk_buffer_text(notes, written % PER_LINE == 0 ? "\n    " : ", ");
            stk_buffer_printf(notes, "%s", stk_inventory_area(inventory, findings[i].area)->iso3);
            written++;
        }
    }
    stk_buffer_text(notes, written > 0 ? "\n" : "");
}

/* The drivers that baselines do not follow, or that ought to be looked at: as a table, and as lines
 * for people. */
static void list_drivers(const stk_data *data, stk_table *table, stk_buffer *notes)
{
    size_t count;
    const stk_inventory *inventory = data->inventory;
    const stk_driver_finding *findings = stk_baseline_driver_findings(data->baseline, &count);
    for (size_t i = 0; i < count; i++) {
        add_driver_row(inventory, &findings[i], table);
    }
    write_driver_notes(inventory, findings, count, stk_baseline_history_last(data->baseline),
                       notes);
    write_missing_drivers(inventory, findings, count, false, notes);
    write_missing_drivers(inventory, findings, count, true, notes);
}

/* ---- what looks wrong ---- */

enum { WARNING_COLUMNS = 12 };

static const stk_column warning_columns[WARNING_COLUMNS] = {
    {"warning", NULL, STK_TEXT},  {"iso3", NULL, STK_TEXT},    {"name", NULL, STK_TEXT},
    {"document", NULL, STK_DATE}, {"year", NULL, STK_INTEGER}, {"condition", NULL, STK_TEXT},
    {"value_mt", NULL, 3},        {"expected_mt", NULL, 3},    {"confidence", NULL, STK_TEXT},
    {"words", NULL, STK_TEXT},    {"file", NULL, STK_TEXT},    {"line", NULL, STK_INTEGER}};

static void add_warning_row(const stk_data_warning *w, stk_table *table)
{
    stk_table_texts(table, stk_data_warning_name(w->kind), w->iso3, w->name);
    stk_table_date(table, w->document);
    stk_table_number(table, w->year != 0 ? w->year : (double)NAN);
    stk_table_text(table, w->condition);
    stk_table_numbers(table, w->value_mt, w->expected_mt);
    stk_table_texts(table, w->mark, w->words, w->file);
    stk_table_number(table, (double)w->line);
}

static void write_warning_note(const stk_data_warning *w, stk_buffer *notes)
{
    const char *date = STK_DATE_TEXT(w->document);
    stk_buffer_printf(notes, "%s looks wrong: %s, ", stk_data_warning_name(w->kind), w->name);
    switch (w->kind) {
    case STK_DATA_WARNING_LEVEL:
        stk_buffer_printf(notes, "%d %s (%s): %s (%.3g Mt; modelled baseline %.3g Mt)\n", w->year,
                          w->condition, date, w->words, w->value_mt, w->expected_mt);
        break;
    case STK_DATA_WARNING_BASELINE:
        stk_buffer_printf(notes, "%d (%s): %s (%.4g Mt; own %.4g Mt), line %ld\n", w->year, date,
                          w->words, w->value_mt, w->expected_mt, w->line);
        break;
    case STK_DATA_WARNING_MARK:
    case STK_DATA_WARNINGS:
        stk_buffer_printf(notes, "%s: %s, but the notes say '%s', line %ld\n", date, w->mark,
                          w->words, w->line);
    }
}

/* The same, as a table and as lines for people. They change no exit status. */
static stk_status list_warnings(const stk_data *data, stk_table *table, stk_buffer *notes,
                                stk_error *error)
{
    stk_data_warning *list;
    size_t count;
    stk_status status = stk_data_warnings(data, &list, &count, error);
    for (size_t i = 0; i < count; i++) {
        add_warning_row(&list[i], table);
        write_warning_note(&list[i], notes);
    }
    free(list);
    return status;
}

/* ---- data check ---- */

/* Every problem of a file is told; the last of them is the refusal. */
static stk_status tell_problems(query *q, const stk_problems *problems, stk_status status,
                                stk_error *error)
{
    char text[1024];
    for (size_t i = 0; i + 1 < problems->count; i++) {
        stk_error_format(&problems->items[i], text, sizeof text);
        query_remark(q, "%s", text);
    }
    if (problems->count > 0) {
        *error = problems->items[problems->count - 1];
    }
    return status;
}

/* What was found to be without a problem. */
typedef struct contents {
    size_t files;
    size_t targets;
    size_t events;     /* of net zero */
    stk_table *checks; /* of a folder; NULL for a single file */
    stk_table *drivers;
    stk_table *warnings;
    stk_buffer notes; /* on drivers and warnings */
} contents;

static stk_status write_check_json(query *q, const char *path, const contents *found,
                                   stk_buffer *out, stk_error *error)
{
    json_t *document = query_document(q, "data check");
    document_add(document, json_pack("{s:o, s:I, s:I, s:I, s:[], s:[], s:[]}", "path",
                                     document_text(path), "files", (json_int_t)found->files,
                                     "targets", (json_int_t)found->targets, "net_zero_events",
                                     (json_int_t)found->events, "checks", "drivers", "warnings"));
    if (found->checks != NULL) {
        document_add_table(document, "checks", found->checks);
        document_add_table(document, "drivers", found->drivers);
        document_add_table(document, "warnings", found->warnings);
    }
    return document_write(document, out, error);
}

static stk_status write_check_text(const contents *found, stk_buffer *out, stk_error *error)
{
    stk_status status = stk_table_write(found->checks, STK_FORMAT_TEXT, out, error);
    const char *notes = stk_buffer_pass(out, &found->notes);
    stk_buffer_text(out, notes[0] != '\0' ? "\n" : "");
    stk_buffer_text(out, notes);
    stk_buffer_printf(out, "\n%zu files, %zu targets, %zu net-zero events: no problem found\n",
                      found->files, found->targets, found->events);
    return status;
}

static stk_status write_found(query *q, const char *path, const contents *found, stk_error *error)
{
    stk_format format = (stk_format)query_format(q);
    bool events = found->targets == 0 && found->events > 0;
    if (format == STK_FORMAT_JSON) {
        return write_check_json(q, path, found, &q->out, error);
    }
    if (found->checks != NULL) {
        return format == STK_FORMAT_TEXT ? write_check_text(found, &q->out, error)
                                         : stk_table_write(found->checks, format, &q->out, error);
    }
    stk_buffer_printf(&q->out, "%s: %zu %s, no problem found\n", path,
                      events ? found->events : found->targets,
                      events ? "net-zero events" : "targets");
    return STK_OK;
}

/* Climate finance, which an edition may lack, is read to see that it can be. */
static stk_status check_finance(const stk_data *data, stk_problems *problems, stk_error *error)
{
    stk_finance *finance = NULL;
    stk_status status = STK_OK;
    if (stk_finance_in(data->edition)) {
        status = stk_finance_load(data->edition, data->inventory, &finance, problems, error);
    }
    stk_finance_free(finance);
    return status;
}

/* Read an edition, and hold it against what is known. */
static stk_status read_folder(query *q, const char *path, stk_data *data, contents *found,
                              stk_problems *problems, stk_error *error)
{
    stk_arena arena = {0};
    int failed = 0;
    stk_status status;
    STK_TRY(stk_edition_open_folder(path, &data->edition, error));
    STK_TRY(stk_inventory_load(data->edition, &data->inventory, error));
    STK_TRY(stk_pledges_load(data->edition, data->inventory, &data->pledges, problems, error));
    STK_TRY(check_finance(data, problems, error));
    STK_TRY(stk_known_totals_check(data->edition, data->inventory, &arena, found->checks, &failed,
                                   error));
    if (failed > 0) {
        STK_FAIL(stk_error_at(error, STK_EDATA, path, 0, 0, "%d of %zu checks failed", failed,
                              stk_table_rows(found->checks)));
    }
    STK_TRY(stk_baseline_make(data->inventory, NULL, &data->baseline, error));
    if (query_tells_origin(q)) {
        STK_TRY(query_note_edition(q, data->edition, data->pledges, error));
    }
done:
    stk_arena_free(&arena);
    return status;
}

static stk_status check_folder(query *q, const char *path, stk_error *error)
{
    stk_problems problems = {0};
    stk_data data = {NULL, NULL, NULL, NULL};
    contents found = {.checks = stk_table_new(stk_known_total_columns, STK_KNOWN_TOTAL_COLUMNS),
                      .drivers = stk_table_new(driver_columns, DRIVER_COLUMNS),
                      .warnings = stk_table_new(warning_columns, WARNING_COLUMNS)};
    stk_status status;
    STK_TRY(read_folder(q, path, &data, &found, &problems, error));
    list_drivers(&data, found.drivers, &found.notes);
    STK_TRY(list_warnings(&data, found.warnings, &found.notes, error));
    found.files = stk_edition_file_count(data.edition);
    found.targets = stk_pledges_target_count(data.pledges);
    stk_pledges_net_zero_events(data.pledges, &found.events);
    STK_TRY(write_found(q, path, &found, error));
done:
    status = tell_problems(q, &problems, status, error);
    stk_table_free(found.checks);
    stk_table_free(found.drivers);
    stk_table_free(found.warnings);
    stk_buffer_free(&found.notes);
    stk_problems_free(&problems);
    stk_data_close(&data);
    return status;
}

/* A file of the name that an edition gives the net-zero events holds those. */
static bool is_net_zero(const char *path)
{
    return strcmp(stk_path_name(path), "net_zero.csv") == 0;
}

/* Read the user's file of pledges or of net-zero events. */
static stk_status read_user_file(stk_edition *edition, const stk_inventory *inventory,
                                 const char *path, stk_text content, contents *found,
                                 stk_problems *problems, stk_error *error)
{
    stk_pledges *pledges = NULL;
    stk_status status;
    if (is_net_zero(path)) {
        STK_TRY(stk_pledges_load(edition, inventory, &pledges, NULL, error));
        STK_TRY(stk_pledges_read_net_zero(pledges, path, content, inventory, problems, error));
        stk_pledges_net_zero_events(pledges, &found->events);
    } else {
        STK_TRY(stk_pledges_read(path, content, inventory, &pledges, problems, error));
        found->targets = stk_pledges_target_count(pledges);
    }
done:
    stk_pledges_free(pledges);
    return status;
}

static stk_status check_file(query *q, const char *path, stk_error *error)
{
    stk_problems problems = {0};
    stk_edition *edition = NULL;
    stk_inventory *inventory = NULL;
    stk_text content = {NULL, 0};
    contents found = {.files = 1};
    stk_status status;
    STK_TRY(query_edition(q, &edition, error));
    STK_TRY(stk_inventory_load(edition, &inventory, error));
    STK_TRY(query_read_file(q, is_net_zero(path) ? "net_zero" : "pledges", path, &content, error));
    STK_TRY(read_user_file(edition, inventory, path, content, &found, &problems, error));
    STK_TRY(write_found(q, path, &found, error));
done:
    status = tell_problems(q, &problems, status, error);
    stk_problems_free(&problems);
    stk_inventory_free(inventory);
    stk_edition_free(edition);
    free((char *)content.data);
    return status;
}

stk_status data_check(query *q, const char *path, stk_error *error)
{
    return stk_is_folder(path) ? check_folder(q, path, error) : check_file(q, path, error);
}
