/** @file story_words.c
 * @brief The words that go with each chart: the finding as its title, units, summary, source.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/story.h"
#include "report/svg.h"

static const char *scope_of(const stk_benchmark *b)
{
    return b->with_lulucf ? "with land use" : "without land use";
}

static const char *gwp_label(const story *s, size_t gwp)
{
    return stk_gwp_set_label(stk_inventory_gwp(s->data->inventory), gwp);
}

static void gap_words(const story *s, story_words *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_gap *low = story_gap(s, STK_LOW);
    const stk_gap *high = story_gap(s, STK_HIGH);
    double least = low->gap_gt;
    double most = low->gap_gt;
    char gap[SVG_NUMBER_SIZE];
    char below[SVG_NUMBER_SIZE];
    char world[SVG_NUMBER_SIZE];
    char goal[SVG_NUMBER_SIZE];
    for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) { /* of all conditions and ambitions */
        least = fmin(least, low[i].gap_gt);
        most = fmax(most, low[i].gap_gt);
    }
    svg_range(gap, least, most, 1);
    svg_range(world, low->world_gt, high->world_gt, 1);
    svg_decimal(goal, r->benchmark.median_gt, 1);
    if (most < 0) {
        svg_range(below, -most, -least, 1);
        snprintf(w->title, sizeof w->title, "Pledges stay %s Gt below the benchmark in %d", below,
                 r->year);
    } else {
        snprintf(w->title, sizeof w->title, "Pledges leave a gap of %s Gt in %d", gap, r->year);
    }
    snprintf(w->subtitle, sizeof w->subtitle,
             "World emissions as pledged on %s, Gt CO2e a year (%s, %s). Bands: pledges from the "
             "weakest to the strongest reading; 5-95 %% of scenarios.",
             s->as_of, gwp_label(s, r->benchmark.gwp), scope_of(&r->benchmark));
    snprintf(w->summary, sizeof w->summary,
             "World emissions from %d to %d. Unconditional pledges lead to %s Gt CO2e in %d; the "
             "median of the benchmark %.40s is %s Gt. From the weakest to the strongest reading "
             "the gap is "
             "%s Gt.",
             CHART_GAP_FIRST, CHART_GAP_LAST, world, r->year, r->benchmark.name, goal, gap);
    snprintf(w->source, sizeof w->source,
             "stocktake %s. History: Global Carbon Budget, EDGAR. Benchmarks: %.100s.",
             stk_version(), r->benchmark.source);
}

/* The finding, whichever way the world went. */
static void contribution_title(const chart_contributions *c, const story *s,
                               const stk_assess_request *r, story_words *w)
{
    char moved[SVG_NUMBER_SIZE];
    char left[SVG_NUMBER_SIZE];
    double cut = c->from_gt - c->to_gt;
    double gap = c->to_gt - c->goal_gt;
    svg_decimal(moved, fabs(cut), 1);
    svg_decimal(left, fabs(gap), 1);
    if (r->since != 0 && fabs(cut) < 0.05) {
        snprintf(w->title, sizeof w->title, "Changes since %s leave the gap as it was", s->since);
    } else if (r->since != 0) {
        snprintf(w->title, sizeof w->title, "Changes since %s %s %s Gt %s the gap", s->since,
                 cut >= 0 ? "close" : "add", moved, cut >= 0 ? "of" : "to");
    } else if (fabs(cut) < 0.05) {
        snprintf(w->title, sizeof w->title, "Pledges do not move %d; %s Gt are missing", r->year,
                 left);
    } else {
        snprintf(w->title, sizeof w->title, "Pledges %s %s Gt %s %d; %s Gt are %s",
                 cut > 0 ? "take" : "add", moved, cut > 0 ? "off" : "to", r->year, left,
                 gap >= 0 ? "missing" : "to spare");
    }
}

