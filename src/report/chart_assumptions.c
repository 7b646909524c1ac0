/** @file chart_assumptions.c
 * @brief A tornado: how far each assumption moves warming from the reference, when all others stay.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"

enum { ROW_WIDE = 30, ROW_NARROW = 44, BAR = 12 };

/* A change that is shown as nothing is none. */
static bool is_shown(const char *choice, double change)
{
    return choice != NULL && fabs(change) >= 0.005;
}

/* "held +0.05" */
static void side_words(const char *choice, double change, char *text, size_t size)
{
    char number[SVG_NUMBER_SIZE];
    stk_print(text, size, "%s %s%s", STK_CUT(choice, 60), change > 0 ? "+" : "",
              svg_decimal(number, change, 2));
}

static double side_width(const chart_frame *f, const char *choice, double change)
{
    char text[120];
    if (f->svg.narrow || !is_shown(choice, change)) { /* the narrow drawing has it in a line */
        return 0;
    }
    side_words(choice, change, text, sizeof text);
    return svg_text_width(text, 11.5) + 14;
}

/* The scale at which every bar and its words have room at either side of the reference. Each round
 * gives the sides what the words need at the scale of the round before. */
static svg_axis make_axis(const chart_assumptions *c, const chart_frame *f)
{
    double room = f->right - f->left;
    double left = 0.1;
    double right = 0.1;
    for (int round = 0; round < 30; round++) {
        double scale = room / (left + right); /* pixels a kelvin */
        left = 0.02;
        right = 0.02;
        for (size_t i = 0; i < c->row_count; i++) {
            const chart_assumption *a = &c->rows[i];
            left = fmax(left, -a->low_k + side_width(f, a->low_choice, a->low_k) / scale);
            right = fmax(right, a->high_k + side_width(f, a->high_choice, a->high_k) / scale);
        }
    }
    double spare = 0.02 * (left + right);
    return (svg_axis){c->reference_k - left - spare, c->reference_k + right + spare, f->left,
                      f->right};
}

static void draw_side(chart_frame *f, const svg_axis *x, double row, const char *choice,
                      double change, double reference_k)
{
    char words[120];
    bool left = change < 0;
    if (!is_shown(choice, change)) {
        return;
    }
    double from = svg_at(x, reference_k + fmin(change, 0));
    double to = svg_at(x, reference_k + fmax(change, 0));
    side_words(choice, change, words, sizeof words);
    svg_rect(&f->svg, from, row - BAR / 2.0, fmax(to - from, 1), BAR,
             left ? "fill " SVG_PLEDGE : "fill " SVG_TREND, words);
    if (!f->svg.narrow) {
        svg_text(&f->svg, left ? from - 6 : to + 6, row + 4, left ? "small halo end" : "small halo",
                 words);
    }
}

/* In the narrow drawing both choices stand in a line below the assumption. */
static void describe(const chart_assumption *a, char *text, size_t size)
{
    char low[120] = "";
    char high[120] = "";
    bool has_low = is_shown(a->low_choice, a->low_k);
    bool has_high = is_shown(a->high_choice, a->high_k);
    if (has_low) {
        side_words(a->low_choice, a->low_k, low, sizeof low);
    }
    if (has_high) {
        side_words(a->high_choice, a->high_k, high, sizeof high);
    }
    stk_print(text, size, "%s%s%s", low, has_low && has_high ? ", " : "", high);
}

/* A line of words on paper of its own, so that no line of the grid runs through it. */
static void write_line(chart_frame *f, double y, double font_size, const char *classes,
                       const char *text)
{
    svg_rect(&f->svg, 6, y - 0.85 * font_size, svg_text_width(text, font_size) + 6, 1.1 * font_size,
             "paper", NULL);
    svg_text(&f->svg, 8, y, classes, text);
}

static void draw_row(chart_frame *f, const svg_axis *x, double top, const chart_assumption *a,
                     double reference_k)
{
    char text[250];
    double row = top + (f->svg.narrow ? 34 : ROW_WIDE / 2.0);
    describe(a, text, sizeof text);
    draw_side(f, x, row, a->low_choice, a->low_k, reference_k);
    draw_side(f, x, row, a->high_choice, a->high_k, reference_k);
    if (f->svg.narrow) {
        write_line(f, top + 12, 14, "strong", a->label);
        write_line(f, top + 25, 11.5, "small " SVG_MUTED, text[0] == '\0' ? "moves nothing" : text);
        return;
    }
    svg_text(&f->svg, f->left - 10, row + 5, "end", a->label);
    if (text[0] == '\0') {
        svg_text(&f->svg, svg_at(x, reference_k) + 6, row + 4, "small halo " SVG_MUTED,
                 "moves nothing");
    }
}

void chart_draw_assumptions(const chart_assumptions *c, const chart_words *words,
                            const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    double height = narrow ? ROW_NARROW : ROW_WIDE;
    double head = 24; /* for the name of the line in the middle */
    chart_frame f = chart_start(words, look, (double)c->row_count * height + head, narrow ? 8 : 212,
                                narrow ? 8 : 20, out);
    svg_axis x = make_axis(c, &f);
    char number[SVG_NUMBER_SIZE];
    double middle = svg_at(&x, c->reference_k);
    f.top += head;
    svg_columns(&f.svg, &x, f.top, f.bottom, f.svg.narrow ? 5 : 8);
    svg_line(&f.svg, middle, f.top - 4, middle, f.bottom, "zero");
    for (size_t i = 0; i < c->row_count; i++) {
        draw_row(&f, &x, f.top + (double)i * height, &c->rows[i], c->reference_k);
    }
    double half = svg_text_width("Here 0.00 °C", 14) / 2;
    svg_textf(&f.svg, fmin(fmax(middle, half), f.svg.width - half), f.top - 10, "mid strong halo",
              "Here %s °C", svg_decimal(number, c->reference_k, 2));
    chart_finish(&f);
}
