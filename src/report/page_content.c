/** @file page_content.c
 * @brief Computes what a page or a chart tells, each thing once and only if it is told.
 */
#include "report/page_content.h"

#include "base/try.h"
#include "report/report.h"
#include "report/svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const chart_names[CONTENT_CHARTS] = {
    "gap", "contributions", "warming", "timeline", "assumptions", "finance", "country", "fairness"};

const char *content_chart_name(content_chart chart)
{
    return chart_names[chart];
}

/* ---- benchmarks ---- */

const char *content_goal_color(const stk_benchmark *benchmark)
{
    const char *goal = stk_benchmark_goal(benchmark);
    bool named = goal != benchmark->name; /* a name of the user's own means what the user means */
    return named && strncmp(goal, "1.5 °C", 6) == 0 ? SVG_GOAL
           : named && strncmp(goal, "2 °C", 4) == 0 ? SVG_GOAL_2
                                                    : SVG_GOAL_OTHER;
}

enum { LABEL_MOST = 24 }; /* bytes that fit beside a chart */

/* "1.5 °C" of "1.5 °C pathways", "above 4 °C" of "pathways above 4 °C". */
static void shorten_goal(const char *goal, char *out, size_t size)
{
    static const char prefix[] = "pathways ";
    size_t start = strncmp(goal, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
    const char *unit = strstr(goal, "°C");
    size_t end = unit == NULL ? strlen(goal) : (size_t)(unit - goal) + strlen("°C");
    stk_print(out, size, "%.*s", (int)(end - start), goal + start);
}

static void label_benchmark(chart_benchmark *b)
{
    const stk_benchmark *first = &b->years[0];
    const char *goal = stk_benchmark_goal(first);
    const char *title = STK_BENCHMARK_TITLE(first);
    b->color = content_goal_color(first);
    if (goal == first->name) {
        stk_print(b->label, sizeof b->label, "%s", STK_CUT(goal, 40));
        stk_print(b->short_label, sizeof b->short_label, "%s", STK_CUT(goal, 12));
        return;
    }
    shorten_goal(goal, b->short_label, sizeof b->short_label);
    if (strlen(title) <= LABEL_MOST) {
        stk_print(b->label, sizeof b->label, "%s", STK_CUT(title, 40));
    } else {
        stk_print(b->label, sizeof b->label, "%s (%s)", b->short_label, STK_CUT(first->name, 12));
    }
}

/* The benchmark asked for, and beside it the edition's pathways to 1.5 and 2 degrees in the same
 * GWP set and scope, as far as they are another goal. */
static stk_status find_benchmarks(page_content *s, const content_request *request, stk_error *error)
{
    static const char *const others[] = {"C1", "C3"};
    const stk_benchmark *asked = &request->benchmark[0];
    stk_text none = {NULL, 0};
    memcpy(s->benchmarks[0].years, request->benchmark, sizeof request->benchmark);
    label_benchmark(&s->benchmarks[0]);
    s->benchmark_count = 1;
    stk_status status = STK_OK;
    for (size_t i = 0; i < 2 && status == STK_OK; i++) {
        chart_benchmark *b = &s->benchmarks[s->benchmark_count];
        if (s->benchmark_count == 2) {
            continue;
        }
        status = stk_benchmark_find_years(s->data->edition, stk_inventory_gwp(s->data->inventory),
                                          others[i], NULL, none, CHART_GAP_FIRST, CHART_GAP_LAST,
                                          b->years, error);
        if (status == STK_ENOTFOUND) { /* an edition of the user's own may lack it */
            status = STK_OK;
        } else if (status == STK_OK && b->years[0].gwp == asked->gwp &&
                   b->years[0].with_lulucf == asked->with_lulucf) {
            label_benchmark(b);
            s->benchmark_count += b->color != s->benchmarks[0].color ? 1 : 0;
        }
    }
    return status;
}

/* ---- telling ---- */

static stk_status make_world(page_content *s, const content_request *request, stk_error *error)
{
    stk_options options = request->assess.options;
    options.gwp = request->assess.benchmark.gwp;
    return stk_world_make(s->data->inventory, s->data->pledges, s->data->baseline, &options,
                          &s->world, error);
}

/* From the first documents of the Paris Agreement on. The ensemble is run where it would show. */
static stk_status make_timeline(page_content *s, const content_request *request, stk_error *error)
{
    stk_timeline_request r = {.options = request->assess.options,
                              .from = 20150101,
                              .year = request->assess.year,
                              .benchmark = request->assess.benchmark,
                              .model = s->model,
                              .warming_step_gt = 0.1, /* moves 2100 by less than 0.01 K */
                              .threads = request->threads};
    return stk_timeline_make(s->data, &r, &s->timeline, error);
}

/* Each other choice alone, around the case of pledges and targets. */
static stk_status try_assumptions(page_content *s, const content_request *request, stk_error *error)
{
    stk_options options = stk_warming_options(&request->assess.options);
    stk_factorial_request r = {.as_of = options.as_of.date,
                               .year = request->assess.year,
                               .reference = stk_combination_of(&options),
                               .threads = request->threads};
    return stk_factorial_run(s->data, s->model, &r, &s->factorial, error);
}

/* What is supposed, with a place to break the line after each area of a list; what is too long for
 * a picture is cut. */
static void write_what_if(page_content *s, const char *words)
{
    enum { ROOM = CONTENT_WHAT_IF_SIZE - 24 };
    size_t used = (size_t)stk_print(s->what_if, sizeof s->what_if, "What if: ");
    const char *at = words;
    for (; *at != '\0' && used < ROOM; at++) {
        s->what_if[used++] = *at;
        if (*at == ',') {
            s->what_if[used++] = ' ';
        }
    }
    stk_print(s->what_if + used, sizeof s->what_if - used, "%s", *at == '\0' ? "" : " … and more");
}

static void find_what_if(page_content *s, const content_request *request)
{
    for (size_t i = 0; i < request->option_count; i++) {
        if (strcmp(request->options[i].name, "what-if") == 0) {
            write_what_if(s, request->options[i].value);
        }
    }
}

stk_status content_tell(const stk_data *data, const content_request *request, page_content *s,
                        stk_error *error)
{
    stk_assess_request assess = request->assess;
    const bool *charts = request->charts;
    memset(s, 0, sizeof *s);
    s->data = data;
    assess.warming = charts[CONTENT_WARMING];
    stk_status status = STK_OK;
    if (charts[CONTENT_WARMING] || charts[CONTENT_TIMELINE] || charts[CONTENT_ASSUMPTIONS]) {
        s->model = assess.model;
        if (s->model == NULL) {
            status = stk_warming_model_open(data->edition, &s->own_model, error);
            s->model = s->own_model;
        }
    }
    assess.model = s->model;
    find_what_if(s, request);
    stk_date_format(assess.options.as_of.date, s->as_of);
    stk_date_format(assess.since, s->since);
    status = status != STK_OK ? status : stk_assess(data, &assess, &s->assessment, error);
    status = status != STK_OK ? status : make_world(s, request, error);
    if (status == STK_OK) {
        status = content_write_last_line(
            s, request, "documents", stk_pledges_known_until(data->pledges), &s->last_line, error);
    }
    if (status == STK_OK && charts[CONTENT_GAP]) {
        status = find_benchmarks(s, request, error);
    }
    if (status == STK_OK && charts[CONTENT_WARMING]) {
        status = stk_observed_warming(data->edition, &s->observed_k, error);
    }
    if (status == STK_OK && charts[CONTENT_TIMELINE]) {
        status = make_timeline(s, request, error);
    }
    if (status == STK_OK && charts[CONTENT_FINANCE]) {
        status = content_tell_finance(s, request->finance_unchecked, error);
    }
    if (status == STK_OK && s->finance != NULL) {
        status = content_write_last_line(s, request, "figures of climate finance",
                                         stk_finance_known_until(&s->money), &s->finance_last_line,
                                         error);
    }
    if (status == STK_OK && charts[CONTENT_FAIRNESS]) {
        status = content_tell_fairness(s, error);
    }
    if (status == STK_OK && charts[CONTENT_ASSUMPTIONS]) {
        status = try_assumptions(s, request, error);
    }
    return status;
}

void content_close(page_content *s)
{
    stk_assessment_free(s->assessment);
    stk_world_free(s->world);
    free(s->observed_k.values);
    stk_timeline_free(s->timeline);
    stk_factorial_free(s->factorial);
    stk_finance_free(s->finance);
    content_close_fairness(s);
    stk_warming_model_free(s->own_model);
    stk_buffer_free(&s->last_line);
    stk_buffer_free(&s->finance_last_line);
    memset(s, 0, sizeof *s);
}

const char *content_last_line(const page_content *s, content_chart chart)
{
    bool money = chart == CONTENT_FINANCE && s->finance_last_line.size > 0;
    return money ? s->finance_last_line.data : s->last_line.data;
}

const stk_gap *content_first_gap(const page_content *s, const stk_gap gaps[STK_GAP_CASES])
{
    bool capped = stk_assessment_request(s->assessment)->options.cap_hot_air;
    return &gaps[capped ? STK_GAP_CASES / 2 : 0];
}

const stk_gap *content_gap(const page_content *s, stk_ambition ambition)
{
    return content_first_gap(s, stk_assessment_gaps(s->assessment)) + ambition;
}

stk_net_zero content_net_zero_standing(const page_content *s)
{
    return stk_assessment_request(s->assessment)->options.binding;
}

const stk_warming_case *content_warming(const page_content *s, stk_case kind)
{
    return stk_assessment_warming_of(s->assessment, kind);
}

/* ---- drawing ---- */

static void draw_gap(const page_content *s, const chart_words *words, const chart_look *look,
                     stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    chart_gap chart = {.world = s->world,
                       .with_lulucf = r->benchmark.with_lulucf,
                       .history_last = stk_baseline_history_last(s->data->baseline),
                       .year = r->year,
                       .benchmarks = s->benchmarks,
                       .benchmark_count = s->benchmark_count};
    chart_draw_gap(&chart, words, look, out);
}

static void draw_warming(const page_content *s, const chart_words *words, const chart_look *look,
                         stk_buffer *out)
{
    chart_warming chart = {.fan = STK_CASE_PLEDGES_AND_TARGETS, .observed_k = &s->observed_k};
    chart.cases = stk_assessment_warming(s->assessment, &chart.case_count);
    chart_draw_warming(&chart, words, look, out);
}

static void draw_contributions(const page_content *s, const chart_words *words,
                               const chart_look *look, stk_buffer *out)
{
    content_waterfall waterfall;
    if (!content_find_waterfall(s, look->width < CHART_NARROW_BELOW ? 10 : 16, &waterfall)) {
        out->failed = true;
        return;
    }
    chart_draw_contributions(&waterfall.chart, words, look, out);
}

static void draw_timeline(const page_content *s, const chart_words *words, const chart_look *look,
                          stk_buffer *out)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    chart_timeline chart = {.year = r->year, .as_of = r->options.as_of.date};
    chart.steps = stk_timeline_steps(s->timeline, &chart.step_count);
    chart_draw_timeline(&chart, words, look, out);
}

