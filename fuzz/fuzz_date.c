/** @file fuzz_date.c
 * @brief The date reader; what it accepts is written as it was.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_date date;
    char text[STK_DATE_SIZE];
    stk_text input = {(const char *)data, size};
    if (stk_date_parse(input, &date)) {
        FUZZ_CHECK(date >= 18500101 && date <= STK_DATE_MAX);
        stk_date_format(date, text);
        FUZZ_CHECK(stk_text_equal(input, text));
        FUZZ_CHECK(stk_date_year(date) == date / 10000);
    }
    return 0;
}
