/** @file assess_words.c
 * @brief Words that several results share: what came, what looks wrong, what marks mean.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "report/report.h"

/* ---- words ---- */

void stk_report_known_until(stk_date known_until, stk_date as_of, stk_buffer *buffer)
{
    stk_buffer_printf(buffer, "Documents are known until %s%s.\n", STK_DATE_TEXT(known_until),
                      as_of > known_until ? "; later ones are not counted" : "");
}

void stk_report_known_clause(stk_date known_until, stk_date as_of, stk_buffer *buffer)
{
    if (stk_report_is_unknown(as_of, as_of, known_until)) {
        stk_buffer_printf(buffer, ", in documents known until %s", STK_DATE_TEXT(known_until));
    }
}

bool stk_report_is_unknown(stk_date since, stk_date as_of, stk_date known_until)
{
    return since >= known_until && as_of > known_until;
}

void stk_report_nothing_came(stk_date since, stk_date as_of, stk_date known_until,
                             stk_buffer *buffer)
{
    if (as_of <= known_until) {
        stk_buffer_printf(buffer, "Nothing came after %s until %s.", STK_DATE_TEXT(since),
                          STK_DATE_TEXT(as_of));
    } else if (stk_report_is_unknown(since, as_of, known_until)) {
        stk_buffer_printf(buffer, "What came after %s is not known: the data ends on %s.",
                          STK_DATE_TEXT(since), STK_DATE_TEXT(known_until));
    } else {
        stk_buffer_printf(buffer, "Nothing came after %s until %s, where the data ends.",
                          STK_DATE_TEXT(since), STK_DATE_TEXT(known_until));
    }
}

const char *stk_report_mark_meaning(int i)
{
    static const char *const meanings[STK_CONFIDENCE_MARKS] = {
        "read from the document or a database built on it",
        "the same, corrected by hand",
        "a named page or a lesser database",
        "a news article",
        "unverified",
        "the newest document not read, or a reading of it refused"};
    return meanings[i];
}

const char *stk_report_year_reason(int year, stk_date as_of, int history_last)
{
    enum { MARK = 5 };
    int years[STK_MILESTONES];
    stk_milestones(as_of, history_last, years);
    if (year != years[0]) {
        return NULL;
    }
    return year - MARK > stk_date_year(as_of) + MARK
               ? "the year that the first contributions speak of"
               : "the year that new documents are about";
}

double stk_report_target_mt(const stk_national *national, const stk_actor_target *target, int i)
{
    stk_condition condition = (stk_condition)(i / STK_AMBITIONS);
    stk_ambition ambition = (stk_ambition)(i % STK_AMBITIONS);
    return isnan(target->level[condition][ambition].excl_mt)
               ? (double)NAN
               : stk_actor_target_level(national, target, condition, ambition, false).excl_mt;
}

int stk_report_history_first(const stk_national *national, int history_last)
{
    enum { FIRST = 1990 };
    for (int year = FIRST; year <= history_last; year++) {
        double mt = national->baseline[year - STK_PATH_FIRST];
        if (!isnan(mt) && mt != 0) {
            return year;
        }
    }
    return 0;
}

static void write_size(stk_buffer *buffer, double pct)
{
    stk_buffer_decimal(buffer, fabs(pct), 1);
}

void stk_report_effect(const double share_pct[STK_AMBITIONS], stk_buffer *buffer)
{
    double least = share_pct[STK_LOW];
    double most = share_pct[STK_HIGH];
    if (isnan(least) || isnan(most)) {
        return;
    }
    if (fabs(least) < STK_REPORT_SMALL_PCT && fabs(most) < STK_REPORT_SMALL_PCT) {
        stk_buffer_text(buffer, "under 0.1 %");
        return;
    }
    bool opens = least <= -STK_REPORT_SMALL_PCT;
    bool closes = most >= STK_REPORT_SMALL_PCT;
    double a = opens && !closes ? most : least; /* the smaller size first */
    double b = opens && !closes ? least : most;
    stk_buffer_text(buffer, opens ? "adds " : "closes ");
    write_size(buffer, a);
    if (round(10 * fabs(a)) != round(10 * fabs(b)) || (opens && closes)) {
        stk_buffer_text(buffer, opens && closes ? " to closes " : " to ");
        write_size(buffer, b);
    }
    stk_buffer_text(buffer, " %");
}

