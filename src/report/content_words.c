/** @file content_words.c
 * @brief The words that go with each chart: the finding as its title, units, summary, source.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page_content.h"
#include "report/report.h"
#include "report/svg.h"

static const char *scope_of(const stk_benchmark *b)
{
    return b->with_lulucf ? "with land use" : "without land use";
}

static const char *gwp_label(const page_content *s, size_t gwp)
{
    return stk_gwp_set_label(stk_inventory_gwp(s->data->inventory), gwp);
}

/* Level and goal as texts, and which is higher. */
static const char *side_of(double gap_gt)
{
    return gap_gt > 0 ? "above" : "below";
}

/* ", 19.1–20.9 Gt if conditions are met", where that reads otherwise than without. */
static void conditions_clause(const stk_gap *without, const stk_gap *met, char *out, size_t size)
{
    char a[SVG_NUMBER_SIZE];
    char b[SVG_NUMBER_SIZE];
    svg_range(a, without[STK_LOW].gap_gt, without[STK_HIGH].gap_gt, 1);
    svg_range(b, met[STK_LOW].gap_gt, met[STK_HIGH].gap_gt, 1);
    out[0] = '\0';
    if (strcmp(a, b) == 0) {
        return;
    }
    bool below = met[STK_LOW].gap_gt < 0 && without[STK_LOW].gap_gt >= 0;
    stk_print(out, size, ", %s Gt%s if conditions are met",
              svg_size_range(b, met[STK_LOW].gap_gt, met[STK_HIGH].gap_gt, 1),
              below ? " below" : "");
}

/* Behind what the subtitle says; what does not fit whole is left out. */
static void add_sentence(content_words *w, const stk_buffer *sentence)
{
    size_t used = strlen(w->subtitle);
    w->failed = w->failed || sentence->failed;
    if (sentence->size > 0 && used + sentence->size + 2 < sizeof w->subtitle) {
        stk_print(w->subtitle + used, sizeof w->subtitle - used, " %s.", sentence->data);
    }
}

static void add_checks(const page_content *s, content_words *w)
{
    size_t count;
    const stk_checked_level *checks = stk_assessment_checks(s->assessment, &count);
    stk_buffer sentence = {0};
    stk_report_checks(checks, count, false, 0, &sentence);
    add_sentence(w, &sentence);
    stk_buffer_free(&sentence);
}

static void add_party_checks(const stk_national *n, content_words *w)
{
    stk_buffer levels = {0};
    stk_buffer sentence = {0};
    stk_report_party_checks(n, &levels);
    const char *named = stk_buffer_pass(&sentence, &levels);
    if (named[0] != '\0') {
        stk_buffer_printf(&sentence, "Looks wrong: %s", named);
    }
    add_sentence(w, &sentence);
    stk_buffer_free(&levels);
    stk_buffer_free(&sentence);
}

static void gap_words(const page_content *s, content_words *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const stk_gap *low = content_gap(s, STK_LOW);
    double gap = low->gap_gt;
    char size[SVG_NUMBER_SIZE];
    char world[SVG_NUMBER_SIZE];
    char goal[SVG_NUMBER_SIZE];
    char conditions[96];
    const char *title = STK_BENCHMARK_TITLE(&r->benchmark);
    svg_size_range(size, low[STK_LOW].gap_gt, low[STK_HIGH].gap_gt, 1);
    svg_range(world, low[STK_LOW].world_gt, low[STK_HIGH].world_gt, 1);
    svg_decimal(goal, r->benchmark.median_gt, 1);
    conditions_clause(low, low + STK_AMBITIONS, conditions, sizeof conditions);
    if (gap < 0) {
        stk_print(w->title, sizeof w->title, "Pledges stay %s Gt below %s in %d%s", size, title,
                  r->year, conditions);
    } else {
        stk_print(w->title, sizeof w->title, "Pledges leave a gap of %s Gt to %s in %d%s", size,
                  title, r->year, conditions);
    }
    stk_print(w->subtitle, sizeof w->subtitle,
              "World emissions as pledged on %s, Gt CO2e a year (%s, %s). Bands: pledges from the "
              "weakest to the strongest reading, conditions met or not; 5\u201395 %% of scenarios. "
              "Net-zero aims %s.",
              s->as_of, gwp_label(s, r->benchmark.gwp), scope_of(&r->benchmark),
              r->options.extension == STK_EXTEND_NET_ZERO ? "count after the last target"
                                                          : "do not count");
    add_checks(s, w);
    stk_print(w->summary, sizeof w->summary,
              "World emissions from %d to %d. Unconditional pledges lead to %s Gt CO2e in %d. The "
              "median of %s is %s Gt; pledges lie %s Gt %s it%s.",
              CHART_GAP_FIRST, CHART_GAP_LAST, world, r->year, title, goal, size, side_of(gap),
              conditions);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. History: Global Carbon Budget, EDGAR. Benchmarks: %s.", stk_version(),
              STK_CUT(r->benchmark.source, 100));
}

