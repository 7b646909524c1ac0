/** @file known.c
 * @brief What is known on a date: vintages, goals, what was delivered against them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/suggest.h"
#include "finance/finance_impl.h"

const stk_finance_goal *stk_finance_goals(const stk_finance *finance, size_t *count)
{
    *count = finance->goals.count;
    return finance->goals.items;
}

const stk_finance_figure *stk_finance_figures(const stk_finance *finance, size_t *count)
{
    *count = finance->figures.count;
    return finance->figures.items;
}

const stk_finance_finding *stk_finance_findings(const stk_finance *finance, size_t *count)
{
    *count = finance->findings.count;
    return finance->findings.items;
}

const stk_finance_pledge *stk_finance_pledges(const stk_finance *finance, size_t *count)
{
    *count = finance->pledges.count;
    return finance->pledges.items;
}

const stk_finance_source *stk_finance_source_of(const stk_finance *finance, const char *name)
{
    const stk_finance_source *sources = finance->sources.items;
    for (size_t i = 0; i < finance->sources.count; i++) {
        if (strcmp(sources[i].name, name) == 0) {
            return &sources[i];
        }
    }
    return NULL;
}

bool stk_finance_counts(const stk_finance_view *view, stk_date date, stk_finance_mark mark)
{
    return date <= view->as_of && (view->unchecked || mark != STK_FINANCE_UNCHECKED);
}

static stk_date later(const stk_finance_view *view, stk_date newest, stk_date date,
                      stk_finance_mark mark)
{
    return date > newest && stk_finance_counts(view, date, mark) ? date : newest;
}

stk_date stk_finance_known_until(const stk_finance_view *view)
{
    stk_finance_view any = *view;
    stk_date newest = 0;
    const stk_finance *f = view->finance;
    const stk_finance_goal *goals = f->goals.items;
    const stk_finance_figure *figures = f->figures.items;
    const stk_finance_finding *findings = f->findings.items;
    const stk_finance_pledge *pledges = f->pledges.items;
    any.as_of = STK_DATE_MAX;
    for (size_t i = 0; i < f->goals.count; i++) {
        newest = later(&any, newest, goals[i].decided, goals[i].mark);
    }
    for (size_t i = 0; i < f->figures.count; i++) {
        newest = later(&any, newest, figures[i].published, figures[i].mark);
    }
    for (size_t i = 0; i < f->findings.count; i++) {
        newest = later(&any, newest, findings[i].published, findings[i].mark);
    }
    for (size_t i = 0; i < f->pledges.count; i++) {
        newest = later(&any, newest, pledges[i].date, pledges[i].mark);
    }
    return newest;
}

/* ---- what is asked for by name ---- */

enum { NAMES_MAX = 32 };

/* Every name once, in the order in which they come. */
static void list_name(const char *name, const char **names, size_t *count)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(names[i], name) == 0) {
            return;
        }
    }
    if (*count < NAMES_MAX) {
        names[(*count)++] = name;
    }
}

static stk_status refuse_name(const char *option, const char *name, const char *const *names,
                              size_t count, stk_error *error)
{
    char near[SUGGEST_SIZE];
    char list[300] = "none";
    size_t used = 0;
    suggest_words(stk_text_of(name), names, count, near);
    for (size_t i = 0; i < count && used < sizeof list; i++) {
        used += (size_t)stk_print(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                                  STK_CUT(names[i], 40));
    }
    return stk_error_set(error, STK_ENOTFOUND, "--%s: '%s' is refused; allowed: %s%s%s", option,
                         STK_CUT(name, 60), list, near[0] != '\0' ? "; " : "", near);
}

stk_status stk_finance_find_source(const stk_finance *finance, const char *name, bool contributors,
                                   const char **found, stk_error *error)
{
    const char *names[NAMES_MAX] = {NULL};
    size_t count = 0;
    const stk_finance_figure *figures = finance->figures.items;
    const stk_finance_finding *findings = finance->findings.items;
    for (size_t i = 0; i < finance->figures.count; i++) {
        list_name(figures[i].source, names, &count);
    }
    for (size_t i = 0; contributors && i < finance->findings.count; i++) {
        list_name(findings[i].source, names, &count);
    }
    for (size_t i = 0; i < count; i++) {
        if (stk_text_alike(stk_text_of(name), names[i])) {
            *found = names[i];
            return STK_OK;
        }
    }
    return refuse_name("source", name, names, count, error);
}

