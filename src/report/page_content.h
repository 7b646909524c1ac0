/** @file page_content.h
 * @brief Everything that a page or a chart tells, computed once: the assessment, the worlds behind
 * it, benchmarks, warming, timeline; and the words that go with each chart.
 */
#ifndef STK_REPORT_PAGE_CONTENT_H
#define STK_REPORT_PAGE_CONTENT_H

#include <stocktake/factorial.h>
#include <stocktake/fairness.h>
#include <stocktake/finance.h>
#include <stocktake/timeline.h>

#include <stocktake/area.h>

#include "report/chart.h"

typedef enum content_chart {
    CONTENT_GAP,
    CONTENT_CONTRIBUTIONS,
    CONTENT_WARMING,
    CONTENT_TIMELINE,
    CONTENT_ASSUMPTIONS,
    CONTENT_FINANCE,
    CONTENT_COUNTRY,  /**< needs an area */
    CONTENT_FAIRNESS, /**< needs a Party */
    CONTENT_CHARTS
} content_chart;

/** "gap", "contributions", "warming", "timeline", "assumptions", "finance", "country", "fairness".
 */
const char *content_chart_name(content_chart chart);

/** An option of the command that is not the default, as it was given. */
typedef struct content_option {
    const char *name;  /**< "hot-air" */
    const char *value; /**< NULL for a switch */
} content_option;

enum { CONTENT_OPTIONS_MAX = 48 };

typedef struct content_request {
    stk_assess_request assess; /**< `warming` is set by what is told */
    /** The benchmark of `assess`, a value a year from CHART_GAP_FIRST to CHART_GAP_LAST. */
    stk_benchmark benchmark[CHART_GAP_LAST - CHART_GAP_FIRST + 1];
    bool charts[CONTENT_CHARTS]; /**< what will be drawn; nothing else is computed */
    bool finance_unchecked;      /**< rows of finance that rest on memory count */
    int threads;                 /**< 0: as many as processors */
    content_option options[CONTENT_OPTIONS_MAX]; /**< of what date, year and edition do not say */
    size_t option_count;
} content_request;

enum { CONTENT_WHAT_IF_SIZE = 400 };

/** Zero it, tell it, close it. */
typedef struct page_content {
    const stk_data *data;
    stk_assessment *assessment;
    stk_world *world; /**< in the benchmark's GWP set, hot air as the options say */
    chart_benchmark benchmarks[CHART_BENCHMARKS_MAX];
    size_t benchmark_count;
    const stk_warming_model *model; /**< for warming and timeline */
    stk_warming_model *own_model;   /**< read for this, or NULL */
    stk_series observed_k;
    stk_timeline *timeline;
    stk_factorial *factorial; /**< one assumption at a time, around pledges and targets */
    stk_finance *finance;     /**< NULL: not told, or the edition has none */
    stk_finance_view money;   /**< of `finance`, by its usual source */
    stk_fairness *fairness;   /**< NULL: not told, or the edition has not its data */
    int fair_year;
    stk_equity_grid fair_rules;        /**< the usual ones, then by today's emissions */
    double *fair_mt;                   /**< what they leave: [rule][actor] */
    stk_fairness_rating *fair_ratings; /**< of all actors */
    char as_of[STK_DATE_SIZE];
    char since[STK_DATE_SIZE];
    stk_buffer last_line;               /**< of the page, and of every chart but finance */
    stk_buffer finance_last_line;       /**< its own; empty where it is not told */
    char what_if[CONTENT_WHAT_IF_SIZE]; /**< "What if: IND 2035=3000Mt", or "" */
} page_content;

/** @param data  must outlive the page_content */
stk_status content_tell(const stk_data *data, const content_request *request, page_content *s,
                        stk_error *error);
void content_close(page_content *s);

/** What a chart says of its origin whatever it shows: the date, the edition and up to which day it
 * knows what (`documents`), and every option that is not the default in words and as it was given.
 */
stk_status content_write_last_line(const page_content *s, const content_request *request,
                                   const char *what, stk_date known, stk_buffer *out,
                                   stk_error *error);

/** That line of a chart: figures of finance end on a day of their own. */
const char *content_last_line(const page_content *s, content_chart chart);

/** The first of the cases with the hot air of the options: unconditional, low ambition. */
const stk_gap *content_first_gap(const page_content *s, const stk_gap gaps[STK_GAP_CASES]);

