/** @file paths.h
 * @brief Files of the edition: where they lie, and opening them.
 */
#ifndef STK_DATA_PATHS_H
#define STK_DATA_PATHS_H

#include <stocktake/edition.h>

#include "base/csv_columns.h"

#define STK_PATH_SOURCES "sources.csv"
#define STK_PATH_CHECKS "checks.csv"

#define STK_PATH_COUNTRIES "countries/countries.csv"
#define STK_PATH_ALIASES "countries/aliases.csv"

#define STK_PATH_EMISSIONS "inventory/emissions_by_species.csv"
#define STK_PATH_LULUCF "inventory/lulucf_co2.csv"
#define STK_PATH_SPLITS "inventory/splits.csv"
#define STK_PATH_OWN_INVENTORY "inventory/own_inventory.csv"
#define STK_PATH_ANNEX_1_TOTAL "inventory/unfccc_annex1_total.csv"
#define STK_PATH_ANNEX_1_SECTORS "inventory/unfccc_annex1_by_gas_sector.csv"
#define STK_PATH_NON_ANNEX_1_SECTORS "inventory/unfccc_non_annex1_by_gas_sector.csv"

#define STK_PATH_POPULATION "drivers/population.csv"
#define STK_PATH_GDP "drivers/gdp_ppp.csv"

#define STK_PATH_GINI "fairness/gini.csv"
#define STK_PATH_EARLY_GDP "fairness/gdp_ppp_1850_1989.csv"
#define STK_PATH_EARLY_NONCO2 "fairness/nonco2_1850_1989.csv"
#define STK_PATH_CARBON_BUDGETS "fairness/carbon_budgets.csv"

#define STK_PATH_GWP "global/gwp.csv"
#define STK_PATH_OBSERVED_WARMING "global/igcc2024_gmst_annual.csv"

#define STK_PATH_PLEDGES "pledges/pledges.csv"
#define STK_PATH_NET_ZERO "pledges/net_zero.csv"
#define STK_PATH_PARTY_EVENTS "pledges/party_events.csv"

#define STK_PATH_BENCHMARKS "pathways/benchmarks.csv"
#define STK_PATH_SCENARIO_LIBRARY "pathways/scenario_library.csv"

#define STK_PATH_FINANCE_GOALS "finance/finance_goals.csv"
#define STK_PATH_FINANCE_DELIVERED "finance/finance_delivered.csv"
#define STK_PATH_FINANCE_CONTRIBUTORS "finance/finance_by_contributor.csv"
#define STK_PATH_FINANCE_PLEDGES "finance/finance_pledges.csv"
#define STK_PATH_FINANCE_GROUPS "finance/finance_groups.csv"
#define STK_PATH_FINANCE_GDP "finance/gdp_mer_contributors.csv"
#define STK_PATH_FINANCE_SOURCES "finance/finance_sources.csv"

#define STK_PATH_CALIBRATION "climate/" /* its files are found by the endings of their names */
#define STK_PATH_METHOD "methods/recent.yaml"                    /* that pledges are run by */
#define STK_PATH_SPECIES_HISTORY "climate/history_1750-2022.csv" /* before a scenario begins */

/** A table of the edition with its name in messages, as columns where the build made them, else as
 * text. All is the edition's. */
stk_status stk_edition_file(stk_edition *edition, const char *path, stk_csv_file *file,
                            stk_error *error);

/** What an embedded edition can have besides its files. */
typedef enum stk_edition_hidden_file {
    STK_EDITION_SUMS,     /**< the list of stk_data_list() */
    STK_EDITION_EXPLORER, /**< the page that `explore` puts an edition into */
    STK_EDITION_OWN,      /**< of a page: documents of its maker's, stk_data_read_own() */
    STK_EDITION_HIDDEN
} stk_edition_hidden_file;

/** The content of such a file; without data where there is none, as in every other edition. */
stk_status stk_edition_hidden(stk_edition *edition, stk_edition_hidden_file which,
                              stk_text *content, stk_error *error);

/** Open a CSV file of the edition, see stk_csv_open_file(). */
stk_status stk_edition_csv(stk_edition *edition, const char *path, stk_arena *arena, stk_csv *csv,
                           stk_error *error);

#endif
