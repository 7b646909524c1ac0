/** @file check_netcdf.c
 * @brief Reads a NetCDF file of the command back and holds it against the IAMC table of the same
 * result: check_netcdf FILE.nc FILE.csv
 *
 * Every row of the table must be in the file with the very same numbers, every variable must have
 * the attributes that the CF conventions ask for, and the axes must be those of the table.
 */
#include <math.h>
#include <netcdf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/modules.h>

enum { DIMENSIONS_MAX = 4, TEXT_SIZE = 512 };

static int faults;

static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void complain(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fputc('\n', stderr);
    faults++;
}

static void must(int code)
{
    if (code != NC_NOERR) {
        fprintf(stderr, "NetCDF: %s\n", nc_strerror(code));
        exit(1);
    }
}

static bool attribute(int file, int variable, const char *name, char text[TEXT_SIZE])
{
    size_t length = 0;
    text[0] = '\0';
    if (nc_inq_attlen(file, variable, name, &length) != NC_NOERR || length >= TEXT_SIZE) {
        return false;
    }
    must(nc_get_att_text(file, variable, name, text));
    text[length] = '\0';
    return length > 0;
}

static void need(int file, int variable, const char *name, const char *wanted)
{
    char text[TEXT_SIZE];
    if (!attribute(file, variable, name, text)) {
        complain("no attribute %s", name);
    } else if (wanted != NULL && strcmp(text, wanted) != 0) {
        complain("%s is '%s' instead of '%s'", name, text, wanted);
    }
}

static void check_global(int file)
{
    char source[TEXT_SIZE];
    snprintf(source, sizeof source, "stocktake %s", stk_version());
    need(file, NC_GLOBAL, "Conventions", "CF-1.8");
    need(file, NC_GLOBAL, "source", source);
    need(file, NC_GLOBAL, "edition", "embedded");
    static const char *const others[] = {"title", "command_line", "options",       "inputs",
                                         "as_of", "gwp",          "edition_sha256"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        need(file, NC_GLOBAL, others[i], NULL);
    }
}

/* Strings of an axis, NULL if there is none; free them with free_texts(). */
static char **texts_of(int file, const char *name, size_t *count)
{
    int variable, dimension;
    *count = 1;
    if (nc_inq_varid(file, name, &variable) != NC_NOERR) {
        return NULL;
    }
    must(nc_inq_vardimid(file, variable, &dimension));
    must(nc_inq_dimlen(file, dimension, count));
    char **texts = calloc(*count, sizeof *texts);
    if (texts == NULL) {
        exit(1);
    }
    must(nc_get_var_string(file, variable, texts));
    return texts;
}

static void free_texts(char **texts, size_t count)
{
    if (texts != NULL) {
        must(nc_free_string(count, texts));
        free(texts);
    }
}

typedef struct axes {
    size_t regions, scenarios, levels, years;
    bool is_threshold;
    bool has_regions, has_scenarios, has_levels, has_years;
} axes;

static axes axes_of(int file, int variable)
{
    axes a = {1, 1, 1, 1, false, false, false, false, false};
    int rank, dimensions[DIMENSIONS_MAX];
    must(nc_inq_varndims(file, variable, &rank));
    must(nc_inq_vardimid(file, variable, dimensions));
    for (int i = 0; i < rank; i++) {
        char name[NC_MAX_NAME + 1];
        size_t length;
        must(nc_inq_dim(file, dimensions[i], name, &length));
        if (strcmp(name, "region") == 0) {
            a.regions = length;
            a.has_regions = true;
        } else if (strcmp(name, "scenario") == 0) {
            a.scenarios = length;
            a.has_scenarios = true;
        } else if (strcmp(name, "year") == 0) {
            a.years = length;
            a.has_years = true;
        } else {
            a.levels = length;
            a.has_levels = true;
            a.is_threshold = strcmp(name, "threshold") == 0;
        }
    }
    return a;
}

static void level_name(const char *pattern, double level, char out[TEXT_SIZE])
{
    const char *gap = strstr(pattern, "{}");
    if (gap == NULL) {
        snprintf(out, TEXT_SIZE, "%s", pattern);
    } else {
        snprintf(out, TEXT_SIZE, "%.*s%.1f%s", (int)(gap - pattern), pattern, level, gap + 2);
    }
}

static const stk_iamc_row *find_row(const stk_iamc *table, const char *scenario, const char *region,
                                    const char *variable)
{
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        if ((scenario == NULL || strcmp(row->scenario, scenario) == 0) &&
            strcmp(row->region, region) == 0 && strcmp(row->variable, variable) == 0) {
            return row;
        }
    }
    return NULL;
}

/* Numbers must be the same to the last bit, and missing where they are missing. */
static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static size_t compare(const stk_iamc *table, const stk_iamc_row *row, const double *values,
                      const axes *a, int first_year, const char *name)
{
    size_t missing = 0;
    for (size_t y = 0; y < a->years; y++) {
        int year = a->has_years ? first_year + (int)y : table->first_year + table->year_count - 1;
        double there = row == NULL ? NAN : stk_iamc_value(table, row, year);
        if (!same(there, values[y])) {
            complain("%s in %d: %.17g in NetCDF, %.17g in the table", name, year, values[y], there);
            return 0;
        }
        missing += isnan(values[y]) ? 1 : 0;
    }
    if (row == NULL && missing < a->years) {
        complain("%s is not in the table", name);
    }
    return row != NULL;
}

