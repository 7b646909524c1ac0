/** @file page_method.c
 * @brief Assumptions, methods, sources, and how to make the page again.
 */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "report/page_parts.h"

/* What was assumed, in words; the order of the enumerations. */
static const char *const sinks_words[] = {"emissions and land use are cut together",
                                          "sinks are added as they are"};
static const char *const source_words[] = {"cut first", "held", "cut alike"};
static const char *const extension_words[] = {
    "straight to the net-zero year, else at the yearly rate between the last two points",
    "at the yearly rate between the last two points", "at a constant level",
    "at a constant share below the baseline", "at the yearly rate that the document implies"};

static const char *net_zero_words(stk_net_zero standing)
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

static void assumption(stk_buffer *out, const char *what, const char *words)
{
    page_row_start(out, what);
    page_cell(out, words);
    page_row_end(out);
}

void page_assumptions(const story *s, stk_buffer *out)
{
    static const char *const headings[] = {"Assumption", "Here"};
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_options *o = &r->options;
    page_section_start(out, "assumptions", "What is assumed");
    page_paragraph(out, "",
                   "Each of these is an option of the command; the page can be made again with any "
                   "other choice.");
    page_table_start(out, "assumption-table", "The choices behind the figures of this page",
                     headings, 2);
    assumption(out, "Documents known on", s->as_of);
    assumption(out, "Announcements and drafts",
               o->as_of.include_announced ? "count" : "do not count");
    assumption(out, "Parties outside the Agreement",
               o->as_of.ignore_withdrawal ? "their targets count" : "their targets are suspended");
    assumption(out, "Targets that count land use", sinks_words[o->sinks]);
    assumption(out, "Land use that is a source", source_words[o->lulucf_source]);
    assumption(out, "Levels above a Party's baseline (hot air)",
               o->cap_hot_air ? "capped at the baseline" : "kept");
    assumption(out, "Beyond the last target", extension_words[o->extension]);
    assumption(out, "Net-zero years that count before 2050", net_zero_words(o->net_zero));
    assumption(out, "Benchmark", r->benchmark.source);
    page_table_end(out);
    page_section_end(out);
}

/* ---- sources ---- */

static stk_status source_rows(stk_csv *csv, stk_buffer *out, stk_error *error)
{
    static const char *const names[] = {"content", "source", "version", "licence", "citation"};
    int columns[5];
    bool more = true;
    char text[512];
    stk_status status = STK_OK;
    for (int i = 0; i < 5 && status == STK_OK; i++) {
        status = stk_csv_require(csv, names[i], &columns[i], error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(csv, &more, error);
        for (int i = 0; i < 5 && status == STK_OK && more; i++) {
            stk_text field = stk_csv_field(csv, columns[i]);
            snprintf(text, sizeof text, "%.*s", (int)(field.size < 500 ? field.size : 500),
                     field.data);
            if (i == 0) {
                page_row_start(out, text);
            } else {
                page_cell(out, text);
            }
        }
        if (status == STK_OK && more) {
            page_row_end(out);
        }
    }
    return status;
}

static stk_status write_sources(const story *s, stk_buffer *out, stk_error *error)
{
    static const char path[] = "sources.csv";
    static const char *const headings[] = {"Data", "Source", "Version", "Licence", "Citation"};
    stk_arena arena = {0};
    stk_csv csv;
    stk_source source = {stk_edition_source_name(s->data->edition, path), {NULL, 0}};
    page_table_start(out, "source-table", "The edition's data", headings, 5);
    stk_status status = stk_edition_read(s->data->edition, path, &source.content, error);
    status = status != STK_OK ? status : stk_csv_open(&csv, source, &arena, error);
    status = status != STK_OK ? status : source_rows(&csv, out, error);
    stk_arena_free(&arena);
    page_table_end(out);
    return status;
}

stk_status page_sources(const story *s, const char *command, stk_buffer *out, stk_error *error)
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
    stk_buffer_text(out, "<pre><code>");
    svg_escape(out, command);
    stk_buffer_text(out, "</code></pre>\n");
    snprintf(text, sizeof text, "stocktake %s, edition %.60s, SHA-256 of its data:", stk_version(),
             stk_edition_name(s->data->edition));
    page_paragraph(out, "muted", text);
    stk_buffer_printf(out, "<pre><code>%s</code></pre>\n", checksum);
    page_details_start(out, "Sources of the data");
    status = write_sources(s, out, error);
    page_details_end(out);
    page_section_end(out);
    return status;
}
