/** @file test_blocks.c
 * @brief A run in parts, in one process: blocks are found, taken, refused and joined to the same
 * bytes.
 *
 *     test_scenario_blocks FOLDER
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <stocktake/file.h>

#include "dataset/assess_files.h"
#include "support.h"
#include "workflow/assess.h"
#include "workflow/block.h"

enum { COPIES = 2 }; /* of fifteen scenarios: four blocks */

static const char *const results[] = {"emissions.csv", "climate.csv",  "meta.csv",
                                      "report.json",   "emissions.nc", "climate.nc"};

static char folder[3][1000]; /* of one part, of several, of what is spoiled */
static char input[1000];
static stk_method *method;
static char *method_text;
static stk_iamc *history;
static stk_iamc *past;
static stk_scenario_library *library;
static stk_scenario_report *prepared;
static stk_calibration *calibration;

/* ---- what is needed ---- */

/* The first eight members: who does what is tested, not the climate. */
static stk_calibration *few_members(void)
{
    char *members = test_file("data/climate/calibration_1.4.1_members.csv");
    char *species = test_file("data/climate/calibration_1.4.1_species.csv");
    char *natural = test_file("data/climate/volcanic_solar_timebounds.csv");
    char *end = members;
    for (int line = 0; line < 9; line++) {
        end = strchr(end, '\n') + 1;
    }
    stk_calibration_files files = {{"members", {members, (size_t)(end - members)}},
                                   {"species", stk_text_of(species)},
                                   {"natural", stk_text_of(natural)}};
    stk_calibration *read = NULL;
    assert_int_equal(stk_calibration_read(&files, &read, NULL), STK_OK);
    free(members);
    free(species);
    free(natural);
    return read;
}

static stk_iamc *data_table(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "data/%.200s", name);
    return test_table(path);
}

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        (void)mkdir(folder[i], 0777);
        stk_assess_remove_blocks(folder[i]);
        for (size_t r = 0; r < sizeof results / sizeof *results; r++) {
            char path[1200];
            snprintf(path, sizeof path, "%.999s/%s", folder[i], results[r]);
            (void)remove(path);
        }
    }
    test_write_copies(input, COPIES);
    method = test_method("ar6-2015");
    method_text = test_file("data/methods/ar6-2015.yaml");
    history = data_table(stk_method_history(method));
    past = data_table("climate/history_1750-2022.csv");
    prepared = stk_scenario_report_new();
    stk_iamc *chosen = data_table(stk_method_library(method));
    stk_iamc *builtin = data_table(stk_method_builtin_library(method));
    assert_int_equal(stk_scenario_library_new(method, chosen, builtin, prepared, &library, NULL),
                     STK_OK);
    stk_iamc_free(chosen);
    stk_iamc_free(builtin);
    calibration = few_members();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    stk_calibration_free(calibration);
    stk_scenario_library_free(library);
    stk_scenario_report_free(prepared);
    stk_iamc_free(history);
    stk_iamc_free(past);
    free(method_text);
    stk_method_free(method);
    return 0;
}

/* ---- runs ---- */

static void count_progress(void *user, size_t done, size_t total)
{
    size_t *last = user;
    assert_true(done <= total);
    *last = done;
}

static stk_status run(const char *to, size_t part, size_t parts, bool resume, const char *option,
                      stk_assess_count *count, stk_error *error)
{
    size_t last = 0;
    stk_workflow_request request = {
        .input = input,
        .folder = to,
        .stages = {.method = method, .history = history, .library = library, .report = prepared},
        .past = past,
        .calibration = calibration,
        .threads = 1,
        .netcdf = true,
        .resume = resume,
        .part = part,
        .parts = parts,
        .run =
            json_pack("{s:s, s:s, s:s, s:b, s:s, s:{}}", "input", input, "method_file", method_text,
                      "option", option, "netcdf", 1, "command_line", option, "units"),
        .progress = count_progress,
        .user = &last};
    assert_non_null(request.run);
    stk_status status = stk_assess_blocks(&request, count, error);
    assert_true(status != STK_OK || count->own == count->before || last == count->own);
    json_decref(request.run);
    return status;
}

