/** @file ranks_heap.c
 * @brief Work that is dealt out to ranks by stealing.
 *
 * Every rank has a queue. It takes from the front; when it has run out it asks the others, one
 * after the other in an order of its own, and who still has items gives the back half of them away,
 * with all that is needed to run them. A rank looks for such requests between the items that it
 * works on; one that is waiting answers that it has nothing. When all others have said that in
 * turn, the rank has come to its end, and does nothing but answer until all have. What is on its
 * way between two ranks then is in the hands of the one that gets it, so nothing is lost and nobody
 * needs to wait for it.
 */
#include "ranks.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ranks_transport.h"

enum { ASK = 1, GIVE, DONE, STOP };          /* kinds of messages */
enum { GIVEN_MAX = 512, PAUSE_NS = 100000 }; /* items in a message; between looks for one */

typedef struct entry {
    int owner;
    size_t index;
    char *data; /* NULL for an own item */
} entry;

struct ranks_heap {
    ranks *all;
    size_t item_size;
    bool (*pack)(void *user, size_t index, void *item);
    void *user;
    entry *entries; /* [head, tail) are the queue */
    size_t capacity, head, tail;
    char *current; /* data of the item that was taken last */
    bool stopped;
    bool waiting; /* for an answer */
    bool given;   /* the answer had items */
    uint64_t random;
    uint64_t done;     /* by this rank, or on rank 0 by all as far as it was told */
    uint64_t untold;   /* done since rank 0 was told */
    uint64_t messages; /* that told it */
    uint64_t told;     /* such messages that rank 0 has got */
    struct timespec last_told;
    ranks_stolen stolen;
};

/* An item on its way: this and item_size bytes. */
typedef struct item_head {
    uint64_t owner;
    uint64_t index;
} item_head;

