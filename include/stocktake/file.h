/** @file file.h
 * @brief Files as whole texts and as streams, packed or not; written completely or not at all.
 */
#ifndef STOCKTAKE_FILE_H
#define STOCKTAKE_FILE_H

#include <stocktake/base.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_SHA256_SIZE = 65 };

/** SHA-256 of a text, as 64 hexadecimal digits. */
void stk_sha256(stk_text text, char out[STK_SHA256_SIZE]);

/** Read a whole file; free the content's data with free(). Files over 2 GiB are refused. */
stk_status stk_file_read(const char *path, stk_text *content, stk_error *error);

/** A file read piece by piece. What is packed is unpacked on the way: gzip, zstd, xz, and zip
 * archives with one CSV file in them, whatever the file is called. Nothing is written to disk, and
 * memory does not grow with the file. */
typedef struct stk_stream stk_stream;

/** @return STK_EIO; STK_EFORMAT for an archive that is damaged, encrypted, packed more than once,
 * or does not hold exactly one CSV file; STK_ENOTFOUND for a packed file without libarchive */
stk_status stk_stream_open(const char *path, stk_stream **stream, stk_error *error);

/** Put at most `size` bytes into `buffer`; `*got` is 0 at the end. `stream` is a ::stk_stream: the
 * function can be the `read` of a ::stk_iamc_input. What is wrong with an archive may show only
 * here. */
stk_status stk_stream_read(void *stream, char *buffer, size_t size, size_t *got, stk_error *error);
void stk_stream_close(stk_stream *stream);

bool stk_is_folder(const char *path);

/** As stk_file_read(), unpacked like a stream. */
stk_status stk_file_unpack(const char *path, stk_text *content, stk_error *error);

/** Write a file completely or not at all: to a temporary file beside it, then rename. What is
 * there and no regular file (a device, a pipe) is written to as it is. */
stk_status stk_file_write(const char *path, stk_text content, stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
