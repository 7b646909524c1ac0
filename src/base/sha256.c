/** @file sha256.c
 * @brief SHA-256 through nettle, which takes the processor's instructions for it where there are
 * any.
 */
#include "base/sha256.h"

#include <nettle/version.h>

void stk_sha256_start(stk_sha256_sum *sum)
{
    sha256_init(sum);
}

void stk_sha256_add(stk_sha256_sum *sum, stk_text piece)
{
    sha256_update(sum, piece.size, (const uint8_t *)piece.data);
}

void stk_sha256_end(stk_sha256_sum *sum, char out[STK_SHA256_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
#if NETTLE_VERSION_MAJOR >= 4
    sha256_digest(sum, digest);
#else
    sha256_digest(sum, sizeof digest, digest);
#endif
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[2 * sizeof digest] = '\0';
}

void stk_sha256(stk_text text, char out[STK_SHA256_SIZE])
{
    stk_sha256_sum sum;
    stk_sha256_start(&sum);
    stk_sha256_add(&sum, text);
    stk_sha256_end(&sum, out);
}
