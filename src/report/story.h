/** @file story.h
 * @brief Everything that a page or a chart tells, computed once: the assessment, the worlds behind
 * it, benchmarks, warming, timeline; and the words that go with each chart.
 */
#ifndef STK_REPORT_STORY_H
#define STK_REPORT_STORY_H

#include <stocktake/factorial.h>
#include <stocktake/timeline.h>

#include <stocktake/area.h>

#include "report/chart.h"

typedef enum story_chart {
    STORY_GAP,
    STORY_CONTRIBUTIONS,
    STORY_WARMING,
    STORY_TIMELINE,
    STORY_ASSUMPTIONS,
    STORY_COUNTRY, /**< needs a Party */
    STORY_CHARTS
} story_chart;

/** "gap", "contributions", "warming", "timeline", "assumptions", "country". */
const char *story_chart_name(story_chart chart);

/** An option of the command that is not the default, as it was given. */
typedef struct story_option {
    const char *name;  /**< "hot-air" */
    const char *value; /**< NULL for a switch */
} story_option;

enum { STORY_OPTIONS_MAX = 48 };

typedef struct story_request {
    stk_assess_request assess; /**< `warming` is set by what is told */
    /** The benchmark of `assess`, a value a year from CHART_GAP_FIRST to CHART_GAP_LAST. */
    stk_benchmark benchmark[CHART_GAP_LAST - CHART_GAP_FIRST + 1];
    bool charts[STORY_CHARTS];               /**< what will be drawn; nothing else is computed */
    int threads;                             /**< 0: as many as processors */
    story_option options[STORY_OPTIONS_MAX]; /**< of what date, year and edition do not say */
    size_t option_count;
} story_request;

/** Zero it, tell it, close it. */
typedef struct story {
    const stk_data *data;
    stk_assessment *assessment;
    stk_world *world; /**< in the benchmark's GWP set, hot air as the options say */
    chart_benchmark benchmarks[CHART_BENCHMARKS_MAX];
    size_t benchmark_count;
    stk_warming_model *model; /* for warming and timeline */
    stk_series observed_k;
    stk_timeline *timeline;
    stk_factorial *factorial; /**< one assumption at a time, around pledges and targets */
    char as_of[STK_DATE_SIZE];
    char since[STK_DATE_SIZE];
    stk_buffer last_line; /**< of every chart, and of the page */
} story;

/** @param data  must outlive the story */
stk_status story_tell(const stk_data *data, const story_request *request, story *s,
                      stk_error *error);
void story_close(story *s);

/** What a chart says of its origin whatever it shows: the date, the edition and up to which day it
 * knows documents, and every option that is not the default in words and as it was given. */
stk_status story_write_last_line(const story *s, const story_request *request, stk_buffer *out,
                                 stk_error *error);

/** The first of the cases with the hot air of the options: unconditional, low ambition. */
const stk_gap *story_first_gap(const story *s, const stk_gap gaps[STK_GAP_CASES]);

/** Level, benchmark and gap of the story's year, unconditional, low and high ambition. */
const stk_gap *story_gap(const story *s, stk_ambition ambition);

/** The warming of one kind of case, or NULL if the story has none. */
const stk_warming_case *story_warming(const story *s, stk_case kind);

/** The texts of a chart. */
typedef struct story_words {
    char title[512];
    char subtitle[1024];
    char summary[640];
    char source[320];
} story_words;

void story_write_words(const story *s, story_chart chart, const char *iso3, story_words *words);

/** The same of STORY_WARMING. */
void story_warming_words(const story *s, story_words *words);

/** "2.4 °C if the targets are kept, 1.9 °C if net-zero aims are kept too"; false without warming.
 */
bool story_write_headline(const story *s, char *out, size_t size);

/** The weakest standing of net-zero aims that count in the case of pledges and targets: what every
 * sentence and table that speaks of them goes by. */
stk_net_zero story_net_zero_standing(const story *s);

/** Draw one chart.
 * @param iso3  the area or group of STORY_COUNTRY, as stk_areas_find() knows it
 * @return STK_ENOTFOUND if there is no such Party */
stk_status story_draw(const story *s, story_chart chart, const char *iso3, const chart_look *look,
                      stk_buffer *out, stk_error *error);

/** The colour of a benchmark's goal. */
const char *story_goal_color(const stk_benchmark *benchmark);

/** The steps of the waterfall, largest first, small ones taken together, and the levels around
 * them: from no pledge to pledges, or from the documents before `since`. Labels are the Parties'
 * names. */
typedef struct story_waterfall {
    chart_step steps[CHART_STEPS_MAX];
    char step_labels[CHART_STEPS_MAX][80];
    chart_contributions chart;
    char from_label[40];
    char to_label[40];
    char goal_label[STK_BENCHMARK_TITLE_SIZE];
    char rest_label[40];
    size_t left_out; /**< changes that read as 0.00 together and have no row */
} story_waterfall;

void story_find_waterfall(const story *s, size_t most, story_waterfall *waterfall);

/** The assumptions that move median warming in 2100, what moves most first. */
typedef struct story_tornado {
    chart_assumption rows[CHART_ASSUMPTIONS_MAX];
    chart_assumptions chart;
} story_tornado;

void story_find_tornado(const story *s, story_tornado *tornado);

/** The pathway of an area or group of the story's world.
 * @param set  must outlive `path`
 * @return STK_ENOTFOUND with the nearest names */
stk_status story_area(const story *s, const char *name, stk_area_set *set, stk_area_path *path,
                      stk_error *error);

#endif
