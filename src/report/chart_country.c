/** @file chart_country.c
 * @brief One Party: history, baseline, what its targets lead to; and the same as a sparkline.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"
#include "report/report.h"

enum { FIRST = 1990, LAST = 2050, SPARK_WIDTH = 120, SPARK_HEIGHT = 28 };

/* The highest and lowest of all conditions and ambitions. */
static void find_range(const stk_national *n, double *low, double *high)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        low[i] = INFINITY;
        high[i] = -INFINITY;
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            double mt = n->path[k / STK_AMBITIONS][k % STK_AMBITIONS][i];
            low[i] = fmin(low[i], mt);
            high[i] = fmax(high[i], mt);
        }
    }
}

static void find_limits(const stk_national *n, double *low, double *high)
{
    *low = 0;
    *high = 0;
    for (int year = FIRST; year <= LAST; year++) {
        int i = year - STK_PATH_FIRST;
        *high = fmax(*high, n->baseline[i]);
        STK_EACH_CASE(c, k) {
            double mt = n->path[c][k][i];
            *low = fmin(*low, mt);
            *high = fmax(*high, mt);
        }
    }
}

/* And of the dots, which need not lie on a pathway: fmin leaves out NaN. */
static void include_targets(const stk_national *n, double *low, double *high)
{
    for (int i = 0; i < n->target_count; i++) {
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS && n->targets[i].year <= LAST; k++) {
            double mt = stk_report_target_mt(n, &n->targets[i], k);
            *low = fmin(*low, mt);
            *high = fmax(*high, mt);
        }
    }
}

static int history_first(const stk_national *n, int history_last)
{
    int first = stk_report_history_first(n, history_last);
    return first == 0 ? FIRST : first;
}

static void draw_targets(chart_frame *f, const stk_national *n, const svg_axis *x,
                         const svg_axis *y)
{
    double last_label = -INFINITY;
    for (int i = 0; i < n->target_count; i++) {
        const stk_actor_target *t = &n->targets[i];
        bool labelled = false;
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS && t->year <= LAST; k++) {
            double mt = stk_report_target_mt(n, t, k);
            if (isnan(mt)) {
                continue;
            }
            char tooltip[96];
            char number[SVG_NUMBER_SIZE];
            double at = svg_at(x, t->year);
            stk_print(tooltip, sizeof tooltip, "Target for %d: %s Mt", t->year,
                      svg_decimal(number, mt, mt < 10 ? 2 : 0));
            svg_dot(&f->svg, at, svg_at(y, mt), 4, "fill " SVG_PLEDGE, tooltip);
            if (!labelled && at - last_label > 34) {
                svg_textf(&f->svg, at, svg_at(y, mt) - 10, "mid small strong halo " SVG_PLEDGE,
                          "%d", t->year);
                last_label = at;
                labelled = true;
            }
        }
    }
}

static void draw_labels(chart_frame *f, const stk_national *n, const svg_axis *y, const double *low,
                        const double *high)
{
    int end = LAST - STK_PATH_FIRST;
    svg_label labels[2] = {
        {.y = svg_at(y, n->baseline[end]), .classes = "strong " SVG_TREND},
        {.y = svg_at(y, (low[end] + high[end]) / 2), .classes = "strong " SVG_PLEDGE}};
    char number[SVG_NUMBER_SIZE];
    int decimals = n->baseline[end] < 10 ? 2 : 0;
    svg_decimal(number, n->baseline[end], decimals);
    stk_print(labels[0].text, sizeof labels[0].text, f->svg.narrow ? "No pledge" : "No pledge %s",
              number);
    svg_range(number, low[end], high[end], decimals);
    stk_print(labels[1].text, sizeof labels[1].text, f->svg.narrow ? "Pledges" : "Pledges %s",
              number);
    bool apart = n->target_count > 0 || low[end] != n->baseline[end];
    size_t count = apart ? 2 : 1; /* who has no target is on the baseline */
    svg_place_labels(labels, count, 18, f->top + 6, f->bottom);
    for (size_t i = 0; i < count; i++) {
        svg_text(&f->svg, f->right + 8, labels[i].y + 4, labels[i].classes, labels[i].text);
    }
}

