/** @file page_fairness.c
 * @brief The page's section on fair shares: the largest Parties' pledges among the readings of
 * equity.
 */
#include <stdlib.h>

#include "report/fairness.h"
#include "report/page_parts.h"

static void party_row(const page_content *s, const stk_fairness_rating *r, stk_buffer *out)
{
    char met[32];
    stk_buffer warming = {0};
    const stk_equity_rating *e = &r->rating;
    const stk_actor *actor = &stk_fairness_national(s->fairness, r->actor)->actor;
    report_implied_warming(r, &warming);
    stk_print(met, sizeof met, "%d of %d", e->met, e->readings);
    page_row_start(out, actor->name);
    page_range_cell(out, e->lo_mt, e->hi_mt, 0);
    page_number_cell(out, e->level_mt, 0);
    page_cell(out, r->level.has_pledge ? "pledge" : "baseline");
    page_cell(out, met);
    page_cell(out, r->is_narrow ? "" : stk_buffer_pass(out, &warming));
    page_cell(out, r->is_narrow ? "the methods nearly agree" : stk_fairness_band_name(r->band));
    page_row_end(out);
    stk_buffer_free(&warming);
}

static stk_status parties_table(const page_content *s, stk_buffer *out, stk_error *error)
{
    static const char *const headings[] = {"Party",        "#Methods leave, Mt",  "#Mt", "Rated",
                                           "Readings met", "If all did the same", "Band"};
    char caption[120];
    stk_area_set *set = malloc(sizeof *set);
    if (set == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = stk_areas_find(s->data->inventory, stk_text_of("G20"), set, error);
    stk_print(caption, sizeof caption, "Pledges of the G20 for %d among 16 readings of equity",
              s->fair_year);
    page_table_start(out, "fairness-table", caption, headings, 7);
    for (size_t i = 0; status == STK_OK && i < stk_fairness_count(s->fairness); i++) {
        if (stk_area_set_has(set, &stk_fairness_national(s->fairness, i)->actor)) {
            party_row(s, &s->fair_ratings[i], out);
        }
    }
    page_table_end(out);
    free(set);
    return status;
}

stk_status page_fairness(const page_content *s, stk_buffer *out, stk_error *error)
{
    char text[800];
    if (s->fairness == NULL) {
        return STK_OK;
    }
    page_section_start(out, "fairness", "Is it fair?");
    stk_print(
        text, sizeof text,
        "Governments never agreed on how to share what is left. Five methods of equity with 16 "
        "readings share %s in %d here: equal emissions per head, convergence to it, equal "
        "emissions per head of past and future together, ability to pay, and responsibility "
        "with means. The range stands before every other number; a rating is a reading of "
        "equity, no verdict.",
        STK_BENCHMARK_TITLE(stk_fairness_benchmark(s->fairness, s->fair_year)), s->fair_year);
    page_paragraph(out, "", text);
    stk_status status = parties_table(s, out, error);
    page_paragraph(
        out, "muted",
        "All emissions with land use. Negative: a Party would have to take out, or pay "
        "others to cut, more than it emits. If all did the same: median warming in 2100 of "
        "a world in which every country is at the same place between its own extremes. "
        "The bands are ours. A baseline is rated where no pledge is in force. Any other "
        "Party: stocktake fairness, stocktake chart fairness.");
    page_section_end(out);
    return status;
}
