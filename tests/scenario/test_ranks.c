/** @file test_ranks.c
 * @brief What is dealt out to ranks is done once, whoever has it; files and lists are in the order
 * of ranks. Alone, or under mpirun with any number of them.
 *
 *     test_ranks FOLDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ranks.h"

enum { ITEM_SIZE = 1000 };

static ranks *all;
static const char *folder;

#define check(condition) check_that((condition), #condition, __LINE__)

static void check_that(bool condition, const char *text, int line)
{
    if (!condition) {
        fprintf(stderr, "FAILED on rank %d: line %d: %s\n", all == NULL ? -1 : ranks_own(all), line,
                text);
        abort();
    }
}

static void ok(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        abort();
    }
}

/* Some items cannot be packed, and stay where they are. */
static bool sticky;

/* The bytes of an item tell whose it is. */
static bool pack(void *user, size_t index, void *item)
{
    (void)user;
    memset(item, (int)(index * 7 + (size_t)ranks_own(all) * 31) & 0xff, ITEM_SIZE);
    return !sticky || index % 3 != 0;
}

static void check_data(const ranks_item *item)
{
    const unsigned char *data = item->data;
    check((item->data == NULL) == (item->owner == ranks_own(all)) || item->data != NULL);
    for (size_t i = 0; data != NULL && i < ITEM_SIZE; i++) {
        check(data[i] == ((item->index * 7 + (size_t)item->owner * 31) & 0xff));
    }
}

typedef struct done_item {
    int owner;
    size_t index;
} done_item;

static int compare_items(const void *a, const void *b)
{
    const done_item *x = a;
    const done_item *y = b;
    return x->owner != y->owner ? (x->owner > y->owner) - (x->owner < y->owner)
                                : (x->index > y->index) - (x->index < y->index);
}

/* Deal out as many items as each rank has; `slow` ones take a while. Returns what was stolen. */
static ranks_stolen deal_out(const size_t *counts, bool slow)
{
    ranks_heap *heap;
    ranks_item item;
    stk_error error = {0};
    stk_buffer own = {0};
    stk_buffer gathered = {0};
    ok(ranks_heap_new(all, ITEM_SIZE, pack, NULL, &heap, &error), &error);
    for (size_t i = 0; i < counts[ranks_own(all)]; i++) {
        ok(ranks_put(heap, i, &error), &error);
    }
    ranks_deal(heap);
    while (ranks_take(heap, &item)) {
        done_item done = {item.owner, item.index};
        check_data(&item);
        stk_buffer_append(&own, (stk_text){(const char *)&done, sizeof done});
        if (slow) {
            nanosleep(&(struct timespec){0, 500000}, NULL);
        }
        ranks_done(heap, 1);
    }
    ranks_settle(heap);
    size_t expected = 0;
    for (int r = 0; r < ranks_count(all); r++) {
        expected += counts[r];
    }
    ranks_gather(all, own.data, own.size, &gathered);
    if (ranks_own(all) == 0) {
        done_item *items = (done_item *)(void *)gathered.data;
        check(ranks_done(heap, 0) == expected);
        check(gathered.size == expected * sizeof *items);
        if (expected > 0) {
            qsort(items, expected, sizeof *items, compare_items);
        }
        for (size_t i = 0, k = 0, r = 0; i < expected; i++, k++) {
            for (; k == counts[r]; r++) {
                k = 0;
            }
            check(items[i].owner == (int)r && items[i].index == k);
        }
    }
    ranks_stolen stolen = ranks_what_was_stolen(heap);
    ranks_heap_free(heap);
    stk_buffer_free(&own);
    stk_buffer_free(&gathered);
    return stolen;
}

static void every_item_is_done_once(void)
{
    size_t *counts = calloc((size_t)ranks_count(all), sizeof *counts);
    check(counts != NULL);
    deal_out(counts, false); /* nothing */
    for (int round = 0; round < 20; round++) {
        for (int r = 0; r < ranks_count(all); r++) {
            counts[r] = (size_t)((r * 37 + round * 101) % 97) * (size_t)(round % 3);
        }
        deal_out(counts, false);
    }
    /* all of it is one rank's: the others get some */
    memset(counts, 0, (size_t)ranks_count(all) * sizeof *counts);
    counts[ranks_count(all) - 1] = 400;
    ranks_stolen stolen = deal_out(counts, true);
    uint64_t items = ranks_sum(all, stolen.items);
    check(ranks_count(all) == 1 ? items == 0 : items > 50);
    sticky = true;
    deal_out(counts, true);
    sticky = false;
    free(counts);
}

