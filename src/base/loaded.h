/** @file loaded.h
 * @brief Shared libraries that are loaded when they are needed, not when the program starts.
 *
 * For what few runs need and what brings dozens of other libraries. Headers are there at build
 * time; what is called is one list of names, of which a structure and the search are made:
 *
 *     #define FUNCTIONS(X) X(nc_create) X(nc_close)
 *     typedef struct calls {
 *         FUNCTIONS(STK_LOADED_MEMBER)
 *     } calls;
 *     #define PLACE(name) STK_LOADED_PLACE(calls, name)
 *     static const stk_loaded list[] = {FUNCTIONS(PLACE)};
 */
#ifndef STK_BASE_LOADED_H
#define STK_BASE_LOADED_H

#include <stdbool.h>
#include <stddef.h>

/** A function and its place in the structure. */
typedef struct stk_loaded {
    const char *name;
    size_t offset;
    void (*linked)(void); /**< NULL: it is loaded */
} stk_loaded;

// NOLINTNEXTLINE(bugprone-macro-parentheses): a declaration
#define STK_LOADED_MEMBER(name) __typeof__(&name) name;
#ifdef STK_STATIC /* a static program cannot load anything: it is linked with what it was made     \
                     with */
#define STK_LOADED_LINKED(name) (void (*)(void)) name
#else
#define STK_LOADED_LINKED(name) NULL
#endif
// NOLINTNEXTLINE(bugprone-macro-parentheses): members of a structure
#define STK_LOADED_PLACE(type, name) {#name, offsetof(type, name), STK_LOADED_LINKED(name)},

/** Load a library and find its functions. It stays loaded: what registers itself for the end of the
 * process cannot be taken back.
 * @param file   name of the library as the linker would look for it, `libnetcdf.so.19`
 * @param calls  the structure, filled where the answer is true
 * @return whether the library is installed, or linked, and has every function */
bool stk_load(const char *file, void *calls, const stk_loaded *list, size_t count);

#endif
