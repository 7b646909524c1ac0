/** @file shipped.c
 * @brief Opening what an edition ships for scenarios and the climate.
 */
#include <stdio.h>
#include <string.h>

#include <stocktake/shipped.h>

#include "base/try.h"
#include "climate/calibration.h"
#include "data/paths.h"
#include "scenario/iamc_file.h"

stk_status stk_shipped_method(stk_edition *edition, const char *name, stk_method **method,
                              stk_text *content, stk_error *error)
{
    char path[256];
    stk_text text;
    stk_status status;
    stk_print(path, sizeof path, "methods/%s.yaml", STK_CUT(name, 200));
    STK_TRY(stk_edition_read(edition, path, &text, error));
    STK_TRY(stk_method_read(stk_edition_source_name(edition, path), text, method, error));
    if (content != NULL) {
        *content = text;
    }
done:
    return status;
}

stk_status stk_shipped_table(stk_edition *edition, const char *path, const stk_iamc_filter *filter,
                             stk_iamc **table, stk_error *error)
{
    stk_csv_file file;
    stk_status status = stk_edition_file(edition, path, &file, error);
    return status != STK_OK ? status : iamc_read_file(&file, filter, table, error);
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text);
    size_t tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* A calibration's version is part of its files' names. */
static const char *find_path(stk_edition *edition, const char *folder, const char *end)
{
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        const char *path = stk_edition_path(edition, i);
        if (strncmp(path, folder, strlen(folder)) == 0 && ends_with(path, end)) {
            return path;
        }
    }
    return NULL;
}

stk_status stk_shipped_calibration(stk_edition *edition, const char *folder,
                                   void (*note)(void *user, const char *path, const char *sha256),
                                   void *user, stk_calibration **calibration, stk_error *error)
{
    static const char *const ends[] = {"members.csv", "species.csv", "timebounds.csv"};
    calibration_tables tables;
    stk_csv_file *const slots[] = {&tables.members, &tables.species, &tables.natural};
    char sha256[STK_SHA256_SIZE];
    stk_status status = STK_OK;
    for (size_t i = 0; i < 3; i++) {
        const char *path = find_path(edition, folder, ends[i]);
        if (path == NULL) {
            return stk_error_set(error, STK_ENOTFOUND, "%s has no file whose name ends in %s",
                                 stk_edition_name(edition), ends[i]);
        }
        STK_TRY(stk_edition_file(edition, path, slots[i], error));
        if (note != NULL) {
            STK_TRY(stk_edition_sha256(edition, path, sha256, error));
            note(user, path, sha256);
        }
    }
    STK_TRY(calibration_read(&tables, calibration, error));
done:
    return status;
}
