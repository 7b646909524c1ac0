/** @file chart_warming.c
 * @brief Observed temperature, the fan of one case, the medians of the others.
 */
#include <math.h>
#include <stdio.h>

#include "report/chart_frame.h"

enum { FIRST = 1970, FAN_FIRST = 2024, LAST = STK_OUTLOOK_LAST };

static const char *const case_classes[STK_CASES] = {[STK_CASE_CURRENT_TREND] = SVG_TREND,
                                                    [STK_CASE_TARGETS_ONLY] = SVG_GOAL_2,
                                                    [STK_CASE_PLEDGES_AND_TARGETS] = SVG_PLEDGE,
                                                    [STK_CASE_OPTIMISTIC] = SVG_GOAL};

static const stk_warming_case *find_fan(const chart_warming *chart)
{
    for (size_t i = 0; i < chart->case_count; i++) {
        if (chart->cases[i].kind == chart->fan) {
            return &chart->cases[i];
        }
    }
    return NULL;
}

/* Every number that a label names has its place on the axis. */
static double highest(const chart_warming *chart)
{
    double high = 2;
    for (size_t i = 0; i < chart->case_count; i++) {
        const stk_outlook *o = &chart->cases[i].outlook;
        high = fmax(high, o->last_k[STK_WARMING_PERCENTILES - 1]);
        high = fmax(high, o->peak_k[STK_WARMING_MEDIAN]);
    }
    return ceil(high * 2 - 1e-9) / 2;
}

static void draw_fan(chart_frame *f, const svg_axis *x, const svg_axis *y, const stk_outlook *o)
{
    static const char *const classes[] = {"area faint " SVG_PLEDGE, "area " SVG_PLEDGE,
                                          "area " SVG_PLEDGE};
    for (int p = 0; p < STK_WARMING_MEDIAN; p++) {
        chart_band(f, x, y, o->annual_k[p], o->annual_k[STK_WARMING_PERCENTILES - 1 - p],
                   STK_OUTLOOK_FIRST, FAN_FIRST, LAST, classes[p]);
    }
}

static void draw_observed(chart_frame *f, const svg_axis *x, const svg_axis *y,
                          const stk_series *observed)
{
    bool first = true;
    svg_path_start(&f->svg, "line thin " SVG_HISTORY);
    for (int year = FIRST; year < observed->first_year + observed->count; year++) {
        double k = stk_series_at(observed, year);
        if (!isnan(k)) {
            svg_path_point(&f->svg, first, svg_at(x, year), svg_at(y, k));
            first = false;
        }
    }
    svg_path_end(&f->svg, false);
    svg_text(&f->svg, svg_at(x, 1996), svg_at(y, stk_series_at(observed, 1996)) + 40,
             "strong halo " SVG_HISTORY, f->svg.narrow ? "Observed" : "Observed, single years");
}

static void draw_thresholds(chart_frame *f, const svg_axis *y)
{
    static const double marks[] = {1.5, 2.0};
    static const char *const labels[] = {"1.5 °C", "2 °C"};
    for (int i = 0; i < 2; i++) {
        svg_line(&f->svg, f->left, svg_at(y, marks[i]), f->right, svg_at(y, marks[i]), "zero");
        svg_text(&f->svg, f->left + 6, svg_at(y, marks[i]) - 5, "small strong halo", labels[i]);
    }
}

static void draw_medians(chart_frame *f, const chart_warming *chart, const svg_axis *x,
                         const svg_axis *y)
{
    svg_label labels[STK_CASES + 1];
    size_t n = 0;
    for (size_t i = 0; i < chart->case_count && i < STK_CASES; i++) {
        const stk_warming_case *c = &chart->cases[i];
        bool fan = c->kind == chart->fan;
        char classes[48];
        char median[SVG_NUMBER_SIZE];
        char range[SVG_NUMBER_SIZE];
        stk_print(classes, sizeof classes, fan ? "line %s" : "line thin %s", case_classes[c->kind]);
        chart_line(f, x, y, c->outlook.annual_k[STK_WARMING_MEDIAN], STK_OUTLOOK_FIRST, FAN_FIRST,
                   LAST, classes);
        svg_decimal(median, c->outlook.last_k[STK_WARMING_MEDIAN], 1);
        svg_range(range, c->outlook.last_k[0], c->outlook.last_k[STK_WARMING_PERCENTILES - 1], 1);
        labels[n].y = svg_at(y, c->outlook.last_k[STK_WARMING_MEDIAN]);
        labels[n].classes = case_classes[c->kind];
        if (f->svg.narrow) {
            static const char *const brief[STK_CASES] = {"Trend", "Targets", "net zero",
                                                         "Optimistic"};
            if (c->kind == STK_CASE_PLEDGES_AND_TARGETS) { /* in two lines that stay together */
                labels[n + 1] = labels[n];
                labels[n].y -= 0.001;
                stk_print(labels[n].text, sizeof labels[n].text, "Targets and");
                n++;
            }
            stk_print(labels[n].text, sizeof labels[n].text, "%s %s", brief[c->kind], median);
        } else {
            stk_print(labels[n].text, sizeof labels[n].text, "%s %s (%s)", stk_case_title(c->kind),
                      median, range);
        }
        n++;
    }
    svg_place_labels(labels, n, 18, f->top + 6, f->bottom);
    for (size_t i = 0; i < n; i++) {
        char classes[48];
        stk_print(classes, sizeof classes, "strong %s", labels[i].classes);
        svg_text(&f->svg, f->right + 8, labels[i].y + 4, classes, labels[i].text);
    }
}

void chart_draw_warming(const chart_warming *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out)
{
    bool narrow = look->width < CHART_NARROW_BELOW;
    const stk_warming_case *fan = find_fan(chart);
    chart_frame f = chart_start(words, look, narrow ? 300 : 380, 34, narrow ? 102 : 238, out);
    svg_axis x = {FIRST, LAST, f.left, f.right};
    svg_axis y = {0, highest(chart), f.bottom, f.top};
    svg_grid(&f.svg, &y, f.left, f.right, 0.5, 1);
    svg_years(&f.svg, &x, f.bottom, narrow ? 40 : 20);
    draw_thresholds(&f, &y);
    if (fan != NULL) {
        draw_fan(&f, &x, &y, &fan->outlook);
    }
    draw_medians(&f, chart, &x, &y);
    draw_observed(&f, &x, &y, chart->observed_k);
    chart_finish(&f);
}
