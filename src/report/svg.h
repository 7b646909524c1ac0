/** @file svg.h
 * @brief Drawing as SVG: shapes, text that is escaped, axes, and labels that keep apart.
 *
 * Colours and strokes are CSS classes (svg_style()), so that one drawing serves light and dark.
 * Coordinates are pixels from the upper left corner.
 */
#ifndef STK_REPORT_SVG_H
#define STK_REPORT_SVG_H

#include "base/buffer.h"

/** Colours by what they mean, as classes; the same in every chart. Dark enough on white and light
 * enough on black for text, and told apart by readers who do not see red and green. */
#define SVG_HISTORY "c-history"
#define SVG_PLEDGE "c-pledge"
#define SVG_TREND "c-trend"
#define SVG_GOAL "c-goal"        /* 1.5 degrees */
#define SVG_GOAL_2 "c-goal2"     /* 2 degrees */
#define SVG_GOAL_OTHER "c-goal3" /* what is neither */
#define SVG_MUTED "c-muted"

typedef struct svg {
    stk_buffer *out;
    double width;
    double height;
    bool narrow; /**< a telephone's width: fewer ticks, shorter texts */
} svg;

/** The class rules that drawings rely on, without the <style> element. */
const char *svg_style(void);

/** Whether the space at this place must not become the end of a line: between a number and its
 * unit, or a unit and what it measures. */
bool svg_keeps_together(const char *text, size_t space);

/** Append text with the characters that XML reserves escaped, CO2 with its index, and spaces that
 * do not break where svg_keeps_together(). */
void svg_escape(stk_buffer *out, const char *text);

/** The same letter for letter: for commands and checksums. */
void svg_escape_letters(stk_buffer *out, const char *text);

/** Append a coordinate: one decimal, none where it is zero. */
void svg_number(stk_buffer *out, double value);

enum { SVG_NUMBER_SIZE = 48 };

/** A number for readers: fixed decimals, a true minus sign, thousands apart. Returns `out`. */
const char *svg_decimal(char out[SVG_NUMBER_SIZE], double value, int decimals);

/** The same with the sign of a rise; none where it reads as zero. */
const char *svg_change(char out[SVG_NUMBER_SIZE], double change, int decimals);

/** "51.5-52.0" with a true dash, the smaller first; one number where both read the same. */
const char *svg_range(char out[SVG_NUMBER_SIZE], double a, double b, int decimals);

/** The same of sizes, where words say on which side of zero the first of them is. */
const char *svg_size_range(char out[SVG_NUMBER_SIZE], double a, double b, int decimals);

/** @name Shapes
 * `classes` are separated by spaces.
 * @{ */
void svg_line(svg *s, double x1, double y1, double x2, double y2, const char *classes);
void svg_rect(svg *s, double x, double y, double width, double height, const char *classes,
              const char *tooltip);
void svg_dot(svg *s, double x, double y, double radius, const char *classes, const char *tooltip);

/** Text whose anchor is given by a class: `start` (none), `mid` or `end`. */
void svg_text(svg *s, double x, double y, const char *classes, const char *text);
void svg_textf(svg *s, double x, double y, const char *classes, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** A path: start, add points (NaN breaks it), end. */
void svg_path_start(svg *s, const char *classes);
void svg_path_point(svg *s, bool first, double x, double y);
void svg_path_end(svg *s, bool closed);
/** @} */

/** How wide a text is in a sans-serif face, about. */
double svg_text_width(const char *text, double font_size);

/** Cut a text (UTF-8) so that it fits, with an ellipsis where something is cut. */
enum { SVG_FITTED_SIZE = 120 };
const char *svg_fit(char out[SVG_FITTED_SIZE], const char *text, double font_size, double width);

/** @name Axes
 * @{ */

/** A linear scale from values to pixels. */
typedef struct svg_axis {
    double low;
    double high;
    double from; /**< pixel of `low` */
    double to;
} svg_axis;

double svg_at(const svg_axis *axis, double value);

/** A step of 1, 2, 2.5 or 5 times a power of ten that cuts the span into at most `count` parts. */
double svg_step(double span, int count);

/** How many decimals the multiples of a step need. */
int svg_step_decimals(double step);

/** Horizontal grid lines with their values at the left of `x_from`; zero is drawn stronger. */
void svg_grid(svg *s, const svg_axis *y, double x_from, double x_to, double step, int decimals);

/** Vertical grid lines, at most `count` of them, with their values below. */
void svg_columns(svg *s, const svg_axis *x, double top, double bottom, int count);

/** Years below the drawing. */
void svg_years(svg *s, const svg_axis *x, double y, int step);

/** @} */

/** A label beside the end of a line. */
typedef struct svg_label {
    double y; /**< where it wants to be; where it is after svg_place_labels() */
    const char *classes;
    char text[192];
} svg_label;

/** Move labels apart so that neighbours are `spacing` pixels from each other and all lie between
 * `top` and `bottom`; their order from top to bottom is kept. */
void svg_place_labels(svg_label *labels, size_t count, double spacing, double top, double bottom);

#endif
