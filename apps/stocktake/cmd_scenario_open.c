/** @file cmd_scenario_open.c
 * @brief What `stocktake scenario` opens, what it tells of its inputs and what it left out.
 */
#include "cmd_scenario.h"

#include <stdlib.h>
#include <string.h>

stk_status scenario_open(scenario_run *run, stk_error *error)
{
    scenario_inputs *in = &run->in;
    query *q = run->q;
    stk_status status;
    run->input = q->operands[1];
    in->method_name = query_value(q, "method");
    in->history_path = query_value(q, "history");
    in->library_path = query_value(q, "library");
    in->preindustrial_path = query_value(q, "preindustrial");
    in->report = stk_scenario_report_new();
    STK_TRY(stk_allocated(in->report, error));
    if (query_given(q, "strict")) {
        stk_scenario_report_strict(in->report);
    }
    STK_TRY(query_edition(q, &in->edition, error));
    STK_TRY(scenario_inputs_open_method(in, error));
    if (in->overrides.data != NULL) {
        query_note_content(q, "overrides", in->overrides_path, in->overrides);
    }
done:
    return status;
}

void scenario_close(scenario_run *run)
{
    scenario_inputs_free(&run->in);
    stk_edition_free(run->in.edition);
    stk_scenario_report_free(run->in.report);
}

stk_status scenario_check_unused(const scenario_run *run, const char *option, stk_error *error)
{
    return !query_given(run->q, option) || stk_method_scales(run->in.method)
               ? STK_OK
               : query_usage(run->q, error, "infilling by the method '%s' has no use for --%s",
                             stk_method_name(run->in.method), option);
}

stk_status scenario_open_library(scenario_run *run, stk_error *error)
{
    stk_status status = scenario_check_unused(run, "preindustrial", error);
    return status != STK_OK ? status : scenario_inputs_open_library(&run->in, error);
}

stk_stages scenario_stages(const scenario_run *run)
{
    const scenario_inputs *in = &run->in;
    return (stk_stages){in->method, in->history,  in->library,
                        in->report, run->threads, query_given(run->q, "strict")};
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
                whole ? "" : "'", STK_CUT(note->variable, 120), whole ? "" : "' is ", note->reason);
        return;
    }
    if (note->kind == STK_NOTE_WARNING) {
        cli_say(false, "stocktake: %s:%s %s: warning: model '%s', scenario '%s': %s", note->file,
                line, note->stage, STK_CUT(note->model, 80), STK_CUT(note->scenario, 80),
                note->reason);
        return;
    }
    cli_say(false, "stocktake: %s:%s %s: %s%s%smodel '%s', scenario '%s' is left out: %s",
            note->file, line, note->stage, whole ? "" : "'", STK_CUT(note->variable, 120),
            whole ? "" : "' of ", STK_CUT(note->model, 80), STK_CUT(note->scenario, 80),
            note->reason);
}

/* A variable that is left out of all scenarios: its rows are counted. */
static bool is_of_all(const stk_scenario_note *note)
{
    return note->scenario[0] == '\0' && strstr(note->reason, ", rows: ") != NULL;
}

static void write_of_all(const stk_scenario_note *note, stk_buffer *list)
{
    stk_buffer_printf(list, "; '%s' (%s)", STK_CUT(note->variable, 120), note->reason);
}

static bool is_infilled(const stk_scenario_note *note)
{
    return note->kind == STK_NOTE_INFILLED;
}

static void write_infilled(const stk_scenario_note *note, stk_buffer *list)
{
    stk_buffer_printf(list, "; '%s' of model '%s', scenario '%s'", STK_CUT(note->variable, 120),
                      STK_CUT(note->model, 80), STK_CUT(note->scenario, 80));
}

/* Notes of a sort in one line, the first `shown` of them; the report has them all. */
static void say_together(const stk_scenario_report *report, size_t shown,
                         bool (*is_meant)(const stk_scenario_note *),
                         void (*write)(const stk_scenario_note *, stk_buffer *), const char *what)
{
    stk_buffer list = {0};
    const char *file = "";
    size_t count = 0;
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (!is_meant(note)) {
            continue;
        }
        if (count++ < shown) {
            write(note, &list);
        }
        file = note->file;
    }
    if (count > shown) {
        stk_buffer_printf(&list, "; and %zu more", count - shown);
    }
    if (count > 0 && !list.failed) {
        cli_say(false, "stocktake: %s: %s: %s", file, what, list.data + 2);
    }
    stk_buffer_free(&list);
}

void scenario_print_notes(const stk_scenario_report *report)
{
    say_together(report, 5, is_of_all, write_of_all, "read: left out, unknown or not taken");
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (!is_of_all(note) && !is_infilled(note)) {
            say_note(note);
        }
    }
    say_together(report, 3, is_infilled, write_infilled,
                 "infill: infilled from the library, as nothing of it could be taken");
}

void scenario_note_inputs(const scenario_run *run)
{
    const scenario_inputs *in = &run->in;
    query_note_file(run->q, "scenarios", run->input);
    if (in->method_name != NULL && scenario_inputs_is_file(in->method_name)) {
        query_note_content(run->q, "method", in->method_name, in->method_text);
    }
    query_note_file(run->q, "history", in->history_path);
    query_note_file(run->q, "library", in->library_path);
    query_note_file(run->q, "preindustrial", in->preindustrial_path);
}

stk_status scenario_document(const scenario_run *run, json_t **document, stk_error *error)
{
    char command[40];
    const scenario_inputs *in = &run->in;
    const char *history = in->history_path;
    const char *library = in->library_path;
    stk_print(command, sizeof command, "scenario %s", STK_CUT(run->q->operands[0], 20));
    scenario_note_inputs(run);
    stk_status status = query_note_edition(run->q, in->edition, NULL, error);
    if (status != STK_OK) {
        return status;
    }
    *document = query_document(run->q, command);
    document_add(
        *document,
        json_pack(
            "{s:{s:s,s:s},s:o,s:o,s:o}", "method", "name", stk_method_name(in->method), "version",
            stk_method_version(in->method), "input", document_text(run->input), "history",
            document_text(history == NULL ? stk_method_history(in->method) : history), "library",
            document_text(library == NULL ? stk_method_library(in->method) : library)));
    return json_object_size(*document) > 0 ? STK_OK : stk_error_memory(error);
}