static void contribution_words(const story *s, story_words *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    story_waterfall waterfall;
    char what[160];
    char closed[SVG_NUMBER_SIZE];
    char gap[SVG_NUMBER_SIZE];
    story_find_waterfall(s, CHART_STEPS_MAX, &waterfall);
    const chart_contributions *c = &waterfall.chart;
    double cut = c->from_gt - c->to_gt;
    double left = c->to_gt - c->goal_gt;
    svg_decimal(closed, fabs(cut), 1);
    svg_decimal(gap, fabs(left), 1);
    contribution_title(c, s, r, w);
    if (r->since != 0) {
        snprintf(what, sizeof what,
                 "new document or standing changes in %d against the pledges of %s, which go on at "
                 "their own rate",
                 r->year, s->since);
    } else {
        snprintf(what, sizeof what, "pledge changes in %d", r->year);
    }
    snprintf(w->subtitle, sizeof w->subtitle,
             "What each Party's %s, unconditional, weakest reading, Gt CO2e (%s, %s).%s", what,
             gwp_label(s, r->benchmark.gwp), scope_of(&r->benchmark),
             fmin(c->goal_gt, c->to_gt) > 5 ? " The axis does not start at zero." : "");
    snprintf(w->summary, sizeof w->summary,
             "A waterfall. %s Gt are %s the level before%s%.40s. %s Gt %s the benchmark.", closed,
             cut >= 0 ? "taken off" : "added to", c->step_count > 0 ? "; the largest step is " : "",
             c->step_count > 0 ? c->steps[0].label : "", gap,
             left >= 0 ? "remain to" : "lie below");
    snprintf(w->source, sizeof w->source, "stocktake %s. Pledges: NDC registry, WRI, IGES.",
             stk_version());
}

static void warming_words(const story *s, story_words *w)
{
    const stk_warming_case *c = story_warming(s, STK_CASE_PLEDGES_AND_TARGETS);
    char median[SVG_NUMBER_SIZE] = "";
    char range[SVG_NUMBER_SIZE] = "";
    if (c != NULL) {
        svg_decimal(median, c->outlook.last_k[STK_WARMING_MEDIAN], 1);
        svg_range(range, c->outlook.last_k[0], c->outlook.last_k[STK_WARMING_PERCENTILES - 1], 1);
    }
    snprintf(w->title, sizeof w->title, "Pledges and targets lead to %s °C in 2100", median);
    snprintf(w->subtitle, sizeof w->subtitle,
             "Global surface temperature above 1850-1900, °C. Bands: 5-95, 17-83 and 33-67 %% of "
             "the climate's uncertainty for pledges and targets; lines: medians, without the "
             "swings of single years.");
    snprintf(w->summary, sizeof w->summary,
             "Warming to 2100. Pledges and targets as of %s: median %s degrees, 5 to 95 percent "
             "%s. The other cases are in the table.",
             s->as_of, median, range);
    snprintf(w->source, sizeof w->source,
             "stocktake %s. Climate: 841-member calibrated ensemble (FaIR calibration 1.4.1). "
             "Observed: Indicators of Global Climate Change 2024.",
             stk_version());
}

static void country_words(const story *s, const char *iso3, story_words *w)
{
    stk_area_set set;
    stk_area_path area;
    if (story_area(s, iso3, &set, &area, NULL) != STK_OK) {
        return; /* refused where it is drawn */
    }
    const stk_national *n = &area.national;
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    int last = stk_baseline_history_last(s->data->baseline);
    const double *path = n->path[STK_UNCONDITIONAL][STK_LOW];
    double now = n->baseline[last - STK_PATH_FIRST];
    double then = path[r->year - STK_PATH_FIRST];
    char percent[SVG_NUMBER_SIZE];
    char level[SVG_NUMBER_SIZE];
    svg_decimal(percent, now > 0 ? 100 * (then / now - 1) : 0, 0);
    svg_decimal(level, then, now < 10 ? 2 : 0);
    snprintf(w->title, sizeof w->title, "%.60s: %s%s %% from %d to %d%s", n->actor.name,
             then > now ? "+" : "", percent, last, r->year,
             n->actor.suspended                      ? ", outside the Agreement"
             : n->target_count == 0 && area.is_actor ? ", without a target in numbers"
                                                     : "");
    snprintf(w->subtitle, sizeof w->subtitle,
             "Emissions as pledged on %s, Mt CO2e a year without land use (%s). %s: all "
             "conditions and readings.%s%s%s",
             s->as_of, gwp_label(s, r->benchmark.gwp),
             area.is_actor ? "Dots: targets; band" : "Band", area.note[0] != '\0' ? " " : "",
             area.note, area.note[0] != '\0' ? "." : "");
    snprintf(w->summary, sizeof w->summary,
             "%.60s from 1990 to 2050. The unconditional pledge leads to %s Mt CO2e in %d, %s %% "
             "from %d.",
             n->actor.name, level, r->year, percent, last);
    snprintf(w->source, sizeof w->source,
             "stocktake %s. History: Global Carbon Budget, EDGAR. Pledges: NDC registry, WRI, "
             "IGES.",
             stk_version());
}

