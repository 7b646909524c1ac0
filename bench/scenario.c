/** @file scenario.c
 * @brief How long it takes to read, check, harmonise, infill and write many scenarios, on one and
 * on all threads, and whether the bytes are the same.
 *
 *     scenario DATA-DIRECTORY [SCENARIOS]
 *     scenario DATA-DIRECTORY SCENARIOS FILE    writes the scenarios to a file, and that is all
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <stocktake/scenario.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void need(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        char text[1024];
        stk_error_format(error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        exit(1);
    }
}

static char *slurp(const char *directory, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    if (text == NULL || fread(text, 1, size, file) != size) {
        exit(1);
    }
    fclose(file);
    return text;
}

static stk_iamc *table_of(const char *directory, const char *name)
{
    stk_error error = {0};
    stk_iamc *table;
    char *text = slurp(directory, name);
    need(stk_iamc_read(name, stk_text_of(text), NULL, &table, &error), &error);
    free(text);
    return table;
}

/* Scenarios as models report them: thirteen variables of the database, bent, in decades. */
static char *make_input(const stk_iamc *database, size_t count)
{
    static const char *const reported[] = {
        "BC",     "CH4", "CO",  "CO2|AFOLU", "CO2|Energy and Industrial Processes",
        "N2O",    "NH3", "NOx", "OC",        "SF6",
        "Sulfur", "VOC",
    };
    stk_iamc_scenarios members;
    stk_error error = {0};
    char *text;
    size_t size;
    need(stk_iamc_group(database, &members, &error), &error);
    stk_iamc *input = stk_iamc_new("bench", 2010, 2100);
    for (size_t s = 0; s < count; s++) {
        const stk_iamc_scenario *member = &members.items[s % members.count];
        char scenario[64];
        snprintf(scenario, sizeof scenario, "scenario %zu", s);
        for (size_t v = 0; v < sizeof reported / sizeof *reported; v++) {
            char name[128];
            snprintf(name, sizeof name, "Emissions|%s", reported[v]);
            const stk_iamc_row *from =
                stk_iamc_find(database, member->model, member->scenario, name);
            stk_iamc_row row = {"bench", scenario, "World", name, from->unit, 0, NULL};
            double *values;
            need(stk_iamc_add(input, &row, &values, &error), &error);
            for (int year = 2010; year <= 2100; year += 10) {
                double bend = 1 + 0.2 * sin((double)(s + v)) * (year - 2010) / 90;
                values[year - 2010] = stk_iamc_value(database, from, year) * bend;
            }
        }
    }
    need(stk_iamc_write(input, &text, &size, &error), &error);
    stk_iamc_free(input);
    stk_iamc_scenarios_free(&members);
    return text;
}

static bool append(void *user, const char *data, size_t size)
{
    return fwrite(data, 1, size, user) == size;
}

typedef struct bench {
    stk_method *method;
    stk_iamc *history;
    stk_iamc *database;
    char *input;
} bench;

/* One run; the written text is the caller's. */
static char *run(const bench *b, int threads)
{
    stk_error error = {0};
    stk_iamc *input;
    stk_iamc *checked;
    stk_iamc *harmonised;
    stk_iamc *infilled;
    stk_scenario_library *library;
    char *text;
    size_t size;
    double t0 = now();
    need(stk_iamc_read("bench.csv", stk_text_of(b->input), NULL, &input, &error), &error);
    double t1 = now();
    need(stk_scenario_check(b->method, input, NULL, &checked, &error), &error);
    double t2 = now();
    need(stk_scenario_harmonise(b->method, checked, b->history, NULL, &harmonised, &error), &error);
    double t3 = now();
    need(stk_scenario_library_new(b->method, b->database, NULL, NULL, &library, &error), &error);
    need(stk_scenario_infill(b->method, harmonised, library, threads, NULL, &infilled, &error),
         &error);
    double t4 = now();
    FILE *memory = open_memstream(&text, &size);
    stk_iamc_output output = {.write = append, .user = memory, .threads = threads};
    need(stk_iamc_write_stream(infilled, &output, &error), &error);
    fclose(memory);
    double t5 = now();
    printf("threads = %d  read = %.3f s  check = %.3f s  harmonise = %.3f s  infill = %.3f s  "
           "write = %.3f s (%.0f MB)  total = %.3f s\n",
           threads, t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4, (double)size / 1e6, t5 - t0);
    stk_scenario_library_free(library);
    stk_iamc_free(infilled);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
    stk_iamc_free(input);
    return text;
}

static void write_input(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s DATA-DIRECTORY [SCENARIOS [FILE]]\n", argv[0]);
        return 2;
    }
    size_t count = argc > 2 ? (size_t)atol(argv[2]) : 1000;
    stk_error error = {0};
    bench b = {0};
    char *text = slurp(argv[1], "methods/ar6-2015.yaml");
    need(stk_method_read("ar6-2015.yaml", stk_text_of(text), &b.method, &error), &error);
    free(text);
    b.history = table_of(argv[1], "pathways/history_ar6.csv");
    b.database = table_of(argv[1], "pathways/ssp_database.csv");
    b.input = make_input(b.database, count);
    if (argc > 3) {
        write_input(argv[3], b.input);
        return 0;
    }
    char *one = run(&b, 1);
    char *two = run(&b, 2);
    bool same = strcmp(one, two) == 0;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("scenarios = %zu  same bytes = %s  largest memory = %ld MB\n", count,
           same ? "yes" : "NO", usage.ru_maxrss / 1024);
    free(one);
    free(two);
    free(b.input);
    stk_iamc_free(b.database);
    stk_iamc_free(b.history);
    stk_method_free(b.method);
    return same ? 0 : 1;
}
