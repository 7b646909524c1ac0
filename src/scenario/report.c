/** @file report.c
 * @brief The list of what the stages left out.
 */
#include <stdlib.h>

#include <stocktake/scenario.h>

#include "base/arena.h"

struct stk_scenario_report {
    stk_arena arena;
    stk_scenario_note *notes;
    size_t count;
    size_t capacity;
};

stk_scenario_report *stk_scenario_report_new(void)
{
    return calloc(1, sizeof(stk_scenario_report));
}

void stk_scenario_report_free(stk_scenario_report *report)
{
    if (report != NULL) {
        stk_arena_free(&report->arena);
        free(report->notes);
        free(report);
    }
}

size_t stk_scenario_report_count(const stk_scenario_report *report)
{
    return report == NULL ? 0 : report->count;
}

const stk_scenario_note *stk_scenario_report_note(const stk_scenario_report *report, size_t index)
{
    return &report->notes[index];
}

static const char *keep(stk_scenario_report *report, const char *text)
{
    const char *copy = stk_arena_string(&report->arena, stk_text_of(text == NULL ? "" : text));
    return copy == NULL ? "" : copy;
}

void stk_scenario_report_add(stk_scenario_report *report, const stk_scenario_note *note)
{
    if (report == NULL) {
        return;
    }
    if (report->count == report->capacity) {
        size_t capacity = report->capacity == 0 ? 64 : 2 * report->capacity;
        stk_scenario_note *notes = realloc(report->notes, capacity * sizeof *notes);
        if (notes == NULL) {
            return; /* a note less is better than a run less */
        }
        report->notes = notes;
        report->capacity = capacity;
    }
    report->notes[report->count++] = (stk_scenario_note){
        keep(report, note->stage),    keep(report, note->model), keep(report, note->scenario),
        keep(report, note->variable), keep(report, note->file),  note->line,
        keep(report, note->reason),
    };
}
