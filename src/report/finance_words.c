/** @file finance_words.c
 * @brief Sentences on climate finance: goals and what became of them, contributors.
 */
#include "report/finance_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

void finance_write_bn(double usd_bn, stk_buffer *out)
{
    stk_buffer_decimal(out, usd_bn, fabs(usd_bn) < 0.995 ? 2 : 1);
    stk_buffer_text(out, " bn");
}

/* As it stands in the data. */
static void write_stated(double value, stk_buffer *out)
{
    char number[STK_NUMBER_SIZE];
    stk_number_format(value, number);
    stk_buffer_text(out, number);
}

void finance_write_goal(const stk_finance_goal *goal, stk_buffer *out)
{
    write_stated(goal->usd_bn, out);
    if (goal->first_year == goal->last_year) {
        stk_buffer_printf(out, " bn a year by %d", goal->due_year);
    } else {
        stk_buffer_printf(out, " bn a year from %d to %d", goal->first_year, goal->last_year);
    }
    stk_buffer_text(out, goal->component == STK_FINANCE_ADAPTATION ? ", for adaptation" : "");
}

static const stk_finance_figure *either(const stk_finance_amount *amount)
{
    return amount->high != NULL ? amount->high : amount->low;
}

void finance_write_amount(const stk_finance_amount *amount, stk_buffer *out)
{
    if (amount->low == NULL || amount->high == NULL) {
        stk_buffer_text(out, amount->low == NULL ? "up to " : "at least ");
    } else if (amount->low->usd_bn != amount->high->usd_bn) {
        write_stated(amount->low->usd_bn, out);
        stk_buffer_text(out, " to ");
    }
    const stk_finance_figure *last = either(amount);
    write_stated(last != NULL ? last->usd_bn : (double)NAN, out);
    stk_buffer_text(out, " bn");
}

/* ---- what became of a goal ---- */

/* The size of a gap, its two ends where the amount has two. */
static void write_gap(const stk_finance_goal *goal, const stk_finance_amount *amount,
                      stk_buffer *out)
{
    double low = fabs(stk_finance_gap_usd_bn(goal, amount->low));
    double high = fabs(stk_finance_gap_usd_bn(goal, amount->high));
    if (isnan(low) || isnan(high)) {
        stk_buffer_text(out, isnan(low) ? "at least " : "at most ");
    } else if (low != high) {
        stk_buffer_decimal(out, fmin(low, high), 1);
        stk_buffer_text(out, " to ");
    }
    stk_buffer_decimal(out, isnan(low) ? high : isnan(high) ? low : fmax(low, high), 1);
    stk_buffer_text(out, " bn");
}

/* "two years late". */
static void write_delay(int years, stk_buffer *out)
{
    static const char *const words[] = {"no",  "one",   "two",   "three", "four", "five",
                                        "six", "seven", "eight", "nine",  "ten"};
    int size = abs(years);
    if (years == 0) {
        stk_buffer_text(out, "on time");
        return;
    }
    if (size <= 10) {
        stk_buffer_text(out, words[size]);
    } else {
        stk_buffer_printf(out, "%d", size);
    }
    stk_buffer_printf(out, " year%s %s", size == 1 ? "" : "s", years > 0 ? "late" : "early");
}

/* "79.6 bn for 2019 (published 2021-09-17)". */
static void write_dated(const stk_finance_amount *amount, stk_buffer *out)
{
    finance_write_amount(amount, out);
    stk_buffer_printf(out, " for %d (published %s)", amount->year,
                      STK_DATE_TEXT(either(amount)->published));
}

/* A year that is known, and whether it reaches the goal. */
static void write_result(const stk_finance_goal *goal, const stk_finance_amount *amount,
                         stk_buffer *out)
{
    write_dated(amount, out);
    switch (stk_finance_is_met(goal, amount)) {
    case STK_FINANCE_IS_MET:
        stk_buffer_text(out, ", ");
        write_gap(goal, amount, out);
        stk_buffer_text(out, " above it");
        break;
    case STK_FINANCE_NOT_MET:
        stk_buffer_text(out, ", short by ");
        write_gap(goal, amount, out);
        break;
    case STK_FINANCE_MET_BY_HIGH_END:
        stk_buffer_text(out, ", which reaches it by the high end only");
        break;
    case STK_FINANCE_NOT_KNOWN:
        break;
    }
}

/* The last figure before the years of the goal, where nothing is known of those. */
static void write_not_known(const stk_finance_view *view, const stk_finance_goal *goal,
                            const stk_finance_amount *last, int from, int to, stk_buffer *out)
{
    stk_buffer_printf(out, "not known: there is no figure for %d", from);
    if (to > from) {
        stk_buffer_printf(out, " to %d", to);
    }
    stk_buffer_printf(out, " as of %s", STK_DATE_TEXT(view->as_of));
    if (last->year == 0) {
        return;
    }
    stk_buffer_text(out, "; the last known is ");
    write_dated(last, out);
    if (stk_finance_is_met(goal, last) == STK_FINANCE_NOT_MET) {
        stk_buffer_text(out, ", ");
        write_gap(goal, last, out);
        stk_buffer_text(out, " below");
    }
}

