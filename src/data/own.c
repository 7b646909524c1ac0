/** @file own.c
 * @brief Parties' own inventories and projections, as their documents state them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/inventory_impl.h"

enum { OWN_MAX = 65536, PARTY_MAX = 512, YEAR_MIN = 1850, YEAR_MAX = 2100 };

enum {
    COLUMN_ISO3,
    COLUMN_DOCUMENT,
    COLUMN_YEAR,
    COLUMN_QUANTITY,
    COLUMN_CONDITION,
    COLUMN_VALUE,
    COLUMN_GWP,
    COLUMN_LOCATION,
    COLUMN_CONFIDENCE,
    COLUMNS
};

static const char *const column_names[COLUMNS] = {"iso3",     "document",  "year",
                                                  "quantity", "condition", "value_mt",
                                                  "gwp",      "location",  "confidence"};

static const char *const quantity_names[STK_OWN_QUANTITIES] = {
    "total_excl_lulucf", "total_incl_lulucf", "lulucf",           "bau_excl",
    "bau_incl",          "bau_lulucf",        "projected_lulucf", "cut_lulucf"};

typedef struct reader {
    stk_inventory *inventory;
    stk_csv csv;
    int columns[COLUMNS];
    stk_own_value *values; /* in the order of the file */
    stk_area *areas;
    size_t count;
} reader;

static stk_text field(const reader *r, int column)
{
    return stk_csv_field(&r->csv, r->columns[column]);
}

static stk_status refuse(const reader *r, int column, stk_error *error, const char *allowed)
{
    return stk_csv_refuse(&r->csv, r->columns[column], error, "%s", allowed);
}

static stk_status keep(const reader *r, int column, const char **text, stk_error *error)
{
    *text = stk_arena_string(&r->inventory->arena, field(r, column));
    return stk_allocated(*text, error);
}

static stk_status read_words(const reader *r, stk_own_value *value, stk_error *error)
{
    int quantity = stk_text_find(field(r, COLUMN_QUANTITY), quantity_names, STK_OWN_QUANTITIES);
    int condition = stk_text_choice(field(r, COLUMN_CONDITION), "|U|C");
    if (quantity < 0) {
        return refuse(r, COLUMN_QUANTITY, error,
                      "total_excl_lulucf, total_incl_lulucf, lulucf, bau_excl, bau_incl, "
                      "bau_lulucf, projected_lulucf, cut_lulucf");
    }
    if (condition < 0) {
        return refuse(r, COLUMN_CONDITION, error, "U, C or nothing");
    }
    if (stk_text_choice(field(r, COLUMN_GWP), "|SAR|AR4|AR5|AR6") < 0) {
        return refuse(r, COLUMN_GWP, error, "SAR, AR4, AR5, AR6 or nothing");
    }
    if (stk_text_choice(field(r, COLUMN_CONFIDENCE), "A|A*|B|S|C|R") < 0) {
        return refuse(r, COLUMN_CONFIDENCE, error, "A, A*, B, S, C or R");
    }
    value->quantity = (stk_own_quantity)quantity;
    value->condition = (stk_own_condition)condition;
    stk_status status;
    STK_TRY(keep(r, COLUMN_GWP, &value->gwp, error));
    STK_TRY(keep(r, COLUMN_LOCATION, &value->location, error));
    STK_TRY(keep(r, COLUMN_CONFIDENCE, &value->confidence, error));
done:
    return status;
}

/* Two numbers for one thing: which of them counts must not hang on the order of the rows. National
 * inventories have no document; several of one year may stand beside each other. */
static stk_status check_others(const reader *r, stk_area area, const stk_own_value *value,
                               stk_error *error)
{
    size_t same_party = 0;
    for (size_t i = 0; i < r->count; i++) {
        const stk_own_value *other = &r->values[i];
        if (r->areas[i] != area) {
            continue;
        }
        if (++same_party == PARTY_MAX) {
            return refuse(r, COLUMN_ISO3, error, "at most 512 rows of one Party");
        }
        if (value->document != 0 && other->document == value->document &&
            other->year == value->year && other->quantity == value->quantity &&
            other->condition == value->condition) {
            return refuse(r, COLUMN_QUANTITY, error,
                          "each quantity of a document once for a year and condition");
        }
    }
    return STK_OK;
}