/* ---- the documents and events that came between two dates ---- */

const char *stk_report_status(stk_step_kind kind, const char *status)
{
    switch (kind) {
    case STK_STEP_LEAVES_JOINT:
        return "leaves the joint document";
    case STK_STEP_NET_ZERO:
        return "net-zero aim";
    case STK_STEP_YEAR:
        return "year is past";
    case STK_STEP_WITHDRAWAL:
    case STK_STEP_RETURN:
    case STK_STEP_DOCUMENT:
    case STK_STEP_KINDS:
        break;
    }
    return status;
}

static void add_years(stk_table *table, const stk_arrival *d)
{
    stk_buffer text = {0};
    stk_buffer_text(&text, d->year_count == 0 ? "-" : "");
    for (int i = 0; i < d->year_count; i++) {
        stk_buffer_printf(&text, "%s%d", i > 0 ? ", " : "", d->years[i]);
    }
    stk_table_buffer(table, &text);
    stk_buffer_free(&text);
}

static const char *remark_on(const stk_arrival *d)
{
    if (d->kind != STK_STEP_DOCUMENT) {
        return "";
    }
    return !d->counts ? "does not count" : d->quantified ? "yes" : "no";
}

stk_status stk_report_documents(const stk_assessment *a, stk_buffer *buffer, stk_error *error)
{
    static const stk_column columns[] = {{"date", "Date", STK_DATE},
                                         {"party", "Party", STK_TEXT},
                                         {"status", "", STK_TEXT},
                                         {"years", "Speaks of", STK_TEXT},
                                         {"quantified", "In numbers", STK_TEXT},
                                         {"document", "Document", STK_TEXT}};
    size_t count;
    const stk_arrival *list = stk_assessment_arrivals(a, &count);
    stk_table *table = stk_table_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const stk_arrival *d = &list[i];
        stk_table_date(table, d->date);
        stk_table_texts(table, d->name, stk_report_status(d->kind, d->status));
        add_years(table, d);
        stk_table_text(table, remark_on(d));
        stk_table_slice(table, stk_text_cut(stk_text_of(d->title), 60));
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, buffer, error);
    stk_table_free(table);
    return status;
}

/* ---- the levels that look wrong, by name ---- */

enum { NAMED = 12 };

/* Add one entry, on a new line where it does not fit. */
static void add_entry(const char *entry, const char *after, size_t width, size_t *used,
                      stk_buffer *buffer)
{
    size_t size = stk_text_width(stk_text_of(entry)) + strlen(after);
    bool wraps = width > 0 && *used + 1 + size > width;
    stk_buffer_text(buffer, wraps ? "\n  " : " ");
    stk_buffer_printf(buffer, "%s%s", entry, after);
    *used = wraps ? 2 + size : *used + 1 + size;
}

void stk_report_checks(const stk_checked_level *checks, size_t count, bool words, size_t width,
                       stk_buffer *buffer)
{
    char entry[256];
    if (count == 0) {
        return;
    }
    stk_print(entry, sizeof entry, "%zu level%s wrong:", count, count == 1 ? " looks" : "s look");
    stk_buffer_text(buffer, entry);
    size_t used = strlen(entry);
    size_t named = count < NAMED ? count : NAMED;
    for (size_t i = 0; i < named; i++) {
        const stk_checked_level *c = &checks[i];
        stk_print(entry, sizeof entry, words ? "%s (%s)" : "%s", STK_CUT(c->name, 80), c->words);
        add_entry(entry, i + 1 < named ? "," : "", width, &used, buffer);
    }
    if (count > named) {
        stk_print(entry, sizeof entry, "and %zu more%s", count - named,
                  width > 0 ? " (--format json names all)" : "");
        add_entry(entry, "", width, &used, buffer);
    }
}

