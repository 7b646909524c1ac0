/** @file scenario_journal.c
 * @brief Results of the climate ensemble on disk, as fixed records.
 *
 * A file is a header and records of one size, each with a checksum at its end: a record that was
 * only half written, or damaged, is no record. Numbers lie as they do in memory; what a machine of
 * another kind has written differs in the header.
 */
#include "scenario_journal.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_SIZE = 40, OPEN_MAX_FILES = 32 };

struct journal {
    char folder[1024];
    size_t values;
    size_t record_size;
    char *buffer; /* of one record */
    uint32_t file;
    FILE *out;
    uint64_t written;
    struct {
        uint32_t file;
        FILE *stream;
    } open[OPEN_MAX_FILES]; /* for reading */
};

static void path_of(const char *folder, uint32_t file, char path[1100])
{
    snprintf(path, 1100, "%.1000s/ensemble.%u-%u.part", folder, file >> JOURNAL_RANK_BITS,
             file & ((1u << JOURNAL_RANK_BITS) - 1));
}

static stk_status refuse(const journal *j, uint32_t file, const char *what, stk_error *error)
{
    char path[1100];
    path_of(j->folder, file, path);
    return stk_error_at(error, STK_EIO, path, 0, 0, "%s", what);
}

static void header_of(const journal *j, char header[HEADER_SIZE])
{
    static const char name[] = "stocktake ensemble 1\n";
    const double one = 1;
    uint64_t size = j->record_size;
    memset(header, 0, HEADER_SIZE);
    memcpy(header, name, sizeof name); /* with its terminator */
    memcpy(header + 24, &size, sizeof size);
    memcpy(header + 32, &one, sizeof one);
}

/* FNV-1a on words; the size of a record is a multiple of eight. */
static uint64_t checksum(const char *data, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, data + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(1099511628211);
        hash ^= hash >> 29;
    }
    return hash;
}

