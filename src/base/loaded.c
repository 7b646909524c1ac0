/** @file loaded.c
 * @brief Shared libraries that are loaded when they are needed, not when the program starts.
 */
#include "base/loaded.h"

#include <dlfcn.h>
#include <string.h>

bool stk_load(const char *file, void *calls, const stk_loaded *list, size_t count)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    bool found = library != NULL;
    for (size_t i = 0; i < count && found; i++) {
        void *symbol = dlsym(library, list[i].name);
        found = symbol != NULL;
        /* C knows no conversion from an object to a function */
        memcpy((char *)calls + list[i].offset, &symbol, sizeof symbol);
    }
    return found;
}
