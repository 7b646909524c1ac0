/** @file block.c
 * @brief Writing, finding and reading block files.
 *
 * Numbers lie as they do in memory. The checksum is made of words, so that a machine of the other
 * byte order finds every block of this one damaged.
 */
#include "workflow/block.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stocktake/file.h>

#include "base/arena.h"
#include "base/document.h"
#include "base/pending_file.h"
#include "base/try.h"
#include "workflow/intake.h"

enum {
    CHECKSUM_SIZE = 17,        /* sixteen digits and a line break */
    SCENARIOS_MAX = 1000000000 /* more than there are: numbers beyond are no numbers of ours */
};

static const char format[] = "stocktake block 1";

/* FNV-1a on words. Pieces may end anywhere; the last word is filled up with zeros. */
typedef struct checksum {
    uint64_t hash;
    char rest[8]; /* of a word */
    size_t rest_size;
} checksum;

static const checksum checksum_start = {UINT64_C(14695981039346656037), {0}, 0};

static void add_word(checksum *sum, const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    sum->hash = (sum->hash ^ word) * UINT64_C(1099511628211);
    sum->hash ^= sum->hash >> 29;
}

static void add_bytes(checksum *sum, const char *data, size_t size)
{
    size_t at = 0;
    while (at < size && sum->rest_size > 0) {
        sum->rest[sum->rest_size++] = data[at++];
        if (sum->rest_size == sizeof sum->rest) {
            add_word(sum, sum->rest);
            sum->rest_size = 0;
        }
    }
    for (; sum->rest_size == 0 && at + 8 <= size; at += 8) {
        add_word(sum, data + at);
    }
    for (; at < size; at++) {
        sum->rest[sum->rest_size++] = data[at];
    }
}

static void write_checksum(const checksum *sum, char out[CHECKSUM_SIZE + 1])
{
    checksum last = *sum;
    memset(last.rest + last.rest_size, 0, sizeof last.rest - last.rest_size);
    if (last.rest_size > 0) {
        add_word(&last, last.rest);
    }
    stk_print(out, CHECKSUM_SIZE + 1, "%016" PRIx64 "\n", last.hash);
}

/* False for a path that is too long, which must not become another one. */
static bool path_of(const char *folder, const char *name, char path[STK_PENDING_PATH_SIZE])
{
    int length = stk_print(path, STK_PENDING_PATH_SIZE, "%s/%s", folder, name);
    return length > 0 && length < STK_PENDING_PATH_SIZE;
}

/* ---- writing ---- */

static stk_status header_of(const stk_block *block, stk_buffer *line, stk_error *error)
{
    json_t *sizes = json_array();
    for (size_t s = 0; s < STK_SECTIONS; s++) {
        document_push(&sizes, json_integer((json_int_t)block->sections[s].size));
    }
    json_t *header =
        json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:O}", "format", format, "block",
                  (json_int_t)block->number + 1, "part", (json_int_t)block->part + 1, "parts",
                  (json_int_t)block->parts, "scenarios", (json_int_t)block->scenarios, "ready",
                  (json_int_t)block->ready, "failed", (json_int_t)block->failed, "sizes", sizes,
                  "run", block->run);
    return document_dump(header, JSON_COMPACT, line, error);
}

static bool write_piece(stk_pending_file *out, checksum *sum, const char *data, size_t size)
{
    add_bytes(sum, data, size);
    return size == 0 || stk_pending_append(out, data, size);
}

stk_status stk_block_write(const char *folder, const stk_block *block, stk_error *error)
{
    char name[80];
    char last[CHECKSUM_SIZE + 1];
    stk_pending_file out = {.file = NULL};
    checksum sum = checksum_start;
    stk_buffer line = {0};
    stk_status status = header_of(block, &line, error);
    stk_print(name, sizeof name, "block-%06zu.part-%zu-of-%zu", block->number + 1, block->part + 1,
              block->parts);
    status = status != STK_OK ? status : stk_pending_create(&out, folder, name, error);
    if (status == STK_OK) {
        bool written =
            write_piece(&out, &sum, line.data, line.size) && write_piece(&out, &sum, "\n", 1);
        for (size_t s = 0; s < STK_SECTIONS; s++) {
            const stk_text *section = &block->sections[s];
            written = written && write_piece(&out, &sum, section->data, section->size);
        }
        write_checksum(&sum, last);
        if (!written || !stk_pending_append(&out, last, CHECKSUM_SIZE)) {
            status = stk_error_at(error, STK_EIO, out.path, 0, 0, "cannot be written: %s",
                                  strerror(errno));
        }
    }
    stk_buffer_free(&line);
    return stk_pending_finish(&out, status, error);
}

