/** @file chart.c
 * @brief `stocktake chart`: one chart as SVG or PNG.
 */
#include "question/parts.h"

#include <string.h>

#include "base/pending_file.h"
#include "report/report.h"

static const question_option options[] = {
    {"since", "DATE", "For contributions: what documents since this day changed.", NULL, NULL},
    {"year", "YEAR", "The target year.", NULL,
     "the first five-year mark more than five years after --as-of"},
    {"width", "PIXELS", "Width of the drawing, 320 to 2000.", NULL, "760"},
    {"scale", "N", "For PNG: pixels of the picture for one of the drawing, 1 to 8.", NULL, "2"},
    {"include-unchecked", NULL, "For finance: count rows that rest on memory too.", NULL, NULL},
    {"threads", "N", "Use N threads.", NULL, "as many as processors"},
    {NULL, NULL, NULL, NULL, NULL}};

typedef struct job {
    content_chart chart;
    const char *area; /* of the charts country and fairness */
    int width;
    int scale;
    bool png;
    content_request request;
} job;

static stk_status find_chart(query *q, job *j, stk_error *error)
{
    const char *name = q->operands[0];
    const char *names[CONTENT_CHARTS] = {NULL};
    char meant[MEANT_SIZE];
    for (int i = 0; i < CONTENT_CHARTS; i++) {
        names[i] = content_chart_name((content_chart)i);
        if (strcmp(name, content_chart_name((content_chart)i)) == 0) {
            j->chart = (content_chart)i;
            return STK_OK;
        }
    }
    return query_usage(q, error,
                       "'%s' is no chart; there are gap, contributions, warming, timeline, "
                       "assumptions, finance, country, fairness%s",
                       STK_CUT(name, 40), question_meant(name, names, CONTENT_CHARTS, meant));
}

/* The area of `country` and `fairness`. */
static stk_status find_area(query *q, job *j, stk_error *error)
{
    j->area = "";
    if (j->chart != CONTENT_COUNTRY && j->chart != CONTENT_FAIRNESS) {
        return q->operand_count == 1
                   ? STK_OK
                   : query_usage(q, error, "only the charts country and fairness take an area");
    }
    if (q->operand_count < 2) {
        const char *name = content_chart_name(j->chart);
        return query_usage(q, error, "the chart %s needs an area, such as: chart %s BRA", name,
                           name);
    }
    j->area = q->operands[1];
    return STK_OK;
}

/* What is asked for, else what the name of the output says; none, or one without an ending, is SVG.
 */
static stk_status find_format(query *q, job *j, stk_error *error)
{
    const char *output = query_value(q, "output");
    const char *ending = output == NULL ? NULL : strrchr(stk_path_name(output), '.');
    ending = ending != NULL ? ending + 1 : q->format;
    j->png = ending != NULL && stk_text_alike(stk_text_of(ending), "png");
    return ending == NULL || j->png || stk_text_alike(stk_text_of(ending), "svg")
               ? STK_OK
               : query_usage(q, error, "--output: '%s' is refused; a chart is an .svg or a .png",
                             output != NULL ? output : q->format);
}

/* Options that another chart or format has. One that several charts are drawn with gets a word. */
static stk_status find_useless(query *q, const job *j, stk_error *error)
{
    if (query_given(q, "since") && j->chart != CONTENT_CONTRIBUTIONS) {
        query_remark(q, "--since changes the chart contributions only");
    }
    if (query_given(q, "include-unchecked") && j->chart != CONTENT_FINANCE) {
        query_remark(q, "--include-unchecked changes the chart finance only");
    }
    return query_given(q, "scale") && !j->png
               ? query_usage(q, error, "--scale goes with an --output that is a .png")
               : STK_OK;
}

static stk_status read_job(query *q, job *j, stk_error *error)
{
    stk_status status;
    STK_TRY(find_chart(q, j, error));
    STK_TRY(find_format(q, j, error));
    STK_TRY(find_area(q, j, error));
    STK_TRY(find_useless(q, j, error));
    STK_TRY(request_check(q, &j->request, error));
    STK_TRY(query_integer(q, "width", CHART_WIDE, 320, 2000, &j->width, error));
    STK_TRY(query_integer(q, "scale", 2, 1, 8, &j->scale, error));
done:
    return status;
}

static stk_status draw(query *q, const stk_data *data, job *j, stk_error *error)
{
    page_content content = {0};
    stk_buffer svg = {0};
    chart_look look = {.width = j->width, .standalone = true, .id = "chart"};
    j->request.charts[j->chart] = true;
    j->request.finance_unchecked = query_given(q, "include-unchecked");
    stk_status status = request_read(q, data, &j->request, error);
    status = status != STK_OK ? status : content_tell(data, &j->request, &content, error);
    status =
        status != STK_OK ? status : content_draw(&content, j->chart, j->area, &look, &svg, error);
    if (status == STK_OK && j->png) {
        status = stk_png_render((stk_text){svg.data, svg.size}, j->scale, &q->out, error);
        stk_buffer_free(&svg);
    } else {
        q->out = svg;
    }
    content_close(&content);
    return status;
}

static stk_status answer_query(query *q, stk_error *error)
{
    const stk_data *data;
    job *j = query_alloc(q, sizeof *j); /* holds a benchmark a year */
    stk_status status;
    STK_TRY(stk_allocated(j, error));
    STK_TRY(read_job(q, j, error));
    STK_TRY(query_data(q, &data, error));
    STK_TRY(draw(q, data, j, error));
done:
    return status;
}

const question question_chart = {
    .name = "chart",
    .operands = "NAME [AREA]",
    .operands_min = 1,
    .operands_max = 2,
    .summary = QUESTION_HELP("one chart as SVG or PNG"),
    .description = QUESTION_HELP(
        "Draws one chart of an assessment: gap (history, pledges, benchmarks), contributions (who "
        "moves the world's level by how much), warming (the fan to 2100), timeline (gap and "
        "warming after every document since 2015), assumptions (which of them moves warming by how "
        "much), finance (goals of climate finance and what was delivered, as known on the date), "
        "country (history and pledges of a country, a group or a list) or fairness (what each "
        "reading "
        "of equity leaves a Party, and its pledge).\n\n"
        "The chart is SVG, for light and dark screens, on the standard output or in the file of "
        "--output; a file name that ends in .png gets a picture. Drawings narrower than 560 pixels "
        "have shorter texts."),
    .examples =
        QUESTION_HELP("  stocktake chart gap --output gap.svg\n"
                      "  # Who changed the gap in the week of the April 2021 Leaders Summit\n"
                      "  stocktake chart contributions --as-of 2021-04-22 --since 2021-04-20 "
                      "--include-announced --output april.png\n"
                      "  stocktake chart country brazil --output brazil.svg\n"
                      "  stocktake chart country G20 --output g20.png\n"
                      "  stocktake chart fairness India --output fair.svg\n"),
    .option_groups =
        OPTION_GROUPS(options, options_benchmark, options_warming, OPTIONS_MODEL, options_file),
    .formats = "svg|png",
    .runs_ensemble = true,
    .answer = answer_query};
