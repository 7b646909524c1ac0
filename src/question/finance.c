/** @file finance.c
 * @brief `stocktake finance`: goals of climate finance, what was delivered, and by whom.
 */
#include "question/parts.h"

#include <math.h>
#include <string.h>

#include "report/finance_words.h"

static const question_option options[] = {
    {"year", "YEAR", "Only this year.", NULL, "every year of goals and figures"},
    {"goal", "ID", "Only this goal, such as usd100bn or ncqg_300; for an area: its share of it.",
     NULL, "all; for an area: the goal of the year, else the next"},
    {"source", "NAME", "Whose figures: OECD or Oxfam, which count different things.", NULL, "OECD"},
    {"weights", "LIST",
     "What shares go by: gdp, population, fossil_co2, co2_with_land_use, each with its weight.",
     NULL, "gdp=1,population=1,fossil_co2=1"},
    {"from", "YEAR", "The first year of the emissions in the weights.", NULL, "1990"},
    {"public-only", NULL, "Share out the goal less private money and export credits of the year.",
     NULL, NULL},
    {"components", NULL, "Instead: what was delivered by channel and by theme.", NULL, NULL},
    {"since", "DATE", "Instead: what was learned after this day.", NULL, NULL},
    {"include-unchecked", NULL, "Count rows that rest on memory (marked C) too.", NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

enum { FIRST_YEAR = 1850, LAST_YEAR = 2100 };

/* ---- what every answer says ---- */

stk_status finance_write(query *q, const finance_request *r, const char *name,
                         const stk_finance_scope *scope, stk_table *table, json_t *facts,
                         const stk_buffer *preface, const stk_buffer *notes, stk_error *error)
{
    char years[200];
    stk_buffer below = {0};
    stk_buffer left_out = {0};
    size_t count = stk_finance_left_out(&r->view, scope, years, sizeof years);
    finance_write_left_out(count, years, &left_out);
    if (notes != NULL && notes->size > 0) {
        stk_buffer_text(&below, "\n");
        stk_buffer_text(&below, notes->data);
    }
    if (left_out.size > 0) {
        stk_buffer_printf(&below, "\n%s; --include-unchecked counts them.\n", left_out.data);
    }
    below.failed = below.failed || left_out.failed || (notes != NULL && notes->failed);
    int format = query_format(q);
    if (left_out.size > 0 && format == QUERY_CSV) {
        query_remark(q, "%s; --include-unchecked counts them", left_out.data);
    }
    document_set(&facts, "source", document_text(r->view.source));
    document_set(&facts, "left_out", document_integer((double)count));
    stk_status status = facts != NULL ? stk_buffer_status(&below, error) : stk_error_memory(error);
    status = status != STK_OK ? status : stk_buffer_status(preface, error);
    if (status == STK_OK && format == QUERY_TEXT && stk_table_is_empty(table)) {
        stk_buffer_text(&q->out, preface->data); /* a heading alone says nothing */
        stk_buffer_text(&q->out, below.data != NULL ? below.data : "");
        stk_table_free(table);
        json_decref(facts);
    } else if (status == STK_OK) {
        status = query_write_rows(q, name, table, facts, preface->data, below.data, error);
    } else {
        stk_table_free(table);
        json_decref(facts);
    }
    stk_buffer_free(&below);
    stk_buffer_free(&left_out);
    return status;
}

static void write_head(const finance_request *r, stk_buffer *out)
{
    const stk_finance_source *source = stk_finance_source_of(r->view.finance, r->view.source);
    stk_buffer_printf(out, "Climate finance as known on %s, bn US$ a year, by %s\n",
                      STK_DATE_TEXT(r->view.as_of), r->view.source);
    if (source != NULL && source->counts[0] != '\0') {
        stk_buffer counted = {0};
        stk_buffer_printf(&counted, "Counted: %s.", source->counts);
        finance_write_paragraph(&counted, 0, out);
    }
    stk_buffer_text(out, "\n");
}

/* ---- goals, and the years held against them ---- */

static const stk_column year_columns[] = {{"year", "Year", STK_INTEGER},
                                          {"goal", "Goal", STK_TEXT},
                                          {"status", NULL, STK_TEXT},
                                          {"goal_usd_bn", "Asked", 0},
                                          {"component", NULL, STK_TEXT},
                                          {"delivered_usd_bn", "Delivered", 1},
                                          {"delivered_high_usd_bn", "up to", 1},
                                          {"gap_usd_bn", "Gap", 1},
                                          {"gap_high_usd_bn", "up to", 1},
                                          {"met", "Met", STK_TEXT},
                                          {"source", NULL, STK_TEXT},
                                          {"published", "Published", STK_DATE},
                                          {"confidence", "Mark", STK_TEXT},
                                          {"last_known_year", NULL, STK_INTEGER},
                                          {"last_known_usd_bn", NULL, 1},
                                          {"last_known_published", NULL, STK_DATE},
                                          {"source_url", NULL, STK_TEXT},
                                          {"note", NULL, STK_TEXT}};

enum { YEAR_COLUMNS = sizeof year_columns / sizeof *year_columns };

/* The columns for the source: a terminal has those of a range only where there is one. */
static const stk_column *choose_columns(query *q, const finance_request *r)
{
    stk_column *columns = query_alloc(q, sizeof year_columns);
    stk_finance_amount amount;
    bool range = false;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        range = range || (stk_finance_delivered(&r->view, STK_FINANCE_TOTAL, year, &amount) &&
                          amount.low != amount.high);
    }
    for (size_t i = 0; i < YEAR_COLUMNS && columns != NULL; i++) {
        bool high = strstr(year_columns[i].name, "_high_") != NULL;
        columns[i] = year_columns[i];
        columns[i].heading = high && !range ? NULL : columns[i].heading;
    }
    return columns;
}

static bool is_asked(const finance_request *r, const stk_finance_goal *goal)
{
    return r->goal != NULL ? goal == r->goal
                           : stk_finance_counts(&r->view, goal->decided, goal->mark);
}

static double value_of(const stk_finance_figure *figure)
{
    return figure == NULL ? (double)NAN : figure->usd_bn;
}

/* People read no underscore, and nothing of a year that lies ahead. */
static const char *met_words(query *q, const finance_request *r, stk_finance_met met, int year)
{
    static const char *const words[] = {"not known", "no", "by the high end", "yes"};
    bool ahead = year > stk_date_year(r->view.as_of);
    return query_format(q) != QUERY_TEXT ? stk_finance_met_name(met) : ahead ? "" : words[met];
}

/* A year whose figure is missing says what the last one is. */
static void add_last_known(const finance_request *r, const stk_finance_goal *goal, int year,
                           stk_table *table)
{
    stk_finance_goal until = *goal;
    until.last_year = year;
    stk_finance_amount last = stk_finance_goal_outcome(&r->view, &until).last;
    const stk_finance_figure *figure = last.high != NULL ? last.high : last.low;
    stk_table_numbers(table, figure != NULL ? figure->year : (double)NAN, value_of(figure));
    stk_table_date(table, figure != NULL ? figure->published : 0);
}

/* One year against one goal, or against none. */
static void add_year(query *q, const finance_request *r, const stk_finance_goal *goal, int year,
                     stk_table *table)
{
    stk_finance_amount amount;
    stk_finance_component component = goal != NULL      ? goal->component
                                      : r->goal != NULL ? r->goal->component
                                                        : STK_FINANCE_TOTAL;
    bool known = stk_finance_delivered(&r->view, component, year, &amount);
    bool range = known && amount.low != amount.high;
    const stk_finance_figure *shown = amount.high != NULL ? amount.high : amount.low;
    double gap = goal != NULL ? stk_finance_gap_usd_bn(goal, amount.low) : (double)NAN;
    double gap_high = goal != NULL ? stk_finance_gap_usd_bn(goal, amount.high) : (double)NAN;
    stk_table_number(table, year);
    stk_table_text(table, goal != NULL ? goal->id : "");
    stk_table_text(table, goal != NULL ? stk_finance_status_name(stk_finance_goal_status(
                                             goal, stk_date_year(r->view.as_of)))
                                       : "");
    stk_table_number(table, goal != NULL ? goal->usd_bn : (double)NAN);
    stk_table_text(table, stk_finance_component_name(component));
    stk_table_numbers(table, value_of(amount.low), range ? value_of(amount.high) : (double)NAN, gap,
                      range ? gap_high : (double)NAN);
    stk_table_text(table,
                   goal == NULL
                       ? ""
                       : met_words(q, r, stk_finance_is_met(goal, known ? &amount : NULL), year));
    stk_table_text(table, r->view.source);
    stk_table_date(table, shown != NULL ? shown->published : 0);
    stk_table_text(table, shown != NULL ? stk_finance_mark_name(shown->mark) : "");
    if (known || goal == NULL) {
        stk_table_numbers(table, (double)NAN, (double)NAN);
        stk_table_date(table, 0);
    } else {
        add_last_known(r, goal, year, table);
    }
    stk_table_texts(table, shown != NULL ? shown->source_url : "",
                    shown != NULL ? shown->note : "");
}

/* A year with every goal that is asked for it, or without one where only a figure is known. */
static void add_goals_of_year(query *q, const finance_request *r, int year, stk_table *table)
{
    size_t count;
    stk_finance_amount amount;
    bool any = false;
    const stk_finance_goal *goals = stk_finance_goals(r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_asked(r, &goals[i]) &&
            stk_finance_goal_status(&goals[i], year) == STK_FINANCE_IN_FORCE) {
            add_year(q, r, &goals[i], year, table);
            any = true;
        }
    }
    stk_finance_component component = r->goal != NULL ? r->goal->component : STK_FINANCE_TOTAL;
    if (!any && stk_finance_delivered(&r->view, component, year, &amount)) {
        add_year(q, r, NULL, year, table);
    }
}

