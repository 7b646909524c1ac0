/** @file fuzz_blocks.h
 * @brief Bytes as files: as several, or as the block files of `scenario assess`.
 */
#ifndef STK_FUZZ_BLOCKS_H
#define STK_FUZZ_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/** Write pieces of the data, which are divided by the line "--\f--", as START.csv, START2.csv to
 * START4.csv; what is missing is an empty file. */
void fuzz_write_files(const char *start, const uint8_t *data, size_t size);

/** Make a folder and write such pieces into it, each as a block file that ends with its checksum:
 * none would be read beyond that without it. */
void fuzz_write_blocks(const char *folder, const uint8_t *data, size_t size);

#endif
