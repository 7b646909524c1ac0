/** @file cli_years.c
 * @brief The years that a result is about, and the day up to which the data knows documents.
 */
#include "cli.h"

void cli_tell_beyond(const stk_data *data, stk_date as_of, bool asked)
{
    enum { ONE_YEAR = 10000 };
    char until[STK_DATE_SIZE];
    stk_date known = stk_pledges_known_until(data->pledges);
    stk_date_format(known, until);
    if (known == 0) {
        return; /* an edition without any document */
    }
    if (as_of > known + ONE_YEAR) {
        fprintf(stderr,
                "stocktake: warning: documents are known until %s, more than a year before the "
                "date assessed: what came since is missing\n",
                until);
    } else if (as_of > known && asked) {
        fprintf(stderr, "stocktake: documents are known until %s; later ones are not counted\n",
                until);
    }
}

stk_status cli_year(const cli_arguments *arguments, const stk_data *data, stk_date date, int *year,
                    int *other, stk_error *error)
{
    int years[STK_MILESTONES];
    int last = stk_baseline_history_last(data->baseline);
    int count = stk_milestones(date, last, years);
    bool given = cli_given(arguments, "year");
    *year = years[0];
    *other = !given && count > 1 ? years[1] : 0;
    if (given &&
        (!cli_integer(arguments, "year", 0, year) || *year <= last || *year > STK_PATH_LAST)) {
        return stk_error_set(error, STK_EARG, "the year %d is refused; allowed: %d to %d", *year,
                             last + 1, STK_PATH_LAST);
    }
    return STK_OK;
}

stk_status cli_year_and_benchmark(const cli_arguments *arguments, const stk_data *data,
                                  stk_date date, int *year, int *other, stk_benchmark *benchmark,
                                  stk_error *error)
{
    stk_status status = cli_year(arguments, data, date, year, other, error);
    status = status != STK_OK ? status : cli_benchmark(arguments, data, *year, benchmark, error);
    if (status == STK_ENOTFOUND && *other != 0 &&
        cli_benchmark(arguments, data, *other, benchmark, NULL) == STK_OK) {
        *year = *other;
        *other = 0;
        return STK_OK;
    }
    return status;
}

stk_status cli_years(const cli_arguments *arguments, const stk_data *data,
                     stk_assess_request *request, stk_error *error)
{
    stk_status status =
        cli_year_and_benchmark(arguments, data, request->options.as_of.date, &request->year,
                               &request->other_year, &request->benchmark, error);
    if (status == STK_OK && request->other_year != 0) { /* a benchmark need not have that too */
        status =
            cli_benchmark(arguments, data, request->other_year, &request->other_benchmark, error);
        request->other_year = status == STK_OK ? request->other_year : 0;
        status = status == STK_ENOTFOUND ? STK_OK : status;
    }
    return status;
}
