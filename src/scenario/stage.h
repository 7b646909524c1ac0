/** @file stage.h
 * @brief What the stages share: one scenario laid out by the variables of the method.
 */
#ifndef STK_SCENARIO_STAGE_H
#define STK_SCENARIO_STAGE_H

#include "scenario/method.h"

#define STK_PREFIX_HARMONIZED "AR6 climate diagnostics|Harmonized|"
#define STK_PREFIX_INFILLED "AR6 climate diagnostics|Infilled|"

/** One variable of the scenario at hand; `values` is NULL where it has none. */
typedef struct stk_slot {
    const stk_iamc_row *row; /**< NULL for a computed variable */
    double *values;
} stk_slot;

/** The scenario at hand. Start with stk_stage_open(). */
typedef struct stk_stage {
    const char *name;
    const stk_method *method;
    const stk_iamc *table;
    stk_scenario_report *report;
    stk_slot *slots;   /**< one for each variable of the method */
    double *store;     /**< room for the values of every slot */
    size_t year_count; /**< of each slot */
} stk_stage;

stk_status stk_stage_open(stk_stage *stage, const char *name, const stk_method *method,
                          const stk_iamc *table, size_t year_count, stk_scenario_report *report,
                          stk_error *error);
void stk_stage_close(stk_stage *stage);

/** The values of a variable's slot, made present. */
double *stk_stage_values(stk_stage *stage, size_t variable);

/** Note that a variable (NULL: the whole scenario) is left out. */
void stk_stage_note(stk_stage *stage, const stk_iamc_scenario *scenario, const char *variable,
                    const stk_iamc_row *row, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Note something of any kind of a variable (NULL: of the whole scenario).
 * @param row  of the line that is meant; NULL for the scenario's first */
void stk_stage_tell(stk_stage *stage, const stk_iamc_scenario *scenario, const char *variable,
                    const stk_iamc_row *row, stk_note_kind kind, const char *reason);

/** Warn of what a scenario reports; false where warnings leave scenarios out, and that is noted. */
bool stk_stage_warn(stk_stage *stage, const stk_iamc_scenario *scenario, const stk_iamc_row *row,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/** Note that a scenario is left out because it has nothing to lead it: it is beyond the stages up
 * to `most`, or else `otherwise`. */
void stk_stage_note_lead(stk_stage *stage, const stk_iamc_scenario *scenario, stk_name_rank most,
                         const char *otherwise);

/** As stk_stage_note(), and empty the slot. */
void stk_stage_drop(stk_stage *stage, const stk_iamc_scenario *scenario, size_t variable,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/** The row of each variable of the method in a scenario, NULL without: of the ranks from `least` to
 * `most` the highest, of equal ones the one whose name is nearest to the method's. */
void stk_choose_rows(const stk_method *method, const stk_iamc *table,
                     const stk_iamc_scenario *scenario, stk_name_rank least, stk_name_rank most,
                     const stk_iamc_row **rows);

/** As above for the stage; a row that gives way to one of its rank is noted. */
void stk_stage_choose(stk_stage *stage, const stk_iamc_scenario *scenario, stk_name_rank most,
                      const stk_iamc_row **rows);

/** The variable for which a row was chosen, or STK_NO_VARIABLE. */
int stk_chosen(const stk_method *method, const stk_iamc_row *const *rows, const stk_iamc_row *row);

/** The factor to the method's unit; false and a note when there is none. */
bool stk_stage_factor(stk_stage *stage, const stk_iamc_scenario *scenario, const stk_iamc_row *row,
                      size_t variable, double *factor);

/** Fill the gaps between values with straight lines; ends stay missing. */
void stk_fill_gaps(double *values, size_t count);

/** The values of a row in the years of the method, gaps filled and converted by `factor`. */
void stk_method_series(const stk_method *method, const stk_iamc *table, const stk_iamc_row *row,
                       double factor, double *values);

/** The value of a year on the line between the values of the row around it, NaN outside them. */
double stk_row_between(const stk_iamc *table, const stk_iamc_row *row, int year);

/** Whether all values are there. */
bool stk_complete(const double *values, size_t count);

/** Whether all values are there and finite. */
bool stk_all_finite(const double *values, size_t count);

/** A Kyoto total of `count` annual values: CO2 as a total or as the sum of its sectors, then the
 * gases in the order of the method, so that the sum does not depend on the order of rows.
 * @param series one for each variable of the method, NULL where there is none
 * @return false where there is no CO2 */
bool stk_kyoto_sum(const stk_method *method, const stk_method_kyoto *kyoto,
                   const double *const *series, size_t count, double *total);

#endif
