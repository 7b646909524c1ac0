/** @file status.c
 * @brief Status texts, filling and formatting of errors, lists of problems.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/base.h>

#include "base/arena.h"
#include "base/plain.h"

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

/* A value quoted from a hostile file must not break the promise of one line per message, nor
 * command the terminal. */
static void make_one_line(char *text)
{
    text[plain_text(text, strlen(text), false)] = '\0';
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