static stk_status read_row(reader *r, stk_error *error)
{
    stk_own_value *value = &r->values[r->count];
    memset(value, 0, sizeof *value);
    r->areas[r->count] = stk_inventory_find(r->inventory, field(r, COLUMN_ISO3));
    if (r->areas[r->count] < 0) {
        return refuse(r, COLUMN_ISO3, error, "the code of a country in countries.csv");
    }
    stk_text date = field(r, COLUMN_DOCUMENT);
    if (date.size > 0 && !stk_date_parse(date, &value->document)) {
        return refuse(r, COLUMN_DOCUMENT, error, "the date of a document, or nothing");
    }
    stk_status status;
    STK_TRY(stk_csv_integer(&r->csv, r->columns[COLUMN_YEAR], 0, &value->year, error));
    if (value->year < YEAR_MIN || value->year > YEAR_MAX) {
        return refuse(r, COLUMN_YEAR, error, "a year from 1850 to 2100");
    }
    STK_TRY(stk_csv_number(&r->csv, r->columns[COLUMN_VALUE], &value->mt, error));
    if (!(value->mt > -1e6 && value->mt < 1e6)) {
        return refuse(r, COLUMN_VALUE, error, "a number of Mt CO2e from -1000000 to 1000000");
    }
    STK_TRY(read_words(r, value, error));
    bool total = value->quantity == STK_OWN_TOTAL_EXCL || value->quantity == STK_OWN_BAU_EXCL;
    if (total && !(value->mt > 0)) {
        return refuse(r, COLUMN_VALUE, error, "a positive number, for emissions without LULUCF");
    }
    STK_TRY(check_others(r, r->areas[r->count], value, error));
    r->count++;
done:
    return status;
}

static stk_status read_rows(reader *r, stk_error *error)
{
    stk_status status = stk_csv_columns(&r->csv, column_names, COLUMNS, r->columns, error);
    while (stk_csv_each(&r->csv, &status, error)) {
        if (r->count == OWN_MAX) {
            return stk_error_at(error, STK_EDATA, r->csv.source.name, r->csv.line, 0,
                                "more than %d rows", OWN_MAX);
        }
        status = read_row(r, error);
    }
    return status;
}

/* Give each area its values, in the order of the file. */
static stk_status hand_out(const reader *r, stk_error *error)
{
    for (stk_area a = 0; a < r->inventory->area_count; a++) {
        area_record *area = &r->inventory->areas[a];
        size_t count = 0;
        for (size_t i = 0; i < r->count; i++) {
            count += r->areas[i] == a;
        }
        if (count == 0) {
            continue;
        }
        stk_own_value *own = stk_arena_alloc(&r->inventory->arena, count, sizeof *own);
        if (own == NULL) {
            return stk_error_memory(error);
        }
        area->own = own;
        for (size_t i = 0; i < r->count; i++) {
            if (r->areas[i] == a) {
                own[area->own_count++] = r->values[i];
            }
        }
    }
    return STK_OK;
}

/* Editions made before there was such a file have none. */
stk_status inventory_read_own(stk_inventory *inventory, stk_edition *edition, stk_error *error)
{
    reader r = {.inventory = inventory};
    stk_status status = STK_OK;
    if (!stk_edition_has(edition, STK_PATH_OWN_INVENTORY)) {
        return STK_OK;
    }
    STK_TRY(stk_edition_csv(edition, STK_PATH_OWN_INVENTORY, &inventory->arena, &r.csv, error));
    r.values = malloc(OWN_MAX * sizeof *r.values);
    r.areas = malloc(OWN_MAX * sizeof *r.areas);
    if (r.values == NULL || r.areas == NULL) {
        STK_FAIL(stk_error_memory(error));
    }
    STK_TRY(read_rows(&r, error));
    STK_TRY(hand_out(&r, error));
done:
    free(r.values);
    free(r.areas);
    return status;
}

const stk_own_value *stk_inventory_own(const stk_inventory *inventory, stk_area area, size_t *count)
{
    *count = inventory->areas[area].own_count;
    return inventory->areas[area].own;
}

/* A sum of a document's own two halves of a year counts as its total. */
static bool net_of(const area_record *area, size_t i, double *mt)
{
    const stk_own_value *value = &area->own[i];
    for (size_t k = 0; k < area->own_count && value->quantity == STK_OWN_TOTAL_EXCL; k++) {
        const stk_own_value *land = &area->own[k];
        if (land->quantity == STK_OWN_LULUCF && land->document == value->document &&
            land->year == value->year) {
            *mt = value->mt + land->mt;
            return true;
        }
    }
    *mt = value->mt;
    return value->quantity == STK_OWN_TOTAL_INCL;
}

int stk_inventory_own_net(const stk_inventory *inventory, stk_area a, stk_date date, double *mt)
{
    const area_record *area = &inventory->areas[a];
    stk_date stated = 0;
    double net;
    bool annex_i;
    int newest = stk_inventory_lulucf_reported_last(inventory, a);
    net = newest == 0 ? (double)NAN
                      : stk_inventory_reported_mt(inventory, a, newest, &annex_i) +
                            stk_inventory_lulucf_reported_mt(inventory, a, newest);
    newest = isnan(net) ? 0 : newest;
    *mt = isnan(net) ? *mt : net;
    for (size_t i = 0; i < area->own_count; i++) {
        const stk_own_value *value = &area->own[i];
        bool newer = value->year > newest || (value->year == newest && value->document >= stated);
        if (value->document <= date && newer && net_of(area, i, &net)) {
            newest = value->year;
            stated = value->document;
            *mt = net;
        }
    }
    return newest;
}