static void run_well(const char *to, size_t part, size_t parts, bool resume,
                     stk_assess_count *count)
{
    stk_error error = {0};
    if (run(to, part, parts, resume, "a", count, &error) != STK_OK) {
        fail_msg("%s: %s", error.file, error.message);
    }
}

static void join_well(const char *from)
{
    stk_error error = {0};
    stk_assess_result result;
    if (stk_assess_join(from, NULL, &result, &error) != STK_OK) {
        fail_msg("%s: %s", error.file, error.message);
    }
    assert_true(result.ready > 8 * COPIES && result.failed == 0);
    assert_true(result.summary.size > 0 && !result.before);
    assert_true(stk_scenario_report_count(result.left_out) > 0);
    stk_assess_result_free(&result);
}

static void refuses(const char *from, stk_status expected, const char *words)
{
    stk_error error = {0};
    stk_assess_result result;
    assert_int_equal(stk_assess_join(from, NULL, &result, &error), expected);
    if (strstr(error.message, words) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, words);
    }
    stk_assess_result_free(&result);
}

static void same_results(void)
{
    for (size_t r = 0; r < sizeof results / sizeof *results; r++) {
        char path[2][1100];
        stk_text text[2];
        for (size_t i = 0; i < 2; i++) {
            snprintf(path[i], sizeof path[i], "%.999s/%s", folder[i], results[r]);
            stk_status status = stk_file_read(path[i], &text[i], NULL);
            if (status != STK_OK) { /* a build without NetCDF has stopped before */
                fail_msg("%s is not there", path[i]);
            }
        }
        if (text[0].size != text[1].size || memcmp(text[0].data, text[1].data, text[0].size) != 0) {
            fail_msg("%s differs", results[r]);
        }
        free((char *)(uintptr_t)text[0].data);
        free((char *)(uintptr_t)text[1].data);
    }
}

/* ---- tests ---- */

static void parts_make_what_one_makes(void **state)
{
    (void)state;
    stk_assess_count count;
    run_well(folder[0], 0, 1, false, &count);
    assert_int_equal(count.all, 15 * COPIES);
    assert_int_equal(count.own, count.all);
    join_well(folder[0]);
    stk_assess_remove_blocks(folder[0]);
    for (size_t parts = 2; parts <= 6; parts += 2) {
        size_t own = 0;
        for (size_t part = parts; part-- > 0;) {
            run_well(folder[1], part, parts, false, &count);
            own += count.own;
        }
        assert_int_equal(own, count.all);
        join_well(folder[1]);
        same_results();
        stk_assess_remove_blocks(folder[1]);
    }
}

static void what_is_there_is_taken(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_assess_count count;
    run_well(folder[1], 1, 2, false, &count);
    run_well(folder[1], 0, 1, true, &count);
    assert_int_equal(count.before, 8 + 6); /* the second and the last of four blocks */
    run_well(folder[1], 0, 1, true, &count);
    assert_int_equal(count.before, count.all);
    join_well(folder[1]);
    same_results();
    assert_int_equal(run(folder[1], 0, 1, true, "b", &count, &error), STK_EDATA);
    assert_non_null(strstr(error.message, "is of another run ('option' differs)"));
    stk_assess_remove_blocks(folder[1]);
}

static void spoil(const stk_block_file *file, size_t at, size_t size)
{
    char path[1200];
    stk_text text;
    snprintf(path, sizeof path, "%s/%s", folder[2], file->name);
    assert_int_equal(stk_file_read(path, &text, NULL), STK_OK);
    char *content = (char *)(uintptr_t)text.data;
    content[at] ^= 1;
    assert_int_equal(
        stk_file_write(path, (stk_text){content, size < text.size ? size : text.size}, NULL),
        STK_OK);
    free(content);
}

