/** @file page_tables.c
 * @brief The numbers behind the charts: gap, warming, changes, coverage.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/report.h"

static void gap_table(const char *id, int year, const stk_benchmark *b,
                      const stk_gap gaps[STK_GAP_CASES], stk_buffer *out)
{
    static const char *const headings[] = {"Pledges",    "Reading",        "Hot air",
                                           "#World, Gt", "#Benchmark, Gt", "#Gap, Gt"};
    char caption[200];
    stk_print(caption, sizeof caption, "Gap in %d to %s, Gt CO2e, %s land use", year,
              STK_BENCHMARK_TITLE(b), b->with_lulucf ? "with" : "without");
    page_table_start(out, id, caption, headings, 6);
    for (int i = 0; i < STK_GAP_CASES; i++) {
        const stk_gap *gap = &gaps[i];
        page_row_start(out, stk_condition_name(gap->condition));
        page_cell(out, gap->ambition == STK_LOW ? "weakest" : "strongest");
        page_cell(out, gap->hot_air_capped ? "capped" : "kept");
        page_number_cell(out, gap->world_gt, 1);
        page_number_cell(out, b->median_gt, 1);
        page_number_cell(out, gap->gap_gt, 1);
        page_row_end(out);
    }
    page_table_end(out);
}

void page_gap_numbers(const page_content *s, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_other_year *other = stk_assessment_other_year(s->assessment);
    page_details_start(out, "The numbers");
    gap_table("gap-table", r->year, &r->benchmark, stk_assessment_gaps(s->assessment), out);
    if (other != NULL) {
        gap_table("other-gap-table", other->year, &r->other_benchmark, other->gaps, out);
    }
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

void page_warming_table(const page_content *s, stk_buffer *out)
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

void page_coverage(const page_content *s, stk_buffer *out)
{
    static const char *const headings[] = {"Mark", "Meaning", "#% of world emissions"};
    const stk_coverage *c = stk_assessment_coverage(s->assessment);
    char text[280];
    char share[SVG_NUMBER_SIZE];
    char suspended[SVG_NUMBER_SIZE];
    page_section_start(out, "coverage", "Who is covered, and how sure the data is");
    int length = stk_print(
        text, sizeof text,
        "%d of %d Parties have a target in numbers for %d or later; they emit %s %% of the world's "
        "total. ",
        c->parties_with_target, c->parties, stk_assessment_request(s->assessment)->year,
        svg_decimal(share, c->covered_pct, 0));
    if (c->parties_suspended > 0) {
        stk_print(text + length, sizeof text - (size_t)length,
                  "Outside the Agreement on this date: %d, with %s %% of the total.",
                  c->parties_suspended, svg_decimal(suspended, c->suspended_pct, 0));
    }
    page_paragraph(out, "", text);
    page_table_start(out, "coverage-table", "Targets by how sure the data is of them", headings, 3);
    for (int i = 0; i < STK_CONFIDENCE_MARKS; i++) {
        if (c->by_confidence_pct[i] >= 0.05) {
            page_row_start(out, stk_confidence_mark(i));
            page_cell(out, stk_report_mark_meaning(i));
            page_number_cell(out, c->by_confidence_pct[i], 1);
            page_row_end(out);
        }
    }
    page_table_end(out);
    page_section_end(out);
}
