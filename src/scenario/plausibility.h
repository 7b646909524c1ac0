/** @file plausibility.h
 * @brief Whether what a scenario reports can be: its base year against the history, its total of
 * CO2 against the sectors.
 */
#ifndef STK_SCENARIO_PLAUSIBILITY_H
#define STK_SCENARIO_PLAUSIBILITY_H

#include "scenario/stage.h"

/** What of a scenario is far from the history. */
typedef struct stk_doubts {
    size_t count;
    char text[700]; /**< the first of them */
} stk_doubts;

/** Hold a variable's value of the base year against the history's. Too far are 20 % for fossil and
 * total CO2; 5 Gt for CO2 from land use; for other gases 50 % and at least 500 Mt CO2e by the
 * method's last Kyoto total, or 1 Mt of a gas that is not in it; for all a factor of about 1000,
 * another by which units are mistaken to 2 % (land use: 0.5 %), and a zero that the method drops.
 */
void stk_doubt(stk_doubts *doubts, const stk_method *method, size_t variable, double value,
               double history);

/** One warning of all of them; false when the scenario is left out for it. */
bool stk_doubts_tell(const stk_doubts *doubts, stk_stage *stage, const stk_iamc_scenario *scenario);

/** Warn where the reported total of CO2 is another than fossil and land-use CO2 add up to, by more
 * than 1 % and 50 Mt; false when the scenario is left out for it. */
bool stk_total_holds(stk_stage *stage, const stk_iamc_scenario *scenario);

/** The same of fossil CO2 and its parts, before the sectors that belong to it are added. */
bool stk_fossil_holds(stk_stage *stage, const stk_iamc_scenario *scenario);

/** Whether a variable is a part of CO2 that no sum of the method takes. */
bool stk_part_left_out(const stk_method *method, size_t v);

/** Whether a variable is a sector that the method adds to fossil CO2. */
bool stk_part_added(const stk_method *method, size_t v);

/** Note the sectors of fossil CO2 that cannot be added to it, for their unit, because they end
 * before it or because only details of them are reported, and empty the slots of those that are
 * zero; false when the scenario is left out. */
bool stk_sectors_hold(stk_stage *stage, const stk_iamc_scenario *scenario);

/** Warn of parts of CO2 that the method reads and does not add, by how much they are at most, and
 * empty their slots; false when the scenario is left out for it. */
bool stk_left_out_told(stk_stage *stage, const stk_iamc_scenario *scenario);

#endif
