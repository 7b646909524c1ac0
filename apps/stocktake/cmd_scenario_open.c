/** @file cmd_scenario_open.c
 * @brief Methods, tables and results of `stocktake scenario`: where they come from and go.
 */
#include "cmd_scenario.h"

#include <stdlib.h>
#include <string.h>

static bool is_method_file(const char *name)
{
    stk_text text = stk_text_of(name);
    return stk_text_ends_in(text, ".yaml") || stk_text_ends_in(text, ".yml") ||
           strchr(name, '/') != NULL;
}

/* A table of overrides lies beside the method that names it. */
static stk_status open_overrides(scenario_run *run, const char *method, bool own, stk_error *error)
{
    const char *name = stk_method_overrides(run->method);
    const char *slash = strrchr(method, '/');
    char path[1024];
    stk_text content = {NULL, 0};
    stk_status status;
    if (name == NULL) {
        return STK_OK;
    }
    if (own) {
        int folder = slash == NULL || *name == '/' ? 0 : (int)(slash - method) + 1;
        stk_print(path, sizeof path, "%.*s%s", folder, method, name);
        STK_TRY(query_read_file(run->q, "overrides", path, &content, error));
        run->overrides = (char *)(uintptr_t)content.data;
    } else {
        stk_print(path, sizeof path, "methods/%s", name);
        STK_TRY(stk_edition_read(run->edition, path, &content, error));
    }
    STK_TRY(stk_method_read_overrides(run->method, path, content, error));
done:
    return status;
}

/* The user's own FILE.yaml, or a shipped method by its name. */
static stk_status open_method(scenario_run *run, stk_error *error)
{
    const char *name = query_value(run->q, "method");
    char path[256];
    stk_text content = {NULL, 0};
    stk_status status;
    name = name == NULL ? STK_METHOD_DEFAULT : name;
    stk_print(path, sizeof path, "methods/%s.yaml", STK_CUT(name, 200));
    if (is_method_file(name)) {
        status = stk_file_read(name, &content, error);
        run->method_file = (char *)(uintptr_t)content.data;
        status = status != STK_OK ? status : stk_method_read(name, content, &run->method, error);
        return status != STK_OK ? status : open_overrides(run, name, true, error);
    }
    if (!stk_edition_has(run->edition, path)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "--method: '%s' is no shipped method; allowed: " SHIPPED_METHODS
                             ", or a FILE.yaml",
                             STK_CUT(name, 100));
    }
    status = stk_shipped_method(run->edition, name, &run->method, &content, error);
    if (status == STK_OK) {
        run->method_file = strndup(content.data, content.size);
        status = stk_allocated(run->method_file, error);
    }
    return status != STK_OK ? status : open_overrides(run, name, false, error);
}

stk_status scenario_open(scenario_run *run, stk_error *error)
{
    stk_status status;
    run->input = run->q->operands[1];
    run->report = stk_scenario_report_new();
    if (query_given(run->q, "strict")) {
        stk_scenario_report_strict(run->report);
    }
    STK_TRY(query_edition(run->q, &run->edition, error));
    STK_TRY(open_method(run, error));
done:
    return status;
}

void scenario_close(scenario_run *run)
{
    stk_iamc_free(run->history);
    stk_scenario_library_free(run->library);
    stk_method_free(run->method);
    free(run->method_file);
    free(run->overrides);
    stk_edition_free(run->edition);
    stk_scenario_report_free(run->report);
}

/* A table of the variables that the method knows, from a file of the user's. */
static stk_status read_table(const char *path, const stk_iamc_filter *filter, stk_iamc **table,
                             stk_error *error)
{
    stk_stream *stream;
    stk_status status = stk_stream_open(path, &stream, error);
    if (status == STK_OK) {
        stk_iamc_input input = {path, stk_stream_read, stream};
        status = stk_iamc_read_stream(&input, filter, table, error);
        stk_stream_close(stream);
    }
    return status;
}

/* From --OPTION FILE, or else from the file `shipped` of the edition, or it is said where one is
 * published. */
static stk_status open_table(const scenario_run *run, const char *option, const char *shipped,
                             const char *published, stk_iamc **table, stk_error *error)
{
    const char *path = option == NULL ? NULL : query_value(run->q, option);
    stk_iamc_filter filter = {.wanted = stk_method_wants,
                              .user = run->method,
                              .footer = stk_scenario_report_footer,
                              .footer_user = run->report};
    if (path == NULL && shipped == NULL) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "the method '%s' needs --%s FILE, which is not shipped: %s",
                             stk_method_name(run->method), option, published);
    }
    return path == NULL ? stk_shipped_table(run->edition, shipped, &filter, table, error)
                        : read_table(path, &filter, table, error);
}

stk_status scenario_open_history(scenario_run *run, stk_error *error)
{
    return open_table(run, "history", stk_method_history(run->method),
                      stk_method_published(run->method, STK_METHOD_HISTORY), &run->history, error);
}

stk_status scenario_check_unused(const scenario_run *run, const char *option, stk_error *error)
{
    return !query_given(run->q, option) || stk_method_scales(run->method)
               ? STK_OK
               : query_usage(run->q, error, "infilling by the method '%s' has no use for --%s",
                             stk_method_name(run->method), option);
}

