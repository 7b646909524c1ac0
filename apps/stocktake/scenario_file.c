/** @file scenario_file.c
 * @brief Files that are written piece by piece and get their names when they are complete.
 */
#include "scenario.h"

#include <string.h>
#include <unistd.h>

stk_status scenario_create(scenario_file *out, const char *folder, const char *name,
                           stk_error *error)
{
    bool standard = name == NULL || strcmp(name, "-") == 0;
    snprintf(out->path, sizeof out->path, "%s%s%s", folder == NULL ? "" : folder,
             folder == NULL ? "" : "/", standard ? "-" : name);
    snprintf(out->temporary, sizeof out->temporary, "%s.part", out->path);
    out->file = standard ? stdout : fopen(out->temporary, "wb");
    return out->file != NULL
               ? STK_OK
               : stk_error_at(error, STK_EIO, out->temporary, 0, 0, "cannot be created");
}

bool scenario_append(void *file, const char *data, size_t size)
{
    scenario_file *out = file;
    return fwrite(data, 1, size, out->file) == size;
}

stk_status scenario_finish(scenario_file *out, stk_status status, stk_error *error)
{
    if (out->file == NULL) {
        return status;
    }
    bool standard = out->file == stdout;
    bool written = fflush(out->file) == 0;
    written = (standard || fclose(out->file) == 0) && written;
    out->file = NULL;
    if (status == STK_OK && written && !standard) {
        written = rename(out->temporary, out->path) == 0;
    }
    if ((status != STK_OK || !written) && !standard) {
        unlink(out->temporary);
    }
    return status != STK_OK || written
               ? status
               : stk_error_at(error, STK_EIO, out->path, 0, 0, "cannot be written");
}
