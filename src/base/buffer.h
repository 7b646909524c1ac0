/** @file buffer.h
 * @brief Text that grows as it is written. A failure is remembered and asked for once, at the end.
 */
#ifndef STK_BASE_BUFFER_H
#define STK_BASE_BUFFER_H

#include <stdarg.h>

#include <stocktake/base.h>

/** Start with all zeros; `data` is terminated as soon as something was written. */
typedef struct stk_buffer {
    char *data;
    size_t size;
    size_t capacity;
    bool failed;
} stk_buffer;

void stk_buffer_append(stk_buffer *buffer, stk_text text);
void stk_buffer_text(stk_buffer *buffer, const char *text);
void stk_buffer_fill(stk_buffer *buffer, char c, size_t count);

/** Lines begin where the format says so and nowhere else: a line break in a value is shown as '?'.
 * Texts of several lines are appended. */
void stk_buffer_printf(stk_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void stk_buffer_print_list(stk_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/** The text of a part that was written apart, "" for nothing; its failure is that of `buffer`. */
const char *stk_buffer_pass(stk_buffer *buffer, const stk_buffer *part);

enum { STK_DECIMAL_SIZE = 400 };

/** A number with a fixed number of decimals, a point in any locale, never "-0.0"; NaN gives "". */
void stk_decimal_text(char text[STK_DECIMAL_SIZE], double value, int decimals);
void stk_buffer_decimal(stk_buffer *buffer, double value, int decimals);

/** As many digits as asked for, but all of those before the point: 35635.3, 35500000; an exponent
 * below 0.0001 and from 1e15 on. @return `text` */
const char *stk_digits_text(char text[STK_DECIMAL_SIZE], double value, int digits);

/** Make room for `size` more bytes; false when there is no memory. */
bool stk_buffer_reserve(stk_buffer *buffer, size_t size);

/** STK_EMEM if anything could not be kept since the start. */
stk_status stk_buffer_status(const stk_buffer *buffer, stk_error *error);
void stk_buffer_free(stk_buffer *buffer);

#endif
