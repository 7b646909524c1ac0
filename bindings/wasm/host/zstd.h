/** @file zstd.h
 * @brief Compression in the browser: none. The page's edition holds its files as they are, and the
 * whole is compressed once, by what the browser can open.
 */
#ifndef STK_WASM_ZSTD_H
#define STK_WASM_ZSTD_H

#include <stddef.h>

typedef struct ZSTD_CCtx ZSTD_CCtx;

enum { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag };

#define ZSTD_createCCtx() ((ZSTD_CCtx *)NULL)
#define ZSTD_freeCCtx(context) ((void)(context))
#define ZSTD_CCtx_setParameter(context, parameter, value) ((size_t)0)
#define ZSTD_compressBound(size) (size)
#define ZSTD_compress2(context, out, out_size, in, in_size) ((size_t)-1)
#define ZSTD_decompress(out, out_size, in, in_size)                                                \
    ((void)(out), (void)(out_size), (void)(in), (void)(in_size), (size_t)-1)
#define ZSTD_getErrorCode(size) ((int)((size) != (size_t)-1) - 1)
#define ZSTD_isError(size) ((size) == (size_t)-1)

#endif