/* Whether there is more to say of a goal than what became of one of its years. */
static bool says_more(const finance_request *r, const stk_finance_goal *goal)
{
    stk_finance_outcome o = stk_finance_goal_outcome(&r->view, goal);
    return o.met_year != 0 ? o.met_year != r->year
                           : o.last.year >= goal->first_year && o.last.year != r->year;
}

static void write_goal(const finance_request *r, const stk_finance_goal *goal, stk_buffer *out)
{
    stk_buffer line = {0};
    bool ahead = goal->first_year > stk_date_year(r->view.as_of);
    stk_buffer_printf(out, "%s: ", goal->id);
    finance_write_goal(goal, out);
    stk_buffer_printf(out, goal->who[0] != '\0' ? ", %s (%s)\n" : "%s (%s)\n", goal->who,
                      STK_DATE_TEXT(goal->decided));
    if (r->year != 0) {
        stk_buffer_printf(&line, "%d: ", r->year);
        finance_write_year(&r->view, goal, r->year, &line);
        finance_write_paragraph(&line, 4, out);
    }
    if (r->year == 0 || says_more(r, goal)) {
        stk_buffer_text(&line, r->year != 0 ? "In all: " : "");
        finance_write_outcome(&r->view, goal, &line);
        finance_write_paragraph(&line, 4, out);
    }
    if ((ahead || goal->mark == STK_FINANCE_UNCHECKED) && !goal->call && goal->note[0] != '\0') {
        finance_write_wrapped(goal->note, 4, out);
    }
}

