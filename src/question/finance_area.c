/** @file finance_area.c
 * @brief finance AREA: what a contributor gave, against its share of a goal.
 */
#include "question/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/finance_words.h"

static const stk_column machine_columns[] = {{"iso3", NULL, STK_TEXT},
                                             {"year", NULL, STK_INTEGER},
                                             {"contributor", NULL, STK_TEXT},
                                             {"goal", NULL, STK_TEXT},
                                             {"goal_usd_bn", NULL, 1},
                                             {"shared_usd_bn", NULL, 1},
                                             {"gdp_share", NULL, 4},
                                             {"population_share", NULL, 4},
                                             {"fossil_co2_share", NULL, 4},
                                             {"co2_with_land_use_share", NULL, 4},
                                             {"share", NULL, 4},
                                             {"due_usd_bn", NULL, 2},
                                             {"provided_usd_bn", NULL, 2},
                                             {"percent", NULL, 1},
                                             {"surplus_usd_bn", NULL, 2},
                                             {"source", NULL, STK_TEXT},
                                             {"published", NULL, STK_DATE},
                                             {"confidence", NULL, STK_TEXT},
                                             {"source_due_usd_bn", NULL, 2},
                                             {"source_percent", NULL, 1},
                                             {"source_surplus_usd_bn", NULL, 2},
                                             {"source_met", NULL, STK_TEXT},
                                             {"other_what", NULL, STK_TEXT},
                                             {"other_value", NULL, 2},
                                             {"other_unit", NULL, STK_TEXT},
                                             {"due_per_head_usd", NULL, 2},
                                             {"due_of_gdp_pct", NULL, 3},
                                             {"provided_per_head_usd", NULL, 2},
                                             {"provided_of_gdp_pct", NULL, 3},
                                             {"source_url", NULL, STK_TEXT},
                                             {"note", NULL, STK_TEXT}};

static const stk_column people_columns[] = {
    {"year", "Year", STK_INTEGER}, {"who", "Who", STK_TEXT},  {"gdp", "GDP %", 1},
    {"population", "People %", 1}, {"fossil", "CO2 %", 1},    {"land", "with land use %", 1},
    {"share", "Share %", 2},       {"due", "Due", 2},         {"provided", "Gave", 2},
    {"percent", "% of due", 0},    {"surplus", "Surplus", 2}, {"source", "Source", STK_TEXT}};

static const stk_column finding_columns[] = {{"year", "Year", STK_INTEGER},
                                             {"who", "Who", STK_TEXT},
                                             {"source", "Source", STK_TEXT},
                                             {"published", "Published", STK_DATE},
                                             {"said", "What it says", STK_TEXT}};

enum { FIRST_PART = 2 }; /* of people_columns: a column for each indicator */

#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

enum { FIRST_YEAR = 1850, LAST_YEAR = 2100 };

/* The answer while it is made. */
typedef struct answer {
    query *q;
    const finance_request *r;
    const stk_area_set *set;
    bool text;
    bool members;     /* any area asked for is a contributor in a year shown */
    stk_table *table; /* of shares */
    stk_table *said;  /* of what sources say, for people */
    stk_finance_share shares[STK_FINANCE_MEMBERS_MAX]; /* of the year at hand */
    size_t share_count;
    int share_first; /* the years whose shares can be computed */
    int share_last;
    bool basis_missing; /* in a year shown */
    bool gift_missing;  /* in a row for people */
    bool failed;        /* words of a row are missing for lack of memory */
    struct {            /* the newest share of the area, for a sentence */
        int year;
        double share;
        double due_usd_bn;
        const stk_finance_goal *goal;
    } newest;
} answer;

/* Indicators that do not count have no column for people. */
static const stk_column *choose_columns(query *q, const finance_request *r)
{
    stk_column *columns = query_alloc(q, sizeof people_columns);
    if (columns != NULL) {
        memcpy(columns, people_columns, sizeof people_columns);
        for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
            columns[FIRST_PART + k].heading =
                r->weights.weight[k] > 0 ? columns[FIRST_PART + k].heading : NULL;
        }
    }
    return columns;
}

