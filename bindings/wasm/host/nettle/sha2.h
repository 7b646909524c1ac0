/** @file sha2.h
 * @brief Checksums in the browser: those that the edition brings with it. No other is told.
 */
#ifndef STK_WASM_SHA2_H
#define STK_WASM_SHA2_H

#include <stdint.h>
#include <string.h>

#define SHA256_DIGEST_SIZE 32
struct sha256_ctx {
    int nothing;
};
#define sha256_init(sum) ((void)(sum))
#define sha256_update(sum, size, data) ((void)(sum), (void)(size), (void)(data))
#define sha256_digest(sum, out) ((void)(sum), memset((out), 0, SHA256_DIGEST_SIZE))

#endif