/* Goals as lines for people: of one year its result, else what became of each. */
static void write_goals(const finance_request *r, stk_buffer *out)
{
    size_t count;
    bool any = false;
    const stk_finance_goal *goals = stk_finance_goals(r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        bool of_year =
            r->year == 0 || stk_finance_goal_status(&goals[i], r->year) == STK_FINANCE_IN_FORCE;
        if (is_asked(r, &goals[i]) && of_year) {
            write_goal(r, &goals[i], out);
            any = true;
        }
    }
    stk_buffer_text(out, any            ? "\n"
                         : r->year != 0 ? "No goal was set for the year.\n\n"
                                        : "No goal was decided by then.\n");
}

static json_t *year_or_null(int year)
{
    return year != 0 ? json_integer(year) : json_null();
}

static json_t *goal_json(const finance_request *r, const stk_finance_goal *goal)
{
    stk_finance_outcome o = stk_finance_goal_outcome(&r->view, goal);
    stk_finance_status status = stk_finance_goal_status(goal, stk_date_year(r->view.as_of));
    const stk_finance_figure *last = o.last.high != NULL ? o.last.high : o.last.low;
    json_t *json = json_pack(
        "{s:o, s:o, s:i, s:i, s:i, s:s, s:o, s:o, s:o, s:s, s:b, s:s, s:s, s:o, s:o}", "goal",
        document_text(goal->id), "usd_bn", document_number(goal->usd_bn), "first_year",
        goal->first_year, "due_year", goal->due_year, "last_year", goal->last_year, "decided",
        STK_DATE_TEXT(goal->decided), "document", document_text(goal->document), "who",
        document_text(goal->who), "counts", document_text(goal->counts), "component",
        stk_finance_component_name(goal->component), "call", goal->call, "status",
        stk_finance_status_name(status), "confidence", stk_finance_mark_name(goal->mark),
        "source_url", document_text(goal->source_url), "note", document_text(goal->note));
    document_set(&json, "met_year", year_or_null(o.met_year));
    document_set(&json, "years_late", o.met_year != 0 ? json_integer(o.years_late) : json_null());
    document_set(&json, "missed_year", year_or_null(o.missed_year));
    document_set(&json, "last_known_year", year_or_null(last != NULL ? last->year : 0));
    document_set(&json, "last_known_usd_bn", document_number(value_of(last)));
    document_set(&json, "last_known_published",
                 last != NULL ? document_text(STK_DATE_TEXT(last->published)) : json_null());
    document_set(&json, "gap_usd_bn",
                 document_number(status == STK_FINANCE_UPCOMING
                                     ? (double)NAN
                                     : stk_finance_gap_usd_bn(goal, last)));
    document_set(&json, "growth_pct", document_number(goal->call ? (double)NAN : 100 * o.growth));
    return json;
}

