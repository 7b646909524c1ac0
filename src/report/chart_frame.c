/** @file chart_frame.c
 * @brief Title, summary and source of a chart; lines and bands of annual values.
 */
#include "report/chart_frame.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TITLE_HEIGHT = 23, LINE_HEIGHT = 17, MARGIN = 16, AXIS_HEIGHT = 30 };

/* Write a text in lines that fit, or only count the lines. */
static int write_wrapped(svg *s, double x, double y, double width, const char *classes,
                         const char *text, double font_size, bool draw)
{
    char line[256];
    int lines = 0;
    while (*text != '\0') {
        size_t taken = 0;
        for (size_t end = 0;; end++) {
            if (text[end] == '\0' || (text[end] == ' ' && !svg_keeps_together(text, end))) {
                stk_print(line, sizeof line, "%.*s", (int)end, text);
                if ((taken > 0 && svg_text_width(line, font_size) > width) ||
                    end >= sizeof line - 1) {
                    break;
                }
                taken = end;
            }
            if (text[end] == '\0') {
                break;
            }
        }
        taken = taken == 0 ? strlen(text) : taken;
        if (draw) {
            stk_print(line, sizeof line, "%.*s", (int)taken, text);
            svg_text(s, x, y + lines * (font_size > 13 ? TITLE_HEIGHT : LINE_HEIGHT), classes,
                     line);
        }
        lines++;
        text += taken;
        text += strspn(text, " ");
    }
    return lines;
}

static void write_head(chart_frame *f)
{
    stk_buffer *out = f->svg.out;
    stk_buffer_printf(out,
                      "<svg class=\"stk\" xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
                      "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                      "aria-labelledby=\"%s-t %s-d\">\n<title id=\"%s-t\">",
                      f->svg.width, f->svg.height, f->svg.width, f->svg.height, f->look->id,
                      f->look->id, f->look->id);
    svg_escape(out, f->words->title);
    stk_buffer_printf(out, "</title>\n<desc id=\"%s-d\">", f->look->id);
    svg_escape(out, f->words->summary);
    stk_buffer_text(out, "</desc>\n");
    if (f->look->standalone) {
        stk_buffer_text(out, "<style>");
        stk_buffer_text(out, svg_style());
        stk_buffer_text(out, "</style>\n");
        svg_rect(&f->svg, 0, 0, f->svg.width, f->svg.height, "paper", NULL);
    }
}

chart_frame chart_start(const chart_words *words, const chart_look *look, double height,
                        double left, double right, stk_buffer *out)
{
    chart_frame f = {.svg = {out, look->width, 0, look->width < CHART_NARROW_BELOW},
                     .look = look,
                     .words = words,
                     .left = left,
                     .right = look->width - right,
                     .top = MARGIN};
    double room = look->width - 2.0 * MARGIN;
    int title = write_wrapped(&f.svg, 0, 0, room, "", words->title, 18, false);
    int subtitle = write_wrapped(&f.svg, 0, 0, room, "", words->subtitle, 13, false);
    int source = write_wrapped(&f.svg, 0, 0, room, "", words->source, 11.5, false);
    int last = write_wrapped(&f.svg, 0, 0, room, "", words->last_line, 11.5, false);
    if (look->standalone) {
        f.top += title * TITLE_HEIGHT + subtitle * LINE_HEIGHT + 8;
    }
    f.bottom = f.top + height;
    int lines = look->standalone ? source + last : 0;
    f.svg.height = f.bottom + AXIS_HEIGHT + (lines > 0 ? lines * LINE_HEIGHT + MARGIN : 0);
    write_head(&f);
    if (look->standalone) {
        write_wrapped(&f.svg, MARGIN, MARGIN + 12, room, "title", words->title, 18, true);
        write_wrapped(&f.svg, MARGIN, MARGIN + 10 + title * TITLE_HEIGHT, room, SVG_MUTED,
                      words->subtitle, 13, true);
        write_wrapped(&f.svg, MARGIN, f.bottom + AXIS_HEIGHT + 18, room, "small " SVG_MUTED,
                      words->source, 11.5, true);
        write_wrapped(&f.svg, MARGIN, f.bottom + AXIS_HEIGHT + 18 + source * LINE_HEIGHT, room,
                      "small " SVG_MUTED, words->last_line, 11.5, true);
    }
    return f;
}

const char *chart_event_words(stk_step_kind kind)
{
    switch (kind) {
    case STK_STEP_WITHDRAWAL:
        return " withdraws";
    case STK_STEP_RETURN:
        return " rejoins";
    default:
        return "";
    }
}

void chart_finish(chart_frame *frame)
{
    stk_buffer_text(frame->svg.out, "</svg>\n");
}

void chart_line(chart_frame *frame, const svg_axis *x, const svg_axis *y, const double *values,
                int first_year, int from, int to, const char *classes)
{
    bool first = true;
    svg_path_start(&frame->svg, classes);
    for (int year = from; year <= to; year++) {
        double value = values[year - first_year];
        if (!isnan(value)) {
            svg_path_point(&frame->svg, first, svg_at(x, year), svg_at(y, value));
        }
        first = isnan(value);
    }
    svg_path_end(&frame->svg, false);
}

void chart_band(chart_frame *frame, const svg_axis *x, const svg_axis *y, const double *low,
                const double *high, int first_year, int from, int to, const char *classes)
{
    bool first = true;
    svg_path_start(&frame->svg, classes);
    for (int year = from; year <= to; year++) {
        if (!isnan(high[year - first_year])) {
            svg_path_point(&frame->svg, first, svg_at(x, year), svg_at(y, high[year - first_year]));
            first = false;
        }
    }
    for (int year = to; year >= from; year--) {
        if (!isnan(low[year - first_year])) {
            svg_path_point(&frame->svg, first, svg_at(x, year), svg_at(y, low[year - first_year]));
            first = false;
        }
    }
    svg_path_end(&frame->svg, true);
}
