/** @file chart_terminal.c
 * @brief A Party in characters: history, baseline, pathways, targets.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

enum { HEIGHT = 16, MARGIN = 9, YEAR_FIRST = 1990, YEAR_LAST = 2050, WIDTH_MAX = 200 };

/* One cell of the canvas holds a UTF-8 character; later layers overwrite earlier ones. */
typedef struct canvas {
    const char *cells[HEIGHT][WIDTH_MAX];
    int width;
    double top;
} canvas;

static int column_of(const canvas *c, int year)
{
    return (year - YEAR_FIRST) * (c->width - 1) / (YEAR_LAST - YEAR_FIRST);
}

static void plot_at(canvas *c, int column, double mt, const char *mark)
{
    if (isnan(mt) || mt < 0 || c->top <= 0) {
        return;
    }
    int row = HEIGHT - 1 - (int)lround(mt / c->top * (HEIGHT - 1));
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

/* A round number at least as large as any value: 1, 2, 2.5 or 5 times a power of ten. */
static double round_top(double largest)
{
    static const double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    double scale = pow(10, floor(log10(largest)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i] * scale >= largest) {
            return steps[i] * scale;
        }
    }
    return 10 * scale;
}

static double find_top(const stk_national *n)
{
    double largest = 0;
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        int i = year - STK_PATH_FIRST;
        largest = fmax(largest, fmax(n->baseline[i], n->path[0][0][i]));
    }
    return largest > 0 ? round_top(largest) : 0;
}

static void write_canvas(const canvas *c, stk_buffer *out)
{
    for (int row = 0; row < HEIGHT; row++) {
        if (row % 3 == 0) { /* fifths of the top, which is a round number */
            double value = c->top * (HEIGHT - 1 - row) / (HEIGHT - 1);
            stk_buffer label = {0};
            stk_buffer_decimal(&label, value, c->top < 10 ? 2 : 0);
            stk_buffer_fill(out, ' ', MARGIN - 2 > label.size ? MARGIN - 2 - label.size : 0);
            stk_buffer_append(out, (stk_text){label.data, label.size});
            stk_buffer_text(out, " ┤");
            stk_buffer_free(&label);
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
    memset(&c, 0, sizeof c);
    width = width < 40 ? 40 : width;
    c.width = width - MARGIN > WIDTH_MAX ? WIDTH_MAX : width - MARGIN;
    c.top = find_top(national);
    plot_path(&c, national->baseline, history_last, YEAR_LAST, "·");
    plot_path(&c, national->path[STK_CONDITIONAL][STK_HIGH], history_last, YEAR_LAST, "∘");
    plot_path(&c, national->path[STK_UNCONDITIONAL][STK_LOW], history_last, YEAR_LAST, "•");
    plot_path(&c, national->baseline, YEAR_FIRST, history_last, "█");
    for (int i = 0; i < national->target_count; i++) {
        const stk_actor_target *t = &national->targets[i];
        for (int k = 0; k < STK_CONDITIONS * STK_AMBITIONS && t->year <= YEAR_LAST; k++) {
            plot_at(&c, column_of(&c, t->year),
                    t->level[k / STK_AMBITIONS][k % STK_AMBITIONS].excl_mt, "◆");
        }
    }
    write_canvas(&c, buffer);
    write_years(&c, buffer);
    stk_buffer_text(buffer, "         █ history  · baseline  • unconditional, low  ∘ conditional, "
                            "high  ◆ target\n");
}
