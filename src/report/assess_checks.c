/** @file assess_checks.c
 * @brief The levels that look wrong, by name.
 */
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "report/report.h"

enum { NAMED = 8 };

/* Add one entry, on a new line where it does not fit. */
static void add_entry(const char *entry, const char *after, size_t width, size_t *used,
                      stk_buffer *buffer)
{
    size_t size = stk_text_width(stk_text_of(entry)) + strlen(after);
    bool wraps = width > 0 && *used + 1 + size > width;
    stk_buffer_printf(buffer, "%s%s%s", wraps ? "\n  " : " ", entry, after);
    *used = wraps ? 2 + size : *used + 1 + size;
}

void stk_report_checks(const stk_checked_level *checks, size_t count, bool words, size_t width,
                       stk_buffer *buffer)
{
    char entry[256];
    if (count == 0) {
        return;
    }
    snprintf(entry, sizeof entry, "%zu level%s wrong:", count, count == 1 ? " looks" : "s look");
    stk_buffer_text(buffer, entry);
    size_t used = strlen(entry);
    size_t named = count < NAMED ? count : NAMED;
    for (size_t i = 0; i < named; i++) {
        const stk_checked_level *c = &checks[i];
        snprintf(entry, sizeof entry, words ? "%.80s (%s)" : "%.80s", c->name, c->words);
        add_entry(entry, i + 1 < named ? "," : "", width, &used, buffer);
    }
    if (count > named) {
        snprintf(entry, sizeof entry, "and %zu more", count - named);
        add_entry(entry, "", width, &used, buffer);
    }
}

void stk_report_party_checks(const stk_national *national, stk_buffer *buffer)
{
    bool first = true;
    for (int i = 0; i < STK_CONDITIONS * national->target_count; i++) {
        stk_checked_level level;
        stk_checked_level other;
        const stk_actor_target *target = &national->targets[i / STK_CONDITIONS];
        stk_condition condition = (stk_condition)(i % STK_CONDITIONS);
        if (!stk_check_level(national, target, condition, &level)) {
            continue;
        }
        bool more = condition != stk_target_condition(target); /* than the first level has said */
        if (more && stk_check_level(national, target, stk_target_condition(target), &other) &&
            strcmp(level.words, other.words) == 0) {
            continue;
        }
        stk_buffer_printf(buffer, "%s%d%s (%s)", first ? "" : ", ", level.year,
                          more ? " if conditions are met" : "", level.words);
        first = false;
    }
}

json_t *stk_report_checks_json(const stk_checked_level *checks, size_t count)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        const stk_checked_level *c = &checks[i];
        json_array_append_new(
            rows,
            json_pack("{s:s, s:s, s:i, s:s, s:s, s:o, s:o, s:b, s:s, s:s, s:o}", "iso3", c->iso3,
                      "name", c->name, "target_year", c->year, "condition",
                      stk_condition_name(c->condition), "ambition", stk_ambition_name(c->ambition),
                      "level_mt", document_number(c->level_mt), "baseline_mt",
                      document_number(c->baseline_mt), "refused", (int)c->refused, "check",
                      c->words, "confidence", c->mark, "method", document_text(c->method)));
    }
    return rows;
}
