/** @file iamc.c
 * @brief IAMC tables: rows, texts that are kept once, and the index of rows.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/scenario.h>

#include "base/arena.h"
#include "scenario/iamc_file.h"

/* Open addressing over either texts or rows; a slot holds an index + 1, 0 is free. */
typedef struct hash_index {
    size_t *slots;
    size_t capacity; /* a power of two */
    size_t count;
} hash_index;

struct stk_iamc_store {
    stk_arena arena;
    const char **texts;
    size_t text_capacity;
    hash_index text_index;
    hash_index row_index;
    size_t row_capacity;
};

static uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211); /* FNV-1a */
    }
    return hash;
}

static uint64_t hash_text(const char *text)
{
    return hash_bytes(UINT64_C(14695981039346656037), text, strlen(text));
}

static uint64_t hash_row(const stk_iamc_row *row)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    const char *keys[] = {row->model, row->scenario, row->region, row->variable};
    for (size_t i = 0; i < 4; i++) {
        hash = hash_bytes(hash, keys[i], strlen(keys[i]) + 1);
    }
    return hash;
}

static bool same_row(const stk_iamc_row *a, const stk_iamc_row *b)
{
    return strcmp(a->variable, b->variable) == 0 && strcmp(a->scenario, b->scenario) == 0 &&
           strcmp(a->model, b->model) == 0 && strcmp(a->region, b->region) == 0;
}

static uint64_t hash_entry(const stk_iamc *table, const hash_index *index, size_t entry)
{
    return index == &table->store->row_index ? hash_row(&table->rows[entry])
                                             : hash_text(table->store->texts[entry]);
}

/* Make room for one more entry at a load of at most one half. */
static bool index_reserve(const stk_iamc *table, hash_index *index)
{
    if (2 * (index->count + 1) <= index->capacity) {
        return true;
    }
    size_t capacity = index->capacity == 0 ? 256 : 2 * index->capacity;
    size_t *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t i = 0; i < index->capacity; i++) {
        if (index->slots[i] != 0) {
            size_t k = hash_entry(table, index, index->slots[i] - 1) & (capacity - 1);
            while (slots[k] != 0) {
                k = (k + 1) & (capacity - 1);
            }
            slots[k] = index->slots[i];
        }
    }
    free(index->slots);
    index->slots = slots;
    index->capacity = capacity;
    return true;
}

static void index_put(hash_index *index, uint64_t hash, size_t entry)
{
    size_t k = hash & (index->capacity - 1);
    while (index->slots[k] != 0) {
        k = (k + 1) & (index->capacity - 1);
    }
    index->slots[k] = entry + 1;
    index->count++;
}

static const char *find_text(const stk_iamc_store *store, const char *text)
{
    const hash_index *index = &store->text_index;
    if (index->capacity == 0) {
        return NULL;
    }
    size_t k = hash_text(text) & (index->capacity - 1);
    for (; index->slots[k] != 0; k = (k + 1) & (index->capacity - 1)) {
        const char *found = store->texts[index->slots[k] - 1];
        if (strcmp(found, text) == 0) {
            return found;
        }
    }
    return NULL;
}

static const char *intern(stk_iamc *table, const char *text)
{
    stk_iamc_store *store = table->store;
    const char *found = find_text(store, text);
    if (found != NULL) {
        return found;
    }
    size_t count = store->text_index.count;
    if (!STK_GROW(store->texts, count + 1, store->text_capacity)) {
        return NULL;
    }
    const char *copy = stk_arena_string(&store->arena, stk_text_of(text));
    if (copy == NULL || !index_reserve(table, &store->text_index)) {
        return NULL;
    }
    store->texts[count] = copy;
    index_put(&store->text_index, hash_text(copy), count);
    return copy;
}

stk_iamc *stk_iamc_new(const char *name, int first_year, int last_year)
{
    stk_iamc *table = calloc(1, sizeof *table);
    stk_iamc_store *store = calloc(1, sizeof *store);
    if (table == NULL || store == NULL) {
        free(table);
        free(store);
        return NULL;
    }
    table->store = store;
    table->first_year = first_year;
    table->year_count = last_year < first_year ? 0 : last_year - first_year + 1;
    table->name = intern(table, name);
    if (table->name == NULL) {
        stk_iamc_free(table);
        return NULL;
    }
    return table;
}

void stk_iamc_free(stk_iamc *table)
{
    if (table == NULL) {
        return;
    }
    free(table->store->text_index.slots);
    free(table->store->row_index.slots);
    free(table->store->texts);
    stk_arena_free(&table->store->arena);
    free(table->store);
    free(table->rows);
    free(table);
}

static const stk_iamc_row *find_row(const stk_iamc *table, const stk_iamc_row *key, uint64_t hash)
{
    const hash_index *index = &table->store->row_index;
    if (index->capacity == 0) {
        return NULL;
    }
    size_t k = hash & (index->capacity - 1);
    for (; index->slots[k] != 0; k = (k + 1) & (index->capacity - 1)) {
        const stk_iamc_row *row = &table->rows[index->slots[k] - 1];
        if (same_row(row, key)) {
            return row;
        }
    }
    return NULL;
}

static bool reserve_row(stk_iamc *table)
{
    stk_iamc_store *store = table->store;
    if (!STK_GROW(table->rows, table->row_count + 1, store->row_capacity)) {
        return false;
    }
    return index_reserve(table, &store->row_index);
}

stk_status iamc_refuse_repeated(const stk_iamc *table, const stk_iamc_row *row, long first_line,
                                stk_error *error)
{
    char first[40] = "";
    if (first_line > 0) { /* of a file */
        stk_print(first, sizeof first, ", first on line %ld", first_line);
    }
    return stk_error_at(error, STK_EDATA, table->name, row->line, 0,
                        "'%s' of model '%s', scenario '%s', region '%s' is there twice%s",
                        STK_CUT(row->variable, 120), STK_CUT(row->model, 80),
                        STK_CUT(row->scenario, 80), STK_CUT(row->region, 80), first);
}