static json_t *goals_json(const finance_request *r)
{
    size_t count;
    json_t *list = json_array();
    const stk_finance_goal *goals = stk_finance_goals(r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_asked(r, &goals[i])) {
            document_push(&list, goal_json(r, &goals[i]));
        }
    }
    return list;
}

/* The years of goals and figures, as far as they count: for refusals. */
static stk_status refuse_year(const finance_request *r, stk_finance_component component,
                              stk_error *error)
{
    int first;
    int last;
    stk_finance_view all = r->view;
    stk_finance_amount amount;
    all.unchecked = true;
    if (stk_finance_delivered(&all, component, r->year, &amount)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "--year: %d is known by %s from rows marked C alone, from memory; "
                             "--include-unchecked counts them",
                             r->year, r->view.source);
    }
    if (!stk_finance_span(&r->view, component, &first, &last)) {
        return stk_error_set(error, STK_ENOTFOUND,
                             "--year: %d has no goal, and %s had published no figure by %s",
                             r->year, r->view.source, STK_DATE_TEXT(r->view.as_of));
    }
    return stk_error_set(error, STK_ENOTFOUND,
                         "--year: %d has no goal and no figure by %s on %s; figures are known from "
                         "%d to %d",
                         r->year, r->view.source, STK_DATE_TEXT(r->view.as_of), first, last);
}

/* A later figure from memory is named where it would stand instead. */
static void write_later(const finance_request *r, stk_buffer *out)
{
    stk_finance_amount amount;
    bool any = false;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        if ((r->year == 0 || year == r->year) &&
            stk_finance_delivered(&r->view, STK_FINANCE_TOTAL, year, &amount) &&
            amount.low != NULL && stk_finance_later_unchecked(&r->view, amount.low) != NULL) {
            stk_buffer_printf(
                out, any ? ", %d" : "Later figures are among the rows left out: for %d", year);
            any = true;
        }
    }
    stk_buffer_text(out, any ? ".\n" : "");
}

static stk_status answer_goals(query *q, const finance_request *r, stk_error *error)
{
    stk_buffer preface = {0};
    stk_buffer notes = {0};
    stk_finance_component component = r->goal != NULL ? r->goal->component : STK_FINANCE_TOTAL;
    const stk_column *columns = choose_columns(q, r);
    if (columns == NULL) {
        return stk_error_memory(error);
    }
    stk_table *table = stk_table_new(columns, YEAR_COLUMNS);
    int first = r->year != 0 ? r->year : FIRST_YEAR;
    int last = r->year != 0 ? r->year : LAST_YEAR;
    for (int year = first; year <= last; year++) {
        add_goals_of_year(q, r, year, table);
    }
    if (r->year != 0 && stk_table_is_empty(table)) {
        stk_table_free(table);
        return refuse_year(r, component, error);
    }
    write_head(r, &preface);
    write_goals(r, &preface);
    write_later(r, &notes);
    finance_write_not_read(&r->view, &notes);
    stk_buffer_text(&notes, notes.size > 0 && notes.data[notes.size - 1] != '\n' ? "\n" : "");
    stk_finance_scope scope = {
        .goals = true, .figures = true, .component = (int)component, .year = r->year, .area = -1};
    stk_status status =
        finance_write(q, r, "finance", &scope, table, json_pack("{s:o}", "goals", goals_json(r)),
                      &preface, &notes, error);
    stk_buffer_free(&preface);
    stk_buffer_free(&notes);
    return status;
}

