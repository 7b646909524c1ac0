/** @file series_gap.c
 * @brief World, benchmark and gap of every year as a data set.
 */
#include "dataset/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORLD, GAP, BENCHMARK, LOW, HIGH };

enum { CASES = STK_CONDITIONS * STK_AMBITIONS };

static void set_axes(dataset *c, const bool rules[2])
{
    size_t n = 0;
    c->first_year = STK_PATH_FIRST;
    c->year_count = STK_PATH_YEARS;
    c->region_count = 1;
    c->scenario_count = (size_t)CASES * ((size_t)rules[0] + (size_t)rules[1]);
    c->scenarios = dataset_texts(c, c->scenario_count);
    for (int capped = 0; capped < 2 && !c->failed; capped++) {
        for (int i = 0; i < CASES && rules[capped]; i++) {
            c->scenarios[n++] = dataset_case(c, (stk_condition)(i / STK_AMBITIONS),
                                             (stk_ambition)(i % STK_AMBITIONS), capped == 1);
        }
    }
}

/* "|50.0th Percentile", or "|mean". */
static const char *statistic(dataset *c, const char *name)
{
    double percentile;
    return name[0] == 'p' && stk_text_number(stk_text_of(name + 1), &percentile)
               ? dataset_text(c, "|%.1fth Percentile", percentile)
               : dataset_text(c, "|%s", name);
}

/* The benchmark is a scenario of its own, of the model that its source names. */
static void add_benchmark(dataset *c, const stk_benchmark *b, const char *kyoto)
{
    static const char unit[] = "Mt CO2-equiv/yr";
    const char *centre = statistic(c, b->percentile);
    const char *low =
        strcmp(b->percentile, "p5") == 0 ? "" : dataset_text(c, "%s|5.0th Percentile", kyoto);
    const char *high =
        strcmp(b->percentile, "p95") == 0 ? "" : dataset_text(c, "%s|95.0th Percentile", kyoto);
    dataset_add(c, DATASET_YEAR, "benchmark", "benchmark, its central value",
                dataset_text(c, "%s%s", kyoto, centre), unit);
    dataset_add(c, DATASET_YEAR, "benchmark_low", "benchmark, 5th percentile of its scenarios", low,
                unit);
    dataset_add(c, DATASET_YEAR, "benchmark_high", "benchmark, 95th percentile of its scenarios",
                high, unit);
    size_t length = strcspn(b->name, ":");
    const char *name = dataset_text(c, "%.*s", (int)length, b->name);
    const char *source = dataset_text(c, "%s", b->source);
    for (size_t i = BENCHMARK; i < c->variable_count; i++) {
        c->variables[i].scenario = name;
        c->variables[i].model = source;
    }
}

static void add_variables(dataset *c, const stk_benchmark *b, const stk_gwp_table *gwp)
{
    static const char prefix[] = "Emissions|";
    const unsigned axes = DATASET_SCENARIO | DATASET_YEAR;
    const char *kyoto = dataset_kyoto(c, gwp, b->gwp, b->with_lulucf);
    const char *scope = b->with_lulucf ? "with CO2 of land use" : "without land use";
    dataset_add(c, axes, "world", dataset_text(c, "Kyoto gases of the world %s", scope), kyoto,
                "Mt CO2-equiv/yr");
    dataset_add(c, axes, "gap", "world less benchmark",
                dataset_text(c, "Emissions Gap|%s|%s", kyoto + (c->failed ? 0 : sizeof prefix - 1),
                             b->name),
                "Mt CO2-equiv/yr");
    add_benchmark(c, b, kyoto);
}

static void fill_benchmark(dataset *c, const stk_benchmark *benchmarks)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        c->variables[BENCHMARK].values[i] = 1000.0 * benchmarks[i].median_gt;
        c->variables[LOW].values[i] = 1000.0 * benchmarks[i].low_gt;
        c->variables[HIGH].values[i] = 1000.0 * benchmarks[i].high_gt;
    }
}

/* The four cases of one world, from scenario `first` on. */
static void fill_world(dataset *c, const stk_world *world, bool with_lulucf, size_t first)
{
    for (size_t k = 0; k < CASES; k++) {
        double *level = dataset_at(c, &c->variables[WORLD], 0, first + k, 0);
        double *gap = dataset_at(c, &c->variables[GAP], 0, first + k, 0);
        for (int i = 0; i < STK_PATH_YEARS; i++) {
            level[i] = stk_world_level_mt(world, (stk_condition)(k / STK_AMBITIONS),
                                          (stk_ambition)(k % STK_AMBITIONS), with_lulucf,
                                          STK_PATH_FIRST + i);
            gap[i] = level[i] - c->variables[BENCHMARK].values[i];
        }
    }
}

static stk_status check(const stk_benchmark *benchmarks, stk_error *error)
{
    for (int i = 0; i < STK_PATH_YEARS; i++) {
        if (!isnan(benchmarks[i].median_gt)) {
            return STK_OK;
        }
    }
    return stk_error_set(error, STK_ENOTFOUND, "the benchmark '%s' has no %s from %d to %d",
                         benchmarks->name, benchmarks->percentile, STK_PATH_FIRST, STK_PATH_LAST);
}

stk_status series_gap(const stk_data *data, const stk_options *options,
                      const stk_benchmark *benchmarks, const bool rules[2], dataset *c,
                      stk_error *error)
{
    size_t first = 0;
    stk_options in_scope = *options;
    in_scope.gwp = benchmarks->gwp;
    *c = (dataset){.title = "The gap between climate pledges and a benchmark"};
    set_axes(c, rules);
    add_variables(c, benchmarks, stk_inventory_gwp(data->inventory));
    stk_status status = c->failed ? stk_error_memory(error) : check(benchmarks, error);
    if (status == STK_OK) {
        fill_benchmark(c, benchmarks);
    }
    for (int capped = 0; capped < 2 && status == STK_OK; capped++) {
        stk_world *world = NULL;
        if (!rules[capped]) {
            continue;
        }
        in_scope.cap_hot_air = capped == 1;
        status = stk_world_make(data->inventory, data->pledges, data->baseline, &in_scope, &world,
                                error);
        if (status == STK_OK) {
            fill_world(c, world, benchmarks->with_lulucf, first);
            first += CASES;
        }
        stk_world_free(world);
    }
    return status;
}
