/** @file chart_timeline.c
 * @brief How gap and warming moved, document by document.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/chart_frame.h"

enum { NOTES_WIDE = 7, NOTES_NARROW = 3, PANEL_GAP = 54 };

typedef struct panel {
    chart_frame *frame;
    const chart_timeline *chart;
    svg_axis x;
    svg_axis y;
} panel;

/* A day as a fraction of its year; months as equal parts are near enough for a drawing. */
static double moment(stk_date date)
{
    int year = date / 10000;
    int month = date / 100 % 100;
    return year + (month - 1) / 12.0 + (date % 100 - 1) / 372.0;
}

static double gap_of(const stk_timeline_step *step)
{
    return step->gap_gt;
}

static double warming_of(const stk_timeline_step *step)
{
    return step->warming_2100_k;
}

/* Levels hold until the next document: a line of stairs, or the area below it. */
static void draw_stairs(const panel *p, double (*value)(const stk_timeline_step *), bool area,
                        const char *classes)
{
    svg *s = &p->frame->svg;
    double y = NAN;
    double start = NAN;
    svg_path_start(s, classes);
    for (size_t i = 0; i < p->chart->step_count; i++) {
        const stk_timeline_step *step = &p->chart->steps[i];
        bool last_of_day = i + 1 == p->chart->step_count || step[1].date != step->date;
        if (!last_of_day) { /* one stair a day */
            continue;
        }
        double x = svg_at(&p->x, moment(step->date));
        if (!isnan(y)) {
            svg_path_point(s, false, x, y);
        }
        bool first = isnan(y);
        start = first ? x : start;
        y = svg_at(&p->y, value(step));
        svg_path_point(s, first, x, y);
    }
    if (!isnan(y)) {
        svg_path_point(s, false, p->x.to, y);
    }
    if (area && !isnan(y)) {
        svg_path_point(s, false, p->x.to, svg_at(&p->y, p->y.low));
        svg_path_point(s, false, start, svg_at(&p->y, p->y.low));
    }
    svg_path_end(s, area);
}

/* The documents that moved the gap most, in the order of their dates. */
static size_t find_notes(const chart_timeline *chart, size_t *notes, size_t most)
{
    size_t count = 0;
    for (size_t i = 1; i < chart->step_count; i++) {
        double moved = fabs(chart->steps[i].gap_gt - chart->steps[i - 1].gap_gt);
        size_t at = count;
        while (at > 0 && fabs(chart->steps[notes[at - 1]].gap_gt -
                              chart->steps[notes[at - 1] - 1].gap_gt) < moved) {
            at--;
        }
        if (at == most) {
            continue;
        }
        size_t end = count < most ? count : most - 1;
        memmove(&notes[at + 1], &notes[at], (end - at) * sizeof *notes);
        notes[at] = i;
        count = end + 1;
    }
    return count;
}

/* The height of the highest stair between two pixels. */
static double highest_between(const panel *p, double left, double right)
{
    double y = p->y.from;
    for (size_t i = 0; i < p->chart->step_count; i++) {
        const stk_timeline_step *step = &p->chart->steps[i];
        double from = svg_at(&p->x, moment(step->date));
        double to = i + 1 < p->chart->step_count ? svg_at(&p->x, moment(step[1].date)) : p->x.to;
        if (from <= right && to >= left) {
            y = fmin(y, svg_at(&p->y, step->gap_gt));
        }
    }
    return y;
}

