/** @file ranks_heap.c
 * @brief Work that is dealt out to ranks.
 *
 * Work is stolen: every rank has a queue, one number of 64 bits that says which items of which
 * owner are still in it. The rank itself takes from its front; one that has run out takes the back
 * half of another's and makes that its own queue. Both change the number by compare-and-swap, so
 * that an item is taken once. An item that was taken never comes back, so no queue looks twice the
 * same.
 */
#include "ranks.h"

#include <stdlib.h>
#include <string.h>

#include "ranks_transport.h"

enum { QUEUE = 0, DONE = 8, ANSWERS = 16, INDEX_BITS = 22, STOP_BIT = 40 };

struct ranks_heap {
    ranks *all;
    size_t *counts;
    size_t item_size;
    void *shared;
    char *memory; /* of this rank */
    bool stopped;
    uint64_t random;
    uint64_t stolen_items;
    uint64_t stolen_times;
};

typedef struct queue {
    uint64_t owner, head, tail;
} queue;

static uint64_t packed(queue q)
{
    return q.owner << (2 * INDEX_BITS) | q.head << INDEX_BITS | q.tail;
}

static queue unpacked(uint64_t word)
{
    const uint64_t mask = ((uint64_t)1 << INDEX_BITS) - 1;
    return (queue){word >> (2 * INDEX_BITS), word >> INDEX_BITS & mask, word & mask};
}

static size_t item_place(const ranks_heap *heap, int owner, size_t index)
{
    return ANSWERS + heap->counts[owner] * sizeof(uint64_t) + index * heap->item_size;
}

static stk_status check_counts(const ranks *all, const size_t *counts, stk_error *error)
{
    for (int r = 0; r < all->count; r++) {
        if (counts[r] >> INDEX_BITS != 0) {
            return stk_error_set(error, STK_EARG,
                                 "%zu scenarios for one process are too many; allowed: %d",
                                 counts[r], (1 << INDEX_BITS) - 1);
        }
    }
    return STK_OK;
}

stk_status ranks_heap_new(ranks *all, const size_t *counts, size_t item_size, ranks_heap **heap,
                          stk_error *error)
{
    ranks_heap *made = calloc(1, sizeof *made);
    size_t *copy = calloc((size_t)all->count, sizeof *copy);
    void *memory = NULL;
    bool room = made != NULL && copy != NULL;
    stk_status status =
        room ? check_counts(all, counts, error) : stk_error_set(error, STK_EMEM, "out of memory");
    status = ranks_agree(all, status, error);
    *heap = NULL;
    if (status != STK_OK || !room) {
        free(made);
        free(copy);
        return status;
    }
    made->all = all;
    made->counts = copy;
    memcpy(copy, counts, (size_t)all->count * sizeof *counts);
    made->item_size = all->count == 1 ? 0 : item_size;
    made->random = (uint64_t)all->own + 1;
    made->shared = all->way->share(item_place(made, all->own, counts[all->own]), &memory);
    made->memory = memory;
    *heap = made;
    return memory != NULL ? STK_OK : stk_error_set(error, STK_EMEM, "out of memory");
}

void ranks_heap_free(ranks_heap *heap)
{
    if (heap == NULL) {
        return;
    }
    if (heap->memory != NULL) {
        heap->all->way->unshare(heap->shared);
    }
    free(heap->counts);
    free(heap);
}

void *ranks_item(ranks_heap *heap, size_t index)
{
    return heap->item_size == 0 ? NULL : heap->memory + item_place(heap, heap->all->own, index);
}

void ranks_publish(ranks_heap *heap)
{
    heap->all->way->settle(heap->shared);
}

void ranks_deal(ranks_heap *heap)
{
    int own = heap->all->own;
    uint64_t word = packed((queue){(uint64_t)own, 0, heap->counts[own]});
    memcpy(heap->memory + QUEUE, &word, sizeof word);
    heap->all->way->settle(heap->shared);
}

