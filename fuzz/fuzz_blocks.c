/** @file fuzz_blocks.c
 * @brief The checksum of a block is the room's own, so the file that has it is part of this one.
 */
#define _XOPEN_SOURCE 700

#include "fuzz_blocks.h"

#include "workflow/block.c" // NOLINT(bugprone-suspicious-include): for its checksum

#include <sys/stat.h>

#include "fuzz.h"

static const char divider[] = "--\f--\n";

enum { PIECES = 6 };

typedef struct piece {
    const char *data;
    size_t size;
} piece;

/* The rest of the data is the last one. */
static size_t cut(const uint8_t *data, size_t size, piece pieces[PIECES])
{
    size_t start = 0;
    size_t count = 0;
    for (size_t i = 0; i + sizeof divider - 1 <= size && count + 1 < PIECES; i++) {
        if (memcmp(data + i, divider, sizeof divider - 1) == 0) {
            pieces[count++] = (piece){(const char *)data + start, i - start};
            start = i + sizeof divider - 1;
        }
    }
    pieces[count++] = (piece){(const char *)data + start, size - start};
    return count;
}

static void write_piece_to(const char *path, piece content, const char *end)
{
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL && fwrite(content.data, 1, content.size, file) == content.size &&
               fputs(end, file) >= 0 && fclose(file) == 0);
}

void fuzz_write_files(const char *start, const uint8_t *data, size_t size)
{
    static const char *const ends[] = {".csv", "2.csv", "3.csv", "4.csv"};
    piece pieces[PIECES] = {{"", 0}};
    size_t count = cut(data, size, pieces);
    for (size_t i = 0; i < 4; i++) {
        char path[400];
        snprintf(path, sizeof path, "%.300s%s", start, ends[i]);
        write_piece_to(path, i < count ? pieces[i] : (piece){"", 0}, "");
    }
}

void fuzz_write_blocks(const char *in, const uint8_t *data, size_t size)
{
    piece pieces[PIECES] = {{"", 0}};
    size_t count = cut(data, size, pieces);
    FUZZ_CHECK(mkdir(in, 0777) == 0);
    for (size_t i = 0; i < count; i++) {
        char path[400];
        char last[CHECKSUM_SIZE + 1];
        checksum sum = checksum_start;
        add_bytes(&sum, pieces[i].data, pieces[i].size);
        write_checksum(&sum, last);
        snprintf(path, sizeof path, "%.300s/block-%06zu.part-1-of-1", in, i + 1);
        write_piece_to(path, pieces[i], last);
    }
}
