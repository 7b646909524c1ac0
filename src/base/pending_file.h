/** @file pending_file.h
 * @brief Outputs: files that get their names when they are complete. The only way to write a file
 * (scripts/check-rules).
 *
 * What is on its way lies beside the output under a name that nobody can guess,
 * .NAME.0123456789abcdef.part, is never what somebody else put there, and keeps the rights of the
 * file that it takes the place of. One run writes to a name at a time.
 */
#ifndef STK_BASE_PENDING_FILE_H
#define STK_BASE_PENDING_FILE_H

#include <stdio.h>

#include <stocktake/base.h>

#include "base/lock.h"

enum { STK_PENDING_PATH_SIZE = 4096 };

/** Start with all zeros; stays where it is until it is finished. */
typedef struct stk_pending_file {
    char path[STK_PENDING_PATH_SIZE];
    char temporary[STK_PENDING_PATH_SIZE + 64]; /**< "" where there is none (any more) */
    FILE *file;
    bool as_it_is;  /**< the standard output, a device, a pipe: written to directly */
    bool describes; /**< says what others of its run are: takes its name after theirs */
    stk_lock lock;
} stk_pending_file;

/** Start FOLDER/NAME, or NAME where `folder` is NULL; NULL and "-" are the standard output.
 * @return STK_EIO with the reason, also while another run writes there; STK_EARG for an empty name
 */
stk_status stk_pending_create(stk_pending_file *out, const char *folder, const char *name,
                              stk_error *error);

/** The same for a library that opens a file by its name, `temporary`; it must be closed before the
 * output is finished. What is no regular file is refused. */
stk_status stk_pending_reserve(stk_pending_file *out, const char *folder, const char *name,
                               stk_error *error);

/** Whether such a file can be made, found out before the work and not after it. Leaves nothing. */
stk_status stk_pending_check(const char *folder, const char *name, stk_error *error);

/** The `write` of a ::stk_iamc_output whose user is a ::stk_pending_file. */
bool stk_pending_append(void *file, const char *data, size_t size);

/** Append, and say what went wrong. */
stk_status stk_pending_write(stk_pending_file *out, stk_text text, stk_error *error);

/** Finish the file, or remove it when `status` is no success. Returns the first failure. */
stk_status stk_pending_finish(stk_pending_file *out, stk_status status, stk_error *error);

/** Finish the files of one run: all are complete before the first gets its name, and old ones go
 * before new ones come, so that the two never stand beside each other. */
stk_status stk_pending_finish_all(stk_pending_file *const *files, size_t count, stk_status status,
                                  stk_error *error);

/** A text as a whole file, without a lock: whoever comes last is the one that stays. */
stk_status stk_pending_put(const char *path, stk_text content, stk_error *error);

/** Remove what is on its way in this process; for a handler of signals. False, and nothing removed,
 * while files get their names, which is done in a moment. */
bool stk_pending_abandon(void);

/** Whether a name of a folder is that of something on its way to `name`. */
bool stk_pending_is_rest(const char *entry, const char *name);

/** Whether two names are, or would be, one file: compared by device and inode. */
bool stk_same_file(const char *a, const char *b);

/** Whether a file lies, or would lie, in a folder or in one of its folders, as deep as an edition's
 * go. */
bool stk_lies_within(const char *path, const char *folder);

/** The folder for what is on its way to the file: its own, or that for temporary files. */
void stk_pending_scratch(const stk_pending_file *out, char *folder, size_t size);

/** The same for an output that is not yet started; where it cannot be, that for temporary files. */
void stk_pending_scratch_for(const char *name, char *folder, size_t size);

/** Make a folder in `base`, BASE/NAME-0123456789abcdef, that nobody can guess and only the user can
 * read; false with errno set. */
bool stk_pending_folder(const char *base, const char *name, char *path, size_t size);

/** A file without a name, to read and write; NULL with errno set. */
FILE *stk_nameless_file(const char *folder);

/** The folder of a path, as a path: "." for a bare name. */
void stk_path_folder(const char *path, char *folder, size_t size);
/** The name of a path without its folder, a part of `path`. */
const char *stk_path_name(const char *path);

#endif
