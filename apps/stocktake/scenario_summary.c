/** @file scenario_summary.c
 * @brief How many scenarios fell in each category, for the end of the run.
 */
#include "scenario_assessment.h"

#include <stdlib.h>
#include <string.h>

static scenario_tally *find_tally(assessment *a, const char *name, const char *title)
{
    size_t c = 0;
    while (c < a->tally_count && strcmp(a->tallies[c].name, name) != 0) {
        c++;
    }
    if (c == a->tally_count && c < CATEGORIES_MAX) {
        scenario_tally *t = &a->tallies[a->tally_count++];
        snprintf(t->name, sizeof t->name, "%s", name);
        snprintf(t->title, sizeof t->title, "%s", title);
    }
    return c == CATEGORIES_MAX ? NULL : &a->tallies[c];
}

/* Make room in steps of powers of two. */
static stk_status reserve(scenario_tally *t, size_t more, stk_error *error)
{
    size_t needed = t->count + more;
    size_t size = 64;
    while (size < needed) {
        size *= 2;
    }
    double *peaks = realloc(t->peaks, size * sizeof *peaks);
    t->peaks = peaks == NULL ? t->peaks : peaks;
    double *lasts = realloc(t->lasts, size * sizeof *lasts);
    t->lasts = lasts == NULL ? t->lasts : lasts;
    return peaks != NULL && lasts != NULL ? STK_OK
                                          : stk_error_set(error, STK_EMEM, "out of memory");
}

stk_status scenario_count_category(assessment *a, const char *name, const char *title,
                                   const stk_category_warming *inputs, stk_error *error)
{
    scenario_tally *t = find_tally(a, name, title);
    if (t == NULL) {
        return STK_OK;
    }
    stk_status status = reserve(t, 1, error);
    if (status == STK_OK) {
        t->peaks[t->count] = inputs->p50_peak;
        t->lasts[t->count++] = inputs->p50_2100;
    }
    return status;
}

/* A tally, then its peaks, then its values of the last year. */
static void write_tally(stk_buffer *out, const scenario_tally *t)
{
    size_t size = t->count * sizeof(double);
    stk_buffer_append(out, (stk_text){(const char *)t, sizeof *t});
    if (size > 0) {
        stk_buffer_append(out, (stk_text){(const char *)t->peaks, size});
        stk_buffer_append(out, (stk_text){(const char *)t->lasts, size});
    }
}

static stk_status take_tally(assessment *a, const char **at, stk_error *error)
{
    scenario_tally found;
    memcpy(&found, *at, sizeof found);
    *at += sizeof found;
    size_t size = found.count * sizeof(double);
    scenario_tally *t = find_tally(a, found.name, found.title);
    if (t != NULL && size > 0) {
        stk_status status = reserve(t, found.count, error);
        if (status != STK_OK) {
            return status;
        }
        memcpy(t->peaks + t->count, *at, size);
        memcpy(t->lasts + t->count, *at + size, size);
        t->count += found.count;
    }
    *at += 2 * size;
    return STK_OK;
}

stk_status scenario_gather_tallies(assessment *a, stk_error *error)
{
    stk_buffer own = {0};
    stk_buffer all = {0};
    for (size_t c = 0; c < a->tally_count; c++) {
        write_tally(&own, &a->tallies[c]);
    }
    stk_status status = ranks_agree(a->ranks, stk_buffer_status(&own, error), error);
    if (status == STK_OK) {
        ranks_gather(a->ranks, own.data, own.size, &all);
        scenario_free_tallies(a);
        status = stk_buffer_status(&all, error);
        const char *at = all.data;
        while (status == STK_OK && all.size > 0 && at < all.data + all.size) {
            status = take_tally(a, &at, error);
        }
        status = ranks_agree(a->ranks, status, error);
    }
    stk_buffer_free(&own);
    stk_buffer_free(&all);
    return status;
}

static int compare_numbers(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;
    return (a > b) - (a < b);
}

static int compare_tallies(const void *x, const void *y)
{
    return strcmp(((const scenario_tally *)x)->name, ((const scenario_tally *)y)->name);
}

stk_status scenario_print_summary(assessment *a, stk_error *error)
{
    static const stk_column columns[] = {{"category", "Category", STK_COLUMN_TEXT},
                                         {"scenarios", "Scenarios", STK_COLUMN_INTEGER},
                                         {"median_peak_k", "Median peak (K)", 2},
                                         {"median_2100_k", "Median 2100 (K)", 2},
                                         {"title", "Meaning", STK_COLUMN_TEXT}};
    stk_buffer buffer = {0};
    stk_table *table = stk_table_new(columns, 5);
    qsort(a->tallies, a->tally_count, sizeof *a->tallies, compare_tallies);
    for (size_t c = 0; c < a->tally_count; c++) {
        scenario_tally *t = &a->tallies[c];
        qsort(t->peaks, t->count, sizeof *t->peaks, compare_numbers);
        qsort(t->lasts, t->count, sizeof *t->lasts, compare_numbers);
        stk_table_text(table, t->name);
        stk_table_number(table, (double)t->count);
        stk_table_number(table, stk_percentile(t->peaks, t->count, 50));
        stk_table_number(table, stk_percentile(t->lasts, t->count, 50));
        stk_table_text(table, t->title);
    }
    stk_status status = stk_table_write(table, STK_FORMAT_TEXT, &buffer, error);
    if (status == STK_OK) {
        fwrite(buffer.data, 1, buffer.size, stdout);
    }
    stk_buffer_free(&buffer);
    stk_table_free(table);
    return status;
}

void scenario_free_tallies(assessment *a)
{
    for (size_t c = 0; c < a->tally_count; c++) {
        free(a->tallies[c].peaks);
        free(a->tallies[c].lasts);
    }
    memset(a->tallies, 0, sizeof a->tallies);
    a->tally_count = 0;
}
