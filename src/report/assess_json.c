/** @file assess_json.c
 * @brief An assessment as JSON.
 */
#include <stdio.h>

#include "report/report.h"

/* ---- a case of warming ---- */

/* Under "p5", "p17", ... or, for thresholds of `prefix` "", "1.5", "2", ... */
static void set_by(json_t **object, const char *prefix, double key, json_t *value)
{
    char name[16];
    stk_print(name, sizeof name, "%s%g", prefix, key);
    document_set(object, name, value);
}

static json_t *by_keys(const char *prefix, const double *keys, int count, const double *values)
{
    json_t *object = json_object();
    for (int i = 0; i < count; i++) {
        set_by(&object, prefix, keys[i], document_number(values[i]));
    }
    return object;
}

static json_t *percentiles(const double *values)
{
    return by_keys("p", stk_warming_percentiles, STK_WARMING_PERCENTILES, values);
}

/* The year in which each percentile of warming crosses each threshold, null if it never does. */
static json_t *crossing_years(const stk_outlook *o)
{
    json_t *object = json_object();
    for (int t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        json_t *years = json_object();
        for (int p = 0; p < STK_WARMING_PERCENTILES; p++) {
            int year = o->crossing_year[t][p];
            set_by(&years, "p", stk_warming_percentiles[p],
                   year == 0 ? json_null() : json_integer(year));
        }
        set_by(&object, "", stk_warming_thresholds_k[t], years);
    }
    return object;
}

static json_t *budgets(const stk_outlook *o)
{
    json_t *object = json_object();
    for (int t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        set_by(&object, "", stk_budget_thresholds_k[t],
               by_keys("p", stk_budget_percentiles, STK_BUDGET_PERCENTILES, o->budgets_gtco2[t]));
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
        by_keys("", stk_warming_thresholds_k, STK_WARMING_THRESHOLDS, o->p_exceed_last),
        "crossing_year", crossing_years(o), "exceedance_budget_gtco2", budgets(o),
        "cumulative_co2_gt", document_number(o->cumulative_co2_gt), "category", o->category);
}

/* ---- the assessment ---- */

static json_t *date(stk_date value)
{
    return value == 0 ? json_null() : document_text(STK_DATE_TEXT(value));
}

static json_t *low_high(const double values[STK_AMBITIONS])
{
    return json_pack("{s:o, s:o}", "low", document_number(values[STK_LOW]), "high",
                     document_number(values[STK_HIGH]));
}

static json_t *world(const stk_assessment *a)
{
    json_t *rows = json_array();
    for (int capped = 0; capped < 2; capped++) {
        STK_EACH_CASE(c, k) {
            stk_condition condition = (stk_condition)c;
            stk_ambition ambition = (stk_ambition)k;
            document_push(
                &rows,
                json_pack(
                    "{s:s, s:s, s:s, s:s, s:o}", "condition", stk_condition_name(condition),
                    "ambition", stk_ambition_name(ambition), "hot_air", capped ? "cap" : "keep",
                    "scope", "excl_lulucf", "level_gt",
                    document_number(stk_assessment_level_gt(a, condition, ambition, capped == 1))));
        }
    }
    return rows;
}

static json_t *composition(const stk_assessment *a)
{
    double parts[4];
    stk_assessment_composition_gt(a, parts);
    return json_pack("{s:o, s:o, s:o, s:o}", "parties_gt", document_number(parts[STK_ACTOR_PARTY]),
                     "territories_gt", document_number(parts[STK_ACTOR_TERRITORY]), "bunkers_gt",
                     document_number(parts[STK_ACTOR_BUNKER]), "statistical_difference_gt",
                     document_number(parts[STK_ACTOR_DIFFERENCE]));
}

static json_t *gaps(const stk_assessment *a, const stk_gwp_table *gwp)
{
    const stk_benchmark *benchmark = &stk_assessment_request(a)->benchmark;
    json_t *rows = json_array();
    for (int i = 0; i < STK_GAP_CASES; i++) {
        const stk_gap *gap = &stk_assessment_gaps(a)[i];
        document_push(&rows,
                      json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}",
                                "condition", stk_condition_name(gap->condition), "ambition",
                                stk_ambition_name(gap->ambition), "hot_air",
                                gap->hot_air_capped ? "cap" : "keep", "world_gt",
                                document_number(gap->world_gt), "scope",
                                benchmark->with_lulucf ? "incl_lulucf" : "excl_lulucf", "gwp",
                                stk_gwp_set_label(gwp, benchmark->gwp), "benchmark",
                                benchmark->name, "benchmark_source", benchmark->source,
                                "benchmark_gt", document_number(benchmark->median_gt),
                                "benchmark_low_gt", document_number(benchmark->low_gt),
                                "benchmark_high_gt", document_number(benchmark->high_gt), "gap_gt",
                                document_number(gap->gap_gt)));
    }
    return rows;
}

static json_t *coverage(const stk_assessment *a)
{
    const stk_coverage *c = stk_assessment_coverage(a);
    json_t *marks = json_object();
    for (int i = 0; i < STK_CONFIDENCE_MARKS; i++) {
        document_set(&marks, stk_confidence_mark(i), document_number(c->by_confidence_pct[i]));
    }
    return json_pack("{s:i, s:i, s:i, s:o, s:o, s:o, s:o}", "parties", c->parties,
                     "parties_with_target", c->parties_with_target, "parties_suspended",
                     c->parties_suspended, "world_mt", document_number(c->world_mt),
                     "share_of_emissions_pct", document_number(c->covered_pct), "suspended_pct",
                     document_number(c->suspended_pct), "share_by_confidence_pct", marks);
}

