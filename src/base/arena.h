/** @file arena.h
 * @brief Memory that is released all at once: a module's object owns one arena; arrays that grow;
 * and huge pages.
 */
#ifndef STK_BASE_ARENA_H
#define STK_BASE_ARENA_H

#include <stddef.h>

#include <stocktake/base.h>

typedef struct stk_arena_block stk_arena_block;

/** Start with all zeros; end with stk_arena_free(). */
typedef struct stk_arena {
    stk_arena_block *blocks;
    size_t used; /**< bytes taken of the newest block */
} stk_arena;

/** `count * size` bytes set to zero and aligned for any type, or NULL when there is no memory. */
void *stk_arena_alloc(stk_arena *arena, size_t count, size_t size);

/** A terminated copy of a slice, or NULL. */
char *stk_arena_string(stk_arena *arena, stk_text text);

/** A series of NaNs; its `values` are NULL when there is no memory. */
stk_series stk_arena_series(stk_arena *arena, int first_year, int last_year);

void stk_arena_free(stk_arena *arena);

/** Make room for `needed` items in an array from malloc(), NULL at first; false without memory, and
 * then it is as it was. */
#define STK_GROW(array, needed, capacity)                                                          \
    ((needed) <= (capacity) || stk_grow(&(array), (needed), &(capacity), sizeof *(array)))

/** For STK_GROW(): `array` is the address of the pointer. The room doubles. */
bool stk_grow(void *array, size_t needed, size_t *capacity, size_t size);

/** At least `size` bytes for large arrays, aligned for every vector, not set to zero. Where the
 * system offers huge pages they are asked for, because the first touch of thousands of small ones
 * costs more than what is computed in them. */
void *stk_pages_alloc(size_t size);
void stk_pages_free(void *memory);

#endif
