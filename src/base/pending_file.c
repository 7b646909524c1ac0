/** @file pending_file.c
 * @brief Files that are written piece by piece and get their names when they are complete.
 */
#include "base/pending_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static stk_status refuse(const stk_pending_file *out, const char *why, stk_error *error)
{
    return stk_error_at(error, STK_EIO, out->path, 0, 0, "cannot be written: %s", why);
}

/* Its names, and whether it is written to as it is: the standard output; a device or a pipe is no
 * file that another may take the place of. */
static stk_status find_place(stk_pending_file *out, const char *folder, const char *name,
                             stk_error *error)
{
    struct stat there;
    bool standard = name == NULL || strcmp(name, "-") == 0;
    int length = stk_print(out->path, sizeof out->path, "%s%s%s", folder == NULL ? "" : folder,
                           folder == NULL ? "" : "/", standard ? "-" : name);
    out->file = standard ? stdout : NULL;
    out->as_it_is = standard;
    if (standard) {
        return STK_OK;
    }
    if (name[0] == '\0') {
        return stk_error_set(error, STK_EARG, "an output has no name; '-' is the standard output");
    }
    if (length < 0 || (size_t)length >= sizeof out->path) {
        return refuse(out, "the name is too long", error);
    }
    bool exists = stat(out->path, &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) {
        return refuse(out, "it is a folder", error);
    }
    out->as_it_is = exists && !S_ISREG(there.st_mode);
    stk_print(out->temporary, sizeof out->temporary, "%s%s", out->path,
              out->as_it_is ? "" : ".part");
    return STK_OK;
}

static stk_status open_place(stk_pending_file *out, stk_error *error)
{
    out->file = out->file != NULL ? out->file : fopen(out->temporary, "wb");
    return out->file != NULL ? STK_OK : refuse(out, strerror(errno), error);
}

stk_status stk_pending_create(stk_pending_file *out, const char *folder, const char *name,
                              stk_error *error)
{
    stk_status status = find_place(out, folder, name, error);
    return status != STK_OK ? status : open_place(out, error);
}

stk_status stk_pending_check(const char *folder, const char *name, stk_error *error)
{
    stk_pending_file out;
    stk_status status = find_place(&out, folder, name, error);
    if (status == STK_OK && !out.as_it_is) {
        status = open_place(&out, error);
        (void)stk_pending_finish(&out, STK_EARG, NULL); /* which removes it */
    }
    return status;
}

bool stk_pending_append(void *file, const char *data, size_t size)
{
    stk_pending_file *out = file;
    return fwrite(data, 1, size, out->file) == size;
}

stk_status stk_pending_finish(stk_pending_file *out, stk_status status, stk_error *error)
{
    if (out->file == NULL) {
        return status;
    }
    errno = 0;
    bool written = fflush(out->file) == 0 && ferror(out->file) == 0;
    written = (out->file == stdout || fclose(out->file) == 0) && written;
    out->file = NULL;
    if (status == STK_OK && written && !out->as_it_is) {
        written = rename(out->temporary, out->path) == 0;
    }
    const char *why = strerror(errno);
    if ((status != STK_OK || !written) && !out->as_it_is) {
        unlink(out->temporary);
    }
    return status != STK_OK || written ? status : refuse(out, why, error);
}

void stk_pending_scratch(const stk_pending_file *out, char *folder, size_t size)
{
    const char *temporary = getenv("TMPDIR");
    const char *end = strrchr(out->path, '/');
    if (out->as_it_is) {
        bool given = temporary != NULL && temporary[0] != '\0';
        stk_print(folder, size, "%s", given ? temporary : "/tmp");
    } else if (end == NULL) {
        stk_print(folder, size, ".");
    } else { /* with the slash, if that is all */
        stk_print(folder, size, "%.*s", end == out->path ? 1 : (int)(end - out->path), out->path);
    }
}
