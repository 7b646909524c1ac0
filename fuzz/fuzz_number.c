/** @file fuzz_number.c
 * @brief The number readers, held against those of the C library.
 */
#include "fuzz.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double value;
    long integer;
    stk_text input = {(const char *)data, size};
    char *copy = malloc(size + 1);
    char *end;
    if (copy == NULL) {
        return 0;
    }
    memcpy(copy, data, size);
    copy[size] = '\0';
    if (stk_text_number(input, &value)) {
        char text[STK_NUMBER_SIZE];
        double back;
        double expected = strtod(copy, &end);
        FUZZ_CHECK(end == copy + size && isfinite(value));
        FUZZ_CHECK(memcmp(&value, &expected, sizeof value) == 0);
        stk_number_format(value, text);
        FUZZ_CHECK(stk_text_number(stk_text_of(text), &back) && back == value);
    }
    if (stk_text_integer(input, &integer)) {
        FUZZ_CHECK(integer == strtol(copy, &end, 10) && end == copy + size);
    }
    free(copy);
    return 0;
}
