/** @file file.c
 * @brief Invented worlds in CSV: areas by year, and the world's pathway.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "equity/file_impl.h"

enum { AREAS_MAX = 10000, YEARS_MAX = 1000, QUANTITIES = 4 };

static size_t year_count(const stk_equity_file *file)
{
    return (size_t)(file->world.last_year - file->world.first_year + 1);
}

size_t file_area(const stk_equity_file *file, stk_text code)
{
    size_t a = 0;
    while (a < file->world.count && !stk_text_equal(code, file->codes[a])) {
        a++;
    }
    return a;
}

/* ---- numbers ---- */

/* A number that must be there. */
static stk_status read_number(const stk_csv *csv, int column, double *value, stk_error *error)
{
    stk_status status = stk_csv_number_within(csv, column, &stk_csv_any, value, error);
    return status != STK_OK || isfinite(*value) ? status
                                                : stk_csv_refuse(csv, column, error, "a number");
}

static stk_status read_positive(const stk_csv *csv, int column, double *value, stk_error *error)
{
    stk_status status = read_number(csv, column, value, error);
    return status != STK_OK || *value > 0 ? status
                                          : stk_csv_refuse(csv, column, error, "a number above 0");
}

static stk_status read_gini(const stk_csv *csv, int column, double *value, stk_error *error)
{
    stk_status status = read_number(csv, column, value, error);
    return status != STK_OK || (*value > 0 && *value < 100)
               ? status
               : stk_csv_refuse(csv, column, error, "a number between 0 and 100");
}

/* ---- the pathway: its years are those of the world ---- */

static stk_status read_pathway_row(stk_equity_file *file, const stk_csv *csv, const int *columns,
                                   stk_error *error)
{
    stk_equity_world *w = &file->world;
    int year;
    double mt;
    double co2_mt;
    stk_status status;
    STK_TRY(stk_csv_integer(csv, columns[0], 0, &year, error));
    if (w->first_year == 0) {
        w->first_year = year;
        w->last_year = year - 1;
    }
    bool next = year == w->last_year + 1 && year > 0 && year - w->first_year < YEARS_MAX;
    if (!next) {
        STK_TRY(stk_csv_refuse(csv, columns[0], error, "%d, the year after the one before",
                               w->last_year + 1));
    }
    STK_TRY(read_number(csv, columns[1], &mt, error));
    STK_TRY(read_number(csv, columns[2], &co2_mt, error));
    w->last_year = year;
    file->world_mt[year - w->first_year] = mt;
    file->world_co2_mt[year - w->first_year] = co2_mt;
done:
    return status;
}