void stk_report_party_checks(const stk_national *national, stk_buffer *buffer)
{
    bool first = true;
    for (int i = 0; i < STK_CONDITIONS * national->target_count; i++) {
        stk_checked_level level;
        stk_checked_level other;
        const stk_actor_target *target = &national->targets[i / STK_CONDITIONS];
        stk_condition condition = (stk_condition)(i % STK_CONDITIONS);
        if (!stk_check_level(national, target, condition, &level)) {
            continue;
        }
        bool more = condition != stk_target_condition(target); /* than the first level has said */
        if (more && stk_check_level(national, target, stk_target_condition(target), &other) &&
            strcmp(level.words, other.words) == 0) {
            continue;
        }
        stk_buffer_printf(buffer, "%s%d%s (%s)", first ? "" : ", ", level.year,
                          more ? " if conditions are met" : "", level.words);
        first = false;
    }
}

json_t *stk_report_checks_json(const stk_checked_level *checks, size_t count)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < count; i++) {
        const stk_checked_level *c = &checks[i];
        document_push(&rows, json_pack("{s:s, s:s, s:i, s:s, s:s, s:o, s:o, s:b, s:s, s:s, s:o}",
                                       "iso3", c->iso3, "name", c->name, "target_year", c->year,
                                       "condition", stk_condition_name(c->condition), "ambition",
                                       stk_ambition_name(c->ambition), "level_mt",
                                       document_number(c->level_mt), "baseline_mt",
                                       document_number(c->baseline_mt), "refused", (int)c->refused,
                                       "check", c->words, "confidence", c->mark, "method",
                                       document_text(c->method)));
    }
    return rows;
}

bool stk_report_is_listed(const stk_change *c)
{
    for (int k = 0; k < STK_AMBITIONS; k++) {
        if (fabs(c->change_gt[k]) >= STK_REPORT_SMALL_GT ||
            fabs(c->share_of_gap_pct[k]) >= STK_REPORT_SMALL_PCT) {
            return true;
        }
    }
    return false;
}

/* Whether a change goes one way by more than what is shown, by each reading. */
static bool goes(const stk_change *c, double sign)
{
    return sign * c->change_gt[STK_LOW] >= STK_REPORT_SMALL_GT &&
           sign * c->change_gt[STK_HIGH] >= STK_REPORT_SMALL_GT;
}

/* Whether the targets that a Party had ended before the year, so that a rule carried them on. */
static bool was_carried_on(const stk_assessment *a, const char *iso3)
{
    const stk_national *n = stk_world_find(stk_assessment_world(stk_assessment_before(a)), iso3);
    int last = n == NULL || n->target_count == 0 ? 0 : n->targets[n->target_count - 1].year;
    return last != 0 && last < stk_assessment_request(a)->year;
}

/* The same change against no pledge, if it is one that asks for something. */
static bool asks_for_something(const stk_assessment *a, const stk_change *previous)
{
    size_t count;
    const stk_change *list = stk_assessment_changes(a, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &list[i];
        if (c->counterfactual == STK_COUNTERFACTUAL_BASELINE &&
            c->condition == previous->condition && c->submitted == previous->submitted &&
            strcmp(c->iso3, previous->iso3) == 0) {
            return goes(c, -1);
        }
    }
    return false;
}

void stk_report_raised(const stk_assessment *a, const char *between, stk_buffer *buffer)
{
    size_t count;
    bool any = false;
    const stk_change *list = stk_assessment_changes(a, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &list[i];
        if (c->counterfactual == STK_COUNTERFACTUAL_PREVIOUS && c->condition == STK_UNCONDITIONAL &&
            goes(c, 1) && asks_for_something(a, c) && was_carried_on(a, c->iso3)) {
            stk_buffer_printf(buffer, "%s%s", any ? ", " : "", c->name);
            any = true;
        }
    }
    if (any) {
        stk_buffer_text(buffer, ": above the day before, yet below no pledge.");
        stk_buffer_text(buffer, between);
        stk_buffer_printf(buffer,
                          "Their older targets end before %d and were carried on to lower levels "
                          "than the new ones lead to.",
                          stk_assessment_request(a)->year);
    }
}
