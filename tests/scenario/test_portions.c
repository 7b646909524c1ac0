/** @file test_portions.c
 * @brief The command takes scenarios through the stages in portions; the library, all of them at
 * once. Both write the same bytes, also where the rows of a scenario lie scattered in the file.
 *
 *     test_scenario_portions STOCKTAKE FOLDER
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "support.h"

enum { COPIES = 20 }; /* of fifteen scenarios: more than one portion */

static const char *program;
static const char *folder;
static stk_method *method;

static void path_of(const char *name, char path[1024])
{
    snprintf(path, 1024, "%s/%s", folder, name);
}

static char *read_all(const char *name)
{
    char path[1024];
    path_of(name, path);
    return test_read(path);
}

static stk_iamc *read_table(const char *name)
{
    char path[1024];
    char *text = read_all(name);
    stk_iamc *table = NULL;
    stk_error error = {0};
    stk_iamc_filter filter = {.wanted = stk_method_wants, .user = method};
    path_of(name, path);
    if (stk_iamc_read(path, stk_text_of(text), &filter, &table, &error) != STK_OK) {
        fail_msg("%s:%ld: %s", path, error.line, error.message);
    }
    free(text);
    return table;
}

static void command(const char *stage, const char *from, const char *to, int status)
{
    char line[4096];
    snprintf(line, sizeof line, "'%s' scenario %s '%s/%s' --output '%s/%s' 2>/dev/null", program,
             stage, folder, from, folder, to);
    int ended = system(line); // NOLINT(cert-env33-c)
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), status);
}

static void wrote(const char *name, const stk_iamc *expected)
{
    char *text = NULL;
    size_t size;
    char *written = read_all(name);
    assert_int_equal(stk_iamc_write(expected, &text, &size, NULL), STK_OK);
    assert_int_equal(strlen(written), size);
    assert_int_equal(memcmp(written, text, size), 0);
    free(text);
    free(written);
}

static void checking(void **state)
{
    (void)state;
    stk_iamc *checked = NULL;
    stk_iamc *input = read_table("input.csv");
    command("check", "input.csv", "checked.csv", 1); /* some are left out */
    assert_int_equal(stk_scenario_check(method, input, NULL, &checked, NULL), STK_OK);
    assert_true(checked->row_count > 100 * (size_t)COPIES / 2);
    wrote("checked.csv", checked);
    stk_iamc_free(input);
    stk_iamc_free(checked);
}

static void harmonising(void **state)
{
    (void)state;
    stk_iamc *harmonised = NULL;
    stk_iamc *input = read_table("checked.csv");
    stk_iamc *history = test_table("data/pathways/history_ar6.csv");
    command("harmonise", "checked.csv", "harmonised.csv", 0);
    assert_int_equal(stk_scenario_harmonise(method, input, history, NULL, &harmonised, NULL),
                     STK_OK);
    wrote("harmonised.csv", harmonised);
    stk_iamc_free(input);
    stk_iamc_free(history);
    stk_iamc_free(harmonised);
}

static void infilling(void **state)
{
    (void)state;
    char path[1024];
    stk_iamc *infilled = NULL;
    stk_scenario_library *library = NULL;
    stk_iamc *input = read_table("harmonised.csv");
    snprintf(path, sizeof path, "data/%.200s", stk_method_library(method));
    stk_iamc *chosen = test_table(path);
    snprintf(path, sizeof path, "data/%.200s", stk_method_builtin_library(method));
    stk_iamc *builtin = test_table(path);
    command("infill", "harmonised.csv", "infilled.csv", 0);
    assert_int_equal(stk_scenario_library_new(method, chosen, builtin, NULL, &library, NULL),
                     STK_OK);
    assert_int_equal(stk_scenario_infill(method, input, library, 0, NULL, &infilled, NULL), STK_OK);
    wrote("infilled.csv", infilled);
    stk_scenario_library_free(library);
    stk_iamc_free(input);
    stk_iamc_free(chosen);
    stk_iamc_free(builtin);
    stk_iamc_free(infilled);
}

static int open_method(void **state)
{
    (void)state;
    char path[1024];
    method = test_method("ar6-2015");
    path_of("input.csv", path);
    test_write_copies(path, COPIES);
    return 0;
}

static int close_method(void **state)
{
    (void)state;
    stk_method_free(method);
    return 0;
}

int main(int argc, char **argv)
{
    /* each goes on with what the one before has written */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checking),
        cmocka_unit_test(harmonising),
        cmocka_unit_test(infilling),
    };
    if (argc < 3) {
        return 2;
    }
    program = argv[1];
    folder = argv[2];
    return cmocka_run_group_tests(tests, open_method, close_method);
}