const char *stk_finance_usual_source(const stk_finance *finance)
{
    const char *found = NULL;
    const stk_finance_figure *figures = finance->figures.items;
    if (stk_finance_find_source(finance, "OECD", false, &found, NULL) == STK_OK) {
        return found;
    }
    return finance->figures.count > 0 ? figures[0].source : "OECD";
}

stk_status stk_finance_find_goal(const stk_finance_view *view, const char *id,
                                 const stk_finance_goal **goal, stk_error *error)
{
    const char *names[NAMES_MAX] = {NULL};
    size_t count = 0;
    const stk_finance_goal *goals = view->finance->goals.items;
    for (size_t i = 0; i < view->finance->goals.count; i++) {
        bool counts = stk_finance_counts(view, goals[i].decided, goals[i].mark);
        bool meant = stk_text_alike(stk_text_of(id), goals[i].id);
        if (meant && counts) {
            *goal = &goals[i];
            return STK_OK;
        }
        if (meant && goals[i].decided > view->as_of) {
            return stk_error_set(error, STK_ENOTFOUND, "--goal: %s was decided on %s, after %s",
                                 goals[i].id, STK_DATE_TEXT(goals[i].decided),
                                 STK_DATE_TEXT(view->as_of));
        }
        if (meant) {
            return stk_error_set(error, STK_ENOTFOUND,
                                 "--goal: %s is marked C, from memory; it counts only with "
                                 "--include-unchecked",
                                 goals[i].id);
        }
        if (counts) {
            list_name(goals[i].id, names, &count);
        }
    }
    return refuse_name("goal", id, names, count, error);
}

/* ---- goals ---- */

stk_finance_status stk_finance_goal_status(const stk_finance_goal *goal, int year)
{
    return year < goal->first_year   ? STK_FINANCE_UPCOMING
           : year <= goal->last_year ? STK_FINANCE_IN_FORCE
                                     : STK_FINANCE_ENDED;
}

/* Whether one goal is rather meant than another: in force before upcoming, then the nearer, a goal
 * before a call. */
static bool is_nearer(const stk_finance_goal *a, const stk_finance_goal *b, int year)
{
    bool a_holds = stk_finance_goal_status(a, year) == STK_FINANCE_IN_FORCE;
    bool b_holds = stk_finance_goal_status(b, year) == STK_FINANCE_IN_FORCE;
    return a->call != b->call   ? !a->call
           : a_holds != b_holds ? a_holds
                                : a->first_year < b->first_year;
}

const stk_finance_goal *stk_finance_goal_of(const stk_finance_view *view, int year)
{
    const stk_finance_goal *goals = view->finance->goals.items;
    const stk_finance_goal *best = NULL;
    for (size_t i = 0; i < view->finance->goals.count; i++) {
        const stk_finance_goal *goal = &goals[i];
        if (stk_finance_counts(view, goal->decided, goal->mark) &&
            goal->component == STK_FINANCE_TOTAL &&
            stk_finance_goal_status(goal, year) != STK_FINANCE_ENDED &&
            (best == NULL || is_nearer(goal, best, year))) {
            best = goal;
        }
    }
    return best;
}

/* ---- vintages ---- */

static bool is_about(const stk_finance_figure *figure, const char *source,
                     stk_finance_component component, int year)
{
    return figure->year == year && figure->component == component &&
           strcmp(figure->source, source) == 0;
}

const stk_finance_figure *stk_finance_known(const stk_finance_view *view,
                                            stk_finance_component component, int year)
{
    const stk_finance_figure *figures = view->finance->figures.items;
    const stk_finance_figure *newest = NULL;
    for (size_t i = 0; i < view->finance->figures.count; i++) {
        const stk_finance_figure *figure = &figures[i];
        if (is_about(figure, view->source, component, year) &&
            stk_finance_counts(view, figure->published, figure->mark)) {
            newest = figure; /* they are in the order of days */
        }
    }
    return newest;
}

