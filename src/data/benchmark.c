/** @file benchmark.c
 * @brief Named benchmarks: percentiles of scenario categories, or a user's own file.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/try.h"
#include "data/paths.h"

#include <stocktake/benchmark.h>

enum { LOW, CENTRE, HIGH, STATISTICS };
enum { KNOWN_SIZE = 300, POINTS_MAX = 256 };

/* A value that the table gives. */
typedef struct point {
    int year;
    double gt;
} point;

/* The given values of one statistic, in order of years; the first of several for a year counts. */
typedef struct series {
    point points[POINTS_MAX];
    size_t count;
} series;

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
    bool any_case; /* no category is written like that: case makes no difference */
    const char *statistics[STATISTICS];
    bool chosen;
    stk_text chosen_source; /* the first source that has the category; sources are not mixed */
    series series[STATISTICS];
    char known[KNOWN_SIZE];
} search;

static stk_status open_table(search *s, const stk_csv_file *file, stk_arena *arena,
                             stk_error *error)
{
    struct {
        const char *name;
        int *column;
    } needed[] = {{"source", &s->source}, {"category", &s->category}, {"variable", &s->variable},
                  {"unit", &s->unit},     {"gwp", &s->gwp},           {"statistic", &s->statistic},
                  {"year", &s->year},     {"value", &s->value}};
    stk_status status = stk_csv_open_file(&s->csv, file, arena, error);
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
    stk_text shown = stk_text_cut(category, 60);
    stk_print(name, sizeof name, " %.*s,", (int)shown.size, shown.data);
    size_t used = strlen(s->known);
    if (strstr(s->known, name) == NULL && used + strlen(name) + 1 < KNOWN_SIZE) {
        stk_print(s->known + used, KNOWN_SIZE - used, "%s", name);
    }
}

/* Beyond what any world emits, which is 50 Gt: such a number is a slip. */
static const double value_most_gt = 1000;

typedef enum added { ADDED, ADDED_NO_ROOM, ADDED_TWICE } added;

static added add_point(series *s, int year, double gt)
{
    size_t at = s->count;
    while (at > 0 && s->points[at - 1].year >= year) {
        at--;
    }
    if (at < s->count && s->points[at].year == year) {
        return s->points[at].gt == gt ? ADDED : ADDED_TWICE;
    }
    if (s->count == POINTS_MAX) {
        return ADDED_NO_ROOM;
    }
    memmove(&s->points[at + 1], &s->points[at], (s->count - at) * sizeof *s->points);
    s->points[at] = (point){year, gt};
    s->count++;
    return ADDED;
}

/* Categories of the sixth assessment of the IPCC by the warming that they keep to. What stands in
 * brackets tells those of one goal apart; titles leave it to the category. */
static const struct {
    const char *category;
    const char *goal;
} goals[] = {{"C1", "1.5 °C pathways"},
             {"C1a", "1.5 °C pathways (with net-zero GHG)"},
             {"C1b", "1.5 °C pathways (without net-zero GHG)"},
             {"C2", "1.5 °C after a high overshoot"},
             {"C3", "2 °C pathways (likely)"},
             {"C3a", "2 °C pathways (likely, action from 2020)"},
             {"C3b", "2 °C pathways (likely, action from 2030)"},
             {"C4", "2 °C pathways (more likely than not)"},
             {"C5", "2.5 °C pathways"},
             {"C6", "3 °C pathways"},
             {"C7", "4 °C pathways"},
             {"C8", "pathways above 4 °C"}};

const char *stk_benchmark_goal(const stk_benchmark *benchmark)
{
    size_t size = strcspn(benchmark->name, ":");
    for (size_t i = 0; i < sizeof goals / sizeof *goals && !benchmark->is_users; i++) {
        if (strlen(goals[i].category) == size &&
            strncmp(goals[i].category, benchmark->name, size) == 0) {
            return goals[i].goal;
        }
    }
    return benchmark->name;
}

const char *stk_benchmark_title(const stk_benchmark *benchmark,
                                char title[STK_BENCHMARK_TITLE_SIZE])
{
    const char *goal = stk_benchmark_goal(benchmark);
    const char *bracket = strstr(goal, " (");
    int size = (int)(bracket == NULL ? strlen(goal) : (size_t)(bracket - goal));
    if (goal == benchmark->name) {
        stk_print(title, STK_BENCHMARK_TITLE_SIZE, "%s", goal);
    } else {
        stk_print(title, STK_BENCHMARK_TITLE_SIZE, "%.*s (%s)", size, goal, benchmark->name);
    }
    return title;
}

/* What does not fit is cut between two characters. */
static void copy_cut(char *out, size_t size, stk_text text)
{
    stk_text cut = stk_text_cut(text, size - 1);
    memcpy(out, cut.data, cut.size);
    out[cut.size] = '\0';
}

