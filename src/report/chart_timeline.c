/** @file chart_timeline.c
 * @brief How gap and warming moved, document by document.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "report/chart_frame.h"

enum { NOTES_MAX = 7, PANEL_GAP = 54 };

typedef struct panel {
    chart_frame *frame;
    const chart_timeline *chart;
    double (*value)(const stk_timeline_step *);
    int decimals; /* of changes */
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

/* Levels hold until the next document: a line of stairs, or the area between it and zero. */
static void draw_stairs(const panel *p, bool area, const char *classes)
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
        y = svg_at(&p->y, p->value(step));
        svg_path_point(s, first, x, y);
    }
    if (!isnan(y)) {
        svg_path_point(s, false, p->x.to, y);
    }
    if (area && !isnan(y)) {
        svg_path_point(s, false, p->x.to, svg_at(&p->y, 0));
        svg_path_point(s, false, start, svg_at(&p->y, 0));
    }
    svg_path_end(s, area);
}

/* By how much a step moved what the panel shows. */
static double moved_by(const panel *p, size_t i)
{
    return p->value(&p->chart->steps[i]) - p->value(&p->chart->steps[i - 1]);
}

/* The steps that moved it most, the largest first; none that reads as zero. */
static size_t find_notes(const panel *p, size_t *notes, size_t most)
{
    size_t count = 0;
    double least = 0.5 * stk_pow(10, -p->decimals);
    for (size_t i = 1; i < p->chart->step_count; i++) {
        size_t at = count;
        if (fabs(moved_by(p, i)) < least) {
            continue;
        }
        while (at > 0 && fabs(moved_by(p, notes[at - 1])) < fabs(moved_by(p, i))) {
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
            y = fmin(y, svg_at(&p->y, p->value(step)));
        }
    }
    return y;
}

/* A name above the stairs, and the stair that it belongs to. */
typedef struct note {
    char text[80];
    double left;
    double right;
    double y;
    double stair_x;
    double stair_y;
} note;

static note make_note(const panel *p, size_t i)
{
    const stk_timeline_step *step = &p->chart->steps[i];
    double moved = moved_by(p, i);
    char number[SVG_NUMBER_SIZE];
    note made = {.stair_x = svg_at(&p->x, moment(step->date)),
                 .stair_y = svg_at(&p->y, p->value(step))};
    stk_print(made.text, sizeof made.text, "%s%s %s", STK_CUT(step->name, 40),
              chart_event_words(step->kind), svg_change(number, moved, p->decimals));
    return made;
}

/* Over the stair in the middle; to its left where the next stair would run through the name. Above
 * names in the way. */
static void place_note(const panel *p, note *notes, size_t i, size_t count)
{
    note *n = &notes[i];
    double width = svg_text_width(n->text, 11.5) + 8;
    bool crowded = i + 1 < count && notes[i + 1].stair_x < n->stair_x + width / 2 + 2;
    double left = crowded ? n->stair_x + 4 - width : n->stair_x - width / 2;
    n->left = fmin(fmax(left, p->x.from), p->x.to - width);
    n->right = n->left + width;
    n->y = highest_between(p, n->left, n->right) - 10;
    for (size_t k = 0; k < i; k++) {
        if (n->left < notes[k].right && n->right > notes[k].left && fabs(n->y - notes[k].y) < 15) {
            n->y = notes[k].y - 15;
            k = (size_t)-1;
        }
    }
}

