/** @file benchmark.h
 * @brief Pathways that levels are held against: scenario categories of the edition, or a user's own
 * file.
 */
#ifndef STOCKTAKE_BENCHMARK_H
#define STOCKTAKE_BENCHMARK_H

#include <stocktake/units.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A pathway that levels are held against, Gt CO2e. */
typedef struct stk_benchmark {
    char name[64];
    char source[160];
    size_t gwp;
    bool with_lulucf;
    double median_gt;
    double low_gt;      /**< 5th percentile */
    double high_gt;     /**< 95th percentile */
    char percentile[8]; /**< the one asked for as the central value, "p50" */
    bool is_users;      /**< of a user's own file: its name is no category */
} stk_benchmark;

/** The goal that a category stands for: "1.5 °C pathways" for C1, "2 °C pathways (likely)" for C3;
 * its own name for a benchmark that is no category, or a user's. */
const char *stk_benchmark_goal(const stk_benchmark *benchmark);

enum { STK_BENCHMARK_TITLE_SIZE = 128 };

/** Goal and category as titles have them: "1.5 °C pathways (C1)", "2 °C pathways (C3)"; for others
 * the name alone. A percentile that is not the median stays: "1.5 °C pathways (C1:p25)". Returns
 * `title`, which STK_BENCHMARK_TITLE() puts into the block that it is written in. */
const char *stk_benchmark_title(const stk_benchmark *benchmark,
                                char title[STK_BENCHMARK_TITLE_SIZE]);
#define STK_BENCHMARK_TITLE(benchmark)                                                             \
    stk_benchmark_title(benchmark, (char[STK_BENCHMARK_TITLE_SIZE]){0})

/** Find a benchmark for a year: a category ("C1") or "C1:p25" of the edition, or of `content` if
 * its data is not NULL (a user's file, columns as pathways/benchmarks.csv; `scope` optional,
 * `excluded` or `included` LULUCF). Years between two given ones are linear.
 * @return STK_ENOTFOUND with the names that are known */
stk_status stk_benchmark_find(stk_edition *edition, const stk_gwp_table *gwp, const char *name,
                              const char *file_name, stk_text content, int year,
                              stk_benchmark *benchmark, stk_error *error);

/** As stk_benchmark_find() for every year from the first to the last, both inclusive. Levels of
 * years for which the benchmark has none are NaN.
 * @param benchmarks  receives one a year */
stk_status stk_benchmark_find_years(stk_edition *edition, const stk_gwp_table *gwp,
                                    const char *name, const char *file_name, stk_text content,
                                    int first_year, int last_year, stk_benchmark *benchmarks,
                                    stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
