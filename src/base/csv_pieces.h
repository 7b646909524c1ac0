/** @file csv_pieces.h
 * @brief Reading CSV piece by piece: memory does not grow with the file.
 */
#ifndef STK_BASE_CSV_PIECES_H
#define STK_BASE_CSV_PIECES_H

#include "base/csv_columns.h"

/** Where the bytes come from. `read` puts at most `size` of them into `buffer` and says how many in
 * `*got`, 0 at the end. */
typedef struct stk_csv_input {
    const char *name;
    stk_status (*read)(void *user, char *buffer, size_t size, size_t *got, stk_error *error);
    void *user;
} stk_csv_input;

/** Columns, fields and places are those of `csv`; advance with stk_csv_pieces_next() alone. */
typedef struct stk_csv_pieces {
    stk_csv csv;
    /* reader's own */
    stk_csv_input input;
    char *data;
    size_t size;
    size_t capacity;
    size_t rows; /* bytes of complete rows, which are those of the piece at hand */
    bool end;
} stk_csv_pieces;

/** Read the header, which tells the separator; end with stk_csv_pieces_close(), also after a
 * failure. */
stk_status stk_csv_pieces_open(stk_csv_pieces *pieces, const stk_csv_input *input, stk_arena *arena,
                               stk_error *error);
void stk_csv_pieces_close(stk_csv_pieces *pieces);

/** As above for a text in memory, which must outlive the reader. */
stk_status stk_csv_pieces_open_file(stk_csv_pieces *pieces, const stk_csv_file *file,
                                    stk_arena *arena, stk_error *error);

/** As stk_csv_next(), over the ends of pieces. */
stk_status stk_csv_pieces_next(stk_csv_pieces *pieces, bool *more, stk_error *error);

#endif