static const stk_finance_share *share_of(const answer *a, stk_area area)
{
    for (size_t i = 0; i < a->share_count; i++) {
        if (a->shares[i].area == area) {
            return &a->shares[i];
        }
    }
    return NULL;
}

/* What is known of an amount besides what is held against a share. */
static const stk_finance_finding *other_of(const stk_finance_said *said)
{
    if (said == NULL) {
        return NULL;
    }
    const stk_finance_finding *provided = said->of[STK_FINANCE_PROVIDED];
    bool foreign = provided != NULL && strcmp(provided->unit, "usd_bn") != 0;
    return said->of[STK_FINANCE_MULTILATERAL] != NULL ? said->of[STK_FINANCE_MULTILATERAL]
           : said->of[STK_FINANCE_BUDGET] != NULL     ? said->of[STK_FINANCE_BUDGET]
           : foreign                                  ? provided
                                                      : NULL;
}

/* The row that stands for all that a source says in a year: the first, and the least sure. */
static const stk_finance_finding *first_of(const stk_finance_said *said, stk_finance_mark *mark)
{
    const stk_finance_finding *first = NULL;
    *mark = STK_FINANCE_READ;
    for (int k = 0; k < STK_FINANCE_QUANTITIES && said != NULL; k++) {
        const stk_finance_finding *f = said->of[k];
        first = first != NULL ? first : f;
        *mark = f != NULL && f->mark > *mark ? f->mark : *mark;
    }
    return first;
}

/* ---- rows ---- */

/* One contributor in one year. */
typedef struct line {
    stk_area area;
    int year;
    const stk_finance_goal *goal;
    double basis_usd_bn;
    const stk_finance_share *share; /* NULL: no contributor */
    const stk_finance_said *said;   /* NULL: nothing is said */
    stk_finance_account account;
} line;

static void add_shares(const line *l, stk_table *table)
{
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        stk_table_number(table, l->share != NULL ? l->share->part[k] : (double)NAN);
    }
    stk_table_number(table, l->share != NULL ? l->share->share : (double)NAN);
}

static void add_scaled(const line *l, double usd_bn, stk_table *table)
{
    double heads = l->share != NULL ? l->share->population : (double)NAN;
    double gdp = l->share != NULL ? l->share->gdp_usd : (double)NAN;
    stk_table_numbers(table, 1e9 * usd_bn / heads, 100 * 1e9 * usd_bn / gdp);
}

static void add_machine_row(answer *a, const line *l)
{
    stk_table *t = a->table;
    stk_finance_mark mark;
    const stk_finance_finding *first = first_of(l->said, &mark);
    const stk_finance_finding *met = l->said != NULL ? l->said->of[STK_FINANCE_MET] : NULL;
    const stk_finance_finding *other = other_of(l->said);
    stk_table_text(t, stk_inventory_area(a->r->inventory, l->area)->iso3);
    stk_table_number(t, l->year);
    stk_table_texts(t, l->share != NULL ? "yes" : "no", l->goal != NULL ? l->goal->id : "");
    stk_table_numbers(t, l->goal != NULL ? l->goal->usd_bn : (double)NAN, l->basis_usd_bn);
    add_shares(l, t);
    stk_table_numbers(t, l->account.due_usd_bn, l->account.provided_usd_bn, l->account.percent,
                      l->account.surplus_usd_bn);
    stk_table_text(t, l->said != NULL ? l->said->source : "");
    stk_table_date(t, first != NULL ? first->published : 0);
    stk_table_text(t, first != NULL ? stk_finance_mark_name(mark) : "");
    stk_table_numbers(t, l->account.source_due_usd_bn, l->account.source_percent,
                      l->account.source_surplus_usd_bn);
    stk_table_texts(t,
                    met == NULL       ? ""
                    : met->value == 1 ? "yes"
                                      : "no",
                    other != NULL ? stk_finance_quantity_name(other->quantity) : "");
    stk_table_number(t, other != NULL ? other->value : (double)NAN);
    stk_table_text(t, other != NULL ? other->unit : "");
    add_scaled(l, l->account.due_usd_bn, t);
    add_scaled(l, l->account.provided_usd_bn, t);
    stk_table_texts(t, first != NULL ? first->source_url : "", first != NULL ? first->note : "");
}

