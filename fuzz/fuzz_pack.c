/** @file fuzz_pack.c
 * @brief A packed edition: its index and its frames.
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    stk_edition *edition;
    stk_error error;
    stk_status status = stk_edition_open_packed(data, size, &edition, &error);
    if (status != STK_OK) {
        fuzz_check_error(status, &error);
        return 0;
    }
    for (size_t i = 0; i < stk_edition_file_count(edition) && i < 50; i++) {
        stk_text content;
        status = stk_edition_read(edition, stk_edition_path(edition, i), &content, &error);
        FUZZ_CHECK(status == STK_OK || status == STK_EFORMAT || status == STK_EMEM);
    }
    stk_edition_free(edition);
    return 0;
}
