/** @file edition_impl.h
 * @brief Inside of an edition, shared by the folder reader and the pack.
 */
#ifndef STK_DATA_EDITION_IMPL_H
#define STK_DATA_EDITION_IMPL_H

#include <stocktake/edition.h>

#include "base/arena.h"
#include "data/paths.h"

/* Bytes that are unpacked when they are asked for. */
typedef struct edition_frame {
    const void *packed; /* compressed bytes, or NULL for a file in a folder */
    size_t packed_size;
    char *content; /* NULL until it is read */
    size_t size;   /* of the content; known beforehand only for packed files */
    bool stored;   /* packed as it is */
} edition_frame;

typedef struct edition_file {
    const char *path;
    const char *source_name; /* for messages, and to open it when it is in a folder */
    edition_frame text;
    edition_frame
        columns; /* of the embedded edition: what was made of a table (base/csv_columns.h) */
} edition_file;

struct stk_edition {
    stk_arena arena;
    const char *name;
    edition_file *files; /* in byte order of their paths */
    size_t count;
    size_t capacity;
    const char *owned; /* the bytes of a packed file that was read, or NULL */
    edition_frame hidden[STK_EDITION_HIDDEN];
};

/* What is added to a pack that is embedded in a program or a page, beside the files: columns of
 * tables, by the path of the table, and the hidden files of stk_edition_hidden(). A pack that
 * somebody gives has them passed over, so that no pack can say one thing in its texts and another
 * in what is read: figures are those of the texts whose checksum is told. */
#define EDITION_COLUMNS ".columns/"

/* As stk_edition_open_packed() or, for a pack that the build made, with what it added. */
stk_status edition_open_pack(const void *data, size_t size, bool built, stk_edition **edition,
                             stk_error *error);

/* Hidden files of a pack; one without data is left out. */
typedef stk_text edition_additions[STK_EDITION_HIDDEN];

/* As stk_edition_pack(), with columns and hidden files. */
stk_status edition_pack_built(stk_edition *edition, const char *replace_path, stk_text replacement,
                              const char *leave_out, const edition_additions additions,
                              stk_text *packed, stk_error *error);

stk_edition *stk_edition_new(const char *name);

/* Append a file, or NULL when there is no memory. */
edition_file *stk_edition_add(stk_edition *edition, stk_text path);

/* For a page: files as they are, of large tables the columns alone, methods as nodes, the pledges
 * of all Parties as one table. */
stk_status edition_pack_page(stk_edition *edition, stk_text pledges,
                             const edition_additions additions, stk_text *packed, stk_error *error);

/* The name of a hidden file in a pack. */
const char *edition_hidden_name(stk_edition_hidden_file which);

/* The edition that comes with the program. */
stk_text edition_embedded(void);

/* The bytes that the build put into the library. */
extern const unsigned char stk_embedded_edition[];
extern const unsigned char stk_embedded_edition_end[];

#endif