static int earlier_first(const void *a, const void *b)
{
    size_t x = *(const size_t *)a;
    size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* From a name down to its stair, broken where another name is in the way: what shows between the
 * letters of that name would look like a part of it. */
static void draw_leader(const panel *p, const note *notes, size_t count, size_t i)
{
    const note *n = &notes[i];
    double from = n->y + 4;
    bool crossed = true;
    while (crossed) { /* names in the way, from top to bottom */
        const note *next = NULL;
        for (size_t k = 0; k < count; k++) {
            const note *other = &notes[k];
            bool in_the_way = k != i && other->text[0] != '\0' && n->stair_x > other->left - 2 &&
                              n->stair_x < other->right + 2 && other->y > from - 4 &&
                              other->y - 12 < n->stair_y;
            next = in_the_way && (next == NULL || other->y < next->y) ? other : next;
        }
        double to = next == NULL ? n->stair_y : next->y - 12;
        if (to > from) {
            svg_line(&p->frame->svg, n->stair_x, from, n->stair_x, to, "zero");
        }
        crossed = next != NULL;
        from = crossed ? next->y + 5 : from;
    }
}

/* Who moved it most. Lines first, so that they pass behind the names. */
static void draw_notes(const panel *p, size_t most)
{
    svg *s = &p->frame->svg;
    size_t steps[NOTES_MAX + 1];
    note notes[NOTES_MAX];
    size_t count = find_notes(p, steps, most);
    qsort(steps, count, sizeof *steps, earlier_first);
    for (size_t i = 0; i < count; i++) {
        notes[i] = make_note(p, steps[i]);
    }
    for (size_t i = 0; i < count; i++) {
        place_note(p, notes, i, count);
        if (notes[i].y < p->y.to - 2) { /* no room below the heading */
            notes[i].text[0] = '\0';
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (notes[i].text[0] != '\0') {
            draw_leader(p, notes, count, i);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (notes[i].text[0] == '\0') {
            continue;
        }
        svg_text(s, (notes[i].left + notes[i].right) / 2, notes[i].y, "small mid halo",
                 notes[i].text);
    }
}

static void range_of(const panel *p, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < p->chart->step_count; i++) {
        *low = fmin(*low, p->value(&p->chart->steps[i]));
        *high = fmax(*high, p->value(&p->chart->steps[i]));
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
    p->value = gap_of;
    p->decimals = 1;
    range_of(p, &low, &high);
    low = fmin(low, 0);
    high = fmax(high, 0); /* a benchmark that is more than met has no gap at all */
    double step = svg_step(fmax(high - low, 1) * 1.25, 6);
    p->y = (svg_axis){floor(low / step) * step, ceil((high + 0.15 * (high - low)) / step) * step,
                      bottom, p->frame->top + 22};
    svg_textf(&p->frame->svg, p->frame->left - 24, p->frame->top + 6, "strong",
              "Gap in %d, Gt CO2e", p->chart->year);
    svg_grid(&p->frame->svg, &p->y, p->frame->left, p->frame->right, step, svg_step_decimals(step));
    draw_stairs(p, true, "area faint " SVG_PLEDGE);
    draw_stairs(p, false, "line " SVG_PLEDGE);
    draw_notes(p, p->frame->svg.narrow ? 3 : NOTES_MAX);
    draw_end(p, p->chart->steps[p->chart->step_count - 1].gap_gt, 1, "Gt", "strong " SVG_PLEDGE);
}

static void draw_warming_panel(panel *p, double top)
{
    double low;
    double high;
    p->value = warming_of;
    p->decimals = 2;
    range_of(p, &low, &high);
    p->y = (svg_axis){floor(low * 2 - 0.2) / 2, ceil(high * 2 + 0.4) / 2, p->frame->bottom, top};
    p->y.low = fmin(p->y.low, 1.5);
    svg_text(&p->frame->svg, p->frame->left - 24, top - 14, "strong",
             p->frame->svg.narrow ? "Median warming in 2100, °C"
                                  : "Median warming in 2100 with pledges and targets, °C");
    svg_grid(&p->frame->svg, &p->y, p->frame->left, p->frame->right, 0.5, 1);
    draw_stairs(p, false, "line " SVG_TREND);
    draw_notes(p, p->frame->svg.narrow ? 2 : 5);
    draw_end(p, p->chart->steps[p->chart->step_count - 1].warming_2100_k, 2, "°C",
             "strong " SVG_TREND);
}

void chart_draw_timeline(const chart_timeline *chart, const chart_words *words,
                         const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    double plot = chart->step_count == 0 ? 10 : narrow ? 400 : 460;
    chart_frame f = chart_start(words, look, plot, 40, narrow ? 62 : 80, out);
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
