/** @file sha256.h
 * @brief SHA-256 of bytes that come in pieces; of a text in memory: stk_sha256().
 */
#ifndef STK_BASE_SHA256_H
#define STK_BASE_SHA256_H

#include <nettle/sha2.h>

#include <stocktake/file.h>

typedef struct sha256_ctx stk_sha256_sum;

void stk_sha256_start(stk_sha256_sum *sum);
void stk_sha256_add(stk_sha256_sum *sum, stk_text piece);

/** The digits of all pieces; the sum starts anew. */
void stk_sha256_end(stk_sha256_sum *sum, char out[STK_SHA256_SIZE]);

#endif
