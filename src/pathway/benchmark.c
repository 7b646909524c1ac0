/** @file benchmark.c
 * @brief Named benchmarks: percentiles of scenario categories, or a user's own file.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include <stocktake/pathway.h>

enum { LOW, CENTRE, HIGH, STATISTICS };
enum { KNOWN_SIZE = 300 };

/* The two given years around the one asked for, for one statistic. */
typedef struct bracket {
    int before;
    int after;
    double before_gt;
    double after_gt;
} bracket;

typedef struct search {
    stk_csv csv;
    int source;
    int category;
    int variable;
    int unit;
    int gwp;
    int statistic;
    int year;
    int value;
    int scope;
    char wanted[64];
    const char *statistics[STATISTICS];
    int target_year;
    bool chosen;
    stk_text chosen_source; /* the first source that has the category; sources are not mixed */
    bracket brackets[STATISTICS];
    char known[KNOWN_SIZE];
} search;

static stk_status open_table(search *s, stk_source source, stk_arena *arena, stk_error *error)
{
    struct {
        const char *name;
        int *column;
    } needed[] = {{"source", &s->source}, {"category", &s->category}, {"variable", &s->variable},
                  {"unit", &s->unit},     {"gwp", &s->gwp},           {"statistic", &s->statistic},
                  {"year", &s->year},     {"value", &s->value}};
    stk_status status = stk_csv_open(&s->csv, source, arena, error);
    for (size_t i = 0; i < sizeof needed / sizeof *needed && status == STK_OK; i++) {
        status = stk_csv_require(&s->csv, needed[i].name, needed[i].column, error);
    }
    if (status == STK_OK) {
        s->scope = stk_csv_find(&s->csv, "scope");
    }
    return status;
}

static void remember_name(search *s, stk_text category)
{
    char name[64];
    snprintf(name, sizeof name, " %.*s,", (int)(category.size > 60 ? 60 : category.size),
             category.data);
    size_t used = strlen(s->known);
    if (strstr(s->known, name) == NULL && used + strlen(name) + 1 < KNOWN_SIZE) {
        snprintf(s->known + used, KNOWN_SIZE - used, "%s", name);
    }
}

static void widen(bracket *b, int year, double value, int target)
{
    if (year <= target && (b->before == 0 || year > b->before)) {
        b->before = year;
        b->before_gt = value;
    }
    if (year >= target && (b->after == 0 || year < b->after)) {
        b->after = year;
        b->after_gt = value;
    }
}

/* What does not fit is cut between two characters. */
static void copy_cut(char *out, size_t size, stk_text text)
{
    size_t length = text.size < size ? text.size : size - 1;
    while (length < text.size && length > 0 && ((unsigned char)text.data[length] & 0xc0) == 0x80) {
        length--;
    }
    memcpy(out, text.data, length);
    out[length] = '\0';
}

static bool is_wanted(search *s, stk_text category)
{
    return stk_text_equal(category, s->wanted);
}

