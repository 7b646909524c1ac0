/** @file milestones.c
 * @brief The years that an assessment speaks of where none is asked for.
 */
#include <stocktake/assess.h>

enum { MARK = 5, FIRST_HEADLINE = 2030 };

int stk_milestones(stk_date date, int history_last, int years[STK_MILESTONES])
{
    int today = stk_date_year(date);
    int headline = ((today + MARK) / MARK + 1) * MARK;
    headline = headline < FIRST_HEADLINE ? FIRST_HEADLINE : headline;
    headline = headline > STK_PATH_LAST ? STK_PATH_LAST : headline;
    years[0] = headline;
    years[1] = headline - MARK;
    return years[1] > today && years[1] > history_last ? 2 : 1;
}
