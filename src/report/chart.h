/** @file chart.h
 * @brief The charts of an assessment as SVG. Each is a function of what it shows and of how wide it
 * is.
 *
 * A chart for a page is drawn twice, wide and narrow, because text must stay readable when a screen
 * is 360 pixels wide; the page shows the one that fits.
 */
#ifndef STK_REPORT_CHART_H
#define STK_REPORT_CHART_H

#include <stocktake/factorial.h>
#include <stocktake/timeline.h>

#include "base/buffer.h"

enum { CHART_WIDE = 760, CHART_NARROW = 360, CHART_NARROW_BELOW = 560 };

typedef struct chart_look {
    int width;       /**< pixels; below CHART_NARROW_BELOW texts get shorter */
    bool standalone; /**< a file of its own: with title, source, colours and paper */
    const char *id;  /**< what the ids of a chart in a page start with; unique there */
} chart_look;

/** What every chart says of itself. */
typedef struct chart_words {
    const char *title;
    const char *subtitle; /**< what is drawn, in which unit */
    const char *summary;  /**< the finding in a sentence, for who cannot see the chart */
    const char *source;
    const char *last_line; /**< of what day, which data, which options: content.h */
} chart_words;

/** What tells an event from a document of the same Party, after its name: " withdraws", " rejoins";
 * "" for others. */
const char *chart_event_words(stk_step_kind kind);

enum { CHART_BENCHMARKS_MAX = 4, CHART_GAP_FIRST = 1990, CHART_GAP_LAST = 2050 };

/** A benchmark's levels from CHART_GAP_FIRST to CHART_GAP_LAST, and what readers call it. */
typedef struct chart_benchmark {
    char label[48];
    char short_label[24];
    const char *color; /**< of its goal, whichever benchmark was asked for */
    stk_benchmark years[CHART_GAP_LAST - CHART_GAP_FIRST + 1];
} chart_benchmark;

typedef struct chart_gap {
    const stk_world *world; /**< in the GWP set of the benchmarks */
    bool with_lulucf;
    int history_last;
    int year; /**< in which the gap is measured, to the first benchmark */
    const chart_benchmark *benchmarks;
    size_t benchmark_count;
} chart_gap;

void chart_draw_gap(const chart_gap *chart, const chart_words *words, const chart_look *look,
                    stk_buffer *out);

enum { CHART_STEPS_MAX = 24 };

/** A step of the waterfall: it takes `closes_gt` off the level before it. */
typedef struct chart_step {
    const char *label;
    double closes_gt;
    bool per_gdp; /**< rests on a target per unit of GDP; gets an asterisk */
} chart_step;

typedef struct chart_contributions {
    const char *from_label;
    double from_gt;
    const chart_step *steps; /**< largest first; they add up to `from_gt - to_gt` */
    size_t step_count;
    const char *to_label;
    double to_gt;
    const char *goal_label;
    const char *goal_color;
    double goal_gt;
} chart_contributions;

void chart_draw_contributions(const chart_contributions *chart, const chart_words *words,
                              const chart_look *look, stk_buffer *out);

typedef struct chart_warming {
    const stk_warming_case *cases; /**< one of each kind, in the order of their kinds */
    size_t case_count;
    stk_case fan;                 /**< the case whose percentiles are drawn */
    const stk_series *observed_k; /**< above 1850-1900 */
} chart_warming;

void chart_draw_warming(const chart_warming *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out);

typedef struct chart_timeline {
    const stk_timeline_step *steps;
    size_t step_count;
    int year;       /**< of the gap */
    stk_date as_of; /**< where the lines end */
} chart_timeline;

void chart_draw_timeline(const chart_timeline *chart, const chart_words *words,
                         const chart_look *look, stk_buffer *out);

/** An assumption: what its extreme choices change, at most zero and at least zero. */
typedef struct chart_assumption {
    const char *label;
    double low_k;
    const char *low_choice; /**< NULL where no choice is below the reference */
    double high_k;
    const char *high_choice;
} chart_assumption;

enum { CHART_ASSUMPTIONS_MAX = 16 };

typedef struct chart_assumptions {
    double reference_k;
    const chart_assumption *rows; /**< what moves most first */
    size_t row_count;
} chart_assumptions;

void chart_draw_assumptions(const chart_assumptions *chart, const chart_words *words,
                            const chart_look *look, stk_buffer *out);

typedef struct chart_country {
    const stk_national *national;
    int history_last;
} chart_country;

void chart_draw_country(const chart_country *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out);

enum { CHART_FINANCE_YEARS_MAX = 64, CHART_FINANCE_GOALS_MAX = 16, CHART_VINTAGES_MAX = 4 };

/** What was delivered in a year, bn US$. */
typedef struct chart_finance_year {
    int year;
    double low_usd_bn; /**< NaN where only the high end is known, or nothing */
    double high_usd_bn;
    double earlier_usd_bn[CHART_VINTAGES_MAX]; /**< what was published before */
    int earlier_count;
    bool unknown; /**< of a goal, past, and without a figure */
} chart_finance_year;

typedef struct chart_finance_goal {
    int first_year;
    int last_year;
    double usd_bn;
    char label[96];
    char short_label[32];
} chart_finance_goal;

typedef struct chart_finance {
    int first_year;
    int last_year;
    chart_finance_year years[CHART_FINANCE_YEARS_MAX];
    size_t year_count;
    chart_finance_goal goals[CHART_FINANCE_GOALS_MAX];
    size_t goal_count;
    bool failed; /**< labels are missing for lack of memory */
} chart_finance;

void chart_draw_finance(const chart_finance *chart, const chart_words *words,
                        const chart_look *look, stk_buffer *out);

/** What the readings of a method of equity leave, Mt CO2e. */
typedef struct chart_fairness_row {
    const char *label;
    double low_mt;
    double high_mt;
    double mean_mt;
    int count;
    bool rated; /**< else it is no reading of equity, and drawn paler */
} chart_fairness_row;

enum { CHART_FAIRNESS_ROWS_MAX = 8 };

typedef struct chart_fairness {
    chart_fairness_row rows[CHART_FAIRNESS_ROWS_MAX];
    size_t row_count;
    int year;
    double level_mt; /**< pledged, or the baseline */
    bool has_pledge;
    char what[64]; /**< is rated: "pledge", "baseline", ... */
    int now_year;
    double now_mt;
    int decimals; /**< of levels */
} chart_fairness;

void chart_draw_fairness(const chart_fairness *chart, const chart_words *words,
                         const chart_look *look, stk_buffer *out);

/** A Party in the height of a line of text: history, then the unconditional pathway, to 2050.
 * @param summary  for who cannot see it */
void chart_draw_sparkline(const stk_national *national, int history_last, const char *summary,
                          stk_buffer *out);

#endif
