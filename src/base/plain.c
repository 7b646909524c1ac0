/** @file plain.c
 * @brief Which characters are shown as they are.
 */
#include "base/plain.h"

#include <string.h>

#include "base/csv.h"

static unsigned long decode(const unsigned char *c, size_t size)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned long code = c[0] & masks[size];
    for (size_t i = 1; i < size; i++) {
        code = code << 6 | (c[i] & 0x3fu);
    }
    return code;
}

/* Controls, soft hyphens, marks of direction, spaces and signs of no width, line separators, tags,
 * and what is no character. */
static bool is_control(unsigned long code)
{
    static const unsigned long ranges[][2] = {
        {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x034f, 0x034f},  {0x061c, 0x061c},
        {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200b},  {0x200e, 0x200f},
        {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfdd0, 0xfdef},  {0xfeff, 0xfeff},
        {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) {
            return true;
        }
    }
    return (code & 0xfffe) == 0xfffe;
}

plain_kind plain_kind_of(const char *text, size_t left, size_t *size)
{
    const unsigned char *c = (const unsigned char *)text;
    if (left > 0 && c[0] >= ' ' && c[0] <= '~') { /* nearly all of what is written */
        *size = 1;
        return PLAIN_LETTER;
    }
    size_t length = stk_text_utf8_length(c, left);
    *size = length == 0 ? 1 : length;
    unsigned long code = length == 0 ? 0 : decode(c, length);
    return length == 0 || is_control(code)    ? PLAIN_CONTROL
           : code == 0x200c || code == 0x200d ? PLAIN_JOINER
                                              : PLAIN_LETTER;
}

size_t plain_text(char *text, size_t size, bool lines)
{
    size_t written = 0;
    for (size_t at = 0; at < size;) {
        size_t length;
        plain_kind kind = plain_kind_of(text + at, size - at, &length);
        if (kind == PLAIN_LETTER || (lines && text[at] == '\n')) {
            memmove(text + written, text + at, length);
            written += length;
        } else {
            text[written++] = '?';
        }
        at += length;
    }
    return written;
}
