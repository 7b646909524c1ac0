/** @file order.c
 * @brief Rows as they were read into Parties with their targets, in the order in which they hold.
 */
#include <stdlib.h>
#include <string.h>

#include "pledge/pledges_impl.h"

static int compare_rows(const void *a, const void *b)
{
    const pledge_row *x = *(const pledge_row *const *)a;
    const pledge_row *y = *(const pledge_row *const *)b;
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

/* By everything that a row states, so that a document stating the same thing for the same year
 * twice has both next to each other; 0 is such a twin. */
static int compare_statements(const pledge_row *a, const pledge_row *b)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        bool says_what = f != FIELD_notes && f != FIELD_source_dataset && f != FIELD_source_url &&
                         f != FIELD_confidence;
        int order = says_what ? strcmp(a->field[f].data, b->field[f].data) : 0;
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static int compare_twins(const void *a, const void *b)
{
    const pledge_row *x = *(const pledge_row *const *)a;
    const pledge_row *y = *(const pledge_row *const *)b;
    int order = compare_statements(x, y);
    return order != 0 ? order : compare_rows(a, b);
}

/* Each row knows the one before it that states the same. */
static void find_twins(pledge_rows *rows, const pledge_row **order)
{
    qsort(order, rows->count, sizeof *order, compare_twins);
    for (size_t i = 1; i < rows->count; i++) {
        bool twins = compare_statements(order[i - 1], order[i]) == 0;
        rows->items[order[i]->number].twin = twins ? order[i - 1] : NULL;
    }
}

static int compare_documents(const void *a, const void *b)
{
    static const int keys[] = {FIELD_iso3, FIELD_submission_date, FIELD_status, FIELD_ndc_version};
    const pledge_row *x = *(const pledge_row *const *)a;
    const pledge_row *y = *(const pledge_row *const *)b;
    for (size_t f = 0; f < sizeof keys / sizeof *keys; f++) {
        int order = strcmp(x->field[keys[f]].data, y->field[keys[f]].data);
        if (order != 0) {
            return order;
        }
    }
    return (x->number > y->number) - (x->number < y->number);
}

bool pledge_same_document(const pledge_row *a, const pledge_row *b)
{
    return same_field(a, b, FIELD_iso3) && same_field(a, b, FIELD_submission_date) &&
           same_field(a, b, FIELD_status) && same_field(a, b, FIELD_ndc_version);
}

/* As compare_rows(), but within a document by target year, so that the targets of a year are a
 * run. */
static int compare_targets(const void *a, const void *b)
{
    const pledge_row *x = *(const pledge_row *const *)a;
    const pledge_row *y = *(const pledge_row *const *)b;
    if (!pledge_same_document(x, y)) {
        return compare_rows(a, b);
    }
    int order = strcmp(x->field[FIELD_target_year].data, y->field[FIELD_target_year].data);
    return order != 0 ? order : compare_rows(a, b);
}

/* Rows of one document need not be next to each other: what they have in common is Party, date,
 * status and version. A document has the number of its first row. */
static void number_documents(pledge_rows *rows, const pledge_row **order)
{
    for (size_t i = 0; i < rows->count; i++) {
        rows->items[i].number = i;
        order[i] = &rows->items[i];
    }
    qsort(order, rows->count, sizeof *order, compare_documents);
    int document = 0;
    for (size_t i = 0; i < rows->count; i++) {
        bool first = i == 0 || !pledge_same_document(order[i - 1], order[i]);
        document = first ? (int)order[i]->number : document;
        rows->items[order[i]->number].document = document;
    }
}

/* Runs of the sorted rows and of the targets that are made of them. */
static void share_out(stk_pledges *pledges, const stk_target *targets,
                      const pledge_row *const *rows, const pledge_row *const *written)
{
    for (size_t i = 0; i < pledges->rows.count; i++) {
        if (i == 0 || !same_field(written[i - 1], written[i], FIELD_iso3)) {
            pledges->parties[pledges->party_count++] = (pledge_party){
                written[i]->field[FIELD_iso3].data, 0, targets + i, rows + i, written + i};
        }
        pledges->parties[pledges->party_count - 1].count++;
    }
    pledges->target_count = pledges->rows.count;
}

/* ---- what is refused ---- */

static stk_status check_row(const pledge_row *row, const stk_inventory *inventory, stk_error *error)
{
    stk_text iso3 = row->field[FIELD_iso3];
    const pledge_row *twin = row->twin;
    if (inventory != NULL && !stk_text_equal(iso3, "EUU") &&
        stk_inventory_find(inventory, iso3) < 0) {
        return pledge_row_refuse(row, FIELD_iso3, error,
                                 "the code of a country in countries.csv, or EUU");
    }
    return twin == NULL
               ? STK_OK
               : stk_error_at(error, STK_EDATA, row->file, row->place[FIELD_kind].line,
                              row->place[FIELD_kind].column,
                              "this target of %s is there twice (first in line %ld); allowed: "
                              "each target once",
                              row->field[FIELD_iso3].data, twin->place[FIELD_kind].line);
}

/* Note a year among those of a Party; one more than there is room for is counted, too. */
static void note_year(int years[STK_TARGET_YEARS_MAX], int *count, int year)
{
    int i = 0;
    while (i < *count && years[i] != year) {
        i++;
    }
    if (i == *count && i < STK_TARGET_YEARS_MAX) {
        years[i] = year;
    }
    *count += i == *count;
}

/* Nothing that a file says may be dropped: what there is no room for is refused. */
stk_status pledges_check_room(const pledge_party *party, stk_error *error)
{
    int years[STK_TARGET_YEARS_MAX];
    int count = 0;
    int same_year = 0;
    for (size_t i = 0; i < party->count; i++) {
        const stk_target *target = &party->targets[i];
        bool goes_on = i > 0 && pledge_same_document(party->rows[i], party->rows[i - 1]) &&
                       target->year == target[-1].year;
        same_year = goes_on ? same_year + 1 : 1;
        if (target->year != 0) {
            note_year(years, &count, target->year);
        }
        if (count > STK_TARGET_YEARS_MAX) {
            return pledge_row_refuse(party->rows[i], FIELD_target_year, error,
                                     "targets for at most 16 years by the documents of a Party");
        }
        if (same_year > STK_TARGET_ROWS_MAX && target->year != 0) {
            return pledge_row_refuse(party->rows[i], FIELD_target_year, error,
                                     "at most 16 targets of a document for one year");
        }
    }
    return STK_OK;
}

/* ---- all of them ---- */

void pledges_report(stk_status status, const stk_error *problem, stk_problems *problems,
                    stk_status *result, stk_error *error)
{
    if (problems != NULL) {
        stk_problems_add(problems, problem);
    }
    if (*result == STK_OK) {
        *result = status;
        if (error != NULL) {
            *error = *problem;
        }
    }
}

static stk_status parse_party(stk_pledges *pledges, const pledge_party *party, stk_target *targets,
                              const stk_inventory *inventory, stk_problems *problems,
                              stk_error *error)
{
    stk_status result = STK_OK;
    for (size_t i = 0; i < party->count; i++) {
        stk_error problem;
        const pledge_row *row = party->rows[i];
        stk_status status = pledge_parse_row(row, &pledges->arena, &targets[i], &problem);
        if (status == STK_OK) {
            status = check_row(row, inventory, &problem);
        }
        if (status != STK_OK) {
            pledges_report(status, &problem, problems, &result, error);
        }
    }
    return result;
}

static stk_status check_rooms(const stk_pledges *pledges, stk_problems *problems, stk_error *error)
{
    stk_error problem;
    stk_status result = STK_OK;
    stk_status status = STK_OK;
    for (size_t p = 0; p < pledges->party_count && status == STK_OK; p++) {
        status = pledges_check_room(&pledges->parties[p], &problem);
    }
    if (status != STK_OK) {
        pledges_report(status, &problem, problems, &result, error);
    }
    return status;
}

stk_status pledges_finish(stk_pledges *pledges, const stk_inventory *inventory,
                          stk_problems *problems, stk_error *error)
{
    size_t count = pledges->rows.count;
    stk_arena *arena = &pledges->arena;
    stk_target *targets = stk_arena_alloc(arena, count + 1, sizeof *targets);
    const pledge_row **rows = stk_arena_alloc(arena, count + 1, sizeof *rows);
    const pledge_row **written = stk_arena_alloc(arena, count + 1, sizeof *written);
    pledges->parties = stk_arena_alloc(arena, count + 1, sizeof *pledges->parties);
    if (targets == NULL || rows == NULL || written == NULL || pledges->parties == NULL) {
        return stk_error_memory(error);
    }
    number_documents(&pledges->rows, written);
    find_twins(&pledges->rows, written);
    memcpy(rows, written, count * sizeof *rows);
    qsort(written, count, sizeof *written, compare_rows);
    qsort(rows, count, sizeof *rows, compare_targets);
    share_out(pledges, targets, rows, written);
    stk_status result = STK_OK;
    for (size_t p = 0; p < pledges->party_count; p++) {
        const pledge_party *party = &pledges->parties[p];
        stk_error *first = result == STK_OK ? error : NULL;
        stk_status status =
            parse_party(pledges, party, targets + (party->rows - rows), inventory, problems, first);
        result = result == STK_OK ? status : result;
    }
    return result == STK_OK ? check_rooms(pledges, problems, error) : result;
}