/* What changes since a date close is small, and a table sums it up to a hundredth: the same here.
 */
static int decimals_moved(const stk_assess_request *r)
{
    return r->since != 0 ? 2 : 1;
}

/* The finding, whichever way the world went. */
static void contribution_title(const chart_contributions *c, const page_content *s,
                               const stk_assess_request *r, content_words *w)
{
    char moved[SVG_NUMBER_SIZE];
    char left[SVG_NUMBER_SIZE];
    double cut = c->from_gt - c->to_gt;
    double gap = c->to_gt - c->goal_gt;
    const char *title = STK_BENCHMARK_TITLE(&r->benchmark);
    svg_decimal(moved, fabs(cut), decimals_moved(r));
    svg_decimal(left, fabs(gap), 1);
    stk_date known = stk_pledges_known_until(s->data->pledges);
    if (r->since != 0 && stk_report_is_unknown(r->since, r->options.as_of.date, known)) {
        stk_print(w->title, sizeof w->title, "Changes since %s are not known: the data ends on %s",
                  s->since, STK_DATE_TEXT(known));
    } else if (r->since != 0 && fabs(cut) < 0.005) {
        stk_print(w->title, sizeof w->title, "Changes since %s do not move the gap in %d to %s",
                  s->since, r->year, title);
    } else if (r->since != 0) {
        stk_print(w->title, sizeof w->title, "Changes since %s %s %s Gt %s the gap in %d to %s",
                  s->since, cut >= 0 ? "close" : "add", moved, cut >= 0 ? "of" : "to", r->year,
                  title);
    } else if (fabs(cut) < 0.05) {
        stk_print(w->title, sizeof w->title, "Pledges do not move %d: %s Gt %s %s", r->year, left,
                  side_of(gap), title);
    } else {
        stk_print(w->title, sizeof w->title, "Pledges %s %s Gt in %d", cut > 0 ? "cut" : "add",
                  moved, r->year);
        size_t used = strlen(w->title);
        stk_print(w->title + used, sizeof w->title - used,
                  gap < 0   ? " and lie %s Gt below %s"
                  : cut > 0 ? "; %s Gt more are needed for %s"
                            : "; cuts of %s Gt are needed for %s",
                  left, title);
    }
}

static void contribution_subtitle(const page_content *s, const content_waterfall *f,
                                  content_words *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    const chart_contributions *c = &f->chart;
    char what[160];
    char small[80] = "";
    if (r->since != 0) {
        stk_print(what, sizeof what,
                  "new document or standing changes in %d against what held on %s", r->year,
                  s->since);
    } else {
        stk_print(what, sizeof what, "pledge changes in %d against no pledge", r->year);
    }
    if (f->left_out > 0) {
        stk_print(small, sizeof small, " And %zu that %s.", f->left_out,
                  f->left_out == 1 ? "changes less than 0.005 Gt"
                                   : "change less than 0.005 Gt together");
    }
    stk_print(w->subtitle, sizeof w->subtitle,
              "What each Party's %s, unconditional, weakest reading, Gt CO2e (%s, %s).%s%s", what,
              gwp_label(s, r->benchmark.gwp), scope_of(&r->benchmark), small,
              fmin(c->goal_gt, c->to_gt) > 5 ? " The axis does not start at zero." : "");
}

static void contribution_words(const page_content *s, content_words *w)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    content_waterfall waterfall;
    char closed[SVG_NUMBER_SIZE];
    char gap[SVG_NUMBER_SIZE];
    w->failed = !content_find_waterfall(s, CHART_STEPS_MAX, &waterfall);
    const chart_contributions *c = &waterfall.chart;
    double cut = c->from_gt - c->to_gt;
    double left = c->to_gt - c->goal_gt;
    svg_decimal(closed, fabs(cut), decimals_moved(r));
    svg_decimal(gap, fabs(left), 1);
    contribution_title(c, s, r, w);
    contribution_subtitle(s, &waterfall, w);
    stk_print(w->summary, sizeof w->summary,
              "A waterfall. %s Gt are %s the level before%s%s. The pledges then lie %s Gt %s %s.",
              closed, cut >= 0 ? "taken off" : "added to",
              c->step_count > 0 ? "; the largest step is " : "",
              STK_CUT(c->step_count > 0 ? c->steps[0].label : "", 40), gap, side_of(left),
              STK_BENCHMARK_TITLE(&r->benchmark));
    stk_print(w->source, sizeof w->source, "stocktake %s. Pledges: NDC registry, WRI, IGES.",
              stk_version());
}

