/** @file request.c
 * @brief From options to a content.
 */
#include "request.h"

#include <string.h>

bool request_integer(const cli_arguments *arguments, const char *name, int missing, int low,
                     int high, int *value)
{
    if (!cli_integer(arguments, name, missing, value)) {
        return false;
    }
    if (*value < low || *value > high) {
        cli_usage(arguments, "--%s: %d is refused; allowed: %d to %d", name, *value, low, high);
        return false;
    }
    return true;
}

bool request_check(const cli_arguments *arguments, content_request *request)
{
    const char *since = cli_value(arguments, "since");
    const char *as_of = cli_value(arguments, "as-of");
    if (since != NULL && as_of != NULL && strcmp(since, as_of) >= 0) {
        cli_usage(arguments, "--since must be before --as-of");
        return false;
    }
    return cli_integer(arguments, "year", 0, &request->assess.year) &&
           request_integer(arguments, "threads", 0, 0, 4096, &request->threads);
}

/* Date, year and edition are said anyway; the others only say how the result looks. */
static bool is_said_elsewhere(const char *name)
{
    static const char *const names[] = {"as-of", "since", "year", "edition",
                                        "width", "scale", "png",  "help"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Every option of the command is asked, so that none can be forgotten. */
static void take_options(const cli_arguments *arguments, content_request *request)
{
    const cli_option *option;
    for (int i = 0; (option = cli_option_at(arguments->command, i)) != NULL; i++) {
        const char *value = arguments->values[i];
        if (value != NULL && cli_changes_result(option) && !is_said_elsewhere(option->name) &&
            !cli_is_default(option, value) && request->option_count < CONTENT_OPTIONS_MAX) {
            request->options[request->option_count++] =
                (content_option){option->name, option->argument == NULL ? NULL : value};
        }
    }
}

stk_status request_read(const cli_arguments *arguments, const stk_data *data,
                        content_request *request, stk_error *error)
{
    const char *since = cli_value(arguments, "since");
    stk_status status = cli_options(arguments, data, &request->assess.options, error);
    take_options(arguments, request);
    if (since != NULL) {
        stk_date_parse(stk_text_of(since), &request->assess.since); /* checked when it was given */
    }
    if (status == STK_OK) {
        status = cli_years(arguments, data, &request->assess, error);
    }
    if (status == STK_OK) {
        cli_tell_set(arguments, data, &request->assess.options, &request->assess.benchmark);
    }
    return status != STK_OK ? status
                            : cli_benchmark_years(arguments, data, CHART_GAP_FIRST, CHART_GAP_LAST,
                                                  request->benchmark, error);
}
