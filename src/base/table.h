/** @file table.h
 * @brief A table of typed columns that is written as aligned text, as CSV or as JSON.
 *
 * CSV and JSON carry every column and full precision; text shows what a reader of a terminal wants.
 */
#ifndef STK_BASE_TABLE_H
#define STK_BASE_TABLE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buffer.h"

typedef enum stk_format { STK_FORMAT_TEXT, STK_FORMAT_CSV, STK_FORMAT_JSON } stk_format;

/** STK_SCALED: a number with as many decimals as its size needs: 5740.2, 8.92, 0.015; STK_DATE: a
 * text that is a day, or empty. */
enum { STK_TEXT = -1, STK_INTEGER = -2, STK_SCALED = -3, STK_DATE = -4 };

typedef struct stk_column {
    const char *name;    /**< in CSV and JSON; part of the stable interface */
    const char *heading; /**< on a terminal; NULL hides the column there, " " ends the cell before
                            it: "4.2 or more" */
    int decimals;        /**< shown on a terminal, or a kind of the above */
} stk_column;

typedef struct stk_table stk_table;

/** A table with these columns (kept by reference), or NULL when there is no memory. */
stk_table *stk_table_new(const stk_column *columns, size_t count);
void stk_table_free(stk_table *table);

/** Append the next cell, row by row. Failures are remembered until stk_table_write(). */
void stk_table_text(stk_table *table, const char *text);
void stk_table_slice(stk_table *table, stk_text text);
void stk_table_buffer(stk_table *table, const stk_buffer *text);
void stk_table_number(stk_table *table, double value);
void stk_table_date(stk_table *table, stk_date date);

/** Append several cells of one kind: stk_table_texts(table, "a", "b"). */
#define stk_table_texts(table, ...)                                                                \
    stk_table_add_texts(table, (const char *const[]){__VA_ARGS__},                                 \
                        sizeof(const char *[]){__VA_ARGS__} / sizeof(char *))
#define stk_table_numbers(table, ...)                                                              \
    stk_table_add_numbers(table, (const double[]){__VA_ARGS__},                                    \
                          sizeof(double[]){__VA_ARGS__} / sizeof(double))
void stk_table_add_texts(stk_table *table, const char *const *texts, size_t count);
void stk_table_add_numbers(stk_table *table, const double *numbers, size_t count);

/** Say in a last column of CSV what holds for every row; both texts must outlive the table. */
void stk_table_mark(stk_table *table, const char *name, const char *text);

/** Whether cells are missing because there was no memory (also for NULL). */
bool stk_table_failed(const stk_table *table);

size_t stk_table_rows(const stk_table *table);

/** Whether there is no row and none is missing for lack of memory; such a table is not empty, it is
 * refused where it is written. */
bool stk_table_is_empty(const stk_table *table);

/** How many columns CSV has, with that of stk_table_mark(). */
size_t stk_table_columns(const stk_table *table);

/** A column; that of stk_table_mark() is a text. */
stk_column stk_table_column(const stk_table *table, size_t column);

/** Whether the cells of a column are texts, as days are. */
bool stk_column_is_text(const stk_column *column);

/** The cells of a column one after another: C strings of a text column, else doubles.
 * @param arena  receives them
 * @return NULL without memory */
const void *stk_table_values(const stk_table *table, size_t column, stk_arena *arena);

/** Append the table to `buffer` in one of the three formats. JSON is an array of objects; an
 * empty cell is null there. */
stk_status stk_table_write(const stk_table *table, stk_format format, stk_buffer *buffer,
                           stk_error *error);

/** The table as a JSON array of objects, or NULL without memory (also for NULL). */
json_t *stk_table_json(const stk_table *table);

/** Append one CSV field, quoted where RFC 4180 wants it. */
void stk_csv_write_field(stk_buffer *buffer, stk_text text);

/** Number of columns that UTF-8 text takes on a terminal (one for each code point). */
size_t stk_text_width(stk_text text);

#endif
