/** @file pending_file.h
 * @brief Files that are written piece by piece and get their names when they are complete.
 */
#ifndef STK_BASE_PENDING_FILE_H
#define STK_BASE_PENDING_FILE_H

#include <stdio.h>

#include <stocktake/base.h>

/** Start with all zeros. */
typedef struct stk_pending_file {
    char path[1024];
    char temporary[1040];
    FILE *file;
    bool as_it_is; /**< the standard output, a device, a pipe: written to directly */
} stk_pending_file;

/** Start FOLDER/NAME, or NAME where `folder` is NULL; NULL and "-" are the standard output.
 * @return STK_EIO with the reason; STK_EARG for an empty name */
stk_status stk_pending_create(stk_pending_file *out, const char *folder, const char *name,
                              stk_error *error);

/** Whether such a file can be made, found out before the work and not after it. Leaves nothing. */
stk_status stk_pending_check(const char *folder, const char *name, stk_error *error);

/** The `write` of a ::stk_iamc_output whose user is a ::stk_pending_file. */
bool stk_pending_append(void *file, const char *data, size_t size);

/** Finish the file, or remove it when `status` is no success. Returns the first failure. */
stk_status stk_pending_finish(stk_pending_file *out, stk_status status, stk_error *error);

/** The folder for what is on its way to the file: its own, or that for temporary files. */
void stk_pending_scratch(const stk_pending_file *out, char *folder, size_t size);

#endif
