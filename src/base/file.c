/** @file file.c
 * @brief Files as streams, unpacked where they are packed, and as whole texts.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/pending_file.h"
#include "base/unpack.h"
#include "base/workbook.h"

/* --- streams --------------------------------------------------------------------------------- */

static stk_status refuse(const char *path, stk_error *error)
{
    return stk_error_at(error, STK_EIO, path, 0, 0, "%s", strerror(errno));
}

struct stk_stream {
    FILE *file;
    char *path;
    bool seekable;
    char head[STK_PACKING_HEAD]; /* what was read to tell whether the file is packed */
    size_t head_size;
    size_t head_taken;
    stk_packed packed;
    stk_unpacker *unpacker; /* NULL: the file is as it is, or a workbook */
    stk_workbook *workbook;
    bool unpacked_some;
};

/* The bytes of the file as it lies. */
static stk_status read_bytes(void *user, char *buffer, size_t size, size_t *got, stk_error *error)
{
    stk_stream *in = user;
    size_t left = in->head_size - in->head_taken;
    size_t ready = left < size ? left : size;
    memcpy(buffer, in->head + in->head_taken, ready);
    in->head_taken += ready;
    errno = 0;
    *got = ready + fread(buffer + ready, 1, size - ready, in->file);
    return ferror(in->file) ? refuse(in->path, error) : STK_OK;
}

static int64_t seek_file(void *user, int64_t place)
{
    stk_stream *in = user;
    in->head_taken = in->head_size;
    bool moved = place < 0 ? fseeko(in->file, 0, SEEK_END) == 0
                           : fseeko(in->file, (off_t)place, SEEK_SET) == 0;
    return moved ? (int64_t)ftello(in->file) : -1;
}

static stk_status open_file(stk_stream *in, const char *path, stk_error *error)
{
    struct stat information;
    in->path = malloc(strlen(path) + 1);
    if (in->path == NULL) {
        return stk_error_memory(error);
    }
    memcpy(in->path, path, strlen(path) + 1);
    in->file = fopen(path, "rb");
    if (in->file == NULL || fstat(fileno(in->file), &information) != 0) {
        return refuse(in->path, error);
    }
    if (S_ISDIR(information.st_mode)) {
        return stk_error_at(error, STK_EIO, path, 0, 0, "is a folder, not a file");
    }
    in->seekable = S_ISREG(information.st_mode);
    errno = 0;
    in->head_size = fread(in->head, 1, sizeof in->head, in->file);
    return ferror(in->file) ? refuse(in->path, error) : STK_OK;
}

static stk_status open_packed(stk_stream *in, stk_packing packing, stk_error *error)
{
    stk_status status = STK_OK;
    if (packing == STK_OLE) {
        return stk_error_at(error, STK_EFORMAT, in->path, 0, 0,
                            "is an Excel workbook in the form of XLS, or with a password; save it "
                            "as XLSX without one, or its sheet as CSV");
    }
    if (packing == STK_ZIP && in->seekable) {
        status = stk_workbook_open(&in->packed, &in->workbook, error);
    }
    return status != STK_OK || in->workbook != NULL || packing == STK_NOT_PACKED
               ? status
               : stk_unpack_open(&in->packed, packing, &in->unpacker, error);
}

/* @param unpack  whether what is packed is unpacked on the way */
static stk_status open_stream(const char *path, bool unpack, stk_stream **stream, stk_error *error)
{
    stk_stream *in = calloc(1, sizeof *in);
    *stream = NULL;
    if (in == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = open_file(in, path, error);
    if (status == STK_OK) {
        stk_packing packing = stk_packing_of(in->head, in->head_size);
        in->packed = (stk_packed){in->path, in, read_bytes, in->seekable ? seek_file : NULL};
        status = unpack ? open_packed(in, packing, error) : STK_OK;
    }
    if (status != STK_OK) {
        stk_stream_close(in);
        return status;
    }
    *stream = in;
    return STK_OK;
}

stk_status stk_stream_open(const char *path, stk_stream **stream, stk_error *error)
{
    return open_stream(path, true, stream, error);
}

stk_status stk_stream_read(void *stream, char *buffer, size_t size, size_t *got, stk_error *error)
{
    stk_stream *in = stream;
    if (in->workbook != NULL) {
        return stk_workbook_read(in->workbook, buffer, size, got, error);
    }
    if (in->unpacker == NULL) {
        return read_bytes(in, buffer, size, got, error);
    }
    stk_status status = stk_unpack_read(in->unpacker, buffer, size, got, error);
    if (status == STK_OK && !in->unpacked_some && stk_packing_of(buffer, *got) != STK_NOT_PACKED) {
        return stk_error_at(error, STK_EFORMAT, in->path, 0, 0,
                            "is packed more than once; unpack it first");
    }
    in->unpacked_some = true;
    return status;
}

void stk_stream_close(stk_stream *stream)
{
    if (stream == NULL) {
        return;
    }
    stk_workbook_close(stream->workbook);
    stk_unpack_close(stream->unpacker);
    if (stream->file != NULL) {
        fclose(stream->file);
    }
    free(stream->path);
    free(stream);
}

bool stk_is_folder(const char *path)
{
    struct stat information;
    return stat(path, &information) == 0 && S_ISDIR(information.st_mode);
}

/* --- whole files ----------------------------------------------------------------------------- */

#define CONTENT_MAX ((size_t)2 << 30)

/* Pipes have no size beforehand, so the content is read until it ends. */
static stk_status read_all(stk_stream *in, stk_text *content, stk_error *error)
{
    size_t capacity = (size_t)1 << 16;
    size_t size = 0;
    char *data = malloc(capacity);
    stk_status status = STK_OK;
    for (size_t got = 1; status == STK_OK && data != NULL && got > 0; size += got) {
        if (size + 1 == capacity) {
            char *larger = capacity < CONTENT_MAX ? realloc(data, 2 * capacity) : NULL;
            if (larger == NULL) {
                free(data);
                return capacity < CONTENT_MAX
                           ? stk_error_memory(error)
                           : stk_error_at(error, STK_EIO, in->path, 0, 0, "larger than 2 GiB");
            }
            data = larger;
            capacity *= 2;
        }
        status = stk_stream_read(in, data + size, capacity - size - 1, &got, error);
    }
    if (status != STK_OK || data == NULL) {
        free(data);
        return data == NULL ? stk_error_memory(error) : status;
    }
    data[size] = '\0';
    *content = (stk_text){data, size};
    return STK_OK;
}

static stk_status read_file(const char *path, bool unpack, stk_text *content, stk_error *error)
{
    stk_stream *in;
    stk_status status = open_stream(path, unpack, &in, error);
    if (status == STK_OK && in != NULL) {
        status = read_all(in, content, error);
        stk_stream_close(in);
    }
    return status;
}

stk_status stk_file_read(const char *path, stk_text *content, stk_error *error)
{
    return read_file(path, false, content, error);
}

stk_status stk_file_unpack(const char *path, stk_text *content, stk_error *error)
{
    return read_file(path, true, content, error);
}

stk_status stk_file_write(const char *path, stk_text content, stk_error *error)
{
    return stk_pending_put(path, content, error);
}