/* ---- components ---- */

static const stk_column component_columns[] = {{"year", "Year", STK_INTEGER},
                                               {"component", NULL, STK_TEXT},
                                               {"words", "What", STK_TEXT},
                                               {"usd_bn", "bn US$", 1},
                                               {"percent", "%", 0},
                                               {"of", "of", STK_TEXT},
                                               {"source", NULL, STK_TEXT},
                                               {"published", "Published", STK_DATE},
                                               {"confidence", "Mark", STK_TEXT},
                                               {"source_url", NULL, STK_TEXT},
                                               {"note", NULL, STK_TEXT}};

static void add_component(const finance_request *r, stk_finance_component component, int year,
                          stk_table *table)
{
    const stk_finance_figure *figure = stk_finance_known(&r->view, component, year);
    stk_finance_component of = stk_finance_component_whole(component);
    const stk_finance_figure *whole =
        of == component ? NULL : stk_finance_known(&r->view, of, year);
    if (figure == NULL) {
        return;
    }
    stk_table_number(table, year);
    stk_table_texts(table, stk_finance_component_name(component),
                    stk_finance_component_words(component));
    stk_table_numbers(table, figure->usd_bn,
                      whole != NULL && whole->usd_bn > 0 ? 100 * figure->usd_bn / whole->usd_bn
                                                         : (double)NAN);
    stk_table_texts(table, whole != NULL ? stk_finance_component_name(of) : "", figure->source);
    stk_table_date(table, figure->published);
    stk_table_texts(table, stk_finance_mark_name(figure->mark), figure->source_url, figure->note);
}

static stk_status answer_components(query *q, const finance_request *r, stk_error *error)
{
    stk_buffer preface = {0};
    stk_buffer notes = {0};
    stk_table *table =
        stk_table_new(component_columns, sizeof component_columns / sizeof *component_columns);
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        for (int c = 0; c < STK_FINANCE_COMPONENTS && (r->year == 0 || year == r->year); c++) {
            add_component(r, (stk_finance_component)c, year, table);
        }
    }
    if (r->year != 0 && stk_table_is_empty(table)) {
        stk_table_free(table);
        return refuse_year(r, STK_FINANCE_TOTAL, error);
    }
    write_head(r, &preface);
    stk_buffer_text(&notes,
                    "Channels and themes are two divisions of the same money: adding one to "
                    "the other counts it twice.\n");
    finance_write_not_read(&r->view, &notes);
    stk_buffer_text(&notes, notes.data != NULL && notes.data[notes.size - 1] != '\n' ? "\n" : "");
    stk_finance_scope scope = {.figures = true, .component = -1, .year = r->year, .area = -1};
    stk_status status = finance_write(q, r, "finance components", &scope, table, json_object(),
                                      &preface, &notes, error);
    stk_buffer_free(&preface);
    stk_buffer_free(&notes);
    return status;
}

/* ---- what is asked ---- */

/* What one answer takes and another does not. */
static stk_status find_useless(query *q, stk_error *error)
{
    static const char *const of_area[] = {"weights", "from", "public-only"};
    bool area = q->operand_count > 0;
    for (size_t i = 0; i < sizeof of_area / sizeof *of_area; i++) {
        if (query_said(q, of_area[i]) && (!area || query_given(q, "since"))) {
            return query_usage(q, error, "--%s is about the share of an area, as in: finance USA",
                               of_area[i]);
        }
    }
    if (query_said(q, "components") && area) {
        return query_usage(q, error,
                           "--components is of all contributors together, not of an area");
    }
    if (query_said(q, "goal") && (query_given(q, "components") || query_given(q, "since"))) {
        return query_usage(q, error, "--goal has no use with --components or --since");
    }
    return query_given(q, "since") && query_said(q, "year")
               ? query_usage(q, error, "--year has no use with --since")
               : STK_OK;
}

static stk_status read_weights(query *q, finance_request *r, stk_error *error)
{
    int from;
    stk_status status =
        query_integer(q, "from", STK_FINANCE_FROM, STK_FINANCE_FROM_FIRST, LAST_YEAR, &from, error);
    if (status == STK_OK) {
        status = stk_finance_weights_read(query_value(q, "weights"), from, &r->weights, error);
        q->wrong_usage = q->wrong_usage || status == STK_EARG;
    }
    return status;
}

