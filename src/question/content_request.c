/** @file content_request.c
 * @brief From options to the content of a page or a chart.
 */
#include "question/content_request.h"

#include <string.h>

stk_status request_check(query *q, content_request *request, stk_error *error)
{
    const char *since = query_value(q, "since");
    const char *as_of = query_value(q, "as-of");
    if (since != NULL && as_of != NULL && strcmp(since, as_of) >= 0) {
        return query_usage(q, error, "--since must be before --as-of");
    }
    return query_integer(q, "threads", 0, 0, 4096, &request->threads, error);
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

/* Every option of the command is asked, so that none can be forgotten. What is supposed is said as
 * it is understood. */
static void take_options(query *q, content_request *request)
{
    const question_option *option;
    for (int i = 0; (option = question_option_at(q->question, i)) != NULL; i++) {
        const char *value = q->values[i];
        if (value != NULL && option_changes_result(option) && !is_said_elsewhere(option->name) &&
            !option_is_default(option, value) && request->option_count < CONTENT_OPTIONS_MAX) {
            request->options[request->option_count++] = (content_option){
                option->name, option->argument == NULL               ? NULL
                              : strcmp(option->name, "what-if") == 0 ? query_supposed(q)
                                                                     : value};
        }
    }
}

stk_status request_read(query *q, const stk_data *data, content_request *request, stk_error *error)
{
    stk_status status;
    STK_TRY(query_options(q, data, &request->assess.options, error));
    take_options(q, request);
    request->assess.since = query_date(q, "since", 0);
    request->assess.model = q->model;
    STK_TRY(query_years(q, data, &request->assess, error));
    query_tell_set(q, data, &request->assess.options, &request->assess.benchmark);
    STK_TRY(
        query_benchmark_years(q, data, CHART_GAP_FIRST, CHART_GAP_LAST, request->benchmark, error));
done:
    return status;
}
