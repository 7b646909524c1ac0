/** @file cmd_report.c
 * @brief `stocktake report`: an assessment as one page of HTML.
 */
#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "report/page.h"
#include "report/png.h"

static const cli_option options[] = {
    {"since", "DATE", "Show what documents since this day changed.", NULL},
    {"year", "YEAR",
     "The target year. [the first five-year mark more than five years after --as-of]", NULL},
    {"png", "DIR", "Also write the charts as pictures into DIR, which is made if it is missing.",
     NULL},
    {"threads", "N", "Use N threads. [as many as processors]", NULL},
    {NULL, NULL, NULL, NULL}};

/* --output is the operand. */
static const cli_option edition_options[] = {
    {"edition", "DIR",
     "Use the data in DIR, laid out as the project's data/; also STOCKTAKE_EDITION. [embedded]",
     NULL},
    {"help", NULL, "Show this help.", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {
    options, cli_benchmark_options, cli_warming_options, CLI_MODEL_OPTIONS, edition_options, NULL};

static stk_status write_picture(const page_content *s, content_chart chart, const char *folder,
                                stk_error *error)
{
    char path[1024];
    stk_buffer svg = {0};
    stk_buffer png = {0};
    chart_look look = {.width = CHART_WIDE, .standalone = true, .id = "chart"};
    int length = snprintf(path, sizeof path, "%s/%s.png", folder, content_chart_name(chart));
    if (length < 0 || (size_t)length >= sizeof path) {
        return stk_error_set(error, STK_EARG, "--png: the name of the folder is too long");
    }
    stk_status status = content_draw(s, chart, "", &look, &svg, error);
    if (status == STK_OK) {
        status = stk_png_render((stk_text){svg.data, svg.size}, 2, &png, error);
    }
    if (status == STK_OK) {
        status = stk_file_write(path, (stk_text){png.data, png.size}, error);
    }
    stk_buffer_free(&svg);
    stk_buffer_free(&png);
    return status;
}

static stk_status write_pictures(const page_content *s, const char *folder, stk_error *error)
{
    stk_status status = STK_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return stk_error_at(error, STK_EIO, folder, 0, 0, "the folder cannot be made");
    }
    for (int chart = 0; chart < CONTENT_COUNTRY && status == STK_OK; chart++) {
        status = write_picture(s, (content_chart)chart, folder, error);
    }
    return status;
}

static stk_status write_page(const cli_arguments *arguments, const page_content *s,
                             stk_error *error)
{
    const char *path = arguments->operands[0];
    stk_buffer command = {0};
    stk_buffer page = {0};
    const char *folder = cli_value(arguments, "png");
    cli_command_line(arguments, stk_assessment_request(s->assessment)->options.as_of.date,
                     &command);
    stk_status status = stk_buffer_status(&command, error);
    status = status != STK_OK ? status : page_write(s, command.data, &page, error);
    if (status == STK_OK && folder != NULL) {
        status = write_pictures(s, folder, error);
    }
    if (status == STK_OK) {
        status = cli_write_to(path, (stk_text){page.data, page.size}, error);
    }
    stk_buffer_free(&command);
    stk_buffer_free(&page);
    return status;
}

static stk_status tell(const cli_arguments *arguments, const stk_data *data,
                       content_request *request, stk_error *error)
{
    page_content s = {0};
    for (int chart = 0; chart < CONTENT_COUNTRY; chart++) {
        request->charts[chart] = true;
    }
    stk_status status = request_read(arguments, data, request, error);
    status = status != STK_OK ? status : content_tell(data, request, &s, error);
    status = status != STK_OK ? status : write_page(arguments, &s, error);
    content_close(&s);
    return status;
}

static int run(const cli_arguments *arguments)
{
    static content_request request; /* holds a benchmark a year */
    stk_data data;
    stk_error error;
    if (!request_check(arguments, &request) ||
        !cli_check_name(arguments, "FILE.html", arguments->operands[0], "html", NULL)) {
        return EXIT_USAGE;
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    if (status == STK_OK) {
        status = tell(arguments, &data, &request, &error);
    }
    stk_data_close(&data);
    return status == STK_OK ? EXIT_SUCCESS : cli_refuse(&error);
}

const cli_command command_report = {
    .name = "report",
    .operands = "FILE.html",
    .operands_min = 1,
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
    .run = run};
