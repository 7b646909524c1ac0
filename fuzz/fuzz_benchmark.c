/** @file fuzz_benchmark.c
 * @brief A user's benchmark file.
 */
#include "fuzz.h"

#include "base/csv.h"

FUZZ_BEFORE_INPUTS(fuzz_data())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"", "C1", "C1:p25", "m:mean"};
    const stk_data *embedded = fuzz_data();
    stk_text content = {size == 0 ? "" : (const char *)data, size};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        stk_benchmark found;
        stk_error error;
        stk_status status =
            stk_benchmark_find(embedded->edition, stk_inventory_gwp(embedded->inventory), names[i],
                               "f.csv", content, 2030, &found, &error);
        if (status != STK_OK) {
            fuzz_check_error(status, &error);
            continue;
        }
        stk_text name = stk_text_of(found.name);
        stk_text source = stk_text_of(found.source);
        FUZZ_CHECK(found.median_gt == found.median_gt);
        FUZZ_CHECK(stk_text_valid_utf8(name) == name.size);
        FUZZ_CHECK(stk_text_valid_utf8(source) == source.size);
    }
    return 0;
}
