/** @file fuzz_blocks.h
 * @brief Bytes as the block files of `scenario assess`.
 */
#ifndef STK_FUZZ_BLOCKS_H
#define STK_FUZZ_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/** Make a folder and write pieces of the data into it, each as a block file that ends with its
 * checksum: none would be read beyond that without it. Pieces are divided by the line "--\f--". */
void fuzz_write_blocks(const char *folder, const uint8_t *data, size_t size);

#endif
