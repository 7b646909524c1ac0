/** @file edition.c
 * @brief An edition's list of files.
 */
#include "data/edition_impl.h"
#include "data/paths.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>
#include <zstd_errors.h>

const char *stk_edition_name(const stk_edition *edition)
{
    return edition->name;
}

size_t stk_edition_file_count(const stk_edition *edition)
{
    return edition->count;
}

const char *stk_edition_path(const stk_edition *edition, size_t i)
{
    return edition->files[i].path;
}

void stk_edition_free(stk_edition *edition)
{
    if (edition == NULL) {
        return;
    }
    for (size_t i = 0; i < edition->count; i++) {
        free(edition->files[i].text.content);
        free(edition->files[i].columns.content);
    }
    for (size_t i = 0; i < STK_EDITION_HIDDEN; i++) {
        free(edition->hidden[i].content);
    }
    free(edition->files);
    stk_arena_free(&edition->arena);
    free((char *)(uintptr_t)edition->owned);
    free(edition);
}

stk_edition *stk_edition_new(const char *name)
{
    stk_edition *edition = calloc(1, sizeof *edition);
    if (edition != NULL) {
        edition->name = stk_arena_string(&edition->arena, stk_text_of(name));
        if (edition->name == NULL) {
            stk_edition_free(edition);
            return NULL;
        }
    }
    return edition;
}

edition_file *stk_edition_add(stk_edition *edition, stk_text path)
{
    if (!STK_GROW(edition->files, edition->count + 1, edition->capacity)) {
        return NULL;
    }
    edition_file *file = &edition->files[edition->count];
    memset(file, 0, sizeof *file);
    file->path = stk_arena_string(&edition->arena, path);
    file->source_name = file->path;
    edition->count += file->path != NULL;
    return file->path != NULL ? file : NULL;
}

static edition_file *find(const stk_edition *edition, const char *path)
{
    for (size_t i = 0; i < edition->count; i++) {
        if (strcmp(edition->files[i].path, path) == 0) {
            return &edition->files[i];
        }
    }
    return NULL;
}

bool stk_edition_has(const stk_edition *edition, const char *path)
{
    return find(edition, path) != NULL;
}

const char *stk_edition_source_name(const stk_edition *edition, const char *path)
{
    const edition_file *file = find(edition, path);
    return file == NULL ? "unknown file" : file->source_name;
}

static stk_status unpack(edition_frame *frame, const char *path, stk_error *error)
{
    if (frame->content != NULL) {
        return STK_OK;
    }
    char *content = malloc(frame->size + 1);
    if (content == NULL) {
        return stk_error_at(error, STK_EMEM, path, 0, 0, "out of memory");
    }
    size_t size = frame->size;
    if (frame->stored) {
        memcpy(content, frame->packed, size);
    } else {
        size = ZSTD_decompress(content, frame->size, frame->packed, frame->packed_size);
    }
    if (ZSTD_isError(size) || size != frame->size) {
        free(content);
        return ZSTD_getErrorCode(size) == ZSTD_error_memory_allocation
                   ? stk_error_memory(error)
                   : stk_error_at(error, STK_EFORMAT, path, 0, 0,
                                  "the packed edition is damaged at this file");
    }
    content[size] = '\0';
    frame->content = content;
    return STK_OK;
}

stk_status stk_edition_read(stk_edition *edition, const char *path, stk_text *content,
                            stk_error *error)
{
    edition_file *file = find(edition, path);
    if (file == NULL) {
        return stk_error_set(error, STK_ENOTFOUND, "the edition '%s' has no file %s", edition->name,
                             path);
    }
    stk_status status = STK_OK;
    edition_frame *text = &file->text;
    if (text->packed != NULL) {
        status = unpack(text, path, error);
    } else if (text->content == NULL) {
        stk_text read;
        status = stk_file_read(file->source_name, &read, error);
        if (status == STK_OK) {
            text->content = (char *)read.data;
            text->size = read.size;
        }
    }
    *content = (stk_text){text->content, status == STK_OK ? text->size : 0};
    return status;
}

stk_status stk_edition_file(stk_edition *edition, const char *path, stk_csv_file *file,
                            stk_error *error)
{
    edition_file *known = find(edition, path);
    *file = (stk_csv_file){.name = stk_edition_source_name(edition, path)};
    if (known == NULL || known->columns.packed == NULL) {
        return stk_edition_read(edition, path, &file->content, error);
    }
    stk_status status = unpack(&known->columns, path, error);
    if (status == STK_OK) {
        file->columns = (stk_text){known->columns.content, known->columns.size};
    }
    return status;
}

stk_status stk_edition_csv(stk_edition *edition, const char *path, stk_arena *arena, stk_csv *csv,
                           stk_error *error)
{
    stk_csv_file file;
    stk_status status = stk_edition_file(edition, path, &file, error);
    return status == STK_OK ? stk_csv_open_file(csv, &file, arena, error) : status;
}

const char *edition_hidden_name(stk_edition_hidden_file which)
{
    static const char *const names[STK_EDITION_HIDDEN] = {[STK_EDITION_SUMS] = ".sha256",
                                                          [STK_EDITION_EXPLORER] = ".explorer",
                                                          [STK_EDITION_OWN] = ".own"};
    return names[which];
}

stk_status stk_edition_hidden(stk_edition *edition, stk_edition_hidden_file which,
                              stk_text *content, stk_error *error)
{
    edition_frame *frame = &edition->hidden[which];
    stk_status status =
        frame->packed == NULL ? STK_OK : unpack(frame, edition_hidden_name(which), error);
    *content = (stk_text){frame->content, frame->content == NULL ? 0 : frame->size};
    return status;
}

/* The checksum of a line of the list, "<64 digits>  <path>". */
static bool listed(stk_text list, const char *path, char out[STK_SHA256_SIZE])
{
    enum { DIGITS = STK_SHA256_SIZE - 1, BEFORE = DIGITS + 2 };
    size_t size = strlen(path);
    while (list.data != NULL && list.size > 0) {
        const char *end = memchr(list.data, '\n', list.size);
        size_t length = end == NULL ? list.size : (size_t)(end - list.data);
        if (length == BEFORE + size && memcmp(list.data + BEFORE, path, size) == 0) {
            memcpy(out, list.data, DIGITS);
            out[DIGITS] = '\0';
            return true;
        }
        length += end != NULL;
        list.data += length;
        list.size -= length;
    }
    return false;
}

stk_status stk_edition_sha256(stk_edition *edition, const char *path, char out[STK_SHA256_SIZE],
                              stk_error *error)
{
    stk_text text;
    stk_status status = stk_edition_hidden(edition, STK_EDITION_SUMS, &text, error);
    if (status != STK_OK || listed(text, path, out)) {
        return status;
    }
    status = stk_edition_read(edition, path, &text, error);
    if (status == STK_OK) {
        stk_sha256(text, out);
    }
    return status;
}
