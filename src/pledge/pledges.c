/** @file pledges.c
 * @brief All pledges of an edition: loading, and which of them hold on a date.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pledge/pledges_impl.h"

static int compare_rows(const void *a, const void *b)
{
    const pledge_row *x = a;
    const pledge_row *y = b;
    int order = strcmp(x->field[FIELD_iso3].data, y->field[FIELD_iso3].data);
    if (order == 0) {
        order = strcmp(x->field[FIELD_submission_date].data, y->field[FIELD_submission_date].data);
    }
    if (order == 0) {
        order = (x->document > y->document) - (x->document < y->document);
    }
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static bool same_field(const pledge_row *a, const pledge_row *b, int field)
{
    return a->field[field].size == b->field[field].size &&
           memcmp(a->field[field].data, b->field[field].data, a->field[field].size) == 0;
}

/* The same document stating the same thing for the same year twice. */
static bool is_duplicate(const pledge_row *a, const pledge_row *b)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        bool says_what = f != FIELD_notes && f != FIELD_source_dataset && f != FIELD_source_url &&
                         f != FIELD_confidence;
        if (says_what && !same_field(a, b, f)) {
            return false;
        }
    }
    return true;
}

static int compare_documents(const void *a, const void *b)
{
    static const int keys[] = {FIELD_iso3, FIELD_submission_date, FIELD_status, FIELD_ndc_version};
    const pledge_row *x = a;
    const pledge_row *y = b;
    for (size_t f = 0; f < sizeof keys / sizeof *keys; f++) {
        int order = strcmp(x->field[keys[f]].data, y->field[keys[f]].data);
        if (order != 0) {
            return order;
        }
    }
    return (x->number > y->number) - (x->number < y->number);
}

static bool same_document(const pledge_row *a, const pledge_row *b)
{
    return same_field(a, b, FIELD_iso3) && same_field(a, b, FIELD_submission_date) &&
           same_field(a, b, FIELD_status) && same_field(a, b, FIELD_ndc_version);
}

/* Rows of one document need not be next to each other: what they have in common is Party, date,
 * status and version. A document has the number of its first row. */
static void number_documents(pledge_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        rows->items[i].number = i;
    }
    qsort(rows->items, rows->count, sizeof *rows->items, compare_documents);
    for (size_t i = 0; i < rows->count; i++) {
        pledge_row *row = &rows->items[i];
        bool first = i == 0 || !same_document(row - 1, row);
        row->document = first ? (int)row->number : row[-1].document;
    }
}

/* As compare_rows(), but within a document by target year, so that the targets of a year are a
 * run. */
static int compare_targets(const void *a, const void *b)
{
    const pledge_row *x = *(const pledge_row *const *)a;
    const pledge_row *y = *(const pledge_row *const *)b;
    if (!same_document(x, y)) {
        return compare_rows(x, y);
    }
    int order = strcmp(x->field[FIELD_target_year].data, y->field[FIELD_target_year].data);
    return order != 0 ? order : compare_rows(x, y);
}

static const pledge_row **order_by_year(const pledge_rows *rows, stk_arena *arena)
{
    const pledge_row **order = stk_arena_alloc(arena, rows->count + 1, sizeof *order);
    for (size_t i = 0; order != NULL && i < rows->count; i++) {
        order[i] = &rows->items[i];
    }
    if (order != NULL && rows->count > 0) {
        qsort(order, rows->count, sizeof *order, compare_targets);
    }
    return order;
}

static stk_status check_row(const stk_pledges *pledges, const pledge_row *row,
                            const stk_inventory *inventory, stk_error *error)
{
    stk_text iso3 = row->field[FIELD_iso3];
    if (inventory != NULL && !stk_text_equal(iso3, "EUU") &&
        stk_inventory_find(inventory, iso3) < 0) {
        return pledge_row_refuse(row, FIELD_iso3, error,
                                 "the code of a country in countries.csv, or EUU");
    }
    for (const pledge_row *other = row; other-- > pledges->rows.items;) {
        if (!same_field(row, other, FIELD_iso3)) {
            break;
        }
        if (is_duplicate(row, other)) {
            return stk_error_at(error, STK_EDATA, row->file, row->place[FIELD_kind].line,
                                row->place[FIELD_kind].column,
                                "this target of %s is there twice (first in line %ld); allowed: "
                                "each target once",
                                row->field[FIELD_iso3].data, other->place[FIELD_kind].line);
        }
    }
    return STK_OK;
}

