/** @file series_fairness.c
 * @brief Fair shares as a data set: what each rule leaves each actor, year by year.
 */
#include "dataset/series.h"

#include <stdlib.h>
#include <string.h>

enum { LEVEL, PER_HEAD };

static bool set_axes(dataset *c, const stk_fairness *f, const bool *asked,
                     const stk_equity_grid *rules)
{
    const stk_equity_world *w = stk_equity_world_of(stk_fairness_equity(f));
    char parameters[STK_EQUITY_PARAMETERS_SIZE];
    size_t regions = 0;
    for (size_t a = 0; a < w->count; a++) {
        regions += asked[a];
    }
    c->first_year = w->now;
    c->year_count = w->last_year - w->now + 1;
    c->region_count = regions;
    c->regions = dataset_texts(c, regions);
    c->scenario_count = rules->count + 1;
    c->scenarios = dataset_texts(c, c->scenario_count);
    const char **names = dataset_label_axis(c, DATASET_REGION, "region_name", "name of the area");
    if (c->failed) {
        return false;
    }
    for (size_t a = 0, r = 0; a < w->count; a++) {
        if (asked[a]) {
            const stk_actor *actor = &stk_fairness_national(f, a)->actor;
            c->regions[r] = actor->iso3;
            names[r++] = actor->name;
        }
    }
    for (size_t i = 0; i < rules->count; i++) {
        stk_equity_rule_write(&rules->rules[i], parameters);
        c->scenarios[i] = dataset_text(c, "%s%s%s", stk_equity_method_name(rules->rules[i].method),
                                       parameters[0] != '\0' ? " " : "", parameters);
    }
    c->scenarios[rules->count] = "pledged";
    return !c->failed;
}

static void put(dataset *c, const stk_fairness *f, size_t region, size_t scenario, int year,
                size_t actor, double mt)
{
    const stk_fairness_level level = {.mt = mt, .has_pledge = true};
    int i = year - c->first_year;
    dataset_at(c, &c->variables[LEVEL], region, scenario, 0)[i] = mt;
    dataset_at(c, &c->variables[PER_HEAD], region, scenario, 0)[i] =
        stk_fairness_share_of(f, actor, year, mt, &level).per_head_t;
}

static stk_status fill(dataset *c, stk_fairness *f, const bool *asked, const stk_equity_grid *rules,
                       double *mt, stk_error *error)
{
    size_t count = stk_fairness_count(f);
    stk_status status = STK_OK;
    for (size_t s = 0; s < rules->count; s++) {
        for (int year = c->first_year; year <= STK_PATH_LAST && status == STK_OK; year++) {
            status = stk_equity_allocate(stk_fairness_equity(f), &rules->rules[s], year, mt, error);
            for (size_t a = 0, r = 0; a < count && status == STK_OK; a++) {
                if (asked[a]) {
                    put(c, f, r++, s, year, a, mt[a]);
                }
            }
        }
    }
    return status;
}

stk_status series_fairness(stk_fairness *fairness, const stk_gwp_table *gwp, size_t set,
                           const bool *asked, const stk_equity_grid *rules, stk_condition condition,
                           stk_ambition ambition, dataset *c, stk_error *error)
{
    const unsigned axes = DATASET_REGION | DATASET_SCENARIO | DATASET_YEAR;
    size_t count = stk_fairness_count(fairness);
    *c = (dataset){.title = "Fair shares of emissions"};
    bool made = set_axes(c, fairness, asked, rules);
    if (made) {
        dataset_add(c, axes, "kyoto_gases", "what a rule leaves, with CO2 of land use",
                    dataset_kyoto(c, gwp, set, true), "Mt CO2-equiv/yr");
        dataset_add(c, axes, "kyoto_gases_per_head", "the same for each person",
                    dataset_text(c, "%s|Per Capita", dataset_kyoto(c, gwp, set, true)),
                    "t CO2-equiv/yr");
    }
    double *mt = malloc((count + 1) * sizeof *mt);
    if (!made || c->failed || mt == NULL) {
        free(mt);
        return stk_error_set(error, STK_EMEM, "out of memory for the fair shares");
    }
    stk_status status = fill(c, fairness, asked, rules, mt, error);
    for (size_t a = 0, r = 0; a < count && status == STK_OK; a++) {
        for (int year = c->first_year; asked[a] && year <= STK_PATH_LAST; year++) {
            put(c, fairness, r, rules->count, year, a,
                stk_fairness_level_of(fairness, a, condition, ambition, year).mt);
        }
        r += asked[a];
    }
    free(mt);
    return status;
}
