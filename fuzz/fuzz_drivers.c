/** @file fuzz_drivers.c
 * @brief A user's drivers and baselines; the first byte tells which.
 */
#include "fuzz.h"

FUZZ_BEFORE_INPUTS(fuzz_data())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    stk_text content = {(const char *)data + 1, size - 1};
    stk_baseline_files files = {.drivers_name = "f.csv", .baselines_name = "f.csv"};
    stk_baseline *baseline;
    stk_error error;
    if (data[0] == 'd') {
        files.drivers = content;
    } else {
        files.baselines = content;
    }
    stk_status status = stk_baseline_make(fuzz_data()->inventory, &files, &baseline, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
    }
    stk_baseline_free(baseline);
    return 0;
}
