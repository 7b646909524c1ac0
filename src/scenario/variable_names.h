/** @file variable_names.h
 * @brief One table of the names that files give to emissions: gcages, openscm-runner, IAMC and
 * AR6, CMIP7 and the Scenario Compass, RCMIP 2 and 3, FaIR.
 *
 * A name is read into a key, which is the same for all spellings of one variable, and the stage it
 * is of: `Climate Assessment|Infilled|Emissions|PFC|CF4` and `CF4` have the key `cf4`.
 */
#ifndef STK_SCENARIO_VARIABLE_NAMES_H
#define STK_SCENARIO_VARIABLE_NAMES_H

#include <stocktake/scenario.h>

enum { STK_NAME_KEY_SIZE = 128 };

/** Keys of the sectors of CO2. */
#define STK_KEY_CO2_FOSSIL "co2|fossil"
#define STK_KEY_CO2_LAND "co2|biosphere"

/** How far a variable has come; of several rows the highest counts. */
typedef enum stk_name_rank {
    STK_NAME_UNHARMONISED, /**< `...|Unharmonized`, beside results */
    STK_NAME_NATIVE,       /**< who made it, and no stage: histories, some databases */
    STK_NAME_REPORTED,
    STK_NAME_HARMONISED,
    STK_NAME_INFILLED,
} stk_name_rank;

typedef struct stk_variable_name {
    stk_name_rank rank;
    bool concentration;
    bool emissions;   /**< it says so */
    bool lacks_parts; /**< fossil CO2 by the name of IAMC: `Other`, `Waste`, ... are beside it */
    stk_text plain;   /**< without the prefixes and suffixes of stages */
    char key[STK_NAME_KEY_SIZE]; /**< "" for a name that is too long to be any */
} stk_variable_name;

void stk_variable_name_read(stk_text text, stk_variable_name *name);

/** The first step of that: only `rank` and `plain`; and the second. */
void stk_variable_name_start(stk_text text, stk_variable_name *name);
void stk_variable_name_finish(stk_variable_name *name);

/** The key of a gas that stands for another in some files, or NULL: HFC245ca has always stood for
 * HFC245fa in the scenario databases. */
const char *stk_variable_stand_in(const char *key);

/** Whether a name is of a detail of a variable by its key, `CO2|Waste|Solid` of `co2|waste`,
 * however long it is. */
bool stk_variable_is_detail(stk_text text, const char *key);

/** What a variable is that nobody takes: "a known total", "a sector detail", ... */
const char *stk_variable_kind(stk_text text);

/** Count a row that is left out by its variable: a row of `counts` has the name, what it is as the
 * unit, and how many as the value of its only year. Memory grows with variables, to a bound.
 * @param kind  stk_variable_kind(), or another reason
 * @param line  anything, for whoever counts again */
void stk_variable_count(stk_iamc *counts, stk_text variable, const char *kind, long line);
/** As above for a variable that was counted before, its row; NULL, and nothing done, for another.
 */
const stk_iamc_row *stk_variable_count_again(stk_iamc *counts, stk_text variable);
stk_iamc *stk_variable_counts_new(void);

#endif
