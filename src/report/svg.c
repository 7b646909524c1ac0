/** @file svg.c
 * @brief Drawing as SVG.
 */
#include "report/svg.h"

#include "base/elementary.h"
#include "chart.css.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"

const char *svg_style(void)
{
    return embedded_chart_css;
}

static void escape_letter(stk_buffer *out, char letter)
{
    switch (letter) {
    case '&':
        stk_buffer_text(out, "&amp;");
        break;
    case '<':
        stk_buffer_text(out, "&lt;");
        break;
    case '>':
        stk_buffer_text(out, "&gt;");
        break;
    case '"':
        stk_buffer_text(out, "&quot;");
        break;
    default:
        if (((unsigned char)letter >= 0x20 && letter != 0x7f) ||
            letter == '\n') { /* XML has no other control bytes */
            stk_buffer_append(out, (stk_text){&letter, 1});
        }
    }
}

/* What is no letter is dropped: XML has no place for some of it, and marks of direction would turn
 * what stands around. Returns the bytes of the character. */
static size_t escape_character(stk_buffer *out, const char *text)
{
    size_t size;
    plain_kind kind = plain_kind_of(text, strnlen(text, 4), &size);
    if (size == 1 && (unsigned char)*text < 0x80) {
        escape_letter(out, *text);
    } else if (kind != PLAIN_CONTROL) {
        stk_buffer_append(out, (stk_text){text, size});
    }
    return size;
}

void svg_escape_letters(stk_buffer *out, const char *text)
{
    while (*text != '\0') {
        text += escape_character(out, text);
    }
}

bool svg_keeps_together(const char *text, size_t space)
{
    static const char *const units[] = {"°C", "%", "Gt", "Mt", "CO2", "years"};
    char before = space == 0 ? ' ' : text[space - 1];
    bool after_unit = before == 't'; /* "Gt CO2e" */
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strncmp(text + space + 1, units[i], strlen(units[i])) == 0 &&
            ((before >= '0' && before <= '9') || (after_unit && units[i][0] == 'C'))) {
            return true;
        }
    }
    return false;
}

void svg_escape(stk_buffer *out, const char *text)
{
    for (size_t i = 0; text[i] != '\0';) {
        if (strncmp(text + i, "CO2", 3) == 0) {
            stk_buffer_text(out, "CO\u2082");
            i += 3;
        } else if (text[i] == ' ' && svg_keeps_together(text, i)) {
            stk_buffer_text(out, "\u00a0");
            i++;
        } else {
            i += escape_character(out, text + i);
        }
    }
}

void svg_number(stk_buffer *out, double value)
{
    double tenths = round(value * 10);
    stk_buffer_decimal(out, tenths / 10, fmod(tenths, 10) == 0 ? 0 : 1);
}

const char *svg_decimal(char out[SVG_NUMBER_SIZE], double value, int decimals)
{
    char text[STK_DECIMAL_SIZE];
    const char *digits = text;
    stk_decimal_text(text, fabs(value) < 1e15 ? value : NAN, decimals);
    size_t size = (size_t)stk_print(out, SVG_NUMBER_SIZE, "%s", digits[0] == '-' ? "\u2212" : "");
    digits += digits[0] == '-';
    size_t whole = strspn(digits, "0123456789");
    for (size_t i = 0; digits[i] != '\0' && size + 2 < SVG_NUMBER_SIZE; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            out[size++] = ',';
        }
        out[size++] = digits[i];
    }
    out[size] = '\0';
    return out;
}

const char *svg_change(char out[SVG_NUMBER_SIZE], double change, int decimals)
{
    char number[SVG_NUMBER_SIZE];
    svg_decimal(number, change, decimals);
    bool shown = strpbrk(number, "123456789") != NULL; /* not "+0.00" */
    stk_print(out, SVG_NUMBER_SIZE, "%s%s", change > 0 && shown ? "+" : "", STK_CUT(number, 40));
    return out;
}

