/** @file chart_gap.c
 * @brief History, pledges and benchmarks, and the gap between them.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"

enum { YEARS = CHART_GAP_LAST - CHART_GAP_FIRST + 1, LABELS_MAX = CHART_BENCHMARKS_MAX + 2 };

/* Everything drawn, in Gt. */
typedef struct lines {
    double baseline[YEARS];
    double highest[YEARS]; /* of all conditions and ambitions */
    double lowest[YEARS];
    double benchmark_low[CHART_BENCHMARKS_MAX][YEARS];
    double benchmark[CHART_BENCHMARKS_MAX][YEARS];
    double benchmark_high[CHART_BENCHMARKS_MAX][YEARS];
} lines;

static void gather_world(const chart_gap *chart, lines *l)
{
    for (int i = 0; i < YEARS; i++) {
        int year = CHART_GAP_FIRST + i;
        l->baseline[i] = stk_world_baseline_mt(chart->world, chart->with_lulucf, year) / 1000;
        l->highest[i] = -INFINITY;
        l->lowest[i] = INFINITY;
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            double gt =
                stk_world_level_mt(chart->world, (stk_condition)(k / STK_AMBITIONS),
                                   (stk_ambition)(k % STK_AMBITIONS), chart->with_lulucf, year) /
                1000;
            l->highest[i] = fmax(l->highest[i], gt);
            l->lowest[i] = fmin(l->lowest[i], gt);
        }
    }
}

static void gather(const chart_gap *chart, lines *l, double *low, double *high)
{
    gather_world(chart, l);
    *low = 0;
    *high = 0;
    for (int i = 0; i < YEARS; i++) {
        for (size_t b = 0; b < chart->benchmark_count; b++) {
            const stk_benchmark *at = &chart->benchmarks[b].years[i];
            bool drawn = CHART_GAP_FIRST + i >= 2020; /* before, history speaks */
            l->benchmark_low[b][i] = drawn ? at->low_gt : NAN;
            l->benchmark[b][i] = drawn ? at->median_gt : NAN;
            l->benchmark_high[b][i] = drawn ? at->high_gt : NAN;
            *low = fmin(*low, l->benchmark_low[b][i]); /* fmin leaves out NaN */
            *high = fmax(*high, l->benchmark_high[b][i]);
        }
        *low = fmin(*low, l->lowest[i]);
        *high = fmax(*high, fmax(l->baseline[i], l->highest[i]));
    }
}

static void draw_lines(chart_frame *f, const chart_gap *chart, const lines *l, const svg_axis *x,
                       const svg_axis *y)
{
    int last = CHART_GAP_LAST;
    char classes[48];
    for (size_t b = chart->benchmark_count; b-- > 0;) {
        stk_print(classes, sizeof classes, "area %s", chart->benchmarks[b].color);
        chart_band(f, x, y, l->benchmark_low[b], l->benchmark_high[b], CHART_GAP_FIRST,
                   CHART_GAP_FIRST, last, classes);
        stk_print(classes, sizeof classes, "line thin %s", chart->benchmarks[b].color);
        chart_line(f, x, y, l->benchmark[b], CHART_GAP_FIRST, CHART_GAP_FIRST, last, classes);
    }
    chart_line(f, x, y, l->baseline, CHART_GAP_FIRST, chart->history_last, last,
               "line dash " SVG_TREND);
    chart_band(f, x, y, l->lowest, l->highest, CHART_GAP_FIRST, chart->history_last, last,
               "area " SVG_PLEDGE);
    chart_line(f, x, y, l->highest, CHART_GAP_FIRST, chart->history_last, last,
               "line thin " SVG_PLEDGE);
    chart_line(f, x, y, l->lowest, CHART_GAP_FIRST, chart->history_last, last,
               "line thin " SVG_PLEDGE);
    chart_line(f, x, y, l->baseline, CHART_GAP_FIRST, CHART_GAP_FIRST, chart->history_last,
               "line " SVG_HISTORY);
}

