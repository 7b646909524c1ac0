/** @file chart_fairness.c
 * @brief What each method of equity leaves a Party, as ranges, with what is pledged as a mark.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"

enum { ROW_WIDE = 34, ROW_NARROW = 46, BAR = 12 };

/* Everything that is drawn, with some room at both ends. */
static svg_axis make_axis(const chart_fairness *c, const chart_frame *f)
{
    double low = fmin(0, fmin(c->level_mt, c->now_mt));
    double high = fmax(0, fmax(c->level_mt, c->now_mt));
    for (size_t i = 0; i < c->row_count; i++) {
        low = fmin(low, c->rows[i].low_mt);
        high = fmax(high, c->rows[i].high_mt);
    }
    double room = fmax(0.04 * (high - low), 1e-6);
    return (svg_axis){low - room, high + room, f->left, f->right};
}

/* Readings of a method from the least to the greatest, and their mean as a line across. */
static void draw_row(chart_frame *f, const svg_axis *x, double top, const chart_fairness *c,
                     const chart_fairness_row *row)
{
    char tip[160];
    char range[SVG_NUMBER_SIZE];
    char mean[SVG_NUMBER_SIZE];
    double middle = top + (f->svg.narrow ? 30 : ROW_WIDE / 2.0);
    double from = svg_at(x, row->low_mt);
    double to = svg_at(x, row->high_mt);
    const char *classes = row->rated ? "fill " SVG_GOAL : "fill " SVG_MUTED;
    stk_print(tip, sizeof tip, "%s: %s Mt%s%s", row->label,
              svg_range(range, row->low_mt, row->high_mt, c->decimals),
              row->count > 1 ? ", mean " : "",
              row->count > 1 ? svg_decimal(mean, row->mean_mt, c->decimals) : "");
    svg_rect(&f->svg, fmin(from, to - 2), middle - BAR / 2.0, fmax(to - from, 4), BAR, classes,
             tip);
    if (row->count > 1) {
        double at = svg_at(x, row->mean_mt);
        svg_line(&f->svg, at, middle - BAR, at, middle + BAR, "line thin " SVG_HISTORY);
    }
    if (f->svg.narrow) {
        svg_rect(&f->svg, 6, top + 2, svg_text_width(row->label, 13.5) + 6, 15, "paper", NULL);
        svg_text(&f->svg, 8, top + 14, row->rated ? "strong" : SVG_MUTED, row->label);
    } else {
        svg_text(&f->svg, f->left - 10, middle + 5, row->rated ? "end" : "end " SVG_MUTED,
                 row->label);
    }
}

/* A line from top to bottom with its name on a line of its own above, kept inside. */
static void draw_mark(chart_frame *f, const svg_axis *x, double mt, double words_y,
                      const char *color, const char *text)
{
    char classes[64];
    double at = svg_at(x, mt);
    double half = svg_text_width(text, 13.5) / 2.0 + 4;
    stk_print(classes, sizeof classes, "line %s", color);
    svg_line(&f->svg, at, f->top - 8, at, f->bottom, classes);
    stk_print(classes, sizeof classes, "mid strong halo %s", color);
    svg_text(&f->svg, fmin(fmax(at, half), f->svg.width - half), words_y, classes, text);
}

void chart_draw_fairness(const chart_fairness *c, const chart_words *words, const chart_look *look,
                         stk_buffer *out)
{
    enum { HEAD = 44 };
    bool narrow = look->width < CHART_NARROW_BELOW;
    double height = narrow ? ROW_NARROW : ROW_WIDE;
    chart_frame f = chart_start(words, look, (double)c->row_count * height + HEAD,
                                narrow ? 24 : 212, narrow ? 26 : 20, out);
    svg_axis x = make_axis(c, &f);
    char number[SVG_NUMBER_SIZE];
    char text[96];
    double top = f.top;
    f.top += HEAD;
    svg_columns(&f.svg, &x, f.top, f.bottom, narrow ? 4 : 7);
    svg_line(&f.svg, svg_at(&x, 0), f.top, svg_at(&x, 0), f.bottom, "zero");
    stk_print(text, sizeof text, "%d: %s Mt", c->now_year,
              svg_decimal(number, c->now_mt, c->decimals));
    draw_mark(&f, &x, c->now_mt, top + 12, SVG_HISTORY, text);
    stk_print(text, sizeof text, "%d, %s: %s Mt", c->year, c->what,
              svg_decimal(number, c->level_mt, c->decimals));
    draw_mark(&f, &x, c->level_mt, top + 32, c->has_pledge ? SVG_PLEDGE : SVG_TREND, text);
    for (size_t i = 0; i < c->row_count; i++) {
        draw_row(&f, &x, f.top + (double)i * height, c, &c->rows[i]);
    }
    chart_finish(&f);
}
