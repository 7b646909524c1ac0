/** @file report.c
 * @brief `stocktake report`: an assessment as one page of HTML.
 */
#include "question/content_request.h"

#include "report/page.h"

static const question_option options[] = {
    {"since", "DATE", "Show what documents since this day changed.", NULL, NULL},
    {"year", "YEAR", "The target year.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {NULL, NULL, NULL, NULL, NULL}};

static const question_option *const groups[] = {options,       options_benchmark, options_warming,
                                                OPTIONS_MODEL, options_edition,   NULL};

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
    content_request *request = query_alloc(q, sizeof *request, error);
    if (request == NULL) {
        return STK_EMEM;
    }
    for (int chart = 0; chart < CONTENT_COUNTRY; chart++) {
        request->charts[chart] = true;
    }
    stk_status status = request_check(q, request, error);
    status = status != STK_OK ? status : query_data(q, &data, error);
    status = status != STK_OK ? status : request_read(q, data, request, error);
    status = status != STK_OK ? status : content_tell(data, request, &content, error);
    status = status != STK_OK ? status : write_page(q, &content, error);
    content_close(&content);
    return status;
}

const question question_report = {
    .name = "report",
    .operands = "FILE.html",
    .operands_min = 0,
    .operands_max = 1,
    .summary = "a page with the figures and charts of an assessment",
    .description =
        "Writes one self-contained page: the headline, the gap, who contributes, warming with its "
        "probabilities, how gap and warming moved since 2015, every Party with its pathway, "
        "coverage, assumptions, methods, sources, and the command that makes the page again. It "
        "needs no network and no script, works from disk, on a telephone, in the dark and on "
        "paper.",
    .examples = "  stocktake report stocktake.html\n"
                "  # The week of the April 2021 Leaders Summit\n"
                "  stocktake report april-2021.html --as-of 2021-04-22 --since 2021-04-20 "
                "--include-announced\n",
    .option_groups = groups,
    .answer = answer_query};
