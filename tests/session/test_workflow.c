/** @file test_workflow.c
 * @brief The scenario workflow on rows in memory: the files of the command, and its refusals.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_support.h"

#define INPUT TEST_SOURCE_DIR "/scenario/data/ex2_input.csv"

static void same_file(stk_session *s, const char *result, const char *path)
{
    const char *bytes;
    size_t size;
    stk_error error;
    stk_text theirs;
    assert_ok(stk_file_read(path, &theirs, &error), &error);
    assert_done(s, stk_session_result(s, result, &bytes, &size));
    assert_int_equal(size, theirs.size);
    assert_memory_equal(bytes, theirs.data, size);
    assert_int_equal(bytes[size], 0);
    free((char *)theirs.data);
}

/* The command ends with 1, since the file has scenarios that are left out. */
static void run_command(const char *arguments)
{
    char line[4096];
    stk_text said;
    stk_print(line, sizeof line, "scenario %s 2>/dev/null || [ $? = 1 ]", arguments);
    stk_text out = test_command(line, &said);
    free((char *)out.data);
    free((char *)said.data);
}

static void test_stage(void **state)
{
    (void)state;
    char line[4096];
    char path[1024];
    int rows;
    stk_session *s = test_session();
    stk_print(path, sizeof path, "%s", test_scratch("session-checked.csv"));
    stk_print(line, sizeof line, "check '%s' --output '%s'", INPUT, path);
    run_command(line);
    assert_done(s, stk_session_rows_read(s, INPUT));
    assert_done(s, stk_session_run(s, "check", NULL, NULL, &rows, NULL));
    same_file(s, "emissions", path);
    assert_true(rows > 0);
    assert_string_equal(((const char *const *)stk_session_column(s, 3, NULL, NULL, NULL))[0],
                        "check");
    const char *bytes;
    size_t size;
    assert_int_equal(stk_session_result(s, "meta", &bytes, &size), STK_REFUSED_UNKNOWN);
    assert_done(s, stk_session_result(s, "left_out", &bytes, &size));
    assert_int_equal(strncmp(bytes, "model,scenario,variable,stage,kind,line,reason\n", 47), 0);
    remove(path);
    stk_session_close(s);
}

static void test_assess(void **state)
{
    (void)state;
    static const char *const names[] = {"meta", "climate", "emissions"};
    char line[4096];
    char folder[1024];
    char path[1200];
    stk_session *s = test_session();
    stk_print(folder, sizeof folder, "%s", test_scratch("session-assessed"));
    stk_print(line, sizeof line, "assess '%s' --method ar6-2015 --labels tool --output '%s'", INPUT,
              folder);
    run_command(line);
    assert_done(s, stk_session_rows_read(s, INPUT));
    assert_done(
        s, stk_session_run(s, "assess --method ar6-2015 --labels=tool", NULL, NULL, NULL, NULL));
    for (size_t i = 0; i < 3; i++) {
        stk_print(path, sizeof path, "%s/%s.csv", folder, names[i]);
        same_file(s, names[i], path);
    }
    stk_session_close(s);
}

/* Rows of model3, whose CH4 is as it says there; that of another scenario, of that region. */
static void write_scenarios(const char *path, const char *ch4, const char *region)
{
    char line[4096];
    FILE *from = fopen(INPUT, "r");
    FILE *to = fopen(path, "w");
    assert_true(from != NULL && to != NULL);
    while (fgets(line, sizeof line, from) != NULL) {
        const char *rest = strstr(line, ",Emissions|CH4,");
        bool ours = strncmp(line, "model3,", 7) == 0;
        if (ours && rest != NULL) {
            fprintf(to, "model3,1point5,World,%s%s", ch4, rest + strlen(",Emissions|CH4"));
            fprintf(to, "model3,elsewhere,%s%s", region, rest);
        } else if (ours || strncmp(line, "Model", 5) == 0) {
            fputs(line, to);
        }
    }
    fclose(from);
    assert_int_equal(fclose(to), 0);
}

