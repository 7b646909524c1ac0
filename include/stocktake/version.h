/** @file version.h
 * @brief Version of the library: as macros where it is compiled against, as text where it runs.
 */
#ifndef STOCKTAKE_VERSION_H
#define STOCKTAKE_VERSION_H

/** Version of these headers (tests/base/test_version.c holds it equal to the file VERSION). */
#define STOCKTAKE_VERSION_MAJOR 0
#define STOCKTAKE_VERSION_MINOR 1
#define STOCKTAKE_VERSION_PATCH 0

/** Marks what the shared library shows; every other function can be called from the archive only.
 */
#ifndef STK_API
#if defined(__GNUC__)
#define STK_API __attribute__((visibility("default")))
#else
#define STK_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the library that runs, "major.minor.patch"; a text of the library. */
STK_API const char *stk_version(void);

#ifdef __cplusplus
}
#endif

#endif
