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

#include "base/try.h"
#include "data/edition_impl.h"

/* The library of the tool has no edition of its own. */
const unsigned char stk_embedded_edition[1] = {0};
const unsigned char stk_embedded_edition_end[1] = {0};

/* For the program, with the explorer's page if there is one. */
static stk_status pack_built(const stk_data *data, const char *explorer, stk_text *packed,
                             stk_error *error)
{
    edition_additions added = {{NULL, 0}};
    stk_text table = {NULL, 0};
    stk_status status;
    STK_TRY(stk_pledges_write_csv(data->pledges, &table, error));
    STK_TRY(stk_data_list(data, &added[STK_EDITION_SUMS], error));
    if (explorer != NULL) {
        STK_TRY(stk_file_read(explorer, &added[STK_EDITION_EXPLORER], error));
    }
    STK_TRY(edition_pack_built(data->edition, STK_PATH_PLEDGES, table, "pledges/", added, packed,
                               error));
done:
    free((char *)table.data);
    free((char *)added[STK_EDITION_SUMS].data);
    free((char *)added[STK_EDITION_EXPLORER].data);
    return status;
}

static stk_status pack(const char *folder, const char *output, bool page, const char *explorer,
                       stk_error *error)
{
    stk_data data;
    stk_text packed = {NULL, 0};
    stk_status status;
    STK_TRY(stk_data_open(&data, folder, NULL, error));
    STK_TRY(page ? stk_data_pack_page(&data, NULL, &packed, error)
                 : pack_built(&data, explorer, &packed, error));
    STK_TRY(stk_file_write(output, packed, error));
done:
    free((char *)packed.data);
    stk_data_close(&data);
    return status;
}

int main(int argc, char **argv)
{
    stk_error error;
    char text[1024];
    bool page = argc == 4 && strcmp(argv[3], "--page") == 0;
    const char *explorer = argc == 5 && strcmp(argv[3], "--explorer") == 0 ? argv[4] : NULL;
    if (argc != 3 && !page && explorer == NULL) {
        fprintf(stderr, "usage: %s DATA-FOLDER OUTPUT [--page | --explorer FILE.html]\n", argv[0]);
        return 2;
    }
    if (pack(argv[1], argv[2], page, explorer, &error) != STK_OK) {
        stk_error_format(&error, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    return 0;
}