static void write_upcoming(const stk_finance_goal *goal, const stk_finance_outcome *o,
                           stk_buffer *out)
{
    stk_buffer_text(out, goal->call ? "called for, but not a goal" : "lies ahead");
    if (!goal->call && !isnan(o->growth)) {
        stk_buffer_text(out, "; from ");
        finance_write_amount(&o->last, out);
        stk_buffer_printf(out, " in %d it takes ", o->last.year);
        stk_buffer_decimal(out, 100 * o->growth, 1);
        stk_buffer_text(out, " % more every year");
    }
    if (goal->counts[0] != '\0' && goal->component == STK_FINANCE_TOTAL && !goal->call) {
        stk_buffer_printf(out, "; it counts: %s", goal->counts);
    }
}

void finance_write_outcome(const stk_finance_view *view, const stk_finance_goal *goal,
                           stk_buffer *out)
{
    stk_finance_outcome o = stk_finance_goal_outcome(view, goal);
    stk_finance_status status = stk_finance_goal_status(goal, stk_date_year(view->as_of));
    if (o.met_year != 0) {
        stk_buffer_printf(out, "met in %d (", o.met_year);
        finance_write_amount(&o.met, out);
        stk_buffer_text(out, "), ");
        write_delay(o.years_late, out);
        if (o.missed_year != 0) {
            stk_buffer_printf(out, ", and missed in %d", o.missed_year);
        }
    } else if (status == STK_FINANCE_UPCOMING) {
        write_upcoming(goal, &o, out);
    } else if (o.last.year < goal->first_year) {
        int now = stk_date_year(view->as_of);
        write_not_known(view, goal, &o.last, goal->first_year,
                        now < goal->last_year ? now : goal->last_year, out);
    } else {
        stk_buffer_text(out, status == STK_FINANCE_ENDED && o.last.year == goal->last_year
                                 ? "not met: "
                                 : "not met in any year that is known: ");
        write_result(goal, &o.last, out);
    }
}

void finance_write_short(const stk_finance_view *view, const stk_finance_goal *goal,
                         stk_buffer *out)
{
    stk_finance_outcome o = stk_finance_goal_outcome(view, goal);
    bool ahead = goal->first_year > stk_date_year(view->as_of);
    if (o.met_year != 0) {
        finance_write_outcome(view, goal, out);
    } else if (o.last.year == 0) {
        stk_buffer_text(out, ahead ? "no figure is known yet" : "not known whether it was met");
    } else if (o.last.year < goal->first_year) {
        stk_buffer_text(out, ahead ? "it lies ahead; " : "not known whether it was met; ");
        finance_write_amount(&o.last, out);
        stk_buffer_printf(out, " in %d", o.last.year);
    } else {
        finance_write_amount(&o.last, out);
        stk_buffer_printf(out, " in %d, short by ", o.last.year);
        write_gap(goal, &o.last, out);
    }
}

void finance_write_year(const stk_finance_view *view, const stk_finance_goal *goal, int year,
                        stk_buffer *out)
{
    stk_finance_amount amount;
    if (stk_finance_delivered(view, goal->component, year, &amount)) {
        stk_buffer_text(out, stk_finance_is_met(goal, &amount) == STK_FINANCE_IS_MET ? "met: "
                                                                                     : "not met: ");
        write_result(goal, &amount, out);
    } else if (year > stk_date_year(view->as_of)) {
        stk_finance_outcome o = stk_finance_goal_outcome(view, goal);
        write_upcoming(goal, &o, out);
    } else {
        stk_finance_goal until = *goal; /* the last figure before this year */
        until.last_year = year;
        stk_finance_outcome o = stk_finance_goal_outcome(view, &until);
        write_not_known(view, goal, &o.last, year, year, out);
    }
}

void finance_write_wrapped(const char *text, size_t indent, stk_buffer *out)
{
    enum { WIDTH = 100 };
    size_t used = indent;
    stk_buffer_fill(out, ' ', indent);
    for (bool first = true; *text != '\0'; first = false) {
        size_t word = strcspn(text, " ");
        size_t width = stk_text_width((stk_text){text, word});
        if (!first && used + 1 + width > WIDTH) {
            stk_buffer_text(out, "\n");
            stk_buffer_fill(out, ' ', indent);
            used = indent;
        } else if (!first) {
            stk_buffer_text(out, " ");
            used++;
        }
        stk_buffer_append(out, (stk_text){text, word});
        used += width;
        text += word + (text[word] == ' ');
    }
    stk_buffer_text(out, "\n");
}

void finance_write_paragraph(stk_buffer *text, size_t indent, stk_buffer *out)
{
    out->failed = out->failed || text->failed;
    if (text->size > 0) {
        finance_write_wrapped(text->data, indent, out);
    }
    stk_buffer_free(text);
    *text = (stk_buffer){0};
}

/* ---- what is missing ---- */

