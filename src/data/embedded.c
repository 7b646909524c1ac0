/** @file embedded.c
 * @brief The edition that the build put into the library.
 */
#include "data/edition_impl.h"

stk_text edition_embedded(void)
{
    return (stk_text){(const char *)stk_embedded_edition,
                      (size_t)(stk_embedded_edition_end - stk_embedded_edition)};
}
