/** @file fuzz_blocks.c
 * @brief The checksum of a block is the room's own, so the file that has it is part of this one.
 */
#define _XOPEN_SOURCE 700

#include "fuzz_blocks.h"

#include "workflow/block.c" // NOLINT(bugprone-suspicious-include): for its checksum

#include <sys/stat.h>

#include "fuzz.h"

static const char divider[] = "--\f--\n";

static void write_block(const char *in, size_t number, const char *data, size_t size)
{
    char path[400];
    char last[CHECKSUM_SIZE + 1];
    checksum sum = checksum_start;
    add_bytes(&sum, data, size);
    write_checksum(&sum, last);
    snprintf(path, sizeof path, "%.300s/block-%06zu.part-1-of-1", in, number);
    FILE *file = fopen(path, "wb");
    FUZZ_CHECK(file != NULL && fwrite(data, 1, size, file) == size &&
               fwrite(last, 1, CHECKSUM_SIZE, file) == CHECKSUM_SIZE && fclose(file) == 0);
}

void fuzz_write_blocks(const char *in, const uint8_t *data, size_t size)
{
    size_t start = 0;
    size_t number = 1;
    FUZZ_CHECK(mkdir(in, 0777) == 0);
    for (size_t i = 0; i + sizeof divider - 1 <= size && number < 6; i++) {
        if (memcmp(data + i, divider, sizeof divider - 1) == 0) {
            write_block(in, number++, (const char *)data + start, i - start);
            start = i + sizeof divider - 1;
        }
    }
    write_block(in, number, (const char *)data + start, size - start);
}
