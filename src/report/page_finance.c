/** @file page_finance.c
 * @brief The page's section on climate finance: goals and what became of them, figures and
 * vintages.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/finance_words.h"
#include "report/page_parts.h"

static void goal_row(const page_content *s, const stk_finance_goal *goal, stk_buffer *out)
{
    stk_buffer what = {0};
    stk_buffer outcome = {0};
    finance_write_goal(goal, &what);
    finance_write_outcome(&s->money, goal, &outcome);
    page_row_start(out, stk_buffer_pass(out, &what));
    page_cell(out, goal->who);
    page_date_cell(out, goal->decided);
    page_cell(out, stk_buffer_pass(out, &outcome));
    page_row_end(out);
    stk_buffer_free(&what);
    stk_buffer_free(&outcome);
}

static void goals_table(const page_content *s, stk_buffer *out)
{
    static const char *const headings[] = {"Goal", "Of whom", "Decided", "What became of it"};
    char caption[120];
    size_t count;
    const stk_finance_goal *goals = stk_finance_goals(s->finance, &count);
    stk_print(caption, sizeof caption, "Goals of climate finance, US$, as known on %s", s->as_of);
    page_table_start(out, "finance-goals-table", caption, headings, 4);
    for (size_t i = 0; i < count; i++) {
        if (stk_finance_counts(&s->money, goals[i].decided, goals[i].mark)) {
            goal_row(s, &goals[i], out);
        }
    }
    page_table_end(out);
}

/* "79.6 (2021-09-17), 78.9 (2020-11-06)": what was published before, newest first. */
static void vintages_cell(const page_content *s, const stk_finance_figure *figure, stk_buffer *out)
{
    stk_buffer text = {0};
    while (figure != NULL && (figure = stk_finance_before(&s->money, figure)) != NULL) {
        char number[SVG_NUMBER_SIZE];
        stk_buffer_printf(&text, "%s%s (%s)", text.size > 0 ? ", " : "",
                          svg_decimal(number, figure->usd_bn, 1), STK_DATE_TEXT(figure->published));
    }
    page_cell(out, stk_buffer_pass(out, &text));
    stk_buffer_free(&text);
}

static void year_row(const page_content *s, int year, stk_buffer *out)
{
    char text[16];
    stk_finance_amount amount;
    const stk_finance_goal *goal = stk_finance_goal_of(&s->money, year);
    bool known = stk_finance_delivered(&s->money, STK_FINANCE_TOTAL, year, &amount);
    bool holds =
        goal != NULL && !goal->call && stk_finance_goal_status(goal, year) == STK_FINANCE_IN_FORCE;
    if (!known && !(holds && year < stk_date_year(s->money.as_of))) {
        return;
    }
    stk_print(text, sizeof text, "%d", year);
    page_row_start(out, text);
    page_number_cell(out, holds ? goal->usd_bn : (double)NAN, 0);
    if (known) {
        stk_buffer words = {0};
        finance_write_amount(&amount, &words);
        page_cell(out, stk_buffer_pass(out, &words));
        stk_buffer_free(&words);
    } else {
        page_cell(out, "not known");
    }
    page_change_cell(out, holds && known ? stk_finance_gap_usd_bn(goal, amount.low) : (double)NAN,
                     1);
    page_date_cell(out, known && amount.low != NULL ? amount.low->published : 0);
    vintages_cell(s, known && amount.low == amount.high ? amount.low : NULL, out);
    page_row_end(out);
}

static void years_table(const page_content *s, stk_buffer *out)
{
    static const char *const headings[] = {"Year",     "#Goal, bn", "Delivered",
                                           "#Gap, bn", "Published", "Published before"};
    chart_finance chart;
    char caption[120];
    content_find_finance(s, &chart);
    stk_print(caption, sizeof caption, "Delivered as known on %s, by %s", s->as_of,
              STK_CUT(s->money.source, 60));
    page_table_start(out, "finance-years-table", caption, headings, 6);
    for (int year = chart.first_year; year <= chart.last_year; year++) {
        year_row(s, year, out);
    }
    page_table_end(out);
}

stk_status page_finance(const page_content *s, stk_buffer *out, stk_error *error)
{
    stk_buffer missing = {0};
    if (!content_has_finance(s)) {
        return STK_OK;
    }
    stk_status status = page_chart(s, CONTENT_FINANCE, out, error);
    goals_table(s, out);
    finance_write_not_read(&s->money, &missing);
    const char *text = stk_buffer_pass(out, &missing);
    if (text[0] != '\0') {
        page_paragraph(out, "muted", text);
    }
    stk_buffer_free(&missing);
    page_details_start(out, "The numbers");
    years_table(s, out);
    page_details_end(out);
    page_section_end(out);
    return status;
}