static void draw_labels(chart_frame *f, const chart_gap *chart, const lines *l, const svg_axis *x,
                        const svg_axis *y)
{
    svg_label labels[LABELS_MAX];
    char classes[CHART_BENCHMARKS_MAX][32];
    char range[SVG_NUMBER_SIZE];
    size_t n = 0;
    int end = YEARS - 1;
    labels[n] = (svg_label){.y = svg_at(y, l->baseline[end]), .classes = "strong " SVG_TREND};
    svg_decimal(range, l->baseline[end], 0);
    stk_print(labels[n].text, sizeof labels[n].text, f->svg.narrow ? "No pledge" : "No pledge %s",
              range);
    n++;
    labels[n] = (svg_label){.y = svg_at(y, (l->highest[end] + l->lowest[end]) / 2),
                            .classes = "strong " SVG_PLEDGE};
    svg_range(range, l->lowest[end], l->highest[end], 0);
    stk_print(labels[n].text, sizeof labels[n].text, f->svg.narrow ? "Pledges" : "Pledges %s",
              range);
    n++;
    for (size_t b = 0; b < chart->benchmark_count; b++) {
        const chart_benchmark *goal = &chart->benchmarks[b];
        if (isnan(l->benchmark[b][end])) {
            continue;
        }
        stk_print(classes[b], sizeof classes[b], "strong %s", goal->color);
        labels[n] = (svg_label){.y = svg_at(y, l->benchmark[b][end]), .classes = classes[b]};
        stk_print(labels[n].text, sizeof labels[n].text, "%s",
                  f->svg.narrow ? goal->short_label : goal->label);
        n++;
    }
    svg_place_labels(labels, n, 18, f->top + 6, f->bottom);
    for (size_t i = 0; i < n; i++) {
        char fitted[SVG_FITTED_SIZE];
        svg_text(&f->svg, f->right + 8, labels[i].y + 4, labels[i].classes,
                 svg_fit(fitted, labels[i].text, 13.5, f->svg.width - f->right - 10));
    }
    svg_text(&f->svg, svg_at(x, 2004), svg_at(y, l->baseline[2004 - CHART_GAP_FIRST]) - 14,
             "strong end halo " SVG_HISTORY, "History");
}

/* Where the lowest point of history to 2018 lies. */
static double lowest_history(const lines *l, const svg_axis *y)
{
    double lowest = y->to;
    for (int year = CHART_GAP_FIRST; year <= 2018; year++) {
        lowest = fmax(lowest, svg_at(y, l->baseline[year - CHART_GAP_FIRST]));
    }
    return lowest;
}

/* From the pledges down to the benchmark; its size stands where nothing else is drawn, below
 * history. */
static void draw_gap(chart_frame *f, const chart_gap *chart, const lines *l, const svg_axis *x,
                     const svg_axis *y)
{
    int i = chart->year - CHART_GAP_FIRST;
    char range[SVG_NUMBER_SIZE];
    if (chart->benchmark_count == 0 || chart->year > CHART_GAP_LAST || isnan(l->benchmark[0][i])) {
        return;
    }
    double at = svg_at(x, chart->year);
    double upper = svg_at(y, l->highest[i]);
    double lower = svg_at(y, l->benchmark[0][i]);
    double text = fmax(lower + (upper - lower) / 4, lowest_history(l, y) + 26);
    text = fmin(text, f->bottom - 26);
    double text_end = svg_at(x, 2018);
    svg_line(&f->svg, at, upper, at, lower, "line thin " SVG_HISTORY);
    svg_line(&f->svg, at - 5, upper, at + 5, upper, "line thin " SVG_HISTORY);
    svg_line(&f->svg, at - 5, lower, at + 5, lower, "line thin " SVG_HISTORY);
    double nearest = fmin(fmax(text, fmin(upper, lower)), fmax(upper, lower));
    svg_line(&f->svg, text_end + 6, text, at, nearest, "zero");
    double least = l->lowest[i] - l->benchmark[0][i];
    double most = l->highest[i] - l->benchmark[0][i];
    bool met = most < 0; /* whatever reading: not a negative gap, but room to spare */
    svg_range(range, met ? -most : least, met ? -least : most, 1);
    svg_textf(&f->svg, text_end, text, "strong end halo", met ? "Below in %d" : "Gap in %d",
              chart->year);
    svg_textf(&f->svg, text_end, text + 17, "end halo", "%s Gt", range);
}

void chart_draw_gap(const chart_gap *chart, const chart_words *words, const chart_look *look,
                    stk_buffer *out)
{
    static lines const none;
    lines l = none;
    double low;
    double high;
    bool narrow = look->width < CHART_NARROW_BELOW;
    gather(chart, &l, &low, &high);
    double step = svg_step(high - low, narrow ? 6 : 8);
    chart_frame f = chart_start(words, look, narrow ? 300 : 400, 40, narrow ? 78 : 172, out);
    svg_axis x = {CHART_GAP_FIRST, CHART_GAP_LAST, f.left, f.right};
    svg_axis y = {floor(low / step) * step, ceil(high / step) * step, f.bottom, f.top};
    svg_grid(&f.svg, &y, f.left, f.right, step, svg_step_decimals(step));
    svg_years(&f.svg, &x, f.bottom, narrow ? 20 : 10);
    draw_lines(&f, chart, &l, &x, &y);
    draw_labels(&f, chart, &l, &x, &y);
    draw_gap(&f, chart, &l, &x, &y);
    chart_finish(&f);
}
