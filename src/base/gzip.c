/** @file gzip.c
 * @brief gzip through zlib, base64 through nettle.
 */
#include "base/gzip.h"

#include <limits.h>

#include <nettle/base64.h>
#include <zlib.h>

#include "base/try.h"

stk_status stk_gzip(stk_text text, stk_buffer *out, stk_error *error)
{
    enum { GZIP = 16, UNKNOWN_SYSTEM = 255, MEMORY_LEVEL = 9 };
    z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)text.data, .avail_in = (uInt)text.size};
    gz_header header = {.os = UNKNOWN_SYSTEM};
    if (text.size > UINT_MAX / 2) {
        return stk_error_set(error, STK_EDATA, "more than 2 GiB cannot be compressed");
    }
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + GZIP, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return stk_error_memory(error);
    }
    deflateSetHeader(&z, &header);
    uLong bound = deflateBound(&z, (uLong)text.size);
    stk_status status = STK_OK;
    if (stk_buffer_reserve(out, bound)) {
        z.next_out = (Bytef *)out->data + out->size;
        z.avail_out = (uInt)bound;
        if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
            out->size += (size_t)z.total_out;
        } else {
            status = stk_error_set(error, STK_EIO, "cannot be compressed");
        }
    }
    deflateEnd(&z);
    return status != STK_OK ? status : stk_buffer_status(out, error);
}

void stk_base64(stk_text bytes, stk_buffer *out)
{
    size_t size = BASE64_ENCODE_RAW_LENGTH(bytes.size);
    if (stk_buffer_reserve(out, size)) {
        base64_encode_raw(out->data + out->size, bytes.size, (const uint8_t *)bytes.data);
        out->size += size;
    }
}
