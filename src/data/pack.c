/** @file pack.c
 * @brief A packed edition: a text index, then one zstd frame for each file.
 *
 *     stocktake-edition 1 <number of files>\n
 *     <path> <size> <packed size>\n          one line for each file
 *     <frames, one after the other>
 *
 * Files are compressed singly so that a command unpacks only what it reads.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "base/buffer.h"
#include "data/edition_impl.h"

enum { LEVEL = 19 };
#define UNPACKED_MAX ((long)1 << 30)

static stk_status damaged(stk_error *error)
{
    return stk_error_set(error, STK_EFORMAT, "the packed edition is damaged");
}

/* Cut the next word off a line; words are separated by one space. */
static stk_text next_word(stk_text *line)
{
    const char *space = memchr(line->data, ' ', line->size);
    stk_text word = {line->data, space == NULL ? line->size : (size_t)(space - line->data)};
    size_t used = word.size + (space != NULL);
    line->data += used;
    line->size -= used;
    return word;
}

static bool next_line(stk_text *rest, stk_text *line)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    if (end == NULL) {
        return false;
    }
    *line = (stk_text){rest->data, (size_t)(end - rest->data)};
    rest->data += line->size + 1;
    rest->size -= line->size + 1;
    return true;
}

static stk_status read_index(stk_edition *edition, stk_text *rest, stk_error *error)
{
    stk_text line;
    long count;
    if (!next_line(rest, &line) || !stk_text_equal(next_word(&line), "stocktake-edition") ||
        !stk_text_equal(next_word(&line), "1") || !stk_text_integer(line, &count) || count < 0) {
        return damaged(error);
    }
    for (long i = 0; i < count; i++) {
        long size;
        long packed_size;
        if (!next_line(rest, &line)) {
            return damaged(error);
        }
        stk_text path = next_word(&line);
        if (!stk_text_integer(next_word(&line), &size) || !stk_text_integer(line, &packed_size) ||
            size < 0 || size > UNPACKED_MAX || packed_size < 0 || packed_size > UNPACKED_MAX) {
            return damaged(error);
        }
        edition_file *file = stk_edition_add(edition, path);
        if (file == NULL) {
            return stk_error_set(error, STK_EMEM, "out of memory");
        }
        file->size = (size_t)size;
        file->packed_size = (size_t)packed_size;
    }
    return STK_OK;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const edition_file *)a)->path, ((const edition_file *)b)->path);
}

static stk_status place_frames(stk_edition *edition, stk_text rest, stk_error *error)
{
    for (size_t i = 0; i < edition->count; i++) {
        edition_file *file = &edition->files[i];
        if (file->packed_size > rest.size) {
            return damaged(error);
        }
        file->packed = rest.data;
        rest.data += file->packed_size;
        rest.size -= file->packed_size;
    }
    if (rest.size > 0) {
        return damaged(error);
    }
    if (edition->count > 0) { /* a file that was put in place of others comes first */
        qsort(edition->files, edition->count, sizeof *edition->files, compare_files);
    }
    return STK_OK;
}

stk_status stk_edition_open_packed(const void *data, size_t size, stk_edition **edition,
                                   stk_error *error)
{
    stk_text rest = {data, size};
    stk_edition *opened = stk_edition_new("embedded");
    *edition = NULL;
    if (opened == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = read_index(opened, &rest, error);
    if (status == STK_OK) {
        status = place_frames(opened, rest, error);
    }
    if (status != STK_OK) {
        stk_edition_free(opened);
        return status;
    }
    *edition = opened;
    return STK_OK;
}

stk_status stk_edition_open_embedded(stk_edition **edition, stk_error *error)
{
    size_t size = (size_t)(stk_embedded_edition_end - stk_embedded_edition);
    if (size < 2) {
        *edition = NULL;
        return stk_error_set(error, STK_ENOTFOUND, "this build has no embedded edition");
    }
    return stk_edition_open_packed(stk_embedded_edition, size, edition, error);
}

stk_status stk_edition_open_file(const char *path, stk_edition **edition, stk_error *error)
{
    stk_text packed = {NULL, 0};
    stk_edition *opened = NULL;
    stk_status status = stk_file_read(path, &packed, error);
    if (status == STK_OK) {
        status = stk_edition_open_packed(packed.data, packed.size, &opened, error);
    }
    if (opened == NULL) {
        *edition = NULL;
        free((char *)packed.data);
        return status;
    }
    opened->owned = packed.data;
    opened->name = stk_arena_string(&opened->arena, stk_text_of(path));
    *edition = opened->name != NULL ? opened : NULL;
    if (*edition == NULL) {
        stk_edition_free(opened);
        status = stk_error_set(error, STK_EMEM, "out of memory");
    }
    return status;
}

static stk_status pack_file(const char *path, stk_text content, stk_buffer *index,
                            stk_buffer *frames, stk_error *error)
{
    if (strpbrk(path, " \n") != NULL) {
        return stk_error_at(error, STK_EDATA, path, 0, 0,
                            "a file name with a space cannot be packed");
    }
    size_t bound = ZSTD_compressBound(content.size);
    if (!stk_buffer_reserve(frames, bound)) {
        return stk_buffer_status(frames, error);
    }
    ZSTD_CCtx *compressor = ZSTD_createCCtx();
    if (compressor == NULL) {
        return stk_error_at(error, STK_EMEM, path, 0, 0, "out of memory");
    }
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1); /* so that damage is noticed */
    size_t size =
        ZSTD_compress2(compressor, frames->data + frames->size, bound, content.data, content.size);
    ZSTD_freeCCtx(compressor);
    if (ZSTD_isError(size)) {
        return stk_error_at(error, STK_EIO, path, 0, 0, "cannot be compressed");
    }
    frames->size += size;
    stk_buffer_printf(index, "%s %zu %zu\n", path, content.size, size);
    return STK_OK;
}

stk_status stk_edition_pack(stk_edition *edition, const char *replace_path, stk_text replacement,
                            const char *leave_out, stk_text *packed, stk_error *error)
{
    stk_buffer index = {0};
    stk_buffer frames = {0};
    size_t count = 0;
    stk_status status = STK_OK;
    if (replace_path != NULL) {
        status = pack_file(replace_path, replacement, &index, &frames, error);
        count++;
    }
    for (size_t i = 0; i < edition->count && status == STK_OK; i++) {
        const char *path = edition->files[i].path;
        stk_text content;
        if (leave_out != NULL && strncmp(path, leave_out, strlen(leave_out)) == 0 &&
            strstr(path, ".yaml") != NULL) {
            continue;
        }
        status = stk_edition_read(edition, path, &content, error);
        if (status == STK_OK) {
            status = pack_file(path, content, &index, &frames, error);
            count++;
        }
    }
    stk_buffer all = {0};
    stk_buffer_printf(&all, "stocktake-edition 1 %zu\n", count);
    stk_buffer_append(&all, (stk_text){index.data, index.size});
    stk_buffer_append(&all, (stk_text){frames.data, frames.size});
    if (index.failed || frames.failed) {
        all.failed = true;
    }
    if (status == STK_OK) {
        status = stk_buffer_status(&all, error);
    }
    stk_buffer_free(&index);
    stk_buffer_free(&frames);
    if (status != STK_OK) {
        stk_buffer_free(&all);
        return status;
    }
    *packed = (stk_text){all.data, all.size};
    return STK_OK;
}
