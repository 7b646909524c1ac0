/** @file finance_learned.c
 * @brief finance --since: what was learned of climate finance between two dates.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>

#include "report/finance_words.h"
#include "report/report.h"

static const stk_column columns[] = {
    {"date", "Date", STK_DATE},     {"kind", "What came", STK_TEXT},
    {"iso3", "Who", STK_TEXT},      {"year", "Year", STK_INTEGER},
    {"source", "Source", STK_TEXT}, {"what", "Of what", STK_TEXT},
    {"value", "Value", 2},          {"unit", "Unit", STK_TEXT},
    {"before", "Before", 2},        {"confidence", "Mark", STK_TEXT},
    {"source_url", NULL, STK_TEXT}, {"note", NULL, STK_TEXT}};

static const stk_column people_columns[] = {
    {"date", "Date", STK_DATE}, {"words", "What came", STK_TEXT}, {"mark", "Mark", STK_TEXT}};

#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

static const char *code_of(const finance_request *r, stk_area area)
{
    return stk_inventory_area(r->inventory, area)->iso3;
}

/* Date and kind are there; the rest of a row. */
static void add_rest(stk_table *table, const char *iso3, int year, const char *source,
                     const char *what, double value, const char *unit, double before,
                     stk_finance_mark mark, const char *url, const char *note)
{
    stk_table_text(table, iso3);
    stk_table_number(table, year);
    stk_table_texts(table, source, what);
    stk_table_number(table, value);
    stk_table_text(table, unit);
    stk_table_number(table, before);
    stk_table_texts(table, stk_finance_mark_name(mark), url, note);
}

static bool add_row(const finance_request *r, const stk_finance_news *news, stk_table *table)
{
    const double none = (double)NAN;
    stk_table_date(table, news->date);
    if (news->goal != NULL) {
        const stk_finance_goal *g = news->goal;
        stk_table_text(table, g->call ? "call" : "goal");
        add_rest(table, "", g->due_year, g->document, g->id, g->usd_bn, "usd_bn", none, g->mark,
                 g->source_url, g->note);
    } else if (news->figure != NULL) {
        const stk_finance_figure *f = news->figure;
        stk_table_text(table, news->before != NULL ? "revision" : "figure");
        add_rest(table, "", f->year, f->source, stk_finance_component_name(f->component), f->usd_bn,
                 "usd_bn", news->before != NULL ? news->before->usd_bn : none, f->mark,
                 f->source_url, f->note);
    } else if (news->finding != NULL) {
        const stk_finance_finding *f = news->finding;
        stk_table_text(table, "contributor");
        add_rest(table, code_of(r, f->area), f->year, f->source,
                 stk_finance_quantity_name(f->quantity), f->value, f->unit, none, f->mark,
                 f->source_url, f->note);
    } else {
        const stk_finance_pledge *p = news->pledge;
        stk_table_text(table, "pledge");
        add_rest(table, code_of(r, p->area), p->due_year, p->source, "pledge", p->amount, p->unit,
                 none, p->mark, p->source, p->note);
    }
    return true; /* the table remembers what it could not keep */
}

static void write_figure(const stk_finance_news *news, stk_buffer *words)
{
    const stk_finance_figure *f = news->figure;
    char number[STK_NUMBER_SIZE];
    stk_number_format(f->usd_bn, number);
    stk_buffer_printf(words, "%s: %s bn for %d", f->source, number, f->year);
    if (f->component != STK_FINANCE_TOTAL) {
        stk_buffer_printf(words, ", %s", stk_finance_component_words(f->component));
    }
    if (news->before != NULL) {
        stk_number_format(news->before->usd_bn, number);
        stk_buffer_printf(words, "; %s bn before", number);
    }
}