stk_status ranks_heap_new(ranks *all, size_t item_size,
                          bool (*pack)(void *user, size_t index, void *item), void *user,
                          ranks_heap **heap, stk_error *error)
{
    *heap = calloc(1, sizeof **heap);
    if (*heap == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    (*heap)->all = all;
    (*heap)->item_size = item_size;
    (*heap)->pack = pack;
    (*heap)->user = user;
    (*heap)->random = (uint64_t)all->own + 1;
    return STK_OK;
}

void ranks_heap_free(ranks_heap *heap)
{
    if (heap == NULL) {
        return;
    }
    for (size_t i = heap->head; i < heap->tail; i++) {
        free(heap->entries[i].data);
    }
    free(heap->current);
    free(heap->entries);
    free(heap);
}

static bool append(ranks_heap *heap, entry added)
{
    if (heap->head == heap->tail) {
        heap->head = heap->tail = 0;
    }
    if (heap->tail == heap->capacity) {
        size_t capacity = heap->capacity == 0 ? 256 : 2 * heap->capacity;
        entry *entries = realloc(heap->entries, capacity * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        heap->entries = entries;
        heap->capacity = capacity;
    }
    heap->entries[heap->tail++] = added;
    return true;
}

stk_status ranks_put(ranks_heap *heap, size_t index, stk_error *error)
{
    return append(heap, (entry){heap->all->own, index, NULL})
               ? STK_OK
               : stk_error_set(error, STK_EMEM, "out of memory");
}

void ranks_deal(ranks_heap *heap)
{
    heap->all->way->barrier();
}

/* ---- messages ---- */

static bool pack_entry(const ranks_heap *heap, const entry *e, char *out)
{
    item_head head = {(uint64_t)e->owner, e->index};
    memcpy(out, &head, sizeof head);
    if (e->data == NULL) {
        return heap->pack(heap->user, e->index, out + sizeof head);
    }
    memcpy(out + sizeof head, e->data, heap->item_size);
    return true;
}

/* Give the back half of the queue away, or say that it is empty. */
static void give(ranks_heap *heap, int rank)
{
    size_t each = sizeof(item_head) + heap->item_size;
    size_t left = heap->stopped ? 0 : heap->tail - heap->head;
    size_t count = (left + 1) / 2 < GIVEN_MAX ? (left + 1) / 2 : GIVEN_MAX;
    char *message = count == 0 ? NULL : malloc(count * each);
    bool packed = message != NULL;
    for (size_t i = 0; i < count && packed; i++) {
        packed = pack_entry(heap, &heap->entries[heap->tail - count + i], message + i * each);
    }
    count = packed ? count : 0; /* without memory it stays here */
    for (size_t i = 0; i < count; i++) {
        free(heap->entries[--heap->tail].data);
    }
    heap->all->way->send(rank, GIVE, count == 0 ? "" : message, count * each);
    free(message);
}

/* Take what was given. What there is no memory for cannot be left to anybody: the run ends. */
static void take_given(ranks_heap *heap, const char *message, size_t size)
{
    size_t each = sizeof(item_head) + heap->item_size;
    for (size_t at = 0; message != NULL && at + each <= size; at += each) {
        item_head head;
        char *data = malloc(heap->item_size + 1);
        memcpy(&head, message + at, sizeof head);
        if (data == NULL || !append(heap, (entry){(int)head.owner, (size_t)head.index, data})) {
            free(data);
            ranks_stop(heap);
            return;
        }
        memcpy(data, message + at + sizeof head, heap->item_size);
        heap->stolen.items++;
    }
    heap->given = size > 0;
    heap->stolen.times += size > 0;
}

/* Take one message and do what it asks for; false when there is none. */
static bool answer(ranks_heap *heap)
{
    const ranks_transport *way = heap->all->way;
    int rank;
    int kind;
    size_t size;
    uint64_t more;
    if (!way->poll(&rank, &kind, &size)) {
        return false;
    }
    char *message = kind == GIVE ? malloc(size + 1) : NULL;
    switch (kind) {
    case ASK:
        way->receive(rank, ASK, NULL, 0);
        give(heap, rank);
        break;
    case GIVE:
        way->receive(rank, GIVE, message, message == NULL ? 0 : size);
        heap->waiting = false;
        take_given(heap, message, message == NULL ? 0 : size);
        break;
    case DONE:
        way->receive(rank, DONE, &more, sizeof more);
        heap->done += more;
        heap->told++;
        break;
    default:
        way->receive(rank, kind, NULL, 0);
        heap->stopped = true;
    }
    free(message);
    return true;
}

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/* ---- taking ---- */

/* Any order of victims will do; one of its own for each rank keeps them out of each other's way. */
static int random_rank(ranks_heap *heap)
{
    heap->random ^= heap->random << 13;
    heap->random ^= heap->random >> 7;
    heap->random ^= heap->random << 17;
    return (int)(heap->random % (uint64_t)heap->all->count);
}

static bool steal_from(ranks_heap *heap, int victim)
{
    heap->waiting = true;
    heap->given = false;
    heap->stolen.asked++;
    heap->all->way->send(victim, ASK, NULL, 0);
    while (heap->waiting) {
        if (!answer(heap)) {
            pause_shortly();
        }
    }
    return heap->given;
}

static bool steal(ranks_heap *heap)
{
    struct timespec start;
    int count = heap->all->count;
    int first = random_rank(heap);
    bool found = false;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int k = 0; k < count && !found && !heap->stopped; k++) {
        int victim = (first + k) % count;
        found = victim != heap->all->own && steal_from(heap, victim);
    }
    heap->stolen.seconds += seconds_since(&start);
    return found;
}

bool ranks_take(ranks_heap *heap, ranks_item *item)
{
    free(heap->current);
    heap->current = NULL;
    while (answer(heap)) {
    }
    if (heap->stopped || (heap->head == heap->tail && !steal(heap)) || heap->stopped) {
        return false;
    }
    const entry *next = &heap->entries[heap->head++];
    heap->current = next->data;
    *item = (ranks_item){next->owner, next->index, next->data};
    return true;
}

/* ---- progress and end ---- */

static void tell(ranks_heap *heap)
{
    if (heap->all->own != 0 && heap->untold > 0) {
        heap->all->way->send(0, DONE, &heap->untold, sizeof heap->untold);
        heap->messages++;
        heap->untold = 0;
        clock_gettime(CLOCK_MONOTONIC, &heap->last_told);
    }
}

uint64_t ranks_done(ranks_heap *heap, uint64_t more)
{
    while (answer(heap)) {
    }
    heap->done += more;
    heap->untold += more;
    if (heap->all->own != 0 && seconds_since(&heap->last_told) > 0.5) {
        tell(heap);
    }
    return heap->done;
}

void ranks_stop(ranks_heap *heap)
{
    if (!heap->stopped) {
        heap->stopped = true;
        heap->all->way->call_all(STOP);
    }
}

void ranks_settle(ranks_heap *heap)
{
    const ranks_transport *way = heap->all->way;
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    tell(heap);
    /* who has called the others waits until all have heard it, and answers meanwhile */
    while (!way->all_called()) {
        if (!answer(heap)) {
            pause_shortly();
        }
    }
    way->arrive();
    while (!way->all_arrived()) {
        if (!answer(heap)) {
            pause_shortly();
        }
    }
    uint64_t messages = ranks_sum(heap->all, heap->messages);
    while (heap->all->own == 0 && heap->told < messages) {
        (void)answer(heap);
    }
    heap->stolen.seconds += seconds_since(&start);
}

ranks_stolen ranks_what_was_stolen(const ranks_heap *heap)
{
    return heap->stolen;
}
