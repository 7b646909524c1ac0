/** @file zstd_errors.h
 * @brief Beside zstd.h.
 */
enum { ZSTD_error_memory_allocation = 64 };
