/** @file chart_contributions.c
 * @brief A waterfall: from one level of the world to another, Party by Party, and what is left to
 * the goal.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"

enum { ROW = 24, BAR = 14 };

/* Bars are differences, so the axis shows the range in which the levels move and not zero. The goal
 * is mostly so far off that the steps would be slivers beside it: it may lie beyond the axis. */
static svg_axis make_axis(const chart_contributions *c, const chart_frame *f)
{
    double low = fmin(c->from_gt, c->to_gt);
    double high = fmax(c->from_gt, c->to_gt);
    double level = c->from_gt;
    for (size_t i = 0; i < c->step_count; i++) {
        level -= c->steps[i].closes_gt;
        high = fmax(high, level);
        low = fmin(low, level);
    }
    high = fmax(high, c->goal_gt); /* a goal that is more than kept */
    double room = fmax(high - low, 0.1);
    low -= 0.35 * room;
    low = c->goal_gt < low - room ? low : fmin(low, c->goal_gt - 0.1 * room);
    return (svg_axis){low, high + 0.06 * room, f->left, f->right};
}

/* The name of a row, in the margin at the left; a mark behind it stays where the name is cut. */
static void write_marked(chart_frame *f, double row, const char *classes, const char *label,
                         const char *mark)
{
    char fitted[SVG_FITTED_SIZE];
    double room = f->left - 14 - svg_text_width(mark, 13.5);
    svg_textf(&f->svg, f->left - 10, row + 5, classes, "%s%s", svg_fit(fitted, label, 13.5, room),
              mark);
}

static void write_label(chart_frame *f, double row, const char *classes, const char *label)
{
    write_marked(f, row, classes, label, "");
}

/* A level: a line through the rows that it bounds, with its name in its own row. */
static void draw_level(chart_frame *f, const svg_axis *x, double row, const char *label, double gt,
                       const char *color)
{
    char classes[64];
    char number[SVG_NUMBER_SIZE];
    double at = svg_at(x, gt);
    stk_print(classes, sizeof classes, "end strong %s", color);
    write_label(f, row, classes, label);
    stk_print(classes, sizeof classes, "fill %s", color);
    svg_rect(&f->svg, at - 2, row - BAR / 2.0, 4, BAR, classes, NULL);
    stk_print(classes, sizeof classes, "strong halo %s", color);
    bool turned = at + 44 > f->right; /* no room at the right */
    stk_print(classes, sizeof classes, "strong halo %s%s", turned ? "end " : "", color);
    svg_textf(&f->svg, turned ? at - 8 : at + 8, row + 5, classes, "%s",
              svg_decimal(number, gt, 1));
}

static void draw_step(chart_frame *f, const svg_axis *x, double row, const chart_step *step,
                      double before)
{
    double after = before - step->closes_gt;
    double left = svg_at(x, fmin(before, after));
    double right = svg_at(x, fmax(before, after));
    char number[SVG_NUMBER_SIZE];
    char tooltip[160];
    bool cut = step->closes_gt >= 0;
    svg_change(number, -step->closes_gt, 2);
    stk_print(tooltip, sizeof tooltip, "%s: %s Gt", STK_CUT(step->label, 60), number);
    write_marked(f, row, "end", step->label, step->per_gdp ? " *" : "");
    svg_rect(&f->svg, left, row - BAR / 2.0, fmax(right - left, 1), BAR,
             cut ? "fill " SVG_PLEDGE : "fill " SVG_TREND, tooltip);
    bool turned = left - 46 < f->left;
    svg_textf(&f->svg, turned ? right + 6 : left - 6, row + 5,
              turned ? "small halo" : "small halo end", "%s", number);
    svg_line(&f->svg, svg_at(x, after), row + BAR / 2.0, svg_at(x, after), row + ROW - BAR / 2.0,
             "zero");
}

