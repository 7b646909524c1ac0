/** @file series_warming.c
 * @brief The warming of pledges and the gases behind it as a data set.
 */
#include "dataset/series.h"

#include <stdio.h>
#include <string.h>

enum { TEMPERATURE, EXCEEDANCE, EXCEEDANCE_EVER, PEAK, PEAK_YEAR, GASES };

static const char *scenario_of(dataset *c, const stk_warming_case *k)
{
    if (k->kind == STK_CASE_CURRENT_TREND) { /* depends on nothing else */
        return stk_case_name(k->kind);
    }
    return dataset_text(c, "%s %s", stk_case_name(k->kind),
                        dataset_case(c, k->condition, k->ambition, k->hot_air_capped));
}

/* What each scenario is, in parts, and its category. */
static void set_labels(dataset *c, const stk_warming_case *cases, const size_t *chosen)
{
    const char **kinds = dataset_label_axis(c, DATASET_SCENARIO, "case", "how pledges are read");
    const char **conditions =
        dataset_label_axis(c, DATASET_SCENARIO, "condition", "conditional pledges count, or not");
    const char **ambitions =
        dataset_label_axis(c, DATASET_SCENARIO, "ambition", "end of stated ranges");
    const char **rules = dataset_label_axis(c, DATASET_SCENARIO, "hot_air",
                                            "levels above baselines are kept, or capped there");
    const char **categories = dataset_label_axis(c, DATASET_SCENARIO, "category",
                                                 "category of the sixth assessment of the IPCC");
    for (size_t i = 0; i < c->scenario_count && !c->failed; i++) {
        const stk_warming_case *k = &cases[chosen[i]];
        bool trend = k->kind == STK_CASE_CURRENT_TREND;
        c->scenarios[i] = scenario_of(c, k);
        kinds[i] = stk_case_name(k->kind);
        conditions[i] = trend ? "any" : stk_condition_name(k->condition);
        ambitions[i] = trend ? "any" : stk_ambition_name(k->ambition);
        rules[i] = trend ? "any" : k->hot_air_capped ? "cap" : "keep";
        categories[i] = dataset_text(c, "%s", k->outlook.category);
    }
}

static void add_variables(dataset *c)
{
    const unsigned annual = DATASET_SCENARIO | DATASET_YEAR;
    dataset_add(c, annual | DATASET_PERCENTILE, "temperature",
                "global mean surface temperature above the mean of 1850-1900",
                "Surface Temperature (GSAT)|{}th Percentile", "K");
    dataset_add(c, annual | DATASET_THRESHOLD, "exceedance_probability",
                "share of ensemble members above the threshold in the year",
                "Exceedance Probability {}C", "1");
    dataset_add(c, DATASET_SCENARIO | DATASET_THRESHOLD, "exceedance_probability_ever",
                "share of ensemble members above the threshold in any year to 2100",
                "Exceedance Probability {}C|Any Year to 2100", "1");
    dataset_add(c, DATASET_SCENARIO | DATASET_PERCENTILE, "peak_temperature",
                "temperature of each member's warmest year to 2100", "", "K");
    dataset_add(c, DATASET_SCENARIO | DATASET_PERCENTILE, "peak_year", "that year", "", "1");
}

static void fill_outlook(dataset *c, size_t scenario, const stk_outlook *o)
{
    for (size_t p = 0; p < STK_WARMING_PERCENTILES; p++) {
        memcpy(dataset_at(c, &c->variables[TEMPERATURE], 0, scenario, p), o->annual_k[p],
               sizeof o->annual_k[p]);
        *dataset_at(c, &c->variables[PEAK], 0, scenario, p) = o->peak_k[p];
        *dataset_at(c, &c->variables[PEAK_YEAR], 0, scenario, p) = o->peak_year[p];
    }
    for (size_t t = 0; t < STK_WARMING_THRESHOLDS; t++) {
        memcpy(dataset_at(c, &c->variables[EXCEEDANCE], 0, scenario, t), o->annual_exceed[t],
               sizeof o->annual_exceed[t]);
        *dataset_at(c, &c->variables[EXCEEDANCE_EVER], 0, scenario, t) = o->p_exceed[t];
    }
}

/* The name of a variable without what says that it was infilled. */
static const char *plain_name(const char *variable)
{
    static const char prefix[] = "AR6 climate diagnostics|Infilled|";
    size_t size = sizeof prefix - 1;
    return strncmp(variable, prefix, size) == 0 ? variable + size : variable;
}

/* A variable for each gas of the first scenario; all scenarios have the same ones. */
static void add_gases(dataset *c, const stk_iamc *gases, const char *scenario)
{
    for (size_t r = 0; r < gases->row_count; r++) {
        const stk_iamc_row *row = &gases->rows[r];
        if (strcmp(row->scenario, scenario) == 0) {
            dataset_add(
                c, DATASET_SCENARIO | DATASET_YEAR, plain_name(row->variable),
                dataset_text(c, "%s, as composed for the climate model", plain_name(row->variable)),
                dataset_text(c, "%s", row->variable), dataset_text(c, "%s", row->unit));
        }
    }
}

static void index_name(size_t i, char out[32])
{
    stk_print(out, 32, "%zu", i);
}

static void fill_gases(dataset *c, size_t scenario, const stk_iamc *gases, const char *name)
{
    for (size_t v = GASES; v < c->variable_count; v++) {
        const stk_iamc_row *row =
            stk_iamc_find(gases, gases->rows[0].model, name, c->variables[v].variable);
        double *values = dataset_at(c, &c->variables[v], 0, scenario, 0);
        for (int i = 0; i < c->year_count && row != NULL; i++) {
            values[i] = stk_iamc_value(gases, row, c->first_year + i);
        }
    }
}

stk_status series_warming(const stk_warming_case *cases, const size_t *chosen, size_t count,
                          const stk_iamc *gases, dataset *c, stk_error *error)
{
    char name[32];
    *c = (dataset){.title = "The warming of climate pledges",
                   .first_year = STK_OUTLOOK_FIRST,
                   .year_count = STK_OUTLOOK_YEARS,
                   .region_count = 1,
                   .scenario_count = count,
                   .percentile_count = STK_WARMING_PERCENTILES,
                   .percentiles = stk_warming_percentiles,
                   .threshold_count = STK_WARMING_THRESHOLDS,
                   .thresholds_k = stk_warming_thresholds_k};
    c->scenarios = dataset_texts(c, count);
    set_labels(c, cases, chosen);
    add_variables(c);
    index_name(chosen[0], name);
    add_gases(c, gases, name);
    if (c->failed) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        fill_outlook(c, i, &cases[chosen[i]].outlook);
        index_name(chosen[i], name);
        fill_gases(c, i, gases, name);
    }
    return STK_OK;
}
