/** @file scenario_left_out.c
 * @brief What all ranks left out, as one list: by stage, then in the order of scenarios.
 */
#include "scenario_assessment.h"

#include <stdlib.h>
#include <string.h>

/* The stages in their order. Every rank has read the same library; the first one tells. */
static const char *const stages[] = {"read", "check", "harmonise", "library", "infill", "climate"};
enum { STAGES = sizeof stages / sizeof *stages, LIBRARY = 3, TEXTS = 6 };

/* A note as it is sent: this, then six texts, each terminated. */
typedef struct note_head {
    uint64_t stage;
    uint64_t scenario;
    int64_t line;
    uint64_t size; /* of the texts */
} note_head;

typedef struct placed_note {
    note_head head;
    const char *texts;
} placed_note;

static uint64_t stage_of(const char *name)
{
    uint64_t s = 0;
    while (s < STAGES && strcmp(stages[s], name) != 0) {
        s++;
    }
    return s;
}

static void write_note(const assessment *a, const stk_scenario_note *note, stk_buffer *out)
{
    const char *texts[TEXTS] = {note->stage,    note->model, note->scenario,
                                note->variable, note->file,  note->reason};
    note_head head = {stage_of(note->stage), 0, note->line, 0};
    if (head.stage == LIBRARY && ranks_own(a->ranks) != 0) {
        return;
    }
    if (head.stage != LIBRARY) {
        head.scenario = share_number(&a->share, note->model, note->scenario);
    }
    for (size_t i = 0; i < TEXTS; i++) {
        head.size += strlen(texts[i]) + 1;
    }
    stk_buffer_append(out, (stk_text){(const char *)&head, sizeof head});
    for (size_t i = 0; i < TEXTS; i++) {
        stk_buffer_append(out, (stk_text){texts[i], strlen(texts[i]) + 1});
    }
}

static int compare_notes(const void *x, const void *y)
{
    const placed_note *a = x;
    const placed_note *b = y;
    int order = (a->head.stage > b->head.stage) - (a->head.stage < b->head.stage);
    order = order != 0
                ? order
                : (a->head.scenario > b->head.scenario) - (a->head.scenario < b->head.scenario);
    return order != 0 ? order : (a->texts > b->texts) - (a->texts < b->texts);
}

static void add_note(stk_scenario_report *report, const placed_note *placed)
{
    const char *texts[TEXTS];
    const char *at = placed->texts;
    for (size_t i = 0; i < TEXTS; i++) {
        texts[i] = at;
        at += strlen(at) + 1;
    }
    stk_scenario_note note = {
        texts[0], texts[1], texts[2], texts[3], texts[4], (long)placed->head.line, texts[5]};
    stk_scenario_report_add(report, &note);
}

/* The gathered notes, sorted, instead of those that this rank has. */
static stk_status replace_notes(assessment *a, const stk_buffer *all, stk_error *error)
{
    size_t count = 0;
    size_t capacity = 0;
    placed_note *notes = NULL;
    for (size_t at = 0; at < all->size;) {
        if (count == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            placed_note *larger = realloc(notes, capacity * sizeof *notes);
            if (larger == NULL) {
                free(notes);
                return stk_error_set(error, STK_EMEM, "out of memory");
            }
            notes = larger;
        }
        memcpy(&notes[count].head, all->data + at, sizeof notes[count].head);
        notes[count].texts = all->data + at + sizeof notes[count].head;
        at += sizeof notes[count].head + notes[count].head.size;
        count++;
    }
    if (count > 1) {
        qsort(notes, count, sizeof *notes, compare_notes);
    }
    stk_scenario_report_free(a->run->report);
    a->run->report = stk_scenario_report_new();
    for (size_t i = 0; i < count; i++) {
        add_note(a->run->report, &notes[i]);
    }
    free(notes);
    return STK_OK;
}

stk_status scenario_gather_notes(assessment *a, stk_error *error)
{
    stk_buffer own = {0};
    stk_buffer all = {0};
    for (size_t i = 0; i < stk_scenario_report_count(a->run->report); i++) {
        write_note(a, stk_scenario_report_note(a->run->report, i), &own);
    }
    stk_status status = ranks_agree(a->ranks, stk_buffer_status(&own, error), error);
    if (status == STK_OK) {
        ranks_gather(a->ranks, own.data, own.size, &all);
        status = stk_buffer_status(&all, error);
        status = status != STK_OK ? status : replace_notes(a, &all, error);
        status = ranks_agree(a->ranks, status, error);
    }
    stk_buffer_free(&own);
    stk_buffer_free(&all);
    return status;
}