/* What is left to the goal, up to the edge if the goal lies beyond it. */
static void draw_rest(chart_frame *f, const svg_axis *x, double row, const chart_contributions *c)
{
    bool beyond = c->goal_gt < x->low;
    double left = svg_at(x, fmax(x->low, fmin(c->goal_gt, c->to_gt)));
    double right = svg_at(x, fmax(c->goal_gt, c->to_gt));
    char number[SVG_NUMBER_SIZE];
    svg_text(&f->svg, f->left - 10, row + 5, "end strong", c->to_gt > c->goal_gt ? "Gap" : "Below");
    svg_rect(&f->svg, left, row - BAR / 2.0, right - left, BAR, "area c-history", NULL);
    if (beyond) { /* an arrow that leaves the drawing */
        char classes[64];
        stk_print(classes, sizeof classes, "fill %s", c->goal_color);
        svg_path_start(&f->svg, classes);
        svg_path_point(&f->svg, true, left - 5, row);
        svg_path_point(&f->svg, false, left + 4, row - BAR / 2.0);
        svg_path_point(&f->svg, false, left + 4, row + BAR / 2.0);
        svg_path_end(&f->svg, true);
    }
    char text[80];
    stk_print(text, sizeof text, beyond && !f->svg.narrow ? "%s Gt, beyond the axis" : "%s Gt",
              svg_decimal(number, fabs(c->to_gt - c->goal_gt), 1));
    bool turned = right + 8 + svg_text_width(text, 14) > f->svg.width; /* onto the bar */
    svg_text(&f->svg, turned ? right - 8 : right + 8, row + 5,
             turned ? "strong halo end" : "strong halo", text);
}

static void draw_goal(chart_frame *f, const svg_axis *x, double row, const chart_contributions *c)
{
    char number[SVG_NUMBER_SIZE];
    char classes[64];
    if (c->goal_gt >= x->low) {
        draw_level(f, x, row, c->goal_label, c->goal_gt, c->goal_color);
        return;
    }
    stk_print(classes, sizeof classes, "end strong %s", c->goal_color);
    write_label(f, row, classes, c->goal_label);
    stk_print(classes, sizeof classes, "strong halo %s", c->goal_color);
    svg_textf(&f->svg, f->left + 8, row + 5, classes, "\u2190 %s",
              svg_decimal(number, c->goal_gt, 1));
}

static bool has_asterisk(const chart_contributions *c)
{
    for (size_t i = 0; i < c->step_count; i++) {
        if (c->steps[i].per_gdp) {
            return true;
        }
    }
    return false;
}

void chart_draw_contributions(const chart_contributions *c, const chart_words *words,
                              const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    double rows = (double)c->step_count + 4;
    double head = has_asterisk(c) ? ROW : 0; /* for its meaning */
    chart_frame f = chart_start(words, look, rows * ROW + head, narrow ? 128 : 196, 20, out);
    if (head > 0) {
        svg_text(&f.svg, 16, f.top + 6, "small " SVG_MUTED,
                 narrow ? "* Target per unit of GDP, on a trend of GDP"
                        : "* Target per unit of GDP: the bar rests on a trend of GDP");
        f.top += head;
    }
    svg_axis x = make_axis(c, &f);
    double row = f.top + ROW / 2.0;
    double level = c->from_gt;
    svg_columns(&f.svg, &x, f.top, f.bottom, f.svg.narrow ? 4 : 8);
    draw_level(&f, &x, row, c->from_label, c->from_gt, SVG_TREND);
    for (size_t i = 0; i < c->step_count; i++) {
        row += ROW;
        draw_step(&f, &x, row, &c->steps[i], level);
        level -= c->steps[i].closes_gt;
    }
    draw_level(&f, &x, row + ROW, c->to_label, c->to_gt, SVG_PLEDGE);
    draw_rest(&f, &x, row + 2 * ROW, c);
    draw_goal(&f, &x, row + 3 * ROW, c);
    chart_finish(&f);
}
