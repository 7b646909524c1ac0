/** @file csv.h
 * @brief Reading CSV from memory, row by row, with the place of every value.
 *
 * RFC 4180 with a header line: comma, double quotes, LF or CRLF, optional UTF-8 byte order mark.
 * Lines that start with '#' before the header are comments; blank lines are skipped. Refused with a
 * place: text that is not UTF-8, NUL bytes, quotes left open, duplicate column names, rows
 * with more or fewer fields than the header, and lines longer than ::STK_CSV_LINE_MAX.
 */
#ifndef STK_BASE_CSV_H
#define STK_BASE_CSV_H

#include "base/arena.h"

enum { STK_CSV_LINE_MAX = 16 * 1024 * 1024, STK_CSV_COLUMNS_MAX = 8192 };

/** A file's content in memory, with the name that messages give it. */
typedef struct stk_source {
    const char *name;
    stk_text content;
} stk_source;

typedef struct stk_csv {
    stk_source source;
    stk_arena *arena; /**< holds the column names and unescaped fields */
    size_t column_count;
    stk_text *columns;   /**< names, trimmed */
    stk_text *fields;    /**< of the current row; valid until the next row */
    long *field_columns; /**< where each field starts, from 1 */
    long line;           /**< line on which the current row starts, from 1 */
    char separator;      /**< of columns */
    /** Set by the caller: rows may be shorter than the header. What they lack reads as empty. */
    bool uneven;
    size_t field_count; /**< of the current row, if they may */
    size_t missing;     /**< columns with a name that it lacks */
    /* reader's own */
    struct stk_csv_columns
        *prepared; /* base/csv_columns.h: what is read in place of text, or NULL */
    size_t position;
    long next_line;
    bool ends_empty; /* the last field of the row is empty */
    char *unescaped;
    size_t unescaped_size;
    size_t unescaped_capacity;
} stk_csv;

/** Read the header. The source must outlive the reader. */
stk_status stk_csv_open(stk_csv *csv, stk_source source, stk_arena *arena, stk_error *error);

/** As above for tables whose columns may be separated by semicolons or tabs, which the header
 * tells. */
stk_status stk_csv_open_any(stk_csv *csv, stk_source source, stk_arena *arena, stk_error *error);

/** Go on with the next piece of the same file, which must start and end between rows; call it when
 * stk_csv_next() has found the end of the piece before. Lines are counted on. */
stk_status stk_csv_continue(stk_csv *csv, stk_text content, stk_error *error);

/** Advance to the next row; `*more` becomes false at the end. */
stk_status stk_csv_next(stk_csv *csv, bool *more, stk_error *error);

/** Refuse a row of so many fields. */
stk_status stk_csv_refuse_width(const stk_csv *csv, long line, size_t count, stk_error *error);

/** Whether the current row ends where the text does, in the middle of its line. */
bool stk_csv_cut(const stk_csv *csv);

/** Advance to the next row as the condition of a loop: false at the end, and once `*status` is no
 * success, which it is when a row cannot be read.
 *
 *     while (stk_csv_each(&csv, &status, error)) {
 *         status = read_row(&csv, error);
 *     } */
bool stk_csv_each(stk_csv *csv, stk_status *status, stk_error *error);

/** Index of a column, or -1. */
int stk_csv_find(const stk_csv *csv, const char *name);

/** Index of a column that must be there. */
stk_status stk_csv_require(const stk_csv *csv, const char *name, int *column, stk_error *error);

/** Indices of several columns that must be there. */
stk_status stk_csv_columns(const stk_csv *csv, const char *const *names, size_t count, int *columns,
                           stk_error *error);

/** The field of a column; an absent column (-1) reads as empty. */
stk_text stk_csv_field(const stk_csv *csv, int column);

/** The number of a field, NaN when it is empty or the column is absent. */
stk_status stk_csv_number(const stk_csv *csv, int column, double *value, stk_error *error);

/** The integer of a field, `missing` when it is empty or the column is absent. */
stk_status stk_csv_integer(const stk_csv *csv, int column, int missing, int *value,
                           stk_error *error);

/** Refuse the value of a field: file, line, column, column name, the value, and what is allowed. */
stk_status stk_csv_refuse(const stk_csv *csv, int column, stk_error *error, const char *allowed,
                          ...) __attribute__((format(printf, 4, 5)));

/** Cut the X that R puts before names that start with a digit: X2030, X2030.5. False where none is
 * before a year. */
bool stk_csv_cut_x(stk_text *name);

/** Columns whose names are years, in file order: how wide tables store annual series. */
typedef struct stk_csv_years {
    int count;
    int first_year;
    int last_year;
    int *years;   /**< year of each of them */
    int *columns; /**< where it stands; other columns may stand between */
} stk_csv_years;

/** @return STK_EFORMAT where there is none, for a year that is there twice, for a number that is no
 * year, for years with and without an X */
stk_status stk_csv_find_years(const stk_csv *csv, stk_csv_years *years, stk_error *error);

/** What a number of a file may be: beyond these it is a slip, or meant to break something. */
typedef struct stk_csv_bounds {
    double least; /**< DBL_MIN: above 0 */
    double most;
    const char *allowed; /**< "a number above 0, at most 1e11 persons" */
} stk_csv_bounds;

extern const stk_csv_bounds stk_csv_persons; /**< up to ten times the people of the world */
extern const stk_csv_bounds stk_csv_dollars; /**< up to a thousand times its economy */
extern const stk_csv_bounds
    stk_csv_kilotons; /**< up to a thousand times its emissions, or below 0 */
extern const stk_csv_bounds stk_csv_megatons;
extern const stk_csv_bounds stk_csv_kelvin;
extern const stk_csv_bounds stk_csv_percent; /**< between 0 and 100 */
extern const stk_csv_bounds stk_csv_any;     /**< any of these, or below 0 */

/** A number within bounds; an empty field is NaN. */
stk_status stk_csv_number_within(const stk_csv *csv, int column, const stk_csv_bounds *bounds,
                                 double *value, stk_error *error);

/** Read the year columns of the current row into `series`, which must span them. */
stk_status stk_csv_series(const stk_csv *csv, const stk_csv_years *years, stk_series *series,
                          stk_error *error);
stk_status stk_csv_series_within(const stk_csv *csv, const stk_csv_years *years,
                                 const stk_csv_bounds *bounds, stk_series *series,
                                 stk_error *error);

/** Length of the UTF-8 character that starts `text`, 0 if there is none (or it is NUL). */
size_t stk_text_utf8_length(const unsigned char *text, size_t size);

/** Offset of the first byte that is not valid UTF-8 (or is NUL), or `text.size`. */
size_t stk_text_valid_utf8(stk_text text);

/** Refuse content that is not UTF-8 text, with the place of the first such byte. */
stk_status stk_source_check_encoding(const stk_source *source, long first_line, stk_error *error);

#endif
