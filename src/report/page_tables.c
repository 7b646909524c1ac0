/** @file page_tables.c
 * @brief The numbers behind the charts: gap, warming, changes, coverage.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"

void page_gap_numbers(const story *s, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    static const char *const headings[] = {"Pledges",    "Reading",        "Hot air",
                                           "#World, Gt", "#Benchmark, Gt", "#Gap, Gt"};
    char caption[200];
    char title[STK_BENCHMARK_TITLE_SIZE];
    stk_benchmark_title(&r->benchmark, title);
    snprintf(caption, sizeof caption, "Gap in %d to %s, Gt CO2e, %s land use", r->year, title,
             r->benchmark.with_lulucf ? "with" : "without");
    page_details_start(out, "The numbers");
    page_table_start(out, "gap-table", caption, headings, 6);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        const stk_gap *gap = &stk_assessment_gaps(s->assessment)[i];
        page_row_start(out, stk_condition_name(gap->condition));
        page_cell(out, gap->ambition == STK_LOW ? "weakest" : "strongest");
        page_cell(out, gap->hot_air_capped ? "capped" : "kept");
        page_number_cell(out, gap->world_gt, 1);
        page_number_cell(out, r->benchmark.median_gt, 1);
        page_number_cell(out, gap->gap_gt, 1);
        page_row_end(out);
    }
    page_table_end(out);
    page_details_end(out);
}

/* A share as a bar and a number. */
static void share_cell(stk_buffer *out, double share)
{
    char text[SVG_NUMBER_SIZE];
    stk_buffer_text(out, "<td class=\"n\"><span class=\"bar\" style=\"width:");
    svg_number(out, 50 * share);
    stk_buffer_printf(out, "px\"></span>%s&nbsp;%%</td>", svg_decimal(text, 100 * share, 0));
}

void page_warming_table(const story *s, stk_buffer *out)
{
    static const char *const headings[] = {"Case",         "#2100, °C",        "#5–95 %",
                                           "#Highest, °C", "#Stays below 1.5", "#below 2",
                                           "#below 3",     "Category"};
    size_t count;
    const stk_warming_case *cases = stk_assessment_warming(s->assessment, &count);
    page_table_start(
        out, "warming-table",
        "Warming above 1850–1900: medians, and the chance to stay below a threshold at "
        "all times to 2100. Targets only: no net-zero aim counts. Pledges and targets: those that "
        "count are kept too. Optimistic: every announcement, conditions met, strongest reading; "
        "the others: unconditional, weakest reading.",
        headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < count; i++) {
        const stk_outlook *o = &cases[i].outlook;
        page_row_start(out, stk_case_title(cases[i].kind));
        page_number_cell(out, o->last_k[STK_WARMING_MEDIAN], 2);
        page_range_cell(out, o->last_k[0], o->last_k[STK_WARMING_PERCENTILES - 1], 1);
        page_number_cell(out, o->peak_k[STK_WARMING_MEDIAN], 2);
        share_cell(out, 1 - o->p_exceed[STK_WARMING_1_5]);
        share_cell(out, 1 - o->p_exceed[STK_WARMING_2]);
        share_cell(out, 1 - o->p_exceed[STK_WARMING_3]);
        page_cell(out, o->category);
        page_row_end(out);
    }
    page_table_end(out);
}

/* Unconditional, against what held on the earlier date. */
static bool is_listed(const stk_change *c)
{
    return c->condition == STK_UNCONDITIONAL && c->counterfactual == STK_COUNTERFACTUAL_PREVIOUS;
}

/* A change that reads as 0.00 is none. */
static bool is_shown(const stk_change *c)
{
    return fabs(c->change_gt[STK_LOW]) >= 0.005 || fabs(c->change_gt[STK_HIGH]) >= 0.005;
}

static void change_row(const stk_change *c, stk_buffer *out)
{
    page_row_start(out, c->name);
    page_range_cell(out, c->change_gt[0], c->change_gt[1], 2);
    page_range_cell(out, c->share_of_gap_pct[0], c->share_of_gap_pct[1], 1);
    page_range_cell(out, c->before_mt[0], c->before_mt[1], 0);
    page_range_cell(out, c->after_mt[0], c->after_mt[1], 0);
    page_date_cell(out, c->submitted);
    page_cell(out, c->status);
    page_row_end(out);
}

