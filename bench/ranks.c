/** @file ranks.c
 * @brief What sharing a run costs: taking, stealing, agreeing, writing together.
 *
 *     mpirun -n 2 ranks [FOLDER]        medians of several rounds, printed by the first rank
 *     ranks [FOLDER]                    the same for a process that is alone
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/stocktake/ranks.h"
#include "bench.h"

enum { ROUNDS = 9, ITEMS = 4000, ITEM_SIZE = 34 * 1024, BLOCK_SIZE = 800 * 1024, BLOCKS = 40 };

static double now(void)
{
    return bench_now(CLOCK_MONOTONIC);
}

static void need(stk_status status, const stk_error *error)
{
    if (status != STK_OK) {
        fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

static bool pack(void *user, size_t index, void *item)
{
    (void)user;
    memset(item, (int)index, ITEM_SIZE);
    return true;
}

static ranks_heap *new_heap(ranks *all, size_t items)
{
    ranks_heap *heap;
    stk_error error = {0};
    need(ranks_heap_new(all, ITEM_SIZE, pack, NULL, &heap, &error), &error);
    for (size_t i = 0; i < items; i++) {
        need(ranks_put(heap, i, &error), &error);
    }
    return heap;
}

/* Seconds of this rank to take items until none are left, and what it stole. */
static double take_all(ranks *all, size_t items, ranks_stolen *stolen, size_t *taken)
{
    ranks_heap *heap = new_heap(all, items);
    ranks_item item;
    ranks_deal(heap);
    double start = now();
    *taken = 0;
    while (ranks_take(heap, &item)) {
        ++*taken;
        ranks_done(heap, 1);
    }
    double seconds = now() - start;
    ranks_settle(heap);
    *stolen = ranks_what_was_stolen(heap);
    ranks_heap_free(heap);
    return seconds;
}

static double median_of(double (*measure)(ranks *all, const char *folder), ranks *all,
                        const char *folder)
{
    double values[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        values[i] = measure(all, folder);
    }
    return bench_median(values, ROUNDS);
}

static double taking(ranks *all, const char *folder)
{
    ranks_stolen stolen;
    size_t taken;
    (void)folder;
    double seconds = take_all(all, ITEMS, &stolen, &taken);
    return seconds / (double)taken * 1e9;
}

/* One rank has everything: what the others get they steal. */
static double stealing(ranks *all, const char *folder)
{
    ranks_stolen stolen;
    size_t taken;
    (void)folder;
    take_all(all, ranks_own(all) == ranks_count(all) - 1 ? ITEMS : 0, &stolen, &taken);
    return stolen.items == 0 ? 0 : stolen.seconds / (double)stolen.items * 1e6;
}

static double agreeing(ranks *all, const char *folder)
{
    stk_error error = {0};
    (void)folder;
    double start = now();
    for (int i = 0; i < 1000; i++) {
        need(ranks_agree(all, STK_OK, &error), &error);
    }
    return (now() - start) / 1000 * 1e6;
}

static double appending(ranks *all, const char *folder)
{
    static char block[BLOCK_SIZE];
    ranks_file out;
    stk_error error = {0};
    memset(block, 'x', sizeof block);
    double start = now();
    need(ranks_create(all, &out, folder, "bench-ranks.tmp", &error), &error);
    for (int i = 0; i < BLOCKS; i++) {
        need(ranks_append(&out, block, sizeof block, &error), &error);
    }
    need(ranks_finish(&out, STK_OK, &error), &error);
    return (now() - start) / BLOCKS * 1e3;
}

int main(int argc, char **argv)
{
    ranks *all;
    stk_error error = {0};
    char path[1100];
    const char *folder = argc > 1 ? argv[1] : ".";
    need(ranks_open(&all, &error), &error);
    double take_ns = median_of(taking, all, folder);
    double steal_us = median_of(stealing, all, folder);
    double agree_us = median_of(agreeing, all, folder);
    double append_ms = median_of(appending, all, folder);
    if (ranks_own(all) == 0) {
        printf("ranks = %d  take = %.0f ns  stolen item of %d kB = %.1f us  agree = %.1f us  "
               "append of %d kB by each = %.2f ms\n",
               ranks_count(all), take_ns, ITEM_SIZE / 1024, steal_us, agree_us, BLOCK_SIZE / 1024,
               append_ms);
        snprintf(path, sizeof path, "%s/bench-ranks.tmp", folder);
        remove(path);
    }
    ranks_close(all);
    return 0;
}