const char *svg_range(char out[SVG_NUMBER_SIZE], double a, double b, int decimals)
{
    char low[SVG_NUMBER_SIZE];
    char high[SVG_NUMBER_SIZE];
    svg_decimal(low, fmin(a, b), decimals);
    svg_decimal(high, fmax(a, b), decimals);
    if (strcmp(low, high) == 0) {
        memcpy(out, low, sizeof low);
    } else {
        stk_print(out, SVG_NUMBER_SIZE, "%s%s%s", STK_CUT(low, 21),
                  fmin(a, b) < 0 ? " to " : "\u2013", STK_CUT(high, 21));
    }
    return out;
}

const char *svg_size_range(char out[SVG_NUMBER_SIZE], double a, double b, int decimals)
{
    double side = a > 0 ? 1 : -1;
    return svg_range(out, side * a, side * b, decimals);
}

/* ---- shapes ---- */

static void attribute(svg *s, const char *name, double value)
{
    stk_buffer_printf(s->out, " %s=\"", name);
    svg_number(s->out, value);
    stk_buffer_text(s->out, "\"");
}

static void end_with_tooltip(svg *s, const char *element, const char *tooltip)
{
    if (tooltip == NULL) {
        stk_buffer_text(s->out, "/>\n");
        return;
    }
    stk_buffer_text(s->out, "><title>");
    svg_escape(s->out, tooltip);
    stk_buffer_printf(s->out, "</title></%s>\n", element);
}

void svg_line(svg *s, double x1, double y1, double x2, double y2, const char *classes)
{
    stk_buffer_printf(s->out, "<line class=\"%s\"", classes);
    attribute(s, "x1", x1);
    attribute(s, "y1", y1);
    attribute(s, "x2", x2);
    attribute(s, "y2", y2);
    stk_buffer_text(s->out, "/>\n");
}

void svg_rect(svg *s, double x, double y, double width, double height, const char *classes,
              const char *tooltip)
{
    stk_buffer_printf(s->out, "<rect class=\"%s\"", classes);
    attribute(s, "x", x);
    attribute(s, "y", y);
    attribute(s, "width", width);
    attribute(s, "height", height);
    end_with_tooltip(s, "rect", tooltip);
}

void svg_dot(svg *s, double x, double y, double radius, const char *classes, const char *tooltip)
{
    stk_buffer_printf(s->out, "<circle class=\"%s\"", classes);
    attribute(s, "cx", x);
    attribute(s, "cy", y);
    attribute(s, "r", radius);
    end_with_tooltip(s, "circle", tooltip);
}

void svg_text(svg *s, double x, double y, const char *classes, const char *text)
{
    stk_buffer_text(s->out, "<text");
    if (classes[0] != '\0') {
        stk_buffer_printf(s->out, " class=\"%s\"", classes);
    }
    attribute(s, "x", x);
    attribute(s, "y", y);
    stk_buffer_text(s->out, ">");
    svg_escape(s->out, text);
    stk_buffer_text(s->out, "</text>\n");
}

void svg_textf(svg *s, double x, double y, const char *classes, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    stk_print_list(text, sizeof text, format, arguments);
    va_end(arguments);
    svg_text(s, x, y, classes, text);
}

void svg_path_start(svg *s, const char *classes)
{
    stk_buffer_printf(s->out, "<path class=\"%s\" d=\"", classes);
}

void svg_path_point(svg *s, bool first, double x, double y)
{
    stk_buffer_text(s->out, first ? "M" : "L");
    svg_number(s->out, x);
    stk_buffer_text(s->out, " ");
    svg_number(s->out, y);
}

void svg_path_end(svg *s, bool closed)
{
    stk_buffer_text(s->out, closed ? "Z\"/>\n" : "\"/>\n");
}

/* ---- text ---- */

/* Widths of Helvetica in thousandths of the font size, in classes that are near enough for room
 * around a label. */
static double letter_width(unsigned char c)
{
    if (c >= 0x80) {
        return (c & 0xc0) == 0x80 ? 0 : 0.56; /* the first byte stands for the character */
    }
    if (strchr("ijl.,:;'|!It()[]fr ", c) != NULL) {
        return 0.3;
    }
    if (strchr("mwMW%@", c) != NULL) {
        return 0.84;
    }
    return c >= 'A' && c <= 'Z' ? 0.69 : 0.55;
}

double svg_text_width(const char *text, double font_size)
{
    double width = 0;
    for (const char *at = text; *at != '\0'; at++) {
        width += letter_width((unsigned char)*at);
    }
    return width * font_size;
}

