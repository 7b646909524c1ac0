/** @file page_parts.c
 * @brief Sections, charts in two widths, tables.
 */
#include "report/page_parts.h"

#include "page.css.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *page_style(void)
{
    return embedded_page_css;
}

/* A piece between two places at which nothing is inserted. */
static void escape_piece(stk_buffer *out, const char *text, size_t size)
{
    char piece[256];
    while (size > 0) {
        stk_text cut = stk_text_cut((stk_text){text, size}, sizeof piece - 1);
        memcpy(piece, cut.data, cut.size);
        piece[cut.size] = '\0';
        svg_escape(out, piece);
        text += cut.size;
        size -= cut.size;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void page_text(stk_buffer *out, const char *text)
{
    static const char dash[] = "\u2013";
    static const char joiner[] = "\u2060"; /* no line ends before or after it */
    size_t from = 0;
    for (size_t i = 1; i < strlen(text); i++) {
        bool range = is_digit(text[i - 1]) && strncmp(text + i, dash, sizeof dash - 1) == 0;
        bool compound = text[i] == '-' && i >= 3 && strncmp(text + i - 3, "net-zero", 8) == 0;
        bool date = is_digit(text[i - 1]) && text[i] == '-' && is_digit(text[i + 1]);
        if (range || compound || date) {
            size_t end = i + (range ? sizeof dash - 1 : 1);
            escape_piece(out, text + from, end - from);
            stk_buffer_text(out, joiner);
            from = end;
        }
    }
    escape_piece(out, text + from, strlen(text) - from);
}

void page_section_start(stk_buffer *out, const char *id, const char *heading)
{
    stk_buffer_printf(out, "<section id=\"%s\" aria-labelledby=\"%s-heading\">\n", id, id);
    stk_buffer_printf(out, "<h2 id=\"%s-heading\">", id);
    page_text(out, heading);
    stk_buffer_text(out, "</h2>\n");
}

void page_section_end(stk_buffer *out)
{
    stk_buffer_text(out, "</section>\n");
}

void page_paragraph(stk_buffer *out, const char *classes, const char *text)
{
    stk_buffer_printf(out, classes[0] == '\0' ? "<p>" : "<p class=\"%s\">", classes);
    page_text(out, text);
    stk_buffer_text(out, "</p>\n");
}

void page_code(stk_buffer *out, const char *text)
{
    stk_buffer_text(out, "<pre><code>");
    svg_escape_letters(out, text);
    stk_buffer_text(out, "</code></pre>\n");
}

stk_status page_chart(const page_content *s, content_chart chart, stk_buffer *out, stk_error *error)
{
    char id[48];
    content_words words;
    stk_status status = STK_OK;
    static const struct {
        const char *name;
        int width;
    } looks[] = {{"wide", CHART_WIDE}, {"narrow", CHART_NARROW}};
    content_write_words(s, chart, "", &words);
    if (words.failed) {
        return stk_error_memory(error);
    }
    page_section_start(out, content_chart_name(chart), words.title);
    page_paragraph(out, "muted", words.subtitle);
    stk_buffer_text(out, "<figure>\n");
    for (int i = 0; i < 2 && status == STK_OK; i++) {
        stk_print(id, sizeof id, "%s-%s", content_chart_name(chart), looks[i].name);
        chart_look look = {.width = looks[i].width, .id = id};
        stk_buffer_printf(out, "<div class=\"%s\">\n", looks[i].name);
        status = content_draw(s, chart, "", &look, out, error);
        stk_buffer_text(out, "</div>\n");
    }
    stk_buffer_text(out, "<figcaption>");
    svg_escape(out, words.source);
    stk_buffer_text(out, "<br>\n");
    svg_escape(out, content_last_line(s, chart));
    stk_buffer_text(out, "</figcaption>\n</figure>\n");
    return status;
}

/* ---- tables ---- */

void page_table_start(stk_buffer *out, const char *id, const char *caption,
                      const char *const *headings, size_t count)
{
    /* the caption stands outside of what scrolls, so that it can be read whole */
    stk_buffer_printf(out, "<p class=\"muted\" id=\"%s-caption\">", id);
    page_text(out, caption);
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

void page_group_start(stk_buffer *out, const char *heading, const char *cell, int rows)
{
    stk_buffer_printf(out, "<tr><th scope=\"rowgroup\" rowspan=\"%d\">", rows);
    svg_escape(out, heading);
    stk_buffer_printf(out, "</th><td rowspan=\"%d\">", rows);
    svg_escape(out, cell);
    stk_buffer_text(out, "</td>");
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
    stk_buffer_printf(out, "<td class=\"w\">%s</td>", date == 0 ? "–" : STK_DATE_TEXT(date));
}

void page_number_cell(stk_buffer *out, double value, int decimals)
{
    char text[SVG_NUMBER_SIZE];
    number_cell(out, svg_decimal(text, value, decimals));
}

void page_change_cell(stk_buffer *out, double change, int decimals)
{
    char text[SVG_NUMBER_SIZE];
    number_cell(out, svg_change(text, change, decimals));
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