stk_status scenario_open_library(scenario_run *run, stk_error *error)
{
    const stk_method *method = run->method;
    stk_iamc *chosen = NULL;
    stk_iamc *other = NULL; /* the built-in library, then emissions before industry */
    stk_status status;
    STK_TRY(scenario_check_unused(run, "preindustrial", error));
    STK_TRY(open_table(run, "library", stk_method_library(method),
                       stk_method_published(method, STK_METHOD_LIBRARY), &chosen, error));
    if (stk_method_builtin_library(method) != NULL) {
        STK_TRY(open_table(run, NULL, stk_method_builtin_library(method), NULL, &other, error));
    }
    STK_TRY(stk_scenario_library_new(method, chosen, other, run->report, &run->library, error));
    if (stk_method_scales(method)) {
        stk_iamc_free(other);
        other = NULL;
        if (run->history == NULL) {
            STK_TRY(scenario_open_history(run, error));
        }
        STK_TRY(open_table(run, "preindustrial", stk_method_preindustrial(method),
                           stk_method_published(method, STK_METHOD_PREINDUSTRIAL), &other, error));
        STK_TRY(stk_scenario_library_scale(run->library, run->history, other, error));
    }
done:
    stk_iamc_free(chosen);
    stk_iamc_free(other);
    return status;
}

stk_stages scenario_stages(const scenario_run *run)
{
    return (stk_stages){run->method, run->history, run->library,
                        run->report, run->threads, query_given(run->q, "strict")};
}

static void say_note(const stk_scenario_note *note)
{
    char line[24] = "";
    bool whole = note->variable[0] == '\0';
    if (note->line > 0) {
        stk_print(line, sizeof line, "%ld:", note->line);
    }
    if (note->scenario[0] == '\0') {
        cli_say(false, "stocktake: %s:%s %s: %s%s%sleft out: %s", note->file, line, note->stage,
                whole ? "" : "'", note->variable, whole ? "" : "' is ", note->reason);
        return;
    }
    if (note->warning) {
        cli_say(false, "stocktake: %s:%s %s: warning: model '%s', scenario '%s': %s", note->file,
                line, note->stage, note->model, note->scenario, note->reason);
        return;
    }
    cli_say(false, "stocktake: %s:%s %s: %s%s%smodel '%s', scenario '%s' is left out: %s",
            note->file, line, note->stage, whole ? "" : "'", note->variable, whole ? "" : "' of ",
            note->model, note->scenario, note->reason);
}

/* A variable that is left out of all scenarios: its rows are counted. */
static bool is_of_all(const stk_scenario_note *note)
{
    return note->scenario[0] == '\0' && strstr(note->reason, ", rows: ") != NULL;
}

/* Variables that are left out of every scenario are told in one line; the report has them all. */
void scenario_print_notes(const stk_scenario_report *report)
{
    enum { SHOWN = 5 };
    stk_buffer list = {0};
    const char *file = "";
    size_t count = 0;
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (!is_of_all(note)) {
            continue;
        }
        if (count++ < SHOWN) {
            stk_buffer_printf(&list, "; '%s' (%s)", note->variable, note->reason);
        }
        file = note->file;
    }
    if (count > SHOWN) {
        stk_buffer_printf(&list, "; and %zu more", count - SHOWN);
    }
    if (count > 0 && !list.failed) {
        cli_say(false,
                "stocktake: %s: read: left out, unknown to the method or not taken by it: %s", file,
                list.data + 2);
    }
    stk_buffer_free(&list);
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        if (!is_of_all(stk_scenario_report_note(report, i))) {
            say_note(stk_scenario_report_note(report, i));
        }
    }
}

void scenario_note_inputs(const scenario_run *run)
{
    const char *method = query_value(run->q, "method");
    query_note_file(run->q, "scenarios", run->input);
    if (method != NULL && is_method_file(method)) {
        query_note_content(run->q, "method", method, stk_text_of(run->method_file));
    }
    query_note_file(run->q, "history", query_value(run->q, "history"));
    query_note_file(run->q, "library", query_value(run->q, "library"));
    query_note_file(run->q, "preindustrial", query_value(run->q, "preindustrial"));
}

stk_status scenario_document(const scenario_run *run, json_t **document, stk_error *error)
{
    char command[40];
    const char *history = query_value(run->q, "history");
    const char *library = query_value(run->q, "library");
    stk_print(command, sizeof command, "scenario %s", STK_CUT(run->q->operands[0], 20));
    scenario_note_inputs(run);
    stk_status status = query_note_edition(run->q, run->edition, NULL, error);
    if (status != STK_OK) {
        return status;
    }
    *document = query_document(run->q, command);
    document_add(
        *document,
        json_pack(
            "{s:{s:s,s:s},s:o,s:o,s:o}", "method", "name", stk_method_name(run->method), "version",
            stk_method_version(run->method), "input", document_text(run->input), "history",
            document_text(history == NULL ? stk_method_history(run->method) : history), "library",
            document_text(library == NULL ? stk_method_library(run->method) : library)));
    return json_object_size(*document) > 0 ? STK_OK : stk_error_memory(error);
}
