/** @file scenario_resume.c
 * @brief Going on with an interrupted assessment.
 *
 * Results are written in the order of scenarios, so that what was written is a beginning of what is
 * to be written: it is cut to the scenarios that are complete, and those are not run again.
 */
#include "scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"

/* A number that two runs share only if they have the same emissions and method (FNV-1a). */
static uint64_t add_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static uint64_t add_text(uint64_t hash, const char *text)
{
    return add_bytes(hash, text, strlen(text) + 1);
}

static uint64_t fingerprint(const stk_iamc *infilled, const stk_method *method)
{
    const stk_postprocess_options *o = stk_method_postprocess(method);
    uint64_t hash = UINT64_C(14695981039346656037);
    hash = add_text(hash, stk_version());
    hash = add_text(hash, stk_method_name(method));
    hash = add_text(hash, stk_method_version(method));
    hash = add_bytes(hash, o->percentiles, o->percentile_count * sizeof(double));
    hash = add_bytes(hash, o->peak_percentiles, o->peak_percentile_count * sizeof(double));
    hash = add_bytes(hash, o->exceedance_k, o->exceedance_count * sizeof(double));
    hash = add_bytes(hash, o->years, sizeof o->years);
    for (size_t r = 0; r < infilled->row_count; r++) {
        const stk_iamc_row *row = &infilled->rows[r];
        hash = add_text(add_text(add_text(hash, row->model), row->scenario), row->variable);
        hash = add_bytes(hash, row->values, (size_t)infilled->year_count * sizeof(double));
    }
    return hash;
}

static bool has_mark(const char *path, const char *mark)
{
    char found[32] = "";
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        found[fread(found, 1, sizeof found - 1, file)] = '\0';
        fclose(file);
    }
    return strcmp(found, mark) == 0;
}

/* Size of the first `lines` lines; `*count` receives how many there are when there are fewer. */
static size_t size_of_lines(stk_text text, size_t lines, size_t *count)
{
    size_t size = 0;
    bool quoted = false;
    *count = 0;
    for (size_t i = 0; i < text.size && *count < lines; i++) {
        quoted = quoted != (text.data[i] == '"');
        if (text.data[i] == '\n' && !quoted) {
            size = i + 1;
            ++*count;
        }
    }
    return size;
}

static stk_status read_done(stk_text meta, size_t most, scenario_done *done,
                            stk_status (*take)(void *, const char *, const char *,
                                               const stk_category_warming *, stk_error *),
                            void *user, const char *model, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    bool more = true;
    char name[128];
    snprintf(name, sizeof name, "median peak warming (%.60s)", model);
    stk_status status = stk_csv_open(&csv, (stk_source){"meta.csv.part", meta}, &arena, error);
    int peak = status == STK_OK ? stk_csv_find(&csv, name) : -1;
    snprintf(name, sizeof name, "median warming in 2100 (%.60s)", model);
    int last = status == STK_OK ? stk_csv_find(&csv, name) : -1;
    done->names = stk_iamc_new("", 0, 0);
    while (status == STK_OK && done->count < most) {
        status = stk_csv_next(&csv, &more, error);
        if (status != STK_OK || !more) {
            break;
        }
        stk_category_warming inputs = {NAN, NAN, NAN, NAN};
        double *values;
        const char *texts[4];
        for (size_t i = 0; i < 4; i++) {
            texts[i] = stk_arena_string(&arena, csv.fields[i]);
        }
        stk_iamc_row row = {texts[0], texts[1], "World", "", "", csv.line, NULL};
        status = stk_csv_number(&csv, peak, &inputs.p50_peak, error);
        status = status != STK_OK ? status : stk_csv_number(&csv, last, &inputs.p50_2100, error);
        status = status != STK_OK ? status : stk_iamc_add(done->names, &row, &values, error);
        status = status != STK_OK ? status : take(user, texts[2], texts[3], &inputs, error);
        done->count++;
    }
    stk_arena_free(&arena);
    return status;
}

static stk_status cut(const char *path, size_t size, stk_error *error)
{
    return truncate(path, (off_t)size) == 0
               ? STK_OK
               : stk_error_at(error, STK_EIO, path, 0, 0, "cannot be cut to what is complete");
}

static stk_status mark_folder(const char *path, const char *mark, stk_error *error)
{
    return stk_file_write(path, stk_text_of(mark), error);
}

stk_status
scenario_find_done(const char *folder, const stk_iamc *infilled, const stk_method *method,
                   size_t rows, bool resume, scenario_done *done,
                   stk_status (*take)(void *user, const char *category, const char *title,
                                      const stk_category_warming *inputs, stk_error *error),
                   void *user, stk_error *error)
{
    char mark[32];
    char paths[2][1040];
    stk_text texts[2] = {{NULL, 0}, {NULL, 0}};
    size_t lines[2];
    snprintf(mark, sizeof mark, "%016llx\n", (unsigned long long)fingerprint(infilled, method));
    snprintf(done->marker, sizeof done->marker, "%.1000s/resume.part", folder);
    snprintf(paths[0], sizeof paths[0], "%.1000s/meta.csv.part", folder);
    snprintf(paths[1], sizeof paths[1], "%.1000s/climate.csv.part", folder);
    bool go_on = resume && has_mark(done->marker, mark) &&
                 stk_file_read(paths[0], &texts[0], NULL) == STK_OK &&
                 stk_file_read(paths[1], &texts[1], NULL) == STK_OK;
    stk_status status = STK_OK;
    if (go_on) {
        size_of_lines(texts[0], SIZE_MAX, &lines[0]);
        size_of_lines(texts[1], SIZE_MAX, &lines[1]);
        size_t whole = lines[1] == 0 ? 0 : (lines[1] - 1) / rows;
        whole = lines[0] == 0 ? 0 : lines[0] - 1 < whole ? lines[0] - 1 : whole;
        if (whole > 0) {
            stk_text meta = {texts[0].data, size_of_lines(texts[0], whole + 1, &lines[0])};
            size_t climate = size_of_lines(texts[1], whole * rows + 1, &lines[1]);
            const char *model = stk_method_postprocess(method)->model;
            status = read_done(meta, whole, done, take, user, model, error);
            status = status != STK_OK ? status : cut(paths[0], meta.size, error);
            status = status != STK_OK ? status : cut(paths[1], climate, error);
        }
    }
    free((char *)texts[0].data);
    free((char *)texts[1].data);
    return status != STK_OK || done->count > 0 ? status : mark_folder(done->marker, mark, error);
}

void scenario_done_free(scenario_done *done)
{
    stk_iamc_free(done->names);
    done->names = NULL;
}
