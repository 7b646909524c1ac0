/** @file test_shares.c
 * @brief Whose a scenario is, for any number of processes; and results on disk that are whole or
 * none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenario_journal.h"
#include "scenario_share.h"

static char folder[1024];

static stk_text text_of(const char *text)
{
    return stk_text_of(text);
}

static bool is_mine(scenario_share *share, const char *model, const char *scenario)
{
    return share_is_mine(share, &(stk_iamc_seen){text_of(model), text_of(scenario), 1, true});
}

static void number_names(scenario_share *share, size_t count)
{
    char name[32];
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "scenario %zu", i);
        for (int row = 0; row < 2; row++) {
            (void)is_mine(share, "model", name);
        }
    }
    is_mine(share, "model", "scenario 0");
    assert_int_equal(share_total(share), count);
}

/* Every scenario has one owner and one index; an owner's indices are 0, 1, 2, ... in the order of
 * the file. */
static void every_scenario_has_one_owner(void **state)
{
    (void)state;
    for (int ranks = 1; ranks <= 6; ranks++) {
        for (size_t count = 1; count < 60; count += 7) {
            size_t seen[8] = {0};
            size_t sum = 0;
            scenario_share share;
            assert_int_equal(share_open(&share, 0, ranks, NULL), STK_OK);
            number_names(&share, count);
            for (size_t number = 0; number < count; number++) {
                size_t index;
                int owner = share_owner(&share, number, &index);
                assert_true(owner >= 0 && owner < ranks);
                assert_int_equal(index, seen[owner]++);
                assert_int_equal(share_number_of(&share, owner, index), number);
            }
            for (int r = 0; r < ranks; r++) {
                assert_int_equal(share_count(&share, r), seen[r]);
                assert_true(seen[r] <= share_rounds(&share) * SHARE_BLOCK);
                sum += seen[r];
            }
            assert_int_equal(sum, count);
            share_close(&share);
        }
    }
}

static void mine_is_what_i_own(void **state)
{
    (void)state;
    for (int own = 0; own < 3; own++) {
        scenario_share share;
        assert_int_equal(share_open(&share, own, 3, NULL), STK_OK);
        for (int i = 0; i < 50; i++) {
            char name[8];
            snprintf(name, sizeof name, "%d", i);
            assert_int_equal(is_mine(&share, "m", name), i / SHARE_BLOCK % 3 == own);
            assert_int_equal(share_number(&share, "m", name), i);
        }
        /* the same scenario of another model is another */
        assert_int_equal(is_mine(&share, "n", "0"), own == 0);
        assert_int_equal(share_number(&share, "n", "0"), 50);
        assert_int_equal(share_number(&share, "n", "1"), share_total(&share));
        share_close(&share);
    }
}

/* ---- the journal ---- */

enum { VALUES = 5, RECORDS = 7, FILE_NUMBER = 3 << JOURNAL_RANK_BITS | 2 };

static const char *path_of_file(void)
{
    static char path[1100];
    snprintf(path, sizeof path, "%s/ensemble.3-2.part", folder);
    return path;
}

static journal *open_it(size_t values)
{
    journal *j;
    assert_int_equal(journal_open(folder, values, FILE_NUMBER, &j, NULL), STK_OK);
    return j;
}

static uint64_t write_records(void)
{
    journal *j = open_it(VALUES);
    uint64_t place = 0;
    for (uint64_t i = 0; i < RECORDS; i++) {
        double values[VALUES] = {(double)i, -1, 0.1, 1e300, 5e-324};
        journal_record record = {.scenario = i, .members = 841};
        memset(record.key, (int)i + 1, sizeof record.key);
        snprintf(record.message, sizeof record.message, "number %d", (int)i);
        assert_int_equal(journal_write(j, &record, values, &place, NULL), STK_OK);
    }
    assert_int_equal(journal_flush(j, NULL), STK_OK);
    journal_close(j);
    return place;
}

static void count(void *user, const journal_record *record, uint64_t place)
{
    size_t *seen = user;
    assert_int_equal(record->scenario, *seen);
    assert_int_equal(place, (uint64_t)FILE_NUMBER << 32 | (*seen + 1));
    ++*seen;
}

static size_t whole_records(size_t values)
{
    size_t seen = 0;
    journal *j = open_it(values);
    assert_int_equal(journal_scan(j, FILE_NUMBER, count, &seen, NULL), STK_OK);
    journal_close(j);
    return seen;
}

static void records_come_back(void **state)
{
    (void)state;
    uint64_t place = write_records();
    journal_record record;
    double values[VALUES];
    stk_error error = {0};
    journal *j = open_it(VALUES);
    assert_int_equal(journal_read(j, place, &record, values, &error), STK_OK);
    assert_int_equal(record.scenario, RECORDS - 1);
    assert_int_equal(record.members, 841);
    assert_string_equal(record.message, "number 6");
    assert_true(values[0] == 6 && values[2] == 0.1 && values[4] == 5e-324);
    assert_int_equal(journal_read(j, place - 6, &record, values, &error), STK_OK);
    assert_int_equal(record.scenario, 0);
    assert_int_equal(journal_read(j, place + 1, &record, values, &error), STK_EIO);
    journal_close(j);
    assert_int_equal(whole_records(VALUES), RECORDS);
    assert_int_equal(whole_records(VALUES + 1), 0); /* another kind of run */
}

/* Cut or damaged anywhere: what is before counts, nothing behind. */
static void only_whole_records_count(void **state)
{
    (void)state;
    static char data[1 << 14];
    (void)write_records();
    FILE *file = fopen(path_of_file(), "rb");
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    size_t record = (size - 40) / RECORDS;
    for (size_t at = 0; at < size; at += 131) {
        data[at] = (char)(data[at] ^ 4);
        file = fopen(path_of_file(), "wb");
        assert_int_equal(fwrite(data, 1, size, file), size);
        fclose(file);
        data[at] = (char)(data[at] ^ 4);
        assert_int_equal(whole_records(VALUES), at < 40 ? 0 : (at - 40) / record);
        assert_int_equal(truncate(path_of_file(), (off_t)at), 0);
        assert_int_equal(whole_records(VALUES), at < 40 ? 0 : (at - 40) / record);
    }
}

static void files_are_found(void **state)
{
    (void)state;
    static const char *const others[] = {"ensemble.part",           "ensemble.1-2.part.old",
                                         "ensemble.01-2.part",      "ensemble.-1-2.part",
                                         "ensemble.1-9999999.part", "meta.csv.part"};
    char path[1100];
    uint32_t *files;
    size_t found;
    (void)write_records();
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        fclose(fopen(path, "wb"));
    }
    snprintf(path, sizeof path, "%s/ensemble.1-70.part", folder);
    fclose(fopen(path, "wb"));
    assert_int_equal(journal_find(folder, &files, &found, NULL), STK_OK);
    assert_int_equal(found, 2);
    assert_int_equal(files[0], 1 << JOURNAL_RANK_BITS | 70);
    assert_int_equal(files[1], FILE_NUMBER);
    journal_remove(folder, files[0]);
    journal_remove(folder, files[1]);
    free(files);
    assert_int_equal(journal_find(folder, &files, &found, NULL), STK_OK);
    assert_int_equal(found, 0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, others[i]);
        assert_int_equal(remove(path), 0);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_has_one_owner),
        cmocka_unit_test(mine_is_what_i_own),
        cmocka_unit_test(records_come_back),
        cmocka_unit_test(only_whole_records_count),
        cmocka_unit_test(files_are_found),
    };
    snprintf(folder, sizeof folder, "%s/journal-XXXXXX", argc > 1 ? argv[1] : ".");
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
