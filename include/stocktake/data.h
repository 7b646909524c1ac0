/** @file data.h
 * @brief An edition read completely: inventory, pledges and baselines.
 */
#ifndef STOCKTAKE_DATA_H
#define STOCKTAKE_DATA_H

#include <stocktake/world.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Everything that is read before anything is computed. Zero it, open it, close it. */
typedef struct stk_data {
    stk_edition *edition;
    stk_inventory *inventory;
    stk_pledges *pledges;
    stk_baseline *baseline;
} stk_data;

/** Read an edition completely.
 * @param folder  an edition's folder, or NULL for the embedded edition
 * @param files   the user's drivers and baselines, or NULL; needed only during the call */
stk_status stk_data_open(stk_data *data, const char *folder, const stk_baseline_files *files,
                         stk_error *error);
void stk_data_close(stk_data *data);

/** The list of the edition's files, a line "<SHA-256>  <path>" for each; pledges are one table,
 * "pledges/". Free the list's data. */
stk_status stk_data_list(const stk_data *data, stk_text *list, stk_error *error);

/** SHA-256 of the list of the edition's files with the SHA-256 of each, which names the data that a
 * result comes from. A folder and the edition packed from it have the same; pledges laid over the
 * edition's do not change it. */
stk_status stk_data_checksum(const stk_data *data, char out[STK_SHA256_SIZE], stk_error *error);

/** Pack an edition for a page, which has no parser, no decompression and no files: what is read as
 * it is read.
 * @param own     names of what is laid over the edition's pledges, which is laid over them again
 *                when a session opens the pack; NULL: it is left out
 * @param packed  free its data */
stk_status stk_data_pack_page(const stk_data *data, const char *own, stk_text *packed,
                              stk_error *error);

/** What is laid over in an edition for a page. Both belong to the edition.
 * @param names  as they were packed
 * @param table  the documents; without data where there are none, as in every other edition */
stk_status stk_data_find_own(stk_edition *edition, stk_text *names, stk_text *table,
                             stk_error *error);

#ifdef __cplusplus
}
#endif
#endif
