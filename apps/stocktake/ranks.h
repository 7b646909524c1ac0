/** @file ranks.h
 * @brief The processes that share a run: one, or as many as mpirun or srun has started.
 *
 * What a run does with them is written once, for any number of them; one process is the case of a
 * single rank, in builds with and without MPI. Functions marked *collective* are called by all
 * ranks, in the same order.
 */
#ifndef STOCKTAKE_CLI_RANKS_H
#define STOCKTAKE_CLI_RANKS_H

#include "scenario.h"

typedef struct ranks ranks;

/* Collective: find out who takes part. Several processes and a build without MPI are refused. */
stk_status ranks_open(ranks **all, stk_error *error);
void ranks_close(ranks *all);

int ranks_own(const ranks *all);
int ranks_count(const ranks *all);

/* Collective: the threads of this process where the user named none: its share of the processors
 * that it may use, which other ranks may use too; OMP_NUM_THREADS if that is set. */
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

/* Every rank has a heap of numbered items of its own, and takes from those of others when it has
 * run out. Items have an answer each, a number that its owner finds when all work is done. */
typedef struct ranks_heap ranks_heap;

/* Collective. `item_size` bytes of each item can be seen by other ranks; `counts` are those of all
 * ranks. */
stk_status ranks_heap_new(ranks *all, const size_t *counts, size_t item_size, ranks_heap **heap,
                          stk_error *error);
void ranks_heap_free(ranks_heap *heap); /* collective */

/* Where the bytes of an own item are put; NULL where nobody else is to see them. */
void *ranks_item(ranks_heap *heap, size_t index);

/* Collective: from now on others see what was put into items and answers. */
void ranks_publish(ranks_heap *heap);

/* Collective: from now on items can be taken. */
void ranks_deal(ranks_heap *heap);

/* Take the next item, of whatever owner; false when there is none left. */
bool ranks_take(ranks_heap *heap, int *owner, size_t *index);

/* Bytes of an item of another rank. */
void ranks_look(ranks_heap *heap, int owner, size_t index, size_t from, size_t size, void *out);

void ranks_answer(ranks_heap *heap, int owner, size_t index, uint64_t answer);

/* The answer to an own item, after ranks_settle(). */
uint64_t ranks_answered(ranks_heap *heap, size_t index);

/* Count items as done; how many are done by all. */
uint64_t ranks_done(ranks_heap *heap, uint64_t more);

/* Nobody is to take any more. */
void ranks_stop(ranks_heap *heap);

/* Collective: all answers are in. */
void ranks_settle(ranks_heap *heap);

/* How many items this rank took from others, and how often. */
void ranks_stolen(const ranks_heap *heap, uint64_t *items, uint64_t *times);

#endif
