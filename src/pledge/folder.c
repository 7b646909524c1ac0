/** @file folder.c
 * @brief Editions and pledges as folders that people edit, written whole or not at all.
 */
#define _XOPEN_SOURCE 700 /* nftw() */

#include "pledge/folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stocktake/file.h>

#include "base/abandon.h"
#include "base/try.h"
#include "data/paths.h"

enum { PATH_SIZE = 4096 };

/* ---- a new folder ---- */

static int remove_one(const char *path, const struct stat *information, int kind,
                      struct FTW *position)
{
    (void)information;
    (void)kind;
    (void)position;
    remove(path);
    return 0;
}

static stk_status refuse(const char *path, stk_error *error)
{
    return stk_error_at(error, STK_EIO, path, 0, 0, "%s", strerror(errno));
}

static stk_status too_long(stk_error *error)
{
    return stk_error_set(error, STK_EARG, "the name of the folder is too long");
}

/* FOLDER/NAME with an ending. */
static stk_status join(char out[PATH_SIZE], const char *folder, const char *name,
                       const char *ending, stk_error *error)
{
    return stk_print(out, PATH_SIZE, "%s/%s%s", folder, name, ending) < PATH_SIZE ? STK_OK
                                                                                  : too_long(error);
}

/* A folder beside the one that is to be; one that a killed run left there is passed over. */
static stk_status make_partial(char partial[PATH_SIZE], const char *folder, stk_error *error)
{
    enum { NAMES_MAX = 100 };
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') {
        length--;
    }
    for (int i = 1; i <= NAMES_MAX; i++) {
        if (stk_print(partial, PATH_SIZE, i == 1 ? "%.*s.partial" : "%.*s.partial-%d", (int)length,
                      folder, i) >= PATH_SIZE) {
            return too_long(error);
        }
        if (mkdir(partial, 0777) == 0) {
            return STK_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return refuse(folder, error);
}

/* Fill a new folder: one that is written beside it takes its name when it is complete; else nothing
 * is left. That takes a moment, for which signals wait. */
static stk_status write_folder(const char *folder,
                               stk_status (*fill)(void *from, const char *folder, stk_error *error),
                               void *from, stk_error *error)
{
    enum { OPEN_AT_ONCE = 16 };
    char partial[PATH_SIZE];
    struct stat there;
    if (lstat(folder, &there) == 0) {
        return stk_error_at(error, STK_EIO, folder, 0, 0,
                            "is there already; allowed: a new folder");
    }
    stk_abandon_hold(true);
    stk_status status = make_partial(partial, folder, error);
    if (status == STK_OK) {
        status = fill(from, partial, error);
        if (status == STK_OK && rename(partial, folder) != 0) {
            status =
                errno == ENOTEMPTY || errno == EEXIST
                    ? stk_error_at(error, STK_EIO, folder, 0, 0, "another run made it meanwhile")
                    : refuse(folder, error);
        }
        if (status != STK_OK) {
            nftw(partial, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
        }
    }
    stk_abandon_hold(false);
    return status;
}

/* ---- pledges as a file for each Party ---- */

static stk_status write_party(const stk_pledges *pledges, const char *iso3, const char *folder,
                              stk_error *error)
{
    char path[PATH_SIZE];
    stk_text yaml = {NULL, 0};
    stk_status status;
    STK_TRY(stk_pledges_write_yaml(pledges, iso3, &yaml, error));
    STK_TRY(join(path, folder, iso3, ".yaml", error));
    STK_TRY(stk_file_write(path, yaml, error));
done:
    free((char *)yaml.data);
    return status;
}

/* `written`: how many files, also after a failure. */
static stk_status write_each(const stk_pledges *pledges, const char *folder, size_t *written,
                             stk_error *error)
{
    size_t count;
    const stk_target *targets;
    stk_status status = STK_OK;
    for (*written = 0; (targets = stk_pledges_party(pledges, *written, &count)) != NULL;
         ++*written) {
        STK_TRY(write_party(pledges, targets->iso3, folder, error));
    }
done:
    return status;
}

static stk_status write_parties(void *from, const char *folder, stk_error *error)
{
    size_t written;
    return write_each(from, folder, &written, error);
}

stk_status stk_pledges_write_folder(stk_pledges *pledges, const char *folder, stk_error *error)
{
    size_t written;
    if (!stk_is_folder(folder)) {
        return write_folder(folder, write_parties, pledges, error);
    }
    stk_status status = write_each(pledges, folder, &written, error);
    return status == STK_OK
               ? STK_OK
               : stk_error_context(error, status, "the first %zu of %zu files are written", written,
                                   stk_pledges_party_count(pledges));
}

/* ---- an edition ---- */

static stk_status make_folders(const char *path, stk_error *error)
{
    char folder[PATH_SIZE];
    stk_print(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
            return refuse(folder, error);
        }
        *slash = '/';
    }
    return STK_OK;
}

/* Files as they are, but pledges as a file for each Party, as people edit them. */
static stk_status export_file(stk_edition *edition, const char *path, const char *folder,
                              stk_error *error)
{
    char to[PATH_SIZE];
    stk_text content;
    bool pledges = strncmp(path, "pledges/", 8) == 0;
    stk_status status;
    if (strcmp(path, STK_PATH_PLEDGES) == 0 || (pledges && strstr(path, ".yaml") != NULL)) {
        return STK_OK;
    }
    STK_TRY(join(to, folder, path, "", error));
    STK_TRY(stk_edition_read(edition, path, &content, error));
    STK_TRY(make_folders(to, error));
    STK_TRY(stk_file_write(to, content, error));
done:
    return status;
}

static stk_status export_files(void *from, const char *folder, stk_error *error)
{
    stk_edition *edition = from;
    char pledges_folder[PATH_SIZE];
    stk_pledges *pledges = NULL;
    stk_status status;
    STK_TRY(stk_pledges_load(edition, NULL, &pledges, NULL, error));
    for (size_t i = 0; i < stk_edition_file_count(edition); i++) {
        STK_TRY(export_file(edition, stk_edition_path(edition, i), folder, error));
    }
    STK_TRY(join(pledges_folder, folder, "pledges", "", error));
    if (mkdir(pledges_folder, 0777) != 0 && errno != EEXIST) {
        STK_TRY(refuse(pledges_folder, error));
    }
    STK_TRY(write_parties(pledges, pledges_folder, error));
done:
    stk_pledges_free(pledges);
    return status;
}

stk_status stk_edition_write_folder(stk_edition *edition, const char *folder, stk_error *error)
{
    return write_folder(folder, export_files, edition, error);
}
