/** @file page_parts.c
 * @brief Sections, charts in two widths, tables.
 */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *page_style(void)
{
    return ":root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--muted:#59636e;"
           "--rule:#dfe3e8;--soft:#f4f6f8;--link:#0b5fa5}"
           "@media screen and (prefers-color-scheme:dark){:root{--paper:#14171b;--ink:#e6e8eb;"
           "--muted:#9aa4af;--rule:#2b3138;--soft:#1c2127;--link:#6cb6f5}}"
           "*{box-sizing:border-box}"
           "html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}"
           "@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}"
           "body{margin:0;background:var(--paper);color:var(--ink);"
           "font:16px/1.55 \"Helvetica Neue\",Helvetica,Arial,\"Liberation Sans\",sans-serif}"
           "header,main,footer{max-width:808px;margin:0 auto;padding:0 24px}"
           "header{padding-top:40px}"
           "h1{font-size:clamp(26px,5vw,38px);line-height:1.15;margin:8px 0 16px;"
           "letter-spacing:-.01em}"
           "h2{font-size:clamp(20px,3.4vw,25px);line-height:1.2;margin:0 0 8px}"
           "p{margin:0 0 14px;max-width:68ch}"
           "a{color:var(--link)}"
           "a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid "
           "var(--link);outline-offset:2px}"
           ".skip{position:absolute;left:-9999px}"
           ".skip:focus{left:8px;top:8px;background:var(--paper);padding:8px}"
           ".kicker{color:var(--muted);font-size:14px;margin:0}"
           ".lead{font-size:clamp(17px,2.4vw,20px)}"
           ".muted{color:var(--muted);font-size:14px}"
           "nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;padding:12px 0;"
           "margin:8px 0 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);"
           "font-size:15px}"
           "nav a{display:inline-block;padding:3px 0}"
           ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));"
           "gap:12px;margin:24px 0 0}"
           ".figures div{background:var(--soft);border-radius:8px;padding:14px 16px}"
           ".figures dt{color:var(--muted);font-size:14px;line-height:1.3}"
           ".figures dd{margin:4px 0 0;font-size:24px;font-weight:700;line-height:1.15;"
           "font-variant-numeric:tabular-nums}"
           ".figures dd+dd{font-size:14px;font-weight:400;color:var(--muted);line-height:1.35}"
           "section{padding:44px 0 0}"
           "figure{margin:0 0 10px}"
           "figure svg{display:block;max-width:100%;height:auto}"
           "figure .narrow{display:none}"
           "@media screen and (max-width:620px){header,main,footer{padding-left:16px;"
           "padding-right:16px}figure .wide{display:none}figure .narrow{display:block}"
           "figure .narrow svg{width:100%;max-width:480px}figure .narrow{margin:0 -8px}}"
           "figcaption{color:var(--muted);font-size:13px}"
           "details{border-top:1px solid var(--rule);padding:8px 0}"
           "summary{cursor:pointer;color:var(--link);padding:4px 0}"
           ".scroll{overflow-x:auto;margin:0 0 14px}"
           "table{border-collapse:collapse;font-size:14px;line-height:1.35;min-width:100%;"
           "font-variant-numeric:tabular-nums}"
           "th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--rule);text-align:left;"
           "vertical-align:middle}"
           "thead th{vertical-align:bottom;font-weight:600}"
           "tbody th{font-weight:600}"
           ".n{text-align:right}.n,.w{white-space:nowrap}"
           ".spark{display:block}"
           "code,pre{font:13px/1.5 ui-monospace,\"Liberation Mono\",Menlo,monospace}"
           "pre{background:var(--soft);padding:12px 14px;border-radius:8px;white-space:pre-wrap;"
           "overflow-wrap:anywhere}"
           "footer{color:var(--muted);font-size:14px;padding-top:48px;padding-bottom:48px}"
           ".bar{display:inline-block;height:10px;background:currentColor;color:var(--link);"
           "border-radius:2px;vertical-align:baseline;margin-right:6px}"
           "@media print{nav,.skip{display:none}section{break-inside:auto;padding-top:24px}"
           "figure,tr,.figures{break-inside:avoid}body{font-size:11pt}a{color:inherit}"
           ".scroll{overflow:visible}}";
}

void page_section_start(stk_buffer *out, const char *id, const char *heading)
{
    stk_buffer_printf(out, "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n", id, id);
    stk_buffer_printf(out, "<h2 id=\"%s-heading\">", id);
    svg_escape(out, heading);
    stk_buffer_text(out, "</h2>\n");
}