/* What nobody takes of a file, and what is made up for it, is told as the command tells it. */
static void test_left_out(void **state)
{
    (void)state;
    static const char *const said[] = {
        ",,Emissions|Methane,read,left out,3,\"unknown, rows: 1\"\n",
        ",,,read,left out,4,\"rows of other regions than World: 1, of 'Asia'\"\n",
        "model3,elsewhere,,read,left out,4,no row of it is of the region World",
        "model3,1point5,Emissions|CH4,infill,infilled,2,"};
    static const char *const told[] = {
        ",,Emissions|Methane,read,left out,3,\"unknown, rows: 1\"\n",
        ",,,read,left out,4,\"rows of other regions than World: 1, of 'Asia'\"\n",
        "model3,elsewhere,,read,left out,4,no row of it is of the region World",
        "m,east,,read,left out,,\"no row of it is of the region World and a variable that",
        "m,west,,read,left out,,no row of it is of the region World"};
    char path[1024];
    const char *bytes;
    size_t size;
    int rows;
    stk_session *s = test_session();
    stk_print(path, sizeof path, "%s", test_scratch("session-methane.csv"));
    write_scenarios(path, "Emissions|Methane", "Asia");
    assert_done(s, stk_session_rows_read(s, path));
    assert_done(s, stk_session_run(s, "assess", NULL, NULL, &rows, NULL));
    assert_int_equal(rows, 2); /* with the scenario that is left out */
    assert_done(s, stk_session_result(s, "left_out", &bytes, &size));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (strstr(bytes, said[i]) == NULL) {
            fail_msg("'%s' is not in:\n%s", said[i], bytes);
        }
    }
    assert_null(strstr(bytes, "Emissions|N2O,infill"));
    /* the ensemble says the same, of rows in memory too */
    int year = 2020;
    double value = 1;
    assert_done(s, stk_session_rows(s, "m", "east", "Emissions|Foo", "Mt/yr", &year, &value, 1));
    assert_done(s, stk_session_row_elsewhere(s, "m", "west", "Asia"));
    assert_done(s, stk_session_run(s, "climate fill", NULL, NULL, &rows, NULL));
    assert_done(s, stk_session_result(s, "left_out", &bytes, &size));
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (strstr(bytes, told[i]) == NULL) {
            fail_msg("'%s' is not in:\n%s", told[i], bytes);
        }
    }
    /* nothing of it stays */
    write_scenarios(path, "Emissions|CH4", "World");
    assert_done(s, stk_session_rows_clear(s));
    assert_done(s, stk_session_rows_read(s, path));
    assert_done(s, stk_session_run(s, "check", NULL, NULL, NULL, NULL));
    assert_done(s, stk_session_result(s, "left_out", &bytes, &size));
    assert_null(strstr(bytes, ",read,"));
    remove(path);
    stk_session_close(s);
}

/* A history as databases hand it out: what stands below its data is left out with a word. */
static void test_footer(void **state)
{
    (void)state;
    char words[1200];
    char path[1024];
    stk_text shipped;
    stk_error error;
    const char *bytes;
    size_t size;
    stk_session *s = test_session();
    stk_print(path, sizeof path, "%s", test_scratch("session-history.csv"));
    assert_ok(stk_file_read(TEST_DATA_DIR "/pathways/history_ar6.csv", &shipped, &error), &error);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(shipped.data, 1, shipped.size, file), shipped.size);
    fputs("\n(c) whoever made it\n", file);
    assert_int_equal(fclose(file), 0);
    assert_done(s, stk_session_rows_read(s, INPUT));
    stk_print(words, sizeof words, "harmonise --history '%s'", path);
    assert_done(s, stk_session_run(s, words, NULL, NULL, NULL, NULL));
    assert_done(s, stk_session_result(s, "left_out", &bytes, &size));
    assert_non_null(strstr(bytes, "(c) whoever made it"));
    free((char *)shipped.data);
    remove(path);
    stk_session_close(s);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const runs[] = {"assess --method",
                                       "assess --method nothing",
                                       "assess --method /nowhere.yaml",
                                       "assess --labels mine",
                                       "check ex2.csv",
                                       "check --threads 2",
                                       "check --strict=yes",
                                       "infill --library /nowhere",
                                       "harmonise --history '",
                                       "merge",
                                       "assess --method cmip7"};
    const char *bytes;
    size_t size;
    stk_session *s = test_session();
    assert_int_equal(stk_session_result(s, "meta", &bytes, &size), STK_REFUSED_UNKNOWN);
    assert_done(s, stk_session_rows_read(s, INPUT));
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        assert_int_not_equal(stk_session_run(s, runs[i], NULL, NULL, NULL, NULL), STK_DONE);
        assert_true(stk_session_message(s)[0] != '\0');
    }
    assert_int_equal(stk_session_result(s, "emissions", &bytes, &size), STK_REFUSED_UNKNOWN);
    assert_int_equal(stk_session_result(s, NULL, &bytes, &size), STK_REFUSED_ARGUMENT);
    stk_session_close(s);
}

static void test_category(void **state)
{
    (void)state;
    const double overshoot[] = {1.4, 1.55, 1.7, 1.3, NAN, NAN, NAN};
    const double missing[] = {NAN, 1.55, 1.7, 1.3, NAN, NAN, NAN};
    const char *name;
    const char *label;
    stk_session *s = test_session();
    assert_done(s, stk_session_category(s, NULL, overshoot, &name, &label));
    assert_string_equal(name, "C1");
    assert_string_equal(label, "C1b");
    assert_int_equal(stk_session_category(s, NULL, missing, &name, &label), STK_REFUSED_DATA);
    assert_int_equal(stk_session_category(s, "nothing", overshoot, NULL, NULL),
                     STK_REFUSED_UNKNOWN);
    assert_int_equal(stk_session_category(s, NULL, NULL, NULL, NULL), STK_REFUSED_ARGUMENT);
    stk_session_close(s);
}

