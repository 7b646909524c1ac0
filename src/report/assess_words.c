/** @file assess_words.c
 * @brief Words that several results share.
 */
#include <math.h>

#include "base/table.h"
#include "report/report.h"

void stk_report_known_until(stk_date known_until, stk_date as_of, stk_buffer *buffer)
{
    char date[STK_DATE_SIZE];
    stk_date_format(known_until, date);
    stk_buffer_printf(buffer, "Documents are known until %s%s.\n", date,
                      as_of > known_until ? "; later ones are not counted" : "");
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
    double shown = 0.05; /* what one decimal shows */
    if (isnan(least) || isnan(most)) {
        return;
    }
    if (fabs(least) < shown && fabs(most) < shown) {
        stk_buffer_text(buffer, "under 0.1 %");
        return;
    }
    bool opens = least <= -shown;
    bool closes = most >= shown;
    double a = opens && !closes ? most : least; /* the smaller size first */
    double b = opens && !closes ? least : most;
    stk_buffer_text(buffer, opens ? "opens " : "closes ");
    write_size(buffer, a);
    if (round(10 * fabs(a)) != round(10 * fabs(b)) || (opens && closes)) {
        stk_buffer_text(buffer, opens && closes ? " to closes " : " to ");
        write_size(buffer, b);
    }
    stk_buffer_text(buffer, " %");
}