static double shown_part(const answer *a, const line *l, stk_finance_indicator k)
{
    return l->share != NULL && a->r->weights.weight[k] > 0 ? 100 * l->share->part[k] : (double)NAN;
}

static void add_people_row(answer *a, const line *l)
{
    stk_table *t = a->table;
    a->gift_missing = a->gift_missing || isnan(l->account.provided_usd_bn);
    stk_table_number(t, l->year);
    stk_table_text(t, stk_inventory_area(a->r->inventory, l->area)->iso3);
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        stk_table_number(t, shown_part(a, l, (stk_finance_indicator)k));
    }
    stk_table_numbers(t, 100 * l->share->share, l->account.due_usd_bn, l->account.provided_usd_bn,
                      l->account.percent, l->account.surplus_usd_bn);
    stk_table_text(t, isnan(l->account.provided_usd_bn) ? "" : l->said->source);
}

static void add_finding_row(answer *a, const line *l)
{
    stk_buffer words = {0};
    stk_finance_mark mark;
    const stk_finance_finding *first = first_of(l->said, &mark);
    finance_write_said(l->said, &words);
    stk_table_number(a->said, l->year);
    stk_table_texts(a->said, stk_inventory_area(a->r->inventory, l->area)->iso3, l->said->source);
    stk_table_date(a->said, first->published);
    stk_table_buffer(a->said, &words);
    stk_buffer_free(&words);
}

static line line_of(answer *a, stk_area area, int year, const stk_finance_said *said)
{
    line l = {.area = area,
              .year = year,
              .goal = a->r->goal != NULL ? a->r->goal : stk_finance_goal_of(&a->r->view, year),
              .basis_usd_bn = (double)NAN,
              .share = share_of(a, area),
              .said = said};
    if (l.goal != NULL && l.share != NULL) {
        l.basis_usd_bn = stk_finance_basis_usd_bn(&a->r->view, l.goal, year, a->r->public_only);
        a->basis_missing = a->basis_missing || isnan(l.basis_usd_bn);
    }
    l.account = stk_finance_account_of(
        l.share != NULL ? l.share->share * l.basis_usd_bn : (double)NAN, said);
    a->members = a->members || l.share != NULL;
    if (l.share != NULL) {
        a->newest.year = year;
        a->newest.share = l.share->share;
        a->newest.due_usd_bn = l.account.due_usd_bn;
        a->newest.goal = l.goal;
    }
    return l;
}

/* For people a source has its own line of the table of shares only where it says what was given. */
static void add_lines(answer *a, stk_area area, int year, const stk_finance_said *said,
                      size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (said[i].year != year) {
            continue;
        }
        line l = line_of(a, area, year, &said[i]);
        if (a->text) {
            add_finding_row(a, &l);
        }
        if (!a->text || (l.share != NULL && !isnan(l.account.provided_usd_bn))) {
            (a->text ? add_people_row : add_machine_row)(a, &l);
            any = true;
        }
    }
    line none = line_of(a, area, year, NULL);
    if (!any && none.share != NULL) {
        (a->text ? add_people_row : add_machine_row)(a, &none);
    }
}

/* ---- years ---- */

/* Whether anybody says anything of the areas in a year. */
static bool is_said(const answer *a, int year)
{
    size_t count;
    const stk_finance_finding *findings = stk_finance_findings(a->r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].year == year && a->set->members[findings[i].area] &&
            stk_finance_counts(&a->r->view, findings[i].published, findings[i].mark)) {
            return true;
        }
    }
    return false;
}

static bool has_member(const answer *a, int year)
{
    for (int area = 0; area < stk_inventory_area_count(a->r->inventory); area++) {
        if (a->set->members[area] && stk_finance_is_member(&a->r->view, area, year)) {
            return true;
        }
    }
    return false;
}

/* Without the year asked for, one whose shares cannot be computed has what others say of it. */
static stk_status find_shares(answer *a, int year, stk_error *error)
{
    const finance_request *r = a->r;
    a->share_count = 0;
    if (r->year == 0 && (year < a->share_first || year > a->share_last)) {
        return STK_OK;
    }
    return has_member(a, year)
               ? stk_finance_shares(&r->view, &r->weights, year, a->shares, &a->share_count, error)
               : STK_OK;
}

