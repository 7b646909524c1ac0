/** @file test_notes.c
 * @brief Notes are for people: whatever they say, every level stays the same.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/table.h"
#include "support/support.h"

/* The table of pledges with every note in other words, those that rules once looked for among
 * them. */
static stk_text reworded(stk_text table)
{
    static const char *const words[] = {"", "abs_low_mt derived (A: elsewhere)",
                                        "abs_low_mt stated; ref_level_mt_stated stated",
                                        "CO2 only; net zero in law; from memory, unverified",
                                        "document known; target not extracted"};
    stk_arena arena = {0};
    stk_buffer out = {0};
    stk_csv csv;
    stk_error error;
    bool more = true;
    assert_ok(stk_csv_open(&csv, (stk_source){"pledges.csv", table}, &arena, &error), &error);
    int notes = stk_csv_find(&csv, "notes");
    assert_true(notes >= 0);
    for (size_t i = 0; i < csv.column_count; i++) {
        stk_buffer_text(&out, i > 0 ? "," : "");
        stk_csv_write_field(&out, csv.columns[i]);
    }
    stk_buffer_text(&out, "\n");
    for (size_t row = 0; more; row++) {
        assert_ok(stk_csv_next(&csv, &more, &error), &error);
        for (size_t i = 0; i < csv.column_count && more; i++) {
            stk_text other = stk_text_of(words[row % (sizeof words / sizeof *words)]);
            stk_buffer_text(&out, i > 0 ? "," : "");
            stk_csv_write_field(&out, (int)i == notes ? other : stk_csv_field(&csv, (int)i));
        }
        stk_buffer_text(&out, more ? "\n" : "");
    }
    stk_arena_free(&arena);
    assert_ok(stk_buffer_status(&out, &error), &error);
    return (stk_text){out.data, out.size};
}

static stk_world *world_of(const stk_pledges *pledges, stk_date date)
{
    const stk_data *data = test_data();
    stk_options options = test_options("AR6", date);
    stk_world *world;
    stk_error error;
    options.as_of.include_announced = true;
    assert_ok(stk_world_make(data->inventory, pledges, data->baseline, &options, &world, &error),
              &error);
    return world;
}

static void same_targets(const stk_world *const *worlds, const stk_national *a,
                         const stk_national *b)
{
    stk_methods x;
    stk_methods y;
    assert_int_equal(a->target_count, b->target_count);
    for (int t = 0; t < a->target_count; t++) {
        assert_int_equal(a->targets[t].year, b->targets[t].year);
        assert_memory_equal(a->targets[t].level, b->targets[t].level, sizeof a->targets[t].level);
        stk_world_methods(worlds[0], a, &a->targets[t], &x);
        stk_world_methods(worlds[1], b, &b->targets[t], &y);
        for (int i = 0; i < STK_CONDITIONS * STK_AMBITIONS; i++) {
            assert_string_equal(x.text[i / 2][i % 2], y.text[i / 2][i % 2]);
            assert_string_equal(a->targets[t].mark[i / 2][i % 2], b->targets[t].mark[i / 2][i % 2]);
        }
    }
    assert_memory_equal(a->path, b->path, sizeof a->path);
}

static void a_reworded_note_changes_nothing(void **state)
{
    (void)state;
    static const stk_date dates[] = {20151231, 20180601, 20210422, 20230101, 20261130};
    const stk_data *data = test_data();
    stk_pledges *pledges[2];
    stk_text table[2];
    stk_error error;
    assert_ok(stk_pledges_write_csv(data->pledges, &table[0], &error), &error);
    table[1] = reworded(table[0]);
    assert_true(table[0].size != table[1].size);
    for (int i = 0; i < 2; i++) {
        assert_ok(
            stk_pledges_read("pledges.csv", table[i], data->inventory, &pledges[i], NULL, &error),
            &error);
    }
    size_t quantified = 0;
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        stk_world *worlds[2] = {world_of(pledges[0], dates[d]), world_of(pledges[1], dates[d])};
        for (size_t n = 0; n < stk_world_count(worlds[0]); n++) {
            same_targets((const stk_world *const *)worlds, stk_world_national(worlds[0], n),
                         stk_world_national(worlds[1], n));
            quantified += (size_t)stk_world_national(worlds[0], n)->target_count;
        }
        stk_world_free(worlds[0]);
        stk_world_free(worlds[1]);
    }
    assert_true(quantified > 700);
    for (int i = 0; i < 2; i++) {
        stk_pledges_free(pledges[i]);
        free((char *)table[i].data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_reworded_note_changes_nothing)};
    return cmocka_run_group_tests(tests, NULL, test_close_data);
}
