/** @file base.h
 * @brief What every module shares: status codes, errors, text slices, dates, annual series.
 *
 * Conventions of the whole library
 *  - A function that can fail returns ::stk_status and takes a last `stk_error *` (may be NULL).
 *  - Missing numbers are NaN. Years are calendar years. Emissions carry their unit in the name.
 *  - The library never prints, exits or keeps global state (but for threads that sleep until a loop
 *    wants them); it may be called from several threads as long as no two of them share an object
 *    that is being written, and in a child after fork().
 */
#ifndef STOCKTAKE_BASE_H
#define STOCKTAKE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stocktake/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The status codes and their texts, in one list so that they cannot drift apart. */
#define STK_STATUS_LIST(X)                                                                         \
    X(STK_OK, "no error")                                                                          \
    X(STK_EARG, "an argument is outside what is allowed")                                          \
    X(STK_EMEM, "out of memory")                                                                   \
    X(STK_EIO, "a file cannot be read or written")                                                 \
    X(STK_EFORMAT, "a file is malformed")                                                          \
    X(STK_EDATA, "a value is refused")                                                             \
    X(STK_ENOTFOUND, "there is no such thing in the data")                                         \
    X(STK_EUNIT, "units cannot be converted")                                                      \
    X(STK_EDOMAIN, "a computation left its valid range")

typedef enum stk_status {
#define STK_STATUS_ENUM(code, text) code,
    STK_STATUS_LIST(STK_STATUS_ENUM)
#undef STK_STATUS_ENUM
        STK_STATUS_END /**< number of codes, never returned */
} stk_status;

/** What went wrong and where. `line` and `column` count from 1 and are 0 where they mean nothing.
 */
typedef struct stk_error {
    stk_status status;
    char message[512];
    char file[256];
    long line;
    long column;
} stk_error;

/** The text of a status code; a fixed string also for a code out of range. */
const char *stk_status_text(stk_status status);

/** Fill `error` (may be NULL) and return `status`, so that a caller can `return
 * stk_error_set(...)`. */
stk_status stk_error_set(stk_error *error, stk_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The one refusal for lack of memory; returns STK_EMEM. */
stk_status stk_error_memory(stk_error *error);

/** STK_OK where there is memory, else the refusal. A macro: a compiler that does not optimise takes
 * a pointer that is passed for memory that is read. */
#define stk_allocated(memory, error) ((memory) != NULL ? STK_OK : stk_error_memory(error))

/** As stk_error_set(), with a place in a file. */
stk_status stk_error_at(stk_error *error, stk_status status, const char *file, long line,
                        long column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/** Put context in front of the message of an error on its way up; returns the error's status. */
stk_status stk_error_context(stk_error *error, stk_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Write "file:line:column: message" (what is known of it) into `out`, always terminated. */
void stk_error_format(const stk_error *error, char *out, size_t size);

/** A list of problems, for readers that report every refused row and not only the first.
 * Owned by the caller, who initialises it to zeros and frees it with stk_problems_free(). */
typedef struct stk_problems {
    stk_error *items;
    size_t count;
    size_t capacity;
} stk_problems;

/** Append a copy of `error`; silently keeps no more than 1000 problems. */
void stk_problems_add(stk_problems *problems, const stk_error *error);
void stk_problems_free(stk_problems *problems);

/** A slice of text that somebody else owns; not terminated. */
typedef struct stk_text {
    const char *data;
    size_t size;
} stk_text;

stk_text stk_text_of(const char *string);
bool stk_text_equal(stk_text a, const char *b);
bool stk_text_same(stk_text a, stk_text b);
/** Equal but for capital and small letters of ASCII, in any locale. */
bool stk_text_alike(stk_text a, const char *b);

/** The place of a text among words as "net|unscaled|zero", or among a list of them; -1 for none. */
int stk_text_choice(stk_text text, const char *choices);
int stk_text_find(stk_text text, const char *const *words, int count);

bool stk_text_contains(stk_text haystack, const char *needle);
bool stk_text_ends_in(stk_text text, const char *suffix);
stk_text stk_text_trim(stk_text text);

/** Take what a text begins or ends with away; false, and nothing done, when it does not. */
bool stk_text_cut_prefix(stk_text *text, const char *prefix);
bool stk_text_cut_suffix(stk_text *text, const char *suffix);
/** The same whatever the letters' case is; see stk_text_alike(). */
bool stk_text_cut_prefix_alike(stk_text *text, const char *prefix);
bool stk_text_cut_suffix_alike(stk_text *text, const char *suffix);

/** The small letter of a capital one of ASCII, anything else as it is; and whether a character is
 * an ASCII letter or a digit. In any locale. */
char stk_char_small(char c);
bool stk_char_is_alphanumeric(char c);

/** The longest start of a text of at most `limit` bytes that ends between two UTF-8 characters. */
stk_text stk_text_cut(stk_text text, size_t limit);

/** As snprintf(), but what does not fit is cut between two UTF-8 characters. The only way to format
 * into an array (scripts/check-rules). Returns the bytes that the whole text has. */
int stk_print(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int stk_print_list(char *out, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/** The start of a string of at most `limit` bytes, which `out` holds with its end, cut between two
 * UTF-8 characters; "" for NULL. Returns `out`. */
const char *stk_text_start(const char *string, size_t limit, char *out);
/** The same in an array of the block that it is written in; the only way to print a part of a text:
 * a precision in "%.40s" cuts inside a character. */
#define STK_CUT(string, limit) stk_text_start(string, limit, (char[(limit) + 1]){0})

/** Parse a whole slice as a finite decimal number, in the C locale whatever the program's.
 * Neither "inf" nor "nan", hexadecimal or surrounding space is a number here. */
bool stk_text_number(stk_text text, double *value);

/** Parse a whole slice as a decimal integer. */
bool stk_text_integer(stk_text text, long *value);

enum { STK_NUMBER_SIZE = 40 };

/** Write the shortest decimal that reads back as `value`, in the C locale; "" for NaN and infinity.
 */
void stk_number_format(double value, char out[STK_NUMBER_SIZE]);

/** A calendar day as the integer yyyymmdd, so that dates compare as integers; 0 is "no date". */
typedef int32_t stk_date;

#define STK_DATE_MAX ((stk_date)99991231)

/** Parse "YYYY-MM-DD" (a real day of the Gregorian calendar, 1850 to 9999). */
bool stk_date_parse(stk_text text, stk_date *date);

enum { STK_DATE_SIZE = 16 };
/** "2021-04-22"; "" for 0. Returns `out`. */
const char *stk_date_format(stk_date date, char out[STK_DATE_SIZE]);
/** The same in an array of the block that it is written in. */
#define STK_DATE_TEXT(date) stk_date_format(date, (char[STK_DATE_SIZE]){0})
int stk_date_year(stk_date date);

/** Annual values from `first_year` on. The values belong to whoever made the series. */
typedef struct stk_series {
    int first_year;
    int count;
    double *values;
} stk_series;

/** The change from one amount to another, %; NaN where it is none: from nothing or less, to less
 * than nothing, or to more than a thousand times what was nearly nothing. */
double stk_change_pct(double from, double to);

/** The value of a year, NaN outside the series. */
double stk_series_at(const stk_series *series, int year);

/** First and last year with a value; false if there is none. */
bool stk_series_span(const stk_series *series, int *first_year, int *last_year);

#ifdef __cplusplus
}
#endif
#endif