/* Any order of victims will do; one of its own for each rank keeps them out of each other's way. */
static int random_rank(ranks_heap *heap)
{
    heap->random ^= heap->random << 13;
    heap->random ^= heap->random >> 7;
    heap->random ^= heap->random << 17;
    return (int)(heap->random % (uint64_t)heap->all->count);
}

/* Take the back half of a queue; false when it is empty. */
static bool steal_from(ranks_heap *heap, int victim, uint64_t empty)
{
    const ranks_transport *way = heap->all->way;
    uint64_t word = way->add(heap->shared, victim, QUEUE, 0);
    for (;;) {
        queue q = unpacked(word);
        if (q.head >= q.tail) {
            return false;
        }
        uint64_t left = q.tail - (q.tail - q.head + 1) / 2;
        uint64_t found =
            way->swap(heap->shared, victim, QUEUE, word, packed((queue){q.owner, q.head, left}));
        if (found == word) {
            heap->stolen_items += q.tail - left;
            heap->stolen_times++;
            /* nobody but its rank changes a queue that is empty */
            way->swap(heap->shared, heap->all->own, QUEUE, empty,
                      packed((queue){q.owner, left, q.tail}));
            return true;
        }
        word = found;
    }
}

static bool steal(ranks_heap *heap, uint64_t empty)
{
    int count = heap->all->count;
    int first = random_rank(heap);
    for (int k = 0; k < count; k++) {
        int victim = (first + k) % count;
        if (victim != heap->all->own && steal_from(heap, victim, empty)) {
            return true;
        }
    }
    return false;
}

bool ranks_take(ranks_heap *heap, int *owner, size_t *index)
{
    const ranks_transport *way = heap->all->way;
    int own = heap->all->own;
    uint64_t word = way->add(heap->shared, own, QUEUE, 0);
    while (!heap->stopped) {
        queue q = unpacked(word);
        if (q.head >= q.tail) {
            if (!steal(heap, word)) {
                return false;
            }
            word = way->add(heap->shared, own, QUEUE, 0);
            continue;
        }
        uint64_t found =
            way->swap(heap->shared, own, QUEUE, word, packed((queue){q.owner, q.head + 1, q.tail}));
        if (found == word) {
            *owner = (int)q.owner;
            *index = (size_t)q.head;
            return true;
        }
        word = found;
    }
    return false;
}

void ranks_look(ranks_heap *heap, int owner, size_t index, size_t from, size_t size, void *out)
{
    heap->all->way->get(heap->shared, owner, item_place(heap, owner, index) + from, out, size);
}

void ranks_answer(ranks_heap *heap, int owner, size_t index, uint64_t answer)
{
    heap->all->way->put(heap->shared, owner, ANSWERS + index * sizeof answer, &answer,
                        sizeof answer);
}

uint64_t ranks_answered(ranks_heap *heap, size_t index)
{
    uint64_t answer;
    memcpy(&answer, heap->memory + ANSWERS + index * sizeof answer, sizeof answer);
    return answer;
}

uint64_t ranks_done(ranks_heap *heap, uint64_t more)
{
    uint64_t done = heap->all->way->add(heap->shared, 0, DONE, more) + more;
    heap->stopped = heap->stopped || done >> STOP_BIT != 0;
    return done & (((uint64_t)1 << STOP_BIT) - 1);
}

void ranks_stop(ranks_heap *heap)
{
    if (!heap->stopped) {
        heap->all->way->add(heap->shared, 0, DONE, (uint64_t)1 << STOP_BIT);
        heap->stopped = true;
    }
}

void ranks_settle(ranks_heap *heap)
{
    heap->all->way->settle(heap->shared);
}

void ranks_stolen(const ranks_heap *heap, uint64_t *items, uint64_t *times)
{
    *items = heap->stolen_items;
    *times = heap->stolen_times;
}