void finance_write_not_read(const stk_finance_view *view, stk_buffer *out)
{
    enum { ONE_YEAR = 10000 };
    int first;
    int last;
    stk_finance_amount amount;
    const stk_finance_source *source = stk_finance_source_of(view->finance, view->source);
    if (source == NULL || source->not_read[0] == '\0' ||
        !stk_finance_span(view, STK_FINANCE_TOTAL, &first, &last) ||
        !stk_finance_delivered(view, STK_FINANCE_TOTAL, last, &amount) ||
        view->as_of - either(&amount)->published < ONE_YEAR) {
        return;
    }
    stk_buffer_printf(out, "The figures of %s end in %d: %s.", source->name, last,
                      source->not_read);
}

void finance_write_left_out(size_t count, const char *years, stk_buffer *out)
{
    if (count == 0) {
        return;
    }
    stk_buffer_printf(out, "%zu row%s marked C (from memory, not checked%s%s) %s left out", count,
                      count == 1 ? "" : "s", years[0] != '\0' ? "; figures for " : "", years,
                      count == 1 ? "is" : "are");
}

/* ---- contributors ---- */

/* "US$", "EUR". */
static void write_currency(const char *unit, stk_buffer *out)
{
    if (strncmp(unit, "usd", 3) == 0) {
        stk_buffer_text(out, "US$");
        return;
    }
    for (int i = 0; i < 3 && unit[i] != '\0'; i++) {
        stk_buffer_fill(out, (char)(unit[i] - 'a' + 'A'), 1);
    }
}

static void write_money(const stk_finance_finding *finding, stk_buffer *out)
{
    write_stated(finding->value, out);
    stk_buffer_text(out, " bn");
    if (strcmp(finding->unit, "usd_bn") != 0) {
        stk_buffer_text(out, " ");
        write_currency(finding->unit, out);
    }
}

/* Each of several clauses after a comma. */
static void next_clause(size_t start, stk_buffer *out)
{
    stk_buffer_text(out, out->size > start ? ", " : "");
}

static void write_given(const stk_finance_said *said, stk_buffer *out)
{
    stk_finance_account a = stk_finance_account_of(NAN, said);
    const stk_finance_finding *due = said->of[STK_FINANCE_FAIR_SHARE];
    if (said->of[STK_FINANCE_PROVIDED] != NULL) {
        stk_buffer_text(out, "gave ");
        write_money(said->of[STK_FINANCE_PROVIDED], out);
        if (due != NULL) {
            stk_buffer_text(out, " of ");
            write_money(due, out);
            stk_buffer_text(out, " due");
        }
        if (!isnan(a.source_percent)) {
            stk_buffer_text(out, " (");
            stk_buffer_decimal(out, a.source_percent, 0);
            stk_buffer_text(out, " %)");
        }
    } else if (!isnan(a.source_percent)) {
        stk_buffer_text(out, "gave ");
        stk_buffer_decimal(out, a.source_percent, 0);
        stk_buffer_text(out, " % of what was due");
    } else if (due != NULL) {
        write_money(due, out);
        stk_buffer_text(out, " were due");
    }
}

void finance_write_said(const stk_finance_said *said, stk_buffer *out)
{
    size_t start = out->size;
    const stk_finance_finding *surplus = said->of[STK_FINANCE_SURPLUS];
    const stk_finance_finding *met = said->of[STK_FINANCE_MET];
    write_given(said, out);
    if (surplus != NULL) {
        next_clause(start, out);
        write_stated(fabs(surplus->value), out);
        stk_buffer_text(out, surplus->value < 0 ? " bn short" : " bn more than was due");
    }
    if (met != NULL) {
        next_clause(start, out);
        stk_buffer_text(out, met->value == 1 ? "named as having given its share"
                                             : "named as not having given its share");
    }
    if (said->of[STK_FINANCE_MULTILATERAL] != NULL) {
        next_clause(start, out);
        stk_buffer_text(out, "gave ");
        write_money(said->of[STK_FINANCE_MULTILATERAL], out);
        stk_buffer_text(out, " through multilateral banks and funds");
    }
    if (said->of[STK_FINANCE_BUDGET] != NULL) {
        next_clause(start, out);
        stk_buffer_text(out, "gave ");
        write_money(said->of[STK_FINANCE_BUDGET], out);
        stk_buffer_text(out, " of public budget funds");
    }
}

void finance_write_pledge(const stk_finance_pledge *pledge, stk_buffer *out)
{
    write_stated(pledge->amount, out);
    stk_buffer_text(out, " bn ");
    write_currency(pledge->unit, out);
    stk_buffer_printf(out, " %s by %d",
                      strstr(pledge->unit, "per_year") != NULL ? "a year" : "in all",
                      pledge->due_year);
    if (pledge->note[0] != '\0') {
        stk_buffer_printf(out, " (%s)", pledge->note);
    }
}

void finance_write_indicator(stk_finance_indicator indicator, int from, stk_buffer *out)
{
    static const char *const words[STK_FINANCE_INDICATORS] = {"GDP", "population", "fossil CO2",
                                                              "CO2 with land use"};
    stk_buffer_text(out, words[indicator]);
    if (indicator >= STK_FINANCE_FOSSIL_CO2) {
        stk_buffer_printf(out, " since %d", from);
    }
}
