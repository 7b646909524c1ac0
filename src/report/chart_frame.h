/** @file chart_frame.h
 * @brief What all charts share: the frame with title, summary and source, and how wide things are.
 */
#ifndef STK_REPORT_CHART_FRAME_H
#define STK_REPORT_CHART_FRAME_H

#include "report/chart.h"
#include "report/svg.h"

/** Where the drawing goes. */
typedef struct chart_frame {
    svg svg;
    const chart_look *look;
    const chart_words *words;
    double left; /**< of the plot */
    double right;
    double top;
    double bottom;
} chart_frame;

/** Start a drawing whose plot is `height` pixels high, with margins for the texts around it. In a
 * file of its own the title stands above and the source below. */
chart_frame chart_start(const chart_words *words, const chart_look *look, double height,
                        double left, double right, stk_buffer *out);
void chart_finish(chart_frame *frame);

/** A line through annual values (NaN breaks it) from one year to another. */
void chart_line(chart_frame *frame, const svg_axis *x, const svg_axis *y, const double *values,
                int first_year, int from, int to, const char *classes);

/** The area between two series of annual values. */
void chart_band(chart_frame *frame, const svg_axis *x, const svg_axis *y, const double *low,
                const double *high, int first_year, int from, int to, const char *classes);

#endif
