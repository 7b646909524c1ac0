/** @file row.c
 * @brief Rows of pledges, and reading them from the table.
 */
#include "pledge/row.h"

#include <stdlib.h>
#include <string.h>

const char *const pledge_field_names[FIELD_COUNT] = {
#define PLEDGE_FIELD_NAME(name, level) #name,
    PLEDGE_FIELDS(PLEDGE_FIELD_NAME)
#undef PLEDGE_FIELD_NAME
};

const int pledge_field_levels[FIELD_COUNT] = {
#define PLEDGE_FIELD_LEVEL(name, level) level,
    PLEDGE_FIELDS(PLEDGE_FIELD_LEVEL)
#undef PLEDGE_FIELD_LEVEL
};

pledge_row *pledge_rows_add(pledge_rows *rows, const char *file)
{
    if (!STK_GROW(rows->items, rows->count + 1, rows->capacity)) {
        return NULL;
    }
    pledge_row *row = &rows->items[rows->count++];
    memset(row, 0, sizeof *row);
    row->file = file;
    for (int f = 0; f < FIELD_COUNT; f++) {
        row->field[f] = (stk_text){"", 0};
    }
    return row;
}

stk_status pledge_row_refuse(const pledge_row *row, pledge_field field, stk_error *error,
                             const char *allowed)
{
    stk_text value = row->field[field];
    stk_text shown = stk_text_cut(value, 60);
    return stk_error_at(error, STK_EDATA, row->file, row->place[field].line,
                        row->place[field].column, "%s: '%.*s%s' is refused; allowed: %s",
                        pledge_field_names[field], (int)shown.size, shown.data,
                        value.size > shown.size ? "..." : "", allowed);
}

static stk_status find_columns(const stk_csv *csv, int *columns, stk_error *error)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        bool optional = f == FIELD_level_origin || f == FIELD_passage; /* older tables lack them */
        columns[f] = stk_csv_find(csv, pledge_field_names[f]);
        stk_status status =
            optional ? STK_OK : stk_csv_require(csv, pledge_field_names[f], &columns[f], error);
        if (status != STK_OK) {
            return status;
        }
    }
    return STK_OK;
}

stk_status pledge_read_csv(stk_source source, stk_arena *arena, pledge_rows *rows, stk_error *error)
{
    stk_csv csv;
    int columns[FIELD_COUNT];
    bool more = true;
    stk_status status = stk_csv_open(&csv, source, arena, error);
    if (status == STK_OK) {
        status = find_columns(&csv, columns, error);
    }
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        if (status != STK_OK || !more) {
            break;
        }
        pledge_row *row = pledge_rows_add(rows, source.name);
        if (row == NULL) {
            return stk_error_memory(error);
        }
        for (int f = 0; f < FIELD_COUNT; f++) {
            stk_text field = stk_csv_field(&csv, columns[f]);
            /* the reader's scratch space lasts only for one row */
            row->field[f].data = stk_arena_string(arena, field);
            row->field[f].size = field.size;
            row->place[f] =
                (pledge_place){csv.line, columns[f] < 0 ? 1 : csv.field_columns[columns[f]]};
            if (row->field[f].data == NULL) {
                return stk_error_memory(error);
            }
        }
    }
    return status;
}
