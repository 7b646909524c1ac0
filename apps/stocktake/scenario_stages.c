/** @file scenario_stages.c
 * @brief The stages before the climate, on a table of some scenarios.
 */
#include "scenario_stages.h"

void scenario_stages_close(scenario_stages *with)
{
    stk_iamc_free(with->history);
    stk_scenario_library_free(with->library);
    with->history = NULL;
    with->library = NULL;
}

stk_status scenario_check(scenario_stages *with, const stk_iamc *input, stk_iamc **output,
                          stk_error *error)
{
    return stk_scenario_check(with->run->method, input, with->run->report, output, error);
}

stk_status scenario_harmonise(scenario_stages *with, const stk_iamc *input, stk_iamc **output,
                              stk_error *error)
{
    const scenario_run *run = with->run;
    stk_status status = STK_OK;
    if (with->history == NULL) {
        status =
            scenario_table(run, "history", stk_method_history(run->method), &with->history, error);
    }
    return status != STK_OK ? status
                            : stk_scenario_harmonise(run->method, input, with->history, run->report,
                                                     output, error);
}

stk_status scenario_infill(scenario_stages *with, const stk_iamc *input, stk_iamc **output,
                           stk_error *error)
{
    scenario_run *run = with->run;
    stk_status status =
        with->library == NULL ? scenario_library(run, &with->library, error) : STK_OK;
    return status != STK_OK ? status
                            : stk_scenario_infill(run->method, input, with->library, run->threads,
                                                  run->report, output, error);
}

stk_status scenario_check_to_infill(scenario_stages *with, const stk_iamc *input, stk_iamc **output,
                                    stk_error *error)
{
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_status status = scenario_check(with, input, &checked, error);
    status = status != STK_OK ? status : scenario_harmonise(with, checked, &harmonised, error);
    stk_iamc_free(checked);
    status = status != STK_OK ? status : scenario_infill(with, harmonised, output, error);
    stk_iamc_free(harmonised);
    return status;
}