void page_section_end(stk_buffer *out)
{
    stk_buffer_text(out, "</section>\n");
}

void page_paragraph(stk_buffer *out, const char *classes, const char *text)
{
    stk_buffer_printf(out, classes[0] == '\0' ? "<p>" : "<p class=\"%s\">", classes);
    svg_escape(out, text);
    stk_buffer_text(out, "</p>\n");
}

stk_status page_chart(const story *s, story_chart chart, stk_buffer *out, stk_error *error)
{
    char id[48];
    story_words words;
    stk_status status = STK_OK;
    static const struct {
        const char *name;
        int width;
    } looks[] = {{"wide", CHART_WIDE}, {"narrow", CHART_NARROW}};
    story_write_words(s, chart, "", &words);
    page_section_start(out, story_chart_name(chart), words.title);
    page_paragraph(out, "muted", words.subtitle);
    stk_buffer_text(out, "<figure>\n");
    for (int i = 0; i < 2 && status == STK_OK; i++) {
        snprintf(id, sizeof id, "%s-%s", story_chart_name(chart), looks[i].name);
        chart_look look = {.width = looks[i].width, .id = id};
        stk_buffer_printf(out, "<div class=\"%s\">\n", looks[i].name);
        status = story_draw(s, chart, "", &look, out, error);
        stk_buffer_text(out, "</div>\n");
    }
    stk_buffer_text(out, "<figcaption>");
    svg_escape(out, words.source);
    stk_buffer_text(out, "</figcaption>\n</figure>\n");
    return status;
}

/* ---- tables ---- */

void page_table_start(stk_buffer *out, const char *id, const char *caption,
                      const char *const *headings, size_t count)
{
    /* the caption stands outside of what scrolls, so that it can be read whole */
    stk_buffer_printf(out, "<p class=\"muted\" id=\"%s-caption\">", id);
    svg_escape(out, caption);
    stk_buffer_printf(out,
                      "</p>\n<div class=\"scroll\" role=\"region\" "
                      "aria-labelledby=\"%s-caption\" tabindex=\"0\">\n<table id=\"%s\" "
                      "aria-labelledby=\"%s-caption\">\n<thead><tr>",
                      id, id, id);
    for (size_t i = 0; i < count; i++) {
        bool number = headings[i][0] == '#';
        stk_buffer_text(out, number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        svg_escape(out, headings[i] + number);
        stk_buffer_text(out, "</th>");
    }
    stk_buffer_text(out, "</tr></thead>\n<tbody>\n");
}

void page_row_start(stk_buffer *out, const char *heading)
{
    stk_buffer_text(out, "<tr><th scope=\"row\">");
    svg_escape(out, heading);
    stk_buffer_text(out, "</th>");
}

void page_cell(stk_buffer *out, const char *text)
{
    stk_buffer_text(out, "<td>");
    svg_escape(out, text);
    stk_buffer_text(out, "</td>");
}

static void number_cell(stk_buffer *out, const char *text)
{
    stk_buffer_printf(out, "<td class=\"n\">%s</td>", text[0] == '\0' ? "–" : text);
}

void page_date_cell(stk_buffer *out, stk_date date)
{
    char text[STK_DATE_SIZE];
    stk_date_format(date, text);
    stk_buffer_printf(out, "<td class=\"w\">%s</td>", date == 0 ? "–" : text);
}

void page_number_cell(stk_buffer *out, double value, int decimals)
{
    char text[SVG_NUMBER_SIZE];
    number_cell(out, svg_decimal(text, value, decimals));
}

void page_range_cell(stk_buffer *out, double a, double b, int decimals)
{
    char text[SVG_NUMBER_SIZE];
    number_cell(out, isnan(a) || isnan(b) ? "" : svg_range(text, a, b, decimals));
}

void page_row_end(stk_buffer *out)
{
    stk_buffer_text(out, "</tr>\n");
}

void page_table_end(stk_buffer *out)
{
    stk_buffer_text(out, "</tbody></table></div>\n");
}

void page_details_start(stk_buffer *out, const char *summary)
{
    stk_buffer_text(out, "<details><summary>");
    svg_escape(out, summary);
    stk_buffer_text(out, "</summary>\n");
}

void page_details_end(stk_buffer *out)
{
    stk_buffer_text(out, "</details>\n");
}