/* Since when the Party is outside the Agreement; 0 where it is not. */
static stk_date outside_since(const page_content *s, const stk_national *n)
{
    size_t count;
    stk_date since = 0;
    stk_date as_of = stk_assessment_request(s->assessment)->options.as_of.date;
    const stk_party_event *events = stk_pledges_events(s->data->pledges, &count);
    for (size_t i = 0; i < count && n->actor.suspended; i++) {
        bool withdraws = events[i].effect == STK_EVENT_WITHDRAWS;
        if (withdraws && strcmp(events[i].iso3, n->actor.iso3) == 0 && events[i].date <= as_of &&
            events[i].date > since) {
            since = events[i].date;
        }
    }
    return since;
}

/* Of what the chart of a country is, with its date. */
static void country_subject(const page_content *s, const stk_national *n, bool pledged, char *out,
                            size_t size)
{
    stk_date since = outside_since(s, n);
    if (since != 0) {
        stk_print(out, size,
                  "Outside the Paris Agreement since %s: as of %s no pledge counts. Emissions and "
                  "baseline",
                  STK_DATE_TEXT(since), s->as_of);
    } else if (!pledged) {
        stk_print(out, size, "As of %s no target in numbers. Emissions and baseline", s->as_of);
    } else {
        stk_print(out, size, "Emissions as pledged on %s", s->as_of);
    }
}

