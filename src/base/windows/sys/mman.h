/** @file mman.h
 * @brief Nothing: Windows gives large pages to nobody who has not been allowed them.
 */