/* Units and scope of the first row decide; a second source of the same category is left out. */
static stk_status take_description(search *s, const stk_gwp_table *gwp, stk_benchmark *benchmark,
                                   bool *use, stk_error *error)
{
    stk_text source = stk_csv_field(&s->csv, s->source);
    *use = true;
    if (s->chosen) {
        *use = source.size == s->chosen_source.size &&
               memcmp(source.data, s->chosen_source.data, source.size) == 0;
        return STK_OK;
    }
    s->chosen = true;
    s->chosen_source.data = stk_arena_string(s->csv.arena, source);
    s->chosen_source.size = source.size;
    if (s->chosen_source.data == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_text unit = stk_csv_field(&s->csv, s->unit);
    if (!stk_text_equal(unit, "GtCO2e/yr") && !stk_text_equal(unit, "GtCO2e")) {
        return stk_csv_refuse(&s->csv, s->unit, error, "GtCO2e/yr");
    }
    if (stk_gwp_find_set(gwp, stk_csv_field(&s->csv, s->gwp), &benchmark->gwp, NULL) != STK_OK) {
        return stk_csv_refuse(&s->csv, s->gwp, error, "a GWP set such as AR6GWP100");
    }
    stk_text scope = stk_csv_field(&s->csv, s->scope);
    if (scope.size > 0 && !stk_text_equal(scope, "included") &&
        !stk_text_equal(scope, "excluded")) {
        return stk_csv_refuse(&s->csv, s->scope, error, "included or excluded (LULUCF)");
    }
    benchmark->with_lulucf = !stk_text_equal(scope, "excluded");
    copy_cut(benchmark->source, sizeof benchmark->source, source);
    return STK_OK;
}

static stk_status take_row(search *s, const stk_gwp_table *gwp, stk_benchmark *benchmark,
                           stk_error *error)
{
    int year;
    double value;
    bool use;
    stk_text category = stk_csv_field(&s->csv, s->category);
    if (!stk_text_equal(stk_csv_field(&s->csv, s->variable), "Kyoto GHG")) {
        return STK_OK;
    }
    remember_name(s, category);
    if (!is_wanted(s, category)) {
        return STK_OK;
    }
    stk_status status = take_description(s, gwp, benchmark, &use, error);
    if (status != STK_OK || !use) {
        return status;
    }
    status = stk_csv_integer(&s->csv, s->year, 0, &year, error);
    if (status == STK_OK) {
        status = stk_csv_number(&s->csv, s->value, &value, error);
    }
    if (status == STK_OK && (year < 1850 || year > 2500)) {
        status = stk_csv_refuse(&s->csv, s->year, error, "a year from 1850 to 2500");
    }
    if (status == STK_OK && isnan(value)) {
        status = stk_csv_refuse(&s->csv, s->value, error, "a number of Gt CO2e");
    }
    for (int i = 0; i < STATISTICS && status == STK_OK; i++) {
        if (stk_text_equal(stk_csv_field(&s->csv, s->statistic), s->statistics[i])) {
            widen(&s->brackets[i], year, value, s->target_year);
        }
    }
    return status;
}

static double interpolate(const bracket *b, int year)
{
    if (b->before == 0 || b->after == 0) {
        return NAN;
    }
    if (b->before == b->after) {
        return b->before_gt;
    }
    double share = (double)(year - b->before) / (double)(b->after - b->before);
    return b->before_gt + share * (b->after_gt - b->before_gt);
}

/* "C1:p25" is category C1 with its 25th percentile as the central value. */
static void split_name(search *s, const char *name, stk_benchmark *benchmark)
{
    copy_cut(s->wanted, sizeof s->wanted, stk_text_of(name));
    snprintf(benchmark->percentile, sizeof benchmark->percentile, "p50");
    char *colon = strrchr(s->wanted, ':');
    if (colon != NULL && (colon[1] == 'p' || strcmp(colon + 1, "mean") == 0)) {
        snprintf(benchmark->percentile, sizeof benchmark->percentile, "%.7s", colon + 1);
        *colon = '\0';
    }
    s->statistics[LOW] = "p5";
    s->statistics[CENTRE] = benchmark->percentile;
    s->statistics[HIGH] = "p95";
    copy_cut(benchmark->name, sizeof benchmark->name, stk_text_of(name));
}

static stk_status read_source(stk_edition *edition, const char *file_name, stk_text content,
                              stk_source *source, stk_error *error)
{
    static const char path[] = "pathways/benchmarks.csv";
    if (content.data != NULL) {
        *source = (stk_source){file_name, content};
        return STK_OK;
    }
    source->name = stk_edition_source_name(edition, path);
    return stk_edition_read(edition, path, &source->content, error);
}

static stk_status finish(const search *s, const char *file_name, stk_benchmark *benchmark,
                         stk_error *error)
{
    benchmark->low_gt = interpolate(&s->brackets[LOW], s->target_year);
    benchmark->median_gt = interpolate(&s->brackets[CENTRE], s->target_year);
    benchmark->high_gt = interpolate(&s->brackets[HIGH], s->target_year);
    if (!s->chosen) {
        size_t used = strlen(s->known);
        return stk_error_set(error, STK_ENOTFOUND, "'%.40s' is no benchmark of %s; it has%.*s",
                             s->wanted, file_name == NULL ? "the edition" : file_name,
                             (int)(used > 0 ? used - 1 : 0), s->known);
    }
    if (isnan(benchmark->median_gt)) {
        return stk_error_set(error, STK_ENOTFOUND, "the benchmark '%s' has no %s for %d",
                             benchmark->name, benchmark->percentile, s->target_year);
    }
    return STK_OK;
}

stk_status stk_benchmark_find(stk_edition *edition, const stk_gwp_table *gwp, const char *name,
                              const char *file_name, stk_text content, int year,
                              stk_benchmark *benchmark, stk_error *error)
{
    search s = {.target_year = year};
    stk_arena arena = {0};
    stk_source source;
    bool more = true;
    memset(benchmark, 0, sizeof *benchmark);
    split_name(&s, name, benchmark);
    stk_status status = read_source(edition, file_name, content, &source, error);
    if (status == STK_OK) {
        status = open_table(&s, source, &arena, error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&s.csv, &more, error);
        if (status == STK_OK && more) {
            /* a file with one benchmark needs no name */
            if (name[0] == '\0') {
                stk_text first = stk_csv_field(&s.csv, s.category);
                if (first.size == 0 || first.size >= sizeof s.wanted) {
                    status = stk_csv_refuse(&s.csv, s.category, error, "a name of at most 63 bytes");
                    break;
                }
                copy_cut(s.wanted, sizeof s.wanted, first);
                copy_cut(benchmark->name, sizeof benchmark->name, first);
                name = benchmark->name;
            }
            status = take_row(&s, gwp, benchmark, error);
        }
    }
    if (status == STK_OK) {
        status = finish(&s, content.data == NULL ? NULL : file_name, benchmark, error);
    }
    stk_arena_free(&arena);
    return status;
}
