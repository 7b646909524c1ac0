/** @file pack.c
 * @brief A packed edition: a text index, then one zstd frame for each file.
 *
 *     stocktake-edition 1 <number of files>\n
 *     <path> <size> <packed size>\n          one line for each file
 *     <frames, one after the other>
 *
 * Files are compressed singly so that a command unpacks only what it reads. The pack that the build
 * embeds has hidden files besides: `.columns/<path>`, the columns of a table; `.sha256`, a line
 * `<64 digits>  <path>` for each file; `.explorer`, the page that `explore` fills. They are
 * believed in that pack alone, and in one for a page, which begins with `stocktake-edition-stored`,
 * has the bytes of its files as they are, and in `.own` the documents of whoever made the page.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zstd.h>

#include "base/buffer.h"
#include "base/csv_columns.h"
#include "base/yaml.h"
#include "data/edition_impl.h"
#include "data/paths.h"

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
enum { LEVEL = -5 }; /* fuzzers pack an edition for each input */
#else
enum { LEVEL = 19 };
#endif
#define PACKED "stocktake-edition"
#define STORED "stocktake-edition-stored"
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
    if (!next_line(rest, &line)) {
        return damaged(error);
    }
    stk_text kind = next_word(&line);
    bool stored = stk_text_equal(kind, STORED);
    if ((!stored && !stk_text_equal(kind, PACKED)) || !stk_text_equal(next_word(&line), "1") ||
        !stk_text_integer(line, &count) || count < 0) {
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
            size < 0 || size > UNPACKED_MAX || packed_size < 0 || packed_size > UNPACKED_MAX ||
            (stored && size != packed_size)) {
            return damaged(error);
        }
        edition_file *file = stk_edition_add(edition, path);
        if (file == NULL) {
            return stk_error_memory(error);
        }
        file->text.size = (size_t)size;
        file->text.packed_size = (size_t)packed_size;
        file->text.stored = stored;
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
        edition_frame *frame = &file->text;
        if (frame->packed_size > rest.size) {
            return damaged(error);
        }
        frame->packed = rest.data;
        rest.data += frame->packed_size;
        rest.size -= frame->packed_size;
    }
    if (rest.size > 0) {
        return damaged(error);
    }
    if (edition->count > 0) { /* a file that was put in place of others comes first */
        qsort(edition->files, edition->count, sizeof *edition->files, compare_files);
    }
    return STK_OK;
}

/* Take the hidden files out of the list; what the build made of a file goes to that file. */
static void take_hidden(stk_edition *edition, bool built)
{
    static const char columns[] = EDITION_COLUMNS;
    size_t hidden = 0;
    while (hidden < edition->count && edition->files[hidden].path[0] <= '.') {
        hidden++; /* in byte order they come first, with what is no name of ours */
    }
    edition_file *files = edition->files;
    size_t kept = 0;
    for (size_t i = 0; i < edition->count; i++) {
        const char *path = files[i].path;
        if (i >= hidden || path[0] != '.') {
            files[kept++] = files[i];
            continue;
        }
        for (int h = 0; built && h < STK_EDITION_HIDDEN; h++) {
            if (strcmp(path, edition_hidden_name((stk_edition_hidden_file)h)) == 0) {
                edition->hidden[h] = files[i].text;
            }
        }
        for (size_t k = hidden; built && k < edition->count; k++) {
            if (strncmp(path, columns, sizeof columns - 1) == 0 &&
                strcmp(path + sizeof columns - 1, files[k].path) == 0) {
                files[k].columns = files[i].text;
            }
        }
    }
    edition->count = kept;
}

stk_status edition_open_pack(const void *data, size_t size, bool built, stk_edition **edition,
                             stk_error *error)
{
    stk_text rest = {data, size};
    stk_edition *opened = stk_edition_new("embedded");
    *edition = NULL;
    if (opened == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = read_index(opened, &rest, error);
    if (status == STK_OK) {
        status = place_frames(opened, rest, error);
    }
    if (status != STK_OK) {
        stk_edition_free(opened);
        return status;
    }
    take_hidden(opened, built);
    *edition = opened;
    return STK_OK;
}

stk_status stk_edition_open_packed(const void *data, size_t size, stk_edition **edition,
                                   stk_error *error)
{
    return edition_open_pack(data, size, false, edition, error);
}

stk_status stk_edition_open_embedded(stk_edition **edition, stk_error *error)
{
    stk_text embedded = edition_embedded();
    if (embedded.size < 2) {
        *edition = NULL;
        return stk_error_set(error, STK_ENOTFOUND, "this build has no embedded edition");
    }
    return edition_open_pack(embedded.data, embedded.size, true, edition, error);
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
        status = stk_error_memory(error);
    }
    return status;
}

