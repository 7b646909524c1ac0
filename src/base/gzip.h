/** @file gzip.h
 * @brief Bytes as what every browser can open again.
 */
#ifndef STK_BASE_GZIP_H
#define STK_BASE_GZIP_H

#include "base/buffer.h"

/** Append the gzip of a text: of the same text the same bytes, without name and time. */
stk_status stk_gzip(stk_text text, stk_buffer *out, stk_error *error);

/** Append the base64 of bytes, in one line. */
void stk_base64(stk_text bytes, stk_buffer *out);

#endif
