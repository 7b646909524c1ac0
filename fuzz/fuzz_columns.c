/** @file fuzz_columns.c
 * @brief Columns of a table: as they are, and made of a text that is then read twice.
 */
#include "fuzz.h"

#include "base/csv_columns.h"

/* Every field as a text, as a number and in its series. */
static stk_status read_columns(stk_text columns, stk_error *error)
{
    stk_arena arena = {0};
    stk_csv csv;
    stk_csv_years years;
    stk_series series = {0};
    size_t bytes = 0;
    const stk_csv_file file = {.name = "f.csv", .columns = columns};
    stk_status status = stk_csv_open_file(&csv, &file, &arena, error);
    bool wide = status == STK_OK && stk_csv_find_years(&csv, &years, NULL) == STK_OK;
    if (wide) { /* one for all rows: a column of equal values is a few bytes, whatever their number
                 */
        series = stk_arena_series(&arena, years.first_year, years.last_year);
    }
    while (stk_csv_each(&csv, &status, error)) {
        for (size_t i = 0; i < csv.column_count; i++) {
            double number;
            int integer;
            bytes += stk_csv_field(&csv, (int)i).size;
            stk_csv_number(&csv, (int)i, &number, NULL);
            stk_csv_integer(&csv, (int)i, 0, &integer, NULL);
        }
        if (wide) {
            stk_csv_series(&csv, &years, &series, NULL);
        }
    }
    FUZZ_CHECK(bytes < SIZE_MAX / 2);
    stk_arena_free(&arena);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_buffer made = {0};
    stk_error error;
    stk_text text = {(const char *)data, size};
    if (size == 0) {
        return 0;
    }
    stk_status status = read_columns(text, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
    }
    status = stk_csv_columns_make((stk_source){"f.csv", text}, &made, &error);
    if (status == STK_OK) {
        FUZZ_CHECK(read_columns((stk_text){made.data, made.size}, &error) == STK_OK);
    } else {
        fuzz_check_error(status, &error);
    }
    stk_buffer_free(&made);
    return 0;
}