/* A pack as it grows: a line of the index and a frame for each file. */
typedef struct packing {
    stk_buffer index;
    stk_buffer frames;
    size_t count;
    bool stored; /* files as they are */
} packing;

/* Compress a file. */
static stk_status add_frame(packing *p, const char *path, stk_text content, size_t *size,
                            stk_error *error)
{
    stk_buffer *frames = &p->frames;
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
    *size =
        ZSTD_compress2(compressor, frames->data + frames->size, bound, content.data, content.size);
    ZSTD_freeCCtx(compressor);
    if (ZSTD_isError(*size)) {
        return stk_error_at(error, STK_EIO, path, 0, 0, "cannot be compressed");
    }
    frames->size += *size;
    return STK_OK;
}

static stk_status add_file(packing *p, const char *path, stk_text content, stk_error *error)
{
    size_t size = content.size;
    stk_status status = STK_OK;
    if (strpbrk(path, " \n") != NULL) {
        return stk_error_at(error, STK_EDATA, path, 0, 0,
                            "a file name with a space cannot be packed");
    }
    if (p->stored) {
        stk_buffer_append(&p->frames, content);
    } else {
        status = add_frame(p, path, content, &size, error);
    }
    stk_buffer_printf(&p->index, "%s %zu %zu\n", path, content.size, size);
    p->count++;
    return status;
}

/* The files of an edition, of which one may have another content and some are left out. */
static stk_status add_files(packing *p, stk_edition *edition, const char *replace_path,
                            stk_text replacement, const char *leave_out, stk_error *error)
{
    stk_status status =
        replace_path == NULL ? STK_OK : add_file(p, replace_path, replacement, error);
    for (size_t i = 0; i < edition->count && status == STK_OK; i++) {
        const char *path = edition->files[i].path;
        stk_text content;
        if (leave_out != NULL && strncmp(path, leave_out, strlen(leave_out)) == 0 &&
            strstr(path, ".yaml") != NULL) {
            continue;
        }
        status = stk_edition_read(edition, path, &content, error);
        status = status != STK_OK ? status : add_file(p, path, content, error);
    }
    return status;
}

static stk_status finish(packing *p, stk_status status, stk_text *packed, stk_error *error)
{
    stk_buffer all = {0};
    stk_buffer_printf(&all, "%s 1 %zu\n", p->stored ? STORED : PACKED, p->count);
    stk_buffer_append(&all, (stk_text){p->index.data, p->index.size});
    stk_buffer_append(&all, (stk_text){p->frames.data, p->frames.size});
    if (p->index.failed || p->frames.failed) {
        all.failed = true;
    }
    if (status == STK_OK) {
        status = stk_buffer_status(&all, error);
    }
    stk_buffer_free(&p->index);
    stk_buffer_free(&p->frames);
    if (status != STK_OK) {
        stk_buffer_free(&all);
        return status;
    }
    *packed = (stk_text){all.data, all.size};
    return STK_OK;
}

stk_status stk_edition_pack(stk_edition *edition, const char *replace_path, stk_text replacement,
                            const char *leave_out, stk_text *packed, stk_error *error)
{
    packing p = {0};
    stk_status status = add_files(&p, edition, replace_path, replacement, leave_out, error);
    return finish(&p, status, packed, error);
}

/* Tables that are measured and large: their numbers are most of what a command would parse. */
static bool has_columns(const edition_file *file)
{
    enum { LARGE = 16 * 1024 };
    static const char *const folders[] = {"climate/",  "countries/", "drivers/",
                                          "fairness/", "inventory/", "pathways/"};
    const char *end = strrchr(file->path, '.');
    bool measured = false;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        measured = measured || strncmp(file->path, folders[i], strlen(folders[i])) == 0;
    }
    return measured && end != NULL && strcmp(end, ".csv") == 0 && file->text.size >= LARGE;
}

static stk_status add_columns(packing *p, const edition_file *file, stk_error *error)
{
    char path[256];
    stk_buffer columns = {0};
    stk_source source = {file->source_name, {file->text.content, file->text.size}};
    stk_print(path, sizeof path, EDITION_COLUMNS "%s", file->path);
    stk_status status = stk_csv_columns_make(source, &columns, error);
    status = status != STK_OK ? status
                              : add_file(p, path, (stk_text){columns.data, columns.size}, error);
    stk_buffer_free(&columns);
    return status;
}

