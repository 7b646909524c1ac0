/** @file outputs.c
 * @brief Files in the browser: none. In the place of base/pending_file.c, base/lock.c and
 * base/document.c.
 */
#include <string.h>

#include "base/document.h"
#include "base/pending_file.h"

static stk_status refuse(stk_error *error)
{
    return stk_error_set(error, STK_EIO, "a page writes no files");
}

stk_status stk_pending_create(stk_pending_file *out, const char *folder, const char *name,
                              stk_error *error)
{
    (void)out, (void)folder, (void)name;
    return refuse(error);
}

stk_status stk_pending_reserve(stk_pending_file *out, const char *folder, const char *name,
                               stk_error *error)
{
    (void)out, (void)folder, (void)name;
    return refuse(error);
}

stk_status stk_pending_check(const char *folder, const char *name, stk_error *error)
{
    (void)folder, (void)name;
    return refuse(error);
}

bool stk_pending_append(void *file, const char *data, size_t size)
{
    (void)file, (void)data, (void)size;
    return false;
}

stk_status stk_pending_write(stk_pending_file *out, stk_text text, stk_error *error)
{
    (void)out, (void)text;
    return refuse(error);
}

stk_status stk_pending_finish(stk_pending_file *out, stk_status status, stk_error *error)
{
    (void)out;
    return status != STK_OK ? status : refuse(error);
}

stk_status stk_pending_finish_all(stk_pending_file *const *files, size_t count, stk_status status,
                                  stk_error *error)
{
    (void)files, (void)count;
    return status != STK_OK ? status : refuse(error);
}

stk_status stk_pending_put(const char *path, stk_text content, stk_error *error)
{
    (void)path, (void)content;
    return refuse(error);
}

bool stk_same_file(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

void stk_pending_scratch(const stk_pending_file *out, char *folder, size_t size)
{
    (void)out;
    stk_print(folder, size, "/");
}

FILE *stk_nameless_file(const char *folder)
{
    (void)folder;
    return NULL;
}

void stk_path_folder(const char *path, char *folder, size_t size)
{
    const char *name = stk_path_name(path);
    stk_print(folder, size, "%.*s", (int)(name - path), path);
}

const char *stk_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}
