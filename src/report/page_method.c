/** @file page_method.c
 * @brief Assumptions, methods, sources, and how to make the page again.
 */
#include <stdio.h>
#include <string.h>

#include "data/paths.h"
#include "report/page_parts.h"

const char *page_net_zero_words(stk_net_zero standing)
{
    switch (standing) {
    case STK_NET_ZERO_LAW:
        return "those in law";
    case STK_NET_ZERO_POLICY:
        return "those in law or policy documents";
    case STK_NET_ZERO_PLEDGE:
        return "those in law, policy documents or pledges";
    case STK_NET_ZERO_PROPOSED:
        return "all, proposals too";
    case STK_NET_ZERO_NONE:
        break;
    }
    return "none";
}

/* ---- assumptions ---- */

/* The first row of an assumption names it and what is assumed here, for all of its rows. */
static void effect_row(const stk_factorial *f, const stk_effect *e, bool first, stk_buffer *out)
{
    int here = stk_factorial_reference(f)->combination.choice[e->assumption];
    if (first) {
        page_group_start(out, stk_assumption_title(e->assumption),
                         stk_choice_words(e->assumption, here),
                         stk_assumption_choices(e->assumption) - 1);
    } else {
        stk_buffer_text(out, "<tr>");
    }
    page_cell(out, stk_choice_words(e->assumption, e->choice));
    page_change_cell(out, e->alone_gt, 2);
    page_change_cell(out, e->alone_k, 2);
    page_row_end(out);
}

static void effect_table(const page_content *s, stk_buffer *out)
{
    char level[40];
    char caption[400];
    size_t count;
    int shown = -1;
    const stk_effect *effects = stk_factorial_effects(s->factorial, &count);
    int year = stk_assessment_request(s->assessment)->year;
    stk_extension beyond = stk_assessment_request(s->assessment)->options.extension;
    stk_print(level, sizeof level, "#%d, Gt", year);
    stk_print(caption, sizeof caption,
              "What each other choice alone changes: the world's level of %d (Gt CO2e, AR6, with "
              "land use) and median warming in 2100. The base is the warming case of targets and "
              "net-zero aims: its pathways turn towards net zero after the last target, so that "
              "net-zero years move its level of %d%s",
              year, year, beyond == STK_EXTEND_NET_ZERO ? "" : ", but not that of the gap");
    const char *headings[] = {"Assumption", "Here", "Instead", level, "#2100, °C"};
    page_table_start(out, "assumption-table", caption, headings, 5);
    for (size_t i = 0; i < count; i++) {
        if (!effects[i].reference) {
            effect_row(s->factorial, &effects[i], shown != (int)effects[i].assumption, out);
            shown = (int)effects[i].assumption;
        }
    }
    page_table_end(out);
}

stk_status page_assumptions(const page_content *s, stk_buffer *out, stk_error *error)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    char beyond[200] = "In the levels, gaps and pathways above, net-zero years do not count.";
    char text[800];
    stk_status status = page_chart(s, CONTENT_ASSUMPTIONS, out, error);
    if (r->options.extension == STK_EXTEND_NET_ZERO) {
        stk_print(
            beyond, sizeof beyond,
            "Pathways to 2050 go straight from the last target to net-zero years as well, %s.",
            page_net_zero_words(r->options.net_zero));
    }
    stk_print(
        text, sizeof text,
        "Each of these is an option of the command; the page can be made again with any other "
        "choice. Net-zero years that count in pledges and targets: %s. %s The gap is measured "
        "to the median of %s: %s.",
        page_net_zero_words(content_net_zero_standing(s)), beyond,
        STK_BENCHMARK_TITLE(&r->benchmark), STK_CUT(r->benchmark.source, 120));
    page_paragraph(out, "", text);
    effect_table(s, out);
    page_section_end(out);
    return status;
}

/* ---- sources ---- */

static stk_status source_rows(stk_csv *csv, stk_buffer *out, stk_error *error)
{
    static const char *const names[] = {"content", "source", "version", "licence", "citation"};
    enum { NAMES = sizeof names / sizeof *names };
    int columns[NAMES];
    stk_status status = stk_csv_columns(csv, names, NAMES, columns, error);
    while (stk_csv_each(csv, &status, error)) {
        for (int i = 0; i < NAMES; i++) {
            char text[512];
            stk_text field = stk_csv_field(csv, columns[i]);
            stk_print(text, sizeof text, "%.*s", (int)field.size, field.data);
            (i == 0 ? page_row_start : page_cell)(out, text);
        }
        page_row_end(out);
    }
    return status;
}

static stk_status write_sources(const page_content *s, stk_buffer *out, stk_error *error)
{
    static const char *const headings[] = {"Data", "Source", "Version", "Licence", "Citation"};
    stk_arena arena = {0};
    stk_csv csv;
    page_table_start(out, "source-table", "The edition's data", headings, 5);
    stk_status status = stk_edition_csv(s->data->edition, STK_PATH_SOURCES, &arena, &csv, error);
    status = status != STK_OK ? status : source_rows(&csv, out, error);
    stk_arena_free(&arena);
    page_table_end(out);
    return status;
}

stk_status page_sources(const page_content *s, const char *command, stk_buffer *out,
                        stk_error *error)
{
    char checksum[STK_SHA256_SIZE];
    char text[200];
    stk_status status = stk_data_checksum(s->data, checksum, error);
    if (status != STK_OK) {
        return status;
    }
    page_section_start(out, "methods", "Methods, sources, and how to make this page again");
    page_paragraph(
        out, "",
        "Pledges are turned into levels of emissions by the formulas of each kind of target; "
        "pathways run from history through the targets and beyond; the world is their sum, with "
        "territories, aviation and shipping, and no Party twice. The gap is the world less the "
        "benchmark, in the benchmark's own greenhouse-gas metric and scope of land use. For "
        "warming, the world's total is split into gases by a library of scenarios, and 841 "
        "calibrated members of a climate model say how warm it gets. Each formula stands in the "
        "methods of the documentation.");
    page_code(out, command);
    stk_print(text, sizeof text, "stocktake %s, edition %s, SHA-256 of its data:", stk_version(),
              STK_CUT(stk_edition_name(s->data->edition), 60));
    page_paragraph(out, "muted", text);
    page_code(out, checksum);
    page_details_start(out, "Sources of the data");
    status = write_sources(s, out, error);
    page_details_end(out);
    page_section_end(out);
    return status;
}
