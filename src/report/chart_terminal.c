/** @file chart_terminal.c
 * @brief A Party in characters: history, baseline, pathways, targets.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "report/report.h"
#include "report/svg.h"

enum { HEIGHT = 16, PARTS = 5, MARGIN = 9, YEAR_FIRST = 1990, YEAR_LAST = 2050, WIDTH_MAX = 200 };

/* One cell of the canvas holds a UTF-8 character; later layers overwrite earlier ones. */
typedef struct canvas {
    const char *cells[HEIGHT][WIDTH_MAX];
    int width;
    double low; /* of the lowest row; 0 unless something is below */
    double top;
} canvas;

static int column_of(const canvas *c, int year)
{
    return (year - YEAR_FIRST) * (c->width - 1) / (YEAR_LAST - YEAR_FIRST);
}

static void plot_at(canvas *c, int column, double mt, const char *mark)
{
    if (isnan(mt) || c->top <= c->low) {
        return;
    }
    int row = HEIGHT - 1 - (int)lround((mt - c->low) / (c->top - c->low) * (HEIGHT - 1));
    if (row >= 0 && row < HEIGHT) {
        c->cells[row][column] = mark;
    }
}

/* Column by column, so that a wide terminal leaves no gaps between the years. */
static void plot_path(canvas *c, const double *path, int from, int to, const char *mark)
{
    for (int column = column_of(c, from); column <= column_of(c, to); column++) {
        double year = YEAR_FIRST + (double)column * (YEAR_LAST - YEAR_FIRST) / (c->width - 1);
        int before = (int)floor(year);
        before = before < from ? from : before >= to ? to - 1 : before;
        double share = year - before;
        double mt =
            path[before - STK_PATH_FIRST] * (1 - share) + path[before + 1 - STK_PATH_FIRST] * share;
        plot_at(c, column, mt, mark);
    }
}

/* The smallest round step of which PARTS reach from below all values to above them, with zero
 * between two of them or at the end. */
static double find_step(double least, double most)
{
    static const double steps[] = {1, 1.2, 1.5, 1.6, 2, 2.5, 3, 4, 5, 6, 8, 10};
    double scale = stk_pow(10, floor(stk_log10((most - least) / PARTS)));
    for (;;) {
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            double step = steps[i] * scale;
            if (ceil(most / step - 1e-9) + ceil(-least / step - 1e-9) <= PARTS) {
                return step;
            }
        }
        scale *= 10;
    }
}

static void find_limits(const stk_national *n, double *least, double *most)
{
    *least = 0;
    *most = 0;
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        int i = year - STK_PATH_FIRST;
        const double drawn[] = {n->baseline[i], n->path[STK_UNCONDITIONAL][STK_LOW][i],
                                n->path[STK_CONDITIONAL][STK_HIGH][i]};
        for (size_t k = 0; k < sizeof drawn / sizeof *drawn; k++) {
            *least = fmin(*least, drawn[k]);
            *most = fmax(*most, drawn[k]);
        }
    }
    for (int i = 0; i < n->target_count; i++) {
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS; k++) {
            double mt = stk_report_target_mt(n, &n->targets[i], k);
            bool drawn = n->targets[i].year <= YEAR_LAST && !isnan(mt);
            *least = drawn ? fmin(*least, mt) : *least;
            *most = drawn ? fmax(*most, mt) : *most;
        }
    }
}

/* Limits of the axis, and a line at zero where something lies below. */
static void set_axis(canvas *c, const stk_national *n)
{
    double least;
    double most;
    find_limits(n, &least, &most);
    if (most <= least) {
        return;
    }
    double step = find_step(least, most);
    c->low = -step * ceil(-least / step - 1e-9);
    c->top = c->low + PARTS * step;
    for (int column = 0; c->low < 0 && column < c->width; column++) {
        plot_at(c, column, 0, "─");
    }
}

/* Digits are bytes, the minus sign is three. */
static size_t columns_of(const char *text)
{
    size_t columns = 0;
    for (; *text != '\0'; text++) {
        columns += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
    }
    return columns;
}

static void write_value(const canvas *c, int row, stk_buffer *out)
{
    char label[SVG_NUMBER_SIZE];
    double value = c->low + (c->top - c->low) * (HEIGHT - 1 - row) / (HEIGHT - 1);
    svg_decimal(label, value, c->top - c->low < 10 ? 2 : 0);
    size_t columns = columns_of(label);
    stk_buffer_fill(out, ' ', MARGIN - 2 > columns ? MARGIN - 2 - columns : 0);
    stk_buffer_text(out, label);
    stk_buffer_text(out, " ┤");
}

static void write_canvas(const canvas *c, stk_buffer *out)
{
    for (int row = 0; row < HEIGHT; row++) {
        if (row % (HEIGHT / PARTS) == 0) { /* a multiple of the step, which is a round number */
            write_value(c, row, out);
        } else {
            stk_buffer_fill(out, ' ', MARGIN - 1);
            stk_buffer_text(out, "│");
        }
        int last = c->width - 1;
        while (last >= 0 && c->cells[row][last] == NULL) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            stk_buffer_text(out, c->cells[row][i] == NULL ? " " : c->cells[row][i]);
        }
        stk_buffer_text(out, "\n");
    }
}

static void write_years(const canvas *c, stk_buffer *out)
{
    int at = 0;
    stk_buffer_fill(out, ' ', MARGIN - 1);
    stk_buffer_text(out, "└");
    for (int i = 0; i < c->width; i++) {
        stk_buffer_text(out, "─");
    }
    stk_buffer_text(out, "\n");
    stk_buffer_fill(out, ' ', MARGIN);
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year += 10) {
        int column = column_of(c, year);
        column = column > c->width - 4 ? c->width - 4 : column;
        stk_buffer_fill(out, ' ', column > at ? (size_t)(column - at) : 0);
        stk_buffer_printf(out, "%d", year);
        at = column + 4;
    }
    stk_buffer_text(out, "\n");
}

void stk_report_chart(const stk_national *national, int history_last, int width, stk_buffer *buffer)
{
    canvas c;
    int first = stk_report_history_first(national, history_last);
    if (first == 0) {
        stk_buffer_text(buffer, "There are no emissions in the data to draw.\n");
        return;
    }
    memset(&c, 0, sizeof c);
    width = width < 40 ? 40 : width;
    c.width = width - MARGIN > WIDTH_MAX ? WIDTH_MAX : width - MARGIN;
    set_axis(&c, national);
    plot_path(&c, national->baseline, history_last, YEAR_LAST, "·");
    plot_path(&c, national->path[STK_CONDITIONAL][STK_HIGH], history_last, YEAR_LAST, "∘");
    plot_path(&c, national->path[STK_UNCONDITIONAL][STK_LOW], history_last, YEAR_LAST, "•");
    plot_path(&c, national->baseline, first, history_last, "█");
    for (int i = 0; i < national->target_count; i++) {
        const stk_actor_target *t = &national->targets[i];
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS && t->year <= YEAR_LAST; k++) {
            plot_at(&c, column_of(&c, t->year), stk_report_target_mt(national, t, k), "◆");
        }
    }
    write_canvas(&c, buffer);
    write_years(&c, buffer);
    stk_buffer_text(buffer, "         █ history  · baseline  • unconditional, low  ∘ conditional, "
                            "high  ◆ target\n");
}
