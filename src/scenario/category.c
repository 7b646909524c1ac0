/** @file category.c
 * @brief The category of a scenario from the warming it leads to.
 */
#include <math.h>

#include "scenario/method.h"

static bool holds(const stk_method_condition *condition, const double inputs[STK_CATEGORY_INPUTS])
{
    double value = inputs[condition->input];
    double threshold = condition->threshold;
    return (condition->equal && value == threshold) ||
           (condition->less ? value < threshold : value > threshold);
}

stk_status stk_scenario_category(const stk_method *method, const stk_category_warming *warming,
                                 stk_category *category, stk_error *error)
{
    const double inputs[STK_CATEGORY_INPUTS] = {warming->p33_peak, warming->p50_peak,
                                                warming->p67_peak, warming->p50_2100};
    *category = (stk_category){"", "", ""};
    for (size_t i = 0; i < STK_CATEGORY_INPUTS; i++) {
        if (!isfinite(inputs[i])) {
            return stk_error_set(error, STK_EDATA,
                                 "a category needs the 33rd, 50th and 67th percentile of peak "
                                 "warming and the median warming of 2100");
        }
    }
    for (size_t c = 0; c < method->category_count; c++) {
        const stk_method_category *rule = &method->categories[c];
        bool all = true;
        for (size_t i = 0; i < rule->when.count; i++) {
            all = all && holds(&rule->conditions[i], inputs);
        }
        if (all) {
            *category = (stk_category){rule->name, rule->label, rule->title};
        }
    }
    return STK_OK;
}
