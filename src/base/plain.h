/** @file plain.h
 * @brief Texts of data before eyes: nothing in them commands a terminal or turns what is around.
 */
#ifndef STK_BASE_PLAIN_H
#define STK_BASE_PLAIN_H

#include <stocktake/base.h>

/** What is shown of the character at the start of a text, of `size` bytes with it. */
typedef enum plain_kind {
    PLAIN_LETTER,
    PLAIN_JOINER, /**< zero-width, and part of words in some languages */
    PLAIN_CONTROL /**< a control, a mark of direction, a zero-width space, no character, no UTF-8 */
} plain_kind;

plain_kind plain_kind_of(const char *text, size_t left, size_t *size);

/** Replace every character that is no letter by '?', in place; returns the new size. Lines stay
 * where `lines` is set. The only way to a terminal (scripts/check-rules). */
size_t plain_text(char *text, size_t size, bool lines);

#endif
