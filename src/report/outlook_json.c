/** @file outlook_json.c
 * @brief What the ensemble says of one case of pledges, as JSON.
 */
#include "report/outlook_json.h"

#include <stdio.h>

#include "base/document.h"

static void name_percentile(double percentile, char name[16])
{
    snprintf(name, 16, "p%g", percentile);
}

static json_t *percentiles(const double *values)
{
    json_t *object = json_object();
    for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
        char name[16];
        name_percentile(stk_warming_percentiles[p], name);
        json_object_set_new(object, name, document_number(values[p]));
    }
    return object;
}

/* One value for each threshold, by "1.5", "2", ... */
static json_t *by_threshold(const double *values)
{
    json_t *object = json_object();
    for (int t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        char name[16];
        snprintf(name, sizeof name, "%g", stk_warming_thresholds_k[t]);
        json_object_set_new(object, name, document_number(values[t]));
    }
    return object;
}

/* The year in which each percentile of warming crosses each threshold, null if it never does. */
static json_t *crossing_years(const stk_outlook *o)
{
    json_t *object = json_object();
    for (int t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        char name[16];
        json_t *years = json_object();
        for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
            int year = o->crossing_year[t][p];
            name_percentile(stk_warming_percentiles[p], name);
            json_object_set_new(years, name, year == 0 ? json_null() : json_integer(year));
        }
        snprintf(name, sizeof name, "%g", stk_warming_thresholds_k[t]);
        json_object_set_new(object, name, years);
    }
    return object;
}

static json_t *budgets(const stk_outlook *o)
{
    json_t *object = json_object();
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        char name[16];
        json_t *amounts = json_object();
        for (int p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            name_percentile(stk_budget_percentiles[p], name);
            json_object_set_new(amounts, name, document_number(o->budgets_gtco2[t][p]));
        }
        snprintf(name, sizeof name, "%g", stk_budget_thresholds_k[t]);
        json_object_set_new(object, name, amounts);
    }
    return object;
}

json_t *outlook_json(const stk_warming_case *c)
{
    const stk_outlook *o = &c->outlook;
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "case",
        stk_case_name(c->kind), "condition", stk_condition_name(c->condition), "ambition",
        stk_ambition_name(c->ambition), "hot_air", c->hot_air_capped ? "cap" : "keep", "peak_k",
        percentiles(o->peak_k), "peak_year", percentiles(o->peak_year), "warming_2100_k",
        percentiles(o->last_k), "p_exceed_1_5", document_number(o->p_exceed[STK_WARMING_1_5]),
        "p_exceed_2", document_number(o->p_exceed[STK_WARMING_2]), "p_exceed_2_5",
        document_number(o->p_exceed[STK_WARMING_2_5]), "p_exceed_3",
        document_number(o->p_exceed[STK_WARMING_3]), "p_exceed_in_2100",
        by_threshold(o->p_exceed_last), "crossing_year", crossing_years(o),
        "exceedance_budget_gtco2", budgets(o), "cumulative_co2_gt",
        document_number(o->cumulative_co2_gt), "category", o->category);
}