static stk_status add_area_year(answer *a, stk_area area, int year, bool always, stk_error *error)
{
    const finance_request *r = a->r;
    stk_finance_said *said;
    size_t count;
    stk_status status =
        stk_finance_said_of(&r->view, area, year, r->contributors_by, &said, &count, error);
    if (status == STK_OK && (always || count > 0)) {
        add_lines(a, area, year, said, count);
    }
    free(said);
    return status;
}

/* A year is shown if it must be, if something is said of the area, or if the shares of a year with
 * a figure can be computed. */
static stk_status add_year(answer *a, int year, bool must, stk_error *error)
{
    stk_finance_amount amount;
    bool always = must || stk_finance_delivered(&a->r->view, STK_FINANCE_TOTAL, year, &amount);
    if (!always && !is_said(a, year)) {
        return STK_OK;
    }
    stk_status status = find_shares(a, year, error);
    for (int area = 0; area < stk_inventory_area_count(a->r->inventory) && status == STK_OK;
         area++) {
        if (a->set->members[area]) {
            status = add_area_year(a, area, year, always, error);
        }
    }
    return status;
}

static stk_status add_years(answer *a, stk_error *error)
{
    int first = a->r->year != 0 ? a->r->year : FIRST_YEAR;
    int last = a->r->year != 0 ? a->r->year : LAST_YEAR;
    stk_status status = STK_OK;
    for (int year = first; year <= last && status == STK_OK; year++) {
        status = add_year(a, year, a->r->year == year, error);
    }
    int now = stk_date_year(a->r->view.as_of);
    if (status == STK_OK && a->share_last == 0 && has_member(a, now)) { /* and it says why */
        status =
            stk_finance_shares(&a->r->view, &a->r->weights, now, a->shares, &a->share_count, error);
    }
    bool none = a->r->year == 0 && !a->members && a->share_last > 0;
    if (status == STK_OK && none && has_member(a, a->share_last)) {
        status = add_year(a, a->share_last, true, error); /* before any figure was published */
    }
    return status;
}

/* ---- words ---- */

/* "GDP 33 %, population 33 % and fossil CO2 since 1990 33 %"; "a third each" where they are equal.
 */
static void write_weights(const stk_finance_weights *weights, stk_buffer *out)
{
    int count = 0;
    int said = 0;
    bool equal = true;
    double first = 0;
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        if (weights->weight[k] > 0) {
            first = count == 0 ? weights->weight[k] : first;
            equal = equal && fabs(weights->weight[k] - first) < 1e-12;
            count++;
        }
    }
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        if (weights->weight[k] > 0) {
            said++;
            stk_buffer_text(out, said == 1 ? "" : said == count ? " and " : ", ");
            finance_write_indicator((stk_finance_indicator)k, weights->from, out);
            if (!equal) {
                stk_buffer_text(out, " (");
                stk_buffer_decimal(out, 100 * weights->weight[k], 0);
                stk_buffer_text(out, " %)");
            }
        }
    }
    stk_buffer_text(out, equal && count > 1 ? ", counted alike" : "");
}

/* How many contributors there are in the year asked for, or in the last one. */
static size_t count_members(const finance_request *r)
{
    size_t count = 0;
    int year = r->year != 0 ? r->year : stk_date_year(r->view.as_of);
    for (int area = 0; area < stk_inventory_area_count(r->inventory); area++) {
        count += stk_finance_is_member(&r->view, area, year);
    }
    return count;
}

/* "In 2020 its share is 43.7 %: 43.7 bn of 100 bn a year from 2020 to 2025 (usd100bn)." */
static void write_newest(const answer *a, stk_buffer *out)
{
    double pct = 100 * a->newest.share;
    stk_buffer_printf(out, "In %d its share is ", a->newest.year);
    stk_buffer_decimal(out, pct, pct < 0.995 ? 2 : 1);
    stk_buffer_text(out, " %");
    if (a->newest.goal != NULL && !isnan(a->newest.due_usd_bn)) {
        stk_buffer_text(out, ": ");
        finance_write_bn(a->newest.due_usd_bn, out);
        stk_buffer_text(out, " of ");
        finance_write_goal(a->newest.goal, out);
        stk_buffer_printf(out, " (%s)", a->newest.goal->id);
        stk_buffer_text(out, a->r->public_only ? ", less private money and export credits" : "");
    } else if (a->newest.goal == NULL) {
        stk_buffer_text(out, "; no goal was decided for the year or a later one");
    }
    stk_buffer_text(out, ".\n");
}