const char *svg_fit(char out[SVG_FITTED_SIZE], const char *text, double font_size, double width)
{
    static const char dots[] = "\u2026";
    size_t size = strlen(text);
    size = size < SVG_FITTED_SIZE - sizeof dots ? size : SVG_FITTED_SIZE - sizeof dots;
    bool whole = text[size] == '\0';
    for (;;) {
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80) { /* inside a character */
            size--;
        }
        stk_print(out, SVG_FITTED_SIZE, "%.*s%s", (int)size, text, whole ? "" : dots);
        if (size == 0 || svg_text_width(out, font_size) <= width) {
            return out;
        }
        whole = false;
        size--;
        while (size > 0 && text[size - 1] == ' ') {
            size--;
        }
    }
}

/* ---- axes ---- */

double svg_at(const svg_axis *axis, double value)
{
    return axis->from + (value - axis->low) / (axis->high - axis->low) * (axis->to - axis->from);
}

double svg_step(double span, int count)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    if (!(span > 0)) {
        return 1;
    }
    double scale = stk_pow(10, floor(stk_log10(span / count)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (span / (steps[i] * scale) <= count) {
            return steps[i] * scale;
        }
    }
    return 10 * scale;
}

int svg_step_decimals(double step)
{
    int decimals = 0;
    double scaled = step;
    while (decimals < 6 && fabs(scaled - round(scaled)) > 1e-6) {
        scaled *= 10;
        decimals++;
    }
    return decimals;
}

void svg_grid(svg *s, const svg_axis *y, double x_from, double x_to, double step, int decimals)
{
    int count = (int)floor((y->high - y->low) / step + 1e-9);
    for (int i = 0; i <= count; i++) {
        double value = y->low + i * step;
        double at = svg_at(y, value);
        char text[SVG_NUMBER_SIZE];
        svg_line(s, x_from, at, x_to, at, fabs(value) < step * 1e-9 ? "zero" : "grid");
        svg_text(s, x_from - 8, at + 4, "end small " SVG_MUTED, svg_decimal(text, value, decimals));
    }
}

void svg_columns(svg *s, const svg_axis *x, double top, double bottom, int count)
{
    double step = svg_step(x->high - x->low, count);
    int last = (int)floor(x->high / step);
    char text[SVG_NUMBER_SIZE];
    for (int i = (int)ceil(x->low / step); i <= last; i++) {
        double at = svg_at(x, i * step);
        svg_line(s, at, top, at, bottom, "grid");
        svg_decimal(text, i * step, svg_step_decimals(step));
        svg_text(s, at, bottom + 16, "mid small " SVG_MUTED, text);
    }
}

void svg_years(svg *s, const svg_axis *x, double y, int step)
{
    for (int year = (int)ceil(x->low / step) * step; year <= x->high; year += step) {
        svg_line(s, svg_at(x, year), y, svg_at(x, year), y + 5, "zero");
        svg_textf(s, svg_at(x, year), y + 19, "mid small " SVG_MUTED, "%d", year);
    }
}

/* ---- labels ---- */

static int higher_first(const void *a, const void *b)
{
    const svg_label *x = a;
    const svg_label *y = b;
    return x->y == y->y ? strcmp(x->text, y->text) : (x->y > y->y) - (x->y < y->y);
}

void svg_place_labels(svg_label *labels, size_t count, double spacing, double top, double bottom)
{
    qsort(labels, count, sizeof *labels, higher_first);
    for (int round = 0; round < 100; round++) { /* neighbours push each other half the way */
        bool moved = false;
        for (size_t i = 1; i < count; i++) {
            double overlap = spacing - (labels[i].y - labels[i - 1].y);
            if (overlap > 0.01) {
                labels[i - 1].y -= overlap / 2;
                labels[i].y += overlap / 2;
                moved = true;
            }
        }
        if (!moved) {
            break;
        }
    }
    for (size_t i = 0; i < count; i++) {
        double least = i == 0 ? top : labels[i - 1].y + spacing;
        labels[i].y = fmax(labels[i].y, least);
    }
    for (size_t i = count; i-- > 0;) {
        double most = i + 1 == count ? bottom : labels[i + 1].y - spacing;
        labels[i].y = fmin(labels[i].y, most);
    }
}
