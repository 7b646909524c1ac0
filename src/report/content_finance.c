/** @file content_finance.c
 * @brief Climate finance for a chart and the page: what is drawn, and its words.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/finance_words.h"
#include "report/page_content.h"

stk_status content_tell_finance(page_content *s, bool unchecked, stk_error *error)
{
    stk_status status = STK_OK;
    if (stk_finance_in(s->data->edition)) {
        status = stk_finance_load(s->data->edition, s->data->inventory, &s->finance, NULL, error);
    }
    if (s->finance != NULL) {
        s->money =
            (stk_finance_view){.finance = s->finance,
                               .as_of = stk_assessment_request(s->assessment)->options.as_of.date,
                               .unchecked = unchecked,
                               .source = stk_finance_usual_source(s->finance)};
    }
    return status;
}

/* ---- what is drawn ---- */

/* Goals of the total; what is only called for would press all others to the ground, and of what
 * ended before the first figure there is nothing to draw. */
static bool is_drawn(const page_content *s, const stk_finance_goal *goal)
{
    int first;
    int last;
    bool any = stk_finance_span(&s->money, STK_FINANCE_TOTAL, &first, &last);
    return stk_finance_counts(&s->money, goal->decided, goal->mark) && !goal->call &&
           goal->component == STK_FINANCE_TOTAL && (!any || goal->last_year >= first);
}

bool content_has_finance(const page_content *s)
{
    size_t count;
    int first;
    int last;
    if (s->finance == NULL) {
        return false;
    }
    const stk_finance_goal *goals = stk_finance_goals(s->finance, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_drawn(s, &goals[i])) {
            return true;
        }
    }
    return stk_finance_span(&s->money, STK_FINANCE_TOTAL, &first, &last);
}

static void find_goals(const page_content *s, chart_finance *chart)
{
    size_t count;
    const stk_finance_goal *goals = stk_finance_goals(s->finance, &count);
    for (size_t i = 0; i < count && chart->goal_count < CHART_FINANCE_GOALS_MAX; i++) {
        if (!is_drawn(s, &goals[i])) {
            continue;
        }
        chart_finance_goal *drawn = &chart->goals[chart->goal_count++];
        stk_buffer label = {0};
        finance_write_goal(&goals[i], &label);
        drawn->first_year = goals[i].first_year;
        drawn->last_year = goals[i].last_year;
        drawn->usd_bn = goals[i].usd_bn;
        stk_print(drawn->label, sizeof drawn->label, "%s", label.failed ? "" : label.data);
        chart->failed = chart->failed || label.failed;
        stk_print(drawn->short_label, sizeof drawn->short_label, "%.0f bn", goals[i].usd_bn);
        stk_buffer_free(&label);
        chart->first_year =
            chart->first_year < goals[i].first_year ? chart->first_year : goals[i].first_year;
        chart->last_year =
            chart->last_year > goals[i].last_year ? chart->last_year : goals[i].last_year;
    }
}

/* What was published before the figure of a year. */
static void find_vintages(const page_content *s, const stk_finance_amount *amount,
                          chart_finance_year *year)
{
    const stk_finance_figure *figure = amount->low == amount->high ? amount->low : NULL;
    while (figure != NULL && year->earlier_count < CHART_VINTAGES_MAX) {
        figure = stk_finance_before(&s->money, figure);
        if (figure != NULL) {
            year->earlier_usd_bn[year->earlier_count++] = figure->usd_bn;
        }
    }
}

static bool has_goal(const page_content *s, int year)
{
    size_t count;
    const stk_finance_goal *goals = stk_finance_goals(s->finance, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_drawn(s, &goals[i]) &&
            stk_finance_goal_status(&goals[i], year) == STK_FINANCE_IN_FORCE) {
            return true;
        }
    }
    return false;
}

