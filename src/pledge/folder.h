/** @file folder.h
 * @brief Editions and pledges as folders that people edit.
 */
#ifndef STK_PLEDGE_FOLDER_H
#define STK_PLEDGE_FOLDER_H

#include <stocktake/pledge.h>

/** Write an edition into a new folder that can be edited and opened, whole or not at all. */
stk_status stk_edition_write_folder(stk_edition *edition, const char *folder, stk_error *error);

/** Write a YAML file for each Party, each whole or not at all; a new folder is there with all of
 * them or not at all. */
stk_status stk_pledges_write_folder(stk_pledges *pledges, const char *folder, stk_error *error);

#endif
