/** @file version.h
 * @brief Beside sha2.h.
 */
#define NETTLE_VERSION_MAJOR 4
