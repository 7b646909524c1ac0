/** @file report.c
 * @brief `stocktake report`: an assessment as one page of HTML.
 */
#include "question/parts.h"

#include <string.h>

static const question_option options[] = {
    {"since", "DATE", "Show what documents since this day changed.", NULL, NULL},
    {"year", "YEAR", "The target year.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {NULL, NULL, NULL, NULL, NULL}};

/* ---- what it shares with a chart: from options to content ---- */

stk_status request_check(query *q, content_request *request, stk_error *error)
{
    stk_status status = query_check_since(q, error);
    return status != STK_OK ? status
                            : query_integer(q, "threads", 0, 0, 4096, &request->threads, error);
}

/* Date, year and edition are said anyway; the others only say how the result looks. */
static bool is_said_elsewhere(const char *name)
{
    return stk_text_choice(stk_text_of(name), "as-of|since|year|edition|width|scale|png|help") >= 0;
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
    request->assess.threads = request->threads;
    STK_TRY(query_years(q, data, &request->assess, error));
    query_tell_set(q, data, &request->assess.options, &request->assess.benchmark);
    STK_TRY(
        query_benchmark_years(q, data, CHART_GAP_FIRST, CHART_GAP_LAST, request->benchmark, error));
done:
    return status;
}

/* ---- the page ---- */

static stk_status write_page(query *q, const page_content *content, stk_error *error)
{
    stk_buffer command = {0};
    query_command_line(q, &command);
    stk_status status = stk_buffer_status(&command, error);
    status = status != STK_OK ? status : page_write(content, command.data, &q->out, error);
    stk_buffer_free(&command);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    page_content content = {0};
    content_request *request = query_alloc(q, sizeof *request);
    stk_status status;
    STK_TRY(stk_allocated(request, error));
    for (int chart = 0; chart < CONTENT_COUNTRY; chart++) {
        request->charts[chart] = true;
    }
    request->charts[CONTENT_FAIRNESS] = true; /* told in a table */
    STK_TRY(request_check(q, request, error));
    STK_TRY(query_data(q, &data, error));
    STK_TRY(request_read(q, data, request, error));
    STK_TRY(content_tell(data, request, &content, error));
    STK_TRY(write_page(q, &content, error));
done:
    content_close(&content);
    return status;
}

const question question_report = {
    .name = "report",
    .operands = "FILE.html",
    .operands_min = 0,
    .operands_max = 1,
    .summary = QUESTION_HELP("a page with the figures and charts of an assessment"),
    .description = QUESTION_HELP(
        "Writes one self-contained page: the headline, the gap, who contributes, warming with its "
        "probabilities, how gap and warming moved since 2015, every Party with its pathway, "
        "coverage, assumptions, methods, sources, and the command that makes the page again. It "
        "needs no network and no script, works from disk, on a telephone, in the dark and on "
        "paper."),
    .examples =
        QUESTION_HELP("  stocktake report stocktake.html\n"
                      "  # The week of the April 2021 Leaders Summit\n"
                      "  stocktake report april-2021.html --as-of 2021-04-22 --since 2021-04-20 "
                      "--include-announced\n"),
    .option_groups =
        OPTION_GROUPS(options, options_benchmark, options_warming, OPTIONS_MODEL, options_edition),
    .formats = "html",
    .runs_ensemble = true,
    .names_its_file = true,
    .answer = answer_query};
