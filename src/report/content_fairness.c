/** @file content_fairness.c
 * @brief Fair shares for a chart and the page: what is drawn, and its words.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "report/fairness.h"
#include "report/page_content.h"

static const char *const method_labels[STK_EQUITY_METHODS] = {"By today's emissions",
                                                              "Equal per head",
                                                              "Converging to equal per head",
                                                              "Equal per head, with debts",
                                                              "",
                                                              "Ability to pay",
                                                              "Responsibility and means",
                                                              "Adjusted for means and past"};

/* What the usual readings leave every actor, and what today's emissions would, which is none. */
static stk_status share(page_content *s, stk_error *error)
{
    size_t count = stk_fairness_count(s->fairness);
    stk_equity_grid *grid = &s->fair_rules;
    *grid = stk_equity_grid_usual(STK_FAIRNESS_THRESHOLD);
    grid->rules[grid->count++] = (stk_equity_rule){.method = STK_EQUITY_GRANDFATHERING};
    s->fair_mt = malloc((grid->count * count + 1) * sizeof *s->fair_mt);
    stk_status status = stk_allocated(s->fair_mt, error);
    for (size_t i = 0; i < grid->count && status == STK_OK; i++) {
        status = stk_equity_allocate(stk_fairness_equity(s->fairness), &grid->rules[i],
                                     s->fair_year, &s->fair_mt[i * count], error);
    }
    return status;
}

static stk_status rate(page_content *s, stk_error *error)
{
    stk_fairness_readings *readings = NULL;
    stk_status status;
    s->fair_ratings = calloc(stk_fairness_count(s->fairness) + 1, sizeof *s->fair_ratings);
    STK_TRY(stk_allocated(s->fair_ratings, error));
    STK_TRY(stk_fairness_readings_make(s->fairness, NULL, s->fair_year, &readings, error));
    STK_TRY(stk_fairness_rate_all(readings, STK_UNCONDITIONAL, STK_LOW, s->fair_ratings, error));
done:
    stk_fairness_readings_free(readings);
    return status;
}

stk_status content_tell_fairness(page_content *s, stk_error *error)
{
    const stk_assess_request *r = stk_assessment_request(s->assessment);
    if (!stk_fairness_in(s->data->edition)) {
        return STK_OK;
    }
    s->fair_year = r->year;
    /* a benchmark may lack years or land use, then 1.5 °C is shared */
    stk_status status = stk_fairness_open(
        s->data, s->world, r->benchmark.is_users ? "C1" : r->benchmark.name, &s->fairness, error);
    if (status == STK_EARG || status == STK_ENOTFOUND) {
        status = stk_fairness_open(s->data, s->world, "C1", &s->fairness, error);
    }
    STK_TRY(status);
    if (stk_fairness_world_mt(s->fairness, s->fair_year) <= 0) {
        content_close_fairness(s); /* nothing is left to share */
        return STK_OK;
    }
    STK_TRY(share(s, error));
    STK_TRY(rate(s, error));
done:
    return status;
}

void content_close_fairness(page_content *s)
{
    stk_fairness_free(s->fairness);
    free(s->fair_mt);
    free(s->fair_ratings);
    s->fairness = NULL;
    s->fair_mt = NULL;
    s->fair_ratings = NULL;
}

/* ---- what is drawn ---- */

/* Least, greatest and mean of a method's readings. */
static void add_reading(chart_fairness *chart, stk_equity_method method, double mt)
{
    chart_fairness_row *row = chart->row_count > 0 ? &chart->rows[chart->row_count - 1] : NULL;
    const char *label = method_labels[method];
    if (row == NULL || row->label != label) {
        row = &chart->rows[chart->row_count++];
        *row = (chart_fairness_row){.label = label,
                                    .low_mt = INFINITY,
                                    .high_mt = -INFINITY,
                                    .rated = method != STK_EQUITY_GRANDFATHERING};
    }
    row->low_mt = fmin(row->low_mt, mt);
    row->high_mt = fmax(row->high_mt, mt);
    row->mean_mt = (row->mean_mt * row->count + mt) / (row->count + 1);
    row->count++;
}