/* ---- finding ---- */

/* What a process that was ended has left of a block is of that block, too. */
static bool parse_name(const char *entry, stk_block_file *file)
{
    int end = 0;
    const char *name = entry + (entry[0] == '.');
    if (strlen(entry) >= sizeof file->name ||
        // NOLINTNEXTLINE(cert-err34-c): what is out of range is no block of the run
        sscanf(name, "block-%zu.part-%zu-of-%zu%n", &file->number, &file->part, &file->parts,
               &end) != 3 ||
        file->number == 0 || file->number > SCENARIOS_MAX / 8 || file->part == 0 ||
        file->part > file->parts) {
        return false;
    }
    stk_print(file->name, sizeof file->name, "%.*s", end, name);
    file->unfinished = stk_pending_is_rest(entry, file->name);
    stk_print(file->name, sizeof file->name, "%s", entry);
    file->number--;
    file->part--;
    return (name == entry && name[end] == '\0') || file->unfinished;
}

static int compare_files(const void *x, const void *y)
{
    const stk_block_file *a = x;
    const stk_block_file *b = y;
    int order = (a->number > b->number) - (a->number < b->number);
    return order != 0 ? order : strcmp(a->name, b->name);
}

static stk_status add_file(stk_block_files *files, size_t *capacity, const stk_block_file *file,
                           stk_error *error)
{
    if (!STK_GROW(files->items, files->count + 1, *capacity)) {
        return stk_error_memory(error);
    }
    files->items[files->count++] = *file;
    return STK_OK;
}

stk_status stk_block_find(const char *folder, stk_block_files *files, stk_error *error)
{
    size_t capacity = 0;
    stk_status status = STK_OK;
    stk_block_file file = {0};
    *files = (stk_block_files){NULL, 0};
    DIR *all = opendir(folder);
    if (all == NULL) {
        return errno == ENOENT ? STK_OK
                               : stk_error_at(error, STK_EIO, folder, 0, 0, "%s", strerror(errno));
    }
    for (const struct dirent *entry; status == STK_OK && (entry = readdir(all)) != NULL;) {
        if (parse_name(entry->d_name, &file)) {
            status = add_file(files, &capacity, &file, error);
        }
    }
    closedir(all);
    if (files->count > 1) {
        qsort(files->items, files->count, sizeof *files->items, compare_files);
    }
    return status;
}

void stk_block_remove(const char *folder, const stk_block_file *file)
{
    char path[STK_PENDING_PATH_SIZE];
    if (path_of(folder, file->name, path)) {
        unlink(path);
    }
}

/* ---- the mark ---- */

static const char mark[] = "blocks.joined";

stk_status stk_block_mark(const char *folder, stk_text said, stk_error *error)
{
    stk_pending_file out = {.file = NULL};
    stk_status status;
    STK_TRY(stk_pending_create(&out, folder, mark, error));
    STK_TRY(stk_pending_write(&out, said, error));
done:
    return stk_pending_finish(&out, status, error);
}

stk_status stk_block_marked(const char *folder, stk_text *said, stk_error *error)
{
    char path[STK_PENDING_PATH_SIZE];
    *said = (stk_text){NULL, 0};
    return path_of(folder, mark, path) && access(path, F_OK) == 0 ? stk_file_read(path, said, error)
                                                                  : STK_OK;
}

void stk_block_unmark(const char *folder)
{
    char path[STK_PENDING_PATH_SIZE];
    if (path_of(folder, mark, path)) {
        unlink(path);
    }
}

/* ---- reading ---- */

static bool read_count(const json_t *header, const char *name, size_t *count)
{
    const json_t *value = json_object_get(header, name);
    json_int_t number = json_integer_value(value);
    *count = (size_t)number;
    return json_is_integer(value) && number >= 0 && number <= SCENARIOS_MAX;
}

/* What the header counts agrees with itself and with the name of the file. */
static bool counts_agree(const stk_block *block, const stk_block_file *file)
{
    size_t blocks = (block->scenarios + STK_BLOCK_SCENARIOS - 1) / STK_BLOCK_SCENARIOS;
    return block->number == file->number + 1 && block->number <= blocks &&
           block->part == file->part + 1 && block->parts == file->parts &&
           block->ready <= STK_BLOCK_SCENARIOS && block->failed <= block->ready;
}

/* The sections fill what lies between the header and the checksum. */
static bool find_sections(const json_t *sizes, char *at, size_t left, stk_block *block)
{
    if (json_array_size(sizes) != STK_SECTIONS) {
        return false;
    }
    for (size_t s = 0; s < STK_SECTIONS; s++) {
        const json_t *given = json_array_get(sizes, s);
        json_int_t size = json_integer_value(given);
        if (!json_is_integer(given) || size < 0 || (uint64_t)size > left) {
            return false;
        }
        block->sections[s] = (stk_text){at, (size_t)size};
        at += size;
        left -= (size_t)size;
    }
    return left == 0;
}

