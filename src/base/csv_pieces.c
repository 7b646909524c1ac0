/** @file csv_pieces.c
 * @brief Reading CSV piece by piece.
 */
#include "base/csv_pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/try.h"

enum { PIECE_SIZE = 1024 * 1024 };

/* Size of the complete comments and blank lines in front of the header. */
static size_t comment_lines(stk_text text)
{
    size_t start = text.size >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (start < text.size && strchr("#\r\n", text.data[start]) != NULL) {
        const char *end = memchr(text.data + start, '\n', text.size - start);
        if (end == NULL) {
            return text.size;
        }
        start = (size_t)(end - text.data) + 1;
    }
    return start;
}

/* Size of the complete rows at the start of `text`: a line break inside quotes ends no row. */
static size_t complete_rows(stk_text text, bool header)
{
    size_t complete = 0;
    bool quoted = false;
    for (size_t i = header ? comment_lines(text) : 0; i < text.size; i++) {
        if (text.data[i] == '"') {
            quoted = !quoted;
        } else if (text.data[i] == '\n' && !quoted) {
            complete = i + 1;
        }
    }
    return complete;
}

static bool reserve(stk_csv_pieces *p)
{
    if (p->capacity - p->size >= PIECE_SIZE) {
        return true;
    }
    char *data = realloc(p->data, p->capacity + PIECE_SIZE);
    if (data == NULL) {
        return false;
    }
    p->data = data;
    p->capacity += PIECE_SIZE;
    return true;
}

/* Read until there is a complete row, or the end, or more than any row may take. */
static stk_status fill(stk_csv_pieces *p, bool header, stk_error *error)
{
    p->size -= p->rows;
    if (p->size > 0) {
        memmove(p->data, p->data + p->rows, p->size);
    }
    p->rows = 0;
    while (p->rows == 0 && !p->end) {
        size_t got = 0;
        if (!reserve(p)) {
            return stk_error_memory(error);
        }
        stk_status status =
            p->input.read(p->input.user, p->data + p->size, PIECE_SIZE, &got, error);
        if (status != STK_OK) {
            return status;
        }
        p->size += got;
        p->end = got == 0;
        p->rows = complete_rows((stk_text){p->data, p->size}, header);
        if (p->end || p->size > STK_CSV_LINE_MAX + (size_t)PIECE_SIZE) {
            p->rows = p->size; /* a row too long is the CSV reader's to refuse */
        }
    }
    return STK_OK;
}

/* Names of columns lie in the first piece, which the next ones take the place of. */
static stk_status keep_names(stk_csv *csv, stk_arena *arena, stk_error *error)
{
    stk_status status = STK_OK;
    for (size_t i = 0; i < csv->column_count && status == STK_OK; i++) {
        csv->columns[i].data = stk_arena_string(arena, csv->columns[i]);
        status = stk_allocated(csv->columns[i].data, error);
    }
    return status;
}

stk_status stk_csv_pieces_open(stk_csv_pieces *pieces, const stk_csv_input *input, stk_arena *arena,
                               stk_error *error)
{
    stk_status status;
    *pieces = (stk_csv_pieces){.input = *input};
    STK_TRY(fill(pieces, true, error));
    STK_TRY(stk_csv_open_any(&pieces->csv, (stk_source){input->name, {pieces->data, pieces->rows}},
                             arena, error));
    STK_TRY(keep_names(&pieces->csv, arena, error));
done:
    return status;
}

stk_status stk_csv_pieces_open_file(stk_csv_pieces *pieces, const stk_csv_file *file,
                                    stk_arena *arena, stk_error *error)
{
    *pieces = (stk_csv_pieces){.end = true};
    return file->columns.data != NULL
               ? stk_csv_open_file(&pieces->csv, file, arena, error)
               : stk_csv_open_any(&pieces->csv, (stk_source){file->name, file->content}, arena,
                                  error);
}

void stk_csv_pieces_close(stk_csv_pieces *pieces)
{
    free(pieces->data);
    pieces->data = NULL;
}

stk_status stk_csv_pieces_next(stk_csv_pieces *pieces, bool *more, stk_error *error)
{
    stk_status status = stk_csv_next(&pieces->csv, more, error);
    while (status == STK_OK && !*more && !pieces->end) {
        status = fill(pieces, false, error);
        if (status == STK_OK) {
            status = stk_csv_continue(&pieces->csv, (stk_text){pieces->data, pieces->rows}, error);
        }
        status = status != STK_OK ? status : stk_csv_next(&pieces->csv, more, error);
    }
    return status;
}