/** Level, benchmark and gap of the content's year, unconditional, low and high ambition. */
const stk_gap *content_gap(const page_content *s, stk_ambition ambition);

/** The warming of one kind of case, or NULL if the content has none. */
const stk_warming_case *content_warming(const page_content *s, stk_case kind);

/** The texts of a chart. */
typedef struct content_words {
    char title[512];
    char subtitle[1024];
    char summary[640];
    char source[320];
    bool failed; /**< for lack of memory: not to be drawn */
} content_words;

void content_write_words(const page_content *s, content_chart chart, const char *iso3,
                         content_words *words);

/** The same of CONTENT_FINANCE. */
void content_finance_words(const page_content *s, content_words *words);

/** Read climate finance, where the edition has it. */
stk_status content_tell_finance(page_content *s, bool unchecked, stk_error *error);

/** Whether a goal or a figure is known on the date, so that there is something to draw. */
bool content_has_finance(const page_content *s);

/** Goals and figures of the view as a chart. */
void content_find_finance(const page_content *s, chart_finance *chart);

/** The same of CONTENT_FAIRNESS. */
void content_fairness_words(const page_content *s, const char *name, content_words *words);

/** Share a benchmark among the Parties and rate all pledges, where the edition has the data. */
stk_status content_tell_fairness(page_content *s, stk_error *error);
void content_close_fairness(page_content *s);

/** The actor that a name stands for.
 * @return STK_ENOTFOUND, STK_EARG for what shares nothing and for several */
stk_status content_find_rated(const page_content *s, const char *name, size_t *actor,
                              stk_error *error);

/** Ranges of the methods for an actor as a chart. */
void content_find_fairness(const page_content *s, size_t actor, chart_fairness *chart);

/** The same of CONTENT_WARMING. */
void content_warming_words(const page_content *s, content_words *words);

/** "2.4 °C if the targets are kept, 1.9 °C if net-zero aims are kept too"; false without warming.
 */
bool content_write_headline(const page_content *s, char *out, size_t size);

/** The weakest standing of net-zero aims that count in the case of pledges and targets: what every
 * sentence and table that speaks of them goes by. */
stk_net_zero content_net_zero_standing(const page_content *s);

/** Draw one chart.
 * @param iso3  the area or group of CONTENT_COUNTRY, the Party of CONTENT_FAIRNESS, as
 * stk_areas_find() knows it
 * @return STK_ENOTFOUND if there is no such Party */
stk_status content_draw(const page_content *s, content_chart chart, const char *iso3,
                        const chart_look *look, stk_buffer *out, stk_error *error);

/** The colour of a benchmark's goal. */
const char *content_goal_color(const stk_benchmark *benchmark);

/** The steps of the waterfall, largest first, small ones taken together, and the levels around
 * them: from no pledge to pledges, or from the documents before `since`. Labels are the Parties'
 * names. */
typedef struct content_waterfall {
    chart_step steps[CHART_STEPS_MAX];
    char step_labels[CHART_STEPS_MAX][80];
    chart_contributions chart;
    char from_label[40];
    char to_label[40];
    char goal_label[STK_BENCHMARK_TITLE_SIZE];
    char rest_label[40];
    size_t left_out; /**< changes that read as 0.00 together and have no row */
} content_waterfall;

/** @return false without memory */
bool content_find_waterfall(const page_content *s, size_t most, content_waterfall *waterfall);

/** The assumptions that move median warming in 2100, what moves most first. */
typedef struct content_tornado {
    chart_assumption rows[CHART_ASSUMPTIONS_MAX];
    chart_assumptions chart;
} content_tornado;

void content_find_tornado(const page_content *s, content_tornado *tornado);

/** The pathway of an area or group of the content's world.
 * @param set  must outlive `path`
 * @return STK_ENOTFOUND with the nearest names */
stk_status content_area(const page_content *s, const char *name, stk_area_set *set,
                        stk_area_path *path, stk_error *error);

/** An assessment as one page of HTML that needs no network, no script and no other file.
 * @param s        with all charts but CONTENT_COUNTRY told
 * @param command  the command that makes the page again */
stk_status page_write(const page_content *s, const char *command, stk_buffer *out,
                      stk_error *error);

#endif
