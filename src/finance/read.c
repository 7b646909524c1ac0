/** @file read.c
 * @brief Reading the files of climate finance: rows, their order, and what must not be twice.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "finance/fields.h"

/* ---- rows ---- */

static const char *const goal_columns[] = {"goal",      "usd_bn_per_year", "first_year", "due_year",
                                           "last_year", "decided",         "document",   "who",
                                           "counts",    "confidence",      "source_url", "note"};

/* What is held against a goal, and that it is only called for, may be left out. */
static stk_status read_goal_kind(reader *r, stk_finance_goal *goal, stk_error *error)
{
    enum { COMPONENT = 12, KIND };
    r->columns[COMPONENT] = stk_csv_find(&r->csv, "component");
    r->columns[KIND] = stk_csv_find(&r->csv, "kind");
    stk_text component = field(r, COMPONENT);
    stk_text kind = field(r, KIND);
    if (component.size > 0 && !stk_text_equal(component, "total") &&
        !stk_text_equal(component, "adaptation")) {
        return refuse(r, COMPONENT, error, "total or adaptation");
    }
    if (kind.size > 0 && !stk_text_equal(kind, "goal") && !stk_text_equal(kind, "call")) {
        return refuse(r, KIND, error, "goal or call");
    }
    goal->component =
        stk_text_equal(component, "adaptation") ? STK_FINANCE_ADAPTATION : STK_FINANCE_TOTAL;
    goal->call = stk_text_equal(kind, "call");
    return STK_OK;
}

static stk_status check_goal(reader *r, const stk_finance_goal *goal, stk_error *error)
{
    enum { ID, AMOUNT, FIRST, DUE, LAST };
    const stk_finance_goal *others = r->finance->goals.items;
    for (size_t i = 0; i < r->finance->goals.count; i++) {
        if (strcmp(others[i].id, goal->id) == 0) {
            return refuse(r, ID, error, "a goal that is not there already");
        }
    }
    return !(goal->usd_bn > 0)                  ? refuse(r, AMOUNT, error, "an amount above 0")
           : goal->last_year < goal->first_year ? refuse(r, LAST, error, "not before first_year")
           : goal->due_year < goal->first_year || goal->due_year > goal->last_year
               ? refuse(r, DUE, error, "a year from first_year to last_year")
               : STK_OK;
}

static stk_status read_goal(reader *r, stk_error *error)
{
    stk_finance_goal goal = {.id = NULL};
    stk_status status;
    STK_TRY(take_text(r, 0, true, &goal.id, error));
    STK_TRY(take_amount(r, 1, 0, &goal.usd_bn, error));
    STK_TRY(take_year(r, 2, &goal.first_year, error));
    STK_TRY(take_year(r, 3, &goal.due_year, error));
    STK_TRY(take_year(r, 4, &goal.last_year, error));
    STK_TRY(take_date(r, 5, true, &goal.decided, error));
    STK_TRY(take_text(r, 6, false, &goal.document, error));
    STK_TRY(take_text(r, 7, false, &goal.who, error));
    STK_TRY(take_text(r, 8, false, &goal.counts, error));
    STK_TRY(take_mark(r, 9, &goal.mark, error));
    STK_TRY(take_text(r, 10, false, &goal.source_url, error));
    STK_TRY(take_text(r, 11, false, &goal.note, error));
    STK_TRY(read_goal_kind(r, &goal, error));
    STK_TRY(check_goal(r, &goal, error));
    STK_TRY(keep(r, &r->finance->goals, &goal, sizeof goal, error));
done:
    return status;
}

static const char *const figure_columns[] = {"year",      "source",     "component",  "usd_bn",
                                             "published", "confidence", "source_url", "note"};

static stk_status read_figure(reader *r, stk_error *error)
{
    stk_finance_figure figure = {.line = r->csv.line};
    stk_status status;
    STK_TRY(take_year(r, 0, &figure.year, error));
    STK_TRY(take_text(r, 1, true, &figure.source, error));
    STK_TRY(take_component(r, 2, &figure.component, error));
    STK_TRY(take_amount(r, 3, 0, &figure.usd_bn, error));
    STK_TRY(take_date(r, 4, true, &figure.published, error));
    STK_TRY(check_published(r, 4, figure.published, figure.year, error));
    STK_TRY(take_mark(r, 5, &figure.mark, error));
    STK_TRY(take_text(r, 6, false, &figure.source_url, error));
    STK_TRY(take_text(r, 7, false, &figure.note, error));
    STK_TRY(keep(r, &r->finance->figures, &figure, sizeof figure, error));
done:
    return status;
}

static const char *const finding_columns[] = {"iso3",       "year", "source",    "quantity",
                                              "value",      "unit", "published", "confidence",
                                              "source_url", "note"};

