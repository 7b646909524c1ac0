/** @file content_headline.c
 * @brief Where the pledges lead, a case a sentence: the headline of the page and the words of the
 * chart of warming; and which assumptions move it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_content.h"
#include "report/svg.h"

/* Median warming in 2100 of a case as readers see it; false without that case. */
static bool find_median(const page_content *s, stk_case kind, char out[SVG_NUMBER_SIZE])
{
    const stk_warming_case *c = content_warming(s, kind);
    svg_decimal(out, c == NULL ? (double)NAN : c->outlook.last_k[STK_WARMING_MEDIAN], 1);
    return c != NULL;
}

bool content_write_headline(const page_content *s, char *out, size_t size)
{
    char targets[SVG_NUMBER_SIZE];
    char aims[SVG_NUMBER_SIZE];
    if (!find_median(s, STK_CASE_TARGETS_ONLY, targets) ||
        !find_median(s, STK_CASE_PLEDGES_AND_TARGETS, aims)) {
        return false;
    }
    if (content_net_zero_standing(s) == STK_NET_ZERO_NONE) {
        stk_print(out, size, "%s °C if the targets are kept; net-zero aims do not count", targets);
    } else if (strcmp(targets, aims) == 0) {
        stk_print(out, size, "%s °C if the targets are kept, net-zero aims or not", targets);
    } else {
        stk_print(out, size, "%s °C if the targets are kept, %s °C if net-zero aims are kept too",
                  targets, aims);
    }
    return true;
}

/* Why the last observed year and the first of the model lie apart. */
static void explain_start(const page_content *s, const stk_warming_case *c, char *out, size_t size)
{
    int first;
    int last;
    char observed[SVG_NUMBER_SIZE];
    char modelled[SVG_NUMBER_SIZE];
    out[0] = '\0';
    if (c == NULL || !stk_series_span(&s->observed_k, &first, &last) || last < STK_OUTLOOK_FIRST) {
        return;
    }
    svg_decimal(observed, stk_series_at(&s->observed_k, last), 2);
    svg_decimal(modelled, c->outlook.annual_k[STK_WARMING_MEDIAN][last - STK_OUTLOOK_FIRST], 2);
    stk_print(out, size,
              " Single years swing around the warming of the climate: %d was observed at %s, and "
              "the median without such swings is %s.",
              last, observed, modelled);
}

static void write_case(const stk_warming_case *c, const char *condition, char *out, size_t size)
{
    char median[SVG_NUMBER_SIZE];
    char range[SVG_NUMBER_SIZE];
    out[0] = '\0';
    if (c != NULL) {
        stk_print(out, size, " If %s, the median is %s degrees, 5 to 95 percent %s.", condition,
                  svg_decimal(median, c->outlook.last_k[STK_WARMING_MEDIAN], 1),
                  svg_range(range, c->outlook.last_k[0],
                            c->outlook.last_k[STK_WARMING_PERCENTILES - 1], 1));
    }
}

void content_warming_words(const page_content *s, content_words *w)
{
    const stk_warming_case *aims = content_warming(s, STK_CASE_PLEDGES_AND_TARGETS);
    char headline[180] = "";
    char start[260];
    char first[200];
    char second[200];
    content_write_headline(s, headline, sizeof headline);
    explain_start(s, aims, start, sizeof start);
    write_case(content_warming(s, STK_CASE_TARGETS_ONLY), "the targets are kept", first,
               sizeof first);
    write_case(aims, "net-zero aims are kept too", second, sizeof second);
    stk_print(w->title, sizeof w->title, "Warming in 2100: %s", headline);
    stk_print(w->subtitle, sizeof w->subtitle,
              "Global surface temperature above 1850\u20131900, °C. Lines: medians. The "
              "case 'Pledges and targets' counts targets and net-zero aims; the bands around its "
              "median are 5\u201395, 17\u201383 and 33\u201367 %% of the climate's uncertainty.%s",
              start);
    stk_print(w->summary, sizeof w->summary,
              "Warming to 2100 as of %s.%s%s The other cases are in "
              "the table.",
              s->as_of, first, second);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. Climate: 841-member calibrated ensemble (FaIR calibration 1.4.1). "
              "Observed: Indicators of Global Climate Change 2024.",
              stk_version());
}

/* ---- which assumptions move it: the rows of the tornado ---- */

static int wider_first(const void *a, const void *b)
{
    const chart_assumption *x = a;
    const chart_assumption *y = b;
    double dx = fmax(-x->low_k, x->high_k);
    double dy = fmax(-y->low_k, y->high_k);
    return dx == dy ? strcmp(x->label, y->label) : dx < dy ? 1 : -1;
}

static void widen(chart_assumption *row, const stk_effect *effect)
{
    const char *words = stk_choice_words(effect->assumption, effect->choice);
    if (effect->alone_k < row->low_k) {
        row->low_k = effect->alone_k;
        row->low_choice = words;
    }
    if (effect->alone_k > row->high_k) {
        row->high_k = effect->alone_k;
        row->high_choice = words;
    }
}

void content_find_tornado(const page_content *s, content_tornado *tornado)
{
    size_t count;
    const stk_effect *effects = stk_factorial_effects(s->factorial, &count);
    const stk_factorial_case *reference = stk_factorial_reference(s->factorial);
    memset(tornado, 0, sizeof *tornado);
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        tornado->rows[a].label = stk_assumption_title((stk_assumption)a);
    }
    for (size_t i = 0; i < count; i++) {
        widen(&tornado->rows[effects[i].assumption], &effects[i]);
    }
    qsort(tornado->rows, STK_ASSUMPTIONS, sizeof *tornado->rows, wider_first);
    tornado->chart =
        (chart_assumptions){.reference_k = reference->warming_2100_k[STK_WARMING_MEDIAN],
                            .rows = tornado->rows,
                            .row_count = STK_ASSUMPTIONS};
}
