/** @file page.c
 * @brief The page from its first line to its last.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/report.h"

static void figure(stk_buffer *out, const char *term, const char *value, const char *note)
{
    stk_buffer_text(out, "<div><dt>");
    page_text(out, term);
    stk_buffer_text(out, "</dt><dd>");
    page_text(out, value);
    stk_buffer_text(out, "</dd><dd>");
    page_text(out, note);
    stk_buffer_text(out, "</dd></div>\n");
}

/* One case, with its own chances. */
static void warming_figure(const page_content *s, stk_case kind, const char *term, stk_buffer *out)
{
    const stk_warming_case *c = content_warming(s, kind);
    char number[SVG_NUMBER_SIZE];
    char range[SVG_NUMBER_SIZE];
    char chance[SVG_NUMBER_SIZE];
    char text[80];
    char note[160];
    if (c == NULL) {
        return;
    }
    const stk_outlook *o = &c->outlook;
    stk_print(text, sizeof text, "%s °C", svg_decimal(number, o->last_k[STK_WARMING_MEDIAN], 1));
    stk_print(note, sizeof note, "5–95 %%: %s °C. Chance to stay below 2 °C: %s %%, 1.5 °C: %s %%",
              svg_range(range, o->last_k[0], o->last_k[STK_WARMING_PERCENTILES - 1], 1),
              svg_decimal(chance, 100 * (1 - o->p_exceed[STK_WARMING_2]), 0),
              svg_decimal(number, 100 * (1 - o->p_exceed[STK_WARMING_1_5]), 0));
    figure(out, term, text, note);
}

/* Level and gap of a year, unconditional, from the strongest to the weakest reading. */
static void year_figures(int year, const stk_benchmark *b, const stk_gap *low, stk_buffer *out)
{
    const stk_gap *high = low + STK_HIGH;
    char number[SVG_NUMBER_SIZE];
    char term[STK_BENCHMARK_TITLE_SIZE + 40];
    char text[80];
    char note[120];
    stk_print(term, sizeof term, "World in %d as pledged", year);
    stk_print(text, sizeof text, "%s Gt", svg_range(number, low->world_gt, high->world_gt, 1));
    stk_print(note, sizeof note, "CO2e, %s land use; unconditional",
              b->with_lulucf ? "with" : "without");
    figure(out, term, text, note);
    stk_print(term, sizeof term, "Gap in %d to %s", year, STK_BENCHMARK_TITLE(b));
    stk_print(text, sizeof text, "%s Gt", svg_range(number, low->gap_gt, high->gap_gt, 1));
    stk_print(note, sizeof note, "their median: %s Gt; unconditional",
              svg_decimal(number, b->median_gt, 1));
    figure(out, term, text, note);
}

static void write_figures(const page_content *s, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_other_year *other = stk_assessment_other_year(s->assessment);
    stk_buffer_text(out, "<dl class=\"figures\">\n");
    warming_figure(s, STK_CASE_TARGETS_ONLY, "Warming in 2100 if the targets are kept", out);
    if (content_net_zero_standing(s) != STK_NET_ZERO_NONE) {
        warming_figure(s, STK_CASE_PLEDGES_AND_TARGETS,
                       "Warming in 2100 if net-zero aims are kept too", out);
    }
    year_figures(r->year, &r->benchmark, content_gap(s, STK_LOW), out);
    if (other != NULL) {
        year_figures(other->year, &r->other_benchmark, content_first_gap(s, other->gaps), out);
    }
    stk_buffer_text(out, "</dl>\n");
}

/* Level and distance of a year, unconditional, from the strongest to the weakest reading. */
static void year_sentence(const stk_gap *low, const char *land, char *out, size_t size)
{
    char world[SVG_NUMBER_SIZE];
    char distance[SVG_NUMBER_SIZE];
    stk_print(out, size, "%s Gt CO2e %s land use. That is %s Gt %s",
              svg_range(world, low[STK_LOW].world_gt, low[STK_HIGH].world_gt, 1), land,
              svg_size_range(distance, low[STK_LOW].gap_gt, low[STK_HIGH].gap_gt, 1),
              low->gap_gt > 0 ? "above" : "below");
}

static void write_lead(const page_content *s, bool warming, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_other_year *other = stk_assessment_other_year(s->assessment);
    char year[160];
    char text[800];
    const char *land = r->benchmark.with_lulucf ? "with" : "without";
    year_sentence(content_gap(s, STK_LOW), land, year, sizeof year);
    size_t used = (size_t)stk_print(
        text, sizeof text, "%sIn %d unconditional pledges lead to %s the median of %s.",
        warming ? "That is the median warming in 2100, above 1850–1900. " : "", r->year, year,
        STK_BENCHMARK_TITLE(&r->benchmark));
    if (other != NULL) {
        year_sentence(content_first_gap(s, other->gaps), land, year, sizeof year);
        stk_print(text + used, sizeof text - used,
                  " In %d they lead to %s the median of that year.", other->year, year);
    }
    page_paragraph(out, "lead", text);
    int last = stk_baseline_history_last(s->data->baseline);
    if (stk_date_year(r->options.as_of.date) <= last) { /* years that nobody knew on that day */
        stk_print(
            text, sizeof text,
            "The date decides which pledges count. Emissions of the past are today's data, to "
            "%d, whatever the date.",
            last);
        page_paragraph(out, "muted", text);
    }
}