/* A quantity has its units: dollars where it is held against dollars, else any currency. */
static stk_status check_finding(reader *r, const stk_finance_finding *finding, stk_error *error)
{
    enum { VALUE = 4, UNIT };
    bool money = is_money(finding->unit, "_bn");
    switch (finding->quantity) {
    case STK_FINANCE_PERCENT:
        return strcmp(finding->unit, "percent") == 0 ? STK_OK : refuse(r, UNIT, error, "percent");
    case STK_FINANCE_MET:
        return strcmp(finding->unit, "flag") != 0           ? refuse(r, UNIT, error, "flag")
               : finding->value == 0 || finding->value == 1 ? STK_OK
                                                            : refuse(r, VALUE, error, "0 or 1");
    case STK_FINANCE_FAIR_SHARE:
    case STK_FINANCE_SURPLUS:
        return strcmp(finding->unit, "usd_bn") == 0 ? STK_OK : refuse(r, UNIT, error, "usd_bn");
    case STK_FINANCE_PROVIDED:
    case STK_FINANCE_MULTILATERAL:
    case STK_FINANCE_BUDGET:
    case STK_FINANCE_QUANTITIES:
        break;
    }
    return money ? STK_OK : refuse(r, UNIT, error, "a currency in billions as usd_bn or eur_bn");
}

static stk_status read_finding(reader *r, stk_error *error)
{
    stk_finance_finding finding = {.line = r->csv.line};
    stk_status status;
    STK_TRY(take_area(r, 0, &finding.area, error));
    STK_TRY(take_year(r, 1, &finding.year, error));
    STK_TRY(take_text(r, 2, true, &finding.source, error));
    STK_TRY(take_quantity(r, 3, &finding.quantity, error));
    STK_TRY(take_amount(r, 4, finding.quantity == STK_FINANCE_SURPLUS ? -FINANCE_AMOUNT_MAX : 0,
                        &finding.value, error));
    STK_TRY(take_text(r, 5, true, &finding.unit, error));
    STK_TRY(check_finding(r, &finding, error));
    STK_TRY(take_date(r, 6, true, &finding.published, error));
    STK_TRY(check_published(r, 6, finding.published, finding.year, error));
    STK_TRY(take_mark(r, 7, &finding.mark, error));
    STK_TRY(take_text(r, 8, false, &finding.source_url, error));
    STK_TRY(take_text(r, 9, false, &finding.note, error));
    STK_TRY(keep(r, &r->finance->findings, &finding, sizeof finding, error));
done:
    return status;
}

static const char *const pledge_columns[] = {"iso3",     "date",       "amount", "unit",
                                             "due_year", "confidence", "source", "note"};

static stk_status read_pledge(reader *r, stk_error *error)
{
    stk_finance_pledge pledge = {0};
    stk_status status;
    STK_TRY(take_area(r, 0, &pledge.area, error));
    STK_TRY(take_date(r, 1, true, &pledge.date, error));
    STK_TRY(take_amount(r, 2, 0, &pledge.amount, error));
    STK_TRY(take_text(r, 3, true, &pledge.unit, error));
    if (!is_money(pledge.unit, "_bn_per_year") && !is_money(pledge.unit, "_bn_total")) {
        STK_FAIL(refuse(r, 3, error, "a currency as usd_bn_per_year or gbp_bn_total"));
    }
    STK_TRY(take_year(r, 4, &pledge.due_year, error));
    if (pledge.due_year < stk_date_year(pledge.date)) {
        STK_FAIL(refuse(r, 4, error, "not before the year of the date"));
    }
    STK_TRY(take_mark(r, 5, &pledge.mark, error));
    STK_TRY(take_text(r, 6, false, &pledge.source, error));
    STK_TRY(take_text(r, 7, false, &pledge.note, error));
    STK_TRY(keep(r, &r->finance->pledges, &pledge, sizeof pledge, error));
done:
    return status;
}

static const char *const member_columns[] = {"group", "iso3", "from_date", "to_date", "confidence"};

/* An area stands once, or again after it left. */
static stk_status check_member(reader *r, const finance_member *member, stk_error *error)
{
    const finance_member *others = r->finance->members.items;
    if (member->to != 0 && member->to <= member->from) {
        return refuse(r, 3, error, "a day after from_date");
    }
    for (size_t i = 0; i < r->finance->members.count; i++) {
        bool apart = (others[i].to != 0 && others[i].to <= member->from) ||
                     (member->to != 0 && member->to <= others[i].from);
        if (others[i].area == member->area && !apart) {
            return refuse(r, 1, error, "a country that is not a member already at that time");
        }
    }
    return r->finance->members.count < STK_FINANCE_MEMBERS_MAX
               ? STK_OK
               : refuse(r, 1, error, "at most 64 members");
}