static void draw_finance(const page_content *s, const chart_words *words, const chart_look *look,
                         stk_buffer *out)
{
    chart_finance chart;
    content_find_finance(s, &chart);
    chart_draw_finance(&chart, words, look, out);
}

static stk_status draw_fairness(const page_content *s, const char *name, const chart_words *words,
                                const chart_look *look, stk_buffer *out, stk_error *error)
{
    chart_fairness chart;
    size_t actor;
    stk_status status;
    STK_TRY(content_find_rated(s, name, &actor, error));
    content_find_fairness(s, actor, &chart);
    chart_draw_fairness(&chart, words, look, out);
done:
    return status;
}

stk_status content_area(const page_content *s, const char *name, stk_area_set *set,
                        stk_area_path *path, stk_error *error)
{
    stk_status status = stk_areas_find(s->data->inventory, stk_text_of(name), set, error);
    return status == STK_OK ? stk_area_path_make(s->data->inventory, s->data->baseline, s->world,
                                                 set, path, error)
                            : status;
}

/* The area of a chart, refused where it has nothing to draw. */
static stk_status find_drawn(const page_content *s, const char *name, stk_area_set *set,
                             stk_area_path *path, stk_error *error)
{
    stk_status status = content_area(s, name, set, path, error);
    int last = stk_baseline_history_last(s->data->baseline);
    if (status == STK_OK && stk_report_history_first(&path->national, last) == 0) {
        return stk_error_set(error, STK_ENOTFOUND, "%s has no emissions in the data to draw",
                             STK_CUT(path->national.actor.name, 60));
    }
    return status;
}