static void write_headline(const page_content *s, stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    stk_buffer kicker = {0};
    char headline[180] = "What the world's climate pledges add up to";
    stk_buffer_printf(&kicker, "stocktake · the world's climate pledges as of %s%s", s->as_of,
                      r->options.as_of.include_announced ? ", announcements counted" : "");
    stk_report_known_clause(stk_pledges_known_until(s->data->pledges), r->options.as_of.date,
                            &kicker);
    stk_buffer_text(out, "<header>\n");
    page_paragraph(out, "kicker", stk_buffer_pass(out, &kicker));
    stk_buffer_free(&kicker);
    stk_buffer_text(out, "<h1>");
    bool warming = content_write_headline(s, headline, sizeof headline);
    page_text(out, headline);
    stk_buffer_text(out, "</h1>\n");
    write_lead(s, warming, out);
    write_figures(s, out);
}

static void write_navigation(const page_content *s, stk_buffer *out)
{
    static const char *const links[][2] = {{"gap", "Gap"},
                                           {"contributions", "Who contributes"},
                                           {"warming", "Warming"},
                                           {"timeline", "Since 2015"},
                                           {"assumptions", "Assumptions"},
                                           {"fairness", "Is it fair?"},
                                           {"finance", "Climate finance"},
                                           {"parties", "Every Party"},
                                           {"coverage", "Coverage"},
                                           {"methods", "Methods and sources"}};
    stk_buffer_text(out, "<nav aria-label=\"Contents\"><ul>");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        bool there = strcmp(links[i][0], "finance") == 0    ? content_has_finance(s)
                     : strcmp(links[i][0], "fairness") == 0 ? s->fairness != NULL
                                                            : true;
        if (there) {
            stk_buffer_printf(out, "<li><a href=\"#%s\">%s</a></li>", links[i][0], links[i][1]);
        }
    }
    stk_buffer_text(out, "</ul></nav>\n</header>\n");
}

static void write_head(const page_content *s, stk_buffer *out)
{
    stk_buffer_printf(out,
                      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<title>The world's climate pledges as of %s</title>\n"
                      "<link rel=\"icon\" href=\"data:,\">\n"
                      "<style>",
                      s->as_of);
    stk_buffer_text(out, page_style());
    stk_buffer_text(out, svg_style());
    stk_buffer_text(out, "</style>\n</head>\n<body>\n"
                         "<a class=\"skip\" href=\"#main\">Skip to content</a>\n");
}

static stk_status write_charts(const page_content *s, stk_buffer *out, stk_error *error)
{
    stk_status status = page_chart(s, CONTENT_GAP, out, error);
    page_gap_numbers(s, out);
    page_section_end(out);
    if (status == STK_OK) {
        status = page_chart(s, CONTENT_CONTRIBUTIONS, out, error);
        page_changes(s, out);
        page_section_end(out);
    }
    if (status == STK_OK) {
        status = page_chart(s, CONTENT_WARMING, out, error);
        page_warming_table(s, out);
        page_section_end(out);
    }
    if (status == STK_OK) {
        status = page_chart(s, CONTENT_TIMELINE, out, error);
        page_section_end(out);
    }
    return status;
}

stk_status page_write(const page_content *s, const char *command, stk_buffer *out, stk_error *error)
{
    write_head(s, out);
    if (s->what_if[0] != '\0') {
        page_paragraph(out, "what-if", s->what_if);
    }
    write_headline(s, out);
    write_navigation(s, out);
    stk_buffer_text(out, "<main id=\"main\">\n");
    stk_status status = write_charts(s, out, error);
    if (status != STK_OK) {
        return status;
    }
    status = page_assumptions(s, out, error);
    if (status != STK_OK) {
        return status;
    }
    status = page_fairness(s, out, error);
    if (status != STK_OK) {
        return status;
    }
    status = page_finance(s, out, error);
    if (status != STK_OK) {
        return status;
    }
    page_parties(s, out);
    page_coverage(s, out);
    status = page_sources(s, command, out, error);
    stk_buffer_printf(out,
                      "</main>\n<footer><p>Made by stocktake %s from open data. Charts and figures "
                      "may be used freely; please name the sources.</p>\n",
                      stk_version());
    page_paragraph(out, "", s->last_line.data);
    stk_buffer_text(out, "</footer>\n</body>\n</html>\n");
    return status != STK_OK ? status : stk_buffer_status(out, error);
}
