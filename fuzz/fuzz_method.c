/** @file fuzz_method.c
 * @brief Any bytes as a method file, and those after a zero byte as its table of overrides; a
 * method that is taken runs on a small scenario.
 */
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char table_text[] =
    "Scenario,Region,Variable,Unit,1990,2010,2015,2020,2030,2040,2050,2060,2070,2080,2090,2100\n"
    "s,World,Emissions|CO2,Mt CO2/yr,1,2,3,4,5,6,7,8,9,8,7,-1\n"
    "s,World,Emissions|CO2|AFOLU,Mt CO2/yr,1,2,3,4,5,6,7,8,9,8,7,-1\n"
    "s,World,Emissions|CH4,Mt CH4/yr,1,2,3,4,5,6,7,8,9,8,7,0\n";

static void run(const stk_method *method, const stk_iamc *table)
{
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_iamc *infilled = NULL;
    stk_scenario_library *library = NULL;
    stk_scenario_report *report = stk_scenario_report_new();
    if (stk_scenario_check(method, table, report, &checked, NULL) == STK_OK &&
        stk_scenario_harmonise(method, checked, table, report, &harmonised, NULL) == STK_OK &&
        stk_scenario_library_new(method, table, table, report, &library, NULL) == STK_OK &&
        (!stk_method_scales(method) ||
         stk_scenario_library_scale(library, table, table, NULL) == STK_OK)) {
        stk_scenario_infill(method, harmonised, library, 0, report, &infilled, NULL);
    }
    stk_category category;
    stk_scenario_category(method, &(stk_category_warming){1, 1.5, 2, 1, 1.2, 1.1, -1}, &category,
                          NULL);
    stk_scenario_report_free(report);
    stk_scenario_library_free(library);
    stk_iamc_free(infilled);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_method *method = NULL;
    stk_iamc *table = NULL;
    const uint8_t *end = size == 0 ? NULL : memchr(data, '\0', size);
    stk_text text = {(const char *)data, end == NULL ? size : (size_t)(end - data)};
    if (stk_method_read("fuzz", text, &method, NULL) == STK_OK &&
        stk_iamc_read("table", stk_text_of(table_text), NULL, &table, NULL) == STK_OK) {
        run(method, table);
        if (end != NULL) {
            stk_text rules = {(const char *)end + 1, size - text.size - 1};
            if (stk_method_read_overrides(method, "overrides", rules, NULL) == STK_OK) {
                run(method, table);
            }
        }
    }
    stk_iamc_free(table);
    stk_method_free(method);
    return 0;
}