/* The name of who moved the gap, above the stair, where it does not cover another name. */
static void draw_notes(const panel *p)
{
    svg *s = &p->frame->svg;
    size_t notes[NOTES_WIDE + 1];
    double taken[NOTES_WIDE][3]; /* left, right, y */
    size_t drawn = 0;
    size_t count = find_notes(p->chart, notes, s->narrow ? NOTES_NARROW : NOTES_WIDE);
    for (size_t i = 0; i < count; i++) {
        const stk_timeline_step *step = &p->chart->steps[notes[i]];
        double moved = step->gap_gt - step[-1].gap_gt;
        char number[SVG_NUMBER_SIZE];
        char text[80];
        snprintf(text, sizeof text, "%.40s %s%s", step->name, moved > 0 ? "+" : "",
                 svg_decimal(number, moved, 1));
        double half = svg_text_width(text, 11.5) / 2 + 3;
        double x = svg_at(&p->x, moment(step->date));
        x = fmin(fmax(x, p->x.from + half), p->x.to - half);
        double y = highest_between(p, x - half, x + half) - 10;
        for (size_t k = 0; k < drawn; k++) { /* climb over those in the way */
            if (x - half < taken[k][1] && x + half > taken[k][0] && fabs(y - taken[k][2]) < 14) {
                y = taken[k][2] - 14;
                k = (size_t)-1;
            }
        }
        taken[drawn][0] = x - half;
        taken[drawn][1] = x + half;
        taken[drawn++][2] = y;
        svg_line(s, svg_at(&p->x, moment(step->date)), y + 4, svg_at(&p->x, moment(step->date)),
                 svg_at(&p->y, step->gap_gt), "zero");
        svg_text(s, x, y, "small mid halo", text);
    }
}

static void range_of(const chart_timeline *chart, double (*value)(const stk_timeline_step *),
                     double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < chart->step_count; i++) {
        *low = fmin(*low, value(&chart->steps[i]));
        *high = fmax(*high, value(&chart->steps[i]));
    }
}

static void draw_end(const panel *p, double value, int decimals, const char *unit,
                     const char *classes)
{
    char number[SVG_NUMBER_SIZE];
    svg_textf(&p->frame->svg, p->x.to + 8, svg_at(&p->y, value) + 4, classes, "%s %s",
              svg_decimal(number, value, decimals), unit);
}

static void draw_gap_panel(panel *p, double bottom)
{
    double low;
    double high;
    range_of(p->chart, gap_of, &low, &high);
    double step = svg_step(fmax(high, 1) * 1.25, 6);
    p->y = (svg_axis){fmin(0, floor(low / step) * step), ceil(high * 1.15 / step) * step, bottom,
                      p->frame->top + 22};
    svg_textf(&p->frame->svg, p->frame->left - 32, p->frame->top + 6, "strong",
              "Gap in %d, Gt CO2e", p->chart->year);
    svg_grid(&p->frame->svg, &p->y, p->frame->left, p->frame->right, step, 0);
    draw_stairs(p, gap_of, true, "area faint " SVG_PLEDGE);
    draw_stairs(p, gap_of, false, "line " SVG_PLEDGE);
    draw_notes(p);
    draw_end(p, p->chart->steps[p->chart->step_count - 1].gap_gt, 1, "Gt", "strong " SVG_PLEDGE);
}

static void draw_warming_panel(panel *p, double top)
{
    double low;
    double high;
    range_of(p->chart, warming_of, &low, &high);
    p->y = (svg_axis){floor(low * 2 - 0.2) / 2, ceil(high * 2) / 2, p->frame->bottom, top};
    p->y.low = fmin(p->y.low, 1.5);
    svg_text(&p->frame->svg, p->frame->left - 32, top - 14, "strong",
             p->frame->svg.narrow ? "Median warming in 2100, °C"
                                  : "Median warming in 2100 with pledges and targets, °C");
    svg_grid(&p->frame->svg, &p->y, p->frame->left, p->frame->right, 0.5, 1);
    draw_stairs(p, warming_of, false, "line " SVG_TREND);
    draw_end(p, p->chart->steps[p->chart->step_count - 1].warming_2100_k, 2, "°C",
             "strong " SVG_TREND);
}

void chart_draw_timeline(const chart_timeline *chart, const chart_words *words,
                         const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    chart_frame f = chart_start(words, look, narrow ? 400 : 460, 40, narrow ? 62 : 80, out);
    panel p = {.frame = &f, .chart = chart};
    double height = f.bottom - f.top;
    if (chart->step_count > 0) {
        bool warm = !isnan(chart->steps[0].warming_2100_k);
        double split = warm ? f.top + height * 0.58 : f.bottom;
        p.x =
            (svg_axis){floor(moment(chart->steps[0].date)), moment(chart->as_of), f.left, f.right};
        draw_gap_panel(&p, split);
        if (warm) {
            draw_warming_panel(&p, split + PANEL_GAP);
        }
        svg_years(&f.svg, &p.x, f.bottom, narrow ? 5 : 1);
    }
    chart_finish(&f);
}
