/** @file cmd_chart.c
 * @brief `stocktake chart`: one chart as SVG or PNG.
 */
#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "report/png.h"

static const cli_option options[] = {
    {"since", "DATE", "For contributions: what documents since this day changed.", NULL},
    {"year", "YEAR",
     "The target year. [the first five-year mark more than five years after --as-of]", NULL},
    {"width", "PIXELS", "Width of the drawing, 320 to 2000. [760]", NULL},
    {"scale", "N", "For PNG: pixels of the picture for one of the drawing, 1 to 8. [2]", NULL},
    {"threads", "N", "Use N threads. [as many as processors]", NULL},
    {NULL, NULL, NULL, NULL}};

static const cli_option *const groups[] = {
    options, cli_benchmark_options, cli_warming_options, CLI_MODEL_OPTIONS, cli_file_options, NULL};

typedef struct job {
    content_chart chart;
    const char *area; /* of the chart country */
    int width;
    int scale;
    bool png;
    content_request request;
} job;

static bool find_chart(const cli_arguments *arguments, job *j)
{
    const char *name = arguments->operands[0];
    const char *names[CONTENT_CHARTS] = {NULL};
    char meant[CLI_MEANT_SIZE];
    for (int i = 0; i < CONTENT_CHARTS; i++) {
        names[i] = content_chart_name((content_chart)i);
        if (strcmp(name, content_chart_name((content_chart)i)) == 0) {
            j->chart = (content_chart)i;
            return true;
        }
    }
    cli_usage(arguments,
              "'%.40s' is no chart; there are gap, contributions, warming, timeline, "
              "assumptions, country%s",
              name, cli_meant(name, names, CONTENT_CHARTS, meant));
    return false;
}

/* The area of `country`. */
static bool find_area(const cli_arguments *arguments, job *j)
{
    j->area = "";
    if (j->chart != CONTENT_COUNTRY) {
        if (arguments->operand_count > 1) {
            cli_usage(arguments, "only the chart country takes an area");
        }
        return arguments->operand_count == 1;
    }
    if (arguments->operand_count < 2) {
        cli_usage(arguments, "the chart country needs an area, such as: chart country BRA");
        return false;
    }
    j->area = arguments->operands[1];
    return true;
}

/* What the name of the output says; none, or one without an ending, is SVG. */
static bool find_format(const cli_arguments *arguments, job *j)
{
    const char *output = cli_value(arguments, "output");
    const char *slash = output == NULL ? NULL : strrchr(output, '/');
    const char *name = slash == NULL ? output : slash + 1;
    const char *ending = name == NULL ? NULL : strrchr(name, '.');
    j->png = ending != NULL && strcasecmp(ending, ".png") == 0;
    if (ending != NULL && !j->png && strcasecmp(ending, ".svg") != 0) {
        cli_usage(arguments, "--output: '%s' is refused; a chart is an .svg or a .png", output);
        return false;
    }
    return true;
}

/* Options that another chart or format has. One that several charts are drawn with gets a word. */
static bool find_useless(const cli_arguments *arguments, const job *j)
{
    if (cli_given(arguments, "since") && j->chart != CONTENT_CONTRIBUTIONS) {
        fprintf(stderr, "stocktake: --since changes the chart contributions only\n");
    }
    if (cli_given(arguments, "scale") && !j->png) {
        cli_usage(arguments, "--scale goes with an --output that is a .png");
        return true;
    }
    return false;
}

static bool read_arguments(const cli_arguments *arguments, job *j)
{
    return find_chart(arguments, j) && find_format(arguments, j) && find_area(arguments, j) &&
           !find_useless(arguments, j) && request_check(arguments, &j->request) &&
           request_integer(arguments, "width", CHART_WIDE, 320, 2000, &j->width) &&
           request_integer(arguments, "scale", 2, 1, 8, &j->scale);
}

static stk_status draw(const cli_arguments *arguments, const stk_data *data, job *j,
                       stk_buffer *out, stk_error *error)
{
    page_content s = {0};
    stk_buffer svg = {0};
    chart_look look = {.width = j->width, .standalone = true, .id = "chart"};
    j->request.charts[j->chart] = true;
    stk_status status = request_read(arguments, data, &j->request, error);
    status = status != STK_OK ? status : content_tell(data, &j->request, &s, error);
    status = status != STK_OK ? status : content_draw(&s, j->chart, j->area, &look, &svg, error);
    if (status == STK_OK && j->png) {
        status = stk_png_render((stk_text){svg.data, svg.size}, j->scale, out, error);
        stk_buffer_free(&svg);
    } else {
        *out = svg;
    }
    content_close(&s);
    return status;
}

static int run(const cli_arguments *arguments)
{
    static job j; /* holds a benchmark a year */
    stk_data data;
    stk_buffer out = {0};
    stk_error error;
    if (!read_arguments(arguments, &j)) {
        return EXIT_USAGE;
    }
    stk_status status = cli_open_data(arguments, &data, &error);
    if (status == STK_OK) {
        status = draw(arguments, &data, &j, &out, &error);
    }
    stk_data_close(&data);
    if (status != STK_OK) {
        stk_buffer_free(&out);
        return cli_refuse(&error);
    }
    return cli_write(arguments, &out);
}

const cli_command command_chart = {
    .name = "chart",
    .operands = "NAME [AREA]",
    .operands_min = 1,
    .operands_max = 2,
    .summary = "one chart as SVG or PNG",
    .description =
        "Draws one chart of an assessment: gap (history, pledges, benchmarks), contributions (who "
        "moves the world's level by how much), warming (the fan to 2100), timeline (gap and "
        "warming after every document since 2015), assumptions (which of them moves warming by how "
        "much) or country (history and pledges of a country, a group or a list).\n\n"
        "The chart is SVG, for light and dark screens, on the standard output or in the file of "
        "--output; a file name that ends in .png gets a picture. Drawings narrower than 560 pixels "
        "have shorter texts.",
    .examples = "  stocktake chart gap --output gap.svg\n"
                "  # Who changed the gap in the week of the April 2021 Leaders Summit\n"
                "  stocktake chart contributions --as-of 2021-04-22 --since 2021-04-20 "
                "--include-announced --output april.png\n"
                "  stocktake chart country brazil --output brazil.svg\n"
                "  stocktake chart country G20 --output g20.png\n",
    .option_groups = groups,
    .run = run};