static void write_goal(const finance_request *r, stk_buffer *out)
{
    const stk_finance_goal *goal = r->goal != NULL ? r->goal
                                   : r->year != 0  ? stk_finance_goal_of(&r->view, r->year)
                                                   : NULL;
    stk_buffer_text(out, "Due is the share of ");
    if (goal != NULL) {
        finance_write_goal(goal, out);
        stk_buffer_printf(out, " (%s)", goal->id);
    } else {
        stk_buffer_text(out, r->year != 0 ? "no goal: none was decided for the year or a later one"
                                          : "the goal that held in the year, else of the next one");
    }
    stk_buffer_text(out, r->public_only
                             ? ", less the private money and the export credits of the year.\n"
                             : ".\n");
}

static void write_preface(const answer *a, stk_buffer *out)
{
    char title[256];
    const finance_request *r = a->r;
    size_t members = count_members(r);
    stk_buffer_printf(out, "%s: climate finance as known on %s, bn US$ a year\n",
                      query_area_title(a->set, title), STK_DATE_TEXT(r->view.as_of));
    if (a->members) {
        stk_buffer_printf(out, "The share is the part of what %zu contributors (Annex II) have of ",
                          members);
        write_weights(&r->weights, out);
        stk_buffer_text(out, ".\n");
        write_goal(r, out);
        if (a->set->area >= 0) {
            write_newest(a, out);
        }
        stk_buffer_text(out, "\n");
    } else if (members == 0) {
        stk_buffer_text(out,
                        "There were no contributors yet: the Convention of 1992 lists them.\n");
    } else {
        stk_buffer_printf(
            out, "%s the %zu contributors (Annex II) of which the goals speak: no share.\n",
            a->set->count > 1 ? "None is among" : "It is not among", members);
        stk_buffer_text(out, !stk_table_is_empty(a->said)
                                 ? "What is known to have been given:\n\n"
                                 : "Nothing is known of what was given.\n");
    }
}

static stk_status write_notes(const answer *a, stk_buffer *out, stk_error *error)
{
    stk_status status = STK_OK;
    if (a->members && a->gift_missing) {
        stk_buffer_text(out, "What was given is blank where no source says it in US$.\n");
    }
    if (a->members && !stk_table_is_empty(a->said)) {
        stk_buffer_text(out, a->gift_missing ? "\n" : "");
        stk_buffer_text(out, "What others found, each by its own reckoning:\n");
        status = stk_table_write(a->said, STK_FORMAT_TEXT, out, error);
    }
    if (a->basis_missing) {
        stk_buffer_text(out, "What was due is blank where private money or export credits of the "
                             "year are not known.\n");
    }
    return status;
}

/* ---- pledges ---- */

static bool is_of(const answer *a, const stk_finance_pledge *pledge)
{
    return a->set->members[pledge->area] &&
           stk_finance_counts(&a->r->view, pledge->date, pledge->mark);
}

static json_t *pledges_json(const answer *a)
{
    size_t count;
    json_t *list = json_array();
    const stk_finance_pledge *pledges = stk_finance_pledges(a->r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_finance_pledge *p = &pledges[i];
        if (is_of(a, p)) {
            document_push(&list,
                          json_pack("{s:s, s:s, s:o, s:o, s:i, s:s, s:o, s:o}", "iso3",
                                    stk_inventory_area(a->r->inventory, p->area)->iso3, "date",
                                    STK_DATE_TEXT(p->date), "amount", document_number(p->amount),
                                    "unit", document_text(p->unit), "due_year", p->due_year,
                                    "confidence", stk_finance_mark_name(p->mark), "origin",
                                    document_text(p->source), "note", document_text(p->note)));
        }
    }
    return list;
}

