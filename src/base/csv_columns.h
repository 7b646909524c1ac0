/** @file csv_columns.h
 * @brief A CSV file as it was read once: texts as numbers of a dictionary, numbers in binary.
 *
 * Columns are made by the CSV reader (stk_csv_columns_make()) and read as if it read the text
 * again: the same names, rows, lines, texts and, bit for bit, numbers. All integers are
 * little-endian.
 *
 *     "STKCOL1\n"  u32 columns  u32 rows
 *     u8 0: rows are lines that follow each other, of which the first is  u32
 *        1: u32 line of each row
 *     for each column:  u32 size, name  u8 0: texts, 1: numbers
 *         texts:  u32 different  u32 size of each, their bytes  u8 width  row: u8/u16/u32 which
 *     u8 0: a series of numbers for each row, 1: one for each column of numbers;  the series:
 *         u8 form  0: no value; 1 to 8: bytes of a whole number; 9: IEEE 754 doubles
 *         u8 decimals  u8 gaps  u16 first  u16 count: values stand at first, first + 1, ...
 *         gaps: a bit for each, set where there is one
 *         form 1 to 8: differences to the value before, times 10^decimals, sign in the lowest bit;
 *             first the lowest bytes of all, then the next
 *         form 9: the bits of each
 *
 * A decimal of up to 15 digits is a whole number by a power of ten, both exact, and so the quotient
 * is the double that reading the text gives.
 */
#ifndef STK_BASE_CSV_COLUMNS_H
#define STK_BASE_CSV_COLUMNS_H

#include "base/buffer.h"
#include "base/csv.h"

/** A file that may have been read before. */
typedef struct stk_csv_file {
    const char *name;
    stk_text content;
    stk_text columns; /**< of the same file; what is read where there are any */
} stk_csv_file;

/** Open what there is: columns or text. Both must outlive the reader, columns also the fields. */
stk_status stk_csv_open_file(stk_csv *csv, const stk_csv_file *file, stk_arena *arena,
                             stk_error *error);

/** The number of rows of columns, without reading them; 0 where they are none. */
size_t stk_csv_columns_rows(stk_text columns);

/** Read a CSV file to its end and append its columns.
 * @return STK_EFORMAT for what the reader refuses */
stk_status stk_csv_columns_make(stk_source source, stk_buffer *out, stk_error *error);

/* For the reader in csv.c: the next row of columns, and the numbers of the row at hand. */
stk_status stk_csv_columns_next(stk_csv *csv, bool *more, stk_error *error);

/** The numbers of so many columns that stand side by side, or NULL where one of them has texts. */
const double *stk_csv_columns_numbers(const stk_csv *csv, int column, int count);

/** The text of a field; that of a number is as short as reads back, for messages. */
stk_text stk_csv_columns_field(const stk_csv *csv, int column);

#endif
