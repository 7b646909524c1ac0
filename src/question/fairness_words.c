/** @file fairness_words.c
 * @brief What stands above and below the tables of fair shares.
 */
#include "question/fairness.h"

#include <math.h>
#include <string.h>

#include "report/fairness.h"

static void write_rating(const fairness_answer *a, stk_buffer *out)
{
    const stk_fairness_rating *r = &a->ratings[a->one];
    report_fairness_range(r, a->year, out);
    stk_buffer_text(out, ".\n");
    report_fairness_sentence(stk_fairness_national(a->fairness, a->one), r, a->year, out);
    if (!r->is_narrow) {
        stk_buffer_printf(out, " (%s).\n", stk_fairness_band_name(r->band));
    } else {
        stk_buffer_text(out, ".\n");
        stk_buffer_text(out, "A place between them says little. If every country took the method "
                             "that asks least of it, with as much ambition\nas leaves this one its "
                             "level, the world would warm by ");
        stk_buffer_decimal(out, r->hybrid_k, 1);
        stk_buffer_text(out, r->hybrid_is_limit ? " °C or more.\n" : " °C.\n");
    }
}

/* "Fair shares of the US (USA)": a member of the joint document stands for the union. */
static void write_title(const fairness_answer *a, bool budget, stk_buffer *out)
{
    char name[256];
    const stk_actor *actor = &stk_fairness_national(a->fairness, a->one)->actor;
    stk_buffer_text(out, budget ? "Carbon budgets" : "Fair shares");
    if (a->asked_count == 1) {
        stk_buffer_printf(out, " of %s (%s)", report_name_inside(actor, name), actor->iso3);
    } else if (a->set != NULL && a->set->kind != STK_AREAS_WORLD) {
        stk_buffer_printf(out, " of %s", query_area_title(a->set, name));
    }
    stk_buffer_printf(out, " as of %s\n", STK_DATE_TEXT(a->options.as_of.date));
}

void fairness_write_preface(const fairness_answer *a, const char *table, stk_buffer *out)
{
    bool budget = strcmp(table, "budget") == 0;
    write_title(a, budget, out);
    if (budget) {
        stk_buffer_printf(out,
                          "What is left to keep below %g °C with a probability of %g %%: Gt CO2 "
                          "with land use. Pledges: %s, %s ambition\n",
                          a->warming_k, 100.0 * a->probability, stk_condition_name(a->condition),
                          stk_ambition_name(a->ambition));
    } else {
        stk_buffer_printf(out,
                          "%d, %s, GWP %s, with land use by bookkeeping models: Mt CO2e. Pledges: "
                          "%s, %s ambition\n",
                          a->year, STK_BENCHMARK_TITLE(&a->benchmark),
                          query_gwp_label(a->data, a->benchmark.gwp),
                          stk_condition_name(a->condition), stk_ambition_name(a->ambition));
    }
    stk_buffer_text(out, "\n");
    if (a->asked_count == 1 && a->is_rated && !budget) {
        write_rating(a, out);
        stk_buffer_text(out, "\n");
    }
}

static void write_baselines(const fairness_answer *a, stk_buffer *out)
{
    size_t count = 0;
    for (size_t i = 0; i < stk_fairness_count(a->fairness); i++) {
        if (a->asked[i] && !a->ratings[i].level.has_pledge) {
            stk_buffer_printf(out, "%s%s",
                              count == 0 ? "No pledge in force gives a level, so that the baseline "
                                           "is rated: "
                                         : ", ",
                              stk_fairness_national(a->fairness, i)->actor.iso3);
            count++;
        }
    }
    stk_buffer_text(out, count > 0 ? ".\n" : "");
}

void fairness_write_notes(const fairness_answer *a, const char *table, stk_buffer *out)
{
    int last = stk_baseline_history_last(a->data->baseline);
    stk_buffer_text(out, "\n");
    if (strcmp(table, "budget") == 0) {
        stk_buffer_printf(
            out,
            "Parts count from the year named, after what was emitted since the source's own start; "
            "years left and the cut\nare at the emissions of %d. A part of nothing or less is used "
            "up already, so many years ago at that rate. Budgets differ\nby source and variant: "
            "docs/fairness.md.\n",
            stk_fairness_co2_last(a->fairness));
        return;
    }
    if (strcmp(table, "rating") == 0) {
        stk_buffer_text(
            out, "Least and Most: of the methods' means. Place: 0 at the least, 1 at the "
                 "most that a method allows. °C: the world's\nmedian warming in 2100 if every "
                 "country were at that place of its own range.\n");
        stk_buffer_text(out,
                        "Narrow range: the methods nearly agree, and a place between them says "
                        "little (column hybrid_k).\n");
        write_baselines(a, out);
    }
    stk_buffer_printf(
        out,
        "A rating is a reading of equity, no verdict; grandfathering is none, it is shown and "
        "never "
        "rated. Population, GDP,\nhistory (to %d) and benchmarks are this edition's whatever the "
        "date. %zu emitters without population, GDP or Gini\nindex, international aviation and "
        "shipping among them, share nothing and keep %.2f %% of the world.\n",
        last, stk_fairness_rest_count(a->fairness), stk_fairness_rest_pct(a->fairness));
}