/* A method as nodes, for a program that has no parser. */
static stk_status add_tree(packing *p, stk_source source, stk_error *error)
{
    stk_yaml yaml;
    stk_arena arena = {0};
    stk_buffer tree = {0};
    stk_status status = stk_yaml_open(&yaml, source, &arena, error);
    if (status == STK_OK) {
        stk_yaml_write_tree(&yaml, &tree);
        status = stk_buffer_status(&tree, error);
    }
    status = status != STK_OK ? status
                              : add_file(p, source.name, (stk_text){tree.data, tree.size}, error);
    stk_buffer_free(&tree);
    stk_yaml_close(&yaml);
    stk_arena_free(&arena);
    return status;
}

static bool in_folder(const char *path, const char *folder)
{
    return strncmp(path, folder, strlen(folder)) == 0;
}

/* A page runs pledges by one method; other methods, and the histories and libraries that they alone
 * name, are for scenarios. Pledges are one table. */
static bool is_for_page(const char *path, stk_text method)
{
    bool shared = strcmp(path, STK_PATH_BENCHMARKS) == 0 ||
                  strcmp(path, STK_PATH_SCENARIO_LIBRARY) == 0 || stk_text_contains(method, path);
    return !stk_text_ends_in(stk_text_of(path), ".md") &&
           (!in_folder(path, "pathways/") || shared) &&
           (!in_folder(path, "methods/") || strcmp(path, STK_PATH_METHOD) == 0 || shared) &&
           (!in_folder(path, "pledges/") || !stk_text_ends_in(stk_text_of(path), ".yaml"));
}

/* What a page needs of a file: of a large table its columns alone. */
static stk_status add_for_page(packing *p, stk_edition *edition, size_t i, stk_error *error)
{
    const char *path = edition->files[i].path;
    stk_text content;
    bool yaml = stk_text_ends_in(stk_text_of(path), ".yaml");
    stk_status status = stk_edition_read(edition, path, &content, error);
    if (status != STK_OK) {
        return status;
    }
    if (yaml) {
        return add_tree(p, (stk_source){path, content}, error);
    }
    if (!has_columns(&edition->files[i])) {
        return add_file(p, path, content, error);
    }
    status = add_file(p, path, (stk_text){"", 0}, error);
    return status == STK_OK ? add_columns(p, &edition->files[i], error) : status;
}

static stk_status add_hidden(packing *p, const edition_additions additions, stk_error *error)
{
    stk_status status = STK_OK;
    for (int h = 0; h < STK_EDITION_HIDDEN && status == STK_OK; h++) {
        if (additions[h].data != NULL) {
            status =
                add_file(p, edition_hidden_name((stk_edition_hidden_file)h), additions[h], error);
        }
    }
    return status;
}

stk_status edition_pack_page(stk_edition *edition, stk_text pledges,
                             const edition_additions additions, stk_text *packed, stk_error *error)
{
    stk_text method = {"", 0};
    packing p = {.stored = true};
    stk_status status = add_file(&p, STK_PATH_PLEDGES, pledges, error);
    if (status == STK_OK && stk_edition_has(edition, STK_PATH_METHOD)) {
        status = stk_edition_read(edition, STK_PATH_METHOD, &method, error);
    }
    for (size_t i = 0; i < edition->count && status == STK_OK; i++) {
        const char *path = edition->files[i].path;
        if (strcmp(path, STK_PATH_PLEDGES) != 0 && is_for_page(path, method)) {
            status = add_for_page(&p, edition, i, error);
        }
    }
    status = status != STK_OK ? status : add_hidden(&p, additions, error);
    return finish(&p, status, packed, error);
}

stk_status edition_pack_built(stk_edition *edition, const char *replace_path, stk_text replacement,
                              const char *leave_out, const edition_additions additions,
                              stk_text *packed, stk_error *error)
{
    packing p = {0};
    stk_status status = add_files(&p, edition, replace_path, replacement, leave_out, error);
    for (size_t i = 0; i < edition->count && status == STK_OK; i++) {
        if (has_columns(&edition->files[i])) {
            status = add_columns(&p, &edition->files[i], error);
        }
    }
    status = status != STK_OK ? status : add_hidden(&p, additions, error);
    return finish(&p, status, packed, error);
}
