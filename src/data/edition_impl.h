/** @file edition_impl.h
 * @brief Inside of an edition, shared by the folder reader and the pack.
 */
#ifndef STK_DATA_EDITION_IMPL_H
#define STK_DATA_EDITION_IMPL_H

#include <stocktake/edition.h>

#include "base/arena.h"

typedef struct edition_file {
    const char *path;
    const char *source_name; /* for messages, and to open it when it is in a folder */
    const void *packed;      /* compressed bytes, or NULL for a file in a folder */
    size_t packed_size;
    char *content; /* NULL until it is read */
    size_t size;   /* of the content; known beforehand only for packed files */
} edition_file;

struct stk_edition {
    stk_arena arena;
    const char *name;
    edition_file *files; /* in byte order of their paths */
    size_t count;
    size_t capacity;
    const char *owned; /* the bytes of a packed file that was read, or NULL */
};

stk_edition *stk_edition_new(const char *name);

/* Append a file, or NULL when there is no memory. */
edition_file *stk_edition_add(stk_edition *edition, stk_text path);

/* The bytes that the build put into the library. */
extern const unsigned char stk_embedded_edition[];
extern const unsigned char stk_embedded_edition_end[];

#endif
