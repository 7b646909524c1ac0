/** @file status.c
 * @brief Status texts, filling and formatting of errors, lists of problems.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/base.h>

#include "base/csv.h"

enum { PROBLEMS_MAX = 1000 };

const char *stk_version(void)
{
    return STK_VERSION;
}

const char *stk_status_text(stk_status status)
{
    static const char *const texts[] = {
#define STK_STATUS_TEXT(code, text) text,
        STK_STATUS_LIST(STK_STATUS_TEXT)
#undef STK_STATUS_TEXT
    };
    if ((int)status < 0 || status >= STK_STATUS_END) {
        return "unknown status";
    }
    return texts[status];
}

static void copy_text(char *out, size_t size, const char *text)
{
    (void)stk_text_start(text, size - 1, out);
}

static void append_text(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);
    copy_text(out + used, size - used, text);
}

/* Bytes of the character at `c` in UTF-8; 0 where it is none, or one that controls the terminal:
 * C0, C1, line separators, and the marks that turn the direction of writing. */
static size_t printable(const unsigned char *c, size_t left)
{
    size_t size = stk_text_utf8_length(c, left);
    bool control = size == 1 && (c[0] < 0x20 || c[0] == 0x7f);
    bool c1 = size == 2 && c[0] == 0xC2 && c[1] < 0xA0;
    bool bidi =
        size == 3 && c[0] == 0xE2 &&
        ((c[1] == 0x80 && (c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xA8 && c[2] <= 0xAE))) ||
         (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9));
    return control || c1 || bidi ? 0 : size;
}

/* A value quoted from a hostile file must not break the promise of one line per message, nor
 * command the terminal. */
static void make_one_line(char *text)
{
    unsigned char *end = (unsigned char *)text + strlen(text);
    for (unsigned char *c = (unsigned char *)text; c < end;) {
        size_t size = printable(c, (size_t)(end - c));
        if (size == 0) {
            *c = '?';
            size = 1;
        }
        c += size;
    }
}

static void fill(stk_error *error, stk_status status, const char *format, va_list arguments)
{
    memset(error, 0, sizeof *error);
    error->status = status;
    stk_print_list(error->message, sizeof error->message, format, arguments);
    make_one_line(error->message);
}

stk_status stk_error_set(stk_error *error, stk_status status, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

stk_status stk_error_memory(stk_error *error)
{
    return stk_error_set(error, STK_EMEM, "out of memory");
}

stk_status stk_error_at(stk_error *error, stk_status status, const char *file, long line,
                        long column, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, format, arguments);
        va_end(arguments);
        copy_text(error->file, sizeof error->file, file);
        make_one_line(error->file);
        error->line = line;
        error->column = column;
    }
    return status;
}

stk_status stk_error_context(stk_error *error, stk_status status, const char *format, ...)
{
    if (error != NULL) {
        char inner[sizeof error->message];
        char outer[sizeof error->message / 2];
        va_list arguments;
        copy_text(inner, sizeof inner, error->message);
        va_start(arguments, format);
        stk_print_list(outer, sizeof outer, format, arguments);
        va_end(arguments);
        /* a message too long is cut */
        copy_text(error->message, sizeof error->message, outer);
        append_text(error->message, sizeof error->message, ": ");
        append_text(error->message, sizeof error->message, inner);
        make_one_line(error->message);
    }
    return status;
}

void stk_error_format(const stk_error *error, char *out, size_t size)
{
    if (error->file[0] == '\0') {
        stk_print(out, size, "%s", error->message);
    } else if (error->line <= 0) {
        stk_print(out, size, "%s: %s", error->file, error->message);
    } else if (error->column <= 0) {
        stk_print(out, size, "%s:%ld: %s", error->file, error->line, error->message);
    } else {
        stk_print(out, size, "%s:%ld:%ld: %s", error->file, error->line, error->column,
                  error->message);
    }
}

void stk_problems_add(stk_problems *problems, const stk_error *error)
{
    if (problems->count >= PROBLEMS_MAX) {
        return;
    }
    if (!STK_GROW(problems->items, problems->count + 1, problems->capacity)) {
        return; /* the first problems are kept; the reader fails either way */
    }
    problems->items[problems->count++] = *error;
}

void stk_problems_free(stk_problems *problems)
{
    free(problems->items);
    memset(problems, 0, sizeof *problems);
}
