/** @file units.h
 * @brief Gases and global warming potentials.
 *
 * A GWP set is a column of the edition's `global/gwp.csv`, for example `AR6GWP100`; `AR6` is short
 * for it. Where a 100-year set of a report has no value for a gas, the next report's is taken
 * (SAR, TAR, AR4, AR5, AR6 in this order) and marked as borrowed.
 */
#ifndef STOCKTAKE_UNITS_H
#define STOCKTAKE_UNITS_H

#include <stocktake/edition.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The groups of the Kyoto basket by which pathways and gas mixes are kept. */
typedef enum stk_gas_group {
    STK_GAS_CO2,
    STK_GAS_CH4,
    STK_GAS_N2O,
    STK_GAS_HFC,
    STK_GAS_PFC,
    STK_GAS_SF6,
    STK_GAS_NF3,
    STK_GAS_GROUPS /**< number of groups */
} stk_gas_group;

/** "CO2", "CH4", ... "NF3". */
const char *stk_gas_group_name(stk_gas_group group);

typedef struct stk_gwp_table stk_gwp_table;

/** Read `global/gwp.csv`. Free with stk_gwp_free(). */
stk_status stk_gwp_load(stk_edition *edition, stk_gwp_table **table, stk_error *error);
void stk_gwp_free(stk_gwp_table *table);

size_t stk_gwp_set_count(const stk_gwp_table *table);

/** Full name of a set, "AR6GWP100". */
const char *stk_gwp_set_name(const stk_gwp_table *table, size_t set);

/** Name for people: "AR6" for "AR6GWP100", else the full name. */
const char *stk_gwp_set_label(const stk_gwp_table *table, size_t set);

/** Find a set by its full name or its short one, in any case.
 * @return STK_ENOTFOUND with the list of sets */
stk_status stk_gwp_find_set(const stk_gwp_table *table, stk_text name, size_t *set,
                            stk_error *error);

/** kg CO2e per kg of a species; NaN for an unknown species.
 * @param borrowed  set to the set that the value was taken from if not `set`; may be NULL */
double stk_gwp_value(const stk_gwp_table *table, size_t set, stk_text species, size_t *borrowed);

/** The group that a species belongs to; false if it is no gas of the basket. */
bool stk_gas_group_of(stk_text species, stk_gas_group *group);

#ifdef __cplusplus
}
#endif
#endif
