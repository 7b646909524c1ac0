/** @file arena.c
 * @brief Memory: a chain of blocks that only grows until it is freed, arrays, and huge pages.
 */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise() */
#include <sys/mman.h>
#endif

#include "base/arena.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, BLOCK_SIZE = 256 * 1024, ALIGNMENT = 16 };

struct stk_arena_block {
    stk_arena_block *next;
    size_t size;
    _Alignas(16) unsigned char data[];
};

void *stk_arena_alloc(stk_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT - sizeof(stk_arena_block)) / size) {
        return NULL;
    }
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    stk_arena_block *block = arena->blocks;
    if (block == NULL || block->size - arena->used < bytes) {
        size_t capacity = block == NULL ? FIRST_BLOCK : 2 * block->size;
        capacity = capacity > BLOCK_SIZE ? BLOCK_SIZE : capacity;
        capacity = bytes > capacity ? bytes : capacity;
        /* calloc, because large blocks then come as pages that cost nothing until they are used */
        block = calloc(1, sizeof *block + capacity);
        if (block == NULL) {
            return NULL;
        }
        block->size = capacity;
        block->next = arena->blocks;
        arena->blocks = block;
        arena->used = 0;
    }
    void *memory = block->data + arena->used;
    arena->used += bytes;
    return memory; /* still zero: a block is never used twice */
}

char *stk_arena_string(stk_arena *arena, stk_text text)
{
    char *copy = stk_arena_alloc(arena, text.size + 1, 1);
    if (copy != NULL && text.size > 0) {
        memcpy(copy, text.data, text.size);
    }
    return copy;
}

stk_series stk_arena_series(stk_arena *arena, int first_year, int last_year)
{
    stk_series series = {first_year, last_year < first_year ? 0 : last_year - first_year + 1, NULL};
    series.values = stk_arena_alloc(arena, (size_t)series.count, sizeof *series.values);
    for (int i = 0; series.values != NULL && i < series.count; i++) {
        series.values[i] = NAN;
    }
    return series;
}

void stk_arena_free(stk_arena *arena)
{
    stk_arena_block *block = arena->blocks;
    while (block != NULL) {
        stk_arena_block *next = block->next;
        free(block);
        block = next;
    }
    memset(arena, 0, sizeof *arena);
}

/* --- arrays ----------------------------------------------------------------------------------- */

bool stk_grow(void *array, size_t needed, size_t *capacity, size_t size)
{
    enum { AT_LEAST = 64 };
    void *items;
    size_t more = *capacity > needed / 2 ? 2 * *capacity : needed;
    more = more < AT_LEAST ? AT_LEAST : more;
    memcpy(&items, array, sizeof items);
    items = more <= SIZE_MAX / 2 / size ? realloc(items, more * size) : NULL;
    if (items == NULL) {
        return false;
    }
    memcpy(array, &items, sizeof items);
    *capacity = more;
    return true;
}

/* --- huge pages ------------------------------------------------------------------------------- */

void *stk_pages_alloc(size_t size)
{
    const size_t huge = (size_t)2 * 1024 * 1024;
    size_t alignment = size >= huge / 2 ? huge : 64;
    if (size > (size_t)-1 - huge) {
        return NULL;
    }
    size = (size + alignment - 1) / alignment * alignment;
    void *memory = aligned_alloc(alignment, size > 0 ? size : alignment);
#if defined(MADV_HUGEPAGE)
    if (memory != NULL && alignment == huge) {
        (void)madvise(memory, size,
                      MADV_HUGEPAGE); /* a hint: without it all is slower, not wrong */
    }
#endif
    return memory;
}

void stk_pages_free(void *memory)
{
#ifdef _WIN32
    _aligned_free(memory);
#else
    free(memory);
#endif
}