static stk_status read_member(reader *r, stk_error *error)
{
    finance_member member = {.line = r->csv.line};
    stk_status status = STK_OK;
    if (!stk_text_equal(field(r, 0), "annex_ii")) {
        STK_FAIL(refuse(r, 0, error, "annex_ii"));
    }
    STK_TRY(take_area(r, 1, &member.area, error));
    STK_TRY(take_date(r, 2, true, &member.from, error));
    STK_TRY(take_date(r, 3, false, &member.to, error));
    STK_TRY(take_mark(r, 4, &member.mark, error));
    STK_TRY(check_member(r, &member, error));
    STK_TRY(keep(r, &r->finance->members, &member, sizeof member, error));
done:
    return status;
}

static const char *const gdp_columns[] = {"iso3", "unit"};

static stk_status read_gdp(reader *r, stk_error *error)
{
    stk_csv_years years;
    finance_gdp gdp = {0};
    const finance_gdp *others = r->finance->gdp.items;
    stk_status status;
    STK_TRY(take_area(r, 0, &gdp.area, error));
    for (size_t i = 0; i < r->finance->gdp.count; i++) {
        if (others[i].area == gdp.area) {
            STK_FAIL(refuse(r, 0, error, "a country that is not there already"));
        }
    }
    if (!stk_text_equal(field(r, 1), "current US$")) {
        STK_FAIL(refuse(r, 1, error, "current US$"));
    }
    STK_TRY(stk_csv_find_years(&r->csv, &years, error));
    gdp.usd = stk_arena_series(&r->finance->arena, years.first_year, years.last_year);
    STK_TRY(stk_allocated(gdp.usd.values, error));
    STK_TRY(stk_csv_series_within(&r->csv, &years, &stk_csv_dollars, &gdp.usd, error));
    STK_TRY(keep(r, &r->finance->gdp, &gdp, sizeof gdp, error));
done:
    return status;
}

static const char *const source_columns[] = {"source", "counts", "not_read"};

static stk_status read_source(reader *r, stk_error *error)
{
    stk_finance_source source = {.name = NULL};
    stk_status status;
    STK_TRY(take_text(r, 0, true, &source.name, error));
    if (stk_finance_source_of(r->finance, source.name) != NULL) {
        STK_FAIL(refuse(r, 0, error, "a source that is not there already"));
    }
    STK_TRY(take_text(r, 1, false, &source.counts, error));
    STK_TRY(take_text(r, 2, false, &source.not_read, error));
    STK_TRY(keep(r, &r->finance->sources, &source, sizeof source, error));
done:
    return status;
}

/* ---- files ---- */

#define NAMES(list) (list), sizeof(list) / sizeof *(list)

static const struct {
    const char *path;
    const char *const *names;
    size_t count;
    stk_status (*row)(reader *r, stk_error *error);
    bool needed;
} files[] = {{STK_PATH_FINANCE_GOALS, NAMES(goal_columns), read_goal, true},
             {STK_PATH_FINANCE_DELIVERED, NAMES(figure_columns), read_figure, true},
             {STK_PATH_FINANCE_CONTRIBUTORS, NAMES(finding_columns), read_finding, true},
             {STK_PATH_FINANCE_PLEDGES, NAMES(pledge_columns), read_pledge, true},
             {STK_PATH_FINANCE_GROUPS, NAMES(member_columns), read_member, true},
             {STK_PATH_FINANCE_GDP, NAMES(gdp_columns), read_gdp, true},
             {STK_PATH_FINANCE_SOURCES, NAMES(source_columns), read_source, false}};

/* With a list for problems every row that is refused goes there, and reading goes on. */
static stk_status read_rows(reader *r, stk_status (*row)(reader *r, stk_error *error),
                            stk_error *error)
{
    stk_status status = STK_OK;
    while (stk_csv_each(&r->csv, &status, error)) {
        status = row(r, error);
        if (status == STK_EDATA && r->problems != NULL) {
            stk_problems_add(r->problems, error);
            status = STK_OK;
        }
    }
    return status;
}

static stk_status read_file(reader *r, size_t file, stk_error *error)
{
    stk_status status = STK_OK;
    if (!files[file].needed && !stk_edition_has(r->edition, files[file].path)) {
        return STK_OK;
    }
    STK_TRY(stk_edition_csv(r->edition, files[file].path, &r->finance->arena, &r->csv, error));
    STK_TRY(stk_csv_columns(&r->csv, files[file].names, files[file].count, r->columns, error));
    STK_TRY(read_rows(r, files[file].row, error));
done:
    return status;
}

