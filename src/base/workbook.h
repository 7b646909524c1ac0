/** @file workbook.h
 * @brief Excel workbooks (XLSX) as the CSV text of one of their sheets.
 *
 * Read is the sheet `data`, as pyam and the scenario databases call it, or the only one. Numbers
 * keep all digits that are stored, whatever is shown of them; dates are written as in ISO 8601.
 * Lines of the text are rows of the sheet.
 */
#ifndef STK_BASE_WORKBOOK_H
#define STK_BASE_WORKBOOK_H

#include "base/unpack.h"

typedef struct stk_workbook stk_workbook;

/** Open a workbook; `*workbook` is NULL for a zip archive that is none.
 * @param packed  must outlive it, and can be gone back in
 * @return STK_EFORMAT with what is wrong; STK_ENOTFOUND without the libraries */
stk_status stk_workbook_open(const stk_packed *packed, stk_workbook **workbook, stk_error *error);

/** The next bytes of the text; `*got` is 0 at the end. */
stk_status stk_workbook_read(stk_workbook *workbook, char *buffer, size_t size, size_t *got,
                             stk_error *error);
void stk_workbook_close(stk_workbook *workbook);

#endif
