/** @file cmd_warming_series.c
 * @brief `stocktake warming` as a data set: temperature, chances, gases.
 */
#include "cmd_warming_series.h"

#include "dataset/series.h"

stk_status warming_gases(const cli_arguments *arguments, const stk_warming_model *model,
                         stk_iamc **gases, stk_error *error)
{
    *gases = NULL;
    if (!cli_is_series(arguments)) {
        return STK_OK;
    }
    *gases = stk_iamc_new("", stk_warming_first_year(model), stk_warming_last_year(model));
    return *gases == NULL ? stk_error_set(error, STK_EMEM, "out of memory") : STK_OK;
}

/* The cases of the rule that --hot-air names, the current trend once. */
static size_t choose(const cli_arguments *arguments, const stk_warming_case *cases, size_t count,
                     size_t chosen[])
{
    size_t n = 0;
    bool trend = false;
    for (size_t i = 0; i < count; i++) {
        bool is_trend = cases[i].kind == STK_CASE_CURRENT_TREND;
        bool wanted = !cli_given(arguments, "hot-air") ||
                      cases[i].hot_air_capped == (cli_choice(arguments, "hot-air", 0) == 1);
        if (wanted && !(is_trend && trend)) {
            chosen[n++] = i;
            trend = trend || is_trend;
        }
    }
    return n;
}

int warming_series(const cli_arguments *arguments, const stk_warming_case *cases, size_t count,
                   const stk_iamc *gases)
{
    static dataset c;
    size_t chosen[STK_WARMING_CASES];
    stk_error error;
    size_t n = choose(arguments, cases, count, chosen);
    stk_status status = series_warming(cases, chosen, n, gases, &c, &error);
    c.attributes = json_pack("{s:s, s:s}", "gwp", "AR6", "reference_period", "1850-1900");
    int exit_code = status == STK_OK ? cli_write_series(arguments, &c) : cli_refuse(&error);
    dataset_free(&c);
    return exit_code;
}
