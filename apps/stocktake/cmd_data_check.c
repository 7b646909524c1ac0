/** @file cmd_data_check.c
 * @brief `stocktake data check`: known totals, and validation of the user's own files.
 */
#include "cmd_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <stocktake/finance.h>

#include "data/paths.h"

/* ---- known totals ---- */

const stk_column data_check_columns[DATA_CHECK_COLUMNS] = {{"check", "Check", STK_TEXT},
                                                           {"gwp", "GWP", STK_TEXT},
                                                           {"expected_gt", "Expected (Gt)", 3},
                                                           {"value_gt", "Value (Gt)", 3},
                                                           {"difference_pct", "Difference (%)", 2},
                                                           {"result", "Result", STK_TEXT}};

static stk_status area_total(const stk_inventory *inventory, stk_text area, size_t gwp, int year,
                             double *gt, stk_error *error)
{
    int count = stk_inventory_area_count(inventory);
    bool *members = calloc((size_t)count, sizeof *members);
    if (members == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_inventory_select(inventory, area, members, error);
    *gt = 0;
    for (int a = 0; a < count && status == STK_OK; a++) {
        *gt += members[a] ? stk_inventory_total_mt(inventory, a, gwp, year) / 1000.0 : 0.0;
    }
    free(members);
    return status;
}

static stk_status add_check(const stk_inventory *inventory, const stk_csv *csv, stk_table *table,
                            int *failed, stk_error *error)
{
    int year;
    size_t gwp;
    double expected = NAN;
    double tolerance = NAN;
    double value = NAN;
    stk_text set = stk_csv_field(csv, stk_csv_find(csv, "gwp"));
    stk_status status;
    STK_TRY(stk_csv_integer(csv, stk_csv_find(csv, "year"), 0, &year, error));
    STK_TRY(stk_csv_number(csv, stk_csv_find(csv, "expected_gt"), &expected, error));
    STK_TRY(stk_csv_number(csv, stk_csv_find(csv, "tolerance_gt"), &tolerance, error));
    STK_TRY(stk_gwp_find_set(stk_inventory_gwp(inventory), set, &gwp, error));
    STK_TRY(area_total(inventory, stk_csv_field(csv, stk_csv_find(csv, "area")), gwp, year, &value,
                       error));
    bool ok = fabs(value - expected) <= tolerance;
    *failed += !ok;
    stk_table_slice(table, stk_csv_field(csv, stk_csv_find(csv, "name")));
    stk_table_slice(table, set);
    stk_table_numbers(table, expected, value, 100.0 * (value / expected - 1.0));
    stk_table_text(table, ok ? "ok" : "FAILED");
done:
    return status;
}

stk_status data_run_checks(stk_edition *edition, const stk_inventory *inventory, stk_arena *arena,
                           stk_table *table, int *failed, stk_error *error)
{
    static const char *const needed[] = {"name", "area",        "year",
                                         "gwp",  "expected_gt", "tolerance_gt"};
    enum { NEEDED = sizeof needed / sizeof *needed };
    stk_csv csv;
    int columns[NEEDED];
    stk_status status;
    *failed = 0;
    if (!stk_edition_has(edition, "checks.csv")) {
        return STK_OK;
    }
    STK_TRY(stk_edition_csv(edition, "checks.csv", arena, &csv, error));
    STK_TRY(stk_csv_columns(&csv, needed, NEEDED, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = add_check(inventory, &csv, table, failed, error);
    }
done:
    return status;
}

bool data_is_folder(const char *path)
{
    struct stat information;
    return stat(path, &information) == 0 && S_ISDIR(information.st_mode);
}

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
            stk_buffer_printf(notes, "%s%s", written % PER_LINE == 0 ? "\n    " : ", ",
                              stk_inventory_area(inventory, findings[i].area)->iso3);
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
    {"document", NULL, STK_TEXT}, {"year", NULL, STK_INTEGER}, {"condition", NULL, STK_TEXT},
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

static int report(const stk_problems *problems, stk_status status, const stk_error *error)
{
    for (size_t i = 0; i < problems->count; i++) {
        cli_refuse(&problems->items[i]);
    }
    if (status != STK_OK && problems->count == 0) {
        cli_refuse(error);
    }
    return status == STK_OK ? EXIT_SUCCESS : EXIT_DATA;
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
    if (found->notes.size > 0) {
        stk_buffer_printf(out, "\n%.*s", (int)found->notes.size, found->notes.data);
    }
    stk_buffer_printf(out, "\n%zu files, %zu targets, %zu net-zero events: no problem found\n",
                      found->files, found->targets, found->events);
    return status;
}

static int answer_check(query *q, const char *path, const contents *found)
{
    stk_buffer out = {0};
    stk_error error;
    stk_status status = STK_OK;
    stk_format format = (stk_format)query_format(q);
    if (format == STK_FORMAT_JSON) {
        status = write_check_json(q, path, found, &out, &error);
    } else if (found->checks == NULL) {
        bool events = found->targets == 0 && found->events > 0;
        stk_buffer_printf(&out, "%s: %zu %s, no problem found\n", path,
                          events ? found->events : found->targets,
                          events ? "net-zero events" : "targets");
    } else if (format == STK_FORMAT_TEXT) {
        status = write_check_text(found, &out, &error);
    } else {
        status = stk_table_write(found->checks, format, &out, &error);
    }
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(q, &out);
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
    STK_TRY(data_run_checks(data->edition, data->inventory, &arena, found->checks, &failed, error));
    if (failed > 0) {
        STK_TRY(stk_error_at(error, STK_EDATA, path, 0, 0, "%d of %zu checks failed", failed,
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

static int check_folder(query *q, const char *path)
{
    stk_problems problems = {0};
    stk_error error;
    stk_data data = {NULL, NULL, NULL, NULL};
    contents found = {.checks = stk_table_new(data_check_columns, DATA_CHECK_COLUMNS),
                      .drivers = stk_table_new(driver_columns, DRIVER_COLUMNS),
                      .warnings = stk_table_new(warning_columns, WARNING_COLUMNS)};
    stk_status status = read_folder(q, path, &data, &found, &problems, &error);
    if (status == STK_OK) {
        list_drivers(&data, found.drivers, &found.notes);
        status = list_warnings(&data, found.warnings, &found.notes, &error);
    }
    int exit_code = report(&problems, status, &error);
    if (exit_code == EXIT_SUCCESS) {
        found.files = stk_edition_file_count(data.edition);
        found.targets = stk_pledges_target_count(data.pledges);
        stk_pledges_net_zero_events(data.pledges, &found.events);
        exit_code = answer_check(q, path, &found);
    }
    stk_table_free(found.checks);
    stk_table_free(found.drivers);
    stk_table_free(found.warnings);
    stk_buffer_free(&found.notes);
    stk_problems_free(&problems);
    stk_data_close(&data);
    return exit_code;
}

/* A file of the name that an edition gives the net-zero events holds those. */
static bool is_net_zero(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strcmp(slash == NULL ? path : slash + 1, "net_zero.csv") == 0;
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

static int check_file(query *q, const char *path)
{
    stk_problems problems = {0};
    stk_error error;
    stk_edition *edition = NULL;
    stk_inventory *inventory = NULL;
    stk_text content = {NULL, 0};
    contents found = {.files = 1};
    int exit_code;
    stk_status status;
    STK_TRY(query_edition(q, &edition, &error));
    STK_TRY(stk_inventory_load(edition, &inventory, &error));
    STK_TRY(query_read_file(q, is_net_zero(path) ? "net_zero" : "pledges", path, &content, &error));
    STK_TRY(read_user_file(edition, inventory, path, content, &found, &problems, &error));
done:
    exit_code = report(&problems, status, &error);
    if (exit_code == EXIT_SUCCESS) {
        exit_code = answer_check(q, path, &found);
    }
    stk_problems_free(&problems);
    stk_inventory_free(inventory);
    stk_edition_free(edition);
    free((char *)content.data);
    return exit_code;
}

int data_check(query *q, const char *path)
{
    return data_is_folder(path) ? check_folder(q, path) : check_file(q, path);
}