/* Rows come in groups: most texts are those of the row before, given as `last`. */
static const char *intern_again(stk_iamc *table, const char *text, const char *last)
{
    return last != NULL && strcmp(text, last) == 0 ? last : intern(table, text);
}

stk_status stk_iamc_add(stk_iamc *table, const stk_iamc_row *row, double **values, stk_error *error)
{
    static const stk_iamc_row none = {NULL, NULL, NULL, NULL, NULL, 0, NULL};
    const stk_iamc_row *last = table->row_count == 0 ? &none : &table->rows[table->row_count - 1];
    uint64_t hash = hash_row(row);
    const stk_iamc_row *first = find_row(table, row, hash);
    if (first != NULL) {
        return iamc_refuse_repeated(table, row, first->line, error);
    }
    stk_series series = stk_arena_series(&table->store->arena, table->first_year,
                                         table->first_year + table->year_count - 1);
    stk_iamc_row added = {intern_again(table, row->model, last->model),
                          intern_again(table, row->scenario, last->scenario),
                          intern_again(table, row->region, last->region),
                          intern(table, row->variable),
                          intern_again(table, row->unit, last->unit),
                          row->line,
                          series.values};
    if (added.model == NULL || added.scenario == NULL || added.region == NULL ||
        added.variable == NULL || added.unit == NULL || series.values == NULL ||
        !reserve_row(table)) {
        return stk_error_memory(error);
    }
    table->rows[table->row_count] = added;
    index_put(&table->store->row_index, hash, table->row_count);
    table->row_count++;
    *values = added.values;
    return STK_OK;
}

stk_status iamc_give_years(stk_iamc *table, int first_year, int last_year, stk_error *error)
{
    table->first_year = first_year;
    table->year_count = last_year - first_year + 1;
    for (size_t r = 0; r < table->row_count; r++) {
        table->rows[r].values =
            stk_arena_series(&table->store->arena, first_year, last_year).values;
        if (table->rows[r].values == NULL) {
            return stk_error_memory(error);
        }
    }
    return STK_OK;
}

const stk_iamc_row *iamc_find(const stk_iamc *table, const stk_iamc_row *key)
{
    return find_row(table, key, hash_row(key));
}

const stk_iamc_row *stk_iamc_find(const stk_iamc *table, const char *model, const char *scenario,
                                  const char *variable)
{
    stk_iamc_row key = {model, scenario, "World", variable, NULL, 0, NULL};
    return iamc_find(table, &key);
}

void stk_iamc_remove(stk_iamc *table, const char *model, const char *scenario)
{
    hash_index *index = &table->store->row_index;
    size_t kept = 0;
    for (size_t r = 0; r < table->row_count; r++) {
        const stk_iamc_row *row = &table->rows[r];
        if (strcmp(row->model, model) != 0 || strcmp(row->scenario, scenario) != 0) {
            table->rows[kept++] = *row;
        }
    }
    table->row_count = kept;
    for (size_t k = 0; k < index->capacity; k++) {
        index->slots[k] = 0;
    }
    index->count = 0;
    for (size_t r = 0; r < kept; r++) {
        index_put(index, hash_row(&table->rows[r]), r);
    }
}

double stk_iamc_value(const stk_iamc *table, const stk_iamc_row *row, int year)
{
    int i = year - table->first_year;
    return i >= 0 && i < table->year_count ? row->values[i] : NAN;
}

static int compare_scenarios(const void *a, const void *b)
{
    const stk_iamc_row *x = *(const stk_iamc_row *const *)a;
    const stk_iamc_row *y = *(const stk_iamc_row *const *)b;
    int order = strcmp(x->model, y->model);
    order = order != 0 ? order : strcmp(x->scenario, y->scenario);
    return order != 0 ? order : (x > y) - (x < y);
}

static int compare_first_rows(const void *a, const void *b)
{
    const stk_iamc_scenario *x = a;
    const stk_iamc_scenario *y = b;
    return (x->rows[0] > y->rows[0]) - (x->rows[0] < y->rows[0]);
}

stk_status stk_iamc_group(const stk_iamc *table, stk_iamc_scenarios *scenarios, stk_error *error)
{
    size_t count = table->row_count;
    const stk_iamc_row **sorted = malloc((count + 1) * sizeof(const stk_iamc_row *));
    *scenarios = (stk_iamc_scenarios){0, calloc(count + 1, sizeof *scenarios->items),
                                      malloc((count + 1) * sizeof *scenarios->rows)};
    if (sorted == NULL || scenarios->items == NULL || scenarios->rows == NULL) {
        free(sorted);
        stk_iamc_scenarios_free(scenarios);
        return stk_error_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &table->rows[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_scenarios);
    stk_iamc_scenario *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const stk_iamc_row *row = sorted[i];
        if (last == NULL || last->model != row->model || last->scenario != row->scenario) {
            last = &scenarios->items[scenarios->count++];
            *last = (stk_iamc_scenario){row->model, row->scenario, 0, &scenarios->rows[i]};
        }
        last->rows[last->row_count++] = (size_t)(row - table->rows);
    }
    free(sorted);
    qsort(scenarios->items, scenarios->count, sizeof *scenarios->items, compare_first_rows);
    return STK_OK;
}

void stk_iamc_scenarios_free(stk_iamc_scenarios *scenarios)
{
    free(scenarios->items);
    free(scenarios->rows);
    *scenarios = (stk_iamc_scenarios){0, NULL, NULL};
}
