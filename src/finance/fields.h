/** @file fields.h
 * @brief Fields of the files of climate finance: what each may hold.
 */
#ifndef STK_FINANCE_FIELDS_H
#define STK_FINANCE_FIELDS_H

#include "base/try.h"
#include "data/paths.h"
#include "finance/finance_impl.h"

enum { FINANCE_COLUMNS_MAX = 16 };

/* A file while it is read. */
typedef struct reader {
    stk_finance *finance;
    stk_edition *edition;
    stk_problems *problems; /* receives every row that is refused, or NULL */
    stk_csv csv;
    int columns[FINANCE_COLUMNS_MAX]; /* of the names that it was opened with */
} reader;

/* Append a row to a list. */
stk_status keep(reader *r, finance_list *list, const void *item, size_t size, stk_error *error);

/* Field `i` of the row, trimmed, and its refusal. */
stk_text field(const reader *r, int i);
stk_status refuse(const reader *r, int i, stk_error *error, const char *allowed);

/* Text that will be printed. */
stk_status take_text(reader *r, int i, bool needed, const char **text, stk_error *error);
stk_status take_date(reader *r, int i, bool needed, stk_date *date, stk_error *error);
stk_status take_year(reader *r, int i, int *year, stk_error *error);
stk_status take_amount(reader *r, int i, double least, double *amount, stk_error *error);
stk_status take_mark(reader *r, int i, stk_finance_mark *mark, stk_error *error);
stk_status take_area(reader *r, int i, stk_area *area, stk_error *error);
stk_status take_component(reader *r, int i, stk_finance_component *component, stk_error *error);
stk_status take_quantity(reader *r, int i, stk_finance_quantity *quantity, stk_error *error);

/* Whether a unit is a currency of three small letters and an ending: "usd" and "_bn". */
bool is_money(const char *unit, const char *ending);

/* What was published in a year is not about a later one. */
stk_status check_published(reader *r, int i, stk_date published, int year, stk_error *error);

/* More than the world earns in a year, in billions. */
#define FINANCE_AMOUNT_MAX 1e6

#endif
