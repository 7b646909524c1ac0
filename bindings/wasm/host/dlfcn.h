/** @file dlfcn.h
 * @brief Libraries that are loaded when they are needed: none in the browser.
 */
#ifndef STK_WASM_DLFCN_H
#define STK_WASM_DLFCN_H

#include <stddef.h>

#define RTLD_NOW 0
#define RTLD_LOCAL 0
#define RTLD_NODELETE 0
#define dlopen(file, mode) ((void)(file), (void *)NULL)
#define dlsym(library, name) ((void)(library), (void)(name), (void *)NULL)
#define dlclose(library) ((void)(library))

#endif