static stk_status read_request(query *q, finance_request *r, stk_error *error)
{
    stk_status status;
    STK_TRY(find_useless(q, error));
    STK_TRY(query_integer(q, "year", 0, FIRST_YEAR, LAST_YEAR, &r->year, error));
    STK_TRY(read_weights(q, r, error));
    r->public_only = query_given(q, "public-only");
    r->since = query_date(q, "since", 0);
    r->view.unchecked = query_given(q, "include-unchecked");
    r->view.as_of = query_as_of(q);
    STK_TRY(query_check_since(q, error));
done:
    return status;
}

/* Whose figures count. For an area a source of contributors may be named, which leaves the goals'
 * figures to the usual one. */
static stk_status find_source(query *q, finance_request *r, stk_error *error)
{
    const char *asked = query_value(q, "source");
    const char *found = NULL;
    stk_status status = STK_OK;
    r->view.source = stk_finance_usual_source(r->view.finance);
    if (asked != NULL) {
        status =
            stk_finance_find_source(r->view.finance, asked, q->operand_count > 0, &found, error);
    }
    if (found != NULL) {
        const char *delivers = NULL;
        bool figures =
            stk_finance_find_source(r->view.finance, found, false, &delivers, NULL) == STK_OK;
        r->view.source = figures ? delivers : r->view.source;
        r->contributors_by = figures ? NULL : found;
    }
    return status;
}

static stk_status answer_request(query *q, finance_request *r, stk_error *error)
{
    const char *goal = query_value(q, "goal");
    stk_status status;
    STK_TRY(find_source(q, r, error));
    if (goal != NULL) {
        STK_TRY(stk_finance_find_goal(&r->view, goal, &r->goal, error));
    }
    STK_TRY(q->operand_count > 0           ? finance_area(q, r, error)
            : r->since != 0                ? finance_learned(q, r, NULL, error)
            : query_given(q, "components") ? answer_components(q, r, error)
                                           : answer_goals(q, r, error));
done:
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    finance_request *r = query_alloc(q, sizeof *r);
    stk_finance *finance = NULL;
    stk_edition *edition;
    stk_status status;
    STK_TRY(stk_allocated(r, error));
    STK_TRY(read_request(q, r, error));
    STK_TRY(query_inventory(q, &r->inventory, error));
    edition = q->shared != NULL ? q->shared->edition : q->own.edition;
    STK_TRY(stk_finance_load(edition, r->inventory, &finance, NULL, error));
    r->view.finance = finance;
    q->notes.known_from = 0;
    q->notes.known_until = stk_finance_known_until(&r->view);
    STK_TRY(answer_request(q, r, error));
done:
    stk_finance_free(finance);
    return status;
}

const question question_finance = {
    .name = "finance",
    .operands = "AREA",
    .operands_min = 0,
    .operands_max = 1,
    .summary = QUESTION_HELP("climate finance: goals, what was delivered, and whose share of it"),
    .description = QUESTION_HELP(
        "Which goals there are, whether each was met and when, and what was delivered, as known on "
        "--as-of: figures come two years late and are revised, so each has the day of its "
        "publication, and none that came later counts. A year without a figure is not known, never "
        "not met.\n\n"
        "With an AREA, what a contributor gave against its share: its part of what the members of "
        "Annex II have together, by GDP, population and fossil CO2 since 1990, a third each, "
        "unless --weights says otherwise; co2_with_land_use=1 with --from 1850 is Carbon Brief's. "
        "Beside it stands what each source found by its own reckoning; one does not follow from "
        "the other. WORLD has every contributor.\n\n"
        "Sources count different things and are never added or compared: OECD public money and "
        "loans at face value, Oxfam the grant equivalent. Rows that rest on memory (marked C) stay "
        "out unless --include-unchecked; the answer says how many.\n\n"
        "--components lists what was delivered by channel, theme and kind, --since what was "
        "learned between two dates. The equations are in docs/finance.md."),
    .examples = QUESTION_HELP(
        "  stocktake finance\n"
        "  # What a journalist could know before COP26, and two years later\n"
        "  stocktake finance --as-of 2021-10-31 --year 2020\n"
        "  stocktake finance --as-of 2023-11-30 --year 2020\n"
        "  stocktake finance USA --year 2020\n"
        "  stocktake finance USA --weights co2_with_land_use=1 --from 1850 --format csv\n"
        "  stocktake finance --components --year 2022\n"),
    .option_groups = OPTION_GROUPS(options, options_date, options_common),
    .answer = answer_query};
