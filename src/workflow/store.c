/** @file store.c
 * @brief Tables of scenarios on disk.
 *
 * The file is a sequence of records, a row each, which have one size for a table. Rows of a
 * scenario that were put in one after the other are a stretch of records, which is read in one
 * piece.
 */
#include "workflow/store.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/types.h>

#include "base/arena.h"
#include "base/pending_file.h"
#include "scenario/iamc_file.h"

/* A row in the file; its values follow. */
typedef struct record {
    uint64_t variable; /* its row among the variables */
    int64_t line;
} record;

typedef struct stretch {
    uint64_t start;  /* in the file */
    uint32_t number; /* of the scenario */
    uint32_t count;
    uint32_t table;
} stretch;

/* What a table of the caller's is like. */
typedef struct layout {
    const char *name;
    int first_year;
    int year_count;
    bool *years; /* in which there are values; NULL before the first row */
} layout;

/* Where a variable was seen last. */
typedef struct last_row {
    size_t stretch; /* counted from 1 */
    long line;
} last_row;

struct stk_row_store {
    FILE *file;
    char *folder; /* for messages */
    layout *tables;
    size_t table_count;
    size_t table_capacity;
    stk_iamc *variables;
    last_row *last; /* [variable] */
    size_t last_capacity;
    stretch *stretches;
    size_t stretch_count;
    size_t stretch_capacity;
    uint64_t size; /* of the file */
    bool sorted;   /* stretches are in the order of scenarios: nothing more comes in */
    char *buffer;
    size_t buffer_size;
};

static stk_status refuse(const stk_row_store *store, const char *why, stk_error *error)
{
    return stk_error_at(error, STK_EIO, store->folder, 0, 0, "scenarios cannot be kept in it: %s",
                        why);
}

/* A file in the folder, where there is room for results, that nobody else sees. */
static stk_status create(stk_row_store *store, const char *folder, stk_error *error)
{
    store->folder = strdup(folder);
    if (store->folder == NULL) {
        return stk_error_memory(error);
    }
    store->file = stk_nameless_file(folder);
    return store->file != NULL ? STK_OK : refuse(store, strerror(errno), error);
}

stk_status stk_row_store_open(const char *folder, const char *name, stk_row_store **opened,
                              stk_error *error)
{
    stk_row_store *store = calloc(1, sizeof *store);
    *opened = store;
    if (store == NULL) {
        return stk_error_memory(error);
    }
    store->variables = stk_iamc_new("", 0, -1);
    if (store->variables == NULL) {
        return stk_error_memory(error);
    }
    stk_status status = stk_row_store_next(store, name, error);
    return status != STK_OK ? status : create(store, folder, error);
}

stk_status stk_row_store_next(stk_row_store *store, const char *name, stk_error *error)
{
    if (!STK_GROW(store->tables, store->table_count + 1, store->table_capacity)) {
        return stk_error_memory(error);
    }
    store->tables[store->table_count++] = (layout){name, 0, 0, NULL};
    return STK_OK;
}

size_t stk_row_store_tables(const stk_row_store *store)
{
    return store->table_count;
}

void stk_row_store_close(stk_row_store *store)
{
    if (store == NULL) {
        return;
    }
    if (store->file != NULL) {
        fclose(store->file);
    }
    stk_iamc_free(store->variables);
    free(store->folder);
    for (size_t i = 0; i < store->table_count; i++) {
        free(store->tables[i].years);
    }
    free(store->tables);
    free(store->last);
    free(store->stretches);
    free(store->buffer);
    free(store);
}

static size_t record_size(const layout *table)
{
    return sizeof(record) + (size_t)table->year_count * sizeof(double);
}

/* ---- putting in ---- */

/* The number of a variable in a unit. */
static stk_status number_variable(stk_row_store *store, const stk_iamc_row *row, uint64_t *number,
                                  stk_error *error)
{
    double *none;
    const stk_iamc_row key = {"", row->unit, "World", row->variable, row->unit, 0, NULL};
    const stk_iamc_row *found = stk_iamc_find(store->variables, "", row->unit, row->variable);
    *number =
        found == NULL ? store->variables->row_count : (uint64_t)(found - store->variables->rows);
    return found != NULL ? STK_OK : stk_iamc_add(store->variables, &key, &none, error);
}

static stk_status note_years(layout *to, const stk_iamc *table, const stk_iamc_row *row,
                             stk_error *error)
{
    if (to->years == NULL) {
        to->first_year = table->first_year;
        to->year_count = table->year_count;
        to->years = calloc((size_t)table->year_count + 1, sizeof *to->years);
        if (to->years == NULL) {
            return stk_error_memory(error);
        }
    }
    for (int i = 0; i < to->year_count; i++) {
        to->years[i] = to->years[i] || !isnan(row->values[i]);
    }
    return STK_OK;
}

static stk_status note_stretch(stk_row_store *store, size_t number, stk_error *error)
{
    const uint32_t table = (uint32_t)(store->table_count - 1);
    if (store->stretch_count > 0) {
        stretch *last = &store->stretches[store->stretch_count - 1];
        if (last->number == number && last->table == table) {
            last->count++;
            return STK_OK;
        }
    }
    if (number > UINT32_MAX ||
        !STK_GROW(store->stretches, store->stretch_count + 1, store->stretch_capacity)) {
        return stk_error_memory(error);
    }
    store->stretches[store->stretch_count++] = (stretch){store->size, (uint32_t)number, 1, table};
    return STK_OK;
}