static stk_status damaged(const char *path, stk_error *error)
{
    return stk_error_at(error, STK_EFORMAT, path, 0, 0, "the block is damaged");
}

/* jansson drops bytes of a long text that it has no memory for, without a word: what was read must
 * be what is there. */
static stk_status read_header(stk_text line, const char *path, json_t **header, stk_error *error)
{
    json_error_t why;
    stk_buffer again = {0};
    stk_status status = STK_OK;
    *header = json_loadb(line.data, line.size, 0, &why);
    if (*header == NULL && why.text[0] == '\0') { /* jansson has words for all but this */
        return stk_error_memory(error);
    }
    if (*header != NULL) {
        STK_TRY(document_dump(json_incref(*header), JSON_COMPACT, &again, error));
    }
    if (!stk_text_same(line, (stk_text){again.data, again.size})) { /* the checksum was right */
        status = stk_error_at(error, STK_EFORMAT, path, 0, 0,
                              "the block is damaged, or not enough memory is left to read it");
    }
done:
    stk_buffer_free(&again);
    if (status != STK_OK) {
        json_decref(*header);
        *header = NULL;
    }
    return status;
}

static stk_status parse(stk_block *block, size_t size, const stk_block_file *file, const char *path,
                        stk_error *error)
{
    char right[CHECKSUM_SIZE + 1];
    checksum sum = checksum_start;
    char *end = memchr(block->content, '\n', size);
    if (end == NULL || (size_t)(end - block->content) + 1 + CHECKSUM_SIZE > size) {
        return damaged(path, error);
    }
    size_t body = size - CHECKSUM_SIZE;
    add_bytes(&sum, block->content, body);
    write_checksum(&sum, right);
    if (memcmp(right, block->content + body, CHECKSUM_SIZE) != 0) {
        return damaged(path, error);
    }
    json_t *header;
    stk_status status = read_header((stk_text){block->content, (size_t)(end - block->content)},
                                    path, &header, error);
    if (status != STK_OK) {
        return status;
    }
    const char *kind = json_string_value(json_object_get(header, "format"));
    char *sections = end + 1;
    bool whole =
        kind != NULL && strcmp(kind, format) == 0 && read_count(header, "block", &block->number) &&
        read_count(header, "part", &block->part) && read_count(header, "parts", &block->parts) &&
        read_count(header, "scenarios", &block->scenarios) &&
        read_count(header, "ready", &block->ready) &&
        read_count(header, "failed", &block->failed) && counts_agree(block, file) &&
        json_is_object(json_object_get(header, "run")) &&
        find_sections(json_object_get(header, "sizes"), sections,
                      body - (size_t)(sections - block->content), block);
    if (whole) {
        block->number--;
        block->part--;
        block->run = json_incref(json_object_get(header, "run"));
    }
    json_decref(header);
    return whole ? STK_OK : damaged(path, error);
}

stk_status stk_block_read(const char *folder, const stk_block_file *file, stk_block *block,
                          stk_error *error)
{
    char path[STK_PENDING_PATH_SIZE];
    stk_text content;
    *block = (stk_block){.run = NULL};
    if (!path_of(folder, file->name, path)) {
        return stk_error_at(error, STK_EIO, folder, 0, 0, "the name of the folder is too long");
    }
    stk_status status = stk_file_read(path, &content, error);
    if (status != STK_OK) {
        return status;
    }
    block->content = (char *)(uintptr_t)content.data;
    return parse(block, content.size, file, path, error);
}

void stk_block_free(stk_block *block)
{
    json_decref(block->run);
    free(block->content);
    *block = (stk_block){.run = NULL};
}

/* The name of a member that `other` has not, or has otherwise. A command line says what options and
 * inputs say as well, so that it is told only where nothing else is. */
static const char *find_other(const json_t *run, const json_t *other)
{
    const char *name;
    const char *found = NULL;
    const json_t *value;
    json_object_foreach((json_t *)(uintptr_t)run, name, value)
    {
        const json_t *there = json_object_get(other, name);
        bool differs = there == NULL || json_equal(there, value) == 0;
        if (differs && (found == NULL || strcmp(found, "command_line") == 0)) {
            found = name;
        }
    }
    return found;
}

const char *stk_block_difference(const json_t *run, const json_t *other)
{
    const char *found = find_other(run, other);
    return found != NULL ? found : find_other(other, run);
}
