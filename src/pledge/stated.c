/** @file stated.c
 * @brief What a target states, in words.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <stocktake/pledge.h>

typedef struct wording {
    char *out;
    size_t size;
    size_t used;
} wording;

static void say(wording *w, const char *text)
{
    size_t left = w->size - w->used;
    int length = left > 0 ? stk_print(w->out + w->used, left, "%s", text) : 0;
    w->used += length < 0 ? 0 : (size_t)length;
    w->used = w->used < w->size ? w->used : w->size - 1;
}

/* "45", or "45-50". */
static void say_range(wording *w, double a, double b)
{
    char low[STK_NUMBER_SIZE];
    char high[STK_NUMBER_SIZE];
    stk_number_format(fmin(a, b), low);
    stk_number_format(fmax(a, b), high);
    say(w, low);
    if (strcmp(low, high) != 0) {
        say(w, low[0] == '-' || high[0] == '-' ? " to " : "-");
        say(w, high);
    }
}

/* What a cut is held against. */
static void say_reference(wording *w, const stk_target *t, bool above)
{
    char year[16];
    stk_print(year, sizeof year, "%d", t->reference_year);
    say(w, t->per_gdp ? " per GDP" : t->per_capita ? " per head" : "");
    if (t->kind == STK_TARGET_BASELINE) {
        say(w, above ? " above its baseline" : " below its baseline");
    } else if (t->kind == STK_TARGET_PEAK) {
        say(w, " below its peak");
    } else if (t->reference_year != 0) {
        say(w, above ? " above " : " below ");
        say(w, year);
    }
}

static void say_reduction(wording *w, const stk_target *t)
{
    double a = t->reduction_pct[STK_LOW];
    double b = isnan(t->reduction_pct[STK_HIGH]) ? a : t->reduction_pct[STK_HIGH];
    bool above = fmax(a, b) < 0;
    say_range(w, above ? -a : a, above ? -b : b);
    say(w, " %");
    say_reference(w, t, above);
}

static void say_years(wording *w, const stk_target *t)
{
    char years[48];
    if (t->sum_from != 0) {
        stk_print(years, sizeof years, " in %d to %d together", t->sum_from, t->sum_to);
        say(w, years);
    }
}

void stk_target_stated(const stk_target *t, char out[STK_STATED_SIZE])
{
    wording w = {out, STK_STATED_SIZE, 0};
    out[0] = '\0';
    double low = t->level_mt[STK_LOW];
    double high = isnan(t->level_mt[STK_HIGH]) ? low : t->level_mt[STK_HIGH];
    if (!isnan(t->reduction_pct[STK_LOW])) {
        say_reduction(&w, t);
    } else if (!isnan(low)) {
        say_range(&w, low, high);
        say(&w, " Mt");
        say_years(&w, t);
    } else if (!isnan(t->cut_mt)) {
        say_range(&w, t->cut_mt, t->cut_mt);
        say(&w, " Mt");
        say_reference(&w, t, false);
    } else if (t->kind == STK_TARGET_PEAK) {
        say(&w, "a peak");
    }
    if (w.used > 0 && t->sector_only) {
        say(&w, " in some sectors");
    }
}
