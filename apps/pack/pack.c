/** @file pack.c
 * @brief Build tool: pack the folder `data/` into one file for embedding, or for a page.
 *
 * The pledges of all Parties become one table on the way: the build has then validated every
 * file, and the program reads one table instead of two hundred files. Tables become columns, so
 * that no command parses their numbers again, and checksums are made once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stocktake/modules.h>

#include "data/edition_impl.h"
#include "data/paths.h"

/* The library of the tool has no edition of its own. */
const unsigned char stk_embedded_edition[1] = {0};
const unsigned char stk_embedded_edition_end[1] = {0};

static stk_status pack(const char *folder, const char *output, bool page, stk_error *error)
{
    stk_edition *edition;
    stk_inventory *inventory = NULL;
    stk_pledges *pledges = NULL;
    stk_text table = {NULL, 0};
    stk_text sums = {NULL, 0};
    stk_text packed = {NULL, 0};
    stk_status status = stk_edition_open_folder(folder, &edition, error);
    if (status != STK_OK) {
        return status;
    }
    status = stk_inventory_load(edition, &inventory, error);
    if (status == STK_OK) {
        status = stk_pledges_load(edition, inventory, &pledges, NULL, error);
    }
    if (status == STK_OK) {
        status = stk_pledges_write_csv(pledges, &table, error);
    }
    if (status == STK_OK) {
        stk_data data = {.edition = edition, .inventory = inventory, .pledges = pledges};
        status = stk_data_list(&data, &sums, error);
    }
    if (status == STK_OK) {
        status = page ? edition_pack_page(edition, table, sums, &packed, error)
                      : edition_pack_built(edition, STK_PATH_PLEDGES, table, "pledges/", sums,
                                           &packed, error);
    }
    if (status == STK_OK) {
        status = stk_file_write(output, packed, error);
    }
    free((char *)table.data);
    free((char *)sums.data);
    free((char *)packed.data);
    stk_pledges_free(pledges);
    stk_inventory_free(inventory);
    stk_edition_free(edition);
    return status;
}

int main(int argc, char **argv)
{
    stk_error error;
    char text[1024];
    bool page = argc == 4 && strcmp(argv[3], "--page") == 0;
    if (argc != 3 && !page) {
        fprintf(stderr, "usage: %s DATA-FOLDER OUTPUT [--page]\n", argv[0]);
        return 2;
    }
    if (pack(argv[1], argv[2], page, &error) != STK_OK) {
        stk_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    return 0;
}