stk_status journal_open(const char *folder, size_t values, uint32_t file, journal **opened,
                        stk_error *error)
{
    journal *j = calloc(1, sizeof *j);
    *opened = NULL;
    if (j == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    snprintf(j->folder, sizeof j->folder, "%s", folder);
    j->values = values;
    j->record_size = sizeof(journal_record) + values * sizeof(double) + sizeof(uint64_t);
    j->file = file;
    j->buffer = malloc(j->record_size);
    if (j->buffer == NULL) {
        free(j);
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    *opened = j;
    return STK_OK;
}

void journal_close(journal *j)
{
    if (j == NULL) {
        return;
    }
    if (j->out != NULL) {
        fclose(j->out);
    }
    for (size_t i = 0; i < OPEN_MAX_FILES; i++) {
        if (j->open[i].stream != NULL) {
            fclose(j->open[i].stream);
        }
    }
    free(j->buffer);
    free(j);
}

/* ---- writing ---- */

static stk_status create(journal *j, stk_error *error)
{
    char path[1100];
    char header[HEADER_SIZE];
    path_of(j->folder, j->file, path);
    header_of(j, header);
    errno = 0;
    j->out = fopen(path, "wb");
    if (j->out == NULL || fwrite(header, 1, sizeof header, j->out) != sizeof header) {
        return refuse(j, j->file, strerror(errno), error);
    }
    return STK_OK;
}

stk_status journal_write(journal *j, const journal_record *record, const double *values,
                         uint64_t *place, stk_error *error)
{
    size_t body = j->record_size - sizeof(uint64_t);
    stk_status status = j->out == NULL ? create(j, error) : STK_OK;
    if (status != STK_OK) {
        return status;
    }
    memcpy(j->buffer, record, sizeof *record);
    memcpy(j->buffer + sizeof *record, values, j->values * sizeof *values);
    uint64_t sum = checksum(j->buffer, body);
    memcpy(j->buffer + body, &sum, sizeof sum);
    errno = 0;
    /* flushed, so that the record outlives the process */
    if (fwrite(j->buffer, 1, j->record_size, j->out) != j->record_size || fflush(j->out) != 0) {
        return refuse(j, j->file, strerror(errno), error);
    }
    *place = (uint64_t)j->file << 32 | ++j->written;
    return STK_OK;
}

stk_status journal_flush(journal *j, stk_error *error)
{
    /* closed and not only flushed: network file systems promise others no more than that */
    bool closed = j->out == NULL || fclose(j->out) == 0;
    j->out = NULL;
    return closed ? STK_OK : refuse(j, j->file, "cannot be written", error);
}

/* ---- reading ---- */

/* Open a file; NULL when it is not there or of another kind. */
static FILE *open_to_read(const journal *j, uint32_t file)
{
    char path[1100];
    char header[HEADER_SIZE];
    char expected[HEADER_SIZE];
    path_of(j->folder, file, path);
    header_of(j, expected);
    FILE *stream = fopen(path, "rb");
    if (stream != NULL && (fread(header, 1, sizeof header, stream) != sizeof header ||
                           memcmp(header, expected, sizeof header) != 0)) {
        fclose(stream);
        return NULL;
    }
    return stream;
}

/* The next record of a file; false when there is none, or none that is whole. */
static bool read_record(journal *j, FILE *stream, journal_record *record)
{
    uint64_t sum;
    size_t body = j->record_size - sizeof sum;
    if (fread(j->buffer, 1, j->record_size, stream) != j->record_size) {
        return false;
    }
    memcpy(&sum, j->buffer + body, sizeof sum);
    memcpy(record, j->buffer, sizeof *record);
    record->message[sizeof record->message - 1] = '\0';
    return sum == checksum(j->buffer, body);
}

stk_status journal_read(journal *j, uint64_t place, journal_record *record, double *values,
                        stk_error *error)
{
    uint32_t file = (uint32_t)(place >> 32);
    uint64_t number = (place & UINT32_MAX) - 1;
    size_t slot = file % OPEN_MAX_FILES;
    if (j->open[slot].stream == NULL || j->open[slot].file != file) {
        if (j->open[slot].stream != NULL) {
            fclose(j->open[slot].stream);
        }
        j->open[slot].file = file;
        j->open[slot].stream = open_to_read(j, file);
    }
    FILE *stream = j->open[slot].stream;
    if (stream == NULL ||
        fseeko(stream, (off_t)(HEADER_SIZE + number * j->record_size), SEEK_SET) != 0 ||
        !read_record(j, stream, record)) {
        return refuse(j, file, "a result in it cannot be read again; --resume computes it anew",
                      error);
    }
    memcpy(values, j->buffer + sizeof *record, j->values * sizeof *values);
    return STK_OK;
}

stk_status journal_scan(journal *j, uint32_t file,
                        void (*take)(void *user, const journal_record *record, uint64_t place),
                        void *user, stk_error *error)
{
    journal_record record;
    FILE *stream = open_to_read(j, file);
    if (stream == NULL) {
        return STK_OK;
    }
    for (uint64_t number = 1; read_record(j, stream, &record); number++) {
        take(user, &record, (uint64_t)file << 32 | number);
    }
    bool failed = ferror(stream) != 0;
    fclose(stream);
    return failed ? refuse(j, file, "cannot be read", error) : STK_OK;
}

/* ---- the folder ---- */

static bool is_journal(const char *name, uint32_t *file)
{
    unsigned run;
    unsigned rank;
    char again[64];
    if (sscanf(name, "ensemble.%9u-%9u.part", &run, &rank) != 2) { // NOLINT(cert-err34-c)
        return false;
    }
    snprintf(again, sizeof again, "ensemble.%u-%u.part", run, rank);
    *file = run << JOURNAL_RANK_BITS | rank;
    return strcmp(name, again) == 0 && rank < 1u << JOURNAL_RANK_BITS &&
           run < 1u << (32 - JOURNAL_RANK_BITS);
}

static int compare_files(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

stk_status journal_find(const char *folder, uint32_t **files, size_t *count, stk_error *error)
{
    const struct dirent *entry;
    size_t capacity = 0;
    uint32_t file;
    DIR *directory = opendir(folder);
    *files = NULL;
    *count = 0;
    if (directory == NULL) {
        return stk_error_at(error, STK_EIO, folder, 0, 0, "%s", strerror(errno));
    }
    while ((entry = readdir(directory)) != NULL) {
        if (!is_journal(entry->d_name, &file)) {
            continue;
        }
        if (*count == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            uint32_t *larger = realloc(*files, capacity * sizeof **files);
            if (larger == NULL) {
                closedir(directory);
                return stk_error_set(error, STK_EMEM, "out of memory");
            }
            *files = larger;
        }
        (*files)[(*count)++] = file;
    }
    closedir(directory);
    if (*count > 1) {
        qsort(*files, *count, sizeof **files, compare_files);
    }
    return STK_OK;
}

void journal_remove(const char *folder, uint32_t file)
{
    char path[1100];
    path_of(folder, file, path);
    remove(path);
}