/* Whether the chart of a country draws a target. */
static bool has_targets(const stk_national *n)
{
    enum { LAST = 2050 }; /* of the chart */
    for (int i = 0; i < n->target_count; i++) {
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS && n->targets[i].year <= LAST; k++) {
            if (!isnan(n->targets[i].level[k / STK_AMBITIONS][k % STK_AMBITIONS].excl_mt)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether any reading leads elsewhere than the baseline. */
static bool leaves_baseline(const stk_national *n, int history_last)
{
    for (int i = history_last + 1 - STK_PATH_FIRST; i < STK_PATH_YEARS; i++) {
        STK_EACH_CASE(c, k) {
            if (n->path[c][k][i] != n->baseline[i]) {
                return true;
            }
        }
    }
    return false;
}

static void country_words(const page_content *s, const char *iso3, content_words *w)
{
    stk_area_set set;
    stk_area_path area;
    if (content_area(s, iso3, &set, &area, NULL) != STK_OK) {
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
    svg_change(percent, now > 0 ? 100 * (then / now - 1) : 0, 0);
    svg_decimal(level, then, now < 10 ? 2 : 0);
    bool dots = has_targets(n);
    bool banded = leaves_baseline(n, last);
    char what[240];
    country_subject(s, n, dots || banded, what, sizeof what);
    stk_print(w->title, sizeof w->title, "%s: %s %% from %d to %d%s", STK_CUT(n->actor.name, 60),
              percent, last, r->year,
              n->actor.suspended                      ? ", outside the Agreement"
              : n->target_count == 0 && area.is_actor ? ", without a target in numbers"
                                                      : "");
    stk_print(
        w->subtitle, sizeof w->subtitle, "%s, Mt CO2e a year without land use (%s).%s%s%s%s%s%s%s",
        what, gwp_label(s, r->benchmark.gwp), dots ? " Dots: targets" : "",
        !banded ? ""
        : dots  ? "; band: "
                : " Band: ",
        !banded ? (dots ? "." : "") : "all conditions and readings.",
        banded && r->options.extension != STK_EXTEND_NET_ZERO ? " Net-zero aims do not count." : "",
        area.note[0] != '\0' ? " " : "", area.note, area.note[0] != '\0' ? "." : "");
    add_party_checks(n, w);
    stk_print(w->summary, sizeof w->summary,
              "%s%s%s from %d to 2050. %s to %s Mt CO2e in %d, %s %% from %d.", area.note,
              area.note[0] != '\0' ? ". " : "", STK_CUT(n->actor.name, 60),
              stk_report_history_first(n, last),
              !banded ? "No pledge counts; the baseline leads" : "The unconditional pledge leads",
              level, r->year, percent, last);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. History: Global Carbon Budget, EDGAR. Pledges: NDC registry, WRI, "
              "IGES.",
              stk_version());
}

static void timeline_words(const page_content *s, content_words *w)
{
    size_t count;
    const stk_timeline_step *steps = stk_timeline_steps(s->timeline, &count);
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    char first[SVG_NUMBER_SIZE] = "";
    char last[SVG_NUMBER_SIZE] = "";
    char then[SVG_NUMBER_SIZE] = "";
    char now[SVG_NUMBER_SIZE] = "";
    const char *title = STK_BENCHMARK_TITLE(&r->benchmark);
    if (count == 0) {
        stk_print(w->title, sizeof w->title, "No document had come by %s", s->as_of);
        stk_print(w->subtitle, sizeof w->subtitle,
                  "Gap in %d to %s and median warming in 2100: there is nothing to show yet.",
                  r->year, title);
    } else {
        svg_decimal(first, steps[0].gap_gt, 1);
        svg_decimal(last, steps[count - 1].gap_gt, 1);
        svg_decimal(then, steps[0].warming_2100_k, 1);
        svg_decimal(now, steps[count - 1].warming_2100_k, 1);
        stk_print(w->title, sizeof w->title,
                  "The gap in %d to %s: %s Gt after the first document, %s Gt on %s", r->year,
                  title, first, last, s->as_of);
        stk_print(w->subtitle, sizeof w->subtitle,
                  "Gap, and median warming in 2100 if net-zero aims are kept too, after every "
                  "document, law, withdrawal and return since 2015, unconditional, weakest "
                  "reading.%s",
                  count > 1 ? " Named are the Parties that moved them most." : "");
        stk_print(w->summary, sizeof w->summary,
                  "Two lines of stairs from 2015 to %s. The gap goes from %s to %s Gt CO2e. Median "
                  "warming of pledges and targets goes from %s to %s degrees. All steps: stocktake "
                  "timeline.",
                  s->as_of, first, last, then, now);
    }
    stk_print(w->source, sizeof w->source,
              "stocktake %s. Every row is evaluated with today's history. Pledges: NDC registry, "
              "WRI, IGES.",
              stk_version());
}

static void assumption_words(const page_content *s, content_words *w)
{
    content_tornado tornado;
    char low[SVG_NUMBER_SIZE];
    char high[SVG_NUMBER_SIZE];
    char reference[SVG_NUMBER_SIZE];
    double least = 0;
    double most = 0;
    content_find_tornado(s, &tornado);
    for (size_t i = 0; i < tornado.chart.row_count; i++) {
        least = fmin(least, tornado.rows[i].low_k);
        most = fmax(most, tornado.rows[i].high_k);
    }
    svg_change(low, least, 1);
    svg_change(high, most, 1);
    svg_decimal(reference, tornado.chart.reference_k, 2);
    bool down = least <= -0.05;
    bool up = most >= 0.05;
    stk_print(w->title, sizeof w->title,
              !down && !up ? "No assumption alone moves warming in 2100"
                           : "One assumption alone moves warming in 2100 by up to %s%s%s °C",
              down ? low : "", down && up ? " or " : "", up ? high : "");
    stk_print(w->subtitle, sizeof w->subtitle,
              "Median warming in 2100 of pledges and targets as of %s, °C: each assumption changed "
              "alone, all others kept.",
              s->as_of);
    stk_print(w->summary, sizeof w->summary,
              "Bars around %s degrees for each assumption. The widest is '%s'. All numbers are in "
              "the table.",
              reference, tornado.rows[0].label);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. All combinations: stocktake warming --factorial.", stk_version());
}

/* What is supposed comes first. */
static void say_what_if(const page_content *s, char *text, size_t size)
{
    size_t first = strlen(s->what_if);
    size_t kept = stk_text_cut(stk_text_of(text), size - first - 3).size;
    memmove(text + first + 2, text, kept);
    text[first + 2 + kept] = '\0';
    memcpy(text, s->what_if, first);
    memcpy(text + first, ". ", 2);
}

void content_write_words(const page_content *s, content_chart chart, const char *iso3,
                         content_words *words)
{
    memset(words, 0, sizeof *words);
    switch (chart) {
    case CONTENT_GAP:
        gap_words(s, words);
        break;
    case CONTENT_CONTRIBUTIONS:
        contribution_words(s, words);
        break;
    case CONTENT_WARMING:
        content_warming_words(s, words);
        break;
    case CONTENT_COUNTRY:
        country_words(s, iso3, words);
        break;
    case CONTENT_TIMELINE:
        timeline_words(s, words);
        break;
    case CONTENT_ASSUMPTIONS:
        assumption_words(s, words);
        break;
    case CONTENT_FINANCE:
        content_finance_words(s, words);
        break;
    case CONTENT_FAIRNESS:
        content_fairness_words(s, iso3, words);
        break;
    case CONTENT_CHARTS:
        break;
    }
    if (s->what_if[0] != '\0') {
        say_what_if(s, words->subtitle, sizeof words->subtitle);
        say_what_if(s, words->summary, sizeof words->summary);
    }
}
