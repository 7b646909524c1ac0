/** @file content_assumptions.c
 * @brief Which assumptions move the warming of the pledges: the rows of the tornado.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_content.h"

static int wider_first(const void *a, const void *b)
{
    const chart_assumption *x = a;
    const chart_assumption *y = b;
    double dx = fmax(-x->low_k, x->high_k);
    double dy = fmax(-y->low_k, y->high_k);
    return dx == dy ? strcmp(x->label, y->label) : dx < dy ? 1 : -1;
}

static void widen(chart_assumption *row, const stk_effect *effect)
{
    const char *words = stk_choice_words(effect->assumption, effect->choice);
    if (effect->alone_k < row->low_k) {
        row->low_k = effect->alone_k;
        row->low_choice = words;
    }
    if (effect->alone_k > row->high_k) {
        row->high_k = effect->alone_k;
        row->high_choice = words;
    }
}

void content_find_tornado(const page_content *s, content_tornado *tornado)
{
    size_t count;
    const stk_effect *effects = stk_factorial_effects(s->factorial, &count);
    const stk_factorial_case *reference = stk_factorial_reference(s->factorial);
    memset(tornado, 0, sizeof *tornado);
    for (int a = 0; a < STK_ASSUMPTIONS; a++) {
        tornado->rows[a].label = stk_assumption_title((stk_assumption)a);
    }
    for (size_t i = 0; i < count; i++) {
        widen(&tornado->rows[effects[i].assumption], &effects[i]);
    }
    qsort(tornado->rows, STK_ASSUMPTIONS, sizeof *tornado->rows, wider_first);
    tornado->chart =
        (chart_assumptions){.reference_k = reference->warming_2100_k[STK_WARMING_MEDIAN],
                            .rows = tornado->rows,
                            .row_count = STK_ASSUMPTIONS};
}