/* Temperatures that no model gave, and the command's file of them. */
enum { YEARS = 351, MEMBERS = 3 };

static double temperature(size_t member, int bound)
{
    return 0.4 * (double)member + 1.5e-5 * (double)((member + 2) * (size_t)(bound * bound));
}

static void write_members(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("model,scenario,member,year,temperature_1_k\n", file);
    for (size_t m = 0; m < MEMBERS; m++) {
        for (int i = 0; i <= YEARS; i++) {
            fprintf(file, "m,\"a, b\",%zu,%d,%.17g\n", m, 1750 + i, temperature(m, i));
        }
    }
    assert_int_equal(fclose(file), 0);
}

static void test_members(void **state)
{
    (void)state;
    enum { GONE = 1 }; /* a member that is not there */
    static double values[MEMBERS + 1][YEARS];
    static const char *const model = "m";
    static const char *const name = "a, b";
    char paths[3][1024];
    char line[4096];
    static const char *const names[] = {"members.csv", "climate.csv", "meta.csv"};
    stk_session *s = test_session();
    for (size_t i = 0; i < 3; i++) {
        stk_print(paths[i], sizeof paths[i], "%s", test_scratch(names[i]));
    }
    write_members(paths[0]);
    stk_print(line, sizeof line, "scenario postprocess '%s' --output '%s' --meta '%s'", paths[0],
              paths[1], paths[2]);
    stk_text said = test_command(line, NULL);
    free((char *)said.data);
    for (size_t m = 0; m <= MEMBERS; m++) {
        size_t of = m > GONE ? m - 1 : m;
        for (int i = 0; i < YEARS; i++) {
            values[m][i] =
                m == GONE ? (double)NAN : (temperature(of, i) + temperature(of, i + 1)) / 2;
        }
    }
    assert_done(
        s, stk_session_postprocess(s, NULL, 1, &model, &name, 1750, YEARS, MEMBERS + 1, values[0]));
    same_file(s, "climate", paths[1]);
    same_file(s, "meta", paths[2]);
    values[0][3] = INFINITY;
    const char *bytes;
    size_t size;
    assert_int_equal(
        stk_session_postprocess(s, NULL, 1, &model, &name, 1750, YEARS, MEMBERS + 1, values[0]),
        STK_REFUSED_DATA);
    assert_string_equal(stk_session_message(s),
                        "scenario 'a, b': member 1 has no temperature in 1753");
    assert_int_equal(stk_session_result(s, "meta", &bytes, &size), STK_REFUSED_UNKNOWN);
    assert_int_equal(
        stk_session_postprocess(s, NULL, 1, &model, &name, 2000, 50, MEMBERS, values[0]),
        STK_REFUSED_ARGUMENT);
    assert_int_equal(
        stk_session_postprocess(s, NULL, 1, &model, &name, 1750, 0, MEMBERS, values[0]),
        STK_REFUSED_ARGUMENT);
    assert_int_equal(stk_session_postprocess(s, NULL, 1, &model, &name, 1750, YEARS, 0, values[0]),
                     STK_REFUSED_ARGUMENT);
    assert_int_equal(
        stk_session_postprocess(s, "nothing", 1, &model, &name, 1750, YEARS, MEMBERS, values[0]),
        STK_REFUSED_UNKNOWN);
    assert_int_equal(stk_session_postprocess(s, NULL, 0, NULL, NULL, 1750, YEARS, 1, NULL),
                     STK_REFUSED_ARGUMENT);
    for (size_t i = 0; i < 3; i++) {
        remove(paths[i]);
    }
    stk_session_close(s);
}

static void test_edition_file(void **state)
{
    (void)state;
    const char *bytes;
    size_t size;
    stk_session *s = test_session();
    assert_done(s, stk_session_read(s, "sources.csv", &bytes, &size));
    assert_true(size > 100 && strstr(bytes, "licence") != NULL);
    assert_int_equal(stk_session_read(s, "../sources.csv", &bytes, &size), STK_REFUSED_UNKNOWN);
    assert_int_equal(size, 0);
    stk_session_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stage),        cmocka_unit_test(test_assess),
        cmocka_unit_test(test_left_out),     cmocka_unit_test(test_footer),
        cmocka_unit_test(test_refused),      cmocka_unit_test(test_category),
        cmocka_unit_test(test_edition_file), cmocka_unit_test(test_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
