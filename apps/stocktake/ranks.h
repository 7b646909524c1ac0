/** @file ranks.h
 * @brief The processes that share a run: one, or as many as mpirun or srun has started.
 *
 * What a run does with them is written once, for any number of them; one process is the case of a
 * single rank, in builds with and without MPI. Functions marked *collective* are called by all
 * ranks, in the same order.
 */
#ifndef STK_RANKS_H
#define STK_RANKS_H

#include "cmd_scenario.h"

typedef struct ranks ranks;

/* Collective: find out who takes part. Several processes and a build without MPI are refused. */
stk_status ranks_open(ranks **all, stk_error *error);
void ranks_close(ranks *all);

int ranks_own(const ranks *all);
int ranks_count(const ranks *all);

/* The threads of this process where the user named none: its share of the processors that it may
 * use, which other ranks may use too; 0 when it is alone: all of them. */
int ranks_threads(const ranks *all);

/* Collective: the same outcome for all: success if all have it, else the error that is first in its
 * file, of the first rank. */
stk_status ranks_agree(ranks *all, stk_status status, stk_error *error);

/* Collective. */
uint64_t ranks_sum(ranks *all, uint64_t value);

/* Collective: what rank 0 has. */
void ranks_broadcast(ranks *all, void *data, size_t size);

/* Collective: the bytes of every rank one after the other, in order, for rank 0. */
void ranks_gather(ranks *all, const void *data, size_t size, stk_buffer *gathered);

/* ---- files that grow by what every rank adds ---- */

typedef struct ranks_file {
    ranks *all;
    scenario_file file; /* its name; open where one rank writes */
    void *shared;       /* open where several do */
    uint64_t size;
} ranks_file;

/* Collective: start FOLDER/NAME, under a temporary name. */
stk_status ranks_create(ranks *all, ranks_file *out, const char *folder, const char *name,
                        stk_error *error);

/* Collective: add the bytes of every rank in the order of ranks; some may add none. */
stk_status ranks_append(ranks_file *out, const char *data, size_t size, stk_error *error);

/* Collective: as scenario_finish(), with the outcome of all. */
stk_status ranks_finish(ranks_file *out, stk_status status, stk_error *error);

/* ---- work that is dealt out ---- */

/* Every rank has a heap of its own items, and takes from the heaps of others when it has run out.
 * An item that another rank runs travels as `item_size` bytes, which `pack` writes; if it cannot,
 * and returns false, the item stays. */
typedef struct ranks_heap ranks_heap;

typedef struct ranks_item {
    int owner;
    size_t index;     /* the owner's number of it */
    const void *data; /* what was packed, until the next one is taken; NULL for an own item */
} ranks_item;

stk_status ranks_heap_new(ranks *all, size_t item_size,
                          bool (*pack)(void *user, size_t index, void *item), void *user,
                          ranks_heap **heap, stk_error *error);
void ranks_heap_free(ranks_heap *heap);

/* Put an own item into the heap. */
stk_status ranks_put(ranks_heap *heap, size_t index, stk_error *error);

/* Collective: from now on items can be taken. */
void ranks_deal(ranks_heap *heap);

/* The next item, of whatever owner; false when there is none left. */
bool ranks_take(ranks_heap *heap, ranks_item *item);

/* To be called now and then, and when an item is done: others are given what they ask for. Returns
 * how many items are known to be done by all: rank 0 knows best. */
uint64_t ranks_done(ranks_heap *heap, uint64_t more);

/* Nobody is to take any more. */
void ranks_stop(ranks_heap *heap);

/* Collective: all have come to the end of the work. */
void ranks_settle(ranks_heap *heap);

/* How many items this rank took from others, in how many goes, and how often it asked. */
typedef struct ranks_stolen {
    uint64_t items, times, asked;
    double seconds; /* spent with nothing to do */
} ranks_stolen;

ranks_stolen ranks_what_was_stolen(const ranks_heap *heap);

/* Collective: `to` is a buffer for each rank; `received` gets what all others have for this one. */
stk_status ranks_exchange(ranks *all, const stk_buffer *to, stk_buffer *received, stk_error *error);

#endif
