/** @file page.h
 * @brief An assessment as one page of HTML that needs no network, no script and no other file.
 */
#ifndef STK_REPORT_PAGE_H
#define STK_REPORT_PAGE_H

#include "report/page_content.h"

/** @param content    with all charts but CONTENT_COUNTRY told
 * @param command  the command that makes the page again */
stk_status page_write(const page_content *content, const char *command, stk_buffer *out,
                      stk_error *error);

#endif