/* Within a stretch a variable comes once. */
static stk_status check_last(stk_row_store *store, uint64_t variable, const stk_iamc *table,
                             const stk_iamc_row *row, stk_error *error)
{
    size_t known = store->last_capacity;
    if (!STK_GROW(store->last, (size_t)variable + 1, store->last_capacity)) {
        return stk_error_memory(error);
    }
    for (size_t i = known; i < store->last_capacity; i++) {
        store->last[i] = (last_row){0, 0};
    }
    last_row *last = &store->last[variable];
    if (last->stretch == store->stretch_count) {
        return iamc_refuse_repeated(table, row, last->line, error);
    }
    *last = (last_row){store->stretch_count, row->line};
    return STK_OK;
}

stk_status stk_row_store_add(stk_row_store *store, size_t number, const stk_iamc *table,
                             const stk_iamc_row *row, stk_error *error)
{
    record head = {.line = row->line};
    layout *to = &store->tables[store->table_count - 1];
    stk_status status = note_years(to, table, row, error);
    status = status != STK_OK ? status : number_variable(store, row, &head.variable, error);
    status = status != STK_OK ? status : note_stretch(store, number, error);
    status = status != STK_OK ? status : check_last(store, head.variable, table, row, error);
    if (status != STK_OK) {
        return status;
    }
    size_t years = (size_t)to->year_count;
    errno = 0;
    if (fwrite(&head, sizeof head, 1, store->file) != 1 ||
        fwrite(row->values, sizeof(double), years, store->file) != years) {
        return refuse(store, strerror(errno), error);
    }
    store->size += record_size(to);
    return STK_OK;
}

/* ---- reading ---- */

static int compare_stretches(const void *x, const void *y)
{
    const stretch *a = x;
    const stretch *b = y;
    int order = (a->number > b->number) - (a->number < b->number);
    return order != 0 ? order : (a->start > b->start) - (a->start < b->start);
}

/* The first stretch of a scenario; the end of them if there is none. */
static size_t find_stretch(stk_row_store *store, size_t number)
{
    size_t low = 0;
    size_t high = store->stretch_count;
    if (!store->sorted && store->stretch_count > 0) {
        qsort(store->stretches, store->stretch_count, sizeof *store->stretches, compare_stretches);
    }
    store->sorted = true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (store->stretches[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < store->stretch_count && store->stretches[low].number == number
               ? low
               : store->stretch_count;
}

bool stk_row_store_has(stk_row_store *store, size_t number)
{
    return find_stretch(store, number) < store->stretch_count;
}

stk_iamc *stk_row_store_table(const stk_row_store *store, size_t table)
{
    const layout *of = &store->tables[table];
    return stk_iamc_new(of->name, of->first_year, of->first_year + of->year_count - 1);
}

static stk_status fetch(stk_row_store *store, const stretch *from, stk_error *error)
{
    size_t size = from->count * record_size(&store->tables[from->table]);
    if (size > store->buffer_size) {
        char *buffer = realloc(store->buffer, size);
        if (buffer == NULL) {
            return stk_error_memory(error);
        }
        store->buffer = buffer;
        store->buffer_size = size;
    }
    errno = 0;
    if (fseeko(store->file, (off_t)from->start, SEEK_SET) != 0 ||
        fread(store->buffer, 1, size, store->file) != size) {
        return refuse(store, errno != 0 ? strerror(errno) : "cannot be read again", error);
    }
    return STK_OK;
}

static stk_status add_stretch(stk_row_store *store, const stretch *from, stk_iamc_row row,
                              stk_iamc *table, stk_error *error)
{
    size_t size = record_size(&store->tables[from->table]);
    stk_status status = fetch(store, from, error);
    for (size_t r = 0; r < from->count && status == STK_OK; r++) {
        const char *at = store->buffer + r * size;
        record head;
        double *values;
        memcpy(&head, at, sizeof head);
        row.variable = store->variables->rows[head.variable].variable;
        row.unit = store->variables->rows[head.variable].unit;
        row.line = (long)head.line;
        status = stk_iamc_add(table, &row, &values, error);
        if (status == STK_OK) {
            memcpy(values, at + sizeof head, size - sizeof head);
        }
    }
    return status;
}

stk_status stk_row_store_read(stk_row_store *store, size_t number, const char *model,
                              const char *scenario, stk_iamc **tables, stk_error *error)
{
    const stk_iamc_row row = {model, scenario, "World", "", "", 0, NULL};
    stk_status status = STK_OK;
    for (size_t i = find_stretch(store, number);
         i < store->stretch_count && store->stretches[i].number == number && status == STK_OK;
         i++) {
        const stretch *from = &store->stretches[i];
        stk_iamc **table = &tables[from->table];
        *table = *table != NULL ? *table : stk_row_store_table(store, from->table);
        status =
            *table == NULL ? stk_error_memory(error) : add_stretch(store, from, row, *table, error);
    }
    return status;
}

const bool *stk_row_store_years(const stk_row_store *store)
{
    return store->tables[0].years;
}