/* Parse all rows; every refused row goes to `problems`, and any of them refuses the whole. */
static stk_status parse_rows(stk_pledges *pledges, const stk_inventory *inventory,
                             stk_problems *problems, stk_error *error)
{
    stk_status result = STK_OK;
    size_t refused = 0;
    pledges->targets =
        stk_arena_alloc(&pledges->arena, pledges->rows.count, sizeof *pledges->targets);
    pledges->row_of = order_by_year(&pledges->rows, &pledges->arena);
    if (pledges->targets == NULL || pledges->row_of == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    for (size_t i = 0; i < pledges->rows.count; i++) {
        stk_error problem;
        const pledge_row *row = pledges->row_of[i];
        stk_status status = pledge_parse_row(row, &pledges->arena, &pledges->targets[i], &problem);
        if (status == STK_OK) {
            status = check_row(pledges, row, inventory, &problem);
        }
        if (status == STK_OK) {
            continue;
        }
        if (problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (refused++ == 0) {
            result = status;
            if (error != NULL) {
                *error = problem;
            }
        }
    }
    return result;
}

static bool year_seen(const stk_pledges *pledges, size_t first, size_t i)
{
    for (size_t k = first; k < i; k++) {
        if (pledges->targets[k].year == pledges->targets[i].year) {
            return true;
        }
    }
    return false;
}

/* Nothing that a file says may be dropped: what there is no room for is refused. */
static stk_status check_room(const stk_pledges *pledges, stk_error *error)
{
    size_t first = 0; /* of the Party */
    int years = 0;
    int same_year = 0;
    for (size_t i = 0; i < pledges->rows.count; i++) {
        const pledge_row *row = pledges->row_of[i];
        const pledge_row *before = i == 0 ? row : pledges->row_of[i - 1];
        if (!same_field(row, before, FIELD_iso3)) {
            first = i;
            years = 0;
        }
        bool goes_on = i > first && same_document(row, before) &&
                       pledges->targets[i].year == pledges->targets[i - 1].year;
        same_year = goes_on ? same_year + 1 : 1;
        years += pledges->targets[i].year != 0 && !year_seen(pledges, first, i);
        if (years > STK_TARGET_YEARS_MAX) {
            return pledge_row_refuse(row, FIELD_target_year, error,
                                     "targets for at most 16 years by the documents of a Party");
        }
        if (same_year > STK_TARGET_ROWS_MAX && pledges->targets[i].year != 0) {
            return pledge_row_refuse(row, FIELD_target_year, error,
                                     "at most 16 targets of a document for one year");
        }
    }
    return STK_OK;
}

static stk_status finish(stk_pledges *pledges, const stk_inventory *inventory,
                         stk_problems *problems, stk_error *error)
{
    if (pledges->rows.count > 0) {
        number_documents(&pledges->rows);
        qsort(pledges->rows.items, pledges->rows.count, sizeof *pledges->rows.items, compare_rows);
    }
    stk_status status = parse_rows(pledges, inventory, problems, error);
    if (status == STK_OK) {
        stk_error problem;
        status = check_room(pledges, &problem);
        if (status != STK_OK && problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (status != STK_OK && error != NULL) {
            *error = problem;
        }
    }
    return status;
}

/* Editions made before there were net-zero events have none. */
static stk_status read_net_zero(stk_pledges *pledges, stk_edition *edition,
                                const stk_inventory *inventory, stk_problems *problems,
                                stk_error *error)
{
    static const char path[] = "pledges/net_zero.csv";
    stk_text content;
    if (!stk_edition_has(edition, path)) {
        return STK_OK;
    }
    stk_status status = stk_edition_read(edition, path, &content, error);
    return status != STK_OK
               ? status
               : stk_pledges_read_net_zero(pledges, stk_edition_source_name(edition, path), content,
                                           inventory, problems, error);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t a = strlen(text);
    size_t b = strlen(ending);
    return a >= b && strcmp(text + a - b, ending) == 0;
}

static stk_status read_source(stk_pledges *pledges, stk_source source, stk_error *error)
{
    bool yaml = ends_with(source.name, ".yaml") || ends_with(source.name, ".yml");
    return yaml ? pledge_read_yaml(source, &pledges->arena, &pledges->rows, error)
                : pledge_read_csv(source, &pledges->arena, &pledges->rows, error);
}

/* A file that cannot be read at all is one problem; the other files are still looked at, so that
 * a user sees everything at once. */
static stk_status read_edition_file(stk_pledges *pledges, stk_edition *edition, const char *path,
                                    stk_problems *problems, stk_error *error)
{
    stk_source source = {stk_edition_source_name(edition, path), {NULL, 0}};
    stk_error problem;
    stk_status status = stk_edition_read(edition, path, &source.content, &problem);
    if (status == STK_OK) {
        status = read_source(pledges, source, &problem);
    }
    if (status != STK_OK) {
        if (problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (error != NULL) {
            *error = problem;
        }
    }
    return status;
}

static stk_status read_edition(stk_pledges *pledges, stk_edition *edition, stk_problems *problems,
                               stk_error *error)
{
    stk_status result = STK_OK;
    bool any = false;
    if (stk_edition_has(edition, "pledges/pledges.csv")) {
        return read_edition_file(pledges, edition, "pledges/pledges.csv", problems, error);
    }
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        const char *path = stk_edition_path(edition, i);
        if (strncmp(path, "pledges/", 8) != 0 || !ends_with(path, ".yaml")) {
            continue;
        }
        stk_error problem;
        any = true;
        stk_status status = read_edition_file(pledges, edition, path, problems, &problem);
        if (status != STK_OK && result == STK_OK) {
            result = status;
            if (error != NULL) {
                *error = problem;
            }
        }
    }
    return any ? result
               : stk_error_set(error, STK_ENOTFOUND,
                               "the edition '%s' has no pledges (pledges/*.yaml)",
                               stk_edition_name(edition));
}

stk_status stk_pledges_load(stk_edition *edition, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error)
{
    stk_pledges *loaded = calloc(1, sizeof *loaded);
    *pledges = NULL;
    if (loaded == NULL) {
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_status status = read_edition(loaded, edition, problems, error);
    if (status == STK_OK) {
        status = finish(loaded, inventory, problems, error);
    }
    if (status == STK_OK) {
        status = pledges_read_events(loaded, edition, error);
    }
    if (status == STK_OK) {
        status = read_net_zero(loaded, edition, inventory, problems, error);
    }
    if (status != STK_OK) {
        stk_pledges_free(loaded);
        return status;
    }
    *pledges = loaded;
    return STK_OK;
}

stk_status stk_pledges_read(const char *name, stk_text content, const stk_inventory *inventory,
                            stk_pledges **pledges, stk_problems *problems, stk_error *error)
{
    stk_pledges *loaded = calloc(1, sizeof *loaded);
    *pledges = NULL;
    char *kept = loaded == NULL ? NULL : stk_arena_string(&loaded->arena, stk_text_of(name));
    if (kept == NULL) {
        stk_pledges_free(loaded);
        return stk_error_set(error, STK_EMEM, "out of memory");
    }
    stk_error problem;
    stk_status status = read_source(loaded, (stk_source){kept, content}, &problem);
    if (status == STK_OK) {
        status = finish(loaded, inventory, problems, error);
    } else {
        if (problems != NULL) {
            stk_problems_add(problems, &problem);
        }
        if (error != NULL) {
            *error = problem;
        }
    }
    if (status != STK_OK) {
        stk_pledges_free(loaded);
        return status;
    }
    *pledges = loaded;
    return STK_OK;
}

void stk_pledges_free(stk_pledges *pledges)
{
    if (pledges != NULL) {
        free(pledges->rows.items);
        free(pledges->net_zero.items);
        stk_arena_free(&pledges->arena);
        free(pledges);
    }
}

const stk_target *stk_pledges_targets(const stk_pledges *pledges, size_t *count)
{
    *count = pledges->rows.count;
    return pledges->targets;
}

/* Rows are sorted by Party. */
const stk_target *stk_pledges_of(const stk_pledges *pledges, const char *iso3, size_t *count)
{
    size_t low = 0;
    size_t high = pledges->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(pledges->targets[middle].iso3, iso3) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *count = 0;
    while (low + *count < pledges->rows.count &&
           strcmp(pledges->targets[low + *count].iso3, iso3) == 0) {
        ++*count;
    }
    return *count > 0 ? &pledges->targets[low] : NULL;
}

const stk_party_event *stk_pledges_events(const stk_pledges *pledges, size_t *count)
{
    *count = pledges->event_count;
    return pledges->events;
}
