/** @file edition_folder.c
 * @brief An edition's list of files from a folder.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/edition_impl.h"

enum { FILES_MAX = 4096, DEPTH_MAX = 4 };

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const edition_file *)a)->path, ((const edition_file *)b)->path);
}

static char *join(stk_edition *edition, const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = stk_arena_alloc(&edition->arena, size, 1);
    if (path != NULL) {
        stk_print(path, size, "%s/%s", folder, name);
    }
    return path;
}

static stk_status add_folder(stk_edition *edition, const char *folder, size_t prefix, int depth,
                             size_t *folders, stk_error *error);

static stk_status add_entry(stk_edition *edition, const char *folder, const char *name,
                            size_t prefix, int depth, size_t *folders, stk_error *error)
{
    struct stat information;
    char *path = join(edition, folder, name);
    if (path == NULL) {
        return stk_error_memory(error);
    }
    if (stat(path, &information) != 0) {
        return stk_error_at(error, STK_EIO, path, 0, 0, "cannot be read");
    }
    if (edition->count + *folders >= FILES_MAX) { /* folders, too: links make any number of them */
        return stk_error_at(error, STK_EDATA, folder, 0, 0,
                            "more than 4096 files and folders in an edition");
    }
    if (S_ISDIR(information.st_mode)) {
        ++*folders;
        return add_folder(edition, path, prefix, depth + 1, folders, error);
    }
    if (!S_ISREG(information.st_mode)) {
        return stk_error_at(error, STK_EDATA, path, 0, 0,
                            "is no regular file; an edition has files and folders");
    }
    edition_file *file = stk_edition_add(edition, stk_text_of(path + prefix));
    if (file == NULL) {
        return stk_error_memory(error);
    }
    file->source_name = path;
    return STK_OK;
}

static stk_status add_folder(stk_edition *edition, const char *folder, size_t prefix, int depth,
                             size_t *folders, stk_error *error)
{
    if (depth > DEPTH_MAX) {
        return stk_error_at(error, STK_EDATA, folder, 0, 0, "folders are nested too deeply");
    }
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return errno == ENOMEM
                   ? stk_error_memory(error)
                   : stk_error_at(error, STK_EIO, folder, 0, 0, "is not a folder that can be read");
    }
    stk_status status = STK_OK;
    for (const struct dirent *entry = readdir(directory); entry != NULL && status == STK_OK;
         entry = readdir(directory)) {
        if (entry->d_name[0] != '.') {
            status = add_entry(edition, folder, entry->d_name, prefix, depth, folders, error);
        }
    }
    closedir(directory);
    return status;
}

stk_status stk_edition_open_folder(const char *path, stk_edition **edition, stk_error *error)
{
    stk_edition *opened = stk_edition_new(path);
    *edition = NULL;
    if (opened == NULL) {
        return stk_error_memory(error);
    }
    size_t folders = 0;
    stk_status status = add_folder(opened, path, strlen(path) + 1, 0, &folders, error);
    if (status == STK_OK && opened->count == 0) {
        status = stk_error_at(error, STK_ENOTFOUND, path, 0, 0, "the folder is empty");
    }
    if (status != STK_OK) {
        stk_edition_free(opened);
        return status;
    }
    qsort(opened->files, opened->count, sizeof *opened->files, compare_files);
    *edition = opened;
    return STK_OK;
}
