/** @file learned.c
 * @brief What was learned of climate finance between two dates.
 */
#include <stdlib.h>
#include <string.h>

#include "finance/finance_impl.h"

typedef struct collector {
    const stk_finance_view *view;
    stk_date since;
    stk_finance_news *list; /* with room for every row */
    size_t count;
} collector;

static stk_finance_news *came(collector *c, stk_date date, stk_finance_mark mark)
{
    if (date <= c->since || !stk_finance_counts(c->view, date, mark)) {
        return NULL;
    }
    stk_finance_news *news = &c->list[c->count++];
    news->date = date;
    return news;
}

static void add_goals(collector *c)
{
    const stk_finance_goal *goals = c->view->finance->goals.items;
    for (size_t i = 0; i < c->view->finance->goals.count; i++) {
        stk_finance_news *news = came(c, goals[i].decided, goals[i].mark);
        if (news != NULL) {
            news->goal = &goals[i];
        }
    }
}

/* Whether a component is held against goals. */
static bool is_whole(stk_finance_component component)
{
    return component == STK_FINANCE_TOTAL || component == STK_FINANCE_NET_ASSISTANCE_LOW ||
           component == STK_FINANCE_NET_ASSISTANCE_HIGH;
}

static void add_figures(collector *c, bool components)
{
    const stk_finance_figure *figures = c->view->finance->figures.items;
    for (size_t i = 0; i < c->view->finance->figures.count; i++) {
        const stk_finance_figure *f = &figures[i];
        bool asked = strcmp(f->source, c->view->source) == 0;
        stk_finance_news *news =
            asked && (components || is_whole(f->component)) ? came(c, f->published, f->mark) : NULL;
        if (news != NULL) {
            news->figure = f;
            news->before = stk_finance_before(c->view, f);
        }
    }
}

static void add_contributors(collector *c, stk_area area)
{
    const stk_finance_finding *findings = c->view->finance->findings.items;
    const stk_finance_pledge *pledges = c->view->finance->pledges.items;
    for (size_t i = 0; i < c->view->finance->findings.count; i++) {
        bool asked = area < 0 || findings[i].area == area;
        stk_finance_news *news = asked ? came(c, findings[i].published, findings[i].mark) : NULL;
        if (news != NULL) {
            news->finding = &findings[i];
        }
    }
    for (size_t i = 0; i < c->view->finance->pledges.count; i++) {
        bool asked = area < 0 || pledges[i].area == area;
        stk_finance_news *news = asked ? came(c, pledges[i].date, pledges[i].mark) : NULL;
        if (news != NULL) {
            news->pledge = &pledges[i];
        }
    }
}

/* Goals before figures before contributors, each in its order. */
static int kind_of(const stk_finance_news *news)
{
    return news->goal != NULL ? 0 : news->figure != NULL ? 1 : news->finding != NULL ? 2 : 3;
}

static int by_day(const void *a, const void *b)
{
    const stk_finance_news *x = a;
    const stk_finance_news *y = b;
    int kind = kind_of(x);
    const char *first = kind == 0   ? (const char *)x->goal
                        : kind == 1 ? (const char *)x->figure
                        : kind == 2 ? (const char *)x->finding
                                    : (const char *)x->pledge;
    const char *second = kind == 0   ? (const char *)y->goal
                         : kind == 1 ? (const char *)y->figure
                         : kind == 2 ? (const char *)y->finding
                                     : (const char *)y->pledge;
    return x->date != y->date   ? (x->date < y->date ? -1 : 1)
           : kind != kind_of(y) ? kind - kind_of(y)
                                : (first > second) - (first < second);
}

stk_status stk_finance_learned(const stk_finance_view *view, stk_date since, bool components,
                               stk_area area, stk_finance_news **list, size_t *count,
                               stk_error *error)
{
    const stk_finance *f = view->finance;
    size_t room = f->goals.count + f->figures.count + f->findings.count + f->pledges.count + 1;
    collector c = {.view = view, .since = since, .list = calloc(room, sizeof *c.list)};
    *list = c.list;
    *count = 0;
    if (c.list == NULL) {
        return stk_error_memory(error);
    }
    if (area < 0) {
        add_goals(&c);
        add_figures(&c, components);
    }
    add_contributors(&c, area);
    if (c.count > 1) {
        qsort(c.list, c.count, sizeof *c.list, by_day);
    }
    *count = c.count;
    return STK_OK;
}