/* Who pledges nothing is on the baseline: no second line over it. */
static void draw_pledges(chart_frame *f, const chart_country *chart, const svg_axis *x,
                         const svg_axis *y, const double *low, const double *high)
{
    int last = chart->history_last;
    const double *baseline = chart->national->baseline;
    bool apart = false;
    for (int i = last - STK_PATH_FIRST; i <= LAST - STK_PATH_FIRST; i++) {
        apart = apart || low[i] != baseline[i] || high[i] != baseline[i];
    }
    if (apart) {
        chart_band(f, x, y, low, high, STK_PATH_FIRST, last, LAST, "area " SVG_PLEDGE);
        chart_line(f, x, y, high, STK_PATH_FIRST, last, LAST, "line thin " SVG_PLEDGE);
        chart_line(f, x, y, low, STK_PATH_FIRST, last, LAST, "line thin " SVG_PLEDGE);
    }
}

void chart_draw_country(const chart_country *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out)
{
    const stk_national *n = chart->national;
    bool narrow = look->width < CHART_NARROW_BELOW;
    double low[STK_PATH_YEARS];
    double high[STK_PATH_YEARS];
    double least;
    double most;
    find_range(n, low, high);
    find_limits(n, &least, &most);
    include_targets(n, &least, &most);
    most = most > least ? most : least + 1;
    double step = svg_step(most - least, narrow ? 5 : 7);
    chart_frame f = chart_start(words, look, narrow ? 260 : 340, 62, narrow ? 78 : 150, out);
    svg_axis x = {FIRST, LAST, f.left, f.right};
    svg_axis y = {floor(least / step) * step, ceil(most / step) * step, f.bottom, f.top};
    svg_grid(&f.svg, &y, f.left, f.right, step, svg_step_decimals(step));
    svg_years(&f.svg, &x, f.bottom, narrow ? 20 : 10);
    chart_line(&f, &x, &y, n->baseline, STK_PATH_FIRST, chart->history_last, LAST,
               "line dash " SVG_TREND);
    draw_pledges(&f, chart, &x, &y, low, high);
    chart_line(&f, &x, &y, n->baseline, STK_PATH_FIRST, history_first(n, chart->history_last),
               chart->history_last, "line " SVG_HISTORY);
    draw_targets(&f, n, &x, &y);
    draw_labels(&f, n, &y, low, high);
    chart_finish(&f);
}

void chart_draw_sparkline(const stk_national *n, int history_last, const char *summary,
                          stk_buffer *out)
{
    chart_look look = {.width = SPARK_WIDTH};
    chart_frame f = {.svg = {out, SPARK_WIDTH, SPARK_HEIGHT, true}, .look = &look};
    double low;
    double high;
    find_limits(n, &low, &high);
    svg_axis x = {FIRST, LAST, 3, SPARK_WIDTH - 3};
    svg_axis y = {low, high > low ? high : low + 1, SPARK_HEIGHT - 3, 3};
    stk_buffer_printf(out,
                      "<svg class=\"stk spark\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                      "role=\"img\" aria-label=\"",
                      SPARK_WIDTH, SPARK_HEIGHT, SPARK_WIDTH, SPARK_HEIGHT);
    svg_escape(out, summary);
    stk_buffer_text(out, "\">");
    chart_line(&f, &x, &y, n->path[STK_UNCONDITIONAL][STK_LOW], STK_PATH_FIRST, history_last, LAST,
               "line thin " SVG_PLEDGE);
    chart_line(&f, &x, &y, n->baseline, STK_PATH_FIRST, history_first(n, history_last),
               history_last, "line thin " SVG_HISTORY);
    stk_buffer_text(out, "</svg>");
}
