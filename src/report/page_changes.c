/** @file page_changes.c
 * @brief What came since an earlier date, and what it changed.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/report.h"

/* The words of a status that is none of a document. */
static const char *status_words(const char *status)
{
    static const char *const words[][2] = {{"net_zero", "net-zero aim"},
                                           {"leaves_joint", "leaves the joint document"},
                                           {"year", "targets of past years"},
                                           {"indc", "submitted as INDC"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(status, words[i][0]) == 0) {
            return words[i][1];
        }
    }
    return status;
}

/* Unconditional, against what held on the earlier date. */
static bool is_listed(const stk_change *c)
{
    return c->condition == STK_UNCONDITIONAL && c->counterfactual == STK_COUNTERFACTUAL_PREVIOUS;
}

/* Both with their signs, the smaller first; one where they read the same. */
static void change_cell(const stk_change *c, stk_buffer *out)
{
    char low[SVG_NUMBER_SIZE];
    char high[SVG_NUMBER_SIZE];
    svg_change(low, fmin(c->change_gt[0], c->change_gt[1]), 2);
    svg_change(high, fmax(c->change_gt[0], c->change_gt[1]), 2);
    stk_buffer_printf(out, "<td class=\"n\">%s%s%s</td>", low, strcmp(low, high) == 0 ? "" : " to ",
                      strcmp(low, high) == 0 ? "" : high);
}

static void effect_cell(const stk_change *c, stk_buffer *out)
{
    stk_buffer text = {0};
    stk_report_effect(c->share_of_gap_pct, &text);
    const char *effect = stk_buffer_pass(out, &text);
    page_cell(out, effect[0] == '\0' ? "–" : effect);
    stk_buffer_free(&text);
}

static void change_row(const stk_change *c, stk_buffer *out)
{
    page_row_start(out, c->name);
    change_cell(c, out);
    effect_cell(c, out);
    page_range_cell(out, c->before_mt[0], c->before_mt[1], 0);
    page_range_cell(out, c->after_mt[0], c->after_mt[1], 0);
    page_date_cell(out, c->submitted);
    page_cell(out, status_words(c->status));
    page_row_end(out);
}

static void change_table(const page_content *s, stk_buffer *out)
{
    static const char *const headings[] = {"Party",       "#Change, Gt", "Effect on the gap",
                                           "#Before, Mt", "#After, Mt",  "Day",
                                           "What came"};
    size_t count;
    const stk_change *changes = stk_assessment_changes(s->assessment, &count);
    char caption[320];
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    stk_print(caption, sizeof caption,
              "Changes in %d since %s; unconditional, without land use (%s). The effect on the gap "
              "is in per cent of the gap before, and counts as the benchmark counts, %s land use",
              r->year, s->since,
              stk_gwp_set_label(stk_inventory_gwp(s->data->inventory), r->options.gwp),
              r->benchmark.with_lulucf ? "with" : "without");
    page_table_start(out, "change-table", caption, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < count; i++) {
        if (is_listed(&changes[i]) && stk_report_is_listed(&changes[i])) {
            change_row(&changes[i], out);
        }
    }
    page_table_end(out);
}

/* What is not in the table of changes, said in a sentence. */
static void small_changes(const page_content *s, stk_buffer *out)
{
    size_t count;
    size_t shown = 0;
    size_t small = 0;
    char text[160];
    const stk_change *changes = stk_assessment_changes(s->assessment, &count);
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    for (size_t i = 0; i < count; i++) {
        shown += is_listed(&changes[i]) && stk_report_is_listed(&changes[i]) ? 1 : 0;
        small += is_listed(&changes[i]) && !stk_report_is_listed(&changes[i]) ? 1 : 0;
    }
    if (shown > 0) {
        stk_buffer raised = {0};
        change_table(s, out);
        stk_report_raised(s->assessment, " ", &raised);
        const char *words = stk_buffer_pass(out, &raised);
        if (words[0] != '\0') {
            page_paragraph(out, "muted", words);
        }
        stk_buffer_free(&raised);
    }
    if (small > 0) {
        stk_print(text, sizeof text, "%s%zu %s %d by less than 0.005 Gt.", shown > 0 ? "And " : "",
                  small, small == 1 ? "document or event changes" : "documents or events change",
                  r->year);
        page_paragraph(out, "muted", text);
    } else if (shown == 0) {
        stk_print(text, sizeof text, "Nothing since %s changes the level of %d.", s->since,
                  r->year);
        page_paragraph(out, "muted", text);
    }
}