/* A category in another case is wanted from then on as the table writes it. */
static bool is_wanted(search *s, stk_text category, stk_benchmark *benchmark)
{
    if (stk_text_equal(category, s->wanted)) {
        return true;
    }
    if (!s->any_case || s->chosen || !stk_text_alike(category, s->wanted)) {
        return false;
    }
    memcpy(s->wanted, category.data, category.size);
    memcpy(benchmark->name, category.data, category.size);
    return true;
}

/* Units and scope of the first row decide; a second source of the same category is left out. */
static stk_status take_description(search *s, const stk_gwp_table *gwp, stk_benchmark *benchmark,
                                   bool *use, stk_error *error)
{
    stk_text source = stk_csv_field(&s->csv, s->source);
    *use = true;
    if (s->chosen) {
        *use = stk_text_same(source, s->chosen_source);
        bool excluded = stk_text_equal(stk_csv_field(&s->csv, s->scope), "excluded");
        return *use && excluded == benchmark->with_lulucf
                   ? stk_csv_refuse(&s->csv, s->scope, error,
                                    "one scope in all rows of a source and category")
                   : STK_OK;
    }
    s->chosen = true;
    s->chosen_source.data = stk_arena_string(s->csv.arena, source);
    s->chosen_source.size = source.size;
    if (s->chosen_source.data == NULL) {
        return stk_error_memory(error);
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

static stk_status take_point(search *s, series *of, int year, double value, stk_error *error)
{
    switch (add_point(of, year, value)) {
    case ADDED_NO_ROOM:
        return stk_csv_refuse(&s->csv, s->year, error, "at most 256 years");
    case ADDED_TWICE:
        return stk_csv_refuse(&s->csv, s->value, error,
                              "one value of a statistic and year; a row before has another");
    default:
        return STK_OK;
    }
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
    if (!is_wanted(s, category, benchmark)) {
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
    if (status == STK_OK && fabs(value) > value_most_gt) {
        status = stk_csv_refuse(&s->csv, s->value, error, "a number from -1000 to 1000 Gt CO2e");
    }
    for (int i = 0; i < STATISTICS && status == STK_OK; i++) {
        if (stk_text_equal(stk_csv_field(&s->csv, s->statistic), s->statistics[i])) {
            status = take_point(s, &s->series[i], year, value, error);
        }
    }
    return status;
}

/* Between two given years along a straight line; NaN outside of them. */
static double interpolate(const series *s, int year)
{
    size_t after = 0;
    while (after < s->count && s->points[after].year < year) {
        after++;
    }
    if (after == s->count || (after == 0 && s->points[0].year > year)) {
        return NAN;
    }
    const point *b = &s->points[after];
    if (b->year == year) {
        return b->gt;
    }
    const point *a = b - 1;
    double share = (double)(year - a->year) / (double)(b->year - a->year);
    return a->gt + share * (b->gt - a->gt);
}

/* The category of the edition whose goal is a number of degrees: "1.5", "2C", "2 degrees". */
static const char *category_of_goal(const char *name)
{
    static const char *const words[][2] = {
        {"1.5", "C1"}, {"1,5", "C1"}, {"2.0", "C3"}, {"2,0", "C3"}, {"2", "C3"}};
    static const char *const units[] = {"", "c", "k", "degree", "degrees", "degreesc"};
    char unit[FOLD_SIZE];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t digits = strlen(words[i][0]);
        if (strncmp(name, words[i][0], digits) != 0) {
            continue;
        }
        text_fold(stk_text_of(name + digits), FOLD_PLAIN, unit);
        for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
            if (strcmp(unit, units[u]) == 0) {
                return words[i][1];
            }
        }
    }
    return NULL;
}

/* "C1:p25" is category C1 with its 25th percentile as the central value. */
static void split_name(search *s, const char *name, bool own, stk_benchmark *benchmark)
{
    copy_cut(s->wanted, sizeof s->wanted, stk_text_of(name));
    stk_print(benchmark->percentile, sizeof benchmark->percentile, "p50");
    char *colon = strrchr(s->wanted, ':');
    const char *suffix = "";
    if (colon != NULL &&
        (colon[1] == 'p' || colon[1] == 'P' || stk_text_alike(stk_text_of(colon + 1), "mean"))) {
        stk_print(benchmark->percentile, sizeof benchmark->percentile, "%s", STK_CUT(colon + 1, 7));
        for (char *c = benchmark->percentile; *c != '\0'; c++) {
            *c = stk_char_small(*c);
        }
        suffix = benchmark->percentile;
        *colon = '\0';
    }
    const char *category = own ? category_of_goal(s->wanted) : NULL;
    if (category != NULL) {
        stk_print(s->wanted, sizeof s->wanted, "%s", category);
    }
    s->statistics[LOW] = "p5";
    s->statistics[CENTRE] = benchmark->percentile;
    s->statistics[HIGH] = "p95";
    copy_cut(benchmark->name, sizeof benchmark->name, stk_text_of(s->wanted));
    if (suffix[0] != '\0') {
        size_t used = strlen(benchmark->name);
        stk_print(benchmark->name + used, sizeof benchmark->name - used, ":%s", suffix);
    }
}

static stk_status read_file(stk_edition *edition, const char *file_name, stk_text content,
                            stk_csv_file *file, stk_error *error)
{
    if (content.data != NULL) {
        *file = (stk_csv_file){.name = file_name, .content = content};
        return STK_OK;
    }
    return stk_edition_file(edition, STK_PATH_BENCHMARKS, file, error);
}

static stk_status read_rows(search *s, const stk_gwp_table *gwp, stk_benchmark *benchmark,
                            stk_error *error)
{
    stk_status status = STK_OK;
    while (stk_csv_each(&s->csv, &status, error)) {
        if (s->wanted[0] == '\0') { /* a file with one benchmark needs no name */
            stk_text first = stk_csv_field(&s->csv, s->category);
            if (first.size == 0 || first.size >= sizeof s->wanted) {
                return stk_csv_refuse(&s->csv, s->category, error, "a name of at most 63 bytes");
            }
            copy_cut(s->wanted, sizeof s->wanted, first);
            copy_cut(benchmark->name, sizeof benchmark->name, first);
        }
        status = take_row(s, gwp, benchmark, error);
    }
    return status;
}

static stk_status refuse_name(const search *s, const char *file_name, stk_error *error)
{
    char choices[KNOWN_SIZE];
    char near[SUGGEST_SIZE];
    size_t used = strlen(s->known);
    size_t size = 0;
    for (size_t i = 1; i + 1 < used; i++) {
        bool between = s->known[i] == ',' && s->known[i + 1] == ' ';
        choices[size++] = between ? '|' : s->known[i];
        i += between;
    }
    choices[size] = '\0';
    bool number = s->wanted[0] >= '0' && s->wanted[0] <= '9'; /* near to no name by its digits */
    suggest_choices(stk_text_of(number ? "" : s->wanted), choices, near);
    return stk_error_set(error, STK_ENOTFOUND, "'%s' is no benchmark of %s; it has%.*s%s%s%s",
                         STK_CUT(s->wanted, 40), file_name == NULL ? "the edition" : file_name,
                         (int)(used > 0 ? used - 1 : 0), s->known,
                         file_name == NULL ? "; 1.5 is C1 and 2 is C3" : "",
                         near[0] != '\0' ? "; " : "", near);
}

/* Read everything that the table has of one benchmark. */
static stk_status read_benchmark(search *s, stk_edition *edition, const stk_gwp_table *gwp,
                                 const char *name, const char *file_name, stk_text content,
                                 stk_benchmark *benchmark, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv_file file;
    bool own = content.data == NULL;
    memset(benchmark, 0, sizeof *benchmark);
    benchmark->is_users = content.data != NULL;
    split_name(s, name, own, benchmark);
    stk_status status = read_file(edition, file_name, content, &file, error);
    for (int pass = 0; pass < 2 && status == STK_OK && !s->chosen; pass++) {
        s->any_case = pass == 1;
        status = open_table(s, &file, &arena, error);
        status = status != STK_OK ? status : read_rows(s, gwp, benchmark, error);
    }
    if (status == STK_OK && !s->chosen) {
        status = refuse_name(s, own ? NULL : file_name, error);
    }
    stk_arena_free(&arena);
    return status;
}

static void take_year(const search *s, int year, stk_benchmark *benchmark)
{
    benchmark->low_gt = interpolate(&s->series[LOW], year);
    benchmark->median_gt = interpolate(&s->series[CENTRE], year);
    benchmark->high_gt = interpolate(&s->series[HIGH], year);
}

stk_status stk_benchmark_find(stk_edition *edition, const stk_gwp_table *gwp, const char *name,
                              const char *file_name, stk_text content, int year,
                              stk_benchmark *benchmark, stk_error *error)
{
    search s = {.chosen = false};
    stk_status status =
        read_benchmark(&s, edition, gwp, name, file_name, content, benchmark, error);
    if (status != STK_OK) {
        return status;
    }
    take_year(&s, year, benchmark);
    return isnan(benchmark->median_gt)
               ? stk_error_set(error, STK_ENOTFOUND, "the benchmark '%s' has no %s for %d",
                               benchmark->name, benchmark->percentile, year)
               : STK_OK;
}

stk_status stk_benchmark_find_years(stk_edition *edition, const stk_gwp_table *gwp,
                                    const char *name, const char *file_name, stk_text content,
                                    int first_year, int last_year, stk_benchmark *benchmarks,
                                    stk_error *error)
{
    search s = {.chosen = false};
    stk_status status =
        read_benchmark(&s, edition, gwp, name, file_name, content, &benchmarks[0], error);
    for (int year = first_year; year <= last_year && status == STK_OK; year++) {
        stk_benchmark *at = &benchmarks[year - first_year];
        *at = benchmarks[0];
        take_year(&s, year, at);
    }
    return status;
}
