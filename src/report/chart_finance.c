/** @file chart_finance.c
 * @brief Goals of climate finance, what was delivered, and what was said of it before.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart_frame.h"

/* The highest figure or goal of all. */
static double highest_of(const chart_finance *chart)
{
    double highest = 0;
    for (size_t i = 0; i < chart->goal_count; i++) {
        highest = fmax(highest, chart->goals[i].usd_bn);
    }
    for (size_t i = 0; i < chart->year_count; i++) {
        const chart_finance_year *year = &chart->years[i];
        highest = fmax(highest, fmax(year->low_usd_bn, year->high_usd_bn)); /* not of NaN */
        for (int v = 0; v < year->earlier_count; v++) {
            highest = fmax(highest, year->earlier_usd_bn[v]);
        }
    }
    return highest;
}

/* A figure is a bar; of a range the part that is not sure is paler. */
static void draw_year(chart_frame *f, const chart_finance_year *year, const svg_axis *x,
                      const svg_axis *y)
{
    char tip[80];
    char number[SVG_NUMBER_SIZE];
    double at = svg_at(x, year->year);
    double half = 0.32 * (svg_at(x, year->year + 1) - at);
    double high = fmax(year->low_usd_bn, year->high_usd_bn);
    double low = fmin(year->low_usd_bn, year->high_usd_bn); /* fmin and fmax leave out NaN */
    if (year->unknown) {
        svg_text(&f->svg, at, f->bottom - 6, "mid strong " SVG_MUTED, "?");
        return;
    }
    if (isnan(high)) {
        return;
    }
    stk_print(tip, sizeof tip, "%d: %s bn", year->year, svg_range(number, low, high, 1));
    if (high > low) {
        svg_rect(&f->svg, at - half, svg_at(y, high), 2 * half, f->bottom - svg_at(y, high),
                 "area " SVG_PLEDGE, tip);
    }
    svg_rect(&f->svg, at - half, svg_at(y, low), 2 * half, f->bottom - svg_at(y, low),
             "fill " SVG_PLEDGE, tip);
}

/* What was said before: a short line across the bar. */
static void draw_vintages(chart_frame *f, const chart_finance_year *year, const svg_axis *x,
                          const svg_axis *y)
{
    double at = svg_at(x, year->year);
    double half = 0.46 * (svg_at(x, year->year + 1) - at);
    for (int v = 0; v < year->earlier_count; v++) {
        double height = svg_at(y, year->earlier_usd_bn[v]);
        svg_line(&f->svg, at - half, height, at + half, height, "line thin " SVG_TREND);
    }
}

/* Numbers stand over the bars where there is room for them: on a narrow drawing over the last. */
static void write_amounts(chart_frame *f, const chart_finance *chart, const svg_axis *x,
                          const svg_axis *y)
{
    enum { ROOM = 30 }; /* for "115.9" */
    bool written = false;
    double room = svg_at(x, chart->first_year + 1) - svg_at(x, chart->first_year);
    for (size_t i = chart->year_count; i-- > 0;) {
        const chart_finance_year *year = &chart->years[i];
        double high = fmax(year->low_usd_bn, year->high_usd_bn);
        char number[SVG_NUMBER_SIZE];
        if (isnan(high) || (f->svg.narrow && written)) {
            continue;
        }
        for (int v = 0; v < year->earlier_count; v++) {
            high = fmax(high, year->earlier_usd_bn[v]);
        }
        svg_text(&f->svg, svg_at(x, year->year), svg_at(y, high) - 6, "mid small halo",
                 svg_range(number, fmin(year->low_usd_bn, year->high_usd_bn),
                           fmax(year->low_usd_bn, year->high_usd_bn),
                           f->svg.narrow || room >= ROOM ? 1 : 0));
        written = true;
    }
}

/* The last year of a goal that has a bar, as far as the line of the goal may run through it. */
static int last_bar(const chart_finance *chart, const chart_finance_goal *goal)
{
    int last = 0;
    for (size_t i = 0; i < chart->year_count; i++) {
        const chart_finance_year *year = &chart->years[i];
        bool there = !isnan(year->low_usd_bn) || !isnan(year->high_usd_bn);
        last = there && year->year >= goal->first_year && year->year <= goal->last_year ? year->year
                                                                                        : last;
    }
    return last;
}

/* A goal is a line over its years, with its name above where no bar stands. */
static void draw_goal(chart_frame *f, const chart_finance *chart, const chart_finance_goal *goal,
                      const svg_axis *x, const svg_axis *y)
{
    double half = 0.46 * (svg_at(x, goal->last_year + 1) - svg_at(x, goal->last_year));
    double from = svg_at(x, goal->first_year) - half;
    double to = svg_at(x, goal->last_year) + half;
    double height = svg_at(y, goal->usd_bn);
    int bar = last_bar(chart, goal);
    double start = bar > 0 ? svg_at(x, bar) + half + 14 : from;
    bool tight = bar > 0 && start + svg_text_width(goal->label, 13.5) > f->right;
    const char *text = f->svg.narrow || tight ? goal->short_label : goal->label;
    svg_line(&f->svg, from, height, to, height, "line " SVG_GOAL);
    if (start + svg_text_width(text, 13.5) > f->right) {
        svg_text(&f->svg, f->right, height - 7, "end strong halo " SVG_GOAL, text);
    } else {
        svg_text(&f->svg, start, height - 7, "strong halo " SVG_GOAL, text);
    }
}

void chart_draw_finance(const chart_finance *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    double highest = fmax(highest_of(chart), 1);
    out->failed = out->failed || chart->failed;
    double step = svg_step(highest, narrow ? 5 : 6);
    chart_frame f = chart_start(words, look, narrow ? 240 : 340, 40, 16, out);
    svg_axis x = {chart->first_year - 0.6, chart->last_year + 0.6, f.left, f.right};
    svg_axis y = {0, ceil(highest * 1.08 / step) * step, f.bottom, f.top};
    int span = chart->last_year - chart->first_year;
    svg_grid(&f.svg, &y, f.left, f.right, step, svg_step_decimals(step));
    svg_axis ticks = {chart->first_year, chart->last_year, svg_at(&x, chart->first_year),
                      svg_at(&x, chart->last_year)};
    svg_years(&f.svg, &ticks, f.bottom, narrow ? (span > 12 ? 10 : 5) : span < 12 ? 1 : 5);
    for (size_t i = 0; i < chart->year_count; i++) {
        draw_year(&f, &chart->years[i], &x, &y);
        draw_vintages(&f, &chart->years[i], &x, &y);
    }
    for (size_t i = 0; i < chart->goal_count; i++) {
        draw_goal(&f, chart, &chart->goals[i], &x, &y);
    }
    write_amounts(&f, chart, &x, &y);
    chart_finish(&f);
}
