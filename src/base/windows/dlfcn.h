/** @file dlfcn.h
 * @brief Libraries that are loaded when they are needed, on Windows.
 */
#ifndef STK_WINDOWS_DLFCN_H
#define STK_WINDOWS_DLFCN_H

enum { RTLD_NOW = 0, RTLD_LOCAL = 0 };

void *dlopen(const char *file, int flags);
void *dlsym(void *library, const char *name);

#endif