static void change_table(const story *s, stk_buffer *out)
{
    static const char *const headings[] = {"Party",       "#Change, Gt", "#Closes, % of gap",
                                           "#Before, Mt", "#After, Mt",  "Document",
                                           "Status"};
    size_t count;
    const stk_change *changes = stk_assessment_changes(s->assessment, &count);
    char caption[320];
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    snprintf(caption, sizeof caption,
             "Changes in %d since %s; unconditional, without land use (%s). What a change closes "
             "counts as the benchmark counts, %s land use; what is negative opens the gap",
             r->year, s->since,
             stk_gwp_set_label(stk_inventory_gwp(s->data->inventory), r->options.gwp),
             r->benchmark.with_lulucf ? "with" : "without");
    page_table_start(out, "change-table", caption, headings, sizeof headings / sizeof *headings);
    for (size_t i = 0; i < count; i++) {
        if (is_listed(&changes[i]) && is_shown(&changes[i])) {
            change_row(&changes[i], out);
        }
    }
    page_table_end(out);
}

void page_changes(const story *s, stk_buffer *out)
{
    size_t count;
    size_t shown = 0;
    size_t small = 0;
    char text[160];
    const stk_change *changes = stk_assessment_changes(s->assessment, &count);
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    if (r->since == 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        shown += is_listed(&changes[i]) && is_shown(&changes[i]) ? 1 : 0;
        small += is_listed(&changes[i]) && !is_shown(&changes[i]) ? 1 : 0;
    }
    if (shown > 0) {
        change_table(s, out);
    }
    if (small > 0) {
        snprintf(text, sizeof text, "%s %zu %s less than 0.005 Gt in %d.",
                 shown > 0 ? "And" : "Only", small, small == 1 ? "change of" : "changes of",
                 r->year);
        page_paragraph(out, "muted", text);
    } else if (shown == 0) {
        snprintf(text, sizeof text, "Nothing since %s changes the level of %d.", s->since, r->year);
        page_paragraph(out, "muted", text);
    }
}

void page_coverage(const story *s, stk_buffer *out)
{
    static const char *const headings[] = {"Mark", "Meaning", "#% of world emissions"};
    static const char *const meanings[STK_CONFIDENCE_MARKS] = {
        "read from the document or a database built on it",
        "the same, corrected by hand",
        "a named page or a lesser database",
        "a news article",
        "unverified",
        "document known, target not extracted"};
    const stk_coverage *c = stk_assessment_coverage(s->assessment);
    char text[280];
    char share[SVG_NUMBER_SIZE];
    char suspended[SVG_NUMBER_SIZE];
    page_section_start(out, "coverage", "Who is covered, and how sure the data is");
    int length = snprintf(
        text, sizeof text,
        "%d of %d Parties have a target in numbers that reaches %d; they emit %s %% of the world's "
        "total. ",
        c->parties_with_target, c->parties, stk_assessment_request(s->assessment)->year,
        svg_decimal(share, c->covered_pct, 0));
    if (c->parties_suspended > 0) {
        snprintf(text + length, sizeof text - (size_t)length,
                 "Outside the Agreement on this date: %d, with %s %% of the total.",
                 c->parties_suspended, svg_decimal(suspended, c->suspended_pct, 0));
    }
    page_paragraph(out, "", text);
    page_table_start(out, "coverage-table", "Targets by how sure the data is of them", headings, 3);
    for (int i = 0; i < STK_CONFIDENCE_MARKS; i++) {
        if (c->by_confidence_pct[i] >= 0.05) {
            page_row_start(out, stk_confidence_mark(i));
            page_cell(out, meanings[i]);
            page_number_cell(out, c->by_confidence_pct[i], 1);
            page_row_end(out);
        }
    }
    page_table_end(out);
    page_section_end(out);
}
