/** @file loaded.c
 * @brief Shared libraries that are loaded when they are needed, not when the program starts.
 */
#include "base/loaded.h"

#include <dlfcn.h>
#include <string.h>

bool stk_load(const char *file, void *calls, const stk_loaded *list, size_t count)
{
    void *library = list[0].linked != NULL ? NULL : dlopen(file, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; i < count; i++) {
        void (*call)(void) = list[i].linked;
        if (library != NULL) { /* C knows no conversion from an object to a function */
            void *symbol = dlsym(library, list[i].name);
            memcpy(&call, &symbol, sizeof call);
        }
        if (call == NULL) {
            return false;
        }
        memcpy((char *)calls + list[i].offset, &call, sizeof call);
    }
    return true;
}
