/** @file fuzz_csv.c
 * @brief The CSV reader; what it reads is written and read again.
 */
#include "fuzz.h"

#include "base/csv.h"
#include "base/table.h"

static stk_status copy(stk_text content, stk_buffer *out, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    stk_csv_years years;
    bool more = true;
    stk_status status = stk_csv_open(&csv, (stk_source){"f.csv", content}, &arena, error);
    for (size_t i = 0; status == STK_OK && i < csv.column_count; i++) {
        stk_csv_write_field(out, csv.columns[i]);
        stk_buffer_text(out, i + 1 < csv.column_count ? "," : "\n");
    }
    bool wide = status == STK_OK && stk_csv_find_years(&csv, &years, NULL) == STK_OK;
    while (status == STK_OK && more) {
        status = stk_csv_next(&csv, &more, error);
        for (size_t i = 0; status == STK_OK && more && i < csv.column_count; i++) {
            double number;
            int integer;
            stk_csv_number(&csv, (int)i, &number, NULL);
            stk_csv_integer(&csv, (int)i, 0, &integer, NULL);
            stk_csv_write_field(out, csv.fields[i]);
            stk_buffer_text(out, i + 1 < csv.column_count ? "," : "\n");
        }
        if (status == STK_OK && more && wide) {
            stk_series series = stk_arena_series(&arena, years.first_year, years.last_year);
            stk_csv_series(&csv, &years, &series, NULL);
        }
    }
    stk_arena_free(&arena);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_buffer first = {0};
    stk_buffer second = {0};
    stk_error error;
    stk_status status = copy((stk_text){(const char *)data, size}, &first, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
    } else if (first.size > 0 && first.data[0] != '#' && first.data[0] != '\n' &&
               strstr(first.data, "\n\n") == NULL && first.data[0] != '\xef') {
        /* a table whose first name is a comment or whose row is empty is another one */
        status = copy((stk_text){first.data, first.size}, &second, &error);
        FUZZ_CHECK(status == STK_OK || error.status == STK_EFORMAT);
        FUZZ_CHECK(status != STK_OK ||
                   (first.size == second.size && memcmp(first.data, second.data, first.size) == 0));
    }
    stk_buffer_free(&first);
    stk_buffer_free(&second);
    return 0;
}
