/** @file unpack.h
 * @brief What is packed, unpacked on the way: zip, gzip, zstd and xz through libarchive.
 */
#ifndef STK_BASE_UNPACK_H
#define STK_BASE_UNPACK_H

#include <stocktake/file.h>

/** Where the packed bytes come from. */
typedef struct stk_packed {
    const char *name; /**< in messages */
    void *user;
    stk_status (*read)(void *user, char *buffer, size_t size, size_t *got, stk_error *error);
    /** Go to a place from the start; -1 is the end, whose place is returned. NULL: what is read
     * can only be read on. */
    int64_t (*seek)(void *user, int64_t place);
} stk_packed;

typedef enum stk_packing {
    STK_NOT_PACKED,
    STK_GZIP,
    STK_XZ,
    STK_ZSTD,
    STK_ZIP,
    STK_OLE
} stk_packing;

enum { STK_PACKING_HEAD = 6 }; /**< bytes that tell */

/** What the first bytes of a file are the beginning of. */
stk_packing stk_packing_of(const char *head, size_t size);

typedef struct stk_unpacker stk_unpacker;

/** Open the one CSV file of a zip archive, or what was packed alone.
 * @param packed  must outlive the unpacker
 * @return STK_EFORMAT with what is wrong with the archive; STK_ENOTFOUND without libarchive */
stk_status stk_unpack_open(const stk_packed *packed, stk_packing packing, stk_unpacker **unpacker,
                           stk_error *error);

/** Open the member of a zip archive with that path, which must stay; `*unpacker` is NULL if there
 * is none. */
stk_status stk_unpack_open_member(const stk_packed *packed, const char *path,
                                  stk_unpacker **unpacker, stk_error *error);

/** The next bytes; `*got` is 0 at the end. */
stk_status stk_unpack_read(stk_unpacker *unpacker, char *buffer, size_t size, size_t *got,
                           stk_error *error);
void stk_unpack_close(stk_unpacker *unpacker);

#endif