static void write_pledges(const answer *a, stk_buffer *out)
{
    size_t count;
    const stk_finance_pledge *pledges = stk_finance_pledges(a->r->view.finance, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_finance_pledge *p = &pledges[i];
        if (is_of(a, p)) {
            stk_buffer_printf(
                out, "%s pledged on %s: ", stk_inventory_area(a->r->inventory, p->area)->iso3,
                STK_DATE_TEXT(p->date));
            finance_write_pledge(p, out);
            stk_buffer_printf(out, " [%s]\n", stk_finance_mark_name(p->mark));
        }
    }
}

static json_t *facts_json(const answer *a)
{
    const finance_request *r = a->r;
    json_t *weights = json_object();
    for (int k = 0; k < STK_FINANCE_INDICATORS; k++) {
        document_set(&weights, stk_finance_indicator_name((stk_finance_indicator)k),
                     document_number(r->weights.weight[k]));
    }
    return json_pack("{s:o, s:o, s:i, s:b, s:i, s:o}", "area", document_text(a->set->code),
                     "weights", weights, "from", r->weights.from, "public_only", r->public_only,
                     "contributors", (int)count_members(r), "pledges", pledges_json(a));
}

/* ---- the answer ---- */

/* A year of which nothing can be said of an area that is no contributor. */
static stk_status check_year(const answer *a, stk_error *error)
{
    const finance_request *r = a->r;
    return r->year == 0 || a->members || !stk_table_is_empty(a->text ? a->said : a->table)
               ? STK_OK
               : stk_error_set(error, STK_ENOTFOUND,
                               "--year: %s is no contributor in %d, and nothing is known of what "
                               "it gave then; without --year all that is known is listed",
                               a->set->code, r->year);
}

static stk_status write_rows(answer *a, stk_error *error)
{
    stk_buffer preface = {0};
    stk_buffer notes = {0};
    stk_finance_scope scope = {.figures = a->r->public_only,
                               .component = STK_FINANCE_PRIVATE_MOBILISED,
                               .year = a->r->year,
                               .contributors = true,
                               .area = a->set->area};
    stk_status status;
    STK_TRY(check_year(a, error));
    write_preface(a, &preface);
    preface.failed = preface.failed || a->failed;
    STK_TRY(write_notes(a, &notes, error));
    write_pledges(a, &notes);
    if (a->text && !a->members) {
        stk_table *shown = a->table;
        a->table = a->said;
        a->said = shown;
    }
    stk_table *table = a->table;
    a->table = NULL; /* released with what is written */
    STK_TRY(finance_write(a->q, a->r, "finance area", &scope, table, facts_json(a), &preface,
                          &notes, error));
done:
    stk_buffer_free(&preface);
    stk_buffer_free(&notes);
    return status;
}

stk_status finance_area(query *q, const finance_request *r, stk_error *error)
{
    stk_area_set *set = query_alloc(q, sizeof *set);
    answer *a = query_alloc(q, sizeof *a);
    stk_status status;
    if (set == NULL || a == NULL) {
        return stk_error_memory(error);
    }
    bool text = query_format(q) == QUERY_TEXT;
    *a = (answer){.q = q, .r = r, .set = set, .text = text};
    STK_TRY(stk_areas_find(r->inventory, stk_text_of(q->operands[0]), set, error));
    if (r->since != 0) {
        STK_TRY(set->area >= 0 ? finance_learned(q, r, set, error)
                               : query_usage(q, error, "--since takes a single country, or none"));
        goto done;
    }
    const stk_column *people = choose_columns(q, r);
    STK_TRY(stk_allocated(people, error));
    a->table = text ? stk_table_new(people, COUNT(people_columns))
                    : stk_table_new(machine_columns, COUNT(machine_columns));
    a->said = stk_table_new(finding_columns, COUNT(finding_columns));
    STK_TRY(stk_allocated(a->table, error));
    STK_TRY(stk_allocated(a->said, error));
    stk_finance_share_years(&r->view, &r->weights, &a->share_first, &a->share_last);
    STK_TRY(add_years(a, error));
    STK_TRY(write_rows(a, error));
done:
    stk_table_free(a->table);
    stk_table_free(a->said);
    return status;
}