void content_find_finance(const page_content *s, chart_finance *chart)
{
    int first = 0;
    int last = 0;
    int now = stk_date_year(s->money.as_of);
    bool any = stk_finance_span(&s->money, STK_FINANCE_TOTAL, &first, &last);
    memset(chart, 0, sizeof *chart);
    chart->first_year = any ? first : now;
    chart->last_year = any ? last : now;
    find_goals(s, chart);
    for (int y = chart->first_year;
         y <= chart->last_year && chart->year_count < CHART_FINANCE_YEARS_MAX; y++) {
        stk_finance_amount amount;
        bool known = stk_finance_delivered(&s->money, STK_FINANCE_TOTAL, y, &amount);
        chart_finance_year *year = &chart->years[chart->year_count++];
        *year = (chart_finance_year){
            .year = y,
            .low_usd_bn = amount.low != NULL ? amount.low->usd_bn : (double)NAN,
            .high_usd_bn = amount.high != NULL ? amount.high->usd_bn : (double)NAN,
            .unknown = !known && y < now && has_goal(s, y)};
        find_vintages(s, &amount, year);
    }
}

/* ---- words ---- */

/* The goal that a title speaks of: in force, else the last one of which something is known, else
 * the next. */
static const stk_finance_goal *main_goal(const page_content *s)
{
    size_t count;
    int now = stk_date_year(s->money.as_of);
    const stk_finance_goal *goals = stk_finance_goals(s->finance, &count);
    const stk_finance_goal *best = stk_finance_goal_of(&s->money, now);
    if (best != NULL && stk_finance_goal_status(best, now) == STK_FINANCE_IN_FORCE) {
        return best;
    }
    const stk_finance_goal *ended = NULL;
    for (size_t i = 0; i < count; i++) {
        bool known =
            is_drawn(s, &goals[i]) && goals[i].last_year < now &&
            stk_finance_goal_outcome(&s->money, &goals[i]).last.year >= goals[i].first_year;
        ended =
            known && (ended == NULL || goals[i].last_year > ended->last_year) ? &goals[i] : ended;
    }
    return ended != NULL ? ended : best;
}

static void write_subtitle(const page_content *s, stk_buffer *out)
{
    char years[160];
    const stk_finance_source *source = stk_finance_source_of(s->finance, s->money.source);
    stk_finance_scope scope = {
        .goals = true, .figures = true, .component = STK_FINANCE_TOTAL, .area = -1};
    chart_finance chart;
    bool vintages = false;
    bool unknown = false;
    content_find_finance(s, &chart);
    for (size_t i = 0; i < chart.year_count; i++) {
        vintages = vintages || chart.years[i].earlier_count > 0;
        unknown = unknown || chart.years[i].unknown;
    }
    stk_buffer_printf(out, "Climate finance as known on %s, billion US$ a year, by %s", s->as_of,
                      s->money.source);
    if (source != NULL && source->counts[0] != '\0') {
        stk_buffer_printf(out, ": %s", source->counts);
    }
    stk_buffer_printf(out, ".%s%s",
                      vintages ? " Lines across a bar: figures published earlier." : "",
                      unknown ? " A question mark: no figure is known." : "");
    size_t left_out = stk_finance_left_out(&s->money, &scope, years, sizeof years);
    if (left_out > 0) {
        stk_buffer_text(out, " ");
        finance_write_left_out(left_out, years, out);
        stk_buffer_text(out, ".");
    }
}

void content_finance_words(const page_content *s, content_words *w)
{
    stk_buffer title = {0};
    stk_buffer subtitle = {0};
    if (s->finance == NULL) {
        return; /* refused where it is drawn */
    }
    const stk_finance_goal *goal = main_goal(s);
    if (goal == NULL) {
        stk_buffer_printf(&title, "Climate finance as known on %s", s->as_of);
    } else {
        stk_buffer_text(&title, "Climate finance: ");
        finance_write_goal(goal, &title);
        stk_buffer_text(&title, " \u2013 ");
        finance_write_short(&s->money, goal, &title);
    }
    write_subtitle(s, &subtitle);
    w->failed = title.failed || subtitle.failed;
    if (!w->failed) {
        stk_print(w->title, sizeof w->title, "%s", title.data);
        stk_print(w->subtitle, sizeof w->subtitle, "%s", subtitle.data);
    }
    stk_print(
        w->summary, sizeof w->summary,
        "Bars of what was delivered each year, and lines over the years of each goal. %s. All "
        "figures: stocktake finance.",
        w->title);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. Figures: %s. Goals: decisions of the Conference of the Parties.",
              stk_version(), STK_CUT(s->money.source, 60));
    stk_buffer_free(&title);
    stk_buffer_free(&subtitle);
}