/* The row in words; false without memory. */
static bool add_words(const finance_request *r, const stk_finance_news *news, stk_table *table)
{
    stk_buffer words = {0};
    stk_finance_mark mark;
    if (news->goal != NULL) {
        mark = news->goal->mark;
        stk_buffer_printf(&words, "%s: ", news->goal->call ? "Call" : "Goal");
        finance_write_goal(news->goal, &words);
        stk_buffer_printf(&words, " (%s)", news->goal->document);
    } else if (news->figure != NULL) {
        mark = news->figure->mark;
        write_figure(news, &words);
    } else if (news->finding != NULL) {
        const stk_finance_finding *f = news->finding;
        stk_finance_said said = {.year = f->year, .source = f->source};
        said.of[f->quantity] = f;
        mark = f->mark;
        stk_buffer_printf(&words, "%s on %s in %d: ", f->source,
                          stk_inventory_area(r->inventory, f->area)->name, f->year);
        finance_write_said(&said, &words);
    } else {
        mark = news->pledge->mark;
        stk_buffer_printf(&words, "%s pledged ",
                          stk_inventory_area(r->inventory, news->pledge->area)->name);
        finance_write_pledge(news->pledge, &words);
    }
    stk_table_date(table, news->date);
    stk_table_texts(table, words.data, stk_finance_mark_name(mark));
    bool complete = !words.failed;
    stk_buffer_free(&words);
    return complete;
}

/* What could be said of a goal on the view's date. */
static void write_outcome(const stk_finance_view *view, const stk_finance_goal *goal,
                          stk_buffer *out)
{
    stk_buffer line = {0};
    stk_buffer_printf(&line, "on %s ", STK_DATE_TEXT(view->as_of));
    if (stk_finance_counts(view, goal->decided, goal->mark)) {
        finance_write_outcome(view, goal, &line);
    } else {
        stk_buffer_text(&line, "not decided");
    }
    finance_write_paragraph(&line, 4, out);
}

/* What was said of each goal on the first date, and what is said on the second. */
static void write_changes(const finance_request *r, stk_buffer *out)
{
    size_t count;
    stk_finance_view before = r->view;
    const stk_finance_goal *goals = stk_finance_goals(r->view.finance, &count);
    before.as_of = r->since;
    for (size_t i = 0; i < count; i++) {
        const stk_finance_goal *goal = &goals[i];
        if (!stk_finance_counts(&r->view, goal->decided, goal->mark) || goal->call) {
            continue;
        }
        stk_finance_outcome now = stk_finance_goal_outcome(&r->view, goal);
        stk_finance_outcome then = stk_finance_goal_outcome(&before, goal);
        if (goal->decided <= r->since && now.last.year == 0 && then.last.year == 0) {
            continue; /* nothing was known of it, and nothing is */
        }
        stk_buffer_printf(out, "%s: ", goal->id);
        finance_write_goal(goal, out);
        stk_buffer_text(out, "\n");
        write_outcome(&before, goal, out);
        write_outcome(&r->view, goal, out);
    }
    stk_buffer_text(out, "\n");
}

stk_status finance_learned(query *q, const finance_request *r, const stk_area_set *area,
                           stk_error *error)
{
    stk_finance_news *list = NULL;
    size_t count = 0;
    stk_buffer preface = {0};
    bool components = query_given(q, "components");
    stk_area one = area != NULL ? area->area : -1;
    stk_status status =
        stk_finance_learned(&r->view, r->since, components, one, &list, &count, error);
    if (status != STK_OK) {
        return status;
    }
    bool text = query_format(q) == QUERY_TEXT;
    stk_table *table = text ? stk_table_new(people_columns, COUNT(people_columns))
                            : stk_table_new(columns, COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        preface.failed = !(text ? add_words : add_row)(r, &list[i], table) || preface.failed;
    }
    stk_buffer_printf(&preface, "Climate finance%s%s: what was learned after %s until %s\n\n",
                      area != NULL ? " of " : "", area != NULL ? area->name : "",
                      STK_DATE_TEXT(r->since), STK_DATE_TEXT(r->view.as_of));
    if (area == NULL) {
        write_changes(r, &preface);
    }
    if (count == 0) {
        stk_report_nothing_came(r->since, r->view.as_of, q->notes.known_until, &preface);
        stk_buffer_text(&preface, "\n");
    }
    stk_finance_scope scope = {.goals = area == NULL,
                               .figures = area == NULL,
                               .component = components ? -1 : STK_FINANCE_TOTAL,
                               .contributors = true,
                               .area = one,
                               .since = r->since};
    status =
        finance_write(q, r, "finance since", &scope, table,
                      json_pack("{s:s}", "since", STK_DATE_TEXT(r->since)), &preface, NULL, error);
    stk_buffer_free(&preface);
    free(list);
    return status;
}