/* Counts that cannot be under a checksum that is right: what a header counts is held by itself. */
static void counts_that_cannot_be_are_refused(void **state)
{
    (void)state;
    stk_block good = {.number = 1,
                      .part = 1,
                      .parts = 3,
                      .scenarios = 2 * STK_BLOCK_SCENARIOS,
                      .ready = STK_BLOCK_SCENARIOS,
                      .failed = 2,
                      .run = json_pack("{s:s}", "version", "1")};
    const size_t wrong[] = {SIZE_MAX, (size_t)INT64_MAX, 1000000001, STK_BLOCK_SCENARIOS + 1};
    size_t *const counts[] = {&good.scenarios, &good.ready, &good.failed};
    stk_block_file file = {.number = 1, .part = 1, .parts = 3};
    snprintf(file.name, sizeof file.name, "block-000002.part-2-of-3");
    stk_assess_remove_blocks(folder[2]);
    for (size_t c = 0; c <= sizeof counts / sizeof *counts; c++) {
        bool none = c == sizeof counts / sizeof *counts;
        for (size_t w = 0; w < (none ? 1 : sizeof wrong / sizeof *wrong); w++) {
            stk_error error = {.status = STK_OK};
            size_t right = none ? 0 : *counts[c];
            stk_block read = {.run = NULL};
            if (!none) {
                *counts[c] = wrong[w];
            }
            assert_int_equal(stk_block_write(folder[2], &good, NULL), STK_OK);
            stk_status status = stk_block_read(folder[2], &file, &read, &error);
            /* so many scenarios are possible, if not read by anyone */
            bool taken = none || (c == 0 && wrong[w] == STK_BLOCK_SCENARIOS + 1);
            assert_int_equal(status, taken ? STK_OK : STK_EFORMAT);
            stk_block_free(&read);
            if (!none) {
                *counts[c] = right;
            }
        }
    }
    /* a block is that of its name, and one of those that there are */
    size_t *const places[] = {&file.number, &file.part, &file.parts};
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        stk_block read = {.run = NULL};
        (*places[p])++;
        assert_int_equal(stk_block_read(folder[2], &file, &read, NULL), STK_EFORMAT);
        stk_block_free(&read);
        (*places[p])--;
    }
    json_decref(good.run);
    stk_assess_remove_blocks(folder[2]);
}

static void what_is_no_part_is_refused(void **state)
{
    (void)state;
    stk_error error = {0};
    stk_assess_count count;
    stk_block_files files;
    char path[1200];
    refuses(folder[2], STK_ENOTFOUND, "there is no block");
    run_well(folder[2], 0, 2, false, &count);
    refuses(folder[2], STK_ENOTFOUND, "of 4 blocks, these are missing: 2, 4; run");
    assert_int_equal(run(folder[2], 1, 2, false, "b", &count, &error), STK_OK);
    refuses(folder[2], STK_EDATA, "'option' differs");
    run_well(folder[2], 1, 2, false, &count);
    assert_int_equal(stk_block_find(folder[2], &files, NULL), STK_OK);
    assert_int_equal(files.count, 4);
    spoil(&files.items[2], 5000, SIZE_MAX);
    refuses(folder[2], STK_EFORMAT, "the block is damaged");
    run_well(folder[2], 0, 2, true, &count);
    assert_int_equal(count.before, 8);
    for (size_t size = 0; size < 40; size += 13) {
        spoil(&files.items[3], 0, size);
        refuses(folder[2], STK_EFORMAT, "the block is damaged");
    }
    /* names that are no blocks, and one that was not finished */
    static const char *const names[] = {".block-000001.part-1-of-2.0123456789abcdef.part",
                                        "block-0.part-1-of-2",
                                        "block-1.part-1-of-2.part",
                                        ".block-1.part-1-of-2.0123456789abcdeg.part",
                                        "block-1.part-3-of-2",
                                        "block-99999999999.part-1-of-2",
                                        "block-1.part-1-of-2x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder[2], names[i]);
        assert_int_equal(stk_file_write(path, stk_text_of("x"), NULL), STK_OK);
    }
    free(files.items);
    assert_int_equal(stk_block_find(folder[2], &files, NULL), STK_OK);
    assert_int_equal(files.count, 5);
    stk_assess_remove_blocks(folder[2]);
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder[2], names[i]);
        assert_int_equal(unlink(path), 0);
    }
    free(files.items);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_make_what_one_makes),
        cmocka_unit_test(what_is_there_is_taken),
        cmocka_unit_test(counts_that_cannot_be_are_refused),
        cmocka_unit_test(what_is_no_part_is_refused),
    };
    if (argc < 2) {
        return 2;
    }
    for (size_t i = 0; i < 3; i++) {
        snprintf(folder[i], sizeof folder[i], "%.900s/blocks-%zu", argv[1], i);
    }
    snprintf(input, sizeof input, "%.900s/blocks.csv", argv[1]);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