/* ---- order, and what must not be twice ---- */

static int by_figure(const void *a, const void *b)
{
    const stk_finance_figure *x = a;
    const stk_finance_figure *y = b;
    int source = strcmp(x->source, y->source);
    return source != 0                    ? source
           : x->component != y->component ? (int)x->component - (int)y->component
           : x->year != y->year           ? x->year - y->year
           : x->published != y->published ? (x->published < y->published ? -1 : 1)
                                          : (x->line > y->line) - (x->line < y->line);
}

static int by_finding(const void *a, const void *b)
{
    const stk_finance_finding *x = a;
    const stk_finance_finding *y = b;
    int source = strcmp(x->source, y->source);
    return x->area != y->area             ? x->area - y->area
           : x->year != y->year           ? x->year - y->year
           : source != 0                  ? source
           : x->quantity != y->quantity   ? (int)x->quantity - (int)y->quantity
           : x->published != y->published ? (x->published < y->published ? -1 : 1)
                                          : (x->line > y->line) - (x->line < y->line);
}

static stk_status refuse_twice(reader *r, const char *path, long line, const char *what,
                               stk_error *error)
{
    stk_status status = stk_error_at(
        error, STK_EDATA, stk_edition_source_name(r->edition, path), line, 0,
        "%s was published on this day already, in a line before; one row is allowed", what);
    if (r->problems != NULL && error != NULL) {
        stk_problems_add(r->problems, error);
    }
    return status;
}

static stk_status check_figures(reader *r, stk_error *error)
{
    stk_status status = STK_OK;
    finance_list *list = &r->finance->figures;
    stk_finance_figure *figures = list->items;
    if (list->count > 1) {
        qsort(figures, list->count, sizeof *figures, by_figure);
    }
    for (size_t i = 1; i < list->count && status == STK_OK; i++) {
        const stk_finance_figure *a = &figures[i - 1];
        const stk_finance_figure *b = &figures[i];
        if (strcmp(a->source, b->source) == 0 && a->component == b->component &&
            a->year == b->year && a->published == b->published) {
            status = refuse_twice(r, STK_PATH_FINANCE_DELIVERED, b->line,
                                  "this component of the year and source", error);
        }
    }
    return status;
}

static stk_status check_findings(reader *r, stk_error *error)
{
    stk_status status = STK_OK;
    finance_list *list = &r->finance->findings;
    stk_finance_finding *findings = list->items;
    if (list->count > 1) {
        qsort(findings, list->count, sizeof *findings, by_finding);
    }
    for (size_t i = 1; i < list->count && status == STK_OK; i++) {
        const stk_finance_finding *a = &findings[i - 1];
        const stk_finance_finding *b = &findings[i];
        if (a->area == b->area && a->year == b->year && strcmp(a->source, b->source) == 0 &&
            a->quantity == b->quantity && a->published == b->published) {
            status = refuse_twice(r, STK_PATH_FINANCE_CONTRIBUTORS, b->line,
                                  "this quantity of the country, year and source", error);
        }
    }
    return status;
}

static stk_status load(reader *r, stk_error *error)
{
    stk_status status = STK_OK;
    size_t before = r->problems == NULL ? 0 : r->problems->count;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        STK_TRY(read_file(r, i, error));
    }
    if (r->problems != NULL && r->problems->count > before) {
        STK_TRY(STK_EDATA);
    }
    STK_TRY(check_figures(r, error));
    STK_TRY(check_findings(r, error));
done:
    return status;
}

bool stk_finance_in(const stk_edition *edition)
{
    return stk_edition_has(edition, STK_PATH_FINANCE_GOALS);
}

stk_status stk_finance_load(stk_edition *edition, const stk_inventory *inventory,
                            stk_finance **finance, stk_problems *problems, stk_error *error)
{
    stk_finance *loaded = calloc(1, sizeof *loaded);
    *finance = NULL;
    if (loaded == NULL) {
        return stk_error_memory(error);
    }
    loaded->inventory = inventory;
    stk_error own; /* problems are kept even where nobody asks for the error */
    reader r = {.finance = loaded, .edition = edition, .problems = problems};
    stk_status status = load(&r, error != NULL ? error : &own);
    if (status != STK_OK) {
        stk_finance_free(loaded);
        return status;
    }
    *finance = loaded;
    return STK_OK;
}

void stk_finance_free(stk_finance *finance)
{
    if (finance == NULL) {
        return;
    }
    finance_list *const lists[] = {&finance->goals,   &finance->figures, &finance->findings,
                                   &finance->pledges, &finance->members, &finance->gdp,
                                   &finance->sources};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        free(lists[i]->items);
    }
    stk_arena_free(&finance->arena);
    free(finance);
}
