/** @file notes.c
 * @brief Sorting and passing on what was left out.
 */
#include "workflow/notes.h"

#include <stdlib.h>
#include <string.h>

static const char *const stages[] = {"read", "check", "harmonise", "library", "infill", "climate"};

enum { STAGES = sizeof stages / sizeof *stages, TEXTS = 6 };

/* ---- order ---- */

typedef struct placed_note {
    size_t stage;
    size_t scenario;
    size_t index;
} placed_note;

static size_t stage_of(const char *name)
{
    size_t s = 0;
    while (s < STAGES && strcmp(stages[s], name) != 0) {
        s++;
    }
    return s;
}

static int compare(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_notes(const void *x, const void *y)
{
    const placed_note *a = x;
    const placed_note *b = y;
    int order = compare(a->stage, b->stage);
    order = order != 0 ? order : compare(a->scenario, b->scenario);
    return order != 0 ? order : compare(a->index, b->index);
}

stk_status stk_notes_sort(stk_scenario_report **report, const stk_intake *intake, stk_error *error)
{
    size_t count = stk_scenario_report_count(*report);
    placed_note *placed = calloc(count + 1, sizeof *placed);
    stk_scenario_report *sorted = stk_scenario_report_new();
    if (placed == NULL || sorted == NULL) {
        free(placed);
        stk_scenario_report_free(sorted);
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        const stk_scenario_note *note = stk_scenario_report_note(*report, i);
        placed[i] = (placed_note){stage_of(note->stage), 0, i};
        if (intake != NULL) {
            placed[i].scenario = stk_intake_number(intake, note->model, note->scenario);
        }
    }
    qsort(placed, count, sizeof *placed, compare_notes);
    for (size_t i = 0; i < count; i++) {
        stk_scenario_report_add(sorted, stk_scenario_report_note(*report, placed[i].index));
    }
    free(placed);
    stk_scenario_report_free(*report);
    *report = sorted;
    return STK_OK;
}

void stk_notes_copy(const stk_scenario_report *from, stk_scenario_report *to)
{
    for (size_t i = 0; i < stk_scenario_report_count(from); i++) {
        stk_scenario_report_add(to, stk_scenario_report_note(from, i));
    }
}

void stk_notes_warnings(const stk_scenario_report *report, const char *model, const char *scenario,
                        stk_buffer *out)
{
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        if (note->kind == STK_NOTE_WARNING && strcmp(note->scenario, scenario) == 0 &&
            strcmp(note->model, model) == 0) {
            stk_buffer_printf(out, "%s%s", out->size > 0 ? "; " : "", note->reason);
        }
    }
}

/* ---- bytes: the line, the kind, then six texts, each terminated ---- */

static const char kinds[] = "-wi"; /* of ::stk_note_kind */

void stk_notes_write(const stk_scenario_report *report, stk_buffer *out)
{
    for (size_t i = 0; i < stk_scenario_report_count(report); i++) {
        const stk_scenario_note *note = stk_scenario_report_note(report, i);
        const char *texts[TEXTS] = {note->stage,    note->model, note->scenario,
                                    note->variable, note->file,  note->reason};
        stk_buffer_append(out, (stk_text){(const char *)&note->line, sizeof note->line});
        stk_buffer_append(out, (stk_text){&kinds[note->kind], 1});
        for (size_t t = 0; t < TEXTS; t++) {
            stk_buffer_append(out, (stk_text){texts[t], strlen(texts[t]) + 1});
        }
    }
}

bool stk_notes_read(stk_text notes, stk_scenario_report *report)
{
    while (notes.size > 0) {
        long line;
        const char *texts[TEXTS];
        if (notes.size < sizeof line + 1) {
            return false;
        }
        memcpy(&line, notes.data, sizeof line);
        const char *kind = memchr(kinds, notes.data[sizeof line], sizeof kinds - 1);
        if (kind == NULL) {
            return false;
        }
        notes = (stk_text){notes.data + sizeof line + 1, notes.size - sizeof line - 1};
        for (size_t t = 0; t < TEXTS; t++) {
            const char *end = memchr(notes.data, '\0', notes.size);
            if (end == NULL) {
                return false;
            }
            texts[t] = notes.data;
            notes.size -= (size_t)(end + 1 - notes.data);
            notes.data = end + 1;
        }
        stk_scenario_note note = {texts[0], texts[1], texts[2], texts[3],
                                  texts[4], line,     texts[5], (stk_note_kind)(kind - kinds)};
        stk_scenario_report_add(report, &note);
    }
    return true;
}