stk_status content_draw(const page_content *s, content_chart chart, const char *iso3,
                        const chart_look *look, stk_buffer *out, stk_error *error)
{
    content_words texts;
    chart_words words = {texts.title, texts.subtitle, texts.summary, texts.source,
                         content_last_line(s, chart)};
    stk_area_set set;
    stk_area_path area;
    if (chart == CONTENT_COUNTRY) {
        stk_status status = find_drawn(s, iso3, &set, &area, error);
        if (status != STK_OK) {
            return status;
        }
    }
    if (chart == CONTENT_FINANCE && s->finance == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "the edition has no climate finance to draw");
    }
    if (chart == CONTENT_FINANCE && !content_has_finance(s)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "no goal and no figure of climate finance is known on %s", s->as_of);
    }
    if (chart == CONTENT_FAIRNESS && s->fairness == NULL) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "there is nothing to share: the edition has no data for it, or the "
                             "benchmark is not above 0 in %d",
                             s->fair_year);
    }
    content_write_words(s, chart, iso3, &texts);
    if (texts.failed) {
        return stk_error_memory(error);
    }
    switch (chart) {
    case CONTENT_GAP:
        draw_gap(s, &words, look, out);
        break;
    case CONTENT_CONTRIBUTIONS:
        draw_contributions(s, &words, look, out);
        break;
    case CONTENT_WARMING:
        draw_warming(s, &words, look, out);
        break;
    case CONTENT_TIMELINE:
        draw_timeline(s, &words, look, out);
        break;
    case CONTENT_ASSUMPTIONS: {
        content_tornado tornado;
        content_find_tornado(s, &tornado);
        chart_draw_assumptions(&tornado.chart, &words, look, out);
        break;
    }
    case CONTENT_FINANCE:
        draw_finance(s, &words, look, out);
        break;
    case CONTENT_FAIRNESS: {
        stk_status status = draw_fairness(s, iso3, &words, look, out, error);
        return status == STK_OK ? stk_buffer_status(out, error) : status;
    }
    case CONTENT_COUNTRY:
    case CONTENT_CHARTS: {
        chart_country country = {&area.national, stk_baseline_history_last(s->data->baseline)};
        chart_draw_country(&country, &words, look, out);
    }
    }
    return stk_buffer_status(out, error);
}