/* ---- what came ---- */

static void arrival_years(const stk_arrival *a, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < a->year_count && used < size; i++) {
        used += (size_t)stk_print(out + used, size - used, i == 0 ? "%d" : ", %d", a->years[i]);
    }
}

static void arrival_row(const stk_arrival *a, stk_buffer *out)
{
    char years[96];
    char status[80];
    arrival_years(a, years, sizeof years);
    bool unnumbered = a->kind == STK_STEP_DOCUMENT && a->counts && !a->quantified;
    stk_print(status, sizeof status, "%s%s", status_words(a->status),
              !a->counts   ? ", does not count here"
              : unnumbered ? ", not in numbers"
                           : "");
    page_row_start(out, a->name);
    page_date_cell(out, a->date);
    page_cell(out, years[0] == '\0' ? "–" : years);
    page_cell(out, status);
    page_cell(out, a->title);
    page_row_end(out);
}

static void arrival_table(const page_content *s, const stk_arrival *arrivals, size_t count,
                          stk_buffer *out)
{
    static const char *const headings[] = {"Party", "Day", "Targets for", "What", "Name"};
    char caption[160];
    stk_print(caption, sizeof caption, "Everything that came after %s, to %s", s->since, s->as_of);
    page_details_start(out, "What came");
    page_table_start(out, "arrival-table", caption, headings, 5);
    for (size_t i = 0; i < count; i++) {
        arrival_row(&arrivals[i], out);
    }
    page_table_end(out);
    page_details_end(out);
}

/* In numbers, as `assess --since` lists it. */
static bool states_target(const stk_arrival *a, int year)
{
    for (int i = 0; i < a->year_count && a->quantified; i++) {
        if (a->years[i] == year) {
            return true;
        }
    }
    return false;
}

static void write_count(size_t documents, size_t speaking, size_t events, size_t idle,
                        const page_content *s, stk_buffer *out)
{
    char text[480];
    int year = stk_assessment_request(s->assessment)->year;
    size_t used = (size_t)stk_print(
        text, sizeof text,
        "%zu %s came between %s and %s, of which %zu %s a target for %d in numbers", documents,
        documents == 1 ? "document" : "documents", s->since, s->as_of, speaking,
        speaking == 1 ? "states" : "state", year);
    if (events > 0) {
        used += (size_t)stk_print(text + used, sizeof text - used, ", and %zu other %s", events,
                                  events == 1 ? "event" : "events");
    }
    if (idle > 0) {
        used += (size_t)stk_print(text + used, sizeof text - used,
                                  "; %zu %s not count with these options", idle,
                                  idle == 1 ? "announcement does" : "announcements do");
    }
    stk_print(text + used, sizeof text - used, ".");
    page_paragraph(out, "", text);
}

/* First what came, all of it; then what it changed. */
void page_changes(const page_content *s, stk_buffer *out)
{
    size_t count;
    size_t documents = 0;
    size_t speaking = 0;
    size_t idle = 0;
    const stk_arrival *arrivals = stk_assessment_arrivals(s->assessment, &count);
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    if (r->since == 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const stk_arrival *a = &arrivals[i];
        bool document = a->kind == STK_STEP_DOCUMENT && a->counts;
        documents += document ? 1 : 0;
        speaking += document && states_target(a, r->year) ? 1 : 0;
        idle += a->counts ? 0 : 1;
    }
    if (count == 0) {
        stk_buffer words = {0};
        stk_report_nothing_came(r->since, r->options.as_of.date,
                                stk_pledges_known_until(s->data->pledges), &words);
        page_paragraph(out, "", words.failed ? "" : words.data);
        out->failed = out->failed || words.failed;
        stk_buffer_free(&words);
        return;
    }
    stk_buffer before = {0};
    stk_report_before(s->assessment, " ", &before);
    page_paragraph(out, "", stk_buffer_pass(out, &before));
    stk_buffer_free(&before);
    write_count(documents, speaking, count - documents - idle, idle, s, out);
    arrival_table(s, arrivals, count, out);
    small_changes(s, out);
}
