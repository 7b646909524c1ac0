/** @file embedded.c
 * @brief The engine's edition: what the page hands over before it opens a session.
 */
#include "data/edition_impl.h"

static stk_text edition;

/** Hand over the bytes of an edition for a page, which stay where they are. */
void stk_page_edition(const char *bytes, size_t size);

void stk_page_edition(const char *bytes, size_t size)
{
    edition = (stk_text){bytes, size};
}

stk_text edition_embedded(void)
{
    return edition;
}