void content_find_fairness(const page_content *s, size_t actor, chart_fairness *chart)
{
    const stk_national *n = stk_fairness_national(s->fairness, actor);
    size_t count = stk_fairness_count(s->fairness);
    int last = stk_baseline_history_last(s->data->baseline);
    memset(chart, 0, sizeof *chart);
    chart->year = s->fair_year;
    chart->level_mt = s->fair_ratings[actor].level.mt;
    chart->has_pledge = s->fair_ratings[actor].level.has_pledge;
    report_fairness_what(&s->fair_ratings[actor].level, s->fair_year, chart->what);
    chart->now_year = last;
    chart->now_mt = n->baseline[last - STK_PATH_FIRST] + n->lulucf_baseline[last - STK_PATH_FIRST];
    chart->decimals = fabs(chart->now_mt) < 1 ? 2 : fabs(chart->now_mt) < 10 ? 1 : 0;
    for (size_t i = 0; i < s->fair_rules.count; i++) {
        add_reading(chart, s->fair_rules.rules[i].method, s->fair_mt[i * count + actor]);
    }
}

stk_status content_find_rated(const page_content *s, const char *name, size_t *actor,
                              stk_error *error)
{
    stk_area_set *set = malloc(sizeof *set);
    if (set == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_areas_find(s->data->inventory, stk_text_of(name), set, error);
    if (status == STK_OK && set->kind != STK_AREAS_ONE && set->kind != STK_AREAS_EU) {
        status =
            stk_error_set(error, STK_EARG, "%s is several Parties; the chart fairness shows one",
                          STK_CUT(set->name, 60));
    } else if (status == STK_OK) {
        *actor = stk_fairness_find(s->fairness, set->kind == STK_AREAS_EU ? "EUU" : set->code);
        if (*actor == stk_fairness_count(s->fairness)) {
            status = stk_error_set(error, STK_ENOTFOUND,
                                   "%s shares nothing: there is no population, GDP or Gini index "
                                   "of it from 1850 on",
                                   STK_CUT(set->name, 60));
        }
    }
    free(set);
    return status;
}

/* ---- words ---- */

void content_fairness_words(const page_content *s, const char *name, content_words *w)
{
    stk_buffer title = {0};
    size_t actor = 0;
    char inside[128];
    stk_status status =
        s->fairness == NULL ? STK_ENOTFOUND : content_find_rated(s, name, &actor, NULL);
    if (status != STK_OK) {
        w->failed = status == STK_EMEM;
        return; /* refused where it is drawn */
    }
    const stk_fairness_rating *r = &s->fair_ratings[actor];
    const stk_national *n = stk_fairness_national(s->fairness, actor);
    report_fairness_sentence(n, r, s->fair_year, &title);
    w->failed = title.failed;
    stk_print(w->title, sizeof w->title, "%s", title.failed ? "" : title.data);
    stk_print(
        w->subtitle, sizeof w->subtitle,
        "What each reading of equity leaves %s in %d of %s, Mt CO2e with land use. Bars: all "
        "readings of a method, lines across: their means. By today's emissions is no reading of "
        "equity.",
        report_name_inside(&n->actor, inside), s->fair_year,
        STK_BENCHMARK_TITLE(stk_fairness_benchmark(s->fairness, s->fair_year)));
    stk_print(w->summary, sizeof w->summary,
              "Bars of what five methods of equity leave, and a line where the pledge is. %s. All "
              "readings: stocktake fairness.",
              w->title);
    stk_print(w->source, sizeof w->source,
              "stocktake %s. A rating is a reading of equity, no verdict. Pledges: NDC registry. "
              "Population, GDP, incomes: UN, Gapminder.",
              stk_version());
    stk_buffer_free(&title);
}
