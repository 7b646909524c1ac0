/** @file fuzz_quantify.c
 * @brief The quantification on a table of numbers: what `stocktake quantify` does with a file.
 */
#include "fuzz.h"

#include <math.h>

#include "base/csv.h"

static stk_status quantify(const stk_csv *csv)
{
    double numbers[11];
    stk_quantify_input in = {.kind = STK_TARGET_NONE};
    int columns = (int)csv->column_count;
    for (int k = 0; k <= (int)STK_TARGET_UNKNOWN; k++) {
        if (stk_text_equal(csv->fields[0], stk_target_kind_name((stk_target_kind)k))) {
            in.kind = (stk_target_kind)k;
        }
    }
    for (int i = 0; i < 11; i++) {
        numbers[i] = NAN;
        if (i + 2 < columns && stk_csv_number(csv, i + 2, &numbers[i], NULL) != STK_OK) {
            return STK_EDATA;
        }
    }
    in.value_is_mt = columns > 1 && stk_text_equal(csv->fields[1], "mt");
    in.value_excl = numbers[0];
    in.value_incl = numbers[1];
    in.emissions_reference_mt = numbers[2];
    in.emissions_target_mt = numbers[3];
    in.lulucf_reference_mt = numbers[4];
    in.lulucf_target_mt = numbers[5];
    in.coverage_reference = numbers[6];
    in.coverage_target = numbers[7];
    in.driver_reference = numbers[8];
    in.driver_target = numbers[9];
    in.stated_baseline_incl_mt = numbers[10];
    for (int s = 0; s < 6; s++) {
        stk_level level;
        stk_error error;
        stk_status status =
            stk_quantify(&in, (stk_sinks)(s % 2), (stk_lulucf_source)(s / 2), &level, &error);
        if (status == STK_OK) {
            FUZZ_CHECK(isfinite(level.excl_mt) && isfinite(level.incl_mt));
        } else {
            fuzz_check_error(status, &error);
        }
    }
    return STK_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_arena arena = {0};
    stk_csv csv;
    bool more = true;
    stk_text content = {(const char *)data, size};
    if (stk_csv_open(&csv, (stk_source){"f.csv", content}, &arena, NULL) == STK_OK) {
        while (stk_csv_next(&csv, &more, NULL) == STK_OK && more && quantify(&csv) == STK_OK) {
        }
    }
    stk_arena_free(&arena);
    return 0;
}