static void levels_of(int file, const axes *a, double *levels)
{
    int variable;
    levels[0] = 0;
    if (a->has_levels) {
        must(nc_inq_varid(file, a->is_threshold ? "threshold" : "percentile", &variable));
        must(nc_get_var_double(file, variable, levels));
    }
}

/* Returns how many rows of the table the variable is. */
static size_t check_values(int file, int variable, const char *pattern, const stk_iamc *table,
                           int first_year)
{
    axes a = axes_of(file, variable);
    size_t region_count, scenario_count, found = 0;
    double levels[64];
    char **regions = texts_of(file, "region", &region_count);
    char **scenarios = texts_of(file, "scenario", &scenario_count);
    double *values = calloc(a.regions * a.scenarios * a.levels * a.years, sizeof *values);
    if (values == NULL) {
        exit(1);
    }
    must(nc_get_var_double(file, variable, values));
    levels_of(file, &a, levels);
    for (size_t i = 0; i < a.regions * a.scenarios * a.levels; i++) {
        char name[TEXT_SIZE];
        level_name(pattern, levels[i % a.levels], name);
        const char *region = a.has_regions ? regions[i / a.levels / a.scenarios] : "World";
        const char *scenario = a.has_scenarios ? scenarios[i / a.levels % a.scenarios] : NULL;
        const stk_iamc_row *row = find_row(table, scenario, region, name);
        found += compare(table, row, values + i * a.years, &a, first_year, name);
    }
    free(values);
    free_texts(regions, region_count);
    free_texts(scenarios, scenario_count);
    return found;
}

static void check_attributes(int file, int variable, const char *name)
{
    char text[TEXT_SIZE];
    nc_type type;
    if (strcmp(name, "time_bnds") == 0) { /* has those of time */
        return;
    }
    must(nc_inq_vartype(file, variable, &type));
    if (!attribute(file, variable, "long_name", text)) {
        complain("%s has no long_name", name);
    }
    if (type != NC_STRING && !attribute(file, variable, "units", text)) {
        complain("%s has no units", name);
    }
}

static int check_years(int file)
{
    int variable, dimension, first = 0;
    size_t count;
    must(nc_inq_varid(file, "year", &variable));
    must(nc_inq_vardimid(file, variable, &dimension));
    must(nc_inq_dimlen(file, dimension, &count));
    for (size_t i = 0; i < count; i++) {
        int year, time, bounds;
        double middle, edges[2];
        size_t start[2] = {i, 0};
        size_t two[2] = {1, 2};
        must(nc_get_var1_int(file, variable, &i, &year));
        must(nc_inq_varid(file, "time", &time));
        must(nc_inq_varid(file, "time_bnds", &bounds));
        must(nc_get_var1_double(file, time, &i, &middle));
        must(nc_get_vara_double(file, bounds, start, two, edges));
        first = i == 0 ? year : first;
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (year != first + (int)i || edges[1] - edges[0] != (leap ? 366 : 365) ||
            middle != 0.5 * (edges[0] + edges[1])) {
            complain("the year %d and its time do not agree", year);
        }
    }
    return first;
}

static size_t check_variables(int file, const stk_iamc *table)
{
    int count;
    size_t rows = 0;
    int first_year = check_years(file);
    must(nc_inq_nvars(file, &count));
    for (int v = 0; v < count; v++) {
        char name[NC_MAX_NAME + 1];
        char pattern[TEXT_SIZE];
        must(nc_inq_varname(file, v, name));
        check_attributes(file, v, name);
        if (attribute(file, v, "iamc_variable", pattern)) {
            rows += check_values(file, v, pattern, table, first_year);
        }
    }
    return rows;
}

int main(int argc, char **argv)
{
    int file;
    stk_text content;
    stk_iamc *table;
    stk_error error = {.status = STK_OK};
    stk_iamc_filter filter = {.region = "*"};
    if (argc != 3) {
        fprintf(stderr, "usage: %s FILE.nc FILE.csv\n", argv[0]);
        return 2;
    }
    if (stk_file_read(argv[2], &content, &error) != STK_OK ||
        stk_iamc_read(argv[2], content, &filter, &table, &error) != STK_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    must(nc_open(argv[1], NC_NOWRITE, &file));
    check_global(file);
    size_t rows = check_variables(file, table);
    if (rows != table->row_count || rows == 0) {
        complain("%zu rows are the same, the table has %zu", rows, table->row_count);
    }
    must(nc_close(file));
    stk_iamc_free(table);
    free((char *)content.data);
    printf("%s: %zu rows as in %s\n", argv[1], rows, argv[2]);
    return faults == 0 ? 0 : 1;
}