/* Who stops, stops all: there is work left, and nobody waits. */
static void stopping(void)
{
    ranks_heap *heap;
    ranks_item item;
    stk_error error = {0};
    uint64_t taken = 0;
    ok(ranks_heap_new(all, ITEM_SIZE, pack, NULL, &heap, &error), &error);
    for (size_t i = 0; i < 100000; i++) {
        ok(ranks_put(heap, i, &error), &error);
    }
    ranks_deal(heap);
    while (ranks_take(heap, &item)) {
        taken++;
        ranks_done(heap, 1);
        if (ranks_own(all) == ranks_count(all) - 1 && taken == 10) {
            ranks_stop(heap);
        }
        nanosleep(&(struct timespec){0, 100000}, NULL);
    }
    ranks_settle(heap);
    check(ranks_sum(all, taken) < 100000 * (uint64_t)ranks_count(all));
    ranks_heap_free(heap);
}

static void agreeing(void)
{
    stk_error error = {0};
    int last = ranks_count(all) - 1;
    check(ranks_agree(all, STK_OK, &error) == STK_OK);
    for (int who = 0; who <= last; who++) {
        stk_status own = STK_OK;
        if (ranks_own(all) == who) {
            own = stk_error_set(&error, STK_EDATA, "rank %d", who);
        }
        check(ranks_agree(all, own, &error) == STK_EDATA);
        char expected[32];
        snprintf(expected, sizeof expected, "rank %d", who);
        check(strcmp(error.message, expected) == 0);
    }
    /* the error that is first in the file is that of the last rank */
    error = (stk_error){0};
    (void)stk_error_at(&error, STK_EFORMAT, "f", 100 - ranks_own(all), 1, "line");
    check(ranks_agree(all, STK_EFORMAT, &error) == STK_EFORMAT);
    check(error.line == 100 - last);
}

static void exchanging(void)
{
    int count = ranks_count(all);
    stk_error error = {0};
    stk_buffer received = {0};
    stk_buffer *to = calloc((size_t)count, sizeof *to);
    check(to != NULL);
    /* every second pair has nothing to say to each other */
    for (int r = 0; r < count; r++) {
        if ((r + ranks_own(all)) % 2 == 0) {
            stk_buffer_printf(&to[r], "%d to %d;", ranks_own(all), r);
        }
    }
    ok(ranks_exchange(all, to, &received, &error), &error);
    stk_buffer expected = {0};
    for (int r = 0; r < count; r++) {
        if ((r + ranks_own(all)) % 2 == 0) {
            stk_buffer_printf(&expected, "%d to %d;", r, ranks_own(all));
        }
        stk_buffer_free(&to[r]);
    }
    check(received.size == expected.size &&
          memcmp(received.data, expected.data, expected.size) == 0);
    free(to);
    stk_buffer_free(&received);
    stk_buffer_free(&expected);
}

/* In rounds, each rank a line, some none: as one rank would have written it. */
static void writing(void)
{
    char line[64];
    char expected[64];
    ranks_file out;
    stk_error error = {0};
    ok(ranks_create(all, &out, folder, "ranks-test.txt", &error), &error);
    for (int round = 0; round < 10; round++) {
        snprintf(line, sizeof line, "round %d rank %d\n", round, ranks_own(all));
        bool silent = (round + ranks_own(all)) % 4 == 3;
        ok(ranks_append(&out, line, silent ? 0 : strlen(line), &error), &error);
    }
    ok(ranks_finish(&out, STK_OK, &error), &error);
    if (ranks_own(all) == 0) {
        char path[1100];
        snprintf(path, sizeof path, "%s/ranks-test.txt", folder);
        FILE *file = fopen(path, "rb");
        check(file != NULL);
        for (int i = 0; i < 10 * ranks_count(all); i++) {
            int round = i / ranks_count(all);
            int rank = i % ranks_count(all);
            snprintf(expected, sizeof expected, "round %d rank %d\n", round, rank);
            if ((round + rank) % 4 != 3) {
                check(fgets(line, sizeof line, file) != NULL && strcmp(line, expected) == 0);
            }
        }
        check(fgets(line, sizeof line, file) == NULL);
        fclose(file);
        remove(path);
    }
    /* a failure anywhere leaves no file */
    ok(ranks_create(all, &out, folder, "ranks-test.txt", &error), &error);
    stk_status status = ranks_own(all) == ranks_count(all) - 1
                            ? stk_error_set(&error, STK_EDATA, "no more")
                            : STK_OK;
    check(ranks_finish(&out, status, &error) == STK_EDATA);
    check(ranks_create(all, &out, "/nowhere/at/all", "file", &error) == STK_EIO);
}

int main(int argc, char **argv)
{
    stk_error error = {0};
    folder = argc > 1 ? argv[1] : ".";
    ok(ranks_open(&all, &error), &error);
    every_item_is_done_once();
    stopping();
    agreeing();
    exchanging();
    writing();
    if (ranks_own(all) == 0) {
        printf("ranks = %d: all as expected\n", ranks_count(all));
    }
    ranks_close(all);
    return 0;
}
