/** @file edition.h
 * @brief The data edition: a set of named files, embedded in the program or in a user's folder.
 *
 * Every other module reads its data through an edition and so never opens a file itself.
 */
#ifndef STOCKTAKE_EDITION_H
#define STOCKTAKE_EDITION_H

#include <stocktake/file.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stk_edition stk_edition;

/** Open the edition that was packed into the library. Free it with stk_edition_free(). */
stk_status stk_edition_open_embedded(stk_edition **edition, stk_error *error);

/** Open a packed edition in memory, which must outlive it. */
stk_status stk_edition_open_packed(const void *data, size_t size, stk_edition **edition,
                                   stk_error *error);

/** Open a packed file. */
stk_status stk_edition_open_file(const char *path, stk_edition **edition, stk_error *error);

/** Open a folder laid out as the project's `data/`. Hidden files are left out. */
stk_status stk_edition_open_folder(const char *path, stk_edition **edition, stk_error *error);

void stk_edition_free(stk_edition *edition);

/** "embedded", or the folder's path. */
const char *stk_edition_name(const stk_edition *edition);

size_t stk_edition_file_count(const stk_edition *edition);

/** Path of file `i` inside the edition; files are in byte order of their paths. */
const char *stk_edition_path(const stk_edition *edition, size_t i);

/** Whether the edition has a file. */
bool stk_edition_has(const stk_edition *edition, const char *path);

/** The content of a file, read on first use and owned by the edition. Not thread-safe.
 * @return STK_ENOTFOUND, STK_EIO, STK_EFORMAT (a damaged pack), STK_EMEM */
stk_status stk_edition_read(stk_edition *edition, const char *path, stk_text *content,
                            stk_error *error);

/** SHA-256 of a file's text: as the build wrote it down for the embedded edition, else of the bytes
 * that stk_edition_read() gives. */
stk_status stk_edition_sha256(stk_edition *edition, const char *path, char out[STK_SHA256_SIZE],
                              stk_error *error);

/** Name of a file in messages: its path, below the folder if there is one. Owned by the edition. */
const char *stk_edition_source_name(const stk_edition *edition, const char *path);

/** Pack the files of an edition. The result is freed with free().
 * @param replace_path, replacement  one file whose content is given (pledges as one table), or NULL
 * @param leave_out                  YAML files whose path starts so are left out, or NULL
 * @return STK_EDATA for a file name with a space, which the index cannot hold */
stk_status stk_edition_pack(stk_edition *edition, const char *replace_path, stk_text replacement,
                            const char *leave_out, stk_text *packed, stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
