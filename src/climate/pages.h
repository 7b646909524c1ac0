/** @file pages.h
 * @brief Memory for large arrays: where the system offers huge pages they are asked for, because
 * the first touch of thousands of small ones costs more than what is computed in them.
 */
#ifndef STK_CLIMATE_PAGES_H
#define STK_CLIMATE_PAGES_H

#include <stddef.h>

/** At least `size` bytes, aligned for every vector, not set to zero; freed with free(). */
void *stk_pages_alloc(size_t size);

#endif