static void timeline_words(const story *s, story_words *w)
{
    size_t count;
    const stk_timeline_step *steps = stk_timeline_steps(s->timeline, &count);
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    char first[SVG_NUMBER_SIZE] = "";
    char last[SVG_NUMBER_SIZE] = "";
    char cooler[SVG_NUMBER_SIZE] = "";
    double warmer_k = 0;
    if (count > 0) {
        svg_decimal(first, steps[0].gap_gt, 1);
        svg_decimal(last, steps[count - 1].gap_gt, 1);
        warmer_k = steps[count - 1].warming_2100_k - steps[0].warming_2100_k;
        svg_decimal(cooler, fabs(warmer_k), 1);
    }
    if (count == 0) {
        snprintf(w->title, sizeof w->title, "No document has come by %s", s->as_of);
    } else {
        snprintf(w->title, sizeof w->title, "The gap: %s Gt after the first document, %s Gt on %s",
                 first, last, s->as_of);
    }
    snprintf(w->subtitle, sizeof w->subtitle,
             "Gap in %d to %.40s and median warming in 2100 after every document, law, withdrawal "
             "and return since 2015, unconditional, weakest reading.%s",
             r->year, r->benchmark.name,
             count > 1 ? " Named are the Parties that moved them most." : "");
    snprintf(w->summary, sizeof w->summary,
             "Two lines of stairs from 2015 to %s. The gap goes from %s to %s Gt CO2e, median "
             "warming of pledges and targets %s by %s degrees. All steps: stocktake timeline.",
             s->as_of, first, last, warmer_k > 0 ? "rises" : "falls", cooler);
    snprintf(w->source, sizeof w->source,
             "stocktake %s. Every row is evaluated with today's history. Pledges: NDC registry, "
             "WRI, IGES.",
             stk_version());
}

static void assumption_words(const story *s, story_words *w)
{
    story_tornado tornado;
    char low[SVG_NUMBER_SIZE];
    char high[SVG_NUMBER_SIZE];
    char reference[SVG_NUMBER_SIZE];
    double least = 0;
    double most = 0;
    story_find_tornado(s, &tornado);
    for (size_t i = 0; i < tornado.chart.row_count; i++) {
        least = fmin(least, tornado.rows[i].low_k);
        most = fmax(most, tornado.rows[i].high_k);
    }
    svg_decimal(low, least, 1);
    svg_decimal(high, most, 1);
    svg_decimal(reference, tornado.chart.reference_k, 2);
    bool down = least <= -0.05;
    bool up = most >= 0.05;
    snprintf(w->title, sizeof w->title,
             !down && !up ? "No assumption alone moves 2100"
                          : "One assumption moves 2100 by up to %s%s%s%s °C",
             down ? low : "", down && up ? " or " : "", up ? "+" : "", up ? high : "");
    snprintf(w->subtitle, sizeof w->subtitle,
             "Median warming in 2100 of pledges and targets as of %s, °C: each assumption changed "
             "alone, all others kept.",
             s->as_of);
    snprintf(w->summary, sizeof w->summary,
             "Bars around %s degrees for each assumption. The widest is '%s'. All numbers are in "
             "the table.",
             reference, tornado.rows[0].label);
    snprintf(w->source, sizeof w->source,
             "stocktake %s. All combinations: stocktake warming --factorial.", stk_version());
}

void story_write_words(const story *s, story_chart chart, const char *iso3, story_words *words)
{
    memset(words, 0, sizeof *words);
    switch (chart) {
    case STORY_GAP:
        gap_words(s, words);
        break;
    case STORY_CONTRIBUTIONS:
        contribution_words(s, words);
        break;
    case STORY_WARMING:
        warming_words(s, words);
        break;
    case STORY_COUNTRY:
        country_words(s, iso3, words);
        break;
    case STORY_TIMELINE:
        timeline_words(s, words);
        break;
    case STORY_ASSUMPTIONS:
        assumption_words(s, words);
        break;
    case STORY_CHARTS:
        break;
    }
}
