/** @file buffer.c
 * @brief Growing text.
 */
#include "base/buffer.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool stk_buffer_reserve(stk_buffer *buffer, size_t size)
{
    if (buffer->failed || size > SIZE_MAX / 4 - buffer->size) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->size + size + 1;
    if (needed > buffer->capacity) {
        size_t capacity = needed < 256 ? 256 : 2 * needed;
        char *data = realloc(buffer->data, capacity);
        if (data == NULL) {
            buffer->failed = true;
            return false;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return true;
}

void stk_buffer_append(stk_buffer *buffer, stk_text text)
{
    if (!stk_buffer_reserve(buffer, text.size)) {
        return;
    }
    if (text.size > 0) {
        memcpy(buffer->data + buffer->size, text.data, text.size);
    }
    buffer->size += text.size;
    buffer->data[buffer->size] = '\0';
}

void stk_buffer_text(stk_buffer *buffer, const char *text)
{
    stk_buffer_append(buffer, stk_text_of(text));
}

void stk_buffer_fill(stk_buffer *buffer, char c, size_t count)
{
    if (stk_buffer_reserve(buffer, count)) {
        memset(buffer->data + buffer->size, c, count);
        buffer->size += count;
        buffer->data[buffer->size] = '\0';
    }
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; (text = strchr(text, '\n')) != NULL; text++) {
        count++;
    }
    return count;
}

/* Where a value brings line breaks, only those stay with which the format starts and ends. */
static void keep_lines(char *text, size_t size, const char *format)
{
    if (count_lines(text) == count_lines(format)) {
        return;
    }
    size_t start = strspn(format, "\n");
    size_t end = strlen(format);
    for (; end > start && format[end - 1] == '\n'; end--) {
        size--;
    }
    for (char *at = text + start; at < text + size; at++) {
        *at = *at == '\n' ? '?' : *at;
    }
}

void stk_buffer_print_list(stk_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0 || !stk_buffer_reserve(buffer, (size_t)size)) {
        buffer->failed = true;
        return;
    }
    vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, arguments);
    keep_lines(buffer->data + buffer->size, (size_t)size, format);
    buffer->size += (size_t)size;
}

void stk_buffer_printf(stk_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stk_buffer_print_list(buffer, format, arguments);
    va_end(arguments);
}

static void write_point(char *text)
{
    const char *point = localeconv()->decimal_point;
    char *found = strcmp(point, ".") == 0 ? NULL : strstr(text, point);
    if (found != NULL) {
        size_t size = strlen(point);
        *found = '.';
        memmove(found + 1, found + size, strlen(found + size) + 1);
    }
}

void stk_decimal_text(char text[STK_DECIMAL_SIZE], double value, int decimals)
{
    text[0] = '\0';
    if (!isfinite(value)) {
        return;
    }
    stk_print(text, STK_DECIMAL_SIZE, "%.*f", decimals, value);
    char *digits = text + (text[0] == '-');
    if (text[0] == '-' && strspn(digits, "0.,") == strlen(digits)) {
        memmove(text, digits, strlen(digits) + 1);
    }
    write_point(text);
}

const char *stk_digits_text(char text[STK_DECIMAL_SIZE], double value, int digits)
{
    double most = 1; /* above what has that many before the point */
    for (int i = 0; i < digits; i++) {
        most *= 10;
    }
    if (fabs(value) >= most - 0.5 && fabs(value) < 1e15) {
        stk_print(text, STK_DECIMAL_SIZE, "%.0f", value);
    } else {
        stk_print(text, STK_DECIMAL_SIZE, "%.*g", digits, value);
    }
    write_point(text);
    return text;
}

void stk_buffer_decimal(stk_buffer *buffer, double value, int decimals)
{
    char text[STK_DECIMAL_SIZE];
    stk_decimal_text(text, value, decimals);
    stk_buffer_text(buffer, text);
}

const char *stk_buffer_pass(stk_buffer *buffer, const stk_buffer *part)
{
    buffer->failed = buffer->failed || part->failed;
    return part->failed || part->size == 0 ? "" : part->data;
}

stk_status stk_buffer_status(const stk_buffer *buffer, stk_error *error)
{
    return buffer->failed ? stk_error_set(error, STK_EMEM, "out of memory for the output") : STK_OK;
}

void stk_buffer_free(stk_buffer *buffer)
{
    free(buffer->data);
    memset(buffer, 0, sizeof *buffer);
}
