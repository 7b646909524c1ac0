/** @file fields.c
 * @brief Fields of the files of climate finance, and refusing what they cannot hold.
 */
#include "finance/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 65536 };

/* Room for one more row, zeroed; NULL without memory, or where there are too many. */
static void *add(finance_list *list, size_t size)
{
    if (list->count == list->capacity &&
        (list->count >= ROWS_MAX ||
         !stk_grow(&list->items, list->count + 1, &list->capacity, size))) {
        return NULL;
    }
    void *item = (char *)list->items + list->count++ * size;
    memset(item, 0, size);
    return item;
}

stk_status keep(reader *r, finance_list *list, const void *item, size_t size, stk_error *error)
{
    void *room = add(list, size);
    if (room != NULL) {
        memcpy(room, item, size);
        return STK_OK;
    }
    return list->count >= ROWS_MAX ? stk_error_at(error, STK_EDATA, r->csv.source.name, r->csv.line,
                                                  0, "more than %d rows", ROWS_MAX)
                                   : stk_error_memory(error);
}

/* ---- fields ---- */

stk_text field(const reader *r, int i)
{
    return stk_text_trim(stk_csv_field(&r->csv, r->columns[i]));
}

stk_status refuse(const reader *r, int i, stk_error *error, const char *allowed)
{
    return stk_csv_refuse(&r->csv, r->columns[i], error, "%s", allowed);
}

stk_status take_text(reader *r, int i, bool needed, const char **text, stk_error *error)
{
    stk_text value = field(r, i);
    bool plain = value.size > 0 || !needed;
    for (size_t c = 0; c < value.size; c++) {
        plain = plain && (unsigned char)value.data[c] >= 0x20 && value.data[c] != 0x7f;
    }
    if (!plain) {
        return refuse(r, i, error, needed ? "some text in one line" : "text in one line");
    }
    *text = stk_arena_string(&r->finance->arena, value);
    return stk_allocated(*text, error);
}

stk_status take_date(reader *r, int i, bool needed, stk_date *date, stk_error *error)
{
    stk_text value = field(r, i);
    *date = 0;
    return (value.size == 0 && !needed) || stk_date_parse(value, date)
               ? STK_OK
               : refuse(r, i, error,
                        needed ? "a date as 2021-04-22" : "a date as 2021-04-22, or nothing");
}

stk_status take_year(reader *r, int i, int *year, stk_error *error)
{
    stk_status status = stk_csv_integer(&r->csv, r->columns[i], 0, year, error);
    return status != STK_OK ? status
           : *year >= FINANCE_YEAR_FIRST && *year <= FINANCE_YEAR_LAST
               ? STK_OK
               : refuse(r, i, error, "a year from 1850 to 2100");
}

stk_status take_amount(reader *r, int i, double least, double *amount, stk_error *error)
{
    stk_status status = stk_csv_number(&r->csv, r->columns[i], amount, error);
    return status != STK_OK ? status
           : *amount >= least && *amount <= FINANCE_AMOUNT_MAX
               ? STK_OK
               : refuse(r, i, error,
                        least < 0 ? "a number from -1000000 to 1000000"
                                  : "a number from 0 to 1000000");
}

stk_status take_mark(reader *r, int i, stk_finance_mark *mark, stk_error *error)
{
    stk_text value = field(r, i);
    bool known = value.size == 1 && value.data[0] >= 'A' && value.data[0] <= 'C';
    *mark = known ? (stk_finance_mark)(value.data[0] - 'A') : STK_FINANCE_UNCHECKED;
    return known ? STK_OK : refuse(r, i, error, "A, B or C");
}

stk_status take_area(reader *r, int i, stk_area *area, stk_error *error)
{
    *area = stk_inventory_find(r->finance->inventory, field(r, i));
    return *area >= 0 ? STK_OK : refuse(r, i, error, "the ISO3 code of a country");
}

/* One of a list of names. */
static stk_status take_name(reader *r, int i, const char *(*name_of)(int), int count, int *found,
                            stk_error *error)
{
    char names[240];
    size_t used = 0;
    for (*found = 0; *found < count; (*found)++) {
        if (stk_text_equal(field(r, i), name_of(*found))) {
            return STK_OK;
        }
    }
    for (int k = 0; k < count && used < sizeof names; k++) {
        used += (size_t)stk_print(names + used, sizeof names - used, "%s%s", k > 0 ? ", " : "",
                                  name_of(k));
    }
    return refuse(r, i, error, names);
}

static const char *component_name(int i)
{
    return stk_finance_component_name((stk_finance_component)i);
}

static const char *quantity_name(int i)
{
    return stk_finance_quantity_name((stk_finance_quantity)i);
}

stk_status take_component(reader *r, int i, stk_finance_component *component, stk_error *error)
{
    int found;
    stk_status status = take_name(r, i, component_name, STK_FINANCE_COMPONENTS, &found, error);
    *component = status == STK_OK ? (stk_finance_component)found : STK_FINANCE_TOTAL;
    return status;
}

stk_status take_quantity(reader *r, int i, stk_finance_quantity *quantity, stk_error *error)
{
    int found;
    stk_status status = take_name(r, i, quantity_name, STK_FINANCE_QUANTITIES, &found, error);
    *quantity = status == STK_OK ? (stk_finance_quantity)found : STK_FINANCE_PROVIDED;
    return status;
}

bool is_money(const char *unit, const char *ending)
{
    for (int i = 0; i < 3; i++) {
        if (unit[i] < 'a' || unit[i] > 'z') {
            return false;
        }
    }
    return strcmp(unit + 3, ending) == 0;
}

stk_status check_published(reader *r, int i, stk_date published, int year, stk_error *error)
{
    char allowed[64];
    stk_print(allowed, sizeof allowed, "a day of %d or later", year);
    return stk_date_year(published) >= year ? STK_OK : refuse(r, i, error, allowed);
}
