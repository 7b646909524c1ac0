/** @file warming_gases.c
 * @brief The gases that the climate model is run on, case by case.
 */
#include <stdio.h>
#include <string.h>

#include "assess/assess_impl.h"

static stk_status copy_rows(const stk_iamc *from, const char *scenario, stk_iamc *into,
                            stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t r = 0; r < from->row_count && status == STK_OK; r++) {
        stk_iamc_row row = from->rows[r];
        double *values;
        row.scenario = scenario;
        status = stk_iamc_add(into, &row, &values, error);
        if (status == STK_OK) {
            memcpy(values, from->rows[r].values, (size_t)from->year_count * sizeof *values);
        }
    }
    return status;
}

stk_status assess_gases(const stk_warming_model *model, const stk_basket *baskets, size_t count,
                        stk_iamc *table, stk_error *error)
{
    stk_status status = STK_OK;
    if (table->first_year != stk_warming_first_year(model) ||
        (size_t)table->year_count != stk_warming_year_count(model)) {
        return stk_error_set(error, STK_EARG, "the table of gases has not the model's years");
    }
    for (size_t i = 0; i < count; i++) {
        stk_iamc *gases;
        char name[32];
        snprintf(name, sizeof name, "%zu", i);
        STK_TRY(stk_warming_compose(model, &baskets[i], &gases, NULL, error));
        STK_TRY(copy_rows(gases, name, table, error));
        stk_iamc_free(gases);
    }
done:
    return status;
}