static stk_status read_pathway(stk_equity_file *file, stk_source source, stk_error *error)
{
    static const char *const names[] = {"year", "world_mt", "world_co2_mt"};
    stk_csv csv;
    int columns[3];
    stk_status status;
    file->world_mt = stk_arena_alloc(&file->arena, YEARS_MAX, sizeof(double));
    file->world_co2_mt = stk_arena_alloc(&file->arena, YEARS_MAX, sizeof(double));
    if (file->world_mt == NULL || file->world_co2_mt == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open(&csv, source, &file->arena, error));
    STK_TRY(stk_csv_columns(&csv, names, 3, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = read_pathway_row(file, &csv, columns, error);
    }
    if (status == STK_OK && file->world.first_year == 0) {
        status = stk_error_set(error, STK_EFORMAT, "%s has no row", source.name);
    }
done:
    return status;
}

/* ---- areas ---- */

static stk_status add_area(stk_equity_file *file, const stk_csv *csv, int column, size_t *area,
                           stk_error *error)
{
    stk_text code = stk_csv_field(csv, column);
    size_t values = QUANTITIES * year_count(file);
    *area = file->world.count;
    if (code.size == 0 || code.size > 40 || *area == AREAS_MAX) {
        return stk_csv_refuse(csv, column, error,
                              "a code of 1 to 40 characters, of %d areas at most", AREAS_MAX);
    }
    if (*area == file->capacity) {
        size_t more = 2 * file->capacity + 16;
        char **codes = stk_arena_alloc(&file->arena, more, sizeof *codes);
        double **columns = stk_arena_alloc(&file->arena, more, sizeof *columns);
        if (codes == NULL || columns == NULL) {
            return stk_error_memory(error);
        }
        for (size_t i = 0; i < *area; i++) {
            codes[i] = file->codes[i];
            columns[i] = file->columns[i];
        }
        file->codes = codes;
        file->columns = columns;
        file->capacity = more;
    }
    file->codes[*area] = stk_arena_string(&file->arena, code);
    file->columns[*area] = stk_arena_alloc(&file->arena, values, sizeof(double));
    if (file->codes[*area] == NULL || file->columns[*area] == NULL) {
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < values; i++) {
        file->columns[*area][i] = NAN;
    }
    file->world.count++;
    return STK_OK;
}

static stk_status read_area_row(stk_equity_file *file, const stk_csv *csv, const int *columns,
                                size_t *last, stk_error *error)
{
    const stk_equity_world *w = &file->world;
    size_t years = year_count(file);
    stk_text code = stk_csv_field(csv, columns[0]);
    int year;
    stk_status status = STK_OK;
    if (*last >= w->count || !stk_text_equal(code, file->codes[*last])) {
        *last = file_area(file, code);
    }
    if (*last == w->count) {
        STK_TRY(add_area(file, csv, columns[0], last, error));
    }
    STK_TRY(stk_csv_integer(csv, columns[1], 0, &year, error));
    if (year < w->first_year || year > w->last_year) {
        STK_TRY(stk_csv_refuse(csv, columns[1], error, "%d to %d, the years of the pathway",
                               w->first_year, w->last_year));
    }
    double *at = &file->columns[*last][year - w->first_year];
    if (!isnan(at[0])) {
        STK_TRY(stk_csv_refuse(csv, columns[1], error, "one row for each area and year"));
    }
    STK_TRY(read_positive(csv, columns[2], &at[0], error));
    STK_TRY(read_positive(csv, columns[3], &at[years], error));
    STK_TRY(read_number(csv, columns[4], &at[2 * years], error));
    STK_TRY(read_gini(csv, columns[5], &at[3 * years], error));
done:
    return status;
}

static stk_status read_areas(stk_equity_file *file, stk_source source, stk_error *error)
{
    static const char *const names[] = {"area",  "year",         "population_m",
                                        "gdp_m", "emissions_mt", "gini_percent"};
    stk_csv csv;
    int columns[6];
    size_t last = 0;
    stk_status status;
    STK_TRY(stk_csv_open(&csv, source, &file->arena, error));
    STK_TRY(stk_csv_columns(&csv, names, 6, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        status = read_area_row(file, &csv, columns, &last, error);
    }
    for (size_t a = 0; a < file->world.count && status == STK_OK; a++) {
        for (size_t i = 0; i < year_count(file) && status == STK_OK; i++) {
            if (isnan(file->columns[a][i])) {
                status = stk_error_set(error, STK_EDATA, "%s: %s has no row for %d", source.name,
                                       file->codes[a], file->world.first_year + (int)i);
            }
        }
    }
    if (status == STK_OK && file->world.count == 0) {
        status = stk_error_set(error, STK_EFORMAT, "%s has no row", source.name);
    }
done:
    return status;
}

/* ---- the world of both ---- */

static const double *gather(stk_equity_file *file, size_t quantity)
{
    size_t years = year_count(file);
    double *values = stk_arena_alloc(&file->arena, file->world.count * years, sizeof *values);
    for (size_t a = 0; a < file->world.count && values != NULL; a++) {
        memcpy(&values[a * years], &file->columns[a][quantity * years], years * sizeof *values);
    }
    return values;
}

/* Up to the last year of data the pathway is the sum of the areas, but for the digits of files. */
static stk_status find_now(stk_equity_file *file, const char *areas, const char *pathway,
                           stk_error *error)
{
    const double digits = 1e-4;
    stk_equity_world *w = &file->world;
    w->now = 0;
    for (int year = w->first_year; year <= w->last_year; year++) {
        size_t i = (size_t)(year - w->first_year);
        double sum = 0;
        for (size_t a = 0; a < w->count; a++) {
            sum += file->columns[a][2 * year_count(file) + i];
        }
        if (sum > 0 && fabs(sum - w->world_mt[i]) <= digits * sum) {
            w->now = year;
        }
    }
    return w->now != 0 && w->now < w->last_year
               ? STK_OK
               : stk_error_set(error, STK_EDATA,
                               "%s and %s: no last year of data; in the years up to it the areas' "
                               "emissions must add up to world_mt, and a year must follow it",
                               areas, pathway);
}

stk_status stk_equity_file_read(const char *areas_name, stk_text areas, const char *pathway_name,
                                stk_text pathway, stk_equity_file **read, stk_error *error)
{
    enum { USUAL_THRESHOLD = 7500 };
    stk_equity_file *file = calloc(1, sizeof *file);
    *read = NULL;
    if (file == NULL) {
        return stk_error_memory(error);
    }
    stk_equity_world *w = &file->world;
    stk_status status;
    file->threshold = USUAL_THRESHOLD;
    STK_TRY(read_pathway(file, (stk_source){pathway_name, pathway}, error));
    STK_TRY(read_areas(file, (stk_source){areas_name, areas}, error));
    w->codes = (const char *const *)file->codes;
    w->population = gather(file, 0);
    w->gdp = gather(file, 1);
    w->emissions_mt = gather(file, 2);
    w->people_gini_pct = gather(file, 3);
    w->world_mt = file->world_mt;
    if (w->population == NULL || w->gdp == NULL || w->emissions_mt == NULL ||
        w->people_gini_pct == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    STK_TRY(find_now(file, areas_name, pathway_name, error));
    STK_TRY(stk_equity_open(w, &file->opened, error));
    *read = file;
done:
    if (status != STK_OK) {
        stk_equity_file_free(file);
    }
    return status;
}

void stk_equity_file_free(stk_equity_file *file)
{
    if (file != NULL) {
        stk_equity_free(file->opened);
        stk_arena_free(&file->arena);
        free(file);
    }
}

const stk_equity_world *stk_equity_file_world(const stk_equity_file *file)
{
    return &file->world;
}

void stk_equity_file_threshold(stk_equity_file *file, double threshold)
{
    file->threshold = threshold;
}

/* ---- warming ---- */

stk_status stk_equity_file_theta(stk_equity_file *file, const char *name, stk_text content,
                                 stk_error *error)
{
    enum { POINTS_MAX = 1000 };
    static const char *const names[] = {"warming_k", "world_mt"};
    stk_csv csv;
    int columns[2];
    size_t count = 0;
    double *k = stk_arena_alloc(&file->arena, POINTS_MAX, sizeof *k);
    double *mt = stk_arena_alloc(&file->arena, POINTS_MAX, sizeof *mt);
    stk_status status;
    if (k == NULL || mt == NULL) {
        return stk_error_memory(error);
    }
    STK_TRY(stk_csv_open(&csv, (stk_source){name, content}, &file->arena, error));
    STK_TRY(stk_csv_columns(&csv, names, 2, columns, error));
    while (stk_csv_each(&csv, &status, error)) {
        if (count == POINTS_MAX) {
            STK_TRY(stk_csv_refuse(&csv, columns[0], error, "%d rows at most", POINTS_MAX));
        }
        STK_TRY(read_number(&csv, columns[0], &k[count], error));
        STK_TRY(read_number(&csv, columns[1], &mt[count], error));
        if (count > 0 && !(k[count] > k[count - 1])) {
            STK_TRY(stk_csv_refuse(&csv, columns[0], error, "more than in the row before"));
        }
        count++;
    }
    file->theta = (stk_equity_theta){count, k, mt};
done:
    return status;
}