const stk_finance_figure *stk_finance_before(const stk_finance_view *view,
                                             const stk_finance_figure *figure)
{
    const stk_finance_figure *figures = view->finance->figures.items;
    const stk_finance_figure *before = NULL;
    for (size_t i = 0; i < view->finance->figures.count && &figures[i] != figure; i++) {
        if (is_about(&figures[i], figure->source, figure->component, figure->year) &&
            stk_finance_counts(view, figures[i].published, figures[i].mark)) {
            before = &figures[i];
        }
    }
    return before;
}

const stk_finance_figure *stk_finance_later_unchecked(const stk_finance_view *view,
                                                      const stk_finance_figure *figure)
{
    const stk_finance_figure *figures = view->finance->figures.items;
    for (size_t i = view->finance->figures.count; i-- > 0 && &figures[i] != figure;) {
        if (is_about(&figures[i], figure->source, figure->component, figure->year) &&
            figures[i].published <= view->as_of && !view->unchecked) {
            return &figures[i];
        }
    }
    return NULL;
}

/* ---- what is held against goals ---- */

bool stk_finance_delivered(const stk_finance_view *view, stk_finance_component component, int year,
                           stk_finance_amount *amount)
{
    stk_finance_component low;
    stk_finance_component high;
    const stk_finance_figure *figure = stk_finance_known(view, component, year);
    *amount = (stk_finance_amount){year, figure, figure};
    if (figure == NULL && finance_range_of(component, &low, &high)) {
        amount->low = stk_finance_known(view, low, year);
        amount->high = stk_finance_known(view, high, year);
    }
    return amount->low != NULL || amount->high != NULL;
}

bool stk_finance_span(const stk_finance_view *view, stk_finance_component component, int *first,
                      int *last)
{
    stk_finance_amount amount;
    *first = 0;
    *last = 0;
    for (int year = FINANCE_YEAR_FIRST; year <= FINANCE_YEAR_LAST; year++) {
        if (stk_finance_delivered(view, component, year, &amount)) {
            *first = *first == 0 ? year : *first;
            *last = year;
        }
    }
    return *first != 0;
}

double stk_finance_gap_usd_bn(const stk_finance_goal *goal, const stk_finance_figure *figure)
{
    return figure == NULL ? (double)NAN : figure->usd_bn - goal->usd_bn;
}

stk_finance_met stk_finance_is_met(const stk_finance_goal *goal, const stk_finance_amount *amount)
{
    if (amount == NULL || (amount->low == NULL && amount->high == NULL)) {
        return STK_FINANCE_NOT_KNOWN;
    }
    const stk_finance_figure *low = amount->low != NULL ? amount->low : amount->high;
    const stk_finance_figure *high = amount->high != NULL ? amount->high : amount->low;
    return low->usd_bn >= goal->usd_bn && amount->low != NULL ? STK_FINANCE_IS_MET
           : high->usd_bn >= goal->usd_bn                     ? STK_FINANCE_MET_BY_HIGH_END
           : amount->high == NULL                             ? STK_FINANCE_NOT_KNOWN
                                                              : STK_FINANCE_NOT_MET;
}

double stk_finance_growth(double from_usd_bn, double to_usd_bn, int years)
{
    return years > 0 && from_usd_bn > 0 ? stk_pow(to_usd_bn / from_usd_bn, 1.0 / years) - 1 : NAN;
}

/* Growth is told where the goal still lies ahead, and for a single figure. */
static double growth_to(const stk_finance_view *view, const stk_finance_goal *goal,
                        const stk_finance_amount *last)
{
    bool ahead = goal->due_year > stk_date_year(view->as_of);
    bool single = last->low != NULL && last->low == last->high;
    return ahead && single && last->low->usd_bn < goal->usd_bn
               ? stk_finance_growth(last->low->usd_bn, goal->usd_bn, goal->due_year - last->year)
               : (double)NAN;
}

