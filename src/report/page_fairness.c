/** @file page_fairness.c
 * @brief The page's section on fair shares: the largest Parties' pledges among the readings of
 * equity.
 */
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "report/fairness.h"
#include "report/page_parts.h"

static void party_row(const page_content *s, const stk_fairness_rating *r, stk_buffer *out)
{
    char met[32];
    char what[64];
    stk_buffer warming = {0};
    const stk_equity_rating *e = &r->rating;
    const stk_actor *actor = &stk_fairness_national(s->fairness, r->actor)->actor;
    report_implied_warming(r, &warming);
    stk_print(met, sizeof met, "%d of %d", e->met, e->readings);
    page_row_start(out, actor->name);
    page_range_cell(out, e->lo_mt, e->hi_mt, 0);
    page_number_cell(out, e->level_mt, 0);
    page_cell(out, report_fairness_what(&r->level, s->fair_year, what));
    page_cell(out, met);
    page_cell(out, r->is_narrow ? "" : stk_buffer_pass(out, &warming));
    page_cell(out, r->is_narrow ? "the methods nearly agree" : stk_fairness_band_name(r->band));
    page_row_end(out);
    out->failed = out->failed || warming.failed;
    stk_buffer_free(&warming);
}

/* ---- which Parties, in which order ---- */

typedef struct rated_party {
    const stk_actor *actor;
    const stk_fairness_rating *rating;
    double now_mt;
    bool of_group;
} rated_party;

static int larger_first(const void *a, const void *b)
{
    const rated_party *x = a;
    const rated_party *y = b;
    return x->now_mt == y->now_mt  ? strcmp(x->actor->iso3, y->actor->iso3)
           : x->now_mt < y->now_mt ? 1
                                   : -1;
}

/* The group's by emissions, then the others by name. */
static int group_first(const void *a, const void *b)
{
    const rated_party *x = a;
    const rated_party *y = b;
    return x->of_group != y->of_group ? y->of_group - x->of_group
           : x->of_group              ? larger_first(a, b)
                                      : strcmp(x->actor->name, y->actor->name);
}

static stk_status list_parties(const page_content *s, rated_party *list, size_t *count,
                               stk_error *error)
{
    const stk_equity_world *w = stk_equity_world_of(stk_fairness_equity(s->fairness));
    size_t years = (size_t)(w->last_year - w->first_year + 1);
    stk_area_set *set = malloc(sizeof *set);
    stk_status status = stk_allocated(set, error);
    *count = 0;
    if (status == STK_OK) {
        status = stk_areas_find(s->data->inventory, stk_text_of("G20"), set, error);
    }
    for (size_t i = 0; status == STK_OK && i < stk_fairness_count(s->fairness); i++) {
        const stk_actor *actor = &stk_fairness_national(s->fairness, i)->actor;
        if (actor->kind == STK_ACTOR_PARTY) {
            list[(*count)++] =
                (rated_party){actor, &s->fair_ratings[i],
                              w->emissions_mt[i * years + (size_t)(w->now - w->first_year)],
                              stk_area_set_has(set, actor)};
        }
    }
    free(set);
    if (status == STK_OK) {
        qsort(list, *count, sizeof *list, group_first);
    }
    return status;
}

/* ---- what is shown of them ---- */

static void parties_table(const page_content *s, const rated_party *list, size_t count,
                          stk_buffer *out)
{
    static const char *const headings[] = {"Party",        "#Methods leave, Mt",  "#Mt", "Rated",
                                           "Readings met", "If all did the same", "Band"};
    char caption[160];
    stk_print(caption, sizeof caption,
              "Pledges of the G20 for %d among 16 readings of equity, largest emitter first",
              s->fair_year);
    page_table_start(out, "fairness-table", caption, headings, 7);
    for (size_t i = 0; i < count && list[i].of_group; i++) {
        party_row(s, list[i].rating, out);
    }
    page_table_end(out);
}

/* A drawing for each width of the group's, the narrow one for all others. */
static void party_chart(const page_content *s, const rated_party *party, bool open, stk_buffer *out)
{
    static const int widths[] = {CHART_NARROW, CHART_WIDE};
    static const char *const classes[] = {"narrow", "wide"};
    chart_fairness chart;
    stk_buffer sentence = {0};
    char id[48];
    const stk_national *n = stk_fairness_national(s->fairness, party->rating->actor);
    content_find_fairness(s, party->rating->actor, &chart);
    report_fairness_sentence(n, party->rating, s->fair_year, &sentence);
    stk_buffer_text(&sentence, ".");
    stk_buffer_text(out, open ? "<details open><summary>" : "<details><summary>");
    svg_escape(out, party->actor->name);
    stk_buffer_text(out, "</summary>\n");
    page_paragraph(out, "muted", sentence.data != NULL ? sentence.data : "");
    stk_buffer_text(out, "<figure>\n");
    for (int i = 0; i < 1 + party->of_group; i++) {
        chart_words words = {.title = party->actor->name,
                             .subtitle = "",
                             .summary = "What five methods of equity leave, and what is pledged.",
                             .source = "",
                             .last_line = ""};
        stk_print(id, sizeof id, "fair-%s-%s", party->actor->iso3, classes[i]);
        chart_look look = {.width = widths[i], .id = id};
        stk_buffer_printf(out, party->of_group ? "<div class=\"%s\">\n" : "<div>\n", classes[i]);
        chart_draw_fairness(&chart, &words, &look, out);
        stk_buffer_text(out, "</div>\n");
    }
    stk_buffer_text(out, "</figure></details>\n");
    out->failed = out->failed || sentence.failed;
    stk_buffer_free(&sentence);
}

static void party_charts(const page_content *s, const rated_party *list, size_t count,
                         stk_buffer *out)
{
    size_t i = 0;
    page_paragraph(out, "",
                   "Choose a Party to see what each method leaves it. Bars: all readings of a "
                   "method, lines across: their means. By today's emissions is no reading of "
                   "equity.");
    for (; i < count && list[i].of_group; i++) {
        party_chart(s, &list[i], i == 0, out);
    }
    page_details_start(out, "Every other Party");
    for (; i < count; i++) {
        party_chart(s, &list[i], false, out);
    }
    page_details_end(out);
}

stk_status page_fairness(const page_content *s, stk_buffer *out, stk_error *error)
{
    char text[800];
    size_t count;
    if (s->fairness == NULL) {
        return STK_OK;
    }
    rated_party *list = malloc((stk_fairness_count(s->fairness) + 1) * sizeof *list);
    stk_status status;
    STK_TRY(stk_allocated(list, error));
    STK_TRY(list_parties(s, list, &count, error));
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
    parties_table(s, list, count, out);
    page_paragraph(
        out, "muted",
        "All emissions with land use. Negative: a Party would have to take out, or pay "
        "others to cut, more than it emits. If all did the same: median warming in 2100 of "
        "a world in which every country is at the same place between its own extremes. "
        "The bands are ours. A baseline is rated where no pledge in force gives a level.");
    party_charts(s, list, count, out);
    page_section_end(out);
done:
    free(list);
    return status;
}
