/** @file series.h
 * @brief Pathways, the gap and warming as data sets of annual values.
 */
#ifndef STK_DATASET_SERIES_H
#define STK_DATASET_SERIES_H

#include <stocktake/fairness.h>
#include <stocktake/warming.h>

#include "dataset/dataset.h"

/** The scenarios of pathways, in order: the baseline, then conditions by ambitions. */
enum { SERIES_PATHWAYS = 1 + STK_CONDITIONS * STK_AMBITIONS };

/** The variables of pathways, in order. */
enum { SERIES_EXCL, SERIES_LAND, SERIES_INCL, SERIES_PATHWAY_VARIABLES };

/** What a region of pathways is: "party", "territory", "bunker", "difference". */
const char *series_kind(stk_actor_kind kind);

/** Annual pathways 1990 to 2100, Mt CO2e and Mt CO2: without land use, land use, and both.
 * @param actors  these regions, `count` of them, after the world where `with_world` is set
 * @param gwp     of the world's options
 * @param c       receives the data set, also when it fails; free with dataset_free() */
stk_status series_pathways(const stk_world *world, const stk_gwp_table *gwp,
                           const stk_national *const *actors, size_t count, bool with_world,
                           dataset *c, stk_error *error);

/** World, benchmark and gap of every year from 1990 to 2100 in the benchmark's GWP set and scope,
 * Mt CO2e; years that the benchmark has not are missing there.
 * @param benchmarks  one a year from STK_PATH_FIRST, of stk_benchmark_find_years()
 * @param rules       which rules for hot air: kept, capped
 * @return STK_ENOTFOUND when the benchmark has no value in any year */
stk_status series_gap(const stk_data *data, const stk_options *options,
                      const stk_benchmark *benchmarks, const bool rules[2], dataset *c,
                      stk_error *error);

/** What rules leave actors from the last year of data to 2100, Mt CO2e with land use; a scenario a
 * rule, and what is pledged.
 * @param asked  flags of the actors that become regions */
stk_status series_fairness(stk_fairness *fairness, const stk_gwp_table *gwp, size_t set,
                           const bool *asked, const stk_equity_grid *rules, stk_condition condition,
                           stk_ambition ambition, dataset *c, stk_error *error);

/** The warming of cases: temperature 1995 to 2100, chances to exceed, peaks, and the gases that the
 * climate model was run on.
 * @param cases    as stk_warming_cases() made them
 * @param chosen   indices of those that become scenarios, `count` of them, at least one
 * @param gases    of the same run; needed only during the call */
stk_status series_warming(const stk_warming_case *cases, const size_t *chosen, size_t count,
                          const stk_iamc *gases, dataset *c, stk_error *error);

#endif
