/** @file memory.c
 * @brief Memory of the page: a smaller allocator than the C library's, which would be 3 % of the
 * engine.
 *
 * Blocks lie one after the other and know their own size and that of the one before, so that
 * neighbours that are free become one. Those that are free hang in lists by size, four for each
 * power of two; every block of a list is large enough for what is looked for in it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    size_t size; /* with this head; a multiple of 16, and 1 more while it is in use */
    size_t before;
    struct block *next; /* these two in its list, while it is free */
    struct block *previous;
} block;

enum { HEAD = 16, LEAST = 32, LISTS = 128, PAGE = 65536, PER_POWER = 4 };
#define SIZE_LIMIT ((size_t)1 << 31)

extern unsigned char __heap_base;
static block *lists[LISTS];
static uint32_t filled[LISTS / 32];
static block *last;    /* of no size, in use */
static uintptr_t used; /* nothing from here on was ever handed out: it is zero */

static block *at(const void *from, size_t offset)
{
    return (block *)((uintptr_t)from + offset);
}

static size_t size_of(const block *b)
{
    return b->size & ~(size_t)1;
}

static int list_of(size_t size)
{
    int power = 31 - __builtin_clz((unsigned)size);
    return PER_POWER * power + (int)(size >> (power - 2) & 3);
}

static void hang(block *b, size_t size)
{
    int i = list_of(size);
    b->size = size;
    at(b, size)->before = size;
    b->previous = NULL;
    b->next = lists[i];
    if (b->next != NULL) {
        b->next->previous = b;
    }
    lists[i] = b;
    filled[i / 32] |= 1u << i % 32;
}

static void take_off(block *b)
{
    int i = list_of(b->size);
    if (b->next != NULL) {
        b->next->previous = b->previous;
    }
    if (b->previous != NULL) {
        b->previous->next = b->next;
    } else if ((lists[i] = b->next) == NULL) {
        filled[i / 32] &= ~(1u << i % 32);
    }
}

/* The head of a block that another takes in is zero again. */
static void forget(block *b)
{
    take_off(b);
    *b = (block){0};
}

/* A block becomes free, with its neighbours. */
static void release(block *b)
{
    size_t size = size_of(b);
    block *after = at(b, size);
    block *before = (block *)((uintptr_t)b - b->before);
    if ((after->size & 1) == 0) {
        size += after->size;
        forget(after);
    }
    if (b->before != 0 && (before->size & 1) == 0) {
        take_off(before);
        size += before->size;
        *b = (block){0};
        b = before;
    }
    hang(b, size);
}

/* Keep the first bytes of a block in use; the rest becomes free. */
static void cut(block *b, size_t size)
{
    size_t rest = size_of(b) - size;
    if (rest >= LEAST) {
        block *second = at(b, size);
        b->size = size | 1;
        *second = (block){.size = rest | 1, .before = size};
        at(second, rest)->before = rest;
        release(second);
    }
}

static bool grow(size_t size)
{
    size_t pages = (size + 2 * (size_t)HEAD + PAGE - 1) / PAGE;
    size_t end = __builtin_wasm_memory_size(0);
    if (last == NULL) { /* what the linker left of the first pages */
        last = at(&__heap_base, -(uintptr_t)&__heap_base & (HEAD - 1));
        *last = (block){.size = end * PAGE - (uintptr_t)last - HEAD, .before = 0};
    } else if (__builtin_wasm_memory_grow(0, pages) == SIZE_MAX) {
        return false;
    } else {
        last->size = pages * PAGE;
    }
    block *fresh = last;
    last = at(fresh, fresh->size);
    last->size = 1;
    last->before = fresh->size;
    release(fresh);
    return true;
}

static block *find(size_t size)
{
    /* the lists of sizes from which on every block is large enough */
    int i = list_of(size + (((size_t)1 << (29 - __builtin_clz((unsigned)size))) - 1));
    uint32_t here = filled[i / 32] & ~(uint32_t)0 << i % 32;
    for (int w = i / 32; w < LISTS / 32; here = ++w < LISTS / 32 ? filled[w] : 0) {
        if (here != 0) {
            return lists[32 * w + __builtin_ctz(here)];
        }
    }
    return NULL;
}

static size_t block_size(size_t size)
{
    size = (size + HEAD + 15) & ~(size_t)15;
    return size < LEAST ? LEAST : size;
}

void *malloc(size_t size)
{
    block *b = NULL;
    size_t wanted = block_size(size);
    while (size < SIZE_LIMIT && (b = find(wanted)) == NULL && grow(wanted + wanted / PER_POWER)) {
    }
    if (b == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    take_off(b);
    b->size |= 1;
    cut(b, wanted);
    uintptr_t end = (uintptr_t)b + size_of(b);
    used = used < end ? end : used;
    return at(b, HEAD);
}

void free(void *memory)
{
    if (memory != NULL) {
        release((block *)((uintptr_t)memory - HEAD));
    }
}

void *calloc(size_t count, size_t size)
{
    size_t all;
    uintptr_t before = used;
    void *memory = __builtin_mul_overflow(count, size, &all) ? NULL : malloc(all);
    if (memory != NULL && (uintptr_t)memory < before) {
        size_t dirty = before - (uintptr_t)memory;
        memset(memory, 0, dirty < all ? dirty : all);
    }
    return memory;
}

void *realloc(void *memory, size_t size)
{
    if (memory == NULL || size >= SIZE_LIMIT) {
        return malloc(size);
    }
    block *b = (block *)((uintptr_t)memory - HEAD);
    size_t wanted = block_size(size);
    block *after = at(b, size_of(b));
    if (wanted > size_of(b) && (after->size & 1) == 0 && size_of(b) + after->size >= wanted) {
        size_t more = after->size;
        forget(after);
        b->size += more;
        at(b, size_of(b))->before = size_of(b);
        uintptr_t end = (uintptr_t)b + size_of(b);
        used = used < end ? end : used;
    }
    if (wanted <= size_of(b)) {
        cut(b, wanted);
        return memory;
    }
    void *moved = malloc(size);
    if (moved != NULL) {
        memcpy(moved, memory, size_of(b) - HEAD);
        free(memory);
    }
    return moved;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    char *memory = malloc(size + alignment + LEAST);
    size_t ahead = memory == NULL ? 0 : -(uintptr_t)memory & (alignment - 1);
    if (ahead == 0) {
        return memory;
    }
    ahead += ahead < LEAST ? alignment : 0;
    block *b = (block *)((uintptr_t)memory - HEAD);
    block *second = at(b, ahead);
    *second = (block){.size = (size_of(b) - ahead) | 1, .before = ahead};
    at(second, size_of(second))->before = size_of(second);
    b->size = ahead | 1;
    release(b);
    cut(second, block_size(size));
    return at(second, HEAD);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    *memory = aligned_alloc(alignment, size);
    return *memory == NULL ? ENOMEM : 0;
}