stk_finance_outcome stk_finance_goal_outcome(const stk_finance_view *view,
                                             const stk_finance_goal *goal)
{
    stk_finance_outcome o = {.growth = (double)NAN};
    stk_finance_amount amount;
    for (int year = FINANCE_YEAR_FIRST; year <= goal->last_year; year++) {
        if (!stk_finance_delivered(view, goal->component, year, &amount)) {
            continue;
        }
        stk_finance_met met = stk_finance_is_met(goal, &amount);
        o.last = amount;
        if (met == STK_FINANCE_IS_MET && o.met_year == 0) {
            o.met_year = year;
            o.years_late = year - goal->due_year;
            o.met = amount;
        } else if (met == STK_FINANCE_NOT_MET && o.met_year != 0 && o.missed_year == 0 &&
                   year >= goal->first_year) {
            o.missed_year = year;
        }
    }
    if (o.last.year != 0) {
        o.growth = growth_to(view, goal, &o.last);
    }
    return o;
}

/* ---- what stays out ---- */

static bool is_left_out(const stk_finance_scope *scope, stk_date as_of, stk_date date,
                        stk_finance_mark mark)
{
    return mark == STK_FINANCE_UNCHECKED && date <= as_of && date > scope->since;
}

/* Years in words, in their order. */
static void write_years(const bool *there, char *years, size_t size)
{
    size_t used = 0;
    for (int i = 0; i <= FINANCE_YEAR_LAST - FINANCE_YEAR_FIRST; i++) {
        if (there[i] && used + 8 < size) {
            used += (size_t)stk_print(years + used, size - used, "%s%d", used > 0 ? ", " : "",
                                      FINANCE_YEAR_FIRST + i);
        }
    }
}

static size_t figures_left_out(const stk_finance_view *view, const stk_finance_scope *scope,
                               char *years, size_t size)
{
    size_t count = 0;
    bool there[FINANCE_YEAR_LAST - FINANCE_YEAR_FIRST + 1] = {false};
    const stk_finance_figure *figures = view->finance->figures.items;
    for (size_t i = 0; i < view->finance->figures.count && scope->figures; i++) {
        const stk_finance_figure *f = &figures[i];
        if (strcmp(f->source, view->source) == 0 &&
            (scope->component < 0 || (int)f->component == scope->component) &&
            (scope->year == 0 || f->year == scope->year) &&
            is_left_out(scope, view->as_of, f->published, f->mark)) {
            count++;
            there[f->year - FINANCE_YEAR_FIRST] = true;
        }
    }
    if (years != NULL) {
        write_years(there, years, size);
    }
    return count;
}

static size_t contributors_left_out(const stk_finance_view *view, const stk_finance_scope *scope)
{
    size_t count = 0;
    const stk_finance_finding *findings = view->finance->findings.items;
    const stk_finance_pledge *pledges = view->finance->pledges.items;
    for (size_t i = 0; i < view->finance->findings.count && scope->contributors; i++) {
        count += (scope->area < 0 || findings[i].area == scope->area) &&
                 (scope->year == 0 || findings[i].year == scope->year) &&
                 is_left_out(scope, view->as_of, findings[i].published, findings[i].mark);
    }
    for (size_t i = 0; i < view->finance->pledges.count && scope->contributors; i++) {
        count += (scope->area < 0 || pledges[i].area == scope->area) &&
                 is_left_out(scope, view->as_of, pledges[i].date, pledges[i].mark);
    }
    return count;
}

size_t stk_finance_left_out(const stk_finance_view *view, const stk_finance_scope *scope,
                            char *years, size_t size)
{
    if (years != NULL && size > 0) {
        years[0] = '\0';
    }
    if (view->unchecked) {
        return 0;
    }
    size_t count = figures_left_out(view, scope, years, size) + contributors_left_out(view, scope);
    const stk_finance_goal *goals = view->finance->goals.items;
    for (size_t i = 0; i < view->finance->goals.count && scope->goals; i++) {
        count += is_left_out(scope, view->as_of, goals[i].decided, goals[i].mark);
    }
    return count;
}