static json_t *checks(const stk_assessment *a)
{
    size_t count;
    const stk_checked_level *list = stk_assessment_checks(a, &count);
    return stk_report_checks_json(list, count);
}

static json_t *documents(const stk_assessment *a)
{
    size_t count;
    json_t *rows = json_array();
    const stk_arrival *list = stk_assessment_arrivals(a, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_arrival *d = &list[i];
        json_t *years = json_array();
        for (int y = 0; y < d->year_count; y++) {
            document_push(&years, json_integer(d->years[y]));
        }
        document_push(&rows, json_pack("{s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:b, s:b, s:o}", "date",
                                       date(d->date), "iso3", d->iso3, "name", d->name, "kind",
                                       stk_step_kind_name(d->kind), "status", d->status, "document",
                                       document_text(d->title), "years", years, "counts",
                                       (int)d->counts, "quantified", (int)d->quantified,
                                       "source_url", document_text(d->source_url)));
    }
    return rows;
}

static json_t *changes(const stk_assessment *a)
{
    size_t count;
    json_t *rows = json_array();
    const stk_change *list = stk_assessment_changes(a, &count);
    for (size_t i = 0; i < count; i++) {
        const stk_change *c = &list[i];
        document_push(
            &rows, json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "iso3",
                             c->iso3, "name", c->name, "submitted", date(c->submitted), "kind",
                             stk_step_kind_name(c->kind), "status", c->status, "condition",
                             stk_condition_name(c->condition), "counterfactual",
                             stk_counterfactual_name(c->counterfactual), "before_mt",
                             low_high(c->before_mt), "after_mt", low_high(c->after_mt), "change_gt",
                             low_high(c->change_gt), "closes_gt", low_high(c->closes_gt),
                             "share_of_gap_pct", low_high(c->share_of_gap_pct)));
    }
    return rows;
}

static json_t *totals(const stk_assessment *a)
{
    json_t *rows = json_array();
    for (int i = 0; i < STK_CONDITIONS * STK_COUNTERFACTUALS; i++) {
        stk_condition condition = (stk_condition)(i / STK_COUNTERFACTUALS);
        stk_counterfactual counterfactual = (stk_counterfactual)(i % STK_COUNTERFACTUALS);
        const stk_change_total *t = stk_assessment_total(a, condition, counterfactual);
        document_push(&rows,
                      json_pack("{s:s, s:s, s:o, s:o, s:o}", "condition",
                                stk_condition_name(condition), "counterfactual",
                                stk_counterfactual_name(counterfactual), "gap_before_gt",
                                low_high(t->gap_before_gt), "gap_after_gt",
                                low_high(t->gap_after_gt), "closes_gt", low_high(t->closes_gt)));
    }
    return rows;
}

static json_t *forests(const stk_assessment *a)
{
    size_t count;
    json_t *rows = json_array();
    const stk_forest_choice *list = stk_assessment_forests(a, &count);
    for (size_t i = 0; i < count; i++) {
        document_push(&rows,
                      json_pack("{s:s, s:s, s:o, s:o}", "iso3", list[i].iso3, "name", list[i].name,
                                "source_first_mt", document_number(list[i].first_mt),
                                "source_held_mt", document_number(list[i].hold_mt)));
    }
    return rows;
}

static json_t *warming(const stk_assessment *a)
{
    size_t count;
    json_t *rows = json_array();
    const stk_warming_case *cases = stk_assessment_warming(a, &count);
    for (size_t i = 0; i < count; i++) {
        document_push(&rows, outlook_json(&cases[i]));
    }
    return rows;
}

/* The earlier date: what a headline has of it. */
static json_t *before(const stk_assessment *a, const stk_gwp_table *gwp)
{
    const stk_assessment *b = stk_assessment_before(a);
    return b == NULL
               ? json_null()
               : json_pack("{s:o, s:o, s:o, s:o, s:o}", "as_of",
                           date(stk_assessment_request(b)->options.as_of.date), "world", world(b),
                           "gap", gaps(b, gwp), "coverage", coverage(b), "warming", warming(b));
}

stk_status stk_report_json(const stk_assessment *a, const stk_data *data, json_t *document,
                           stk_buffer *buffer, stk_error *error)
{
    const stk_assess_request *request = stk_assessment_request(a);
    const stk_gwp_table *gwp = stk_inventory_gwp(data->inventory);
    json_t *content = json_pack(
        "{s:o, s:o, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "as_of",
        date(request->options.as_of.date), "since", date(request->since), "year", request->year,
        "gwp", stk_gwp_set_label(gwp, request->options.gwp), "baseline_gt",
        document_number(stk_assessment_baseline_gt(a)), "world", world(a), "composition",
        composition(a), "gap", gaps(a, gwp), "coverage", coverage(a), "checks", checks(a),
        "documents", documents(a), "changes", changes(a), "totals",
        request->since == 0 ? json_array() : totals(a), "land_use_choices", forests(a), "warming",
        warming(a), "before", before(a, gwp));
    document_add(document, content);
    return document_write(document, buffer, error);
}
